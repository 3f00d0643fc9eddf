"""Tasks of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack
from uuid import UUID

from lantu_client.pages import Pages, known_only
from lantu_client.records import Answers, Change, Comment, Due, Node, Part, Row, Task, TaskDetail
from lantu_client.transport import Transport


class Filters(TypedDict, total=False):
    """What the ledger is narrowed down by; records or their ids."""

    plan: Any
    chapter: str
    topic: str
    kind: str
    line: Any
    unit: Any
    cooperating: Any
    sponsor: Any
    person: Any
    state: str
    signing: str
    due: str
    left_out: str


class Tasks:
    """Every write takes the task as it was read: if somebody changed it since, the answer is Conflict and nothing is written."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def find(self, text: str = "", *, sort: str = "", year: int | None = None, **filters: Unpack[Filters]) -> Pages[Row]:
        """By the filters of the ledger. One that it does not have is a TypeError: misspelt, it would find everything."""
        known_only(Filters, filters)
        return Pages(self.transport, Row, "/tasks", {"text": text, "sort": sort, "year": year, **filters})

    def get(self, task_id: int) -> TaskDetail:
        return self.transport.get(TaskDetail, f"/tasks/{task_id}")

    def change(self, task: Task, *, reason: str = "", **values: Any) -> Task:
        """Fields by their names; days, decimals, and records (or ids) for units, people and work lines."""
        return self.transport.put(Task, f"/tasks/{task.id}", revision=task.revision, values=values, reason=reason)

    def change_many(self, changes: Sequence[tuple[Task, Mapping[str, Any]]], *, is_whole: bool = False, reason: str = "") -> Answers:
        """Each task with its own values. ``is_whole``: none is changed where one is refused. Look at ``refused`` of the answer."""
        items = [{"id": task.id, "revision": task.revision, "values": values, "reason": reason} for task, values in changes]
        return self.transport.post(Answers, "/tasks/changes", items=items, is_whole=is_whole)

    def undo(self, batch: UUID) -> int:
        """Take one's own changes of a batch back; how many."""
        return int(self.transport.call("POST", "/tasks/undo", body={"batch": batch})["count"])

    def history(self, task: Task) -> Pages[Change]:
        return Pages(self.transport, Change, f"/tasks/{task.id}/changes", {})

    def comments(self, task: Task) -> Pages[Comment]:
        return Pages(self.transport, Comment, f"/tasks/{task.id}/comments", {})

    def comment(self, task: Task, text: str) -> Comment:
        """``@name`` mentions a person."""
        return self.transport.post(Comment, f"/tasks/{task.id}/comments", text=text)

    def set_year(self, task: Task, year: int, *, goal: str = "", value: Decimal | None = None) -> TaskDetail:
        return self.transport.put(TaskDetail, f"/tasks/{task.id}/years/{year}", revision=task.revision, goal=goal, value=value)

    def add_node(self, task: Task, *, due_on: date, text: str, value: Decimal | None = None) -> TaskDetail:
        return self.transport.post(TaskDetail, f"/tasks/{task.id}/nodes", revision=task.revision, due_on=due_on, text=text, value=value)

    def take_path(self, task: Task) -> TaskDetail:
        """The years that are proposed from baseline to target."""
        return self.transport.post(TaskDetail, f"/tasks/{task.id}/path", revision=task.revision)

    def finish_node(self, node: Node, done_on: date | None) -> Node:
        return self.transport.post(Node, f"/nodes/{node.id}/done", revision=node.revision, done_on=done_on)

    def claim(self, part: Part, note: str = "") -> Part:
        """The year's part is finished, says the lead unit."""
        return self.transport.post(Part, f"/parts/{part.id}/claim", revision=part.revision, note=note)

    def verify(self, part: Part) -> Part:
        """It is, finds the planning office."""
        return self.transport.post(Part, f"/parts/{part.id}/verify", revision=part.revision)

    def due(self) -> Pages[Due]:
        """What falls due for the caller and their units, by day."""
        return Pages(self.transport, Due, "/calendar", {})
