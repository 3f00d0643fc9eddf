"""The design's own figures: every pair of ink and paper is readable (WCAG AA), in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[3] / "frontend" / "styles" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TEXT, PART = 4.5, 3.0  # of words; of borders of controls and signs

PAPERS = ("paper", "surface", "sunk", "raised")
WORDS = [(ink, paper) for ink in ("ink", "ink-soft", "ink-faint", "blue", "danger") for paper in PAPERS]
WASHES = [(ink, f"{tone}-wash") for tone in ("quiet", "success", "warning", "danger", "blue") for ink in (tone, "ink", "ink-soft")]
CONTROLS = [("line-strong", "surface"), ("line-strong", "paper"), ("focus", "surface"), ("focus", "paper")]
FILLS = ("blue-fill", "blue-fill-deep", "danger-fill", "board")


def colours(theme: int) -> dict[str, str]:
    return {name: both[theme] for name, *both in PAIR.findall(TOKENS.read_text(encoding="utf-8"))}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_are_readable_on_every_paper(theme: int) -> None:
    found = colours(theme)
    faint = {f"{ink} on {paper}": round(contrast(found[ink], found[paper]), 2) for ink, paper in WORDS + WASHES}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_white_words_are_readable_on_every_fill(theme: int) -> None:
    found = colours(theme)
    assert {fill: round(contrast("#ffffff", found[fill]), 2) for fill in FILLS if contrast("#ffffff", found[fill]) < TEXT} == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_borders_of_controls_and_the_focus_are_visible(theme: int) -> None:
    found = colours(theme)
    assert {part: contrast(found[part], found[paper]) for part, paper in CONTROLS if contrast(found[part], found[paper]) < PART} == {}


def test_contrast_is_computed_as_the_guideline_says() -> None:
    assert (contrast("#000000", "#ffffff"), round(contrast("#767676", "#ffffff"), 2)) == (21.0, 4.54)
