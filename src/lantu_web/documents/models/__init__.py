"""Rows of originals and readings."""

from lantu_web.documents.models.original import Original
from lantu_web.documents.models.reading import Reading, ReadingResult

__all__ = ["Original", "Reading", "ReadingResult"]
