"""Arguments → one call of the library → output and exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lantu import __version__
from lantu.cli.arguments import KEY_VARIABLE, build_parser
from lantu.cli.boundary import complain, emit, tell
from lantu.errors import LantuError, UsageError
from lantu.output import OutputFormat, format_for
from lantu.paths import exists, is_folder, is_same

if TYPE_CHECKING:
    from lantu.assist import Endpoint
    from lantu.batch.compiling import Settings
    from lantu.model import Plan

STDIN = "-"
SEVERAL_REASONS = 1  # the exit code where files failed, and not all for the same class of reason
FINDINGS = 1


def run(argv: Sequence[str] | None = None) -> int:
    arguments = build_parser().parse_args(argv)
    match arguments.command:
        case "compile":
            return _compile(arguments)
        case "schema":
            return _schema()
        case "show":
            return _show(arguments)
        case _:
            return _check(arguments)


def _schema() -> int:
    from lantu.interchange.schema import schema_json

    emit(schema_json().encode())
    return 0


def _compile(arguments: argparse.Namespace) -> int:
    if _is_batch(arguments):
        from lantu.cli.folder import compile_folder

        settings = _settings(arguments, OutputFormat(arguments.format or OutputFormat.JSON))
        return compile_folder(arguments.inputs, arguments.output, settings, jobs=arguments.jobs, seconds=arguments.file_timeout)
    settings = _settings(arguments, _single_format(arguments))
    if arguments.output is not None:
        return _compile_to(arguments.inputs[0], arguments.output, settings)
    return _print_each(arguments, settings)


def _is_batch(arguments: argparse.Namespace) -> bool:
    """Folders always go to a folder; several files do where -o is given."""
    folders = [name for name in arguments.inputs if name != STDIN and is_folder(Path(name))]
    if folders and arguments.output is None:
        raise UsageError("is a folder", file=folders[0], remedy="say where the outputs go: -o OUTDIR 请指定输出目录")
    several = arguments.output is not None and (len(arguments.inputs) > 1 or is_folder(arguments.output))
    if not folders and not several:
        return False
    if STDIN in arguments.inputs:
        raise UsageError("stdin cannot be part of a batch", remedy="save it to a file first 请先存为文件")
    if exists(arguments.output) and not is_folder(arguments.output):
        raise UsageError("is no folder", file=str(arguments.output), remedy="name an output folder with -o OUTDIR 请指定输出目录")
    return True


def _single_format(arguments: argparse.Namespace) -> OutputFormat:
    if arguments.format:
        chosen = OutputFormat(arguments.format)
    else:
        chosen = format_for(arguments.output) if arguments.output else OutputFormat.TABLE
    if chosen is OutputFormat.XLSX and arguments.output is None and (len(arguments.inputs) > 1 or sys.stdout.isatty()):
        raise UsageError("a workbook cannot be printed", remedy="name a file: -o 台账.xlsx 请指定输出文件")
    return chosen


def _settings(arguments: argparse.Namespace, output_format: OutputFormat) -> Settings:
    from lantu.batch.compiling import Settings
    from lantu.cli.limits import limits_from

    text, endpoint = not arguments.no_text, _endpoint(arguments)
    assisted = f" {endpoint.url} {endpoint.model}" if endpoint else ""
    stamp = f"{__version__} {output_format}{'' if text else ' no-text'}{assisted}"
    return Settings(output_format=output_format, text=text, limits=limits_from(arguments), endpoint=endpoint, stamp=stamp)


def _endpoint(arguments: argparse.Namespace) -> Endpoint | None:
    """The only reading of the environment: the assistant's key, which must not stand in a list of processes."""
    if not arguments.assist and not arguments.assist_model:
        return None
    if not (arguments.assist and arguments.assist_model):
        raise UsageError("--assist and --assist-model go together", remedy="give both 请同时给出接口地址和模型名称")
    from lantu.assist import Endpoint

    key = os.environ.get(KEY_VARIABLE) or None
    return Endpoint(url=arguments.assist, model=arguments.assist_model, key=key, timeout_seconds=arguments.assist_timeout)


def _compile_to(name: str, output: Path, settings: Settings) -> int:
    from lantu.output import render, write_whole

    if name != STDIN and is_same(Path(name), output):
        raise UsageError("would overwrite its own source", file=name, remedy="choose another -o 请更换输出文件")
    plan = _plan(name, settings)
    write_whole(output, render(plan, settings.output_format, text=settings.text))
    tell(str(output))
    return 0


def _print_each(arguments: argparse.Namespace, settings: Settings) -> int:
    from lantu.output import render
    from lantu.terminal import render_table

    failures: list[LantuError] = []
    for plan in _plans(arguments.inputs, settings, failures):
        if settings.output_format is OutputFormat.TABLE:
            emit(render_table(plan).encode("utf-8", "backslashreplace"))  # as wide as the terminal
        else:
            emit(render(plan, settings.output_format, text=settings.text))
    return exit_code_of([failure.exit_code for failure in failures])


def _show(arguments: argparse.Namespace) -> int:
    from lantu.terminal import render_show

    failures: list[LantuError] = []
    for plan in _plans(arguments.inputs, _reading_settings(arguments), failures):
        emit(render_show(plan).encode("utf-8", "backslashreplace"))
    return exit_code_of([failure.exit_code for failure in failures])


def _check(arguments: argparse.Namespace) -> int:
    from lantu.model import Severity
    from lantu.terminal import render_check

    failures: list[LantuError] = []
    serious = False
    for plan in _plans(arguments.inputs, _reading_settings(arguments), failures):
        emit(render_check(plan).encode("utf-8", "backslashreplace"))
        serious |= any(finding.severity is not Severity.NOTE for finding in plan.findings)
    return exit_code_of([failure.exit_code for failure in failures]) or (FINDINGS if serious else 0)


def exit_code_of(codes: Sequence[int]) -> int:
    """0 where nothing failed, the one code where all failures are of one class, else ``SEVERAL_REASONS``."""
    classes = set(codes)
    return classes.pop() if len(classes) == 1 else SEVERAL_REASONS if classes else 0


def _reading_settings(arguments: argparse.Namespace) -> Settings:
    from lantu.batch.compiling import Settings
    from lantu.cli.limits import limits_from

    return Settings(output_format=OutputFormat.TABLE, text=True, limits=limits_from(arguments), endpoint=None, stamp="")


def _plans(names: Sequence[str], settings: Settings, failures: list[LantuError]) -> Iterator[Plan]:
    """The plans that could be read; a file that cannot is told at once and noted, and the others go on."""
    for name in names:
        try:
            plan = _plan(name, settings)
        except LantuError as error:
            complain(str(error))
            failures.append(error)
        else:
            yield plan


def _plan(name: str, settings: Settings) -> Plan:
    from lantu.batch.compiling import compile_raw, compile_source

    if name == STDIN:
        from lantu.readers import read_bytes

        limit = settings.limits.file_bytes
        data = sys.stdin.buffer.read(limit + 1)
        plan, warning = compile_raw(read_bytes(data, "stdin", settings.limits), settings)
    else:
        plan, warning = compile_source(Path(name), settings)
    if warning:
        complain(f"warning: {warning}")
    return plan
