"""Pages of the annotated family: damaged by a forward model, read back, and compared with the truth."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.damage import damage, decode

from lantu.text.annotated import restore_annotated
from lantu.text.document import Document

READINGS = {
    "業": "yè", "發": "fā", "產": "chǎn", "區": "qū", "農": "nóng", "創": "chuàng", "現": "xiàn", "經": "jīng", "質": "zhì", "規": "guī",
    "優": "yōu", "環": "huán", "節": "jié", "監": "jiān", "統": "tǒng", "醫": "yī", "轉": "zhuǎn", "鄉": "xiāng", "調": "diào", "數": "shù",
    "續": "xù", "網": "wǎng", "聯": "lián", "貿": "mào", "穩": "wěn", "據": "jù",
}  # fmt: skip
FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

# A page of a fictional district: enough sound text for the page's own language.
PAGE = """雲溪新區經濟社會發展規劃綱要
堅持新發展理念，加快建設現代化經濟體系，推動農業規模化經營和產業優化升級。規模化經營面積穩步增加。
到二〇二五年，全區規模以上工業企業達到一百家，農業標準化生產比重達到八成，農產品質量安全水平明顯提高。
完善市場監管機制，優化營商環境，推進貨運物流便利化、平台運營市場化。支持有潛力的中小微企業發展。
保障醫療保險基金安全運行，基金監管制度更加健全。推進基本公共服務均等化，促進農村轉移人口市民化。
建設數字雲溪，推進產業數字化、數字產業化，構建現代化基礎設施網絡。土地規模化經營率逐年提高。
加強學校建設，推行學區制改革，具備專科以上學歷的教師比重提高。完善專項資金監管，做到專款專用。
推動傳統產業更新換代，加快新舊動能轉換，培育創新型企業。發展現代服務業，建設區域性消費中心。
"""
RESTORED = [
    ("支持發展潛力大的中小微企業發展。", "發展潛力大的中小微企業發展", "an annotation fired across two characters: exact"),
    ("推動傳統產業更新換代。", "更新換代", "the same, with a run of one character"),
    ("加快轉型發展。現代服務業繁榮。", "轉型發展。現代服務業", "a cut inside 。 and the next character"),
]


@pytest.mark.parametrize(("sentence", "expected", "why"), RESTORED, ids=[case[2] for case in RESTORED])
def test_what_is_exact_is_restored(sentence: str, expected: str, why: str) -> None:
    shown = damage(PAGE * 2 + sentence, READINGS)
    assert expected not in shown
    restored = restore_annotated(shown)
    line = restored.text.split("\n")[-1]
    assert expected in line
    start = restored.text.index(line) + line.index(expected)
    assert not any(doubt.span.start < start + len(expected) and start < doubt.span.end for doubt in restored.doubts)


def test_a_choice_of_more_than_a_byte_is_marked_in_both_texts(read: Callable[[str], Document]) -> None:
    raw = damage(PAGE * 2 + "農業規模化種糧比例超過八成。", READINGS)
    document = read(raw)
    line = document.text.split("\n")[-1]
    start = document.text.index(line)
    assert line.startswith("农业规")
    assert document.doubt_at(start, len(document.text)) == "原文有字节丢失,此处文字为推断,请核对原件"
    doubt = next(doubt for doubt in document.doubts if doubt.span.start >= start)
    loss = next(loss for loss in document.repairs.losses if loss.raw_span == document.offsets.to_source(*doubt.span))
    assert raw[slice(*loss.raw_span)].startswith("?;")


def test_every_annotation_goes_and_is_counted() -> None:
    shown = damage(PAGE.replace("模化", "模型"), READINGS, lambda _number: False)
    restored = restore_annotated(shown)
    assert restored.counts["pinyin_annotations"] == len(re.findall(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", shown))
    assert "(" not in restored.text
    assert restored.text.translate(FOLD).count("業") == PAGE.count("業")


def test_true_question_marks_stay() -> None:
    sound = damage(PAGE, READINGS, lambda _number: False)
    planted = sound.replace("理念", "理念?").replace("重提高", "重提高?")
    assert restore_annotated(planted).text.count("?") == restore_annotated(sound).text.count("?") + 2


FOREIGN = [
    ("到2025年,全区产业产值达到50亿元。怎么干?抓落实。\n", "a question in an ordinary page"),
    ("空气质量指数(aqi)、地区生产总值(gdp)和研发投入(rd)持续改善?\n", "Latin abbreviations in brackets"),
    ("发展智能网联汽车(xin)、新材料(gao)和生物医药(ke)产业。\n", "brackets that are not readings"),
]


@pytest.mark.parametrize(("line", "why"), FOREIGN, ids=[case[1] for case in FOREIGN])
def test_other_pages_are_not_touched(line: str, why: str) -> None:
    text = line * 40
    restored = restore_annotated(text)
    assert (restored.text, restored.untouched, restored.counts) == (text, True, {})


@given(st.text("業發產?；。，省停靠模化(qūyè)abI1 種\n", max_size=60))
def test_nothing_in_such_a_page_breaks_the_reading(tail: str) -> None:
    text = "業(yè)發(fā)產(chǎn)區(qū)" * 8 + tail
    restored = restore_annotated(text)
    assert restored.offsets.length == len(restored.text)
    assert all(0 <= doubt.span.start <= doubt.span.end <= len(restored.text) for doubt in restored.doubts)
    assert all(0 <= loss.raw_span.start < loss.raw_span.end <= len(text) for loss in restored.losses)


def test_the_forward_model_decodes_as_mbstring_does() -> None:
    assert decode(b"\xb9\x9d".replace(b"\x9d", b"(")) == "?"  # a lead and an ASCII byte below 0x40: one mark, both gone
    assert decode("節".encode("gbk") + b"\xaa\xa1") == "節"  # a private character leaves no trace
    assert decode(b"\xc4") == "?"  # a lead alone


SEED = next((Path(__file__).parents[4] / "shared" / "seeds").glob("003_*.txt"), None)


@pytest.mark.skipif(SEED is None, reason="needs the seed 003 in ../shared/seeds")
def test_the_example_of_the_family_reads_right(read: Callable[[str], Document]) -> None:
    assert SEED is not None
    document = read(SEED.read_text(encoding="utf8"))
    text = document.text
    for words in (
        "到2025年,规模化种粮比例超过80%",
        "土地规模化经营率达到80%",
        "具备专科及以上学历",
        "潜力大的中小微企业进行",
        "于河街道",
        "乐埠山",
    ):
        assert words in text
    strange = {character for character in text if "一" <= character <= "鿿" and not _in_gb2312(character)}
    assert strange == {"蹚"}
    assert re.findall(r"(?<=[一-鿿])[A-Za-z^_\\](?=[一-鿿])", text.replace("A级", "")) == []
    assert "?" not in text
    assert document.repairs.counts["pinyin_annotations"] == 4567
    for words in ("规模化种粮", "土地规模化经营率"):  # two bytes of 化种 and 化经 were guessed
        start = text.index(words)
        assert document.doubt_at(start, start + len(words)) is not None
    for words in ("潜力大的中小微企业进行", "具备专科及以上学历", "更新换代"):
        start = text.index(words)
        assert document.doubt_at(start, start + len(words)) is None


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
