"""The verbs that govern works: who says build, who says aim, and what a clause tells of the stage."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from lantu.language.lexicon import alternation, ending, lexicon


class VerbForms(NamedTuple):
    """Compiled once. ``governing`` finds a verb chain (groups: build, create, light); ``nominal`` and ``predicate`` read backwards."""

    governing: re.Pattern[str]
    encouraging: re.Pattern[str]
    nominal: re.Pattern[str]
    predicate: re.Pattern[str]
    stage: re.Pattern[str]


# Words of aspect that stand before such a predicate.
_ASPECT = frozenset({"已", "已经", "全部", "相继", "陆续", "顺利", "正式", "成功", "即将", "基本", "全线", "主体", "均", "将"})


@cache
def verb_forms() -> VerbForms:
    words = lexicon("verbs")
    moods = "|".join(f"(?P<{mood}>{alternation(words[mood])})" for mood in ("build", "create", "light"))
    return VerbForms(
        governing=re.compile(rf"{alternation(words['adverbs'])}*(?:{moods})"),
        encouraging=re.compile(alternation(words["encourage"])),
        nominal=re.compile(ending(words["nominal"]) + "的?"),
        predicate=re.compile(rf"({ending(words['predicates'])}){ending(_ASPECT.union(words['adverbs']))}*"),
        stage=re.compile(alternation(words["stages"])),
    )


def cut_nominal(words: str) -> tuple[str, str]:
    """推进X建设: the words without the noun of action that closes them, and that noun ("" where there is none)."""
    match = verb_forms().nominal.match(words[::-1])
    return (words[: -match.end()], words[-match.end() :].lstrip("的")) if match else (words, "")


def cut_predicate(words: str) -> tuple[str, str]:
    """深新能源大厦加快建设: the subject and what is said of it ("" where the words end in no such predicate)."""
    match = verb_forms().predicate.match(words[::-1])
    return (words[: -match.end()], words[-len(match.group(1)) :]) if match else (words, "")
