"""Works that a box (专栏) names without a verb: its numbered entries, its labelled lines, and lists after the name of a kind."""

from __future__ import annotations

from collections.abc import Iterator

from lantu.compile.project_names import Work, is_wellformed, trim
from lantu.compile.project_shares import is_route
from lantu.compile.project_sums import told_between
from lantu.compile.reading import Reading, Sentence
from lantu.language.lexicon import HANZI
from lantu.language.lists import enumerate_items
from lantu.language.places import head_of, is_discrete
from lantu.language.verbs import verb_forms
from lantu.model import SectionKind, Span
from lantu.patterns import regex

# A name that is printed alone has more letters than the name of a kind (高速公路:).
_SHORTEST_ENTRY = 6
_LONGEST_KIND = 8
# So many letters of an entry are searched for its sum and its stage.
_LONGEST_ENTRY = 400
_NATURE = regex(f"建设性质[::]?({HANZI}{{2,4}})")
_STAGE = regex(r"\((新建|续建|在建|拟建|改建|扩建|改扩建|迁建)\)$")


def in_boxes(reading: Reading) -> list[bool]:
    """For each section: is it a box, or inside one?"""
    kinds = ([section.kind for section in reading.section_path(index)] for index in range(len(reading.sections)))
    return [SectionKind.BOX in path for path in kinds]


def entries(reading: Reading, sentence: Sentence) -> Iterator[tuple[Work, str | None]]:
    """The works that the sentence names without a verb, each with the stage that its entry tells."""
    text = reading.text
    headline = reading.is_headline(sentence)
    if reading.sections[sentence.section].kind is SectionKind.BOX and headline:
        return
    parts = reading.clauses(sentence)
    if not parts or (sentence.start != sentence.line and not headline):
        return
    labelled = text[parts[0].end : parts[0].end + 1] == ":"
    name, span, told = trim(text, parts[0])
    if (headline or labelled or len(parts) == 1) and _is_entry(name):
        end = _entry_end(reading, sentence)
        nature = _NATURE.search(text, span.end, end)
        yield Work(name, span, "", told or told_between(text, span.end, end)), nature.group(1) if nature else None
    elif labelled and len(name) <= _LONGEST_KIND and head_of(name) is not None:
        for clause in parts[1:]:
            yield from _of_kind(text, clause, name)


def _is_entry(name: str) -> bool:
    governed = verb_forms().governing.match(name)
    return len(name) >= _SHORTEST_ENTRY and governed is None and "、" not in name and is_wellformed(name) and is_discrete(name)


def _entry_end(reading: Reading, sentence: Sentence) -> int:
    """The end of the line that a label begins; the next heading after a numbered entry."""
    limit = min(sentence.start + _LONGEST_ENTRY, len(reading.text))
    if not reading.is_headline(sentence):
        end = reading.text.find("\n", sentence.start, limit)
        return end if end >= 0 else limit
    following = reading.sections[sentence.section + 1 : sentence.section + 2]
    return min(limit, following[0].span.start) if following else limit


def _of_kind(text: str, clause: Span, kind: str) -> Iterator[tuple[Work, str | None]]:
    """高速公路:云溪至青川、望湖绕城高速: a route has the kind of its label."""
    if verb_forms().governing.match(text, clause.start, clause.end):
        return
    for item in enumerate_items(text, *clause).items:
        name, span, told = trim(text, item)
        stage = _STAGE.search(name)
        name = name[: stage.start()] if stage else name
        if is_route(name) or (is_wellformed(name) and is_discrete(name)):
            yield Work(name + kind if is_route(name) else name, span, "", told), stage.group(1) if stage else None
