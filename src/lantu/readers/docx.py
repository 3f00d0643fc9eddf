"""Word files: document.xml read directly, with the styles and the numbering that the printed page shows.

Tracked deletions, headers, footers, notes, comments and hidden text stay out; macros are never looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from lantu.errors import UnreadableFile
from lantu.readers.archive import Package
from lantu.readers.builder import Layout
from lantu.readers.docx_body import BodyWriter
from lantu.readers.docx_numbering import Numbering
from lantu.readers.docx_styles import Styles
from lantu.readers.limits import Limits
from lantu.readers.origin import origin
from lantu.readers.sniff import Format
from lantu.text.raw import RawDocument

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "/officeDocument"
_USUAL_PART = "word/document.xml"
_CORE = "docProps/core.xml"
# Core properties and the metadata keys they go under; «title» is often that of the template, so it is not 标题.
_PROPERTIES = {"title": "文件属性标题", "subject": "文件属性主题", "creator": "文件属性作者", "keywords": "关键词"}
MACROS = "宏"  # metadata key: the file holds macros, which were not read


def read_docx(data: bytes, name: str, limits: Limits) -> RawDocument:
    """One Word file. Raises UnreadableFile (damaged, no text) and LimitExceeded."""
    package = Package(data, limits)
    part = _main_part(package)
    folder = posixpath.dirname(part)
    styles = Styles(_optional(package, f"{folder}/styles.xml"))
    numbering = Numbering(_optional(package, f"{folder}/numbering.xml"))
    body = next(package.xml(part).iterchildren("{*}body"), None)
    layout = Layout(limits)
    if body is not None:
        BodyWriter(layout, styles, numbering).write(body)
    laid = layout.done()
    if not laid.text.strip():
        raise UnreadableFile("the document holds no text (its pages may be pictures)", place=part, remedy=_PICTURES)
    source = origin(data, name, Format.DOCX.value, laid.text)
    return RawDocument(source=source, text=laid.text, blocks=laid.blocks, metadata=dict(_metadata(package)))


_PICTURES = "export it as pdf and read that with the extra lantu[ocr] (请导出 pdf 并安装 lantu[ocr] 识别)"


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package.names:
        for relation in package.xml("_rels/.rels").iter(_RELATION):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith(_MAIN) and target in package.names:
                return target
    return _USUAL_PART


def _optional(package: Package, part: str) -> etree._Element | None:
    return package.xml(part) if part in package.names else None


def _metadata(package: Package) -> Iterator[tuple[str, str]]:
    if package.has_macros:
        yield MACROS, "文件含宏，未读取、未运行"
    root = _optional(package, _CORE)
    for element in root if root is not None else ():
        key = _PROPERTIES.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
        value = " ".join((element.text or "").split())
        if key and value:
            yield key, value
