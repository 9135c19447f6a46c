"""The invented stores that growth is measured on are stores like any other."""

from datetime import date
from pathlib import Path

from benchmarks.grown_store import write_store

from transparency.store.database import open_store


def test_a_grown_store_opens_with_a_row_for_each_ward_and_month(tmp_path: Path) -> None:
    write_store(tmp_path, wards=64, months=3)
    store = open_store(tmp_path)

    assert [finding for finding in store.findings if not finding.is_warning] == []
    assert store.is_demonstration
    assert store.rows("SELECT count(*) AS n FROM current_staffing") == [{"n": 64 * 3}]
    assert store.rows("SELECT count(*) AS n FROM half_reading") == [{"n": 64 * 3 * 2}]
    assert store.rows("SELECT count(*) AS n FROM current_dwo_strength") == [{"n": 64 * 3 * 2}]
    months = store.rows("SELECT wards_count, boroughs_count FROM dwo_place_month WHERE place_kind = 'london'")
    assert months == [{"wards_count": 64, "boroughs_count": 32}] * 3
    known = store.rows(
        "SELECT count(*) AS n FROM ward_status_on($day) WHERE ward_status <> 'not_published'", day=date(2026, 10, 31)
    )
    assert known == [{"n": 64}]
