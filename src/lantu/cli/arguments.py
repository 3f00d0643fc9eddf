"""The grammar of the command line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from lantu import __version__
from lantu.cli.limits import add_limit_options, positive
from lantu.output import OutputFormat

_DESCRIPTION = """\
Lantu (蓝图) reads a Chinese government plan into a grounded ledger: its outline, goals and indicators, tasks,
projects, mechanisms and zones, each with the place in the text where it stands.
读规划、列台账:目标指标、任务举措、重大项目、机制平台、四至范围,条条有出处。"""

_EXIT_CODES = """\
exit codes 退出码:
  0 done   1 check: findings of severity warning or error; compile: files failed for several reasons
  2 wrong call   3 file unreadable   4 kind of file not supported   5 over a limit   6 no Chinese plan
  7 optional extra missing   8 assistant   70 defect in lantu   130 interrupted   141 reader gone"""

_FORMATS = ("txt", "md", "html", "docx", "pdf", "xlsx", "csv")
KEY_VARIABLE = "LANTU_ASSIST_KEY"


def build_parser() -> argparse.ArgumentParser:
    parser = _parser(argparse.ArgumentParser, prog="lantu", description=_DESCRIPTION, epilog=_EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"lantu {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands 命令")
    _add_compile(commands)
    _add_readers(commands)
    commands.add_parser("schema", help="print the JSON Schema of the plan format 输出数据格式", allow_abbrev=False)
    return parser


def _parser(make: type[argparse.ArgumentParser], **options: str) -> argparse.ArgumentParser:
    return make(formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options)  # type: ignore[arg-type]


def _add_compile(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "compile",
        help="read files into plans 编译规划",
        description="Read files, or whole folders with -o OUTDIR, into plans.\n"
        "A folder run that was stopped goes on where it was: outputs that stand for the same source are skipped.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "inputs", nargs="+", type=_name, metavar="FILE", help=f"files ({', '.join(_FORMATS)}), folders, or - for stdin 文件或目录"
    )
    formats = [output_format.value for output_format in OutputFormat]
    parser.add_argument("-f", "--format", choices=formats, help="default: by the suffix of OUT, else table; json for folders 输出格式")
    parser.add_argument(
        "-o", "--output", type=_path, metavar="OUT", help="output file; output folder for folders and several files 输出位置"
    )
    parser.add_argument("--no-text", action="store_true", help="leave the canonical text out of json 不含正文")
    folder = parser.add_argument_group("folders 批量")
    folder.add_argument("-j", "--jobs", type=positive, metavar="N", default=1, help="worker processes 并行进程数 (default: 1)")
    folder.add_argument(
        "--file-timeout", type=positive, metavar="SECONDS", default=600, help="most for one file 单个文件时限 (default: 600)"
    )
    _add_assist(parser)
    add_limit_options(parser)


def _add_readers(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    show = "outline with counts, figures and findings 目录、指标与问题"
    check = "findings only; exit code 1 where one is a warning or an error 只列问题"
    for name, told in (("show", show), ("check", check)):
        parser = commands.add_parser(name, help=told, description=told, allow_abbrev=False)
        parser.add_argument("inputs", nargs="+", type=_name, metavar="FILE", help="file, or - for stdin 文件")
        add_limit_options(parser)


def _add_assist(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "assistant 辅助", f"off unless given; candidates that do not stand in the text are thrown away; key in {KEY_VARIABLE}"
    )
    group.add_argument("--assist", metavar="URL", type=_http_url, help="OpenAI-compatible endpoint, e.g. http://localhost:8080/v1 接口")
    group.add_argument("--assist-model", metavar="NAME", help="its model 模型名称")
    group.add_argument("--assist-timeout", metavar="SECONDS", type=positive, default=60, help="most time for one answer (default: 60)")


def _name(text: str) -> str:
    """An empty name is a variable that was not set; as a path it would be the folder where one stands."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty 文件名为空")
    return text


def _path(text: str) -> Path:
    return Path(_name(text))


def _http_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no http(s) address")
    return text
