"""What a noun phrase names where works are spoken of: lists cut and completed, kinds of works told from works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lantu.compile.project_shares import is_route, shared_action, with_shared_ending
from lantu.compile.project_sums import SUM, without_details
from lantu.language.lexicon import HANZI
from lantu.language.lists import enumerate_items, mask, match_end, split_at
from lantu.language.places import REMEMBERED, Head, bare, has_own_name, head_of, is_category, is_discrete, names_place, place_forms
from lantu.language.verbs import cut_nominal
from lantu.model import Span
from lantu.patterns import compiled, regex

# Longest name that is still a name: beyond it a clause was taken for one.
_LONGEST_NAME = 48
SHORTEST_NAME = 2
# An investment project (…生产项目) needs no place, but some words of its own.
_SHORTEST_OWN_PROJECT = 5
# The last of a list may be of a kind we do not know, if it is no longer than this.
_LONGEST_STRANGER = 10
# 氢能谷: the name of an industry before 谷 is an aim.
_LONGEST_FIELD = 2
_CONJUNCTION = compiled(r"以及|和")
# A count or a kind before the noun makes it a number of works, not a work.
_INDEFINITE = compiled(
    r"(?:一批|布局|建设(?!路|街|大道)|完成|推进|加快|打造|一系列|一些|若干|多个|多条|多处|各类|各级|各种"
    f"|更多|更加|至少|涵盖|覆盖|包括|集(?={HANZI}{{2,}}、)|以(?={HANZI})|有|符合|具有|具备|将|把|让"
    r"|[\d.,]+(?!号|国|省道|千伏)(?=[个条座处所家项套户亩公千平万余多])|[一二三四五六七八九十两几][个条座处所家项批大套]|[\d.]+段)"
)
_NO_NAME = regex(
    r"的|要求|部署|(?:县|省|市|森林|卫生|文明|园林|宜居)城$|城市$|[\d]+[-—~至]\d+[处个条座所]|^(?:创建|拓展|串联|完善|设计|提升|优化|强化|深化"
    r"|落实|开展|健全|规范|引进|发展|做好|加强|改扩建\d|[和与及])|以上|以下|[一二三四五六七八九十]大工程"
    f"|之路|[^方]向农村|互联互通$|^(?:智慧|美丽|幸福|生态|健康|平安|数字)+(?:{HANZI}{{1,2}}[河江湖]|河湖)$|陆海新通道$|四好农村路|进(?:社区|校园|企业|农村|乡村|机关|家庭|景区|小区|商圈|园区|楼宇|医院)$"
    f"|^山水林田湖{HANZI}*(?<!工程)(?<!项目)$"
    f"|^(?:世界|全国|全省|区域性|全球|国[际内]一流|国家重要){HANZI}*(?:中心|基地|枢纽)$|^(?:东北亚"
    f"|东南亚|环渤海|长江[中上下]游|{HANZI}{{2,4}}地区)?(?:国际|区域性?|全国|全省|世界){HANZI}{{0,4}}(?:航运"
    r"|金融|贸易|消费|物流|经济|创新|旅游|商贸|制造|交通)中心$|(?:高地|名片|品牌|标杆|样板|典范|格局"
    r"|体系|平台|系统|数据库|机制|模式|集群|产业|生态|环境|强区|强市|圣地|胜地|目的地|新路|出路)$"
)
_COUNTED = regex(
    r"(?:[\d.]+|[一二三四五六七八九十百千两]+)(?:余|多)?(?:个|条|座|处|所|家|项|套|户|公里|千米|万?平方米"
    r"|万?平方公里|米|亩|万亩|台)(?:以上|左右)?$"
)
_LEADING = compiled(
    r"(?:(?:全市|全区|全县|全省|全国|国内)?(?:首个|首座|首条|首家|第一个)|年度|重点|骨干|(?:计划|概算"
    r"|估算)?总?投资[约达]?[\d.]+[万亿]*元的?|以及|在建的|新的)+"
)
_TAIL_COUNT = regex(
    r"(?:一批|多个|多处|若干|[\d.]+(?:余)?[个条座处所家项]|[一二三四五六七八九十两]+[个条座处所家项大])?(?:重点"
    r"|骨干|重大)?"
)
# 清水沟、南干沟8条排水沟: a list may end in its number without 等.
_COUNTED_TAIL = regex(f"(?<={HANZI}{{2}})(?:\\d+|[一二三四五六七八九十两]+)余?[条座个处所项家](?:重点|骨干|重大)?(?={HANZI}{{2}})")
_SIZE_INSIDE = regex(f"(?<={HANZI})[\\d.]+[余多]?(?:公里|千米|米|平方公里|万?平方米|万?亩)的?(?={HANZI}{{2}})")
_TAIL_SECOND = regex(r"(?:及|和|与|以及)(?=[\d.]|一批)")
_CATEGORY_HEAD = regex(r"(?:道路|桥梁|公路|河道|线路|重点|骨干|重大)+")
_OPEN_CATEGORY = regex(f"(?:项目|工程|科学装置)(?:扩{HANZI}{{1,3}}|技改|改造|增效|提升|升级)*$")
_REBUILT = regex(r"重建|复原|修复|重修|复建")
_HOLLOW = regex(
    f"(?:{HANZI}{{0,6}}?(?:PPP|产业|重点|重大|骨干|大|好|新建|在建|续建|储备|招商引资|投资|建设|基础设施"
    r"|民生|科技|公益性|营利性|公共服务性|政府投资|实事|配套|惠民|示范|优质|旅游|引进|攻坚|补短板))?(?:项目"
    r"|工程)(?:建设)?$"
)
_NO_LIST = regex(r"不少于|以上$|招商|招引|联动|合作|投向|领域")
_TO_PLACE = compiled(r"在[^、]{2,12}(?:落地|落户)$|落户[^、]{2,8}$|为(?:引领|依托|龙头|抓手|重点|核心|目标|载体)$")
_TOLD_NOMINALS = frozenset(
    {"建设", "改造", "扩建", "新建", "迁建", "开发", "升级", "升级改造", "规划建设", "开发建设", "改扩建", "前期工作"}
)
_JOINED_FUNCTIONS = regex(r"集.{4,}?[于为]一体(?:化)?的?(.+)$")
_MEASURED = regex(r"(?:约|共|全长|长)?[\d.]+(?:公里|千米|米|亩|万?平方米)$")
_NUMBERED_GROUP = compiled(r"“[^”]{2,16}”\((.+)\)$")
_GROUP_ITEM = regex(r"[^、,;和]+")
_SHARED_PLACE = compiled(f"{HANZI}{{2,4}}(?:省|市|县|区|州|旗|镇|乡|村|街道)(?={HANZI}{{2}})")
_SERVICE = regex(r"培训|培育|服务|计划|行动|救助|补贴|保障|宣传|活动|研究|标准化|改革|试点|监测|评选")
_BROAD_AIM = regex(r"国家级|省级|世界|国际|区域|全国|全省|一流|全市重要")
_MOTTO = compiled(r"“(?:[一二三四五六七八九十两\d]|美丽|智慧|幸福|无废|平安|数字|健康|法治|绿色|最美|清廉)")
_CREATED = regex(r"(?:小镇|园|园区|示范基地|街|街区|片区|枢纽|广场|公园|馆|剧院|剧场|大厦|书院|城|谷|创新中心)$")


class Work(NamedTuple):
    """One name at its place; ``verb`` as printed."""

    name: str
    span: Span
    verb: str
    investment: str | None = None


def works_in(text: str, phrase: Span, verb: str, mood: str, owner: str = "") -> list[Work]:
    """The works that a noun phrase names; ``mood``: the kind of verb that governs it, ``owner``: whose they are (支持X公司建设智能工厂)."""
    printed, phrase = phrase, _without_nominal(text, phrase, mood)
    if mood == "light" and "…" not in verb:
        verb += _nominal_after(text, phrase, printed)
    words = text[phrase.start : phrase.end]
    if len(words) < SHORTEST_NAME or _INDEFINITE.match(words):
        return []
    if _is_single(words):
        headed = words.endswith("期建设") or head_of(words)
        return list(_distributed(text, [phrase], verb, mood, owner)) if headed else []
    group = _NUMBERED_GROUP.match(words)
    if group and mood == "build":
        return list(_group(text, Span(phrase.start + group.start(1), phrase.start + group.end(1)), verb))
    items, tail = enumerate_items(text, phrase.start, phrase.end)
    parts = [part for item in items for part in split_at(text, item, _CONJUNCTION, _may_end)]
    counted = _COUNTED_TAIL.search(text, *parts[-1]) if tail is None and len(parts) > 1 else None
    if counted:
        parts[-1], tail = Span(parts[-1].start, counted.start()), Span(counted.start(), parts[-1].end)
    if tail is not None and tail.end > tail.start:
        return list(_enumerated(text, parts, _tail_words(text, tail), verb, mood))
    return list(_distributed(text, parts, verb, mood, owner))


def _is_single(words: str) -> bool:
    """Nothing to cut: no marks, no numbers, no 等 and no conjunction."""
    return words.isalpha() and "等" not in words and "和" not in words and "以及" not in words


def _may_end(words: str) -> bool:
    return is_route(words) or head_of(words) is not None


def _nominal_after(text: str, phrase: Span, printed: Span) -> str:
    """推进X建设 is told as 推进建设."""
    nominal = text[phrase.end : printed.end].removeprefix("的")
    return nominal if nominal in _TOLD_NOMINALS else ""


def _without_nominal(text: str, phrase: Span, mood: str) -> Span:
    """推进X建设 → X; an action that is part of the name stays: 清水河治理."""
    printed = text[phrase.start : phrase.end]
    words = _TO_PLACE.sub("", printed)
    if mood != "build":
        words = _cut_nominal(words)
    joined = _JOINED_FUNCTIONS.match(words) if words[:1] == "集" else None
    return Span(phrase.start + (joined.start(1) if joined else 0), phrase.start + len(words))


def _cut_nominal(words: str) -> str:
    object_, nominal = cut_nominal(words)
    return object_ if nominal and len(object_) >= SHORTEST_NAME and head_of(nominal) is None else words


def _tail_words(text: str, tail: Span) -> str:
    words = _cut_nominal(_TO_PLACE.sub("", text[tail.start : tail.end]))
    second = _TAIL_SECOND.search(words)
    words = words[: second.start()] if second else words
    return words[words.rfind("的") + 1 :] if "的" in words else words


def _group(text: str, inside: Span, verb: str) -> Iterator[Work]:
    """“两宫四馆六中心”(A和B,C、D,以及E): each facility in the bracket."""
    for match in _GROUP_ITEM.finditer(text, inside.start, inside.end):
        name = match.group().removeprefix("以及")
        if head_of(name) is not None and len(name) > SHORTEST_NAME:
            yield Work(name, Span(match.end() - len(name), match.end()), verb)


def _enumerated(text: str, parts: Iterable[Span], tail: str, verb: str, mood: str) -> Iterator[Work]:
    """A、B等C: with C a category, an action that all of them share, or the head that they lack (望留、于河等街道公交枢纽站)."""
    kind = tail[match_end(_TAIL_COUNT, tail) :]
    shared = kind[match_end(_CATEGORY_HEAD, kind) :]
    shared = shared if _acts(shared) else ""
    category = is_category(kind)
    if verb.endswith(("围绕", "依托")) and _OPEN_CATEGORY.search(kind) is None:
        return
    if _NO_LIST.search(tail) or not (category or shared or head_of(kind)):
        return
    trimmed = [one for one in (trim(text, part) for part in parts) if is_wellformed(one[0]) and not _is_hollow(one[0])]
    open_ended = _OPEN_CATEGORY.search(kind) is not None and mood != "create" and place_forms().programme.search(kind) is None
    some = any(is_discrete(name) for name, _, _ in trimmed)
    for name, span, sum_ in trimmed:
        if mood == "create" and not _fits(name, mood) and not some:
            continue
        if is_discrete(name) or (open_ended and _own_words(name)) or (shared and names_place(name + shared)):
            yield Work(_joined(name, shared), span, verb, sum_)
        elif category and has_own_name(name) and (_REBUILT.search(verb) or (some and head_of(name) is None and mood != "light")):
            yield Work(name, span, verb, sum_)
        elif not category and not shared and has_own_name(name):
            yield Work(name + kind, span, verb, sum_)


def _is_hollow(name: str) -> bool:
    return name.endswith(("项目", "工程", "建设")) and _HOLLOW.match(name) is not None


def _acts(words: str) -> bool:
    """Does the shared tail say what is done (断头路打通工程), not only what kind it is (重点项目)?"""
    found = head_of(words)
    if found is None or len(words) <= SHORTEST_NAME:
        return False
    head, before = found
    return head is Head.ACTION or (head is Head.WORKS and (head_of(before) or (None,))[0] is Head.ACTION)


def _joined(name: str, shared: str) -> str:
    return name + shared if shared and not name.endswith(("工程", "项目", shared)) else name


def _own_words(name: str) -> bool:
    """Inside 等项目 a name needs no head of a work, but it must be more than words of kind, and no programme."""
    if (place_forms().programme.search(name) or name.endswith(("治理", "整治"))) and not names_place(name):
        return False
    return has_own_name(name) or len(name) >= _SHORTEST_OWN_PROJECT


def _distributed(text: str, parts: list[Span], verb: str, mood: str, owner: str) -> Iterator[Work]:
    """A、B、C without 等; a place before the first stands before all: 石桥镇污水处理厂、消防站 → 石桥镇消防站."""
    trimmed = [trim(text, part) for part in parts]
    if not trimmed or _runs_on(trimmed[-1][0]):
        return
    if verb.endswith("依托") and not trimmed[-1][0].endswith(("项目", "工程")):
        return
    prefix = owner
    names = with_shared_ending([name for name, _, _ in trimmed])
    action = shared_action(names) if mood == "light" else ""
    for name, (_, span, sum_) in zip(names, trimmed, strict=True):
        if sum_ and head_of(name) is None and has_own_name(name):
            yield Work(name, span, verb, sum_)
            continue
        if head_of(name) is None and not _quoted(text, span):
            continue
        fits = _fits(name, mood) or (_quoted(text, span) and (mood == "build" or name.endswith(("工程", "项目"))))
        completed = not fits and prefix and head_of(name) is not None and not names_place(name)
        if not (fits or completed) or _is_hollow(name) or not is_wellformed(name):
            continue
        if fits:
            prefix = prefix or _shared_place(name)
        yield Work(_joined(name, action) if fits else prefix + name, span, verb, sum_)


def _runs_on(last: str) -> bool:
    """The last of a list that is no name and too long for one: the clause goes on, and its list names no works."""
    return head_of(last) is None and ("的" in last or len(last) > _LONGEST_STRANGER)


def _quoted(text: str, span: Span) -> bool:
    """“运河大观”: a name in quotes that is no slogan."""
    words = text[span.start : span.end]
    return _MOTTO.match(words) is None and words.startswith("“") and words.endswith("”") and "、" not in words and "," not in words


def _shared_place(name: str) -> str:
    match = _SHARED_PLACE.match(name) or place_forms().rank.match(name)
    return match.group() if match else ""


def _fits(name: str, mood: str) -> bool:
    """May a verb of this mood govern a work of this kind? An aim (打造…区) needs more than what is built."""
    found = head_of(name)
    if found is None:
        return False
    head, before = found
    if head is Head.WORKS and name.endswith("项目") and mood != "create" and not _SERVICE.search(before):
        return is_discrete(name) or len(before) >= _SHORTEST_OWN_PROJECT or (mood == "predicate" and has_own_name(before))
    if not is_discrete(name):
        return False
    if mood == "create":
        return _creatable(name, head, before)
    return mood != "predicate" or head is not Head.UNIQUE or has_own_name(before) or names_place(name)


def _creatable(name: str, head: Head, before: str) -> bool:
    """打造, 构建 have aims for objects as often as works: only heads that are seldom a figure of speech."""
    if "和" in name or _BROAD_AIM.match(name) or _CREATED.search(bare(name)) is None:
        return False
    if name.endswith("谷") and len(before) <= _LONGEST_FIELD:
        return names_place(name)
    return names_place(name) or has_own_name(before if head is Head.UNIQUE else name)


def trim(text: str, part: Span) -> tuple[str, Span, str | None]:
    """The name without its investment, its rank of novelty and its quotes; the span stays on the printed words."""
    words = text[part.start : part.end]
    start = part.start + match_end(_LEADING, words)
    name = text[start : part.end]
    if words.endswith("期建设") and mask(words).endswith("期建设"):
        name = name.removesuffix("建设")
    if words.isalpha():
        return name, Span(start, part.end), None  # neither numbers nor marks: nothing to take away
    total = SUM.match(words)
    name, told = without_details(name)
    name = _SIZE_INSIDE.sub("", name) if any(map(str.isdigit, name)) else name
    length = _MEASURED.search(name)
    if length and is_discrete(name[: length.start()]):
        name = name[: length.start()]
    if name.startswith("“") and name.endswith("”") and name.count("“") == 1:
        name = name[1:-1]
    return name, Span(start, part.end), total.group(1) if total else told


@lru_cache(REMEMBERED)
def is_wellformed(name: str) -> bool:
    if not SHORTEST_NAME <= len(name) <= _LONGEST_NAME:
        return False
    shown = mask(name)
    return not (_MOTTO.match(name) or _INDEFINITE.match(name) or _COUNTED.search(shown) or _NO_NAME.search(shown))
