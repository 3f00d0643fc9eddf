"""Pdf files by their text layer: reading order, columns, tables, and the hard breaks of lines undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

from lantu.errors import UnreadableFile
from lantu.readers.builder import Laid
from lantu.readers.limits import Limits
from lantu.readers.origin import origin
from lantu.readers.pdf_flow import lay_pages
from lantu.readers.pdf_page import Page, read_page
from lantu.readers.sniff import Format
from lantu.text.raw import RawDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROPERTIES = {"Title": "文件属性标题", "Author": "文件属性作者", "Subject": "文件属性主题", "Keywords": "关键词"}
_ENCRYPTED = "open it with its password and print it to a new pdf (请输入密码后另存为无密码 pdf)"
_DAMAGED = "fetch it again, or open it in a browser and print it to a new pdf (请重新下载或重新打印为 pdf)"
_SCANNED = "install the extra lantu[ocr] to have its pictures read: pip install 'lantu[ocr]' (扫描件请安装 lantu[ocr] 识别)"


def read_pdf(data: bytes, name: str, limits: Limits) -> RawDocument:
    """One pdf. Raises UnreadableFile (encrypted, damaged, without a text layer) and LimitExceeded (too many pages)."""
    with closing(_open(data)) as document:
        count = len(document)
        limits.check("pages", count, limits.pages, "split the file (请拆分文件) or raise Limits.pages")
        pages = list(_pages(document, limits))
        if not any(page.has_text for page in pages):
            pages = _recognised(document, pages)
        metadata = dict(_metadata(document))
    laid, starts = lay_pages(pages, limits)
    return _document(data, name, laid, starts, metadata)


def _document(data: bytes, name: str, laid: Laid, starts: tuple[int, ...], metadata: Mapping[str, str]) -> RawDocument:
    if not laid.text.strip():
        raise UnreadableFile("the pdf has no text layer: its pages are pictures", remedy=_SCANNED)
    source = origin(data, name, Format.PDF.value, laid.text, pages=len(starts))
    return RawDocument(source=source, text=laid.text, blocks=laid.blocks, metadata=metadata, page_starts=starts)


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableFile("the pdf is encrypted", remedy=_ENCRYPTED) from None
        raise UnreadableFile(f"the pdf is damaged ({error})", remedy=_DAMAGED) from None


def _pages(document: pdfium.PdfDocument, limits: Limits) -> Iterator[Page]:
    """The pages one after another; a page that cannot be opened is told by its number."""
    characters = 0
    for number in range(len(document)):
        try:
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                found = read_page(page, text, limits, characters)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(f"a page of the pdf is damaged ({error})", place=f"page {number + 1}", remedy=_DAMAGED) from None
        characters += found.characters
        yield found


def _recognised(document: pdfium.PdfDocument, pages: list[Page]) -> list[Page]:
    """The pages with their pictures read, where the extra is installed."""
    from lantu.readers.ocr import recognise, recogniser

    engine = recogniser()
    if engine is None:
        return pages
    return [recognise(engine, document, number, page) for number, page in enumerate(pages)]


def _metadata(document: pdfium.PdfDocument) -> Iterator[tuple[str, str]]:
    for key, name in _PROPERTIES.items():
        value = " ".join(document.get_metadata_value(key).replace("\0", "").split())
        if value:
            yield name, value
