"""Systems, platforms, databases, lists, funds, rules and ways of working that the text says to set up or run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lantu.compile.aims import says_aims
from lantu.compile.mechanism_names import (
    clause_endings,
    head_of,
    is_head,
    is_hollow,
    is_told_apart,
    may_close,
    short_name,
    without_additions,
    without_nominal,
)
from lantu.compile.practices import Found, practised, quoted
from lantu.compile.reading import Reading, Sentence
from lantu.language.lexicon import alternation, lexicon
from lantu.language.lists import ET_CETERA, enumerate_items, mask, split_at
from lantu.model import Mechanism, Span
from lantu.patterns import compiled

# The longest attribute that is kept with a head that says nothing alone.
_LONGEST_WHAT = 80
# An 等X that is longer is a name by itself (重大风险会商研判机制), a shorter one only the head (机制, 工作机制).
_LONGEST_HEAD = 6
# So many clauses after a mechanism may say what it is for.
_MOST_PURPOSES = 2
_CONJUNCTION = compiled(r"以及|和|与|及|、")
# Where a clause does not end in a head it may still hold one: in quotes, before 并, as a member of a list.
# Each alternative begins with its own letter, so that the places without any of them are passed over at once.
_ELSEWHERE = compiled(
    "|".join(
        ["“", *(f"{head}并" for head in "台统库制单录"), *(f"{head}以及" for head in "台统库制")]
        + [f"{head}[、等]" for head in ("平台", "系统", "库", "机制", "制度", "清单", "终端", "基金", "体系")]
    )
)
# A clause after a mechanism says what it is for only where it begins like this; any other does something else.
_PURPOSE = compiled(
    r"(?:从而|进而|切实|有效|全面|不断|进一步|逐步|更好|充分|主要|重点)*(?:实现|用于|覆盖|为|以便|让|使|确保|保障|促进|提高|提升|增强"
    r"|形成|防止|避免|防范|解决|满足|打通|破解|推动|缩短|减少|降低|助力|服务|汇聚|整合|集成|提供|负责|承担|统筹|及时|定期|做到|激发|引导"
    r"|支撑|履行|明确|规范|方便|便于|对(?!外|接)|由)"
)


# 推进机制, 创新型企业, 创新创业: parts of nouns, no verbs.
_NO_VERB = "(?!(?:机制|制度|体系|平台|系统)(?:$|[、和与及])|(?<=创新)(?:型|创业|驱动|主体|要素|服务平台))"


@cache
def _verb() -> re.Pattern[str]:
    """A verb that sets up or runs, in group 1, behind its adverbs."""
    words = lexicon("mechanisms")
    first = "".join(sorted({word[0] for word in (*words["adverbs"], *words["verbs"])}))
    return compiled(f"(?=[{re.escape(first)}]){alternation(words['adverbs'])}*({alternation(words['verbs'])}){_NO_VERB}")


def read_mechanisms(reading: Reading) -> tuple[Mechanism, ...]:
    """Every named mechanism in the order of the text; the same name twice in one section is told once."""
    found: list[Mechanism] = []
    seen: set[tuple[int, str]] = set()
    aims, closing = says_aims(reading), reading.closing(clause_endings())
    for sentence, parts, ends in reading.cut:
        if sentence.section >= 0 and aims[sentence.section]:
            continue
        named = _named_in(reading.text, sentence, parts, ends, closing)
        for mechanism in _in_sentence(reading, sentence, parts, named, len(found)) if named else ():
            if (sentence.section, mechanism.name) not in seen:
                seen.add((sentence.section, mechanism.name))
                found.append(mechanism)
    return tuple(found)


def _named_in(text: str, sentence: Sentence, parts: list[Span], ends: list[str], closing: frozenset[str]) -> list[tuple[int, Found]]:
    """What the sentence names, each with the index of its clause.

    ``ends`` are those of the clauses, ``closing`` such as may close a name.
    """
    elsewhere = _ELSEWHERE.search(text, sentence.start, sentence.end) is not None
    if not elsewhere and closing.isdisjoint(ends):
        return []
    named: list[tuple[int, Found]] = []
    for index, clause in enumerate(parts):
        if ends[index] in closing or (elsewhere and _holds_elsewhere(text, clause)):
            named += [(index, one) for one in _in_clause(text, clause, elsewhere)]
    return named


def _in_sentence(
    reading: Reading, sentence: Sentence, parts: list[Span], named: list[tuple[int, Found]], count: int
) -> Iterator[Mechanism]:
    """``count`` mechanisms have been told before."""
    text, headline = reading.text, reading.is_headline(sentence)
    section = reading.sections[sentence.section].id if sentence.section >= 0 else None
    for index, one in named:
        if headline and not is_told_apart(one.name):
            continue
        count += 1
        span, raw_span = reading.anchor(one.span.start, one.span.end)
        yield Mechanism(
            id=f"mechanism-{count}", section=section, name=one.name, verb=one.verb, what=_what(text, parts, index, one),
            span=span, raw_span=raw_span,
        )  # fmt: skip


def _holds_elsewhere(text: str, clause: Span) -> bool:
    """May a clause whose last letters close no name hold a mechanism?"""
    return text[clause.end - 1] == "》" or _ELSEWHERE.search(text, clause.start, clause.end) is not None


def _in_clause(text: str, clause: Span, elsewhere: bool) -> list[Found]:
    """``elsewhere``: the sentence has a place where a name may stand that does not close its clause."""
    phrase = text[clause.start : clause.end]
    shown = mask(phrase)
    if not (may_close(shown) or (elsewhere and _ELSEWHERE.search(phrase))):
        return []
    body = without_additions(phrase, shown)
    if head_of(body):
        found = list(_headed(text, clause, shown, body))
        if found:
            return found
    mottos = list(quoted(text, clause, phrase)) if "“" in phrase else []
    return mottos or list(practised(text, clause, shown)) or list(_members(text, clause, shown))


def _headed(text: str, clause: Span, shown: str, body: str) -> Iterator[Found]:
    """建立A机制、B平台和C清单: cut where a piece ends in a head; pieces without one belong to the next (选拔、任用、评价机制)."""
    verb = _verb().search(shown, 0, len(body))
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
        if mark is None or is_head(body[at:stop]):
            name = short_name(text[clause.start + at : clause.start + stop])
            if name is not None:
                yield Found(name, Span(clause.start + at, clause.start + stop), verb.group(1))
            at = mark.end() if mark else stop


def _members(text: str, clause: Span, shown: str) -> Iterator[Found]:
    """搭建综合信息平台、中央物流区等载体: the members of a list that is called something else."""
    verb = _verb().search(shown) if "、" in shown else None
    if verb is None:
        return
    items, _ = enumerate_items(text, clause.start + verb.end(), clause.end)
    for item in (part for one in items for part in split_at(text, one, _CONJUNCTION, is_head)):
        words = text[item.start : item.end]
        name = short_name(words) if is_head(mask(words)) and "的" not in words else None
        if name is not None:
            yield Found(name, item, verb.group(1))


def _listed(text: str, base: int, start: int, listed: re.Match[str], body: str, verb: str) -> Iterator[Found]:
    """A、B等机制 is one mechanism of several steps; 智慧A、智慧B等平台 with like beginnings are several platforms."""
    tail = body[listed.end() :]
    head = head_of(tail)
    if head is None:
        return
    items, _ = enumerate_items(text, base + start, base + listed.start())
    words = [text[item.start : item.end] for item in items]
    parallel = len(words) > 2 and len({word[:2] for word in words}) == 1
    noun = tail[-head.length :]
    if parallel or all(is_head(word) for word in words):
        for item, word in zip(items, words, strict=True):
            yield Found(word if is_head(word) else word + noun, item, verb)
        return
    if not is_hollow(tail) and len(tail) > _LONGEST_HEAD:
        yield Found(tail, Span(base + listed.end(), base + len(body)), verb)
        return
    name = short_name("、".join(words) + tail)
    if name is not None:
        yield Found(name, Span(base + start, base + len(body)), verb)


def _what(text: str, parts: list[Span], index: int, one: Found) -> str:
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
    """The clauses right after that say what for, up to the first that does something else."""
    for clause in parts[index + 1 : index + 1 + _MOST_PURPOSES]:
        if _PURPOSE.match(text, clause.start, clause.end) is None or is_head(without_nominal(mask(text[clause.start : clause.end]))):
            return
        yield clause
