"""The JSON Schema of the plan format."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, ValidationError
from tests.factories.plans import cloud_stream_plan, empty_plan
from tests.factories.records import plans

from lantu import model
from lantu.interchange.plan_json import plan_to_dict
from lantu.interchange.schema import plan_schema, schema_json
from lantu.model import Plan

VALIDATOR = Draft202012Validator(plan_schema())
RECORDS = [getattr(model, name) for name in model.__all__ if hasattr(getattr(model, name), "__dataclass_fields__")]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(plan_schema())


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("plan", [cloud_stream_plan(), empty_plan()], ids=["whole", "empty"])
def test_what_is_written_is_valid(plan: Plan, text: bool) -> None:
    assert list(VALIDATOR.iter_errors(plan_to_dict(plan, text=text))) == []


@given(plan=plans())
def test_any_plan_is_valid(plan: Plan) -> None:
    assert list(VALIDATOR.iter_errors(plan_to_dict(plan))) == []


@pytest.mark.parametrize("record", [kind for kind in RECORDS if kind not in (model.Plan, model.Repairs)], ids=lambda kind: kind.__name__)
def test_every_field_of_every_record_is_in_the_schema(record: type) -> None:
    assert list(plan_schema()["$defs"][record.__name__]["properties"]) == [field.name for field in fields(record)]


def test_the_top_level_is_the_plan() -> None:
    schema = plan_schema()
    assert list(schema["properties"]) == ["format", *(field.name for field in fields(Plan))]
    assert [name for name in schema["properties"] if name not in schema["required"]] == ["text"]


def test_descriptions_are_the_docstrings() -> None:
    definitions = plan_schema()["$defs"]
    assert definitions["Span"]["description"] == "[start, end) in Unicode code points."
    assert definitions["SuggestedUnit"]["description"] == model.SuggestedUnit.__doc__
    assert "description" not in definitions["Zone"]  # a record without a docstring: its signature is no description


def test_what_the_command_prints_is_the_schema() -> None:
    assert json.loads(schema_json()) == plan_schema()


def changed(change: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(plan_to_dict(cloud_stream_plan())))
    data["targets"][0] |= change
    return data


@pytest.mark.parametrize(
    "change",
    [{"comparator": "≥"}, {"value": "130"}, {"span": [1]}, {"span": [1, 2, 3]}, {"span": [-1, 2]}, {"confidence": 0.9}],
    ids=["no enum value", "number in quotes", "half a span", "three ends", "before the text", "unknown field"],
)
def test_what_is_wrong_is_invalid(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate(changed(change))
