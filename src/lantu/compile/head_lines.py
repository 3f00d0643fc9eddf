"""Lines that end in a colon govern the list below them: 到2010年主要预期目标: dates every —— line until the list ends."""

from __future__ import annotations

from lantu.compile.quantities import spot
from lantu.compile.reading import Reading
from lantu.language.time import TimeKind, TimeRef, TimeRelation
from lantu.model import Span
from lantu.patterns import regex
from lantu.text.document import Line, LineKind

_COLON = ":"
_LONGEST_HEAD = 120  # a head line of more characters is running text that happens to end so
# What the items of one list begin with; a list ends where its lines begin otherwise.
_MARK = regex(
    r"(?P<dash>——?)|(?P<bullet>[●•◆■▲·])|(?P<number>\d{1,2}[.、])|(?P<bracketed>\(\d{1,2}\))|(?P<circled>[①-⑳])|(?P<first>[一二三四五六七八九十]是)"
)
_DATING = frozenset((TimeKind.POINT, TimeKind.SPAN, TimeKind.RELATIVE_YEAR))


class HeadLines:
    """The head lines of one reading and what they govern."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.text
        self.governed: dict[int, Span] = {}
        self._times: dict[Span, TimeRef | None] = {}
        self._collect(reading.document.lines)

    def _collect(self, lines: tuple[Line, ...]) -> None:
        head, mark = None, None
        for line in lines:
            words = line.end - line.start
            if words and line.kind is not LineKind.CELL and words <= _LONGEST_HEAD and self.text[line.end - 1] == _COLON:
                head, mark = Span(line.start, line.end), None
            elif head is not None:
                found = _MARK.match(self.text, line.start, line.end)
                kind = found.lastgroup if found else None
                if kind is None or mark not in (None, kind):
                    head = None
                else:
                    mark = kind
                    self.governed[line.start] = head

    def leading_time(self, line_start: int) -> TimeRef | None:
        """The time that the head line above gives to the list item that begins at ``line_start``; None without one."""
        head = self.governed.get(line_start)
        if head is None:
            return None
        if head not in self._times:
            times = [token for token in spot(self.text, *head) if isinstance(token, TimeRef)]
            self._times[head] = next((time for time in reversed(times) if _dates(time)), None)
        return self._times[head]


def _dates(time: TimeRef) -> bool:
    return time.kind in _DATING and time.relation is TimeRelation.AT
