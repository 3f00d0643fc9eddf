"""Areas: which side a limit is on, which words name the area, and what is no area."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import reading

from lantu.compile.zones import read_zones

# name, then east, west, south, north
ZONES = [
    pytest.param(
        "起步区东至青川河、西至云岭,南至绕城高速,北至滨江大道。",
        ("起步区", "青川河", "云岭", "绕城高速", "滨江大道"),
        id="X至Y: Y lies on side X",
    ),
    pytest.param(
        "云溪新城位于青川河以东、云岭路以西、绕城高速以北。",
        ("云溪新城", "云岭路", "青川河", "绕城高速", None),
        id="the area east of a river has it in the west",
    ),
    pytest.param(
        "中央活力区(东起星海路,西至月湖路,南起迎宾道,北至铁路)。",
        ("中央活力区", "星海路", "月湖路", "迎宾道", "铁路"),
        id="in brackets after the name",
    ),
    pytest.param(
        "规划范围为:东至S102,西至云溪河,北接青川区界。",
        ("规划范围", "S102", "云溪河", None, "青川区界"),
        id="nothing names it but its own label",
    ),
    pytest.param(
        "高铁片区。四至范围为东、南至环城路,西至铁路,北至河堤。",
        ("高铁片区", "环城路", "铁路", "环城路", "河堤"),
        id="one limit for two sides",
    ),
    pytest.param("老城片区北以人民路为界,南以运河为界。", ("老城片区", None, None, "运河", "人民路"), id="以…为界, on two sides"),
    pytest.param(
        "在泰山路以西、长江路以南区域规划建设云溪科技园。", ("云溪科技园", "泰山路", None, None, "长江路"), id="named after its limits"
    ),
]


@pytest.mark.parametrize(("sentence", "told"), ZONES)
def test_bounds(sentence: str, told: tuple[str | None, ...]) -> None:
    (zone,) = read_zones(reading(sentence))
    bounds = zone.bounds
    assert (zone.name, bounds.east, bounds.west, bounds.south, bounds.north) == told


def test_the_run_in_heading_names_the_area() -> None:
    read = reading(
        "第一章空间布局\n第一节片区\n1.望湖片区。东至青川路、西至云岭路,打造商务区。\n2.南山片区。东至东环路、西至铁路,发展物流。\n"
    )
    assert [zone.name for zone in read_zones(read)] == ["望湖片区", "南山片区"]


def test_two_areas_in_one_sentence() -> None:
    found = read_zones(reading("科教园位于学院路以西、创新道以东;物流园位于西环路以西、云溪以南。"))
    assert [(zone.name, zone.bounds.east, zone.bounds.west, zone.bounds.north) for zone in found] == [
        ("科教园", "学院路", "创新道", None),
        ("物流园", "西环路", None, "云溪"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("云岭路东延工程,西起青川路,东至滨江大道。", id="a road is a line"),
        pytest.param("长江以南地区发展不平衡。", id="one side is a direction"),
        pytest.param("由东至西、由南至北推进。", id="directions without limits"),
        pytest.param("推动东部地区率先发展,以东带西。", id="compass words"),
    ],
)
def test_no_area(sentence: str) -> None:
    assert read_zones(reading(sentence)) == ()


@given(st.text(alphabet="东西南北至以起位于、,。;路河区(为界)\n", max_size=100))
def test_any_text_is_read_and_spans_stay_inside(text: str) -> None:
    read = reading(text)
    for zone in read_zones(read):
        assert 0 <= zone.span.start < zone.span.end <= len(read.text)
