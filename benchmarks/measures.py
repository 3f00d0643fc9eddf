"""Speed, growth, whole processes, memory and a folder of the product itself."""

from __future__ import annotations

import cProfile
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import plan_text, write_corpus
from lantu.compile import compile_document
from lantu.interchange.plan_json import dumps
from lantu.readers import read_bytes
from lantu.text.canonical import canonicalise
from report import Row, median_core_seconds, median_seconds

SEED = 7  # of the texts measured; any other would do
TEXTS = 10
SHORT, LONG = 20_000, 200_000
MEGABYTE = 1024
_SHARED = Path(__file__).resolve().parents[2] / "shared" / "seeds"
_COMMAND = (sys.executable, "-m", "lantu")


def speed() -> Iterator[Row]:
    """Stage by stage over ten texts of 17,000 characters."""
    contents = [plan_text(SEED + index).encode() for index in range(TEXTS)]
    raws = [read_bytes(content, "plan.txt") for content in contents]
    documents = [canonicalise(raw) for raw in raws]
    plans = [compile_document(document) for document in documents]
    characters = sum(len(document.text) for document in documents)
    stages = {
        "read (bytes → raw text)": lambda: [read_bytes(content, "plan.txt") for content in contents],
        "canonical text (repair, simplify, furniture, breaks)": lambda: [canonicalise(raw) for raw in raws],
        "compile (outline … findings)": lambda: [compile_document(document) for document in documents],
        "write JSON": lambda: [dumps(plan) for plan in plans],
    }
    seconds = {name: median_core_seconds(action) for name, action in stages.items()}
    for name, spent in seconds.items():
        asked = 250_000 if name.startswith("compile") else None
        yield Row(name, characters / spent, "chars/s", asked, at_least=True)
    yield Row("all four", characters / sum(seconds.values()), "chars/s", remark=f"{TEXTS} texts, {characters:,} characters")


def parts() -> Iterator[Row]:
    """Which module keeps the processor how long, by the profiler (its own cost lies on small functions most)."""
    documents = [canonicalise(read_bytes(plan_text(SEED + index).encode(), "plan.txt")) for index in range(TEXTS)]
    profile = cProfile.Profile()
    profile.runcall(lambda: [compile_document(document) for document in documents])
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if "lantu" in file:
            spent[_module(file)] += own
        for (caller, _, _), (_, _, there, _) in callers.items():
            if "lantu" not in file and "lantu" in caller:
                spent[_module(caller)] += there
    total = sum(spent.values())
    for name, seconds in spent.most_common(20):
        yield Row(name, 100 * seconds / total, "%")


def _module(file: str) -> str:
    return Path(file).with_suffix("").as_posix().rpartition("/lantu/")[2].replace("/", ".")


def linear() -> Iterator[Row]:
    """The time of canonical text + compile for ten times the text, over that for the text."""
    spent = {length: median_core_seconds(_whole(length)) for length in (SHORT, LONG)}
    yield Row(f"{SHORT:,} characters", spent[SHORT], "s")
    yield Row(f"{LONG:,} characters", spent[LONG], "s")
    yield Row("ratio", spent[LONG] / spent[SHORT], "×", 11)


def _whole(length: int):  # type: ignore[no-untyped-def]
    content = plan_text(SEED, length).encode()
    return lambda: compile_document(canonicalise(read_bytes(content, "plan.txt")))


def command_line() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder, "plan.txt")
        plan.write_text(plan_text(SEED, 22_000), encoding="utf-8")
        out = str(Path(folder, "plan.json"))
        yield Row("`lantu --help`", _process_seconds(["--help"]), "s", 0.3)
        yield Row("`lantu compile`, 22,000 characters", _process_seconds(["compile", str(plan), "-o", out]), "s", 0.6)
        yield Row("the same as workbook", _process_seconds(["compile", str(plan), "-o", str(Path(folder, "plan.xlsx"))]), "s")
        damaged = next(_SHARED.glob("003_*.txt"), None)
        spent = _process_seconds(["compile", str(damaged), "-o", out]) if damaged else None
        yield Row(
            "`lantu compile`, damaged text of 72,000 characters", spent, "s", 2.5, remark="seed 003" if damaged else "../shared absent"
        )


def _process_seconds(arguments: Sequence[str]) -> float:
    return median_seconds(lambda: subprocess.run([*_COMMAND, *arguments], stdout=subprocess.DEVNULL, check=True))


def memory() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder, "plan.txt")
        plan.write_text(plan_text(SEED, 100_000), encoding="utf-8")
        for name in ("plan.json", "plan.xlsx"):
            process = subprocess.Popen([*_COMMAND, "compile", str(plan), "-o", str(Path(folder, name))], stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise SystemExit(f"lantu compile ended with {process.returncode}")
            peak = usage.ru_maxrss / (MEGABYTE if sys.platform != "darwin" else MEGABYTE**2)
            yield Row(f"100,000 characters → {name[5:]}, peak", peak, "MB", 300)


def folder(count: int = 3_000) -> Iterator[Row]:
    """Also the memory of parent and workers, early and late: it must not grow with the files done."""
    with tempfile.TemporaryDirectory() as place:
        sources, outputs = Path(place, "texts"), Path(place, "plans")
        write_corpus(sources, count, seed=SEED)
        started = time.perf_counter()
        command = [*_COMMAND, "compile", str(sources), "-o", str(outputs), "--jobs", "2"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        samples = list(_watch(process, outputs))
        spent = time.perf_counter() - started
        yield Row(f"{count:,} texts, --jobs 2", spent, "s", 240 * count / 3_000, remark=f"exit code {process.returncode}")
        yield Row("texts a second", count / spent, "1/s")
        yield from _growth(samples, count)
        started = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        yield Row("once more, all outputs standing", time.perf_counter() - started, "s")


def _growth(samples: list[tuple[int, float]], count: int) -> Iterator[Row]:
    early = [size for done, size in samples if count * 0.1 <= done < count * 0.2]
    late = [size for done, size in samples if count * 0.9 <= done]
    if early and late:
        yield Row("memory of all processes, 10–20 % done, peak", max(early), "MB")
        yield Row("memory of all processes, 90–100 % done, peak", max(late), "MB", max(early) * 1.1, remark="at most 10 % more")


def _watch(process: subprocess.Popen[bytes], outputs: Path) -> Iterator[tuple[int, float]]:
    """(outputs done, resident megabytes of the process and its children) while it runs; nothing where /proc is absent."""
    while process.poll() is None:
        time.sleep(0.5)
        if outputs.is_dir() and Path("/proc/self").exists():
            yield sum(1 for _ in outputs.glob("*.json")), sum(map(_resident, _family(process.pid)))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MEGABYTE for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)
