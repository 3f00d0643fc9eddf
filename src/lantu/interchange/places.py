"""Where something stands in a plan: its chapter path, its ordinal and the sentence around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lantu.interchange.typeset import typeset
from lantu.interchange.wording import heading
from lantu.model import Plan, Section, SectionKind, Span

PATH_JOINT = " › "
HEADING_LIMIT = 30  # characters of one heading in a path; run-in headings may be whole sentences
CONTEXT = 60  # characters of its sentence on either side of a quote: enough to understand it by
_SENTENCE_ENDS = "。!?;\n"


class Places:
    """The outline of one plan, asked by section id."""

    def __init__(self, plan: Plan) -> None:
        self._text = plan.text
        self._paths = _paths(plan.sections)
        self._ordinals = _ordinals(plan.sections)
        self._used: Counter[str] = Counter()

    def path(self, section: str | None) -> tuple[Section, ...]:
        """The section and its ancestors, outermost first, without the document title."""
        return self._paths.get(section or "", ())

    def chapter(self, section: str | None) -> Section | None:
        """The outermost section around, None before the first chapter."""
        path = self.path(section)
        return path[0] if path else None

    def label(self, section: str | None) -> str:
        """第二章 产业体系 › 第一节 装备制造业 › 1.壮大龙头企业."""
        return PATH_JOINT.join(typeset(_short(heading(part))) for part in self.path(section))

    def next_serial(self, section: str | None) -> str:
        """A hierarchical serial number, used up by asking: chapter, section, running number within them (3-2-1)."""
        container = self._ordinals.get(section or "", "0" if self._ordinals else "")
        self._used[container] += 1
        return f"{container}-{self._used[container]}" if container else str(self._used[container])

    def sentence(self, span: Span) -> str:
        """The sentence of the canonical text around a span, typeset; empty where the plan came without its text.

        Of a long sentence only what stands near the span, with … where it was cut.
        """
        text, first, stop = self._text, max(0, span.start - CONTEXT), min(len(self._text), span.end + CONTEXT)
        if first >= stop:
            return ""
        start = max(text.rfind(mark, first, span.start) for mark in _SENTENCE_ENDS) + 1
        ends = [at + 1 for mark in _SENTENCE_ENDS if (at := text.find(mark, max(span.end - 1, span.start), stop)) >= 0]
        before = "…" if not start and first else ""
        after = "…" if not ends and stop < len(text) else ""
        return before + typeset(text[start or first : min(ends, default=stop)].strip()) + after


def range_label(span: Span) -> str:
    """[1203, 1256) → 1203–1256."""
    return f"{span.start}–{span.end}"


def _short(text: str) -> str:
    return text if len(text) <= HEADING_LIMIT else text[: HEADING_LIMIT - 1] + "…"


def _paths(sections: tuple[Section, ...]) -> Mapping[str, tuple[Section, ...]]:
    paths: dict[str, tuple[Section, ...]] = {}
    for section in sections:
        above = paths.get(section.parent or "", ())
        paths[section.id] = above if section.kind is SectionKind.TITLE else (*above, section)
    return paths


def _ordinals(sections: tuple[Section, ...]) -> Mapping[str, str]:
    """Section id → ordinals of its chapter and its second level ("3-2"; "3-0" before the first of them, "3" where there is none).

    Ordinals count positions, so that a number printed twice still gives two of them; unnumbered chapters (前言) among numbered
    ones are 0, as they shift nobody's number.
    """
    paths = _paths(sections)
    numbered = any(path and path[0].number for path in paths.values())
    second_levels = {path[0].id for path in paths.values() if len(path) > 1 and path[1].level <= _SECOND_LEVEL}
    ordinals: dict[str, str] = {}
    chapter = second = 0
    for section in sections:
        path = paths[section.id]
        if len(path) == 1:
            chapter, second = chapter + bool(path[0].number or not numbered), 0
        elif len(path) == 2 and section.level <= _SECOND_LEVEL:
            second += 1
        shown = chapter if path and (path[0].number or not numbered) else 0
        ordinals[section.id] = f"{shown}-{second}" if path and path[0].id in second_levels else str(shown)
    return ordinals


_SECOND_LEVEL = 2  # 节 / (一)
