"""Which files a batch compiles, and where each output goes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lantu.errors import UsageError
from lantu.paths import is_file, is_folder, real

# What an office keeps documents in: those that are read, and those whose reader says how to convert them. Other files of a
# folder (pictures, style sheets of saved pages …) are nobody's plan.
DOCUMENT_SUFFIXES = frozenset(
    (
        *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml", ".pdf", ".csv", ".tsv"),
        *(".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx"),
        *(".doc", ".dot", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods", ".xlsb", ".ofd", ".ceb", ".caj"),
    )
)


@dataclass(frozen=True, slots=True)
class Job:
    """Compile ``source`` into ``output``."""

    source: Path
    output: Path


def plan_jobs(
    inputs: Collection[Path], outdir: Path, *, extension: str, onerror: Callable[[OSError], object] | None = None
) -> tuple[Job, ...]:
    """One job for each file, folders searched for documents; sorted, so that two runs agree.

    An output bears its source's name with ``extension`` instead of its own; where two sources differ only in theirs
    (纲要.docx, 纲要.pdf), the whole name is kept (纲要.docx.json). ``onerror`` is told of folders that cannot be listed, as
    with ``os.walk``. Raises UsageError where an input does not exist, and where an output would fall on a source.
    """
    found = {source: relative for top in inputs for source, relative in _files(top, real(outdir), onerror)}
    stems = Counter(relative.with_suffix("") for relative in found.values())
    names = {source: _output_name(relative, extension, alone=stems[relative.with_suffix("")] == 1) for source, relative in found.items()}
    _refuse_clashes(names)
    _refuse_own_sources(names, outdir)
    return tuple(Job(source, outdir / names[source]) for source in sorted(found))


def _files(top: Path, outdir: Path, onerror: Callable[[OSError], object] | None) -> Iterator[tuple[Path, Path]]:
    """(file, its name below ``top``) of the documents; hidden files and an output folder inside ``top`` are left alone."""
    if not is_folder(top):
        _refuse_missing(top)
        yield top, Path(top.name)
        return
    if real(top) == outdir:
        raise UsageError("is also the folder of the outputs", file=str(top), remedy="choose another -o OUTDIR 请更换输出目录")
    for folder, folders, files in os.walk(top, onerror=onerror):
        folders[:] = [name for name in folders if not _is_hidden(name) and real(Path(folder, name)) != outdir]
        for name in files:
            path = Path(folder, name)
            if not _is_hidden(name) and path.suffix.lower() in DOCUMENT_SUFFIXES and _may_be_file(path):
                yield path, path.relative_to(top)


def _refuse_missing(top: Path) -> None:
    try:
        top.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError("no such file or folder", file=str(top), remedy="check the path 请检查路径") from None
    except OSError:  # it may be there, but not be looked at: its reader tells
        return


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _may_be_file(path: Path) -> bool:
    """No pipe, device or link to a folder or to nowhere; a file that may not be looked at is told where it is read."""
    return is_file(path) or not os.access(path.parent, os.X_OK)


def _output_name(relative: Path, extension: str, *, alone: bool) -> Path:
    return relative.with_suffix(extension) if alone else relative.with_name(relative.name + extension)


def _refuse_clashes(names: dict[Path, Path]) -> None:
    owners: dict[Path, Path] = {}
    for source, name in names.items():
        other = owners.setdefault(name, source)
        if other != source:
            raise UsageError(f"would write the same output as {other}", file=str(source), remedy="compile them into two folders 请分开输出")


def _refuse_own_sources(names: dict[Path, Path], outdir: Path) -> None:
    """A plan must never be overwritten by its ledger (纲要.md compiled as Markdown into the folder where it lies)."""
    sources = {real(source): source for source in names}
    for name in names.values():
        overwritten = sources.get(real(outdir / name))
        if overwritten is not None:
            raise UsageError("would be overwritten by an output", file=str(overwritten), remedy="choose another -o OUTDIR 请更换输出目录")
