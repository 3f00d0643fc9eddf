"""Who answers: labels, brackets, verbs of duty, addressees, new bodies, areas with tasks of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import reading

from lantu.compile.actors import actors_in_place, read_actors
from lantu.model import ActorRole

# A chapter around the text, so that no line of it stands where a title stands.
BEFORE, AFTER = "第一章重点任务\n本章部署全区今后五年的重点任务。\n", "\n第二章附则\n以上内容自印发之日起施行,请认真抓好贯彻落实。\n"

LEAD, DUTY, APPROVER, OTHER = ActorRole.LEAD, ActorRole.RESPONSIBLE, ActorRole.APPROVER, ActorRole.OTHER

ACTORS = [
    pytest.param(
        "加快建设。(牵头单位:区发改局;责任单位:区财政局、各镇(街道))",
        [("区发改局", LEAD), ("区财政局", DUTY), ("各镇(街道)", DUTY)],
        id="labels in a bracket",
    ),
    pytest.param(
        "加快建设。(区发改局牵头,区财政局、区住建局按职责分工负责)",
        [("区发改局", LEAD), ("区财政局", DUTY), ("区住建局", DUTY)],
        id="duties after the names",
    ),
    pytest.param("加快建设。(市民政局、市财政局)", [("市民政局", DUTY), ("市财政局", DUTY)], id="a closing bracket of organisations only"),
    pytest.param("责任单位:县农业农村局,县供销社", [("县农业农村局", DUTY), ("县供销社", DUTY)], id="a line of its own; A, B are two"),
    pytest.param("由市生态环境局牵头,会同市水务局制定方案。", [("市生态环境局", LEAD), ("市水务局", DUTY)], id="由…牵头, 会同…"),
    pytest.param(
        "州环保局会同州财政局、州农牧局等部门加强指导。", [("州环保局", LEAD), ("州财政局", DUTY), ("州农牧局", DUTY)], id="A会同B、C"
    ),
    pytest.param("区财政局负责资金筹措,云溪城投公司负责工程实施。", [("区财政局", DUTY), ("云溪城投公司", DUTY)], id="X负责Y"),
    pytest.param("规划调整报请区人大常委会批准。", [("区人大常委会", APPROVER)], id="who approves"),
    pytest.param("实行推进部负责制。", [("推进部", DUTY)], id="X负责制"),
    pytest.param(
        "成立青川湖治理领导小组,领导小组办公室设在区水利局。",
        [("青川湖治理领导小组", LEAD), ("区水利局", LEAD)],
        id="a body to be set up and its seat",
    ),
    pytest.param(
        "依托云溪先进材料研究院、青川理工大学转化中心等机构开展攻关。",
        [("云溪先进材料研究院", OTHER), ("青川理工大学转化中心", OTHER)],
        id="依托",
    ),
    pytest.param("望湖街道,大力发展都市农业。", [("望湖街道", DUTY)], id="a street with a task of its own"),
    pytest.param(
        "建设平台。责任单位:各县〔市、区〕人民政府,市商务局",
        [("各县〔市、区〕人民政府", DUTY), ("市商务局", DUTY)],
        id="a bracket of another kind inside a name",
    ),
    pytest.param(
        "完善服务。【市金融办、市财政局负责】", [("市金融办", DUTY), ("市财政局", DUTY)], id="a bracket of another kind around names"
    ),
    pytest.param(
        "完善登记。牵头单位:市自然资源局配合单位:各街道办事处",
        [("市自然资源局", LEAD), ("各街道办事处", OTHER)],
        id="two labels that nothing parts; who cooperates does not answer",
    ),
    pytest.param(
        "推进改革。(市医保局牵头,市卫生健康委、市财政局参加)",
        [("市医保局", LEAD), ("市卫生健康委", OTHER), ("市财政局", OTHER)],
        id="participants",
    ),
    pytest.param(
        "市对口支援办公室负责协调,区审计局配合。", [("市对口支援办公室", DUTY), ("区审计局", OTHER)], id="X配合; 对口 is no clause"
    ),
    pytest.param("区考核办督促落实。", [("区考核办", DUTY)], id="X督促Y"),
    pytest.param("各镇(街道)、区直各部门要细化任务。", [("各镇(街道)", DUTY), ("区直各部门", DUTY)], id="X要"),
]


@pytest.mark.parametrize(("text", "actors"), ACTORS)
def test_names_and_roles(text: str, actors: list[tuple[str, ActorRole]]) -> None:
    assert [(actor.name, actor.role) for actor in read_actors(reading(BEFORE + text + AFTER))] == actors


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("云溪区要抢抓机遇,我区必须主动作为。", id="the whole area is nobody"),
        pytest.param("谁审批、谁负责,谁主管、谁监管。", id="a principle"),
        pytest.param("要素保障应当到位,有关部门要配合。", id="generic"),
        pytest.param("主办单位:云溪县人民政府办公室", id="the footer of a web page"),
        pytest.param("支持企业成立研发小组。", id="bodies of others"),
        pytest.param("牵头领导:张三", id="a person"),
        pytest.param("指挥部办公室设在起步区,各项目责任单位要配合。", id="a place, and units that are not named"),
        pytest.param("成立工作专班。", id="a body without a name"),
    ],
)
def test_nobody(text: str) -> None:
    assert read_actors(reading(BEFORE + text + AFTER)) == ()


def test_addressees_of_a_notice() -> None:
    read = reading(
        "云溪区关于印发规划的通知\n各镇人民政府,区各部门,青川湖管理中心有关单位:\n现将规划印发给你们。\n第一章发展基础\n各镇人民政府,区各部门\n"
    )
    told = [(actor.name, actor.role) for actor in read_actors(read)]
    assert told == [("各镇人民政府", OTHER), ("区各部门", OTHER), ("青川湖管理中心", OTHER)]


def test_addressees_that_are_no_bodies_leave_the_others() -> None:
    read = reading(
        "云溪区关于印发规划的通知\n区各部门,各街道办事处,各片区指挥部,区属各企业,驻区各单位:\n现将规划印发给你们。\n第一章发展基础\n夯实基础。\n"
    )
    assert [actor.name for actor in read_actors(read)] == ["区各部门", "各街道办事处", "各片区指挥部", "驻区各单位"]


def test_who_answers_is_told_in_the_heading_of_an_item() -> None:
    read = reading("第一章重点任务\n一、完善设施\n1.完善急救网络(区卫生健康局牵头,区财政局配合)\n加强调度。\n")
    assert [(actor.name, actor.role) for actor in read_actors(read)] == [("区卫生健康局", LEAD), ("区财政局", OTHER)]


def test_the_first_of_a_list_leads_where_the_document_says_so() -> None:
    read = reading(
        BEFORE + "做强产业。(责任单位:市经信局、市科技局。列第一位的为牵头单位,下同)\n推进项目。(责任单位:市发改委、市经信局)" + AFTER
    )
    assert [(actor.name, actor.role) for actor in read_actors(read)] == [
        ("市经信局", LEAD), ("市科技局", DUTY), ("市发改委", LEAD), ("市经信局", DUTY),
    ]  # fmt: skip


def test_every_mention_bears_the_id_of_its_entry() -> None:
    read = reading(BEFORE + "抓好项目。(责任单位:区发改局)\n抓好企业。(责任单位:区工信局、区发改局)" + AFTER)
    register, placed = actors_in_place(read)
    assert [actor.name for actor in register] == ["区发改局", "区工信局"]
    assert [(actor.id, read.text[slice(*actor.span)]) for actor in placed] == [
        (register[0].id, "区发改局"), (register[1].id, "区工信局"), (register[0].id, "区发改局"),
    ]  # fmt: skip


@given(st.text(alphabet="责任牵头单位:;、,。()区发改局各镇由负责要成立领导小组报批准\n", max_size=120))
def test_any_text_is_read_and_spans_stay_inside(text: str) -> None:
    read = reading(text)
    for actor in actors_in_place(read)[1]:
        assert read.text[slice(*actor.span)] == actor.name
