"""Every class of bad input: the error's class, and that it names the file and the remedy."""

from __future__ import annotations

import os
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from tests.factories.office_files import cell, docx, p, package, table, xlsx
from tests.factories.pdf_files import pdf

from lantu.errors import LantuError, LimitExceeded, UnreadableFile, UnsupportedFile
from lantu.readers import Limits, read, read_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CONTENT = docx(p("云溪新区规划"))
PDF = pdf([[(90, 700, 14, "云溪新区规划")]])
SHEET = xlsx([["指标", "值"], ["总值", 1]])


def wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def with_macros(data: bytes) -> bytes:
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return out.getvalue()


BAD = [
    ("a.txt", b"", UnreadableFile, "empty"),
    ("a.txt", " \r\n　\n".encode(), UnreadableFile, "nothing but blanks"),
    ("a.docx", b"", UnreadableFile, "empty"),
    ("a.txt", bytes(range(256)) * 20, UnreadableFile, "not text"),
    ("a.bin", b"\x80" + bytes(range(256)) * 20, UnreadableFile, "not text"),
    ("a.docx", CONTENT[: len(CONTENT) // 2], UnreadableFile, "truncated"),
    ("a.docx", CONTENT[:-10], UnreadableFile, "truncated"),
    ("a.xlsx", SHEET[: len(SHEET) // 2], UnreadableFile, "truncated"),
    ("a.pdf", PDF[:40], UnreadableFile, "damaged"),
    ("a.docx", b"PK\x03\x04", UnreadableFile, "truncated"),
    ("a.docx", docx("<w:p>"), UnreadableFile, "XML is damaged"),
    ("a.docx", docx(""), UnreadableFile, "no text"),
    ("a.docx", "云溪新区规划".encode(), UnreadableFile, "the name says .docx"),
    ("a.pdf", "云溪新区规划".encode(), UnreadableFile, "the name says .pdf"),
    ("a.docx", PDF, UnreadableFile, "the name says .docx, the content is application/pdf"),
    ("a.txt", CONTENT, UnreadableFile, "the name says .txt"),
    ("a.doc", CONTENT, UnreadableFile, "rename it to .docx"),
    ("a.txt", b"<!DOCTYPE html><html><body>x</body></html>", UnreadableFile, "the name says .txt, the content is text/html"),
    ("a.doc", b"<html><body>x</body></html>", UnreadableFile, "rename it to .html"),
    ("a.pdf", pdf([[]]), UnreadableFile, r"no text layer.*lantu\[ocr\]"),
    ("a.pdf", pdf([[(90, 700, 14, "密")]], password="secret"), UnreadableFile, "encrypted"),
    ("a.docx", OLE + wide("EncryptedPackage"), UnreadableFile, "encrypted.*取消密码"),
    ("a.docx", with_macros(CONTENT), UnreadableFile, "holds macros"),
    ("a.docx", docx("", more={"word/document.xml": '<!DOCTYPE w [<!ENTITY a "b">]><w/>'}), UnreadableFile, "document type"),
    ("a.html", b"<html><body><script>document.write('x')</script></body></html>", UnreadableFile, "no text"),
    ("a.csv", b'a,b\n"' + b"x" * 200_000, UnreadableFile, "quotation marks"),
    ("a.doc", OLE + wide("WordDocument"), UnsupportedFile, "old Word.*另存为 docx"),
    ("a.wps", OLE + wide("WordDocument"), UnsupportedFile, "WPS.*另存为 docx"),
    ("a.xls", OLE + wide("Workbook"), UnsupportedFile, "old Excel.*另存为 xlsx"),
    ("a.rtf", b"{\\rtf1 x}", UnsupportedFile, "RTF"),
    ("a.txt", b"{\\rtf1 x}", UnsupportedFile, "RTF"),
    ("a.zip", package({"a.txt": "x"}), UnsupportedFile, "zip archive.*解压"),
    ("a.docx", package({"a.txt": "x"}), UnsupportedFile, "zip archive"),
    ("a.ofd", package({"OFD.xml": "x"}), UnsupportedFile, "OFD"),
    ("a.pptx", package({"ppt/presentation.xml": "x"}), UnsupportedFile, "slides"),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), UnsupportedFile, r"picture.*lantu\[ocr\]"),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), UnsupportedFile, "picture"),
    ("a.ceb", b"garbage", UnsupportedFile, "CEB"),
    ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; x\n\n", UnsupportedFile, "web archive"),
]


@pytest.mark.parametrize(("name", "data", "error", "message"), BAD, ids=[f"{name} {message[:24]}" for name, _, _, message in BAD])
def test_bad_input_is_told_with_its_file_and_its_remedy(name: str, data: bytes, error: type[LantuError], message: str) -> None:
    with pytest.raises(error) as raised:
        read_bytes(data, name)
    assert type(raised.value) is error
    assert (raised.value.file, bool(raised.value.remedy)) == (name, True)
    assert re.search(message, str(raised.value))


def test_macros_are_left_alone_and_told_where_the_name_tells_of_them() -> None:
    document = read_bytes(with_macros(CONTENT), "a.docm")
    assert (document.text, document.metadata) == ("云溪新区规划\n", {"宏": "文件含宏，未读取、未运行"})


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(CONTENT)
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first entry in the directory
    with pytest.raises(UnreadableFile, match="encrypted"):
        read_bytes(bytes(data), "a.docx")


def bomb(size: int) -> bytes:
    return docx("", more={"word/document.xml": b"<a>" + b" " * size + b"</a>"})


def lying_bomb(size: int) -> bytes:
    """A directory that promises one byte."""
    data = bytearray(bomb(size))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(data)


SMALL = Limits()
LIMITED = [
    ("a.txt", b"x" * 101, replace(SMALL, file_bytes=100), "bytes in the file"),
    ("a.txt", b"x" * 101, replace(SMALL, characters=100), "characters"),
    ("a.docx", docx(p("规" * 101)), replace(SMALL, characters=100), "characters"),
    ("a.docx", bomb(60_000_000), SMALL, "word/document.xml: bytes unpacked"),
    ("a.docx", bomb(20_000_000), SMALL, "times unpacked over packed"),
    ("a.docx", docx(p("甲"), more={f"word/media/{n}.png": b"x" for n in range(20)}), replace(SMALL, members=10), "parts in the package"),
    ("a.docx", docx("<w:sdt><w:sdtContent>" * 150 + p("甲") + "</w:sdtContent></w:sdt>" * 150), SMALL, "nested deeper"),
    ("a.docx", docx("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), SMALL, "nested deeper"),
    ("a.html", b"<html><body>" + b"<div>" * 50_000 + b"x", SMALL, "nested deeper"),
    ("a.html", b"<p " + b" a=1" * 200_000 + b">x</p>", SMALL, "attributes of one element"),
    ("a.html", b"<p " + b"a='>\"'b" * 200_000, SMALL, "attributes of one element"),
    ("a.html", b"<!-- ' \" <p --><p " + b"a/" * 200_000, SMALL, "attributes of one element"),
    ("a.pdf", pdf([[(90, 700, 14, "甲")]] * 4), replace(SMALL, pages=3), "pages: 4, over the limit of 3"),
    ("a.docx", docx(table(*[[cell("甲"), cell("乙")]] * 60)), replace(SMALL, cells=100), "table cells"),
    ("a.html", b"<table><tr><td>a<td colspan=1000>b<tr>" + b"<td colspan=1000>" * 600 + b"c</table>", SMALL, "table cells"),
    ("a.xlsx", xlsx([["甲", "乙"]] * 60), replace(SMALL, cells=100), "table cells"),
    ("a.csv", b"a,b\n" * 60, replace(SMALL, cells=100), "line 51: table cells"),
    ("a.md", b"|a|b|\n|-|-|\n" + b"|1|2|\n" * 60, replace(SMALL, cells=100), "table cells"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "limits", "message"), LIMITED, ids=[f"{name} {message[:30]}" for name, _, _, message in LIMITED])
def test_limits_hold_and_can_be_set(name: str, data: bytes, limits: Limits, message: str) -> None:
    with pytest.raises(LimitExceeded, match=message) as raised:
        read_bytes(data, name, limits)
    assert (raised.value.file, bool(raised.value.remedy)) == (name, True)


def test_a_directory_that_lies_about_a_size_unpacks_no_more_than_it_promised() -> None:
    with pytest.raises((UnreadableFile, LimitExceeded)):
        read_bytes(lying_bomb(60_000_000), "a.docx")


def test_a_directory_of_a_million_entries_is_refused_before_it_is_read() -> None:
    entry = b"PK\x01\x02" + bytes(42)
    directory = entry * 200_000
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + len(directory).to_bytes(4, "little") + b"\x04\x00\x00\x00" + bytes(2)
    with pytest.raises(LimitExceeded, match="parts in the package"):
        read_bytes(b"PK\x03\x04" + directory + end, "a.docx")


def test_a_large_file_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(LimitExceeded, match=r"大\.txt"):
        read(path)


def test_five_thousand_pages_are_refused_at_once() -> None:
    with pytest.raises(LimitExceeded, match="pages: 5,000"):
        read_bytes(pdf([[]] * 5_000), "a.pdf")


def test_long_attributes_and_comments_are_no_attack() -> None:
    page = f"<p style=\"{'a b ' * 9_000}\" title='{'x=1 ' * 9_000}'>到2030年，建设公园10个。</p><!-- {'<p a b c ' * 9_000} -->"
    assert read_bytes(page.encode(), "a.html").text.strip() == "到2030年，建设公园10个。"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is locked for root")
def test_a_file_below_a_locked_folder_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "锁").mkdir(mode=0o000)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read(tmp_path / "锁" / "a.txt")


def test_what_the_library_refuses_names_the_path_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"hello")
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "a.docx")
    assert caught.value.file == str(tmp_path / "a.docx")
