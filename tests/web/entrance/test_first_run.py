"""The first run: leads to the wizard while there is nobody, makes the first people once, and is gone."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client
from tests.factories.web import PASSWORD

from lantu_web.accounts.commands.first_run import NewPerson, NewZone, set_up
from lantu_web.accounts.models import Post, User, Zone
from lantu_web.audit.models import Chain, Entry
from lantu_web.lib.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db

ADMINISTRATOR = {
    "administrator-username": "root", "administrator-name": "孙管理", "administrator-password": PASSWORD, "administrator-again": PASSWORD,
}  # fmt: skip
ZONE = {"zone-name": "云溪新区", "zone-slug": "yunxi", "zone-kind": "functional_zone"}
OFFICER = {"officer-username": "zhao", "officer-name": "赵启明", "officer-password": PASSWORD, "officer-again": PASSWORD}
NOBODY = dict.fromkeys(OFFICER, "")


def rows() -> tuple[list[tuple[str, str]], list[str], list[tuple[str, str, str | None]]]:
    posts = Post.objects.order_by("pk").values_list("user__username", "role", "zone__slug")
    return list(User.objects.order_by("pk").values_list("username", "name")), [zone.slug for zone in Zone.objects.all()], list(posts)


@pytest.mark.parametrize("path", ["/", "/login/", "/z/yunxi/", "/me/", "/nothing/"])
def test_while_there_is_nobody_every_page_leads_to_the_wizard(path: str, client: Client) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/first-run/")


def test_programs_are_not_led_to_a_page(client: Client) -> None:
    assert client.get("/api/v1/nothing").status_code in (401, 404)


def test_the_wizard_makes_administrator_zone_and_officer_and_lets_the_administrator_in(client: Client) -> None:
    assert "首位系统管理员" in client.get("/first-run/").content.decode()
    answer = client.post("/first-run/", ADMINISTRATOR | ZONE | OFFICER)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert rows() == (
        [("root", "孙管理"), ("zhao", "赵启明")], ["yunxi"], [("root", "system_administrator", None), ("zhao", "planning_officer", "yunxi")],
    )  # fmt: skip
    assert client.get("/")["Location"] == "/z/yunxi/"
    assert Client().post("/login/", {"username": "zhao", "password": PASSWORD})["Location"] == "/"
    zone = Zone.objects.get()
    assert [list(Entry.objects.filter(chain__zone=chain).order_by("number").values_list("action", flat=True)) for chain in (0, zone.pk)] == [
        ["installation.set_up", "post.make", "person.log_in"], ["zone.open", "person.make", "post.make", "person.log_in"],
    ]  # fmt: skip


def test_the_officer_may_be_left_out(client: Client) -> None:
    client.post("/first-run/", ADMINISTRATOR | ZONE | NOBODY)
    assert rows() == ([("root", "孙管理")], ["yunxi"], [("root", "system_administrator", None)])


def test_afterwards_the_wizard_is_gone(client: Client) -> None:
    client.post("/first-run/", ADMINISTRATOR | ZONE)
    for stranger in (client, Client()):
        assert stranger.get("/first-run/").status_code == 404
        assert stranger.post("/first-run/", {**ADMINISTRATOR, **ZONE, "administrator-username": "second"}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "form", "field", "told"),
    [
        pytest.param({"administrator-password": "short-1", "administrator-again": "short-1"}, "administrator", "password", "密码至少需要 10 个字符。", id="weak"),
        pytest.param({"administrator-again": "other"}, "administrator", "again", "两次输入不一致。", id="not repeated"),
        pytest.param({"administrator-username": "a b"}, "administrator", "username", "", id="user name with a blank"),
        pytest.param({"zone-slug": "云溪"}, "zone_form", "slug", "", id="short name in Chinese"),
        pytest.param({"officer-username": "root"}, "officer", "username", "", id="user name twice"),
        pytest.param({"officer-name": ""}, "officer", "name", "", id="officer half filled in"),
        pytest.param({"zone-name": "云" * 101}, "zone_form", "name", "", id="too long"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_half_made(values: dict[str, str], form: str, field: str, told: str, client: Client) -> None:
    answer = client.post("/first-run/", ADMINISTRATOR | ZONE | OFFICER | values)
    errors = answer.context[form].errors
    assert (answer.status_code, list(errors), told in str(errors)) == (422, [field], True)
    assert (rows(), Chain.objects.count(), Entry.objects.count()) == (([], [], []), 0, 0)


def test_scripts_are_shown_and_not_run(client: Client) -> None:
    page = client.post("/first-run/", ADMINISTRATOR | {"zone-name": "<script>x</script>"}).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page


def test_the_command_does_it_once() -> None:
    given = {"zone": NewZone(name="云溪新区", slug="yunxi", kind="district"), "officer": None, "address": "192.0.2.1", "language": "en"}
    assert set_up(administrator=NewPerson(username="root", name="孙管理", password=PASSWORD), **given).language == "en"  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        set_up(administrator=NewPerson(username="second", name="李", password=PASSWORD), **given)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    start, outcomes = threading.Barrier(2), []

    def run(name: str) -> None:
        start.wait()
        try:
            set_up(
                administrator=NewPerson(username=name, name=name, password=PASSWORD),
                zone=NewZone(name=f"{name}新区", slug=name, kind="district"), officer=None, address="", language="zh-hans",
            )  # fmt: skip
            outcomes.append("done")
        except (Conflict, Invalid) as problem:
            outcomes.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("east", "west")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(outcomes), User.objects.count(), Zone.objects.count()) == (["Conflict", "done"], 1, 1)
