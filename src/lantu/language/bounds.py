"""Bounds before and after a number, and the comparator they make."""

from __future__ import annotations

from lantu.model import Comparator
from lantu.patterns import compiled, regex

# Before the number, closest last; an adverb or "为/在/到" may stand between.
_BEFORE = compiled(
    r"(?P<most>不超过|不得超过|不高于|不大于|不突破|不多于|小于等于|最多|至多|≤|低于或等于)"
    r"|(?P<least>不低于|不少于|不小于|不得低于|不得少于|至少|最少|最低|大于等于|≥|高于或等于|达到或超过|保底)"
    r"|(?P<about>约为?|大约|大致|将近|接近|近|左右|≈)"
    r"|(?P<more>突破|超过|超额|超|高于|大于|多于|逾|过|冲刺|>)"
    r"|(?P<less>不足|低于|小于|少于|不到|<)"
)
# Without any of the letters that a bound begins with there is none: the cheap first question.
_BEFORE_FIRST = regex("[不小最至≤低大≥高达保约将接近左≈突超多逾过冲>少<]")
_TAIL = regex(
    r"(?:到|至|在|为|于|是|了|的|达|达到|约为|每[亩户人千百万名平方公里吨]{1,5}|"
    r"有|建成|新建|建设|新增|培育|引进|打造|创建|配备|设立|开展|举办|组织|完成)*$"
)
_AFTER = compiled(
    r"(?P<least>(?:及其?|或)?以上|之上|起)|(?P<most>(?:及其?|或)?以内|之内|以下|之下|内(?=[,。;、)]|$)|封顶)"
    r"|(?P<about>左右|上下|前后)|(?P<more>余|多(?!元|个百)|开外)"
)
# 控制在3.8%的刚性目标任务之内: the bound stands after a short noun phrase.
_LATE_MOST = regex(r"的[^,。;、]{1,12}?(?:之内|以内)")
_CONTROL = compiled(r"(?:控制|限制|管控)(?:到|至|在)?$|(?:压减|压缩)(?:到|至|在)$")

_COMPARATORS = {
    "most": Comparator.AT_MOST, "least": Comparator.AT_LEAST, "about": Comparator.ABOUT, "more": Comparator.MORE, "less": Comparator.LESS,
}
# How far to the left of a number its bound may begin.
_REACH = 8


def comparator(text: str, start: int, number_start: int, end: int, limit: int, fuzzy: bool) -> tuple[Comparator, int]:
    """The comparator of the number text[number_start:end), and where its bound after the number ends.

    ``start`` and ``limit`` fence the clause; ``fuzzy`` is a 余/多 inside the number (600余个).
    """
    before = _before(text[max(start, number_start - _REACH) : number_start])
    after = _AFTER.match(text, end, limit)
    if before == "about":
        return Comparator.ABOUT, after.end() if after else end
    if after:
        return _COMPARATORS[after.lastgroup or ""], after.end()
    if fuzzy:
        return Comparator.MORE, end
    if before:
        return _COMPARATORS[before], end
    return _controlled(text, start, number_start, end, limit)


def _controlled(text: str, start: int, number_start: int, end: int, limit: int) -> tuple[Comparator, int]:
    if _CONTROL.search(text, max(start, number_start - _REACH), number_start):
        late = _LATE_MOST.match(text, end, limit)
        return Comparator.AT_MOST, late.end() if late else end
    return Comparator.EQUAL, end


def _before(left: str) -> str | None:
    found = None
    if _BEFORE_FIRST.search(left) is None:
        return None
    for match in _BEFORE.finditer(left):
        if _TAIL.fullmatch(left, match.end()):
            found = match.lastgroup
    return found
