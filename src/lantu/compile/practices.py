"""Ways of working called by their motto (推行“一窗受理”) or by their steps (实行领导包案、限时答复)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lantu.compile.mechanism_names import LONGEST_NAME, SHORTEST_PLAIN, ends_in_practice
from lantu.language.lexicon import HANZI
from lantu.model import Span
from lantu.patterns import regex

_QUOTED = regex(r"“([^“”]{2,24})”")
_PRACTICE = regex(
    f"办|受理|审批|长制|承诺|通[办道]|即|挂帅|一{HANZI}{{1,4}}[、·,一]|监管|[周月季](?:报|评|考|调|通)"
    r"|考核|先.+后|无证明|证照|码上|网通|一网|专窗|链长|直通车|智慧|管家|大脑|驾驶舱|服务|吹哨|街呼|直达"
    r"|跑|负责|评价|模式|机制|包保|五包|代办|帮办|责任|双责|标准地|问责|三问|党建|巡防|互通|信息库"
)
_SLOGAN = regex(
    r"(?:行动|工程|战略|品牌|精神|意识|理念|主题|计划|格局|发展|强区|强市|工业|经济|标准地|一件事|小巨人|瞪羚|独角兽"
    r"|专精特新|战役|保卫战|活动|大赛|节|奖|人才|企业|产品)$|\+|^\d"
)
_SLOGAN_AFTER = regex(f"等?{HANZI}{{0,4}}(?:行动|工程|战略|品牌|精神|意识|理念|主题|计划|格局|企业|人才|产品|活动|目标|的)")
_PRACTICES_AFTER = regex(f"等{HANZI}{{0,5}}(?:做法|改革|举措|服务|模式|机制|制度)$")
_QUOTE_VERB = regex(
    r"(?:实行|推行|实施|推进|推动|深化|开启|采取|落实|建立|打造|推广|畅通|设立|建设|探索|开展|巩固|巩固提升"
    r"|持续推进|启用|推出|创新|坚持|完善|深化完善|进行|做到|执行|兑现)$"
)
_LONGEST_VERB = 4  # letters of the longest of them
_AFTER_QUOTE = regex(
    r"(?:改革|制度|机制|模式|服务模式|服务|做法|系统|平台|办法|建设|成果|建设成果|等|窗口|人才引进服务窗口"
    r"|、|\)|审批|新模式|工作法|治理模式)*$"
)
_TREATED = regex(
    r"(?:(?:加快|积极|全面|大力|探索|严格|稳步|深入|持续|在全[省市县区]率先)*|[^,]{0,12}?对[^,]{2,24}?)(?:实行"
    r"|推行|采取|进行|实施|落实|开启|推进|健全|执行|实现)"
)
_SCOPE = regex(f"(?:建立|健全|完善|实行|推行|实施|推进|深化|落实|探索实施|打造|畅通|设立|推广)({HANZI}{{2,14}})$")


class Found(NamedTuple):
    """A mechanism at its place; ``verb`` as printed."""

    name: str
    span: Span
    verb: str


def quoted(text: str, clause: Span, phrase: str) -> Iterator[Found]:
    """推行“一窗受理、一次办好”; 深化“最多跑一次”改革: a way of working called by its motto."""
    for match in _QUOTED.finditer(phrase):
        before = phrase[: match.start()].rstrip("、")
        lead = before[: before.find("“")] if "“" in before else before
        verb = _QUOTE_VERB.search(lead, max(0, len(lead) - _LONGEST_VERB))
        direct = verb or (_QUOTE_VERB.search(lead[:-n]) if (n := _scope(lead)) else None)
        if direct and _AFTER_QUOTE.search(_QUOTED.sub("", phrase[match.end() :])) and _is_practice(match.group(1), phrase[match.end() :]):
            yield Found(match.group(1), Span(clause.start + match.start(), clause.start + match.end()), direct.group())


def _scope(lead: str) -> int:
    """Letters between the verb and the quote that say whose practice it is: 推进政务服务“一网通办”."""
    match = _SCOPE.search(lead)
    return len(match.group(1)) if match else 0


def _is_practice(motto: str, after: str) -> bool:
    if _SLOGAN_AFTER.match(after) or _SLOGAN.search(motto):
        return False
    return _PRACTICE.search(motto) is not None


def practised(text: str, clause: Span, shown: str) -> Iterator[Found]:
    """对积案实行领导包案、限时答复、逐件销账: steps that are run, not a system with a name."""
    verb = _TREATED.match(shown) if ends_in_practice(shown) else None
    if verb is None:
        return
    name = text[clause.start + verb.end() : clause.end]
    if SHORTEST_PLAIN <= len(name) <= LONGEST_NAME // 2 and "的" not in name:
        yield Found(name, Span(clause.start + verb.end(), clause.end), shown[verb.start() : verb.end()][-2:])
