"""Passwords that the site makes: read aloud without mistaking a letter, changed at the first log-in."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import ScryptPasswordHasher, get_hasher

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, LENGTH = 4, 4  # 79 bits
LIGHT_COST = 2**9


def temporary_password() -> str:
    """Sixteen letters and digits in groups of four."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))


def encoded(temporary: str) -> str:
    """The hash of a password made by ``temporary_password``, quick to make: five thousand people come in one file, and what nobody
    can guess needs no slow hash. At the first log-in the site hashes it anew at full cost."""
    hasher = get_hasher()
    if isinstance(hasher, ScryptPasswordHasher):
        return str(hasher.encode(temporary, hasher.salt(), n=LIGHT_COST, p=1))
    return str(hasher.encode(temporary, hasher.salt()))
