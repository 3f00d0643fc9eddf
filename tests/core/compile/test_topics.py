"""Topics and suggested bureaus: the words that lead there, their weights, and the order of the answers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantu.compile.topics import Judgement, find_cues, judge, make_cue_table, named_units
from lantu.model import Span, SuggestedUnit
from lantu.rulebooks.organs import Topic, Unit, UnitKind


def unit(name: str, cues: dict[str, int], *, aliases: tuple[str, ...] = (), topics: tuple[str, ...] = ()) -> Unit:
    return Unit(
        id=name, name=name, kind=UnitKind.BUREAU, aliases=aliases, topics=topics, cues=cues,
        effective=date(2024, 1, 1), source="made for a test",
    )  # fmt: skip


TABLE = make_cue_table(
    (Topic(id="water", name="水利", cues={"水库": 3, "河道": 2}), Topic(id="ecology", name="生态环境", cues={"污水处理": 3, "生态": 1})),
    (
        unit("水利局", {"水库": 3, "河道": 2}, aliases=("水务局",), topics=("water",)),
        unit("生态环境局", {"污水处理": 3, "污水处理厂": 2, "生态": 1}, topics=("ecology",)),
        unit("住房和城乡建设局", {"管网": 2, "污水处理厂": 2}),
    ),
)


def judged(body: str, title: str = "", around: str = "") -> Judgement:
    text = f"{around}\n{title}\n{body}"
    title_span = Span(len(around) + 1, len(around) + 1 + len(title))
    cues = find_cues(text, TABLE)
    return judge(cues, Span(len(around) + 1, len(text)), title_span if title else None, [Span(0, len(around))], TABLE)


def test_the_longest_word_counts_at_each_place_and_none_twice() -> None:
    cues = find_cues("新建污水处理厂,治理河道。", TABLE)
    assert (cues.starts, cues.words) == ((2, 10), ("污水处理厂", "河道"))


@pytest.mark.parametrize(
    ("body", "title", "around", "expected", "reason"),
    [
        ("除险加固水库。", "", "", Judgement("水利", (SuggestedUnit(unit="水利局", reason="“水库”"),)), "one decisive word"),
        ("治理河道。", "", "", Judgement(None, ()), "one clear word alone is too little"),
        ("生态生态生态生态生态。", "", "", Judgement(None, ()), "a weak word repeated stays weak"),
        ("", "治理河道", "", Judgement("水利", (SuggestedUnit(unit="水利局", reason="“河道”"),)), "a heading says more"),
        ("清淤河道。", "", "第三章水库", Judgement("水利", ()), "headings above speak for the topic, not for a unit"),
        ("由水务局负责。", "", "", Judgement(None, (SuggestedUnit(unit="水利局", reason="“水务局”"),)), "the plan names the bureau"),
        (
            "新建污水处理厂,铺设管网,治理河道、河道。", "", "",
            Judgement(
                "水利",
                (SuggestedUnit(unit="水利局", reason="“河道”"), SuggestedUnit(unit="住房和城乡建设局", reason="“污水处理厂”“管网”")),
            ),
            "the best first, by score with the bonus of the own trade; those far behind are left out",
        ),
        ("召开会议。", "", "", Judgement(None, ()), "nothing speaks for anything"),
    ],
)  # fmt: skip
def test_judgements(body: str, title: str, around: str, expected: Judgement, reason: str) -> None:
    assert judged(body, title, around) == expected, reason


@pytest.mark.parametrize(
    ("text", "topic", "first"),
    [
        ("新建污水处理厂2座,改造雨污管网36公里,消除黑臭水体。", "生态环境", "住房和城乡建设局"),
        ("建设高标准农田3万亩,培育家庭农场,发展特色养殖。", "农业农村", "农业农村局"),
        ("新建幼儿园4所,改扩建中小学3所,增加学位。", "教育", "教育和体育局"),
        ("完成老旧小区改造12个,推进城市更新,新增保障性租赁住房。", "城乡建设", "住房和城乡建设局"),
        ("推行一窗受理、容缺受理,深化行政审批制度改革。", "营商环境与政务服务", "行政审批服务局"),
        ("改造农村公路80公里,优化公交线路,新建客运站。", "交通", "交通运输局"),
        ("培育专精特新企业,推动规上工业企业技术改造。", "产业与工业", "工业和信息化局"),
        ("加强养老服务,新建日间照料中心,提高低保标准。", "民政与养老", "民政局"),
        ("开展年度监测、中期评估和总结评估,完善规划实施机制。", "规划实施", "发展和改革局"),
        ("排查安全生产隐患,完善应急预案,储备应急物资。", "应急与安全生产", "应急管理局"),
        ("实施高素质干部队伍建设,加强基层党组织建设。", "党的建设", "组织部"),
        ("创建国家4A级景区,开发研学旅游线路,保护非物质文化遗产。", "文化旅游", "文化和旅游局"),
    ],
)
def test_the_shipped_rulebooks_know_their_trade(text: str, topic: str, first: str) -> None:
    answer = judge(find_cues(text), Span(0, len(text)))
    assert (answer.topic, answer.units[0].unit) == (topic, first)
    assert len(answer.units) <= 3
    assert all(f"{word}" in text for suggested in answer.units for word in suggested.reason.strip("“”").split("”“"))


@pytest.mark.parametrize(
    ("text", "absent", "reason"),
    [
        ("实施水质净化工程,净化河道。", "工业和信息化局", "净化|工程 holds no 化工"),
        ("出台国家政策,落实国家政策。", "商务局", "国家|政策 holds no 家政"),
        ("提高中小学办学水平。", "“高中", "提高|中小学 holds no 高中"),
        ("省级以上市场主体增长,以上市级园区提升。", "“上市", "以上|市级 holds no 上市"),
        ("健全市场化经营机制,推行市场化选聘。", "商务局", "市场化 says nothing of commerce"),
        ("推进清水沟流域综合治理,治理小流域。", "政法委", "治理 alone is said of rivers too"),
    ],
)
def test_words_across_the_edges_of_other_words_lead_nowhere(text: str, absent: str, reason: str) -> None:
    answer = judge(find_cues(text), Span(0, len(text)))
    assert not [unit for unit in answer.units if absent in unit.unit or absent in unit.reason], reason


@pytest.mark.parametrize(
    ("names", "units", "reason"),
    [
        (("市政务服务中心", "市大数据局"), ("行政审批服务局", "大数据局"), "the name ends as the bureau's own or another name of it"),
        (("区教育局", "区体育局"), ("教育和体育局",), "one bureau once"),
        (("云溪湖管护中心",), (), "no standard bureau"),
    ],
)
def test_bureaus_that_the_plan_names_are_known_by_their_names(names: tuple[str, ...], units: tuple[str, ...], reason: str) -> None:
    assert tuple(suggested.unit for suggested in named_units(names)) == units, reason
    assert all(suggested.reason.strip("“”") in names for suggested in named_units(names)), reason


def test_cues_inside_spans_are_left_out() -> None:
    cues = find_cues("水库河道水库", TABLE)
    assert cues.outside((Span(0, 2), Span(4, 6))).words == ("河道",)
    assert cues.outside(()) == cues


@given(st.text(alphabet="水库河道污处理厂生态管网🏞𠀀a。", max_size=40))
def test_words_are_found_where_they_stand_also_beside_rare_characters(text: str) -> None:
    cues = find_cues(text, TABLE)
    assert all(text.startswith(word, start) for start, word in zip(cues.starts, cues.words, strict=True))
    assert sorted(cues.starts) == list(cues.starts)
    expected = [at for at in range(len(text)) if any(text.startswith(word, at) for word in TABLE.leads)]
    assert set(cues.starts) <= set(expected)
    assert bool(cues.starts) == bool(expected)
