"""What a reading found becomes rows: each row gives back the record, each character stands in exactly one piece."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.office_files import cell, docx, p, table
from tests.factories.web import make_plan, make_read_plan, make_reading, make_reviewed_plan

from lantu.interchange.plan_json import plan_from_dict, plan_to_dict
from lantu.interchange.typeset import typeset
from lantu.model import Section, SectionKind, Span
from lantu_web.accounts.models import Zone
from lantu_web.audit.queries import entries_of_zone
from lantu_web.bridge.candidates import fitted
from lantu_web.bridge.compiling import compile_bytes, record_of, result_of
from lantu_web.bridge.ingest import lay_out, rows
from lantu_web.bridge.layout import pieces
from lantu_web.bridge.steps import printed
from lantu_web.documents.models import Reading, ReadingResult
from lantu_web.lib.errors import Conflict
from lantu_web.plans.content import FIELDS
from lantu_web.plans.enums import ItemKind, Layout, PlanState, Standing
from lantu_web.plans.models import Candidate, Plan

SAMPLES = Path(__file__).parents[3] / "samples"
TASK_TABLE = docx(
    p("云溪新区规划")
    + p("第一章 目标")
    + p("到2030年，建成产业园3个。")
    + table([cell("指标"), cell("2030年", '<w:gridSpan w:val="2"/>')], [cell("总值（亿元）"), cell(""), cell("500|以上")])
    + p("专栏1 重大工程")
    + p("实施澜河治理工程。")
)


@pytest.fixture(scope="module")
def sample() -> tuple[ReadingResult, Any]:
    found = compile_bytes((SAMPLES / "yunxi-plan.docx").read_bytes(), "yunxi-plan.docx")
    return result_of(Reading(), found), plan_from_dict(printed(plan_to_dict(found.plan)))


def told(candidate: Candidate) -> dict[str, Any]:
    """The content as the record has it: numbers as numbers, nothing as None."""
    numbers = {"value", "value_high", "baseline"}
    return {
        name: (float(value) if name in numbers and value is not None else value) or None if value != 0 else 0
        for name, value in candidate.content.items()
    }


def as_told(record: Any, kind: ItemKind) -> dict[str, Any]:
    values = asdict(record)
    values |= values.pop("bounds", {})
    return {field.name: values[field.name] or None for field in FIELDS[kind]}


def test_every_record_of_the_sample_is_a_row_that_gives_it_back(sample: tuple[ReadingResult, Any]) -> None:
    result, plan = sample
    laid = rows(Plan(pk=1), result)
    by_kind = {kind: [row for row in laid.candidates if row.kind == kind] for kind in ItemKind}
    for kind, records in (
        (ItemKind.TARGET, plan.targets), (ItemKind.ACTUAL, plan.actuals), (ItemKind.PROJECT, plan.projects),
        (ItemKind.MECHANISM, plan.mechanisms), (ItemKind.ZONE, plan.zones), (ItemKind.ACTOR, plan.actors),
    ):  # fmt: skip
        assert [told(row) for row in by_kind[kind]] == [as_told(record, kind) for record in records]
        assert [(row.start, row.end) for row in by_kind[kind]] == [tuple(record.span) for record in records]
    assert [row.content for row in by_kind[ItemKind.TASK]] == [
        {"title": task.title, "deadline": task.deadline, "topic": task.topic or "",
         "lead_unit": task.suggested_units[0].unit if task.suggested_units else ""}
        for task in plan.tasks
    ]  # fmt: skip
    assert [(row.content["text"], row.parent.content["title"]) for row in by_kind[ItemKind.MEASURE]] == [
        (measure.text, task.title) for task in plan.tasks for measure in task.measures
    ]
    assert [(row.code, row.severity, row.message, row.start, row.end) for row in laid.findings] == [
        (one.code, one.severity, one.message, *one.span) for one in plan.findings
    ]
    assert [(row.number, row.title, row.level, row.start, row.end) for row in laid.headings] == [
        (one.number, one.title, one.level, *one.span) for one in plan.sections
    ]
    assert [row.parent.title if row.parent else None for row in laid.headings] == [
        next((other.title for other in plan.sections if other.id == one.parent), None) for one in plan.sections
    ]


def test_the_record_comes_back_whole(sample: tuple[ReadingResult, Any]) -> None:
    assert record_of(sample[0]) == sample[1]


def test_every_candidate_quotes_its_place(sample: tuple[ReadingResult, Any]) -> None:
    result, _plan = sample
    laid = rows(Plan(pk=1), result)
    figures = (ItemKind.TARGET, ItemKind.ACTUAL)
    assert [row.quote for row in laid.candidates if row.kind not in figures] == [
        result.text[row.start : row.end] for row in laid.candidates if row.kind not in figures
    ]


def test_the_reasons_for_a_suggested_unit_are_kept(zone: Zone) -> None:
    plan = make_reviewed_plan(zone)
    task = plan.candidates.filter(kind=ItemKind.TASK).first()
    assert task is not None
    assert (task.content["lead_unit"], task.note) == ("发展和改革局", "建议牵头单位——发展和改革局：“区经济发展局”")


def test_tables_boxes_and_runs_in(zone: Zone) -> None:
    plan = make_read_plan(zone, TASK_TABLE, file_name="a.docx")
    found = plan.sentences.values_list("block", "layout", "standing", "row", "column", "row_span", "column_span", "text")
    assert list(found) == [
        (0, Layout.HEADING, Standing.LEFT_OUT, None, None, 1, 1, "云溪新区规划"),
        (1, Layout.HEADING, Standing.LEFT_OUT, None, None, 1, 1, "第一章 目标"),
        (2, Layout.PARAGRAPH, Standing.OPEN, None, None, 1, 1, "到2030年，建成产业园3个。"),
        (3, Layout.CELL, Standing.OPEN, 0, 0, 1, 1, "指标"),
        (3, Layout.CELL, Standing.OPEN, 0, 1, 1, 2, "2030年"),
        (3, Layout.CELL, Standing.OPEN, 1, 0, 1, 1, "总值（亿元）"),
        (3, Layout.CELL, Standing.LEFT_OUT, 1, 1, 1, 1, ""),
        (3, Layout.CELL, Standing.OPEN, 1, 2, 1, 1, "500\n以上"),
        (4, Layout.HEADING, Standing.LEFT_OUT, None, None, 1, 1, "专栏1 重大工程"),
        (5, Layout.BOX, Standing.OPEN, None, None, 1, 1, "实施澜河治理工程。"),
    ]


def test_a_run_in_heading_leaves_the_rest_of_its_paragraph_as_sentences(zone: Zone) -> None:
    plan = make_reviewed_plan(zone)
    block = plan.sentences.get(text="1.壮大精密装备产业。").block
    assert list(plan.sentences.filter(block=block).values_list("standing", "text")) == [
        (Standing.LEFT_OUT, "1.壮大精密装备产业。"),
        (Standing.OPEN, "加快建设精密装备产业园二期，到2028年产值达到180亿元。"),
        (Standing.OPEN, "建立产业链“链长制”，由区经济发展局牵头编制项目清单。"),
    ]


def test_a_list_of_contents_need_not_be_covered(zone: Zone) -> None:
    text = "云溪规划\n目 录\n第一章 目标……1\n第二章 任务……2\n第一章 目标\n到2030年建成产业园3个。\n第二章 任务\n加快建设产业园。\n"
    plan = make_reviewed_plan(zone, text=text)
    standing = dict(plan.sentences.values_list("text", "standing"))
    assert {words: standing[words] for words in standing if "…" in words or words == "目录" or words == "加快建设产业园。"} == {
        "第一章 目标……1": Standing.LEFT_OUT, "第二章 任务……2": Standing.LEFT_OUT, "加快建设产业园。": Standing.OPEN,
        **({"目录": Standing.LEFT_OUT} if "目录" in standing else {}),
    }  # fmt: skip


def test_the_plan_is_in_review_and_the_audit_says_of_what(zone: Zone) -> None:
    plan = make_reviewed_plan(zone)
    assert (plan.state, plan.reading_id is not None, plan.revision) == (PlanState.IN_REVIEW, True, 2)
    entry = entries_of_zone(zone.pk)[0]
    assert (entry.action, entry.object_id, entry.before) == ("plan.lay_out", str(plan.pk), {"state": "draft"})
    assert entry.after == {
        "state": "in_review", "reading": plan.reading_id, "sha256": plan.reading.original.sha256,
        "headings": 9, "sentences": 20, "candidates": 29, "findings": 0,
    }  # fmt: skip


def test_a_plan_in_review_is_not_laid_out_again(zone: Zone) -> None:
    plan = make_reviewed_plan(zone)
    counted = plan.candidates.count()
    with pytest.raises(Conflict):
        lay_out(by=_nobody(zone), plan_id=plan.pk, reading=plan.reading)
    assert plan.candidates.count() == counted


def test_nul_characters_in_the_text_are_kept_out_of_the_rows(zone: Zone) -> None:
    plan = make_plan(zone)
    found = compile_bytes("云溪规划\n第一章 目标\n到2030年，总值\x00达到300亿元。\n".encode(), "a.txt")
    result = result_of(make_reading(plan), found)
    assert "\x00" not in result.text + str(result.plan)
    assert len(result.text) == len(found.document.text)


@pytest.mark.parametrize(
    ("values", "content", "misfits"),
    [
        ({"name": "园" * 400, "verb": "建"}, {"name": "园" * 299 + "…", "stage": "", "investment": ""}, 0),
        ({"name": " ", "verb": "建"}, {"name": "原文", "stage": "", "investment": ""}, 1),
        ({"name": "园", "investment": None}, {"name": "园", "stage": "", "investment": ""}, 0),
    ],
)
def test_what_a_row_cannot_hold_is_cut_or_told(values: dict[str, Any], content: dict[str, Any], misfits: int) -> None:
    found, told_of = fitted(ItemKind.PROJECT, values, "原文")
    assert (found, len(told_of)) == (content, misfits)


def test_a_number_out_of_all_bounds_is_told_as_a_doubt() -> None:
    values = {"subject": "总值", "comparator": "=", "measure": "level", "value": 1e20, "year": 3030, "unit": "亿元"}
    found, told_of = fitted(ItemKind.TARGET, values, "总值")
    assert (found["value"], found["year"], len(told_of)) == (None, None, 2)


NAMES = st.text(alphabet="云溪规划。；！？\n \u3000”（）;!abc", max_size=80)


@given(text=NAMES, data=st.data())
def test_every_character_but_white_space_stands_in_exactly_one_piece(text: str, data: st.DataObject) -> None:
    """Whatever headings, boxes, tables and contents are said to be where."""
    places = st.integers(0, len(text))
    cuts = sorted(data.draw(st.lists(places, max_size=8)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end]
    sections, tables = [], []
    for number, span in enumerate(spans):
        if data.draw(st.booleans()):
            tables.append([[0, 0, 1, 1, *span]])
        else:
            kind = data.draw(st.sampled_from(SectionKind))
            sections.append(Section(id=f"s{number}", parent=None, level=1, number="", title="", raw_title="", kind=kind, span=span, raw_span=span))
    result = ReadingResult(text=text, tables=tables, left_out=[list(span) for span in spans[:1]])
    found = pieces(result, sections)
    held = [place for piece in found for place in range(piece.start, piece.end)]
    assert held == sorted(set(held))
    assert {place for place, character in enumerate(text) if not character.isspace()} <= set(held)
    assert [piece.block for piece in found] == sorted(piece.block for piece in found)


def test_two_thousand_candidates_are_laid_out_in_few_queries(zone: Zone, django_assert_max_num_queries: Any) -> None:
    items = "\n".join(f"{number}.建设第{number}产业园。加快建设第{number}产业园，到2030年产值达到{number}亿元，建立联席会议机制。" for number in range(1, 401))
    text = f"云溪新区规划\n第一章 任务\n第一节 产业\n{items}\n"
    plan = make_plan(zone)
    reading = make_reading(plan)
    result_of(reading, compile_bytes(text.encode(), "a.txt")).save()
    with django_assert_max_num_queries(80):
        lay_out(by=_nobody(zone), plan_id=plan.pk, reading=reading)
    assert plan.candidates.count() >= 1500
    assert all(0 <= row.start <= row.end <= len(reading.result.text) for row in plan.candidates.all())




def _nobody(zone: Zone) -> Any:
    from lantu_web.accounts.acting import Person

    return Person(user_id=None, name="Lantu", zone_id=zone.pk, roles=frozenset(), unit_ids=frozenset())


def test_the_text_is_kept_as_people_print_it_with_every_place_right() -> None:
    found = compile_bytes((SAMPLES / "yunxi-plan.docx").read_bytes(), "yunxi-plan.docx")
    text = result_of(Reading(), found).text
    assert text == typeset(found.document.text)
    assert len(text) == len(found.document.text)
    assert not re.search(r"[一-龥],[一-龥]", text)
