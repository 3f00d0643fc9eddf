"""Numerals as planning Chinese writes them; cn2an is not asked, it rewrites idioms."""

import pytest

from lantu.language.numerals import chinese_year, format_number, parse_arabic, parse_chinese


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("三千五百", 3500.0, "places in falling order"),
        ("十八", 18.0, "ten without its one"),
        ("百", 100.0, "a bare place is one of it"),
        ("一百零五", 105.0, "zero only fills a place"),
        ("二点五", 2.5, "decimal point in words"),
        ("两", 2.0, "两 is two before a measure word"),
        ("二〇三五", 2035.0, "digits in a row"),
        ("三五", None, "三五 is an idiom for a few, not 35"),
        ("十千", None, "places may not rise"),
    ],
)
def test_chinese_numerals(text: str, value: float | None, why: str) -> None:
    assert parse_chinese(text) == value, why


def test_arabic_numerals() -> None:
    assert [parse_arabic(text) for text in ("1,234.5", "30", "0.3")] == [1234.5, 30.0, 0.3]


def test_years() -> None:
    assert [chinese_year(text) for text in ("二〇三五", "二零三零", "2028")] == [2035, 2030, 2028]


def test_numbers_print_without_float_noise() -> None:
    assert [format_number(value) for value in (3.0, 2.5)] == ["3", "2.5"]
