"""Fill the store of translated patterns (``lantu.pattern_store``) with what the samples need: every run begins the quicker for it."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from lantu.cli.commands import run
from lantu.pattern_store import keep

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FORMATS = (".txt", ".md", ".html", ".docx", ".pdf")


def main() -> int:
    plans = sorted(path for path in SAMPLES.iterdir() if path.name.startswith("yunxi-") and path.suffix in FORMATS)
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        for plan in plans:
            for ending in ("json", "xlsx"):
                run(["compile", str(plan), "-o", str(Path(folder, f"plan.{ending}"))])
    keep()
    return 0


if __name__ == "__main__":
    sys.exit(main())
