"""The demonstration store: what is invented agrees with London's sums, says what it is, and stays where it is."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from demo.build import build_demonstration
from streamlit.testing.v1 import AppTest

from tests.reading import words
from tests.serving import serve
from transparency.core.errors import StoreError
from transparency.core.project import EMBEDDED_DATA
from transparency.outlets.dashboard.menu import PAGES_FOLDER
from transparency.outlets.plain import dated_paths, document_at
from transparency.pages.page import Page
from transparency.pages.registry import PAGES
from transparency.publishing.publish import Submission, Terms, publish
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.reference import SUMS_FILE, reference_sums
from transparency.store.snapshots import list_snapshots
from transparency.store.store import Store

LABEL = "Demonstration data: invented"
FIRST_MONTH = date(2026, 6, 1)  # two of the sixty months: enough for every page
MONTH_ENDS = [
    *(date(2016, 7, 21), date(2016, 8, 31), date(2016, 9, 30), date(2016, 10, 31), date(2016, 11, 30)),
    *(date(2016, 12, 31), date(2017, 1, 4), date(2017, 2, 28), date(2017, 3, 31), date(2017, 4, 30)),
    *(date(2017, 5, 31), date(2017, 6, 30), date(2017, 7, 31), date(2017, 8, 31), date(2017, 9, 30)),
    *(date(2017, 10, 31), date(2017, 11, 30), date(2017, 12, 28)),
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration") / "store"
    build_demonstration(folder, first_month=FIRST_MONTH)
    return folder


@pytest.fixture(scope="module")
def store(root: Path) -> Store:
    return open_store(root)


def bytes_of(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def one(store: Store, sql: str, **parameters: Any) -> tuple[Any, ...]:
    (row,) = store.rows(sql, **parameters)
    return tuple(row.values())


# ---------------------------------------------------------------- what it holds


def test_it_is_whole_and_good(root: Path, store: Store) -> None:
    verified = verify(root)
    assert (verified.ok, verified.findings, verified.reconciliations) == (True, (), ())
    assert store.is_demonstration
    assert store.findings == ()


def test_it_says_what_it_is_in_its_declaration_its_one_source_and_every_row(root: Path, store: Store) -> None:
    assert json.loads((root / "store.json").read_text())["title"] == LABEL
    assert one(store, "SELECT source_id, publisher, kind, url FROM all_sources") == (
        "demonstration",
        LABEL,
        "demonstration",
        None,
    )
    assert one(store, "SELECT DISTINCT evidence, source_id FROM all_staffing") == ("demonstration", "demonstration")
    assert one(store, "SELECT DISTINCT source_id FROM all_published_figures") == ("demonstration",)
    assert {snapshot.dataset for snapshot in store.snapshots} == {
        *("sources", "published_figures", "staffing", "dwo_strength", "dwo_activity", "dwo_imports"),
    }


def test_there_is_a_snapshot_for_each_month_of_the_programme(store: Store) -> None:
    assert [row["as_at"] for row in store.rows("SELECT DISTINCT as_at FROM current_staffing ORDER BY as_at")] == (
        MONTH_ENDS
    )


@pytest.mark.parametrize(
    ("day", "wards", "with_two", "officers"),
    [
        (date(2016, 7, 21), 629, 100, 729),
        (date(2017, 1, 4), 629, 395, 1024),
        (date(2017, 12, 28), 629, 629, 1258),
    ],
)
def test_every_ward_has_a_row_and_the_sums_are_those_of_london(
    store: Store, day: date, wards: int, with_two: int, officers: int
) -> None:
    counted = one(
        store,
        """
        SELECT count(DISTINCT ward_code), count(*) FILTER (dedicated_pcs >= 2), sum(dedicated_pcs)
        FROM current_staffing WHERE as_at = $day
        """,
        day=day,
    )
    assert counted == (wards, with_two, officers)
    published = one(
        store,
        "SELECT value FROM published_figure_on($day) AS figure WHERE metric = 'wards_with_two_pcs' AND as_at = $day",
        day=day,
    )
    assert published == (with_two,)


def test_on_the_last_day_every_ward_meets_the_whole_promise_and_some_have_more(store: Store) -> None:
    met, declared = one(
        store,
        "SELECT wards_met_evidenced_count, wards_met_declared_count FROM london_status_on(DATE '2017-12-28')",
    )
    assert (met, declared) == (629, 0)
    assert one(
        store,
        "SELECT count(*) FROM current_staffing WHERE as_at = DATE '2017-12-28' AND dedicated_pcsos = 2",
    ) == (97,)


def test_some_wards_have_three_constables_and_others_lend_their_only_one(store: Store) -> None:
    three, none = one(
        store,
        """
        SELECT count(*) FILTER (dedicated_pcs = 3), count(*) FILTER (dedicated_pcs = 0)
        FROM current_staffing WHERE as_at = DATE '2017-01-04'
        """,
    )
    assert three == none == 16


def test_boroughs_differ(store: Store) -> None:
    met = store.rows(
        """
        SELECT borough_name, pcs_met_evidenced_count / wards_count AS share
        FROM borough_status_on(DATE '2017-01-04')
        """
    )
    shares = [row["share"] for row in met]
    assert min(shares) < 0.45
    assert max(shares) > 0.85


def test_posts_fall_vacant_and_wards_lapse(store: Store) -> None:
    lapsed = {
        row["day"]: row["wards_lapsed_count"]
        for day in MONTH_ENDS
        for row in store.rows("SELECT $day::DATE AS day, wards_lapsed_count FROM london_status_on($day)", day=day)
    }
    assert lapsed[date(2016, 7, 21)] == 0
    assert lapsed[date(2017, 3, 31)] > 10
    assert lapsed[date(2017, 12, 28)] == 0


def test_no_count_is_negative_or_absurd(store: Store) -> None:
    assert one(
        store,
        "SELECT min(dedicated_pcs), max(dedicated_pcs), min(dedicated_pcsos), max(dedicated_pcsos) "
        "FROM current_staffing",
    ) == (0, 3, 0, 2)


def test_a_borough_that_reports_late_comes_with_a_revision_and_sometimes_not_at_all(store: Store) -> None:
    rows = store.rows(
        """
        SELECT snapshot_as_at AS day, revision, count(*) FILTER (borough_name = 'Enfield') AS enfield_count
        FROM all_staffing JOIN wards_2014 USING (ward_code) JOIN boroughs USING (borough_code)
        GROUP BY ALL ORDER BY ALL
        """
    )
    told = {(row["day"], row["revision"]): row["enfield_count"] for row in rows}
    assert told[date(2016, 8, 31), 1] == 21
    assert (told[date(2016, 9, 30), 1], told[date(2016, 9, 30), 2]) == (0, 21)
    assert told[date(2016, 10, 31), 1] == 0
    assert (date(2016, 10, 31), 2) not in told


def test_mistakes_are_put_right_by_revisions_with_a_reason(root: Path, store: Store) -> None:
    reasons = [snapshot.reason for snapshot in list_snapshots(root) if snapshot.revision > 1]
    assert reasons.count("The return of Enfield came late") == 12
    assert [reason for reason in reasons if "Enfield" not in str(reason)] == [
        "A slip of the keyboard: a ward had 12 constables instead of 1",
        "Two wards of Camden had been exchanged",
    ]
    wrong = "SELECT max(dedicated_pcs) FROM all_staffing WHERE as_at = DATE '2017-01-04' AND revision = $revision"
    assert [one(store, wrong, revision=1), one(store, wrong, revision=2)] == [(12,), (3,)]
    exchanged = store.rows(
        """
        SELECT before.dedicated_pcs AS before_count, after.dedicated_pcs AS after_count
        FROM all_staffing AS before
        JOIN all_staffing AS after USING (ward_code, as_at)
        WHERE as_at = DATE '2017-06-30' AND before.revision = 2 AND after.revision = 3
          AND before.dedicated_pcs <> after.dedicated_pcs
        """
    )
    assert sorted((row["before_count"], row["after_count"]) for row in exchanged) == [(1, 2), (2, 1)]


def test_there_are_gaps_and_they_are_left(store: Store) -> None:
    wards = {
        row["as_at"]: (row["wards_count"], row["coverage"])
        for row in store.rows(
            """
            SELECT as_at, count(*) AS wards_count, any_value(coverage) AS coverage
            FROM current_staffing GROUP BY as_at
            """
        )
    }
    assert {day: count for day, (count, _) in wards.items() if count < 629} == {
        date(2016, 8, 31): 613,
        date(2016, 9, 30): 613,
        date(2016, 10, 31): 608,
        date(2017, 2, 28): 611,
        date(2017, 5, 31): 608,
        date(2017, 7, 31): 619,
    }
    assert all((coverage == "all_wards") == (count == 629) for count, coverage in wards.values())
    assert one(store, "SELECT count(*) FROM current_staffing WHERE dedicated_pcsos IS NULL") == (80,)


# ---------------------------------------------------------------- where it is written


def test_an_earlier_demonstration_is_replaced_and_every_run_writes_the_same_bytes(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(root, folder)
    (folder / "left-over.txt").write_text("from before")
    build_demonstration(folder, first_month=FIRST_MONTH)
    assert bytes_of(folder) == bytes_of(root)


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "store.json").write_text('{"is_demonstration": false}')
    before = bytes_of(tmp_path)
    with pytest.raises(StoreError, match="something other than a demonstration store"):
        build_demonstration(tmp_path)
    assert bytes_of(tmp_path) == before


def command(store: Path, *arguments: str | Path, module: str = "transparency") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=os.environ | {"TRANSPARENCY_DATA": str(store), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_writes_it_and_refuses_the_store_of_facts(root: Path, tmp_path: Path) -> None:
    done = command(EMBEDDED_DATA, "--out", tmp_path / "new", "--first-month", "2026-06-01", module="demo")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{LABEL}. 39 snapshots are in ")
    assert bytes_of(tmp_path / "new") == bytes_of(root)  # by another process

    refused = command(EMBEDDED_DATA, "--out", EMBEDDED_DATA, module="demo")
    assert refused.returncode == 1
    assert "something other than a demonstration store" in refused.stderr
    assert "Traceback" not in refused.stderr


# ---------------------------------------------------------------- never into a store of facts


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts") / "store"
    for name in ("snapshots", "reference"):
        shutil.copytree(EMBEDDED_DATA / name, folder / name)
    return folder


def test_none_of_its_tables_can_be_published_into_a_store_of_facts(root: Path, facts: Path) -> None:
    before = bytes_of(facts)
    for folder in ("sources/2016-07-21_r1", "published_figures/2016-07-21_r1", "staffing/2017-03-31_r2"):
        name = folder.split("/")[0]
        submission = Submission(dataset(name), root / "snapshots" / folder / "source.csv")
        outcome = publish(facts, [submission], Terms("2017-03-31"))
        assert outcome.is_refused, name
    assert bytes_of(facts) == before


def test_all_of_them_together_are_refused_by_the_command(root: Path, facts: Path) -> None:
    before = bytes_of(facts)
    held = root / "snapshots"
    done = command(
        facts,
        "publish",
        *("--file", f"sources={held / 'sources/2016-07-21_r1/source.csv'}"),
        *("--file", f"published_figures={held / 'published_figures/2016-07-21_r1/source.csv'}"),
        *("--file", f"staffing={held / 'staffing/2017-03-31_r2/source.csv'}"),
        *("--as-at", "2017-03-31"),
    )
    assert done.returncode == 1
    assert done.stderr.count("invented figures have no place in a store of facts (") == 50
    assert "invented figures have no place in a store of facts: 580 more from here on, not listed" in done.stderr
    assert done.stderr.endswith("Refused: nothing published.\n")
    assert bytes_of(facts) == before


def test_a_snapshot_slipped_into_a_store_of_facts_closes_it(root: Path, facts: Path, tmp_path: Path) -> None:
    slipped = tmp_path / "store"
    shutil.copytree(facts, slipped)
    shutil.copytree(root / "snapshots/staffing/2017-03-31_r1", slipped / "snapshots/staffing/2017-03-31_r1")
    with pytest.raises(StoreError, match="invented figures have no place in a store of facts"):
        open_store(slipped)


def test_a_demonstration_that_denies_being_one_is_found(root: Path, tmp_path: Path) -> None:
    denying = tmp_path / "store"
    shutil.copytree(root, denying)
    declaration = (denying / "store.json").read_text()
    (denying / "store.json").write_text(declaration.replace("true", "false"))
    found = verify(denying).findings
    rule = "the file is not the one whose hash was published in reference/SHA256SUMS"
    assert ("reference/../store.json", rule) in {(finding.file, finding.rule) for finding in found}
    with pytest.raises(StoreError, match=r"store\.json: the file is not the one whose hash was published"):
        open_store(denying)
    (denying / "reference" / SUMS_FILE).write_text(reference_sums(denying), encoding="utf-8")
    with pytest.raises(StoreError, match="invented figures have no place in a store of facts"):
        open_store(denying)


# ---------------------------------------------------------------- never without the banner


@pytest.mark.parametrize("declared", PAGES, ids=lambda declared: declared.name)
def test_every_page_of_the_dashboard_begins_with_the_banner(
    store: Store, declared: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: store)
    shown = AppTest.from_file(str(PAGES_FOLDER / f"{declared.name}.py"), default_timeout=180).run()
    assert [str(fault.value) for fault in shown.exception] == []
    assert [str(warning.value) for warning in shown.warning] == []
    said = [element.proto.body for element in shown.get("html") if "<style" not in element.proto.body]
    assert f"<strong>{LABEL}.</strong>" in next(body for body in said if "banner" in body or "<h1" in body)


def test_the_page_of_counters_says_that_none_is_invented_and_where_they_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: store)
    shown = AppTest.from_file(str(PAGES_FOLDER / "counters.py"), default_timeout=180).run()
    assert "is invented for a demonstration" in words(shown) and "<code>make run</code>" not in words(shown)
    assert not shown.get("deck_gl_json_chart") and "More on counters" not in words(shown)
    plain = document_at(store, "/plain/counters").content.decode()
    assert "is invented for a demonstration" in plain


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    with serve(root) as served:
        yield served


def test_the_health_answer_says_so(address: str) -> None:
    said = httpx.get(f"{address}/health").json()
    assert (said["is_demonstration"], said["notice"]) == (True, LABEL)


LIGHT_BYTES = 15_000  # as it is sent
PLAIN = [
    *("/ward/E05000139", "/ward/E05000139?as_at=2017-01-04", "/borough/E09000010", "/ward/E05999999"),
    *("/borough/E09000008", "/borough/E09000008/months", "/ward/E05013662"),
    *dated_paths(),
    *("/plain/find", "/plain/find?q=Kentish+Town", "/plain/about", "/data/", "/data/staffing/"),
]


def test_every_plain_page_says_so(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        answers = {path: client.get(path) for path in PLAIN}
    assert {path for path, answer in answers.items() if answer.status_code not in (200, 404)} == set()
    assert {path for path, answer in answers.items() if f"<strong>{LABEL}.</strong>" not in answer.text} == set()
    assert {path for path, it in answers.items() if len(gzip.compress(it.content, 6)) >= LIGHT_BYTES} == set()


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/data/staffing/latest.csv", ",demonstration,"),
        ("/data/ward_status/latest.csv", ",demonstration"),
        ("/data/ward_status/latest.json", LABEL),
        ("/data/datapackage.json", LABEL),
        ("/api/v1/wards/E05000139", LABEL),
        ("/api/v1/london", LABEL),
        ("/feeds/london.atom", LABEL),
    ],
)
def test_files_answers_and_feeds_say_so(address: str, path: str, label: str) -> None:
    answer = httpx.get(address + path)
    assert answer.status_code == 200
    assert label in answer.text
