"""Named, discrete works and investment projects: what a building verb governs, what 等…项目 enumerates, what is 开工 or 竣工."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from lantu.compile.aims import says_aims
from lantu.compile.project_boxes import entries, in_boxes
from lantu.compile.project_names import SHORTEST_NAME, Work, is_wellformed, works_in
from lantu.compile.project_sums import told_near
from lantu.compile.reading import Reading, Sentence
from lantu.language.lexicon import HANZI, tails
from lantu.language.lists import Endings, mask, match_end
from lantu.language.places import Head, has_own_name, head_of, may_name_works, names_place, place_forms
from lantu.language.verbs import cut_predicate, verb_forms
from lantu.model import Project, Span
from lantu.patterns import compiled, regex

_NO_SUBJECT = (
    "工作", "任务", "改革", "试点", "行动", "活动", "体系", "机制", "平台", "系统", "制度", "攻坚", "目标",
    "试验", "建设", "发展", "规划", "政策", "成果",
)  # fmt: skip
_GOES_ON = regex(r"(?:项目|工程|[一二三四五六七八九十\d]期(?:建设)?)(?:\([^()]*\))?等?$")
# The ends that _GOES_ON knows.
_GOING_ON = ("项目", "工程", "期", "建设", ")", "等")
_OTHER_ENDS = frozenset({"落地", "落户", "引领", "带动", "龙头", "依托", "抓手", "牵引", "支撑", "载体", "核心", "重点"})
_HOPE = regex(r"(?:全力|加快|抓紧)?(?:确保|力争|争取|保证|推动|促进|力促|保障)+")
_WHEN = regex(
    r"(?:于|在)?(?:\d{4}年|今年|明年|年内?|\d{1,2}月份?|[上下]半年|[一二三四]季度)*(?:底|末|初|中旬|上旬"
    r"|下旬)?之?(?:前|内|实现|完成)?$"
)
# Each alternative begins with its own letter, so that the places without any of them are passed over at once.
_OTHER_FORM = compiled(
    "获批|入选|列入|纳入|一体|元的|" + "|".join(rf"{word}(?<![^,;。:\n]{word})" for word in ("对", "确保", "力争", "争取", "保证"))
)
_HONOUR = compiled("获批|入选|列入|纳入")
_HONOURED = compiled(r"(?:成功|顺利|被)?(获批|入选|列入|纳入)")
_CARRYING = ("引领", "带动", "龙头", "依托", "抓手", "牵引")
_AS_CARRIER = compiled(rf"以(.{{4,60}}?)为(?:{'|'.join(_CARRYING)})$")
_TREATED = compiled(f"对(.{{3,40}}?)(?:进行|实施|开展)({HANZI}{{0,6}}(?:整治|治理|改造|修复|加固|修缮|提升))$")
_OWNER = regex(r"(?:支持|推动|服务)([^的、,]{2,20}?(?:公司|集团))(?:加快|尽快|投资)?(建设|新建|扩建|建成|实施)")
_COMPANY = regex(r"(?:有限|股份|责任|集团|公司|大型|重点|龙头|骨干|相关|上市)")
_LENGTH = regex(rf"[\d.]+(?:公里|千米|米|平方公里|亩)的{HANZI}{{2}}$")
_SAME = compiled(r"(?:、|项目|工程|建设|改造|提升|新建|扩建|[(（][^()]*[)）]|[“”])")


class _Told(NamedTuple):
    """A work that a sentence names, and what the sentence tells of it."""

    work: Work
    sentence: Sentence
    stage: str | None
    investment: str | None


def read_projects(reading: Reading) -> tuple[Project, ...]:
    """Every named work in the order of the text; a work named again in the same section is told once, from its box if it has one."""
    found: list[_Told] = []
    aims = says_aims(reading)
    boxed = in_boxes(reading)
    closing = reading.closing(_clause_endings())
    for sentence, parts, ends in reading.cut:
        if (sentence.section < 0 or not aims[sentence.section]) and (names := _in_sentence(reading.text, sentence, parts, ends, closing)):
            found.extend(_works(reading, sentence, names))
        if sentence.section >= 0 and boxed[sentence.section]:
            found.extend(_Told(one, sentence, stage, one.investment) for one, stage in entries(reading, sentence))
    kept = _told_once(reading, found, boxed)
    return tuple(_project(reading, told, index) for index, told in enumerate(kept, 1))


def _told_once(reading: Reading, found: list[_Told], boxed: list[bool]) -> list[_Told]:
    """Of several mentions in one section (节) keep the first, but a mention in a box (专栏) beats one in running text."""
    chapters = [_chapter(reading, section) for section in range(len(reading.sections))]
    best: dict[tuple[str, str], tuple[bool, _Told]] = {}
    for told in found:
        section = reading.section_index(told.work.span.start)
        in_box = section >= 0 and boxed[section]
        key = (chapters[section] if section >= 0 else "", _SAME.sub("", told.work.name) or told.work.name)
        if key not in best or (in_box and not best[key][0]):
            best[key] = in_box, told
    return sorted((told for _, told in best.values()), key=lambda told: told.work.span)


def _chapter(reading: Reading, section: int) -> str:
    """The section of level 2, or the nearest above it, that holds the section."""
    return next((above.id for above in reading.section_path(section) if above.level <= 2), "")


def _works(reading: Reading, sentence: Sentence, names: list[tuple[Span, Work]]) -> Iterator[_Told]:
    """What is told of the works that each clause names; a heading names fields of work more often than works."""
    if reading.is_headline(sentence):
        names = [(clause, one) for clause, one in names if _is_told_apart(one.name)]
    for index, (clause, one) in enumerate(names):
        stage = verb_forms().stage.search(reading.text, clause.start, clause.end)
        investment = one.investment or _sum_of_one(reading.text, sentence, names, index)
        yield _Told(one, sentence, stage.group() if stage else None, investment)


def _is_told_apart(name: str) -> bool:
    """Is it one work even as the words of a heading, which names fields of work more often: a place, or a head with a name of its own?"""
    found = head_of(name)
    if found is None:
        return False
    head, before = found
    return names_place(before) or (head is Head.UNIQUE and has_own_name(before))


def _project(reading: Reading, told: _Told, index: int) -> Project:
    anchor = reading.anchor(told.work.span.start, told.work.span.end)
    section = reading.sections[told.sentence.section].id if told.sentence.section >= 0 else None
    return Project(
        id=f"project-{index}", section=section, name=told.work.name, verb=told.work.verb, stage=told.stage,
        investment=told.investment, span=anchor.span, raw_span=anchor.raw_span,
    )  # fmt: skip


def _sum_of_one(text: str, sentence: Sentence, names: list[tuple[Span, Work]], index: int) -> str | None:
    """建设X水库,总投资12亿元: the sum beside a work that its clause names alone."""
    clause, one = names[index]
    if any(other == clause for at, (other, _) in enumerate(names) if at != index):
        return None
    limit = next((other.start for other, _ in names[index + 1 :]), sentence.end)
    return told_near(text, clause, one.span, limit)


def _in_sentence(
    text: str, sentence: Sentence, parts: list[Span], ends: list[str], closing: frozenset[str]
) -> list[tuple[Span, Work]]:
    """The works of each clause; a clause without a verb goes on with the list of the clause before (…项目,…项目).

    ``ends`` are those of the clauses, ``closing`` such as may close a name.
    """
    other_forms = _OTHER_FORM.search(text, sentence.start, sentence.end) is not None
    if not other_forms and closing.isdisjoint(ends):
        return []
    works: list[tuple[Span, Work]] = []
    before: list[Work] = []
    for clause, end in zip(parts, ends, strict=True):
        found: list[Work] = []
        if end in closing or (other_forms and _ends_otherwise(text[clause.start : clause.end])):
            found = _in_clause(text, clause)
            if not found and before and _GOES_ON.search(text, clause.start, clause.end):
                found = works_in(text, clause, before[-1].verb, "light")
            works += [(clause, one) for one in found]
        before = found
    return works


def _ends_otherwise(phrase: str) -> bool:
    """May a clause whose last letters close no name hold a work: in 《》, or in a form that does not end in the name?"""
    return phrase.endswith("》") or _other_form(phrase)


@cache
def _clause_endings() -> Endings:
    """What a clause with a work in it may end in, a letter or two: the cheapest first question."""
    return Endings.of(place_forms().tails | tails(_OTHER_ENDS) | tails(_GOING_ON))


def _in_clause(text: str, clause: Span) -> list[Work]:
    """The works of one clause: what its first verb with a nameable object governs, or its subject, if that is being built."""
    shown = mask(text[clause.start : clause.end])
    if not (may_name_works(shown) or shown[-2:] in _OTHER_ENDS or _other_form(shown)):
        return []
    subject, predicate = cut_predicate(shown)
    forms = verb_forms()
    if forms.encouraging.match(shown):
        return _owned(text, clause, shown)
    special = _predicated(text, clause, subject, predicate) or _carried(text, clause, shown) or _treated(text, clause, shown)
    return special or _governed(text, clause, shown)


def _owned(text: str, clause: Span, shown: str) -> list[Work]:
    """支持云溪装备公司建设智能工厂: what a named company builds with the plan's support."""
    owner = _OWNER.match(shown)
    if owner is None or not has_own_name(_COMPANY.sub("", owner.group(1))):
        return []
    return works_in(text, Span(clause.start + owner.end(), clause.end), owner.group(2), "build", owner.group(1))


def _other_form(shown: str) -> bool:
    """X获批…, X入选…, 对X进行治理, 集A、B于一体的X建设: forms that do not end in the name."""
    return (
        shown.startswith(("对", "确保", "力争", "争取", "保证")) or "一体" in shown or "元的" in shown or "入选" in shown or "获批" in shown
    )


def _governed(text: str, clause: Span, shown: str) -> list[Work]:
    forms = verb_forms()
    for verb in forms.governing.finditer(shown):
        if forms.encouraging.search(shown, 1, verb.start()):
            return []
        names = works_in(text, Span(clause.start + verb.end(), clause.end), verb[str(verb.lastgroup)], str(verb.lastgroup))
        if names:
            return names
    return []


def _predicated(text: str, clause: Span, subject: str, predicate: str) -> list[Work]:
    """云溪大厦加快建设; 区图书馆、档案馆主体建成; 青川新城等项目进展顺利; X入选…."""
    if not predicate:
        listed = _HONOURED.search(subject) if _HONOUR.search(subject) else None
        subject, predicate = (subject[: listed.start()], listed.group(1)) if listed else (subject, "")
    if not predicate:
        return []
    subject = _WHEN.sub("", subject)
    hope = match_end(_HOPE, subject)
    if len(subject) < SHORTEST_NAME or subject.endswith(_NO_SUBJECT) or (not hope and verb_forms().governing.match(subject)):
        return []
    return works_in(text, Span(clause.start + hope, clause.start + len(subject)), predicate, "predicate")


def _carried(text: str, clause: Span, shown: str) -> list[Work]:
    """以云溪古城保护利用项目为引领; 以A、B等园区建设为带动: a project that leads the rest is one of the plan's own."""
    carrier = _AS_CARRIER.match(shown) if shown.endswith(_CARRYING) else None
    if carrier is None or not ("等" in carrier.group(1) or carrier.group(1).endswith(("项目", "工程"))):
        return []
    return works_in(text, Span(clause.start + carrier.start(1), clause.start + carrier.end(1)), "以…为引领", "light")


def _treated(text: str, clause: Span, shown: str) -> list[Work]:
    """对清水河、白沙河12.5公里的河道进行综合治理."""
    match = _TREATED.match(shown)
    if match is None:
        return []
    name = _LENGTH.sub("", match.group(1)) + match.group(2)
    fits = names_place(match.group(1)) and is_wellformed(name)
    return [Work(name, Span(clause.start, clause.end), match.group(2))] if fits else []
