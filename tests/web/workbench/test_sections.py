"""Bulk acceptance, sentences that are deliberately not a task, findings."""

from __future__ import annotations

import pytest
from tests.web.workbench.conftest import Review

from lantu_web.accounts.acting import Person
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.commands.review import (
    Seen,
    accept,
    accept_section,
    mark_not_a_task,
    mark_section_not_a_task,
    reject,
    reopen,
    reopen_finding,
    reopen_sentence,
    settle,
)
from lantu_web.plans.models import Candidate, Decision, Heading, Sentence
from lantu_web.plans.queries.outline import outline
from lantu_web.plans.queries.review import open_candidates_below, open_sentences_below


def look(review: Review, title: str) -> list[Seen]:
    keys = outline(review.plan).by_key[review.headings[title].pk].keys
    return [Seen(row.pk, row.revision) for row in open_candidates_below(review.plan, keys)]


def look_at_sentences(review: Review, title: str) -> list[Seen]:
    keys = outline(review.plan).by_key[review.headings[title].pk].keys
    return [Seen(row.pk, row.revision) for row in open_sentences_below(review.plan, keys)]


@pytest.mark.django_db
def test_a_section_is_accepted_with_all_below_it(review: Review, officer: Person) -> None:
    rows = accept_section(by=officer, plan=review.plan, heading=review.headings["任务"], seen=look(review, "任务"))
    assert sorted((row.kind, row.state, row.revision) for row in Candidate.objects.filter(pk__in=[row.pk for row in rows])) == [
        ("measure", "accepted", 2), ("task", "accepted", 2), ("task", "accepted", 2),
    ]  # fmt: skip
    assert review.standings() == {
        "到203": "open", "企业达到": "open", "建设智能": "covered", "完善配套": "covered", "我们团结": "open", "新建污水": "covered",
    }  # fmt: skip
    assert Decision.objects.filter(act="accept", before={"state": "open"}, after={"state": "accepted"}).count() == 3
    entry = Entry.objects.get()
    assert (entry.action, entry.object_label, sorted(entry.after["candidates"])) == (
        "candidate.accept_section", "第二章 任务", sorted(str(row.pk) for row in rows),
    )  # fmt: skip
    with pytest.raises(Conflict):
        accept_section(by=officer, plan=review.plan, heading=review.headings["任务"], seen=[Seen(row.pk, 1) for row in rows])


@pytest.mark.django_db
def test_what_was_decided_after_the_look_stops_all_of_it(review: Review, officer: Person, colleague: Person) -> None:
    seen = look(review, "任务")
    reject(by=colleague, candidate=review.candidate("完善配套管网"), expected=1, reason="part_of_another")
    with pytest.raises(Conflict, match="钱明远"):
        accept_section(by=officer, plan=review.plan, heading=review.headings["任务"], seen=seen)
    assert not Candidate.objects.filter(state="accepted").exists()


@pytest.mark.django_db
def test_what_is_in_doubt_is_accepted_only_if_said(review: Review, officer: Person) -> None:
    seen = look(review, "目标")
    with pytest.raises(Invalid) as refused:
        accept_section(by=officer, plan=review.plan, heading=review.headings["目标"], seen=seen)
    assert refused.value.field == "with_doubt"
    assert len(accept_section(by=officer, plan=review.plan, heading=review.headings["目标"], seen=seen, with_doubt=True)) == 2


@pytest.mark.django_db
def test_candidates_of_another_section_are_not_smuggled_in(review: Review, officer: Person) -> None:
    for heading, seen in ((review.headings["产业"], look(review, "任务")), (None, look(review, "任务")), (review.headings["目标"], [])):
        with pytest.raises(Conflict):
            accept_section(by=officer, plan=review.plan, heading=heading, seen=seen)


@pytest.mark.django_db
def test_what_stands_before_the_first_heading_is_a_section_too(review: Review, officer: Person) -> None:
    Candidate.objects.filter(quote="产值达到500亿元").update(heading=None)
    seen = [Seen(review.candidate("产值达到500亿元").pk, 1)]
    assert [row.label for row in accept_section(by=officer, plan=review.plan, heading=None, seen=seen)] == ["产值 500亿元"]
    assert next((one.key, one.own.accepted) for one in outline(review.plan).sections) == (0, 1)


@pytest.mark.django_db
def test_a_sentence_is_deliberately_not_a_task_and_back(review: Review, officer: Person) -> None:
    row = mark_not_a_task(by=officer, sentence=review.sentence("我们"), expected=1, reason=" 表态 ")
    assert (row.standing, row.reason, row.revision) == ("not_a_task", "表态", 2)
    with pytest.raises(Conflict):
        mark_not_a_task(by=officer, sentence=row, expected=1, reason="表态")
    row = reopen_sentence(by=officer, sentence=row, expected=2)
    assert (row.standing, row.reason, row.revision) == ("open", "", 3)
    assert [(one.act, one.sentence, one.reason) for one in Decision.objects.order_by("id")] == [
        ("not_a_task", row, "表态"),
        ("reopen", row, ""),
    ]
    with pytest.raises(Conflict):
        reopen_sentence(by=officer, sentence=row, expected=3)


@pytest.mark.django_db
def test_an_accepted_candidate_covers_what_was_not_a_task_and_gives_it_back(review: Review, officer: Person) -> None:
    mark_not_a_task(by=officer, sentence=review.sentence("完善"), expected=1, reason="背景")
    row = accept(by=officer, candidate=review.candidate("完善配套管网"), expected=1)
    assert review.standings()["完善配套"] == "covered"
    with pytest.raises(Conflict):
        mark_not_a_task(by=officer, sentence=review.sentence("完善"), expected=2, reason="背景")
    reopen(by=officer, candidate=row, expected=2)
    assert review.standings()["完善配套"] == "not_a_task"


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_without_a_reason_a_sentence_stays_open(reason: str, review: Review, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        mark_not_a_task(by=officer, sentence=review.sentence("我们"), expected=1, reason=reason)
    assert (refused.value.field, review.standings()["我们团结"]) == ("reason", "open")


@pytest.mark.django_db
def test_headings_need_no_reason(review: Review, officer: Person) -> None:
    with pytest.raises(Conflict):
        mark_not_a_task(by=officer, sentence=review.sentence("第一章"), expected=1, reason="标题")


@pytest.mark.django_db
def test_the_open_sentences_of_a_section_at_once(review: Review, officer: Person) -> None:
    accept(by=officer, candidate=review.candidate("新建污水处理厂？座"), expected=1)
    seen = look_at_sentences(review, "任务")
    rows = mark_section_not_a_task(by=officer, plan=review.plan, heading=review.headings["任务"], seen=seen, reason="表述")
    assert [row.text[:4] for row in sorted(rows, key=lambda row: row.position)] == ["建设智能", "完善配套", "我们团结"]
    assert review.standings() == {
        "到203": "open", "企业达到": "open", "建设智能": "not_a_task", "完善配套": "not_a_task", "我们团结": "not_a_task", "新建污水": "covered",
    }  # fmt: skip
    assert Decision.objects.filter(act="not_a_task", reason="表述").count() == 3
    with pytest.raises(Conflict):
        mark_section_not_a_task(by=officer, plan=review.plan, heading=review.headings["任务"], seen=seen, reason="表述")
    with pytest.raises(Conflict):
        mark_section_not_a_task(by=officer, plan=review.plan, heading=review.headings["目标"], seen=[], reason="表述")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("settlement", "note", "state"),
    [("text_is_right", "", "dismissed"), ("no_matter", "", "dismissed"), ("asked_issuer", "发文机关答复：2座", "settled")],
)
def test_a_finding_is_settled_or_dismissed_and_opened_again(
    settlement: str, note: str, state: str, review: Review, officer: Person, colleague: Person
) -> None:
    row = settle(by=officer, finding=review.finding, expected=1, settlement=settlement, note=note)
    assert (row.state, row.settlement, row.note, row.settled_by_id, row.revision) == (state, settlement, note, officer.user_id, 2)
    with pytest.raises(Conflict, match="此处数字缺失"):
        settle(by=colleague, finding=row, expected=1, settlement=settlement, note=note)
    with pytest.raises(Conflict):
        settle(by=colleague, finding=row, expected=2, settlement=settlement, note=note)
    row = reopen_finding(by=colleague, finding=row, expected=2)
    assert (row.state, row.settlement, row.note, row.settled_by, row.settled_at) == ("open", "", "", None, None)
    with pytest.raises(Conflict):
        reopen_finding(by=colleague, finding=row, expected=3)
    assert [one.act for one in Decision.objects.order_by("id")] == ["settle", "reopen"]


@pytest.mark.django_db
@pytest.mark.parametrize(("settlement", "field"), [("", "settlement"), ("typed_from_paper", "settlement"), ("asked_issuer", "note")])
def test_a_settlement_says_what_was_done(settlement: str, field: str, review: Review, officer: Person) -> None:
    with pytest.raises(Invalid) as refused:
        settle(by=officer, finding=review.finding, expected=1, settlement=settlement)
    assert (refused.value.field, review.finding.state) == (field, "open")


@pytest.mark.django_db
def test_readers_decide_nothing(review: Review, reader: Person) -> None:
    heading, sentence = Heading.objects.get(title="任务"), Sentence.objects.get(text__startswith="我们")
    for act in (
        lambda: accept_section(by=reader, plan=review.plan, heading=heading, seen=look(review, "任务")),
        lambda: mark_not_a_task(by=reader, sentence=sentence, expected=1, reason="表态"),
        lambda: mark_section_not_a_task(by=reader, plan=review.plan, heading=heading, seen=[], reason="表态"),
        lambda: reopen_sentence(by=reader, sentence=sentence, expected=1),
        lambda: settle(by=reader, finding=review.finding, expected=1, settlement="no_matter"),
        lambda: reopen_finding(by=reader, finding=review.finding, expected=1),
    ):
        with pytest.raises(Forbidden):
            act()
    assert Decision.objects.count() == 0
