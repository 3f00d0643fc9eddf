"""Tables of tasks and of works: one test a phenomenon, rows told by equality."""

from __future__ import annotations

import pytest
from tests.factories.documents import document
from tests.factories.office_files import cell, docx, p, table, xlsx

from lantu.compile import compile_document
from lantu.compile.ledger_heads import LedgerKind, LedgerRole, ledger_column, ledger_columns, ledger_kind
from lantu.errors import NotAPlan
from lantu.model import Plan, Task
from lantu.readers import read_bytes
from lantu.text.canonical import canonicalise
from lantu.text.document import Document

PROSE = "云溪新区2023年重点工作任务安排如下,加快建设现代化产业体系,全面推进乡村振兴。"
TASKS = ["序号", "重点任务", "工作措施", "牵头领导", "牵头单位", "责任单位", "配合单位", "完成时限"]
WORKS = ["序号", "项目名称", "建设性质", "建设地点", "建设内容及规模", "建设年限", "总投资(亿元)", "2023年投资(亿元)", "责任单位"]


def compiled(doc: Document) -> Plan:
    return compile_document(doc)


def from_file(name: str, content: bytes) -> Plan:
    return compile_document(canonicalise(read_bytes(content, name)))


def flat(*lines: str) -> Plan:
    """As a file of plain text is read: repaired text has lost the blanks between hanzi."""
    return from_file("plan.txt", "\n".join([PROSE, *lines]).encode())


def grid(rows: list[list[str | None]], merged: dict[str, tuple[int, int]] | None = None, text: str = PROSE) -> Plan:
    return compiled(document(text, table=rows, merged=merged))


def told(plan: Plan, task: Task) -> tuple[object, ...]:
    names = {actor.id: f"{actor.name}/{actor.role.value}" for actor in plan.actors}
    return task.title, tuple(measure.text for measure in task.measures), tuple(names[id_] for id_ in task.actors), task.deadline


def tasks(plan: Plan) -> list[tuple[object, ...]]:
    """The tasks of the tables; the prose above them is one of its own at most."""
    first = plan.text.index("\n", plan.text.index("全面推进乡村振兴"))
    return [told(plan, task) for task in plan.tasks if task.span.start > first]


def works(plan: Plan) -> list[tuple[str, str, str | None, str | None]]:
    first = plan.text.index("\n", plan.text.index("全面推进乡村振兴"))
    return [(one.name, one.verb, one.stage, one.investment) for one in plan.projects if one.span.start > first]


def spans_are_exact(plan: Plan) -> bool:
    measures = [measure for task in plan.tasks for measure in task.measures]
    said = all(plan.text[slice(*measure.span)] == measure.text for measure in measures)
    return said and all(plan.text[slice(*one.span)] == one.name for one in (*plan.projects, *plan.actors))


INDUSTRY = [
    "1", "稳定工业增长", "(1)培育规上工业企业12家。\n(2)规上工业增加值增长8%。", "张三", "区工信局", "区发改局、区统计局\n青川镇", "区科技局", "2023年12月底",
]  # fmt: skip
JOBS = ["2", "扩大就业", "城镇新增就业3000人;开展技能培训。", "李四", "区人社局", "区教育局", "", "2023年11月"]


def test_a_row_is_a_task_with_its_measures_actors_and_deadline() -> None:
    plan = grid([TASKS, INDUSTRY, JOBS])
    assert tasks(plan) == [
        (
            "稳定工业增长", ("培育规上工业企业12家", "规上工业增加值增长8%"),
            ("区工信局/lead", "区发改局/responsible", "区统计局/responsible", "青川镇/responsible", "区科技局/other"), 2023,
        ),
        ("扩大就业", ("城镇新增就业3000人", "开展技能培训"), ("区人社局/lead", "区教育局/responsible"), 2023),
    ]  # fmt: skip
    assert spans_are_exact(plan)
    assert [(figure.subject, figure.value, figure.year) for figure in plan.targets] == [
        ("培育规上工业企业", 12.0, 2023), ("规上工业增加值", 8.0, 2023), ("城镇新增就业", 3000.0, 2023),
    ]  # fmt: skip
    by_measure = [measure.targets for task in plan.tasks[-2:] for measure in task.measures]
    assert by_measure == [("T1",), ("T2",), ("T3",), ()]
    assert [task.id for task in plan.tasks] == [f"task-{number}" for number in range(1, len(plan.tasks) + 1)]
    assert plan.tasks[-2].suggested_units[0].unit == "工业和信息化局", "the column names who leads"
    assert plan.coverage == 1.0


def test_rows_of_groups_and_a_head_printed_again_are_neither_tasks_nor_headings() -> None:
    plan = grid(
        [TASKS, ["一、经济发展", *[None] * 7], INDUSTRY, TASKS, ["二、民生保障", *[None] * 7], JOBS],
        {"一、经济发展": (1, 8), "二、民生保障": (1, 8)},
    )
    assert [task[0] for task in tasks(plan)] == ["稳定工业增长", "扩大就业"]
    assert [section.title for section in plan.sections if section.level] == []


def test_columns_in_any_order_and_a_deadline_without_a_year() -> None:
    head = ["牵头单位", "完成时间", "工作任务", "配合部门"]
    plan = grid([head, ["区民政局", "6月底前", "改造社区食堂8个", "各镇街"], ["区文旅局", "长期坚持", "办好文化惠民活动", "区财政局"]])
    assert tasks(plan) == [
        ("改造社区食堂8个", ("改造社区食堂8个",), ("区民政局/lead", "各镇街/other"), 2023),
        ("办好文化惠民活动", ("办好文化惠民活动",), ("区文旅局/lead", "区财政局/other"), None),
    ]


def test_a_task_merged_over_rows_that_share_their_duty_is_one_task() -> None:
    head = ["序号", "重点任务", "具体举措", "责任单位", "完成时限"]
    rows = [head, ["1", "提升绿化水平", "新建口袋公园5个。", "区城管局", "2024年"], [None, None, "补植行道树2000株。", None, None]]
    plan = grid(rows, dict.fromkeys(("1", "提升绿化水平", "区城管局", "2024年"), (2, 1)))
    assert tasks(plan) == [("提升绿化水平", ("新建口袋公园5个", "补植行道树2000株"), ("区城管局/responsible",), 2024)]


def test_a_task_merged_over_rows_with_duties_of_their_own_heads_several() -> None:
    head = ["序号", "重点任务", "具体举措", "责任单位", "完成时限"]
    rows = [
        head, ["1", "优化营商环境", "推行“一件事”集成办理,压缩办理时间。", "区审批局", "2024年"],
        [None, None, "建成企业服务平台。", "区工信局", "2025年"],
    ]  # fmt: skip
    plan = grid(rows, dict.fromkeys(("1", "优化营商环境"), (2, 1)))
    assert tasks(plan) == [
        ("推行“一件事”集成办理,压缩办理时间", ("推行“一件事”集成办理,压缩办理时间",), ("区审批局/responsible",), 2024),
        ("建成企业服务平台", ("建成企业服务平台",), ("区工信局/responsible",), 2025),
    ]


def test_a_row_broken_by_the_page_is_made_whole() -> None:
    head = ["序号", "重点任务", "工作目标", "责任单位"]
    plan = grid([head, ["1", "治理黑臭水体", "消除黑臭水体3条。", "区水务局"], ["", "", "建立巡查制度。", ""]])
    assert tasks(plan) == [("治理黑臭水体", ("消除黑臭水体3条", "建立巡查制度"), ("区水务局/responsible",), None)]


def test_a_long_cell_gives_its_first_statement_as_title() -> None:
    head = ["序号", "工作内容", "责任部门"]
    words = "推进老旧小区改造。2024年完成改造老旧小区15个,惠及居民3200户;同步加装电梯40部。"
    plan = grid([head, ["1", words, "区住建局"]])
    assert tasks(plan) == [
        (
            "推进老旧小区改造", ("推进老旧小区改造", "2024年完成改造老旧小区15个,惠及居民3200户", "同步加装电梯40部"),
            ("区住建局/responsible",), 2024,
        ),
    ]  # fmt: skip


ROADS = ["1", "云溪大桥", "续建", "青川镇", "全长1.2公里,双向六车道", "2021-2024", "3.2", "1.1", "区交通局"]
SCHOOL = ["2", "青川湖小学二期", "新建", "湖东街道", "建筑面积1.8万平方米", "2023-2025", "0.95", "0.3", "区教育局、云溪城投公司"]


def test_a_row_is_a_project_with_stage_and_investment() -> None:
    plan = grid(
        [WORKS, ["(一)交通项目(1个)", *[None] * 8], ROADS, ["小计", "", "", "", "", "", "3.2", "1.1", ""], ["(二)教育项目", *[None] * 8], SCHOOL,
         ["", "合计", "", "", "", "", "4.15", "1.4", ""]],
        {"(一)交通项目(1个)": (1, 9), "(二)教育项目": (1, 9)},
    )  # fmt: skip
    assert works(plan) == [("云溪大桥", "续建", "续建", "3.2亿元"), ("青川湖小学二期", "新建", "新建", "0.95亿元")]
    assert [(one.name, one.role.value) for one in plan.actors] == [
        ("区交通局", "responsible"), ("区教育局", "responsible"), ("云溪城投公司", "responsible"),
    ]  # fmt: skip
    assert tasks(plan) == []
    assert [section.title for section in plan.sections if section.level] == []
    assert spans_are_exact(plan)


def test_the_unit_above_the_table_and_the_stage_of_the_group() -> None:
    rows = [
        ["重点项目表", None, None, None], ["单位:万元", None, None, None], ["项目名称", "建设内容", "建设期", "总投资"],
        ["一、续建项目(1个)", "", "", "4200"], ["云溪湿地公园", "湿地修复", "2022-2024", "4200"],
        ["二、新建项目(1个)", "", "", "1亿元"], ["青川水厂", "日供水5万吨", "2023-2025", "1亿元"],
    ]  # fmt: skip
    plan = grid(rows, {"重点项目表": (1, 4), "单位:万元": (1, 4)})
    assert works(plan) == [("云溪湿地公园", "", "续建", "4200万元"), ("青川水厂", "", "新建", "1亿元")]


def test_a_head_of_two_rows() -> None:
    rows = [
        ["序号", "项目名称", "建设规模", "投资(万元)", None, "责任单位"], [None, None, None, "总投资", "年度计划投资", None],
        ["1", "云溪客运站", "二级站", "5000", "800", "区交通局"],
    ]  # fmt: skip
    plan = grid(rows, dict.fromkeys(("序号", "项目名称", "建设规模", "责任单位"), (2, 1)) | {"投资(万元)": (1, 2)})
    assert works(plan) == [("云溪客运站", "", None, "5000万元")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["序号", "指标名称", "2025年", "责任单位"], ["1", "森林覆盖率(%)", "31", "区林业局"]], "indicators"),
        ([["项目", "2021年", "2022年"], ["财政收入", "12.1", "13.4"]], "statistics"),
        ([["姓名", "职务", "责任单位"], ["张三", "组长", "区委办"]], "a list of persons"),
        ([["序号", "考核项目", "分值", "责任单位"], ["1", "安全生产", "10", "区应急局"]], "marks that are given"),
    ],
)
def test_other_tables_are_not_read(rows: list[list[str | None]], reason: str) -> None:
    plan = grid(rows)
    assert (tasks(plan), works(plan)) == ([], []), reason


def test_an_indicator_table_stays_one() -> None:
    plan = grid([["指标名称", "单位", "2020年", "2025年目标", "责任单位"], ["常住人口", "万人", "12.6", "15", "区公安局"]])
    assert (tasks(plan), [figure.subject for figure in plan.targets]) == ([], ["常住人口"])


FLAT_WORKS = [
    "1 云溪至青川高速公路 续建 28 42.5 2020—2024", "2 青川湖环湖路 新建 12.3 6 2023—2025", "二 储备项目", "3 云溪绕城公路 新建 38 62 2024—2026",
]  # fmt: skip


@pytest.mark.parametrize("mark", [" ", "\t", " | ", "  "])
def test_works_a_row_a_line(mark: str) -> None:
    head = mark.join(["序号", "项目名称", "建设性质", "建设规模(公里)", "总投资(亿元)", "建设年限"])
    rows = [line.replace(" ", mark) if line[0].isdigit() else line for line in FLAT_WORKS]
    plan = flat("专栏1 交通重点项目", head, "一 续建项目", *rows, "(一)完善路网。建设农村公路100公里。")
    assert works(plan)[:3] == [
        ("云溪至青川高速公路", "续建", "续建", "42.5亿元"), ("青川湖环湖路", "新建", "新建", "6亿元"), ("云溪绕城公路", "新建", "新建", "62亿元"),
    ]  # fmt: skip
    assert [section.title for section in plan.sections if section.level] == ["交通重点项目", "完善路网"]
    assert [task[0] for task in tasks(plan)] == ["完善路网"], "neither the head nor a row is a task"


def test_tasks_a_row_a_line_with_an_empty_cell() -> None:
    plan = flat(
        "附件 重点任务分解表", "序号 重点任务 工作措施 牵头单位 责任单位 完成时限",
        "1 稳定工业增长 培育规上工业企业12家 区工信局 区发改局、区统计局 2023年12月底", "2 扩大就业 城镇新增就业3000人 区人社局 2023年11月",
        "各单位要高度重视,切实加强组织领导,确保各项任务落到实处。",
    )  # fmt: skip
    assert tasks(plan)[:2] == [
        ("稳定工业增长", ("培育规上工业企业12家",), ("区工信局/lead", "区发改局/responsible", "区统计局/responsible"), 2023),
        ("扩大就业", ("城镇新增就业3000人",), ("区人社局/responsible",), 2023),
    ]


def test_tasks_and_works_a_cell_a_line() -> None:
    plan = flat("重点任务分工表", *["序号", "工作任务", "责任单位", "完成时限"], *["1", "改造农村公路80公里", "区交通局", "2024年", "2", "建成区档案馆", "区档案局", "2025年"])
    assert tasks(plan) == [
        ("改造农村公路80公里", ("改造农村公路80公里",), ("区交通局/responsible",), 2024),
        ("建成区档案馆", ("建成区档案馆",), ("区档案局/responsible",), 2025),
    ]
    cells = ["项目名称", "建设内容及规模", "总投资(万元)", "责任单位", "云溪养老院", "设床位400张", "9800", "区民政局", "青川托育中心", "托位150个", "4200", "湖东街道"]
    assert works(flat("重点项目表", *cells)) == [("云溪养老院", "", None, "9800万元"), ("青川托育中心", "", None, "4200万元")]


def test_captions_and_notes_of_a_table_are_no_text() -> None:
    rows = ["序号 工作任务 责任单位 完成时限", "1 改造农村公路80公里 区交通局 2024年", "2 建成区档案馆并投入使用 区档案局 2025年"]
    plan = flat("附表1 重点任务分工表", *rows, "注:完成时限为最迟时间。")
    assert [task[0] for task in tasks(plan)] == ["改造农村公路80公里", "建成区档案馆并投入使用"]
    assert [finding.code for finding in plan.findings if "table" in finding.code] == [], "the caption has its table"


def test_a_list_of_works_alone_is_a_plan_but_a_list_of_goods_is_none() -> None:
    rows = [[str(number), f"云溪{number}号安置房", "新建", "青川镇", "住宅500套", "2023", "1.5", "1", "区住建局"] for number in range(1, 40)]
    assert len(compiled(document("", table=[WORKS, *rows])).projects) == 39
    goods = [["序号", "品名", "单价", "数量"], *([str(number), f"青川茶叶{number}号礼盒", "120元", "5盒"] for number in range(1, 40))]
    with pytest.raises(NotAPlan):
        compiled(document("", table=goods))


def test_a_line_of_duties_in_prose_is_no_head() -> None:
    plan = flat("一、重点任务", "(一)推进改革。完成改革事项20项。责任单位:区委改革办,完成时限:2024年。", "牵头单位:区发改局")
    assert [section.title for section in plan.sections] == ["重点任务", "推进改革"]
    assert works(plan) == []


def test_a_word_file_with_paragraphs_in_cells() -> None:
    wide = '<w:gridSpan w:val="8"/>'
    body = p("云溪新区2023年重点任务分解表") + table(
        [cell(words) for words in TASKS], [cell("一、经济发展", wide)], [cell(words.replace("\n", "|")) for words in INDUSTRY],
        [cell("二、民生保障", wide)], [cell(words) for words in JOBS],
    )  # fmt: skip
    plan = from_file("tasks.docx", docx(body))
    assert [(task.title, len(task.measures), len(task.actors), task.deadline) for task in plan.tasks] == [
        ("稳定工业增长", 2, 5, 2023), ("扩大就业", 2, 2, 2023),
    ]  # fmt: skip
    assert [section.title for section in plan.sections] == ["云溪新区2023年重点任务分解表"]
    assert plan.coverage == 1.0


def test_a_sheet_of_works() -> None:
    rows = [["云溪新区2023年重点项目表", *[None] * 5], ["序号", "项目名称", "建设性质", "建设内容", "总投资(万元)", "责任单位"],
            [1, "云溪体育馆", "新建", "建筑面积2万平方米", 12000, "区文旅局"], [2, "青川泵站", "改建", "更换机组", 850.5, "区水务局"],
            [None, "合计", None, None, 12850.5, None]]  # fmt: skip
    plan = from_file("works.xlsx", xlsx(rows, merged=["A1:F1"]))
    assert [(one.name, one.stage, one.investment) for one in plan.projects] == [
        ("云溪体育馆", "新建", "12000万元"), ("青川泵站", "改建", "850.5万元"),
    ]  # fmt: skip


def test_a_web_page_with_a_table_of_tasks() -> None:
    page = (
        f"<html><body><p>{PROSE}</p><table><tr><th>序号</th><th>任务内容</th><th>主办单位</th><th>协办单位</th><th>时限要求</th></tr>"
        "<tr><td>1</td><td>建设智慧停车场6处</td><td>区城管局</td><td>区公安分局、各街道办</td><td>10月底前</td></tr></table></body></html>"
    )
    assert tasks(from_file("tasks.html", page.encode())) == [
        ("建设智慧停车场6处", ("建设智慧停车场6处",), ("区城管局/lead", "区公安分局/other", "各街道办/other"), 2023),
    ]


@pytest.mark.parametrize(
    ("words", "role", "unit"),
    [
        ("序 号", LedgerRole.ORDINAL, ""),
        ("区级责任单位", LedgerRole.RESPONSIBLE, ""),
        ("责任单位及责任人", LedgerRole.RESPONSIBLE, ""),
        ("包抓县级领导", LedgerRole.LEADER, ""),
        ("2025年工作目标", LedgerRole.MEASURE, ""),
        ("总投资(万元)", LedgerRole.INVESTMENT, "万元"),
        ("估算总投资/亿元", LedgerRole.INVESTMENT, "亿元"),
        ("“十四五”投资", LedgerRole.PART, ""),
        ("地区生产总值", None, ""),
    ],
)
def test_what_a_head_cell_says(words: str, role: LedgerRole | None, unit: str) -> None:
    column = ledger_column(words)
    assert (column.role if column else None, column.unit if column else "") == (role, unit)


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        ("序号 重点任务 责任单位", LedgerKind.TASKS),
        ("实事项目 年度目标 责任单位", LedgerKind.TASKS),
        ("重点任务 项目名称 建设内容 总投资 责任单位", LedgerKind.PROJECTS),
        ("项目 单位 投资额", None),
        ("指标 目标任务 责任单位", None),
    ],
)
def test_which_table_a_head_announces(heads: str, kind: LedgerKind | None) -> None:
    columns = ledger_columns(heads.split())
    assert (ledger_kind(columns) if columns else None) == kind
