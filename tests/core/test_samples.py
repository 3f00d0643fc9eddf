"""The project's own plans: what the library must find in them, in every format alike, and that they are what their source makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from tests.quality.compare import Gold, Outcome, agreement

import lantu
from lantu.model import Plan

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CLEAN = "yunxi-plan.txt"
GRADED = (CLEAN, "yunxi-action-plan.md", "yunxi-work-report.txt")
FORMATS = ("yunxi-plan.docx", "yunxi-plan.html", "yunxi-plan.pdf")
DAMAGED = "yunxi-plan-damaged.txt"


@cache
def compiled(name: str) -> Plan:
    return lantu.compile_file(SAMPLES / name)


@cache
def gold(name: str) -> Gold:
    return Gold(SAMPLES / "gold" / f"{Path(name).stem}.jsonl", (SAMPLES / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", GRADED)
def test_every_quote_of_the_gold_stands_in_the_clean_text(name: str) -> None:
    assert [row["quote"] for row in gold(name).rows if row["quote"] not in gold(name).raw] == []


def test_the_plan_is_as_long_as_real_ones() -> None:
    assert len(re.findall("[一-鿿]", gold(CLEAN).raw)) >= 12_000


@pytest.mark.parametrize("name", GRADED)
def test_figures_are_found(name: str) -> None:
    outcome = gold(name).figures(compiled(name))
    assert outcome.f1 >= 0.95, str(outcome)


@pytest.mark.parametrize(
    ("field", "least"),
    [("unit", 0.97), ("comparator", 0.95), ("year", 0.95), ("measure", 0.9), ("period", 0.9), ("nature", 0.97), ("value_high", 1)],
)
@pytest.mark.parametrize("name", GRADED)
def test_figures_are_told_rightly(name: str, field: str, least: float) -> None:
    share, wrong = agreement(gold(name).figures(compiled(name)), field)
    assert share >= least, "\n".join(wrong)


@pytest.mark.parametrize("name", GRADED)
def test_past_is_told_from_future(name: str) -> None:
    plan = compiled(name)
    future = {target.id for target in plan.targets}
    wrong = [
        row["quote"]
        for row, figure in gold(name).figures(plan).pairs
        if (row["kind"] == "target") != (figure.id in future) and "status" not in row.get("note", "")
    ]
    assert wrong == []


@pytest.mark.parametrize("name", GRADED)
def test_headings_are_found_with_their_levels(name: str) -> None:
    outcome = gold(name).headings(compiled(name))
    wrong = [row["title"] for row, section in outcome.pairs if row["level"] != section.level]
    assert outcome.f1 >= 0.97 and wrong == [], f"{outcome}\nof another level: {wrong}"


def test_zones_are_found_with_all_their_bounds() -> None:
    plan = compiled(CLEAN)
    outcome = gold(CLEAN).named("zone", plan.zones)
    wrong = [row["name"] for row, zone in outcome.pairs if {side: getattr(zone.bounds, side) for side in row["bounds"]} != row["bounds"]]
    assert outcome.f1 >= 0.95 and wrong == [], f"{outcome}\nwith other bounds: {wrong}"


def pooled(kind: str, names: Iterable[str] = GRADED) -> Outcome:
    """What counts as one of these is partly taste, and a short text has few: the documents are measured together."""
    met = [gold(name).named(kind, getattr(compiled(name), f"{kind}s")) for name in names]
    return Outcome(*([item for outcome in met for item in getattr(outcome, part)] for part in ("pairs", "missed", "extra")))


def test_projects_are_found() -> None:
    outcome = pooled("project")
    assert outcome.f1 >= 0.7, str(outcome)


def test_mechanisms_are_found() -> None:
    outcome = pooled("mechanism")
    assert outcome.recall >= 0.7, str(outcome)


def test_actors_are_found() -> None:
    outcome = pooled("actor", GRADED[:2])
    assert outcome.recall >= 0.6, str(outcome)


def figures(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter(
        (figure.subject, figure.comparator, figure.value, figure.value_high, figure.unit, figure.year, figure.period, figure.measure)
        for figure in (*plan.targets, *plan.actuals)
    )


def outline(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter((section.level, section.kind, section.number, section.title) for section in plan.sections)


def areas(plan: Plan) -> Counter[tuple[object, ...]]:
    return Counter((zone.name, zone.bounds) for zone in plan.zones)


def differences(one: Counter[tuple[object, ...]], other: Counter[tuple[object, ...]]) -> list[str]:
    return [*(f"only in the clean text: {item}" for item in one - other), *(f"only in this format: {item}" for item in other - one)]


@pytest.mark.parametrize("told", [figures, outline, areas], ids=["figures", "sections", "zones"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_plan_is_the_same_from_every_format(name: str, told: object) -> None:
    assert differences(told(compiled(CLEAN)), told(compiled(name))) == []


@pytest.mark.parametrize(
    ("told", "most"),
    [
        pytest.param(figures, 8, id="figures"),  # words beside a mark whose bytes are gone; a figure told otherwise counts twice
        pytest.param(outline, 2, id="sections"),
        pytest.param(areas, 0, id="zones"),
    ],
)
def test_damage_costs_little(told: object, most: int) -> None:
    lost = differences(told(compiled(CLEAN)), told(compiled(DAMAGED)))
    assert len(lost) <= most, "\n".join(lost)


def test_no_number_is_changed_by_damage() -> None:
    def numbers(plan: Plan) -> Counter[tuple[object, ...]]:
        return Counter((figure.value, figure.unit) for figure in (*plan.targets, *plan.actuals))

    assert differences(numbers(compiled(CLEAN)), numbers(compiled(DAMAGED))) == []


@pytest.mark.parametrize("name", [CLEAN, *FORMATS, DAMAGED])
def test_the_document_says_what_it_is(name: str) -> None:
    plan = compiled(name)
    told = (plan.document_number, plan.issuer, plan.issued_on, plan.period and (plan.period.start, plan.period.end, plan.period.horizon))
    assert told == ("云溪管发〔2026〕3号", "云溪新区管理委员会", "2026-03-18", (2026, 2030, 2035))


def built(parts: Iterable[str]) -> object:
    for part in parts:
        pytest.importorskip(part, reason=f"{part} is needed only to build the samples anew")
    from samples import build

    return build


def test_the_text_samples_are_what_their_source_makes() -> None:
    texts = built(("opencc", "docx", "reportlab", "fontTools")).texts()
    assert {name: text == (SAMPLES / name).read_text(encoding="utf-8") for name, text in texts.items()} == dict.fromkeys(texts, True)


def test_the_documents_are_what_their_source_makes(tmp_path: Path) -> None:
    """By what a reader takes out of them: the bytes belong to the library that wrote them."""
    documents = built(("opencc", "docx", "reportlab", "fontTools")).documents()
    for name, content in documents.items():
        (tmp_path / name).write_bytes(content)
    assert {name: lantu.compile_file(tmp_path / name).text == compiled(name).text for name in documents} == dict.fromkeys(documents, True)
