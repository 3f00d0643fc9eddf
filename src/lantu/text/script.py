"""Traditional → simplified, character for character, so that offsets stay as they are."""

from __future__ import annotations

import re
from functools import cache

from lantu.patterns import compiled, regex
from lantu.text.tables import script, script_phrases

# Frequent characters of any plan, paired: a text in one script has next to none of the other's.
_TRADITIONAL = "國發業產經實進學設體強農區環"
_SIMPLIFIED = "国发业产经实进学设体强农区环"
# A page that quotes some traditional names stays as it is; a traditional page has about one of these marks in ten characters.
_LEAST_SHARE = 0.02

# 著 is the traditional form of both 着 and 著: these words keep it.
_CHU = regex("(?<![显专名原编论译遗合巨卓昭土炳])著(?![名作称述书录者])")


def is_traditional(text: str) -> bool:
    """Whether the text as a whole is in traditional script."""
    traditional = sum(map(text.count, _TRADITIONAL))
    return traditional > max(1, _LEAST_SHARE * len(text)) and traditional > sum(map(text.count, _SIMPLIFIED))


def simplify(text: str) -> str:
    """Simplified text of the same length; phrases before characters, corner quotes as “” and ‘’."""
    plain = text.translate(_characters())
    parts: list[str] = []
    at = 0
    for match in _phrases().finditer(text):
        parts += (plain[at : match.start()], script_phrases()[match.group()])
        at = match.end()
    return _CHU.sub("着", "".join((*parts, plain[at:])))


@cache
def _characters() -> dict[int, str]:
    return script() | {ord("「"): "“", ord("」"): "”", ord("『"): "‘", ord("』"): "’"}


@cache
def _phrases() -> re.Pattern[str]:
    return compiled("|".join(sorted(script_phrases(), key=len, reverse=True)))
