"""The ledger in Markdown, whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from tests.factories.plans import cloud_stream_plan, empty_plan
from tests.factories.records import plans

from lantu.interchange.markdown import render_markdown
from lantu.model import Plan


def test_the_whole_ledger() -> None:
    """``ledger.md`` beside this file was read and found right; where the ledger is meant to change, write it anew."""
    assert render_markdown(cloud_stream_plan()) == Path(__file__).with_name("ledger.md").read_text(encoding="utf-8")


def test_marks_of_markdown_are_taken_literally() -> None:
    plan = cloud_stream_plan()
    project = replace(plan.projects[0], name="a|b*c_d`e<br>[f]\\g\nh")
    lines = render_markdown(replace(plan, projects=(project,))).split("\n")
    (row,) = [line for line in lines if line.startswith("| 1 | a")]
    assert row.startswith("| 1 | a\\|b\\*c\\_d\\`e\\<br\\>\\[f\\]\\\\g<br>h | 建设 |")


def test_a_plan_with_nothing_in_it_has_a_head_alone() -> None:
    lines = render_markdown(empty_plan()).split("\n")
    assert lines[:3] == ["# 空.txt", "", "- 来源文件：空.txt"]
    assert not [line for line in lines if line.startswith(("##", "|"))]


@given(plan=plans())
def test_every_row_has_the_cells_of_its_head(plan: Plan) -> None:
    width = 0
    for line in render_markdown(plan).split("\n"):
        cells = line.replace("\\\\", "").replace("\\|", "").count("|") if line.startswith("|") else 0
        assert not (width and cells) or cells == width
        width = cells
