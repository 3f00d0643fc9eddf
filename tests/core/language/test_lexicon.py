"""Word lists: what the loader refuses, their look-up and their patterns."""

from __future__ import annotations

import re

import pytest

from lantu.language.lexicon import LexiconError, Words, _checked, alternation, lexicon


@pytest.mark.parametrize("name", ["facilities", "verbs", "mechanisms", "organisations"])
def test_every_list_is_sound(name: str) -> None:
    assert all(lexicon(name).values())


@pytest.mark.parametrize(
    ("value", "why"),
    [
        pytest.param("", "empty", id="nothing"),
        pytest.param("路 桥 路", "stands twice", id="twice"),
        pytest.param(["道,路"], "no word", id="punctuation"),
        pytest.param([3], "no word", id="no text"),
    ],
)
def test_refused(value: object, why: str) -> None:
    with pytest.raises(LexiconError, match=why):
        _checked("x.toml", "heads", value)


_WORDS = ("路", "路网", "公路", "公路网")


def test_the_longest_word_wins_in_a_pattern() -> None:
    assert [match.group() for match in re.finditer(alternation(_WORDS), "公路网与路网、公路")] == ["公路网", "路网", "公路"]


@pytest.mark.parametrize(
    ("text", "at", "ending"),
    [
        pytest.param("云溪公路网", "", "公路网", id="longest at the end"),
        pytest.param("公路网规划", "公路网", "", id="longest at the start"),
        pytest.param("路网", "路网", "路网", id="the whole text"),
        pytest.param("网", "", "", id="shorter than the words that end so"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_words_are_looked_up_at_a_place(text: str, at: str, ending: str) -> None:
    words = Words(_WORDS)
    assert (words.at(text), words.ending(text)) == (at, ending)


def test_every_word_at_a_place_the_longest_first() -> None:
    words = Words(_WORDS)
    assert list(words.each_at("公路网规划")) == ["公路网", "公路"]
    assert list(words.each_at("修公路", 1)) == ["公路"]
    assert list(words.each_ending("云溪公路网")) == ["公路网", "路网"]
