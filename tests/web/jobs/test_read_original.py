"""A reading from its claim to its end, in this process but for the reading of the file itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django_tasks import TaskContext
from django_tasks_db.models import DBTaskResult
from tests.factories.damaged_files import SEEDS
from tests.factories.office_files import docx, p, package
from tests.factories.web import SMALL_TEXT, make_person, make_plan

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, Zone
from lantu_web.audit.queries import breaks, entries_of_zone
from lantu_web.bridge import ingest
from lantu_web.bridge.read_original import read_original
from lantu_web.documents.commands import readings
from lantu_web.documents.commands.store import store
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.documents.folders import incoming, on_disk
from lantu_web.documents.models import Original, Reading, ReadingResult
from lantu_web.documents.problems import ProblemCode
from lantu_web.jobs.read_original import read_original as job
from lantu_web.lib import clock
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.plans.enums import PlanState
from lantu_web.plans.models import Candidate, Heading, Plan, Sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(zone: Zone, unit: Unit) -> Plan:
    return make_plan(zone, unit=unit)


@pytest.fixture
def ask(officer: Person, plan: Plan) -> Callable[..., Reading]:
    """Store these bytes and ask for their reading."""

    def asked(data: bytes = SMALL_TEXT.encode(), name: str = "规划.txt") -> Reading:
        original = store(by=officer, chunks=[data], file_name=name)
        return readings.start(by=officer, original=original, file_name=name, purpose="review", purpose_id=plan.pk)

    return asked


def state_of(reading: Reading) -> tuple[Any, ...]:
    reading.refresh_from_db()
    return (reading.state, reading.stage, reading.percent, reading.problem)


def test_a_plan_is_read_and_laid_out_for_review(ask: Callable[..., Reading], plan: Plan, zone: Zone) -> None:
    reading = ask()
    assert state_of(reading) == (ReadingState.QUEUED, Stage.WAITING, 0, "")
    read_original(reading_id=reading.pk)
    assert state_of(reading) == (ReadingState.DONE, Stage.FINISHED, 100, "")
    plan.refresh_from_db()
    assert (plan.state, plan.reading_id, plan.candidates.count(), plan.sentences.count()) == (PlanState.IN_REVIEW, reading.pk, 29, 20)
    assert [entry.action for entry in entries_of_zone(zone.pk)] == ["plan.lay_out", "reading.done", "reading.start", "original.store"]
    assert list(breaks()) == []


def test_the_queue_delivers_the_reading_with_its_row(ask: Callable[..., Reading]) -> None:
    reading = ask()
    assert [(task.task_path, task.args_kwargs["args"]) for task in DBTaskResult.objects.all()] == [
        ("lantu_web.jobs.read_original.read_original", [reading.pk])
    ]
    delivered = SimpleNamespace(task_result=SimpleNamespace(worker_ids=["first", "second"]))
    job.call(cast(TaskContext, delivered), reading.pk)
    assert state_of(reading)[0] == ReadingState.DONE
    assert Reading.objects.get().worker == "second"


def test_a_reading_that_is_delivered_twice_is_done_once(ask: Callable[..., Reading], plan: Plan) -> None:
    reading = ask()
    read_original(reading_id=reading.pk)
    read_original(reading_id=reading.pk)
    assert (plan.candidates.count(), ReadingResult.objects.count()) == (29, 1)


def test_one_reading_of_a_plan_at_a_time(ask: Callable[..., Reading]) -> None:
    ask()
    with pytest.raises(Conflict):
        ask()
    assert Reading.objects.count() == 1


def test_what_waits_is_cancelled_at_once_and_never_read(ask: Callable[..., Reading], officer: Person, plan: Plan) -> None:
    reading = ask()
    readings.cancel(by=officer, reading_id=reading.pk)
    read_original(reading_id=reading.pk)
    assert state_of(reading) == (ReadingState.CANCELLED, Stage.WAITING, 0, "")
    assert plan.candidates.count() == 0
    with pytest.raises(Conflict):
        readings.cancel(by=officer, reading_id=reading.pk)


def test_what_is_read_stops_at_its_next_word(
    ask: Callable[..., Reading], officer: Person, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = ask()
    told = readings.progress

    def cancelled_meanwhile(**values: Any) -> bool:
        if values["stage"] == Stage.REPAIRING:
            readings.cancel(by=officer, reading_id=reading.pk)
        return told(**values)

    monkeypatch.setattr(readings, "progress", cancelled_meanwhile)
    read_original(reading_id=reading.pk)
    assert state_of(reading)[0] == ReadingState.CANCELLED
    assert (plan.candidates.count(), ReadingResult.objects.count()) == (0, 0)


def test_nobody_without_the_right_starts_or_cancels(ask: Callable[..., Reading], zone: Zone, unit: Unit) -> None:
    reading = ask()
    _, contact = make_person(Role.CONTACT_PERSON, zone, unit)
    with pytest.raises(Forbidden):
        readings.cancel(by=contact, reading_id=reading.pk)
    with pytest.raises(Forbidden):
        readings.start(by=contact, original=reading.original, file_name="a.txt", purpose="review", purpose_id=1)
    with pytest.raises(Forbidden):
        store(by=contact, chunks=[b"x"], file_name="a.txt")


def test_a_lost_reading_is_taken_up_again_and_the_first_worker_counts_no_more(ask: Callable[..., Reading], officer: Person, plan: Plan) -> None:
    reading = ask()
    first = readings.claim(by=officer, reading_id=reading.pk)
    assert first is not None
    assert readings.claim(by=officer, reading_id=reading.pk) is None
    Reading.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert readings.requeue_lost() == 1
    read_original(reading_id=reading.pk)
    assert state_of(reading)[0] == ReadingState.DONE
    assert not readings.progress(reading_id=reading.pk, attempt=first.attempts, stage=Stage.STORING)
    with pytest.raises(readings.Superseded):
        readings.finish(by=officer, reading_id=reading.pk, attempt=first.attempts, result=ReadingResult(text="", plan={}))
    assert ReadingResult.objects.count() == 1


def test_a_reading_that_kills_its_workers_is_given_up(ask: Callable[..., Reading], officer: Person) -> None:
    reading = ask()
    for _attempt in range(3):
        readings.claim(by=officer, reading_id=reading.pk)
        Reading.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert readings.claim(by=officer, reading_id=reading.pk) is None
    assert state_of(reading)[::3] == (ReadingState.FAILED, ProblemCode.GIVEN_UP)


def test_what_waits_long_is_delivered_again_once_a_lease(ask: Callable[..., Reading]) -> None:
    ask()
    assert readings.requeue_lost() == 0
    Reading.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    assert (readings.requeue_lost(), readings.requeue_lost()) == (1, 0)


def test_if_laying_out_fails_nothing_stays_and_it_is_said_at_once(
    ask: Callable[..., Reading], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = ask()
    lay_out = ingest.lay_out

    def falls_over(**values: Any) -> None:
        lay_out(**values)
        raise ZeroDivisionError

    monkeypatch.setattr(ingest, "lay_out", falls_over)
    with pytest.raises(ZeroDivisionError):
        read_original(reading_id=reading.pk)
    assert state_of(reading)[::3] == (ReadingState.FAILED, ProblemCode.DEFECT)
    plan.refresh_from_db()
    assert (plan.state, Candidate.objects.count(), Sentence.objects.count(), Heading.objects.count()) == (PlanState.DRAFT, 0, 0, 0)


def test_a_worker_that_is_told_to_go_gives_the_reading_back(
    ask: Callable[..., Reading], plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = ask()

    def told_to_go(**values: Any) -> None:
        raise SystemExit(1)

    with monkeypatch.context() as patched:
        patched.setattr(ingest, "lay_out", told_to_go)
        with pytest.raises(SystemExit):
            read_original(reading_id=reading.pk)
    assert state_of(reading) == (ReadingState.QUEUED, Stage.WAITING, 0, "")
    assert (reading.attempts, DBTaskResult.objects.count()) == (0, 2)
    read_original(reading_id=reading.pk)
    assert state_of(reading)[0] == ReadingState.DONE


def test_a_second_first_reading_of_a_plan_in_review_is_refused_whole(ask: Callable[..., Reading], plan: Plan) -> None:
    read_original(reading_id=ask().pk)
    late = ask()
    read_original(reading_id=late.pk)
    assert state_of(late)[::3] == (ReadingState.FAILED, ProblemCode.CONFLICT)
    assert (plan.candidates.count(), ReadingResult.objects.count()) == (29, 1)


BOMB = docx(p("0" * 60_000_000))
DEEP_DOCX = docx("<w:p>" * 1000 + "</w:p>" * 1000)
DEEP_HTML = ("<html><body>" + "<div>" * 1000 + SMALL_TEXT + "</div>" * 1000 + "</body></html>").encode()
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
MACROS = package({"_rels/.rels": "", "word/document.xml": "<x/>", "word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (SEEDS["a.pdf"], "规划.docx", ProblemCode.MISNAMED),
        (b"\x00\x01\x02" * 100, "规划.pdf", ProblemCode.MISNAMED),
        (BOMB, "规划.docx", ProblemCode.LIMIT),
        (DEEP_DOCX, "规划.docx", ProblemCode.LIMIT),
        (ENCRYPTED, "规划.docx", ProblemCode.ENCRYPTED),
        (MACROS, "规划.docx", ProblemCode.MACROS),
        (b" \n \n", "规划.txt", ProblemCode.EMPTY),
        (docx(p("")), "规划.docx", ProblemCode.EMPTY),
        (b"The quick brown fox jumps over the lazy dog. " * 20, "a.txt", ProblemCode.NOT_A_PLAN),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "规划.pdf", ProblemCode.UNSUPPORTED),
    ],
)
def test_what_cannot_be_read_says_why_and_leaves_nothing(
    ask: Callable[..., Reading], plan: Plan, data: bytes, name: str, problem: ProblemCode
) -> None:
    reading = ask(data, name)
    read_original(reading_id=reading.pk)
    assert state_of(reading)[::3] == (ReadingState.FAILED, problem)
    plan.refresh_from_db()
    assert (plan.state, ReadingResult.objects.count(), Candidate.objects.count()) == (PlanState.DRAFT, 0, 0)
    assert on_disk(reading.original.path).read_bytes() == data
    assert list(incoming().iterdir()) == []


def test_html_nested_a_thousand_deep_ends_one_way_or_the_other(ask: Callable[..., Reading]) -> None:
    reading = ask(DEEP_HTML, "a.html")
    read_original(reading_id=reading.pk)
    assert state_of(reading)[::3] in [(ReadingState.DONE, ""), (ReadingState.FAILED, ProblemCode.LIMIT)]


@pytest.mark.parametrize("mark", ["机密★10年\n", "密级：秘密\n", "绝 密\n", "秘密★\n", "机密 长期\n"])
def test_what_is_marked_secret_is_removed_and_refused_from_then_on(
    ask: Callable[..., Reading], officer: Person, zone: Zone, mark: str
) -> None:
    data = (mark + SMALL_TEXT).encode()
    reading = ask(data)
    read_original(reading_id=reading.pk)
    assert state_of(reading)[::3] == (ReadingState.FAILED, ProblemCode.CLASSIFIED)
    original = Original.objects.get()
    assert (original.removed_at is not None, on_disk(original.path).exists(), list(incoming().iterdir())) == (True, False, [])
    with pytest.raises(Invalid):
        store(by=officer, chunks=[data], file_name="another name.txt")
    assert not on_disk(original.path).exists()
    assert entries_of_zone(zone.pk)[0].action == "original.remove_classified"


def test_to_speak_of_secrets_is_no_mark(ask: Callable[..., Reading]) -> None:
    reading = ask((SMALL_TEXT + "\n依法保护国家秘密、商业秘密和个人信息，密级为公开。\n").encode())
    read_original(reading_id=reading.pk)
    assert state_of(reading)[0] == ReadingState.DONE


@pytest.mark.parametrize(("seconds", "problem"), [(1, {ProblemCode.TIMED_OUT})])
def test_a_reading_that_takes_too_long_ends(
    ask: Callable[..., Reading], settings: Any, seconds: int, problem: set[ProblemCode]
) -> None:
    settings.LANTU_COMPILE_SECONDS = seconds
    items = "\n".join(f"{number}.建设第{number}产业园。加快建设第{number}产业园，到2030年产值达到{number}亿元。" for number in range(30_000))
    reading = ask(f"云溪规划\n第一章 任务\n{items}\n".encode())
    read_original(reading_id=reading.pk)
    assert state_of(reading)[0] == ReadingState.FAILED
    assert reading.problem in problem


def test_a_reading_that_eats_memory_ends(ask: Callable[..., Reading], settings: Any) -> None:
    settings.LANTU_COMPILE_MEGABYTES = 200
    items = "\n".join(f"{number}.建设第{number}产业园。加快建设第{number}产业园，到2030年产值达到{number}亿元。" for number in range(60_000))
    reading = ask(f"云溪规划\n第一章 任务\n{items}\n".encode())
    read_original(reading_id=reading.pk)
    assert state_of(reading)[0] == ReadingState.FAILED
    assert reading.problem in (ProblemCode.OUT_OF_MEMORY, ProblemCode.DEFECT, ProblemCode.LIMIT)
