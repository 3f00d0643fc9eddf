"""Texts of plans that never were, from the grammar beside this file: any number of them, each another, the same for the same seed."""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHARACTERS = 17_000  # of one text: a county's outline without its annexes
_DIGITS = "零一二三四五六七八九"
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"([\d.]+)\.\.([\d.]+)")


@cache
def grammar() -> dict[str, list[str] | dict[str, int]]:
    """Symbol → alternatives, all as likely, or kinds with how often each is taken."""
    return tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))


def expand(symbol: str, chance: random.Random) -> str:
    """One sentence or word of a symbol of the grammar."""
    alternatives = grammar()[symbol]
    if isinstance(alternatives, dict):
        return expand(chance.choices(list(alternatives), list(alternatives.values()))[0], chance)
    return _SLOT.sub(lambda slot: _slot(slot[1], chance), chance.choice(alternatives))


def _slot(name: str, chance: random.Random) -> str:
    bounds = _RANGE.fullmatch(name)
    if not bounds:
        return expand(name, chance)
    low, high = bounds[1], bounds[2]
    if "." not in low:
        return str(chance.randint(int(low), int(high)))
    return f"{chance.uniform(float(low), float(high)):.{len(low.partition('.')[2])}f}"


def plan_text(seed: int, characters: int = CHARACTERS) -> str:
    """The text of a plan: title, chapters, sections, numbered items, an indicator table and boxes; about ``characters`` long."""
    chance = random.Random(seed)
    place = expand("place", chance)
    lines = [f"{place}国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"]
    size, chapters = 0, _chapters(chance, breadth=max(1, characters // CHARACTERS))
    while size < characters:
        chapter = list(next(chapters))
        lines += chapter
        size += sum(map(len, chapter))
    return "\n".join(lines) + "\n"


def _chapters(chance: random.Random, *, breadth: int) -> Iterator[Iterator[str]]:
    number, by_article = 0, chance.random() < 0.5
    while True:
        number += 1
        yield _chapter(number, chance, by_article=by_article, sections=breadth * chance.randint(2, 3))


def _chapter(number: int, chance: random.Random, *, by_article: bool, sections: int) -> Iterator[str]:
    """第一章/第一节/1. or 一、/(一)/1., as the text has chosen; a longer plan has longer chapters, not more."""
    title = expand("chapter", chance)
    yield f"第{chinese(number)}章 {title}" if by_article else f"{chinese(number)}、{title}"
    for index in range(1, sections + 1):
        head = expand("section", chance)
        yield f"第{chinese(index)}节 {head}" if by_article else f"({chinese(index)}){head}"
        yield _paragraph(chance, 4)
        for item in range(1, chance.randint(3, 5)):
            yield f"{item}.{expand('run_in', chance)}{_paragraph(chance, chance.randint(4, 9))}"
    if number == 2:
        yield from _table(chance)
    if number % 4 == 1:
        yield f"专栏{(number + 3) // 4} {expand('field', chance)}重点工程"
        yield from (expand("project", chance) for _ in range(4))


def _paragraph(chance: random.Random, sentences: int) -> str:
    return "".join(expand("sentence", chance) for _ in range(sentences))


def _table(chance: random.Random) -> Iterator[str]:
    """An indicator table as a page without marks has it: one cell a line."""
    yield "“十四五”时期经济社会发展主要指标"
    yield from ("指标", "2020年", "2025年", "属性")
    for _ in range(chance.randint(5, 10)):
        row = expand("indicator_count", chance).replace("[NATURE]", chance.choice(("预期性", "约束性")))
        yield from row.split("\t")


def chinese(number: int) -> str:
    """1 … 99 as headings write them."""
    tens, ones = divmod(number, 10)
    return ("十" if tens == 1 else _DIGITS[tens] + "十" if tens else "") + (_DIGITS[ones] if ones else "")


def write_corpus(folder: Path, count: int, *, seed: int, characters: int = CHARACTERS) -> None:
    """``count`` texts; text i depends on the seed and on i only."""
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        (folder / f"plan-{index:05}.txt").write_text(plan_text(seed * 1_000_003 + index, characters), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    arguments = parser.parse_args()
    write_corpus(arguments.folder, arguments.count, seed=arguments.seed, characters=arguments.characters)


if __name__ == "__main__":
    main()
