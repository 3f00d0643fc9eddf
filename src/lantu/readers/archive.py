"""Office packages: zip files whose parts are XML. Sizes are checked in the directory before anything is unpacked, and counted again
while it is: a directory can lie."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from lantu.errors import LimitExceeded, UnreadableFile
from lantu.readers.limits import Limits

_END_RECORD = b"PK\x05\x06"
_END_WINDOW = 22 + 65_535  # the record and its longest comment
_ENTRY = 46  # bytes of the shortest directory entry
_LONG_ENTRY = 512  # bytes of an entry with a long path and extra fields
_CHUNK = 1 << 20
_SMALL = 1 << 20  # a part of this unpacked size is no bomb, whatever its ratio
_RESAVE = "save it again in Word or WPS (用 Word 或 WPS 重新另存)"
_DAMAGED = "fetch it again or save it again in Word or WPS (请重新下载或另存)"
_STRICT = (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/")
_STRICT_PATHS = ((b"/wordprocessingml/main", b"/wordprocessingml/2006/main"), (b"/spreadsheetml/main", b"/spreadsheetml/2006/main"),
                 (b"/officeDocument/relationships", b"/officeDocument/2006/relationships"))  # fmt: skip


class Package:
    """The parts of one zip file by name. Raises UnreadableFile (damaged, encrypted) and LimitExceeded."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits, self._unpacked = limits, 0
        _check_directory(data, limits)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, struct.error) as error:
            raise UnreadableFile(f"the zip package is truncated or damaged ({error})", remedy=_DAMAGED) from None
        infos = self._zip.infolist()
        limits.check("parts in the package", len(infos), limits.members, _RESAVE)
        self._infos = {info.filename.replace("\\", "/").lstrip("/"): info for info in infos}

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._infos)

    @property
    def has_macros(self) -> bool:
        return any(name.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for name in self._infos)

    def read(self, name: str) -> bytes:
        """One part, unpacked; raises UnreadableFile where it is missing."""
        info = self._infos.get(name)
        if info is None:
            raise UnreadableFile("a part of the package is missing", place=name, remedy=_DAMAGED)
        self._check_promise(info, name)
        try:
            with self._zip.open(info) as stream:
                return self._counted(stream, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error) as error:
            raise UnreadableFile(f"a part of the package is damaged ({error})", place=name, remedy=_DAMAGED) from None

    def xml(self, name: str) -> etree._Element:
        """The root element of one XML part, transitional namespaces, entities and DTDs refused."""
        return parse_xml(self.read(name), name, self._limits)

    def _check_promise(self, info: zipfile.ZipInfo, name: str) -> None:
        if info.flag_bits & 0x1:
            raise UnreadableFile("the package is encrypted", place=name, remedy="remove the password first (请先取消密码保护)")
        limits = self._limits
        limits.check("bytes unpacked", info.file_size, limits.member_bytes, _or_raise("member_bytes"), place=name)
        if info.file_size > _SMALL:
            ratio = info.file_size // max(1, info.compress_size)
            limits.check("times unpacked over packed", ratio, limits.member_ratio, _RESAVE, place=name)

    def _counted(self, stream: zipfile.ZipExtFile | object, name: str) -> bytes:
        chunks, size = [], 0
        while chunk := stream.read(_CHUNK):  # type: ignore[union-attr]
            size += len(chunk)
            self._unpacked += len(chunk)
            self._limits.check("bytes unpacked", size, self._limits.member_bytes, _or_raise("member_bytes"), place=name)
            self._limits.check(
                "bytes unpacked in all", self._unpacked, self._limits.unpacked_bytes, _or_raise("unpacked_bytes"), place=name
            )
            chunks.append(chunk)
        return b"".join(chunks)


def _check_directory(data: bytes, limits: Limits) -> None:
    """Refuse a directory with too many entries before the zip library builds an object for each."""
    at = data.rfind(_END_RECORD, max(0, len(data) - _END_WINDOW))
    if at < 0 or len(data) < at + 22:
        raise UnreadableFile("the zip package is truncated: its directory is missing", remedy=_DAMAGED)
    (size,) = struct.unpack_from("<L", data, at + 12)
    if size > limits.members * _LONG_ENTRY and size != 0xFFFFFFFF:
        limits.check("parts in the package (at least)", size // _ENTRY, limits.members, _RESAVE)
    if size == 0xFFFFFFFF:
        raise UnreadableFile("a zip64 package: no office file is this large", remedy=_DAMAGED)


def parse_xml(data: bytes, name: str, limits: Limits) -> etree._Element:
    """Parse without entities, DTDs or network; raises UnreadableFile or, for deep nesting, LimitExceeded."""
    if _STRICT[0] in data:
        data = _transitional(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise too_deep(limits, name) from None
        raise UnreadableFile(f"the XML is damaged ({error.msg})", place=name, remedy=_DAMAGED) from None
    except (ValueError, LookupError) as error:
        raise UnreadableFile(f"the XML is damaged ({error})", place=name, remedy=_DAMAGED) from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("the XML declares a document type, which office files never do", place=name, remedy=_RESAVE)
    check_depth(root, name, limits)
    return root


def check_depth(root: etree._Element, name: str | None, limits: Limits) -> None:
    """Raise LimitExceeded where elements nest deeper than ``xml_depth``: one step a level, so linear and in C."""
    if root.xpath("boolean(" + "/*" * (limits.xml_depth + 1) + ")"):
        raise too_deep(limits, name)


def too_deep(limits: Limits, name: str | None) -> LimitExceeded:
    """``name``: the part of a package; None for a page of its own."""
    remedy = _RESAVE if name else "copy its text from the browser and save it as .docx or .txt (请在浏览器中复制正文另存)"
    return LimitExceeded(f"elements nested deeper than {limits.xml_depth}", place=name, remedy=remedy)


def _or_raise(limit: str) -> str:
    return f"{_RESAVE} or raise Limits.{limit}"


def _transitional(data: bytes) -> bytes:
    """«Strict» office files differ from the usual ones in their namespaces alone, as far as text goes."""
    data = data.replace(*_STRICT)
    for strict, usual in _STRICT_PATHS:
        data = data.replace(strict, usual)
    return data
