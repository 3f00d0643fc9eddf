"""The command line from outside: what stands on stdout, what on stderr, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.corpus import plan_text

import lantu
from lantu.cli import main
from lantu.cli.limits import LIMIT_OPTIONS, byte_count, positive
from lantu.readers import Limits

CLEAN = plan_text(3, 1_500)
ENGLISH = "This is a novel about a lake and the people who live around it. " * 60


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "云溪.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, with only these variables set."""
    command = [sys.executable, "-X", "dev", "-W", "error", "-m", "lantu", *map(str, arguments)]
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "PYTHONPATH")}
    return subprocess.run(command, input=stdin, capture_output=True, env=inherited | environment, check=False)


def told(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert told(capsys) == (f"lantu {lantu.__version__}\n", "")


def test_help_speaks_both_languages_and_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out, err = told(capsys)
    assert err == ""
    assert "条条有出处" in out
    assert "5 over a limit" in out
    for command in ("compile", "show", "check", "schema"):
        assert main([command, "--help"]) == 0


def test_help_imports_nothing_heavy() -> None:
    """`lantu --help` must answer at once; each of these costs tens of milliseconds."""
    heavy = {"lxml", "pypdfium2", "python_calamine", "cchardet", "xlsxwriter", "rich", "multiprocessing", "ssl", "http.client"}
    script = "import sys; from lantu.cli import main; code = main(['--help']); print(code, *sys.modules, sep='\\n', file=sys.stderr)"
    code, *modules = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stderr.split()
    assert code == "0"
    assert heavy & set(modules) == set()
    assert [name for name in modules if name.startswith(("lantu.compile", "lantu.readers", "lantu.language", "lantu.text"))] == []


def test_the_schema_is_json_and_names_the_format(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsysbinary.readouterr().out)
    assert schema["properties"]["format"] == {"const": "lantu.plan/1"}


def test_compile_prints_the_plan_format(plan: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["compile", str(plan), "--format", "json"]) == 0
    out, err = capsysbinary.readouterr()
    compiled = json.loads(out)
    assert err == b""
    assert (compiled["format"], compiled["source"]["file"]) == ("lantu.plan/1", "云溪.txt")
    assert compiled["targets"]


def test_without_text_only_the_text_is_missing(plan: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["compile", str(plan), "--format", "json"])
    whole = json.loads(capsysbinary.readouterr().out)
    main(["compile", str(plan), "--format", "json", "--no-text"])
    assert json.loads(capsysbinary.readouterr().out) == {key: value for key, value in whole.items() if key != "text"}


def test_the_same_from_python_in_three_lines(plan: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from lantu.interchange.plan_json import plan_to_dict

    main(["compile", str(plan), "--format", "json"])
    assert json.loads(capsysbinary.readouterr().out) == json.loads(json.dumps(plan_to_dict(lantu.compile_file(plan))))


@pytest.mark.parametrize(("name", "start"), [("out.json", b"{"), ("out.xlsx", b"PK"), ("out.md", b"# "), ("新建/out.txt", b"")])
def test_the_output_s_suffix_chooses_the_format(plan: Path, name: str, start: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    target = plan.parent / name
    assert main(["compile", str(plan), "-o", str(target)]) == 0
    assert target.read_bytes().startswith(start)
    assert target.stat().st_size > 500
    assert told(capsys) == (f"{target}\n", "")


@pytest.mark.parametrize("arguments", [["compile"], ["compile", "--format", "md"], ["show"], ["check"]])
def test_what_is_printed_is_chinese_in_utf8(plan: Path, arguments: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main([*arguments, str(plan)])
    assert "规划" in capsysbinary.readouterr().out.decode("utf-8")


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "zh_CN.GBK"])
def test_utf8_whatever_the_locale(plan: Path, locale: str) -> None:
    done = run("show", plan, LC_ALL=locale, PYTHONIOENCODING="ascii", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "规划" in done.stdout.decode("utf-8")


def test_stdin_is_a_file_like_any_other() -> None:
    done = run("compile", "-", "--format", "json", stdin=CLEAN.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["text"].startswith(CLEAN.splitlines()[0])


def test_check_ends_with_0_for_notes_and_1_for_worse(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    from lantu.model import Finding, Severity, Span

    compiled = lantu.compile_file(plan)
    for severity, code in ((None, 0), (Severity.NOTE, 0), (Severity.WARNING, 1), (Severity.ERROR, 1)):
        where = {"section": None, "span": Span(0, 1), "raw_span": Span(0, 1)}
        findings = (Finding(code="x", severity=severity, message="问题", **where),) if severity else ()
        monkeypatch.setattr("lantu.cli.commands._plan", lambda *_, findings=findings: replace(compiled, findings=findings))
        assert main(["check", str(plan)]) == code, severity


BAD = {
    "empty": ("a.txt", b"", 3),
    "binary": ("a.txt", bytes(range(256)) * 40, 3),
    "not what its name says": ("a.pdf", b"hello", 3),
    "cut off": ("a.docx", b"PK\x03\x04" + b"\0" * 30, 3),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 4),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, 4),
    "another language": ("a.txt", ENGLISH.encode(), 6),
}


@pytest.mark.parametrize(("name", "content", "code"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("command", ["compile", "show", "check"])
def test_bad_input_is_one_line_with_file_and_remedy(
    tmp_path: Path, command: str, name: str, content: bytes, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert main([command, str(path)]) == code
    out, err = told(capsys)
    assert out == ""
    assert err.startswith(f"lantu: {path}")
    assert err.count("\n") == 1
    assert " — " in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compile", "none.txt"], "no such file"),
        (["compile", "none.txt", "-o", "plan.doc"], "names no output format"),
        (["compile", "{plan}", "-o", "{plan}"], "would overwrite its own source"),
        (["compile", "{plan}", "{plan}", "--format", "xlsx"], "a workbook cannot be printed"),
        (["compile", "{folder}"], "say where the outputs go: -o OUTDIR"),
        (["compile", "{folder}", "-o", "{plan}"], "is no folder"),
        (["compile", "{folder}", "-", "-o", "{folder}/out"], "stdin cannot be part of a batch"),
        (["compile", "{plan}", "--assist", "http://localhost:1/v1"], "--assist and --assist-model go together"),
        (["compile", "{plan}", "-o", "{plan}/x.json"], "cannot be written"),
    ],
)
def test_a_call_that_makes_no_sense_is_told(plan: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    filled = [argument.format(plan=plan, folder=plan.parent) for argument in arguments]
    assert main(filled) == 2
    out, err = told(capsys)
    assert out == ""
    assert message in err
    assert plan.read_text(encoding="utf-8") == CLEAN


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["translate"],
        ["compile"],
        ["compile", "a.txt", "--format", "docx"],
        ["compile", "a.txt", "--jobs", "0"],
        ["show", "a.txt", "--max-size", "big"],
    ],
)
def test_wrong_arguments_end_with_2_and_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = told(capsys)
    assert out == ""
    assert err.startswith("usage: lantu")


@pytest.mark.parametrize(("option", "value"), [("--max-size", "1KB"), ("--max-size", "1000"), ("--max-characters", "500")])
def test_a_limit_is_in_force_and_named_as_the_option_that_raises_it(
    plan: Path, option: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compile", str(plan), option, value]) == 5
    _, err = told(capsys)
    assert "over the limit of" in err
    assert "Limits." not in err
    assert main(["compile", str(plan), option, "64MB" if option == "--max-size" else "100000"]) == 0


def test_stdin_is_limited_too() -> None:
    done = run("compile", "-", "--max-size", "1KB", stdin=CLEAN.encode())
    assert (done.returncode, done.stdout) == (5, b"")
    assert done.stderr.startswith(b"lantu: stdin: ")


def test_one_bad_file_does_not_keep_the_others_from_being_printed(plan: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    empty = plan.parent / "empty.txt"
    empty.touch()
    assert main(["compile", str(empty), str(plan), "--format", "json"]) == 3
    out, err = capsysbinary.readouterr()
    assert json.loads(out)["source"]["file"] == "云溪.txt"
    assert err.count(b"\n") == 1


def test_failures_of_several_kinds_end_with_1(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (plan.parent / "empty.txt").touch()
    (plan.parent / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    assert main(["show", str(plan.parent / "empty.txt"), str(plan.parent / "picture.png"), str(plan)]) == 1


def test_ctrl_c_is_one_line(plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lantu.cli.commands._plan", interrupt)
    assert main(["show", str(plan)]) == 130
    assert told(capsys) == ("", "lantu: stopped 已中断\n")


@pytest.mark.parametrize(
    ("defect", "words"),
    [
        (ZeroDivisionError("division by zero"), "defect in lantu: ZeroDivisionError"),
        (MemoryError(), "not enough memory"),
        (RecursionError("too deep"), "defect in lantu: RecursionError"),
    ],
)
def test_a_defect_is_one_line_and_no_traceback(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], defect: Exception, words: str
) -> None:
    def fail(*_: object) -> None:
        raise defect

    monkeypatch.setattr("lantu.cli.commands._plan", fail)
    assert main(["show", str(plan)]) == 70
    out, err = told(capsys)
    assert out == ""
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["schema"], ["--help"], ["compile", "{plan}", "--format", "json"], ["show", "{plan}"]])
def test_a_reader_that_goes_away_is_no_error_message(plan: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "lantu", *(argument.format(plan=plan) for argument in arguments)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode in (0, 141), done.stderr) == (True, b"")  # argparse keeps a broken pipe to itself


def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(path)).write_bytes(CLEAN.encode())
    done = run("compile", os.fsdecode(path), "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"]["characters"] == len(CLEAN)


@pytest.mark.parametrize(
    "arguments", [["show", "{long}"], ["compile", "{plan}", "-o", "{long}.json"], ["compile", "{long}", "-o", "{plan}.json"]]
)
def test_a_name_too_long_for_the_system_is_a_wrong_call(plan: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([argument.format(plan=plan, long="长" * 2_000) for argument in arguments]) == 2
    assert "too long" in told(capsys)[1]


@pytest.mark.parametrize("arguments", [["show", ""], ["compile", "", "-o", "out"], ["compile", "a.txt", "-o", ""]])
def test_an_empty_name_is_never_the_folder_where_one_stands(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "the name is empty" in told(capsys)[1]


@pytest.mark.parametrize(
    "arguments", [["show", "{plan}"], ["compile", "{plan}", "--format", "md"], ["compile", "{plan}", "--format", "table"]]
)
@pytest.mark.parametrize("title", ["", CLEAN.splitlines()[0]])
def test_no_name_steers_the_terminal(tmp_path: Path, arguments: list[str], title: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "\x1b[2J规\x07\x9b31m\u202e划\n.txt"
    path.write_text(CLEAN if title else "到2030年，建设公园10个，加快发展产业。\n", encoding="utf-8")
    assert main([argument.format(plan=path) for argument in arguments]) == 0
    assert main(["show", str(path) + "\x1b"]) == 2
    out, err = (stream.decode() for stream in capsysbinary.readouterr())
    assert not set("\x1b\x07\x9b\u202e") & set(out + err)
    assert "\\x1b[2J" in err
    assert err.count("\n") == 1


CLOSED = {
    "stdin": ("<&-", "show -", 3, "the file is empty"),
    "stdout": (">&-", "show plan.txt", 0, ""),
    "stdout of a file's run": (">&-", "compile plan.txt -o plan.json", 0, ""),
    "stdout of a folder's run": (">&-", "compile plan.txt -o out.d/ --jobs 2", 0, ""),
    "stdout full": (">/dev/full", "show plan.txt", 2, "stdout: cannot be written: No space left"),
    "stdout full at a line": (">/dev/full", "compile plan.txt -o plan.json", 2, "stdout: cannot be written: No space left"),
    "stdout full in a folder's run": (">/dev/full", "compile . -o out", 2, "stdout: cannot be written: No space left"),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(("stream", "call", "code", "words"), CLOSED.values(), ids=CLOSED)
def test_streams_that_are_closed_or_full_are_no_defect(tmp_path: Path, stream: str, call: str, code: int, words: str) -> None:
    (tmp_path / "plan.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "out.d").mkdir()
    command = ["sh", "-c", f"{sys.executable} -m lantu {call} {stream}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == code
    assert words in done.stderr
    assert done.stderr.count("\n") == bool(words)


def test_a_name_in_another_encoding_leaves_the_output_a_text(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + "/规划.txt".encode("gbk")))
    path.write_text(CLEAN, encoding="utf-8")
    assert main(["compile", str(path), "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["source"]["file"] == "\\xb9\u6eae.txt".replace("\u6eae", "滮")


def test_help_tells_the_limits_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", "--help"]) == 0
    out = "".join(told(capsys)[0].split())
    for option in LIMIT_OPTIONS:
        default = getattr(Limits(), option.field)
        assert f"(default:{option.default})" in out
        assert (byte_count if option.in_bytes else positive)(option.default) == default
