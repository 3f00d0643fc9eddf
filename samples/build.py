"""Make every sample, in every format, with its gold: ``python -m samples.build``.

The sources are ``yunxi/*.mark``; what is made is committed beside this file, so that nobody needs to build it to use it.
"""

from __future__ import annotations

from pathlib import Path

from samples.as_damaged import as_damaged
from samples.as_docx import as_docx
from samples.as_html import as_html
from samples.as_pdf import as_pdf, fonts_present
from samples.as_text import as_markdown, as_text
from samples.gold import gold_lines
from samples.markup import read_source

HERE = Path(__file__).parent
SOURCES = HERE / "yunxi"


def texts() -> dict[str, str]:
    """The text files by their name under this folder."""
    plan, action, report = (read_source(SOURCES / f"{name}.mark") for name in ("plan", "action-plan", "work-report"))
    return {
        "yunxi-plan.txt": as_text(plan),
        "yunxi-plan.html": as_html(plan),
        "yunxi-plan-damaged.txt": as_damaged(plan),
        "yunxi-action-plan.md": as_markdown(action),
        "yunxi-work-report.txt": as_text(report),
        "gold/yunxi-plan.jsonl": gold_lines("yunxi-plan.txt", plan),
        "gold/yunxi-action-plan.jsonl": gold_lines("yunxi-action-plan.md", action),
        "gold/yunxi-work-report.jsonl": gold_lines("yunxi-work-report.txt", report),
    }


def documents() -> dict[str, bytes]:
    """The files in binary formats; the pdf only where its fonts are."""
    plan = read_source(SOURCES / "plan.mark")
    made = {"yunxi-plan.docx": as_docx(plan)}
    if fonts_present():
        made["yunxi-plan.pdf"] = as_pdf(plan)
    return made


def main() -> None:
    for name, text in texts().items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
    for name, content in documents().items():
        (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()
