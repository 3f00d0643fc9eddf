"""Hard line breaks: which lines are one broken sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from lantu.patterns import compiled, regex

# A line that ends so ends its paragraph (or announces the next).
_CLOSED = compiled("[。!?;:…][”’」』)》】]*$")
_NUMERAL = "一二三四五六七八九十"
_PART = rf"第[\d{_NUMERAL}百零〇 ]+[编篇章节条部]|[{_NUMERAL}]{{1,3}}、|\([{_NUMERAL}]{{1,3}}\)"
_CAPTION = r"专栏|附件|附表|附图|[图表] ?\d|——|【"
# A heading, whatever follows it on its line.
_HEADING = compiled(rf"{_PART}|\d{{1,2}}[.、]|{_CAPTION}")
# A line that begins so begins something: a heading, an item, a caption, a note, a date of signature.
_OPENS = compiled(
    rf"{_PART}|{_CAPTION}|[{_NUMERAL}]{{1,3}}[是要]"
    rf"|[(〔\[]?[\d{_NUMERAL}]{{1,3}}[)〕\]]|\d{{1,2}}、|\d{{1,2}}\.(?!\d)|\d{{1,2}}(?:\.\d{{1,2}})+[ \t]"
    r"|[①-⒛㈠-㈩●■◆▲★□◇○▪•*·-]|注[:1]|备注|资料来源|来源|抄送|主送|印发|目[ \t]*录|前[ \t]*言"
    rf"|[\d{_NUMERAL}〇○]{{2,4}}年[\d{_NUMERAL}]{{1,2}}月[\d{_NUMERAL}]{{1,3}}日?$"
)
_SURE_HEADING = regex(rf"{_PART}|专栏|附件|——")
_CANNOT_OPEN = frozenset(",。、;:!?)”’》】%‰〉")
# Words after which no clause ends: the sentence goes on in the next line.
_DANGLING = regex(r"(?:[,、(《“和与及或的以将把被让使向为从由在]|[一二三四五六七八九十两几多数各\d][个大项批类条座家所处种])$")
# A line of addressees or a signature ends so, not a broken sentence.
_BODY = regex("(?:单位|部门|机构|企业|委员会|政府|办事处|办公室|中心|[局厅委院])$")
_COMMA = regex("[,、。;]")
_NARROW = compiled("[0-9A-Za-z .%/+-]")  # characters of one column
_PAIRS = ("()", "“”", "《》")
_RUN_IN = regex("[^,、。;:]{2,16}。.")  # 「医养健康。加快…」: a new paragraph with its heading run in


_PROSE = 15  # characters of the shortest line that is taken for running text
_INDENT = 2  # columns of blanks before a paragraph's first line
_SPREAD = 8  # columns between the shortest and the longest full line (marks are not put at the head of a line, words not torn)
_WRAPPED_LINES, _WRAPPED_SHARE = 6, 0.5  # a text is hard-wrapped if so many, and this share, of its unfinished lines are full
_LONGER_SHARE = 0.1  # and no more of its lines than this are longer than full
_INDENTED_SHARE = 0.1  # share of lines that begin with an indent in a text that indents its paragraphs
_LONGEST_TAIL = 400  # unfinished lines longer than this are paragraphs that lost their mark, not lines of a page


class _Lines:
    """The lines of one text, with what is asked of each."""

    def __init__(self, text: str, lines: Sequence[tuple[int, int]]) -> None:
        self.words = [text[start:end] for start, end in lines]
        self.open = [not _CLOSED.search(words, max(0, len(words) - 4)) for words in self.words]
        self._margins = [start - 1 - text.rfind("\n", 0, start) for start, _ in lines]
        self._full_width = self._narrowest_full()
        indented = sum(margin >= _INDENT for margin in self._margins)
        self._indents = self._full_width is not None and indented >= _INDENTED_SHARE * len(lines)

    def _narrowest_full(self) -> int | None:
        """The columns from which on a line of a hard-wrapped text is full; None where lines are paragraphs."""
        unfinished = [self._columns(i) for i, is_open in enumerate(self.open) if is_open and len(self.words[i]) >= _PROSE]
        if len(unfinished) < _WRAPPED_LINES:
            return None
        counts = Counter(unfinished)
        shares = {low: sum(counts[low + more] for more in range(_SPREAD)) for low in counts}
        low = max(shares, key=lambda each: (shares[each], each))
        longer = sum(len(words) * 2 > low + _SPREAD and self._columns(i) > low + _SPREAD for i, words in enumerate(self.words))
        wrapped = shares[low] >= max(_WRAPPED_LINES, _WRAPPED_SHARE * len(unfinished)) and longer <= _LONGER_SHARE * len(self.words)
        return low if wrapped else None

    def _columns(self, index: int) -> int:
        """The printed width of a line with its indent; a mark after a hanzi was printed as wide as one."""
        return self._margins[index] + 2 * len(self.words[index]) - len(_NARROW.findall(self.words[index]))

    def prose(self, index: int) -> bool:
        return len(self.words[index]) >= _PROSE and _COMMA.search(self.words[index]) is not None

    def full(self, index: int) -> bool:
        return self._full_width is not None and self._columns(index) >= self._full_width

    def joined(self, index: int) -> bool:
        """Whether line ``index`` goes on in the next one."""
        if not self.open[index] and not (self._indents and self.full(index) and self._margins[index + 1] < _INDENT):
            return False
        here, after = self.words[index], self.words[index + 1]
        if after[0] in _CANNOT_OPEN:
            return self.prose(index) or self.full(index)
        if self._indents and self._margins[index + 1] >= _INDENT:
            return False
        if self._indents and self.full(index):
            return not (_SURE_HEADING if self.open[index] else _OPENS).match(after)
        if _OPENS.match(after) or (_HEADING.match(here) and not _COMMA.search(here)):
            return False
        if self.full(index):
            return True
        return self.prose(index) and (_DANGLING.search(here) is not None or _unbalanced(here, after) or self._broken(index))

    def _broken(self, index: int) -> bool:
        """A lone unfinished line of prose before a finished one that reads on: no heading run in, no list of open lines."""
        here, after = self.words[index], self.words[index + 1]
        if self.open[index + 1] or (index and self.open[index - 1] and self.prose(index - 1)) or len(here) > _LONGEST_TAIL:
            return False
        return not (
            _HEADING.match(here)
            or _BODY.search(here)
            or _RUN_IN.match(after)
            or here[-1].isdigit()
            or here[-1] in "%‰》”)"
            or not _reads_on(after)
        )


def joined_breaks(text: str, lines: Sequence[tuple[int, int]], rows: Set[int]) -> list[bool]:
    """For each line but the last, whether the break after it is to be undone; table ``rows`` stand alone."""
    read = _Lines(text, lines)
    return [i not in rows and i + 1 not in rows and read.joined(i) for i in range(len(lines) - 1)]


def _unbalanced(here: str, after: str) -> bool:
    """A bracket or quote opened in one line and closed in the next."""
    return any(here.count(pair[0]) > here.count(pair[1]) and after.count(pair[0]) < after.count(pair[1]) for pair in _PAIRS)


def _reads_on(after: str) -> bool:
    """Whether the line begins inside a clause: its first mark is a comma, not the end of a short sentence."""
    mark = _COMMA.search(after)
    return mark is not None and mark.group() in ",、"
