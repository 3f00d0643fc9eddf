"""Plan ⇄ lantu.plan/1."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from tests.factories.plans import TEXT, cloud_stream_plan, empty_plan
from tests.factories.records import plans

from lantu.errors import LantuError, UnreadableFile
from lantu.interchange.plan_json import dumps, loads, plan_from_dict, plan_to_dict
from lantu.model import Plan

KEYS = [
    "format", "source", "repairs", "title", "issuer", "document_number", "issued_on", "region", "period", "text", "metadata", "sections",
    "targets", "actuals", "indicator_tables", "tasks", "projects", "mechanisms", "zones", "actors", "findings", "coverage",
]  # fmt: skip


def plain() -> dict[str, Any]:
    return json.loads(dumps(cloud_stream_plan()))


def test_keys_stand_in_the_order_of_the_format() -> None:
    assert list(plan_to_dict(cloud_stream_plan())) == KEYS


def test_a_figure_is_told_whole() -> None:
    start = TEXT.index("年均增长8.5%左右")
    assert plan_to_dict(cloud_stream_plan())["targets"][1] == {
        "id": "t2", "section": "s4", "subject": "地区生产总值", "comparator": "~", "value": 8.5, "value_high": None, "value_text": None,
        "unit": "%", "value_si": 0.085, "value_high_si": None, "unit_si": "1", "year": 2025, "period": "per-year", "measure": "growth",
        "nature": None, "baseline": None, "baseline_year": None, "doubt": None, "quote": "年均增长8.5%左右",
        "span": [start, start + 10], "raw_span": [start + 13, start + 23],
    }  # fmt: skip


def test_repairs_are_flat_counts_with_the_losses_beside_them() -> None:
    losses = [{"raw_span": [150, 153], "why": "原文有三个字符无法还原"}]
    assert plan_to_dict(cloud_stream_plan())["repairs"] == {"furniture_lines": 1, "spaces": 12, "losses": losses}


def test_values_are_plain_json_types() -> None:
    """Enums, spans and whole floats: what a program without Lantu would expect."""
    target = plan_to_dict(cloud_stream_plan())["targets"][0]
    shown = {name: type(target[name]) for name in ("value", "comparator", "period", "span", "value_si")}
    assert shown == {"value": int, "comparator": str, "period": str, "span": list, "value_si": int}


def test_no_text_leaves_out_the_text_alone() -> None:
    plan = cloud_stream_plan()
    assert list(plan_to_dict(plan, text=False)) == [key for key in KEYS if key != "text"]
    assert plan_from_dict(plan_to_dict(plan, text=False)) == replace(plan, text="")


def test_one_line_a_record() -> None:
    lines = dumps(cloud_stream_plan()).split("\n")
    at = lines.index('"actors": [')
    actors = [json.loads(line.rstrip(",")) for line in lines[at + 1 : at + 4]]
    assert [actor["name"] for actor in actors] == ["区经济发展局", "区自然资源局", "区人大常委会"]
    assert lines[at + 4] == "],"
    assert lines[-2:] == ["}", ""]


@pytest.mark.parametrize("plan", [cloud_stream_plan(), empty_plan()], ids=["whole", "empty"])
def test_round_trip(plan: Plan) -> None:
    assert loads(dumps(plan)) == plan
    assert plan_from_dict(plan_to_dict(plan)) == plan


@given(plan=plans())
def test_round_trip_of_any_plan(plan: Plan) -> None:
    assert loads(dumps(plan)) == plan


def test_bytes_are_read_like_text() -> None:
    assert loads(dumps(cloud_stream_plan()).encode()) == cloud_stream_plan()


# (where, what is put there, place in the message, message), each a way in which a file that somebody edited goes wrong
WRONG: list[tuple[tuple[str | int, ...], Any, str, str]] = [
    (("targets", 3, "comparator"), "≥", "targets[3].comparator", "'≥' is none of =, >=, >, <=, <, ~, range"),  # a sign for a code
    (("targets", 0, "value"), "130", "targets[0].value", "'130' is not a number"),  # a number in quotes
    (("targets", 0, "value"), True, "targets[0].value", "True is not a number"),  # bool is an int to Python, not to us
    (("targets", 0, "year"), 2025.5, "targets[0].year", "2025.5 is not a whole number"),
    (("sections", 1, "span"), [5, 2], "sections[1].span", "[5, 2] is not a stretch of text: 0 ≤ start ≤ end"),
    (("sections", 1, "span"), [5], "sections[1].span", "[5] is not a pair [start, end]"),
    (("sections", 1, "title"), None, "sections[1].title", "None is not a text"),  # null where the format has none
    (("tasks", 0, "measures", 1, "targets"), "t1", "tasks[0].measures[1].targets", "'t1' is not a list"),  # nested place
    (("tasks", 0, "measures", 0, "targets", 1), 9, "tasks[0].measures[0].targets[1]", "9 is not a text"),
    (("zones", 0, "bounds"), [], "zones[0].bounds", "[] is not an object"),
    (("repairs", "spaces"), "12", "repairs.spaces", "'12' is not a whole number"),
    (("metadata", "索引号"), 7, "metadata.索引号", "7 is not a text"),
    (("actors", 0, "rôle"), "lead", "actors[0]", "unknown field 'rôle'"),  # a misspelt key is told, not dropped
]


@pytest.mark.parametrize(("path", "value", "place", "message"), WRONG)
def test_wrong_values_are_told_with_their_place(path: tuple[str | int, ...], value: Any, place: str, message: str) -> None:
    data = plain()
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(UnreadableFile) as caught:
        plan_from_dict(data)
    assert (caught.value.place, caught.value.message) == (place, message)


def test_missing_fields_are_named() -> None:
    data = plain()
    del data["projects"][0]["name"]
    with pytest.raises(UnreadableFile) as caught:
        plan_from_dict(data)
    assert str(caught.value) == (
        "projects[0]: field 'name' is missing — compile the plan again, or compare it with what `lantu schema` prints"
    )


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("[]", "format", "not a plan in the format lantu.plan/1 (found 'list')"),
        ('{"format": "lantu.plan/2"}', "format", "not a plan in the format lantu.plan/1 (found 'lantu.plan/2')"),
        ("{}", "format", "not a plan in the format lantu.plan/1 (found None)"),
        ('{"format": ', "line 1, column 12", "not JSON: Expecting value"),
        (b"\xff\xfe\x00", None, None),
        ("[" * 100_000, None, None),
    ],
    ids=["list", "other format", "empty object", "cut off", "binary", "deep"],
)
def test_what_is_no_plan_is_refused(content: str | bytes, place: str | None, message: str | None) -> None:
    with pytest.raises(UnreadableFile) as caught:
        loads(content)
    if message is not None:
        assert (caught.value.place, caught.value.message) == (place, message)


def test_a_number_that_json_cannot_hold_is_refused() -> None:
    plan = cloud_stream_plan()
    endless = replace(plan.targets[0], value=float("inf"))
    with pytest.raises(LantuError, match="inf is not a number that JSON can hold"):
        plan_to_dict(replace(plan, targets=(endless,)))
