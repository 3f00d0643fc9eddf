"""Texts, the way between them, and the repair of damaged ones."""
