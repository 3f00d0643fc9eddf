"""Closed words as files say them: Chinese whatever language the screens speak, and the same next year, so that a file still comes back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lantu_web.plans.enums import ItemKind
from lantu_web.tasks.enums import IndicatorKind, Signing, TaskState

KINDS: Mapping[str, str] = MappingProxyType({
    ItemKind.TASK: "任务", ItemKind.MEASURE: "举措", ItemKind.TARGET: "指标", ItemKind.PROJECT: "项目", ItemKind.MECHANISM: "机制",
})  # fmt: skip
STATES: Mapping[str, str] = MappingProxyType({
    TaskState.DRAFT: "草案", TaskState.SENT: "已下发", TaskState.FINISHED: "已完成", TaskState.WITHDRAWN: "已撤回",
})  # fmt: skip
SIGNINGS: Mapping[str, str] = MappingProxyType({
    Signing.NONE: "未下发", Signing.WAITING: "待签收", Signing.OBJECTED: "有异议", Signing.SIGNED: "已签收",
})  # fmt: skip
INDICATOR_KINDS: Mapping[str, str] = MappingProxyType({
    IndicatorKind.LEVEL_UP: "水平提升", IndicatorKind.LEVEL_DOWN: "水平下降", IndicatorKind.GROWTH_RATE: "年均增长",
    IndicatorKind.CUMULATIVE_REDUCTION: "累计下降", IndicatorKind.CUMULATIVE_COUNT: "累计数量", IndicatorKind.KEEP_FLOOR: "保持不低于",
    IndicatorKind.KEEP_CAP: "保持不高于", IndicatorKind.SYNC: "同步增长", IndicatorKind.EXTERNAL_TARGET: "上级下达",
    IndicatorKind.MILESTONE: "里程碑",
})  # fmt: skip
