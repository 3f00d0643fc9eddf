"""Files of a plan: taken in, read before one's eyes, fetched again byte for byte; whatever is wrong with them is said in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.web import SMALL_TEXT, make_person, make_plan, make_reading, make_reviewed_plan

from lantu_web.accounts.acting import Person
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import Unit, User, Zone
from lantu_web.bridge.read_original import read_original
from lantu_web.documents.commands.store import store, sweep
from lantu_web.documents.enums import ReadingState
from lantu_web.documents.file_names import shown_name
from lantu_web.documents.folders import incoming, on_disk
from lantu_web.documents.models import Original, Reading
from lantu_web.documents.problems import PROBLEMS
from lantu_web.lib.errors import Invalid
from lantu_web.plans.models import Plan

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
DATA = SMALL_TEXT.encode()


@pytest.fixture
def client(officer: Person, logged_in: LogIn) -> Client:
    return logged_in(User.objects.get(username="officer"))


@pytest.fixture
def plan(zone: Zone, unit: Unit) -> Plan:
    return make_plan(zone, unit=unit)


def upload(client: Client, plan: Plan, data: bytes, name: str) -> Any:
    return client.post(f"/z/yunxi/plans/{plan.pk}/upload/", {"file": SimpleUploadedFile(name, data)})


def without_token(response: Any) -> str:
    return re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def status_of(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]  # read to its end it closes its file
    return response.status_code


def test_a_file_is_taken_in_read_and_fetched_again(client: Client, plan: Plan) -> None:
    response = upload(client, plan, DATA, "云溪 规划.txt")
    reading = Reading.objects.get()
    assert response.headers["Location"] == f"/z/yunxi/readings/{reading.pk}/"
    assert list(incoming().iterdir()) == []
    assert reading.file_name in client.get(response.headers["Location"]).content.decode()
    read_original(reading_id=reading.pk)
    fetched = client.get(f"/z/yunxi/originals/{reading.original_id}/")
    assert b"".join(fetched.streaming_content) == DATA  # type: ignore[attr-defined]
    assert {name: fetched.headers[name] for name in ("Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy", "Content-Type")} == {
        "Content-Disposition": "attachment; filename*=utf-8''%E4%BA%91%E6%BA%AA%20%E8%A7%84%E5%88%92.txt",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Type": "application/octet-stream",
    }
    assert reading.original.sha256 == hashlib.sha256(DATA).hexdigest()


def test_the_same_bytes_are_kept_once(client: Client, plan: Plan, zone: Zone, officer: Person) -> None:
    first = store(by=officer, chunks=[DATA], file_name="a.txt")
    second = store(by=officer, chunks=[DATA[:10], DATA[10:]], file_name="b.txt")
    assert (first, Original.objects.count()) == (second, 1)
    assert on_disk(first.path).stat().st_mode & 0o777 == 0o440


def test_another_zone_keeps_its_own(zone: Zone, other_zone: Zone, officer: Person) -> None:
    _, stranger = make_person(Role.PLANNING_OFFICER, other_zone)
    assert store(by=officer, chunks=[DATA], file_name="a.txt").path != store(by=stranger, chunks=[DATA], file_name="a.txt").path


def test_the_progress_asks_again_until_it_is_over_and_leads_on(client: Client, plan: Plan) -> None:
    upload(client, plan, DATA, "a.txt")
    reading = Reading.objects.get()
    url = f"/z/yunxi/readings/{reading.pk}/state/"
    waiting = client.get(url)
    assert ('hx-trigger="every 1s"' in waiting.content.decode(), "HX-Redirect" in waiting.headers) == (True, False)
    assert without_token(waiting).strip() in without_token(client.get(f"/z/yunxi/readings/{reading.pk}/"))
    read_original(reading_id=reading.pk)
    over = client.get(url)
    assert ("hx-trigger" in over.content.decode(), over.headers["HX-Redirect"]) == (False, f"/z/yunxi/plans/{plan.pk}/review/")


def test_a_reading_is_cancelled_on_screen(client: Client, plan: Plan) -> None:
    upload(client, plan, DATA, "a.txt")
    reading = Reading.objects.get()
    for _twice in range(2):
        assert client.post(f"/z/yunxi/readings/{reading.pk}/cancel/").status_code == 302
    reading.refresh_from_db()
    assert reading.state == ReadingState.CANCELLED
    assert f"/z/yunxi/plans/{plan.pk}/upload/" in client.get(f"/z/yunxi/readings/{reading.pk}/").content.decode()


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_each_failure_says_what_is_wrong_and_what_to_do(client: Client, plan: Plan, code: str) -> None:
    detail = "a.docx: <script>alert(1)</script> — 请"
    finished = {"state": ReadingState.FAILED, "problem": code, "problem_detail": detail, "finished_at": "2026-01-01T00:00Z"}
    reading = make_reading(plan, **finished)
    html = client.get(f"/z/yunxi/readings/{reading.pk}/").content.decode()
    assert "<script>alert(1)" not in html
    assert f"/z/yunxi/plans/{plan.pk}/upload/" in html
    assert "Traceback" not in html
    assert client.get(f"/z/yunxi/plans/{plan.pk}/").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["规划.docm", "规划.doc", "规划.exe", "规划", ".txt", "机密★规划.txt", "a.txt\x00.exe", "规划.zip"],
)
def test_kinds_that_are_not_read_are_refused_at_the_door(client: Client, plan: Plan, name: str) -> None:
    response = upload(client, plan, DATA, name)
    assert (response.status_code, Original.objects.count(), Reading.objects.count()) == (422, 0, 0)
    assert list(incoming().iterdir()) == []


def test_an_empty_file_and_no_file_are_refused(client: Client, plan: Plan) -> None:
    assert upload(client, plan, b"", "a.txt").status_code == 422
    assert client.post(f"/z/yunxi/plans/{plan.pk}/upload/", {}).status_code == 422
    assert Original.objects.count() == 0


def test_too_large_a_file_is_refused_and_not_kept(client: Client, plan: Plan, settings: Any) -> None:
    settings.LANTU_UPLOAD_BYTES = 1024 * 1024
    response = upload(client, plan, b"x" * (3 * 1024 * 1024), "a.txt")
    assert (response.status_code, Original.objects.count(), list(incoming().iterdir())) == (422, 0, [])
    assert "1.0" in response.content.decode()


def test_two_hundred_megabytes_are_refused_while_they_come(client: Client, plan: Plan) -> None:
    class Endless:
        """200 MB of a form with one file, never held whole."""

        head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        size = 200 * 1024 * 1024
        left = size

        def read(self, wanted: int = -1) -> bytes:
            count = min(self.left, wanted if wanted >= 0 else 65536)
            self.left -= count
            given, self.head = self.head[:count], self.head[count:]
            return given + b"x" * (count - len(given))

        readline = read

    response = client.generic("POST", f"/z/yunxi/plans/{plan.pk}/upload/", b"", content_type="multipart/form-data; boundary=b",
                              **{"wsgi.input": Endless(), "CONTENT_LENGTH": str(Endless.size)})  # fmt: skip
    assert (response.status_code, Original.objects.count(), list(incoming().iterdir())) == (422, 0, [])


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\王\\规划.docx", "规划.docx"),
        ("a\u202ecod.txt\n\x07", "acod.txt"),
        ("<script>alert(1)<b>.txt", "<script>alert(1)<b>.txt"),
        ("规" * 300 + ".docx", "规" * 249 + "….docx"),
    ],
)
def test_names_are_kept_for_people_only(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_script_in_a_file_name_is_shown_escaped(client: Client, plan: Plan) -> None:
    upload(client, plan, DATA, "<script>alert(1)<b>.txt")
    reading = Reading.objects.get()
    for url in (f"/z/yunxi/readings/{reading.pk}/", f"/z/yunxi/plans/{plan.pk}/originals/", f"/z/yunxi/plans/{plan.pk}/"):
        html = client.get(url).content.decode()
        assert ("<script>alert" in html, "&lt;script&gt;alert" in html) == (False, True)


def test_what_killed_uploads_left_is_swept(officer: Person) -> None:
    import os

    old, young = incoming() / "old.upload", incoming() / "young.upload"
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    assert (sweep(), old.exists(), young.exists()) == (1, False, True)
    young.unlink()


def test_what_killed_readings_left_is_swept_with_their_folders(officer: Person) -> None:
    import os

    old, young = incoming() / "reading-old", incoming() / "reading-young"
    for folder in (old, young):
        (folder / "inner").mkdir(parents=True)
        (folder / "inner" / "found.json").write_bytes(b"x")
    os.utime(old, (0, 0))
    assert (sweep(), old.exists(), young.exists()) == (1, False, True)
    assert sweep() == 0
    os.utime(young, (0, 0))
    assert (sweep(), list(incoming().iterdir())) == (1, [])


@pytest.mark.parametrize(
    "name",
    [
        "绝密.txt", "【机密】规划.docx", "秘密★.pdf", "（秘密）规划.docx", "规划（机密★10年）.pdf", "规划[绝密].docx", "规划_秘密_终稿.docx",
        "规划绝密.docx", "机密10年规划.pdf", "密级：秘密.docx", "秘密件.txt", "1.机密文件.规划.docx", "规划☆.docx", "机\u200b密.txt", "绝密１０年.pdf",
    ],
)  # fmt: skip
def test_a_name_with_a_mark_of_secrecy_is_refused_and_nothing_kept(name: str, officer: Person) -> None:
    with pytest.raises(Invalid) as caught:
        store(by=officer, chunks=[DATA], file_name=name)
    assert (caught.value.field, Original.objects.count(), list(incoming().iterdir())) == ("file", 0, [])


@pytest.mark.parametrize(
    "name",
    [
        "保密工作行动计划.docx", "商业秘密保护规划.docx", "国家秘密.docx", "保护商业秘密.pdf", "机密计算产业规划.docx", "保守国家秘密工作方案.txt",
        "云溪新区（2026—2030年）规划.docx", "规划.txt",
    ],
)  # fmt: skip
def test_an_ordinary_name_is_none(name: str, officer: Person) -> None:
    assert store(by=officer, chunks=[DATA], file_name=name).file_name == name


def test_who_fetches_an_original(zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, officer: Person, logged_in: LogIn) -> None:
    plan = make_plan(zone, unit=unit)
    original = store(by=officer, chunks=[DATA], file_name="a.txt")
    make_reading(plan, DATA)
    asked = {
        "officer": (make_person(Role.PLANNING_OFFICER, zone)[0], 200), "leader": (make_person(Role.LEADER, zone)[0], 200),
        "own contact": (make_person(Role.CONTACT_PERSON, zone, unit)[0], 200),
        "other contact": (make_person(Role.CONTACT_PERSON, zone, other_unit)[0], 404),
        "evaluator, draft": (make_person(Role.EVALUATOR, zone)[0], 404), "auditor": (make_person(Role.AUDITOR, zone)[0], 403),
        "stranger": (make_person(Role.PLANNING_OFFICER, other_zone)[0], 404),
    }  # fmt: skip
    url = f"/z/yunxi/originals/{original.pk}/"
    assert {who: status_of(logged_in(user), url) for who, (user, _) in asked.items()} == {who: code for who, (_, code) in asked.items()}
    assert Client().get(url).status_code == 302


def test_another_units_approved_original_is_forbidden_to_a_contact(zone: Zone, unit: Unit, other_unit: Unit, officer: Person, logged_in: LogIn) -> None:
    plan = make_reviewed_plan(zone, unit=unit)
    Plan.objects.filter(pk=plan.pk).update(state="approved", approved_on="2026-01-01", approving_body="区", document_number="1号")
    contact, _ = make_person(Role.CONTACT_PERSON, zone, other_unit)
    assert status_of(logged_in(contact), f"/z/yunxi/originals/{plan.reading.original_id}/") == 403


def test_a_removed_original_is_gone(zone: Zone, plan: Plan, client: Client) -> None:
    upload(client, plan, b"\xe6\x9c\xba\xe5\xaf\x86\xe2\x98\x85\n" + DATA, "a.txt")
    reading = Reading.objects.get()
    read_original(reading_id=reading.pk)
    assert client.get(f"/z/yunxi/originals/{reading.original_id}/").status_code == 410
    assert upload(client, plan, b"\xe6\x9c\xba\xe5\xaf\x86\xe2\x98\x85\n" + DATA, "b.txt").status_code == 422


def test_screens_of_a_reading_are_closed_to_others(zone: Zone, other_zone: Zone, unit: Unit, other_unit: Unit, plan: Plan, logged_in: LogIn) -> None:
    reading = make_reading(plan)
    stranger, _ = make_person(Role.PLANNING_OFFICER, other_zone)
    contact, _ = make_person(Role.CONTACT_PERSON, zone, unit)
    other, _ = make_person(Role.CONTACT_PERSON, zone, other_unit)
    url = f"/z/yunxi/readings/{reading.pk}/"
    assert [logged_in(user).get(url).status_code for user in (stranger, contact, other)] == [404, 200, 404]
    assert [logged_in(user).post(f"{url}cancel/").status_code for user in (stranger, contact)] == [404, 403]
    assert Client().get(url).status_code == 302


def test_an_approved_plan_takes_no_file(client: Client, zone: Zone) -> None:
    done = make_plan(zone, state="approved", approved_on="2026-01-01", approving_body="区", document_number="1号")
    assert upload(client, done, DATA, "a.txt").status_code == 422
    assert Reading.objects.count() == 0


def test_a_file_for_a_plan_in_review_is_an_amended_text(client: Client, zone: Zone) -> None:
    plan = make_reviewed_plan(zone)
    upload(client, plan, DATA + "新建体育馆一座。".encode(), "b.txt")
    assert Reading.objects.latest("pk").purpose == "reimport"


def test_the_store_refuses_what_is_told_to_be_too_much(officer: Person, settings: Any) -> None:
    settings.LANTU_UPLOAD_BYTES = 10
    with pytest.raises(Invalid):
        store(by=officer, chunks=[b"x" * 6, b"x" * 6], file_name="a.txt")
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.name.endswith(".part")] == []
