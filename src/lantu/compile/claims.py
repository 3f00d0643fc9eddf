"""What each number of a statement claims: its subject, and whether it is a level, growth, an addition …

A number stands behind its verb (人口达到30万人), between verb and noun (新增5家企业), behind its noun (美丽庭院7450户) or before it
(212个村完成改革). What a clause leaves out is said by the clause before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lantu.compile.clauses import Statement
from lantu.compile.names import is_name, is_size, unit_of
from lantu.compile.quantities import Quantity
from lantu.compile.subjects import ATTRIBUTE, as_name, head_of, names_of, noun_after, object_of, owner_of, subject_of, tidy, without_verb
from lantu.language.bounds import comparator
from lantu.language.change import first_verb, measure_of, verb_at_end, without_bound
from lantu.language.time import TimeRelation
from lantu.language.units import split_magnitude
from lantu.model import Comparator, MeasureKind


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity with its meaning; ``end`` is past its bound and its noun. ``part`` is the index in a ratio or list, or -1."""

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


@dataclass(slots=True)
class _Said:
    subject: str = ""
    verb: str = ""
    names: list[str] = field(default_factory=list)
    history: tuple[str, ...] = ()  # subjects of the statement so far
    end: int = 0  # how far the words are used up
    quantity: Quantity | None = None


_ONLY_JOINER = re.compile(r"^[、,]?(?:和|及|以及|与|、|或)?$")
_FROM = re.compile(r"(?:由|从)(?:上年|去年|当前|目前|现在|现有|原来)?的?(?:不足|约|近)?$")
_TO = re.compile(r"^(?:以上|左右|以下)?的?[一-鿿]{1,6}?(?:到|至|为|成)[^,。;]{0,10}$")
_TURNED = re.compile(r"[一-鿿]{1,4}(?:到|至|为|成)")
_CHANGE_TO = re.compile(r"[高加长升大降低少增短减展整变强化]到$")
_PACE = re.compile(r"(?:以上|左右|以内)?的(?:平均|年均)?(?:速度|增速|幅度|速率)(?:递增|增长|提高|提升|下降|递减|持续)?")
_STOCK = re.compile(r"[率数值额量比户度]$|比例|比重|收入|面积|用户|人口")
_LOCATIVE = re.compile(r"(?:下|中|内|里|上|方面|期间|以来|过程中|基础上)$")
_EXISTENTIAL = frozenset(("建成", "拥有", "有", "具有", "现有", "共有", "建有", "设有", "形成", "成立", "建立", "聚集", "集聚", "汇聚", "保有", "达到", "覆盖", "涉及", "惠及", "入驻", "实现"))
_COMPARED = re.compile(r"^[,、]?(?:比|较)([^,。;、]{2,12}?)(?:平均水平|平均)?(?:分别)?(高|低|快|多|少)出?$")
_SHARE_OF = re.compile(r"^[,、]?(?:分别)?(?:约|仅|已)?(?:占到?|为|是|达到?|相当于|完成)([^,。;、]{2,16})的$")
_OBJECT_VERBS = frozenset(("建成", "拥有", "有", "具有", "建有", "设有", "配有"))
_STANDARD = re.compile(r"的(?:标准|比例|要求|原则|规模|定额)(.*)")
_PLACE_ONLY = re.compile(r"^[^，,、的]{1,6}(?:区|市|县|镇|省|街道|村|州|旗|盟)$")
_UNIT_LESS_AFTER = re.compile(r"[A-Za-z年月日级型版号星类大届期个\d.%+-]")
_RATIO_SUBJECT = re.compile(r"结构|比例|比重|之比|占比|比")
_INDUSTRIES = ("第一产业占比", "第二产业占比", "第三产业占比")
_POINT_KINDS = frozenset(("share", "points", "times"))


class ClaimReader:
    """Reads the claims of one statement, left to right."""

    def __init__(self, statement: Statement, text: str) -> None:
        self.statement, self.text = statement, text
        self.said = _Said(end=statement.start)
        self._clause = statement.start

    def claims(self) -> Iterator[Claim]:
        kept = self._counting()
        index = 0
        while index < len(kept):
            group = self._joined(kept, index)
            if (raised := self._raised(kept, index)) is not None:
                yield raised
                index += 2
                continue
            yield from self._read_group(group)
            index += len(group)

    def _counting(self) -> list[Quantity]:
        quantities = [q for q in self.statement.quantities if not is_name(q, self.statement, self.text)]
        following = [*quantities[1:], None][: len(quantities)]
        return [q for q, after in zip(quantities, following, strict=True) if not is_size(q, after, self.statement, self.text)]

    def _joined(self, kept: list[Quantity], index: int) -> list[Quantity]:
        """The numbers from ``index`` on that stand in one row: 5.69人、7.2人; 84.41%109.49%."""
        group = [kept[index]]
        respective = "分别" in self.text[max(self.said.end, self.statement.clause_start(group[0].start)) : group[0].start]
        for quantity in kept[index + 1 :]:
            last = group[-1]
            end = self._bound(last)[1]
            if not _ONLY_JOINER.match(self.text[end : quantity.start]) or not (respective or self._same_unit(last, quantity)):
                break
            group.append(quantity)
        if len(group) > 1 and not self._row(group):
            return group[:1]
        return group

    def _row(self, group: list[Quantity]) -> bool:
        """A row shares the words before it; 159条86公里 says two things of one subject and is a row too."""
        if any(one.end == other.start for one, other in zip(group, group[1:], strict=False)):
            return True
        return self.text[group[-1].end : group[-1].end + 1] in ("", ",", ";", "。", ")", "、") or self._bound(group[-1])[1] > group[-1].end

    def _same_unit(self, one: Quantity, other: Quantity) -> bool:
        if one.unit == "" or one.unit == other.unit or other.unit.startswith(one.unit):
            return True
        a, b = unit_of(one), unit_of(other)
        return a is not None and b is not None and (a.base == b.base or one.end == other.start)

    def _bound(self, quantity: Quantity) -> tuple[Comparator, int]:
        limit = self.statement.clause_end(quantity.end, self.text)
        return comparator(self.text, self.said.end, quantity.start, quantity.end, limit, quantity.fuzzy)

    # -- one number, or a row of numbers -------------------------------------------------------------------------------

    def _read_group(self, group: list[Quantity]) -> Iterator[Claim]:
        first = group[0]
        clause = max(self.statement.clause_start(first.start), self._paren_start(first.start))
        previous = self.said.end
        self._clause = clause
        left = self._left(max(clause, previous), first.start)
        if first.parts:
            yield from self._ratio(first, left, clause, previous)
        elif not self._accepted(group, left, clause):
            self.said.end = first.end if previous > clause else previous
        elif len(group) > 1:
            yield from self._row_claims(group, left, clause, previous)
        else:
            yield self._single(first, left, clause, previous)

    def _accepted(self, group: list[Quantity], left: str, clause: int) -> bool:
        quantity = group[-1]
        if quantity.unit or quantity.chinese:
            return True
        if _UNIT_LESS_AFTER.match(self.text[quantity.end : quantity.end + 1]) or 1900 <= quantity.value <= 2100:
            return False
        bounded = self._bound(quantity)[0] is not Comparator.EQUAL
        verb = verb_at_end(left)
        if quantity.parts:
            return True
        return bounded or (verb is not None and measure_of(verb[0]) is not MeasureKind.ADD) or self._like_the_last(quantity, left)

    def _like_the_last(self, quantity: Quantity, left: str) -> bool:
        """整治提升企业433 after 关停企业533家: the same shape as the number before, its unit lost."""
        last = self.said.quantity
        unit = unit_of(last) if last is not None else None
        counted = unit is not None and unit.kind == "count" and float(quantity.value).is_integer() and quantity.value >= 2
        return counted and first_verb(left) is not None and first_verb(self.said.subject) is not None and len(tidy(left)) >= 4

    def _left(self, start: int, stop: int) -> str:
        """The words of text[start:stop) with the times and what leads them taken out."""
        parts, at = [], start
        for time in self.statement.times:
            if time.start < at or time.end > stop:
                continue
            head = self.text[at : time.start]
            parts.append(head if _CHANGE_TO.search(head) else re.sub(r"(?:到|至|截至|截止|在|于|自|较|比|与|同|以)$", "", head))
            at = time.end
            if time.relation is TimeRelation.AGAINST and self.text.startswith("相比", at):
                at += 2
        parts.append(self.text[at:stop])
        return "".join(parts)

    def _paren_start(self, position: int) -> int:
        """Right behind a bracket that is still open at ``position``; 0 where none is."""
        opened = self.text.rfind("(", self.statement.start, position)
        if opened < 0 or ")" in self.text[opened:position]:
            return 0
        return opened + 1

    def _single(self, quantity: Quantity, left: str, clause: int, previous: int) -> Claim:
        compare, end = self._bound(quantity)
        subject, verb, end = self._meaning(quantity, left, end, previous > clause)
        self._remember(subject, verb, [], end, quantity)
        return Claim(quantity, quantity.value, quantity.unit, subject, self._measure(verb, quantity, subject), compare, clause, previous, end)

    def _measure(self, verb: str, quantity: Quantity, subject: str) -> MeasureKind:
        if self.text.startswith("翻", quantity.start):
            return MeasureKind.GROWTH
        if re.search(r"增速|增长率|增幅|年均增长$", subject) and (not verb or measure_of(verb) is not MeasureKind.KEEP):
            return MeasureKind.GROWTH
        if not verb:
            return MeasureKind.LEVEL
        measure = measure_of(verb)
        unit = unit_of(quantity)
        if measure is MeasureKind.GROWTH and unit is not None and unit.kind not in _POINT_KINDS and unit.kind not in ("age", "duration"):
            return MeasureKind.ADD
        if measure is MeasureKind.ADD and unit is not None and unit.kind in ("share", "points") and "率" in subject:
            return MeasureKind.LEVEL
        if measure is MeasureKind.ADD and self._bound(quantity)[0] is Comparator.AT_MOST:
            return MeasureKind.LEVEL
        return measure

    def _remember(self, subject: str, verb: str, names: list[str], end: int, quantity: Quantity) -> None:
        history = (*self.said.history, *(names or [subject]))
        self.said = _Said(subject, verb, names, history, end, quantity)

    # -- the four places of a number -----------------------------------------------------------------------------------

    def _meaning(self, quantity: Quantity, left: str, end: int, continued: bool) -> tuple[str, str, int]:
        """(subject, verb, end): ``continued`` where another number of the same clause stands before."""
        limit = self._limit(quantity, end)
        bare = without_verb(tidy(left))
        owned = object_of(bare) if self.text.startswith("的", end) else bare
        if len(bare) >= 2 and (attribute := ATTRIBUTE.match(owned)):
            return self._attribute(attribute[0], left, end, limit)
        if compared := _COMPARED.match(left):
            return f"{self.said.subject}{compared[2] or '高'}于{compared[1]}", "", end
        if (share := _SHARE_OF.match(left)) and quantity.unit in ("%", "倍", "成", "‰"):
            name = f"相当于{share[1]}的倍数" if quantity.unit == "倍" else f"占{share[1]}比重"
            return (self.said.subject or "") + name, "", end
        pace = _PACE.match(self.text, end, limit)
        if pace is not None and len(bare) >= 2:
            return bare, "增长" if "降" not in pace[0] and "减" not in pace[0] else "下降", pace.end()
        found = verb_at_end(left)
        if found is not None:
            verb, at = found
            if measure_of(verb) is MeasureKind.ADD or self._existential(verb, left[:at], end, limit):
                return self._between(verb, left[:at], end, limit)
            return self._behind_verb(verb, left[:at], quantity), verb, end
        return self._beside_noun(without_bound(left), end, limit, continued)

    def _attribute(self, attribute: str, left: str, end: int, limit: int) -> tuple[str, str, int]:
        """总投资86亿元 of the clause before, or 总投资20亿元的产业园 of the noun behind."""
        verb = "完成" if re.search(r"完成|累计|到位", left) else ""
        noun = noun_after(self.text, end, limit)
        if noun.startswith("的") and len(noun) > 2:
            return tidy(noun[1:]) + attribute, verb, end + len(noun)
        return self._inherited(attribute), verb, end

    def _limit(self, quantity: Quantity, end: int) -> int:
        """How far the noun behind a number may reach: its clause, the next number or the next time."""
        limit = self.statement.clause_end(quantity.end, self.text)
        starts = [q.start for q in self.statement.quantities if end <= q.start < limit]
        starts += [time.start for time in self.statement.times if end <= time.start < limit]
        return min([limit, *starts])

    def _existential(self, verb: str, head: str, end: int, limit: int) -> bool:
        """建成3处示范点, 拥有5家企业: the noun follows, nothing is measured before."""
        noun = noun_after(self.text, end, limit)
        if verb in _OBJECT_VERBS and len(noun) >= 2:
            return True
        return verb in _EXISTENTIAL and len(without_verb(tidy(head))) < 2 and bool(noun)

    def _behind_verb(self, verb: str, head: str, quantity: Quantity) -> str:
        """工业总产值|达到45亿元."""
        subject = without_verb(tidy(head))
        if len(subject) < 2 or ATTRIBUTE.match(subject):
            return self._inherited(subject)
        if verb.startswith("覆盖") and quantity.unit == "%":
            return subject + "覆盖率"
        return subject

    def _inherited(self, subject: str) -> str:
        attribute = subject if len(subject) >= 2 and not re.fullmatch(r"其中?|同比|环比|年均|每年|分别|平均|总体|累计", subject) else ""
        owner = self._clause_before() or self.said.subject
        if not owner:
            return attribute or subject
        if not attribute:
            return owner
        return attribute if owner.endswith(attribute) else owner_of(owner) + attribute.removeprefix("其")

    def _clause_before(self) -> str:
        """The subject of the clause before, where no number has spoken in it: 油茶种植面积居全省前列,达62万亩."""
        cuts = [cut for cut in self.statement.cuts if cut <= self._clause]
        if len(cuts) < 2 or cuts[-2] < self.said.end:
            return ""
        return subject_of(self.text[cuts[-2] : cuts[-1]].rstrip(",;:。—"))

    def _between(self, verb: str, head: str, end: int, limit: int) -> tuple[str, str, int]:
        """新增|1-2家|上市公司; without a noun behind, the noun before: 发明专利|授权|436件."""
        noun = self._whole_head(noun_after(self.text, end, limit), end)
        before = without_verb(tidy(head))
        if len(noun.lstrip("的")) >= 2 and not noun.startswith(("以", "左")):
            name = tidy(head_of(noun))
            keep = verb if verb not in ("完成", "实现", "建成", "达到", "实施", "拥有", "有", "现有", "共有", "建有", "成立", "形成") else ""
            owner = before if len(before) >= 2 and not _PLACE_ONLY.match(before) and noun.startswith("的") else ""
            if before.startswith("每") and verb in _OBJECT_VERBS:
                owner, keep = before, verb
            return owner + keep + name, verb, end + len(noun)
        if len(before) >= 2:
            return before + verb, verb, end
        return verb + object_of(self.said.subject), verb, end

    def _beside_noun(self, left: str, end: int, limit: int, continued: bool) -> tuple[str, str, int]:
        """美丽庭院|7450户, or 212个|村完成改革, or A、B等|10所|学校."""
        before, noun = tidy(left), noun_after(self.text, end, limit)
        if standard := _STANDARD.match(noun):
            return re.sub(r"(?:按照|按|以)", "", without_verb(before), count=1) + tidy(standard[1]), "", end + len(noun)
        listed = left.rstrip().endswith("等") or ("、" in before and len(noun) >= 2 and noun[0] not in "的以左,")
        lead = first_verb(before)
        if noun.startswith("的") and len(noun) > 2 and len(before) >= 2:
            inner = first_verb(noun)
            return without_verb(before) + tidy(noun.lstrip("的")), (inner or lead or ("", 0, 0))[0], end + len(noun)
        if listed and len(noun) >= 2 and (lead or left.endswith("等")):
            verb = lead[0] if lead else ""
            return (verb if verb and verb not in ("建成", "完成", "实施") else "") + tidy(noun), verb, end + len(noun)
        bare = without_verb(before)
        lead = None if re.search(r"每[百千万]?[户人名]", left[-8:]) else first_verb(bare) or lead
        beside = (_PLACE_ONLY.match(bare) or _LOCATIVE.search(bare)) and len(noun) >= 2
        if len(bare) >= 2 and not beside:
            return bare, lead[0] if lead and lead[1] <= 12 else self._carried(lead is None and (continued or not _STOCK.search(bare))), end
        return self._before_noun(noun, end, continued)

    def _carried(self, verbless: bool) -> str:
        """The verb that a list item or a following clause leaves out: only additions and levels carry on."""
        if not verbless or not self.said.verb or measure_of(self.said.verb) not in (MeasureKind.ADD, MeasureKind.LEVEL):
            return ""
        return self.said.verb

    def _before_noun(self, noun: str, end: int, continued: bool) -> tuple[str, str, int]:
        name = as_name(self._whole_head(noun, end))
        verb = self._carried(True) if continued else ""
        if not name:
            return self._inherited(""), verb, end
        if verb and measure_of(verb) is MeasureKind.ADD and verb not in ("完成", "实施") and first_verb(name) is None:
            name = verb + name
        return name, verb, end + len(noun)

    def _whole_head(self, noun: str, end: int) -> str:
        """9个国家级、33个省级改革试点任务: the head that the first item shares with the next."""
        if not re.search(r"[级类型性式]$", noun):
            return noun
        following = next((q for q in self.statement.quantities if q.start >= end + len(noun)), None)
        if following is None or following.start - end - len(noun) > 2:
            return noun
        shared = noun_after(self.text, following.end, self.statement.clause_end(following.end, self.text))
        return noun + re.sub(r"^[国省市区县镇村家]+级|^[^级类型性式]{1,4}[级类型性式]", "", shared, count=1)

    # -- rows, ratios, from … to ---------------------------------------------------------------------------------------

    def _row_claims(self, group: list[Quantity], left: str, clause: int, previous: int) -> Iterator[Claim]:
        last = group[-1]
        found = verb_at_end(left)
        lead = first_verb(tidy(left))
        verb = found[0] if found else lead[0] if lead else self.said.verb
        names = self._names(left[: found[1]] if found else left, len(group))
        whole = without_verb(tidy(left[: found[1]] if found else left))
        base_year = _trailing_year(left[: found[1]] if found else left)
        subject = whole if len(whole) >= 2 else self.said.subject
        for position, quantity in enumerate(group):
            name = names[position] if len(names) == len(group) else subject
            compare, end = self._bound(quantity)
            if compare is Comparator.EQUAL and self._bound(last)[0] is not Comparator.EQUAL and position < len(group) - 1:
                compare = self._bound(last)[0]
            unit = self._row_unit(quantity, group[position:])
            measure = self._row_measure(verb, name, quantity)
            touching = quantity.end == (group[position + 1].start if position + 1 < len(group) else -1)
            yield Claim(quantity, quantity.value, unit, name, measure, compare, clause, previous, end, None, base_year, touching or quantity.start == group[position - 1].end)
        self._remember(subject, verb, names if len(names) == len(group) else [], self._bound(last)[1], last)

    def _row_measure(self, verb: str, name: str, quantity: Quantity) -> MeasureKind:
        """改善 raises a rate and lowers a concentration."""
        if verb == "改善" and not name.endswith(("率", "数", "度")):
            return MeasureKind.REDUCE
        return self._measure(verb, quantity, name)

    def _names(self, head: str, count: int) -> list[str]:
        words = re.sub(r"(?<=\d\.\d)(?:19|20)\d\d", "", head)
        words = without_verb(tidy(words))
        names = names_of(words) if len(words) >= 2 else self.said.names
        if len(names) != count and len(words) < 2 and "分别" in head + "分别":
            names = list(dict.fromkeys(self.said.history))[-count:]
        if len(names) != count and len(words) >= 2:
            names = [name for name in (tidy(part) for part in words.split("、")) if name]
        return names if len(names) == count else []

    def _row_unit(self, quantity: Quantity, rest: list[Quantity]) -> str:
        """The unit that a row prints once, or that the page lost: 2.24亿20.3亿元."""
        for other in rest[1:]:
            if other.unit.startswith(quantity.unit) and len(other.unit) > len(quantity.unit):
                magnitude, bare = split_magnitude(quantity.unit)
                if bare == "" or other.unit == "个百分点":
                    return other.unit
        return quantity.unit

    def _ratio(self, quantity: Quantity, left: str, clause: int, previous: int) -> Iterator[Claim]:
        left = left.rstrip("的")
        found = verb_at_end(left)
        subject = tidy(re.sub(r"(?:由|从)的?$", "", left[: found[1]] if found else left))
        before, self.said.end = self.said.subject, quantity.end
        if len(subject) < 2 or _TURNED.fullmatch(left):
            subject = before
        self.said.subject = subject
        if not _RATIO_SUBJECT.search(subject) or _FROM.search(left):
            return
        for name, part in self._parts(quantity, subject):
            yield Claim(quantity, part, "", name, MeasureKind.LEVEL, Comparator.EQUAL, clause, previous, quantity.end)

    def _parts(self, quantity: Quantity, subject: str) -> list[tuple[str, float]]:
        """The parts of a ratio with their names."""
        parts = quantity.parts
        if len(parts) == len(_INDUSTRIES) and "产" in subject:
            return [(f"{name}({subject})", part) for name, part in zip(_INDUSTRIES, parts, strict=True)]
        return [(f"{subject}第{index}项", part) for index, part in enumerate(parts, 1)]

    def _raised(self, kept: list[Quantity], index: int) -> Claim | None:
        """由30%提高到45%: one claim with its baseline."""
        if index + 1 >= len(kept):
            return None
        base, target = kept[index], kept[index + 1]
        clause = self.statement.clause_start(base.start)
        between = self.text[base.end : target.start]
        left = self._left(max(clause, self.said.end), base.start)
        source = _FROM.search(left)
        if base.parts or source is None or not _TO.match(between) or len(between) > 24 or not self._same_unit(base, target):
            return None
        head = tidy(left[: source.start()])
        verb = "提高到"
        subject = without_verb(head) if len(head) >= 2 else self._inherited(head)
        years = [time.last for time in self.statement.times if max(clause, self.said.end) <= time.start < base.start and time.last]
        previous = self.said.end
        compare, end = self._bound(target)
        self._remember(subject, verb, [], end, target)
        return Claim(
            target, target.value, target.unit, subject, MeasureKind.LEVEL, compare, self.statement.clause_start(target.start), base.end if years else previous, end,
            base.value, years[-1] if years else None,
        )


def _trailing_year(words: str) -> int | None:
    """A base year that ran into the list before it (PM2.52015分别改善)."""
    found = re.search(r"(?<=\d\.\d)((?:19|20)\d\d)", words)
    return int(found[1]) if found else None
