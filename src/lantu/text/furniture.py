"""Page furniture in plain text: what a site prints around a document, told from the document and read for what it says of it.

Only two things are dropped: lines at the head and the foot of the page, and lines of an unmistakable shape (page numbers, a site's
registration, bare addresses). A line that reads like a sentence of the plan is never dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lantu.model import Span
from lantu.patterns import compiled, regex
from lantu.text.furniture_words import FurnitureWords, Label, furniture_words

_HEAD_LINES = 60  # an index table flattened one cell a line takes up to 40
_FOOT_LINES = 40  # menus of linked sites at the foot
_LONGEST = 200  # characters; longer lines are paragraphs
_LABEL_WINDOW = 40  # characters at the start of a line in which its first label must stand
_SITE_NAME = 24  # characters of a line that stands above the index table: a site, a column, a bureau
_RUNNING = 3  # a running header stands on at least this many pages
_TITLE_WINDOW = 4_000  # characters in which a title repeated under its label is looked for

_OPENING = " \t\xa0\u3000•·|【[(（"

_SENTENCE = regex(r".{12,}[。；;]|.{40,}[，,、].*[。；;：:]?\s*$|.{8,}。\s*$")
_NUMBERED = regex(
    r"\s*(?:第[一二三四五六七八九十百\d]+[章篇節节編编部]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、.．](?!\d))"
)
_TITLE = regex(r"规划|規劃|纲要|綱要|计划|計劃|意见|意見|方案|报告|報告|通知|决定|決定|办法|辦法|要点|要點|批复|批復|公报|公報")
_PAGE = compiled(
    r"[\s·•]*(?:[-—–―－_~～]{1,3}\s*(?:\d{1,4}|[IVXivx]{1,6})\s*[-—–―－_~～]{1,3}|第\s*\d{1,4}\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?"
    r"|(?:共\s*\d{1,4}\s*[页頁]\s*)第\s*\d{1,4}\s*[页頁]|\d{1,4}\s*/\s*\d{1,4}\s*[页頁]|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?)[\s·•]*"
)
_BARE = regex(r"[\s•·|｜]+")  # the bullets and bars of a menu whose words are pictures
_ADDRESS = regex(r"(?m)^[ \t\u3000]*(?:https?://|www\.)[\x21-\x7e]+[ \t\r]*$")
_DATE = r"(?:19|20)\d{2}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_ONLY_DATE = regex(rf"[\s\[\]()（）【】]*{_DATE}[\s\[\]()（）【】]*")
_CRUMBS = regex(r"\s*[\[【(（]?\s*(?:网站|網站)?(?:首页|首頁|主页|主頁)\s*(?:[>＞»›→|/\\]|-{1,2}\s*>?|&gt;)")
_ARROWS = regex(r"[^\s>＞»›]{2,20}(?:\s*[>＞»›]\s*[^\s>＞»›]{2,20}){2,}\s*[>＞»›]?\s*(?:正文|内容|詳情|详情)?\s*")
_FILE = regex(
    r"\s*(?:附件\s*\d*\s*[:：.]?\s*)?\S{1,80}\.(?:pdf|docx?|xlsx?|wps|rar|zip|ofd|et)\s*(?:[(（\[].{0,20}[)）\]])?\s*"
    r"(?:点击)?(?:下载|下載)?\s*",
    re.I,
)

# What a value on the line after its label must look like to be taken as such.
_VALUE = {
    "索引号": compiled(r"[\w〔〕\[\]/.:－-]{6,60}"),
    "文号": compiled(r".{0,12}[〔\[［(（【]\d{4}[〕\]］)）】].{0,3}\d+\s*号|无|無"),
    "发布机构": compiled(r".{2,30}(?:府|局|委|会|室|办|部|厅|處|处|中心|院|區|区|镇|乡|街道|站|馆|委员会)"),
    "组配分类": compiled(r"[^。，]{2,40}"),
    "主题分类": compiled(r"[^。，]{2,40}"),
    "公开方式": compiled(r".{0,4}公开.{0,4}|主动|依申请"),
    "有效性": compiled(r"(?:现行)?有效|失效|废止|已废止|已失效|有效 .{0,10}|是|否|继续有效"),
    "标题": compiled(r".{4,120}"),
    "来源": compiled(r"[^。，]{2,30}"),
}
_DATED = frozenset({"成文日期", "发文日期", "发布日期", "更新日期", "生效日期", "废止日期"})


@dataclass(frozen=True, slots=True)
class Furniture:
    """``spans`` sorted, not overlapping, whole lines or parts of one; ``metadata`` under the keys of the index table."""

    spans: tuple[Span, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def find_furniture(lines: Sequence[tuple[int, int]], text: str) -> Furniture:
    """Furniture among the non-empty ``lines`` (start, end) of ``text``; linear in the length."""
    page = _Page(lines, text, furniture_words())
    page.read_shapes()
    page.read_head()
    page.read_foot()
    return Furniture(tuple(sorted(page.spans.values())), dict(page.metadata))


@dataclass(slots=True)
class _Page:
    """One text while its furniture is looked for; ``spans`` by line number."""

    lines: Sequence[tuple[int, int]]
    text: str
    words: FurnitureWords
    spans: dict[int, Span] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)

    def read_shapes(self) -> None:
        """Page numbers with their running headers, addresses, registrations: anywhere."""
        pages = [
            index for index, (start, end) in enumerate(self.lines) if end - start <= _SITE_NAME and _PAGE.fullmatch(self.text, start, end)
        ]
        for index in pages:
            self._drop(index)
        self._junk()
        self._running(pages)

    def _junk(self) -> None:
        """Lines that hold a mark of the site, or nothing but an address."""
        places = self.words.junk_in(self.text)
        if "http" in self.text or "www." in self.text:
            places.extend(match.end() - 1 for match in _ADDRESS.finditer(self.text))
        starts = [start for start, _ in self.lines] if places else []
        for index in {bisect_right(starts, place) - 1 for place in places}:
            start, end = self.lines[max(index, 0)]
            if index >= 0 and end - start <= _LONGEST and not _SENTENCE.match(self.text, start, end):
                self._drop(index)

    def _running(self, pages: Sequence[int]) -> None:
        """Lines that stand beside page numbers again and again with the same words."""
        beside = [near for page in pages for near in (page - 1, page + 1) if 0 <= near < len(self.lines) and near not in self.spans]
        said = Counter(self._line(near).strip() for near in beside)
        for near in beside:
            line = self._line(near).strip()
            if said[line] >= _RUNNING and len(line) <= 2 * _SITE_NAME and not line.endswith("。"):
                self._drop(near)

    def read_head(self) -> None:
        zone = self._head()
        told = [index for index in zone if self._read_edge(index, zone)]
        for index in range(told[-1] if told else 0):
            if index not in self.spans and index < told[0] and self._is_site_name(index):
                self._drop(index)

    def _head(self) -> range:
        """The lines before the document's own text begins."""
        for index, (start, end) in enumerate(self.lines[:_HEAD_LINES]):
            if self._begins_with_label(start, end):
                continue
            if _NUMBERED.match(self.text, start, end) or (_SENTENCE.match(self.text, start, end) and not self._has_label(start, end)):
                return range(index)
        return range(min(len(self.lines), _HEAD_LINES))

    def _has_label(self, start: int, end: int) -> bool:
        return end - start <= _LONGEST and next(self.words.labels_in(self.text, start, end), None) is not None

    def _begins_with_label(self, start: int, end: int) -> bool:
        first = next(self.words.labels_in(self.text, start, min(end, start + _LABEL_WINDOW)), None)
        return first is not None and not self.text[start : first.start].strip(_OPENING)

    def _is_site_name(self, index: int) -> bool:
        line = self._line(index).strip()
        return len(line) <= _SITE_NAME and not _TITLE.search(line) and not re.search(r"[。；;）)]$", line)

    def read_foot(self) -> None:
        """From the first line that opens a foot to the end, where no sentence and no numbered heading follows."""
        first = max(len(self.lines) - _FOOT_LINES, 0)
        opener = None
        for index in range(len(self.lines) - 1, first - 1, -1):
            if index in self.spans:
                continue
            if self._opens_foot(index):
                opener = index
            elif not self._may_stand_in_foot(index):
                break
        for index in range(opener if opener is not None else len(self.lines), len(self.lines)):
            if index not in self.spans:
                self._read_labels(index, range(0))
                self._drop(index)

    def _opens_foot(self, index: int) -> bool:
        start, end = self.lines[index]
        if end - start > _LONGEST:
            return False
        line = self.text[start:end]
        if self.words.starts_foot(line) or self.words.is_controls(line):
            return True
        label = next(self.words.labels_in(self.text, start, end), None)
        return label is not None and self.words.names_editor(label, self.text) and not line[: label.start - start].strip(_OPENING)

    def _may_stand_in_foot(self, index: int) -> bool:
        """A short line that is none of the plan's own endings: it goes if an opener stands above it."""
        start, end = self.lines[index]
        line = self.text[start:end].strip()
        return len(line) <= 2 * _SITE_NAME and not _SENTENCE.match(line) and not _NUMBERED.match(line) and not _ONLY_DATE.fullmatch(line)

    def _read_edge(self, index: int, zone: range) -> bool:
        """Try a line of the head as crumbs, controls, menu or labels; true where it was furniture."""
        if index in self.spans:
            return True
        start, end = self.lines[index]
        if end - start > _LONGEST and not self._begins_with_label(start, end):
            return False
        if self._read_labels(index, zone):
            return True
        line = self.text[start:end]
        told = self._is_crumbs(line) or self.words.is_controls(line) or self.words.is_menu(line)
        if told or _BARE.fullmatch(line) or _FILE.fullmatch(line):
            self._drop(index)
            return True
        return False

    def _is_crumbs(self, line: str) -> bool:
        return self.words.is_crumbs(line) or _CRUMBS.match(line) is not None or _ARROWS.fullmatch(line) is not None

    def _read_labels(self, index: int, zone: range) -> bool:
        """``来源:… 发布日期:…`` on one line: each value into the metadata; a title that stands nowhere else stays in the text."""
        start, end = self.lines[index]
        found = list(self.words.labels_in(self.text, start, end))
        if not found:
            return False
        before = self.text[start : found[0].start].strip(_OPENING)
        if before and not self._accept_prefix(before):
            return False
        for label, value in _values(self.text, found, end, self.words):
            self._note(index, label.key, value, zone)
        self.spans[index] = self._labels_span(index, found, before)
        return True

    def _labels_span(self, index: int, found: Sequence[Label], before: str) -> Span:
        """The whole line, but for a title on it that the text does not say again."""
        start, end = self.lines[index]
        if before and _TITLE.search(before) and not self._said_again(before, end):
            return Span(found[0].start, end)
        title = self.text[found[0].end : end].strip()
        if found[0].key == "标题" and len(found) == 1 and title and not self._said_again(title, end):
            return Span(start, found[0].end)
        return Span(start, end)

    def _accept_prefix(self, before: str) -> bool:
        if _ONLY_DATE.fullmatch(before):
            self.metadata.setdefault("发布日期", before)
            return True
        if len(before) > 100 or re.search("[。；]", before):
            return False
        if _TITLE.search(before):
            self.metadata.setdefault("标题", before)
            return True
        return self.words.is_controls(before)

    def _said_again(self, words: str, after: int) -> bool:
        squeezed = re.sub(r"\s", "", words)
        return squeezed in re.sub(r"\s", "", self.text[after : after + _TITLE_WINDOW])

    def _note(self, index: int, label: str, value: str, zone: range) -> None:
        """Keep one value as metadata, looking on the next line where the label stands alone."""
        if not value and label and index + 1 in zone and self._takes(label, self._line(index + 1).strip()):
            value = self._line(index + 1).strip()
            if label != "标题" or self._said_again(value, self.lines[index + 1][1]):
                self._drop(index + 1)
        if label and value:
            self.metadata.setdefault(label, value)

    def _takes(self, label: str, value: str) -> bool:
        if next(self.words.labels_in(value, 0, len(value)), None) or self.words.is_controls(value):
            return False
        shape = _ONLY_DATE if label in _DATED else _VALUE.get(label)
        if shape is None or not shape.fullmatch(value):
            return False
        return label == "标题" or label.endswith("分类") or not _TITLE.search(value)

    def _line(self, index: int) -> str:
        start, end = self.lines[index]
        return self.text[start:end]

    def _drop(self, index: int) -> None:
        self.spans[index] = Span(*self.lines[index])


def _values(text: str, found: Sequence[Label], end: int, words: FurnitureWords) -> Iterator[tuple[Label, str]]:
    """Each label on a line with its value, which ends where the next label begins."""
    for label, stop in zip(found, [later.start for later in found[1:]] + [end], strict=True):
        value = text[label.end : stop].strip(" \t\xa0\u3000|｜•·，,;；】])）[【(（")
        yield label, words.without_controls(value).strip(" \t\xa0\u3000|｜[【")
