"""The document's own title lines: of the plan, and of the notice that covers it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantu.compile.numbering import read_number
from lantu.patterns import compiled, regex
from lantu.text.document import Document, Line, LineKind

# A title ends with the name of its kind of document, perhaps with a period or a state of drafting in brackets.
_KIND = (
    "规划纲要|规划|纲要|计划|方案|意见|报告|通知|决定|决议|办法|细则|要点|措施|安排|批复|公告|通告|政策|条例|规定|纪要|总结|建议|蓝图|函"
)
TITLE_END = regex(rf"(?:{_KIND})[”》]?(?:[(〔][^()〔〕]{{1,30}}[)〕]){{0,2}}(?:[》”]?的?(?:通知|批复|函|公告|决定|决议|意见|报告))?$")
_NOTICE_END = regex(r"(?:通知|批复|公告|通告|函)$")
_LABEL = regex(r"(?:标题|信息名称|名称|文件名称)\s?:\s?")
_NEVER = regex(r"发布日期|发布时间|浏览|字号|索引号|来源:|字体|当前位置|>|http|^附件|^附:|^——|〕\s?\d+\s?号|^目\s?录")
_SUBTITLE = regex(r"\((?:(?:19|20)\d\d年?[—\-~至]+.{0,12}|[^()]{0,8}(?:稿|草案|节选|摘要))\)$")
_BYLINE = regex(r"记者|通讯员|作者|编辑|来源|发布|时间|\d{4}[-年/.]\d{1,2}[-月/.]")
_UNFINISHED_NEXT = regex(r"^(?:和|及|与|暨|的|二〇三五年|2035年|远景目标|[(〔])")
# How far down a page its title may stand when no heading comes before, and how long and how many its lines may be.
_WINDOW = 80
_LONGEST = 110
_SHORTEST = 4
_MOST_LINES = 4
_LIKENESS = 0.6
_LETTERHEAD = regex(
    r"(?:文件|办公厅|办公室|(?<![格布大全开结])局|[厅委]|人民政府|管理委员会|首页)$|\d{4,}\s?号?$|月.{1,3}日$|^\d"
)
_LONGEST_DIVIDER = 16
_DIVIDER = compiled(r"附件\s?[\d一二三四五六七八九十]{0,2}:?|.{4}年.{1,3}月.{1,3}日")
_CLOSERS = {"》": "《", ")": "(", "”": "“"}


class TitleLines(NamedTuple):
    """Lines [first, last] of the document; [start, end) in its text."""

    first: int
    last: int
    start: int
    end: int
    words: str

    @property
    def is_notice(self) -> bool:
        return bool(_NOTICE_END.search(self.words))


def find_titles(document: Document, before: int) -> tuple[list[TitleLines], set[int]]:
    """The titles among the first ``before`` lines, one for each document that stands there (notice, plan), in order.

    With them the lines of all printings of a title, those left out included.
    """
    lines, text = document.lines, document.text
    stop = min(before, _WINDOW, len(lines))
    found: list[TitleLines] = []
    for index in range(stop):
        if found and index <= found[-1].last:
            continue
        title = _title_ending_at(text, lines, index, found[-1].last + 1 if found else 0, stop)
        if title is not None:
            found.append(title)
    found.extend(_enclosed_titles(text, lines, stop))
    kept = _distinct(found) or _untyped_title(text, lines, stop)
    return kept, {line for title in (*found, *kept) for line in range(title.first, title.last + 1)}


def _enclosed_titles(text: str, lines: Sequence[Line], first: int) -> Iterator[TitleLines]:
    """Titles of plans further down, behind a notice with numbers of its own: below 附件, or below the date of its signature."""
    for index in range(max(first, 1), len(lines)):
        above = lines[index - 1]
        if above.end - above.start <= _LONGEST_DIVIDER and _DIVIDER.fullmatch(text, above.start, above.end):
            for last in range(index, min(index + _MOST_LINES, len(lines))):
                title = _title_ending_at(text, lines, last, index, len(lines))
                if title is not None and len(title.words) > _LONGEST_DIVIDER // 2:
                    yield title
                    break


def _title_ending_at(text: str, lines: Sequence[Line], index: int, floor: int, stop: int) -> TitleLines | None:
    line = lines[index]
    words = text[line.start : line.end]
    marked = line.kind is LineKind.HEADING and line.level == 0
    if not _may_be_title(text, line) or not (marked or TITLE_END.search(words)) or _goes_on(text, lines, index, stop):
        return None
    first = _first_line(text, lines, index, floor)
    last = index
    if index + 1 < stop and _SUBTITLE.match(text, lines[index + 1].start, lines[index + 1].end):
        last = index + 1
    start = lines[first].start
    label = _LABEL.match(text, start, lines[first].end)
    start = label.end() if label else start
    joined = text[start : lines[last].end].replace("\n", "")
    return TitleLines(first, last, start, lines[last].end, joined) if len(joined) >= _SHORTEST else None


def _may_be_title(text: str, line: Line) -> bool:
    if line.kind is LineKind.CELL or not 2 <= line.end - line.start <= _LONGEST:
        return False
    words = text[line.start : line.end]
    if "。" in words or ";" in words or _NEVER.search(words) or words[-1] in ",:、!?":
        return False
    label = _LABEL.match(words)
    return (":" not in words or label is not None) and read_number(text, line.start, line.end) is None


def _goes_on(text: str, lines: Sequence[Line], index: int, stop: int) -> bool:
    """Does the next line carry the title on (和2035年远景目标纲要, or what closes an open 《)?"""
    if index + 1 >= stop or not _may_be_title(text, lines[index + 1]):
        return False
    below = text[lines[index + 1].start : lines[index + 1].end]
    if _SUBTITLE.match(below) or not TITLE_END.search(below):
        return False
    return bool(_UNFINISHED_NEXT.match(below)) or _opens(below)


def _opens(words: str) -> bool:
    """Does the line close a bracket that it never opened?"""
    return any(words.count(closer) > words.count(opener) for closer, opener in _CLOSERS.items())


def _first_line(text: str, lines: Sequence[Line], index: int, floor: int) -> int:
    """The line on which the title that ends on line ``index`` begins."""
    first = index
    while first > floor and index - first < _MOST_LINES - 1 and lines[first].kind is not LineKind.HEADING:
        if not _belongs_above(text, lines[first - 1], text[lines[first].start : lines[index].end]):
            break
        first -= 1
    return first


def _belongs_above(text: str, above: Line, below: str) -> bool:
    """Is the line ``above`` the beginning of the title that goes on with the words ``below``?"""
    words = text[above.start : above.end]
    if not _may_be_title(text, above) or ":" in words or _BYLINE.search(words) or (words[0] == "(" and words[-1] == ")"):
        return False
    if TITLE_END.search(words) and not _opens(words):
        return _opens(below) or _UNFINISHED_NEXT.match(below) is not None
    return words[-1] not in "”》)" and not (_is_letterhead(words) and not below.startswith("关于"))


def _is_letterhead(words: str) -> bool:
    """A line that names the office alone (东川省人民政府办公厅, 云溪新区文件) belongs to the head of the page, not to the title."""
    return _LETTERHEAD.search(words) is not None


def _distinct(found: list[TitleLines]) -> list[TitleLines]:
    """Of titles that repeat each other (page title, text title) the fullest one, the last of equals."""
    kept: list[TitleLines] = []
    for title in found:
        twin = next((index for index, other in enumerate(kept) if _alike(title, other)), None)
        if twin is None:
            kept.append(title)
        elif title.words in kept[twin].words or _rank(title) >= _rank(kept[twin]):
            kept.pop(twin)
            kept.append(title)
    return sorted(kept, key=lambda title: title.first)


def _rank(title: TitleLines) -> tuple[bool, int]:
    balanced = all(title.words.count(closer) == title.words.count(opener) for closer, opener in _CLOSERS.items())
    return balanced, len(title.words)


def _alike(title: TitleLines, other: TitleLines) -> bool:
    if title.is_notice != other.is_notice:
        return False
    mine, theirs = _pairs(title.words), _pairs(other.words)
    return len(mine & theirs) >= _LIKENESS * min(len(mine), len(theirs))


_ASIDE = regex(r"[(〔][^()〔〕]*[)〕]|[“”《》()第个年]")


def _pairs(words: str) -> set[str]:
    """Two by two the characters of a title; 第十四个五年规划 and “十四五”规划 are to look the same."""
    words = _ASIDE.sub("", words)
    return {words[at : at + 2] for at in range(len(words) - 1)}


def _untyped_title(text: str, lines: Sequence[Line], stop: int) -> list[TitleLines]:
    """A press text has a title of no kind: the last short line before its byline or its first paragraph."""
    best: TitleLines | None = None
    for index in range(min(stop, 8)):
        line = lines[index]
        words = text[line.start : line.end]
        if line.kind is LineKind.CELL or words[-1] in "。;:" or len(words) > _LONGEST:
            break
        if _BYLINE.search(words):
            if best is not None:
                break
        elif len(words) >= _SHORTEST and not _NEVER.search(words) and read_number(text, line.start, line.end) is None:
            best = TitleLines(index, index, line.start, line.end, words)
    return [best] if best else []
