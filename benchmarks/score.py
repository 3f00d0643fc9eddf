"""The seeds, compiled, beside what careful readers found in them; exits 1 below the thresholds in thresholds.toml.

Needs the folder ``shared`` beside the repository; says so and exits 0 where it is absent.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"


def main() -> int:
    if not (SHARED / "bin" / "score.py").is_file():
        print("score: skipped, there is no ../shared with seeds and gold beside this repository")
        return 0
    bounds = tomllib.loads((HERE / "thresholds.toml").read_text(encoding="utf-8"))
    below = [miss for document in bounds.pop("document") for miss in _score(document, bounds)]
    print("\n".join(["score: below the thresholds:", *below]) if below else "score: all thresholds reached")
    return int(bool(below))


def _score(document: Mapping[str, Any], bounds: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Print the report of one document; yields what is below its bound."""
    seed = next((SHARED / "seeds").glob(document["seed"]))
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, "plan.json")
        subprocess.run([sys.executable, "-m", "lantu", "compile", seed, "-o", compiled], check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, SHARED / "bin" / "score.py", compiled, SHARED / "gold" / document["gold"], seed, "--json"]
        report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{document['gold']}")
    for kind, asked in bounds.items():
        if kind in report:
            found = report[kind] | report[kind].get("fields", {})
            yield from _compare(document["gold"], kind, found, {**asked, **document.get(kind, {})})


def _compare(gold: str, kind: str, found: Mapping[str, float], asked: Mapping[str, float]) -> Iterator[str]:
    told = [f"{name} {found[name]:.3f}{'' if found[name] >= bound else f' < {bound}'}" for name, bound in asked.items() if name in found]
    print(f"  {kind:<11}", "  ".join(told), f"(gold {found['gold']}, found {found['found']})")
    for name, bound in asked.items():
        if name in found and found[name] < bound:
            yield f"  {gold}: {kind} {name} is {found[name]:.3f}, asked {bound}"


if __name__ == "__main__":
    sys.exit(main())
