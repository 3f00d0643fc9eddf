"""Codes of approved items: a letter of the Chinese word for the kind, and a number in the order of the text; they never change.

``R-007`` the seventh task (任务), ``R-007-2`` its second measure, ``C-001`` a measure without a task (措施), ``M`` targets (目标),
``S`` the present state (现状), ``X`` projects (项目), ``J`` mechanisms (机制), ``Q`` areas (片区), ``Z`` actors (主体).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lantu_web.plans.enums import ItemKind

LETTERS = {
    ItemKind.TASK: "R", ItemKind.MEASURE: "C", ItemKind.TARGET: "M", ItemKind.ACTUAL: "S", ItemKind.PROJECT: "X",
    ItemKind.MECHANISM: "J", ItemKind.ZONE: "Q", ItemKind.ACTOR: "Z",
}  # fmt: skip
_LAST_NUMBER = re.compile(r"^(?P<stem>.+)-(?P<number>\d+)$")


@dataclass(slots=True)
class Codes:
    """Gives the next free code; a number that was given once is not given again."""

    last: Counter[str] = field(default_factory=Counter)

    @classmethod
    def after(cls, given: Iterable[str]) -> Codes:
        """Counts on from the codes that were given before."""
        codes = cls()
        for code in given:
            match = _LAST_NUMBER.match(code)
            if match:
                codes.last[match["stem"]] = max(codes.last[match["stem"]], int(match["number"]))
        return codes

    def next(self, kind: ItemKind, *, parent_code: str | None = None) -> str:
        """The next code of the kind, below the parent's where it has one."""
        stem = parent_code or LETTERS[kind]
        self.last[stem] += 1
        return f"{stem}-{self.last[stem]}" if parent_code else f"{stem}-{self.last[stem]:03}"
