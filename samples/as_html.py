"""A sample as a page of a government site: menus, an index table, letter sizes, sharing, and a footer around the document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from samples.markup import Block, tables

_MENU = ("网站首页", "政务公开", "政务服务", "互动交流", "走进云溪", "数据开放")
_INDEX = (
    ("索引号", "YX0010-2026-00031"), ("主题分类", "综合政务、国民经济管理"), ("发布机构", "云溪新区管理委员会"),
    ("成文日期", "2026-03-18"), ("文号", "云溪管发〔2026〕3号"), ("发布日期", "2026-03-20"),
)  # fmt: skip
_TAGS = {"title": "h1", "heading1": "h2", "heading2": "h3", "heading3": "h4"}
_CLASSES = {"subtitle": "center", "number": "center", "caption": "center", "signature": "right", "addressee": "flush"}
_STYLE = """
body{margin:0;font:16px/1.9 "Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#222;background:#f4f6f8}
.top,.foot{background:#14508c;color:#fff;padding:16px 8%}
.top a,.foot a{color:#fff;margin-right:22px;text-decoration:none}
.main{width:1000px;margin:18px auto;background:#fff;padding:24px 60px 40px;box-shadow:0 1px 4px #ccc}
.crumb,.tools{color:#888;font-size:13px}
.tools{display:flex;gap:18px;justify-content:center;border-bottom:1px solid #ddd;padding:6px 0}
.index{width:100%;border-collapse:collapse;background:#f3f7fb;font-size:14px;margin:14px 0}
.index td{padding:6px 12px;border:1px solid #dce6f0}
h1{font-size:26px;text-align:center;line-height:1.5}h2{font-size:21px;text-align:center;margin-top:40px}
h3{font-size:18px;text-align:center}
.content p{text-indent:2em;margin:.5em 0}
.content p.center{text-align:center;text-indent:0}
.content p.right{text-align:right;text-indent:0}
.content p.flush{text-indent:0}
.grid{border-collapse:collapse;width:100%;font-size:14px}
.grid td,.grid th{border:1px solid #666;padding:3px 8px}
.box{width:100%;border-collapse:collapse;margin:14px 0}
.box td{border:1px solid #2a6db0;background:#eef5fc;padding:8px 20px}
"""


def as_html(blocks: Sequence[Block]) -> str:
    """One page; the first title stands above the tools, as on such sites."""
    title = next(block.text for block in blocks if block.kind == "title")
    content = "\n".join(_content(blocks[1:]))
    menu = "".join(f'<a href="#">{name}</a>' for name in _MENU)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{escape(title)}_云溪新区管理委员会门户网站</title>
<meta name="ArticleTitle" content="{escape(title)}">
<style>{_STYLE}</style>
</head>
<body>
<div class="top"><strong>云溪新区管理委员会</strong><p class="nav">{menu}</p></div>
<div class="main">
<div class="crumb">当前位置：<a href="#">首页</a> &gt; <a href="#">政务公开</a> &gt; <a href="#">规划计划</a></div>
<table class="index">{_index()}</table>
<h1>{escape(title)}</h1>
<div class="tools"><span>发布日期：2026-03-20</span><span>来源：云溪新区管理委员会</span><span>浏览次数：1286</span>
<span>字号：【大】【中】【小】</span><a href="#">打印</a><a href="#">关闭</a><span>分享到：</span></div>
<div class="content">
{content}
</div>
<div class="tools"><span>责任编辑：云溪新区门户网站</span><a href="#">【打印本页】</a><a href="#">【关闭窗口】</a></div>
<p>上一篇：<a href="#">云溪新区2026年政务公开工作要点</a></p>
<p>下一篇：<a href="#">云溪新区重大行政决策事项目录</a></p>
</div>
<div class="foot"><p><a href="#">网站地图</a><a href="#">联系我们</a><a href="#">版权声明</a></p>
<p>主办：云溪新区管理委员会 承办：云溪新区大数据中心 网站标识码：0000000000</p></div>
</body>
</html>
"""


def _index() -> str:
    pairs = [_INDEX[at : at + 2] for at in range(0, len(_INDEX), 2)]
    return "".join("<tr>" + "".join(f"<td>{name}：</td><td>{value}</td>" for name, value in pair) + "</tr>" for pair in pairs)


def _content(blocks: Sequence[Block]) -> list[str]:
    grids = tables(list(blocks))
    lines: list[str] = []
    boxed = False
    for index, block in enumerate(blocks):
        if boxed and (not block.boxed or block.kind == "box"):
            lines.append("</td></tr></table>")
        if block.kind == "box":
            lines.append('<table class="box"><tr><td>')
        boxed = block.boxed
        if index in grids:
            lines.append(_grid(grids[index]))
        elif block.kind != "row":
            lines.append(_paragraph(block))
    return lines


def _paragraph(block: Block) -> str:
    if block.kind in _TAGS:
        return f"<{_TAGS[block.kind]}>{escape(block.text)}</{_TAGS[block.kind]}>"
    if block.body:
        return f"<p><strong>{escape(block.heading)}。</strong>{escape(block.body)}</p>"
    if block.kind == "box":
        return f'<p class="center"><strong>{escape(block.text)}</strong></p>'
    name = _CLASSES.get(block.kind)
    return f'<p class="{name}">{escape(block.text)}</p>' if name else f"<p>{escape(block.text)}</p>"


def _grid(rows: Sequence[Block]) -> str:
    lines = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in rows[0].cells) + "</tr>"]
    for index, row in enumerate(rows[1:], 1):
        first, *rest = row.cells
        height = merged(rows, index)
        head = f'<td rowspan="{height}">{escape(first)}</td>' if first else ""
        lines.append(f"<tr>{head}" + "".join(f"<td>{escape(cell)}</td>" for cell in rest) + "</tr>")
    return '<table class="grid">\n' + "\n".join(lines) + "\n</table>"


def merged(rows: Sequence[Block], start: int) -> int:
    """Over how many rows the first cell of row ``start`` reaches."""
    end = start + 1
    while end < len(rows) and not rows[end].cells[0]:
        end += 1
    return end - start
