"""The habits of the house, held by tests: what a reader of any file may rely on."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY, SITE = ROOT / "src" / "lantu", ROOT / "src" / "lantu_web"
MODULES = sorted(LIBRARY.rglob("*.py"))
SITE_MODULES = sorted(path for path in SITE.rglob("*.py") if "migrations" not in path.parts)
SURFACES = ("cli", "batch", "assist")  # what runs, waits and speaks; all the rest is pure
# Written so that this file does not meet itself: a class of one letter stands for the letter.
PLACES = re.compile(r"(?<![\w.])/(?:wor[k]|tm[p]|roo[t]|op[t]|home/\w+|Users/\w+)/")
HOSTS = re.compile(r"pyp[i]\.org|pythonhoste[d]|registry\.npmj[s]|deb\.debia[n]|file:/{3}|(?:mirror|index)s?\.[\w.]+/simple")
MAKING = re.compile(
    r"\b(?:claud[e]|anthropi[c]|chatgp[t]|copilo[t]|subagen[t]s?|codin[g] agents?|holdou[t]s?|co-authore[d]-by)\b", re.IGNORECASE
)
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b")


@cache
def tracked() -> tuple[Path, ...]:
    """The files that a clone has."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("no git here: the files of the project cannot be told from others")
    return tuple(path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file())


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # samples in binary formats, and texts in other encodings on purpose


def offences(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "pattern", [PLACES, HOSTS, MAKING, UNFINISHED], ids=["machine paths", "registries", "how it was made", "unfinished"]
)
def test_no_file_speaks_of_machines_registries_its_making_or_of_what_is_missing(pattern: re.Pattern[str]) -> None:
    assert offences(pattern) == []


def test_no_commit_speaks_of_them_either() -> None:
    log = subprocess.run(["git", "log", "--format=%s%n%b"], cwd=ROOT, capture_output=True, check=False)
    if log.returncode:
        pytest.skip("no git here")
    told = log.stdout.decode()
    assert [line for pattern in (PLACES, HOSTS, MAKING) for line in told.splitlines() if pattern.search(line)] == []


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def is_surface(path: Path) -> bool:
    return path.relative_to(LIBRARY).parts[0] in SURFACES


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def test_only_the_command_line_prints() -> None:
    printing = [
        where(path, node)
        for path in MODULES
        if path.relative_to(LIBRARY).parts[0] != "cli"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input", "breakpoint")
    ]
    assert printing == []


IMPURE = {
    "os.environ",
    "os.getenv",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.localtime",
    "random.random",
}


def test_the_library_knows_neither_clock_nor_environment_nor_chance() -> None:
    """The same bytes give the same plan: today, tomorrow, and on any machine."""
    impure = [
        f"{where(path, node)}: {ast.unparse(node)}"
        for path in MODULES
        if not is_surface(path)
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Attribute) and ast.unparse(node).removeprefix("datetime.") in IMPURE)
        or (isinstance(node, ast.Import | ast.ImportFrom) and "random" in [alias.name for alias in node.names])
    ]
    assert impure == []


# Where the process meets a user, and where one file of many must not stop the others: (file, times).
CATCHING_ALL = {"cli/boundary.py": 1, "batch/compiling.py": 1}


CLOCKS = {"datetime.now", "datetime.today", "date.today", "timezone.now", "timezone.localdate", "timezone.localtime"}


def test_the_site_reads_the_clock_in_one_place_and_the_environment_in_one() -> None:
    found = {
        (path.relative_to(SITE).as_posix(), ast.unparse(node))
        for path in SITE_MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node).removeprefix("datetime.") in CLOCKS | {"os.environ", "os.getenv"}
    }
    places = {"lib/clock.py", "settings/env.py", "settings/test.py", "wsgi.py", "__main__.py"}
    assert {told for told in found if told[0] not in places} == set()


def test_the_site_catches_every_exception_by_name() -> None:
    """Whoever catches all, to clean up behind it, raises it again."""
    assert [
        where(path, node)
        for path in SITE_MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        if ast.unparse(node.body[-1]) != "raise"
    ] == []


def test_views_build_no_querysets() -> None:
    """Reads have names, in queries: a view that builds one answers for rights that nobody tests."""
    building = re.compile(r"\.objects\b|\.filter\(|\.exclude\(|\.annotate\(")
    surfaces = [path for name in ("office/views", "api") for path in (SITE / name).rglob("*.py")]
    assert [path.relative_to(SITE).as_posix() for path in surfaces if building.search(path.read_text(encoding="utf-8"))] == []


def test_every_exception_is_caught_by_name() -> None:
    caught: dict[str, int] = {}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")):
                name = path.relative_to(LIBRARY).as_posix()
                caught[name] = caught.get(name, 0) + 1
    assert caught == CATCHING_ALL


def functions(modules: list[Path]) -> Iterator[tuple[str, int]]:
    """(place, lines of its body without the docstring) of every function in them."""
    for path in modules:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                yield f"{where(path, node)} {node.name}", (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("modules", [MODULES, SITE_MODULES], ids=["library", "site"])
def test_functions_are_short(modules: list[Path]) -> None:
    """Median at most 8 lines, nine of ten at most 30, none over 60: what the calm code bases measure."""
    lengths = sorted(length for _, length in functions(modules))
    assert statistics.median(lengths) <= 8
    assert lengths[len(lengths) * 9 // 10] <= 30
    assert [told for told in functions(modules) if told[1] > 60] == []


def test_files_are_short() -> None:
    every = (*MODULES, *SITE_MODULES)
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in every}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def test_no_module_is_a_drawer_for_the_rest() -> None:
    drawers = {"util", "utils", "helper", "helpers", "misc", "common", "shared", "stuff", "tools"}
    modules = (*MODULES, *SITE_MODULES)
    assert [path.relative_to(ROOT).as_posix() for path in modules if drawers & {*path.relative_to(ROOT).parent.parts, path.stem}] == []


def test_every_module_says_what_it_is_for() -> None:
    modules = (*MODULES, *SITE_MODULES)
    assert [path.relative_to(ROOT).as_posix() for path in modules if path.stat().st_size and not ast.get_docstring(tree(path))] == []


@pytest.mark.parametrize("pattern", [r"#\s*noqa(?!: [A-Z]+\d)", r"#\s*type: ignore(?!\[)"], ids=["noqa", "type: ignore"])
def test_every_silenced_check_is_named(pattern: str) -> None:
    silenced = re.compile(pattern)
    python = [path for path in tracked() if path.suffix == ".py" and path != Path(__file__)]
    assert [path.relative_to(ROOT).as_posix() for path in python if silenced.search(path.read_text(encoding="utf-8"))] == []


def test_every_data_file_goes_into_the_package() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    for package in (LIBRARY, SITE):
        data = [path for path in tracked() if package in path.parents and path.suffix != ".py" and "static" not in path.parts]
        patterns = declared[package.name]
        assert [path.name for path in data if not any(fnmatch(path.name, pattern.removeprefix("**/")) for pattern in patterns)] == []


def test_every_class_of_error_has_its_exit_code_and_the_help_tells_it() -> None:
    from lantu import errors
    from lantu.cli.arguments import build_parser

    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.LantuError)]
    codes = [kind.exit_code for kind in classes]
    assert len(set(codes)) == len(codes)
    told = set(map(int, re.findall(r"(?<!\d)(\d+) [a-z]", build_parser().epilog or "")))
    assert set(codes) <= told
