"""What an amended text says otherwise, measured against what was accepted."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories.reimport import told
from tests.web.reimport.conftest import Amend

from lantu_web.accounts.acting import Person
from lantu_web.lib.errors import Conflict
from lantu_web.plans.commands.review.candidates import edit, reject
from lantu_web.plans.enums import CandidateState, ItemKind, RejectReason
from lantu_web.plans.models import Candidate, Plan, ReimportLine

GDP = "到2030年，地区生产总值达到500亿元左右"


def candidate(plan: Plan, label: str, kind: ItemKind = ItemKind.TARGET) -> Candidate:
    return Candidate.objects.get(plan=plan, kind=kind, label__startswith=label)


def test_the_same_text_differs_in_nothing(plan: Plan, amend: Amend) -> None:
    reimport = amend()
    assert told(reimport) == []
    assert reimport.lines.count() == plan.candidates.count()
    assert all(line.candidate and line.content == line.candidate.content for line in reimport.lines.select_related("candidate"))


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        pytest.param([("500亿元", "480亿元")], [("changed", "target", "地区生产总值 ≈480亿元")], id="another number"),
        pytest.param([("，单位生产总值能耗降低12%", "")], [("dropped", "target", "单位生产总值能耗 12%")], id="a target less"),
        pytest.param(
            [("单位生产总值能耗降低12%", "单位生产总值能耗降低12%，森林覆盖率达到36%")], [("new", "target", "森林覆盖率 36%")], id="a target more"
        ),
        pytest.param([("第三章 重点任务", "第三章 主要任务")], [], id="a chapter renamed moves nothing"),
        pytest.param([("\n第四章 保障措施", "\n\n第四章 保障措施")], [], id="an empty line"),
        pytest.param(
            [("新建污水处理厂2座", "新建污水处理厂3座")],
            [("changed", "measure", "实施澜河综合治理工程，新建污水处理厂3座，2027年底前建成投用"), ("changed", "target", "新建污水处理厂 3座")],
            id="a number in a measure changes both",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_difference(replacements: list[tuple[str, str]], expected: list[tuple[str, str, str]], amend: Amend) -> None:
    assert told(amend(*replacements)) == expected


def test_a_paragraph_that_went_elsewhere_is_moved(amend: Amend) -> None:
    words = "实施澜河综合治理工程，新建污水处理厂2座，2027年底前建成投用。"
    found = told(amend((words, ""), ("各部门要密切配合", f"{words}各部门要密切配合")))
    assert {("moved", "measure", "实施澜河综合治理工程，新建污水处理厂2座，2027年底前建成投用"), ("moved", "project", "澜河综合治理工程")} <= set(found)
    assert {kind for difference, kind, _label in found if difference != "moved"} <= {"task", "measure"}  # they lost or won a sentence
    assert "dropped" not in {difference for difference, _kind, _label in found}


def test_what_an_officer_edited_stays_edited_while_the_text_says_the_same(plan: Plan, officer: Person, amend: Amend) -> None:
    row = candidate(plan, "地区生产总值")
    edit(by=officer, candidate=row, expected=row.revision, values={**row.content, "subject": "地区生产总值（GDP）"})
    assert told(amend()) == []


def test_a_change_is_told_against_the_edited_content(plan: Plan, officer: Person, amend: Amend) -> None:
    row = candidate(plan, "地区生产总值")
    edit(by=officer, candidate=row, expected=row.revision, values={**row.content, "subject": "GDP", "nature": "预期性"})
    line = amend(("500亿元", "480亿元")).lines.get(difference="changed")
    assert line.content == {**row.content, "subject": "GDP", "nature": "预期性", "value": "480"}


def test_only_changes_of_accepted_work_wait_for_a_decision(plan: Plan, officer: Person, amend: Amend) -> None:
    Candidate.objects.filter(plan=plan, label__startswith="研发").update(state=CandidateState.OPEN)
    row = candidate(plan, "单位生产总值能耗")
    reject(by=officer, candidate=row, expected=row.revision, reason=RejectReason.MISREAD)
    reimport = amend(("500亿元", "480亿元"), ("3.5%", "3.6%"), ("12%", "13%，绿地率达到38%"))
    choices = reimport.lines.exclude(difference="same").order_by("start", "pk").values_list("label", "difference", "choice")
    assert list(choices) == [
        ("地区生产总值 ≈480亿元", "changed", "open"), ("研发经费投入强度 ≥3.6%", "changed", "take"), ("单位生产总值能耗 13%", "changed", "take"),
        ("绿地率 38%", "new", "take"),
    ]  # fmt: skip


def test_what_was_added_by_hand_is_there_as_long_as_its_words_are(plan: Plan, amend: Amend) -> None:
    words = "全区上下团结一心"
    text = plan.reading.result.text if plan.reading else ""
    heading = plan.headings.get(number="第一章")
    values: dict[str, Any] = {"origin": "added", "state": "accepted", "label": words, "content": {"name": words, "what": ""}}
    Candidate.objects.create(
        plan=plan, kind=ItemKind.MECHANISM, quote=words, start=text.index(words), end=text.index(words) + len(words), heading=heading, **values
    )
    assert told(amend(("500亿元", "480亿元")))[0][2] == "地区生产总值 ≈480亿元"
    ReimportLine.objects.all().delete()
    plan.reimports.all().delete()
    assert ("dropped", "mechanism", words) in told(amend((words, "全区上下凝心聚力")))


def test_a_second_comparison_beside_the_first_is_refused(amend: Amend) -> None:
    amend()
    with pytest.raises(Conflict):
        amend(("500亿元", "480亿元"))
