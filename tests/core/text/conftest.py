from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.factories.raw_texts import canonical

from lantu.text.document import Document


@pytest.fixture
def read() -> Callable[..., Document]:
    """Plain text (and blocks) → its canonical document."""
    return canonical
