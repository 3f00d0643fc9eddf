"""Good files of every format, and ways to damage them: bytes at random, and elements inside a package."""

from __future__ import annotations

import random
import re
import zipfile
import zlib
from io import BytesIO

from tests.factories.office_files import cell, docx, numbered, p, package, table, xlsx
from tests.factories.pdf_files import column, grid, pdf

from lantu.text.raw import RawDocument

_NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)
_STYLES = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
_MERGED = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

SEEDS: dict[str, bytes] = {
    "a.txt": (
        "索引号：yx/2026-01 文号：\n发布日期：2026-03-02\n云溪新区规划\n第一章 基础\n到2030年，总值达到300亿元。\n- 3 -\n上一篇：无\n"
    ).encode(),
    "b.txt": "雲溪新區總體規劃，到2030年達到300億元。".encode("big5"),
    "a.md": "# 规划\n\n| 指标 | **值** |\n| --- | --- |\n| 总值 | 3 |\n\n- 见[附件](http://a)\n".encode(),
    "a.html": (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>规划</title></head>"
        "<body><div>首页 &gt; 规划</div><h1>规划</h1><p>正文，<b>第一</b>。</p>"
        "<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table><ruby>蓝<rt>lán</rt></ruby></body></html>"
    ).encode(),
    "a.docx": docx(
        numbered("基础", 0)
        + p("正文", '<w:pStyle w:val="1"/>')
        + table([cell("甲", _MERGED[1]), cell("乙", _MERGED[0])], [cell("", _MERGED[2]), cell("丙"), cell("丁")]),
        styles=_STYLES,
        numbering=_NUMBERING,
    ),
    "a.xlsx": xlsx([["云溪指标"], ["指标", "值"], ["总值", 186.5], ["强度", 0.021]], formats={(3, 1): "0.0%"}),
    "a.pdf": pdf(
        [
            [
                *column(["　　建设现代化产业体系推动高质量发展", "走在前列。"]),
                (65.0, 540.0, 10.0, "甲"),
                (205.0, 540.0, 10.0, "1"),
                (65.0, 510.0, 10.0, "乙"),
            ]
        ],
        strokes=grid((60, 200, 300), (500, 530, 560)),
    ),
    "a.csv": '指标,值\n"总值,\n合计",200\n'.encode("gb18030"),
}
_MARKS = b'<>"&/\x00 =0-9(|#\xff'
_VALUES = ("99999999999", "-1", "", "²", "x", "1e308")


def damaged(data: bytes, seed: int) -> bytes:
    """The file with a few random faults; of a package, often inside one of its parts."""
    chance = random.Random(seed)
    parts = _parts(data) if chance.random() < 0.7 else {}
    return _damaged_part(parts, chance) if parts else _damaged_bytes(data, chance)


def _parts(data: bytes) -> dict[str, str | bytes]:
    """The parts of a package; none where it is no package, or one damaged before."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, ValueError, EOFError, RuntimeError):
        return {}


def _damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10))):
        at = chance.randrange(len(content) + 1)
        match chance.randrange(4):
            case 0:
                content[at : at + 1] = chance.choice(_MARKS).to_bytes(1, "big")
            case 1:
                del content[at : at + chance.randrange(1, 200)]
            case 2:
                content[at:at] = chance.randbytes(chance.randrange(1, 20))
            case _:
                start = chance.randrange(len(content) + 1)
                content[at:at] = content[start : start + chance.randrange(1, 200)]
    return bytes(content)


def _damaged_part(parts: dict[str, str | bytes], chance: random.Random) -> bytes:
    name = chance.choice(sorted(parts))
    content = parts[name]
    tokens = re.findall("<[^>]+>|[^<]+", content.decode("utf-8", "replace") if isinstance(content, bytes) else content) or [""]
    for _ in range(chance.choice((1, 2, 5))):
        at = chance.randrange(len(tokens))
        match chance.randrange(4):
            case 0:
                tokens[at] = re.sub('"[^"]*"', lambda _: f'"{chance.choice(_VALUES)}"', tokens[at])
            case 1:
                tokens[at:at] = tokens[at : at + chance.randrange(1, 30)]
            case 2:
                tokens[at] = ""
            case _:
                tokens[at] = chance.choice(_VALUES)
    return package({**parts, name: "".join(tokens)})


def well_formed(document: RawDocument) -> None:
    """Assert what every raw document promises: blocks and cells within the text, in order; text that can be written."""
    document.text.encode("utf-8")
    assert document.source.characters == len(document.text)
    at = 0
    for block in document.blocks:
        assert at <= block.span.start <= block.span.end <= len(document.text)
        at = block.span.start
        for cell_ in block.cells:
            assert block.span.start <= cell_.span.start <= cell_.span.end <= block.span.end
            assert min(cell_.row_span, cell_.column_span) >= 1
    assert all(0 <= start <= len(document.text) for start in document.page_starts)
