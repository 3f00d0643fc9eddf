"""Make the hash-pinned locks: every file of every pinned release, for any platform and Python from 3.11, and no index lines.

Installs the resolver (uv) into a folder of its own, because no other command of the house needs it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESOLVER = "uv"
# In this order: later ones are constrained by the earlier (`-c` in their .in).
SOURCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("../pyproject.toml", "runtime.txt", ()),
    ("../pyproject.toml", "web.txt", ("--extra=web", "--extra=postgres", "--constraint=runtime.txt")),
    ("build.in", "build.txt", ()),
    ("node.in", "node.txt", ()),
    ("dev.in", "dev.txt", ()),
    ("tables.in", "tables.txt", ()),
    ("bench.in", "bench.txt", ()),
)
OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-config", "--quiet")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        binaries = Path(folder, "Scripts" if os.name == "nt" else "bin")
        subprocess.run([binaries / "python", "-m", "pip", "install", "--quiet", RESOLVER], check=True)
        # Only the public index counts: a machine's own index or folder of files must not get into a lock.
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
        for source, target, extras in SOURCES:
            command = [binaries / "uv", "pip", "compile", *OPTIONS, *extras, *sys.argv[1:], source, "--output-file", target]
            subprocess.run(command, cwd=HERE, check=True, env=environment)
            _refuse_places(HERE / target)


def _refuse_places(lock: Path) -> None:
    """A lock names packages and hashes, and no place."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line.startswith("--") or "://" in line:
            raise SystemExit(f"{lock.name}: a lock must not name a place: {line}")


if __name__ == "__main__":
    main()
