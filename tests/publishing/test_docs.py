"""docs/publishing.md says what the commands, columns and checks are; held to the code."""

import re
from pathlib import Path

import pytest
import typer

from transparency.cli import app
from transparency.core.project import EMBEDDED_DATA, PROJECT_ROOT
from transparency.store.checking import check_files
from transparency.store.descriptors import dataset
from transparency.store.reconciliation import reconciliations
from transparency.store.reference import SUMS_FILE, reference_sums

DOCS = (PROJECT_ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
WORTHS = ("independent", "arithmetic", "partly", "by_difference", "fitted")
PUBLISHERS_COMMANDS = {"check", "publish", "preview", "diff", "list", "release", "verify"}


def test_every_command_is_described() -> None:
    named = set(re.findall(r"^\| `(\w+)", DOCS.split("## The commands")[1].split("Options of")[0], re.MULTILINE))
    assert named == PUBLISHERS_COMMANDS
    assert named <= set(COMMANDS)


def test_every_option_is_described_and_none_is_invented() -> None:
    options = {
        option
        for name in PUBLISHERS_COMMANDS
        for parameter in COMMANDS[name].params
        for option in parameter.opts
        if option.startswith("--")
    } - {"--help"}
    assert set(re.findall(r"--[a-z][a-z-]*", DOCS.split("## What is kept")[0])) == options


def test_every_column_of_staffing_is_described() -> None:
    described = DOCS.split("For `staffing`:")[1].split("A register")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", described, re.MULTILINE)) == dataset("staffing").column_names


def test_every_check_is_described() -> None:
    assert set(re.findall(r"`(\w+\.sql)`", DOCS)) == {path.name for path in check_files()}


@pytest.mark.parametrize("path", check_files(), ids=lambda path: path.stem)
def test_every_check_says_what_it_guards_and_the_remedy(path: Path) -> None:
    header = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("--")]
    assert [line.split(":")[0] for line in header if re.match(r"-- \w+:", line)] == [
        "-- Title",
        "-- Guards",
        "-- Remedy",
    ]


def test_every_worth_is_described_and_used() -> None:
    assert {item.worth for item in reconciliations()} == set(WORTHS)
    described = DOCS.split("| Worth | Meaning |")[1].split("A pass of the last two")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", described, re.MULTILINE)) == WORTHS


def test_the_hashes_of_the_reference_tables_are_those_published() -> None:
    assert (EMBEDDED_DATA / "reference" / SUMS_FILE).read_text(encoding="utf-8") == reference_sums(EMBEDDED_DATA)
