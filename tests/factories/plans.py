"""A fictional plan (云溪新区) with every kind of record in it, built by hand: its spans are found in its text, never counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lantu.model import (
    Actor,
    ActorRole,
    Bounds,
    Comparator,
    Figure,
    FigurePeriod,
    Finding,
    IndicatorTable,
    Loss,
    Measure,
    MeasureKind,
    Mechanism,
    Nature,
    Plan,
    PlanPeriod,
    Project,
    Repairs,
    Section,
    SectionKind,
    Severity,
    Source,
    Span,
    SuggestedUnit,
    Task,
    Zone,
)

FURNITURE = "首页>政务公开>规划计划\n"  # stands before the plan in the raw text, dropped from the canonical text

TEXT = """云溪新区国民经济和社会发展第十四个五年规划和2035年远景目标纲要
第一章发展基础与总体要求
第一节发展基础
2020年,全区实现地区生产总值86.4亿元,“十三五”期间年均增长7.2%。城镇登记失业率3.19%,常住人口达到12.6万人。
第二节主要目标
到2025年,地区生产总值突破130亿元,年均增长8.5%左右,一般公共预算收入达到9亿元。
表1“十四五”时期经济社会发展主要指标
地区生产总值 86.4 >130 亿元 预期性
城镇登记失业率 3.19 4.5以内 % 预期性
森林覆盖率 32 完成上级下达任务 % 约束性
单位地区生产总值能源消耗降低 - 15 % 约束性
第二章构建特色鲜明的现代产业体系
第一节做强绿色装备制造业
1.壮大龙头企业。实施“链主”企业培育计划,到2025年培育产值过10亿元企业3家、过亿元企业15家以上;支持青川湖智能装备产业园扩容提质,建设青川湖智能装备产业园二期项目,总投资12.6亿元。健全链长制工作机制,区经济发展局牵头建立重点企业诊断台账。
2.提升创新能力。全社会研发经费投入占地区生产总值比重达到2.8%,每年新增高新技术企业5—8家。
第二节培育数字经济
加快建设云溪数据港项目和工业互联网公共服务平台,推动200家以上企业上云用云。
第三章优化空间布局
(一)统筹三片联动
科创片区东至云溪大道,西至环湖西路,南至望山路,北至青川湖南岸;
生态片区位于云溪大道以东、望山路以南。
(二)强化要素保障
=严格落实耕地保护责任。由区自然资源局负责建立批而未供土地处置清单,五年处置闲置低效用地1500亩,区人大常委会审议批准规划调整方案。
专栏1“十四五”重点工程
青川湖水环境综合治理工程、云溪大道北延工程、云溪客运换乘中心。
"""


@dataclass
class Places:
    """Finds quotes in the text, one after another, so that a quote that occurs twice can be told apart."""

    text: str
    shift: int = len(FURNITURE)

    def of(self, quote: str, occurrence: int = 1) -> dict[str, Any]:
        """``span`` and ``raw_span`` of a quote, ready for a record."""
        start = -1
        for _ in range(occurrence):
            start = self.text.index(quote, start + 1)
        end = start + len(quote)
        return {"span": Span(start, end), "raw_span": Span(start + self.shift, end + self.shift)}


AT = Places(TEXT)


def section(number: str, title: str, level: int, id: str, parent: str | None, kind: SectionKind = SectionKind.HEADING) -> Section:
    words = number + title
    return Section(id=id, parent=parent, level=level, number=number, title=title, raw_title=words, kind=kind, **AT.of(words))


def figure(id: str, section: str, subject: str, value: float | None, unit: str, quote: str, **more: Any) -> Figure:
    facts: dict[str, Any] = {"comparator": Comparator.EQUAL, "year": 2025, "period": FigurePeriod.BY, "measure": MeasureKind.LEVEL}
    facts |= more
    occurrence = facts.pop("occurrence", 1)
    return Figure(id=id, section=section, subject=subject, value=value, unit=unit, quote=quote, **facts, **AT.of(quote, occurrence))


def measure(text: str, targets: tuple[str, ...] = (), projects: tuple[str, ...] = ()) -> Measure:
    return Measure(text=text, targets=targets, projects=projects, **AT.of(text))


TITLE = TEXT.partition("\n")[0]

SECTIONS = (
    section("", TITLE, 0, "s1", None, SectionKind.TITLE),
    section("第一章", "发展基础与总体要求", 1, "s2", "s1"),
    section("第一节", "发展基础", 2, "s3", "s2"),
    section("第二节", "主要目标", 2, "s4", "s2"),
    section("第二章", "构建特色鲜明的现代产业体系", 1, "s5", "s1"),
    section("第一节", "做强绿色装备制造业", 2, "s6", "s5"),
    section("1.", "壮大龙头企业", 3, "s7", "s6", SectionKind.RUN_IN),
    section("2.", "提升创新能力", 3, "s8", "s6", SectionKind.RUN_IN),
    section("第二节", "培育数字经济", 2, "s9", "s5"),
    section("第三章", "优化空间布局", 1, "s10", "s1"),
    section("(一)", "统筹三片联动", 2, "s11", "s10"),
    section("(二)", "强化要素保障", 2, "s12", "s10"),
    section("专栏1", "“十四五”重点工程", 3, "s13", "s12", SectionKind.BOX),
)

_GDP = "到2025年,地区生产总值突破130亿元"
_GROWTH = "年均增长8.5%左右"
_BIG = "到2025年培育产值过10亿元企业3家"
_HUNDRED = "过亿元企业15家以上"
_R_AND_D = "全社会研发经费投入占地区生产总值比重达到2.8%"
_HIGH_TECH = "每年新增高新技术企业5—8家"
_LAND = "五年处置闲置低效用地1500亩"

TARGETS = (
    figure("t1", "s4", "地区生产总值", 130, "亿元", _GDP, comparator=Comparator.MORE, value_si=13_000_000_000, unit_si="元"),
    figure("t2", "s4", "地区生产总值", 8.5, "%", _GROWTH, comparator=Comparator.ABOUT, period=FigurePeriod.PER_YEAR,
           measure=MeasureKind.GROWTH, value_si=0.085, unit_si="1"),
    figure("t3", "s4", "一般公共预算收入", 9, "亿元", "一般公共预算收入达到9亿元", value_si=900_000_000, unit_si="元"),
    figure("t4", "s4", "地区生产总值", 130, "亿元", "地区生产总值 86.4 >130 亿元 预期性", comparator=Comparator.MORE,
           nature=Nature.ANTICIPATORY, baseline=86.4, baseline_year=2020),
    figure("t5", "s4", "城镇登记失业率", 4.5, "%", "城镇登记失业率 3.19 4.5以内 % 预期性", comparator=Comparator.AT_MOST,
           measure=MeasureKind.KEEP, nature=Nature.ANTICIPATORY, baseline=3.19, baseline_year=2020),
    figure("t6", "s4", "森林覆盖率", None, "%", "森林覆盖率 32 完成上级下达任务 % 约束性", value_text="完成上级下达任务",
           nature=Nature.BINDING, baseline=32, baseline_year=2020),
    figure("t7", "s4", "单位地区生产总值能源消耗", 15, "%", "单位地区生产总值能源消耗降低 - 15 % 约束性", measure=MeasureKind.REDUCE,
           period=FigurePeriod.SPAN, nature=Nature.BINDING),
    figure("t8", "s7", "产值过10亿元企业", 3, "家", _BIG, measure=MeasureKind.ADD),
    figure("t9", "s7", "产值过亿元企业", 15, "家", _HUNDRED, comparator=Comparator.AT_LEAST, measure=MeasureKind.ADD),
    figure("t10", "s8", "全社会研发经费投入占地区生产总值比重", 2.8, "%", _R_AND_D, year=None, period=None),
    figure("t11", "s8", "高新技术企业", 5, "家", _HIGH_TECH, comparator=Comparator.RANGE, value_high=8, year=None,
           period=FigurePeriod.PER_YEAR, measure=MeasureKind.ADD),
    figure("t12", "s9", "上云用云企业", 200, "家", "推动200家以上企业上云用云", comparator=Comparator.AT_LEAST, year=None, period=None,
           measure=MeasureKind.ADD),
    figure("t13", "s12", "闲置低效用地处置面积", 1500, "亩", _LAND, year=None, period=FigurePeriod.SPAN, measure=MeasureKind.ADD,
           value_si=1_000_000, unit_si="m²"),
)

ACTUALS = (
    figure("a1", "s3", "地区生产总值", 86.4, "亿元", "2020年,全区实现地区生产总值86.4亿元", year=2020, period=None),
    figure("a2", "s3", "地区生产总值", 7.2, "%", "“十三五”期间年均增长7.2%", year=None, period=FigurePeriod.PER_YEAR,
           measure=MeasureKind.GROWTH),
    figure("a3", "s3", "城镇登记失业率", 3.19, "%", "城镇登记失业率3.19%", year=2020, period=None),
    figure("a4", "s3", "常住人口", 12.6, "万人", "常住人口达到12.6万人", year=2020, period=None, value_si=126_000, unit_si="人",
           doubt="数字所在段落原文有缺损"),
)

_MEASURES = (
    measure("实施“链主”企业培育计划,到2025年培育产值过10亿元企业3家、过亿元企业15家以上;", ("t8", "t9")),
    measure("支持青川湖智能装备产业园扩容提质,建设青川湖智能装备产业园二期项目,总投资12.6亿元。", (), ("p1",)),
    measure("健全链长制工作机制,区经济发展局牵头建立重点企业诊断台账。"),
)

TASKS = (
    Task(id="k1", section="s7", title="壮大龙头企业", measures=_MEASURES, actors=("o1",), deadline=2025, topic="工业",
         suggested_units=(
             SuggestedUnit(unit="工业和信息化局", reason="企业、智能装备、产业园"), SuggestedUnit(unit="发展和改革局", reason="总投资"),
         ),
         **AT.of("1.壮大龙头企业。" + "".join(item.text for item in _MEASURES))),
    Task(id="k2", section="s8", title="提升创新能力",
         measures=(measure("全社会研发经费投入占地区生产总值比重达到2.8%,每年新增高新技术企业5—8家。", ("t10", "t11")),), topic="科技",
         suggested_units=(SuggestedUnit(unit="科学技术局", reason="研发经费、高新技术企业"),),
         **AT.of("2.提升创新能力。" + "全社会研发经费投入占地区生产总值比重达到2.8%,每年新增高新技术企业5—8家。")),
    Task(id="k3", section="s9", title="培育数字经济", topic="数字经济",
         measures=(measure("加快建设云溪数据港项目和工业互联网公共服务平台,推动200家以上企业上云用云。", ("t12",), ("p2",)),),
         suggested_units=(SuggestedUnit(unit="大数据局", reason="数据港、工业互联网"),),
         **AT.of("加快建设云溪数据港项目和工业互联网公共服务平台,推动200家以上企业上云用云。")),
    Task(id="k4", section="s12", title="强化要素保障",
         measures=(
             measure("=严格落实耕地保护责任。"),
             measure("由区自然资源局负责建立批而未供土地处置清单,五年处置闲置低效用地1500亩,区人大常委会审议批准规划调整方案。", ("t13",)),
         ),
         actors=("o2", "o3"), topic="自然资源", suggested_units=(SuggestedUnit(unit="自然资源和规划局", reason="耕地保护、批而未供"),),
         **AT.of("=严格落实耕地保护责任。由区自然资源局负责建立批而未供土地处置清单,五年处置闲置低效用地1500亩,区人大常委会审议批准规划调整方案。")),
)

PROJECTS = (
    Project(id="p1", section="s7", name="青川湖智能装备产业园二期项目", verb="建设", stage=None, investment="总投资12.6亿元",
            **AT.of("建设青川湖智能装备产业园二期项目")),
    Project(id="p2", section="s9", name="云溪数据港项目", verb="加快建设", stage="在建", investment=None, **AT.of("云溪数据港项目")),
    *(Project(id=f"p{number}", section="s13", name=name, verb="", stage=None, investment=None, **AT.of(name))
      for number, name in enumerate(("青川湖水环境综合治理工程", "云溪大道北延工程", "云溪客运换乘中心"), start=3)),
)

MECHANISMS = (
    Mechanism(id="m1", section="s7", name="链长制工作机制", verb="健全", what="统筹重点产业链企业培育", **AT.of("健全链长制工作机制")),
    Mechanism(id="m2", section="s9", name="工业互联网公共服务平台", verb="加快建设", what="推动200家以上企业上云用云",
              **AT.of("工业互联网公共服务平台")),
    Mechanism(id="m3", section="s12", name="批而未供土地处置清单", verb="建立", what="五年处置闲置低效用地1500亩",
              **AT.of("建立批而未供土地处置清单")),
)

ZONES = (
    Zone(id="z1", section="s11", name="科创片区", bounds=Bounds(east="云溪大道", west="环湖西路", south="望山路", north="青川湖南岸"),
         **AT.of("科创片区东至云溪大道,西至环湖西路,南至望山路,北至青川湖南岸")),
    Zone(id="z2", section="s11", name="生态片区", bounds=Bounds(west="云溪大道", north="望山路"),
         **AT.of("生态片区位于云溪大道以东、望山路以南")),
)

ACTORS = (
    Actor(id="o1", section="s7", name="区经济发展局", role=ActorRole.LEAD, **AT.of("区经济发展局")),
    Actor(id="o2", section="s12", name="区自然资源局", role=ActorRole.RESPONSIBLE, **AT.of("区自然资源局")),
    Actor(id="o3", section="s12", name="区人大常委会", role=ActorRole.APPROVER, **AT.of("区人大常委会")),
)

FINDINGS = (
    Finding(code="target-without-deadline", severity=Severity.WARNING, section="s9",
            message="目标“推动200家以上企业上云用云”没有写明完成时限", **AT.of("推动200家以上企业上云用云")),
    Finding(code="heading-number-style", severity=Severity.NOTE, section="s11",
            message="第三章改用“(一)”编号,与前文“第一节”不一致", **AT.of("(一)统筹三片联动")),
    Finding(code="target-conflict", severity=Severity.ERROR, section=None,
            message="“上云用云企业”在正文与专栏中目标值不同", **AT.of("200家以上")),
)


LOSSES = (Loss(raw_span=Span(150, 153), why="原文有三个字符无法还原"),)


def cloud_stream_plan(**changes: Any) -> Plan:
    """云溪新区's outline, whole; ``changes`` replace fields of the plan."""
    facts: dict[str, Any] = {
        "source": Source(file="云溪新区纲要.docx", media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                         sha256="ab" * 32, encoding=None, characters=len(FURNITURE) + len(TEXT), pages=4),
        "repairs": Repairs(counts={"furniture_lines": 1, "spaces": 12}, losses=LOSSES),
        "title": TITLE, "issuer": "云溪新区管理委员会", "document_number": "云管发〔2021〕6号", "issued_on": "2021-04-16",
        "region": "云溪新区",
        "period": PlanPeriod(start=2021, end=2025, horizon=2035), "text": TEXT, "metadata": {"索引号": "113000000000/2021-00006"},
        "sections": SECTIONS, "targets": TARGETS, "actuals": ACTUALS,
        "indicator_tables": (
            IndicatorTable(id="i1", section="s4", caption="表1“十四五”时期经济社会发展主要指标",
                           columns=("指标", "2020年", "2025年", "单位", "属性"), rows=("t4", "t5", "t6", "t7"),
                           **AT.of("表1“十四五”时期经济社会发展主要指标")),
        ),
        "tasks": TASKS, "projects": PROJECTS, "mechanisms": MECHANISMS, "zones": ZONES, "actors": ACTORS, "findings": FINDINGS,
        "coverage": 0.874,
    }
    return Plan(**facts | changes)


def empty_plan() -> Plan:
    """A plan in which nothing was found but its text."""
    return Plan(
        source=Source(file="空.txt", media_type="text/plain", sha256="0" * 64, encoding="utf-8", characters=3), repairs=Repairs(),
        title=None, issuer=None, document_number=None, issued_on=None, region=None, period=None, text="无内容",
    )


def grown_plan(times: int) -> Plan:
    """云溪新区's plan with its records said ``times`` over: for measuring, not for reading."""
    plan = cloud_stream_plan()
    kinds = ("targets", "actuals", "tasks", "projects", "mechanisms", "zones", "actors", "findings")
    many = {name: getattr(plan, name) * times for name in kinds}
    return cloud_stream_plan(text=TEXT * times, **many)
