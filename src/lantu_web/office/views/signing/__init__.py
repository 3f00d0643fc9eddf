"""Screens of signing for tasks and of working in them."""
