"""Counting numbers in the forms that office files name (ST_NumberFormat of ECMA-376, 17.18.59)."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_COUNTING = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographEnclosedCircle", "koreanCounting", "japaneseLegal",
})  # fmt: skip
_LEGALS = frozenset({"chineseLegalSimplified", "ideographLegalTraditional"})
_MOST_ROMAN = 3_999


def number_words(number: int, form: str) -> str:
    """``number`` as ``form`` prints it; forms not known here print Arabic digits."""
    if form in _COUNTING:
        return counted(number, _DIGITS.replace("〇", "零"), "十百千", short_ten=True)
    if form in _LEGALS:
        return counted(number, _LEGAL, "拾佰仟", short_ten=False)
    if form in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in ("upperLetter", "lowerLetter"):
        return _letters(number) if form == "lowerLetter" else _letters(number).upper()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return _symbol(number, form)


def _symbol(number: int, form: str) -> str:
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form in ("none", "bullet") else str(number)


def counted(number: int, digits: str, units: str, *, short_ten: bool) -> str:
    """A number in Chinese: 12 → 十二, 105 → 一百零五, 20000 → 二万."""
    if number >= 10_000:
        rest = number % 10_000
        low = counted(rest, digits, units, short_ten=False) if rest else ""
        return counted(number // 10_000, digits, units, short_ten=short_ten) + "万" + (digits[0] if 0 < rest < 1000 else "") + low
    if number == 0:
        return digits[0]
    places = ["", *units]
    words, zero = "", False
    for place, digit in reversed(list(enumerate(map(int, reversed(str(number)))))):
        if digit:
            words += (digits[0] if zero else "") + digits[digit] + places[place]
        zero = not digit and bool(words)
    return words[1:] if short_ten and 10 <= number < 20 else words


def _letters(number: int) -> str:
    """1 → a, 27 → aa, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 1 <= number <= 780 else str(number)


def _roman(number: int) -> str:
    if not 1 <= number <= _MOST_ROMAN:
        return str(number)
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words
