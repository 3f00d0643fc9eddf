"""Split, merge, undo, add: what replaces what, and who belongs to whom."""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.workbench.conftest import Review, figure, span, task

from lantu_web.accounts.acting import Person
from lantu_web.audit.queries import breaks
from lantu_web.lib.errors import Conflict, Invalid
from lantu_web.plans.commands.review import Part, Seen, accept, add, add_from_paper, edit, merge, reopen, split
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Candidate, Decision

BOTH = "企业达到30家、研发机构达到5家"
WHOLE = "建设智能装备产业园。完善配套管网。"


def two_figures() -> list[Part]:
    first, second = span("企业达到30家"), span("研发机构达到5家")
    return [
        Part(start=first[0], end=first[1], values=figure("企业", "30")),
        Part(start=second[0], end=second[1], values=figure("研发机构", "5")),
    ]


def two_tasks() -> list[Part]:
    first, second = span("建设智能装备产业园。"), span("完善配套管网。")
    return [
        Part(start=first[0], end=first[1], values={"title": "建设产业园"}),
        Part(start=second[0], end=second[1], values={"title": "完善管网"}),
    ]


def seen(*rows: Candidate) -> list[Seen]:
    return [Seen(row.pk, row.revision) for row in rows]


def told(review: Review) -> list[tuple[Any, ...]]:
    rows = Candidate.objects.filter(plan=review.plan, kind__in=["task", "measure"]).order_by("id")
    return [(row.label, row.state, row.parent.label if row.parent else None, row.origin) for row in rows]


@pytest.mark.django_db
def test_a_split_makes_parts_with_their_own_words_and_replaces_the_whole(review: Review, officer: Person) -> None:
    made = split(by=officer, candidate=review.candidate(BOTH), expected=1, parts=two_figures(), accept=True)
    old = review.candidate(BOTH)
    assert [(one.label, one.quote, one.state, one.origin, one.parent, one.doubt) for one in made] == [
        ("企业 30家", "企业达到30家", "accepted", "split", old, "两个数字"),
        ("研发机构 5家", "研发机构达到5家", "accepted", "split", old, "两个数字"),
    ]
    assert (old.state, old.revision, review.standings()["企业达到"]) == ("replaced", 2, "covered")
    assert [(row.candidate, row.act) for row in Decision.objects.order_by("id")] == [(old, "split"), (made[0], "split"), (made[1], "split")]
    assert list(breaks()) == []


@pytest.mark.django_db
def test_measures_follow_the_part_in_which_they_lie_and_come_back(review: Review, officer: Person) -> None:
    split(by=officer, candidate=review.candidate(WHOLE), expected=1, parts=two_tasks())
    assert told(review)[:2] == [("建设智能装备产业园", "replaced", None, "found"), ("完善配套管网", "open", "完善管网", "found")]
    row = reopen(by=officer, candidate=review.candidate(WHOLE), expected=2)
    assert (row.state, row.revision) == ("open", 3)
    assert told(review) == [
        ("建设智能装备产业园", "open", None, "found"),
        ("完善配套管网", "open", "建设智能装备产业园", "found"),
        ("新建污水处理厂", "open", None, "found"),
        ("建设产业园", "replaced", "建设智能装备产业园", "split"),
        ("完善管网", "replaced", "建设智能装备产业园", "split"),
    ]
    for gone in Candidate.objects.filter(origin="split"):
        with pytest.raises(Conflict):
            reopen(by=officer, candidate=gone, expected=2)


@pytest.mark.django_db
def test_a_split_is_undone_from_any_of_its_parts_unless_one_was_decided(review: Review, officer: Person) -> None:
    parts = split(by=officer, candidate=review.candidate(BOTH), expected=1, parts=two_figures())
    accept(by=officer, candidate=parts[0], expected=1)
    with pytest.raises(Conflict, match="企业 30家"):
        reopen(by=officer, candidate=parts[1], expected=1)
    reopen(by=officer, candidate=parts[0], expected=2)
    assert reopen(by=officer, candidate=parts[1], expected=1) == review.candidate(BOTH)
    assert review.candidate(BOTH).state == "open"


@pytest.mark.django_db
def test_parts_accepted_at_once_are_undone_with_their_split(review: Review, officer: Person) -> None:
    split(by=officer, candidate=review.candidate(BOTH), expected=1, parts=two_figures(), accept=True)
    reopen(by=officer, candidate=review.candidate(BOTH), expected=2)
    assert (review.candidate(BOTH).state, review.standings()["企业达到"]) == ("open", "open")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param(lambda parts: parts[:1], "parts", id="one part"),
        pytest.param(lambda parts: parts * 11, "parts", id="too many"),
        pytest.param(lambda parts: [parts[0], Part(start=0, end=3, values=parts[1].values)], "2.span", id="outside"),
        pytest.param(
            lambda parts: [parts[0], Part(start=parts[1].end, end=parts[1].start, values=parts[1].values)], "2.span", id="backwards"
        ),
        pytest.param(
            lambda parts: [parts[0], Part(start=parts[1].start, end=parts[1].start, values=parts[1].values)], "2.span", id="empty"
        ),
        pytest.param(lambda parts: [parts[0], Part(start=parts[1].start, end=parts[1].end, values={})], "2.subject", id="says nothing"),
    ],
)
def test_a_split_that_cannot_be_changes_nothing(change: Any, field: str, review: Review, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        split(by=officer, candidate=review.candidate(BOTH), expected=1, parts=change(two_figures()))
    assert (refused.value.field, Candidate.objects.count(), review.candidate(BOTH).state) == (field, 5, "open")


@pytest.mark.django_db
def test_a_merge_puts_one_in_place_of_several_and_is_undone(review: Review, officer: Person) -> None:
    first, second = review.candidate(WHOLE), review.candidate("新建污水处理厂？座")
    made = merge(by=officer, plan=review.plan, seen=seen(second, first), values={"title": "园区与治水"}, accept=True)
    assert (made.label, made.state, made.origin, made.start, made.end, made.heading) == (
        "园区与治水", "accepted", "merged", first.start, second.end, review.headings["产业"],
    )  # fmt: skip
    assert made.quote == "建设智能装备产业园。完善配套管网。\n我们团结一心。\n第二节 生态\n新建污水处理厂？座"
    assert told(review)[:3] == [
        ("建设智能装备产业园", "replaced", "园区与治水", "found"),
        ("完善配套管网", "open", "园区与治水", "found"),
        ("新建污水处理厂", "replaced", "园区与治水", "found"),
    ]
    made = reopen(by=officer, candidate=made, expected=1)
    assert reopen(by=officer, candidate=made, expected=2) == first
    assert told(review) == [
        ("建设智能装备产业园", "open", None, "found"),
        ("完善配套管网", "open", "建设智能装备产业园", "found"),
        ("新建污水处理厂", "open", None, "found"),
        ("园区与治水", "replaced", None, "merged"),
    ]
    assert set(review.standings().values()) == {"open"}


@pytest.mark.django_db
def test_a_merge_of_a_merge_is_undone_step_by_step(review: Review, officer: Person) -> None:
    parts = split(by=officer, candidate=review.candidate(BOTH), expected=1, parts=two_figures())
    once = merge(by=officer, plan=review.plan, seen=seen(*parts), values=figure("主体", "35"))
    twice = merge(by=officer, plan=review.plan, seen=seen(once, review.candidate("产值达到500亿元")), values=figure("全部", "1"))
    assert reopen(by=officer, candidate=twice, expected=1) == review.candidate("产值达到500亿元")
    once.refresh_from_db()
    assert (once.state, once.revision) == ("open", 3)
    assert reopen(by=officer, candidate=once, expected=3) == parts[0]
    assert [(row.label, row.state) for row in Candidate.objects.filter(kind="target").order_by("id")] == [
        ("产值 500亿元", "open"),
        ("企业 30家", "replaced"),
        ("企业 30家", "open"),
        ("研发机构 5家", "open"),
        ("主体 35家", "replaced"),
        ("全部 1家", "replaced"),
    ]


@pytest.mark.django_db
def test_only_two_or_more_of_one_kind_that_nobody_changed_are_merged(review: Review, officer: Person, colleague: Person) -> None:
    first, second = review.candidate(WHOLE), review.candidate("新建污水处理厂？座")
    for rows in ([first], [first, first], [first, review.candidate("完善配套管网")]):
        with pytest.raises(Invalid) as refused:
            merge(by=officer, plan=review.plan, seen=seen(*rows), values={"title": "一"})
        assert refused.value.field == "seen"
    accept(by=colleague, candidate=second, expected=1)
    with pytest.raises(Conflict, match="钱明远"):
        merge(by=officer, plan=review.plan, seen=seen(first, second), values={"title": "一"})
    with pytest.raises(Conflict):
        merge(by=officer, plan=review.plan, seen=[Seen(first.pk, 1), Seen(999999, 1)], values={"title": "一"})
    assert (Candidate.objects.count(), review.candidate(WHOLE).state) == (5, "open")


@pytest.mark.django_db
def test_adding_takes_the_selected_words_and_is_accepted_at_once(review: Review, officer: Person) -> None:
    start, end = span("我们团结一心。\n")
    row = add(by=officer, plan=review.plan, kind=ItemKind.TASK, values=task("团结"), span=(start, end))
    assert (row.quote, row.end, row.state, row.origin, row.heading, row.decided_by_id) == (
        "我们团结一心。", end - 1, "accepted", "added", review.headings["产业"], officer.user_id,
    )  # fmt: skip
    assert review.standings()["我们团结"] == "covered"
    with pytest.raises(Conflict):
        add(by=officer, plan=review.plan, kind=ItemKind.TASK, values=task("团结"), span=(start, end))
    for where in [(0, 0), (9, 2), (0, 10**6), (4, 3)]:
        with pytest.raises(Invalid):
            add(by=officer, plan=review.plan, kind=ItemKind.TASK, values=task("团结"), span=where)
    assert Candidate.objects.filter(origin="added").count() == 1


@pytest.mark.django_db
def test_a_figure_from_the_paper_original_says_so_and_settles_its_finding(review: Review, officer: Person) -> None:
    row = add_from_paper(by=officer, finding=review.finding, expected=1, kind=ItemKind.TARGET, values=figure("污水处理厂", "2", "座"))
    finding = review.finding
    assert (row.origin, row.state, row.quote, (row.start, row.end)) == ("paper", "accepted", "？", span("？"))
    assert (finding.state, finding.settlement, finding.candidate, finding.settled_by_id) == (
        "settled", "typed_from_paper", row, officer.user_id,
    )  # fmt: skip
    with pytest.raises(Conflict):
        add_from_paper(by=officer, finding=finding, expected=2, kind=ItemKind.TARGET, values=figure("厂", "2", "座"))


@pytest.mark.django_db
def test_only_figures_come_from_the_paper_original(review: Review, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        add_from_paper(by=officer, finding=review.finding, expected=1, kind=ItemKind.TASK, values=task("建厂"))
    assert (refused.value.field, review.finding.state, Candidate.objects.count()) == ("kind", "open", 5)


@pytest.mark.django_db
def test_parts_that_were_edited_may_be_undone_once_they_are_open(review: Review, officer: Person) -> None:
    parts = split(by=officer, candidate=review.candidate(BOTH), expected=1, parts=two_figures())
    edit(by=officer, candidate=parts[0], expected=1, values=figure("规上企业", "30"))
    assert reopen(by=officer, candidate=parts[1], expected=1).state == "open"
