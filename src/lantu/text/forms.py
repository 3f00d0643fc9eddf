"""Forms of one character: full width, compatibility and look-alike forms brought to one, length kept."""

from __future__ import annotations

from lantu.patterns import regex
from lantu.text.tables import variants

# A year in Chinese numerals whose zero is typed as a circle, a letter or a digit: 二○二五年.
_ZERO_YEAR = regex("[一二][○◯O0〇零一二三四五六七八九]{3}(?=年)")
_ZERO_SIGNS = ("二○", "二◯", "二O", "二0", "一○")  # one of them stands in any such text
_UNSEEN = " \n\u200b"  # what blanks, line ends and invisible characters become: not a change that anybody sees
_ZEROS = str.maketrans("○◯O0", "〇〇〇〇")


def plain_forms(text: str) -> tuple[str, int]:
    """The text with one form a character, same length, and how many characters changed."""
    table, changed = variants(), 0
    for old in table.keys() & set(text):
        changed += text.count(old) if table[old] not in _UNSEEN else 0
        text = text.replace(old, table[old])
    if any(sign in text for sign in _ZERO_SIGNS):
        text = _ZERO_YEAR.sub(lambda match: match.group().translate(_ZEROS), text)
    return text, changed
