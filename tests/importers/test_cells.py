"""Schematic cells: every point nearest its own ward's centre, shared borders, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from transparency.core.errors import ImportRefusedError
from transparency.core.project import EMBEDDED_DATA
from transparency.importers.cells import CITY_OF_LONDON_CODE, WardCentre, ward_cells, write_cells

REFERENCE = EMBEDDED_DATA / "reference"
BOROUGH_POLYGONS = Path(__file__).parents[2].parent / "shared" / "geo" / "boroughs.geojson"
LARGEST_BYTES = 150_000


def centres(vintage: int) -> list[WardCentre]:
    with (REFERENCE / f"wards_{vintage}.csv").open(encoding="utf-8", newline="") as lines:
        return [
            WardCentre(
                row["ward_code"], row["borough_code"], float(row["lat"]), float(row["lon"]), float(row["area_ha"])
            )
            for row in csv.DictReader(lines)
        ]


def polygons(path: Path) -> dict[str, shapely.Geometry]:
    return {item["id"]: shape(item["geometry"]) for item in json.loads(path.read_text(encoding="utf-8"))["features"]}


@pytest.mark.parametrize(("vintage", "wards"), [(2014, 629), (2022, 679)])
def test_the_stored_cells_are_what_the_ward_tables_give(tmp_path: Path, vintage: int, wards: int) -> None:
    told = sorted(centres(vintage), key=lambda ward: ward.ward_code)
    for path in write_cells(told, tmp_path, vintage):
        stored = REFERENCE / path.name
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(stored.read_bytes()).digest()
        assert stored.stat().st_size < LARGEST_BYTES
    cells = polygons(REFERENCE / f"cells_{vintage}.geojson")
    assert len(cells) == wards
    assert all(cell.is_valid for cell in cells.values())
    assert all(cells[ward.ward_code].contains(shapely.Point(ward.lon, ward.lat)) for ward in told)


@pytest.mark.parametrize("vintage", [2014, 2022])
def test_cells_do_not_overlap_and_fill_their_boroughs(vintage: int) -> None:
    cells = polygons(REFERENCE / f"cells_{vintage}.geojson")
    outlines = polygons(REFERENCE / f"outlines_{vintage}.geojson")
    whole = shapely.union_all(list(outlines.values()))
    covered = sum(cell.area for cell in cells.values()) + outlines[CITY_OF_LONDON_CODE].area
    assert covered == pytest.approx(whole.area, rel=0.001)
    assert whole.geom_type == "Polygon"
    for ward in centres(vintage):
        middle = cells[ward.ward_code].representative_point()
        assert outlines[ward.borough_code].buffer(0.001).contains(middle)


def test_outlines_carry_a_point_for_their_name_inside_them() -> None:
    told = json.loads((REFERENCE / "outlines_2014.geojson").read_text(encoding="utf-8"))["features"]
    assert len(told) == 33
    assert all(shape(item["geometry"]).contains(shapely.Point(item["properties"]["label_at"])) for item in told)
    assert [item["id"] for item in told if not item["properties"]["is_covered"]] == [CITY_OF_LONDON_CODE]


def test_about_one_site_in_four_lies_in_a_neighbours_cell() -> None:
    cells = polygons(REFERENCE / "cells_2014.geojson")
    newest = max((EMBEDDED_DATA / "snapshots" / "sites").iterdir()) / "source.csv"
    with newest.open(encoding="utf-8", newline="") as lines:
        sites = [row for row in csv.DictReader(lines) if row["ward_code_2014"]]
    own = sum(
        cells[row["ward_code_2014"]].contains(shapely.Point(float(row["lon"]), float(row["lat"]))) for row in sites
    )
    assert 0.2 < 1 - own / len(sites) < 0.3


def test_two_wards_with_one_centre_are_refused() -> None:
    twins = [WardCentre(f"E0500000{n}", "E09000002", 51.5, 0.1, 100.0) for n in (1, 2)]
    with pytest.raises(ImportRefusedError, match="same centre"):
        ward_cells(twins)


def test_the_outline_is_near_that_of_london() -> None:
    if not BOROUGH_POLYGONS.exists():
        pytest.skip("the official borough outlines are not here to compare with")
    official = shapely.union_all(
        [shape(item["geometry"]) for item in json.loads(BOROUGH_POLYGONS.read_text(encoding="utf-8"))["features"]]
    )
    ours = shapely.union_all(list(polygons(REFERENCE / "outlines_2014.geojson").values()))
    assert ours.intersection(official).area / ours.union(official).area > 0.95
