"""Cells, CSV, JSON and Parquet: what a reader's own tools make of the files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import frame
from transparency.core.text import FORMULA_STARTS, as_meant, harmless
from transparency.exhibits.csv import csv_bytes, csv_text
from transparency.outlets.table_files import release_csv, release_json, release_parquet
from transparency.store.dataset_releases import LATEST, derived_rows, release, snapshots_of
from transparency.store.descriptors import catalogue
from transparency.store.store import Store


@pytest.mark.rule("D1", "D11")
@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-36", "'-36"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("＠x", "'＠x"),
        (-36, "-36"),
        (-36.0, "-36"),
        (0.9, "0.9"),
        (2.0, "2"),
        (True, "true"),
        (date(2017, 1, 4), "2017-01-04"),
        (None, ""),
        ("St James's", "St James's"),
    ],
)
def test_a_cell_as_it_stands_in_a_csv(cell: object, written: str) -> None:
    assert csv_text(cell) == written


@pytest.mark.rule("D8")
@given(st.text())
def test_no_text_cell_begins_a_formula(text: str) -> None:
    assert not str(harmless(text)).startswith(FORMULA_STARTS)
    assert as_meant(str(harmless(text))) == text


# A lone carriage return cannot be told from a line's end by every reader; the writer quotes it.
@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\r\x00", codec="utf-8")), min_size=2, max_size=2)))
def test_rows_come_back_as_they_were_written(rows: list[list[str]]) -> None:
    text = csv_bytes(["a", "b"], rows).decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [["a", "b"], *([str(harmless(cell)) for cell in row] for row in rows)]


def test_lines_end_in_cr_lf_and_the_header_is_the_first_line(city: Store) -> None:
    content = release_csv(release(city, catalogue()["boroughs"], LATEST))
    assert content.split(b"\r\n")[:2] == [
        b"borough_code,borough_name,bcu_code,bcu_name,bcu_name_evidence,pathfinder_2017,wards_2014,wards_2022",
        b"E09000091,Northbank,NB,North Bank,minutes,true,3,3",
    ]
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.rule("D2")
def test_staffing_carries_as_at_date_revision_and_names_beside_codes(city: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(release_csv(release(city, catalogue()["staffing"], LATEST)).decode())))
    revised = [row for row in rows if row["as_at"] == "2018-04-18"]
    assert [(row["revision"], row["ward_name"], row["dedicated_pcs"], row["dedicated_pcsos"]) for row in revised] == [
        ("2", "Marsh", "2", "")
    ]
    assert len(rows) == 19


def test_a_snapshot_keeps_its_own_rows_when_it_has_been_revised(city: Store) -> None:
    first, second = (
        release_csv(release(city, catalogue()["staffing"], f"2018-04-18_r{n}")).decode().splitlines()[1] for n in (1, 2)
    )
    assert first == "2018-04-18,1,E05900032,Marsh,day,1,,false,officers,confirmed,minutes"
    assert second == "2018-04-18,2,E05900032,Marsh,day,2,,false,officers,confirmed,minutes"


def test_a_snapshot_names_a_ward_as_the_set_of_its_day_did(city: Store) -> None:
    then = release_csv(release(city, catalogue()["staffing"], "2017-01-04_r1")).decode()
    now = release_csv(release(city, catalogue()["ward_status"], LATEST)).decode()
    assert "E05900013,Village,day" in then
    assert "E05900013,Village Green,E09000091" in now


def test_ward_status_answers_for_a_day(city: Store) -> None:
    found = release(city, catalogue()["ward_status"], LATEST, date(2018, 5, 1))
    rows = [dict(zip(found.column_names, row, strict=True)) for row in found.rows]
    assert len(rows) == 9
    marsh = next(row for row in rows if row["ward_code"] == "E05900032")
    assert (marsh["status_on"], marsh["ward_status"], marsh["evidence"]) == (date(2018, 5, 1), "met", "declared")
    assert (marsh["pcs_evidence"], marsh["pcso_evidence"]) == ("confirmed", "declared")


def test_every_derived_dataset_has_a_query_that_gives_the_columns_it_describes(city: Store) -> None:
    derived = [dataset for dataset in catalogue().values() if dataset.kind == "derived"]
    for dataset in derived:
        given = frame(city, derived_rows(dataset), day=date(2018, 6, 1)).columns
        own = set(given) - {"ward_name", "borough_name"}
        described = set(dataset.column_names) - {"ward_name", "borough_name"}
        assert own == described, dataset.name


@pytest.mark.rule("D1")
def test_csv_json_and_parquet_hold_the_same_cells(city: Store) -> None:
    for dataset in catalogue().values():
        editions = [LATEST, *(snapshot.name for snapshot in snapshots_of(city, dataset))]
        for edition in editions:
            found = release(city, dataset, edition)
            by_csv = list(csv.reader(io.StringIO(release_csv(found).decode(), newline="")))
            by_json = json.loads(release_json(found))["rows"]
            assert len(by_csv) - 1 == len(by_json) == len(found.rows)
            assert all(list(row) == list(found.column_names) for row in by_json)
            for line, row in zip(by_csv[1:], by_json, strict=True):
                assert [_as_csv(value) for value in row.values()] == [as_meant(cell) for cell in line]


def _as_csv(value: object) -> str:
    return csv_text(value) if not isinstance(value, str) else value


def test_parquet_is_typed_as_the_descriptor_says(city: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("parquet") / "latest.parquet"
    path.write_bytes(release_parquet(release(city, catalogue()["ward_status"], LATEST, date(2018, 5, 1))))
    read = duckdb.read_parquet(str(path))
    types = dict(zip(read.columns, map(str, read.types), strict=True))
    assert types["status_on"] == "DATE"
    assert types["dedicated_pcs"] == "DOUBLE"
    assert types["is_lapsed"] == "BOOLEAN"
    assert read.aggregate("count(*)").fetchall() == [(9,)]


def test_invented_rows_say_so_in_every_format(demonstration: Store) -> None:
    for dataset in catalogue().values():
        found = release(demonstration, dataset, LATEST)
        if not found.rows:
            continue
        header, *rows = csv.reader(io.StringIO(release_csv(found).decode(), newline=""))
        assert {row[header.index("evidence")] for row in rows} == {"demonstration"}, dataset.name
        assert json.loads(release_json(found))["notice"] == "Demonstration data: invented"


def test_real_rows_keep_their_evidence_and_carry_no_notice(city: Store) -> None:
    found = release(city, catalogue()["staffing"], "2017-01-04_r1")
    assert "confirmed" in release_csv(found).decode()
    assert "notice" not in json.loads(release_json(found))
