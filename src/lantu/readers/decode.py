"""Bytes → characters, with the name of the encoding that fits and a count of what did not."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from lantu.errors import UnreadableFile
from lantu.patterns import regex

# A stray byte in a page of text is damage; more than these shares is another encoding, or no text at all.
_DIRTY_UTF8 = 0.05  # broken sequences in UTF-8, of all its non-ASCII characters: GBK read as UTF-8 breaks at nearly every character
_UNDECODABLE = 0.05  # in the encoding that fits best, of all characters
_CONTROLS = 0.01  # control characters, of all characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One codec for each family: the widest that reads all its members.
_FAMILY = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "euc_cn": "gb18030", "x_gbk": "gb18030",
    "big5": "cp950", "cp950": "cp950", "big5_tw": "cp950", "big5_hkscs": "big5hkscs", "big5hkscs": "big5hkscs",
    "utf_8": "utf-8", "utf8": "utf-8", "utf_16": "utf-16", "utf_16le": "utf-16-le", "utf_16be": "utf-16-be",
    "utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be", "hz": "hz", "hz_gb_2312": "hz",
}  # fmt: skip
NAMES = {"cp950": "big5"}  # the name a reader knows
_CONTROL = regex("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
# Lead bytes of punctuation and of the common hanzi: rows 1–3 and 16–55 of GB 2312 (level 1), A1–A3 and A4–C6 of Big5 (level 1).
# Text of one read as the other lands all over the rarer rows.
_COMMON_BYTES = {
    "gb18030": frozenset({0xA1, 0xA2, 0xA3, *range(0xB0, 0xD8)}),
    "cp950": frozenset(range(0xA1, 0xC7)),
}
_PLAUSIBLE = 0.6  # share of common characters in anything that is Chinese
_SAMPLE = 8_000  # bytes that are enough to tell an encoding


@dataclass(frozen=True, slots=True)
class Decoded:
    """``undecodable`` counts the bytes that stand as U+FFFD in ``text``."""

    text: str
    encoding: str
    undecodable: int


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Byte order mark → UTF-16 without one → UTF-8 (a few broken bytes forgiven) → the declared charset → detection.

    A byte order mark of UTF-8 stays as U+FEFF, so that offsets are those of ``bytes.decode("utf-8")``.
    Raises UnreadableFile where the bytes are no text.
    """
    decoded = _by_mark(data) or _as_utf8(data) or _declared(data, declared) or _detected(data)
    _refuse_binary(decoded)
    return decoded


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _with(data, codec)
    wide = _unmarked_utf16(data[:_SAMPLE])
    if wide:
        return _with(data, wide)
    if b"~{" in data and b"~}" in data and data.isascii():
        return _with(data, "hz")
    return None


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 of Chinese: zero bytes (ASCII, line ends) on one side only, where the other bytes are the high ones of hanzi."""
    even, odd = sample[0::2], sample[1::2]
    zeros = even.count(0), odd.count(0)
    if not any(zeros) or min(zeros) * 4 > max(zeros):
        return None
    codec, high = ("utf-16-le", odd) if zeros[1] > zeros[0] else ("utf-16-be", even)
    plausible = sum(byte == 0 or byte in (0x20, 0x30, 0xFF) or 0x4E <= byte <= 0x9F for byte in high)
    return codec if high and plausible >= 0.9 * len(high) else None


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        decoded = _with(data, "utf-8")
    wide = len(decoded.text) - sum(map(str.isascii, decoded.text))
    return decoded if decoded.undecodable <= max(1, _DIRTY_UTF8 * wide) and wide > 2 * decoded.undecodable else None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    codec = _FAMILY.get((declared or "").strip().lower().replace("-", "_"))
    if codec is None or codec.startswith("utf"):
        return None
    decoded = _with(data, codec)
    return decoded if decoded.undecodable <= _UNDECODABLE * len(decoded.text) else None


def _detected(data: bytes) -> Decoded:
    """GB18030 or Big5, whichever makes common characters of the bytes; where neither does, what the detector names."""
    candidates = [_with(data[:_SAMPLE], codec) for codec in _COMMON_BYTES]
    likely = min(candidates, key=lambda decoded: (_broken(decoded), -_commonness(decoded)))
    best = _with(data, _FAMILY[likely.encoding])
    if _broken(best) <= _UNDECODABLE and _commonness(likely) >= _PLAUSIBLE:
        return best
    import cchardet

    told = str(cchardet.detect(data[:_SAMPLE]).get("encoding") or "").lower().replace("-", "_")
    try:
        named = _with(data, codecs.lookup(_FAMILY.get(told, told)).name) if told else best
    except LookupError:
        return best
    return named if _broken(named) <= _broken(best) else best


def _broken(decoded: Decoded) -> float:
    return round(decoded.undecodable / max(1, len(decoded.text)), 2)


def _commonness(decoded: Decoded) -> float:
    """Share of the wide characters that stand in the part of the code table where the common ones do."""
    wide = [character for character in decoded.text if character > "\u2000"]
    codec = "cp950" if decoded.encoding == "big5" else "gb18030"
    codes = "".join(wide).encode(codec, "ignore")
    return sum(codes[at] in _COMMON_BYTES[codec] for at in range(0, len(codes), 2)) / max(1, len(wide))


def _with(data: bytes, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    undecodable = text.count("\ufffd")
    if undecodable:
        undecodable = max(0, undecodable - data.count("\ufffd".encode(codec, "ignore") or b"\x00\x00\x00\x00"))
    return Decoded(_paired(text), NAMES.get(codec, codec), undecodable)


def _paired(text: str) -> str:
    """Without lone surrogates, which some codecs let through and no output could write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8") if _LONE.search(text) else text


_LONE = regex("[\ud800-\udfff]")


def _refuse_binary(decoded: Decoded) -> None:
    size = len(decoded.text)
    if len(_CONTROL.findall(decoded.text)) > max(1, _CONTROLS * size) or decoded.undecodable > max(2, _UNDECODABLE * size):
        raise UnreadableFile(
            "the bytes are not text in any encoding that Lantu knows (UTF-8, GB18030, UTF-16, Big5)",
            remedy="open it in the program that made it and save as .docx or UTF-8 .txt (另存为 docx 或 UTF-8 文本)",
        )
