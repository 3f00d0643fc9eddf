"""A sample as one family of pages shows it: traditional, pinyin after some characters, cut and decoded on wrong bytes."""

from __future__ import annotations

from collections.abc import Sequence

import opencc
from samples.as_text import as_flat_text
from samples.damage import damage
from samples.markup import Block, SourceError

READINGS = {
    "區": "qū", "經": "jīng", "發": "fā", "規": "guī", "戰": "zhàn", "據": "jù", "環": "huán", "現": "xiàn", "質": "zhì", "創": "chuàng",
    "節": "jié", "穩": "wěn", "調": "diào", "續": "xù", "產": "chǎn", "鎮": "zhèn", "農": "nóng", "業": "yè", "衛": "wèi", "轉": "zhuǎn",
    "統": "tǒng", "貿": "mào", "醫": "yī", "養": "yǎng", "態": "tài", "鄉": "xiāng", "優": "yōu", "聯": "lián", "數": "shù", "監": "jiān",
    "網": "wǎng", "內": "nèi", "協": "xié", "側": "cè", "驅": "qū", "執": "zhí",
}  # fmt: skip
# Of the byte pairs that only look like a mark, every fourth is spared, as on the pages that were studied.
SPARED = 4


def as_damaged(blocks: Sequence[Block]) -> str:
    """Raises SourceError for a character that the damage would drop for another reason than the damage itself."""
    text = opencc.OpenCC("s2t").convert(as_flat_text(blocks))
    outside = sorted({character for character in text if not character.encode("gbk", "ignore")})
    if outside:
        raise SourceError(f"not in GBK: {''.join(outside)}")
    return damage(text, READINGS, lambda number: number % SPARED != 0)
