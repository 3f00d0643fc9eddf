"""Plain text: the decoded characters as they stand, line ends and all."""

from __future__ import annotations

from lantu.errors import UnreadableFile
from lantu.readers.decode import Decoded, decode
from lantu.readers.limits import Limits
from lantu.readers.origin import origin
from lantu.readers.sniff import Format
from lantu.text.raw import RawDocument

UNDECODABLE = "无法解码字节"  # metadata key: how many bytes stand as U+FFFD


def read_text(data: bytes, name: str, limits: Limits) -> RawDocument:
    """A text without mark-up; offsets are those of the decoded file."""
    decoded = decode_checked(data, limits)
    return RawDocument(
        source=origin(data, name, Format.TEXT.value, decoded.text, encoding=decoded.encoding),
        text=decoded.text,
        metadata=damage(decoded),
    )


def decode_checked(data: bytes, limits: Limits, declared: str | None = None) -> Decoded:
    """The characters of a text file, refused where there are none or too many."""
    decoded = decode(data, declared)
    limits.check_characters(len(decoded.text))
    if not decoded.text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise UnreadableFile("the file holds nothing but blanks", remedy="fetch or export it again (请重新下载或导出)")
    return decoded


def damage(decoded: Decoded) -> dict[str, str]:
    """What decoding lost, for the metadata."""
    return {UNDECODABLE: str(decoded.undecodable)} if decoded.undecodable else {}
