"""Nothing is inline and nothing comes from another host, in any template: the content security policy would forbid it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lantu_web

SITE = Path(lantu_web.__file__).parent
TEMPLATES = sorted((SITE / "templates").rglob("*.html"))
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[\w:-]*)\s*=", re.IGNORECASE),
    "inline script": re.compile(r'<script(?![^>]*\bsrc=|\stype="text/html">)', re.IGNORECASE),  # text/html is text: it runs nothing
    "inline style": re.compile(r"<style\b", re.IGNORECASE),
    "another host": re.compile(r"(?:src|href|action|hx-\w+|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "evaluated by htmx": re.compile(r"hx-(?:vals|headers)\s*=\s*[\"']js:|javascript:", re.IGNORECASE),
}
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)

BLOCK = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
TAG = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)


def text(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", INLINE)
def test_no_template_holds(kind: str) -> None:
    assert [path.relative_to(SITE).as_posix() for path in TEMPLATES if INLINE[kind].search(html(path))] == []


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("style attribute", '<p class="a" style="color: red">'),
        ("event attribute", '<a\n onclick="go()">'),
        ("event attribute", '<a hx-on:click="go()">'),
        ("inline script", "<script>go()</script>"),
        ("inline style", "<style>p {}</style>"),
        ("another host", '<img src="https://elsewhere.example/a.png">'),
        ("another host", "<script src=//elsewhere.example/a.js>"),
        ("evaluated by htmx", "<p hx-vals='js:{a: 1}'>"),
    ],
)
def test_each_of_them_would_be_found(kind: str, fault: str) -> None:
    assert INLINE[kind].search(fault)


def html(path: Path) -> str:
    """Without the tags of the template language, whose arguments look like attributes."""
    return TAG.sub("", text(path))


def own_words(path: Path) -> str:
    """What is not asked of the catalogue; an English sentence there may well quote a Chinese word."""
    return TAG.sub("", BLOCK.sub("", text(path)))


CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Names that are the same in every language, and the fictional plans of the gallery.
NAMED = {"components/brand.html", "components/language.html"}


def test_words_of_templates_stand_in_the_catalogue() -> None:
    """A template that speaks Chinese by itself would speak it to English readers too."""
    names = {path.relative_to(SITE / "templates").as_posix(): path for path in TEMPLATES}
    speaking = [name for name, path in names.items() if CHINESE.search(own_words(path)) and "gallery/specimens" not in name]
    assert set(speaking) - NAMED == set()
