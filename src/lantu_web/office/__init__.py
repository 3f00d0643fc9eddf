"""Screens of those who work in the office: they translate a request into one domain call, and its answer into a page."""
