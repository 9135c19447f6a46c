"""The documents say what the code does: commands, views, columns, words, rooms and links are compared with it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import pytest
import typer

from transparency import __version__
from transparency.cli import app
from transparency.core import vocabulary as model
from transparency.outlets.dictionary import documents
from transparency.store.checking import check_files
from transparency.store.database import open_store, view_files
from transparency.store.definitions import created_names, header_notes
from transparency.store.descriptors import catalogue, reference_datasets, snapshot_datasets

ROOT = Path(__file__).parents[2]
DOCS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
RECORDS = sorted((ROOT / "docs/adr").glob("*.md"))
LINES_ON_ONE_SCREEN = 60
# Libraries whose module has another name than the package.
MODULE_OF = {
    "python-calamine": "python_calamine",
    "pyshp": "shapefile",
    "html-text": "html_text",
    "markdown-it-py": "markdown_it",
}


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands() -> dict[str, typer.core.TyperCommand]:
    """Every command by what is typed after `transparency`."""

    def walk(group: object, prefix: str) -> Iterator[tuple[str, typer.core.TyperCommand]]:
        for name, command in group.commands.items():  # type: ignore[attr-defined]
            if hasattr(command, "commands"):
                yield from walk(command, f"{prefix}{name} ")
            else:
                yield prefix + name, command

    return dict(walk(typer.main.get_command(app), ""))


# ---------------------------------------------------------------- commands


def test_the_commands_of_the_readme_are_in_the_makefile() -> None:
    assert re.findall(r"^make (\w+)", README, re.MULTILINE) == ["run", "demo"]
    assert {"run", "demo", "test"} <= makefile_targets()


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_no_document_names_a_target_that_is_not_there(path: Path) -> None:
    assert set(re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8"))) <= makefile_targets()


def test_every_target_is_described_at_the_head_of_the_makefile() -> None:
    head = (ROOT / "Makefile").read_text(encoding="utf-8").split("\n\n")[0]
    # Both are the shared first steps of all others.
    assert set(re.findall(r"^# make ([a-z-]+)", head, re.MULTILINE)) == makefile_targets() - {"setup", "setup-dev"}


def test_every_command_is_described_and_none_is_invented() -> None:
    section = ARCHITECTURE.split("## Commands")[1].split("\n## ")[0]
    named: set[str] = set()
    for line in section.splitlines():
        if line.startswith("| `"):
            quoted = re.findall(r"`([^`]+)`", line.split("|")[1])
            named |= {words.removeprefix("transparency ") for words in quoted}
    assert named == set(commands())


# ---------------------------------------------------------------- generated documents


@pytest.mark.parametrize(("path", "text"), documents().items(), ids=lambda value: getattr(value, "name", ""))
def test_a_generated_document_is_up_to_date(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run make docs"


def test_every_dataset_and_column_is_in_the_dictionary() -> None:
    dictionary = (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `(\w+)`: .*\n((?:(?!^##).*\n)*)", dictionary, re.MULTILINE))
    assert set(sections) == set(catalogue())
    for dataset in catalogue().values():
        assert tuple(re.findall(r"^\| `(\w+)` \|", sections[dataset.name], re.MULTILINE)) == dataset.column_names


def test_every_view_and_macro_of_the_store_is_defined_in_words() -> None:
    """Asked of the opened database, so that nothing it creates can be left out of the document."""
    store = open_store(run_checks=False)
    held = store.rows(
        """
        SELECT view_name AS name FROM duckdb_views() WHERE NOT internal
        UNION SELECT table_name FROM duckdb_tables() WHERE NOT internal
        UNION SELECT function_name FROM duckdb_functions() WHERE NOT internal
        """
    )
    loaded = {"this_store"} | {dataset.name for dataset in reference_datasets()}
    loaded |= {f"{prefix}_{dataset.name}" for dataset in snapshot_datasets() for prefix in ("all", "current")}
    defined = {name.split("(")[0] for path in view_files() for name in created_names(path.read_text())}
    assert {row["name"] for row in held} - loaded == defined

    document = (ROOT / "docs/definitions.md").read_text(encoding="utf-8")
    assert {name for name in defined if not re.search(rf"^### .*`{name}[(`]", document, re.MULTILINE)} == set()


@pytest.mark.parametrize("path", view_files(), ids=lambda path: path.stem)
def test_every_view_has_its_notes(path: Path) -> None:
    notes = header_notes(path.read_text(encoding="utf-8"))
    assert {"Title", "Grain", "Unit", "Caveats"} >= set(notes) >= {"Title", "Grain", "Caveats"}
    assert all(notes.values())


def test_notes_are_read_over_several_lines() -> None:
    sql = "-- Title: Wards\n-- Caveats: one,\n--   and two: three\nSELECT 1 -- Unit: none\n"
    assert header_notes(sql) == {"Title": "Wards", "Caveats": "one, and two: three"}


def test_every_check_is_in_the_definitions() -> None:
    document = (ROOT / "docs/definitions.md").read_text(encoding="utf-8")
    assert re.findall(r"`store/checks/(\w+)\.sql`", document) == [path.stem for path in check_files()]


# ---------------------------------------------------------------- architecture and glossary


def test_the_rooms_of_the_architecture_are_those_the_contract_orders() -> None:
    linted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    ordered = [[room.strip().removeprefix("transparency.") for room in row.split("|")] for row in linted[0]["layers"]]
    table = ARCHITECTURE.split("## Rooms")[1].split("\n## ")[0]
    written = [re.findall(r"`(\w+)/`", row) for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)]
    assert written == ordered
    rooms = {path.name for path in (ROOT / "src/transparency").iterdir() if (path / "__init__.py").exists()}
    assert rooms - {room for row in ordered for room in row} == {"importers", "publishing"}
    [above_store] = [contract["forbidden_modules"] for contract in linted if "know no subject" in contract["name"]]
    assert above_store == [f"transparency.{room}" for row in ordered[1:-2] for room in row]


def test_every_file_a_document_names_is_there() -> None:
    missing = []
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(((?!https?:)[^)#]+)", text):
            if not (path.parent / target).exists():
                missing.append(f"{path.name}: {target}")
        for named in re.findall(r"`((?:src|tests|docs|data|pages|static|benchmarks)/[\w./-]+)`", text):
            if not (ROOT / named).exists():
                missing.append(f"{path.name}: {named}")
        for named in re.findall(r"`([a-z]+/[\w./-]+\.(?:py|sql|html|css))`", text):
            if not (ROOT / "src/transparency" / named).exists() and not (ROOT / named).exists():
                missing.append(f"{path.name}: {named}")
    assert missing == []


NOUNS = [
    "dataset",
    "snapshot",
    "as-at date",
    "published on",
    "revision",
    "release",
    "ward",
    "borough",
    "dedicated ward officer",
    "dedicated PCSO",
    "basis",
    "evidence",
    "plan",
    "promise",
    "rule",
    "target",
    "due date",
    "status",
    "site",
    "site event",
    "abstraction",
    "ring-fencing",
    "published figure",
    "source",
    "finding",
    "exhibit",
    "handout",
]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_of_the_house_is_in_the_glossary(noun: str) -> None:
    assert re.search(rf"^\*\*{noun}( \(\w+\))?\.\*\*", GLOSSARY, re.MULTILINE | re.IGNORECASE)


@pytest.mark.parametrize(
    "words",
    [
        model.Evidence,
        model.Basis,
        model.Half,
        model.HalfStatus,
        model.WardStatus,
        model.PromiseStatus,
        model.Precision,
        model.SiteStatus,
        model.SiteKind,
    ],
    ids=lambda words: words.__name__,
)
def test_every_value_that_stands_in_the_data_is_in_the_glossary(words: type[StrEnum]) -> None:
    assert [word.value for word in words if f"`{word.value}`" not in GLOSSARY] == []


# ---------------------------------------------------------------- decision records


def test_the_version_is_the_newest_of_the_changelog_and_the_one_to_cite() -> None:
    versions = re.findall(r"^### (\d+\.\d+\.\d+) \(", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions == ["1.0.0", "0.1.0"]
    assert versions[0] == __version__
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_decision_records_have_a_number_each() -> None:
    """Numbers are given out when work begins, so one may be missing while that work goes on."""
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers[0] == 1
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_record_has_its_parts_and_fits_one_screen(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]}. ")
    assert re.search(r"^Date: \d{1,2} [A-Z][a-z]+ \d{4}$", text, re.MULTILINE)
    assert re.search(r"^Status: (proposed|accepted|superseded by \d{4})$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= LINES_ON_ONE_SCREEN


# ---------------------------------------------------------------- no trace of a machine


MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:root|Users|home/\w+|mnt/\w+|work)/")
TEXT = (".py", ".md", ".sql", ".json", ".toml", ".txt", ".html", ".css", ".js", ".typ", ".yml", ".sh", ".conf", "")


def tracked_text() -> Iterable[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in listed.split("\0"):
        path = ROOT / name
        if name and path.suffix in TEXT and path.is_file() and path != Path(__file__):
            yield path


def test_no_file_names_a_path_of_a_machine() -> None:
    found = []
    for path in tracked_text():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in MACHINE_PATHS.finditer(text)]
    assert found == []


def test_a_path_of_a_machine_is_recognised() -> None:
    assert MACHINE_PATHS.search('open("/root/data.csv")')
    assert MACHINE_PATHS.search("see /home/someone/notes")
    assert not MACHINE_PATHS.search("https://city.example/home/2013/")
