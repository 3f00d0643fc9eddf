"""The benchmark's own texts: the same for the same seed, each another, of the asked length, and plans to the compiler."""

from __future__ import annotations

import re

import pytest
from benchmarks.corpus import chinese, grammar, plan_text

from lantu.compile import compile_document
from lantu.readers import read_bytes
from lantu.text.canonical import canonicalise


def test_the_same_seed_gives_the_same_text_and_another_another() -> None:
    assert plan_text(5, 3_000) == plan_text(5, 3_000)
    assert len({plan_text(seed, 3_000) for seed in range(20)}) == 20


def test_no_two_texts_are_copies_of_one_another() -> None:
    """Of the sentences of one text, fewer than half stand in another."""
    one, other = (set(re.split(r"[。\n]", plan_text(seed))) for seed in (1, 2))
    assert len(one & other) < len(one) / 2


@pytest.mark.parametrize("characters", [2_000, 17_000, 100_000])
def test_a_text_is_about_as_long_as_asked(characters: int) -> None:
    assert characters <= len(plan_text(1, characters)) <= characters * 1.35 + 1_500


def test_every_slot_of_the_grammar_has_its_symbol_and_every_symbol_is_used() -> None:
    slots = {slot for alternatives in grammar().values() for text in alternatives for slot in re.findall(r"\{([^{}\d][^{}]*)\}", text)}
    asked_for = {"chapter", "section", "sentence", "run_in", "indicator_count", *grammar()["sentence"]}
    assert slots - grammar().keys() == set()
    assert grammar().keys() - slots == asked_for - slots


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")])
def test_numbers_of_headings(number: int, words: str) -> None:
    assert chinese(number) == words


def test_a_text_holds_what_a_plan_holds() -> None:
    plan = compile_document(canonicalise(read_bytes(plan_text(4).encode(), "plan.txt")))
    per_ten_thousand = {
        name: len(getattr(plan, name)) * 10_000 / len(plan.text) for name in ("targets", "actuals", "projects", "mechanisms", "sections")
    }
    assert min(per_ten_thousand.values()) > 3
    assert max(per_ten_thousand.values()) < 150
