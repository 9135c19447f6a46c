"""Spreadsheets read back: cover, notes, one table a sheet, nothing merged, no formula, numbers as numbers."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from transparency.outlets.spreadsheets import release_xlsx
from transparency.store.dataset_releases import LATEST, Release, release
from transparency.store.descriptors import catalogue
from transparency.store.store import Store


def read(found: Release) -> Workbook:
    return load_workbook(io.BytesIO(release_xlsx(found)))


def test_every_table_is_laid_out_as_an_accessible_spreadsheet(city: Store) -> None:
    for dataset in catalogue().values():
        book = read(release(city, dataset, LATEST))
        assert book.sheetnames == ["Cover", "Notes", "Table"]
        assert book["Cover"]["A1"].value == dataset.title
        assert [len(sheet.tables) for sheet in book] == [0, 1, 1]
        assert all(not sheet.merged_cells.ranges for sheet in book)
        assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_table_holds_typed_cells_and_leaves_missing_ones_empty(city: Store) -> None:
    sheet = read(release(city, catalogue()["staffing"], "2018-04-18_r2"))["Table"]
    header, row = (list(line) for line in sheet.iter_rows(min_row=3, max_row=4, values_only=True))
    told = dict(zip(header, row, strict=True))
    assert told["as_at"] == datetime(2018, 4, 18)
    assert (told["dedicated_pcs"], told["dedicated_pcsos"], told["is_minimum"]) == (2, None, False)


@pytest.mark.rule("D8")
def test_a_cell_like_a_formula_stays_text_and_a_negative_number_a_number(city: Store) -> None:
    found = release(city, catalogue()["published_figures"], LATEST)
    names = found.column_names
    row = list(found.rows[0])
    row[names.index("note")], row[names.index("value")] = "=HYPERLINK(1)", -36.0
    sheet = read(replace(found, rows=(tuple(row),)))["Table"]
    note, value = (sheet.cell(4, names.index(name) + 1) for name in ("note", "value"))
    assert (note.value, note.data_type) == ("'=HYPERLINK(1)", "s")
    assert (value.value, value.data_type) == (-36, "n")


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("bell\x07 tab\vend\ufffe", "bell\ufffd tab\ufffdend\ufffd"),
        ("a" * 40_000, "a" * 32_766 + "…"),
        ("-5 °C", "'-5 °C"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("茶 🙂", "茶 🙂"),
        (date(1, 1, 1), "0001-01-01"),
        (date(1899, 12, 31), "1899-12-31"),
        (date(9999, 12, 31), datetime(9999, 12, 31)),
    ],
)
def test_any_value_stands_in_a_cell(note: object, shown: object, city: Store) -> None:
    found = release(city, catalogue()["published_figures"], LATEST)
    place = found.column_names.index("note")
    row = (*found.rows[0][:place], note, *found.rows[0][place + 1 :])
    sheet = read(replace(found, rows=(row,)))["Table"]
    assert sheet.cell(4, place + 1).value == shown


def test_an_invented_spreadsheet_says_so_on_every_sheet(demonstration: Store) -> None:
    book = read(release(demonstration, catalogue()["sites"], LATEST))
    for sheet in book:
        texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        assert any("Demonstration data: invented" in text for text in texts), sheet.title


def test_equal_data_make_an_equal_file(city: Store) -> None:
    found = release(city, catalogue()["wards_2014"], LATEST)
    assert release_xlsx(found) == release_xlsx(found)
