"""The dry run of the sheet 人员: what each row would do to people and their posts in the zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Post, Unit, User
from lantu_web.accounts.queries.import_rows import PersonStep, UnitStep
from lantu_web.accounts.queries.import_units import check_cells, day, role_of_word
from lantu_web.accounts.rights import Right
from lantu_web.accounts.spreadsheet.columns import Sheet
from lantu_web.accounts.spreadsheet.reading import Row

CHUNK = 500  # values in one query


def people_by_username(zone_id: int, rows: Iterable[Row]) -> dict[str, User]:
    """Who the rows name, with their posts in the zone (``posts_here``)."""
    here = Post.objects.filter(zone_id=zone_id).select_related("unit", "section").order_by("id")
    names = sorted({row.values["username"] for row in rows})
    found: dict[str, User] = {}
    for start in range(0, len(names), CHUNK):
        people = User.objects.filter(username__in=names[start : start + CHUNK])
        found |= {user.username: user for user in people.prefetch_related(Prefetch("posts", queryset=here, to_attr="posts_here"))}
    return found


def people_steps(
    rows: Iterable[Row], *, by: Person, on: date, people: Mapping[str, User], units: Mapping[str, Unit], entered: Iterable[UnitStep]
) -> list[PersonStep]:
    """One step a row; ``entered`` are the units that the same workbook brings."""
    living = (unit for unit in units.values() if unit.dissolved_on is None)
    sections = {unit.code: {section.name for section in unit.sections.all() if section.is_active} for unit in living}
    for unit_step in entered:
        sections.setdefault(unit_step.row.values["code"], set()).update(unit_step.new_sections)
    steps = [PersonStep(row, row.values["name"] or row.values["username"]) for row in rows]
    seen: dict[str, PersonStep] = {}
    posts: set[tuple[str, ...]] = set()
    for step in steps:
        check_cells(step)
        _check_person(step, by, people.get(step.row.values["username"]), seen)
        _check_post(step, sections, posts)
        _compare(step, on)
    return steps


def _check_person(step: PersonStep, by: Person, user: User | None, seen: dict[str, PersonStep]) -> None:
    values, step.user = step.row.values, user
    if not by.may(Right.PEOPLE_WRITE):
        step.wrong("username", _("Only who may change people imports them: ask the system administrator, or leave this sheet out."))
    first = seen.setdefault(values["username"], step)
    if first is not step and any(values[name] and values[name] != first.row.values[name] for name in ("name", "phone", "email")):
        step.wrong("name", _("Row %(row)s tells this person otherwise: one user name is one person.") % {"row": first.row.number})
    step.is_new_person = user is None and first is step
    if user is not None and not user.is_active:
        step.wrong("username", _("This person may not log in any more: let them in again first."))
    try:
        if values["username"]:
            User._meta.get_field("username").run_validators(values["username"])
    except ValidationError as error:
        step.wrong("username", " ".join(error.messages))
    try:
        if values["email"]:
            User._meta.get_field("email").run_validators(values["email"])
    except ValidationError as error:
        step.wrong("email", " ".join(error.messages))


def _check_post(step: PersonStep, sections: Mapping[str, set[str]], posts: set[tuple[str, ...]]) -> None:
    values = step.row.values
    step.role, step.valid_from, step.valid_to = role_of_word(values["role"]), day(values["valid_from"]), day(values["valid_to"])
    unit, section = values["unit"], values["section"]
    if unit and unit not in sections:
        step.wrong("unit", _("There is no unit with this code: enter it in the sheet %(sheet)s too.") % {"sheet": Sheet.UNITS})
    elif section and section not in sections.get(unit, ()):
        step.wrong("section", _("The unit has no such section: enter it in the sheet %(sheet)s too.") % {"sheet": Sheet.UNITS})
    if not unit and step.role in (Role.CONTACT_PERSON, Role.UNIT_HEAD):
        step.wrong("unit", _("A unit contact person and a unit head need a unit."))
    key = (values["username"], step.role, unit)
    if key in posts:
        step.wrong("role", _("The same post of the same person stands in an earlier row."))
    posts.add(key)


def _compare(step: PersonStep, on: date) -> None:
    values, user = step.row.values, step.user
    if step.is_new_person or user is not None:
        for name in ("name", "phone", "email"):
            if values[name]:
                step.differs(name, getattr(user, name) if user else "", values[name])
    step.post = _post_meant(step, on) if user is not None else None
    step.is_new_post = step.post is None
    step.is_new = step.is_new_post
    if step.is_new_post:
        step.differs("role", "", " · ".join(filter(None, (values["role"], values["unit"], values["section"], values["title"]))))
    _compare_post(step)
    first = step.valid_from or (step.post.valid_from if step.post else None)
    last = step.valid_to or (step.post.valid_to if step.post else None)
    if step.role == Role.EVALUATOR and last is None:
        step.wrong("valid_to", _("The post of an evaluator needs a last day."))
    if first and last and last < first:
        step.wrong("valid_to", _("The last day is before the first."))


def _compare_post(step: PersonStep) -> None:
    values, post = step.row.values, step.post
    before = {
        "section": post.section.name if post.section else "", "title": post.title, "valid_from": post.valid_from, "valid_to": post.valid_to,
    } if post else {"section": values["section"], "title": values["title"]}  # fmt: skip
    for name in ("section", "title", "valid_from", "valid_to"):
        if values[name]:
            step.differs(name, before.get(name), values[name])


def _post_meant(step: PersonStep, on: date) -> Post | None:
    """The post of today or to come with that role in that unit; or one that was, if the row tells its last day."""
    posts: list[Post] = step.user.posts_here if step.user else []  # type: ignore[attr-defined]  # prefetched by people_by_username
    same = [post for post in posts if post.role == step.role and (post.unit.code if post.unit else "") == step.row.values["unit"]]
    lasting = [post for post in same if post.valid_to is None or post.valid_to >= on]
    return next(iter(lasting), next((post for post in same if step.valid_to is not None and post.valid_to == step.valid_to), None))
