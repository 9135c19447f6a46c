"""Laws of the store, whatever is published: read back the same, order aside, and no byte changed unseen."""

import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.small_city import staffing_csv
from transparency.core.errors import StoreError
from transparency.core.text import control_character, harmless, is_spreadsheet_error
from transparency.publishing.publish import Submission, Terms, publish
from transparency.publishing.reading import CONSTRAINTS, read_table
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.descriptors import catalogue, dataset
from transparency.store.snapshots import read_snapshot, write_parquet

# Text as a publisher might write it: commas, quotation marks, line ends and any letters, but no formula, no error of a
# spreadsheet, nothing that cannot be shown and no spaces alone.
characters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n")
texts = st.text(characters, min_size=1).filter(
    lambda text: (
        harmless(text) == text and not control_character(text) and not is_spreadsheet_error(text) and bool(text.strip())
    )
)
blanks = st.none()
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
figures = st.fixed_dictionaries(
    {
        "figure_id": texts,
        "as_at": days,
        "as_at_precision": st.sampled_from(["day", "month", "year"]),
        "metric": texts,
        "geography_code": st.sampled_from(["E12000007", "E09000091"]),
        "value": blanks | st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=3),
        "unit": texts,
        "kind": st.sampled_from(["reported", "approximate", "target", "planned", "derived"]),
        "note": blanks | texts,
        "source_id": texts,
    }
)


def written(rows: list[dict[str, Any]], line_end: str, quotes_all: bool, mark: bytes) -> bytes:
    """The rows as RFC 4180 has them. (The csv module's own writer leaves a bare carriage return unquoted.)"""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        needs_quotes = quotes_all or any(character in text for character in ',"\r\n')
        return '"' + text.replace('"', '""') + '"' if needs_quotes else text

    names = dataset("published_figures").column_names
    lines = [",".join(names), *(",".join(cell(row[name]) for name in names) for row in rows)]
    return mark + (line_end.join(lines) + line_end).encode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(figures, min_size=1, max_size=6, unique_by=lambda row: row["figure_id"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quotes_all=st.booleans(),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_what_is_published_is_read_back_the_same(
    rows: list[dict[str, Any]], line_end: str, quotes_all: bool, mark: bytes, tmp_path: Path
) -> None:
    described = dataset("published_figures")
    reading = read_table(described, written(rows, line_end, quotes_all, mark), "figures.csv")
    assert reading.findings == []
    path = tmp_path / "figures.parquet"
    write_parquet(described, reading.columns, path)
    assert duckdb.read_parquet(str(path)).fetchall() == [
        tuple(
            float(row[name]) if name == "value" and row[name] is not None else row[name]
            for name in described.column_names
        )
        for row in rows
    ]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(9)))
@example(order=list(range(9)))
def test_the_order_of_rows_does_not_matter(order: list[int], built_cities: dict[bool, Path], tmp_path: Path) -> None:
    wards = ("11", "12", "13", "21", "22", "23", "31", "32", "33")
    rows = [{"ward_code": f"E059000{ward}", "dedicated_pcs": str(n % 4)} for n, ward in enumerate(wards)]
    root = tmp_path / "shuffled"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(built_cities[False], root)
    path = tmp_path / "staffing.csv"
    path.write_bytes(staffing_csv(*(rows[n] for n in order)))
    terms = Terms("2018-01-31", "all_wards")
    assert not publish(root, [Submission(dataset("staffing"), path)], terms).is_refused
    known = open_store(root).rows(
        "SELECT ward_code, dedicated_pcs, ward_status, evidence FROM ward_status_on($day::DATE) ORDER BY 1",
        day=date(2018, 1, 31),
    )
    status = ("pcs_short", "pcs_short", "met", "met")
    assert [tuple(row.values()) for row in known] == [
        (f"E059000{ward}", float(n % 4), status[n % 4], "confirmed") for n, ward in enumerate(wards)
    ]


def test_a_byte_changed_in_any_published_file_is_found_by_verify(demonstration: Path) -> None:
    assert verify(demonstration).ok
    chance = random.Random(2017)
    staffing = demonstration / "snapshots" / "staffing" / "2018-04-18_r2"
    files = [
        *staffing.iterdir(),
        demonstration / "snapshots" / "sources" / "2025-12-31_r1" / "source.csv",
        demonstration / "reference" / "wards_2014.csv",
        demonstration / "reference" / "SHA256SUMS",
        demonstration / "store.json",
    ]
    for path in files:
        published = path.read_bytes()
        for _ in range(3):
            changed = bytearray(published)
            changed[chance.randrange(len(changed))] ^= chance.randrange(1, 256)
            path.write_bytes(changed)
            result = verify(demonstration)
            assert not result.ok, f"{path.name} changed unseen"
            assert any(not finding.is_warning for finding in result.findings)
        path.write_bytes(published)
    assert verify(demonstration).ok


def test_no_byte_of_a_record_can_change_unseen(demonstration: Path) -> None:
    folder = demonstration / "snapshots" / "staffing" / "2018-04-18_r2"
    path = folder / "snapshot.json"
    published = path.read_bytes()
    for place in range(len(published)):
        changed = bytearray(published)
        changed[place] ^= 1
        path.write_bytes(changed)
        with pytest.raises(StoreError):
            read_snapshot(folder)


def test_a_file_removed_is_found(demonstration: Path) -> None:
    (demonstration / "snapshots" / "sources" / "2025-12-31_r1" / "data.parquet").unlink()
    shutil.rmtree(demonstration / "snapshots" / "staffing" / "2018-04-18_r1")
    told = {finding.file: finding.rule for finding in verify(demonstration).findings}
    assert told["sources/2025-12-31_r1/data.parquet"] == "the file is missing"
    assert told["staffing/2018-04-18_r1"] == "the snapshot is missing"


def test_every_constraint_of_a_descriptor_is_checked() -> None:
    used = {name for each in catalogue().values() for field in each.fields for name in field.constraints}
    assert used <= CONSTRAINTS.keys()
