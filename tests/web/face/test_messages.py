"""Every word that a screen asks for has its Chinese, and the catalogue holds nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext
from tools import messages
from tools.messages import Wanted


def test_every_message_has_its_chinese() -> None:
    assert messages.missing() == {}


def test_the_catalogue_holds_nothing_that_nobody_asks_for() -> None:
    assert messages.stale() == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    assert messages.unlike() == []


def test_english_is_not_shown_in_the_other_language() -> None:
    messages.compile_()
    with translation.override("en"):
        assert gettext("Development plan") == "Development plan"
    with translation.override("zh-hans"):
        assert gettext("Development plan") == "发展规划"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.html", '<p>{% translate "Plans" %}</p>', [Wanted("Plans")]),
        ("a.py", """told = f"{escape(_('Not decomposed:'))} {left}" """, [Wanted("Not decomposed:")]),
        ("a.html", "{% blocktranslate trimmed with a=b %}\n  Of {{ a }}\n  parts{% endblocktranslate %}", [Wanted("Of %(a)s parts")]),
        (
            "a.html",
            "{% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            [Wanted("%(n)s row", "%(n)s rows")],
        ),
        ("a.html", '{% translate "May" context "month" as may %}', [Wanted("May", "", "month")]),
        ("a.html", "{% include \"b.html\" with label=_('Save') %}", [Wanted("Save")]),
        ("a.py", 'LABEL = _("A"\n  " b")\nngettext("%(n)s plan", "%(n)s plans", n)', [Wanted("A b"), Wanted("%(n)s plan", "%(n)s plans")]),
        ("a.py", "note = 'not asked for'", []),
    ],
)
def test_messages_are_found_in_templates_and_code(tmp_path: Path, name: str, text: str, found: list[Wanted]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(messages.messages_of(tmp_path / name)) == found


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "django.po")
    monkeypatch.setattr(messages.catalogue, "__defaults__", (tmp_path / "django.po",))
    return tmp_path / "django.po"


def test_adding_twice_changes_nothing(catalogue: Path) -> None:
    lines = ["Plans\t规划\n", "%(n)s row\t%(n)s 行\t%(n)s rows\n"]
    assert messages.add(lines) == 2
    once = catalogue.read_bytes()
    assert messages.add(lines) == 0
    assert catalogue.read_bytes() == once
    assert messages.translated(messages.catalogue()) == {Wanted("Plans"): "规划", Wanted("%(n)s row", "%(n)s rows"): "%(n)s 行"}


def test_a_better_word_takes_the_place_of_the_old(catalogue: Path) -> None:
    messages.add(["Plans\t计划"])
    messages.add(["Plans\t规划"])
    assert messages.translated(messages.catalogue()) == {Wanted("Plans"): "规划"}


@pytest.mark.parametrize("line", ["Plans", "Plans\t", "\t规划", "a\tb\tc\td"])
def test_a_line_of_another_shape_is_refused(catalogue: Path, line: str) -> None:
    with pytest.raises(ValueError, match="expected msgid<TAB>中文"):
        messages.add([line])
    assert not catalogue.exists()


def test_a_translation_that_loses_a_placeholder_is_refused(catalogue: Path) -> None:
    with pytest.raises(ValueError, match="the placeholders differ"):
        messages.add(["%(n)s plan\t规划"])
