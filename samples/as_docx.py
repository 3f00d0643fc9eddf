"""A sample as a Word document laid out after GB/T 9704: A4, its margins, its type faces, 28 points a line, page numbers between dashes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from samples.as_html import merged
from samples.markup import Block, tables

_SONG, _HEI, _KAI, _FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_STYLES = {"Title": (_SONG, 22), "Heading 1": (_HEI, 16), "Heading 2": (_KAI, 16), "Heading 3": (_FANG, 16), "Normal": (_FANG, 16)}
_HEADINGS = {"title": "Title", "heading1": "Heading 1", "heading2": "Heading 2", "heading3": "Heading 3"}
_CENTRED = ("Title", "Heading 1", "Heading 2")
_WIDTHS = (19, 11, 48, 14, 18, 20, 20, 16)  # mm; together the width of the text, less a hair
_DATE = datetime.datetime(2026, 3, 18, 9, 0, 0)
_INDENT = {"paragraph": 32, "lead": 32, "run_in2": 32, "run_in3": 32}
_SMALL = Pt(10.5)


def as_docx(blocks: Sequence[Block]) -> bytes:
    """The same bytes for the same blocks."""
    document = Document()
    _lay_out(document)
    grids = tables(list(blocks))
    box = None
    titles = 0
    for index, block in enumerate(blocks):
        if block.kind == "box":
            box = document.add_table(1, 1, style="Table Grid").cell(0, 0)
            _write(box.paragraphs[0], block)
        elif block.boxed:
            _write(box.add_paragraph(), block)
        elif index in grids:
            _grid(document, grids[index])
        elif block.kind != "row":
            paragraph = document.add_paragraph()
            _write(paragraph, block)
            titles += block.kind == "title"
            paragraph.paragraph_format.page_break_before = True if block.kind == "title" and titles > 1 else None
    return _same_bytes(document)


def _lay_out(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    for name, (face, size) in _STYLES.items():
        style = document.styles[name]
        _face(style, face, size)
        layout = style.paragraph_format
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(34 if name == "Title" else 28)
        layout.space_before = Pt(14) if name in ("Title", "Heading 1") else Pt(0)
        layout.space_after = Pt(14) if name == "Title" else Pt(0)
        if name in _CENTRED:
            layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(section.footer.paragraphs[0])
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    header.add_run("云溪新区“十五五”规划纲要").font.size = _SMALL
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "云溪新区管理委员会", "云溪新区国民经济和社会发展第十五个五年规划纲要", ""
    properties.created = properties.modified = _DATE


def _face(style, face: str, size: int) -> None:
    style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), style.name == "Heading 3"
    style.font.color.rgb, style.font.italic = RGBColor(0, 0, 0), False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)
    borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:
        style.element.pPr.remove(borders)


def _page_number(paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ").font.size = Pt(14)
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    paragraph.add_run(" —").font.size = Pt(14)


def _write(paragraph, block: Block) -> None:
    if block.kind in _HEADINGS:
        paragraph.style = _HEADINGS[block.kind]
    if block.body:
        paragraph.add_run(f"{block.heading}。").bold = True
        paragraph.add_run(block.body)
    else:
        paragraph.add_run(block.text).bold = True if block.kind in ("box", "caption") else None
    layout = paragraph.paragraph_format
    if block.kind in ("box", "caption", "subtitle", "number"):
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.keep_with_next = block.kind == "caption"
    elif block.kind == "signature":
        layout.alignment, layout.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(32)
    elif block.kind in _INDENT:
        layout.first_line_indent = Pt(_INDENT[block.kind])


def _grid(document, rows: Sequence[Block]) -> None:
    """Ruled, the head repeated on every page, the first column merged down its group."""
    grid = document.add_table(len(rows), len(rows[0].cells), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(grid.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _flag(grid.rows[0], "w:tblHeader")
    for number, (row, line) in enumerate(zip(rows, grid.rows, strict=True)):
        for column, (cell, text) in enumerate(zip(line.cells, row.cells, strict=True)):
            cell.width = Mm(_WIDTHS[column])
            _fill(cell, text, bold=number == 0, left=column == 2 and number > 0)
        _flag(line, "w:cantSplit")
    for start in range(1, len(rows)):
        height = merged(rows, start)
        if rows[start].cells[0] and height > 1:
            text = rows[start].cells[0]
            cell = grid.cell(start, 0).merge(grid.cell(start + height - 1, 0))
            for paragraph in cell.paragraphs[1:]:
                paragraph._p.getparent().remove(paragraph._p)
            _fill(cell, text, bold=False, left=False)


def _flag(row, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _fill(cell, text: str, *, bold: bool, left: bool) -> None:
    paragraph = cell.paragraphs[0]
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    run = paragraph.add_run(text)
    run.font.size, run.bold = _SMALL, bold or None
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(17)
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _same_bytes(document) -> bytes:
    """The archive anew, with one date for every member."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _DATE.timetuple()[:6])
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()
