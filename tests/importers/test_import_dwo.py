"""The monthly workbook of the small city, imported: what becomes of each team, month and revision."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from demo.months import ACTIVITY_HEADER

from tests.importers.dwo_files import APRIL, MAY, activity, empty_city, files_in, strengths, write_csvs, write_workbook
from tests.monthly_stores import city_with_months
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import LONDON_CODE, today
from transparency.importers.dwo import read_workbook
from transparency.importers.teams import Register
from transparency.months import queries as monthly
from transparency.months.measures import WardMonth
from transparency.months.queries import PlaceKind
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.outcome import Outcome
from transparency.publishing.verify import verify
from transparency.store.checking import findings_in
from transparency.store.database import open_store
from transparency.store.reference import SUMS_FILE, reference_sums
from transparency.store.snapshots import list_snapshots
from transparency.store.store import Store

APRIL_MONTH, MAY_MONTH = date(2022, 4, 1), date(2022, 5, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return empty_city(tmp_path / "city")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    folder = tmp_path_factory.mktemp("imported")
    return import_dwo(empty_city(folder / "city"), [write_workbook(folder / "DWO.xlsx")])


@pytest.fixture(scope="module")
def store(outcome: Outcome) -> Store:
    assert not outcome.is_refused, [str(finding) for finding in outcome.findings]
    return open_store(outcome.snapshots[0].folder.parents[2])


def ward(store: Store, code: str, month: date) -> WardMonth:
    return next(item for item in monthly.ward_months(store, code) if item.month == month)


# ---------------------------------------------------------------- what is written


def test_each_month_of_each_sheet_is_a_snapshot_as_at_its_last_day(outcome: Outcome) -> None:
    assert [(s.dataset, s.as_at, s.revision, s.rows) for s in outcome.snapshots] == [
        ("dwo_activity", APRIL, 1, 14),
        ("dwo_strength", APRIL, 1, 14),
        ("dwo_activity", MAY, 1, 7),
        ("dwo_strength", MAY, 1, 9),
        ("dwo_imports", today(), 1, 4),
    ]


def test_what_is_imported_verifies_as_any_submission_does(outcome: Outcome, store: Store) -> None:
    findings = [f for f in verify(store.root).findings if not f.file.startswith("reference/")]
    assert findings == []


@pytest.mark.parametrize(
    ("month", "ward_code"),
    [
        ("2022-05-31_r1", "E05900024"),  # a ward of another borough
        ("2022-04-30_r1", "E05900034"),  # a ward of the borough's later set
        ("2022-05-31_r1", "E05900031"),  # a ward of the borough's earlier set
        ("2022-05-31_r1", "E05999999"),  # a ward of none
    ],
)
def test_a_team_matched_to_a_ward_that_is_not_its_boroughs_is_found(tmp_path: Path, month: str, ward_code: str) -> None:
    root = city_with_months(tmp_path).root
    path = root / "snapshots" / "dwo_strength" / month / "data.parquet"
    table = pq.read_table(path).to_pylist()
    row = next(number for number, row in enumerate(table) if row["ward_code"] and row["borough_code"] == "E09000093")
    table[row]["ward_code"] = ward_code
    pq.write_table(pa.Table.from_pylist(table, pq.read_schema(path)), path)
    rule = "the team is matched to no ward of its borough in the set in force"
    found = [each for each in findings_in(open_store(root, run_checks=False)) if each.rule == rule]
    assert [(each.file, each.row, each.column, each.value, each.is_warning) for each in found] == [
        (f"dwo_strength {month}", row + 2, "ward_code", ward_code, False)
    ]


def test_the_rows_keep_what_the_workbook_says_and_how_each_was_matched(outcome: Outcome) -> None:
    source = next(s for s in outcome.snapshots if (s.dataset, s.as_at) == ("dwo_activity", MAY)).source_path
    rows = list(csv.DictReader(io.StringIO(source.read_text(encoding="utf-8"))))
    assert [row for row in rows if row["team_name"] == "Marsh Road"] == [
        {
            "line": "4",
            "borough_code": "E09000093",
            "bcu_name": "South and East",
            "team_name": "Marsh Road",
            "published_ward_code": "E05900034",
            "abstraction_type": "Ward Duty",
            "is_abstracted": "false",
            "minutes": "750",
            "ward_code": "E05900035",
            "match_method": "name",
            "is_shared": "false",
            "shared_ward_codes": "",
            "is_contradicted": "true",
        }
    ]


def test_repeated_rows_are_reported_and_kept(outcome: Outcome, store: Store) -> None:
    assert [str(finding) for finding in outcome.findings] == [
        "DWO.xlsx, sheet Sheet1: warning: 1 row repeats an earlier row exactly; kept, because equal sums can be meant. "
        "Nothing needs to be done unless they are known to be wrong."
    ]
    assert ward(store, "E05900024", APRIL_MONTH).minutes == 1000


# ---------------------------------------------------------------- wards


@pytest.mark.parametrize(
    ("ward_code", "month", "status", "constables", "pcsos"),
    [
        ("E05900011", APRIL_MONTH, "met", 2.0, 1.0),
        ("E05900012", APRIL_MONTH, "pcs_short", 1.5, 1.0),
        ("E05900013", APRIL_MONTH, "partly_known", 2.6, None),
        ("E05900024", APRIL_MONTH, "pcso_short", 3.0, 0.5),
        ("E05900025", APRIL_MONTH, "both_short", 1.0, 0.0),
        ("E05900031", APRIL_MONTH, "not_published", None, None),
        ("E05900033", APRIL_MONTH, "met", 2.0, 1.0),
        ("E05900013", MAY_MONTH, "met", 2.0, 1.0),
        ("E05900025", MAY_MONTH, "not_published", None, None),
        ("E05900035", MAY_MONTH, "met", 2.5, 1.0),
        ("E05900036", MAY_MONTH, "not_published", 1.2, None),
    ],
)
def test_a_ward_meets_the_promise_with_two_constables_and_a_pcso(
    store: Store, ward_code: str, month: date, status: str, constables: float | None, pcsos: float | None
) -> None:
    found = ward(store, ward_code, month)
    assert (found.ward_status, found.constable_fte, found.pcso_fte) == (status, constables, pcsos)


def test_a_shared_team_is_no_wards_own_and_makes_no_ward_short(store: Store) -> None:
    marsh = ward(store, "E05900032", APRIL_MONTH)
    assert (marsh.constable_fte, marsh.shared_constable_fte, marsh.shared_pcso_fte) == (None, 3.0, 2.0)
    lock = ward(store, "E05900036", MAY_MONTH)
    assert (lock.constable_status, lock.constable_fte, lock.shared_constable_fte) == ("not_known", 1.2, 2.5)


def test_a_ward_with_two_teams_has_both(store: Store) -> None:
    marsh_road = ward(store, "E05900035", MAY_MONTH)
    assert (marsh_road.teams_count, marsh_road.constable_fte, marsh_road.minutes) == (2, 2.5, 840)


def test_wards_are_those_of_the_set_in_force_at_the_months_end(store: Store) -> None:
    assert [w.ward_name for w in monthly.wards_in_month(store, APRIL_MONTH, "E09000093")] == ["Ferry", "Lock", "Marsh"]
    assert [w.ward_name for w in monthly.wards_in_month(store, MAY_MONTH, "E09000093")] == [
        "Ferry",
        "Lock",
        "Marsh Road",
        "New Dock",
    ]
    assert [w.month for w in monthly.ward_months(store, "E05900033")] == [APRIL_MONTH]


def test_wards_above_the_minimum(store: Store) -> None:
    wards = monthly.wards_in_month(store, APRIL_MONTH)
    above = [(w.ward_name, w.constable_fte, w.pcso_fte) for w in wards if w.is_above_minimum]
    assert above == [("Abbey & Mill", 3.0, 0.5), ("Village", 2.6, None)]


# ---------------------------------------------------------------- places


def test_a_borough_adds_up_all_its_rows_matched_or_not(store: Store) -> None:
    april, may = monthly.place_months(store, PlaceKind.BOROUGH, "E09000093")
    assert (april.constable_fte, april.pcso_fte) == (9.0, 3.0)
    assert (april.minutes, april.minutes_abstracted) == (1810, 210)
    (parts,) = store.rows(
        """
        SELECT matched_fte, shared_fte, unmatched_fte, matched_minutes, shared_minutes, unmatched_minutes
        FROM dwo_place_month WHERE place_code = 'E09000093' AND month = $month
        """,
        month=APRIL_MONTH,
    )
    assert tuple(parts.values()) == (3.0, 5.0, 4.0, 360, 750, 700)
    assert (april.wards_count, april.wards_met_count, april.wards_not_published_count) == (3, 1, 2)
    assert (may.constable_fte, may.pcso_fte, may.wards_count) == (6.2, 1.0, 4)


def test_a_borough_that_is_missing_is_missing_and_not_zero(store: Store) -> None:
    april, may = monthly.place_months(store, PlaceKind.BOROUGH, "E09000092")
    assert (april.constable_fte, may.constable_fte, may.minutes, may.abstraction_pct) == (4.0, None, None, None)
    assert [(m.dataset, m.borough_name, m.first_month, m.last_month) for m in monthly.missing_months(store)] == [
        ("dwo_strength", "Southbank", MAY_MONTH, MAY_MONTH),
        ("dwo_activity", "Southbank", MAY_MONTH, MAY_MONTH),
    ]


def test_london_says_of_how_many_boroughs_it_is(store: Store) -> None:
    april, may = monthly.place_months_until(store, MAY)
    assert (april.constable_fte, april.pcso_fte, april.boroughs_with_strength_count) == (19.1, 5.5, 3)
    assert (april.minutes, april.minutes_abstracted) == (5810, 610)
    assert april.abstraction_pct == pytest.approx(6100 / 581)
    assert (may.boroughs_with_strength_count, may.boroughs_count, may.is_whole) == (2, 3, False)
    assert may.constables_per_10000_residents_fte is None


def test_officers_per_ten_thousand_residents_need_a_population(store: Store) -> None:
    april, may = monthly.place_months(store, PlaceKind.BOROUGH, "E09000091")
    assert april.population_count == 33000
    assert april.constables_per_10000_residents_fte == pytest.approx(6.1 / 3.3)
    assert may.pcsos_per_10000_residents_fte == pytest.approx(2.0 / 3.45)
    (southbank, _) = monthly.place_months(store, PlaceKind.BOROUGH, "E09000092")
    assert (southbank.population_count, southbank.constables_per_10000_residents_fte) == (None, None)


def test_command_units_add_up_their_boroughs(store: Store) -> None:
    units = monthly.places_in_month(store, PlaceKind.BCU, APRIL_MONTH)
    assert [(u.place_name, u.constable_fte, u.boroughs_count) for u in units] == [
        ("North Bank", 6.1, 1),
        ("South and East", 13.0, 2),
    ]


def test_the_borough_table_counts_nothing_twice(store: Store) -> None:
    rows = store.rows("SELECT * FROM dwo_by_borough WHERE borough_code = 'E09000091' ORDER BY month, rank NULLS LAST")
    assert [tuple(row.values()) for row in rows[:3]] == [
        (APRIL_MONTH, "E09000091", "constable", 6.1, None, None),
        (APRIL_MONTH, "E09000091", "pcso", 2.0, None, None),
        (APRIL_MONTH, "E09000091", None, None, 2500.0, 200.0),
    ]


# ---------------------------------------------------------------- abstraction


def test_activity_by_type_and_year(store: Store) -> None:
    types = monthly.activity_types(store, monthly.find_place(store, LONDON_CODE), date(2022, 7, 1))
    hours = [(each.activity_type, each.is_elsewhere, round(60 * each.hours)) for each in types]
    assert hours == [("Ward Duty", False, 8270), ("Aid", True, 560), ("Court", True, 200)]
    assert [each.recorded_percent for each in types] == [91.6, 6.2, 2.2]
    assert monthly.activity_types(store, monthly.find_place(store, LONDON_CODE), date(2022, 5, 1)) == ()


def test_most_and_least_affected_wards(store: Store) -> None:
    shares = monthly.ward_shares(store, APRIL_MONTH, APRIL_MONTH)
    assert [(s.ward_name, round(s.abstraction_pct, 2)) for s in shares] == [
        ("Abbey & Mill", 20.0),
        ("Castle & Quay", 20.0),
        ("Lock", 16.67),
        ("Abbey", 10.0),
        ("St James's", 0.0),
        ("Village", 0.0),
    ]
    both = monthly.ward_shares(store, APRIL_MONTH, MAY_MONTH, "E09000091")
    assert [(s.ward_name, s.months_count, s.minutes, s.minutes_abstracted) for s in both] == [
        ("Castle & Quay", 1, 500, 100),
        ("Abbey", 2, 2000, 150),
        ("Village Green", 2, 1880, 0),
    ]
    apart = monthly.spread_between(store, APRIL_MONTH, MAY_MONTH, "E09000091")
    assert apart is not None
    assert (apart.wards_count, apart.least_pct, apart.quarter_pct, apart.most_pct) == (3, 0, 3.75, 20)
    # 0, 0, 10, 16.67, 20 and 20 per cent: six wards with recorded time of their own, each counted once.
    london = monthly.spread_between(store, APRIL_MONTH, APRIL_MONTH)
    assert london is not None
    assert (london.wards_count, london.least_pct, london.most_pct) == (6, 0.0, 20.0)
    assert london.middle_pct == pytest.approx((10 + 100 / 6) / 2)
    assert monthly.spread_between(store, date(2020, 1, 1), date(2020, 2, 1)) is None


# ---------------------------------------------------------------- the report


def test_the_report_counts_rows_fte_and_minutes_of_each_team_to_look_at(store: Store) -> None:
    found = [
        (t.team_kind, t.team_name, t.strength_rows, t.fte_months, t.activity_rows, t.minutes)
        for t in monthly.team_reports(store)
    ]
    assert found == [
        ("unmatched", "Night Hub", 1, 4.0, 1, 700),
        ("shared", "Ferry and Marsh", 2, 5.0, 2, 750),
        ("shared", "Waterside", 1, 2.5, 2, 500),
        ("doubled", "Marsh Road", 2, 3.0, 1, 750),
        ("doubled", "Marsh Road Estate", 1, 0.5, 1, 90),
        ("contradicted", "Marsh Road", 2, 3.0, 1, 750),
    ]


def test_the_kinds_of_match_add_up_to_the_workbooks_totals(store: Store) -> None:
    of_april = [(m.match_kind, m.fte, m.minutes) for m in monthly.match_months(store) if m.month == APRIL_MONTH]
    assert of_april == [
        ("alias", 3.0, 360),
        ("name", 12.6, 4000),
        ("shared", 5.0, 750),
        ("unmatched", 4.0, 700),
    ]
    imported = store.rows("SELECT dataset, month_end, total FROM all_dwo_imports")
    totals = {(row["dataset"], row["month_end"]): row["total"] for row in imported}
    assert totals == {
        ("dwo_strength", APRIL): 24.6,
        ("dwo_strength", MAY): 13.2,
        ("dwo_activity", APRIL): 5810,
        ("dwo_activity", MAY): 3220,
    }


def test_a_store_without_any_import_answers_nothing(root: Path) -> None:
    store = open_store(root)
    assert monthly.newest_month(store) is None
    assert monthly.place_months_until(store, MAY) == ()
    assert monthly.ward_shares(store, APRIL_MONTH, MAY_MONTH) == ()
    assert (monthly.match_months(store), monthly.team_reports(store), monthly.missing_months(store)) == ((), (), ())


# ---------------------------------------------------------------- again, and otherwise


def test_importing_the_same_workbook_again_writes_nothing(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    import_dwo(root, [path])
    before = files_in(root)
    again = import_dwo(root, [path])
    assert {change.action for change in again.changes} == {"unchanged"}
    assert (again.snapshots, files_in(root)) == ((), before)


def test_rows_in_another_order_and_sheets_as_csv_are_the_same_months(root: Path, tmp_path: Path) -> None:
    import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")])
    before = files_in(root)
    turned = write_workbook(tmp_path / "turned.xlsx", strengths()[::-1], activity()[::-1])
    assert import_dwo(root, [turned]).snapshots == ()
    assert import_dwo(root, write_csvs(tmp_path)).snapshots == ()
    assert files_in(root) == before


def test_a_restated_month_is_a_revision_and_no_other_month_is(root: Path, tmp_path: Path) -> None:
    import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")])
    rows = strengths()
    rows[0][6] = 3.0
    outcome = import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx", rows)])
    assert [(s.dataset, s.as_at, s.revision, s.reason) for s in outcome.snapshots] == [
        (
            "dwo_strength",
            APRIL,
            2,
            "The Metropolitan Police restated this month: 1 row removed, 1 row added; 24.60 FTE before, 25.60 after.",
        ),
        ("dwo_imports", today(), 2, "Import number 2 of the day."),
    ]
    store = open_store(root)
    assert ward(store, "E05900011", APRIL_MONTH).constable_fte == 3.0
    changed = store.rows(
        """
        SELECT dataset, month_end, action, month_revision, total, total_before
        FROM all_dwo_imports WHERE revision = 2 AND action <> 'unchanged'
        """
    )
    assert [tuple(row.values()) for row in changed] == [("dwo_strength", APRIL, "restated", 2, 25.6, 24.6)]


def test_a_new_alias_matches_the_month_anew_and_changes_no_figure(root: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    import_dwo(root, [path])
    with (root / "reference" / "team_aliases.csv").open("a", encoding="utf-8") as file:
        file.write("2018,E09000093,Night Hub,E05900032,2026-01-06,minutes\n")
    (root / "reference" / SUMS_FILE).write_text(reference_sums(root), encoding="utf-8")
    outcome = import_dwo(root, [path])
    assert [(s.dataset, s.as_at, s.revision, s.reason) for s in outcome.snapshots[:-1]] == [
        ("dwo_activity", APRIL, 2, "Teams were matched to wards anew: 1 row changed, no figure did."),
        ("dwo_strength", APRIL, 2, "Teams were matched to wards anew: 1 row changed, no figure did."),
    ]
    assert ward(open_store(root), "E05900032", APRIL_MONTH).constable_fte == 4.0


def test_a_month_that_left_the_workbook_stays_stored_and_is_no_longer_shown(root: Path, tmp_path: Path) -> None:
    import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")])
    later = write_workbook(
        tmp_path / "later.xlsx",
        [row for row in strengths() if row[0] == MAY],
        [row for row in activity() if row[0].month == 5],
    )
    outcome = import_dwo(root, [later])
    assert outcome.absent == (APRIL,)
    assert [finding.rule for finding in outcome.findings if finding.value == "April 2022"] == [
        "months shown until now are not, or not in both sheets, in this edition: they stay stored, not shown"
    ]
    assert [(s.dataset, s.revision) for s in outcome.snapshots] == [("dwo_imports", 2)]
    assert [(s.dataset, s.name) for s in list_snapshots(root) if s.as_at == APRIL] == [
        ("dwo_activity", "2022-04-30_r1"),
        ("dwo_strength", "2022-04-30_r1"),
    ]
    assert [m.month for m in monthly.months(open_store(root))] == [MAY_MONTH]
    assert import_dwo(root, [later]).snapshots == ()
    import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")])
    assert [m.month for m in monthly.months(open_store(root))] == [APRIL_MONTH, MAY_MONTH]


def test_an_earlier_edition_is_refused_where_a_later_one_is_stored(root: Path, tmp_path: Path) -> None:
    import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")])
    before = files_in(root)
    earlier = write_workbook(
        tmp_path / "earlier.xlsx",
        [row for row in strengths() if row[0] == APRIL],
        [row for row in activity() if row[0].month == 4],
    )
    outcome = import_dwo(root, [earlier])
    assert [str(finding) for finding in outcome.findings if not finding.is_warning] == [
        "earlier.xlsx: the workbook ends before the edition stored here, which goes to May 2022: an earlier edition "
        "('April 2022'). Import it into a store of its own: two editions are never one series."
    ]
    assert files_in(root) == before


def test_a_later_edition_takes_the_place_of_the_whole_series(root: Path, tmp_path: Path) -> None:
    """April of the first edition is neither shown beside May of the second nor in its totals."""
    import_dwo(root, [write_workbook(tmp_path / "spring.xlsx")])
    rows = [[*row[:6], 1.0] for row in strengths() if row[0] == MAY]
    minutes = [row for row in activity() if row[0].month == 5]
    import_dwo(root, [write_workbook(tmp_path / "autumn.xlsx", rows, minutes)])
    store = open_store(root)
    assert findings_in(store) == ()
    assert ward(store, "E05900011", MAY_MONTH).constable_fte == 1.0
    assert [item.month for item in monthly.ward_months(store, "E05900011")] == [MAY_MONTH]
    assert store.rows("SELECT DISTINCT as_at FROM current_dwo_strength ORDER BY 1") == [
        {"as_at": APRIL},
        {"as_at": MAY},
    ]


def test_a_dry_run_checks_everything_and_writes_nothing(root: Path, tmp_path: Path) -> None:
    before = files_in(root)
    outcome = import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")], is_dry_run=True)
    assert {change.action for change in outcome.changes} == {"published"}
    assert outcome.store is not None
    assert len(monthly.months(outcome.store)) == 2
    assert files_in(root) == before


def test_columns_moved_and_renamed_are_found(root: Path, tmp_path: Path) -> None:
    """The publisher warned in June 2026 that sheets and columns may move."""
    moved = write_workbook(
        tmp_path / "moved.xlsx",
        [[row[6], row[0], row[4], row[5], row[3], row[2]] for row in strengths()],
        [[*row[:5], row[7], row[6], row[5]] for row in activity()],
        strength_header=("fte", "DATE ", "Team", "rank", "Borough", "BCU"),
        activity_header=(
            "Month_of_Abstraction",
            "OCU",
            "borough",
            "team",
            "Abstracted from duty",
            "Ward Code",
            "Abstraction minutes",
            "Abstracted Type",
        ),
        sheet_names=("Minutes 2026", "Team strength"),
    )
    outcome = import_dwo(root, [moved])
    assert [str(finding) for finding in outcome.findings if not finding.is_warning] == []
    assert ward(open_store(root), "E05900011", APRIL_MONTH).abstraction_pct == 10.0


def test_a_sum_that_is_not_the_workbooks_is_refused(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here because the total handed to the store is falsified."""
    from transparency.publishing import import_workbook

    monkeypatch.setattr(import_workbook, "_plain", lambda number: "1")
    before = files_in(root)
    outcome = import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx")])
    assert {(f.file, f.rule) for f in outcome.findings if not f.is_warning} == {
        (
            "DWO.xlsx, dwo_strength April 2022",
            "the month adds up to another total than the workbook's 1.0000",
        ),
        ("DWO.xlsx, dwo_strength May 2022", "the month adds up to another total than the workbook's 1.0000"),
        ("DWO.xlsx, dwo_activity April 2022", "the month adds up to another total than the workbook's 1.0000"),
        ("DWO.xlsx, dwo_activity May 2022", "the month adds up to another total than the workbook's 1.0000"),
    }
    assert files_in(root) == before
    assert list_snapshots(root) == ()


# ---------------------------------------------------------------- the two editions as they were published


def test_rows_of_both_editions_are_read_as_they_stand(tmp_path: Path) -> None:
    """Rows of the file of September 2026, and the same under the titles of the file of spring 2024."""
    strength = ["2021-08-31", "Frontline Policing", "BCU Central East", "Hackney Borough"]
    strengths_2026 = (
        ("Date", "Buisness Group", "OCU", "Department", "Team", "Rank", "FTE"),
        [*strength, "Brownswood Hall Ward", "Constable", "2.0"],
        [*strength, "Cazenove Ward", "Constable", "2.0"],
        [*strength, "Cazenove Ward", "PCSO", "1.0"],
    )
    time = ["2021-08-01", "BCU Central East", "Tower Hamlets Borough", "Bromley South Ward", "No"]
    activity_2026 = (
        (*ACTIVITY_HEADER[:5], "Abstracted Type", "Abstraction Minutes", "Ward_Code"),
        [*time, "Not Abstracted", "37023.0", "E05009322"],
    )
    activity_2024 = ((*ACTIVITY_HEADER[:5], "Abstraction Type", "Abstraction Minutes"), activity_2026[1][:-1])
    strengths_2024 = (("Date", "Business Group", *strengths_2026[0][2:]), *strengths_2026[1:])
    matched = [("Brownswood Hall Ward", "E05009367"), ("Cazenove Ward", "E05009368"), ("Cazenove Ward", "E05009368")]
    for number, sheets in enumerate([(strengths_2026, activity_2026), (activity_2024, strengths_2024)]):
        paths = []
        for place, sheet in enumerate(sheets):
            paths.append(tmp_path / f"{number}-{place}.csv")
            with paths[-1].open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(sheet)
        workbook = read_workbook(paths, Register.read(EMBEDDED_DATA), today())
        assert [str(finding) for finding in workbook.findings if not finding.is_warning] == []
        minutes, fte = (
            list(csv.DictReader(io.StringIO(month.source.decode())))
            for month in sorted(workbook.months, key=lambda month: month.dataset)
        )
        assert [(row["team_name"], row["ward_code"]) for row in fte] == matched
        assert [(row["minutes"], row["ward_code"], row["is_abstracted"]) for row in minutes] == [
            ("37023", "E05009322", "false")
        ]


def test_what_became_of_codes_of_another_ward_set_is_said(root: Path, tmp_path: Path) -> None:
    rows = activity()
    rows[-2][7], rows[-1][7] = "E05900032", "E05900033"
    rows[14][7] = "N/A"
    outcome = import_dwo(root, [write_workbook(tmp_path / "DWO.xlsx", activity_rows=rows)])
    assert [(f.value, f.rule) for f in outcome.findings if f.column == "Ward_Code"] == [
        ("E05900033", "ward codes of another ward set than their month's, which stand for the wards of their name: 1"),
        (
            "E05900032, N/A",
            "ward codes that stand for no ward of their month's set; their teams are matched by name: 2",
        ),
    ]
