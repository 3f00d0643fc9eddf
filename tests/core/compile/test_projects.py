"""Named works: what governs them, how their lists are cut, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import reading

from lantu.compile.projects import read_projects

NAMES = [
    pytest.param(
        "建设石门路、云岭路,升级改造小桥路。", ["石门路", "云岭路", "小桥路"], id="a verb governs its list, the next clause has its own"
    ),
    pytest.param("推进环湖东堤建设。", ["环湖东堤"], id="the noun of action after a light verb is no part of the name"),
    pytest.param("实施青川河治理。", ["青川河治理"], id="an action that says what is done is part of the name"),
    pytest.param(
        "启动云溪镇污水处理厂、消防站、排灌站建设。",
        ["云溪镇污水处理厂", "云溪镇消防站", "云溪镇排灌站"],
        id="the place before the first stands for all",
    ),
    pytest.param(
        "实施仓前街、向阳路等断头路打通工程。", ["仓前街断头路打通工程", "向阳路断头路打通工程"], id="the action after 等 is shared"
    ),
    pytest.param("加快望湖、青川等街道公交枢纽站建设。", ["望湖街道公交枢纽站", "青川街道公交枢纽站"], id="the head after 等 is shared"),
    pytest.param(
        "着力抓好华晟电池、中远重工二期等重点项目建设。", ["华晟电池", "中远重工二期"], id="inside 等项目 a name needs no head of a work"
    ),
    pytest.param(
        "新建云溪科创园、青川智谷等一批新兴产业园区。", ["云溪科创园", "青川智谷"], id="等一批…园区 counts no works, it names them"
    ),
    pytest.param("深岚大厦加快建设,望湖广场主体完工。", ["深岚大厦", "望湖广场"], id="the subject of a predicate of progress"),
    pytest.param("确保云溪大桥年底前建成通车。", ["云溪大桥"], id="a hope before the subject and a date after it are no part of the name"),
    pytest.param("云岭水库除险加固工程有序推进。", ["云岭水库除险加固工程"], id="a work under way"),
    pytest.param("重建望湖楼、青川书院等建筑。", ["望湖楼", "青川书院"], id="what is rebuilt is concrete"),
    pytest.param(
        "实施云岭村棚户区改造项目(一期),西苑家园二期建设。",
        ["云岭村棚户区改造项目(一期)", "西苑家园二期"],
        id="a list goes on after a comma",
    ),
    pytest.param("对青川河8公里的河道进行综合整治。", ["青川河综合整治"], id="对X进行Y"),
    pytest.param("建设青川绿道36公里。", ["青川绿道"], id="a length after a named work"),
    pytest.param(
        "规划建设“一宫两馆”(区工人文化宫,文化馆和科技馆)。", ["区工人文化宫", "文化馆", "科技馆"], id="a numbered group lists its members"
    ),
    pytest.param(
        "打通清水沟、南干沟等8条排水沟治理,推进330千伏望湖输变电工程。",
        ["清水沟排水沟治理", "南干沟排水沟治理", "330千伏望湖输变电工程"],
        id="ditches; a voltage is no count",
    ),
    pytest.param("云溪第二实验学校建成招生。", ["云溪第二实验学校"], id="a school opens"),
    pytest.param("打造望湖街区、老码头文化街区、滨湖康养片区。", ["望湖街区", "老码头文化街区"], id="quarters with a name of their own"),
    pytest.param(
        "建设云溪现代种业园、区青少年科学体验馆、一中实验楼、青川干渠生态森林带、中德中小企业合作区。",
        ["云溪现代种业园", "区青少年科学体验馆", "一中实验楼", "青川干渠生态森林带", "中德中小企业合作区"],
        id="kinds of works",
    ),
    pytest.param("新建云溪—青川、望湖至石桥高速公路。", ["云溪—青川高速公路", "望湖至石桥高速公路"], id="routes share the kind of road"),
    pytest.param("实施G210、S18线升级改造。", ["G210线升级改造", "S18线升级改造"], id="numbered roads share what is done"),
    pytest.param(
        "完成望湖路、青川路和石桥路改造工程。", ["望湖路改造工程", "青川路改造工程", "石桥路改造工程"], id="one action on three roads"
    ),
    pytest.param("打通建设路、迎宾大道2条断头路。", ["建设路", "迎宾大道"], id="a number closes the list; 建设路 is a road"),
    pytest.param("建设青川第三污水处理厂(规模由2万吨/日扩至4万吨/日)。", ["青川第三污水处理厂"], id="sizes in brackets"),
    pytest.param("实施S202线罗溪至云岭段62公里一级公路改造。", ["S202线罗溪至云岭段一级公路改造"], id="a length inside"),
    pytest.param("支持青川装备公司建设智能工厂、中试线。", ["青川装备公司智能工厂", "青川装备公司中试线"], id="works of a named company"),
    pytest.param("实施引青入云工程。", ["引青入云工程"], id="water brought from river to river"),
]

HEADINGS = [
    pytest.param("1.推进望湖水库建设。加强管护。\n2.建设青川湖大桥\n完善路网。", ["望湖水库", "青川湖大桥"], id="the words of items"),
    pytest.param("1.推进路网管网建设。加强管护。\n2.推进基础设施互联互通\n完善路网。", [], id="fields of work"),
]


@pytest.mark.parametrize(("items", "names"), HEADINGS)
def test_headings_of_items(items: str, names: list[str]) -> None:
    assert [project.name for project in read_projects(reading(f"第一章重点任务\n一、完善设施\n{items}\n"))] == names


BOXES = [
    pytest.param(
        "1.清水沟湿地水质净化工程。新建人工湿地1200亩,总投资1.8亿元。\n2.云岭流域综合治理项目:治理河道4公里,估算投资3.2亿元。\n3.农村厕所改造工程。实施改厕。",
        [("清水沟湿地水质净化工程", None, "1.8亿元"), ("云岭流域综合治理项目", None, "3.2亿元")],
        id="numbered entries are works, programmes are not",
    ),
    pytest.param(
        "云溪机场改扩建工程:新建跑道2600米,建设性质:续建,总投资9亿元。", [("云溪机场改扩建工程", "续建", "9亿元")], id="a labelled line"
    ),
    pytest.param(
        "高速公路:云溪至青川、望湖—石桥、青川绕城高速。\n水库:望湖水库(续建)。",
        [("云溪至青川高速公路", None, None), ("望湖—石桥高速公路", None, None), ("青川绕城高速", None, None), ("望湖水库", "续建", None)],
        id="lists after a kind, without a verb",
    ),
]


@pytest.mark.parametrize(("entries", "told"), BOXES)
def test_entries_of_a_box(entries: str, told: list[tuple[str, str | None, str | None]]) -> None:
    read = reading(f"第一章重点任务\n一、完善设施\n专栏1重点工程\n{entries}\n")
    assert [(project.name, project.stage, project.investment) for project in read_projects(read)] == told


NONE = [
    pytest.param("实施人才安居工程、放心早餐工程。", id="programmes are no works"),
    pytest.param("新建幼儿园12所,改造农村公路120公里。", id="a number of works is a figure"),
    pytest.param("建设一批公共停车场、充电桩。", id="a kind of works"),
    pytest.param("推进城市道路、公园、停车场等设施建设。", id="everyday facilities without a name"),
    pytest.param("打造全国一流的先进制造业高地和区域性金融中心。", id="an aim is no work"),
    pytest.param("推进城市管理进社区,统筹山水林田湖草沙一体化保护修复,修复退化湿地。", id="services and nature at large"),
    pytest.param("加快西部陆海新通道建设,推进四好农村路建设。", id="strategies of the nation"),
    pytest.param("建设智慧生态青川河、美丽幸福河湖,打造氢能谷,创建“无废城市”示范区。", id="mottoes"),
    pytest.param("建设国家重要先进制造业基地。", id="an aim with a rank"),
    pytest.param("支持企业建设研发中心。", id="what others are encouraged to do"),
    pytest.param("重点招引智能装备、节能设备等项目。", id="what is sought from investors"),
    pytest.param("建设现代化产业体系,推进治理能力现代化。", id="abstract objects of 建设"),
]


@pytest.mark.parametrize(("sentence", "names"), NAMES)
def test_names(sentence: str, names: list[str]) -> None:
    assert [project.name for project in read_projects(reading(sentence))] == names


@pytest.mark.parametrize("sentence", NONE)
def test_none(sentence: str) -> None:
    assert read_projects(reading(sentence)) == ()


def test_each_work_has_its_own_investment_and_its_place() -> None:
    read = reading("加快推进总投资35亿元的青川传感产业园、总投资12亿元的云谷数据中心二期等项目。")
    found = read_projects(read)
    assert [(project.name, project.investment, read.text[slice(*project.span)]) for project in found] == [
        ("青川传感产业园", "35亿元", "青川传感产业园"),
        ("云谷数据中心二期", "12亿元", "云谷数据中心二期"),
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        pytest.param("开工建设云岭抽水蓄能电站,总投资86亿元。", ("开工建设", "开工建设", "86亿元"), id="a sum in the clause after"),
        pytest.param("续建云溪区妇幼保健院迁建项目。", ("续建", "续建", None), id="no sum, none invented"),
        pytest.param("推进望湖智造产业园(总投资12.5亿元)建设。", ("推进建设", None, "12.5亿元"), id="a sum in brackets"),
        pytest.param("投资2.3亿元建设云溪一中新校区。", ("建设", None, "2.3亿元"), id="a sum before"),
        pytest.param("开工建设投资10亿元的蓝溪科技二期。", ("开工建设", "开工建设", "10亿元"), id="a sum makes any name a project"),
        pytest.param("新建望湖水库,库容800万立方米,估算总投资3亿元。", ("新建", None, "3亿元"), id="a total behind a size"),
        pytest.param(
            "并适时推进青川港建设,全年完成投资27亿元,其中总投资9亿元。", ("推进建设", None, None), id="a sum further off is not the work's"
        ),
    ],
)
def test_verb_stage_and_investment(sentence: str, told: tuple[str, str | None, str | None]) -> None:
    (project,) = read_projects(reading(sentence))
    assert (project.verb, project.stage, project.investment) == told


def test_two_works_of_a_sentence_have_two_sums() -> None:
    found = read_projects(reading("建设云溪大剧院,总投资3亿元,新建望湖图书馆,总投资5亿元。"))
    assert [(project.name, project.investment) for project in found] == [("云溪大剧院", "3亿元"), ("望湖图书馆", "5亿元")]


def test_a_work_told_twice_in_a_section_is_one_and_the_box_wins() -> None:
    read = reading(
        "第一章基础设施\n第一节交通\n推进云岭路西延建设,方便群众出行。\n专栏1交通重点工程\n重点实施云岭路西延、青川大道等工程。\n"
    )
    found = read_projects(read)
    assert [project.name for project in found] == ["云岭路西延", "青川大道"]
    assert found[0].span.start == read.text.rindex("云岭路西延")


def test_chapters_of_aims_name_no_works() -> None:
    read = reading("第一章总体要求\n第一节指导思想\n加快建设云溪产业园。\n第二章重点任务\n第一节产业\n加快建设云溪产业园。\n")
    assert [project.span.start for project in read_projects(read)] == [read.text.rindex("云溪产业园")]


@given(st.text(alphabet="建设推进等、,。;:“”()云溪路园区工程项目一批12亿元的和对进行治理期\n", max_size=120))
def test_any_text_is_read_and_spans_stay_inside(text: str) -> None:
    read = reading(text)
    for project in read_projects(read):
        assert 0 <= project.span.start < project.span.end <= len(read.text)
