"""Every number of a statement with what it claims: one by one, in rows (分别达到), as ratios, and from … to …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lantu.compile.clauses import Statement
from lantu.compile.meaning import MeaningReader, Said
from lantu.compile.measured import measure_kind
from lantu.compile.names import is_name, is_size
from lantu.compile.quantities import Quantity
from lantu.compile.spotted import Spotted, bound, spotted, unit_of
from lantu.compile.subjects import ATTRIBUTE, NO_OWN_NAME, names_of, tidy, without_verb
from lantu.language.change import first_verb, measure_of, verb_at_end
from lantu.language.lexicon import HANZI
from lantu.language.time import TimeKind, TimeRelation
from lantu.language.units import split_magnitude
from lantu.model import Comparator, MeasureKind
from lantu.patterns import compiled, regex


class Claim(NamedTuple):
    """A quantity with its meaning. ``end`` is past its bound and its noun; ``run_together``: no mark parts it from its neighbour."""

    quantity: Quantity
    value: float
    unit: str
    subject: str
    measure: MeasureKind
    comparator: Comparator
    clause: int
    previous_end: int
    end: int
    baseline: float | None = None
    baseline_year: int | None = None
    run_together: bool = False
    year: int | None = None  # of a row whose numbers have a year each; else the time that governs says it


_ONLY_JOINER = compiled(r"^[、,]?(?:和|及|以及|与|、|或)?$")
_ROW_END = frozenset(("", ",", ";", "。", ")", "、"))
_FROM = regex(r"(?:由|从)(?:上年|去年|当前|目前|现在|现有|原来)?的?(?:不足|约|近)?$")
_TO = compiled(rf"^(?:以上|左右|以下)?的?{HANZI}{{1,6}}?(?:到|至|为|成)[^,。;]{{0,10}}$")
_LONGEST_TO = 24
_TURNED = regex(rf"{HANZI}{{1,4}}(?:到|至|为|成)")
_UNIT_LESS_AFTER = regex(r"[A-Za-z年月日级型版号星类大届期个\d.%+-]")
_RATIO_SUBJECT = regex(r"结构|比例|比重|之比|占比|比")
_INDUSTRIES = ("第一产业占比", "第二产业占比", "第三产业占比")
_TWO = ("前项", "后项")
_YEARS = range(1900, 2101)
# A base year that ran into the list before it (PM2.52020分别下降).
_TRAILING_YEAR = regex(r"(?<=\d\.\d)((?:19|20)\d\d)")


class ClaimReader:
    """Reads the claims of one statement, left to right."""

    def __init__(self, statement: Statement, text: str) -> None:
        self.statement, self.text = statement, text
        self.meanings = MeaningReader(statement, text)
        self.said = Said(end=statement.start)
        self._bounds: dict[tuple[int, int], tuple[Comparator, int]] = {}

    def claims(self) -> Iterator[Claim]:
        kept = self._counting()
        self._read_only(kept)
        index = 0
        while index < len(kept):
            raised = self._raised(kept, index)
            if raised is not None:
                yield raised
                index += 2
                continue
            group = self._row(kept, index)
            yield from self._read(group)
            index += len(group)

    def _read_only(self, kept: list[Quantity]) -> None:
        """From here on the statement has no other numbers: sizes and names are words of the subjects they stand in."""
        if len(kept) < len(self.statement.quantities):
            self.statement = self.statement.with_quantities(tuple(kept))
            self.meanings = MeaningReader(self.statement, self.text)

    def _counting(self) -> list[Quantity]:
        """The quantities that count something: no names, no sizes inside a subject."""
        quantities = [q for q in self.statement.quantities if not is_name(q, self.statement, self.text)]
        following = [*quantities[1:], None][: len(quantities)]
        return [q for q, after in zip(quantities, following, strict=True) if not is_size(q, after, self.statement, self.text)]

    def _spotted(self, quantity: Quantity) -> Spotted:
        return spotted(self.statement, self.text, quantity, self.said.end, self._bound(quantity))

    def _bound(self, quantity: Quantity) -> tuple[Comparator, int]:
        """A number is asked for its bound as one of a row, and again by itself."""
        place = (quantity.start, self.said.end)
        found = self._bounds.get(place)
        if found is None:
            found = self._bounds[place] = bound(self.statement, self.text, quantity, self.said.end)
        return found

    def _read(self, group: list[Quantity]) -> Iterator[Claim]:
        here = self._spotted(group[0])
        if here.quantity.parts:
            yield from self._ratio(here)
        elif not self._accepted(group[-1], here.left):
            self.said = self.said._replace(end=here.quantity.end if here.continued else self.said.end)
        elif len(group) > 1:
            yield from self._row_claims(group, here)
        else:
            yield self._single(here)

    def _accepted(self, quantity: Quantity, left: str) -> bool:
        """A number without a unit counts only where a verb or a bound says so."""
        if quantity.unit or quantity.chinese:
            return True
        if _UNIT_LESS_AFTER.match(self.text[quantity.end : quantity.end + 1]) or quantity.value in _YEARS:
            return False
        verb = verb_at_end(left)
        carried = verb is not None and measure_of(verb[0]) is not MeasureKind.ADD
        return carried or self._bound(quantity)[0] is not Comparator.EQUAL or self._like_the_last(quantity, left)

    def _like_the_last(self, quantity: Quantity, left: str) -> bool:
        """改造提升企业216 after 关停企业85家: the same shape as the number before, its unit lost."""
        unit = unit_of(self.said.quantity) if self.said.quantity is not None else None
        if unit is None or unit.kind != "count" or quantity.value < 2 or not quantity.value.is_integer():
            return False
        return first_verb(left) is not None and first_verb(self.said.subject) is not None and len(tidy(left)) >= 4

    def _single(self, here: Spotted) -> Claim:
        meaning = self.meanings.read(here, self.said)
        self._remember(meaning.subject, meaning.verb, (), meaning.end, here.quantity)
        measure = measure_kind(self.text, here.quantity, meaning.verb, meaning.subject, here.comparator)
        return Claim(
            here.quantity, here.quantity.value, here.quantity.unit, meaning.subject, measure, here.comparator, here.clause, here.previous,
            meaning.end,
        )  # fmt: skip

    def _remember(self, subject: str, verb: str, names: tuple[str, ...], end: int, quantity: Quantity) -> None:
        self.said = Said(subject, verb, names, (*self.said.history, *(names or (subject,))), end, quantity)

    # -- rows: 5.69人、7.2人 --------------------------------------------------------------------------------------------

    def _row(self, kept: list[Quantity], index: int) -> list[Quantity]:
        """The numbers from ``index`` on that stand in one row; 159条86公里 and 84.41%109.49% are rows too."""
        first = kept[index]
        if index + 1 == len(kept):
            return [first]
        respective = "分别" in self.text[max(self.said.end, self.statement.clause_start(first.start)) : first.start]
        row = [first]
        for quantity in kept[index + 1 :]:
            between = self.text[self._bound(row[-1])[1] : quantity.start]
            if not _ONLY_JOINER.match(between) or not (respective or _same_unit(row[-1], quantity)):
                break
            row.append(quantity)
        return row if len(row) == 1 or self._whole(row) else row[:1]

    def _whole(self, row: list[Quantity]) -> bool:
        """A row shares the words before it: nothing but a mark follows it, or its numbers touch."""
        if any(one.end == other.start for one, other in pairwise(row)):
            return True
        end = row[-1].end
        return self.text[end : end + 1] in _ROW_END or self._bound(row[-1])[1] > end

    def _row_claims(self, row: list[Quantity], here: Spotted) -> Iterator[Claim]:
        found = verb_at_end(here.left)
        head = here.left[: found[1]] if found else here.left
        lead = first_verb(tidy(here.left))
        verb = found[0] if found else lead[0] if lead else self.said.verb
        names = self._names(head, len(row))
        whole = without_verb(tidy(head))
        subject = whole if len(whole) >= 2 and not NO_OWN_NAME.fullmatch(whole) else self.said.subject or verb
        base = _TRAILING_YEAR.search(head)
        years = self._row_years(row[0].start, len(row))
        for place in range(len(row)):
            claim = self._row_claim(row, place, here, verb, names[place] if names else subject, int(base[1]) if base else None)
            yield claim._replace(year=years[place]) if years else claim
        self._remember(subject, verb, tuple(names), self._bound(row[-1])[1], row[-1])

    def _row_years(self, before: int, count: int) -> list[int]:
        """到2027年、2030年,…分别达到60%和65%: as many years in a row as numbers; [] otherwise."""
        points = [time for time in self.statement.times if time.end <= before and time.kind is TimeKind.POINT][-count:]
        joined = all(_ONLY_JOINER.match(self.text[one.end : other.start]) for one, other in pairwise(points))
        years = [time.last for time in points if time.last is not None and time.relation is TimeRelation.AT]
        return years if joined and len(years) == count > 1 else []

    def _row_claim(self, row: list[Quantity], place: int, here: Spotted, verb: str, name: str, base_year: int | None) -> Claim:
        quantity = row[place]
        compare, end = self._bound(quantity)
        if compare is Comparator.EQUAL:  # 91%、90%以上: the bound of the last is said of all
            compare = self._bound(row[-1])[0]
        if compare is Comparator.EQUAL and self._bound(row[0])[1] == row[0].end:  # 突破1000亿元和1200亿元: so is one before the first
            compare = here.comparator
        touching = any(one.end == other.start for one, other in pairwise(row) if quantity in (one, other))
        measure = measure_kind(self.text, quantity, verb, name, compare)
        if verb == "改善" and not name.endswith(("率", "数", "度")):
            measure = MeasureKind.REDUCE  # what improves a rate lowers a concentration
        return Claim(
            quantity, quantity.value, _row_unit(row[place:]), name, measure, compare, here.clause, here.previous, end,
            baseline_year=base_year, run_together=touching,
        )  # fmt: skip

    def _names(self, head: str, count: int) -> list[str]:
        """The ``count`` subjects of a row: named before it, in the row before, or in the clauses before; [] where they are not."""
        words = without_verb(tidy(_TRAILING_YEAR.sub("", head)))
        if len(words) < 2 or NO_OWN_NAME.fullmatch(words):
            names = list(self.said.names)
            return names if len(names) == count else _last(self.said.history, count)
        names = names_of(words)
        if len(names) != count:
            names = [name for name in map(tidy, words.split("、")) if name]
        return names if len(names) == count else []

    # -- ratios, and from … to … ---------------------------------------------------------------------------------------

    def _ratio(self, here: Spotted) -> Iterator[Claim]:
        left = here.left.rstrip("的")
        found = verb_at_end(left)
        subject = tidy(re.sub(r"(?:由|从)的?$", "", left[: found[1]] if found else left))
        if len(subject) < 2 or (found is None and _TURNED.fullmatch(left)):
            subject = self.said.subject
        self.said = self.said._replace(subject=subject, end=here.quantity.end)
        if not _RATIO_SUBJECT.search(subject) or _FROM.search(left):
            return
        for name, part in _parts(here.quantity, subject):
            yield Claim(
                here.quantity, part, "", name, MeasureKind.LEVEL, Comparator.EQUAL, here.clause, here.previous, here.quantity.end
            )

    def _raised(self, kept: list[Quantity], index: int) -> Claim | None:
        """由30%提高到45%: one claim with its baseline."""
        if index + 1 >= len(kept) or kept[index].parts:
            return None
        base, target = kept[index], kept[index + 1]
        between = self.text[base.end : target.start]
        if len(between) > _LONGEST_TO or not _TO.match(between) or not _same_unit(base, target):
            return None
        here = self._spotted(base)
        source = _FROM.search(here.left)
        if source is None:
            return None
        years = [time.last for time in self.statement.times if max(here.clause, here.previous) <= time.start < base.start and time.last]
        return self._risen(base, target, here, here.left[: source.start()], years[-1] if years else None)

    def _risen(self, base: Quantity, target: Quantity, here: Spotted, head: str, base_year: int | None) -> Claim:
        words = tidy(head)
        named = len(words) >= 2 and not ATTRIBUTE.match(words) and not NO_OWN_NAME.fullmatch(words)
        subject = without_verb(words) if named else self.meanings.inherited(words, here, self.said)
        compare, end = self._bound(target)
        self._remember(subject, "提高到", (), end, target)
        return Claim(
            target, target.value, target.unit, subject, MeasureKind.LEVEL, compare, self.statement.clause_start(target.start),
            base.end if base_year else here.previous, end, base.value, base_year,
        )  # fmt: skip


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.unit == "" or other.unit.startswith(one.unit):
        return True
    a, b = unit_of(one), unit_of(other)
    return a is not None and b is not None and (a.base == b.base or one.end == other.start)


def _row_unit(rest: list[Quantity]) -> str:
    """The unit that a row prints once (2.3个、1.1个百分点), or that the page lost (2.24亿20.3亿元)."""
    unit = rest[0].unit
    bare = split_magnitude(unit)[1]
    for other in rest[1:]:
        if other.unit.startswith(unit) and len(other.unit) > len(unit) and (bare == "" or unit == "个"):
            return other.unit
    return unit


def _parts(quantity: Quantity, subject: str) -> list[tuple[str, float]]:
    """The parts of a ratio with their names."""
    if len(quantity.parts) == len(_INDUSTRIES) and "产" in subject:
        return [(f"{name}({subject})", part) for name, part in zip(_INDUSTRIES, quantity.parts, strict=True)]
    if len(quantity.parts) == len(_TWO):
        return [(f"{subject}({name})", part) for name, part in zip(_TWO, quantity.parts, strict=True)]
    return [(f"{subject}第{index}项", part) for index, part in enumerate(quantity.parts, 1)]


def _last(history: tuple[str, ...], count: int) -> list[str]:
    """The last ``count`` different subjects; [] where there are fewer."""
    subjects = list(dict.fromkeys(history))
    return subjects[-count:] if len(subjects) >= count else []
