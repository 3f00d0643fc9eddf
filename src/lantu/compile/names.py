"""Numbers that count nothing: names, slogans, sizes inside a subject, durations, articles."""

from __future__ import annotations

import re

from lantu.compile.clauses import Statement
from lantu.compile.quantities import Quantity
from lantu.compile.spotted import unit_of
from lantu.language.bounds import comparator
from lantu.language.change import first_verb, verb_at_end
from lantu.language.units import Unit
from lantu.model import Comparator

# A quotation up to this long is a name ("1+3", “两宫四馆六中心”), a longer one is speech.
_NAME_QUOTE = 24
_NAME_AFTER = re.compile(
    r"[A-Za-z](?!P)|级|型|版|号|星|强(?=[企县市区镇])|届|国道|省道|楼|生活圈|医疗圈|服务圈|便民圈|养老圈|通勤圈|经济圈|交通圈|圈|大(?=[战行工任产举体重板])|线(?=城市|以)|步走|月|日|时(?=许|至)|点(?=[至到前后])|座?城市群|[一两三四五六七八九十]体|"
    r"次(?:党代会|会议|全会|创业|党代表|常务|代表大会)|个(?:五年|一(?=批|工程|百|行动|点|[“”、])|全面|[“]|专题|走在前列|自信|意识|维护|坚持|确立|必由之路|务必|率先|明显|新(?=[突局台]))"
)
_NAME_BEFORE = re.compile(r"(?:第|十[一二三四五六]五|[A-Za-z.·+]|每|版本|热线|国道|省道|总第|编号|电话|文号|公元|前|排名|位列|居|列|名次)$")
_DURATION_SUBJECT = re.compile(r"时间|时限|时长|期限|年限|寿命|天数|日数|周期|用时|耗时|时效|缩短|压缩|压减|缩减|良好天|优良天|晴|带薪|学时")
_LIFE_SUBJECT = re.compile(r"年限|寿命|存续|期限|周期")
_SIZE_AFTER = re.compile(r"(?:及?以[上下内]|以内|左右|级)?(?:的)?(?:[^\d、,;。:()“”]{0,14}?)(?:企业|项目|工程|单位|公司|园区|产业|集群|集团|景区|商户|合作社|家庭农场|大户|村|品牌|客户|机组|锅炉|建筑|楼宇|载体|平台|乡镇|镇|街道|小区|学校|基地|水库|河流|产品|纳税人|主体|农户|户|机构|人口|城市|固定资产投资|投资|自然村|矿|线路|泊位|码头|船舶|工厂|市场|门店|综合体|单体|龙头|企业集团|车辆|设备)")
_SIZE_MARK = re.compile(r"(?:过|超|超过|达|达到|逾|不足|低于|高于|破|近|以上|大于|小于|在|单体|总投资|投资额?|产值|收入|面积|规模|年产值|资产|纳税额?|税收|装机|容量|额)+$")
_SIZE_KINDS = frozenset(("age", "money", "area", "mass", "length", "power", "volume", "energy", "people", "share", "times", "physics", "computing", "data"))
_SMALL_CHINESE = 20
# 千亩花海, 十里画廊, 百名专家: round words without a digit are names unless a bound stands with them.
_ROUND_NAME = re.compile(r"[十百千万][^一二两三四五六七八九十百千]?")
_NEAR = re.compile(r"[近超逾约上]$|超过$|突破$|达到$")
# 以16个专项规划为支撑: the number belongs to the frame of the plan, not to what it aims at.
_IN_STRUCTURE = re.compile(r"以[^,;。]*为(?:支撑|统领|重点|核心|主体|基础|主线|引领|依托|抓手|载体|骨架|节点|龙头|补充|纽带|轴)")
_COUNT_VERB = re.compile(r"新增|新建|建成|建设|创建|打造|培育|引进|完成|改造|扩建|达到|至少|不少于|不低于|超过|突破|近|增加|实施|招引|设立|组建|举办|开工|关停|整治|清理|超|逾|约")


def is_name(quantity: Quantity, statement: Statement, text: str) -> bool:
    """Whether the number belongs to a name, an ordinal, a slogan or a duration, and counts nothing."""
    before, after = text[max(statement.start, quantity.start - 6) : quantity.start], text[quantity.end : quantity.end + 8]
    if _NAME_BEFORE.search(before) or (_NAME_AFTER.match(after) and not _counted(quantity, after)):
        return True
    if _in_name_quotes(quantity, statement, text):
        return True
    if _IN_STRUCTURE.match(text, statement.clause_start(quantity.start), statement.clause_end(quantity.end, text)):
        return True
    unit = unit_of(quantity)
    clause = text[statement.clause_start(quantity.start) : quantity.start]
    if unit is not None and unit.kind == "duration":
        return not (_LIFE_SUBJECT if unit.base == "年" else _DURATION_SUBJECT).search(clause) or before.endswith("月")
    if unit is not None and unit.base == "千伏" and after[:1] in "变输线电及等以":
        return True
    return quantity.chinese and not _chinese_counts(quantity, unit, clause, before, after)


def _counted(quantity: Quantity, after: str) -> bool:
    """A letter behind a full unit is the noun's ("5家AAA级企业"); 月/日/时/点 behind one are too."""
    return bool(quantity.unit) and not re.match(r"个(?:五年|一|全面)", after) and after[0] not in "级型号届圈步"


def _chinese_counts(quantity: Quantity, unit: Unit | None, clause: str, before: str, after: str) -> bool:
    """A Chinese numeral counts when it measures, when it is large, or when something is done to so many."""
    if unit is None or unit.kind in ("share", "times", "points") or quantity.unit in ("", "成"):
        return True
    if _ROUND_NAME.match(quantity.printed) and not (quantity.fuzzy or _NEAR.search(before) or after[:1] in ",;。"):
        return False
    if quantity.unit[0] in "万亿" or unit.kind in ("money", "area", "mass", "length"):
        return True
    if quantity.value >= _SMALL_CHINESE or quantity.fuzzy:
        return True
    return quantity.value >= 2 and bool(_COUNT_VERB.search(clause))


def _in_name_quotes(quantity: Quantity, statement: Statement, text: str) -> bool:
    for opening, closing, longest in (("“", "”", _NAME_QUOTE), ("《", "》", 200), ("‘", "’", _NAME_QUOTE), ("【", "】", 200)):
        opened = text.rfind(opening, max(statement.start, quantity.start - longest), quantity.start)
        if opened < 0 or text.find(closing, opened, quantity.start) >= 0:
            continue
        closed = text.find(closing, quantity.end - 1, opened + longest)
        if closed >= 0:
            return True
    return False


def is_size(quantity: Quantity, following: Quantity | None, statement: Statement, text: str) -> bool:
    """Whether the number sizes the thing that the next number counts: 产值过10亿元企业达到10家."""
    unit = unit_of(quantity)
    if (unit is None and not quantity.unit) or (unit is not None and unit.kind not in _SIZE_KINDS):
        return False
    limit = statement.clause_end(quantity.end, text)
    if unit is not None and unit.kind == "age" and re.match(r"(?:及)?以[上下]|至|-|的(?=[一-鿿])", text[quantity.end : quantity.end + 3]):
        return True
    if text.startswith("的", quantity.end) and following is not None and following.start == quantity.end + 1:
        return True
    noun = _SIZE_AFTER.match(text, quantity.end, limit)
    if noun is None or _ATTRIBUTIVE.match(text, quantity.end, limit) and not _size_before(text, statement, quantity):
        return False
    marked = _SIZE_MARK.search(text, max(statement.start, quantity.start - 8), quantity.start) is not None
    bounded = comparator(text, statement.start, quantity.start, quantity.end, limit, quantity.fuzzy)[0] is not Comparator.EQUAL
    counted = following is not None and following.start < limit and "、" not in text[quantity.end : following.start]
    earlier = first_verb(text[statement.clause_start(quantity.start) : quantity.start])
    if counted and (marked or bounded):
        return verb_at_end(text[statement.clause_start(quantity.start) : quantity.start].rstrip("过超近")) is None or bounded
    return bounded and _counted_before(quantity, statement, text) and earlier is None or (bounded and _counted_before(quantity, statement, text))


# 总规模30亿元的基金: the number is the noun's attribute and a figure of its own.
_ATTRIBUTIVE = re.compile(r"的")


def _size_before(text: str, statement: Statement, quantity: Quantity) -> bool:
    return text[max(statement.start, quantity.start - 2) : quantity.start].endswith(("过", "超", "达", "逾", "以上"))


def _counted_before(quantity: Quantity, statement: Statement, text: str) -> bool:
    """A count stands before in the same clause: 引进2-3家进出口总量过1000万美元企业."""
    clause = statement.clause_start(quantity.start)
    return any(clause <= other.start < quantity.start and (unit := unit_of(other)) is not None and unit.kind == "count" and "、" not in text[other.end : quantity.start] for other in statement.quantities)
