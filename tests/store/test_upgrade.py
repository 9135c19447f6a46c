"""A store that version 0.1 wrote: its snapshots and holdings are read as they were written."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

from tests.small_city import build_small_city
from transparency.store.database import open_store
from transparency.store.holdings import holdings

WRITTEN_BY_0_1 = Path(__file__).parents[1] / "fixtures" / "store-0.1.zip"


def test_snapshots_and_holdings_of_version_0_1_stand_beside_the_new_reference_tables(tmp_path: Path) -> None:
    root = build_small_city(tmp_path / "city")
    shutil.rmtree(root / "snapshots")
    with zipfile.ZipFile(WRITTEN_BY_0_1) as written:
        written.extractall(root)

    store = open_store(root)
    assert len(store.snapshots) == 18
    assert store.rows("SELECT count(*) AS rows FROM current_staffing") == [{"rows": 19}]
    in_september_2016 = "SELECT ward_code, dedicated_pcs FROM current_staffing WHERE as_at = $day"
    assert store.rows(in_september_2016, day=date(2016, 9, 1)) == [{"ward_code": "E05900012", "dedicated_pcs": 2.0}]
    held = holdings(root)
    assert [(holding.name, holding.rows, holding.provenance.publisher) for holding in held] == [
        ("boundaries_2022", 1, "A publisher")
    ]
