"""The page of data as its script runs it and as plain pages: tables by subject, sizes, code, columns to search."""

from __future__ import annotations

import re

from tests.pages.running import run_page
from transparency.exhibits.content import content_rows
from transparency.outlets.bundles import zip_bytes
from transparency.outlets.plain import document_at
from transparency.pages.downloads import about_megabytes, columns_exhibit, listed_tables
from transparency.store.current import shared_store
from transparency.store.descriptors import catalogue


def shown() -> str:
    page = run_page("downloads.py")
    assert not page.warning
    return " ".join(element.proto.body for element in page.get("html"))


def test_every_table_is_listed_once_under_a_subject() -> None:
    assert sorted(row["dataset"] for row in content_rows("tables")) == sorted(catalogue())


def test_tables_with_rows_stand_by_subject_and_those_without_wait() -> None:
    page = shown()
    listed = listed_tables(shared_store())
    held = [each for each in listed if each.rows_count]
    assert f'<p class="verdict">{len(held)} tables, free to use.</p>' in page
    offered, waiting = page.split("Waiting for data")
    for each in listed:
        assert (f'href="/data/{each.dataset.name}/latest.csv"' in offered) is bool(each.rows_count)
        assert f'href="/data/{each.dataset.name}/"' in (offered if each.rows_count else waiting)
    assert re.findall(r"<h2>(\w+)</h2>", page) == [
        "Officers",
        "Counters",
        "Promises",
        "Crime",
        "Survey",
        "Places",
        "More",
    ]
    rows = {each.dataset.name: each.rows_count for each in held}
    assert (rows["wards_2022"], rows["ward_crime_month"], rows["staffing"]) == (679, 129689, 674)


def test_code_and_citation_can_be_copied() -> None:
    page = shown()
    for line in ("curl --compressed", "pandas.read_csv", "ATTACH ", "read.csv("):
        assert re.search(rf"<pre[^>]*><code>[^<]*{re.escape(line)}", page), line
    assert re.search(r"<summary>Cite</summary><div><pre[^>]*>[^<]*As at[^<]*data version", page)


def test_the_size_of_the_zip_is_about_right() -> None:
    megabytes = len(zip_bytes(shared_store())) / 1_000_000
    assert abs(about_megabytes(shared_store()) - megabytes) < 0.3 * megabytes


def test_columns_are_found_by_name_meaning_unit_and_table() -> None:
    store = shared_store()
    found = columns_exhibit(store, "Distance COUNTER")
    names = {row[0] for row in found.table.rows}
    assert {"counter_distance_m", "counter_24_7_distance_m"} <= names and "population_2021" not in names
    assert columns_exhibit(store, "no such words at all").table.rows == ()
    every = {(row[1].href, row[0]) for row in columns_exhibit(store).table.rows}  # type: ignore[union-attr]
    assert ("/data/staffing/", "dedicated_pcs") in every and len({href for href, _ in every}) == len(catalogue())


def test_a_table_has_its_columns_and_every_version() -> None:
    page = document_at(shared_store(), "/data/staffing/").content.decode()
    assert "26 versions published, 1 of them revises an earlier one." in page
    assert 'href="/data/staffing/2017-12-28_r1-source.csv"' in page and "dedicated_pcs" in page
    assert "Sources: ." not in page
