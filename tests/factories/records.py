"""Hypothesis strategies for the records of ``lantu.model``, made from their field types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from lantu.model import Plan, Repairs, Span

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
POSITIONS = st.integers(min_value=0, max_value=10**7)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(min_value=-(2**53), max_value=2**53),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Span: st.tuples(POSITIONS, POSITIONS).map(lambda pair: Span(*sorted(pair))),
}


@cache
def records(kind: type) -> st.SearchStrategy[Any]:
    """Any record of this class, with fields of every shape that its types allow."""
    if kind is Repairs:
        counts = st.dictionaries(TEXTS.filter(lambda name: name != "losses"), POSITIONS, max_size=3)
        return st.builds(Repairs, counts=counts, losses=_values(get_type_hints(Repairs)["losses"]))
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _values(hints[field.name]) for field in fields(kind)})


def plans() -> st.SearchStrategy[Plan]:
    return records(Plan)


def _values(kind: Any) -> st.SearchStrategy[Any]:
    if get_origin(kind) is UnionType:
        (inner,) = (arg for arg in get_args(kind) if arg is not NoneType)
        return st.none() | _values(inner)
    if get_origin(kind) is tuple:
        return st.lists(_values(get_args(kind)[0]), max_size=2).map(tuple)
    if get_origin(kind) is Mapping:
        return st.dictionaries(TEXTS, _values(get_args(kind)[1]), max_size=2)
    if is_dataclass(kind):
        return records(kind)
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    return _PLAIN[kind]
