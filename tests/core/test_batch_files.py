"""Which files a batch takes, what it calls their outputs, and what its record remembers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lantu.batch.jobs import DOCUMENT_SUFFIXES, plan_jobs
from lantu.batch.record import RECORD_NAME, Finished, Record
from lantu.errors import UsageError
from lantu.output import OutputFormat, format_for, remove_parts, write_whole


def _touch(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return folder


def _planned(*inputs: Path, outdir: Path, extension: str = ".json") -> dict[str, str]:
    return {job.source.as_posix(): job.output.relative_to(outdir).as_posix() for job in plan_jobs(inputs, outdir, extension=extension)}


def test_folders_are_searched_and_their_shape_is_kept(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "乙.txt", "市/甲.docx", "市/县/丙.PDF")
    out = tmp_path / "out"
    assert _planned(top, outdir=out) == {
        f"{top}/乙.txt": "乙.json",
        f"{top}/市/甲.docx": "市/甲.json",
        f"{top}/市/县/丙.PDF": "市/县/丙.json",
    }


def test_what_is_nobodys_plan_is_left_alone(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.txt", ".git/config.txt", ".hidden.txt", "~$甲.docx", "style.css", "甲_files/logo.png", "noname")
    assert list(_planned(top, outdir=tmp_path / "out").values()) == ["甲.json"]


def test_outputs_inside_the_folder_are_not_compiled_again(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.txt", "plans/甲.md", "plans/old/乙.md")
    assert _planned(top, outdir=top / "plans", extension=".md") == {f"{top}/甲.txt": "甲.md"}


def test_two_formats_of_one_name_keep_their_whole_names(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.txt", "甲.docx", "乙.txt")
    assert sorted(_planned(top, outdir=tmp_path / "out").values()) == ["乙.json", "甲.docx.json", "甲.txt.json"]


def test_a_dot_in_a_name_is_no_suffix(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "2021.3 纲要.txt", "2021.4 纲要.txt")
    assert sorted(_planned(top, outdir=tmp_path / "out").values()) == ["2021.3 纲要.json", "2021.4 纲要.json"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.dat", "乙.txt")
    assert _planned(top / "甲.dat", top / "乙.txt", outdir=tmp_path / "out") == {f"{top}/甲.dat": "甲.json", f"{top}/乙.txt": "乙.json"}


def test_two_sources_never_write_one_output(tmp_path: Path) -> None:
    one, two = _touch(tmp_path / "one", "甲.txt"), _touch(tmp_path / "two", "甲.txt")
    with pytest.raises(UsageError, match="would write the same output"):
        plan_jobs([one, two], tmp_path / "out", extension=".json")


def test_an_input_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        plan_jobs([tmp_path / "none"], tmp_path / "out", extension=".json")


def test_every_suffix_that_readers_know_counts_as_a_document() -> None:
    """A format that gains a reader must not be passed over in folders."""
    from lantu.readers.sniff import _BY_SUFFIX

    assert set(_BY_SUFFIX) <= DOCUMENT_SUFFIXES


ENTRY = Finished(output="市/甲.json", sha256="ab", size=3, settings="0 json")


def test_the_record_remembers_what_was_finished(tmp_path: Path) -> None:
    Record(tmp_path).add(ENTRY)
    assert Record(tmp_path).of("市/甲.json") == ENTRY
    assert Record(tmp_path).of("乙.json") is None


def test_the_last_line_about_an_output_holds(tmp_path: Path) -> None:
    record = Record(tmp_path)
    later = Finished(output=ENTRY.output, sha256="cd", size=4, settings="0 json")
    record.add(ENTRY)
    record.add(later)
    assert Record(tmp_path).of(ENTRY.output) == record.of(ENTRY.output) == later


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_line_torn_off_by_a_kill_is_not_there_and_hurts_no_other(tmp_path: Path, cut: int) -> None:
    record = Record(tmp_path)
    record.add(ENTRY)
    second = Finished(output="乙.json", sha256="cd", size=4, settings="0 json")
    record.add(second)
    path = tmp_path / RECORD_NAME
    path.write_bytes(path.read_bytes()[:-cut])
    again = Record(tmp_path)
    assert (again.of(ENTRY.output), again.of("乙.json")) == (ENTRY, None if cut > 1 else second)
    again.add(second)
    assert (Record(tmp_path).of(ENTRY.output), Record(tmp_path).of("乙.json")) == (ENTRY, second)


@pytest.mark.parametrize("line", ["", "[]", "null", '{"output": "甲.json"}', '{"x": 1}', "not json"])
def test_lines_of_something_else_are_passed_over(tmp_path: Path, line: str) -> None:
    (tmp_path / RECORD_NAME).write_text(line + "\n", encoding="utf-8")
    assert Record(tmp_path).of("甲.json") is None


def test_a_whole_file_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "市" / "甲.json"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "甲.json").mkdir()
    with pytest.raises(UsageError, match="cannot be written") as caught:
        write_whole(tmp_path / "甲.json", b"new")
    assert str(caught.value).startswith(str(tmp_path / "甲.json"))
    assert [path.name for path in tmp_path.iterdir()] == ["甲.json"]


def test_halves_of_killed_runs_are_removed(tmp_path: Path) -> None:
    _touch(tmp_path, "甲.json", ".乙.json.99999998.lantu-part", "市/.丙.json.99999999.lantu-part")
    remove_parts(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["甲.json"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.json", OutputFormat.JSON), ("a.XLSX", OutputFormat.XLSX), ("a.md", OutputFormat.MD), ("a.txt", OutputFormat.TABLE)],
)
def test_the_suffix_of_an_output_names_its_format(name: str, expected: OutputFormat) -> None:
    assert format_for(Path(name)) is expected


@pytest.mark.parametrize("name", ["a", "a.doc", ".json"])
def test_a_suffix_that_names_no_format_is_told(name: str) -> None:
    with pytest.raises(UsageError, match="names no output format"):
        format_for(Path(name))


def test_a_ledger_never_overwrites_its_plan(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.md", "乙.txt")
    with pytest.raises(UsageError, match="would be overwritten by an output") as caught:
        plan_jobs([top / "甲.md", top / "乙.txt"], tmp_path / "in", extension=".md")
    assert caught.value.file == str(top / "甲.md")


def test_outputs_may_go_above_the_sources_but_not_among_them(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.txt")
    assert _planned(top, outdir=tmp_path) == {f"{top}/甲.txt": "甲.json"}
    with pytest.raises(UsageError, match="is also the folder of the outputs"):
        plan_jobs([top], tmp_path / "in" / ".." / "in", extension=".json")


def test_links_that_go_round_and_things_that_are_no_files_are_left_alone(tmp_path: Path) -> None:
    top = _touch(tmp_path / "in", "甲.txt")
    (top / "乙.txt").symlink_to("乙.txt")
    (top / "丙.txt").symlink_to("nowhere")
    (top / "丁").symlink_to(top)
    (top / "戊.txt").mkdir()
    os.mkfifo(top / "己.txt")
    assert list(_planned(top, outdir=tmp_path / "out").values()) == ["甲.json"]


def test_folders_that_cannot_be_listed_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top, scandir, told = _touch(tmp_path / "in", "甲.txt", "锁/乙.txt"), os.scandir, []

    def locked(path: str) -> object:
        if str(path).endswith("锁"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", locked)
    assert [job.source.name for job in plan_jobs([top], tmp_path / "out", extension=".json", onerror=told.append)] == ["甲.txt"]
    assert [error.filename for error in told] == [f"{top}/锁"]


@pytest.mark.parametrize("name", ["长" * 83, "a\u2028b\x85c\x1cd"])
def test_long_and_strange_names_are_written_and_remembered(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / f"{name}.json", b"x")
    Record(tmp_path).add(Finished(output=f"{name}.json", sha256="0", size=1, settings=""))
    assert Record(tmp_path).of(f"{name}.json") is not None


def test_a_record_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    record = Record(tmp_path)
    (tmp_path / RECORD_NAME).mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        record.add(Finished(output="a", sha256="0", size=1, settings=""))
    with pytest.raises(UsageError, match="cannot be read"):
        Record(tmp_path)


def test_what_another_run_is_writing_stays(tmp_path: Path) -> None:
    _touch(tmp_path, f".乙.json.{os.getpid()}.lantu-part")
    remove_parts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f".乙.json.{os.getpid()}.lantu-part"]
