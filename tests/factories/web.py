"""Rows for the tests of the site: small, valid, fictional."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role, UnitKind
from lantu_web.accounts.models import Post, Unit, User, Zone
from lantu_web.accounts.queries import person_in_zone
from lantu_web.bridge.compiling import compile_bytes, result_of
from lantu_web.bridge.ingest import lay_out
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.documents.models import Original, Reading
from lantu_web.lib import clock
from lantu_web.plans.models import Plan

PASSWORD = "kept-safe-2026"


def make_zone(slug: str = "yunxi", name: str = "云溪新区") -> Zone:
    return Zone.objects.create(slug=slug, name=name)


def make_unit(zone: Zone, name: str = "发展改革局", code: str | None = None, **values: Any) -> Unit:
    values.setdefault("kind", UnitKind.BUREAU)
    return Unit.objects.create(zone=zone, name=name, code=code or f"U{Unit.objects.count() + 1:03}", **values)


def make_user(username: str = "zhao", name: str = "赵启明", **values: Any) -> User:
    return User.objects.create_user(username=username, name=name, password=PASSWORD, **values)


def make_post(user: User, role: Role, zone: Zone | None = None, unit: Unit | None = None, **values: Any) -> Post:
    if role is Role.EVALUATOR:
        values.setdefault("valid_to", date(clock.today().year + 1, 12, 31))
    return Post.objects.create(user=user, role=role, zone=zone, unit=unit, **values)


def make_person(role: Role, zone: Zone | None, unit: Unit | None = None, username: str | None = None) -> tuple[User, Person]:
    """A user with one post, and the same as who acts in that zone."""
    user = make_user(username or f"{role.value}-{User.objects.count() + 1}", name=str(role.label))
    make_post(user, role, zone, unit)
    return user, person_in_zone(user, zone, on=clock.today(), address="192.0.2.1")


def make_plan(zone: Zone, name: str = "云溪新区高质量发展五年规划纲要", **values: Any) -> Plan:
    values.setdefault("period_start", 2026)
    values.setdefault("period_end", 2030)
    return Plan.objects.create(zone=zone, name=name, **values)


SMALL_TEXT = """云溪新区高质量发展五年规划纲要
（2026—2030年）

第一章 发展基础
“十四五”期间，全区生产总值年均增长6.5%，2025年达到320亿元。全区上下团结一心，发展基础更加牢固。

第二章 主要目标
到2030年，地区生产总值达到500亿元左右，研发经费投入强度提高到3.5%以上，单位生产总值能耗降低12%。

第三章 重点任务
第一节 做强主导产业
1.壮大精密装备产业。加快建设精密装备产业园二期，到2028年产值达到180亿元。建立产业链“链长制”，由区经济发展局牵头编制项目清单。
2.培育智能机器人产业。支持企业建设整机测试平台，到2030年集聚规模以上企业30家；每年新增首台套产品不少于5项。
第二节 改善生态环境
实施澜河综合治理工程，新建污水处理厂2座，2027年底前建成投用。建立河湖长巡查机制，完善水质监测平台。

第四章 保障措施
各部门要密切配合，加强督促检查。区发展改革局每年对规划实施情况开展评估，并向区管委会报告。
"""


def make_reading(plan: Plan, data: bytes = b"plan", *, file_name: str = "规划.txt", **values: Any) -> Reading:
    """A reading of an original of those bytes, waiting for its turn."""
    sha256 = hashlib.sha256(data).hexdigest()
    original, _made = Original.objects.get_or_create(
        zone=plan.zone, sha256=sha256,
        defaults={
            "size": len(data), "file_name": file_name, "media_type": "text/plain", "uploaded_at": clock.now(),
            "path": f"originals/{plan.zone.pk}/{sha256[:2]}/{sha256}",
        },
    )  # fmt: skip
    values = {"purpose": "review", "purpose_id": plan.pk, "requested_at": clock.now(), **values}
    return Reading.objects.create(zone=plan.zone, original=original, file_name=file_name, **values)


def make_read_plan(zone: Zone, data: bytes, *, file_name: str = "规划.txt", by: Person | None = None, **values: Any) -> Plan:
    """A plan in review whose file was read by the library."""
    plan = make_plan(zone, **values)
    finished = {"state": ReadingState.DONE, "stage": Stage.FINISHED, "percent": 100, "finished_at": clock.now()}
    reading = make_reading(plan, data, file_name=file_name, **finished)
    result_of(reading, compile_bytes(data, file_name)).save()
    return lay_out(by=by or Person(user_id=None, name="Lantu", zone_id=zone.pk, roles=frozenset(), unit_ids=frozenset()),
                   plan_id=plan.pk, reading=reading)  # fmt: skip


def make_reviewed_plan(zone: Zone, text: str = SMALL_TEXT, **values: Any) -> Plan:
    """A plan in review, found in a small text; ``values`` are fields of the plan."""
    return make_read_plan(zone, text.encode(), **values)
