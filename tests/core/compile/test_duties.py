"""Notes of responsibility: where they are, what they say of the deadline, and that they are neither measures nor tasks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import actor, reading

from lantu.compile.duties import read_duties
from lantu.compile.passages import read_passages
from lantu.compile.tasks import read_tasks
from lantu.model import Span, Task


def read(body: str, names: tuple[str, ...] = (), period: tuple[int, int, int | None] = (2021, 2025, 2035)) -> tuple[Task, ...]:
    text = reading(f"第一章提升设施\n第一节建设水厂\n{body}\n", period)
    actors = tuple(actor(text, name, f"actor-{number}") for number, name in enumerate(names, 1))
    return read_tasks(text, read_passages(text), (), (), (), actors)


@pytest.mark.parametrize(
    ("text", "notes", "reason"),
    [
        ("建设水厂。(牵头单位:区水利局;责任单位:各县(市、区)人民政府)", ["(牵头单位:区水利局;责任单位:各县(市、区)人民政府)"], "a bracket in the bracket"),
        ("建设水厂。〔责任单位:区水利局,完成时限:2024年6月〕", ["〔责任单位:区水利局,完成时限:2024年6月〕"], "other brackets"),
        ("建设水厂。【责任单位:区水利局】", ["【责任单位:区水利局】"], "and others"),
        ("建设水厂。(区水利局牵头,区财政局、各镇配合,2024年底前完成)", ["(区水利局牵头,区财政局、各镇配合,2024年底前完成)"], "duties by verb"),
        ("建设水厂。(区水利局、区财政局)", ["(区水利局、区财政局)"], "nothing but bodies"),
        ("建设水厂(含区水利局泵站)和管网。", [], "a bracket that explains"),
        ("建设水厂。牵头单位:区水利局;配合单位:区财政局。下一句。", ["牵头单位:区水利局;配合单位:区财政局。"], "labels end at the full stop"),
        ("建设水厂。\n责任单位:区水利局\n完成时间:2023年12月", ["责任单位:区水利局", "完成时间:2023年12月"], "lines of their own"),
        ("建立台账,明确责任单位:区水利局要带头。", [], "the words inside a sentence are no label"),
        ("建设水厂(牵头单位:区水利局", ["(牵头单位:区水利局"], "a bracket that never closes ends with its line"),
        ("(责任单位:" * 3, ["(责任单位:" * 3], "brackets that never close are one note"),
    ],
)
def test_where_the_notes_are(text: str, notes: list[str], reason: str) -> None:
    assert [text[slice(*note.span)] for note in read_duties(text).notes] == notes, reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("新建水厂2座。(牵头单位:区水利局;责任单位:区财政局)", "the bracket is torn at its semicolon by the sentences"),
        ("新建水厂2座(区水利局牵头,区财政局配合)。", "before the full stop"),
        ("新建水厂2座。\n责任单位:区水利局,区财政局", "on a line of its own"),
        ("新建水厂2座。牵头单位:区水利局。配合单位:区财政局。", "at the end of the paragraph"),
        ("新建水厂2座。\n牵头领导:李四\n责任单位:区水利局、区财政局\n完成时间:2023年12月", "a line for each"),
    ],
)
def test_a_note_gives_actors_to_the_task_before_and_is_no_measure(body: str, reason: str) -> None:
    (task,) = read(body, ("区水利局", "区财政局"))
    assert [measure.text for measure in task.measures] == ["新建水厂2座"], reason
    assert task.actors == ("actor-1", "actor-2"), reason


@pytest.mark.parametrize(
    ("body", "deadline", "reason"),
    [
        ("2024年底前建成水厂。(完成时限:2023年6月)", 2023, "the note beats a date in the text"),
        ("2024年底前建成水厂。\n完成时限:长期坚持", None, "no last day"),
        ("2024年底前建成水厂。\n完成时限:2022—2025年", 2025, "the last year of a span"),
        ("建设水厂。(区水利局负责,2024年12月底前完成)", 2024, "a date in a bracket without label"),
        ("建设水厂。(区水利局负责,按2020年方案实施)", None, "a year that names something"),
        ("到2024年建成水厂。\n责任单位:区水利局", 2024, "a note without a date leaves the text its own"),
        ("建设水厂。\n完成时限:6月底前", None, "a month of no known year"),
    ],
)
def test_the_deadline_of_the_note_is_that_of_the_task(body: str, deadline: int | None, reason: str) -> None:
    (task,) = read(body)
    assert task.deadline == deadline, reason


def test_a_month_has_the_year_of_a_plan_for_one_year() -> None:
    assert [task.deadline for task in read("建设水厂。\n完成时限:6月底前", period=(2024, 2024, None))] == [2024]


@pytest.mark.parametrize(
    ("lines", "title", "reason"),
    [
        ("1.建设水厂\n责任单位:区水利局", "建设水厂", "a line below"),
        ("1.建设水厂(牵头单位:区水利局;完成时限:2024年)", "建设水厂", "a bracket in the heading's line"),
        ("(一)建设水厂〔责任单位:区水利局〕", "建设水厂", "of any level"),
    ],
)
def test_an_item_that_is_all_heading_has_its_note(lines: str, title: str, reason: str) -> None:
    text = reading(f"一、任务\n{lines}\n")
    (task,) = read_tasks(text, read_passages(text), (), (), (), (actor(text, "区水利局"),))
    assert (task.title, [measure.text for measure in task.measures], task.actors) == (title, [title], ("actor-1",)), reason
    assert task.deadline == (2024 if "2024" in lines else None), reason


@pytest.mark.parametrize(
    ("body", "units", "reason"),
    [
        ("新建幼儿园2所。(区水利局牵头)", ["水利局"], "the named lead alone, whatever the text is about"),
        ("新建幼儿园2所。\n责任单位:区水利局", ["水利局"], "the same of a label"),
        ("新建幼儿园2所。区水利局支持。", ["教育和体育局"], "a body without a duty is no lead, and its name feeds nothing"),
    ],
)
def test_the_named_lead_is_the_only_suggestion(body: str, units: list[str], reason: str) -> None:
    text = reading(f"第一章提升设施\n第一节建设\n{body}\n")
    (task,) = read_tasks(text, read_passages(text), (), (), (), (actor(text, "区水利局"),))
    assert [suggested.unit for suggested in task.suggested_units] == units, reason
    assert task.topic == "教育", reason


@given(st.text(alphabet="(〔【)〕】牵头单位:责任单位:区水利局、。;\n完成时限:2024年负责", max_size=80))
def test_notes_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    duties = read_duties(text)
    edges = [edge for note in duties.notes for edge in note.span]
    assert edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)
    assert all(Span(0, 0) <= span for span in duties.outside(text, 0, len(text)))
