"""Lantu (蓝图): any document → a grounded plan.

    import lantu
    plan = lantu.compile_file("纲要.docx")
    print(plan.coverage, [target.subject for target in plan.targets])
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lantu.model import Plan

__all__ = ["compile_file"]
__version__ = "0.1.0"


def compile_file(path: str | PathLike[str]) -> Plan:
    """Read and compile one file.

    Raises a subclass of ``lantu.errors.LantuError`` that names the file, the place and the remedy.
    """
    from lantu.compile import compile_document
    from lantu.readers import read
    from lantu.text.canonical import canonicalise

    return compile_document(canonicalise(read(Path(path))))
