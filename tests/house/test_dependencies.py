"""What is imported is declared, what is declared is imported, and all of it is pinned by hash."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
OWN = {"lantu", "lantu_web", "lantu_client", "tests", "samples", "benchmarks", "tools"}
# Imported by nobody: commands, plug-ins named in settings, and what a declared package needs beside itself.
COMMANDS = {"import-linter", "mypy", "ruff", "django-stubs", "pytest-xdist", "types-openpyxl", "types-requests"}
BACKENDS = {"onnxruntime"}  # asked for by name before rapidocr is loaded, which has no engine of its own
NAMED_IN_SETTINGS = {"django-axes", "django-htmx", "django-tasks-db", "psycopg", "whitenoise"}


@cache
def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names(requirements: Iterable[str]) -> set[str]:
    """Names of distributions, normalised: ``XlsxWriter>=3.2`` → ``xlsxwriter``."""
    return {normalised(re.split(r"[<>=!~; \[]", line, maxsplit=1)[0]) for line in requirements}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(source: str) -> set[str]:
    lines = (REQUIREMENTS / source).read_text(encoding="utf-8").splitlines()
    return names(line for line in lines if line and not line.startswith(("#", "-")))


def imported(folder: str) -> dict[str, str]:
    """Distribution → one file that imports it, for all that is neither ours nor the standard library's."""
    known = packages_distributions()
    found: dict[str, str] = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        for package in packages(ast.parse(path.read_text(encoding="utf-8"))) - sys.stdlib_module_names - OWN:
            for distribution in known.get(package, [package]):
                found[normalised(distribution)] = path.relative_to(ROOT).as_posix()
    return found


def packages(module: ast.Module) -> set[str]:
    """First names of what a module imports, anywhere in it."""
    whole = (alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names)
    parts = (node.module or "" for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and not node.level)
    return {name.partition(".")[0] for name in (*whole, *parts)}


def optional(*extras: str) -> set[str]:
    return {name for extra in extras for name in names(project()["optional-dependencies"][extra])}


def test_the_library_imports_what_it_declares_and_declares_what_it_imports() -> None:
    assert set(imported("src/lantu")) | BACKENDS == names(project()["dependencies"]) | optional("ocr")


def test_the_site_imports_what_it_declares_and_declares_what_it_imports() -> None:
    assert set(imported("src/lantu_web")) | NAMED_IN_SETTINGS == optional("web", "postgres")


def test_the_client_imports_what_it_declares_and_declares_what_it_imports() -> None:
    assert set(imported("src/lantu_client")) == optional("client")


@pytest.mark.parametrize("folder", ["tests", "samples"])
def test_tests_and_samples_import_what_the_locks_install(folder: str) -> None:
    declared = names(project()["dependencies"]) | optional("web") | asked("dev.in")
    assert {name: path for name, path in imported(folder).items() if name not in declared} == {}


def test_no_tool_is_declared_that_nobody_uses() -> None:
    assert asked("dev.in") - set(imported("tests")) - set(imported("samples")) - set(imported("tools")) == COMMANDS


def lines_of(lock: Path) -> list[str]:
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_place(lock: Path) -> None:
    lines = lines_of(lock)
    assert lines
    assert [line for line in lines if not re.match(r"[\w.-]+==\S+(?: ;[^#]*?)?\s+--hash=sha256:[0-9a-f]{64}", line)] == []
    assert "://" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wanted", "lock"),
    [
        pytest.param(names(project()["dependencies"]), "runtime.txt", id="runtime"),
        pytest.param(optional("web", "postgres"), "web.txt", id="web"),
        *(pytest.param(asked(path.name), f"{path.stem}.txt", id=path.stem) for path in sorted(REQUIREMENTS.glob("*.in"))),
    ],
)
def test_every_package_that_is_asked_for_is_locked(wanted: set[str], lock: str) -> None:
    assert wanted - {normalised(line.partition("==")[0]) for line in lines_of(REQUIREMENTS / lock)} == set()
