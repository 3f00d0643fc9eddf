"""A row in conflict is decided cell by cell, or all of it at once: below the screens and through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.web import make_unit
from tests.web.ledger.exchange.conftest import bring_back, changed_on_both_sides, data_of, edited, export, put
from tests.web.ledger.exchange.test_workbook import taken

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands.changing import change
from lantu_web.tasks.commands.exchange import choose, choose_all, choose_cells
from lantu_web.tasks.models import Exchange, Task
from lantu_web.tasks.queries.exchanges import undecided


@pytest.fixture
def third_unit(zone: Zone) -> Unit:
    return make_unit(zone, "住房建设局", "003")


class TestCellByCell:
    """Both sides changed the words and the field of one task; the file changes its source too."""

    @pytest.fixture
    def back(self, tasks: list[Task], officer: Person) -> Exchange:
        cells = [("重点任务", "培育服务机器人产业", 6), ("领域", "机器人", 6), ("文件依据", "《纲要》", 6)]
        return changed_on_both_sides(officer, tasks[1], cells)

    def test_each_cell_is_decided_by_itself(self, back: Exchange, tasks: list[Task], officer: Person) -> None:
        row = back.rows.get(row=6)
        half = choose_cells(by=officer, row_id=row.pk, expected=row.revision, cells={"title": "file"})
        assert (half.choice, half.revision, undecided(back).count()) == ("open", row.revision + 1, 1)
        whole = choose_cells(by=officer, row_id=row.pk, expected=half.revision, cells={"topic": "here"})
        assert (whole.choice, undecided(back).count()) == ("mixed", 0)
        assert taken(back, officer).state == "applied"
        found = Task.objects.get(pk=tasks[1].pk)
        assert (found.title, found.topic, found.source) == ("培育服务机器人产业", "制造", "《纲要》")

    def test_all_of_the_row_is_the_quick_way_and_cells_can_be_decided_anew(self, back: Exchange, officer: Person) -> None:
        row = back.rows.get(row=6)
        whole = choose(by=officer, row_id=row.pk, expected=row.revision, choice="file")
        assert {name: ways.get("choice") for name, ways in whole.changes.items()} == {"title": "file", "topic": "file", "source": None}
        mixed = choose_cells(by=officer, row_id=row.pk, expected=whole.revision, cells={"topic": "here"})
        assert mixed.choice == "mixed"
        assert choose_cells(by=officer, row_id=row.pk, expected=mixed.revision, cells={"topic": "file"}).choice == "file"
        assert choose_cells(by=officer, row_id=row.pk, expected=mixed.revision + 1, cells={"topic": "open"}).choice == "open"
        assert choose_all(by=officer, exchange_id=back.pk, choice="here") == 1
        assert {ways.get("choice") for ways in back.rows.get(row=6).changes.values()} == {"here", None}

    @pytest.mark.parametrize("cells", [{}, {"source": "file"}, {"number": "file"}, {"title": "leave"}, {"title": "mixed"}, {"2026": "file"}])
    def test_what_is_no_decision_of_a_cell(self, cells: dict[str, str], back: Exchange, officer: Person) -> None:
        row = back.rows.get(row=6)
        with pytest.raises(Invalid):
            choose_cells(by=officer, row_id=row.pk, expected=row.revision, cells=cells)
        with pytest.raises(Invalid):
            choose(by=officer, row_id=row.pk, expected=row.revision, choice="mixed")
        with pytest.raises(Conflict):
            choose_cells(by=officer, row_id=row.pk, expected=row.revision + 1, cells={"title": "file"})
        with pytest.raises(Forbidden):
            choose_cells(by=replace(officer, may_write=False), row_id=row.pk, expected=row.revision, cells={"title": "file"})

    def test_only_what_was_changed_since_is_asked_again(self, back: Exchange, tasks: list[Task], officer: Person) -> None:
        row = back.rows.get(row=6)
        choose(by=officer, row_id=row.pk, expected=row.revision, choice="file")
        change(by=officer, task_id=tasks[1].pk, expected=2, values={"topic": "装备"})
        done = taken(back, officer)
        row = done.rows.get(row=6)
        assert (done.state, row.choice, {name: ways.get("choice") for name, ways in row.changes.items()}) == (
            "ready", "open", {"title": "file", "topic": None, "source": None},
        )  # fmt: skip


def test_section_and_person_stay_with_a_lead_unit_that_stays(tasks: list[Task], officer: Person, other_unit: Unit, third_unit: Unit) -> None:
    data = data_of(export(officer))
    change(by=officer, task_id=tasks[0].pk, expected=1, values={"cooperating": []})
    section, person = tasks[0].section_id, tasks[0].person_id
    back = bring_back(officer, edited(data, put("牵头单位", third_unit.name)))
    row = back.rows.get(row=5)
    row.changes["lead_unit"]["conflict"] = True
    row.verdict = "conflict"
    row.save()
    choose(by=officer, row_id=row.pk, expected=row.revision, choice="here")
    assert taken(back, officer).state == "applied"
    found = Task.objects.get(pk=tasks[0].pk)
    assert (found.lead_unit_id, found.section_id, found.person_id) == (tasks[0].lead_unit_id, section, person)


def test_cells_that_do_not_go_together_are_asked_again(tasks: list[Task], officer: Person) -> None:
    data = data_of(export(officer))
    change(by=officer, task_id=tasks[0].pk, expected=1, values={"start_on": "2027-01-01", "due_on": "2027-12-31"})

    def act(sheet: Any) -> None:
        put("开始时间", "2028-01-01")(sheet)
        put("完成时限", "2028-11-30")(sheet)

    back = bring_back(officer, edited(data, act))
    row = back.rows.get(row=5)
    choose_cells(by=officer, row_id=row.pk, expected=row.revision, cells={"start_on": "file", "due_on": "here"})
    done = taken(back, officer)
    row = done.rows.get(row=5)
    assert (done.state, row.verdict, row.choice, len(row.messages)) == ("ready", "conflict", "open", 1)
    assert choose(by=officer, row_id=row.pk, expected=row.revision, choice="file").choice == "file"
    assert taken(done, officer).state == "applied"


def test_cells_are_decided_through_the_screen(
    zone: Zone, tasks: list[Task], officer: Person, logged_in: Callable[[User], Client]
) -> None:  # fmt: skip
    client, data = logged_in(User.objects.get(pk=officer.user_id)), data_of(export(officer))
    change(by=officer, task_id=tasks[1].pk, expected=1, values={"title": "培育智能机器人产业", "topic": "制造"})

    def act(sheet: Any) -> None:
        put("重点任务", "培育服务机器人产业", 6)(sheet)
        put("领域", "机器人", 6)(sheet)

    back = bring_back(officer, edited(data, act))
    row = back.rows.get(row=6)
    page, decide = (reverse(f"office:{name}", args=[zone.slug, back.pk, *more]) for name, more in (("exchange", []), ("exchange-choose", [row.pk])))
    shown = client.get(page).content.decode()
    sides = [f'id="cell-{row.pk}-{name}-{side}" name="cell" value="{name}:{side}"' for name in ("title", "topic") for side in ("here", "file")]
    assert [words in shown for words in (*sides, f'form="decide-{row.pk}"', "整行：")] == [True] * 6
    answer = client.post(decide, {"cell": "title:file", "expected": row.revision})
    assert answer.headers["Location"] == f"{page}?verdict=conflict#cell-{row.pk}-title-file"
    client.post(decide, {"cell": "topic:here", "expected": row.revision + 1})
    assert "逐格决定" in client.get(page).content.decode()
    for wrong in ("source:file", "title:leave", '"><b>:file'):
        answer = client.post(decide, {"cell": wrong, "expected": row.revision + 2})
        assert answer.status_code == 302 and '"' not in answer.headers["Location"]
    assert (back.rows.get(row=6).choice, back.rows.get(row=6).revision) == ("mixed", row.revision + 2)
