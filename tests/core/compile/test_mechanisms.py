"""Systems, lists, funds and ways of working: their names, what they are for, and what is too hollow to be one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import reading

from lantu.compile.mechanisms import read_mechanisms

NAMES = [
    pytest.param("搭建人才信息库和“一站式”服务平台。", ["人才信息库", "“一站式”服务平台"], id="cut where a head ends"),
    pytest.param("完善人才选拔、任用、调用、评价机制。", ["人才选拔、任用、调用、评价机制"], id="pieces without a head belong together"),
    pytest.param("建立远程会诊、快速转诊等机制。", ["远程会诊、快速转诊机制"], id="steps of one mechanism"),
    pytest.param(
        "打造智慧停车、智慧公交、智慧执法等平台。",
        ["智慧停车平台", "智慧公交平台", "智慧执法平台"],
        id="like beginnings: several platforms",
    ),
    pytest.param("建立山洪、森林火灾等灾害应急联动机制。", ["灾害应急联动机制"], id="a full name after 等"),
    pytest.param("健全以贡献为导向的科技人才评价体系。", ["科技人才评价体系"], id="the attribute goes where the rest says enough"),
    pytest.param("组建统一高效的综合平台。", ["高效综合平台"], id="the attribute stays where the rest is hollow"),
    pytest.param("推行“一窗受理、一次办好”。", ["一窗受理、一次办好"], id="a way of working called by its motto"),
    pytest.param(
        "对信访事项实行挂牌督办、限期办理、办结销号。", ["挂牌督办、限期办理、办结销号"], id="a way of working called by its steps"
    ),
    pytest.param("全面推行河湖长制和林长制。", ["河湖长制", "林长制"], id="short names of office"),
    pytest.param("设立总规模5亿元的产业引导基金。", ["产业引导基金"], id="a fund"),
    pytest.param("编制重大项目清单、责任清单。", ["重大项目清单", "责任清单"], id="lists"),
    pytest.param("建立科技型企业库并实施动态管理。", ["科技型企业库"], id="what 并 adds is another matter"),
    pytest.param("通过搭建综合信息平台、物流广场等载体带动发展。", ["综合信息平台"], id="a member of a list that is called something else"),
    pytest.param("创新实施“信用+承诺”审批模式。", ["“信用+承诺”审批模式"], id="a second verb before a quotation"),
    pytest.param("设立20亿元产业引导基金。", ["产业引导基金"], id="an amount in front"),
    pytest.param("优化调整区街权责清单。", ["区街权责清单"], id="a chain of verbs before a list"),
    pytest.param("建立产业链“链长制”。", ["链长制"], id="whose it is stands before the quotation"),
    pytest.param("建设公共数据资源平台和企业数据空间。", ["公共数据资源平台", "企业数据空间"], id="spaces of data"),
    pytest.param(
        "建立优质企业培育库、后备资源池,编制目标企业清单和产业招商地图。",
        ["优质企业培育库", "后备资源池", "目标企业清单", "产业招商地图"],
        id="pools and maps",
    ),
    pytest.param("实行月调度、季通报、年评估。", ["月调度、季通报、年评估"], id="a rhythm of control"),
    pytest.param("建成政务云,建设数字孪生城市。", ["政务云", "数字孪生城市"], id="names by themselves"),
    pytest.param("创新实行“新区特办”机制。", ["“新区特办”机制"], id="a chain of verbs"),
]


HEADINGS = [
    pytest.param(
        "1.建立区级医疗急救调度平台。完善急救网络。\n2.建设区级政务云平台\n整合资源。",
        ["区级医疗急救调度平台", "区级政务云平台"],
        id="the words of items",
    ),
    pytest.param(
        "1.推行青川湖湖长制。加强巡护。\n2.健全网络“三色”值守机制。压实责任。", ["青川湖湖长制", "网络“三色”值守机制"], id="kinds"
    ),
    pytest.param("1.健全生态保护制度。严守红线。\n2.完善金融服务体系。优化供给。\n3.健全招商机制。招大引强。", [], id="fields of work"),
]


@pytest.mark.parametrize(("items", "names"), HEADINGS)
def test_headings_of_items(items: str, names: list[str]) -> None:
    assert [mechanism.name for mechanism in read_mechanisms(reading(f"第一章重点任务\n一、提升服务\n{items}\n"))] == names


@pytest.mark.parametrize(("sentence", "names"), NAMES)
def test_names(sentence: str, names: list[str]) -> None:
    assert [mechanism.name for mechanism in read_mechanisms(reading(sentence))] == names


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("完善体制机制,健全工作机制。", id="hollow"),
        pytest.param("完善推进机制、治理机制和联动机制,搭建交易平台。", id="hollow words of action"),
        pytest.param("坚持人民代表大会制度,完善多党合作制度,建立现代企业制度。", id="institutions of the state"),
        pytest.param("对名单实行动态管理,推行“标准地”改革,推进“高效办成一件事”。", id="campaigns and everyday work"),
        pytest.param("支持创新型企业做强平台经济,探索与实践在制度上的创新。", id="verbs that are parts of nouns"),
        pytest.param("保护湿地生态系统,完善城市慢行系统。", id="systems of nature and of roads"),
        pytest.param("新建青川水库,加固云岭水库。", id="库 of water"),
        pytest.param("健全医疗卫生服务体系。", id="a state of public service"),
        pytest.param("深化户籍制度改革。", id="a reform of what there is"),
        pytest.param("大力实施“旅游+”战略,培育“小巨人”企业。", id="slogans in quotes"),
    ],
)
def test_none(sentence: str) -> None:
    assert read_mechanisms(reading(sentence)) == ()


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        pytest.param("建设水利监管平台,提升防御能力。", "提升防御能力", id="the clause after says what for"),
        pytest.param("建立联席会议制度,用于协调跨部门事项。", "用于协调跨部门事项", id="what it is used for"),
        pytest.param("建立青川湖湖长制,严守128万亩耕地红线。", "建立青川湖湖长制", id="another matter is no purpose"),
        pytest.param("完善水资源管理制度,推进监察体制改革。", "完善水资源管理制度", id="another reform is no purpose"),
        pytest.param("建立健全激励补偿机制,健全薪酬制度。", "建立健全激励补偿机制", id="a clause that sets up something else does not"),
        pytest.param("构建体现知识价值的收益分配机制。", "体现知识价值", id="the attribute says it"),
        pytest.param("围绕重点企业,组建技改项目库。", "围绕重点企业,组建技改项目库", id="the clause before says it"),
    ],
)
def test_what(sentence: str, what: str) -> None:
    assert read_mechanisms(reading(sentence))[0].what == what


def test_verb_and_place() -> None:
    read = reading("一、营商环境\n加快搭建银企对接平台,畅通融资渠道。\n")
    (mechanism,) = read_mechanisms(read)
    assert (mechanism.verb, read.text[slice(*mechanism.span)], mechanism.section) == ("搭建", "银企对接平台", read.sections[0].id)


@given(st.text(alphabet="建立健全完善机制平台体系、和等的“”()一窗受理实行,。;云溪项目库\n", max_size=120))
def test_any_text_is_read_and_spans_stay_inside(text: str) -> None:
    read = reading(text)
    for mechanism in read_mechanisms(read):
        assert 0 <= mechanism.span.start < mechanism.span.end <= len(read.text)
        assert mechanism.what
