from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.factories.fake_endpoint import FakeServer, serving


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving() as fake:
        yield fake
