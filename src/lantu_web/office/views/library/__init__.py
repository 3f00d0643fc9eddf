"""Screens of the register, of a plan, of its files."""
