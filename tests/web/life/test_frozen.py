"""After the approval no command changes what a plan says: each one is tried here, and one that nobody tried makes this test fail."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

from tests.factories.web import make_reading

from lantu_web.accounts.acting import Person
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Refused
from lantu_web.plans import commands
from lantu_web.plans.commands import approval, lay_out, register, reimport, uploading
from lantu_web.plans.commands.lay_out import Laid
from lantu_web.plans.commands.register import Entry
from lantu_web.plans.commands.review import adding, bulk, candidates, findings, reshaping, sentences
from lantu_web.plans.commands.review.trail import Seen
from lantu_web.plans.enums import ItemKind
from lantu_web.plans.models import Candidate, Finding, Item, ItemState, Plan, Reimport, Sentence, Version

ALLOWED = {
    "adjustment_lines": "they change the lines of an adjustment, the plan only when it is approved (test_adjustments)",
    "adjustments": "the due procedure itself",
    "opinions.give": "says something of the plan, changes nothing of it",
    "register.enter": "another plan",
    "register.file": "the filing is no content",
    "approval.close": "ends the plan, changes nothing of its content (test_approval)",
}
PARTS = {
    "locking", "retelling", "adjustments.held", "reimport.held", "reimport.open_reimport", "reimport.renew_lines", "reimport.apply",
    "review.trail", "review.undoing", "review.findings.settle_by_paper", "review.findings.reopen_of",
}  # only called by commands that hold the plan  # fmt: skip

Acts = dict[str, Callable[[], object]]


def acts(plan: Plan, by: Person) -> Acts:
    """Every command that could change a plan, called as it would be in a review."""
    candidate = Candidate.objects.filter(plan=plan, kind=ItemKind.TARGET)[0]
    sentence = Sentence.objects.filter(plan=plan, standing="open")[0]
    finding = Finding.objects.create(plan=plan, code="x", severity="note", message="x", start=0, end=1)
    reading = make_reading(plan, b"amended", purpose="reimport", state="done", finished_at=clock.now())
    waiting = Reimport.objects.create(plan=plan, reading=reading, created_at=clock.now())
    at: dict[str, Any] = {"by": by, "expected": 1}
    seen = [Seen(candidate.pk, candidate.revision)]
    approved = {"approving_body": "x", "document_number": "x", "approved_on": clock.today()}
    laid = Laid(headings=[], sentences=[], candidates=[], findings=[])
    return {
        "approval.approve": lambda: approval.approve(by=by, plan_id=plan.pk, expected=plan.revision, **approved),
        "lay_out.lay_out": lambda: lay_out.lay_out(by=by, plan_id=plan.pk, reading=reading, laid=laid),
        "lay_out.take_back": lambda: lay_out.take_back(by=by, plan_id=plan.pk, expected=plan.revision),
        "register.edit": lambda: register.edit(by=by, plan_id=plan.pk, expected=plan.revision, entry=Entry(name="x")),
        "register.take_offers": lambda: register.take_offers(by=by, plan_id=plan.pk, expected=plan.revision),
        "uploading.start_reading": lambda: uploading.start_reading(by=by, plan_id=plan.pk, original=reading.original, file_name="x.txt"),
        "reimport.choose": lambda: reimport.choose(by=by, reimport_id=waiting.pk, line_id=0, expected=1, choice="take"),
        "reimport.choose_all": lambda: reimport.choose_all(**at, reimport_id=waiting.pk, difference="new", choice="take"),
        "reimport.give_up": lambda: reimport.give_up(**at, reimport_id=waiting.pk),
        "review.adding.add": lambda: adding.add(by=by, plan=plan, kind=ItemKind.MEASURE, values={"text": "x"}, span=(0, 5)),
        "review.adding.add_from_paper": lambda: adding.add_from_paper(**at, finding=finding, kind=ItemKind.MEASURE, values={"text": "x"}),
        "review.bulk.accept_section": lambda: bulk.accept_section(by=by, plan=plan, heading=None, seen=seen),
        "review.candidates.accept": lambda: candidates.accept(**at, candidate=candidate),
        "review.candidates.edit": lambda: candidates.edit(**at, candidate=candidate, values=candidate.content),
        "review.candidates.reject": lambda: candidates.reject(**at, candidate=candidate, reason="misread"),
        "review.candidates.reopen": lambda: candidates.reopen(**at, candidate=candidate),
        "review.findings.settle": lambda: findings.settle(**at, finding=finding, settlement="no_matter"),
        "review.findings.reopen_finding": lambda: findings.reopen_finding(**at, finding=finding),
        "review.reshaping.split": lambda: reshaping.split(**at, candidate=candidate, parts=[]),
        "review.reshaping.merge": lambda: reshaping.merge(by=by, plan=plan, seen=seen * 2, values={}),
        "review.sentences.mark_not_a_task": lambda: sentences.mark_not_a_task(**at, sentence=sentence, reason="x"),
        "review.sentences.reopen_sentence": lambda: sentences.reopen_sentence(**at, sentence=sentence),
        "review.sentences.mark_section_not_a_task": lambda: sentences.mark_section_not_a_task(
            by=by, plan=plan, heading=None, seen=[Seen(sentence.pk, 1)], reason="x"
        ),
    }  # fmt: skip


def refusal(act: Callable[[], object]) -> type[Refused] | None:
    """How it was refused; None where it was done."""
    try:
        act()
    except Refused as refused:
        return type(refused)
    return None


def content(plan: Plan) -> list[Any]:
    """Everything that tells what the plan says."""
    rows = (Version, Item, Candidate, Sentence)
    states = list(ItemState.objects.filter(item__plan=plan).order_by("pk").values())
    return [*(list(model._default_manager.filter(plan=plan).order_by("pk").values()) for model in rows), states]


def test_every_command_that_could_change_the_plan_is_refused(plan: Plan, officer: Person) -> None:
    tried, before = acts(plan, officer), content(plan)
    for name, act in tried.items():
        assert refusal(act) is Conflict, name
    assert content(plan) == before


def test_no_command_was_forgotten(plan: Plan, officer: Person) -> None:
    known = {*acts(plan, officer), *ALLOWED, *PARTS}
    assert [name for name in commands_there_are() if not any(name == one or name.startswith(f"{one}.") for one in known)] == []


def commands_there_are() -> list[str]:
    """Every function of ``plans.commands`` that takes who acts."""
    found = []
    for module in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}."):
        for name, function in vars(importlib.import_module(module.name)).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.name and not name.startswith("_")
            if is_own and "by" in inspect.signature(function).parameters:
                found.append(f"{module.name.removeprefix(f'{commands.__name__}.')}.{name}")
    return found
