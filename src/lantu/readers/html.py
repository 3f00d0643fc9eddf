"""Web pages: the main content as text, headings and tables as blocks, what the page says of itself as metadata.

Nothing is ever loaded: neither scripts nor styles, pictures, frames or document types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from lantu.errors import UnreadableFile
from lantu.patterns import regex
from lantu.readers.archive import check_depth, too_deep
from lantu.readers.builder import Layout
from lantu.readers.html_content import find_content, page_title
from lantu.readers.html_layout import PageWriter
from lantu.readers.limits import Limits
from lantu.readers.origin import origin
from lantu.readers.plain import damage, decode_checked
from lantu.readers.sniff import Format
from lantu.text.furniture import find_furniture
from lantu.text.raw import BlockKind, RawDocument

_CHARSET = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})", re.I)
_HEAD_BYTES = 8192
_XML_DECLARATION = regex(r"\A\ufeff?\s*<\?xml[^>]{0,200}\?>")
# A start tag as browsers take it, quoted values and all, whether or not it is ever closed: each character is looked at once.
_START_TAG = regex(r"""<!--.*?(?:-->|\Z)|<[a-z](?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|))*+""", re.I | re.S)
_QUOTED = regex(r"""=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))""")
_BETWEEN_ATTRIBUTES = regex(r"[\s/]+")
# The meta names of 国务院办公厅 «政府网站发展指引» (国办发〔2017〕47号, annex) and the key each goes under.
_META = {
    "articletitle": "标题", "pubdate": "发布日期", "contentsource": "来源", "sitename": "网站名称", "columnname": "栏目",
    "author": "作者", "editor": "编辑", "keywords": "关键词", "description": "内容概述",
}  # fmt: skip


def read_html(data: bytes, name: str, limits: Limits) -> RawDocument:
    """One page. Raises UnreadableFile where it has no text, LimitExceeded where elements nest too deep."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    decoded = decode_checked(data, limits, next(filter(None, declared.groups())).decode("ascii") if declared else None)
    root = _parse(decoded.text, limits)
    content = find_content(root)
    metadata = damage(decoded) | dict(_page_metadata(root, content, limits))
    layout = Layout(limits)
    title = page_title(root, content, metadata.get("标题"))
    if title:
        layout.line(title, BlockKind.HEADING, 0)
    PageWriter(layout).write(content)
    laid = layout.done()
    if not laid.text.strip():
        raise UnreadableFile(
            "the page holds no text (its words may be loaded by a script)",
            remedy="open it in a browser, copy the text and save it as .txt or .docx (请在浏览器中复制正文另存)",
        )
    source = origin(data, name, Format.HTML.value, laid.text, encoding=decoded.encoding)
    return RawDocument(source=source, text=laid.text, blocks=laid.blocks, metadata=metadata)


def _parse(text: str, limits: Limits) -> etree._Element:
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True, encoding="utf-8")
    body = _XML_DECLARATION.sub("", text).replace("\0", "")
    _check_attributes(body, limits)
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if any("depth" in (entry.message or "").lower() for entry in parser.error_log):
        raise too_deep(limits, None)
    if root is None:
        raise UnreadableFile("the page has no content that could be read", remedy="save it again from the browser (请在浏览器中重新另存)")
    check_depth(root, None, limits)
    return root


def _check_attributes(body: str, limits: Limits) -> None:
    """Refuse elements with more attributes than any page has: the parser's time grows with the square of their number."""
    for tag in _START_TAG.finditer(body):
        if tag.end() - tag.start() > 2 * limits.attributes and not tag[0].startswith("<!--"):
            found = len(_BETWEEN_ATTRIBUTES.split(_QUOTED.sub(" ", tag[0]))) - 1
            limits.check(
                "attributes of one element", found, limits.attributes, "save the page again from the browser (请在浏览器中重新另存)"
            )


def _page_metadata(root: etree._Element, content: etree._Element, limits: Limits) -> Iterator[tuple[str, str]]:
    """What the index table and the lines around the content say, then the meta elements, then the page's title."""
    page = Layout(limits)
    body = root.find(".//body")
    if body is not None and body is not content:
        PageWriter(page, around=content).write(body)
    text = page.done().text
    yield from find_furniture([match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)], text).metadata.items()
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or "").strip().lower())
        value = re.sub(r"\s+", " ", meta.get("content") or "").strip()
        if key and value:
            yield key, value
    title = root.find(".//title")
    if title is not None and (title.text or "").strip():
        yield "网页标题", re.sub(r"\s+", " ", title.text or "").strip()
