"""Times of planning Chinese, spotted in the same pass as the quantities."""

import pytest

from lantu.compile.quantities import spot
from lantu.language.time import TimeKind, TimeRef, TimeRelation, plan_years


def times(text: str) -> list[tuple[str, TimeKind, TimeRelation, int | None, int | None]]:
    return [(text[t.start : t.end], t.kind, t.relation, t.first, t.last) for t in spot(text) if isinstance(t, TimeRef)]


AT, AGAINST, SINCE = TimeRelation.AT, TimeRelation.AGAINST, TimeRelation.SINCE


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("到2030年,", [("2030年", TimeKind.POINT, AT, None, 2030)], "a year"),
        ("2028年底前建成", [("2028年底前", TimeKind.POINT, AT, None, 2028)], "the end of a year is the year"),
        ("二〇三五年", [("二〇三五年", TimeKind.POINT, AT, None, 2035)], "Chinese digits"),
        ("“十五五”末", [("“十五五”末", TimeKind.POINT, AT, None, 2030)], "the last year of a five-year plan"),
        ("十五五期间", [("十五五期间", TimeKind.SPAN, AT, 2026, 2030)], "quotation marks may be lost"),
        ("较“十四五”末提高", [("“十四五”末", TimeKind.POINT, AGAINST, None, 2025)], "the base of a comparison"),
        ("比2024年增长", [("2024年", TimeKind.POINT, AGAINST, None, 2024)], "the base of a comparison"),
        ("是2020年的2.2倍", [("2020年", TimeKind.POINT, AGAINST, None, 2020)], "times of a year's value"),
        ("2026—2030年", [("2026—2030年", TimeKind.SPAN, AT, 2026, 2030)], "a span of years"),
        ("每年引进", [("每年", TimeKind.PER_YEAR, AT, None, None)], "every year"),
        ("年均浓度", [], "an annual mean is a name"),
        ("今后五年", [("今后五年", TimeKind.SPAN, AT, None, None)], "a span ahead"),
        ("2021年以来", [("2021年", TimeKind.POINT, SINCE, None, 2021)], "the start of a stretch"),
        ("新上年产30万吨", [], "上 and 年产 are no year"),
        ("第十五个五年规划", [("第十五个五年规划", TimeKind.SPAN, AT, 2026, 2030)], "the plan by its ordinal"),
    ],
)
def test_times(text: str, expected: list[tuple[str, TimeKind, TimeRelation, int | None, int | None]], why: str) -> None:
    assert times(text) == expected, why


def test_five_year_plans_by_arithmetic() -> None:
    assert [plan_years(ordinal) for ordinal in ("十", "十一", "十四", "十五")] == [(2001, 2005), (2006, 2010), (2021, 2025), (2026, 2030)]
