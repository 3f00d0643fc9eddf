"""Reads of organisation and people."""

from lantu_web.accounts.queries.acting import entered, person_in_zone, units_reached, valid_posts, zones_of
from lantu_web.accounts.queries.entrance import (
    ZoneChoice,
    backup_codes_left,
    is_set_up,
    minutes_locked,
    person_of_token,
    second_factor_is_required,
    second_factor_is_used,
    sole_zone,
    token_digest,
    tokens_of,
    zones_with_roles,
)
from lantu_web.accounts.queries.units import units_of_zone

__all__ = [
    "ZoneChoice", "backup_codes_left", "entered", "is_set_up", "minutes_locked", "person_in_zone", "person_of_token",
    "second_factor_is_required", "second_factor_is_used", "sole_zone", "token_digest", "tokens_of", "units_of_zone", "units_reached",
    "valid_posts", "zones_of", "zones_with_roles",
]  # fmt: skip
