"""Areas that the text delimits: 东至…、西至…, 位于…以东、…以西, 西起…东至…, in any order and on fewer sides than four."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lantu.compile.reading import Reading, Sentence
from lantu.model import Bounds, Section, Span, Zone
from lantu.patterns import hint, regex

# A place between two limits needs at least these many sides to be an area; one alone is a direction.
_FEWEST_SIDES = 2
# A road or a river from east to west is a line, not an area.
_LINES = regex(
    r"(?:路|街|大道|大街|高速|公路|铁路|河|渠|江|隧道|桥|线|管网|管线|管廊|绿道)(?:[东西南北]延|改造"
    r"|扩建|新建|\([^()]*\)|工程|项目|段)*$"
)
_LIMIT = r"[^、,;:。!?()\n]{1,24}?"
_END = r"(?=[、,;。!?()\n]|[东西南北][至到抵临邻接连靠起以]|$)"
_TO = regex(
    rf"(?P<sides>[东西南北](?:[、和及][东西南北])?)(?:面|侧|边|部|边界)?(?:至|到|抵|临|连|邻|毗邻|接|靠"
    rf"|起于|起自|起|以(?=[^、,;。]+为界))(?P<limit>{_LIMIT})(?:为界)?{_END}"
)
_BEYOND = regex(rf"(?P<limit>{_LIMIT})以(?P<side>[东西南北])(?![部方向侧])")
_HINT = hint("东西南北以", r"[东西南北](?:面|侧|边|部|边界)?(?:至|到|抵|临|邻|连|毗邻|接|靠|起|以)|以[东西南北](?![方部])")
_SIDE_NAMES = {"东": "east", "西": "west", "南": "south", "北": "north"}
_OPPOSITE = {"东": "西", "西": "东", "南": "北", "北": "南"}
_SUBJECT = regex(
    r"(?P<name>[^,;:。、\n]{2,30}?)(?:的)?(?:规划|具体|总体|用地|建设)*(?:范围|四至(?:范围)?|边界|界线"
    r"|空间范围)?(?:[:为是即,]|包括|位于|地处|坐落于|坐落在|处于|选址于|选址在|分布在|在|$)"
)
_SCOPE_ONLY = regex(r"(?:本?规划|用地|总体|具体|空间|研究|控制|建设|本次)*(?:范围|四至|边界|面积|区域|位置|选址)(?:范围)?")
_NO_NAME = regex(
    r"以|按照?|围绕|沿|(?:本?规划|用地|总体|具体|空间|研究|控制|建设|本次)+(?:范围|四至|边界)?$|位于"
    r"|地处|坐落|处于|范围|四至|总面积|面积|[东西南北][、和]"
)
# 在A路以东、B路以南区域规划建设云溪科技园
_BUILT_WITHIN = regex(
    r"(?:的)?(?:区域|地块|地段|范围内|区域内)[,内]?(?:规划|集中|重点|选址)*(?:建设|打造|布局|新建)([^,;:。、\n]{3,20})"
)
_NUMBER = regex(r"^[(]?(?:[一二三四五六七八九十\d]+)[)、.]+|^——?")


# Marks, brackets and a conjunction may stand between two limits; more is other text.
_LONGEST_GAP = 12
_LEAD = regex(r"(?:位于|地处|坐落于|处于|范围为|在|为|是)(?=[^位地处在为]+$)")


class _Side(NamedTuple):
    """What lies on one side, at its place."""

    side: str
    limit: str
    span: Span


def read_zones(reading: Reading) -> tuple[Zone, ...]:
    """Every area with at least two limits, in the order of the text."""
    found: list[Zone] = []
    text = reading.text
    for index, sentence in enumerate(reading.sentences):
        if _HINT.search(text, sentence.start, sentence.end):
            previous = reading.sentences[index - 1] if index else None
            found.extend(_zones(reading, sentence, previous, len(found)))
    return tuple(found)


def _zones(reading: Reading, sentence: Sentence, previous: Sentence | None, count: int) -> Iterator[Zone]:
    sides = sorted(_sides(reading.text, sentence), key=lambda side: side.span)
    for group in _groups(reading.text, sides):
        bounds = {_SIDE_NAMES[side.side]: side.limit for side in group}
        if len(bounds) < _FEWEST_SIDES:
            continue
        name = _name(reading, sentence, previous, group)
        if name is None or (len(bounds) == _FEWEST_SIDES and _LINES.search(name)):
            continue
        start = min(sentence.start, group[0].span.start)
        anchor = reading.anchor(start, group[-1].span.end)
        count += 1
        yield Zone(
            id=f"zone-{count}",
            section=reading.sections[sentence.section].id if sentence.section >= 0 else None,
            name=name,
            bounds=Bounds(**bounds),
            span=anchor.span,
            raw_span=anchor.raw_span,
        )


def _sides(text: str, sentence: Sentence) -> Iterator[_Side]:
    """东至X: X lies east. X以东: the area lies east of X, so X bounds it in the west."""
    for match in _TO.finditer(text, sentence.start, sentence.end):
        for side in match.group("sides"):
            if side in _SIDE_NAMES:
                yield _Side(side, match.group("limit"), Span(match.start(), match.end()))
    for match in _BEYOND.finditer(text, sentence.start, sentence.end):
        limit = match.group("limit")
        lead = _LEAD.search(limit)
        start = match.start() + (lead.end() if lead else 0)
        yield _Side(_OPPOSITE[match.group("side")], text[start : match.end("limit")], Span(start, match.end()))


def _groups(text: str, sides: list[_Side]) -> Iterator[list[_Side]]:
    """A side told a second time, or words between two limits, begin another area."""
    group: list[_Side] = []
    for side in sides:
        between = text[group[-1].span.end : side.span.start] if group else ""
        if group and (any(side.side == other.side for other in group) or len(between) > _LONGEST_GAP):
            yield group
            group = []
        group.append(side)
    if group:
        yield group


def _name(reading: Reading, sentence: Sentence, previous: Sentence | None, group: list[_Side]) -> str | None:
    """The subject before the limits or what is built within them, else the label or heading before, else 规划范围 as printed."""
    text = reading.text
    before = text[sentence.start : group[0].span.start]
    built = _BUILT_WITHIN.match(text, group[-1].span.end, sentence.end)
    named = _subject(before) or _label(reading, sentence) or (built.group(1) if built else None)
    if named is None and previous is not None and previous.line == sentence.line:
        named = _subject(text[previous.start : previous.end].rstrip("。;:"))
    if named is not None or len(group) == _FEWEST_SIDES:
        return named
    path = reading.section_path(reading.section_index(sentence.start))
    printed = _SCOPE_ONLY.search(before)
    return _title(path[0]) if path else (printed.group() if printed else None)


def _label(reading: Reading, sentence: Sentence) -> str | None:
    """The heading whose words end where the sentence begins: 1.站南片区。东至…"""
    path = reading.section_path(reading.section_index(sentence.start))
    if path and path[0].span.end <= sentence.start and not reading.text[path[0].span.end : sentence.start].strip("。:\n"):
        return _title(path[0]) if not _NO_NAME.match(path[0].title) else None
    return None


def _subject(words: str) -> str | None:
    """装备制造组团位于 → 装备制造组团; 规划范围为 and what is left of a bare 位于 name nothing."""
    for clause in reversed(re.split(r"[,;。]", _NUMBER.sub("", words).rstrip("("))):
        match = _SUBJECT.match(clause)
        name = match.group("name") if match else ""
        if len(name) >= 2 and not _NO_NAME.match(name):
            return name
    return None


def _title(section: Section) -> str:
    return re.sub(r"(?:规划)?(?:范围|四至)$", "", section.title) or section.title
