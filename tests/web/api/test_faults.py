"""What is wrong with a request is said in the caller's language, and names the field as the caller wrote it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from tests.web.api.conftest import program_of

from lantu_web.accounts.acting import Person
from lantu_web.api.faults import SENTENCES, field_of, sentence_of

KINDS = ["missing", "extra_forbidden", "enum", "int_parsing", "date", "long", "page", "list", "kind of part", "huge id"]
CALLS: list[tuple[str, str, Any, str | None, str, str]] = [
    ("POST", "/plans", {}, "name", "name is missing.", "缺少“name”。"),
    ("POST", "/plans", {"name": "x", "colour": 1}, "colour", "colour is not known here.", "“colour”不是此处的字段。"),
    (
        "POST", "/adjustments/1/lines", {"revision": 1, "change": "x"}, "change", "change must be one of: change, add, remove.",
        "“change”须为下列之一：change, add, remove。",
    ),
    ("POST", "/plans", {"name": "x", "period_start": "abc"}, "period_start", "period_start must be a whole number.", "“period_start”须为整数。"),
    (
        "POST", "/plans", {"name": "x", "issued_on": "2026-02-30"}, "issued_on", "issued_on must be a day that exists, as YYYY-MM-DD.",
        "“issued_on”须为有效日期，格式为 YYYY-MM-DD。",
    ),
    ("POST", "/plans", {"name": 5}, "name", "name must be a text.", "“name”须为文本。"),
    ("GET", "/plans?page_size=201", None, "page_size", "page_size must be at most 200.", "“page_size”不得大于200。"),
    ("POST", "/plans", [], None, "The request must be an object with fields.", "“请求”须为含字段的对象。"),
    ("GET", "/plans?page=0", None, "page", "page must be at least 1.", "“page”不得小于1。"),
    (
        "GET", f"/plans/{'9' * 23}", None, "plan_id", f"plan_id must be at most {2**63 - 1}.", f"“plan_id”不得大于{2**63 - 1}。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "field", "english", "chinese"), CALLS, ids=KINDS)
def test_a_fault_is_told_in_both_languages(
    method: str, path: str, body: Any, field: str | None, english: str, chinese: str, officer: Person
) -> None:
    for language, message in (("en", english), ("zh-hans", chinese), ("zh-CN,zh;q=0.9", chinese)):
        answer = program_of(officer, language=language).call(method, path, body)
        assert answer == (422, {"error": {"code": "invalid", "message": message, "field": field}})


@pytest.mark.parametrize("path", ["/plans/{}", "/units/{}", "/people/{}", "/adjustments/{}", "/plans/{}/candidates", "/plans?year={}"])
@pytest.mark.parametrize("pk", ["9" * 23, "9" * 5000], ids=["long", "thousands"])
def test_an_id_that_no_row_has(path: str, pk: str, officer: Person) -> None:
    assert program_of(officer).get(path.format(pk))[0] in (404, 422)


def test_a_fault_without_a_sentence_has_the_general_one() -> None:
    fault = {"type": "never_heard_of", "loc": ("body", "plan", "parts", 0, "start")}
    with override("zh-hans"):
        assert sentence_of(fault, field_of(fault)) == "“parts.0.start”无效。"
    assert (field_of({}), field_of({"loc": ("query", "page")}), field_of({"loc": ("body", "plan")})) == (None, "page", None)


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_sentence_can_be_said(kind: str) -> None:
    bounds = dict.fromkeys(("min_length", "max_length", "gt", "ge", "lt", "le", "expected"), 1)
    assert "page" in sentence_of({"type": kind, "ctx": bounds}, "page")
