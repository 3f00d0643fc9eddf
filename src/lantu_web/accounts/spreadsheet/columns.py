"""The two sheets and their columns. Headings and words of the workbook are Chinese whatever language the screens speak: it goes from desk
to desk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from lantu_web.accounts.enums import Role, UnitKind

EXAMPLE = "示例"  # rows whose first cell begins so are left out
KINDS = MappingProxyType({
    "党工委、管委会": UnitKind.COMMITTEE, "局（办）": UnitKind.BUREAU, "街道（镇）": UnitKind.TERRITORY, "园区": UnitKind.PARK,
    "区属企业": UnitKind.COMPANY, "垂直管理单位": UnitKind.VERTICAL, "事业单位": UnitKind.INSTITUTION,
})  # fmt: skip
ROLES = MappingProxyType({
    "规划管理员": Role.PLANNING_OFFICER, "督查员": Role.SUPERVISION_OFFICER, "单位联系人": Role.CONTACT_PERSON,
    "单位负责人": Role.UNIT_HEAD, "领导": Role.LEADER, "第三方评估员": Role.EVALUATOR, "审计员": Role.AUDITOR,
})  # fmt: skip
OTHER_WORDS = MappingProxyType({
    "党工委": "党工委、管委会", "管委会": "党工委、管委会", "党工委/管委会": "党工委、管委会", "部门": "局（办）", "局": "局（办）",
    "局(办)": "局（办）", "委办局": "局（办）", "街道": "街道（镇）", "镇": "街道（镇）", "乡镇": "街道（镇）", "街道/镇": "街道（镇）",
    "街道(镇)": "街道（镇）",
    "国有企业": "区属企业", "垂管单位": "垂直管理单位", "联系人": "单位联系人", "负责人": "单位负责人",
    "第三方评估": "第三方评估员", "评估员": "第三方评估员",
})  # fmt: skip


class Sheet(StrEnum):
    UNITS = "单位"
    PEOPLE = "人员"


class Kind(StrEnum):
    """What a cell holds; decides how it is cleaned."""

    CODE = "code"  # letters and digits: full-width ones become narrow, nothing but blanks is lost
    NAME = "name"  # Chinese: blanks between characters go
    TEXT = "text"
    DATE = "date"
    WORD = "word"  # one of a list


@dataclass(frozen=True, slots=True)
class Column:
    """``heading`` as the template has it, ``aliases`` as other offices write it, ``example`` for the grey row."""

    field: str
    heading: str
    kind: Kind
    length: int
    required: bool = False
    example: str = ""
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    width: int = 14


UNIT_COLUMNS = (
    Column("code", "单位编码", Kind.CODE, 20, True, "示例-010", ("编码", "代码")),
    Column("name", "单位名称", Kind.NAME, 100, True, "云溪街道办事处", ("名称", "单位全称"), width=26),
    Column("short_name", "简称", Kind.NAME, 40, False, "云溪街道", ("单位简称",)),
    Column("kind", "单位类别", Kind.WORD, 40, True, "街道（镇）", ("类别", "类型"), tuple(KINDS), 16),
    Column("parent", "上级单位编码", Kind.CODE, 20, False, "001", ("上级编码",), width=16),
    Column("established_on", "成立日期", Kind.DATE, 30, False, "2024-01-01", ("设立日期",)),
    Column("sections", "科室", Kind.TEXT, 1000, False, "党政办公室、经济发展办公室", ("内设机构",), width=40),
)
PEOPLE_COLUMNS = (
    Column("username", "用户名", Kind.CODE, 60, True, "示例-zhangsan", ("账号", "登录名")),
    Column("name", "姓名", Kind.NAME, 60, True, "张三"),
    Column("phone", "联系电话", Kind.CODE, 30, False, "0537-1234567", ("电话", "手机", "手机号"), width=18),
    Column("email", "电子邮箱", Kind.CODE, 254, False, "", ("邮箱",), width=22),
    Column("role", "角色", Kind.WORD, 40, True, "单位联系人", (), tuple(ROLES)),
    Column("unit", "单位编码", Kind.CODE, 20, False, "010", ("所在单位编码",)),
    Column("section", "科室", Kind.NAME, 60, False, "党政办公室", ("所在科室",), width=18),
    Column("title", "职务", Kind.NAME, 60, False, "副主任"),
    Column("valid_from", "任职开始日期", Kind.DATE, 30, False, "2026-01-01", ("任职日期", "开始日期"), width=16),
    Column("valid_to", "任职截止日期", Kind.DATE, 30, False, "", ("截止日期", "结束日期"), width=16),
)
COLUMNS = MappingProxyType({Sheet.UNITS: UNIT_COLUMNS, Sheet.PEOPLE: PEOPLE_COLUMNS})
SHEET_LABELS = MappingProxyType({Sheet.UNITS: _("Units"), Sheet.PEOPLE: _("People")})


def heading(sheet: Sheet, field: str) -> str:
    """The heading of a column, to name a place by it."""
    return next((column.heading for column in COLUMNS[sheet] if column.field == field), field)
