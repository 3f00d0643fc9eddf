"""Document → Plan: one file per kind of thing that a plan holds."""

from __future__ import annotations

from lantu.compile.reading import Reading
from lantu.model import Figure, Plan
from lantu.text.document import Document

__all__ = ["compile_document"]


def compile_document(document: Document) -> Plan:
    """Read the whole document; deterministic, no clock, no network.

    Raises NotAPlan where the text holds nothing that a Chinese plan has.
    """
    from lantu.compile.outline import read_outline
    from lantu.compile.figures import read_figures

    sections = read_outline(document)
    reading = Reading(document, sections)
    targets, actuals = read_figures(reading)
    return Plan(
        source=document.source, repairs=document.repairs, title=None, issuer=None, document_number=None, issued_on=None, region=None,
        period=None, text=document.text, sections=sections, targets=targets, actuals=actuals,
    )
