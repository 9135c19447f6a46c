"""The downloads page as the script runs it: every table, every way, every snapshot."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from transparency.outlets.dashboard.menu import PAGES_FOLDER
from transparency.store.current import shared_store
from transparency.store.descriptors import catalogue


def test_the_page_lists_tables_ways_columns_and_snapshots() -> None:
    page = AppTest.from_file(str(PAGES_FOLDER / "downloads.py"), default_timeout=60).run()
    assert not page.exception
    assert not page.warning
    shown = " ".join(element.proto.body for element in page.get("html"))
    assert "<h1>Download the data</h1>" in shown
    for dataset in catalogue().values():
        assert f'href="/data/{dataset.name}/latest.csv"' in shown
        assert f"<code>{dataset.name}</code>" in shown
    assert re.search(rf"{len(catalogue())} tables with [\d,]+ rows, free to use, each in four formats\.", shown)
    assert f"{len(shared_store().snapshots)} snapshots published" in shown
    assert 'href="/data/staffing/2017-12-28_r1-source.csv"' in shown
    lines = [code.value for code in page.code]
    assert any(line.startswith("curl ") for line in lines)
    assert any("pandas.read_csv" in line for line in lines)
    assert any(line.startswith("ATTACH ") for line in lines)
    assert re.search(r"<summary>Cite</summary><div><pre[^>]*>[^<]*As at[^<]*data version", shown)
