"""Reads of organisation and people."""

from lantu_web.accounts.queries.acting import person_in_zone, units_reached, valid_posts, zones_of
from lantu_web.accounts.queries.units import units_of_zone

__all__ = ["person_in_zone", "units_of_zone", "units_reached", "valid_posts", "zones_of"]
