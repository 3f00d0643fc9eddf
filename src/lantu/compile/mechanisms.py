"""Systems, platforms, databases, lists, funds, rules and ways of working that the text says to set up or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lantu.compile.reading import Reading, Sentence
from lantu.language.lexicon import HANZI, alternation, ending, lexicon
from lantu.language.lists import ET_CETERA, clauses, enumerate_items, mask, match_end
from lantu.model import Mechanism, Span

# Longest name that is still a name, and the longest attribute that is kept with a head that says nothing alone.
_LONGEST_NAME = 44
_LONGEST_WHAT = 80
# Names of so few letters after an attribute (工作机制) need the attribute.
_SHORTEST_PLAIN = 4
_SHORTEST_RULE = 3
# A stem of more letters than this says something even where each of its words is a word of kind.
_LONGEST_HOLLOW = 5
# An 等X that is longer is a name by itself (突发事件紧急联动机制), a shorter one only the head (机制, 工作机制).
_LONGEST_HEAD = 6
_SHORTEST_STEM = 2
# So many clauses after a mechanism may say what it is for.
_MOST_PURPOSES = 2
_CONJUNCTION = re.compile(r"以及|和|与|及|、")
_NOUNS = [
    "建设",
    "改革",
    "试点",
    "工作",
    "作用",
    "规范化运行",
    "落地见效",
    "落实",
    "制度化",
    "全覆盖",
    "扩面",
    "应用",
    "功能",
    "服务",
    "规模",
]
_NOMINAL = re.compile(rf"(?:{alternation(_NOUNS)}|[\d.]+[万亿]*元(?:以上)?)+$")
# Where a clause does not end in a head it may still hold one: in quotes, before 并, as a member of a list.
_ELSEWHERE = re.compile(r"“|[台统库制单录]并|(?:平台|系统|库|机制|制度|清单|终端|基金|体系)[、等]|[台统库制]以及")
_AND_SO_ON = re.compile(r"等$")
_GOES_ON = re.compile(f"并(?={HANZI}{{2}})")
_LEADING = re.compile(f"(?:一批|一个|一套|各类|各项|各级|若干|全市|全区|全县|统一的?|和|以及|了|起|好|企业自建|更加)+(?=(?:{HANZI}|“){{4,}})")
# What a chain of verbs leaves before the name: 创新实行X机制, 健全完善X制度.
_VERB_LEFT = re.compile(f"(?:实行|实施|落实|完善|提升|健全|建立|推行|推进|制定|研究|构建|与|和|及)+(?=(?:{HANZI}|“){{4,}})")
_NO_NAME = re.compile(
    r"体制机制|[一二三四五六七八九十\d]个|以上|(?<!智慧)生态系统|(?:水|城市|山体|慢行|交通|绿地|排水"
    f"|管网|水系|经济|控制|动力|灌溉|喷灌)系统|各类平台|载体平台|^{HANZI}?(?:平台|机制|制度|系统|体系"
    r"|名单|清单|目录)$|[达提]到|水库|冷库|粮库|仓库"
)
_QUOTED = re.compile(r"“([^“”]{2,24})”")
_PRACTICE = re.compile(
    f"办|受理|审批|长制|承诺|通[办道]|即|挂帅|一{HANZI}{{1,4}}[、·,一]|监管|[周月季](?:报|评|考|调|通)"
    r"|考核|先.+后|无证明|证照|码上|网通|一网|专窗|链长|直通车|智慧|管家|大脑|驾驶舱|服务|吹哨|街呼|直达"
    r"|跑|负责|评价|模式|机制|包保|五包|代办|帮办|责任|双责|标准地|问责|三问|党建|巡防|互通|信息库"
)
_SLOGAN = re.compile(
    r"(?:行动|工程|战略|品牌|精神|意识|理念|主题|计划|格局|发展|强区|强市|工业|经济|小巨人|瞪羚|独角兽"
    r"|专精特新|战役|保卫战|活动|大赛|节|奖|人才|企业|产品)$|\+|^\d"
)
_SLOGAN_AFTER = re.compile(f"等?{HANZI}{{0,4}}(?:行动|工程|战略|品牌|精神|意识|理念|主题|计划|格局|企业|人才|产品|活动|目标|的)")
_PRACTICES_AFTER = re.compile(f"等{HANZI}{{0,5}}(?:做法|改革|举措|服务|模式|机制|制度)$")
_QUOTE_VERB = re.compile(
    r"(?:实行|推行|实施|推进|推动|深化|开启|采取|落实|建立|打造|推广|畅通|设立|建设|探索|开展|巩固|巩固提升"
    r"|持续推进|启用|推出|创新|坚持|完善|深化完善|进行|做到|执行|兑现)$"
)
_AFTER_QUOTE = re.compile(
    r"(?:改革|制度|机制|模式|服务模式|服务|做法|系统|平台|办法|建设|成果|建设成果|等|窗口|人才引进服务窗口"
    r"|、|\)|审批|新模式|工作法|治理模式)*$"
)
_TREATED = re.compile(
    r"(?:(?:加快|积极|全面|大力|探索|严格|稳步|深入|持续|在全[省市县区]率先)*|[^,]{0,12}?对[^,]{2,24}?)(?:实行"
    r"|推行|采取|进行|实施|落实|开启|推进|健全|执行|实现)"
)
# A clause that begins like this does something else; any other clause after a mechanism says what it is for.
_NEW_ACTION = re.compile(
    r"建立|健全|完善|构建|搭建|组建|设立|建设|打造|实行|实施|推行|落实|深化|制定|编制|出台|开展|成立"
    r"|创新|探索|积极|大力|加大|坚持|支持|鼓励|全面推|强化对|持续|深入|抓好|做好|"
    r"加快|采取|对|优化|试点|严格|推广|拓展|发展|培育|引进|配合|到\d|\d|力争|新增|其中|同时"
)
_AIMS = re.compile(
    r"^(?!.*\d{4}年).*(?:指导思想|指导方针|基本原则|总体要求|总体思路|发展定位|战略定位|发展目标|主要目标"
    r"|目标任务|远景目标|愿景|设想|挑战|形势|机遇)"
)


class _Forms(NamedTuple):
    """Compiled once; ``closing`` (the cheap first question), ``head`` and ``practice`` read backwards."""

    verb: re.Pattern[str]
    closing: re.Pattern[str]
    last_letters: frozenset[str]
    head: re.Pattern[str]
    practice: re.Pattern[str]
    hollow: re.Pattern[str]
    field: re.Pattern[str]
    complete: frozenset[str]


class _Found(NamedTuple):
    name: str
    span: Span
    verb: str


@cache
def _forms() -> _Forms:
    words = lexicon("mechanisms")
    systems = rf"系体{ending(words['functions'])}|式模(?:{HANZI}{{0,6}}\x00)"
    return _Forms(
        verb=re.compile(rf"(?:{alternation(words['adverbs'])})*({alternation(words['verbs'])})"),
        closing=re.compile(
            rf"[)\x00]*等?(?:上以)?(?:元[万亿]*[\d.]+)?{ending(_NOUNS)}*\x00*(?:{systems}|{ending({*words['heads'], *words['practices']})})"
        ),
        last_letters=frozenset(
            word[-1] for word in (*words["heads"], *words["practices"], *_NOUNS, "体系", "模式", "等", "元", "以上", ")", "\x00")
        ),
        head=re.compile(rf"(?:”|\x00+)?(?:(?P<function>{systems})|(?P<head>{ending(words['heads'])}))"),
        practice=re.compile(ending(words["practices"])),
        hollow=re.compile(rf"(?:{alternation(words['hollow'])})*"),
        field=re.compile(
            rf"(?:{alternation({*words['hollow'], *words['fields']})}|多层次|多元化|全方位|全周期|生命|学前|[的、]"
            f"|{HANZI}*均等{HANZI}*)*"
        ),
        complete=frozenset(words["complete"]),
    )


def read_mechanisms(reading: Reading) -> tuple[Mechanism, ...]:
    """Every named mechanism in the order of the text; the same name twice in one section is told once."""
    found: list[Mechanism] = []
    seen: set[tuple[int, str]] = set()
    aims = [any(_AIMS.search(heading.title) for heading in reading.section_path(index)[:2]) for index in range(len(reading.sections))]
    for sentence in reading.sentences:
        if sentence.section >= 0 and aims[sentence.section]:
            continue
        for mechanism in _in_sentence(reading, sentence, len(found)):
            if (sentence.section, mechanism.name) not in seen:
                seen.add((sentence.section, mechanism.name))
                found.append(mechanism)
    return tuple(found)


def _in_sentence(reading: Reading, sentence: Sentence, count: int) -> Iterator[Mechanism]:
    text = reading.text
    parts = clauses(text, sentence.start, sentence.end)
    letters = _forms().last_letters
    any_letter = _ELSEWHERE.search(text, sentence.start, sentence.end) is not None
    for index, clause in enumerate(parts):
        if not any_letter and text[clause.end - 1] not in letters:
            continue
        for one in _in_clause(text, clause):
            count += 1
            anchor = reading.anchor(one.span.start, one.span.end)
            yield Mechanism(
                id=f"mechanism-{count}",
                section=reading.sections[sentence.section].id if sentence.section >= 0 else None,
                name=one.name,
                verb=one.verb,
                what=_what(text, parts, index, one),
                span=anchor.span,
                raw_span=anchor.raw_span,
            )


def _in_clause(text: str, clause: Span) -> list[_Found]:
    phrase = text[clause.start : clause.end]
    shown = mask(phrase)
    if not (_may_close(shown) or _ELSEWHERE.search(phrase)):
        return []
    body = _body(phrase, shown)
    if _forms().head.match(body[::-1]):
        found = list(_headed(text, clause, shown, body))
        if found:
            return found
    quoted = list(_quoted(text, clause, phrase)) if "“" in phrase else []
    return quoted or list(_practised(text, clause, shown)) or list(_members(text, clause, shown))


def _may_close(shown: str) -> bool:
    """Does the clause end where a name may end? The cheap first question."""
    forms = _forms()
    return shown[-1:] in forms.last_letters and forms.closing.match(shown[::-1]) is not None


def _body(phrase: str, shown: str) -> str:
    """The clause up to the head of its object: without brackets, amounts, nouns of action and what 并 adds to it."""
    body = shown.rstrip("\x00") if phrase.endswith(")") else shown
    more = _GOES_ON.search(body)
    if more and _forms().head.match(body[: more.start()][::-1]):
        body = body[: more.start()]
    cut = _NOMINAL.sub("", _AND_SO_ON.sub("", body))
    return body if cut.endswith("制度") and body.endswith("制度改革") else cut


def _headed(text: str, clause: Span, shown: str, body: str) -> Iterator[_Found]:
    """建立A机制、B平台和C清单: cut where a piece ends in a head; pieces without one belong to the next (选拔、任用、评价机制)."""
    verb = _forms().verb.match(shown, 0, len(body)) or _forms().verb.search(shown, 0, len(body))
    if verb is None:
        return
    start = verb.end()
    listed = ET_CETERA.search(body, start)
    if listed and "的" not in body[listed.end() :]:
        yield from _listed(text, clause.start, start, listed, body, verb.group(1))
        return
    at = start
    for mark in (*_CONJUNCTION.finditer(body, start), None):
        stop = mark.start() if mark else len(body)
        if mark is None or _is_head(body[at:stop]):
            name = _short(text[clause.start + at : clause.start + stop])
            if name is not None:
                yield _Found(name, Span(clause.start + at, clause.start + stop), verb.group(1))
            at = mark.end() if mark else stop


def _is_head(piece: str) -> bool:
    return len(piece) >= _SHORTEST_RULE and _forms().head.match(piece[::-1]) is not None


def _members(text: str, clause: Span, shown: str) -> Iterator[_Found]:
    """搭建综合信息平台、中央物流区等载体: the members of a list that is called something else."""
    verb = _forms().verb.match(shown) or _forms().verb.search(shown)
    if verb is None or "、" not in shown:
        return
    items, _ = enumerate_items(text, clause.start + verb.end(), clause.end)
    for item in items:
        words = text[item.start : item.end]
        name = _short(words) if _is_head(mask(words)) and "的" not in words else None
        if name is not None:
            yield _Found(name, item, verb.group(1))


def _listed(text: str, base: int, start: int, listed: re.Match[str], body: str, verb: str) -> Iterator[_Found]:
    """A、B等机制 is one mechanism of several steps; 智慧A、智慧B等平台 with like beginnings are several platforms."""
    tail = body[listed.end() :]
    head = _forms().head.match(tail[::-1])
    if head is None:
        return
    items, _ = enumerate_items(text, base + start, base + listed.start())
    words = [text[item.start : item.end] for item in items]
    parallel = len(words) > 2 and len({word[:2] for word in words}) == 1
    noun = tail[-head.end() :]
    if parallel or all(_is_head(word) for word in words):
        for item, word in zip(items, words, strict=True):
            yield _Found(word if _is_head(word) else word + noun, item, verb)
        return
    if not _is_hollow(tail) and len(tail) > _LONGEST_HEAD:
        yield _Found(tail, Span(base + listed.end(), base + len(body)), verb)
        return
    name = _short("、".join(words) + tail)
    if name is not None:
        yield _Found(name, Span(base + start, base + len(body)), verb)


def _short(printed: str) -> str | None:
    """The name as a table would have it: without number words, and without the attribute where the rest says enough."""
    name = printed.strip("、")
    name = name[match_end(_LEADING, name) :]
    name = name[match_end(_VERB_LEFT, name) :]
    cut = mask(name).rfind("的")
    rest = name[cut + 1 :]
    if cut >= 0:
        name = rest if len(rest) >= _SHORTEST_PLAIN and not _is_hollow(rest) else name[:cut] + rest
    shown = mask(name)
    if not _SHORTEST_RULE <= len(name) <= _LONGEST_NAME or _NO_NAME.search(shown) or _is_hollow(name):
        return None
    return name


def _is_hollow(name: str) -> bool:
    """工作机制, 创新平台: nothing but words of kind before the head; 应急预案, 林长制 and funds need no more."""
    head = _forms().head.match(mask(name)[::-1])
    if head is None:
        return True
    if head.lastgroup == "function":
        stem = name[:-2]
        return (
            _forms().field.fullmatch(stem.removesuffix("服务")) is not None
            if stem.endswith("服务")
            else _forms().hollow.fullmatch(stem) is not None
        )
    stem, noun = name[: -head.end()], name[-head.end() :]
    if noun.endswith(("基金", "资金", "长制", "责任制", "负责制")) and (stem or len(noun) >= _SHORTEST_RULE):
        return False
    if len(stem) >= _SHORTEST_STEM and noun.endswith(("库", "清单", "名单", "台账")):
        return False
    if not stem:
        return noun not in _forms().complete
    return len(stem) <= _LONGEST_HOLLOW and _forms().hollow.fullmatch(stem) is not None


def _quoted(text: str, clause: Span, phrase: str) -> Iterator[_Found]:
    """推行“一窗受理、一次办好”; 深化“最多跑一次”改革: a way of working called by its motto."""
    for match in _QUOTED.finditer(phrase):
        before = phrase[: match.start()].rstrip("、")
        lead = before[: before.find("“")] if "“" in before else before
        verb = _QUOTE_VERB.search(lead)
        direct = verb or (_QUOTE_VERB.search(lead[:-n]) if (n := _scope(lead)) else None)
        if direct and _AFTER_QUOTE.search(_QUOTED.sub("", phrase[match.end() :])) and _is_practice(match.group(1), phrase[match.end() :]):
            yield _Found(match.group(1), Span(clause.start + match.start(), clause.start + match.end()), direct.group())


def _scope(lead: str) -> int:
    """Letters between the verb and the quote that say whose practice it is: 推进政务服务“一网通办”."""
    match = re.search(f"(?:实行|推行|实施|推进|深化|落实|探索实施|打造|畅通|设立|推广)({HANZI}{{2,14}})$", lead)
    return len(match.group(1)) if match else 0


def _is_practice(motto: str, after: str) -> bool:
    if _SLOGAN_AFTER.match(after) or _SLOGAN.search(motto):
        return False
    return _PRACTICE.search(motto) is not None


def _practised(text: str, clause: Span, shown: str) -> Iterator[_Found]:
    """对信访实行挂牌督办、限期办理、办结销号: steps that are run, not a system with a name."""
    verb = _TREATED.match(shown)
    if verb is None or _forms().practice.match(shown[::-1]) is None:
        return
    name = text[clause.start + verb.end() : clause.end]
    if _SHORTEST_PLAIN <= len(name) <= _LONGEST_NAME // 2 and "的" not in name:
        yield _Found(name, Span(clause.start + verb.end(), clause.end), shown[verb.start() : verb.end()][-2:])


def _what(text: str, parts: list[Span], index: int, one: _Found) -> str:
    """One line of what it must do: the clauses of purpose after it, else its attribute, else the clause before, else its own."""
    own = parts[index]
    purpose = list(_purposes(text, parts, index))
    if purpose:
        return text[purpose[0].start : purpose[-1].end][:_LONGEST_WHAT]
    printed = text[one.span.start : one.span.end]
    cut = mask(printed).rfind("的")
    if cut > 2:
        return printed[:cut].lstrip("一个套")[:_LONGEST_WHAT]
    if index and re.match(r"为|以|按照|围绕|针对|通过", text[parts[index - 1].start : parts[index - 1].end]):
        return text[parts[index - 1].start : own.end][:_LONGEST_WHAT]
    return text[own.start : own.end][:_LONGEST_WHAT]


def _purposes(text: str, parts: list[Span], index: int) -> Iterator[Span]:
    """The clauses right after that say what for, up to the first that sets up something else."""
    for clause in parts[index + 1 : index + 1 + _MOST_PURPOSES]:
        if _NEW_ACTION.match(text, clause.start, clause.end) or _is_head(_NOMINAL.sub("", mask(text[clause.start : clause.end]))):
            return
        yield clause
