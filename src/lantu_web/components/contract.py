"""The contract of a component: what stands in the comment at the head of its template is what may and must be given.

A line ``- name: what it is`` must be given, ``- name?: what it is`` may be left out and is then empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template import TemplateSyntaxError

FOLDER = Path(__file__).resolve().parents[1] / "templates" / "components"
_HEAD = re.compile(r"\{% comment %\}(.*?)\{% endcomment %\}", re.DOTALL)
_LINE = re.compile(r"^- (?P<name>\w+)(?P<optional>\??): ", re.MULTILINE)
SLOT = "slot"


@dataclass(frozen=True, slots=True)
class Contract:
    """``about`` is the first sentence; ``required`` and ``optional`` are names of values. A component with ``slot`` wraps content."""

    about: str
    required: frozenset[str]
    optional: frozenset[str]

    @property
    def is_box(self) -> bool:
        return SLOT in self.required | self.optional

    def check(self, name: str, given: set[str]) -> None:
        """Raises TemplateSyntaxError for a value that is unknown or missing."""
        unknown, missing = given - self.required - self.optional, self.required - given
        if unknown or missing:
            raise TemplateSyntaxError(f"component {name!r}: unknown {sorted(unknown)}, missing {sorted(missing)}; see its head")


def names() -> list[str]:
    """All components that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.html"))


@cache
def contract(name: str) -> Contract:
    """Raises TemplateSyntaxError where there is no such component, or one without a head."""
    path = FOLDER / f"{name}.html"
    if not path.is_file():
        raise TemplateSyntaxError(f"there is no component {name!r}; there are {', '.join(names())}")
    head = _HEAD.match(path.read_text(encoding="utf-8"))
    if head is None:
        raise TemplateSyntaxError(f"component {name!r} has no contract at its head")
    lines = [(line["name"], bool(line["optional"])) for line in _LINE.finditer(head[1])]
    return Contract(
        about=" ".join(head[1].strip().partition("\n- ")[0].split()),
        required=frozenset(word for word, optional in lines if not optional),
        optional=frozenset(word for word, optional in lines if optional),
    )
