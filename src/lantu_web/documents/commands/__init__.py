"""Writes of originals and readings."""
