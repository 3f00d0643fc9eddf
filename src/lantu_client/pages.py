"""A list of the interface as an iterator: pages are fetched as they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from lantu_client.errors import Unexpected
from lantu_client.reading import record
from lantu_client.transport import Transport

Record = TypeVar("Record")
SIZE = 200


class Pages(Generic[Record]):
    """Iterated over anew it asks anew. ``total`` counts the whole list as it was at the first page."""

    def __init__(self, transport: Transport, kind: type[Record], path: str, query: Mapping[str, Any], *, size: int = SIZE) -> None:
        self.transport, self.kind, self.path, self.query, self.size = transport, kind, path, dict(query), size

    def __iter__(self) -> Iterator[Record]:
        number = 1
        while True:
            items, total = self._page(number)
            yield from items
            if number * self.size >= total or not items:
                return
            number += 1

    @property
    def total(self) -> int:
        return self._page(1, size=1)[1]

    def first(self) -> Record | None:
        """None where the list is empty."""
        return next(iter(self._page(1, size=1)[0]), None)

    def all(self) -> list[Record]:
        return list(self)

    def _page(self, number: int, *, size: int | None = None) -> tuple[list[Record], int]:
        found = self.transport.call("GET", self.path, query={**self.query, "page": number, "page_size": size or self.size})
        if not isinstance(found, Mapping) or not isinstance(found.get("items"), list) or not isinstance(found.get("total"), int):
            raise Unexpected(f"{self.path}: expected a page of a list")
        return [record(self.kind, item) for item in found["items"]], found["total"]


def known_only(filters: type[Any], given: Mapping[str, Any]) -> None:
    """Raises TypeError naming a filter that is not known."""
    unknown = sorted(given.keys() - filters.__annotations__.keys())
    if unknown:
        raise TypeError(f"unknown filter: {', '.join(unknown)}; there are: {', '.join(filters.__annotations__)}")
