"""A folder from outside: all files, whatever some of them are; stopped at any moment and gone on with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from benchmarks.corpus import plan_text, write_corpus

from lantu.batch.record import RECORD_NAME


def compile_folder(source: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lantu", "compile", str(source), "-o", str(out), *options]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def summary(done: subprocess.CompletedProcess[str]) -> str:
    """The last line, without its times."""
    return re.sub(r"; .*", "", done.stdout.splitlines()[-1])


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    write_corpus(tmp_path / "texts", 4, seed=1, characters=1_000)
    return tmp_path / "texts"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_file_gets_its_output_and_its_line(texts: Path, tmp_path: Path, jobs: str) -> None:
    done = compile_folder(texts, tmp_path / "out", "--jobs", jobs)
    assert (done.returncode, done.stderr) == (0, "")
    outputs = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out").glob("*.json")}
    assert {name: plan["source"]["file"] for name, plan in outputs.items()} == {f"plan-{i:05}.json": f"plan-{i:05}.txt" for i in range(4)}
    assert sorted(line.split(":")[0] for line in done.stdout.splitlines()[:-1]) == [f"ok   {texts}/plan-{i:05}.txt" for i in range(4)]
    assert summary(done) == "4 files: 4 compiled, 0 skipped, 0 failed"


def test_two_runs_and_two_workers_make_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    compile_folder(texts, tmp_path / "one")
    compile_folder(texts, tmp_path / "two", "--jobs", "2")
    for path in (tmp_path / "one").glob("*.json"):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_one_bad_file_never_stops_the_rest(texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").touch()
    (texts / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    done = compile_folder(texts, tmp_path / "out", "--jobs", "2")
    assert done.returncode == 1
    assert summary(done) == "6 files: 4 compiled, 0 skipped, 2 failed"
    failed = sorted(done.stderr.splitlines())
    assert [line.split(": ")[0] for line in failed] == [f"FAIL {texts}/empty.txt", f"FAIL {texts}/old.doc"]
    assert "Traceback" not in done.stderr


def test_failures_of_one_class_end_with_its_code(texts: Path, tmp_path: Path) -> None:
    (texts / "empty.txt").touch()
    assert compile_folder(texts, tmp_path / "out").returncode == 3


def test_what_stands_is_skipped_and_what_changed_is_not(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    compile_folder(texts, out)
    assert summary(compile_folder(texts, out)) == "4 files: 0 compiled, 4 skipped, 0 failed"
    (texts / "plan-00000.txt").write_text(plan_text(99, 1_000), encoding="utf-8")  # another source
    (out / "plan-00001.json").unlink()  # an output that is gone
    (out / "plan-00002.json").write_bytes((out / "plan-00002.json").read_bytes()[:-10])  # an output that somebody cut
    again = compile_folder(texts, out)
    assert summary(again) == "4 files: 3 compiled, 1 skipped, 0 failed"
    assert [line.split(":")[0] for line in again.stdout.splitlines() if line.startswith("skip")] == [f"skip {texts}/plan-00003.txt"]


def test_other_settings_make_other_outputs(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    compile_folder(texts, out)
    assert summary(compile_folder(texts, out, "--no-text")) == "4 files: 4 compiled, 0 skipped, 0 failed"
    assert "text" not in json.loads((out / "plan-00000.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("output_format", "suffix"), [("xlsx", ".xlsx"), ("md", ".md"), ("table", ".txt")])
def test_a_folder_of_another_format(texts: Path, tmp_path: Path, output_format: str, suffix: str) -> None:
    done = compile_folder(texts, tmp_path / "out", "--format", output_format)
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [RECORD_NAME, *(f"plan-{i:05}{suffix}" for i in range(4))]


def test_several_files_into_a_folder_are_a_batch(texts: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lantu", "compile", *map(str, sorted(texts.iterdir())[:2]), "-o", str(tmp_path / "out")]
    subprocess.run(command, capture_output=True, check=True)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.json")) == ["plan-00000.json", "plan-00001.json"]


def test_a_folder_with_nothing_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = compile_folder(tmp_path / "empty", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no files to compile" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="process groups and SIGKILL are of Unix")
def test_killed_half_way_no_half_file_is_left_and_the_next_run_goes_on(tmp_path: Path) -> None:
    texts, out, count = tmp_path / "texts", tmp_path / "out", 80
    write_corpus(texts, count, seed=2, characters=6_000)
    command = [sys.executable, "-m", "lantu", "compile", str(texts), "-o", str(out), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(out.glob("*.json"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    written = list(out.glob("*.json"))
    assert 4 <= len(written) < count
    for path in written:
        assert json.loads(path.read_text(encoding="utf-8"))["format"] == "lantu.plan/1"
    again = compile_folder(texts, out, "--jobs", "2")
    assert again.returncode == 0
    compiled, skipped = map(int, re.findall(r"(\d+) (?:compiled|skipped)", again.stdout.splitlines()[-1]))
    assert compiled + skipped == count
    assert skipped >= len(written) - 2  # at most one output a worker stood before it was recorded
    assert sorted(path.name for path in out.iterdir()) == [RECORD_NAME, *(f"plan-{i:05}.json" for i in range(count))]


def _hear_ctrl_c() -> None:
    """Tests that run in the background of a shell inherit that ctrl-c is ignored; a person's terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="SIGINT to a group is of Unix")
def test_ctrl_c_ends_a_folder_in_one_line(tmp_path: Path) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    write_corpus(texts, 120, seed=3, characters=6_000)
    command = [sys.executable, "-m", "lantu", "compile", str(texts), "-o", str(out), "--jobs", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=_hear_ctrl_c
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(out.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err.decode()) == (130, "lantu: stopped 已中断\n")


@pytest.mark.skipif(os.name == "nt", reason="pseudo terminals are of Unix")
def test_who_watches_sees_a_bar(texts: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "lantu", "compile", str(texts), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "80"})
    os.close(theirs)
    seen = all_shown(ours).decode("utf-8", "replace")
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "编译" in seen
    assert "4/4" in seen
    assert out.decode().count("ok   ") == 4


def all_shown(terminal: int) -> bytes:
    """What a process writes to its terminal until it ends. Read meanwhile: a terminal that nobody reads holds 4 KB and then its writer."""
    shown = b""
    with open(terminal, "rb", buffering=0) as stream, suppress(OSError):  # Linux tells the end of a terminal as an error
        while part := stream.read(4096):
            shown += part
    return shown
