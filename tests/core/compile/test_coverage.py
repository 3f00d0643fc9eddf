"""Coverage: which sentences the ledger holds, which are left out on purpose, which are open; and the share of it all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import reading, target

from lantu.compile.coverage import Coverage, SentenceStatus, read_coverage
from lantu.compile.passages import read_passages
from lantu.compile.reading import Reading
from lantu.compile.tasks import read_tasks
from lantu.model import Figure

COVERED, NOT_A_TASK, OPEN = SentenceStatus.COVERED, SentenceStatus.NOT_A_TASK, SentenceStatus.OPEN


def coverage(read: Reading, *figures: Figure) -> Coverage:
    passages = read_passages(read, [figure.span for figure in figures])
    return read_coverage(read, passages, read_tasks(read, passages, figures, (), (), ()), figures)


def test_a_measure_covers_its_sentence_and_a_recap_is_left_out_on_purpose() -> None:
    read = reading("第一章发展基础\n实施项目69个。\n第二章产业升级\n建立台账。深化改革,完善机制。\n")
    assert coverage(read) == Coverage(1.0, (NOT_A_TASK, COVERED, COVERED))


def test_a_sentence_that_orders_nothing_in_a_chapter_of_tasks_is_open() -> None:
    read = reading("第一章总则\n第一节工业经济\n建立台账。“一核两带”格局。\n")
    assert coverage(read) == Coverage(5 / 14, (COVERED, OPEN))


def test_a_description_inside_a_task_is_left_out_on_purpose() -> None:
    read = reading("第一章总则\n第一节工业经济\n工业正处于爬坡过坎阶段。加快技术改造。建立台账。\n")
    assert coverage(read) == Coverage(1.0, (NOT_A_TASK, COVERED, COVERED))


def test_a_label_counts_as_the_heading_that_it_is() -> None:
    read = reading("第一章总则\n第一节工业经济\n技术改造。建设绿色工厂。\n两化融合。“数字工厂”矩阵。\n")
    assert coverage(read) == Coverage(7 / 16, (COVERED, COVERED, COVERED, OPEN))


def test_a_figure_covers_itself_in_a_chapter_of_goals() -> None:
    read = reading("第一章发展目标\n地区生产总值年均增长6%。\n")
    assert coverage(read, target(read, "地区生产总值年均增长6%", "地区生产总值", 6, "%")) == Coverage(1.0, (COVERED,))


def test_headings_alone_are_wholly_covered() -> None:
    assert coverage(reading("第一章总则\n第二章产业升级\n")) == Coverage(1.0, ())


@given(st.text(alphabet="第一章二节。,;:建设已经是“”公里\n", max_size=100))
def test_the_share_is_a_share_for_any_text(text: str) -> None:
    read = reading(text)
    found = coverage(read)
    assert 0 <= found.share <= 1
    assert len(found.statuses) == len(read.sentences)
