"""What a work costs, as printed: before its name, in its brackets, or right after it."""

from __future__ import annotations

import re

from lantu.model import Span
from lantu.patterns import compiled, regex

_INVESTED = "投资"  # in every sum: the cheap first question
SUM = compiled(
    r"(?:计划|概算|估算|预计)?总?投资(?:额|规模|概算|估算)?(?:约为|约|达到|达|为|近|超过|超)?[::]?([\d.]+(?:多|余)?[万亿]*(?:美|欧)?元)"
)
# A sum that was spent in a year, or a part of one, is not what the work costs.
_SPENT = regex(r"(?:完成|累计|年度|年|其中)$")
_TOTAL = regex(r"(?:计划|概算|估算|预计|总)+投资")
_LONGEST_SPENT = 2
# A total may stand so many letters after the clause of its work (建设X水库,库容2000万立方米,总投资12亿元).
_NEAR = 40
# What a bracket says of a work besides its phase: sizes, sums, several things.
_DETAILS = regex(r"\([^()]*(?:\d[^()]*[元米吨亩里张床座套%人千瓦伏天日]|[,:;]|投资|规模|全长|占地)[^()]*\)")


def told_near(text: str, clause: Span, name: Span, limit: int) -> str | None:
    """The sum that the clause of a single work tells before its name, or the first that follows it before ``limit``."""
    before = _first(text, clause.start, name.start)
    if before:
        return before.group(1)
    after = _first(text, name.end, limit)
    if after is None:
        return None
    beside = after.start() <= clause.end + 1
    near = after.start() <= clause.end + _NEAR and _TOTAL.match(text, after.start()) is not None
    return after.group(1) if beside or near else None


def told_between(text: str, start: int, end: int) -> str | None:
    """The first sum of the entry of a list that is all about one work."""
    found = _first(text, start, end)
    return found.group(1) if found else None


def _first(text: str, start: int, end: int) -> re.Match[str] | None:
    if text.find(_INVESTED, start, end) < 0:
        return None
    found = SUM.finditer(text, start, end)
    return next((one for one in found if not _SPENT.search(text, max(start, one.start() - _LONGEST_SPENT), one.start())), None)


def without_details(name: str) -> tuple[str, str | None]:
    """The name without brackets that tell sizes and sums, and the sum that they tell."""
    if ")" not in name:
        return name, None
    details = "".join(_DETAILS.findall(name))
    told = SUM.search(details)
    return _DETAILS.sub("", name), told.group(1) if told else None
