"""Originals kept for ever, and the jobs that read them."""
