"""What kind of file these bytes are: told from the content, with the name as a second witness."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from lantu.errors import UnreadableFile, UnsupportedFile
from lantu.patterns import regex
from lantu.readers.limits import Limits


class Format(StrEnum):
    """A format that Lantu reads; the value is its media type."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    CSV = "text/csv"


_BY_SUFFIX = {
    ".txt": Format.TEXT, ".text": Format.TEXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".html": Format.HTML, ".htm": Format.HTML, ".shtml": Format.HTML, ".xhtml": Format.HTML,
    ".docx": Format.DOCX, ".docm": Format.DOCX, ".dotx": Format.DOCX, ".dotm": Format.DOCX, ".pdf": Format.PDF,
    ".xlsx": Format.XLSX, ".xlsm": Format.XLSX, ".xltx": Format.XLSX, ".csv": Format.CSV, ".tsv": Format.CSV,
}  # fmt: skip
_MACRO_SUFFIXES = frozenset({".docm", ".dotm", ".xlsm"})
_TEXTUAL = frozenset({Format.TEXT, Format.MARKDOWN, Format.HTML, Format.CSV})
_OFFICE = frozenset({Format.DOCX, Format.XLSX})

_TO_DOCX = "open it in Word or WPS and save as .docx (请用 Word 或 WPS 另存为 docx)"
_TO_XLSX = "open it in Excel or WPS and save as .xlsx (请另存为 xlsx)"
_UNPACK = "unpack it and give the files inside (请先解压, 再处理其中的文件)"
_TO_PDF = "convert it to pdf or docx (请转换为 pdf 或 docx)"
_FROM_PICTURE = "put the pictures into a pdf and read that with the extra lantu[ocr] (请合成 pdf 并安装 lantu[ocr] 识别)"

# What begins with these bytes is of that kind, whatever its name.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF text", _TO_DOCX),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _FROM_PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _FROM_PICTURE),
    (b"GIF87a", "a picture (GIF)", _FROM_PICTURE),
    (b"GIF89a", "a picture (GIF)", _FROM_PICTURE),
    (b"II*\x00", "a picture (TIFF)", _FROM_PICTURE),
    (b"MM\x00*", "a picture (TIFF)", _FROM_PICTURE),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"\x1f\x8b\x08", "a gzip archive", _UNPACK),
    (b"%!PS", "a PostScript file", _TO_PDF),
    (b"MZ\x90\x00", "a program", "give the document itself (请提供文档本身)"),
    (b"\x7fELF", "a program", "give the document itself (请提供文档本身)"),
    (b"Founder CEB", "a CEB file (方正)", _TO_PDF),
    (b"FounderCEB", "a CEB file (方正)", _TO_PDF),
)
_OTHER_SUFFIXES = {
    ".doc": ("an old Word file", _TO_DOCX), ".dot": ("an old Word file", _TO_DOCX), ".wps": ("a WPS text", _TO_DOCX),
    ".rtf": ("an RTF text", _TO_DOCX), ".odt": ("an OpenDocument text", _TO_DOCX), ".xls": ("an old Excel file", _TO_XLSX),
    ".et": ("a WPS sheet", _TO_XLSX), ".ods": ("an OpenDocument sheet", _TO_XLSX), ".xlsb": ("a binary Excel file", _TO_XLSX),
    ".ppt": ("slides", _TO_PDF), ".pptx": ("slides", _TO_PDF), ".ofd": ("an OFD file", _TO_PDF), ".ceb": ("a CEB file (方正)", _TO_PDF),
    ".caj": ("a CAJ file", _TO_PDF), ".epub": ("an e-book", _TO_PDF), ".mht": ("a web archive", "save the page as .html (请另存为 html)"),
    ".mhtml": ("a web archive", "save the page as .html (请另存为 html)"), ".zip": ("a zip archive", _UNPACK),
    ".rar": ("a RAR archive", _UNPACK), ".7z": ("a 7z archive", _UNPACK), ".gz": ("a gzip archive", _UNPACK),
    ".tar": ("a tar archive", _UNPACK), ".png": ("a picture", _FROM_PICTURE), ".jpg": ("a picture", _FROM_PICTURE),
    ".jpeg": ("a picture", _FROM_PICTURE), ".gif": ("a picture", _FROM_PICTURE), ".bmp": ("a picture", _FROM_PICTURE),
    ".tif": ("a picture", _FROM_PICTURE), ".tiff": ("a picture", _FROM_PICTURE), ".webp": ("a picture", _FROM_PICTURE),
}  # fmt: skip
_OTHER_PACKAGES = (
    ("ppt/presentation.xml", ".pptx"), ("OFD.xml", ".ofd"), ("xl/workbook.bin", ".xlsb"), ("META-INF/container.xml", ".epub"),
    ("content.xml", ".odt"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WINDOW = 1024  # readers of pdf accept its mark within the first kilobyte
_HTML_START = regex(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MHT_START = regex(rb"\A\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}content-type:\s*multipart/related", re.I)


def sniff(data: bytes, name: str, limits: Limits) -> Format:
    """The format; raises UnsupportedFile for kinds that are not read, UnreadableFile where the name contradicts the content."""
    suffix = PurePath(name).suffix.lower()
    told = _by_content(data, suffix, limits)
    named = _BY_SUFFIX.get(suffix)
    if told is None and suffix in _OTHER_SUFFIXES:
        raise _unsupported(*_OTHER_SUFFIXES[suffix])
    if told is None:
        if named in _OFFICE or named is Format.PDF:
            raise _lie(suffix, "something else, or cut off at its start", "fetch or export it again (请重新下载或导出)")
        return named or Format.TEXT
    if suffix in _OTHER_SUFFIXES or (named is not None and named is not told):
        right = next(key for key, value in _BY_SUFFIX.items() if value is told)
        raise _lie(suffix, told.value, f"rename it to {right} if that is what you mean (请把扩展名改为 {right})")
    return told


def _by_content(data: bytes, suffix: str, limits: Limits) -> Format | None:
    """The format where the bytes prove one, None for text and for the unknown."""
    if b"%PDF-" in data[:_PDF_WINDOW]:
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package(data, suffix, limits)
    if data.startswith(_OLE):
        raise _old_office(data, suffix)
    for mark, what, remedy in _SIGNATURES:
        if data.startswith(mark):
            raise _unsupported(what, remedy)
    if _MHT_START.match(data[:4096]):
        raise _unsupported(*_OTHER_SUFFIXES[".mht"])
    return Format.HTML if _HTML_START.match(data[:4096]) or _wide_html(data[:512]) else None


def _wide_html(head: bytes) -> bool:
    """A page in UTF-16."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) and _HTML_START.match(head[2:].replace(b"\0", b"")) is not None


def _package(data: bytes, suffix: str, limits: Limits) -> Format:
    from lantu.readers.archive import Package

    package = Package(data, limits)
    names = package.names
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        told = Format.DOCX
    elif any(name.startswith("xl/workbook.") and not name.endswith(".bin") for name in names):
        told = Format.XLSX
    else:
        raise _other_package(names)
    if package.has_macros and suffix not in _MACRO_SUFFIXES and suffix in _BY_SUFFIX:
        raise UnreadableFile(
            f"holds macros, which a {suffix} file never does: the name hides what it is",
            remedy="do not open it; save a copy without macros (请另存为不含宏的文件)",
        )
    return told


def _other_package(names: frozenset[str]) -> UnsupportedFile:
    for mark, suffix in _OTHER_PACKAGES:
        if mark in names:
            return _unsupported(*_OTHER_SUFFIXES[suffix])
    return _unsupported(*_OTHER_SUFFIXES[".zip"])


def _old_office(data: bytes, suffix: str) -> UnreadableFile | UnsupportedFile:
    """Compound files: an encrypted new one, or a format of before 2007. Their directory has the stream names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile("the file is encrypted", remedy="open it with its password and save it without one (请取消密码保护后另存)")
    for stream, old in (("WordDocument", ".doc"), ("Workbook", ".xls"), ("PowerPoint Document", ".ppt")):
        if stream.encode("utf-16-le") in data:
            return _unsupported(*_OTHER_SUFFIXES[suffix if suffix in (".wps", ".et", ".dot") else old])
    return _unsupported("a file in the format of Office 97–2003", _TO_DOCX)


def _unsupported(what: str, remedy: str) -> UnsupportedFile:
    return UnsupportedFile(f"{what} is not a kind of file that Lantu reads", remedy=remedy)


def _lie(suffix: str, content: str, remedy: str) -> UnreadableFile:
    return UnreadableFile(f"the name says {suffix}, the content is {content}", remedy=remedy)
