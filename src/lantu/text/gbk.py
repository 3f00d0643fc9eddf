"""What two bytes mean in GBK, and which pairs a page that was decoded wrongly has lost without a trace."""

from __future__ import annotations

from functools import cache

# Marks at which such a page is cut; full-width ASCII is shown half-width, so each printed form stands for these bytes.
MARK_BYTES = {mark: tuple(wide.encode("gbk")) for mark, wide in zip("。,!?;、", "。，！？；、", strict=True)}
LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@cache
def character(lead: int, trail: int) -> str | None:
    """The character of a pair of bytes, full-width ASCII as half-width; None for private and undefined pairs."""
    try:
        shown = bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return None
    code = ord(shown[0])
    if len(shown) != 1 or 0xE000 <= code < 0xF900:
        return None
    return chr(code - 0xFEE0) if 0xFF01 <= code < 0xFF5F else shown


@cache
def pair_of(shown: str) -> tuple[int, int] | None:
    """The two bytes of a character; None for ASCII and for what GBK does not have."""
    try:
        raw = shown.encode("gbk")
    except UnicodeEncodeError:
        return None
    return (raw[0], raw[1]) if len(raw) == 2 else None


@cache
def with_trail(trail: int) -> tuple[tuple[int, str], ...]:
    """(lead, character) for every character that ends in ``trail``."""
    return tuple((lead, shown) for lead in LEADS if (shown := character(lead, trail)) is not None)


@cache
def with_lead(lead: int) -> tuple[tuple[int, str], ...]:
    """(trail, character) for every character that begins with ``lead``."""
    return tuple((trail, shown) for trail in TRAILS if (shown := character(lead, trail)) is not None)


@cache
def vanishing_after(first: int) -> frozenset[int]:
    """The second bytes that make a pair with ``first`` which is shown as nothing."""
    return frozenset(second for second in TRAILS if first >= 0x81 and character(first, second) is None)


@cache
def vanishing_leads(lead: int) -> tuple[tuple[int, str], ...]:
    """(trail, character) of ``lead`` whose trail could be the first byte of a pair that vanished."""
    return tuple((trail, shown) for trail, shown in with_lead(lead) if trail >= 0x81 and vanishing_after(trail))
