"""Who answers: labelled lists, 由X牵头, X负责…, addressees, bodies to be set up, streets and towns with a task of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lantu.compile.reading import Reading, Sentence
from lantu.language.lexicon import HANZI
from lantu.language.lists import enumerate_items
from lantu.language.organisations import is_list_of_organisations, is_organisation, organisation_forms, organisations_in
from lantu.model import Actor, ActorRole, Span
from lantu.patterns import compiled, hint, regex

_FIRST_LEADS = regex(r"(?:列|排|排在|居)(?:在)?(?:首位|第一位|第一|首|前)的?(?:单位|部门)?为牵头")
_COLON = compiled("[:：]")
_LONGEST_FIELD = 600  # letters of the longest list after a label
_FIELD_MARK = regex(rf"[()【】〔〕。;\n]|[,、;](?={HANZI}{{2,6}}[::])")
_OPENING, _CLOSING = frozenset("(【〔"), frozenset(")】〕")
_BRACKET = compiled(r"\((?:[^()\n]|\([^()\n]*\)){2,400}\)|【[^【】\n]{2,400}】|〔[^〔〕\n]{6,400}〕")
_DUTY = regex(
    r"(?:分别)?(?:(?P<lead>牵头|会同|总牵头)|(?P<other>(?:密切|积极)?(?:配合|参加|参与|协助|协同))|(?P<responsible>负责|承担"
    r"|具体实施|组织实施|落实|按职责|主管|实施|统筹|按照职责))"
)
_BY = compiled(
    r"由(?P<who>[^,;。由]{2,60}?)(?:具体|共同|联合|统一|分别)?(?P<duty>牵头|负责|会同|组织|承担|统筹"
    r"|主管|审批|批准|审定|实施|审核|督促|指导)"
)
_SUBJECT = regex(
    r"(?P<who>[^,;:。]{2,60}?)(?:具体|共同|统一|分别|密切|积极)?(?P<duty>牵头|负责(?!制|人)|会同|配合|要(?![求素点件])"
    r"|应(?![用急对])|须|必须|承担|统筹推进|按照?职责|定期|每季度|每年|每月|督促)"
)
_SUBMIT = compiled(
    f"(?:报请?|提请|提交|报送)(?P<who>(?:{HANZI}|[()]){{2,20}}?)(?:审议|审查|审核|研究|讨论)?(?:批准|审批|同意"
    r"|备案|审定|核准|决定)"
)
_APPROVED = compiled(f"经(?P<who>(?:{HANZI}|[()]){{2,20}}?)(?:审议|审查|审核|研究|讨论)?(?:批准|审批|同意|通过|审定)")
_SYSTEM = compiled(f"(?:实行|推行|落实|由)(?P<who>{HANZI}{{2,12}}?)负责制")
# A body has its seat in a bureau; where it sits in a zone or a town, that is a place, not who answers.
_SEATED = compiled(f"办公室设在(?P<who>{HANZI}{{2,20}}?)(?<![区市县镇乡村园城楼])(?=[,;。]|$)")
_WITH = compiled(
    r"(?:并|共同)?(?P<duty>会同|配合)(?P<who>[^,;。]{2,60}?)(?=等|加强|负责|制定|组织|推进|开展|研究|指导|建立|做好|抓好|按|$)"
)
_SYSTEM_BODY = "部办组局委院室"
_RELY = compiled(r"(?:依托|借助|联合|委托)(?P<who>.+)$")
_RELY_FIRST = frozenset("依借联委")
_RELIED = regex(r"(?:研究院|研究所|中心|分中心|科学院|设计院|大学|学院)$")
_RELIED_GENERIC = regex(r"(?:服务|数据|活动|文化|会展|体育|商业|金融|物流|购物|培训|技术|游客)中心$|高校|院校")
_SHORTEST_INSTITUTION = 5  # 山东大学 and 研究中心 have four letters, a named institution has more
_AREA = compiled(
    rf"(?=[^,]*[道镇乡区心会处],)(?:\(?[一二三四五六七八九十\d]+[)、.]+)?(?P<who>{HANZI}{{2,18}}(?:街道|镇|乡|开发区|高新区|经开区"
    r"|服务中心|管委会|办事处|度假区|管理区|新区)),"
)
_TASKED = regex(
    r"大力|重点|加快|积极|着力|依托|借助|打造|发展|推进|负责|主要|突出|聚焦|围绕|要|应|坚持|立足|发挥"
    r"|全面|做好|充分|以[^,]{2,30}为|持续|改造|提升|建设"
)
_ADDRESSEES = regex(f"(?:各|(?={HANZI}{{1,8}}[各,].*:$))(?:{HANZI}|[(、).,〔〕]){{2,160}}[::]?$")
_GENERIC = compiled(
    r"^(?:有关|相关|各|职能|主管|政府|责任|其他|其它|项目|行业|建设|实施){0,3}(?:部门|单位|政府|企业|地区|地方"
    r"|区域|市|区|县|村|社区|学校|医院|中心|站|所|院|机关|政府部门|职能部门|主管部门|党委|人民政府|小组|办公室)$"
)
# What a sentence has that names who answers.
_HINT = hint(
    "局设头位门任责合牵负配参成组下批审备同依借联委由办厅部院府县镇乡心司道会社班处团)督街区中管",
    r"(?:局[、)】]|设在|[头位门任责合][::]|(?:牵头|负责|配合|参加|参与)[)】〕。,;]|负责制|成立|组建|设立|下设|批准|审批|备案"
    r"|同意|依托|借助|联合|委托|由[^,。]{2,60}(?:牵头|负责|会同|组织|承担|统筹|主管|指导)"
    r"|[局委办厅部院府县镇乡心司道会社组班位门处团)](?:具体|共同|统一|分别)?(?:牵头|负责|会同|要|应|须"
    r"|必须|承担|统筹|按|定期|每)|会同|配合|督促|(?:街道|镇|乡|区|中心|管委会|办事处),)",
)
# The same for one clause, where the forms that look at a single clause are tried.
_CLAUSE_HINT = hint(
    "设负牵会配批审同备由局委办厅部院府县镇乡心司道社组班位门处团)",
    r"(?:设在|负责|牵头|会同|配合|批准|审批|同意|备案|审定|由|[局委办厅部院府县镇乡心司道会社组班位门处团)](?:具体"
    r"|共同|统一|分别)?(?:要|应|须|必须|承担|统筹|按|定期|每|督促))",
)
_FOUNDED_BY_OTHERS = regex(r"支持|鼓励|引导|扶持|吸引|推动企业")
_NO_BODY = regex(
    r"(?:体制|机制|制度|联席会议制度)|^(?:专业|各类|专门|行业|工作|专项|相应)*(?:协会|小组|委员会|办公室|机构|智库|专班|工作组)$"
)


_ROLES = {
    "牵头": ActorRole.LEAD, "会同": ActorRole.LEAD, "统筹": ActorRole.LEAD, "统筹推进": ActorRole.LEAD, "审批": ActorRole.APPROVER,
    "批准": ActorRole.APPROVER, "审定": ActorRole.APPROVER, "审核": ActorRole.APPROVER, "配合": ActorRole.OTHER,
}  # fmt: skip
# 云溪区要… speaks of the whole area, 各县区要… and 云溪街道要… of those who answer.
_WEAK_DUTIES = frozenset({"要", "应", "须", "必须", "每年", "每月", "每季度", "承担", "定期"})
_WHOLE_AREA = regex(r"^(?!各)(?:[我全本]|.*[县区市州省旗]$)")
_JOINS = regex(r"(?P<who>[^,;。]{2,60}?)(?=等|加强|负责|制定|组织|推进|开展|研究|指导|统筹|建立|做好|共同|抓好|按|对|$)")


_WITH_ROLES = {"会同": ActorRole.RESPONSIBLE, "配合": ActorRole.OTHER}
_PHRASES = ((_SUBMIT, ActorRole.APPROVER), (_APPROVED, ActorRole.APPROVER), (_SEATED, ActorRole.LEAD))
# 主办单位:… on a line of its own is the footer of a web page.
_FOOTER = frozenset({"主办单位", "承办单位"})


class Mention(NamedTuple):
    """One organisation with a duty at one place."""

    name: str
    role: ActorRole
    span: Span


def read_actors(reading: Reading) -> tuple[Actor, ...]:
    """Each organisation once per role, at the place where it is first named with a duty."""
    return actors_in_place(reading)[0]


def actors_in_place(reading: Reading, listed: Iterable[Mention] = ()) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """The register (each organisation once per role), and every mention in the order of the text under the id of its entry.

    ``listed`` are those that the columns of tables name.
    """
    register: dict[tuple[str, ActorRole], Actor] = {}
    placed: list[Actor] = []
    for name, role, span in actor_mentions(reading, listed):
        entry = register.get((name, role))
        anchor = reading.anchor(*span)
        number = entry.id if entry else f"actor-{len(register) + 1}"
        actor = Actor(id=number, section=reading.section_id(span.start), name=name, role=role, span=anchor.span, raw_span=anchor.raw_span)
        register.setdefault((name, role), actor)
        placed.append(actor)
    return tuple(register.values()), tuple(placed)


def actor_mentions(reading: Reading, listed: Iterable[Mention] = ()) -> tuple[Mention, ...]:
    """Every place where an organisation is named with a duty, in the order of the text."""
    ranked = _FIRST_LEADS.search(reading.text) is not None
    found: dict[Span, Mention] = {mention.span: mention for mention in (*_addressees(reading), *listed)}
    for sentence in reading.statements:
        if _HINT.search(reading.text, sentence.start, sentence.end):
            for mention in _in_sentence(reading, sentence, ranked):
                found.setdefault(mention.span, mention)
    return tuple(sorted((one for one in found.values() if _names_one(one.name)), key=lambda one: one.span))


def _names_one(name: str) -> bool:
    return _GENERIC.match(name) is None


def _addressees(reading: Reading) -> Iterator[Mention]:
    """各镇人民政府,区各部门: the line that a notice is addressed to, before the first chapter."""
    body = next((section.span.start for section in reading.sections if section.level == 1), len(reading.text))
    for line in reading.document.lines:
        if line.start >= body:
            return
        words = reading.text[line.start : line.end]
        if _ADDRESSEES.match(words) and _is_addressed(reading.text, line.start, line.end):
            for span in organisations_in(reading.text, line.start, line.end - (words[-1] == ":")):
                yield Mention(reading.text[span.start : span.end], ActorRole.OTHER, span)


def _is_addressed(text: str, start: int, end: int) -> bool:
    """Nothing but organisations; where the line ends in a colon, its first group will do (…,驻区各单位:)."""
    if text[end - 1] != ":":
        return is_list_of_organisations(text, start, end)
    comma = text.find(",", start, end)
    return is_list_of_organisations(text, start, comma if comma > 0 else end - 1)


def _in_sentence(reading: Reading, sentence: Sentence, ranked: bool) -> Iterator[Mention]:
    text = reading.text
    yield from _labelled(text, sentence, ranked)
    yield from _bracketed(text, sentence)
    yield from _area(text, sentence)
    founded = organisation_forms().founding.search(text, sentence.start, sentence.end) is not None
    for clause in reading.clauses(sentence):
        if _CLAUSE_HINT.search(text, clause.start, clause.end):
            yield from _by_verb(text, clause)
        if founded:
            yield from _founded(text, clause)
        if text[clause.start] in _RELY_FIRST:
            yield from _relied_on(text, clause)


def _mentions(text: str, start: int, end: int, role: ActorRole) -> Iterator[Mention]:
    for span in organisations_in(text, start, end):
        yield Mention(text[span.start : span.end], role, span)


def _labelled(text: str, sentence: Sentence, ranked: bool) -> Iterator[Mention]:
    """牵头单位:A;责任单位:B、C. Where the document says that the first of a list leads, it does."""
    if not _COLON.search(text, sentence.start, sentence.end):
        return
    labels = list(organisation_forms().label.finditer(text, sentence.start, sentence.end))
    ends = [*(label.start() for label in labels[1:]), sentence.end]
    for label, end in zip(labels, ends, strict=False):
        if label.start() == sentence.line and label.group()[:4] in _FOOTER:
            continue
        stop = _field_end(text, label.end(), min(end, label.end() + _LONGEST_FIELD))
        role = ActorRole(str(label.lastgroup))
        for index, one in enumerate(_mentions(text, label.end(), stop, role)):
            yield one._replace(role=ActorRole.LEAD) if ranked and index == 0 else one


def _field_end(text: str, start: int, end: int) -> int:
    """The first 。 or ; or unmatched ) or next label after ``start``."""
    depth = 0
    for match in _FIELD_MARK.finditer(text[start:end]):
        mark = match.group()
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if depth < 0 or (depth == 0 and mark not in _OPENING | _CLOSING):
            return start + match.start()
    return end


def _bracketed(text: str, sentence: Sentence) -> Iterator[Mention]:
    """(区发改局牵头,区财政局、各镇街配合), (市教育局负责), and a closing bracket that holds nothing but organisations."""
    for bracket in _BRACKET.finditer(text, sentence.start, sentence.end):
        start, end = bracket.start() + 1, bracket.end() - 1
        if organisation_forms().label.search(text, start, end):
            continue
        duties = list(_DUTY.finditer(text, start, end))
        if not duties and text[bracket.end() : bracket.end() + 1] in ("", "\n", "。") and _closes(text, start, end):
            yield from _mentions(text, start, end, ActorRole.RESPONSIBLE)
        at = start
        for duty in duties:
            yield from _mentions(text, at, duty.start(), ActorRole(str(duty.lastgroup)))
            at = duty.end()


def _closes(text: str, start: int, end: int) -> bool:
    return "局" in text[start:end] and is_list_of_organisations(text, start, end)


def _area(text: str, sentence: Sentence) -> Iterator[Mention]:
    """于河街道,大力发展…: a street, town or zone at the head of a sentence of its own tasks."""
    match = _AREA.match(text, sentence.start, sentence.end)
    if match and _TASKED.match(text, match.end(), sentence.end) and is_organisation(match.group("who")):
        yield Mention(match.group("who"), ActorRole.RESPONSIBLE, Span(*match.span("who")))


def _by_verb(text: str, clause: Span) -> Iterator[Mention]:
    """由X牵头; X负责…; 报X批准; 经X同意; 实行X负责制."""
    for pattern, role in _PHRASES:
        for match in pattern.finditer(text, clause.start, clause.end):
            yield from _mentions(text, *match.span("who"), role)
    system = _SYSTEM.search(text, clause.start, clause.end)
    if system and system.group("who")[-1] in _SYSTEM_BODY:
        yield Mention(system.group("who"), ActorRole.RESPONSIBLE, Span(*system.span("who")))
    together = _WITH.match(text, clause.start, clause.end)
    if together:
        yield from _mentions(text, *together.span("who"), _WITH_ROLES[together.group("duty")])
    by = _BY.search(text, clause.start, clause.end)
    if by and is_list_of_organisations(text, *by.span("who")):
        yield from _mentions(text, *by.span("who"), _ROLES.get(by.group("duty"), ActorRole.RESPONSIBLE))
        return
    subject = _SUBJECT.match(text, clause.start, clause.end)
    if subject is None or not is_list_of_organisations(text, *subject.span("who")):
        return
    if subject.group("duty") in _WEAK_DUTIES and _WHOLE_AREA.search(subject.group("who")):
        return
    yield from _mentions(text, *subject.span("who"), _ROLES.get(subject.group("duty"), ActorRole.RESPONSIBLE))
    if subject.group("duty") == "会同":
        joined = _JOINS.match(text, subject.end(), clause.end)
        if joined:
            yield from _mentions(text, *joined.span("who"), ActorRole.RESPONSIBLE)


def _founded(text: str, clause: Span) -> Iterator[Mention]:
    """成立X领导小组: a body that the plan sets up is there to answer for something."""
    match = organisation_forms().founded.search(text, clause.start, clause.end)
    if match is None or _FOUNDED_BY_OTHERS.match(text, clause.start, clause.end):
        return
    start, end = match.span("name")
    start += text[start:end].rfind("的") + 1
    if end - start > 2 and not _NO_BODY.search(text[start:end]):
        yield Mention(text[start:end], ActorRole.LEAD, Span(start, end))


def _relied_on(text: str, clause: Span) -> Iterator[Mention]:
    """依托X研究院、Y中心等技术转移机构: named institutions whose work the plan counts on."""
    match = _RELY.match(text, clause.start, clause.end)
    if match is None:
        return
    items, _ = enumerate_items(text, match.start("who"), clause.end)
    for item in items:
        name = text[item.start : item.end]
        if _RELIED.search(name) and not _RELIED_GENERIC.search(name) and is_organisation(name) and len(name) > _SHORTEST_INSTITUTION:
            yield Mention(name, ActorRole.OTHER, item)
