"""Bytes → RawDocument: one file per format, the only home of parsers.

``read`` takes a path, ``read_bytes`` what somebody uploaded. The format is told from the content; the name must not contradict it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from lantu.errors import LantuError, UnreadableFile, UsageError
from lantu.readers.limits import Limits
from lantu.readers.sniff import Format, sniff

if TYPE_CHECKING:
    from lantu.text.raw import RawDocument

__all__ = ["Limits", "read", "read_bytes"]
_DEFAULT = Limits()


def read(path: Path, limits: Limits = _DEFAULT) -> RawDocument:
    """The text of one file.

    Raises UsageError (no such file), UnreadableFile (damaged, encrypted, empty, not what its name says), UnsupportedFile, LimitExceeded.
    """
    try:
        return read_bytes(_load(path, limits), _told(path.name), limits)
    except LantuError as error:
        error.file = str(path)
        raise error from None


def read_bytes(data: bytes, name: str, limits: Limits = _DEFAULT) -> RawDocument:
    """The text of a file whose bytes are at hand; ``name`` tells errors, and text formats apart. Raises as ``read`` does."""
    try:
        _check_size(len(data), limits)
        return _reader(sniff(data, name, limits))(data, PurePath(name).name, limits)
    except LantuError as error:
        raise error.located(name) from None


def _load(path: Path, limits: Limits) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UsageError("not a regular file", remedy="name a file, or compile the folder with -o OUTDIR (请指定文件)")
        _check_size(found.st_size, limits)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("no such file", remedy="check the path (请核对路径)") from None
    except PermissionError as error:
        raise UnreadableFile(f"cannot be opened: {error.strerror}", remedy="check the permissions (请检查读取权限)") from None
    except OSError as error:
        raise UsageError(f"cannot be opened: {error.strerror}", remedy="check the path (请核对路径)") from None


def _told(name: str) -> str:
    """The name as a text that every output can bear: bytes that are no text (a name in GBK, say) stand as ``\\xb9``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _check_size(size: int, limits: Limits) -> None:
    remedy = "remove pictures or split the document (压缩图片或拆分文件) or raise Limits.file_bytes"
    limits.check("bytes in the file", size, limits.file_bytes, remedy)
    if size == 0:
        raise UnreadableFile("the file is empty (0 bytes)", remedy="fetch or export it again (请重新下载或导出)")


def _reader(kind: Format) -> Callable[[bytes, str, Limits], RawDocument]:
    """The reader of a format, imported when it is first needed: a run reads few formats, and parsers load slowly."""
    match kind:
        case Format.TEXT:
            from lantu.readers.plain import read_text

            return read_text
        case Format.MARKDOWN:
            from lantu.readers.markdown import read_markdown

            return read_markdown
        case Format.HTML:
            from lantu.readers.html import read_html

            return read_html
        case Format.DOCX:
            from lantu.readers.docx import read_docx

            return read_docx
        case Format.PDF:
            from lantu.readers.pdf import read_pdf

            return read_pdf
        case Format.XLSX:
            from lantu.readers.xlsx import read_xlsx

            return read_xlsx
        case Format.CSV:
            from lantu.readers.delimited import read_delimited

            return read_delimited
