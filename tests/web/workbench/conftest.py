"""A small plan under review, laid out by hand so that every place is known, and people who look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.web import make_person, make_plan, make_reading

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.documents.models import ReadingResult
from lantu_web.lib import clock
from lantu_web.plans.content import clean, label_of
from lantu_web.plans.enums import ItemKind, Layout, PlanState, Standing
from lantu_web.plans.models import Candidate, Finding, Heading, Plan, Sentence

LogIn = Callable[[User], Client]
TEXT = """第一章 目标
到2030年，产值达到500亿元。企业达到30家、研发机构达到5家。
第二章 任务
第一节 产业
建设智能装备产业园。完善配套管网。
我们团结一心。
第二节 生态
新建污水处理厂？座。
"""
BLANK: dict[str, Any] = {"comparator": "=", "measure": "level"}


def figure(subject: str, value: str, unit: str = "家") -> dict[str, Any]:
    return clean(ItemKind.TARGET, {**BLANK, "subject": subject, "value": value, "unit": unit})


def task(title: str) -> dict[str, Any]:
    return clean(ItemKind.TASK, {"title": title})


@dataclass(frozen=True, kw_only=True)
class Review:
    """The rows by the words they stand for."""

    plan: Plan
    headings: dict[str, Heading]

    def candidate(self, quote: str) -> Candidate:
        return Candidate.objects.get(plan=self.plan, quote=quote)

    def sentence(self, text: str) -> Sentence:
        return Sentence.objects.get(plan=self.plan, text__startswith=text)

    @property
    def finding(self) -> Finding:
        return Finding.objects.get(plan=self.plan)

    def standings(self) -> dict[str, str]:
        return {row.text[:4]: str(row.standing) for row in Sentence.objects.filter(plan=self.plan).exclude(layout=Layout.HEADING)}


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def make_review(zone: Zone, **values: Any) -> Review:
    """The plan above: three headings below two, six sentences, five candidates (one in doubt), one finding."""
    plan = make_plan(zone, **values)
    reading = make_reading(plan, TEXT.encode(), state=ReadingState.DONE, stage=Stage.FINISHED, percent=100, finished_at=clock.now())
    ReadingResult.objects.create(reading=reading, text=TEXT, plan={}, library_version="0")
    plan.reading, plan.state = reading, PlanState.IN_REVIEW
    plan.save()
    headings = _headings(plan)
    _sentences(plan, headings)
    _candidates(plan, headings)
    start, end = span("？")
    Finding.objects.create(
        plan=plan, heading=headings["生态"], code="damaged", severity="warning", message="此处数字缺失", start=start, end=end
    )
    return Review(plan=plan, headings=headings)


def _headings(plan: Plan) -> dict[str, Heading]:
    made: dict[str, Heading] = {}
    rows = [("第一章", "目标", 1, None), ("第二章", "任务", 1, None), ("第一节", "产业", 2, "任务"), ("第二节", "生态", 2, "任务")]
    starts = [span(f"{number} {title}")[0] for number, title, _level, _parent in rows] + [len(TEXT)]
    for position, (number, title, level, parent) in enumerate(rows):
        made[title] = Heading.objects.create(
            plan=plan, parent=made.get(parent or ""), position=position, level=level, number=number, title=title,
            start=starts[position], end=starts[position] + len(f"{number} {title}"), body_end=starts[position + 1],
        )  # fmt: skip
    return made


def _sentences(plan: Plan, headings: dict[str, Heading]) -> None:
    position, under = 0, None
    for block, line in enumerate(TEXT.splitlines()):
        title = line.partition(" ")[2]
        under = headings.get(title, under)
        is_heading = title in headings
        for text in [line] if is_heading else [f"{part}。" for part in line.split("。") if part]:
            start, end = span(text)
            Sentence.objects.create(
                plan=plan, heading=under, position=position, block=block, start=start, end=end, text=text,
                layout=Layout.HEADING if is_heading else Layout.PARAGRAPH, standing=Standing.LEFT_OUT if is_heading else Standing.OPEN,
            )  # fmt: skip
            position += 1


def _candidates(plan: Plan, headings: dict[str, Heading]) -> None:
    rows: list[tuple[ItemKind, str, str, dict[str, Any], str]] = [
        (ItemKind.TARGET, "目标", "产值达到500亿元", figure("产值", "500", "亿元"), ""),
        (ItemKind.TARGET, "目标", "企业达到30家、研发机构达到5家", figure("企业", "30"), "两个数字"),
        (ItemKind.TASK, "产业", "建设智能装备产业园。完善配套管网。", task("建设智能装备产业园"), ""),
        (ItemKind.MEASURE, "产业", "完善配套管网", clean(ItemKind.MEASURE, {"text": "完善配套管网"}), ""),
        (ItemKind.TASK, "生态", "新建污水处理厂？座", task("新建污水处理厂"), ""),
    ]
    for kind, heading, quote, content, doubt in rows:
        start, end = span(quote)
        parent = Candidate.objects.get(plan=plan, kind=ItemKind.TASK) if kind is ItemKind.MEASURE else None
        Candidate.objects.create(
            plan=plan, heading=headings[heading], kind=kind, quote=quote, content=content, label=label_of(kind, content), start=start,
            end=end, doubt=doubt, parent=parent,
        )  # fmt: skip


@pytest.fixture
def review(zone: Zone, unit: Unit) -> Review:
    return make_review(zone, unit=unit)


@pytest.fixture
def colleague(zone: Zone, unit: Unit) -> Person:
    """Another planning officer."""
    user, person = make_person(Role.PLANNING_OFFICER, zone, unit, username="colleague")
    User.objects.filter(pk=user.pk).update(name="钱明远")
    return person


@pytest.fixture
def reader(zone: Zone) -> Person:
    """Reads drafts, decides nothing."""
    return make_person(Role.LEADER, zone, username="leader")[1]


@pytest.fixture
def browser(officer: Person, logged_in: LogIn) -> Client:
    """Of the planning officer."""
    return logged_in(User.objects.get(pk=officer.user_id))


def url(review: Review, name: str = "review", *args: object) -> str:
    return reverse(f"office:{name}", args=[review.plan.zone.slug, review.plan.pk, *args])
