"""Pictures of screens in 256 colours: a third of their size, and no eye sees the difference. Pixels are ``bytes`` of RGBA."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable

MOST = 256
Colour = tuple[int, int, int]


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG file with a palette."""
    if len(pixels) != width * height * 4:
        raise ValueError(f"{len(pixels)} bytes are no picture of {width} by {height}")
    words = memoryview(pixels).cast("I")
    table, palette = _table(Counter(words))
    rows = bytes(map(table.__getitem__, words))
    body = b"".join(b"\0" + rows[at : at + width] for at in range(0, len(rows), width))
    return b"\x89PNG\r\n\x1a\n" + b"".join((
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", b"".join(bytes(colour) for colour in palette)),
        _chunk(b"IDAT", zlib.compress(body, 9)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _table(counts: Counter[int]) -> tuple[dict[int, int], list[Colour]]:
    """Which palette entry each colour gets: boxes of colours, the widest halved until there are enough."""
    boxes = [sorted(counts)]
    while len(boxes) < MOST:
        widest = max(range(len(boxes)), key=lambda at: _weight(boxes[at], counts))
        channel, spread = _widest(boxes[widest])
        if spread == 0:
            break
        box = sorted(boxes.pop(widest), key=lambda word: _rgb(word)[channel])
        cut = _middle(box, channel)
        boxes += [box[:cut], box[cut:]]
    palette = [_mean(box, counts) for box in boxes]
    return {word: at for at, box in enumerate(boxes) for word in box}, palette


def _weight(box: list[int], counts: Counter[int]) -> float:
    return _widest(box)[1] * float(sum(counts[word] for word in box)) ** 0.5


def _widest(box: Iterable[int]) -> tuple[int, int]:
    spreads = [max(values) - min(values) for values in zip(*map(_rgb, box), strict=True)]
    return max(enumerate(spreads), key=lambda found: found[1])


def _middle(box: list[int], channel: int) -> int:
    """Where the values of the channel are halved; both sides have something."""
    values = [_rgb(word)[channel] for word in box]
    half = (values[0] + values[-1]) / 2
    return next(at for at, value in enumerate(values) if value > half)


def _mean(box: list[int], counts: Counter[int]) -> Colour:
    """The commonest colour of the box, so that plain surfaces keep theirs."""
    return _rgb(max(box, key=lambda word: counts[word]))


def _rgb(word: int) -> Colour:
    return word & 255, word >> 8 & 255, word >> 16 & 255


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
