"""Read a stretch of misaligned text back: a beam search over what each byte was, scored by the page's own language.

The stretch is a list of tokens (printed characters; ``?`` where a byte pair could not be shown). A state is either aligned or holds
the lead byte of a character whose trail is still to come. Three things start a misaligned run: a pinyin annotation put between the
halves of two characters, a cut at the bytes of a mark inside two characters, and nothing else; it ends at an ASCII trail, at a key whose
annotation ate its trail, or at a true mark.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from lantu.text.gbk import MARK_BYTES, pair_of, vanishing_after, vanishing_leads, with_trail
from lantu.text.pagemodel import PageModel, simplified

_BEAM = 24  # hypotheses kept a token
_WIDE_BEAM = 130  # after a cut, whose first character only the next one tells
_HISTORIES = 2  # of those that agree on state and context
_VANISHED_HYPOTHESES = 3  # of them for which a vanished pair is tried
_BRANCHES = 12  # readings kept where bytes are unknown
_MANY = 400  # readings of what follows a vanished pair, above which fewer readings of what precedes it are tried
_FIRSTS, _FEW_FIRSTS = 12, 5
_SETTLED = 6  # aligned characters after which a stretch is over

# Log-probabilities of what the damage does (shares counted in one long page, rounded).
_CUT = -1.5
_VANISHED = -0.5
_EATEN_ASCII = -2.0
_UNKNOWN_SIGN = -5.0  # a digit or sign that nothing tells: left standing as "?"
_FOREIGN_KEY = -3.0  # an annotated pair that the page annotates nowhere else
_LEFT_STANDING = -9.0  # a true question mark
_UNPAIRED = -4.0  # a bracket or quote closed that was not open, or opened twice
_PAIRED = 2.5  # one closed that was open: nothing that counts three characters sees it coming

_CLOSERS = {"”": "“", "》": "《", ")": "(", "’": "‘"}
_OPENERS = frozenset(_CLOSERS.values())


class Token(NamedTuple):
    """A printed character at raw [start, end), which takes in the annotation after it; ``reading`` of "?jié)"."""

    shown: str
    start: int
    end: int
    reading: str | None = None


class Emitted(NamedTuple):
    """What a move made: the text of tokens[first:last), read in a ``shifted`` stretch or not, with ``unknown`` bytes guessed."""

    text: str
    first: int
    last: int
    shifted: bool
    unknown: int
    parent: Emitted | None


class State(NamedTuple):
    score: float
    pending: int | None  # the lead byte that waits for its trail
    before: str
    last: str
    open: str  # openers not yet closed
    trace: Emitted | None
    at: int
    calm: int  # aligned tokens since the last repair or question mark; -1 before the first


class Completion(NamedTuple):
    """A token as the end of a character: with this lead it makes ``shown``; then ``pending`` waits (None: aligned again)."""

    shown: str
    pending: int | None
    unknown: int
    cost: float


class Reading(NamedTuple):
    """The best reading of tokens[first:end), and by how many nats it beats leaving all as it stands and any other reading."""

    end: int
    emitted: tuple[Emitted, ...]
    gain: float
    margin: float


class Realigner:
    """``keys``: pinyin → the characters it may annotate; ``own``: those that this page annotates."""

    def __init__(self, model: PageModel, keys: Mapping[str, str], own: frozenset[str]) -> None:
        self.model, self.keys, self.own = model, keys, own

    def read(self, tokens: Sequence[Token], first: int) -> Reading:
        """From the aligned token ``first`` (before a ``?``) until the text has settled again or the tokens end."""
        buckets: dict[int, list[State]] = {first: [_beginning(tokens, first)]}
        at = first
        while at < len(tokens):
            states = _pruned(buckets.pop(at, []))
            if states and states[0].calm >= _SETTLED and not _question_near(tokens, at):
                buckets[at] = states
                break
            self._advance(tokens, states, buckets)
            at += 1
        return self._concluded(tokens, first, at, _pruned(buckets.get(at, [])))

    def _concluded(self, tokens: Sequence[Token], first: int, end: int, states: list[State]) -> Reading:
        ends = [(state.score, _unwound(state)) for state in states if state.pending is None]
        if not ends:
            return Reading(end, (), 0.0, 0.0)
        best, emitted = ends[0]
        words = "".join(each.text for each in emitted)
        others = [score for score, other in ends if "".join(each.text for each in other) != words]
        return Reading(end, emitted, best - self._standing(tokens, first, end), best - max(others, default=-math.inf))

    def _standing(self, tokens: Sequence[Token], first: int, end: int) -> float:
        """The score of tokens[first:end) read as they stand."""
        state = _beginning(tokens, first)
        for token in tokens[first:end]:
            state = self._stand(token, state)
        return state.score

    def _advance(self, tokens: Sequence[Token], states: list[State], buckets: dict[int, list[State]]) -> None:
        """Every move from ``states``, which all stand at one token."""
        if not states:
            return
        at = states[0].at
        completions = self._completions(tokens, at) if any(state.pending is not None for state in states) else {}
        seen = {lead: [each for each in ends if each.shown[0] in self.model.printed] for lead, ends in completions.items()}
        for rank, state in enumerate(states):
            if state.pending is None:
                moves: Iterable[State] = self._aligned(tokens, state)
            else:
                moves = _best(self._completed(state, each) for each in completions.get(state.pending, ()))
                if rank < _VANISHED_HYPOTHESES:
                    moves += self._vanished(state, seen)
            for move in moves:
                buckets.setdefault(move.at, []).append(move)

    def _aligned(self, tokens: Sequence[Token], state: State) -> Iterator[State]:
        yield self._stand(tokens[state.at], state)
        if tokens[state.at].shown == "?":
            yield from self._across(tokens, state) if tokens[state.at].reading else self._cut(tokens, state)

    def _stand(self, token: Token, state: State) -> State:
        """The token is what it shows."""
        if token.shown == "?":
            cost = _LEFT_STANDING * (2 if token.reading else 1)
        else:
            cost = self.model.score(state.before, state.last, token.shown)
        paired, still_open = _pairing(state.open, token.shown)
        trace = Emitted(token.shown, state.at, state.at + 1, False, 0, state.trace)
        calm = 0 if token.shown == "?" else state.calm + (state.calm >= 0)
        return State(state.score + cost + paired, None, state.last, simplified(token.shown), still_open, trace, state.at + 1, calm)

    def _emit(self, state: State, text: str, pending: int | None, *, tokens: int = 1, unknown: int = 0, cost: float = 0.0) -> State:
        score, before, last, still_open = state.score + cost, state.before, state.last, state.open
        for shown in text:
            paired, still_open = _pairing(still_open, shown)
            score += (_UNKNOWN_SIGN if shown == "?" else self.model.score(before, last, shown)) + paired
            before, last = last, simplified(shown)
        trace = Emitted(text, state.at, state.at + tokens, True, unknown, state.trace)
        return State(score, pending, before, last, still_open, trace, state.at + tokens, 0)

    def _across(self, tokens: Sequence[Token], state: State) -> Iterator[State]:
        """c0?jié): the annotation stands after a pair whose first byte ends c0; its second is the lead of what follows."""
        before = pair_of(tokens[state.at - 1].shown) if state.at else None
        for key in self.keys.get(tokens[state.at].reading or "", "") if before else ():
            pair = pair_of(key)
            if pair and before and pair[0] == before[1] and pair[1] >= 0x81:
                yield self._emit(state, "", pair[1], cost=self._key_cost(key))

    def _key_cost(self, key: str) -> float:
        return 0.0 if key in self.own else _FOREIGN_KEY

    def _cut(self, tokens: Sequence[Token], state: State) -> list[State]:
        """?; — the text was cut inside two characters: the lead before the mark is unknown, the mark's second byte leads on."""
        if state.at + 1 == len(tokens) or tokens[state.at + 1].shown not in MARK_BYTES:
            return []
        first, second = MARK_BYTES[tokens[state.at + 1].shown]
        return [self._emit(state, shown, second, tokens=2, unknown=1, cost=_CUT) for _, shown in with_trail(first)]

    def _completions(self, tokens: Sequence[Token], at: int) -> dict[int, list[Completion]]:
        """What the token at ``at`` makes of every lead that may wait for its trail."""
        found: dict[int, list[Completion]] = {}
        for lead, completion in self._completing(tokens, at):
            found.setdefault(lead, []).append(completion)
        return found

    def _completing(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Completion]]:
        token = tokens[at]
        if token.reading:
            # The annotation ate the trail of its own key.
            for key in self.keys.get(token.reading, ""):
                if pair := pair_of(key):
                    yield pair[0], Completion(key, None, 0, self._key_cost(key))
            return
        for trail, following in _pairs(token.shown):
            # The printed pair is the trail of one character and the lead of the next; a lead below 0x80 is a letter by itself.
            letter = chr(following) if following < 0x80 else ""
            for lead, shown in with_trail(trail):
                yield lead, Completion(shown + letter, following if not letter else None, 0, 0.0)
        if token.shown == "?":
            yield from self._ending(tokens, at)
        elif token.shown.isascii() and token.shown >= "@":
            yield from ((lead, Completion(shown, None, 0, 0.0)) for lead, shown in with_trail(ord(token.shown)))

    def _ending(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Completion]]:
        """``?``: a lead whose trail was lost at a true mark or at the line's end, or that ate an ASCII sign with it."""
        at_mark = at + 1 == len(tokens) or tokens[at + 1].shown in MARK_BYTES
        for shown in self.model.printed:
            if pair := pair_of(shown):
                yield pair[0], Completion(shown, None, 1, _CUT) if at_mark else Completion(shown + "?", None, 2, _EATEN_ASCII)

    def _completed(self, state: State, end: Completion) -> State:
        return self._emit(state, end.shown, end.pending, unknown=end.unknown, cost=end.cost)

    def _vanished(self, state: State, completions: Mapping[int, list[Completion]]) -> list[State]:
        """Before the token two bytes are gone: the trail of the pending lead's character and the lead of the token's."""
        score, follows, last = self.model.score, self.model.follows, state.last
        firsts = [
            (math.exp(score(state.before, last, shown)), trail, shown)
            for trail, shown in vanishing_leads(state.pending or 0)
            if shown in self.model.printed
        ]
        many = sum(map(len, completions.values())) > _MANY
        options = []
        for chance, trail, shown in nlargest(_FEW_FIRSTS if many else _FIRSTS, firsts):
            context = simplified(shown)
            for lead in vanishing_after(trail) & completions.keys():
                options += [(chance * follows(context, end.shown[0]), shown, end) for end in completions[lead]]
        return [
            self._emit(state, shown + end.shown, end.pending, unknown=2 + end.unknown, cost=end.cost + _VANISHED)
            for _, shown, end in nlargest(_BRANCHES, options, key=itemgetter(0))
        ]


def _best(options: Iterable[State]) -> list[State]:
    return sorted(options, key=lambda state: -state.score)[:_BRANCHES]


def _pruned(states: list[State]) -> list[State]:
    """The best states, few of those that will go on alike, best first."""
    kept: list[State] = []
    limit = _WIDE_BEAM if any(state.trace and state.trace.last - state.trace.first > 1 for state in states) else _BEAM
    alike: dict[tuple[int | None, str, str], int] = {}
    for state in sorted(states, key=lambda each: -each.score):
        key = (state.pending, state.before, state.last)
        if alike.get(key, 0) < _HISTORIES:
            alike[key] = alike.get(key, 0) + 1
            kept.append(state)
            if len(kept) == limit:
                break
    return kept


def _pairs(shown: str) -> Iterator[tuple[int, int]]:
    """The bytes of a printed character: its own, or those of the full-width form of printed ASCII."""
    if shown.isascii():
        if "!" <= shown <= "~":
            yield 0xA3, ord(shown) + 0x80
    elif pair := pair_of(shown):
        yield pair


def _pairing(still_open: str, shown: str) -> tuple[float, str]:
    """What the text so far says of a bracket or quote, and what is open after it."""
    if shown in _OPENERS:
        return (_UNPAIRED if shown in still_open else 0.0), still_open + shown
    opener = _CLOSERS.get(shown)
    if opener is None:
        return 0.0, still_open
    at = still_open.rfind(opener)
    return (_PAIRED, still_open[:at]) if at >= 0 else (_UNPAIRED, still_open)


def _beginning(tokens: Sequence[Token], first: int) -> State:
    still_open = ""
    for token in tokens[:first]:
        _, still_open = _pairing(still_open, token.shown)
    before = ["\n", "\n", *(simplified(token.shown) for token in tokens[max(0, first - 2) : first])]
    return State(0.0, None, before[-2], before[-1], still_open, None, first, -1)


def _question_near(tokens: Sequence[Token], at: int) -> bool:
    return any(token.shown == "?" for token in tokens[at : at + _SETTLED])


def _unwound(state: State) -> tuple[Emitted, ...]:
    chain, each = [], state.trace
    while each is not None:
        chain.append(each)
        each = each.parent
    return tuple(reversed(chain))
