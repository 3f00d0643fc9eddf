"""What a number measures, by where it stands.

Behind its verb (人口达到30万人), between verb and noun (新增5家企业), behind its noun (美丽庭院7450户) or before it (212个村完成改革).
What a clause leaves out is said by the clause before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lantu.compile.clauses import Statement
from lantu.compile.quantities import Quantity
from lantu.compile.spotted import Spotted
from lantu.compile.subjects import ATTRIBUTE, NO_OWN_NAME, as_name, head_of, noun_after, object_of, owner_of, subject_of, tidy, without_verb
from lantu.language.change import first_verb, measure_of, verb_at_end, without_bound
from lantu.model import MeasureKind
from lantu.patterns import compiled, regex


class Meaning(NamedTuple):
    """``verb`` is "" where none carries the number; ``end`` is past the noun behind the number."""

    subject: str
    verb: str
    end: int


class Said(NamedTuple):
    """What the statement has said so far: its last subject and verb, the names of its last row, all its subjects."""

    subject: str = ""
    verb: str = ""
    names: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    end: int = 0
    quantity: Quantity | None = None


# Words before the number that say more than a verb does.
_COMPARED = compiled(
    r"^[,、]?(?:比|较)([^,。;、]{2,12}?)(?:平均水平|平均)?(?:分别)?(高|低|快|多|少)出?$|"
    r"^[,、]?(高|低|快)于([^,。;、]{2,12}?)(?:平均水平|平均)$"
)
_SHARE_OF = compiled(r"^[,、]?(?:分别)?(?:约|仅|已)?(?:占到?|为|是|达到?|相当于|完成)([^,。;、]{2,16})的$")
_PACE = compiled(r"(?:以上|左右|以内)?的(?:平均|年均)?(?:速度|增速|幅度|速率)(?:递增|增长|提高|提升|下降|递减|持续)?")
_STANDARD = regex(r"的(?:标准|比例|要求|原则|规模|定额)(.*)")
_SHARES = frozenset(("%", "‰", "倍", "成"))

# Verbs whose object stands behind the number; the first also where words stand before them (每个镇建成1所卫生院).
_HAVING = frozenset(("建成", "拥有", "有", "具有", "建有", "设有", "配有", "设"))
_EXISTENTIAL = _HAVING | frozenset(
    ("现有", "共有", "形成", "成立", "建立", "聚集", "集聚", "汇聚", "保有", "达到", "覆盖", "涉及", "惠及", "入驻", "实现")
)
# Verbs that say nothing of what is counted: 完成农村改厕500户 counts 农村改厕.
_EMPTY = frozenset(("完成", "实现", "建成", "达到", "实施", "拥有", "有", "现有", "共有", "建有", "成立", "形成"))

# Nouns that are at a number by themselves, so that no 新增 of a clause before carries on to them.
_STOCK = regex(r"[率数值额量比户度]$|比例|比重|收入|面积|用户|人口")
_PLACE_ONLY = regex(r"^[^，,、的]{1,6}(?:区|市|县|镇|省|街道|村|州|旗|盟)$")
_LOCATIVE = regex(r"(?:下|中|内|里|上|方面|期间|以来|过程中|基础上)$")
_PER_HOUSEHOLD = regex(r"每[百千万]?[户人名].{0,5}$")
# 按照每万名常住人口1.75名核定编制, 每10名学生1台计算机: a standard of the noun behind.
_PER = regex(r"(?:按照|按|以)?(?=每)")
_AREAS = ("街道", "乡镇", "镇", "乡", "村", "社区", "县", "区", "市")
_AVERAGE = regex(r"(?:亩|人|户|村|地|单位|平)均|强度$")
_ALTOGETHER = regex("累计|总数|总量")
_GRADE = regex(r"[级类型性式]$")
_OWN_GRADE = regex(r"^[国省市区县镇村家]+级|^[^级类型性式]{1,4}[级类型性式]")
# A verb further inside the words than this is not the number's.
_VERB_WITHIN = 12


class MeaningReader:
    """Tells what the numbers of one statement measure."""

    def __init__(self, statement: Statement, text: str) -> None:
        self.statement, self.text = statement, text

    def read(self, here: Spotted, said: Said) -> Meaning:
        bare = without_verb(tidy(here.left))
        return self._attribute(here, said, bare) or self._special(here, said, bare) or self._plain(here, said)

    def _attribute(self, here: Spotted, said: Said, bare: str) -> Meaning | None:
        """总投资86亿元 of the clause before, or 总投资20亿元的产业园 of the noun behind."""
        match = ATTRIBUTE.match(object_of(bare) if self.text.startswith("的", here.end) else bare)
        if match is None or len(bare) < 2:
            return None
        verb = "完成" if re.search(r"完成|累计|到位", here.left) else ""
        noun = self._noun(here)
        if noun.startswith("的") and len(noun) > 2:
            return Meaning(tidy(noun[1:]) + match[0], verb, here.end + len(noun))
        if match[0].endswith("均") and len(noun) >= 2:
            return Meaning(match[0] + tidy(noun), verb, here.end + len(noun))
        return Meaning(self.inherited(match[0], here, said), verb, here.end)

    def _special(self, here: Spotted, said: Said, bare: str) -> Meaning | None:
        """比全国高2个百分点, 占全区的三成, 以年均8%的速度增长."""
        if compared := _COMPARED.match(here.left):
            return Meaning(f"{said.subject}{compared[2] or compared[3]}于{compared[1] or compared[4]}", "", here.end)
        if (share := _SHARE_OF.match(here.left)) and here.quantity.unit in _SHARES:
            name = f"相当于{share[1]}的倍数" if here.quantity.unit == "倍" else f"占{share[1]}比重"
            return Meaning(said.subject + name, "", here.end)
        pace = _PACE.match(self.text, here.end, here.limit)
        if pace is None:
            return None
        if len(bare) < 2 or NO_OWN_NAME.fullmatch(bare):
            bare = self.inherited(bare, here, said)
        return Meaning(bare, "下降" if "降" in pace[0] or "减" in pace[0] else "增长", pace.end())

    def _plain(self, here: Spotted, said: Said) -> Meaning:
        found = verb_at_end(here.left)
        if found is None:
            return self._beside_noun(here, said, without_bound(here.left))
        verb, head = found[0], here.left[: found[1]]
        if measure_of(verb) is MeasureKind.ADD or self._has_object(here, verb, head):
            return self._between(here, said, verb, head)
        return Meaning(self._behind_verb(here, said, verb, head), verb, here.end)

    def _noun(self, here: Spotted) -> str:
        return noun_after(self.text, here.end, here.limit)

    def _has_object(self, here: Spotted, verb: str, head: str) -> bool:
        """建成3处示范点, 拥有5家企业: the noun follows, nothing is measured before."""
        noun = self._noun(here)
        if verb in _HAVING and len(noun) >= 2:
            return True
        return verb in _EXISTENTIAL and bool(noun) and len(without_verb(tidy(head))) < 2

    def _behind_verb(self, here: Spotted, said: Said, verb: str, head: str) -> str:
        """工业总产值|达到45亿元."""
        subject = without_verb(tidy(head))
        if len(subject) < 2 or ATTRIBUTE.match(subject) or NO_OWN_NAME.fullmatch(subject):
            owner = self.inherited(subject, here, said)
            return owner + "占比" if verb.startswith("占") and owner == said.subject else owner
        return subject + "覆盖率" if verb.startswith("覆盖") and here.quantity.unit == "%" else subject

    def inherited(self, subject: str, here: Spotted, said: Said) -> str:
        """The subject of a clause that names only an attribute, or nothing."""
        attribute = subject if len(subject) >= 2 and not NO_OWN_NAME.fullmatch(subject) else ""
        owner = self._clause_before(here, said) or said.subject
        if not owner:
            return attribute or subject
        if not attribute:
            return object_of(owner) if _ALTOGETHER.search(here.left) else owner
        return attribute if owner.endswith(attribute) else owner_of(owner) + attribute.removeprefix("其")

    def _clause_before(self, here: Spotted, said: Said) -> str:
        """The subject of the clause before, where no number has spoken in it: 油茶种植面积居全省前列,达62万亩."""
        start = self.statement.clause_start_before(here.clause)
        if start is None or start < said.end:
            return ""
        return subject_of(self.text[start : here.clause].rstrip(",;:。—"))

    def _between(self, here: Spotted, said: Said, verb: str, head: str) -> Meaning:
        """新增|1-2家|上市公司; without a noun behind, the noun before: 发明专利|授权|436件."""
        noun = self._whole_head(self._noun(here), here.end)
        before = without_verb(tidy(head))
        if len(noun.lstrip("的")) >= 2 and not noun.startswith(("以", "左")):
            name, owner = tidy(head_of(noun)), self._owner(before, noun, verb)
            return Meaning(name if name.startswith(owner) else owner + name, verb, here.end + len(noun))
        named = "" if verb in _EMPTY else verb
        return Meaning(before + named if len(before) >= 2 else named + object_of(said.subject), verb, here.end)

    def _owner(self, before: str, noun: str, verb: str) -> str:
        """What stands before the noun in the subject's name: 每万名居民拥有|全科医生, 新增|上市公司."""
        if before.startswith("每"):
            return before + verb
        owner = before if len(before) >= 2 and noun.startswith("的") and not _PLACE_ONLY.match(before) else ""
        return owner + ("" if verb in _EMPTY else verb)

    def _beside_noun(self, here: Spotted, said: Said, left: str) -> Meaning:
        before, noun = tidy(left), self._noun(here)
        lead = first_verb(before)
        behind = self._noun_behind(here, left, before, noun, lead[0] if lead else "")
        if behind is not None:
            return behind
        bare = without_verb(before)
        if len(bare) < 2 or NO_OWN_NAME.fullmatch(bare) or (len(noun) >= 2 and (_PLACE_ONLY.match(bare) or _LOCATIVE.search(bare))):
            return self._before_noun(here, said, noun)
        if _PER_HOUSEHOLD.search(here.left) or _AVERAGE.search(bare):
            return Meaning(bare, "", here.end)
        lead = first_verb(bare) or lead
        if lead is not None:
            return Meaning(bare, lead[0] if lead[1] <= _VERB_WITHIN else "", here.end)
        return Meaning(bare, _carried(said) if here.continued or not _STOCK.search(bare) else "", here.end)

    def _noun_behind(self, here: Spotted, left: str, before: str, noun: str, verb: str) -> Meaning | None:
        """Words before and behind: 按20平方米的标准|配建…, 两条河17公里的|河道治理, A、B等|10所|学校."""
        end = here.end + len(noun)
        if standard := _STANDARD.match(noun):
            return Meaning(re.sub(r"(?:按照|按|以)", "", without_verb(before), count=1) + tidy(standard[1]), "", end)
        if (per := _PER.match(before)) and len(noun) >= 2:
            return Meaning(before[per.end() :] + tidy(without_verb(tidy(noun))), "", end)
        if len(noun) >= 2 and "、" in before and noun.startswith(_AREAS):
            return Meaning(tidy(noun), verb, end)
        if noun.startswith("的") and len(noun) > 2 and len(before) >= 2:
            inner = first_verb(noun)
            return Meaning(without_verb(before) + tidy(noun.lstrip("的")), inner[0] if inner else verb, end)
        summed = left.rstrip().endswith("等")
        listed = summed or ("、" in before and len(noun) >= 2 and noun[0] not in "的以左,")
        if not listed or len(noun) < 2 or not (verb or summed):
            return None
        return Meaning(("" if verb in _EMPTY else verb) + tidy(noun), verb, end)

    def _before_noun(self, here: Spotted, said: Said, noun: str) -> Meaning:
        """212个|村完成改革."""
        name = as_name(self._whole_head(noun, here.end))
        verb = _carried(said) if here.continued else ""
        if not name:
            return Meaning(self.inherited("", here, said), verb, here.end)
        if verb and verb not in _EMPTY and measure_of(verb) is MeasureKind.ADD and first_verb(name) is None:
            name = verb + name
        return Meaning(name, verb, here.end + len(noun))

    def _whole_head(self, noun: str, end: int) -> str:
        """9个国家级、33个省级改革试点任务: the head that the first item shares with the next."""
        following = self.statement.quantity_from(end + len(noun)) if _GRADE.search(noun) else None
        if following is None or following.start - end - len(noun) > 2:
            return noun
        shared = noun_after(self.text, following.end, self.statement.clause_end(following.end, self.text))
        return noun + _OWN_GRADE.sub("", shared, count=1)


def _carried(said: Said) -> str:
    """The verb that a list item or a following clause leaves out: only additions and levels carry on."""
    carries = bool(said.verb) and measure_of(said.verb) in (MeasureKind.ADD, MeasureKind.LEVEL)
    return said.verb if carries else ""
