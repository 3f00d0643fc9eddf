"""Writes of organisation and people: keyword-only, ``by=person``, atomic, audited."""
