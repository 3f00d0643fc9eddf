"""The one catalogue of Chinese words on screens: what the code asks for, what is missing, what nobody asks for any more.

``messages.py add < table.tsv`` takes lines ``English msgid<TAB>中文`` (or ``msgid<TAB>中文<TAB>msgid for many``; ``\\n`` stands for a new
line), ``missing`` and ``stale`` list by line, ``prune`` removes the stale ones, ``compile`` makes the file that Django reads. English
needs no catalogue: the msgids are English.
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SITE = Path(__file__).resolve().parents[1] / "src" / "lantu_web"
CATALOGUE = SITE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = """# 界面用语。Words of the screens; kept by tools/messages.py, sorted by their English.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Wanted(NamedTuple):
    """A message that some file asks for; ``plural`` and ``context`` are empty where there are none."""

    msgid: str
    plural: str = ""
    context: str = ""


def wanted(site: Path = SITE) -> dict[Wanted, str]:
    """Every message that templates and code ask for, with one file that asks."""
    return {message: path.relative_to(site).as_posix() for path in _sources(site) for message in messages_of(path)}


def messages_of(path: Path) -> Iterator[Wanted]:
    """The messages of one template or module."""
    text = path.read_text(encoding="utf-8")
    code = _template_as_code(text, path) if path.suffix == ".html" else "\n".join((text, *_within_f_strings(text)))
    for _, found, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        parts = found if isinstance(found, tuple) else (found,)
        if parts[0]:
            yield Wanted(parts[0], parts[1] if len(parts) > 1 else "", context or "")


def _within_f_strings(text: str) -> Iterator[str]:
    """What stands in the braces of f-strings, which the extractor takes for mere text before Python 3.12."""
    strings = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.JoinedStr))
    return (ast.unparse(value.value) for string in strings for value in string.values if isinstance(value, ast.FormattedValue))


def _sources(site: Path) -> list[Path]:
    found = [path for suffix in ("*.py", "*.html") for path in site.rglob(suffix)]
    return sorted(path for path in found if not {"migrations", "static"} & set(path.relative_to(site).parts))


def _template_as_code(text: str, path: Path) -> str:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())


def catalogue(path: Path = CATALOGUE) -> Catalog:
    """What is translated; empty where there is no file yet."""
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def translated(found: Catalog) -> dict[Wanted, str]:
    return {
        Wanted(*(message.id if isinstance(message.id, tuple) else (message.id, "")), message.context or ""): _first(message.string)
        for message in found
        if message.id and _first(message.string)
    }


def _first(string: str | tuple[str, ...] | list[str]) -> str:
    return string if isinstance(string, str) else string[0]


def missing() -> dict[Wanted, str]:
    """What is asked for and not translated, with one file that asks for it."""
    known = translated(catalogue())
    return {message: path for message, path in wanted().items() if message not in known}


def stale() -> list[Wanted]:
    """What is translated and nobody asks for."""
    asked = wanted()
    return [message for message in translated(catalogue()) if message not in asked]


def unlike() -> list[Wanted]:
    """Translations whose placeholders are not those of the English."""
    return [message for message, chinese in translated(catalogue()).items() if not _fills_alike(message, chinese)]


def _fills_alike(message: Wanted, chinese: str) -> bool:
    return set(PLACEHOLDER.findall(message.plural or message.msgid)) == set(PLACEHOLDER.findall(chinese))


def add(lines: list[str]) -> int:
    """Take over lines of ``msgid<TAB>中文[<TAB>plural]``; how many were new or changed. A line of another shape raises ValueError."""
    rows = [_row(line) for line in lines if line.strip()]
    with _alone():
        found = catalogue()
        known = translated(found)
        fresh = [(message, chinese) for message, chinese in rows if known.get(message) != chinese]
        for message, chinese in fresh:
            found.delete(message.msgid, message.context or None)
            if message.plural:
                found.add((message.msgid, message.plural), (chinese,), context=message.context or None)
            else:
                found.add(message.msgid, chinese, context=message.context or None)
        _write(found)
    return len(fresh)


def _row(line: str) -> tuple[Wanted, str]:
    cells = [cell.strip().replace("\\n", "\n") for cell in line.rstrip("\n").split("\t")]
    if len(cells) not in (2, 3) or not cells[0] or not cells[1]:
        raise ValueError(f"expected msgid<TAB>中文, or msgid<TAB>中文<TAB>msgid for many: {line!r}")
    context, _, msgid = cells[0].rpartition("\x04")
    message = Wanted(msgid, cells[2] if len(cells) == 3 else "", context)
    if not _fills_alike(message, cells[1]):
        raise ValueError(f"the placeholders differ: {line!r}")
    return message, cells[1]


def prune() -> int:
    """Remove what nobody asks for; how many that were."""
    with _alone():
        found, old = catalogue(), stale()
        for message in old:
            found.delete(message.msgid, message.context or None)
        _write(found)
    return len(old)


def compile_() -> Path:
    """The .mo beside the .po."""
    target = CATALOGUE.with_suffix(".mo")
    buffer = io.BytesIO()
    write_mo(buffer, catalogue())
    _replace(target, buffer.getvalue())
    return target


def _write(found: Catalog) -> None:
    buffer = io.BytesIO()
    write_po(buffer, found, width=0, omit_header=True, no_location=True, sort_output=True)
    _replace(CATALOGUE, HEADER.encode() + buffer.getvalue())
    compile_()


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


@contextmanager
def _alone() -> Iterator[None]:
    """One writer at a time."""
    import fcntl

    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(CATALOGUE.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _told(message: Wanted) -> str:
    cells = [f"{message.context}\x04{message.msgid}" if message.context else message.msgid, "", message.plural]
    return "\t".join(cell.replace("\n", "\\n") for cell in cells).rstrip()


def main(arguments: list[str]) -> int:
    """The exit code: 1 where something is missing or stale, 2 for a wrong call."""
    match arguments:
        case ["add"]:
            print(f"{add(sys.stdin.readlines())} new or changed")
        case ["missing"]:
            found = missing()
            for message, path in found.items():
                print(f"{_told(message)}\t# {path}")
            return int(bool(found))
        case ["stale"]:
            old = stale()
            print("".join(f"{_told(message)}\n" for message in old), end="")
            return int(bool(old))
        case ["prune"]:
            print(f"{prune()} removed")
        case ["compile"]:
            print(compile_())
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
