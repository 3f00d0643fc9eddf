"""The columns of the ledger, in the order in which the trade prints them; grid, workbook and Word files read this one table.

Years (年度目标) stand where ``parts`` does, one column a year. ``heading`` is what files say, whatever the language of the screens: they go
from desk to desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lantu_web.tasks.content import FIELDS, Field

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Group(StrEnum):
    """What columns are put together under one head; as files say it."""

    TASK = "任务内容"
    TARGET = "目标要求"
    YEARS = "年度目标与节点"
    DUTY = "责任分工"
    TIME = "时间安排"
    STANDING = "办理情况"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``field`` is the name in ``content.FIELDS`` where the column can be changed, else empty. ``width`` in characters; ``aliases`` as
    other offices write the heading."""

    identifier: str
    label: _StrPromise
    heading: str
    group: Group
    field: str = ""
    width: int = 12
    aliases: tuple[str, ...] = ()

    @property
    def is_editable(self) -> bool:
        return bool(self.field)

    @property
    def content(self) -> Field | None:
        return FIELDS.get(self.field)


COLUMNS: Mapping[str, Column] = MappingProxyType({
    column.identifier: column
    for column in (
        Column(identifier="number", label=_("No."), heading="序号", group=Group.TASK, width=8, aliases=("编号", "任务编号", "项目编号")),
        Column(identifier="plan", label=_("Plan"), heading="规划", group=Group.TASK, width=20, aliases=("规划名称", "所属规划")),
        Column(identifier="chapter", label=_("Chapter"), heading="章节", group=Group.TASK, width=16, aliases=("所属章节",)),
        Column(identifier="source", label=FIELDS["source"].label, heading="文件依据", group=Group.TASK, field="source", width=18,
               aliases=("任务来源", "来源", "依据")),
        Column(identifier="topic", label=_("Topic"), heading="领域", group=Group.TASK, field="topic", width=10,
               aliases=("工作领域", "主题")),
        Column(identifier="lines", label=_("Work lines"), heading="工作线", group=Group.TASK, field="lines", width=14,
               aliases=("工作线/领域", "攻坚行动")),
        Column(identifier="kind", label=_("Kind"), heading="类别", group=Group.TASK, width=8, aliases=("任务类别",)),
        Column(identifier="title", label=FIELDS["title"].label, heading="重点任务", group=Group.TASK, field="title", width=42,
               aliases=("任务", "任务名称", "任务内容", "工作任务", "重点工作", "主要任务", "具体举措", "工作内容", "目标任务")),
        Column(identifier="left_out", label=_("Not decomposed, because"), heading="不分解原因", group=Group.TASK, field="left_out",
               width=14),
        Column(identifier="indicator_kind", label=_("Kind of indicator"), heading="指标类型", group=Group.TARGET, field="indicator_kind",
               width=12),
        Column(identifier="measured_in", label=_("Unit of measure"), heading="计量单位", group=Group.TARGET, field="measured_in", width=9,
               aliases=("单位",)),
        Column(identifier="baseline_year", label=_("Base year"), heading="基期年", group=Group.TARGET, field="baseline_year", width=8),
        Column(identifier="baseline", label=_("Baseline"), heading="基期值", group=Group.TARGET, field="baseline", width=10,
               aliases=("基数",)),
        Column(identifier="target_year", label=_("Target year"), heading="目标年", group=Group.TARGET, field="target_year", width=8),
        Column(identifier="target", label=FIELDS["target"].label, heading="目标值", group=Group.TARGET, field="target", width=10,
               aliases=("指标值",)),
        Column(identifier="parts", label=_("Annual targets"), heading="年度目标", group=Group.YEARS, width=14),
        Column(identifier="nodes", label=_("Nodes"), heading="阶段节点", group=Group.YEARS, width=26, aliases=("时间节点", "节点")),
        Column(identifier="sponsor", label=_("Sponsor leader"), heading="包保领导", group=Group.DUTY, field="sponsor", width=10,
               aliases=("分管领导", "分管（包保）领导", "区级领导", "责任领导")),
        Column(identifier="lead_unit", label=_("Lead unit"), heading="牵头单位", group=Group.DUTY, field="lead_unit", width=16,
               aliases=("牵头部门", "责任单位", "责任部门", "主管部门")),
        Column(identifier="cooperating", label=_("Cooperating units"), heading="配合单位", group=Group.DUTY, field="cooperating", width=20,
               aliases=("配合部门", "责任（配合）单位", "协办单位")),
        Column(identifier="section", label=FIELDS["section"].label, heading="责任科室", group=Group.DUTY, field="section", width=12,
               aliases=("科室", "处室")),
        Column(identifier="person", label=_("Responsible person"), heading="责任人", group=Group.DUTY, field="person", width=10,
               aliases=("具体责任人", "联系人")),
        Column(identifier="start_on", label=_("Start"), heading="开始时间", group=Group.TIME, field="start_on", width=11,
               aliases=("起始时间", "开始日期")),
        Column(identifier="due_on", label=_("Due"), heading="完成时限", group=Group.TIME, field="due_on", width=11,
               aliases=("完成时间", "截止时间", "时限", "完成日期")),
        Column(identifier="state", label=_("State"), heading="状态", group=Group.STANDING, width=8),
        Column(identifier="signing", label=_("Signing"), heading="签收情况", group=Group.STANDING, width=10),
    )
})  # fmt: skip
BY_FIELD: Mapping[str, Column] = MappingProxyType({column.field: column for column in COLUMNS.values() if column.field})
