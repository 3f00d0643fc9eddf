"""What an item may say: every field of every kind, and what is refused with its field, its value and the remedy."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lantu_web.lib.errors import Invalid
from lantu_web.plans.content import FIELDS, Kind, clean, label_of
from lantu_web.plans.enums import ItemKind

TARGET = {"subject": "绿色工厂", "comparator": ">=", "value": "20", "unit": "家", "year": "2028", "measure": "level"}


def target(**values: Any) -> dict[str, Any]:
    return clean(ItemKind.TARGET, {**TARGET, **values})


def test_a_target_has_all_its_fields_and_a_label() -> None:
    assert target() == {
        "subject": "绿色工厂", "comparator": ">=", "value": "20", "value_high": None, "value_text": "", "unit": "家", "year": 2028,
        "period": "", "measure": "level", "nature": "", "baseline": None, "baseline_year": None,
    }  # fmt: skip
    assert label_of(ItemKind.TARGET, target()) == "绿色工厂 ≥20家"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0.10", "0.1"), ("1,200", "1200"), ("1，200.50", "1200.5"), ("-3", "-3"), (" 5 ", "5"), ("", None), (None, None), ("0.000", "0")],
)
def test_numbers_are_kept_as_they_were_meant(typed: str | None, kept: str | None) -> None:
    assert target(value=typed)["value"] == kept


@pytest.mark.parametrize(
    "typed", ["1e-1000000", "1e-999999999999", "1e5", "NaN", "Infinity", "1_000", "٣", "十", "1.2.3", "9" * 16, "9" * 5000, "0." + "1" * 13]
)
def test_what_is_no_plain_number_is_refused_in_short_words(typed: str) -> None:
    with translation.override("zh-hans"), pytest.raises(Invalid) as refusal:
        target(value=typed)
    assert refusal.value.field == "value"
    assert typed[:60] in str(refusal.value)
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize("typed", ["0", "1800", "2101", "99999", "9" * 5000, "二〇三〇", "２０３０", "2030.0", "-2030"])
def test_what_is_no_year_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        target(year=typed)
    assert refusal.value.field == "year"


@pytest.mark.parametrize(("name", "value"), [("subject", ""), ("subject", "长" * 301), ("comparator", "!="), ("measure", ""), ("unit", "x" * 41)])
def test_other_faults_name_their_field(name: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        target(**{name: value})
    assert refusal.value.field == name


@pytest.mark.parametrize("kind", ItemKind)
@given(data=st.data())
def test_whatever_is_sent_is_either_refused_or_kept_for_good(kind: ItemKind, data: st.DataObject) -> None:
    """What was cleaned once stays as it is when it is cleaned again, and holds no NUL."""
    values = {field.name: data.draw(st.none() | st.text(max_size=40) | st.integers() | st.floats()) for field in FIELDS[kind]}
    try:
        content = clean(kind, values)
    except Invalid as refusal:
        assert refusal.field in {field.name for field in FIELDS[kind]}
        return
    assert clean(kind, content) == content
    assert all("\x00" not in str(value) for value in content.values())
    assert list(content) == [field.name for field in FIELDS[kind]]
    assert all(isinstance(content[field.name], int) for field in FIELDS[kind] if field.kind is Kind.YEAR and content[field.name] is not None)
