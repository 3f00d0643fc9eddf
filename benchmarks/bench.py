"""How fast, how large: every figure that README gives, measured here, as a table in Markdown.

python benchmarks/bench.py all            # what `make bench` runs; exits 1 where a bound is missed
python benchmarks/bench.py speed|parts|linear|cli|memory|folder|peers [--check]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator

from measures import command_line, folder, linear, memory, parts, speed
from report import Row, table


def _peers() -> Iterator[Row]:
    from peers import peers  # its tools are bench-only dependencies

    return peers()


SUITES: dict[str, tuple[str, Callable[[], Iterable[Row]]]] = {
    "speed": ("Characters a second on clean text, one core, import not counted", speed),
    "parts": ("Where compile spends its time", parts),
    "linear": ("Ten times the text", linear),
    "cli": ("Command line, whole processes", command_line),
    "memory": ("Memory", memory),
    "folder": ("A folder of 3,000 texts of 17,000 characters", folder),
    "peers": ("Beside other tools, same text, same run", _peers),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", choices=[*SUITES, "all"])
    parser.add_argument("--check", action="store_true", help="exit with 1 where a bound is missed (as `all` does)")
    arguments = parser.parse_args()
    missed = False
    for name in SUITES if arguments.suite == "all" else [arguments.suite]:
        title, measure = SUITES[name]
        rows = list(measure())
        print(table(title, rows), flush=True)
        missed |= any(row.missed for row in rows)
    return int(missed and (arguments.check or arguments.suite == "all"))


if __name__ == "__main__":
    sys.exit(main())
