"""The layout of an official paper: GB/T 9704—2012, 格式.

A4; 37 mm above, 28 mm left, 26 mm right, 35 mm below, so that the type area is 156 mm × 225 mm; 22 lines of 28 characters of size 3
(16 pt); fonts by their usual names with others to fall back on, since the printing fonts may not be handed on with the program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

TITLE, BODY, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
FALLBACKS: Mapping[str, tuple[str, str]] = MappingProxyType({  # another name of the face, and its family for whoever has neither
    TITLE: ("方正小标宋_GBK", "roman"), BODY: ("仿宋", "modern"), HEI: ("SimHei", "swiss"), KAI: ("楷体", "script"),
    SONG: ("SimSun", "roman"),
})  # fmt: skip
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SMALL_5 = 22.0, 16.0, 14.0, 9.0  # 二号, 三号, 四号, 小五
LINES, CHARACTERS = 22, 28
TITLE_CHARACTERS = 19  # of a line in size 2
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28  # mm
_TWIPS = 1440 / 25.4
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LEVELS = ("一级标题", "二级标题", "三级标题")


class Paper:
    """A document in that layout, filled from top to bottom."""

    def __init__(self, title: str, *, on_its_side: bool = False) -> None:
        self.document = Document()
        _set_fonts(self.document)
        _set_styles(self.document)
        _set_language(self.document)
        section = self.document.sections[0]
        _set_page(section, on_its_side=on_its_side)
        _set_page_numbers(self.document, section)
        self.document.core_properties.title = _safe(title)
        self.document.core_properties.author = ""
        self.document.core_properties.comments = ""

    def add(self, text: str, style: str = "正文公文") -> Any:
        return self.document.add_paragraph(_safe(text), style=style)

    def runs(self, *parts: tuple[str, str]) -> Any:
        """A paragraph of the body whose parts have fonts of their own: (text, font)."""
        found = self.document.add_paragraph(style="正文公文")
        for text, font in parts:
            set_font(found.add_run(_safe(text)), font)
        return found

    def title(self, text: str) -> Any:
        """The title; a long one is broken before its last word or, where that leaves too much, before its years, not within one."""
        for word in ("分工方案", "任务分解表"):
            head = text.removesuffix(word)
            if len(text) > TITLE_CHARACTERS and head != text:
                name, bracket, years = head.rpartition("（")
                text = f"{name}\n{bracket}{years}{word}" if bracket and len(head) > TITLE_CHARACTERS else f"{head}\n{word}"
        return self.add(text, "公文标题")

    def save(self, path: Path) -> None:
        self.document.save(str(path))


def chinese(number: int) -> str:
    """一 to 九十九, as headings are numbered; above it in digits."""
    digits = "零一二三四五六七八九"
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def numbered(level: int, number: int) -> str:
    """一、 (一) 1. (1): the four levels of an official paper."""
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}.", f"（{number}）")[level]


def set_font(run: Any, font: str, size: float | None = None) -> None:
    run.font.name = LATIN
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    if size is not None:
        run.font.size = Pt(size)


def _set_fonts(document: Any) -> None:
    """The names that the paper asks for, each with what to take where it is missing."""
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")), None)
    if part is None:
        return
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, (other, family) in FALLBACKS.items()
    )  # fmt: skip
    part._blob = part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZE_3)
    normal.font.name = LATIN
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    looks: tuple[tuple[str, str, float, Any, float], ...] = (  # name, font, size, alignment, characters of indent
        ("正文公文", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY, 2), ("公文标题", TITLE, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER, 0),
        (LEVELS[0], HEI, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY, 2), (LEVELS[1], KAI, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY, 2),
        (LEVELS[2], BODY, SIZE_3, WD_ALIGN_PARAGRAPH.JUSTIFY, 2), ("附件标识", HEI, SIZE_3, WD_ALIGN_PARAGRAPH.LEFT, 0),
        ("居中公文", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.CENTER, 0), ("落款", BODY, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT, 0),
        ("表格文字", SONG, SMALL_5, WD_ALIGN_PARAGRAPH.LEFT, 0), ("页码公文", SONG, SIZE_4, WD_ALIGN_PARAGRAPH.RIGHT, 0),
    )  # fmt: skip
    for name, font, size, alignment, indent in looks:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = normal, True
        style.font.size, style.font.name = Pt(size), LATIN
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.alignment, layout.widow_control = alignment, False
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
        if indent:
            _indent(style.element, indent)
        if size == SIZE_3:
            _spread(style.element)
        if name in LEVELS:
            layout.keep_with_next = True
            _outline(style.element, LEVELS.index(name))
    table = document.styles["表格文字"]
    _off_the_grid(table.element)


def _set_language(document: Any) -> None:
    """Chinese of the mainland: else 。 and ； stand in the middle of their squares where the fonts of the paper are missing."""
    for place in (*document.styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        place.set(qn("w:eastAsia"), "zh-CN")


def _indent(element: Any, characters: float) -> None:
    indent = element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(int(characters * 100)))
    indent.set(qn("w:firstLine"), str(int(characters * SIZE_3 * 20)))


def _spread(element: Any) -> None:
    """28 characters a line: what a line is wider or narrower than so many, shared out between them."""
    pitch = (210 - LEFT - RIGHT) / 25.4 * 72 / CHARACTERS
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(round((pitch - SIZE_3) * 20)))
    properties = element.get_or_add_rPr()
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u")


def _outline(element: Any, level: int) -> None:
    found = OxmlElement("w:outlineLvl")
    found.set(qn("w:val"), str(level))
    element.get_or_add_pPr().append(found)


def _off_the_grid(element: Any) -> None:
    """Tables are set tighter than the grid of lines."""
    found = OxmlElement("w:snapToGrid")
    found.set(qn("w:val"), "0")
    properties = element.get_or_add_pPr()
    properties.insert_element_before(found, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _set_page(section: Any, *, on_its_side: bool) -> None:
    width, height = (297, 210) if on_its_side else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    top, right, bottom, left = (LEFT, TOP, RIGHT, BOTTOM) if on_its_side else (TOP, RIGHT, BOTTOM, LEFT)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = Mm(top), Mm(right), Mm(bottom), Mm(left)
    section.footer_distance = Mm(bottom - 7 - 5)  # the number stands 7 mm below the type area
    section.header_distance = Mm(15)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # Lines by the grid, characters by their spacing (in the styles): a grid of characters is read differently by each word processor.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "312" if on_its_side else str(int((297 - TOP - BOTTOM) * _TWIPS / LINES)))


def _set_page_numbers(document: Any, section: Any) -> None:
    """— 1 —, on the outer side: right on odd pages, left on even ones, a character in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    for footer, alignment in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["页码公文"]
        paragraph.alignment = alignment
        side = "right" if alignment == WD_ALIGN_PARAGRAPH.RIGHT else "left"
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(SIZE_4))
        for piece in ("— ", None, " —"):
            run = paragraph.add_run(piece or "")
            set_font(run, SONG, SIZE_4)
            run.font.name = SONG
            if piece is None:
                _field(run, "PAGE")


def _field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)


def table_xml(widths: list[int]) -> Any:
    """An empty table of those column widths (twips) with thin lines all round, to which rows are appended."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
    )  # fmt: skip
    edges = (("top", 40), ("left", 57), ("bottom", 40), ("right", 57))
    room = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in edges)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid></w:tbl>"
    )  # fmt: skip


def cell_xml(text: str, width: int, style_id: str, *, centred: bool = False, head: bool = False, span: int = 1, merge: str = "") -> str:
    """One cell; each line of the text a paragraph. ``merge``: restart or continue, of cells over each other."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if head else ""
    align = '<w:jc w:val="center"/>' if centred or head else ""
    font = f'<w:rPr><w:rFonts w:eastAsia="{HEI}"/></w:rPr>' if head else ""
    lines = (_safe(text).split("\n") if text else [""])
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{align}</w:pPr><w:r>{font}<w:t xml:space="preserve">{_escaped(line)}</w:t></w:r></w:p>'
        for line in lines
    )  # fmt: skip
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}{shade}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'
    )


def row_xml(cells: str, *, head: bool = False) -> Any:
    repeated = "<w:tblHeader/>" if head else ""
    return parse_xml(f'<w:tr {nsdecls("w")}><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>')


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _safe(text: str) -> str:
    return _CONTROL.sub("", text)
