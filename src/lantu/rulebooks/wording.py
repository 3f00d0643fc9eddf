"""The marks by which passages of a plan are told apart (``passages.toml``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook, unique


class PassageKind(NamedTuple):
    """A kind of passage that is deliberately no task, and the words of headings, openings and early sentences that show it."""

    id: str
    name: str
    firm: tuple[str, ...]
    loose: tuple[str, ...]
    openings: tuple[str, ...]
    statements: tuple[str, ...]


class Mood(NamedTuple):
    """Word lists of the mood of a sentence: it orders, recounts or describes."""

    adverbs: tuple[str, ...]
    actions: frozenset[str]
    results: frozenset[str]
    manner: frozenset[str]
    modals: tuple[str, ...]
    past: tuple[str, ...]
    state: tuple[str, ...]


class DutyWords(NamedTuple):
    """Words of the notes that say who answers for a task and by when."""

    labels: tuple[str, ...]
    due: tuple[str, ...]
    verbs: tuple[str, ...]
    standing: tuple[str, ...]


class Wording(NamedTuple):
    kinds: tuple[PassageKind, ...]
    task_headings: tuple[str, ...]
    mood: Mood
    duty: DutyWords


@cache
def wording() -> Wording:
    return read_wording().entries[0]


def read_wording(content: str | None = None) -> Rulebook[Wording]:
    """The one entry of ``passages.toml``, or of ``content``. Raises RulebookError."""
    return read_rulebook("passages.toml", lambda top: (_wording(top),), content)


def _wording(top: Entry) -> Wording:
    kinds = top.entries("kind")
    unique(kinds, "id")
    return Wording(
        kinds=tuple(_kind(entry) for entry in kinds), task_headings=top.texts("task_headings", 2),
        mood=_mood(top.table("mood")), duty=_duty(top.table("duty")),
    )  # fmt: skip


def _kind(entry: Entry) -> PassageKind:
    kind = PassageKind(
        id=entry.text("id"), name=entry.text("name"),
        firm=entry.texts("firm", 2), loose=entry.texts("loose", 2), openings=entry.texts("openings", 2),
        statements=entry.texts("statements", 2),
    )  # fmt: skip
    entry.close()
    return kind


def _mood(entry: Entry) -> Mood:
    mood = Mood(
        adverbs=entry.texts("adverbs"),
        actions=frozenset(entry.texts("actions", 2)),
        results=frozenset(entry.texts("results", 2)),
        manner=frozenset(entry.texts("manner", 2)),
        modals=entry.texts("modals", 2),
        past=entry.texts("past", 2),
        state=entry.texts("state", 2),
    )
    entry.close()
    return mood


def _duty(entry: Entry) -> DutyWords:
    words = DutyWords(**{name: entry.texts(name, 2) for name in DutyWords._fields})
    entry.close()
    return words
