"""Chapter paths, serial numbers and sentences."""

from __future__ import annotations

import pytest
from tests.factories.plans import TEXT, cloud_stream_plan, empty_plan

from lantu.interchange.places import CONTEXT, Places
from lantu.model import Section, SectionKind, Span


def outline(*levels_and_numbers: tuple[int, str]) -> tuple[Section, ...]:
    """Sections s0, s1, … with parents by level."""
    found: list[Section] = []
    for index, (level, number) in enumerate(levels_and_numbers):
        parent = next((section.id for section in reversed(found) if section.level < level), None)
        kind = SectionKind.TITLE if level == 0 else SectionKind.HEADING
        facts = {"id": f"s{index}", "parent": parent, "level": level, "number": number, "title": "题", "raw_title": "", "kind": kind}
        found.append(Section(**facts, span=Span(index, index), raw_span=Span(index, index)))
    return tuple(found)


def test_label_is_the_path_without_the_title() -> None:
    places = Places(cloud_stream_plan())
    assert places.label("s7") == "第二章 构建特色鲜明的现代产业体系 › 第一节 做强绿色装备制造业 › 1.壮大龙头企业"
    assert places.label("s12") == "第三章 优化空间布局 › （二）强化要素保障"
    assert (places.label("s1"), places.label(None), places.label("unknown")) == ("", "", "")


SERIALS = [
    ("chapters and sections", [(0, ""), (1, "一、"), (2, "(一)"), (2, "(二)"), (1, "二、"), (2, "(一)")],
     ["s2", "s2", "s3", "s5"], ["1-1-1", "1-1-2", "1-2-1", "2-1-1"]),
    ("a chapter without sections", [(1, "一、"), (1, "二、")], ["s0", "s1", "s1"], ["1-1", "2-1", "2-2"]),
    ("before the first section of a chapter", [(1, "一、"), (2, "(一)")], ["s0", "s1"], ["1-0-1", "1-1-1"]),
    ("third levels share their section", [(1, "一、"), (2, "(一)"), (3, "1."), (3, "2.")], ["s2", "s3"], ["1-1-1", "1-1-2"]),
    ("a number printed twice", [(1, "一、"), (2, "(三)"), (2, "(三)")], ["s1", "s2"], ["1-1-1", "1-2-1"]),
    ("an unnumbered preface", [(1, ""), (1, "第一章")], ["s0", "s1"], ["0-1", "1-1"]),
    ("no chapter has a number", [(1, ""), (1, "")], ["s0", "s1"], ["1-1", "2-1"]),
    ("before any chapter", [(0, ""), (1, "一、")], ["s0", None, "s1"], ["0-1", "0-2", "1-1"]),
    ("no outline", [], [None, None], ["1", "2"]),
]  # fmt: skip


@pytest.mark.parametrize(("levels", "asked", "expected"), [case[1:] for case in SERIALS], ids=[case[0] for case in SERIALS])
def test_serials(levels: list[tuple[int, str]], asked: list[str | None], expected: list[str]) -> None:
    places = Places(cloud_stream_plan(sections=outline(*levels)))
    assert [places.next_serial(section) for section in asked] == expected


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("云溪数据港项目", "加快建设云溪数据港项目和工业互联网公共服务平台，推动200家以上企业上云用云。"),
        ("生态片区位于云溪大道以东、望山路以南", "生态片区位于云溪大道以东、望山路以南。"),
        ("严格落实耕地保护责任。", "=严格落实耕地保护责任。"),
        ("第一节发展基础", "第一节发展基础"),
    ],
    ids=["inside a sentence", "after a line end", "with its own mark", "a heading"],
)
def test_sentence(words: str, expected: str) -> None:
    assert Places(cloud_stream_plan()).sentence(span_of(words)) == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(500, 510), "…" + "年" * (2 * CONTEXT + 10) + "…"),
        (Span(0, 10), "年" * (CONTEXT + 10) + "…"),
        (Span(990, 1000), "…" + "年" * (CONTEXT + 10)),
    ],
    ids=["in the middle", "at the start", "at the end"],
)
def test_a_long_sentence_is_cut_where_it_says_so(span: Span, expected: str) -> None:
    assert Places(cloud_stream_plan(text="年" * 1000)).sentence(span) == expected


def test_a_plan_without_text_has_no_sentence() -> None:
    assert Places(cloud_stream_plan(text="")).sentence(Span(5, 10)) == ""
    assert Places(empty_plan()).sentence(Span(0, 2)) == "无内容"
