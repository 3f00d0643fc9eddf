"""Rulebooks: the shipped ones hold together, and every kind of bad data is named with file, place, key, value and remedy."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from lantu.errors import LantuError
from lantu.rulebooks.loader import RulebookError
from lantu.rulebooks.organs import read_topics, read_units, topics, units
from lantu.rulebooks.review import read_review, review
from lantu.rulebooks.wording import read_wording, wording

HEAD = 'title = "单位"\neffective = 2024-01-01\nsource = "made for a test"\n'
UNIT = '[[unit]]\nid = "water"\nname = "水利局"\nkind = "bureau"\naliases = "水务局"\ntopics = "water"\ncues.3 = "水库"\n'


def refused(content: str) -> str:
    with pytest.raises(RulebookError) as caught:
        read_units(content)
    assert caught.value.file == "units.toml"
    assert caught.value.remedy == "mend the rulebook and run again"
    return caught.value.message


@pytest.mark.parametrize(
    ("content", "message", "reason"),
    [
        (HEAD + UNIT.replace('"bureau"', '"office"'),
         "[[unit]] 1 (water), key 'kind', value 'office': write one of bureau, party, group, vertical, territory", "an unknown kind"),
        (HEAD + UNIT.replace('topics = "water"', 'topics = "waters"'),
         "[[unit]] 1 (water), key 'topics', value 'waters': no such topic; use an id of topics.toml", "a topic that does not exist"),
        (HEAD + UNIT.replace("cues.3", "cues.7"),
         "[[unit]] 1 (water), key 'cues.7', value '水库': write words parted by blanks under a weight from 1 to 3", "a weight out of range"),
        (HEAD + UNIT.replace('"水库"', '"水"'),
         "[[unit]] 1 (water), key 'cues.3[0]', value '水': write a word of at least 2 characters", "too short"),
        (HEAD + UNIT + 'cues.1 = "水库"\n',
         "[[unit]] 1 (water), key 'cues.1[0]', value '水库': this word is listed twice; keep one", "a word under two weights"),
        (HEAD + UNIT.replace('aliases = "水务局"\n', ""),
         "[[unit]] 1 (water), key 'aliases', value None: write a text of words parted by blanks", "a list that is missing"),
        (HEAD + UNIT.replace("aliases", "alias").replace("cues.3", 'aliases = ""\ncues.3'),
         "[[unit]] 1 (water), key 'alias', value '水务局': unknown key; remove it or use one of aliases, cues, id, kind, name, topics",
         "a misspelt key"),
        (HEAD + UNIT + UNIT.replace("水利局", "水务局"),
         "[[unit]] 2 (water), key 'id', value 'water': already used by [[unit]] 1 (water); give each its own", "an id given twice"),
        (HEAD.replace("2024-01-01", '"2024"') + UNIT,
         "top, key 'effective', value '2024': write a date without quotes, like 2021-01-01", "a date in quotes"),
        (HEAD, "top, key 'unit', value None: write at least one [[unit]] table", "no entry at all"),
    ],
)  # fmt: skip
def test_bad_data_is_named(content: str, message: str, reason: str) -> None:
    assert refused(content) == message, reason


def test_all_faults_are_told_at_once_up_to_a_limit() -> None:
    broken = UNIT.replace('"bureau"', '"office"').replace('"水库"', '"水 火 风 电 气"')
    message = refused(HEAD + broken)
    assert message.count("[[unit]] 1 (water)") == 5
    assert message.endswith("; and 1 more")


def test_a_broken_file_is_one_of_our_errors() -> None:
    with pytest.raises(LantuError, match=r"units\.toml: not valid TOML: .*line 1.* — mend the line named here"):
        read_units("title = \n")


def test_an_entry_may_have_a_date_and_a_source_of_its_own() -> None:
    own = UNIT + 'effective = 2023-10-25\nsource = "新设机构"\n'
    book = read_units(HEAD + UNIT.replace('"water"\nname', '"old"\nname') + own)
    assert [(unit.id, unit.effective, unit.source) for unit in book.entries] == [
        ("old", date(2024, 1, 1), "made for a test"),
        ("water", date(2023, 10, 25), "新设机构"),
    ]


def test_topics_of_one_file_are_read_in_order() -> None:
    book = read_topics(HEAD + '[[topic]]\nid = "water"\nname = "水利"\ncues.3 = "水库"\ncues.1 = "河流"\n')
    assert [(topic.id, topic.name, dict(topic.cues)) for topic in book.entries] == [("water", "水利", {"水库": 3, "河流": 1})]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (("most_per_code = 20 ", "most_per_code = -1 "), "[limits], key 'most_per_code', value -1: write a number from 0 to 1000"),
        (("{number}{title}”的编号", "{number}{title”的编号"), "write each brace pair as {name}"),
        (('severity = "error"', 'severity = "fatal"'), "value 'fatal': write one of error, warning, note"),
    ],
)
def test_faults_of_the_review_rules_are_named(changed: tuple[str, str], message: str) -> None:
    shipped = files("lantu.rulebooks").joinpath("findings.toml").read_text(encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        read_review(shipped.replace(*changed))
    assert message in str(caught.value)


def test_a_missing_mood_table_tells_every_list_it_lacks() -> None:
    lists = 'firm = ""\nloose = ""\nopenings = ""\nstatements = ""\n'
    with pytest.raises(RulebookError, match=r"\[mood\].*'adverbs'.*'actions'.*'results'"):
        read_wording(HEAD + 'task_headings = ""\n[[kind]]\nid = "recap"\nname = "回顾"\n' + lists)


def test_the_shipped_rulebooks_are_whole() -> None:
    """Every standard bureau has cues and a name of its own; every topic has a bureau; every book has a date and a source."""
    names = [unit.name for unit in units().entries]
    assert len(names) == len(set(names)) >= 40
    assert [unit.id for unit in units().entries if not unit.cues] == []
    assert {topic.id for topic in topics().entries} == {topic for unit in units().entries for topic in unit.topics}
    assert {kind.id for kind in wording().kinds} == {"recap", "situation", "vision", "goals", "significance", "address"}
    assert all(rule.message.endswith(("。", "。)")) for rule in review().rules.values())
    assert all(book.source and book.effective > date(2000, 1, 1) for book in (units(), topics(), read_wording(), read_review()))
