"""Division schemes, and the signatures and later dates that follow from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from lantu_client.pages import Pages, known_only
from lantu_client.reading import record
from lantu_client.records import Answers, Division, Extension, Plan, Seen, Signature, Task, WorkLine
from lantu_client.transport import Transport


class Divisions:
    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def list(self) -> Pages[Division]:
        return Pages(self.transport, Division, "/divisions", {})

    def get(self, division_id: int) -> Division:
        return self.transport.get(Division, f"/divisions/{division_id}")

    def open(self, plan: Plan | int, *, title: str = "", document_number: str = "") -> Division:
        """Begin to break a plan in force down, or go on with what was begun."""
        plan_id = plan if isinstance(plan, int) else plan.id
        return self.transport.post(Division, f"/plans/{plan_id}/division", title=title, document_number=document_number)

    def add(self, division: Division, drafts: Sequence[Mapping[str, Any]]) -> tuple[Seen, ...]:
        """Many lines at once, all or none: title, lead_unit, due_on, years and so on, by their names in the interface."""
        made = self.transport.call("POST", f"/divisions/{division.id}/tasks", body={"drafts": list(drafts)})
        return tuple(record(Seen, one) for one in made)

    def send(self, division: Division, tasks: Sequence[Task | Seen | int], *, sign_by: date) -> int:
        """Send drafts to their units; how many."""
        ids = [one if isinstance(one, int) else one.id for one in tasks]
        return int(self.transport.call("POST", f"/divisions/{division.id}/send", body={"task_ids": ids, "sign_by": sign_by})["count"])

    def carry_over(self, division: Division, year: int) -> int:
        """What the year left unfinished goes on in the next; how many parts."""
        return int(self.transport.call("POST", f"/divisions/{division.id}/carry-over", body={"year": year})["count"])

    def work_lines(self) -> Pages[WorkLine]:
        return Pages(self.transport, WorkLine, "/work-lines", {})


class SignatureFilters(TypedDict, total=False):
    """``past``: those of earlier rounds too."""

    plan: Any
    task: Any
    unit: Any
    past: bool


class Signatures:
    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def find(self, *, state: str | None = None, mine: bool = False, **filters: Unpack[SignatureFilters]) -> Pages[Signature]:
        """``mine``: of the caller's own units; further: plan, task, unit, past."""
        known_only(SignatureFilters, filters)
        return Pages(self.transport, Signature, "/signatures", {"state": state, "mine": mine, **filters})

    def sign(self, signature: Signature) -> Signature:
        return self.transport.post(Signature, f"/signatures/{signature.id}/sign", revision=signature.revision)

    def sign_many(self, signatures: Sequence[Signature], *, is_whole: bool = False) -> Answers:
        items = [{"id": one.id, "revision": one.revision} for one in signatures]
        return self.transport.post(Answers, "/signatures/sign", items=items, is_whole=is_whole)

    def object_to(self, signature: Signature, reason: str, *, years: Mapping[int, Any] | None = None, **fields: Any) -> Signature:
        """Why the unit does not sign, and what it proposes instead: other values of years, fields of the task."""
        body = {"revision": signature.revision, "reason": reason, "counter": _values(fields, years)}
        return self.transport.post(Signature, f"/signatures/{signature.id}/object", **body)

    def settle(
        self, signature: Signature, outcome: str, *, note: str = "", years: Mapping[int, Any] | None = None, **fields: Any
    ) -> Signature:  # fmt: skip
        """``outcome``: followed, kept or released."""
        body = {"revision": signature.revision, "outcome": outcome, "note": note, "values": _values(fields, years)}
        return self.transport.post(Signature, f"/signatures/{signature.id}/settle", **body)

    def extensions(self, *, state: str | None = None, task: int | None = None) -> Pages[Extension]:
        return Pages(self.transport, Extension, "/extensions", {"state": state, "task": task})

    def ask_extension(self, task: Task, due_on: date, reason: str) -> Extension:
        return self.transport.post(Extension, f"/tasks/{task.id}/extensions", due_on=due_on, reason=reason)

    def decide_extension(self, extension: Extension, *, is_approved: bool, note: str = "") -> Extension:
        body = {"revision": extension.revision, "is_approved": is_approved, "note": note}
        return self.transport.post(Extension, f"/extensions/{extension.id}/decide", **body)


def _values(fields: Mapping[str, Any], years: Mapping[int, Any] | None) -> dict[str, Any]:
    return {"fields": dict(fields) or None, "years": {str(year): value for year, value in (years or {}).items()}}
