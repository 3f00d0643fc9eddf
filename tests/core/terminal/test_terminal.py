"""What `lantu show`, `lantu check` and `--format table` print."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from rich.cells import cell_len
from tests.factories.plans import cloud_stream_plan, empty_plan
from tests.factories.records import plans

from lantu.model import Plan
from lantu.terminal import Screen, render_check, render_show, render_table

RENDERERS = {"show": render_show, "table": render_table, "check": render_check}
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize(("name", "width"), [("show", 80), ("show", 120), ("table", 80), ("table", 120), ("check", 80)])
def test_the_whole_page(name: str, width: int) -> None:
    """The pages beside this file were read and found right; where they are meant to change, write them anew."""
    page = Path(__file__).with_name(f"{name}-{width}.txt").read_text(encoding="utf-8")
    assert RENDERERS[name](cloud_stream_plan(), Screen(width)) == page


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(render: Callable[..., str], width: int) -> None:
    """Counted as a terminal does: a hanzi is two columns wide."""
    assert max(cell_len(line) for line in render(cloud_stream_plan(), Screen(width)).split("\n")) <= width


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_colours_change_nothing_but_colours(render: Callable[..., str]) -> None:
    plain, coloured = (render(cloud_stream_plan(), Screen(100, colours=colours)) for colours in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    words = [line.rstrip() for line in ESCAPE.sub("", coloured).split("\n") if line.strip()]
    assert words == [line for line in plain.split("\n") if line]


def test_without_a_terminal_the_page_is_plain() -> None:
    """The test's own stdout is caught, so it is no terminal."""
    assert render_show(cloud_stream_plan()) == render_show(cloud_stream_plan(), Screen(120))


def test_no_findings_is_said() -> None:
    assert render_check(cloud_stream_plan(findings=()), Screen(80)) == (
        "云溪新区国民经济和社会发展第十四个五年规划和2035年远景目标纲要：未发现问题\n"
    )


def test_findings_stand_by_gravity() -> None:
    lines = render_check(cloud_stream_plan(), Screen(120)).split("\n")
    assert [line.split()[0] for line in lines if line[1:3] in ("错误", "警告", "提示")] == ["错误", "警告", "提示"]


def test_a_plan_with_nothing_in_it() -> None:
    assert render_show(empty_plan(), Screen(80)) == (
        "空.txt\n任务0  目标0  现状0  项目0  机制0  片区0  责任主体0  问题0  正文覆盖率0%\n"
    )


def test_a_section_that_is_its_own_parent_ends() -> None:
    """Only a plan file that somebody made by hand has one; it must not hang the reader."""
    section = replace(cloud_stream_plan().sections[1], id="s", parent="s")
    page = render_show(cloud_stream_plan(sections=(section,), targets=(replace(cloud_stream_plan().targets[0], section="s"),)), Screen(80))
    assert "└── 第一章 发展基础与总体要求  目标1\n" in page


@given(plan=plans())
def test_any_plan_is_shown(plan: Plan) -> None:
    for render in RENDERERS.values():
        assert render(plan, Screen(80)).endswith("\n")
