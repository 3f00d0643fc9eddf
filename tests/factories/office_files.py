"""Word and Excel files made part by part, so that a test says exactly what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def package(parts: Mapping[str, str | bytes], *, compress: bool = True) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str, *, styles: str = "", numbering: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file whose w:body, w:styles and w:numbering hold these elements."""
    parts: dict[str, str | bytes] = {"_rels/.rels": _RELS, "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    if styles:
        parts["word/styles.xml"] = f"<w:styles {W}>{styles}</w:styles>"
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    return package(parts | dict(more or {}))


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run; ``properties`` go into its w:pPr."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def styled(text: str, style: str) -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>')


def numbered(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.split('|')))}</w:tc>"


def table(*rows: Sequence[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def xlsx(
    rows: Sequence[Sequence[Any]],
    *,
    formats: Mapping[tuple[int, int], str] | None = None,
    merged: Sequence[str] = (),
    sheet: str = "Sheet1",
) -> bytes:
    """A workbook of one sheet; ``formats`` by (row, column)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for place in merged:
        page.merge_range(place, "")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            code = (formats or {}).get((number, column))
            if value is not None:
                page.write(number, column, value, book.add_format({"num_format": code}) if code else None)
    book.close()
    return out.getvalue()
