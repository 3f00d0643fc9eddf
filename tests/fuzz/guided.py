"""Coverage-guided fuzzing of every reader and of the compiler, for a bounded time.

    python -m tests.fuzz.guided --seconds 60 [--target docx] [--seed 1] [--keep FOLDER]

An input that reaches a line of the library for the first time (told by the interpreter's own trace) joins the corpus from which
the next inputs are made. Exit code 1 where anything but an error of ours was raised, or a promise about spans was broken; the
input is then written to --keep.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tests.factories.damaged_files import SEEDS, damaged, well_formed

import lantu
from lantu.compile import compile_document
from lantu.errors import LantuError
from lantu.interchange.plan_json import plan_to_dict
from lantu.readers import read_bytes
from lantu.text.canonical import canonicalise

LIBRARY = str(Path(lantu.__file__).parent)
SLOW = 5.0  # seconds of the processor for an input of a few kilobytes, traced: a sign of more than linear time
LARGEST = 20_000  # bytes of an input that joins the corpus
PHRASES = [
    "第一章 发展基础\n",
    "一、总体要求\n",
    "（一）主要目标。",
    "到2030年，地区生产总值达到300亿元，",
    "年均增长6%以上；",
    "专栏1 主要指标\n",
    "指标 单位 2025年 2030年 属性\n",
    "建设云溪水厂、青川湖大桥等项目",
    "责任单位：发改局、财政局",
    "东至青川河，西至云溪路",
    "不低于",
    "占比提高2.5个百分点",
    "(fā)",
    "發展",
    "分别达到3家、5家",
    "2.24亿20.3亿元",
    "—",
    "“十五五”时期",
    "PM2.5",
    "翻一番",
    "\t",
    "\u3000",
    "\r\n",
    "？",
    "1+4+16+N",
    "目 录\n",
    "- 3 -\n",
    "来源：",
]


def read_as(name: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        well_formed(read_bytes(data, name))

    return target


def compile_text(data: bytes) -> None:
    """Spans lie within the text, raw spans lead back to them, and the same text makes the same plan."""
    document = canonicalise(read_bytes(data, "a.txt"))
    plan = plan_to_dict(compile_document(document))
    assert plan == plan_to_dict(compile_document(canonicalise(read_bytes(data, "a.txt")))), "not deterministic"
    for item in placed(plan):
        (start, end), (raw_start, raw_end) = item["span"], item["raw_span"]
        assert 0 <= start <= end <= len(document.text), item
        assert 0 <= raw_start <= raw_end <= len(document.raw), item
        back = document.offsets.to_target(raw_start, raw_end)
        assert (back.start <= start and end <= back.end) or start == end, item


def placed(value: Any) -> Iterator[dict[str, Any]]:
    """Every object below ``value`` that has a place."""
    if isinstance(value, dict):
        if value.get("span") and value.get("raw_span"):
            yield value
        for inner in value.values():
            yield from placed(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from placed(inner)


TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    **{name: (read_as(name), [data]) for name, data in SEEDS.items()},
    "compile": (compile_text, ["".join(PHRASES).encode(), SEEDS["a.txt"]]),
}


@dataclass
class Campaign:
    """One target while it is fuzzed."""

    name: str
    target: Callable[[bytes], None]
    corpus: list[bytes]
    chance: random.Random
    lines: set[tuple[str, int]] = field(default_factory=set)
    runs: int = 0
    faults: list[tuple[str, bytes]] = field(default_factory=list)

    def run(self, seconds: float) -> None:
        for data in list(self.corpus):
            self.try_input(data)
        stop = time.monotonic() + seconds
        while time.monotonic() < stop:
            data = self.mutated()
            known = len(self.lines)
            self.try_input(data)
            if len(self.lines) > known and len(data) <= LARGEST:
                self.corpus.append(data)

    def mutated(self) -> bytes:
        data = self.chance.choice(self.corpus)
        if self.name == "compile":
            data = self._rephrased(data)
        return damaged(data, self.chance.getrandbits(32)) if self.name != "compile" or self.chance.random() < 0.3 else data

    def _rephrased(self, data: bytes) -> bytes:
        text = data.decode("utf-8", "replace")
        for _ in range(self.chance.choice((1, 2, 8))):
            at = self.chance.randrange(len(text) + 1)
            cut = at + self.chance.choice((0, 0, 1, 30))
            text = text[:at] + self.chance.choice(PHRASES) + text[cut:]
        return text[: LARGEST // 3].encode()

    def try_input(self, data: bytes) -> None:
        self.runs += 1
        began = time.process_time()
        sys.settrace(self._trace)
        try:
            self.target(data)
        except LantuError:
            pass
        except BaseException as error:
            sys.settrace(None)
            if isinstance(error, KeyboardInterrupt):
                raise
            self.faults.append((traceback.format_exc(), data))
        finally:
            sys.settrace(None)
        if (took := time.process_time() - began) > SLOW:
            self.faults.append((f"took {took:.1f} s", data))

    def _trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._line if frame.f_code.co_filename.startswith(LIBRARY) else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


def main() -> int:
    options = _options()
    names = [options.target] if options.target else list(TARGETS)
    faults = 0
    for name in names:
        target, corpus = TARGETS[name]
        campaign = Campaign(name, target, list(corpus), random.Random(options.seed))
        campaign.run(options.seconds / len(names))
        reached = f"{len(campaign.corpus)} kept, {len(campaign.lines)} lines reached"
        print(f"{name}: {campaign.runs} inputs, {reached}, {len(campaign.faults)} faults")
        for number, (report, data) in enumerate(campaign.faults):
            print(report)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{number}-{name}").write_bytes(data)
        faults += len(campaign.faults)
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Coverage-guided fuzzing of the readers and the compiler.")
    parser.add_argument("--seconds", type=float, default=60.0, help="for all targets together")
    parser.add_argument("--target", choices=list(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for inputs that raised")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
