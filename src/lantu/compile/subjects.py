"""What a number measures: the words before it, after it, or of a clause before, as a civil servant would name it in a table."""

from __future__ import annotations

import re
from functools import lru_cache

from lantu.language.change import first_verb, verb_at_head
from lantu.language.lexicon import HANZI
from lantu.patterns import compiled, regex

# What is measured recurs within a plan, its words are read again for each number of a sentence: so many are remembered.
REMEMBERED = 1024
_JOINER = compiled(r"^[、,;:·。]*(?:和|及|以及|与|并且|还|且|或|其中|同时|此外|另有|另外|包括)*[、,:]*")
# A list number in front of the words: (三), 第十七条, 2.
_LABEL = compiled(
    r"^(?:第[一二三四五六七八九十百\d]+[条款]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}[、是要])\s*|^的+"
)
# 对首次上规模的企业奖励20万元: whom it is for is not what is measured.
_FOR_WHOM = compiled(r"^(?:对|给予?|向)[^,。;]{2,60}?的(?:企业|单位|个人|项目|平台|机构|园区|团队|人才|合作社|农户)")
_SCOPE = (
    r"(?:全区|全市|全县|全省|全国|全镇|全州|全旗|全盟|全域|我区|我市|我县|我省|我镇|我国|本区|本市|本县|区内|市内|县内|省内|境内|辖区内|域内|"
    r"区域内|城区内|园区内|各区|各县|各地|规划期内?|整体|总体上|力争|争取(?!中央|上级|[^,]{0,6}资金|专项|政策|国家)|确保|保证|努力|累计|共计|"
    r"合计|总计|已经|已|使得|使|让|把|全年|全部|同时|进一步|加快|积极|大力|着力|全力|深入|扎实|持续|不断|稳步|逐步|有效|切实|推动|促进|预计|仅|其中|"
    r"如期|年内|届时|坚持|分别(?=一次性|奖励|给予)|一次性|每年|年度|期间|时期|先后|有望|率先|提前|超额|圆满)"
)
_LEADING = compiled(rf"^(?:{_SCOPE}(?=[^的之]|$)|[、,:;·])+")
# Adverbs that open many nouns too (基本养老保险, 高标准农田): only before a verb.
_BEFORE_VERB = compiled(
    "基本|初步|成功|顺利|全面|统筹|共|现|将|要|拟|规划|计划|再|又|均|也|可|并|组织|高标准|高质量|高水平|高起点|通过|经过|对|免费|无偿"
)
_TRAILING = compiled(
    r"(?:的|了|、|,|:|;|“|‘|\(|是|为|等|约|近|突破|至少有?|不少于|不低于|不超过|不高于|仍有|尚有|超|超过|已|(?<![人户亩年平日月村生])均|都|各|不得|保底|仍|双双|首次|实际|名义|分别|累计|共|共计|合计|总计|始终|一直|力争|"
    r"确保|争取|每年|年均|将|可|要|由|从|和|及|与|以及|全部|也|再|同比|上年|基本|总体|逐步|稳步|不断|大约|只|仅|并|到|至|在|达|不|个|总数(?=达)|完成|目标)+$"
)
_TAIL_NOUN = compiled(r"(?:任务|的?工作|的?目标任务|目标|的刚性目标任务之内)$")
_TAIL_NOUN_ENDS = ("任务", "工作", "目标", "之内")
# Words before a number that name nothing: what is measured stands in a clause before.
NO_OWN_NAME = compiled(
    r"其中?|同比|环比|年均|人均|每年|分别|平均|总体|累计|实际|名义|并?按|并?以|按.{1,8}(?:计算|价格?)|(?:扣除|剔除).*|.*(?:同|可比)口径"
)
# Words that name only an attribute: what they belong to stands in a clause before.
ATTRIBUTE = compiled(
    r"^(?:其)?(?:中)?(?:累计)?(?:(?:年?(?:产值|产量|总产值|销售收入|营业收入|主营业务收入|收入|增加值|利税|税收|利润|投资|投资额|计划投资|总投资额?|"
    r"规模|面积|建筑面积|总建筑面积|占地面积?|占地|总面积|里程|总里程|长度|总量|总额|总数|数量|个数|人数|户数|成交额|交易额|比重|占比|比例|"
    r"占.{1,12}(?:的)?(?:比重|比例)?|增速|增幅|降幅|涨幅|跌幅|增长率|平均增速|年均增速|年均增长|覆盖率|利用率|完成率|合格率|普及率|入住率|到位资金|到位率|"
    r"注册资本|总资产|存栏|出栏|装机容量?|产能|年产能|累计|余额|完成投资|总数|总户数|首位度|贡献率|密度)){1,2}|"
    r"同比|环比|年均|人均|平均|每年|末|底|分别|其|均|总体|累计|总|年|已|同期|上述|同口径|可比口径|按可比价格?|名义|实际|以上|后者|前者|另)$"
)
_HEAD_NOUN = regex(r"(?:规模|数量|总数|总量|个数|人数|户数|占|比重|占比|比例|产值|总产值|增加值|年均).*$")
_DROP_VERBS = frozenset(("完成", "实现", "建成", "达到", "累计", "实施", "具有", "拥有", "形成", "现有", "共有", "建有", "设有", "覆盖"))


def head_of(noun: str) -> str:
    """The head of a noun phrase that opens with a list of attributes; the phrase itself where it does not."""
    return noun.rpartition("的")[2] if "、" in noun and "的" in noun else noun


@lru_cache(REMEMBERED)
def tidy(words: str) -> str:
    """A noun phrase without the scope words, adverbs and particles around it."""
    for opening in (_JOINER, _LABEL, _FOR_WHOM):
        if opened := opening.match(words):
            words = words[opened.end() :]
    words = _without_adverbs(words)
    words = _cut_tail(_TRAILING, words)
    if words.endswith(_TAIL_NOUN_ENDS):
        words = _cut_tail(_TAIL_NOUN, words)
    words = _balance(words)
    return words.strip("、,:;。 ")


# Particles and empty nouns at the end of a phrase are together no longer than this.
_LONGEST_TAIL = 24


def _cut_tail(pattern: re.Pattern[str], words: str) -> str:
    match = pattern.search(words, max(0, len(words) - _LONGEST_TAIL))
    return words[: match.start()] if match else words


def _without_adverbs(words: str) -> str:
    while True:
        leading = _LEADING.match(words)
        rest = words[leading.end() :] if leading else words
        adverb = _BEFORE_VERB.match(rest)
        if adverb is not None and verb_at_head(rest[adverb.end() :]):
            rest = rest[adverb.end() :]
        if rest == words:
            return words
        words = rest


_QUOTES_AND_BRACKETS = compiled("[()“”《》‘’]")


def _balance(words: str) -> str:
    if not _QUOTES_AND_BRACKETS.search(words):
        return words
    for opening, closing in ("()", "“”", "《》", "‘’"):
        if words.count(opening) != words.count(closing):
            if words.startswith(opening) or words.endswith(opening):
                words = words.strip(opening)
            elif words.count(closing) > words.count(opening) and words.find(closing) <= 1:
                words = words[words.find(closing) + 1 :]
            if words.count(opening) != words.count(closing):
                words = words.replace(opening, "").replace(closing, "")
    return words


@lru_cache(REMEMBERED)
def without_verb(words: str) -> str:
    """"完成农村改厕" → "农村改厕"; verbs that belong to the name of the measured thing (新建, 培育 …) stay."""
    verb = verb_at_head(words)
    while verb in _DROP_VERBS and len(words) - len(verb) >= 2:
        words = words[len(verb) :]
        words = _without_adverbs(words)
        verb = verb_at_head(words)
    return words


def object_of(words: str) -> str:
    """The noun phrase behind the leading verb: "五年累计申请发明专利" → "发明专利"."""
    found = first_verb(words)
    return words[found[2] :] if found and found[1] <= 4 and len(words) - found[2] >= 2 else words


_ALIASES = {"经济": "地区生产总值", "经济总量": "地区生产总值"}


# An attribute of the owner's own: 粮食播种面积, 总库容, 处理规模.
_OWN_ATTRIBUTE = regex(
    r"(?:播种|种植|栽植|建筑|占地|规划|总)?(?:面积|库容|床位数?|里程|投资)$|(?:设计)?时速$|(?:日)?处理(?:规模|能力)?$|产量$|总产量$|(?:总)?装机(?:容量)?$"
)


def owner_of(subject: str) -> str:
    """What an attribute in the next clause belongs to: "高新技术企业规模占规上企业比重" → "高新技术企业", "粮食播种面积" → "粮食"."""
    head = _OWN_ATTRIBUTE.sub("", _HEAD_NOUN.sub("", subject))
    owner = object_of(head) if len(head) >= 2 else ""
    return _ALIASES.get(owner, owner)


_ITEM = compiled(rf"(?:[^、,;:。!?()\n—和及以与]|\([^()]{{1,4}}\)(?={HANZI})|(?:以及|和|及|与|以)(?!\d))*")
# 8个特色鲜明、优势突出的专业化园区: the head stands behind a list of its attributes.
_MODIFIED = compiled(r"、[^\d,;:。!?()\n—]{2,24}的[^\d、,;:。!?()\n—]{2,16}(?=[,;。!?)]|$)")
_VERB_START = regex(
    r"(?:(?:全部|均|都|已|已经|全面|顺利|率先|成功|稳定|基本|如期|陆续|相继|先后|尚未|逐户|整体)*)"
    r"((?:完成|用上|实现|建成|达到|参加|通过|获批|获评|获得|入选|投入|投产|开工|竣工|进入|纳入|列入|脱贫|摘帽|出列|上市|挂牌|落地|签约|入驻|开展|启动|"
    r"享受|实行|推行|对接|受益|喝上|住上|取得|被|进展|推进|得到|持证|接入|覆盖|建有|设有|拥有|具备|退出|销号|落实|稳定就业|就业).*)"
)
# A predicate without an object stays behind its noun (贫困县摘帽), one with an object is said before it (完成…改革的村).
_WITHOUT_OBJECT = regex(
    r"(?:完成|实现|稳定)?(?:脱贫|摘帽|出列|上市|挂牌|落地|签约|投产|投入使用|开工|竣工|销号|退出|就业|入驻|受益|推进|进展顺利|完工|达标)"
)


def noun_after(text: str, start: int, limit: int) -> str:
    """The noun phrase right behind a number: up to the end of its item."""
    match = _ITEM.match(text, start, limit)
    if match is None:
        return ""
    modified = _MODIFIED.match(text, match.end(), limit)
    return match[0] + modified[0] if modified else match[0]


def as_name(phrase: str) -> str:
    """"村完成集体产权制度改革" → "完成集体产权制度改革的村": a subject with its predicate, said as a name."""
    match = _VERB_START.search(phrase)
    if match is None or match.start() == 0 or match.start() > 24:
        return tidy(phrase)
    noun, predicate = tidy(phrase[: match.start()]), match[1]
    return noun + predicate if _WITHOUT_OBJECT.fullmatch(predicate) else f"{predicate}的{noun}"


# A clause without a number whose subject the next clause's number speaks of: 油茶种植面积连续五年居全省前列,达62万亩.
_PREDICATE = regex(
    r"(?:连续|持续|稳步|稳定|不断|大幅|明显|显著|位居|居|保持|加快|得到|更加|进一步|逐步|全面|跃居|继续|较快|平稳|快速|再创|再上|迈上|实现|明显|有所|"
    r"由负转正|由降转升|由正转负|企稳|回升|转正)"
)


def subject_of(clause: str) -> str:
    """The subject of a clause without a number; "" where it cannot be told."""
    match = _PREDICATE.search(clause)
    subject = tidy(clause[: match.start()]) if match else ""
    return subject if 2 <= len(subject) <= 20 else ""


_POLLUTANT = regex(r"PM2\.5|PM10|SO2|NO2|NOx|CO2|O3|CO(?![2D])|COD|VOCs")
_SPLIT = regex(r"、|(?:以及|及其|及|和|与)")
_PARALLEL = regex(r"^(?:城镇|城市|农村|乡村|城乡|一产|二产|三产|第?[一二三]|工业|农业|服务业|[国省市县区镇村]级?|男性?|女性?)$")


# 每千名人口拥有|医师数、护士数: a head that the list says once.
_PER_HEAD = regex(r"每[^拥配有]{1,10}(?:拥有|配备|有)?")


def names_of(words: str) -> list[str]:
    """The subjects named in a list: "A、B和C" → [A, B, C], with a shared tail given to each; run-on pollutant names are parted."""
    names: list[str] = []
    for piece in _SPLIT.split(words):
        found = _POLLUTANT.findall(piece)
        names.extend(found if len(found) > 1 else [piece])
    names = [tidy(name) for name in names]
    names = [name for name in names if name]
    if len(names) == 1 and "城乡" in names[0]:
        return [names[0].replace("城乡", "城镇"), names[0].replace("城乡", "农村")]
    head = _PER_HEAD.match(names[0]) if names else None
    whole = [_with_tail(name, names[-1]) for name in names]
    return [name if head is None or name.startswith("每") else head[0] + name for name in whole]


# What a list says once, at its end: 新兴产业、高新技术产业|产值占规上工业比重.
_SHARED = regex(
    r"(?:工业)?(?:总产值|产值|增加值|营业收入|销售收入|收入|投资|排放总量|排放量|浓度|产量|产能|面积|总量|规模|数量|人数|户数|总数|占|比重|比例|覆盖率|普及率|"
    r"利用率|参保率|增速|时间|时限|标准|里程|床位数).*$"
)
_NUMBERED = regex("第?[一二三四五]")
_WHOLE = regex(r"[率数值额量比重度积入长次]$|收入|投资|时间|标准|规模|里程|增速")


def _with_tail(name: str, last: str) -> str:
    if name is last:
        return name
    if (numbered := _NUMBERED.match(last)) and _NUMBERED.fullmatch(name):
        return name + last[numbered.end() :]
    if len(last) > len(name) + 1 and _PARALLEL.match(name):
        return name + last[len(name) :]
    shared = _SHARED.search(last)
    if shared is None or shared.start() < 2 or _WHOLE.search(name) or name.startswith(last[: shared.start()]):
        return name
    return name + shared[0]
