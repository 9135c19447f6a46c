# mypy: disable-error-code="arg-type, call-overload, misc, return-value"
"""The views against an independent recomputation in pandas, over an invented workbook with every quirk.

The recomputation reads the same workbook with pandas, matches teams by rules written here again, and adds up by
itself. Six months: the last of the 2018 wards and the first of the 2022 wards, the month before Camden's gap and its
first, and the month before ward codes were published and the first with them.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from demo.months import Invention, invent

from tests.reading import frame
from transparency.core.project import EMBEDDED_DATA
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.outcome import Outcome
from transparency.store.database import open_store
from transparency.store.reference import SUMS_FILE, reference_sums
from transparency.store.store import Store

REFERENCE = EMBEDDED_DATA / "reference"
PAIRS = (
    (date(2022, 4, 1), date(2022, 5, 1)),
    (date(2024, 7, 1), date(2024, 8, 1)),
    (date(2025, 10, 1), date(2025, 11, 1)),
)
RESTATED = date(2024, 7, 1)


def invention(restated: tuple[date, ...] = ()) -> Invention:
    made = [invent(REFERENCE, first=first, last=last, restated=restated) for first, last in PAIRS]
    return Invention(
        [row for part in made for row in part.strengths],
        [row for part in made for row in part.activity],
        made[0].aliases,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    shutil.copytree(REFERENCE, folder / "store" / "reference")
    (folder / "store" / "store.json").write_text('{"is_demonstration": true}\n', encoding="utf-8")
    invention().write_xlsx(folder / "first.xlsx")
    made = invention((RESTATED,))
    made.write_xlsx(folder / "restated.xlsx")
    made.write_aliases(folder / "store" / "reference" / "team_aliases.csv")
    (folder / "store" / "reference" / SUMS_FILE).write_text(reference_sums(folder / "store"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> list[Outcome]:
    return [import_dwo(folder / "store", [folder / name]) for name in ("first.xlsx", "restated.xlsx")]


@pytest.fixture(scope="module")
def store(folder: Path, outcomes: list[Outcome]) -> Store:
    for outcome in outcomes:
        assert [str(finding) for finding in outcome.findings if not finding.is_warning] == []
    return open_store(folder / "store")


@pytest.fixture(scope="module")
def sheets(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    return recomputed(folder / "restated.xlsx", folder / "store" / "reference")


# ---------------------------------------------------------------- the other way to the same numbers


def plain(name: str) -> str:
    name = name.lower().replace("'", "").replace("’", "").replace("&", " and ")
    words = re.sub("[^a-z0-9 ]", " ", name).split()
    return " ".join(word for word in words if word not in ("and", "ward", "team", "neighbourhood"))


def recomputed(workbook: Path, reference: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both sheets with month, borough_code, ward_code (a code, `shared` or `none`) and the wards of a shared team."""
    read = pd.read_excel(workbook, sheet_name=None, engine="calamine")
    strengths = read["Strengths"].rename(
        columns={"Date": "month", "Department": "borough", "Team": "team", "Rank": "rank", "FTE": "fte"}
    )
    activity = read["Sheet1"].rename(
        columns={
            "Month of Abstraction": "month",
            "Borough": "borough",
            "Team": "team",
            "Abstracted From Duty": "flag",
            "Abstraction Type": "type",
            "Abstraction Minutes": "minutes",
            "Ward_Code": "code",
        }
    )
    activity["minutes"] = activity["minutes"].astype(str).str.replace(",", "").astype(float)
    activity["is_abstracted"] = activity["flag"].str.strip().str.lower() == "yes"
    strengths["rank"] = strengths["rank"].str.strip().str.lower()
    boroughs = pd.read_csv(reference / "boroughs.csv")
    codes = {plain(row.borough_name).replace(" upon thames", ""): row.borough_code for row in boroughs.itertuples()}
    for sheet in (strengths, activity):
        sheet["month"] = pd.to_datetime(sheet["month"]).dt.to_period("M").dt.to_timestamp()
        names = sheet["borough"].str.replace("Borough", "").map(plain).str.replace(" upon thames", "")
        sheet["borough_code"] = names.map(codes)
        sheet["key"] = sheet["team"].map(plain)
    assert not strengths["borough_code"].isna().any()
    assert not activity["borough_code"].isna().any()

    coded = activity[activity["code"].notna() & (activity["code"] != "")]
    published = coded.groupby(["month", "borough_code", "key"])["code"].agg(set).to_dict()
    wards = {
        vintage: pd.read_csv(reference / f"wards_{vintage}.csv", dtype=str)[["ward_code", "ward_name", "borough_code"]]
        for vintage in (2018, 2022)
    }
    by_name = {
        (vintage, row.borough_code, plain(row.ward_name)): row.ward_code
        for vintage, table in wards.items()
        for row in table.itertuples()
    }
    by_alias = {
        (row.vintage, row.borough_code, plain(row.team_name)): row.ward_code
        for row in pd.read_csv(reference / "team_aliases.csv").itertuples()
    }
    in_set = {(v, row.ward_code): row.borough_code for v, table in wards.items() for row in table.itertuples()}

    def wards_of_both(vintage: int, borough: str, team: str) -> list[str]:
        """The wards whose two names a team joins; empty where it does not."""
        both = [(vintage, borough, plain(part)) for part in team.strip().split(" and ")]
        return [by_name[key] for key in both] if len(both) == 2 and all(key in by_name for key in both) else []

    def vintage_of(month: pd.Timestamp) -> int:
        return 2018 if month < pd.Timestamp(2022, 5, 1) else 2022

    def ward_of(month: pd.Timestamp, borough: str, team: str) -> str:
        vintage = vintage_of(month)
        key = (vintage, borough, plain(team))
        if key in by_name:
            return by_name[key]
        if wards_of_both(vintage, borough, team):
            return "shared"
        if key in by_alias:
            return by_alias[key]
        # In this workbook a name that is no ward's is either misspelt, and then has the ward's code, or nobody's.
        told = [c for c in published.get((month, borough, plain(team)), ()) if in_set.get((vintage, c)) == borough]
        return told[0] if told else "none"

    for sheet in (strengths, activity):
        teams = sheet[["month", "borough_code", "team"]].drop_duplicates()
        teams["ward_code"] = [ward_of(*team) for team in teams.itertuples(index=False)]
        teams["shared_codes"] = [
            wards_of_both(vintage_of(each.month), each.borough_code, each.team) if each.ward_code == "shared" else []
            for each in teams.itertuples()
        ]
        merged = sheet.merge(teams, on=["month", "borough_code", "team"], how="left", validate="many_to_one")
        sheet["ward_code"] = merged["ward_code"].to_numpy()
        sheet["shared_codes"] = merged["shared_codes"].to_numpy()
    return strengths, activity


def rated(strengths: pd.DataFrame, months: list[pd.Timestamp], reference: Path) -> pd.DataFrame:
    """Every ward of the set of every month, with its own FTE, both halves and the status, by the rule in words:
    met from 2 (1); short below it; not known without a figure, or where a shared team may make up the rest."""
    sets = []
    for month in months:
        vintage = 2018 if month < pd.Timestamp(2022, 5, 1) else 2022
        sets.append(pd.read_csv(reference / f"wards_{vintage}.csv").assign(month=month))
    wards = pd.concat(sets, ignore_index=True)
    own = strengths[strengths["ward_code"].str.startswith("E05")]
    shared = strengths[strengths["ward_code"] == "shared"].explode("shared_codes")
    for rank, least in (("constable", 2), ("pcso", 1)):
        figure = own[own["rank"] == rank].groupby(["month", "ward_code"])["fte"].sum().round(6)
        helping = shared[shared["rank"] == rank].groupby(["month", "shared_codes"])["fte"].sum()
        keys = list(zip(wards["month"], wards["ward_code"], strict=True))
        wards[rank] = [figure.get(key, float("nan")) for key in keys]
        helped = [helping.get(key, 0) > 0 for key in keys]
        wards[f"{rank}_status"] = [
            "met" if value >= least else "not_known" if pd.isna(value) or is_helped else "short"
            for value, is_helped in zip(wards[rank], helped, strict=True)
        ]
    words = {
        ("met", "met"): "met",
        ("short", "short"): "both_short",
        ("short", "met"): "pcs_short",
        ("short", "not_known"): "pcs_short",
        ("met", "short"): "pcso_short",
        ("not_known", "short"): "pcso_short",
        ("met", "not_known"): "partly_known",
        ("not_known", "met"): "partly_known",
        ("not_known", "not_known"): "not_published",
    }
    halves = zip(wards["constable_status"], wards["pcso_status"], strict=True)
    wards["status"] = [words[both] for both in halves]
    return wards


def assert_same(found: pd.DataFrame, expected: pd.DataFrame, keys: list[str], column: str) -> None:
    """The same keys, and on each the same number to a hundred-thousandth; missing on neither or both."""
    found, expected = found.copy(), expected.copy()
    for table in (found, expected):
        table["month"] = pd.to_datetime(table["month"])
    suffixes = ("_found", "_expected")
    both = found[[*keys, column]].merge(expected[[*keys, column]], on=keys, how="outer", suffixes=suffixes)
    differing = both[(both[f"{column}_found"] - both[f"{column}_expected"]).abs() > 1e-5]
    assert differing.empty, differing.head().to_string()
    lone = both[both[f"{column}_found"].isna() != both[f"{column}_expected"].isna()]
    assert lone.empty, lone.head().to_string()
    assert both[f"{column}_found"].notna().sum() > 0


# ---------------------------------------------------------------- every ward, borough, month and type


@pytest.mark.parametrize(("rank", "column"), [("constable", "constable_fte"), ("pcso", "pcso_fte")])
def test_strength_of_every_ward_and_month(
    store: Store, sheets: tuple[pd.DataFrame, pd.DataFrame], rank: str, column: str
) -> None:
    rows = sheets[0][(sheets[0]["rank"] == rank) & sheets[0]["ward_code"].str.startswith("E05")]
    expected = rows.groupby(["month", "ward_code"], as_index=False)["fte"].sum().rename(columns={"fte": column})
    found = frame(store, "SELECT month, ward_code, constable_fte, pcso_fte FROM dwo_ward_month").dropna(subset=[column])
    assert_same(found, expected, ["month", "ward_code"], column)


@pytest.fixture(scope="module")
def wards(sheets: tuple[pd.DataFrame, pd.DataFrame], folder: Path) -> pd.DataFrame:
    months = sorted({*sheets[0]["month"], *sheets[1]["month"]})
    return rated(sheets[0], months, folder / "store" / "reference")


def test_status_of_every_ward_and_month(store: Store, wards: pd.DataFrame) -> None:
    found = frame(store, "SELECT month, ward_code, constable_status, pcso_status, ward_status FROM dwo_ward_month")
    found["month"] = pd.to_datetime(found["month"])
    both = wards.merge(found, on=["month", "ward_code"], how="outer", suffixes=("", "_found"), indicator=True)
    assert (both["_merge"] == "both").all() and len(found) == len(wards) == 632 + 5 * 679
    assert (both["status"] == both["ward_status"]).all()
    for half in ("constable_status", "pcso_status"):
        assert (both[half] == both[f"{half}_found"]).all()
    assert set(wards["status"]) == {
        *("met", "pcs_short", "pcso_short", "both_short", "partly_known", "not_published"),
    }


@pytest.mark.parametrize(("kind", "column"), [("borough", "borough_code"), ("bcu", "bcu_code"), ("london", "")])
def test_wards_of_every_place_and_month_by_status_and_half(
    store: Store, wards: pd.DataFrame, kind: str, column: str
) -> None:
    boroughs = pd.read_csv(REFERENCE / "boroughs.csv", keep_default_na=False)[["borough_code", "bcu_code"]]
    rows = wards.merge(boroughs, on="borough_code")
    rows["place_code"] = rows[column] if column else "E12000007"
    is_short = rows["status"].isin(["pcs_short", "pcso_short", "both_short"])
    counted = {
        "wards_met_count": rows["status"] == "met",
        "wards_short_count": is_short,
        "wards_partly_known_count": rows["status"] == "partly_known",
        "wards_not_published_count": rows["status"] == "not_published",
        "constables_met_count": rows["constable_status"] == "met",
        "constables_short_count": rows["constable_status"] == "short",
        "constables_not_known_count": rows["constable_status"] == "not_known",
        "pcso_met_count": rows["pcso_status"] == "met",
        "pcso_short_count": rows["pcso_status"] == "short",
        "pcso_not_known_count": rows["pcso_status"] == "not_known",
        "wards_above_minimum_count": (rows["constable"] > 2) | (rows["pcso"] > 1),
    }
    found = frame(store, "SELECT * FROM dwo_place_month WHERE place_kind = $kind", kind=kind)
    for name, is_counted in counted.items():
        expected = is_counted.groupby([rows["month"], rows["place_code"]]).sum().rename(name).reset_index()
        assert_same(found, expected, ["month", "place_code"], name)


def test_ranks_of_boroughs_rest_on_every_ward(store: Store, wards: pd.DataFrame) -> None:
    found = frame(store, "SELECT month, borough_code, measure, is_ranked, wards_met_pct FROM dwo_borough_measure_month")
    for measure, column in (("pcs", "constable_status"), ("pcsos", "pcso_status")):
        known = wards[column].ne("not_known").groupby([wards["month"], wards["borough_code"]]).all()
        share = wards[column].eq("met").groupby([wards["month"], wards["borough_code"]]).mean() * 100
        expected = share.where(known).dropna().rename("wards_met_pct").reset_index()
        own = found[(found["measure"] == measure) & found["is_ranked"] & found["borough_code"].str.startswith("E09")]
        assert_same(own, expected, ["month", "borough_code"], "wards_met_pct")


def test_strength_for_residents_of_every_borough(
    store: Store, sheets: tuple[pd.DataFrame, pd.DataFrame], wards: pd.DataFrame
) -> None:
    """Since May 2022 every ward has its residents of 2021."""
    residents = wards.groupby(["month", "borough_code"])["population_2021"].sum(min_count=1)
    strength = sheets[0][sheets[0]["rank"] == "constable"].groupby(["month", "borough_code"])["fte"].sum()
    expected = (10_000 * strength / residents).rename("constables_per_10000_residents_fte").dropna().reset_index()
    expected = expected[expected["month"] >= pd.Timestamp(2022, 5, 1)]
    found = frame(
        store,
        "SELECT month, place_code AS borough_code, constables_per_10000_residents_fte FROM dwo_place_month "
        "WHERE place_kind = 'borough' AND month >= DATE '2022-05-01'",
    ).dropna()
    assert_same(found, expected, ["month", "borough_code"], "constables_per_10000_residents_fte")


@pytest.mark.parametrize("column", ["minutes", "minutes_abstracted"])
def test_minutes_of_every_ward_and_month(store: Store, sheets: tuple[pd.DataFrame, pd.DataFrame], column: str) -> None:
    rows = sheets[1][sheets[1]["ward_code"].str.startswith("E05")].copy()
    rows["minutes_abstracted"] = rows["minutes"].where(rows["is_abstracted"], 0)
    expected = rows.groupby(["month", "ward_code"], as_index=False)[column].sum()
    found = frame(store, "SELECT month, ward_code, minutes, minutes_abstracted FROM dwo_ward_month")
    assert_same(found.dropna(subset=[column]), expected, ["month", "ward_code"], column)


def test_every_borough_month_and_rank(store: Store, sheets: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    keys = ["month", "borough_code", "rank"]
    expected = sheets[0].groupby(keys, as_index=False)["fte"].sum()
    found = frame(
        store, "SELECT month, borough_code, lower(rank) AS rank, fte FROM dwo_by_borough WHERE rank IS NOT NULL"
    )
    assert_same(found, expected, keys, "fte")


@pytest.mark.parametrize(
    ("kind", "columns"), [("borough", ["borough_code"]), ("bcu", ["bcu_code"]), ("ward", ["ward_code"]), ("london", [])]
)
def test_every_month_and_type_of_every_place(
    store: Store, sheets: tuple[pd.DataFrame, pd.DataFrame], kind: str, columns: list[str]
) -> None:
    rows = sheets[1].merge(
        pd.read_csv(REFERENCE / "boroughs.csv", keep_default_na=False)[["borough_code", "bcu_code"]], on="borough_code"
    )
    rows = rows[rows["ward_code"].str.startswith("E05")] if kind == "ward" else rows
    expected = rows.groupby(["month", *columns, "type", "is_abstracted"], as_index=False)["minutes"].sum()
    expected["place_code"] = expected[columns[0]] if columns else "E12000007"
    found = frame(
        store,
        "SELECT month, place_code, abstraction_type AS type, is_abstracted, minutes FROM dwo_activity_type_month "
        "WHERE place_kind = $kind",
        kind=kind,
    )
    assert_same(found, expected, ["month", "place_code", "type", "is_abstracted"], "minutes")


def test_totals_of_london_with_what_matched_and_what_did_not(
    store: Store, sheets: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    found = frame(store, "SELECT * FROM dwo_place_month WHERE place_kind = 'london'")
    for sheet, amount, unit in ((sheets[0], "fte", "fte"), (sheets[1], "minutes", "minutes")):
        for match, rows in (
            ("matched", sheet[sheet["ward_code"].str.startswith("E05")]),
            ("shared", sheet[sheet["ward_code"] == "shared"]),
            ("unmatched", sheet[sheet["ward_code"] == "none"]),
        ):
            expected = rows.groupby("month", as_index=False)[amount].sum()
            expected = expected.rename(columns={amount: f"{match}_{unit}"})
            assert_same(found, expected, ["month"], f"{match}_{unit}")


def test_camdens_gap_is_missing_and_londons_total_is_of_thirty_one_boroughs(store: Store) -> None:
    camden = frame(
        store, "SELECT month, constable_fte, minutes FROM dwo_place_month WHERE place_code = 'E09000007' ORDER BY month"
    )
    assert camden["constable_fte"].isna().tolist() == [False, False, False, True, True, True]
    assert camden["minutes"].notna().all()
    wards = store.rows(
        "SELECT DISTINCT ward_status FROM dwo_ward_month WHERE borough_code = 'E09000007' AND month = DATE '2024-08-01'"
    )
    assert wards == [{"ward_status": "not_published"}]
    counts = store.rows(
        "SELECT boroughs_with_strength_count AS n FROM dwo_place_month WHERE place_kind = 'london' ORDER BY month"
    )
    assert [row["n"] for row in counts] == [32, 32, 32, 31, 31, 31]


def test_only_the_restated_month_was_revised(outcomes: list[Outcome]) -> None:
    first, second = outcomes
    assert {change.action for change in first.changes} == {"published"}
    written = {(c.table.dataset, c.table.as_at, c.action) for c in second.changes if c.is_written}
    assert written == {
        ("dwo_strength", date(2024, 7, 31), "restated"),
        ("dwo_activity", date(2024, 7, 31), "restated"),
    }


def test_every_quirk_is_in_the_workbook(store: Store) -> None:
    kinds = {row["team_kind"] for row in store.rows("SELECT DISTINCT team_kind FROM dwo_team_report")}
    assert kinds == {"unmatched", "shared", "doubled", "contradicted"}
    methods = {row["match_method"] for row in store.rows("SELECT DISTINCT match_method FROM dwo_activity_by_team")}
    assert methods == {"code", "name", "alias", "none"}
    raw = invention()
    boroughs = {row[2] for row in raw.activity}
    assert {"Barking & Dagenham", "Barking & Dagenham Borough", "Kingston", "Richmond Borough", "Camden"} <= boroughs
    assert {" YES", "no ", "Yes "} <= {row[4] for row in raw.activity}
    assert any(isinstance(row[6], str) and "," in row[6] for row in raw.activity)
    assert len(set(raw.activity)) < len(raw.activity)
    assert len(set(raw.strengths)) < len(raw.strengths)
    assert {row[7] for row in raw.activity if row[0] < date(2025, 11, 1)} == {""}
    assert "Sergeant" in {row[5] for row in raw.strengths}


def test_an_invented_workbook_is_refused_by_a_store_of_facts(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "store" / "reference", tmp_path / "facts" / "reference")
    before = sorted(tmp_path.rglob("*"))
    outcome = import_dwo(tmp_path / "facts", [folder / "first.xlsx"])
    assert [finding.rule for finding in outcome.findings if not finding.is_warning] == [
        "the workbook says that its figures are invented, and this store is of facts"
    ]
    assert [path for path in sorted(tmp_path.rglob("*")) if path.is_file()] == [p for p in before if p.is_file()]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    month = date(2022, 5, 1)
    for name in ("one", "two"):
        invent(REFERENCE, first=month, last=month).write_xlsx(tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
