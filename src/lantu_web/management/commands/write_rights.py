"""``lantu-web write_rights``: docs/reference/rights.md from the table by which the program decides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from lantu_web.accounts.enums import Role
from lantu_web.accounts.queries.rights import table_of_rights

HEAD = {
    "en": """## Rights

What a person may do comes from the posts they hold today. *Own unit* reaches what belongs to the units of the person’s posts, and to the
units that these came from by merger or split; *whole zone* stops at the border of the zone; only *every zone* crosses it.
""",
    "zh-hans": """## 权限

人员的权限只来自其当前有效的任职。“本单位”包括任职单位及其合并、拆分前的原单位；“全辖区”不超出本辖区；只有“各辖区”跨越辖区边界。
""",
}


def rights_as_markdown() -> str:
    """Both languages, from ``lantu_web.accounts.rights``."""
    parts = ["# Rights · 权限\n\nWritten by `lantu-web write_rights`; do not edit.\n"]
    for language, head in HEAD.items():
        with translation.override(language):
            parts.append(head)
            parts.extend(_table())
    return "\n".join(parts)


def _table() -> list[str]:
    lines = []
    for group in table_of_rights():
        lines += [f"### {group.label}\n", "| | " + " | ".join(str(role.label) for role in Role) + " |", "| --- |" + " --- |" * len(Role)]
        for row in group.rows:
            cells = ["–" if cell.reach == "none" else str(cell.label) for cell in row.cells]
            lines.append(f"| {row.label} `{row.right.value}` | " + " | ".join(cells) + " |")
        lines.append("")
    return lines


class Command(BaseCommand):
    help = "Write docs/reference/rights.md (or the file named) from the table of rights."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("path", nargs="?", default="docs/reference/rights.md")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rights_as_markdown(), encoding="utf-8")
        self.stdout.write(str(path))
