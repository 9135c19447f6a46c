"""Stores with a few months of the monthly workbook, for tests of what readers get."""

from __future__ import annotations

from pathlib import Path

from tests.importers.dwo_files import write_workbook
from tests.small_city import build_small_city
from transparency.publishing.import_workbook import import_dwo
from transparency.store.database import open_store
from transparency.store.store import Store


def city_with_months(folder: Path) -> Store:
    """The small city with April and May 2022 of tests/importers/dwo_files.py imported."""
    root = build_small_city(folder / "city")
    outcome = import_dwo(root, [write_workbook(folder / "DWO.xlsx")])
    assert not outcome.is_refused, outcome.findings
    return open_store(root)
