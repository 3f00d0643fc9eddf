"""Records found by their place: what stands in a stretch of the text."""

from __future__ import annotations

import pytest

from lantu.compile.measures import Placed

PLACED = Placed.of([(30, "actor-2"), (10, "actor-1"), (20, "actor-2")])


@pytest.mark.parametrize(
    ("start", "end", "ids"),
    [
        pytest.param(0, 40, ("actor-1", "actor-2"), id="named twice, told once, in the order of the text"),
        pytest.param(20, 30, ("actor-2",), id="the end is not inside"),
        pytest.param(31, 40, (), id="nothing there"),
    ],
)
def test_what_stands_in_a_stretch(start: int, end: int, ids: tuple[str, ...]) -> None:
    assert PLACED.within(start, end) == ids
