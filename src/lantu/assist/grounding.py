"""A candidate → a record whose every word stands in the section, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lantu.language.numerals import ARABIC, CHINESE, parse_arabic, parse_chinese
from lantu.language.units import to_base
from lantu.model import Anchor, Comparator, Figure, FigurePeriod, MeasureKind, Mechanism, Project, Span
from lantu.patterns import regex
from lantu.text.document import Document

_NUMBER = regex(rf"({ARABIC})|({CHINESE})")
_WORDS = 300  # no quote, subject or name of a plan is longer


class MalformedError(Exception):
    """The candidate is not of the shape that was asked for."""


class UngroundedError(Exception):
    """Words of the candidate do not stand where they should."""


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of the canonical text that was asked about."""

    document: Document
    section: str | None
    span: Span

    @property
    def text(self) -> str:
        return self.document.text[self.span.start : self.span.end]

    def ground(self, quote: str) -> Anchor:
        """Where the quote stands; its first place where it stands twice."""
        at = self.document.text.find(quote, self.span.start, self.span.end)
        if at < 0:
            raise UngroundedError
        return self.document.anchor(at, at + len(quote))


def ground_figure(window: Window, candidate: Any, identifier: str) -> tuple[str, Figure]:
    """("target" or "actual", the figure). Raises MalformedError or UngroundedError."""
    fields = _fields(candidate)
    quote, subject, number = (_words(fields, name) for name in ("quote", "subject", "number"))
    unit, status = _words(fields, "unit", empty=True), fields.get("status")
    if status not in ("target", "actual"):
        raise MalformedError
    anchor, comparator = window.ground(quote), _member(Comparator, fields.get("comparator", "="))
    high = _words(fields, "number_high") if fields.get("number_high") is not None else None
    if subject not in window.text or (comparator is Comparator.RANGE) is not (high is not None):
        raise UngroundedError
    value, value_high = _value(quote, number, unit), _value(quote, high, unit) if high else None
    base, base_high = to_base(value, unit), to_base(value_high, unit) if value_high is not None else None
    figure = Figure(
        id=identifier,
        section=window.section,
        subject=subject,
        comparator=comparator,
        value=value,
        value_high=value_high,
        unit=unit,
        value_si=base[0] if base else None,
        value_high_si=base_high[0] if base_high else None,
        unit_si=base[1] if base else None,
        year=_year(window, fields.get("year")),
        period=_member(FigurePeriod, fields["period"]) if fields.get("period") is not None else None,
        measure=_member(MeasureKind, fields.get("measure", "level")),
        doubt=window.document.doubt_at(*anchor.span),
        quote=quote,
        span=anchor.span,
        raw_span=anchor.raw_span,
    )
    return status, figure


def ground_project(window: Window, candidate: Any, identifier: str) -> Project:
    """The project; its stage and money are not asked for. Raises MalformedError or UngroundedError."""
    fields = _fields(candidate)
    anchor, name, verb = _named(window, fields)
    return Project(
        id=identifier, section=window.section, name=name, verb=verb, stage=None, investment=None, span=anchor.span, raw_span=anchor.raw_span
    )


def ground_mechanism(window: Window, candidate: Any, identifier: str) -> Mechanism:
    """The mechanism. Raises MalformedError or UngroundedError."""
    fields = _fields(candidate)
    anchor, name, verb = _named(window, fields)
    what = _words(fields, "what", empty=True)
    if what not in window.text:
        raise UngroundedError
    return Mechanism(id=identifier, section=window.section, name=name, verb=verb, what=what, span=anchor.span, raw_span=anchor.raw_span)


def _named(window: Window, fields: Mapping[str, Any]) -> tuple[Anchor, str, str]:
    quote, name, verb = _words(fields, "quote"), _words(fields, "name"), _words(fields, "verb", empty=True)
    anchor = window.ground(quote)
    if name not in quote or verb not in quote:
        raise UngroundedError
    return anchor, name, verb


def _fields(candidate: Any) -> Mapping[str, Any]:
    if not isinstance(candidate, dict):
        raise MalformedError
    return candidate


def _words(fields: Mapping[str, Any], name: str, *, empty: bool = False) -> str:
    words = fields.get(name, "" if empty else None)
    if not isinstance(words, str) or len(words) > _WORDS or not (empty or words.strip()) or "\n" in words:
        raise MalformedError
    return words


def _member(kind: Any, value: Any) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise MalformedError from None


def _value(quote: str, number: str, unit: str) -> float:
    """The value of a number that stands whole in the quote, with its unit behind it."""
    for match in _NUMBER.finditer(quote):
        if match[0] == number and unit in quote[match.end() :]:
            value = parse_arabic(number) if match[1] else parse_chinese(number)
            if value is not None:
                return value
    raise UngroundedError


def _year(window: Window, year: Any) -> int | None:
    """The year where the section prints it; absent means not found."""
    plausible = isinstance(year, int) and not isinstance(year, bool) and 1900 <= year <= 2100
    return year if plausible and f"{year}" in window.text else None
