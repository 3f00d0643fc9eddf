"""What the findings say and where they draw the line (``findings.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import NamedTuple

from lantu.model import Severity
from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook, unique


class FindingRule(NamedTuple):
    """``words`` are the names in braces that the message needs."""

    code: str
    severity: Severity
    message: str
    words: frozenset[str]


class Limits(NamedTuple):
    most_per_code: float
    duplicate_length: float
    percent_tolerance: float
    years_after_end: float
    longest_count: float
    quote_length: float
    examples: float
    name_likeness: float
    shortest_indicator: float


class IndicatorWords(NamedTuple):
    falling: tuple[str, ...]
    shares: tuple[str, ...]
    not_shares: tuple[str, ...]
    unitless: tuple[str, ...]


class Review(NamedTuple):
    rules: Mapping[str, FindingRule]
    limits: Limits
    indicators: IndicatorWords


@cache
def review() -> Review:
    return read_review().entries[0]


def read_review(content: str | None = None) -> Rulebook[Review]:
    """The one entry of ``findings.toml``, or of ``content``. Raises RulebookError."""
    return read_rulebook("findings.toml", lambda top: (_review(top),), content)


def _review(top: Entry) -> Review:
    entries = top.entries("finding")
    unique(entries, "code")
    rules = [_rule(entry) for entry in entries]
    return Review(
        rules={rule.code: rule for rule in rules}, limits=_limits(top.table("limits")), indicators=_indicators(top.table("indicators"))
    )


def _rule(entry: Entry) -> FindingRule:
    code, severity, message = entry.text("code"), Severity(entry.choice("severity", Severity)), entry.text("message")
    entry.close()
    return FindingRule(code=code, severity=severity, message=message, words=_words(entry, message))


def _words(entry: Entry, message: str) -> frozenset[str]:
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(message) if name is not None)
    except ValueError:
        entry.fault("message", message, "write each brace pair as {name}")
        return frozenset()


def _limits(entry: Entry) -> Limits:
    limits = Limits(**{name: entry.number(name, 0, 1000) for name in Limits._fields})
    entry.close()
    return limits


def _indicators(entry: Entry) -> IndicatorWords:
    words = IndicatorWords(**{name: entry.texts(name) for name in IndicatorWords._fields})
    entry.close()
    return words
