"""Numbers as planning Chinese writes them: Arabic, Chinese, mixed; magnitudes; fractions.

Magnitudes of ten thousand and above (万, 亿, 万亿 …) belong to the printed unit (30万人 is 30 of 万人), the smaller ones to the
number (三千户 is 3000 户), as offices print them in tables.
"""

from __future__ import annotations

from lantu.patterns import regex

_DIGITS_BY_VALUE = ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {digit: value for value, digits in enumerate(_DIGITS_BY_VALUE) for digit in digits}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MAGNITUDES = {
    "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE_DIGIT = "零〇一二两三四五六七八九"
CHINESE = rf"(?:[{CHINESE_DIGIT}]点[{CHINESE_DIGIT}]+|[{CHINESE_DIGIT}十百千]+)"
MAGNITUDE = "(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)"

_YEAR_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


def parse_arabic(text: str) -> float:
    """"1,234.5" → 1234.5."""
    return float(text.replace(",", ""))


def parse_chinese(text: str) -> float | None:
    """"三千五百" → 3500, "十八" → 18, "二点五" → 2.5, "二〇三五" → 2035, "百" → 100; None for what is no number ("一三五十")."""
    whole, point, decimals = text.partition("点")
    if point:
        tail = "".join(str(DIGITS[char]) for char in decimals)
        return float(f"{int(parse_chinese(whole) or 0)}.{tail}")
    if not any(char in SMALL for char in text):
        return float(text.translate(_YEAR_DIGITS).replace("两", "2")) if len(text) != 2 or text[0] in "零〇" else None
    return _parse_with_places(text)


def _parse_with_places(text: str) -> float | None:
    total, digit, last_place = 0, -1, 10_000
    for char in text:
        if char in SMALL:
            place = SMALL[char]
            if place >= last_place:
                return None
            total, digit, last_place = total + (1 if digit < 0 else digit) * place, -1, place
        elif digit > 0:
            return None
        else:
            digit = DIGITS[char]
    return float(total + max(digit, 0))


def chinese_year(text: str) -> int:
    """"二〇三五", "2035" → 2035."""
    return int(text.translate(_YEAR_DIGITS))


def format_number(value: float) -> str:
    """3.0 → "3", 2.5 → "2.5"."""
    return str(int(value)) if value == int(value) else repr(value)


FRACTION = regex(rf"([{CHINESE_DIGIT}十]+)分之([{CHINESE_DIGIT}十百]+)")
