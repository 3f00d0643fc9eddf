"""Screens of the ledger."""
