"""The published facts verify as good, and every reconciliation comes out with its written-out numbers."""

import dataclasses
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transparency.core.errors import StoreError
from transparency.core.project import EMBEDDED_DATA
from transparency.publishing.outcome import Outcome
from transparency.publishing.reading import read_table
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.reconciliation import reconcile, reconciliations
from transparency.store.snapshots import list_snapshots, read_snapshot, write_parquet
from transparency.store.write_once import sha256_of


@pytest.fixture(scope="module")
def facts() -> Outcome:
    return verify(EMBEDDED_DATA)


def test_the_published_facts_are_good(facts: Outcome) -> None:
    assert [str(finding) for finding in facts.findings] == []
    assert facts.ok


def test_every_reconciliation_comes_out(facts: Outcome) -> None:
    assert [(r.expected, r.got, r.worth) for r in facts.reconciliations] == [
        (629, 629, "independent"),
        (629, 629, "independent"),
        (32, 32, "arithmetic"),
        (632, 632, "arithmetic"),
        (632, 632, "arithmetic"),
        (679, 679, "independent"),
        (679, 679, "independent"),
        (1024, 1024, "independent"),
        (395, 395, "arithmetic"),
        (234, 234, "arithmetic"),
        (529, 529, "arithmetic"),
        (1258, 1258, "independent"),
        (1258, 1258, "independent"),
        (629, 629, "arithmetic"),
        (20, 20, "independent"),
        (45, 45, "independent"),
        (73, 73, "partly"),
        (37, 37, "independent"),
        (36, 36, "arithmetic"),
        (37, 37, "partly"),
        (32, 32, "partly"),
        (37, 37, "fitted"),
        (5, 5, "fitted"),
        (10, 10, "independent"),
        (27, 27, "partly"),
        (2, 2, "independent"),
        (25, 25, "by_difference"),
        (5, 5, "independent"),
        (71, 71, "arithmetic"),
        (291, 291, "partly"),
        (891_299, 891_299, "arithmetic"),
    ]


def test_a_number_that_is_not_held_does_not_come_out(city: Path) -> None:
    store = open_store(city)
    results = [reconcile(store, item) for item in reconciliations()]
    assert not any(result.ok for result in results if result.expected is None)
    wards = results[0]
    assert (wards.expected, wards.got, wards.ok) == (None, 9, False)
    assert not verify(city).ok


def test_a_table_that_its_submission_does_not_give_is_found(demonstration: Path) -> None:
    folder = demonstration / "snapshots" / "staffing" / "2018-04-18_r2"
    snapshot = read_snapshot(folder)
    reading = read_table(dataset("staffing"), snapshot.source_path.read_bytes(), "source.csv")
    reading.columns["dedicated_pcs"] = ["3"]
    write_parquet(dataset("staffing"), reading.columns, snapshot.parquet_path)
    forged = dataclasses.replace(snapshot, parquet_sha256=sha256_of(snapshot.parquet_path))
    (folder / "snapshot.json").write_bytes(forged.record_bytes)
    (finding,) = verify(demonstration).findings
    assert finding.file == "staffing/2018-04-18_r2/data.parquet"
    assert finding.rule == "the table is not the one its submission gives"
    assert (finding.row, finding.column) == (2, "dedicated_pcs")


def test_a_changed_byte_of_a_submission_is_found_with_its_row_and_column(demonstration: Path) -> None:
    path = demonstration / "snapshots" / "staffing" / "2017-12-28_r1" / "source.csv"
    lines = path.read_text().splitlines(keepends=True)
    lines[4] = lines[4].replace("day,2,1", "day,3,1")
    path.write_text("".join(lines))
    (finding,) = verify(demonstration).findings
    assert str(finding) == (
        "staffing/2017-12-28_r1/source.csv, row 5, column dedicated_pcs: the bytes are not those that were published. "
        "Restore it from a copy: what is published is never edited, only revised."
    )


def test_a_record_that_speaks_of_another_snapshot_is_found(demonstration: Path) -> None:
    staffing = demonstration / "snapshots" / "staffing"
    shutil.move(staffing / "2018-04-18_r2", staffing / "2018-04-19_r1")
    told = [finding.rule for finding in verify(demonstration).findings]
    assert "snapshots/staffing/2018-04-19_r1: snapshot.json describes staffing/2018-04-18_r2" in told


def test_a_check_that_fails_in_a_published_store_is_told(demonstration: Path) -> None:
    (demonstration / "store.json").write_text(json.dumps({"is_demonstration": True}))
    (finding,) = verify(demonstration).findings
    assert finding.file == "reference/../store.json"


def test_a_word_outside_its_columns_list_is_refused_when_the_store_is_opened(demonstration: Path) -> None:
    path = demonstration / "snapshots" / "staffing" / "2018-04-18_r2" / "data.parquet"
    table = pq.read_table(path)
    guessed = pa.array(["guessed"] * table.num_rows)
    pq.write_table(table.set_column(table.schema.get_field_index("evidence"), "evidence", guessed), path)
    with pytest.raises(StoreError, match="Could not convert string 'guessed' to ENUM"):
        open_store(demonstration, run_checks=False)


def test_the_facts_hold_what_was_read_and_the_declaration_for_every_ward() -> None:
    staffing = [s for s in list_snapshots(EMBEDDED_DATA) if s.dataset == "staffing"]
    assert len(staffing) == 26
    assert sum(s.rows for s in staffing if s.revision == 1) == 45 + 629
    assert [(s.name, s.rows) for s in staffing if s.coverage == "all_wards"] == [("2017-12-28_r1", 629)]
    (declared,) = open_store(EMBEDDED_DATA).rows(
        "SELECT DISTINCT dedicated_pcs, dedicated_pcsos, is_minimum, basis, evidence, source_id "
        "FROM current_staffing WHERE as_at = DATE '2017-12-28'"
    )
    assert tuple(declared.values()) == (2.0, 1.0, True, "officers", "declared", "mayor-2017-12-28")
