"""Encodings found and named, damage counted."""

from __future__ import annotations

import pytest

from lantu.errors import UnreadableFile
from lantu.readers import read_bytes
from lantu.readers.decode import decode

SIMPLIFIED = "到2030年，云溪新区地区生产总值达到300亿元，年均增长6%以上。"
TRADITIONAL = "到2030年，雲溪新區地區生產總值達到300億元，年均增長6%以上。"

ENCODED = [
    ("utf-8", "utf-8", SIMPLIFIED),
    ("gb18030", "gb18030", SIMPLIFIED),
    ("gbk", "gb18030", SIMPLIFIED),
    ("gb2312", "gb18030", SIMPLIFIED),
    ("gb18030", "gb18030", TRADITIONAL),  # traditional words in GBK: the family of old mirror pages
    ("big5", "big5", TRADITIONAL),
    ("utf-16", "utf-16", SIMPLIFIED),
    ("utf-16-le", "utf-16-le", SIMPLIFIED),  # without a byte order mark
    ("utf-16-be", "utf-16-be", SIMPLIFIED),
    ("utf-32", "utf-32", SIMPLIFIED),
    ("hz", "hz", SIMPLIFIED),
]


@pytest.mark.parametrize("length", [8, 34, 3_400])
@pytest.mark.parametrize(("codec", "name", "text"), ENCODED, ids=[f"{codec}-{text[5]}" for codec, _, text in ENCODED])
def test_every_encoding_is_found_and_named(codec: str, name: str, text: str, length: int) -> None:
    words = (text * 100)[:length]
    found = decode(words.encode(codec))
    assert (found.text, found.encoding, found.undecodable) == (words, name, 0)


def test_a_byte_order_mark_of_utf8_stays_so_that_offsets_are_those_of_the_decoded_file() -> None:
    data = b"\xef\xbb\xbf" + SIMPLIFIED.encode()
    assert decode(data).text == data.decode("utf-8")


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_cut_within_a_character_is_still_utf8(cut: int) -> None:
    found = decode((SIMPLIFIED * 20).encode()[:-3] + "元".encode()[:-cut])
    assert (found.encoding, found.undecodable) == ("utf-8", 1)


def test_a_few_broken_bytes_are_counted_and_do_not_change_the_encoding() -> None:
    data = (SIMPLIFIED * 10).encode() + b"\xff\xfe" + (SIMPLIFIED * 10).encode()
    found = decode(data)
    assert (found.encoding, found.undecodable) == ("utf-8", 2)
    document = read_bytes(data, "a.txt")
    assert document.metadata == {"无法解码字节": "2"}


def test_gb18030_cut_within_a_character() -> None:
    found = decode((SIMPLIFIED * 20).encode("gb18030")[:-1])
    assert (found.encoding, found.undecodable) == ("gb18030", 1)


def test_a_declared_charset_is_believed_where_it_fits() -> None:
    assert decode("发展".encode("gb18030"), "gb2312").encoding == "gb18030"
    assert decode("發展".encode("big5"), "Big5").encoding == "big5"


def test_a_declared_charset_that_is_wrong_is_not() -> None:
    assert decode(SIMPLIFIED.encode(), "gb2312").encoding == "utf-8"


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00" * 5_000, b"\x01\x02\x03\x04" * 50], ids=["all bytes", "zeros", "controls"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not text"):
        decode(data)
