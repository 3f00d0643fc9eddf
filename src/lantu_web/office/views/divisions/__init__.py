"""Screens of the breakdown of a plan."""
