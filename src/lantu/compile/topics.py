"""The topic of a stretch of the plan and the bureaus that usually lead such work, each with the words that led there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from lantu.model import Span, SuggestedUnit
from lantu.rulebooks.organs import Topic, Unit, stop_words, topics, units, weights

Leads = tuple[tuple[int, int], ...]  # (index of a topic or unit, weight)


class CueTable(NamedTuple):
    """All words of both rulebooks, and where each leads.

    ``finder`` tells a word by its index in ``words``. ``leads`` holds for each word its (topic index, weight) and its
    (unit index, weight) pairs.
    """

    topics: tuple[Topic, ...]
    units: tuple[Unit, ...]
    words: tuple[str, ...]
    finder: AhoCorasick
    leads: dict[str, tuple[Leads, Leads]]


class Cues(NamedTuple):
    """The cue words of one text in its order; ``starts`` and ``words`` run parallel."""

    starts: tuple[int, ...]
    words: tuple[str, ...]

    def within(self, span: Span) -> tuple[str, ...]:
        low = bisect_left(self.starts, span.start)
        return self.words[low : bisect_left(self.starts, span.end, low)]

    def outside(self, spans: Sequence[Span]) -> Cues:
        """Without those that begin in one of the spans (in order)."""
        starts: list[int] = []
        words: list[str] = []
        at = 0
        for span in spans:
            low = bisect_left(self.starts, span.start, at)
            starts += self.starts[at:low]
            words += self.words[at:low]
            at = bisect_left(self.starts, span.end, low)
        return Cues((*starts, *self.starts[at:]), (*words, *self.words[at:]))


class Judgement(NamedTuple):
    topic: str | None
    units: tuple[SuggestedUnit, ...]


@cache
def cue_table() -> CueTable:
    """The table of the package's own rulebooks."""
    return make_cue_table(topics().entries, units().entries, stop_words())


def make_cue_table(known_topics: tuple[Topic, ...], known_units: tuple[Unit, ...], stops: Iterable[str] = ()) -> CueTable:
    """``stops`` are words that lead nowhere and keep others from being found across their edge (国家|政策 holds no 家政)."""
    to_topics: dict[str, Leads] = {}
    to_units: dict[str, Leads] = {}
    for index, topic in enumerate(known_topics):
        for word, weight in topic.cues.items():
            to_topics[word] = (*to_topics.get(word, ()), (index, weight))
    for index, unit in enumerate(known_units):
        for word, weight in unit.cues.items():
            to_units[word] = (*to_units.get(word, ()), (index, weight))
    leads = {word: (_inherited(word, to_topics), _inherited(word, to_units)) for word in to_topics.keys() | to_units.keys()}
    for index, unit in enumerate(known_units):
        leads |= dict.fromkeys((unit.name, *unit.aliases), ((), ((index, weights().name_weight),)))
    leads = dict.fromkeys(stops, ((), ())) | leads
    words = tuple(leads)
    return CueTable(known_topics, known_units, words, AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), leads)


def _inherited(word: str, known: dict[str, Leads]) -> Leads:
    """Where the word leads; where it is not listed itself, its longest listed part (污水处理厂 speaks as 污水处理 does)."""
    size = len(word)
    parts = (word[at : at + length] for length in range(size, 1, -1) for at in range(size - length + 1))
    return next((known[part] for part in parts if part in known), ())


def find_cues(text: str, table: CueTable | None = None, start: int = 0) -> Cues:
    """Every cue word of the text from ``start`` on, the longest at each place, without overlaps."""
    known = table or cue_table()
    words, found = known.words, known.finder.find_matches_as_indexes(text[start:])
    return Cues(tuple([start + at for _, at, _ in found]), tuple([words[index] for index, _, _ in found]))


def judge(cues: Cues, body: Span, title: Span | None = None, around: Iterable[Span] = (), table: CueTable | None = None) -> Judgement:
    """The topic and the units of ``body``; ``title`` is its heading, ``around`` the headings above it (they speak for the topic only)."""
    known = table or cue_table()
    leads, counts = known.leads, _counts(cues, body, title)
    topic_scores: dict[int, int] = {}
    unit_scores: dict[int, int] = {}
    for word, times in counts.items():
        to_topics, to_units = leads[word]
        for index, weight in to_topics:
            topic_scores[index] = topic_scores.get(index, 0) + weight * times
        for index, weight in to_units:
            unit_scores[index] = unit_scores.get(index, 0) + weight * times
    for span in around:
        for word in cues.within(span):
            for index, weight in leads[word][0]:
                topic_scores[index] = topic_scores.get(index, 0) + weight
    topic = _best(topic_scores, known.topics)
    return Judgement(topic.name if topic else None, _units(unit_scores, counts, topic, known) if unit_scores else ())


def _counts(cues: Cues, body: Span, title: Span | None) -> dict[str, int]:
    """How often each word speaks, in the order of the text: again and again no more than so often, in the title more."""
    rules, counts = weights(), dict[str, int]()
    limit = rules.repeat_limit
    for word in cues.within(body):
        times = counts.get(word, 0)
        if times < limit:
            counts[word] = times + 1
    if title is not None:
        bonus = rules.title_factor - (body.start <= title.start < body.end)
        for word in cues.within(title):
            counts[word] = counts.get(word, 0) + bonus
    return counts


def named_units(names: Iterable[str]) -> tuple[SuggestedUnit, ...]:
    """The standard bureaus that the plan itself names as those who answer (市教育局 → 教育和体育局), each with its printed name."""
    known = _units_by_name()
    named: dict[str, str] = {}
    for name in names:
        unit = next((known[name[at:]] for at in range(len(name) - 1) if name[at:] in known), None)
        if unit is not None:
            named.setdefault(unit, name)
    return tuple(SuggestedUnit(unit=unit, reason=f"“{name}”") for unit, name in named.items())[: weights().most_units]


@cache
def _units_by_name() -> dict[str, str]:
    return {name: unit.name for unit in units().entries for name in (unit.name, *unit.aliases)}


def _best(scores: dict[int, int], known: tuple[Topic, ...]) -> Topic | None:
    """The topic with the highest score, the first of equals; None where nothing speaks clearly for any."""
    best = max(scores.values(), default=0)
    return known[min([index for index, score in scores.items() if score == best])] if best >= weights().least_score else None


def _units(scores: dict[int, int], counts: dict[str, int], topic: Topic | None, table: CueTable) -> tuple[SuggestedUnit, ...]:
    own, known, rules = topic.id if topic else None, table.units, weights()
    least_score, share, bonus = rules.least_score, rules.share_of_best, rules.own_topic_bonus
    promising = max(least_score, share * max(scores.values())) / bonus  # with less no bonus helps
    weighed = [
        (-score * (bonus if own in known[index].topics else 1), index) for index, score in scores.items() if score >= promising
    ]
    weighed.sort()  # equals stay in the order of the list
    least = max(least_score, share * -weighed[0][0]) if weighed else 0
    ranked = [index for score, index in weighed[: rules.most_units] if -score >= least]
    reasons = _reasons(ranked, counts, table)
    return tuple([SuggestedUnit(unit=known[index].name, reason=reason) for index, reason in reasons.items()])


def _reasons(ranked: Sequence[int], counts: dict[str, int], table: CueTable) -> dict[int, str]:
    """For each unit the weightiest words of the plan that led to it, as “…”“…”; equal weights in the order of the text."""
    led: dict[int, list[tuple[int, str]]] = {index: [] for index in ranked}
    leads = table.leads
    for word, times in counts.items() if led else ():
        for index, weight in leads[word][1]:
            if index in led:
                led[index].append((-weight * times, word))
    for words in led.values():
        words.sort(key=itemgetter(0))
    return {index: "".join([f"“{word}”" for _, word in words[: weights().words_told]]) for index, words in led.items()}
