"""A ledger of another make: its columns are matched once, its rows become drafts or are compared."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from tests.factories.tasks import make_task
from tests.factories.web import make_person
from tests.web.api.conftest import program_of
from tests.web.life.test_approval import at_once

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.tasks.commands.exchange import choose, choose_all, choose_sheet, match_columns, receive_foreign, take_over
from lantu_web.tasks.commands.exchange_running import run
from lantu_web.tasks.models import Cooperation, Division, Exchange, Mapping, Task, YearPart
from lantu_web.tasks.queries.exchanges import mapping_for, tallies

HEADS = ("编号", "工作任务", "责任单位", "完成时间", "区级领导", "备注")
ROWS = (
    (1, "建设科创走廊", "发展改革局、生态环境局", "2027年底", "王建国", "x"), (2, "改善水环境质量", "生态环境局", "２０２８．６．３０", "", ""),
    (3, "建设幸福河湖", "水利局", "2027-06-30", "", ""), (4, "建设科创走廊", "", "", "", ""), ("", "", "", "", "", "合计"),
)  # fmt: skip


@pytest.fixture
def outsider(other_zone: Zone) -> Person:
    return make_person(Role.PLANNING_OFFICER, other_zone, None, username="outsider")[1]


def saved(made: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def book(heads: tuple[str, ...] = HEADS, rows: tuple[tuple[Any, ...], ...] = ROWS) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.append(("二〇二六年重点工作台账",))
    sheet.merge_cells("A1:F1")
    for row in (heads, *rows):
        sheet.append(row)
    return saved(made)


def received(by: Person, division: Division, **values: Any) -> Exchange:
    return receive_foreign(by=by, plan_id=division.plan_id, chunks=[book(**values)], file_name="外来台账.xlsx")


def looked_at(by: Person, exchange: Exchange) -> Exchange:
    match_columns(by=by, exchange_id=exchange.pk, expected=exchange.revision, fields=mapping_for(exchange))
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return exchange


def test_heads_are_found_and_guessed(tasks: list[Task], officer: Person, division: Division) -> None:
    exchange = received(officer, division)
    assert (exchange.told, mapping_for(exchange)) == ({"heads": list(HEADS), "head_row": 2, "sheets": ["Sheet"], "sheet": "Sheet"}, {1: "title", 2: "lead_unit", 3: "due_on", 4: "sponsor"})


def test_rows_become_drafts_or_are_compared(tasks: list[Task], officer: Person, division: Division, unit: Unit, other_unit: Unit, people: tuple[User, User]) -> None:
    exchange = looked_at(officer, received(officer, division))
    assert (exchange.state, exchange.problem) == ("ready", "")
    assert [(row.row, row.verdict, [one["cell"] for one in row.messages]) for row in exchange.rows.all()] == [(3, "new", []), (4, "conflict", []), (5, "wrong", ["C5"]), (6, "wrong", ["B6"])]
    assert choose_all(by=officer, exchange_id=exchange.pk, choice="file") == 1
    take_over(by=officer, exchange_id=exchange.pk, expected=Exchange.objects.get(pk=exchange.pk).revision)
    run(exchange_id=exchange.pk)
    made = Task.objects.get(title="建设科创走廊")
    assert (made.state, made.lead_unit, str(made.due_on), made.sponsor, made.source) == ("draft", unit, "2027-12-31", people[0], "外来台账.xlsx")
    assert list(Cooperation.objects.filter(task=made).values_list("unit", flat=True)) == [other_unit.pk]
    assert str(Task.objects.get(pk=tasks[2].pk).due_on) == "2028-06-30"
    again = looked_at(officer, received(officer, division))
    assert ((again.told["rows"], again.told["same"]), [(row.row, row.verdict) for row in again.rows.all()]) == ((4, 2), [(5, "wrong"), (6, "wrong")])


def taken(by: Person, exchange: Exchange) -> Exchange:
    take_over(by=by, exchange_id=exchange.pk, expected=Exchange.objects.get(pk=exchange.pk).revision)
    run(exchange_id=exchange.pk)
    exchange.refresh_from_db()
    return exchange


def outcomes(exchange: Exchange) -> list[tuple[int, str, list[str], list[str]]]:
    """Names of what changes in the order of their letters: not every database keeps another."""
    return [(row.row, row.verdict, sorted(row.changes), [one["cell"] for one in row.messages]) for row in exchange.rows.all()]


NEW = ("编号", "工作任务", "责任单位", "完成时间")


def test_of_two_files_with_the_same_tasks_one_brings_them(tasks: list[Task], officer: Person, zone: Zone, division: Division) -> None:
    colleague = make_person(Role.PLANNING_OFFICER, zone, None, username="colleague")[1]
    first = looked_at(officer, received(officer, division, heads=NEW, rows=((1, "建设码头", "发展改革局", "2027-06-30"), (2, "建设船闸", "", ""))))
    second = looked_at(colleague, received(colleague, division, heads=NEW, rows=((1, "建设码头", "发展改革局", "2028-06-30"), (2, "建设船闸", "", ""))))
    assert [outcomes(one) for one in (first, second)] == [[(3, "new", ["due_on", "lead_unit", "title"], []), (4, "new", ["title"], [])]] * 2
    take_over(by=officer, exchange_id=first.pk, expected=first.revision)
    take_over(by=colleague, exchange_id=second.pk, expected=second.revision)
    for one in (first, second):
        run(exchange_id=one.pk)
        one.refresh_from_db()
    assert Task.objects.filter(title__in=["建设码头", "建设船闸"]).count() == 2
    assert (first.state, second.state, second.told["taken"], outcomes(second)) == ("applied", "ready", 0, [(3, "conflict", ["due_on"], [""]), (4, "same", [], [""])])
    assert tallies(second) == {"same": 1, "conflict": 1}
    choose_all(by=colleague, exchange_id=second.pk, choice="file")
    assert (taken(colleague, second).state, str(Task.objects.get(title="建设码头").due_on)) == ("applied", "2028-06-30")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(2))
def test_of_two_files_taken_over_at_the_same_moment_one_brings_the_tasks(
    turn: int, tasks: list[Task], officer: Person, zone: Zone, division: Division
) -> None:  # fmt: skip
    colleague = make_person(Role.PLANNING_OFFICER, zone, None, username="colleague")[1]
    titles = ("建设码头", "建设船闸", "疏浚航道", "改造渡口")
    files = []
    for by, day in ((officer, "2027-06-30"), (colleague, "2028-06-30")):
        rows = tuple((at, title, "发展改革局", day if at == 0 else "") for at, title in enumerate(titles))
        files.append(looked_at(by, received(by, division, heads=NEW, rows=rows)))
        take_over(by=by, exchange_id=files[-1].pk, expected=files[-1].revision)
    assert at_once(*(lambda pk=one.pk: run(exchange_id=pk) for one in files)) == [None, None]  # type: ignore[misc]
    assert dict(Task.objects.filter(title__in=titles).values_list("title").annotate(n=Count("pk"))) == dict.fromkeys(titles, 1)
    assert Task.objects.count() == len(tasks) + len(titles) == Task.objects.values("number").distinct().count()
    for one in files:
        one.refresh_from_db()
    brought = [set(one.rows.filter(verdict="new", taken_at__isnull=False).values_list("row", flat=True)) for one in files]
    assert (brought[0] | brought[1], brought[0] & brought[1]) == ({3, 4, 5, 6}, set())  # each row by one of the two, whoever came first
    for one, other in zip(files, reversed(brought), strict=True):
        told = {row.row: [message["message"] for message in row.messages] for row in one.rows.filter(row__in=other)}
        assert told == {row: ["其间已录入同名任务，不再重复新增。"] for row in other}
        assert set(one.rows.filter(row__in=other).values_list("verdict", flat=True)) <= {"same", "conflict"}
        assert one.state == ("ready" if 3 in other else "applied")


def test_a_withdrawn_task_of_the_same_words_is_no_obstacle(tasks: list[Task], officer: Person, division: Division) -> None:
    exchange = looked_at(officer, received(officer, division, heads=NEW, rows=((1, "建设码头", "", ""),)))
    make_task(division, title="建设码头", state="withdrawn", number="99")
    assert (taken(officer, exchange).state, Task.objects.filter(title="建设码头").count()) == ("applied", 2)


def test_sums_and_notes_are_left_out_unless_somebody_wants_them(tasks: list[Task], officer: Person, contact: Person, division: Division) -> None:
    titles = ("建设码头", "小计", "合 计：3项", "注：本表由发展改革局负责解释", "注重实效，改进作风", "说明：略")
    exchange = looked_at(officer, received(officer, division, heads=NEW, rows=tuple((1, title, "", "") for title in titles)))
    rows = list(exchange.rows.all())
    assert [(row.verdict, row.choice) for row in rows] == [("new", one) for one in ("open", "leave", "leave", "leave", "open", "leave")]
    for wrong in ("file", "here"):
        with pytest.raises(Invalid):
            choose(by=officer, row_id=rows[0].pk, expected=1, choice=wrong)
    with pytest.raises(Conflict):
        choose(by=contact, row_id=rows[0].pk, expected=1, choice="leave")
    choose(by=officer, row_id=rows[4].pk, expected=1, choice="leave")
    choose(by=officer, row_id=rows[5].pk, expected=1, choice="open")
    assert (taken(officer, exchange).state, exchange.told["taken"]) == ("applied", 2)
    assert set(Task.objects.filter(title__in=titles).values_list("title", flat=True)) == {"建设码头", "说明：略"}


def test_years_are_matched_and_written(tasks: list[Task], officer: Person, division: Division) -> None:
    heads = ("工作任务", "计量单位", "２０２７年", "2028年目标", "1066年")
    file = {"heads": heads, "rows": (("建设码头", "亿元", 140, "产值达到150亿元", "x"), ("建设船闸", "", "", "基本建成", ""))}
    exchange = looked_at(officer, received(officer, division, **file))
    assert exchange.mapping == {"0": "title", "1": "measured_in", "2": "2027", "3": "2028"}
    assert (outcomes(exchange)[0], taken(officer, exchange).state) == ((3, "new", ["2027", "2028", "measured_in", "title"], []), "applied")
    parts = YearPart.objects.filter(task__title__in=["建设码头", "建设船闸"]).order_by("task", "year")
    assert [(part.year, part.goal, part.value) for part in parts] == [(2027, "", 140), (2028, "产值达到150亿元", 150), (2028, "基本建成", None)]
    again = looked_at(officer, received(officer, division, **file))
    assert (again.told["same"], outcomes(again)) == (2, [])


def test_a_year_that_no_head_names_is_no_field(tasks: list[Task], officer: Person, division: Division) -> None:
    exchange = received(officer, division)
    match_columns(by=officer, exchange_id=exchange.pk, expected=1, fields={1: "title", 5: "2027"})
    assert Exchange.objects.get(pk=exchange.pk).mapping == {"1": "title"}


def test_the_sheet_with_heads_is_read_and_another_can_be_chosen(tasks: list[Task], officer: Person, contact: Person, division: Division) -> None:
    made = openpyxl.load_workbook(BytesIO(book(heads=NEW, rows=((1, "建设码头", "", ""),))))
    made.worksheets[0].title = "上半年"
    made.create_sheet("封面", 0)
    made.create_sheet("空表")
    made.create_sheet("存档").sheet_state = "hidden"
    for row in (*((f"说明{at}",) for at in range(20)), ("任务名称",), ("建设船闸",)):
        if row == ("说明0",):
            second = made.create_sheet("下半年")
        second.append(row)
    exchange = receive_foreign(by=officer, plan_id=division.plan_id, chunks=[saved(made)], file_name="两张表.xlsx")
    assert exchange.told == {"heads": list(NEW), "head_row": 2, "sheets": ["封面", "上半年", "空表", "下半年"], "sheet": "上半年"}
    with pytest.raises(Invalid):
        choose_sheet(by=officer, exchange_id=exchange.pk, expected=1, sheet="存档")
    with pytest.raises(Forbidden):
        choose_sheet(by=contact, exchange_id=exchange.pk, expected=1, sheet="下半年")
    assert choose_sheet(by=officer, exchange_id=exchange.pk, expected=1, sheet="空表").told["heads"] == []
    chosen = choose_sheet(by=officer, exchange_id=exchange.pk, expected=2, sheet="下半年")
    assert (chosen.told["heads"], chosen.told["head_row"]) == (["任务名称"], 21)
    assert [(row.row, row.label) for row in looked_at(officer, chosen).rows.all()] == [(22, "建设船闸")]


@pytest.mark.parametrize("damage", [True, False])
def test_a_file_of_which_nothing_can_be_read_leaves_no_bytes(damage: bool, tasks: list[Task], officer: Person, division: Division, settings: Any) -> None:
    data = saved(openpyxl.Workbook())
    if damage:
        with ZipFile(BytesIO(data)) as whole:
            parts = {name: whole.read(name) for name in whole.namelist()}
        buffer = BytesIO()
        with ZipFile(buffer, "w") as broken:
            for name, part in parts.items():
                broken.writestr(name, part[: len(part) // 2] if name == "xl/workbook.xml" else part)
        data = buffer.getvalue()
    with pytest.raises(Invalid):
        receive_foreign(by=officer, plan_id=division.plan_id, chunks=[data], file_name="空白.xlsx")
    assert ([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()], Exchange.objects.count()) == ([], 0)


A, B = "发展改革局", "生态环境局"


@pytest.mark.parametrize(("lead", "beside"), [
    (f"{A}、{B}", ""), (f"{A}\n{B}", ""), (f"{A}/{B}", ""), (f"{A}及{B}", ""), (f"{A}和{B}", ""), (f"{A}（牵头）、{B}", ""),
    (f"{B}、{A}(牵头)", ""), (f"{A}，{B}", B), (f"牵头单位：{A}；配合单位：{B}", ""), (A, f"{B}（配合）"),
])  # fmt: skip
def test_who_leads_and_who_cooperates_in_common_shapes(lead: str, beside: str, tasks: list[Task], officer: Person, division: Division) -> None:
    heads = ("工作任务", "牵头单位", "配合单位")
    exchange = looked_at(officer, received(officer, division, heads=heads, rows=(("建设码头", lead, beside),)))
    changes = exchange.rows.get().changes
    assert [changes[name]["file"] for name in ("lead_unit", "cooperating")] == [A, B]


@pytest.mark.parametrize(("lead", "start", "due", "cell"), [
    (f"{A}（牵头）、{B}（牵头）", "", "", "B3"), (f"{A}、水利局", "", "", "B3"), (A, "2028-01-01", "2027-01-01", "D3"), (B, "", "", "C3"),
])  # fmt: skip
def test_what_would_be_refused_is_told_before(lead: str, start: str, due: str, cell: str, tasks: list[Task], officer: Person, division: Division) -> None:
    heads = ("工作任务", "牵头单位", "配合单位", "开始时间", "完成时间")
    beside = B if lead == B else ""
    exchange = looked_at(officer, received(officer, division, heads=heads, rows=(("建设码头", lead, beside, start, due),)))
    assert [(row.verdict, [one["cell"] for one in row.messages]) for row in exchange.rows.all()] == [("wrong", [cell])]


def test_a_short_name_says_the_same_as_the_full_one(tasks: list[Task], officer: Person, unit: Unit, division: Division) -> None:
    unit.short_name = "发改局"
    unit.save()
    file = {"heads": NEW, "rows": ((1, "建设码头", "发改局", "2027-06-30"),)}
    taken(officer, looked_at(officer, received(officer, division, **file)))
    again = looked_at(officer, received(officer, division, **file))
    assert (Task.objects.get(title="建设码头").lead_unit, again.told["same"], outcomes(again)) == (unit, 1, [])


def test_two_columns_of_one_head_and_two_files_of_one_name_are_kept_apart(tasks: list[Task], officer: Person, division: Division) -> None:
    twice, other = ("内容", "内容", "时限"), ("甲", "乙")
    for heads, fields in ((twice, {1: "title"}), (other, {0: "title"})):
        exchange = received(officer, division, heads=heads, rows=())
        match_columns(by=officer, exchange_id=exchange.pk, expected=1, fields=fields)
    assert [mapping_for(received(officer, division, heads=heads, rows=())) for heads in (twice, other)] == [{1: "title"}, {0: "title"}]


def test_what_was_matched_is_kept_for_the_next_file(tasks: list[Task], officer: Person, division: Division) -> None:
    heads = ("甲", "乙", "丙", "丁", "戊", "己")
    exchange = received(officer, division, heads=heads)
    assert mapping_for(exchange) == {}
    match_columns(by=officer, exchange_id=exchange.pk, expected=1, fields={1: "title", 3: "due_on"}, name="旧台账")
    assert [(kept.name, kept.fields) for kept in Mapping.objects.all()] == [("旧台账", {"1": "title", "3": "due_on"})]
    assert mapping_for(received(officer, division, heads=heads)) == {1: "title", 3: "due_on"}
    with pytest.raises(Conflict):
        match_columns(by=officer, exchange_id=exchange.pk, expected=1, fields={1: "title"})


@pytest.mark.parametrize("fields", [{}, {2: "lead_unit"}, {1: "title", 2: "title"}])
def test_a_poor_match_is_refused(fields: dict[int, str], tasks: list[Task], officer: Person, division: Division) -> None:
    exchange = received(officer, division)
    with pytest.raises(Invalid):
        match_columns(by=officer, exchange_id=exchange.pk, expected=1, fields=fields)


def test_only_who_breaks_plans_down_takes_ledgers_in(tasks: list[Task], contact: Person, division: Division) -> None:
    with pytest.raises(Forbidden):
        received(contact, division)


def test_the_screens(tasks: list[Task], officer: Person, division: Division, zone: Zone, logged_in: Callable[[User], Client]) -> None:
    client = logged_in(User.objects.get(pk=officer.user_id))
    address = reverse("office:exchange-foreign", args=[zone.slug])
    assert client.get(address).status_code == 200
    client.post(address, {"plan": division.plan_id, "file": SimpleUploadedFile("外来台账.xlsx", book())})
    exchange = Exchange.objects.get()
    page = client.get(reverse("office:exchange", args=[zone.slug, exchange.pk]))
    assert [(column.text, column.field) for column in page.context["columns"]] == list(zip(HEADS, ("", "title", "lead_unit", "due_on", "sponsor", ""), strict=True))
    match = reverse("office:exchange-match", args=[zone.slug, exchange.pk])
    assert client.post(match, {"expected": 1, "column-2": "lead_unit"}).status_code == 422
    assert client.post(match, {"expected": 1, "column-1": "title", "column-3": "due_on", "name": "外来"}).status_code == 302
    run(exchange_id=exchange.pk)
    assert "建设科创走廊" in client.get(reverse("office:exchange", args=[zone.slug, exchange.pk])).content.decode()


def test_through_the_interface(tasks: list[Task], officer: Person, contact: Person, outsider: Person, division: Division) -> None:
    calling, of_unit = program_of(officer), program_of(contact)
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("外来台账.xlsx", book())})
    place = f"/exchanges/foreign/{division.plan_id}"
    answers = [one.call("POST", place, data=body, content_type=MULTIPART_CONTENT) for one in (of_unit, program_of(outsider), calling)]
    assert [status for status, _told in answers] == [403, 404, 201]
    came = answers[-1][1]
    columns = f"/exchanges/{came['id']}/columns"
    assert (came["kind"], came["state"], of_unit.get(columns)[0]) == ("import_foreign", "ready", 403)
    assert [(one["column"], one["head"], one["field"]) for one in calling.get(columns)[1]] == [
        (0, "编号", ""), (1, "工作任务", "title"), (2, "责任单位", "lead_unit"), (3, "完成时间", "due_on"), (4, "区级领导", "sponsor"), (5, "备注", ""),
    ]  # fmt: skip
    wish = {"revision": came["revision"], "fields": [{"column": 1, "field": "title"}, {"column": 5, "field": "source"}], "name": "督查台账"}
    assert calling.put(columns, {**wish, "fields": [{"column": 5, "field": "source"}]})[0] == 422
    status, matched = calling.put(columns, wish)
    assert (status, matched["state"], calling.put(columns, wish)[0]) == (202, "queued", 409)
    assert Mapping.objects.get(name="督查台账").fields == {"1": "title", "5": "source"}
    run(exchange_id=came["id"])
    looked = calling.get(f"/exchanges/{came['id']}")[1]
    assert [(row["row"], row["verdict"]) for row in calling.get(f"/exchanges/{came['id']}/rows")[1]["items"]] == [(3, "new"), (5, "new"), (6, "wrong")]
    status, _taken = calling.post(f"/exchanges/{came['id']}/take-over", {"revision": looked["revision"]})
    run(exchange_id=came["id"])
    assert (status, Task.objects.filter(title__in=["建设科创走廊", "建设幸福河湖"]).count()) == (200, 2)
    again = calling.call("POST", place, data=body, content_type=MULTIPART_CONTENT)[1]
    said = {one["head"]: one["field"] for one in calling.get(f"/exchanges/{again['id']}/columns")[1]}
    assert said == dict.fromkeys(HEADS, "") | {"工作任务": "title", "备注": "source"}
