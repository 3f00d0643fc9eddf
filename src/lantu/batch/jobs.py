"""Which files a batch compiles, and where each output goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lantu.errors import UsageError

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


def plan_jobs(inputs: Collection[Path], outdir: Path, *, extension: str) -> tuple[Job, ...]:
    """One job for each file, folders searched for documents; sorted, so that two runs agree.

    An output bears its source's name with ``extension`` instead of its own; where two sources differ only in theirs
    (纲要.docx, 纲要.pdf), the whole name is kept (纲要.docx.json). Raises UsageError where an input does not exist.
    """
    found = {source: relative for top in inputs for source, relative in _files(top, outdir.resolve())}
    stems = Counter(relative.with_suffix("") for relative in found.values())
    names = {source: _output_name(relative, extension, alone=stems[relative.with_suffix("")] == 1) for source, relative in found.items()}
    _refuse_clashes(names)
    return tuple(Job(source, outdir / names[source]) for source in sorted(found))


def _files(top: Path, outdir: Path) -> Iterator[tuple[Path, Path]]:
    """(file, its name below ``top``) of the documents; hidden files and the output folder are left alone."""
    if top.is_file():
        yield top, Path(top.name)
        return
    if not top.is_dir():
        raise UsageError("no such file or folder", file=str(top), remedy="check the path 请检查路径")
    for path in top.rglob("*"):
        relative = path.relative_to(top)
        hidden = any(part.startswith((".", "~$")) for part in relative.parts)
        if not hidden and path.suffix.lower() in DOCUMENT_SUFFIXES and path.is_file() and outdir not in path.resolve().parents:
            yield path, relative


def _output_name(relative: Path, extension: str, *, alone: bool) -> Path:
    return relative.with_suffix(extension) if alone else relative.with_name(relative.name + extension)


def _refuse_clashes(names: dict[Path, Path]) -> None:
    owners: dict[Path, Path] = {}
    for source, name in names.items():
        other = owners.setdefault(name, source)
        if other != source:
            raise UsageError(f"would write the same output as {other}", file=str(source), remedy="compile them into two folders 请分开输出")
