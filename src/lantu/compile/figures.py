"""Quantified targets and actuals."""

from __future__ import annotations

from lantu.compile.reading import Reading
from lantu.model import Figure


def read_figures(reading: Reading) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    return (), ()
