"""Standard bureaus (``units.toml``) and topics of plans (``topics.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook, unique

WEIGHTS = (1, 3)  # 1 weak hint, 3 hardly anything else is meant
SHORTEST_CUE = 2  # one hanzi alone is in half of all words


class UnitKind(StrEnum):
    BUREAU = "bureau"
    PARTY = "party"
    GROUP = "group"
    VERTICAL = "vertical"
    TERRITORY = "territory"


class Topic(NamedTuple):
    id: str
    name: str
    cues: Mapping[str, int]


class Unit(NamedTuple):
    """A bureau as counties usually have it. ``effective`` and ``source`` are the file's unless the entry has its own."""

    id: str
    name: str
    kind: UnitKind
    aliases: tuple[str, ...]
    topics: tuple[str, ...]
    cues: Mapping[str, int]
    effective: date
    source: str


@cache
def topics() -> Rulebook[Topic]:
    return read_topics()


@cache
def units() -> Rulebook[Unit]:
    return read_units()


class Weights(NamedTuple):
    """How words add up to topics and units (``suggestion.toml``)."""

    most_units: int
    words_told: int
    name_weight: int
    title_factor: int
    repeat_limit: int
    least_score: int
    share_of_best: float
    own_topic_bonus: float


@cache
def weights() -> Weights:
    return read_weights().entries[0]


def read_weights(content: str | None = None) -> Rulebook[Weights]:
    """The one entry of ``suggestion.toml``, or of ``content``. Raises RulebookError."""
    return read_rulebook("suggestion.toml", lambda top: (_weights(top.table("weights")),), content)


def _weights(entry: Entry) -> Weights:
    told = {name: entry.number(name, 0, 100) for name in Weights._fields}
    entry.close()
    return Weights(
        most_units=int(told["most_units"]),
        words_told=int(told["words_told"]),
        name_weight=int(told["name_weight"]),
        title_factor=int(told["title_factor"]),
        repeat_limit=int(told["repeat_limit"]),
        least_score=int(told["least_score"]),
        share_of_best=told["share_of_best"],
        own_topic_bonus=told["own_topic_bonus"],
    )


@cache
def stop_words() -> tuple[str, ...]:
    return read_stop_words().entries


def read_stop_words(content: str | None = None) -> Rulebook[str]:
    """The words of ``cue_stops.toml``, or of ``content``, that lead to no topic and no unit. Raises RulebookError."""
    return read_rulebook("cue_stops.toml", lambda top: top.texts("words", SHORTEST_CUE), content)


def read_topics(content: str | None = None) -> Rulebook[Topic]:
    """The topics of the package, or of ``content``. Raises RulebookError."""
    return read_rulebook("topics.toml", _topics, content)


def read_units(content: str | None = None) -> Rulebook[Unit]:
    """The units of the package, or of ``content``, each checked against the topics of the package. Raises RulebookError."""
    return read_rulebook("units.toml", _units, content)


def _topics(top: Entry) -> tuple[Topic, ...]:
    entries = top.entries("topic")
    unique(entries, "id")
    return tuple(_topic(entry) for entry in entries)


def _topic(entry: Entry) -> Topic:
    topic = Topic(id=entry.text("id"), name=entry.text("name"), cues=entry.weights("cues", *WEIGHTS, SHORTEST_CUE))
    entry.close()
    return topic


def _units(top: Entry) -> tuple[Unit, ...]:
    entries = top.entries("unit")
    unique(entries, "id")
    known = {topic.id for topic in topics().entries}
    return tuple(_unit(entry, top, known) for entry in entries)


def _unit(entry: Entry, top: Entry, known: set[str]) -> Unit:
    unit = Unit(
        id=entry.text("id"),
        name=entry.text("name"),
        kind=UnitKind(entry.choice("kind", UnitKind)),
        aliases=entry.texts("aliases", SHORTEST_CUE),
        topics=entry.texts("topics"),
        cues=entry.weights("cues", *WEIGHTS, SHORTEST_CUE),
        effective=(entry if entry.has("effective") else top).day("effective"),
        source=(entry if entry.has("source") else top).text("source"),
    )
    for topic in unit.topics:
        if topic not in known:
            entry.fault("topics", topic, "no such topic; use an id of topics.toml")
    entry.close()
    return unit
