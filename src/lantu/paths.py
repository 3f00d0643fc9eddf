"""Questions about a path that have an answer whatever the path is: too long, below a locked folder, in a circle of links.

``pathlib`` raises where the system will not say; for a tool that is given any name, what cannot be looked at is not there.
"""

from __future__ import annotations

from pathlib import Path


def is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def real(path: Path) -> Path:
    """The path without links; as it stands, made absolute, where links go round in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: what pathlib raises for a circle before Python 3.13
        return path.absolute()


def is_same(one: Path, other: Path) -> bool:
    """Do both names lead to one file that is there?"""
    try:
        return one.samefile(other)
    except OSError:
        return False
