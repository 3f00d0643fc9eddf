"""Who leads and who cooperates, as other offices write it in one cell: 甲局（牵头）、乙局, 甲局/乙局, 甲局及乙局, a unit a line."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from lantu_web.lib.cells import key
from lantu_web.tasks.spreadsheet.cells import SEPARATOR
from lantu_web.tasks.spreadsheet.finding import Finder

LISTED = frozenset({"lead_unit", "cooperating"})  # read as lists whatever they hold
_LEADING = "牵头|主办|主责"
_PART = f"(?P<part>{_LEADING}|配合|协办|参与|参加)(?:单位|部门)?"
_MARKS = (re.compile(rf"[（(]\s*{_PART}\s*[）)]"), re.compile(rf"^{_PART}\s*[:：]\s*"))
_BETWEEN = re.compile(r"\s*(?:[/／]|以及|[和及与])\s*")


def parted(texts: Mapping[str, str], finder: Finder) -> dict[str, str]:
    """排在首位的为牵头部门: where one cell names several units, the one that is marked or else the first leads, the others cooperate.

    Raises ValueError where several are said to lead.
    """
    lead, beside = _named(texts.get("lead_unit", ""), finder), _named(texts.get("cooperating", ""), finder)
    leading = [name for name, part in lead if part == "lead"]
    if len(leading) > 1:
        raise ValueError(_("Only one unit may lead; name the others among the cooperating ones."))
    first = next(iter(leading or [name for name, _part in lead]), "")
    others = {key(name): name for name, _part in lead if name != first} | {key(name): name for name, _part in beside}
    told = {"lead_unit": first, "cooperating": SEPARATOR.join(others.values())}
    return {**texts, **{name: text for name, text in told.items() if text}}


def _named(text: str, finder: Finder) -> list[tuple[str, str]]:
    """Each unit with the part that the cell gives it: lead, other, or nothing."""
    found = []
    for piece in finder.unit_parts(text):
        part = ""
        for pattern in _MARKS:
            if (mark := pattern.search(piece)) is not None and not finder.knows_unit(piece):
                part, piece = "lead" if mark["part"] in _LEADING.split("|") else "other", pattern.sub("", piece).strip()
        found += [(one, part) for one in (_split(piece, finder) if piece else ())]
    return found


def _split(text: str, finder: Finder) -> list[str]:
    """At a sign or a word only where both sides are known: 和平街道办事处 is one."""
    if finder.knows_unit(text):
        return [text]
    for between in _BETWEEN.finditer(text):
        left, right = text[: between.start()], _split(text[between.end() :], finder)
        if finder.knows_unit(left) and all(map(finder.knows_unit, right)):
            return [left, *right]
    return [text]
