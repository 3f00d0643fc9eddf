"""A sample as a pdf with a text layer: contents, running head, page numbers between dashes, lines broken by the page, a ruled table.

Its letters are Noto Serif CJK and Noto Sans CJK (SIL Open Font License), cut down to the characters in use and embedded.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as FontFile
from reportlab.lib import colors, textsplit
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus import paragraph as line_breaking
from reportlab.platypus.tableofcontents import TableOfContents
from samples.as_html import merged
from samples.markup import Block, tables

FONTS = Path("/usr/share/fonts/opentype/noto")  # where Debian's fonts-noto-cjk puts them
_SERIF, _SANS = "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"
_SIMPLIFIED = 2  # the place of the Chinese face in the collections
_OUTLINE_ERROR = 1.0  # of 1000 units to the em, when curves are made quadratic
_WIDTHS = [w * mm for w in (17, 8, 49, 14, 15, 20, 17, 16)]
# reportlab knows the marks of Japanese that must not begin a line; these are the Chinese ones (it breaks lines in two places).
for breaking in (line_breaking, textsplit):
    breaking.ALL_CANNOT_START = "".join(sorted({*breaking.ALL_CANNOT_START, *"，。、；：？！）〕》”’%"}))
_BLUE = colors.HexColor("#eef4fa")
_HEAD = "云溪新区国民经济和社会发展第十五个五年规划纲要"


def fonts_present() -> bool:
    """Whether the machine has the fonts that a build of the pdf needs."""
    return all((FONTS / name).is_file() for name in (_SERIF, _SANS))


def _style(name: str, size: float, lead: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName="song", fontSize=size, leading=lead, wordWrap="CJK", **more)


_BODY = _style("body", 12, 21, firstLineIndent=24)
_STYLES = {
    "paragraph": _BODY, "lead": _BODY, "run_in3": _BODY, "run_in2": _BODY,
    "title": _style("title", 19, 30, alignment=TA_CENTER, spaceBefore=30, spaceAfter=14),
    "subtitle": _style("subtitle", 13, 22, alignment=TA_CENTER, spaceAfter=12),
    "number": _style("number", 12, 22, alignment=TA_CENTER, spaceAfter=10),
    "addressee": _style("addressee", 12, 21),
    "signature": _style("signature", 12, 21, alignment=TA_RIGHT, rightIndent=30),
    "heading1": _style("heading1", 15.5, 26, alignment=TA_CENTER, spaceBefore=18, spaceAfter=6, keepWithNext=1),
    "heading2": _style("heading2", 13.5, 24, alignment=TA_CENTER, spaceBefore=10, spaceAfter=4, keepWithNext=1),
    "heading3": _style("heading3", 12, 21, keepWithNext=1),
    "box": _style("box", 12, 20, alignment=TA_CENTER, keepWithNext=1),
    "caption": _style("caption", 11.5, 20, alignment=TA_CENTER, spaceBefore=8, keepWithNext=1),
}  # fmt: skip
_BOXED = _style("boxed", 11, 18, firstLineIndent=22)
_CELL, _CELL_LEFT = _style("cell", 9, 12.5, alignment=TA_CENTER), _style("cell-left", 9, 12.5)
_BOLD = ("title", "heading1", "heading2", "heading3", "box", "caption")


class _Pages(BaseDocTemplate):
    """Tells the contents list where each heading came to stand."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (the name is reportlab's)
        level = {"heading1": 0, "heading2": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is not None:
            self.notify("TOCEntry", (level, flowable.getPlainText(), self.page))


def as_pdf(blocks: Sequence[Block]) -> bytes:
    """The same bytes for the same blocks and fonts."""
    _register(blocks)
    out = io.BytesIO()
    pages = _Pages(out, pagesize=A4, title=_HEAD, author="云溪新区管理委员会", invariant=1)
    frame = Frame(28 * mm, 30 * mm, A4[0] - 54 * mm, A4[1] - 62 * mm, 0, 0, 0, 0)
    pages.addPageTemplates(PageTemplate("page", [frame], onPage=_furniture))
    pages.multiBuild(_story(blocks))
    return out.getvalue()


def _furniture(canvas, pages) -> None:
    canvas.saveState()
    canvas.setFont("song", 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 22 * mm, _HEAD)
    canvas.setLineWidth(0.4)
    canvas.line(28 * mm, A4[1] - 24 * mm, A4[0] - 26 * mm, A4[1] - 24 * mm)
    canvas.setFont("song", 10.5)
    canvas.drawCentredString(A4[0] / 2, 20 * mm, f"— {pages.page} —")
    canvas.restoreState()


def _story(blocks: Sequence[Block]) -> list[Flowable]:
    grids = tables(list(blocks))
    story: list[Flowable] = []
    box: list[list[Paragraph]] = []
    titles = 0
    for index, block in enumerate(blocks):
        if box and (not block.boxed or block.kind == "box"):
            story += (_boxed(box), Spacer(0, 8))
            box = []
        if block.kind == "title" and (titles := titles + 1) == 2:
            story += (PageBreak(), *_contents(), PageBreak())
        if block.boxed:
            box.append([_paragraph(block)])
        elif index in grids:
            story += (_grid(grids[index]), Spacer(0, 6))
        elif block.kind != "row":
            story.append(_paragraph(block))
    return [*story, *([_boxed(box)] if box else [])]


def _contents() -> tuple[Flowable, ...]:
    contents = TableOfContents(dotsMinLevel=0)
    contents.levelStyles = [_style("contents1", 11.5, 19), _style("contents2", 10.5, 16, leftIndent=20)]
    return Paragraph(_bold("目　录"), _STYLES["title"]), contents


def _paragraph(block: Block) -> Paragraph:
    style = _BOXED if block.boxed and block.kind != "box" else _STYLES[block.kind]
    if block.body:
        return Paragraph(f"{_bold(block.heading)}{_bold('。')}{escape(block.body)}", style)
    return Paragraph(_bold(block.text) if block.kind in _BOLD else escape(block.text), style)


def _bold(text: str) -> str:
    return f'<font name="hei">{escape(text)}</font>'


def _boxed(rows: list[list[Paragraph]]) -> Table:
    frame = [("BOX", (0, 0), (-1, -1), 0.8, colors.HexColor("#2a6db0")), ("BACKGROUND", (0, 0), (-1, -1), _BLUE)]
    return Table(
        rows, colWidths=[A4[0] - 54 * mm], style=[*frame, ("LEFTPADDING", (0, 0), (-1, -1), 10), ("RIGHTPADDING", (0, 0), (-1, -1), 10)]
    )


def _grid(rows: Sequence[Block]) -> Table:
    cells = [[_cell(text, column, number) for column, text in enumerate(row.cells)] for number, row in enumerate(rows)]
    spans = [("SPAN", (0, at), (0, at + merged(rows, at) - 1)) for at in range(1, len(rows)) if rows[at].cells[0]]
    rules = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("BACKGROUND", (0, 0), (-1, 0), _BLUE)]
    return Table(cells, colWidths=_WIDTHS, repeatRows=1, style=[*rules, *spans])


def _cell(text: str, column: int, row: int) -> Paragraph:
    return Paragraph(_bold(text) if row == 0 else escape(text), _CELL_LEFT if column == 2 and row else _CELL)


def _register(blocks: Sequence[Block]) -> None:
    everything = {character for block in blocks for character in block.text} | set(_HEAD + "— 0123456789.")
    bold = {character for block in blocks if block.body or block.kind in (*_BOLD, "head") for character in block.heading} | set("目　录。")
    for name, collection, used in (("song", _SERIF, everything), ("hei", _SANS, bold)):
        pdfmetrics.registerFont(TTFont(name, _true_type(FONTS / collection, used)))


def _true_type(collection: Path, characters: set[str]) -> io.BytesIO:
    """These characters of the Chinese face of a collection, their outlines as TrueType, which is what can be embedded."""
    with FontFile(collection, fontNumber=_SIMPLIFIED, lazy=True) as font:
        return _file(font, collection.name.partition("-")[0], characters)


def _file(font: FontFile, face: str, characters: set[str]) -> io.BytesIO:
    glyphs, named, metrics = font.getGlyphSet(), font.getBestCmap(), font["hmtx"].metrics
    shown = {ord(character): named[ord(character)] for character in sorted(characters) if ord(character) in named}
    order = list(dict.fromkeys([".notdef", *shown.values()]))
    shapes = {name: _quadratic(glyphs, name) for name in order}
    builder, head = FontBuilder(font["head"].unitsPerEm, isTTF=True), font["hhea"]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(shown)
    builder.setupGlyf(shapes)
    builder.setupHorizontalMetrics({name: (metrics[name][0], getattr(shapes[name], "xMin", 0)) for name in order})
    builder.setupHorizontalHeader(ascent=head.ascent, descent=head.descent)
    builder.setupNameTable({"familyName": face, "styleName": "Subset", "psName": f"{face}-Subset"})
    builder.setupOS2(sTypoAscender=head.ascent, sTypoDescender=head.descent, usWinAscent=head.ascent, usWinDescent=-head.descent)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    out = io.BytesIO()
    builder.save(out)
    out.seek(0)
    return out


def _quadratic(glyphs, name: str):
    pen = TTGlyphPen(None)
    glyphs[name].draw(Cu2QuPen(pen, _OUTLINE_ERROR, reverse_direction=True))
    return pen.glyph()
