"""Single sign-on against a provider on this machine: who is let in, and what is not believed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.conf import LazySettings
from django.test import Client
from joserfc.jwk import OctKey, RSAKey
from tests.factories.oidc_provider import CLIENT, SECRET, FakeProvider, oidc_provider
from tests.factories.web import make_person, make_user

from lantu_web.accounts.acting import Person
from lantu_web.accounts.commands import sign_on
from lantu_web.accounts.enums import Role
from lantu_web.accounts.models import ExternalIdentity, User, Zone
from lantu_web.audit.models import Entry
from lantu_web.lib.errors import Conflict, Forbidden, Invalid
from lantu_web.office.views import sso

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[FakeProvider]:
    with oidc_provider() as provider:
        settings.LANTU_OIDC_ISSUER, settings.LANTU_OIDC_CLIENT_ID, settings.LANTU_OIDC_CLIENT_SECRET = provider.url, CLIENT, SECRET
        yield provider


@pytest.fixture
def linked(officer: Person, provider: FakeProvider) -> User:
    user = User.objects.get(pk=officer.user_id)
    ExternalIdentity.objects.create(user=user, issuer=provider.url, subject=provider.subject)
    return user


def there_and_back(client: Client, start: str = "/sso/") -> str:
    """To the provider and to where it sends back: the address of the return."""
    answer = client.get(start)
    assert answer.status_code == 302, answer.content.decode()
    back = requests.get(answer["Location"], allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith("http://testserver/sso/return/?")
    return back.removeprefix("http://testserver")


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_linked_person_comes_in_and_goes_where_they_wanted(linked: User, provider: FakeProvider, zone: Zone, client: Client) -> None:
    answer = client.get(there_and_back(client, "/sso/?next=/me/tokens/"))
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, "/me/tokens/", True)
    entry = Entry.objects.get(chain__zone=zone.pk)
    assert (entry.action, entry.user_name, entry.after) == ("person.log_in", linked.name, {"way": "single sign-on"})


def test_what_is_asked_of_the_provider(linked: User, provider: FakeProvider, client: Client) -> None:
    there_and_back(client, "/sso/?next=//evil.example/")
    asked = provider.asked["code-1"]
    kept = client.session["sign_on"][asked["state"]]
    assert {name: asked[name] for name in ("response_type", "client_id", "redirect_uri", "scope", "nonce", "code_challenge_method")} == {
        "response_type": "code", "client_id": CLIENT, "redirect_uri": "http://testserver/sso/return/", "scope": "openid profile",
        "nonce": kept["nonce"], "code_challenge_method": "S256",
    }  # fmt: skip
    assert kept["next"] == "/"


NOW = int(time.time())
FOREIGN = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param({"claims": {"nonce": "another"}}, id="wrong nonce"),
        pytest.param({"claims": {"nonce": None}}, id="no nonce"),
        pytest.param({"claims": {"aud": "another-client"}}, id="wrong audience"),
        pytest.param({"claims": {"aud": ["another-client", CLIENT]}}, id="for several, not for us first"),
        pytest.param({"claims": {"iss": "https://another.example"}}, id="wrong issuer"),
        pytest.param({"claims": {"exp": NOW - 3600, "iat": NOW - 7200}}, id="expired"),
        pytest.param({"claims": {"exp": None}}, id="never expires"),
        pytest.param({"claims": {"iat": NOW + 3600}}, id="from the future"),
        pytest.param({"claims": {"sub": None}}, id="of nobody"),
        pytest.param({"claims": {"sub": 7}}, id="subject is no text"),
        pytest.param({"signs_with": FOREIGN}, id="foreign key"),
        pytest.param({"signs_with": OctKey.import_key(SECRET), "header": {"alg": "HS256"}}, id="signed with the shared secret"),
    ],
)
def test_an_id_token_with_a_fault_is_not_believed(faults: dict[str, Any], linked: User, provider: FakeProvider, client: Client) -> None:
    for name, value in faults.items():
        setattr(provider, name, value)
    answer = client.get(there_and_back(client))
    assert (answer.status_code, "统一身份认证未成功" in answer.content.decode(), is_in(client)) == (400, True, False)


def test_an_audience_of_several_that_names_us_first_is_believed(linked: User, provider: FakeProvider, client: Client) -> None:
    provider.claims = {"aud": ["another-client", CLIENT], "azp": CLIENT}
    assert client.get(there_and_back(client)).status_code == 302


def test_an_answer_counts_once(linked: User, provider: FakeProvider) -> None:
    client = Client()
    back = there_and_back(client)
    assert client.get(back).status_code == 302
    client.post("/logout/")
    answer = client.get(back)
    assert (answer.status_code, is_in(client)) == (400, False)


def test_an_answer_that_another_browser_asked_for_does_not_count(linked: User, provider: FakeProvider) -> None:
    stranger, victim = Client(), Client()
    answer = victim.get(there_and_back(stranger))
    assert (answer.status_code, is_in(victim)) == (400, False)


def test_an_errand_is_forgotten_after_ten_minutes(linked: User, provider: FakeProvider, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    back = there_and_back(client)
    monkeypatch.setattr(sso, "LONGEST", -1)
    assert client.get(back).status_code == 400


def test_a_browser_keeps_five_errands_at_most(linked: User, provider: FakeProvider, client: Client) -> None:
    backs = [there_and_back(client) for _number in range(6)]
    assert len(client.session["sign_on"]) == 5
    assert [client.get(back).status_code for back in (backs[0], backs[5])] == [400, 302]


def test_whoever_refuses_at_the_provider_comes_back_to_a_page(linked: User, provider: FakeProvider, client: Client) -> None:
    provider.refuses = True
    assert client.get(there_and_back(client)).status_code == 400


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param({"issuer": "https://another.example"}, id="another issuer"),
        pytest.param({"authorization_endpoint": "http://another.example/authorize"}, id="without https"),
        pytest.param({"authorization_endpoint": None}, id="without an address"),
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_not_asked(metadata: dict[str, Any], provider: FakeProvider, officer: Person, client: Client) -> None:
    provider.metadata = metadata
    answer = client.get("/sso/")
    assert (answer.status_code, "统一身份认证未成功" in answer.content.decode()) == (400, True)


def test_a_provider_that_does_not_answer_gives_a_page(settings: LazySettings, officer: Person, client: Client) -> None:
    settings.LANTU_OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.get("/sso/").status_code == 400


def test_without_a_provider_there_is_no_such_page(officer: Person, client: Client) -> None:
    assert (client.get("/sso/").status_code, client.get("/sso/return/").status_code) == (404, 404)


def test_an_unknown_person_is_told_whom_to_ask_and_what_to_say(provider: FakeProvider, officer: Person, client: Client) -> None:
    provider.subject = "<b>u-4711</b>"
    answer = client.get(there_and_back(client))
    page = answer.content.decode()
    assert (answer.status_code, "&lt;b&gt;u-4711&lt;/b&gt;" in page, "请将下列标识告知系统管理员" in page, is_in(client)) == (403, True, True, False)


def test_a_deactivated_person_does_not_come_in(linked: User, provider: FakeProvider, client: Client) -> None:
    User.objects.update(is_active=False)
    answer = client.get(there_and_back(client))
    assert (answer.status_code, is_in(client)) == (403, False)


def test_the_second_factor_is_asked_for_here_too(linked: User, provider: FakeProvider, client: Client) -> None:
    User.objects.update(has_second_factor=True)
    client.get(there_and_back(client))
    assert client.get("/me/")["Location"] == "/login/second-factor/?next=/me/"


def test_the_user_name_links_only_where_the_provider_is_trusted_with_it(
    provider: FakeProvider, officer: Person, zone: Zone, client: Client, settings: LazySettings
) -> None:
    provider.username = "officer"
    assert client.get(there_and_back(client)).status_code == 403
    settings.LANTU_OIDC_LINK_BY_USERNAME = True
    assert client.get(there_and_back(client))["Location"] == "/"
    identity = ExternalIdentity.objects.get()
    assert (identity.user_id, identity.issuer, identity.subject) == (officer.user_id, provider.url, "person-1")
    assert Entry.objects.get(action="person.link_identity").after == {"issuer": provider.url, "subject": "person-1"}
    provider.subject = "person-2"  # somebody else who took the name at the provider later
    assert Client().get(there_and_back(other := Client())).status_code == 400
    assert other.get(there_and_back(other)).status_code == 403


def test_an_administrator_links_and_unlinks(provider: FakeProvider, officer: Person, zone: Zone, client: Client) -> None:
    administrator = make_person(Role.SYSTEM_ADMINISTRATOR, None)[1]
    assert officer.user_id is not None
    with pytest.raises(Forbidden):
        sign_on.link(by=officer, user_id=officer.user_id, subject="person-1")
    identity = sign_on.link(by=administrator, user_id=officer.user_id, subject=" person-1 ")
    assert client.get(there_and_back(client)).status_code == 302
    with pytest.raises(Conflict, match=officer.name):
        sign_on.link(by=administrator, user_id=make_user("qian").pk, subject="person-1")
    with pytest.raises(Invalid):
        sign_on.link(by=administrator, user_id=officer.user_id, subject="x" * 201)
    sign_on.unlink(by=administrator, identity_id=identity.pk)
    with pytest.raises(Conflict):
        sign_on.unlink(by=administrator, identity_id=identity.pk)
    assert ExternalIdentity.objects.count() == 0
