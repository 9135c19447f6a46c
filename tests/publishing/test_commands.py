"""The publisher's commands, run as a publisher runs them."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.small_city import SOURCES, staffing_csv
from transparency import cli
from transparency.cli import app
from transparency.store.snapshots import list_snapshots


def run(store: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transparency", *map(str, arguments)],
        env=os.environ | {"TRANSPARENCY_DATA": str(store), "COLUMNS": "200", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def staffing(tmp_path: Path) -> Path:
    path = tmp_path / "january.csv"
    path.write_bytes(staffing_csv({}, {"ward_code": "E05900012", "dedicated_pcs": "1"}))
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.csv"
    path.write_bytes(staffing_csv({"dedicated_pcs": "two"}, {"ward_code": "E05999999"}))
    return path


def test_check_says_that_a_file_can_be_published(city: Path, staffing: Path) -> None:
    done = run(city, "check", staffing, "--dataset", "staffing", "--as-at", "2018-01-31")
    assert (done.returncode, done.stdout, done.stderr) == (0, "january.csv can be published.\n", "")


def test_check_lists_every_finding_for_a_machine_too(city: Path, faulty: Path) -> None:
    done = run(city, "check", faulty, "--dataset", "staffing", "--as-at", "2018-01-31", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "ok": False,
        "findings": [
            {
                "file": "faulty.csv",
                "row": 2,
                "column": "dedicated_pcs",
                "value": "two",
                "rule": "the cell is not a number",
                "remedy": "Write the number in digits, such as 2 or 1.5.",
                "is_warning": False,
            },
            {
                "file": "faulty.csv",
                "row": 3,
                "column": "ward_code",
                "value": "E05999999",
                "rule": "no ward has this code",
                "remedy": "Use a code of data/reference/wards_2014.csv.",
                "is_warning": False,
            },
        ],
    }


def test_publish_revise_diff_and_list(city: Path, staffing: Path, tmp_path: Path) -> None:
    publish = ("publish", staffing, "--dataset", "staffing", "--as-at", "2018-01-31")
    rehearsed = run(city, *publish, "--dry-run")
    assert (rehearsed.returncode, rehearsed.stdout) == (0, "No problems found. Dry run: nothing published.\n")
    first = run(city, *publish)
    assert (first.returncode, first.stdout) == (0, "Published staffing 2018-01-31_r1: 2 rows.\n")
    again = run(city, *publish)
    assert again.returncode == 1
    assert "is published already, and a snapshot is never overwritten" in again.stderr
    assert again.stderr.endswith("Refused: nothing published.\n")
    staffing.write_bytes(staffing_csv({}, {"ward_code": "E05900012", "dedicated_pcsos": ""}))
    second = run(city, *publish, "--revise", "--reason", "Misread", "--json")
    assert second.returncode == 0
    assert json.loads(second.stdout)["snapshots"][0]["revision"] == 2
    compared = run(city, "diff", "staffing", "2018-01-31")
    assert (compared.returncode, compared.stdout) == (
        0,
        "staffing as at 2018-01-31, r1 to r2: Misread\n"
        "changed  E05900012 dedicated_pcs: 1 -> 2\n"
        "changed  E05900012 dedicated_pcsos: 1 -> blank\n"
        "2 differences.\n",
    )
    backwards = run(city, "diff", "staffing", "2018-01-31", "r2", "r1", "--json")
    assert json.loads(backwards.stdout)[1] == {
        "kind": "changed",
        "key": "E05900012",
        "column": "dedicated_pcsos",
        "old": None,
        "new": "1",
    }
    listed = run(city, "list")
    assert listed.stdout.count("\n") == 1 + 18 + 2
    assert "Misread" in listed.stdout
    as_json = json.loads(run(city, "list", "--json").stdout)
    assert [s["revision"] for s in as_json if s["as_at"] == "2018-01-31"] == [1, 2]


def test_several_files_are_published_at_once(city: Path, tmp_path: Path) -> None:
    sources, staffing = tmp_path / "sources.csv", tmp_path / "staffing.csv"
    sources.write_text(SOURCES.splitlines()[0] + "\nnew-police,City Police,New,,,facts only,police\n")
    staffing.write_bytes(staffing_csv({"source_id": "new-police"}))
    done = run(
        city, "publish", "--file", f"sources={sources}", "--file", f"staffing={staffing}", "--as-at", "2026-01-01"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("Published sources 2026-01-01_r1: 1 row.\nPublished staffing 2026-01-01_r1: 1 row.\n")


def test_a_warning_is_told_and_does_not_refuse(city: Path, staffing: Path) -> None:
    done = run(
        city,
        *("publish", staffing, "--dataset", "staffing", "--as-at", "2018-01-31", "--coverage", "all_wards"),
    )
    assert done.returncode == 0
    assert "january.csv, column ward_code: warning: 1 ward of Northbank is missing" in done.stderr
    assert done.stdout == "Published staffing 2018-01-31_r1: 2 rows.\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Usage"),
        (("publish",), "--as-at"),
        (("publish", "--as-at", "2018-01-31"), "Name at least one file"),
        (("publish", "FILE", "--as-at", "2018-01-31"), "FILE and --dataset go together"),
        (
            ("publish", "FILE", "--dataset", "wards", "--as-at", "2018-01-31"),
            "No dataset called 'wards' is published. There are:",
        ),
        (("publish", "FILE", "--dataset", "wards_2014", "--as-at", "2018-01-31"), "No dataset called"),
        (("publish", "no.csv", "--dataset", "staffing", "--as-at", "2018-01-31"), "does not exist"),
        (("publish", "--file", "staffing=no.csv", "--as-at", "2018-01-31"), "there is no file 'no.csv'"),
        (
            ("publish", "FILE", "--dataset", "staffing", "--as-at", "2018-01-31", "--revise"),
            "--revise and --reason go together",
        ),
        (
            ("publish", "FILE", "--dataset", "staffing", "--as-at", "2018-01-31", "--reason", "x"),
            "--revise and --reason go together",
        ),
        (("publish", "FILE", "--dataset", "staffing", "--as-at", "2018-01-31", "--coverage", "x"), "all_wards"),
        (("diff", "staffing", "2016-09-01"), "There are: r1."),
        (("diff", "staffing", "2018-04-18", "r1", "r9"), "There are: r1, r2."),
    ],
)
def test_misuse_is_told_with_exit_code_2(arguments: tuple[str, ...], told: str, city: Path, staffing: Path) -> None:
    typed = [str(staffing) if argument == "FILE" else argument for argument in arguments]
    done = CliRunner().invoke(app, typed, env={"TRANSPARENCY_DATA": str(city), "COLUMNS": "200"})
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())
    assert len(list_snapshots(city)) == 18


def test_a_store_that_is_not_there_is_told_without_a_traceback(staffing: Path, tmp_path: Path) -> None:
    for command in (("check",), ("publish", "--as-at", "2018-01-31")):
        done = run(tmp_path / "nowhere", *command, staffing, "--dataset", "staffing")
        assert done.returncode == 1
        assert done.stderr == "The store folder 'nowhere' does not exist or is not a folder.\n"
    assert not (tmp_path / "nowhere").exists()


def test_a_store_that_cannot_be_written_is_told_without_a_traceback(staffing: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "snapshots").write_text("a file where the folder should be")
    done = run(store, "publish", staffing, "--dataset", "staffing", "--as-at", "2018-01-31")
    assert done.returncode == 1
    assert "snapshots" in done.stderr
    assert "Traceback" not in done.stderr


def test_verify_says_good_or_not(demonstration: Path) -> None:
    done = run(demonstration, "verify")
    assert (done.returncode, done.stdout, done.stderr) == (0, "The store passed verification.\n", "")
    path = demonstration / "snapshots" / "staffing" / "2018-04-18_r2" / "source.csv"
    path.write_bytes(path.read_bytes().replace(b",2,", b",3,"))
    done = run(demonstration, "verify", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "ok": False,
        "reconciliations": [],
        "findings": [
            {
                "file": "staffing/2018-04-18_r2/source.csv",
                "row": 2,
                "column": "dedicated_pcs",
                "value": None,
                "rule": "the bytes are not those that were published",
                "remedy": "Restore it from a copy: what is published is never edited, only revised.",
                "is_warning": False,
            }
        ],
    }


def test_an_unforeseen_error_is_put_into_words_and_its_traceback_into_a_file(
    city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def stumble() -> None:
        raise ValueError("near NW5 2AA")

    monkeypatch.setattr(cli, "app", stumble)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said.startswith("The command stopped at an error that it does not know.")
    assert "Traceback" not in said
    report = next(tmp_path.glob("transparency-*.txt"))
    assert str(report) in said
    assert "ValueError: near [postcode]" in report.read_text(encoding="utf-8")


def test_an_unforeseen_error_on_a_full_disk_is_put_into_words_without_the_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble() -> None:
        raise ValueError("stumbled")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/transparency-1.txt")

    monkeypatch.setattr(cli, "app", stumble)
    monkeypatch.setattr(cli, "NamedTemporaryFile", full)
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr().err
    assert "The details could not be kept: /tmp/transparency-1.txt cannot be written: No space left on device." in said
    assert "Traceback" not in said
