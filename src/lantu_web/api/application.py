"""The interface itself: its name, who may call, how often, and where its endpoints are."""

from __future__ import annotations

from django.conf import settings
from ninja import NinjaAPI

from lantu_web.api import problems
from lantu_web.api.security import PerToken, TokenAuth

DESCRIPTION = """Plans, what was found in them, their versions and adjustments, of one zone.

Every call bears a token (`Authorization: Bearer …`) that a person made on their own page; it has that person's rights in one zone, and writes
only if it was made for writing. Objects of other zones do not exist for it (404). A write names the `revision` it has seen; if somebody changed
the object meanwhile the answer is 409 and nothing is written."""

api = NinjaAPI(
    title="Lantu 蓝图",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=TokenAuth(),
    throttle=[PerToken(f"{settings.LANTU_API_CALLS_PER_MINUTE}/m")],
    docs_url=None,
)
problems.install(api)
