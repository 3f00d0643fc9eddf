"""Entries of the audit as lines to read: who, when, what, and field by field what stood before and what stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from lantu_web.accounts.enums import Role
from lantu_web.audit.actions import label_of_action, label_of_field, label_of_object, label_of_surface
from lantu_web.audit.models import Entry
from lantu_web.documents.problems import problem_of
from lantu_web.plans.content import FIELDS, Field
from lantu_web.plans.differences import shown
from lantu_web.plans.enums import Change, Difference
from lantu_web.tasks.columns import BY_FIELD

LONGEST = 400  # characters of one value on the page
# Values that are told with an act, are no fields of the thing and have words on screens.
_WORDS: Mapping[tuple[str, str], Callable[[str], str]] = MappingProxyType({
    ("plans.adjustment", "change"): lambda code: str(Change(code).label) if code in Change.values else code,
    ("documents.reading", "problem"): lambda code: str(problem_of(code).what) if code else "",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """One field; an empty text where nothing stood or stands."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    action: str
    kind: str
    surface: str  # empty for the office
    changes: tuple[Changed, ...]
    is_new: bool  # nothing stood before


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    return [
        Line(
            entry, label_of_action(entry.action), label_of_object(entry.object_type), label_of_surface(entry.surface),
            tuple(_changes(entry)), not entry.before,
        )
        for entry in entries
    ]


def _changes(entry: Entry) -> Iterator[Changed]:
    before, after = _fields(entry.before), _fields(entry.after)
    order = _order(entry.object_type)
    for name in sorted({*before, *after}, key=lambda name: (order.get(name, len(order)), name)):
        was, now = before.get(name), after.get(name)
        if name in before and name not in after and after and entry.before:
            now = was  # the entry tells only what became of some fields
        told = _told(entry.object_type, name, was), _told(entry.object_type, name, now)
        if was != now and any(told):
            yield Changed(_label(entry.object_type, name), *told)


def _fields(values: object) -> Mapping[str, Any]:
    if isinstance(values, Mapping):
        return values
    return {} if values is None else {"": values}


def _label(kind: str, name: str) -> str:
    """The name of the field on screens; the name in the program where it has none."""
    known = {
        "unit": _("Unit"), "section": _("Section"), "role": _("Role"), "valid_from": _("From"), "valid_to": _("Last day"),
        "title": _("Title"),
        "document_number": _("Document number"), "successors": _("Successors"), "predecessor": _("Predecessor"), "on": _("Date"),
        "place": _("Place in the order"), "is_active": _("In use"), "units": _("Units"), "file": _("File"),
        "has_second_factor": _("Second factor"),
        "must_change_password": _("Must change the password"), "fault": _("At fault"),
        **{difference.value: str(difference.label) for difference in Difference},
        "fields": _("Columns"), "issuer": _("Provider"), "subject": _("Subject"), "parent": _("Superior unit"), "state": _("State"),
        "username": _("User name"),
    }  # fmt: skip
    if (kind, name) == ("accounts.user", "name"):
        return _("Full name")
    field = _field(kind, name)
    if field is not None and str(field.verbose_name) != name.replace("_", " "):
        return str(field.verbose_name)
    return known.get(name) or label_of_field(name)


def _told(kind: str, name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return " · ".join(_told(kind, name, one) for one in value)[:LONGEST]
    if isinstance(value, Mapping):
        return " · ".join(_parts(kind, name, value))[:LONGEST]
    if (words_of := _WORDS.get((kind, name))) is not None:
        return words_of(str(value))
    if name == "role" and value in Role.values:
        return str(Role(value).label)
    field = _field(kind, name)
    words = dict(field.flatchoices) if field is not None else {}
    text = str(words.get(value, value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _parts(kind: str, name: str, value: Mapping[str, Any]) -> Iterator[str]:
    """What such a value holds, without what is empty: the content of an item in the words of its kind."""
    if (kind, name) == ("tasks.exchange", "fields"):
        yield from (str(BY_FIELD[field].label) if field in BY_FIELD else str(field) for field in value.values())
        return
    if (content := _content(value)) is not None:
        yield from (_joined(str(field.label), told) for field in content if (told := shown(field, value[field.name])))
        return
    for key, one in value.items():
        if told := _told(kind, key, one):
            yield _joined(_label(kind, key), told)


def _joined(told: str, more: str) -> str:
    return _("%(told)s: %(more)s") % {"told": told, "more": more}


def _content(value: Mapping[str, Any]) -> tuple[Field, ...] | None:
    """The fields of the kind of item that says just this, if one does."""
    return next((fields for fields in FIELDS.values() if {field.name for field in fields} == set(value)), None)


@cache
def _order(kind: str) -> Mapping[str, int]:
    """The fields of the model in their order: one database keeps the order of stored names, another does not."""
    try:
        return {field.name: place for place, field in enumerate(apps.get_model(kind)._meta.fields)}
    except (LookupError, ValueError):
        return {}


@cache
def _field(kind: str, name: str) -> Any:
    """The field of the model that the entry is about, if it has one of that name."""
    try:
        found = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return found if hasattr(found, "flatchoices") else None
