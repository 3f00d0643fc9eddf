"""Writes of tasks: keyword-only, ``by=person``, atomic, audited."""
