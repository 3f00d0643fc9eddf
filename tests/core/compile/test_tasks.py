"""Tasks and their measures: what makes one, where its edges are, what stands in it, by when it is due."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.readings import actor, project, reading, target

from lantu.compile.passages import Passages, read_passages
from lantu.compile.reading import Reading
from lantu.compile.tasks import read_tasks
from lantu.model import Actor, Figure, Project, Span, Task

ITEMS = """第三章加快产业升级
第一节做强制造业
1.壮大龙头企业。实施链主企业培育计划,到2024年培育产值过十亿元企业3家;支持青川湖智能装备产业园二期项目建设。
2.提升创新能力。建立企业研发准备金制度。
第二节培育数字经济
加快建设云溪数据港,推动企业上云用云。
"""


def tasks(
    read: Reading, targets: tuple[Figure, ...] = (), projects: tuple[Project, ...] = (), actors: tuple[Actor, ...] = ()
) -> tuple[Task, ...]:
    passages = read_passages(read, [item.span for item in (*targets, *projects)])
    return read_tasks(read, passages, targets, (), projects, actors)


def told(found: tuple[Task, ...]) -> list[tuple[str, list[str]]]:
    return [(task.title, [measure.text for measure in task.measures]) for task in found]


def test_the_lowest_numbered_items_are_the_tasks() -> None:
    read = reading(ITEMS)
    found = tasks(read)
    assert told(found) == [
        ("壮大龙头企业", ["实施链主企业培育计划,到2024年培育产值过十亿元企业3家", "支持青川湖智能装备产业园二期项目建设"]),
        ("提升创新能力", ["建立企业研发准备金制度"]),
        ("培育数字经济", ["加快建设云溪数据港,推动企业上云用云"]),
    ]
    assert [task.id for task in found] == ["task-1", "task-2", "task-3"]
    assert [read.text[slice(*task.span)] for task in found] == [
        "1.壮大龙头企业。实施链主企业培育计划,到2024年培育产值过十亿元企业3家;支持青川湖智能装备产业园二期项目建设。",
        "2.提升创新能力。建立企业研发准备金制度。",
        "第二节培育数字经济\n加快建设云溪数据港,推动企业上云用云。",
    ]
    assert [section.title for task in found for section in read.sections if section.id == task.section] == [task.title for task in found]


def test_figures_projects_and_actors_go_to_the_measure_and_the_task_they_stand_in() -> None:
    read = reading(ITEMS.replace("建立企业", "由区科学技术局牵头,建立企业"))
    figure = target(read, "到2024年培育产值过十亿元企业3家", "产值过十亿元企业", 3, "家", year=2024)
    works = project(read, "青川湖智能装备产业园二期项目")
    found = tasks(read, (figure,), (works,), (actor(read, "区科学技术局"),))
    assert [(measure.targets, measure.projects) for task in found for measure in task.measures] == [
        (("T1",), ()), ((), ("project-1",)), ((), ()), ((), ()),
    ]  # fmt: skip
    assert [task.actors for task in found] == [(), ("actor-1",), ()]
    assert [task.deadline for task in found] == [2024, None, None]


@pytest.mark.parametrize(
    ("heading", "body", "kind", "reason"),
    [
        ("第一节发展基础", "实施重点项目69个,建成公园3处。", "recap", "a chapter of recap speaks in bare verbs too"),
        ("第一节2020年工作回顾", "加快产业升级,推进城市更新。", "recap", "回顾 decides, not the verbs"),
        ("第一节面临形势", "必须把握机遇,加快转型。", "situation", "形势 decides"),
        ("第一节指导思想", "深入贯彻新发展理念,推动高质量发展。", "vision", "all 指导思想 is in the imperative"),
        ("第一节基本原则", "坚持系统观念,统筹发展和安全。", "vision", "so are principles"),
        ("第一节主要目标", "实现地区生产总值年均增长6%。", "goals", "targets there stay figures"),
        ("第一节二〇三五年远景目标", "建成现代化强区。", "goals", "long-range goal"),
        ("第一节重大意义", "建设新区,有利于优化空间布局。", "significance", "意义 decides"),
        ("第一节夯实发展基础", "加快补齐设施短板。", None, "a heading that opens with a verb orders something"),
        ("第一节优化营商环境", "推进一窗受理。", None, "环境 of another kind"),
        ("第一节主要目标任务", "打造三个产业集群。", None, "目标任务 holds tasks"),
        ("第一节工业经济", "去年规上工业增加值同比增长8%。项目顺利投产,成效显著提升。", "recap", "the heading is mute, the mood tells"),
        ("第一节工业经济", "当前正处于转型关键时期,仍存在不少短板。", "situation", "described, not ordered"),
        ("第一节工业经济", "加快技术改造,建设绿色工厂。", None, "ordered"),
        ("第一节工业经济", "今年工业的主要预期目标是:规上工业增加值增长8%。", "goals", "the paragraph says itself that it is about goals"),
        ("第一节工业经济", "“两化融合”是指信息化和工业化融合。", "situation", "a definition orders nothing"),
        ("第一节工业经济", "到2025年累计建设绿色工厂20家。", None, "累计 about the future is no recap"),
    ],
)
def test_what_is_deliberately_no_task(heading: str, body: str, kind: str | None, reason: str) -> None:
    read = reading(f"第一章总则\n{heading}\n{body}\n第二节其他\n推进其他工作,建立台账。\n")
    passage = read_passages(read).items[0]
    assert (passage.start, passage.kind) == (read.text.index(body), kind), reason
    assert next(task.title for task in tasks(read)) == ("其他" if kind else heading[3:]), reason


def test_a_recap_chapter_binds_its_subheadings() -> None:
    read = reading("一、2020年工作回顾\n(一)狠抓项目建设。实施项目12个。\n二、2021年工作安排\n(一)狠抓项目建设。实施项目15个。\n")
    assert [(task.section, task.title) for task in tasks(read)] == [("s4", "狠抓项目建设")]


def test_labelled_paragraphs_are_tasks_of_their_own() -> None:
    body = "水环境治理。新建污水管网12公里,推进雨污分流。\n大气治理。淘汰燃煤锅炉。开展扬尘整治。\n配套建设监测站点。\n"
    found = tasks(reading("第一章改善环境\n第一节打好攻坚战\n" + body))
    assert told(found) == [
        ("水环境治理", ["新建污水管网12公里,推进雨污分流"]),
        ("大气治理", ["淘汰燃煤锅炉", "开展扬尘整治", "配套建设监测站点"]),
    ]


def test_a_title_is_taken_from_the_first_order_and_a_broken_line_goes_on() -> None:
    body = "今年是开局之年。重点办好民生实事,新建日间照料中心12处。"
    body += "建立群众需求、工作项目、资金保障三张清单,健全从征集、立项、实施到验收全过程公开的机制,完善基地分\n别达到万亩的考核机制。"
    other = "推进老旧小区改造,完成改造小区12个、惠及居民一万户。"
    other += "改造供水、供气、供热管网,加装电梯和充电设施,完善小区物业服务和养老托育。健全居民参与、企业出资、政府补助共同分担的改造机制。"
    found = tasks(reading(f"第一章改善民生\n第一节民生实事\n{body}\n{other}\n"))
    assert [task.title for task in found] == ["重点办好民生实事", "推进老旧小区改造"]


def test_dash_items_are_tasks_of_their_own() -> None:
    body = "重点做好以下工作:\n——实施强链工程。培育链主企业。\n——实施育苗工程。新建孵化器2家。\n"
    assert told(tasks(reading("第一章做强产业\n第一节实施两大工程\n" + body)))[-2:] == [
        ("实施强链工程", ["培育链主企业"]),
        ("实施育苗工程", ["新建孵化器2家"]),
    ]


def test_every_line_of_a_box_is_a_task() -> None:
    text = "第一章提升交通\n第一节建设路网\n完善路网结构。\n专栏1交通重点工程\n国省道:改建云溪大道北延工程。\n城市道路:新建望山路。\n"
    assert told(tasks(reading(text)))[1:] == [("国省道", ["改建云溪大道北延工程"]), ("城市道路", ["新建望山路"])]


def test_words_before_the_first_subheading_are_a_task_only_with_something_concrete() -> None:
    text = "第一章提升交通\n坚持适度超前,加快构建现代交通体系。\n第一节建设路网\n新建望山路。\n"
    assert [task.title for task in tasks(reading(text))] == ["建设路网"]
    read = reading(text.replace("坚持", "到2025年公路里程达到900公里。坚持"))
    figure = target(read, "到2025年公路里程达到900公里", "公路里程", 900, "公里", year=2025)
    assert [task.title for task in tasks(read, (figure,))] == ["提升交通", "建设路网"]


def test_long_sentences_are_cut_before_clauses_that_act_by_themselves() -> None:
    text = (
        "实施云溪河流域水环境综合治理和生态修复工程,新建污水处理厂2座、配套管网36公里,"
        "全面推行河湖长制和断面水质生态补偿制度,实现水质持续稳定达标,建立跨区域联防联控和信息共享机制。"
    )
    (task,) = tasks(reading(f"第一章改善环境\n第一节治水\n{text}\n"))
    assert [measure.text for measure in task.measures] == [
        "实施云溪河流域水环境综合治理和生态修复工程",
        "新建污水处理厂2座、配套管网36公里",
        "全面推行河湖长制和断面水质生态补偿制度,实现水质持续稳定达标",
        "建立跨区域联防联控和信息共享机制",
    ]


def test_nothing_is_cut_inside_quotation_marks_or_figures() -> None:
    text = "开展“建设美丽庭院、争创文明家庭,推进移风易俗和家风建设活动,建立长效机制”系列行动并覆盖全部行政村,"
    text += "到2025年推动全区建成市级以上美丽庭院示范点120处。"
    read = reading(f"第一章乡村振兴\n第一节建设乡村\n{text}\n")
    figure = target(read, text[text.index("到2025") : -1], "美丽庭院示范点", 120, "处", year=2025)
    (task,) = tasks(read, (figure,))
    assert [(measure.text, measure.targets) for measure in task.measures] == [
        (text[: text.index(",到2025")], ()),
        (figure.quote, ("T1",)),
    ]


@pytest.mark.parametrize(
    ("body", "deadline", "reason"),
    [
        ("2023年底前建成投用。", 2023, "before the end of a year"),
        ("2023年6月底前建成,到2025年全面投产。", 2025, "the latest counts"),
        ("推动项目建设,力争2024年竣工。", 2024, "力争 and a year"),
        ("截至2024年,建设进度过半,继续推进。", None, "截至 looks back"),
        ("推动建设,十四五末建成投用。", 2025, "the end of a five-year plan is a year"),
        ("到“十五五”末,建成现代化灌区。", 2030, "the next one too"),
        ("较“十四五”末提高一倍,建立机制。", None, "a year to compare with is no deadline"),
        ("落实2022年方案要求,推进建设。", None, "a year that names something"),
        ("到2019年建成的设施,推进更新改造。", None, "before the plan begins"),
        ("加快推进项目建设。", None, "the plan's own horizon does not count"),
        ("推进管网建设,2025年实现全覆盖。", 2025, "a year and what is reached in it"),
        ("推进改造,2022—2025年每年改造1500户。", 2025, "the last year of a span"),
        ("落实《云溪水网规划(2021—2035年)》,推进建设。", None, "the years of a name"),
        ("推进建设,落实2024年完成情况通报。", None, "完成情况 is no order"),
    ],
)
def test_deadlines(body: str, deadline: int | None, reason: str) -> None:
    (task,) = tasks(reading(f"第一章提升设施\n第一节建设水厂\n{body}\n"))
    assert task.deadline == deadline, reason


def test_a_text_without_headings_gives_a_task_a_paragraph() -> None:
    found = tasks(reading("推进老旧小区改造,新建口袋公园。\n去年已完成改造小区8个。\n", None))
    assert told(found) == [("推进老旧小区改造", ["推进老旧小区改造,新建口袋公园"])]


@given(st.text(alphabet="第一章节二(1).、。,;:建设推进到2025年“”——专栏公里\n 🏞", max_size=120))
def test_any_text_gives_spans_within_it_and_the_same_tasks_again(text: str) -> None:
    read = reading(text)
    passages: Passages = read_passages(read)
    found = read_tasks(read, passages, (), (), (), ())
    assert len(passages.roles) == len(read.sentences)
    for task in found:
        assert Span(0, 0) <= task.span and task.span.end <= len(text)
        assert task.measures
        assert all(read.text[slice(*measure.span)] == measure.text != "" for measure in task.measures)
        assert all(task.span.start <= measure.span.start and measure.span.end <= task.span.end for measure in task.measures)
    assert read_tasks(read, passages, (), (), (), ()) == found




def test_items_that_are_all_heading_are_tasks_with_topics() -> None:
    text = "一、重点项目\n1.新建县人民医院住院楼\n2.改造农村公路80公里\n二、保障机制\n建立项目台账。\n"
    found = tasks(reading(text))
    assert [(task.title, task.topic, len(task.measures)) for task in found if task.title != "保障机制"] == [
        ("新建县人民医院住院楼", "卫生健康", 1),
        ("改造农村公路80公里", "交通", 1),
    ]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "一、深化改革\n3.区属企业混改面达到75%,新增上市公司2家,形成长效机制。\n4.建立清单制度,建设监管平台,健全协同监督工作机制。\n",
            [
                ("区属企业混改面达到75%", ["区属企业混改面达到75%,新增上市公司2家,形成长效机制"]),
                ("建立清单制度", ["建立清单制度,建设监管平台,健全协同监督工作机制"]),
            ],
            "numbered sentences are an item each, and their number is no part of it",
        ),
        (
            "一、任务\n1.推进水网建设。新建水厂2座。①改造泵站。②延伸管网。\n",
            [("推进水网建设", ["新建水厂2座", "改造泵站", "延伸管网"])], "what is numbered inside an item stays in it",
        ),
        (
            "一、任务\n(二)夯实粮食根基。播种面积稳定在45万亩以上,产量18万吨。新建农田2万亩。\n",
            [("夯实粮食根基", ["播种面积稳定在45万亩以上,产量18万吨", "新建农田2万亩"])], "a sentence with a target is no label",
        ),
        (
            "一、任务\n1.剥离办社会职能。全面完成供水供电供热分离移交。\n",
            [("剥离办社会职能", ["全面完成供水供电供热分离移交"])], "全面完成 orders where no heading looks back",
        ),
        (
            "一、促落实见成效\n以招商引资为抓手,把云溪新区打造成现代产业新城。\n",
            [("促落实见成效", ["以招商引资为抓手,把云溪新区打造成现代产业新城"])], "见成效 is no recap, 把…打造成 orders",
        ),
        (
            "一、任务\n(六)建立激励导向。推行容错机制。\n" + "推进" * 20 + "管网延伸。\n" + "建设" * 50 + "泵站。\n",
            [("建立激励导向", ["推行容错机制", "推进" * 20 + "管网延伸", "建设" * 50 + "泵站"])],
            "further paragraphs below a run-in heading are its own",
        ),
        (
            "一、任务\n1.建设水厂。新建水厂。\n全市各级党组织和广大党员干部要锐意进取、奋发有为,加快建设现代化云溪。\n",
            [("建设水厂", ["新建水厂"])], "the closing appeal is no task",
        ),
    ],
)  # fmt: skip
def test_the_items_of_a_section(text: str, expected: list[tuple[str, list[str]]], reason: str) -> None:
    read = reading(text)
    quotes = [quote for quote in ("区属企业混改面达到75%", "播种面积稳定在45万亩以上") if quote in text]
    figures = tuple(target(read, quote, "指标", 1, "%", id=f"T{number}") for number, quote in enumerate(quotes, 1))
    assert told(tasks(read, figures)) == expected, reason


def test_the_manner_of_an_action_stays_with_it() -> None:
    text = (
        "围绕创建综合性科学中心,坚持以防为主、防抗救相结合,立足资源禀赋,建设云溪实验室和配套设施,"
        "充分发挥财政资金引导作用,建立健全产学研合作和成果转化机制。"
    )
    (task,) = tasks(reading(f"第一章强科技\n第一节建平台\n{text}\n"))
    assert [measure.text for measure in task.measures] == [
        "围绕创建综合性科学中心,坚持以防为主、防抗救相结合,立足资源禀赋,建设云溪实验室和配套设施",
        "充分发挥财政资金引导作用,建立健全产学研合作和成果转化机制",
    ]
