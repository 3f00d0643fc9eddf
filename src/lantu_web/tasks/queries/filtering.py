"""Which tasks of the ledger are found."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User
from lantu_web.lib import clock
from lantu_web.tasks.allowances import allowances
from lantu_web.tasks.enums import TaskState
from lantu_web.tasks.models import Cooperation, Task
from lantu_web.tasks.queries.visible import tasks_visible_to
from lantu_web.tasks.queries.wanted import Wanted


def tasks_wanted(by: Person, wanted: Wanted) -> QuerySet[Task]:
    """Those that the person sees and looks for, in no order."""
    tasks = tasks_visible_to(by).order_by()
    same = {
        "plan": wanted.plan, "lead_unit": wanted.unit, "sponsor": wanted.sponsor, "person": wanted.person, "chapter": wanted.chapter,
        "topic": wanted.topic, "kind": wanted.kind, "state": wanted.state, "signing": wanted.signing,
    }  # fmt: skip
    tasks = tasks.filter(**{name: value for name, value in same.items() if value})
    if not wanted.state:
        tasks = tasks.exclude(state=TaskState.WITHDRAWN)
    if wanted.line:
        tasks = tasks.filter(Exists(Task.lines.through.objects.filter(task=OuterRef("pk"), workline=wanted.line)))
    if wanted.cooperating:
        tasks = tasks.filter(Exists(Cooperation.objects.filter(task=OuterRef("pk"), unit=wanted.cooperating)))
    if wanted.left_out:
        tasks = tasks.exclude(left_out="") if wanted.left_out == "yes" else tasks.filter(left_out="")
    if wanted.due:
        tasks = tasks.filter(due_within(wanted.due, clock.today()))
    for word in wanted.text.split():
        tasks = tasks.filter(holding(by, word))
    return tasks


def holding(by: Person, word: str) -> Q:
    """Tasks that hold the word: in number, title or source, as pinyin initials of the title, in the names of lead unit and people."""
    units = Unit.objects.filter(Q(name__icontains=word) | Q(short_name__icontains=word), zone=by.zone_id or 0).order_by().values("pk")
    people = User.objects.filter(name__icontains=word, posts__zone=by.zone_id or 0).order_by().values("pk")
    found = Q(number__startswith=word) | Q(lead_unit__in=units) | Q(person__in=people) | Q(sponsor__in=people)
    for spelled in sorted({word.lower(), normalize("NFKC", word).lower()}):  # as it was typed, and in half width as plans are kept
        found |= Q(sought__contains=spelled)
    return found


def due_within(span: str, today: date) -> Q:
    """``overdue``: not finished and past; ``month``: the next thirty days; ``quarter`` and ``year``: the rest of the present ones."""
    open_ones = ~Q(state=TaskState.FINISHED)
    match span:
        case "overdue":
            return open_ones & Q(latest_on__lt=today)
        case "month":
            return open_ones & Q(due_on__gte=today, due_on__lte=today + allowances().soon)
        case "quarter":
            return Q(due_on__gte=today, due_on__lte=end_of_quarter(today))
        case "year":
            return Q(due_on__gte=today, due_on__lte=date(today.year, 12, 31))
        case "later":
            return Q(due_on__gt=date(today.year, 12, 31))
        case _:
            return Q(due_on=None)


def end_of_quarter(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, month, 31 if month in (3, 12) else 30)
