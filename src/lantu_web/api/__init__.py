"""One versioned REST interface over the same commands and queries as the screens. A token acts with its person's rights in one zone."""

from lantu_web.api.application import api

__all__ = ["api"]
