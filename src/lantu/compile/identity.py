"""What the document says of itself: title, issuer, number, date, region, period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantu.compile.periods import read_period
from lantu.compile.titles import TITLE_END
from lantu.language.lexicon import HANZI
from lantu.language.numerals import parse_chinese
from lantu.model import PlanPeriod, Section
from lantu.patterns import regex
from lantu.text.document import Document

# How much of the head and of the end of a text may hold letterhead, signature and date.
_HEAD_LINES = 60
_TAIL_LINES = 30
_LONGEST_LINE = 90

_NUMBER = regex(rf"{HANZI}{{2,14}}\s?[〔\[【(]\s?(?:19|20)\d\d\s?[〕\]】)]\s?第?\s?\d{{1,4}}\s?号")
# The same with its brackets and 号 lost on the way: only where it is a whole line.
_WORN_NUMBER = regex(rf"{HANZI}{{2,8}}[发办函管政字规]?20\d\d\d{{1,3}}")
_QUOTED = regex(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》|关于印发(.+?)的通知$")
_NOTICE_TITLE = regex(r"关于(?:印发|发布|下发|公布|转发)")
_BEFORE_ABOUT = regex(r"^(.{3,60}?)关于")
_OFFICE = regex(r"(?:人民政府|政府|委员会|管委会|党工委|办公厅|办公室|委|局|厅|院|部|中心|大会)$")
_DIGIT = "〇零○Oo一二三四五六七八九十\\d"
_DATE = regex(
    rf"(?P<year>(?:19|20)\d\d|[一二][{_DIGIT}]{{3}})\s?[年./-]\s?(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?[月./-]\s?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?日?"
)
_WORN_DATE = regex(r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")
_MONTH = regex(r"\((?P<year>20\d\d)年(?P<month>\d{1,2})月\)")
_ADOPTED = regex(r"(?:通过|批准|会议上)\)?$")

_TOPIC = (
    "国民|经济|产业|发展|数字|建设|规划|工业|农业|社会|生态|教育|卫生|文化|交通|科技|政府|工作|行动|推进|加快|综合|水利|能源|关于|实施|印发|全面|高质量"
    "|新型|城市更新"
)
_PLACE_END = (
    r"特别行政区|自治区|自治州|自治县|自治旗|新区|开发区|度假区|示范区|高新区|功能区|保税区|合作区|起步区|实验区|试验区|管理区|经开区|风景区"
    r"|工业园区|产业园区|林区|矿区|省(?!级|内|委)|市(?!级|场|政|民|辖|域|委)|县(?!级|域|委|区(?!域|级|划|块|位))|地区|盟|州(?![市县区])|旗|区(?!域|级|划|块|位|委)"
    r"|镇(?!级|域)|乡(?!村|镇)|街道|兵团"
)
_SEGMENT = regex(f"(?!(?:{_TOPIC}))((?:(?!{_TOPIC}){HANZI}){{1,12}}?)({_PLACE_END})")
_PARTY = regex(f"^(?:中国?共产?党?)?中?共?({HANZI}{{2,12}}?[省市县区州旗盟])委(?:员会)?")
_CONGRESS_WORD = "届人民代表大会"
_CONGRESS = regex(f"({HANZI}{{1,8}}?(?:省|市|县|区|州|旗|自治区|自治县))第[一二三四五六七八九十百]+{_CONGRESS_WORD}")


class Identity(NamedTuple):
    """``issued_on`` is an ISO date (a month where the text gives no day); None means that the document does not say."""

    title: str | None
    issuer: str | None
    document_number: str | None
    issued_on: str | None
    region: str | None
    period: PlanPeriod | None


def read_identity(document: Document, sections: Sequence[Section]) -> Identity:
    """From the metadata of the file, the head of the text, the covering notice and the signature."""
    head, tail = _short_lines(document, first=True, sections=sections), _short_lines(document, first=False, sections=sections)
    titles = [section.title for section in sections if section.level == 0]
    title = _plan_title(titles) or document.metadata.get("标题") or _page_title(document.metadata.get("网页标题", ""))
    covers = [*titles, document.metadata.get("标题", "")]
    signature, signed = _signature([*head, *tail])
    issuer = _issuer(covers, document, signature, head)
    return Identity(
        title=title,
        issuer=issuer,
        document_number=_number(document, head),
        issued_on=_issued_on(document, signed, head),
        region=_region(title, issuer, document, covers),
        period=read_period(title or "", document.text, sections),
    )


def _short_lines(document: Document, *, first: bool, sections: Sequence[Section]) -> list[str]:
    """The lines of the head (before the first chapter) or of the end that are too short to be running text."""
    body = next((section.span.start for section in sections if section.level > 0), len(document.text))
    lines = document.lines[:_HEAD_LINES] if first else document.lines[-_TAIL_LINES:]
    inside = [line for line in lines if line.end - line.start <= _LONGEST_LINE and (line.start < body) == first]
    return [document.text[line.start : line.end].strip() for line in inside]


def _plan_title(titles: Sequence[str]) -> str | None:
    """The title of the plan itself; of a notice alone, what it says to issue."""
    for title in titles:
        if not (_NOTICE_TITLE.search(title) and title.endswith(("通知", "批复", "公告", "通告", "函"))):
            return title
    for title in titles:
        match = _QUOTED.search(title)
        if match:
            return match[1] or match[2]
    return titles[0] if titles else None


def _page_title(words: str) -> str | None:
    """The title of a web page without the name of its site (…规划纲要-云溪新区政府网), if it is that of a plan."""
    first = re.split(rf"\s*[-_|–—]+\s*(?={HANZI})", words)[0]
    return first if TITLE_END.search(first) else None


def _number(document: Document, head: Sequence[str]) -> str | None:
    """发文字号, as printed; not one that the text merely refers to."""
    for words in (document.metadata.get("文号", ""), *head):
        match = _NUMBER.search(words)
        if match and "《" not in words and not words.endswith("。"):
            return re.sub(r"\s", "", match[0].removeprefix("文号"))
    return next((words for words in head if _WORN_NUMBER.fullmatch(words)), None)


def _signature(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The office that signs and the date below its name; the date may stand beside it (…办公室2021年12月11日印发, …政府(2021年2月1日))."""
    for above, words in zip(["", *lines], lines, strict=False):
        date = _whole_date(words)
        if date and _is_office(above):
            return above, date
    for words in lines:
        match = _DATE.search(words)
        if match and (words.endswith("印发") or words[match.end() :] == ")"):
            office = words[: match.start()].strip("( ")
            return (office if _is_office(office) else None), _iso(match)
    return None, None


def _is_office(words: str) -> bool:
    return 4 <= len(words) <= 60 and bool(_OFFICE.search(words)) and not re.search("[。,;:]|^各", words)


def _whole_date(words: str) -> str | None:
    bare = words.strip("() ")
    match = _DATE.fullmatch(bare) or _WORN_DATE.fullmatch(bare)
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = _year(match["year"]), _small(match["month"]), _small(match["day"])
    if not (1949 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _year(digits: str) -> int:
    bare = re.sub("[Oo○零]", "〇", digits)
    return int(parse_chinese(bare) or 0) if not bare.isdecimal() else int(bare)


def _small(digits: str) -> int:
    return int(digits) if digits.isdecimal() else int(parse_chinese(digits) or 0)


def _issued_on(document: Document, signed: str | None, head: Sequence[str]) -> str | None:
    """成文日期 or 发文日期; the signature's date; the date of adoption under the title; the page's date comes last."""
    return next(filter(None, _dates(document, signed, head)), None)


def _dates(document: Document, signed: str | None, head: Sequence[str]) -> Iterator[str | None]:
    yield _first_date(document.metadata.get("成文日期", ""))
    yield signed
    yield _first_date(document.metadata.get("发文日期", ""))
    for words in head:
        if (words.startswith(("(", "——")) or _DATE.match(words)) and (_ADOPTED.search(words) or _whole_date(words)):
            yield _first_date(words)
    for words in head:
        month = _MONTH.fullmatch(words)
        if month:
            yield f"{int(month['year']):04d}-{int(month['month']):02d}" if 1 <= int(month["month"]) <= 12 else None
    yield _first_date(document.metadata.get("发布日期", ""))


def _first_date(words: str) -> str | None:
    match = _DATE.search(words) or _WORN_DATE.search(words)
    return _iso(match) if match else None


def _issuer(titles: Sequence[str], document: Document, signature: str | None, head: Sequence[str]) -> str | None:
    """Who issues: named before 关于 in the title, at the signature, in the metadata, or in the letterhead."""
    for title in titles:
        match = _BEFORE_ABOUT.match(title)
        if match and _OFFICE.search(match[1]):
            return match[1]
    letterhead = next((words for words in head[:5] if _is_office(words) or _is_office(words.removesuffix("文件"))), None)
    metadata = document.metadata.get("发布机构") or None
    return signature or metadata or (letterhead.removesuffix("文件") if letterhead else None) or _beside_number(head)


def _beside_number(head: Sequence[str]) -> str | None:
    """The office on the same line as the document's number (红头)."""
    for words in head[:5]:
        match = _NUMBER.search(words)
        office = words[: match.start()].strip() if match else ""
        if _is_office(office):
            return office
    return None


def _region(title: str | None, issuer: str | None, document: Document, titles: Sequence[str]) -> str | None:
    """The place the plan is of: named by its title, else by its issuer, else by the congress that passed it."""
    for words in (title or "", issuer or "", document.metadata.get("发布机构", ""), *titles):
        place = place_at_head(words)
        if place:
            return place
    spoken = document.text.find(_CONGRESS_WORD, 0, 2000) >= 0
    congress = _CONGRESS.search(document.text, 0, 2000) if spoken else None
    return congress[1].rpartition("在")[2] if congress else None


def place_at_head(words: str) -> str | None:
    """The administrative place that a title or an office begins with: 青川市云溪新区; None where it begins with none."""
    party = _PARTY.match(words) if words.startswith(("中共", "中国共产党")) else None
    if party:
        return party[1]
    at = len(words) - len(words.lstrip("《“(关于"))
    start = at
    while (match := _SEGMENT.match(words, at)) is not None and (at == start or len(match[1]) <= 8):
        at = match.end()
    return words[start:at] or None
