"""Word lists: what the loader refuses, and the tries made of them."""

from __future__ import annotations

import re

import pytest

from lantu.language.lexicon import LexiconError, _checked, alternation, ending, lexicon


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


def test_the_longest_word_wins() -> None:
    words = ("路", "路网", "公路", "公路网")
    assert [match.group() for match in re.finditer(alternation(words), "公路网与路网、公路")] == ["公路网", "路网", "公路"]
    match = re.match(ending(words), "云溪公路网"[::-1])
    assert match is not None
    assert match.group()[::-1] == "公路网"
