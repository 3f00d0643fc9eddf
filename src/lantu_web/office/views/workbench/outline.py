"""The outline with what is open under each heading, as HTML built as strings: a long plan has hundreds of headings."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantu_web.plans.queries.outline import Counts, Outline
from lantu_web.templatetags.lantu import icon


class OutlineHtml:
    """The words and the icon are looked up once for all headings."""

    def __init__(self) -> None:
        done = escape(_("all decided"))
        self.done = f'{icon("check", "small")}<span class="visually-hidden">{done}</span>'
        self.candidates, self.sentences = escape(_("open candidates")), escape(_("open sentences"))
        self.findings, self.before = escape(_("open findings")), escape(_("Before the first heading"))

    def items(self, found: Outline) -> SafeString:
        """A line for each heading."""
        return SafeString("".join(
            f'<li data-level="{section.level}" data-key="{section.key}"><a href="#h{section.key}" lang="zh-Hans">'
            f"{escape(section.name) or self.before}</a>{self.counts(section.key, section.total)}</li>"
            for section in found.sections
        ))  # fmt: skip

    def counts(self, key: int, counts: Counts, *, is_swapped: bool = False) -> str:
        """What is open below a heading; ``is_swapped`` where it replaces what is on the page."""
        swap = ' hx-swap-oob="true"' if is_swapped else ""
        told = self.done if counts.is_done else "".join((
            self._count("b", "", counts.open, self.candidates),
            self._count("span", "wb-counts__sentences", counts.sentences, self.sentences),
            self._count("span", "wb-counts__findings", counts.findings, self.findings),
        ))  # fmt: skip
        return f'<span class="wb-counts" id="o{key}"{swap}>{told}</span>'

    @staticmethod
    def _count(tag: str, kind: str, count: int, of: str) -> str:
        if not count:
            return ""
        return f'<{tag} class="{kind}" title="{of}">{count}</{tag}><span class="visually-hidden"> {of}</span>'
