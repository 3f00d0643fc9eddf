"""How targets are cut into years, due dates into nodes, and how earlier decisions weigh (``breakdown.toml``)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from lantu.rulebooks.loader import Entry, Rulebook, read_rulebook, unique


class PathRules(NamedTuple):
    """``tolerance`` is a share of the target that rounding may cost."""

    most_decimals: float
    tolerance: float


class KindWords(NamedTuple):
    sync: tuple[str, ...]
    external: tuple[str, ...]
    cap: tuple[str, ...]
    floor: tuple[str, ...]
    countable: tuple[str, ...]
    percent: tuple[str, ...]
    multiples: tuple[str, ...]


class LeftOut(NamedTuple):
    """Why something is not decomposed, as it is proposed."""

    anticipatory: str


class Stage(NamedTuple):
    """``share`` of the time from the start to the due date."""

    id: str
    share: float
    text: str


class NodeRules(NamedTuple):
    least_days: int
    snap_days: int
    figure: str
    level: str
    reduction: str
    hold_floor: str
    hold_cap: str
    growth: str


class LeadRules(NamedTuple):
    shortest: float
    longest: float
    most_decisions: float
    least_decisions: float
    least_share: float
    most_common: float
    common_from: float
    smoothing: float
    words_told: float
    most_units: float
    least_score: float


class Breakdown(NamedTuple):
    path: PathRules
    kinds: KindWords
    left_out: LeftOut
    stages: tuple[Stage, ...]
    nodes: NodeRules
    leads: LeadRules


@cache
def breakdown() -> Breakdown:
    return read_breakdown().entries[0]


def read_breakdown(content: str | None = None) -> Rulebook[Breakdown]:
    """The one entry of ``breakdown.toml``, or of ``content``. Raises RulebookError."""
    return read_rulebook("breakdown.toml", lambda top: (_breakdown(top),), content)


def _breakdown(top: Entry) -> Breakdown:
    return Breakdown(
        path=_path(top.table("path")), kinds=_kinds(top.table("kinds")), left_out=_left_out(top.table("left_out")), stages=_stages(top),
        nodes=_nodes(top.table("nodes")), leads=_leads(top.table("leads")),
    )  # fmt: skip


def _path(entry: Entry) -> PathRules:
    rules = PathRules(most_decimals=entry.number("most_decimals", 0, 6), tolerance=entry.number("tolerance", 0, 0.1))
    entry.close()
    return rules


def _kinds(entry: Entry) -> KindWords:
    words = KindWords(**{name: entry.texts(name) for name in KindWords._fields})
    entry.close()
    return words


def _left_out(entry: Entry) -> LeftOut:
    reasons = LeftOut(anticipatory=entry.text("anticipatory"))
    entry.close()
    return reasons


def _stages(top: Entry) -> tuple[Stage, ...]:
    entries = top.entries("stage")
    unique(entries, "id")
    stages: list[Stage] = []
    for entry in entries:
        stage = Stage(id=entry.text("id"), share=entry.number("share", 0, 1), text=entry.text("text"))
        if stages and stage.share <= stages[-1].share:
            entry.fault("share", stage.share, "write the stages in the order of their shares")
        entry.close()
        stages.append(stage)
    return tuple(stages)


def _nodes(entry: Entry) -> NodeRules:
    texts = {name: entry.text(name) for name in NodeRules._fields if not name.endswith("_days")}
    rules = NodeRules(least_days=int(entry.number("least_days", 1, 92)), snap_days=int(entry.number("snap_days", 1, 3660)), **texts)
    entry.close()
    return rules


def _leads(entry: Entry) -> LeadRules:
    rules = LeadRules(**{name: entry.number(name, 0, 100_000) for name in LeadRules._fields})
    entry.close()
    return rules
