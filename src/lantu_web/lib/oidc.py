"""OpenID Connect, as far as a relying party needs it: authorization code with PKCE, state and nonce, and an ID token that is believed only
when signature, issuer, audience, expiry and nonce are right.

The provider is asked anew at each sign-on for its addresses and keys: sign-ons are rare, and a changed key works at once.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from lantu_web.lib import clock
from lantu_web.lib.errors import Refused

log = logging.getLogger(__name__)

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")  # no shared secrets, never "none"
LEEWAY = 60  # seconds that the clocks of two machines may differ
PATIENCE = 8  # seconds to wait for the provider
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class SignOnFailed(Refused):
    """The provider or its answer is not to be believed. The reason goes to the log, without what it holds."""

    def __init__(self, reason: str) -> None:
        log.warning("single sign-on refused: %s", reason)
        self.reason = reason
        super().__init__(_("Single sign-on did not succeed. Start again from the login page; if it fails again, tell your administrator."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is kept in the session between going to the provider and coming back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    issuer: str
    subject: str
    username: str


def set_out(provider: Provider, *, redirect_uri: str) -> tuple[str, Errand]:
    """Where to send the browser, and what to keep. Raises SignOnFailed where the provider cannot be reached."""
    metadata = _metadata(provider)
    errand = Errand(state=secrets.token_urlsafe(32), nonce=secrets.token_urlsafe(32), verifier=secrets.token_urlsafe(64))
    url, _state = _session(provider, metadata, redirect_uri).create_authorization_url(
        _address(metadata, "authorization_endpoint"), state=errand.state, nonce=errand.nonce, code_verifier=errand.verifier
    )
    return str(url), errand


def come_back(provider: Provider, errand: Errand, *, code: str, redirect_uri: str) -> Identity:
    """Who the provider says it is. Raises SignOnFailed where anything about its answer is wrong."""
    metadata = _metadata(provider)
    session = _session(provider, metadata, redirect_uri)
    place, proof = _address(metadata, "token_endpoint"), {"code": code, "code_verifier": errand.verifier}
    answer = _asked(lambda: session.fetch_token(place, grant_type="authorization_code", timeout=PATIENCE, **proof))
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise SignOnFailed("the answer has no ID token")
    claims = _claims(provider, errand, token, _asked(lambda: _fetched(_address(metadata, "jwks_uri"))))
    return Identity(issuer=provider.issuer, subject=claims["sub"], username=str(claims.get("preferred_username") or ""))


def _metadata(provider: Provider) -> Mapping[str, Any]:
    _refuse_plain(provider.issuer)
    found = _asked(lambda: _fetched(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"))
    if found.get("issuer") != provider.issuer:
        raise SignOnFailed("the provider gives another issuer than the configured one")
    return found


def _address(metadata: Mapping[str, Any], name: str) -> str:
    address = metadata.get(name)
    if not isinstance(address, str):
        raise SignOnFailed(f"the provider does not say its {name}")
    _refuse_plain(address)
    return address


def _refuse_plain(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise SignOnFailed(f"{parts.scheme}://{parts.hostname}: only https is spoken with a provider")


def _session(provider: Provider, metadata: Mapping[str, Any], redirect_uri: str) -> OAuth2Session:
    methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
    return OAuth2Session(
        provider.client_id, provider.client_secret, scope="openid profile", redirect_uri=redirect_uri, code_challenge_method="S256",
        token_endpoint_auth_method=method if provider.client_secret else "none",
    )  # fmt: skip


def _fetched(address: str) -> Any:
    response = requests.get(address, timeout=PATIENCE)
    response.raise_for_status()
    return response.json()


def _asked(question: Callable[[], Any]) -> Mapping[str, Any]:
    """The provider's answer, an object. JSON that cannot be read is among the exceptions of requests."""
    try:
        answer = question()
    except (requests.RequestException, AuthlibBaseError, ValueError) as problem:
        raise SignOnFailed(type(problem).__name__) from None
    if not isinstance(answer, Mapping):
        raise SignOnFailed("the provider's answer is no object")
    return answer


def _claims(provider: Provider, errand: Errand, token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    wanted = jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()), leeway=LEEWAY, iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id}, exp={"essential": True}, iat={"essential": True},
        sub={"essential": True}, nonce={"essential": True, "value": errand.nonce},
    )  # fmt: skip
    try:
        claims = jwt.decode(token, KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
        wanted.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as problem:
        raise SignOnFailed(f"{type(problem).__name__}: {getattr(problem, 'claim', '')}") from None
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
        raise SignOnFailed("the ID token is for several, and not for us first")
    if not isinstance(claims["sub"], str):
        raise SignOnFailed("the subject is no text")
    return dict(claims)
