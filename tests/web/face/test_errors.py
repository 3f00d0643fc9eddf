"""What cannot be shown is said in the person's language, with a way back, and never with a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.test.html import parse_html
from tests.factories.web import make_user

from lantu_web.accounts.models import User
from lantu_web.checks import face_is_built
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.office.middleware import RefusalMiddleware
from lantu_web.office.views import errors
from lantu_web.templatetags import lantu

LogIn = Callable[[User], Client]


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return found[1] if found else ""


@pytest.fixture
def request_of_nobody(db: None, rf: RequestFactory) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.cookie import CookieStorage

    request = rf.get("/z/yunxi/")
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def test_a_page_that_is_not_there(logged_in: LogIn, db: None) -> None:
    answer = logged_in(make_user()).get("/nowhere/")
    assert (answer.status_code, heading(answer.content.decode())) == (404, "未找到内容")


def test_the_same_in_english(logged_in: LogIn, db: None) -> None:
    answer = logged_in(make_user(language="en")).get("/nowhere/")
    assert (answer.status_code, heading(answer.content.decode())) == (404, "There is nothing here")
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "fault", "status", "said"),
    [
        (errors.bad_request, BadRequest("evil"), 400, "请求无法识别"),
        (errors.forbidden, PermissionError("evil"), 403, "您没有此项权限"),
        (errors.not_found, LookupError("evil"), 404, "未找到内容"),
        (errors.stale_form, "evil", 403, "表单已过期"),
    ],
)
def test_a_page_for_each_fault_that_tells_nothing_of_its_inside(
    request_of_nobody: HttpRequest, view: Callable[..., object], fault: object, status: int, said: str
) -> None:
    answer = view(request_of_nobody, fault)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert (answer.status_code, heading(page), "evil" in page) == (status, said, False)  # type: ignore[attr-defined]
    parse_html(page)


def test_a_broken_server_asks_nothing_of_its_database(
    rf: RequestFactory, django_assert_num_queries: Callable[..., object], db: None
) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        answer = errors.server_error(rf.get("/z/yunxi/"))
    assert (answer.status_code, heading(answer.content.decode())) == (500, "系统出错")


def test_without_the_built_face_the_start_says_what_to_run_and_a_broken_server_still_has_its_page(
    rf: RequestFactory, db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert face_is_built() == []
    monkeypatch.setattr(lantu, "MANIFEST", tmp_path / "manifest.json")
    assert [(fault.id, fault.msg) for fault in face_is_built()] == [("lantu.E001", "the face is not built: run make setup")]
    with pytest.raises(ImproperlyConfigured, match="run make setup"):
        lantu.entry("base")
    answer = errors.server_error(rf.get("/z/yunxi/"))
    assert (answer.status_code, heading(answer.content.decode())) == (500, "系统出错")


@override_settings(MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware"])
def test_a_form_without_its_token_is_said_to_be_too_old(db: None) -> None:
    from django.conf import settings

    assert settings.CSRF_FAILURE_VIEW == "lantu_web.office.views.errors.stale_form"


@pytest.mark.parametrize(
    ("refusal", "said"),
    [(Conflict("改过了"), "内容已有变化"), (Forbidden("不行"), "您没有此项权限"), (Invalid("<b>错</b>"), "无法办理")],
)
def test_a_refusal_is_a_page_with_its_message(request_of_nobody: HttpRequest, refusal: Conflict, said: str) -> None:
    answer = RefusalMiddleware(lambda request: errors.not_found(request)).process_exception(request_of_nobody, refusal)
    assert answer is not None
    page = answer.content.decode()
    assert (answer.status_code, heading(page)) == (refusal.status, said)
    assert "<b>" not in page


def test_only_who_sent_something_is_told_that_nothing_was_saved(request_of_nobody: HttpRequest) -> None:
    told = {}
    for method in ("GET", "POST"):
        request_of_nobody.method = method
        answer = RefusalMiddleware(lambda request: errors.not_found(request)).process_exception(request_of_nobody, Forbidden("不行"))
        assert answer is not None
        told[method] = ["<p>未作任何保存。</p>" in answer.content.decode(), 'href="/z/yunxi/"' in answer.content.decode()]
    assert told == {"GET": [False, False], "POST": [True, True]}


def test_for_htmx_a_refusal_is_a_fragment(request_of_nobody: HttpRequest) -> None:
    request_of_nobody.META["HTTP_HX_REQUEST"] = "true"
    answer = RefusalMiddleware(lambda request: errors.not_found(request)).process_exception(request_of_nobody, Conflict("改过了"))
    assert answer is not None
    page = answer.content.decode()
    assert (answer.status_code, 'data-refusal="409"' in page, "<html" in page) == (409, True, False)


def test_pages_load_nothing_from_another_host(logged_in: LogIn, db: None) -> None:
    page = logged_in(make_user()).get("/gallery/").content.decode()
    assert [link for link in re.findall(r'(?:src|href|action)="([^"]*)"', page) if "//" in link] == []
    assert re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son\w+=", page) is None
