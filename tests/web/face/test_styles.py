"""The order of the built styles: at equal weight a page wins over the base, and paper over both."""

from __future__ import annotations

import json

from lantu_web.templatetags.lantu import MANIFEST


def test_pages_come_after_the_base_and_paper_last() -> None:
    (sheet,) = json.loads(MANIFEST.read_text(encoding="utf-8"))["entries/base.ts"]["css"]
    text = (MANIFEST.parent / sheet).read_text(encoding="utf-8")
    places = [text.index(rule) for rule in (".form-control{", ".card{", ".table{", ".ledger{", ".wb{", "@page{")]
    assert (places[:3], places[-1]) == (sorted(places[:3]), max(places))
    assert max(places[:3]) < min(places[3:])
