"""An invented store of any size: so many wards, so many months, to see how the product grows.

    python -m benchmarks.grown_store OUT --wards 9000 --months 120

It holds, for every ward:

- a staffing snapshot at the end of each month, which tells of two ranks (constables and PCSOs);
- the monthly series since August 2021: the strengths of two ranks and two types of activity.

So 9,000 wards and 120 months to October 2026 are 1,080,000 rows of staffing (2,160,000 readings of a rank) and
1,134,000 strengths: 2.2 million rows, without the activity (`--without-activity`). The wards are invented (one set, in
force under all three vintages, shared out among the real boroughs), and so are their figures, from a seed; sites,
published figures and sources are those of the embedded store, so that every page has its questions to ask. The files
received (`source.csv`) hold a name only: nothing reads them.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from tests.reading import frame

from transparency.core.project import EMBEDDED_DATA
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.reference import reference_sums
from transparency.store.snapshots import commit, publishing_area, stage, write_parquet

LAST_MONTH = date(2026, 10, 31)
FIRST_OF_SERIES = date(2021, 8, 31)
SOURCE_ID = "benchmark"
PREFIXES_PER_WARD = 39
ACTIVITY = (("Dedicated Ward Duty", False), ("Aid - Public Order", True))
COPIED = ("sources", "published_figures", "sites", "site_events", "user_questions")

Columns = dict[str, Sequence[str | None]]


def month_ends(months: int, last: date = LAST_MONTH) -> list[date]:
    """The last days of so many months up to `last`, oldest first."""
    ends = [last]
    while len(ends) < months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]


def ward_codes(wards: int) -> list[str]:
    return [f"E05{500000 + number}" for number in range(wards)]


def write_store(root: Path, wards: int, months: int, has_activity: bool = True) -> None:
    """Write the store into an empty or new folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "store.json").write_text('{"is_demonstration": true}\n', encoding="utf-8")
    boroughs = _write_reference(root / "reference", wards)
    (root / "reference" / "SHA256SUMS").write_text(reference_sums(root), encoding="utf-8")
    with publishing_area(root) as area:
        staged = [
            stage(
                area,
                dataset(name),
                json.dumps([name, day.isoformat()]).encode(),
                columns,
                as_at=day,
                revision=1,
                published_on=day,
                reason=None,
                coverage="all_wards" if name == "staffing" else "some_wards",
            )
            for name, day, columns in _tables(wards, months, boroughs)
            if has_activity or name != "dwo_activity"
        ]
        commit(root, area, staged)


def _tables(wards: int, months: int, boroughs: Sequence[str]) -> Iterable[tuple[str, date, Columns]]:
    chance = np.random.default_rng(629)
    codes = ward_codes(wards)
    names = _names(wards)
    totals = []
    for day in month_ends(months):
        yield "staffing", day, _staffing(chance, codes)
        if day < FIRST_OF_SERIES:
            continue
        for name, measure, columns in (
            ("dwo_strength", "fte", _strengths(chance, codes, names, boroughs)),
            ("dwo_activity", "minutes", _activity(chance, codes, names, boroughs)),
        ):
            yield name, day, columns
            totals.append((name, day, len(columns["line"]), sum(float(cell or 0) for cell in columns[measure])))
    if totals:
        yield "dwo_imports", LAST_MONTH, _imports(totals)
    for name, columns in _copies():
        yield name, LAST_MONTH, columns


def _texts(values: np.ndarray) -> list[str | None]:
    return [str(value) for value in values]


def _staffing(chance: np.random.Generator, codes: Sequence[str]) -> Columns:
    count = len(codes)
    return {
        "ward_code": list(codes),
        "as_at_precision": ["day"] * count,
        "dedicated_pcs": _texts(chance.choice([1, 2, 2, 2, 3], count)),
        "dedicated_pcsos": _texts(chance.choice([0, 1, 1, 1, 2], count)),
        "is_minimum": ["false"] * count,
        "basis": ["posts"] * count,
        "evidence": ["demonstration"] * count,
        "source_id": [SOURCE_ID] * count,
    }


def _team_rows(codes: Sequence[str], names: Sequence[str], boroughs: Sequence[str]) -> Columns:
    """What both sheets say of a team: two rows for each ward, one after the other."""
    twice = [place for place in range(len(codes)) for _ in range(2)]
    return {
        "line": [str(place + 2) for place in range(len(twice))],
        "borough_code": [boroughs[place] for place in twice],
        "bcu_name": ["Invented"] * len(twice),
        "team_name": [names[place] for place in twice],
        "ward_code": [codes[place] for place in twice],
        "match_method": ["name"] * len(twice),
        "is_shared": ["false"] * len(twice),
        "is_contradicted": ["false"] * len(twice),
    }


def _strengths(
    chance: np.random.Generator, codes: Sequence[str], names: Sequence[str], boroughs: Sequence[str]
) -> Columns:
    strengths = chance.choice([0.5, 1, 1.5, 2, 2, 2.5, 3], 2 * len(codes))
    return _team_rows(codes, names, boroughs) | {
        "business_group_name": ["Frontline Policing"] * (2 * len(codes)),
        "rank": ["constable", "pcso"] * len(codes),
        "fte": _texts(strengths),
    }


def _activity(
    chance: np.random.Generator, codes: Sequence[str], names: Sequence[str], boroughs: Sequence[str]
) -> Columns:
    minutes = np.column_stack([chance.integers(7000, 12000, len(codes)), chance.integers(0, 4000, len(codes))])
    return _team_rows(codes, names, boroughs) | {
        "abstraction_type": [kind for kind, _ in ACTIVITY] * len(codes),
        "is_abstracted": [str(is_abstracted).lower() for _, is_abstracted in ACTIVITY] * len(codes),
        "minutes": _texts(minutes.ravel()),
    }


def _imports(totals: Sequence[tuple[str, date, int, float]]) -> Columns:
    return {
        "dataset": [name for name, *_ in totals],
        "month_end": [day.isoformat() for _, day, *_ in totals],
        "action": ["published"] * len(totals),
        "month_revision": ["1"] * len(totals),
        "rows": [str(rows) for *_, rows, _ in totals],
        "total": [repr(total) for *_, total in totals],
        "workbook_name": ["invented.xlsx"] * len(totals),
        "workbook_sha256": ["0" * 64] * len(totals),
    }


def _copies() -> Iterable[tuple[str, Columns]]:
    """What the embedded store says of sites and of London, without what it says of its own wards."""
    store = open_store(EMBEDDED_DATA)
    for name in COPIED:
        fields = [field.name for field in dataset(name).fields if not field.is_optional_column]
        rows = [_row_without_wards(row) for row in frame(store, f'FROM "current_{name}"').to_dict("records")]
        rows = [row for row in rows if not str(row.get("geography_code", "")).startswith("E05")]
        columns = {field: [_text(row[field]) for row in rows] for field in fields}
        if name == "sources":
            invented = {"source_id": SOURCE_ID, "title": "Invented for a benchmark", "kind": "demonstration"}
            for field in fields:
                columns[field].append(invented.get(field))
        yield name, dict(columns)
    store.connection.close()


def _row_without_wards(row: Mapping[Any, Any]) -> dict[Any, Any]:
    return {**row, "ward_code_2014": None}


def _text(value: Any) -> str | None:
    """A cell as text, empty where it is missing in any of the ways of a data frame."""
    if value is None or value != value:
        return None
    text = str(value)
    return None if text == "NaT" else text.removesuffix(" 00:00:00")


# ---------------------------------------------------------------- reference tables


def _names(wards: int) -> list[str]:
    return [f"Ward {number}" for number in range(wards)]


def _write_reference(folder: Path, wards: int) -> list[str]:
    """Write the reference tables; gives each ward's borough."""
    folder.mkdir(exist_ok=True)
    for name in ("boroughs.csv", "team_aliases.csv"):
        shutil.copy(EMBEDDED_DATA / "reference" / name, folder / name)
    with (folder / "boroughs.csv").open(encoding="utf-8", newline="") as file:
        every = [row["borough_code"] for row in csv.DictReader(file)]
    codes, width = ward_codes(wards), round(wards**0.5)
    boroughs = [every[place * len(every) // wards] for place in range(wards)]
    placed = [
        (
            code,
            name,
            borough,
            round(51.3 + 0.4 * (place // width) / width, 5),
            round(-0.5 + 0.8 * (place % width) / width, 5),
        )
        for place, (code, name, borough) in enumerate(zip(codes, _names(wards), boroughs, strict=True))
    ]
    for vintage, counted in ((2014, 2015), (2018, 2015), (2022, 2021)):
        header = ("ward_code", "ward_name", "borough_code", "lat", "lon", "area_ha", f"population_{counted}")
        rows = ((*ward, 200, 9000 + 10 * (place % 700), "gla") for place, ward in enumerate(placed))
        _write(folder / f"wards_{vintage}.csv", (*header, "population_basis"), rows)
    neighbours = [
        (codes[place], codes[place + step]) for place in range(wards) for step in (1, width) if place + step < wards
    ]
    _write(folder / "ward_neighbours_2014.csv", ("ward_code", "neighbour_code"), neighbours)
    overlaps = ("ward_code_2014", "ward_code_2022", "share_of_2014", "share_of_2022")
    _write(folder / "ward_overlaps_2014_2022.csv", overlaps, ((code, code, 1, 1) for code in codes))
    _write(
        folder / "postcode_prefixes_2014.csv",
        ("postcode_prefix", "ward_code", "postcodes"),
        ((f"ZZ{place} {number}A", code, 3) for place, code in enumerate(codes) for number in range(PREFIXES_PER_WARD)),
    )
    _write(folder / "place_names.csv", [field.name for field in dataset("place_names").fields], ())
    write_parquet(dataset("postcode_wards"), {}, folder / "postcode_wards.parquet")
    with (EMBEDDED_DATA / "reference" / "ward_sets.csv").open(encoding="utf-8", newline="") as file:
        fields, *sets = csv.reader(file)
    counted_in = fields.index("wards")
    _write(folder / "ward_sets.csv", fields, ([*row[:counted_in], wards, *row[counted_in + 1 :]] for row in sets))
    return boroughs


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--wards", type=int, default=679)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--without-activity", action="store_true")
    asked = parser.parse_args()
    write_store(asked.out, asked.wards, asked.months, not asked.without_activity)


if __name__ == "__main__":
    main()
