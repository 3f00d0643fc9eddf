"""Writes of plans: keyword-only, ``by=person``, atomic, audited."""
