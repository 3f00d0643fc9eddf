"""Amended texts of a small plan, compared with its review."""

from __future__ import annotations

from tests.factories.web import SMALL_TEXT, make_reading

from lantu_web.accounts.acting import Person
from lantu_web.bridge.compiling import compile_bytes, result_of
from lantu_web.bridge.reimport import prepare
from lantu_web.documents.enums import ReadingState, Stage
from lantu_web.documents.models import Reading
from lantu_web.lib import clock
from lantu_web.plans.models import Plan, Reimport, ReimportLine


def amended_by(plan: Plan, by: Person, *replacements: tuple[str, str], text: str = SMALL_TEXT) -> Reimport:
    """The differences after the replacements, each of which must hit."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return prepare(by=by, reading=amended_reading(plan, text))


def amended_reading(plan: Plan, text: str) -> Reading:
    data = text.encode()
    finished = {"state": ReadingState.DONE, "stage": Stage.FINISHED, "percent": 100, "finished_at": clock.now()}
    reading = make_reading(plan, data, purpose="reimport", **finished)
    result_of(reading, compile_bytes(data, "修订稿.txt")).save()
    return reading


def told(reimport: Reimport) -> list[tuple[str, str, str]]:
    """What differs: difference, kind, and the label there or that of the amended text."""
    lines = ReimportLine.objects.filter(reimport=reimport).exclude(difference="same").select_related("candidate").order_by("start", "pk")
    return [(line.difference, line.kind, line.label or (line.candidate.label if line.candidate else "")) for line in lines]
