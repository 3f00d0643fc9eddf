"""Make the tables under src/lantu/text/data from OpenCC, pypinyin and jieba (all three needed here only).

    python tools/text_tables.py

The tables are checked in; this script is run again only when a source is to be brought up to date.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/lantu/text/data"
WORD = re.compile("[一-鿿]{2,6}")
RAREST = 5  # jieba's count below which a word is more often a slip of its corpus than a word

# CJK radicals supplement → the unified ideograph that pdf fonts mean by it (Unicode, EquivalentUnifiedIdeograph.txt).
RADICALS = (
    "⺀=冫 ⺁=厂 ⺂=乛 ⺃=乚 ⺄=乙 ⺅=亻 ⺆=冂 ⺇=几 ⺈=刀 ⺉=刂 ⺊=卜 ⺋=㔾 ⺌=小 ⺍=小 ⺎=尢 ⺏=尣 ⺐=尢 ⺑=尣 ⺒=巳 ⺓=幺 "
    "⺔=彑 ⺕=彐 ⺖=忄 ⺗=心 ⺘=扌 ⺙=攵 ⺛=旡 ⺜=日 ⺝=月 ⺞=歺 ⺟=母 ⺠=民 ⺡=氵 ⺢=氺 ⺣=灬 ⺤=爫 ⺥=爫 ⺦=丬 ⺧=牛 ⺨=犭 "
    "⺩=王 ⺫=罒 ⺬=示 ⺭=礻 ⺯=纟 ⺰=纟 ⺱=罓 ⺲=罒 ⺳=网 ⺵=网 ⺶=羊 ⺷=羊 ⺸=羊 ⺹=耂 ⺺=聿 ⺻=聿 ⺼=肉 ⺽=臼 ⺾=艹 ⺿=艹 "
    "⻀=艹 ⻁=虎 ⻂=衤 ⻃=覀 ⻄=西 ⻅=见 ⻆=角 ⻇=角 ⻈=讠 ⻉=贝 ⻊=足 ⻋=车 ⻌=辶 ⻍=辶 ⻎=辶 ⻏=阝 ⻐=钅 ⻑=長 ⻒=镸 ⻓=长 "
    "⻔=门 ⻕=阝 ⻖=阝 ⻗=雨 ⻘=青 ⻙=韦 ⻚=页 ⻛=风 ⻜=飞 ⻝=食 ⻟=飠 ⻠=饣 ⻢=马 ⻣=骨 ⻤=鬼 ⻥=鱼 ⻦=鸟 ⻧=卤 ⻨=麦 ⻩=黄 "
    "⻪=黾 ⻫=斉 ⻬=齐 ⻭=歯 ⻮=齿 ⻯=竜 ⻰=龙 ⻱=龟 ⻲=亀 ⻳=龟 "
)
# Characters that print nothing: controls, soft hyphen, zero-width and direction marks, variation selectors.
INVISIBLE = [
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
]  # fmt: skip
# Marks that mean the same as the one that canonical text uses.
MARKS = dict(
    [("\u3000", " "), ("\u00a0", " "), ("\u202f", " "), ("\u205f", " "), ("\u2007", " "), ("\u1680", " ")]
    + [(chr(code), " ") for code in range(0x2000, 0x200B)]
    + [(chr(code), "\u200b") for first, last in INVISIBLE for code in range(first, last + 1) if code != 0x200B]
    + [(line, "\n") for line in "\r\x0b\x0c\x85\u2028\u2029"]
    + [(chr(code), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F)]
    + list(zip("﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹝﹞﹟﹠﹡﹢﹣﹤﹥﹦﹩﹪﹫", ",、.;:?!(){}〔〕#&*+-<>=$%@", strict=True))
    + list(zip("｡､｢｣･∶︰〜∼～‐‑−﹘﹨‧・•﹡", "。、「」·::~~~----\\··•*", strict=True))
)
IDEOGRAPHS = [*range(0x3400, 0xA000)]


def script_pairs() -> dict[str, str]:
    """Traditional → simplified, one character for one (OpenCC TSCharacters), where both are in the basic plane."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    pairs = {chr(code): convert(chr(code)) for code in IDEOGRAPHS}
    return {old: new for old, new in pairs.items() if new != old and len(new) == 1 and ord(new) < 0x10000}


def variant_pairs() -> dict[str, str]:
    """Compatibility forms → the character that they stand for."""
    pairs = dict(MARKS) | dict(pair.split("=") for pair in RADICALS.split())
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            pairs[chr(code)] = plain
    return pairs


def readings() -> dict[str, str]:
    """Toned reading → all characters of GBK that have it (pypinyin)."""
    from pypinyin.pinyin_dict import pinyin_dict

    by_reading: dict[str, list[str]] = defaultdict(list)
    for code, all_readings in pinyin_dict.items():
        if 0x4E00 <= code < 0xA000 and encodable(chr(code), "gbk"):
            for reading in all_readings.split(","):
                by_reading[reading].append(chr(code))
    return {reading: "".join(characters) for reading, characters in sorted(by_reading.items())}


def followers() -> dict[str, str]:
    """Character → what follows it inside words: log2 of the count, a colon and the characters with that count, by falling count."""
    import jieba

    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf8").splitlines():
        word, count = line.split(" ")[:2]
        if int(count) >= RAREST and WORD.fullmatch(word) and encodable(word, "gb2312"):
            for first, second in pairwise(word):
                counts[first][second] += int(count)
    return {first: _banded(seconds) for first, seconds in sorted(counts.items())}


def _banded(seconds: Counter[str]) -> str:
    bands: dict[int, str] = defaultdict(str)
    for second, count in seconds.most_common():
        bands[round(math.log2(count))] += second
    return " ".join(f"{band}:{characters}" for band, characters in bands.items())


def encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def write(name: str, rows: list[str]) -> None:
    (DATA / name).write_text("\n".join(rows) + "\n", encoding="utf8")


def main() -> None:
    write("script.tsv", [f"{old}\t{new}" for old, new in script_pairs().items()])
    write("variants.tsv", [f"{ord(old):04X}\t{ord(new):04X}" for old, new in sorted(variant_pairs().items())])
    write("readings.tsv", [f"{reading}\t{characters}" for reading, characters in readings().items()])
    write("followers.tsv", [f"{first}\t{seconds}" for first, seconds in followers().items()])


if __name__ == "__main__":
    main()
