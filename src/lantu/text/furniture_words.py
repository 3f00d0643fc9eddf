"""The words of page furniture, read once from ``furniture.toml``: look-ups in both scripts that need no large patterns to be compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lantu.patterns import regex
from lantu.shipped import shipped

# Traditional forms of the characters in the words; a page in traditional script prints the same furniture.
_SIMPLIFIED = dict(
    zip(
        map(
            ord,
            "發佈機構關閉來瀏覽擊數責編輯審廢類號時間體頁當現網權辦單標題組規統聯"
            "務動態專題欄領導開據復鏈錄員閱讀訪問線頻語報種級轉載應氣質簽詞屬終實無",
        ),
        "发布机构关闭来浏览击数责编辑审废类号时间体页当现网权办单标题组规统联"
        "务动态专题栏领导开据复链录员阅读访问线频语报种级转载应气质签词属终实无",
        strict=True,
    )
)
_COLON = regex("[:：]")
_LABEL_BEFORE = regex(r"(?:\w+[ \t\xa0\u3000]*){1,6}$")  # words, perhaps set apart by blanks (来 源), before a colon
_LONGEST_LABEL = 24  # characters, blanks in it included
_TWO_BUTTONS = 12  # characters of the longest two
_LOOSE = regex(r"[\s\[\]【】()（）|｜/:：•·,，\d+\-]+")  # what stands between the controls of a page
_BLANKS = " \t\xa0\u3000"
_OPENING = _BLANKS + "\r\n[]【(（•·|"


class Label(NamedTuple):
    """[start, end) of a label and its colon; ``key`` of its metadata, "" for a counter or control whose value nobody needs."""

    start: int
    end: int
    key: str


class FurnitureWords(NamedTuple):
    """``labels``: plain label → metadata key or ""; all words simplified."""

    labels: Mapping[str, str]
    editors: frozenset[str]
    buttons: frozenset[str]
    crumbs: tuple[str, ...]
    menu: tuple[str, ...]
    openers: tuple[str, ...]
    labelled: tuple[str, ...]
    junk: tuple[str, ...]

    def labels_in(self, text: str, start: int, end: int) -> Iterator[Label]:
        """The labels of one line: the words before each colon, as many as make a label that is known."""
        floor = start
        for colon in _COLON.finditer(text, start, end):
            at = self._label_start(text, max(floor, colon.start() - _LONGEST_LABEL), colon.start())
            if at is not None:
                yield Label(at, colon.end(), self.labels[_plain(text[at : colon.start()])])
            floor = colon.end()

    def _label_start(self, text: str, low: int, high: int) -> int | None:
        before = _LABEL_BEFORE.search(text, low, high)
        starts = [] if before is None else [match.start() for match in re.finditer(r"\w+", text[low:high])]
        for at in reversed(starts):
            if low + at >= (before.start() if before else high) and _plain(text[low + at : high]) in self.labels:
                return low + at
        return None

    def starts_foot(self, line: str) -> bool:
        """A line that opens a page's foot."""
        plain = line.strip(_OPENING).translate(_SIMPLIFIED)
        if plain.startswith(self.openers):
            return True
        word = next((word for word in self.labelled if plain.startswith(word)), None)
        return word is not None and plain[len(word) : len(word) + 1] in ("", ":", "：", *_BLANKS)

    def names_editor(self, label: Label, text: str) -> bool:
        """来源, 编辑, 浏览次数 …: a label that a foot may begin with."""
        return not label.key or _plain(text[label.start : label.end - 1]) in self.editors

    def is_controls(self, line: str) -> bool:
        """Nothing but buttons and what stands between them."""
        tokens = [token for token in _LOOSE.split(line.translate(_SIMPLIFIED)) if token]
        return bool(tokens) and all(self._is_control(token) for token in tokens)

    def _is_control(self, token: str) -> bool:
        """One button, or two with nothing between: 分享到微信."""
        if token in self.buttons or token == "A":
            return True
        halves = ((token[:cut], token[cut:]) for cut in range(1, len(token)))
        return len(token) <= _TWO_BUTTONS and any(first in self.buttons and second in self.buttons for first, second in halves)

    def without_controls(self, value: str) -> str:
        """A value without the buttons printed after it on the same line."""
        tokens = re.split(r"([\s【】\[\]|｜]+)", value)
        while tokens and (not tokens[-1].strip("【】[]|｜" + _BLANKS) or (len(tokens) > 1 and self._is_control(tokens[-1]))):
            tokens.pop()
        return "".join(tokens)

    def is_crumbs(self, line: str) -> bool:
        plain = line.strip(_OPENING).translate(_SIMPLIFIED)
        word = next((word for word in self.crumbs if plain.startswith(word)), None)
        return word is not None and plain[len(word) :].lstrip(_BLANKS)[:1] in (":", "：", ">", "＞")

    def is_menu(self, line: str) -> bool:
        """Three entries or more, most of them those of a site's menu."""
        entries = [entry for entry in re.split(r"[\s|｜/·•]+", line.translate(_SIMPLIFIED)) if entry]
        return len(entries) >= 3 and 2 * sum(any(word in entry for word in self.menu) for entry in entries) > len(entries)

    def junk_in(self, text: str) -> list[int]:
        """Where the marks of a site's own lines stand, sorted."""
        places: list[int] = []
        for mark in self.junk:
            at = text.find(mark)
            while at >= 0:
                places.append(at)
                at = text.find(mark, at + 1)
        return sorted(places)


def _both_scripts(words: list[str]) -> list[str]:
    back = {ord(simplified): chr(traditional) for traditional, simplified in _SIMPLIFIED.items()}
    return sorted({form for word in words for form in (word, word.translate(back))})


def _plain(label: str) -> str:
    return "".join(label.split()).translate(_SIMPLIFIED)


@lru_cache(maxsize=1)
def furniture_words() -> FurnitureWords:
    """The words; raises ValueError where the data file has a label under two keys."""
    data = tomllib.loads(shipped("lantu.text", "furniture.toml"))
    dropped = data["dropped"]["labels"]
    labels: dict[str, str] = dict.fromkeys(dropped, "")
    for key, words in data["labels"].items():
        for word in words:
            if labels.setdefault(word, key) != key:
                raise ValueError(f"furniture.toml: {word} stands under {key} and under {labels[word] or 'dropped'}")
    return FurnitureWords(
        labels=labels,
        editors=frozenset(word for key in ("来源", "作者", "编辑", "审核", "关键词") for word in data["labels"][key]),
        buttons=frozenset((*data["dropped"]["buttons"], *dropped)),
        crumbs=_longest_first(data, "crumbs", "labels"),
        menu=tuple(data["menu"]["entries"]),
        openers=tuple(data["foot"]["openers"]),
        labelled=_longest_first(data, "foot", "labelled"),
        junk=tuple(_both_scripts(data["junk"]["marks"])),
    )


def _longest_first(data: Mapping[str, Any], table: str, key: str) -> tuple[str, ...]:
    return tuple(sorted(data[table][key], key=lambda word: -len(word)))
