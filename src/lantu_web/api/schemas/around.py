"""What stands around tasks: comments, files, days that fall due, work lines, what is carried over."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from lantu_web.api.schemas.base import In, Out, Ref, Revision
from lantu_web.api.schemas.tasks import PartOut, Year


class CommentOut(Out):
    id: int
    text: str
    mentioned: list[Ref]
    by: Ref | None
    at: datetime


class CommentNew(In):
    """``@name`` mentions a person of the zone."""

    text: str = Field(max_length=5000)


class FileOut(Out):
    id: int
    task_id: int
    file_name: str
    size: int
    sha256: str
    by: Ref | None
    at: datetime


class DueOut(Out):
    """One day of the caller's calendar. ``id`` is that of the task or of the node."""

    kind: str
    id: int
    on: date
    title: str
    task_id: int
    task: str
    lead: str
    is_done: bool


class WorkLineOut(Out):
    id: int
    kind: str
    name: str
    year: int | None
    is_active: bool
    revision: int


class WorkLineNew(In):
    kind: str = Field(max_length=10)
    name: str = Field(max_length=200)
    year: Year | None = None


class WorkLineChange(In):
    revision: Revision
    name: str = Field(max_length=200)
    year: Year | None = None
    is_active: bool = True


class Shift(In):
    """Up (negative) or down among those of its kind."""

    revision: Revision
    places: int = Field(ge=-1000, le=1000)


class CarryOver(In):
    year: Year


class CarriedOut(Out):
    task_id: int
    number: str
    title: str
    part: PartOut
    is_claimed: bool
    is_late: bool


class CountOut(Out):
    count: int

