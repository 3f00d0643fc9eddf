"""Why the library proposes what it proposes, in words for the officer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lantu.breakdown.kinds import Because, Told
from lantu.breakdown.paths import Lack, Path
from lantu_web.bridge.leads import Ground

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

GROUNDS: Mapping[Ground, _StrPromise] = MappingProxyType(
    {
        Ground.NAMED: _("The plan names it"),
        Ground.WITH_PARENT: _("Leads the task above"),
        Ground.LEARNT: _("Decided so before"),
        Ground.USUAL: _("Usual for such work"),
    }
)
_BECAUSE: Mapping[Because, _StrPromise] = MappingProxyType(
    {
        Because.WORDS: _("The plan says “%(words)s”."),
        Because.NO_NUMBER: _("The plan gives no number."),
        Because.GROWTH: _("The plan gives a growth in per cent."),
        Because.COMPARED: _("The plan compares the end with the beginning: the years do not add up to it."),
        Because.REDUCED_PERCENT: _("The plan gives a reduction in per cent over the period."),
        Because.REDUCED_PIECES: _("The plan gives a quantity to be reduced over the period: the years add up to it."),
        Because.ADDED: _("The plan says how much is added: the years add up to it."),
        Because.ADDED_EACH_YEAR: _("The plan says it of every year."),
        Because.KEPT: _("The plan says that it is kept."),
        Because.BELOW_BASELINE: _("The target lies below the baseline."),
        Because.ABOVE_BASELINE: _("The target lies above the baseline."),
        Because.FALLING_NAME: _("Of “%(words)s” less is better."),
        Because.AT_MOST: _("The plan gives an upper bound."),
        Because.LEVEL: _("The plan gives a level to be reached."),
    }
)
_LACKS: Mapping[Lack, _StrPromise] = MappingProxyType(
    {
        Lack.TARGET: _("no target value"),
        Lack.TARGET_YEAR: _("no target year"),
        Lack.BASELINE: _("no baseline"),
        Lack.BASE_YEAR: _("no base year"),
        Lack.OUT_OF_RANGE: _("figures that allow no path between them"),
        Lack.SUPERIOR: _("the superior's figure is awaited"),
    }
)


def why_kind(told: Told) -> str:
    """What told the kind of the indicator."""
    return str(_BECAUSE[told.because]) % {"words": told.words}


def lacking(path: Path) -> list[str]:
    """What is missing for a full path."""
    return [str(_LACKS[lack]) for lack in path.lacks]
