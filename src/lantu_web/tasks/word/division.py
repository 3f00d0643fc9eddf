"""分工方案: who does what of the plan, chapter by chapter, as an official paper; the table of the breakdown is its attachment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from lantu_web.tasks.queries.exchange_lines import Line
from lantu_web.tasks.word.breakdown import day_in_words
from lantu_web.tasks.word.paper import BODY, KAI, LEVELS, SIZE_3, Paper, numbered

DAY_FROM_RIGHT = 4  # characters: 成文日期一般右空四字 (GB/T 9704-2012, 7.3.5)
_ORDINAL = "一二三四五六七八九十"
_OWN_NUMBER = re.compile(rf"^\s*(第[{_ORDINAL}百零\d]+[章节篇部分]+|[{_ORDINAL}]+、|[（(][{_ORDINAL}]+[)）])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """``bureau``: who issues it; ``sign_by``: until when units answer, where that is said."""

    title: str
    plan: str
    document_number: str
    bureau: str
    issued_on: date
    sign_by: date | None = None


def write_division(path: Path, scheme: Scheme, portions: Iterable[Sequence[Line]], told: Callable[[int], None]) -> int:
    """Write it; gives the number of tasks in it."""
    paper = Paper(scheme.title)
    if scheme.document_number:
        paper.add(scheme.document_number, "居中公文")
        paper.add("", "居中公文")
    paper.title(scheme.title)
    paper.add("", "居中公文")
    paper.add(f"为全面贯彻落实《{scheme.plan}》，明确责任分工，加快推进各项目标任务，制定本方案。")
    count = _chapters(paper, portions, told)
    _demands(paper, scheme)
    paper.add("")
    paper.add("附件：任务分解表")
    paper.add("")
    paper.add("")
    on = scheme.issued_on
    signature(paper, scheme.bureau, f"{on.year}年{on.month}月{on.day}日")
    paper.save(path)
    return count


def _chapters(paper: Paper, portions: Iterable[Sequence[Line]], told: Callable[[int], None]) -> int:
    count = chapters = number = 0
    current: str | None = None
    for portion in portions:
        for line in portion:
            chapter = bare(line.texts["chapter"]) or "重点任务"
            if chapter != current:
                current, chapters, number = chapter, chapters + 1, 0
                paper.add(f"{numbered(0, chapters)}{chapter}", LEVELS[0])
            number += 1
            _task(paper, line, number)
            count += 1
        told(count)
    paper.add(f"{numbered(0, chapters + 1)}工作要求", LEVELS[0])
    return count


def _task(paper: Paper, line: Line, number: int) -> None:
    texts = line.texts
    paper.add(f"{numbered(2, number)}{texts['title'].rstrip('。；;')}。", LEVELS[2]).paragraph_format.keep_with_next = True
    if texts["left_out"]:
        paper.runs((f"（{texts['left_out']}，不作分解）", KAI))
        return
    parts = [("牵头单位：", texts["lead_unit"]), ("配合单位：", texts["cooperating"]), ("包保领导：", texts["sponsor"]),
             ("完成时限：", day_in_words(texts["due_on"]))]  # fmt: skip
    said = "；".join(f"{label}{text}" for label, text in parts if text)
    if said:
        paper.runs((f"（{said}）", KAI))


def _demands(paper: Paper, scheme: Scheme) -> None:
    answer = f"，并于{day_in_words(scheme.sign_by.isoformat())}前完成签收" if scheme.sign_by else ""
    demands = (
        ("压实责任。", f"各牵头单位要对照任务分解表逐项细化举措，落实到具体科室、具体人员{answer}；配合单位要主动做好配合。"),
        ("倒排工期。", "各单位要按照年度目标和阶段节点倒排工期、挂图作战，确保各项任务按时完成。"),
        ("跟踪问效。", "规划部门要建立台账，定期调度，及时协调解决推进中的问题；需要调整的，按程序报批。"),
    )
    for number, (head, text) in enumerate(demands, 1):
        paper.runs((f"{numbered(1, number)}{head}", KAI), (text, BODY))


def signature(paper: Paper, bureau: str, day: str) -> None:
    """成文日期右空四字, 发文机关署名 above it in the middle; a long name pushes the date to the left."""
    beside = (_width(bureau) - _width(day)) / 2
    of_name = max(0.0, DAY_FROM_RIGHT - beside)
    signed = paper.add(bureau, "落款")
    signed.paragraph_format.keep_with_next = True
    _from_the_right(signed, of_name)
    _from_the_right(paper.add(day, "落款"), of_name + beside)


def _width(text: str) -> float:
    """In characters of Chinese, of which digits and letters take half."""
    return sum(0.5 if letter.isascii() else 1 for letter in text)


def _from_the_right(paragraph: Any, characters: float) -> None:
    indent = paragraph._element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * SIZE_3 * 20)))


def bare(chapter: str) -> str:
    """A heading of the plan without its own number, since the paper numbers anew."""
    return _OWN_NUMBER.sub("", chapter).strip()
