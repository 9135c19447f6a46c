"""An operator whose import is older than what its publisher has announced is told, and what to run."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.importers.dwo_files import empty_city, write_workbook
from transparency.cli import app
from transparency.core.errors import CatalogueError
from transparency.core.vocabulary import taking_for_today
from transparency.publishing.import_workbook import import_dwo
from transparency.store import announced
from transparency.store.announced import AnnouncedEdition, older_than_announced
from transparency.store.database import open_store
from transparency.store.descriptors import catalogue
from transparency.store.records import read_table
from transparency.store.store import Store

NOTICE = (
    "The monthly workbook of ward teams imported here goes to 31 May 2022. One that goes to 31 July 2026 was due by "
    "5 September 2026: run `transparency fetch dwo`, which brings it in if it is out."
)
HEADER = "dataset,covers_to,due_on,title,command,source_id\n"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of facts with the months of April and May 2022."""
    folder = tmp_path_factory.mktemp("announced")
    root = empty_city(folder / "store")
    assert not import_dwo(root, [write_workbook(folder / "DWO.xlsx")]).is_refused
    return open_store(root)


def test_an_import_that_ends_before_an_edition_that_is_due_is_told_from_that_day_on(imported: Store) -> None:
    with taking_for_today(date(2026, 9, 4)):
        assert older_than_announced(imported) == ()
    with taking_for_today(date(2026, 9, 5)):
        assert older_than_announced(imported) == (NOTICE,)


def test_of_several_editions_the_newest_that_is_due_is_named(imported: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def edition(covers_to: date, due_on: date) -> AnnouncedEdition:
        return AnnouncedEdition("dwo_strength", covers_to, due_on, "workbook", "transparency fetch dwo", "police")

    later = edition(date(2026, 10, 31), date(2026, 12, 8))
    known = (later, edition(date(2026, 9, 30), date(2026, 11, 8)), edition(date(2022, 5, 31), date(2022, 6, 8)))
    monkeypatch.setattr(announced, "announced_editions", lambda: known)
    with taking_for_today(date(2026, 11, 30)):
        (told,) = older_than_announced(imported)
    assert "One that goes to 30 September 2026 was due by 8 November 2026" in told
    monkeypatch.setattr(announced, "announced_editions", lambda: known[2:])
    assert older_than_announced(imported) == ()  # it goes as far as that


def test_nothing_is_told_where_nothing_was_imported(store_of_facts: Store) -> None:
    assert older_than_announced(store_of_facts) == ()


def test_the_command_that_imports_tells_it_after_its_report(
    imported: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSPARENCY_DATA", str(imported.root))
    again = CliRunner().invoke(app, ["import", "dwo", str(write_workbook(tmp_path / "DWO.xlsx"))])
    assert again.exit_code == 0
    assert again.stderr.splitlines()[-1] == NOTICE


def test_opening_the_store_to_serve_it_tells_it_in_the_log(imported: Store, caplog: pytest.LogCaptureFixture) -> None:
    open_store(imported.root)
    assert [record.message for record in caplog.records] == [NOTICE]


def test_every_announced_edition_is_of_a_dataset_and_names_its_source(store_of_facts: Store) -> None:
    known = {row["source_id"] for row in store_of_facts.rows("SELECT source_id FROM current_sources")}
    for edition in announced.announced_editions():
        assert catalogue()[edition.dataset].kind == "snapshot"
        assert edition.source_id in known
        assert edition.due_on > edition.covers_to


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dwo_strength,July,2026-09-05,A,b,c\n", "editions.csv, row 2: "),
        ("dwo_strength,,2026-09-05,A,b,c\n", "editions.csv, row 2: covers_to is missing. Fix this line."),
    ],
)
def test_a_line_with_a_fault_is_refused_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "editions.csv"
    path.write_text(HEADER + line)
    with pytest.raises(CatalogueError, match=re.escape(said)):
        read_table(AnnouncedEdition, path)
