"""A pattern that is compiled when it is first used is a pattern all the same."""

from __future__ import annotations

import importlib
import pkgutil
import re
from types import ModuleType

import pytest

import lantu
from lantu.patterns import regex

EXTRA = {"lantu.readers.ocr"}  # needs packages that not everyone has


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(lantu.__path__, "lantu.")
    return [importlib.import_module(one.name) for one in found if one.name not in EXTRA and not one.name.endswith("__main__")]


def test_every_pattern_of_the_library_can_be_compiled() -> None:
    pending = [value for module in modules() for value in vars(module).values() if type(value).__module__ == "lantu.patterns"]
    assert len(pending) > 100
    for one in pending:
        assert one.pattern and one.groups >= 0


def test_it_does_what_the_compiled_pattern_does() -> None:
    found = regex(r"(?P<number>\d+)年", re.ASCII)
    match = found.search("到2025年")
    assert match is not None and match["number"] == "2025"
    assert found.sub("", "2024年2025年") == "" and found.fullmatch("2025") is None
    assert (found.pattern, found.groups, found.flags & re.ASCII) == (r"(?P<number>\d+)年", 1, re.ASCII)


def test_it_has_nothing_that_a_pattern_has_not() -> None:
    with pytest.raises(AttributeError):
        _ = regex("年").years  # type: ignore[attr-defined]
