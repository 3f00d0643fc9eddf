"""The words of page furniture, read once from ``furniture.toml`` and made into patterns that take both scripts and stray blanks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# Traditional forms of the characters in the words; a page in traditional script prints the same furniture.
_TRADITIONAL = dict(
    zip(
        "发布机构关闭来浏览击数责编辑审废类号时间体页当现网权办单标题组规统联务动态专题栏领导开据复链录员阅读访问线频语报种级转载应气质签词属终实无载",
        "發佈機構關閉來瀏覽擊數責編輯審廢類號時間體頁當現網權辦單標題組規統聯務動態專題欄領導開據復鏈錄員閱讀訪問線頻語報種級轉載應氣質簽詞屬終實無載",
        strict=True,
    )
)
_BLANK = r"[ \t\xa0\u3000]*"
_COLON = r"[:：]"


@dataclass(frozen=True, slots=True)
class FurnitureWords:
    """Patterns over one line. ``label`` has the group ``label``; ``keys`` lead from a label's words to its metadata key."""

    label: re.Pattern[str]
    foot_label: re.Pattern[str]
    controls: re.Pattern[str]
    trailing: re.Pattern[str]
    crumbs: re.Pattern[str]
    menu: re.Pattern[str]
    foot: re.Pattern[str]
    junk: re.Pattern[str]
    keys: Mapping[str, str]

    def key_of(self, label: str) -> str:
        return self.keys.get(_plain(label), "")


def any_of(words: Iterable[str], *, spaced: bool = False) -> str:
    """An alternation, longest first, of words in either script; ``spaced`` allows blanks between the characters."""
    return "|".join(_either(word, spaced) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _either(word: str, spaced: bool) -> str:
    parts = [f"[{c}{_TRADITIONAL[c]}]" if c in _TRADITIONAL else re.escape(c) for c in word]
    return (_BLANK if spaced else "").join(parts)


def _plain(label: str) -> str:
    back = {traditional: simplified for simplified, traditional in _TRADITIONAL.items()}
    return re.sub(r"\s", "", label).translate(str.maketrans(back))


@lru_cache(maxsize=1)
def furniture_words() -> FurnitureWords:
    """The patterns; raises ValueError where the data file has a word under two keys."""
    data = tomllib.loads((files("lantu.text") / "furniture.toml").read_text(encoding="utf-8"))
    keys: dict[str, str] = {}
    for key, words in data["labels"].items():
        for word in words:
            if keys.setdefault(_plain(word), key) != key:
                raise ValueError(f"furniture.toml: {word} stands under {key} and under {keys[_plain(word)]}")
    return _patterns(data, keys)


def _patterns(data: Mapping[str, Mapping[str, list[str]]], keys: Mapping[str, str]) -> FurnitureWords:
    labels = [word for words in data["labels"].values() for word in words]
    dropped, buttons = data["dropped"]["labels"], data["dropped"]["buttons"]
    label = rf"(?<![\w一-鿿])(?P<label>{any_of(labels + dropped, spaced=True)}){_BLANK}{_COLON}"
    control = rf"(?:{any_of(buttons + dropped)})"
    loose = r"[\s\[\]【】()（）|｜/:：•·,，\d+\-A]"
    editors = [word for key in ("来源", "作者", "编辑", "审核", "关键词") for word in data["labels"][key]]
    return FurnitureWords(
        label=re.compile(label),
        foot_label=re.compile(rf"[\s(（\[【]*(?:{any_of(editors + dropped, spaced=True)}){_BLANK}{_COLON}"),
        controls=re.compile(rf"{loose}*{control}(?:{loose}*{control})*{loose}*"),
        trailing=re.compile(rf"(?:[\s\[【|｜]+{control}[\]】]?)+{loose}*$"),
        crumbs=re.compile(rf"[\s\[【•·]*(?:{any_of(data['crumbs']['labels'])}){_BLANK}(?:{_COLON}|>|＞)"),
        menu=re.compile(any_of(data["menu"]["entries"])),
        foot=re.compile(
            rf"[\s\[【(（•·|]*(?:(?:{any_of(data['foot']['openers'])})|(?:{any_of(data['foot']['labelled'])}){_BLANK}(?:{_COLON}|$|[ \t\xa0\u3000]))"
        ),
        junk=re.compile(any_of(data["junk"]["marks"])),
        keys=keys,
    )
