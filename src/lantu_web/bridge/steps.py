"""Bytes → what a reading keeps of them, in the library's three steps. Knows no Django: it runs in a process of its own too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lantu
from lantu.compile import compile_document
from lantu.compile.contents import contents_spans
from lantu.interchange.plan_json import plan_to_dict
from lantu.interchange.typeset import typeset
from lantu.model import Plan
from lantu.readers import Limits, read_bytes
from lantu.text.canonical import canonicalise
from lantu.text.document import Document
from lantu.text.raw import RawDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A document with the plan that was found in it."""

    document: Document
    plan: Plan


def opened(data: bytes, file_name: str, limits: Limits | None = None) -> RawDocument:
    """The text of the file. Raises a LantuError that says what is wrong with it."""
    return read_bytes(data, file_name, limits or Limits())


def repaired(raw: RawDocument) -> Document:
    return canonicalise(raw)


def compiled(document: Document) -> Compiled:
    """Raises NotAPlan where the text holds nothing that a plan has."""
    return Compiled(document=document, plan=compile_document(document))


def told(found: Compiled) -> dict[str, Any]:
    """The fields of a ReadingResult as plain values of JSON."""
    document = found.document
    return {
        "text": printed(document.text),
        "plan": printed(plan_to_dict(found.plan, text=False)),
        "tables": [[[*cell[:4], *cell.span] for cell in table.cells] for table in document.tables],
        "doubts": [[*doubt.span, doubt.why] for doubt in document.doubts],
        "left_out": [list(span) for span in contents_spans(document)],
        "library_version": lantu.__version__,
    }


def printed(value: Any) -> Any:
    """The same as people print it, with full-width marks, and without NUL characters, which no database keeps.

    One character stands for one character, so that every place stays right.
    """
    match value:
        case str():
            return typeset(value).replace("\x00", "\ufffd")
        case list() | tuple():
            return [printed(part) for part in value]
        case dict():
            return {name: printed(part) for name, part in value.items()}
        case _:
            return value
