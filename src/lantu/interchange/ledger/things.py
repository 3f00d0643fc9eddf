"""项目, 机制, 片区, 责任主体, 问题提示, 原文缺损 and 目录: one row per thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lantu.interchange.ledger.table import PLACES, Column, Row, Table, blank, filled, label
from lantu.interchange.ledger.tasks import STATUSES
from lantu.interchange.places import Places, range_label
from lantu.interchange.typeset import typeset
from lantu.interchange.wording import ROLES, SEVERITIES, heading
from lantu.model import Actor, Finding, Mechanism, Plan, Project, Section, SectionKind, Zone

_DEEPEST_INDENT = 5  # of a heading in the outline: deeper ones are no easier to read
_NUMBER = label("序号", 6)
_SECTION = Column("来源章节", 38)
_QUOTE = Column("原文", 46)
_KINDS = {SectionKind.TITLE: "标题", SectionKind.HEADING: "标题行", SectionKind.RUN_IN: "段首标题", SectionKind.BOX: "专栏"}


_PROJECTS = (
    _NUMBER, Column("项目名称", 28), label("建设方式", 11), label("阶段", 9), label("投资", 15), _SECTION, _QUOTE,
    blank("责任单位", 12), blank("计划开竣工时间", 12), blank("形象进度", 14), blank("完成状态", 9, *STATUSES), blank("备注", 8),
    *PLACES,
)  # fmt: skip
_MECHANISMS = (
    _NUMBER, Column("机制（平台、清单）名称", 28), label("动作", 11), Column("建设内容和要求", 36), _SECTION, _QUOTE,
    blank("牵头单位", 12), blank("完成状态", 9, *STATUSES), blank("备注", 8), *PLACES,
)  # fmt: skip
_ZONES = (
    _NUMBER, Column("片区名称", 20), *(Column(f"{side}至", 14) for side in "东西南北"), Column("来源章节", 24), Column("原文", 38), *PLACES,
)  # fmt: skip
_ACTORS = (_NUMBER, Column("责任主体", 28), label("角色", 9), _SECTION, _QUOTE, *PLACES)
_FINDINGS = (
    _NUMBER, label("程度", 8), Column("问题", 46), _SECTION, _QUOTE, blank("处理意见", 20), blank("处理人", 9), Column("代码", 20),
    *PLACES,
)  # fmt: skip
_LOSSES = (_NUMBER, Column("缺损情况", 80), blank("核对结果", 40), PLACES[0])
_OUTLINE = (
    _NUMBER, label("层级", 6), Column("标题", 60), label("类型", 10), label("任务", 8), label("目标", 8), label("现状数据", 10),
    label("项目", 8), *PLACES,
)  # fmt: skip


def project_table(plan: Plan, places: Places) -> Table:
    def cells(item: Project) -> Row:
        return (typeset(item.name), item.verb, item.stage or "", typeset(item.investment or ""), *_source(item, places), *_place(item))

    return _table("projects", "项目", _PROJECTS, map(cells, plan.projects))


def mechanism_table(plan: Plan, places: Places) -> Table:
    def cells(item: Mechanism) -> Row:
        return (typeset(item.name), item.verb, typeset(item.what), *_source(item, places), *_place(item))

    return _table("mechanisms", "机制", _MECHANISMS, map(cells, plan.mechanisms))


def zone_table(plan: Plan, places: Places) -> Table:
    def cells(item: Zone) -> Row:
        bounds = (item.bounds.east, item.bounds.west, item.bounds.south, item.bounds.north)
        return (typeset(item.name), *(typeset(side or "") for side in bounds), *_source(item, places), *_place(item))

    return _table("zones", "片区", _ZONES, map(cells, plan.zones))


def actor_table(plan: Plan, places: Places) -> Table:
    def cells(item: Actor) -> Row:
        return (typeset(item.name), ROLES[item.role], *_source(item, places), *_place(item))

    return _table("actors", "责任主体", _ACTORS, map(cells, plan.actors))


def finding_table(plan: Plan, places: Places) -> Table:
    def cells(item: Finding) -> Row:
        return (SEVERITIES[item.severity], typeset(item.message), *_source(item, places), item.code, *_place(item))

    return _table("findings", "问题提示", _FINDINGS, map(cells, plan.findings))


def loss_table(plan: Plan) -> Table:
    return _table("losses", "原文缺损", _LOSSES, ((typeset(loss.why), range_label(loss.raw_span)) for loss in plan.repairs.losses))


def outline_table(plan: Plan) -> Table:
    """The headings with what stands under each of them itself, not under its subsections."""
    counts = [Counter(item.section for item in items) for items in (plan.tasks, plan.targets, plan.actuals, plan.projects)]

    def cells(item: Section) -> Row:
        words = "　" * min(max(0, item.level - 1), _DEEPEST_INDENT) + typeset(heading(item))
        return (item.level, words, _KINDS[item.kind], *(count[item.id] or None for count in counts), *_place(item))

    return _table("outline", "目录", _OUTLINE, map(cells, plan.sections))


def _table(key: str, name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> Table:
    groups = tuple((filled(columns, number, *cells),) for number, cells in enumerate(rows, start=1))
    return Table(key, name, columns, groups)


def _source(item: Project | Mechanism | Zone | Actor | Finding, places: Places) -> Row:
    return (places.label(item.section), places.sentence(item.span))


def _place(item: Project | Mechanism | Zone | Actor | Finding | Section) -> Row:
    return (range_label(item.raw_span), range_label(item.span))
