"""Dated, cited parameters as data (TOML), and the loader that checks every key of them.

``from lantu.rulebooks.organs import units, topics`` · ``wording.wording()`` · ``review.review()``
"""

from __future__ import annotations

from lantu.rulebooks.loader import Rulebook, RulebookError

__all__ = ["Rulebook", "RulebookError"]
