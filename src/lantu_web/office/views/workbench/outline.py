"""The outline with what is open under each heading, as HTML built as strings: a long plan has hundreds of headings."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantu_web.office.views.workbench.folds import folded
from lantu_web.plans.queries.outline import Counts, Outline, Section
from lantu_web.templatetags.lantu import icon

NEAR = 50  # lines on both sides of the heading that is shown first: more than a high screen has


class OutlineHtml:
    """The words and the icon are looked up once for all headings."""

    def __init__(self) -> None:
        self.done, self.all_decided = icon("check", "small"), escape(_("all decided"))
        self.candidates, self.sentences = escape(_("open candidates")), escape(_("open sentences"))
        self.findings, self.before = escape(_("open findings")), escape(_("Before the first heading"))

    def items(self, found: Outline, *, first: int) -> SafeString:
        """A line for each heading; those far from the heading ``first`` folded."""
        lines = [self._line(section) for section in found.sections]
        at = next((at for at, section in enumerate(found.sections) if section.key == first), 0)
        begin, end = max(0, at - NEAR), at + NEAR
        return SafeString("".join([folded("".join(lines[:begin])), *lines[begin:end], folded("".join(lines[end:]))]))

    def _line(self, section: Section) -> str:
        return (
            f'<li data-level="{section.level}" data-key="{section.key}"><a href="#h{section.key}" lang="zh-Hans">'
            f"{escape(section.name) or self.before}</a>{self.counts(section.key, section.total)}</li>"
        )

    def counts(self, key: int, counts: Counts, *, is_swapped: bool = False) -> str:
        """What is open below a heading; ``is_swapped`` where it replaces what is on the page."""
        swap = ' hx-swap-oob="true"' if is_swapped else ""
        shown = self._shown(counts)
        words = self.all_decided if counts.is_done else " · ".join(f"{of} {count}" for _tag, count, of in shown)
        told = self.done if counts.is_done else "".join(f"<{tag}>{count}</{tag}>" for tag, count, _of in shown)
        label = f' role="img" aria-label="{words}" title="{words}"' if words else ""
        return f'<span class="wb-counts" id="o{key}"{label}{swap}>{told}</span>'

    def _shown(self, counts: Counts) -> list[tuple[str, int, str]]:
        """How each count is written (b, i and s by the sheet of styles), the count, and of what."""
        rows = (("b", counts.open, self.candidates), ("i", counts.sentences, self.sentences), ("s", counts.findings, self.findings))
        return [row for row in rows if row[1]]
