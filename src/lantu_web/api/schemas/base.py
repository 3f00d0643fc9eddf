"""What all schemas share: ids, revisions, pages, how texts come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field


def whole_number(value: Any) -> Any:
    """As it is; nothing, which is no number, for truth values and fractions, which count as numbers elsewhere."""
    return None if isinstance(value, bool | float) else value


# A body's own numbers: neither true nor 1.0 is one. In addresses everything is text, and becomes a number here.
WHOLE = BeforeValidator(whole_number)  # behind the bounds, so that the interface is still described with them
Id = Annotated[int, Field(ge=1, le=2**63 - 1, description="Id of an object of the zone"), WHOLE]
Revision = Annotated[int, Field(ge=1, le=2**31 - 1, description="The revision that was seen; another one is answered with 409"), WHOLE]
Place = Annotated[int, Field(ge=0, le=2**31 - 1, description="Characters from the beginning of the plan's text"), WHOLE]
Number = Annotated[int, Field(ge=1, le=2**31 - 1), WHOLE]
# What an item says: the fields of its kind. Numbers are texts ("12.5"), so that none loses a digit; years are whole numbers.
Content = dict[str, str | int | None]
Item = TypeVar("Item")
MOST = 200


class Out(Schema):
    """An answer."""


class In(Schema):
    """A request. A field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Paging(Schema):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=1_000_000, description="From 1 on")
    page_size: int = Field(50, ge=1, le=MOST, description="How many at once")


class Page(Schema, Generic[Item]):
    """A part of a list; ``total`` counts the whole."""

    items: list[Item]
    total: int
    page: int
    page_size: int


class Ref(Out):
    """An object by its id and name."""

    id: int
    name: str


class Seen(In):
    """A row as it was seen when it was decided on."""

    id: Id
    revision: Revision


class Expected(In):
    """A write that says nothing but which view of the object it rests on."""

    revision: Revision


def page_of(rows: QuerySet[Any] | Sequence[Any], paging: Paging, shown: Callable[[Any], Any] | None = None) -> dict[str, Any]:
    """That page of the rows, each as ``shown`` gives it; empty behind the last."""
    start = (paging.page - 1) * paging.page_size
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    items = list(rows[start : start + paging.page_size]) if start < total else []
    items = [shown(item) for item in items] if shown else items
    return {"items": items, "total": total, "page": paging.page, "page_size": paging.page_size}
