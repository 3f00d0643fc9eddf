"""Where on a page the document stands: the element that holds most of the running text, found without knowing the site."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from lantu.patterns import regex

# Elements that never hold the document's words.
DROPPED = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "frame", "frameset", "object", "embed",
    "applet", "svg", "math", "canvas", "audio", "video", "map", "area", "input", "select", "option", "textarea", "button", "datalist",
    "dialog", "nav",
    "rt", "rp", "marquee",
})  # fmt: skip
_HIDDEN_STYLE = regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SENTENCE_MARKS = regex("[，。；：、,;]")
_BLANKS = regex(r"\s+")
_SHARE = 0.8  # of an element's words: a child with more than this holds the document, and the search goes on inside it
_UNPUNCTUATED = 0.2  # weight of text without a mark of punctuation: menus, labels and captions, not prose
_SHORT = 15  # characters: shorter pieces are labels, even with a mark
_SMALL_FORM = 300  # characters: a form with fewer is a search box; old ASP.NET sites wrap the whole page in a form
_TITLE_CLASS = regex(r"title|biaoti|\bbt\b|tit\b", re.I)
_LONGEST_TITLE = 120
_HEAD = 2000  # characters of the content in which its own title may stand
_LINES = frozenset({"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "li", "center", "section"})
_STOPS = frozenset({
    "table", "tbody", "thead", "tr", "ul", "ol", "p", "dl", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "font",
    "b",
    "strong",
})  # fmt: skip


def is_hidden(element: etree._Element) -> bool:
    """Dropped by its name, or told not to be shown."""
    if element.tag in DROPPED or not isinstance(element.tag, str):
        return True
    attributes = element.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def find_content(root: etree._Element) -> etree._Element:
    """The innermost element that holds at least ``_SHARE`` of the page's running text."""
    body = root.find(".//body")
    node = body if body is not None else root
    weights = _weights(node)
    while True:
        best = max(node, key=lambda child: weights.get(child, 0.0), default=None)
        if best is None or weights.get(best, 0.0) < _SHARE * weights.get(node, 0.0) or not weights.get(node):
            return node
        if best.tag in _STOPS and not _holds_layout(best):
            return node
        node = best


def _holds_layout(element: etree._Element) -> bool:
    """A table, row or list that lays out the page rather than stating data: one cell of it holds nearly everything, in paragraphs."""
    if element.tag not in ("table", "tbody", "tr"):
        return False
    return next(element.iter("p", "div", "table", "br"), None) is not None and sum(1 for _ in element.iter("tr")) < sum(
        1 for _ in element.iter("p", "div", "br")
    )


def _weights(top: etree._Element) -> Mapping[etree._Element, float]:
    """Weight of the words in and below each element; links and hidden elements weigh nothing."""
    weights: dict[etree._Element, float] = {}
    walker = etree.iterwalk(top, events=("start", "end"))
    stack: list[float] = []
    for event, element in walker:
        if event == "start":
            if element is not top and (is_hidden(element) or element.tag == "a"):
                walker.skip_subtree()
                stack.append(-1.0)
            else:
                stack.append(_weight(element.text))
            continue
        total = max(0.0, stack.pop())
        weights[element] = total
        if stack and stack[-1] >= 0.0:
            stack[-1] += total + _weight(element.tail)
    return weights


def _weight(text: str | None) -> float:
    if not text or text.isspace():
        return 0.0
    size = len(text.strip())
    return size if size >= _SHORT and _SENTENCE_MARKS.search(text) else _UNPUNCTUATED * size


def is_search_form(form: etree._Element) -> bool:
    return len("".join(form.itertext())) < _SMALL_FORM


def page_title(root: etree._Element, content: etree._Element, stated: str | None) -> str | None:
    """The title that stands on the page before the content, if the content itself does not begin with it.

    It must agree with what the page calls itself: its title element or its ArticleTitle.
    """
    title = root.find(".//title")
    called = [_plain(words) for words in (stated, title.text if title is not None else None) if words]
    if not any(called):
        return None
    inside = _first_lines(content)
    for element in _before(root, content):
        words = "".join(element.itertext()) if len(element) < 20 else ""
        plain = _plain(words)
        if 4 <= len(plain) <= _LONGEST_TITLE and any(plain in name or name in plain for name in called if name):
            return None if any(line.startswith(plain) for line in inside) else _BLANKS.sub(" ", words).strip()
    return None


def _first_lines(content: etree._Element) -> list[str]:
    """The words at the head of the content, parted where an element or a line break begins that parts lines."""
    lines, length = [""], 0
    for event, element in etree.iterwalk(content, events=("start", "end")):
        if element.tag in _LINES:
            lines.append("")
        words = _plain((element.text if event == "start" else element.tail) or "")
        lines[-1] += words
        length += len(words)
        if length > _HEAD:
            break
    return lines


def _before(root: etree._Element, content: etree._Element) -> list[etree._Element]:
    """Headings and elements of a title's class that end before the content begins, nearest first."""
    inner = set(content.iterancestors()) | {content}
    found: list[etree._Element] = []
    for element in root.iter():
        if element is content:
            break
        if element not in inner and element.tag not in DROPPED and _is_title_like(element):
            found.append(element)
    return found[::-1]


def _is_title_like(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    return element.tag in ("h1", "h2", "h3") or _TITLE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None


def _plain(text: str) -> str:
    return _BLANKS.sub("", text)
