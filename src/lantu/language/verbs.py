"""The verbs that govern works: who says build, who says aim, and what a clause tells of the stage."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from lantu.language.lexicon import Words, alternation, lexicon
from lantu.patterns import compiled


class VerbForms(NamedTuple):
    """Made once. ``governing`` finds a verb (groups: build, create, light); ``chain`` are the words between subject and predicate."""

    governing: re.Pattern[str]
    encouraging: re.Pattern[str]
    nominal: Words
    predicates: Words
    chain: Words
    stage: re.Pattern[str]


# Words of aspect that stand before such a predicate.
_ASPECT = frozenset({"已", "已经", "全部", "相继", "陆续", "顺利", "正式", "成功", "即将", "基本", "全线", "主体", "均", "将"})


# 建设路, 建设大道: a road of every town, no verb.
_NO_ROAD = r"(?!(?<=建设)(?:[东西南北中]?路(?=[、和及与,\d等东西南北中改打]|$)|大街|大道|巷))"


@cache
def verb_forms() -> VerbForms:
    words = lexicon("verbs")
    first = "".join(sorted({word[0] for key in ("adverbs", "build", "create", "light") for word in words[key]}))
    moods = "|".join(f"(?P<{mood}>{alternation(words[mood])})" for mood in ("build", "create", "light"))
    return VerbForms(
        governing=compiled(rf"(?=[{re.escape(first)}]){alternation(words['adverbs'])}*(?:{moods}){_NO_ROAD}"),
        encouraging=compiled(alternation(words["encourage"])),
        nominal=Words(words["nominal"]),
        predicates=Words(words["predicates"]),
        chain=Words(_ASPECT.union(words["adverbs"])),
        stage=compiled(alternation(words["stages"])),
    )


def cut_nominal(words: str) -> tuple[str, str]:
    """推进X建设: the words without the noun of action that closes them, and that noun ("" where there is none)."""
    noun = verb_forms().nominal.ending(words)
    return (words[: -len(noun)].removesuffix("的"), noun) if noun else (words, "")


def cut_predicate(words: str) -> tuple[str, str]:
    """云溪大厦加快建设: the subject and what is said of it ("" where the words end in no such predicate)."""
    forms = verb_forms()
    predicate = forms.predicates.ending(words)
    subject = words[: len(words) - len(predicate)]
    while predicate and (adverb := forms.chain.ending(subject)):
        subject = subject[: -len(adverb)]
    return subject, predicate
