"""The audit trail: appended in its write's transaction, chained, and every tampering found."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from tests.factories.web import make_plan

from lantu_web.accounts.acting import Person
from lantu_web.accounts.models import Zone
from lantu_web.audit.commands import record
from lantu_web.audit.models import Chain, Entry
from lantu_web.audit.queries import Break, breaks


def three_entries(zone: Zone, officer: Person) -> None:
    plan = make_plan(zone)
    for number in range(3):
        record(by=officer, action="plan.change", on=plan, before={"n": number}, after={"n": number + 1, "name": "云溪"})


@pytest.mark.django_db
def test_a_chain_of_entries_holds_and_tells_who_what_and_from_where(zone: Zone, officer: Person) -> None:
    three_entries(zone, officer)
    entry = Entry.objects.get(number=3)
    assert (entry.user_name, entry.surface, entry.address, entry.before, entry.after) == (
        officer.name, "office", "192.0.2.1", {"n": 2}, {"n": 3, "name": "云溪"},
    )  # fmt: skip
    assert list(breaks()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        pytest.param("UPDATE audit_entry SET user_name = '别人' WHERE number = 2", [(2, "its content was changed")], id="changed row"),
        pytest.param("DELETE FROM audit_entry WHERE number = 2", [(2, "missing"), (3, "does not follow the entry before it")], id="thinned"),
        pytest.param("DELETE FROM audit_entry WHERE number = 3", [(3, "the end of the chain was cut off or added to")], id="cut off"),
    ],
)
def test_tampering_in_the_database_is_found(tampering: str, expected: list[tuple[int, str]], zone: Zone, officer: Person) -> None:
    three_entries(zone, officer)
    with connection.cursor() as cursor:
        cursor.execute(tampering)
    assert list(breaks()) == [Break(zone=zone.pk, number=number, why=why) for number, why in expected]


@pytest.mark.django_db
def test_entries_cannot_be_changed_or_deleted_through_the_program(zone: Zone, officer: Person) -> None:
    three_entries(zone, officer)
    entry = Entry.objects.first()
    assert entry is not None
    for act in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(user_name="x")):
        with pytest.raises(TypeError, match="append-only"):
            act()


@pytest.mark.django_db
def test_each_zone_has_its_own_chain(zone: Zone, other_zone: Zone, officer: Person) -> None:
    record(by=officer, action="a", on=zone)
    record(by=officer, action="b", on=other_zone, zone_id=other_zone.pk)
    assert [(chain.zone, chain.length) for chain in Chain.objects.order_by("zone")] == [(zone.pk, 1), (other_zone.pk, 1)]


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_of_a_transaction_is_refused(zone: Zone, officer: Person) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(by=officer, action="a", on=zone)
    with transaction.atomic():
        record(by=officer, action="a", on=zone)
