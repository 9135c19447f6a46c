"""Importing ward boundaries: what is refused, repaired and drawn; invented files, and official ones where here."""

from __future__ import annotations

import gzip
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely import Point, Polygon, box
from shapely.geometry import shape

from tests.importers.boundary_files import geojson, rectangles, shapefile_zip
from tests.small_city import build_small_city
from transparency.core.errors import ImportRefusedError
from transparency.counters.maps import caption
from transparency.exhibits.shapes import shapes_on
from transparency.importers.boundaries import read_exact
from transparency.publishing.import_official import import_boundaries
from transparency.publishing.outcome import Outcome
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.holdings import holdings, newest_holding

GEOGRAPHY = Path(__file__).parents[3] / "shared" / "geo"
official_files = pytest.mark.skipif(not GEOGRAPHY.is_dir(), reason="the official boundaries are not on this machine")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("built") / "city", is_demonstration=False)


@pytest.fixture
def city(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "city"))


def imported(root: Path, source: bytes, name: str = "wards.geojson", is_dry_run: bool = False) -> Outcome:
    path = root.parent / name
    path.write_bytes(source)
    return import_boundaries(root, path, is_dry_run)


def rules(outcome: Outcome) -> list[str]:
    assert outcome.is_refused
    return [f"{finding.rule} ({finding.value})" for finding in outcome.findings]


# ---------------------------------------------------------------- what is imported


@pytest.mark.parametrize("field", ["ward_code", "WD22CD", "wd17cd", "GSS_CODE"])
def test_the_field_of_the_code_is_found_whatever_its_year_and_case(city: Path, field: str) -> None:
    outcome = imported(city, geojson(rectangles(), field))
    assert outcome.findings == ()
    assert [(held.name, held.rows) for held in outcome.holdings] == [("boundaries_2014", 9)]


def test_the_set_is_known_by_its_codes(city: Path) -> None:
    assert imported(city, geojson(rectangles(2022))).holdings[0].name == "boundaries_2022"


def test_the_source_and_the_words_its_licence_asks_for_are_kept(city: Path) -> None:
    held = imported(city, geojson(rectangles(), "WD16CD")).holdings[0]
    assert held.provenance.publisher == "Office for National Statistics"
    assert held.provenance.edition == "2016"
    assert held.provenance.attribution == (
        "Contains National Statistics data © Crown copyright and database right 2016. "
        "Contains OS data © Crown copyright and database right 2016."
    )


def test_a_zip_of_shapefiles_on_the_national_grid_gives_the_same_wards(city: Path, tmp_path: Path) -> None:
    outcome = import_boundaries(city, shapefile_zip(tmp_path / "gla.zip", rectangles()))
    assert outcome.holdings[0].provenance.publisher == "Greater London Authority"
    exact = read_exact(outcome.holdings[0].folder)
    for code, polygon in rectangles().items():
        assert shapely.hausdorff_distance(exact[code], polygon) < 0.0001


def test_geojson_on_the_national_grid_is_brought_to_degrees(city: Path) -> None:
    from pyproj import Transformer

    project = Transformer.from_crs(4326, 27700, always_xy=True).transform
    grid = {code: shapely.transform(one, project, interleaved=False) for code, one in rectangles().items()}
    exact = read_exact(imported(city, geojson(grid)).holdings[0].folder)
    assert exact["E05900011"].covers(Point(-0.12, 51.54))


def test_what_is_drawn_is_a_coverage_and_each_label_lies_in_its_ward(city: Path) -> None:
    folder = imported(city, geojson(rectangles())).holdings[0].folder
    features = json.loads(gzip.decompress((folder / "wards.geojson.gz").read_bytes()))["features"]
    drawn = {feature["id"]: shape(feature["geometry"]) for feature in features}
    assert sorted(drawn) == sorted(rectangles())
    assert shapely.coverage_is_valid(list(drawn.values()))
    assert all(drawn[f["id"]].covers(Point(f["properties"]["label_at"])) for f in features)


def test_wards_elsewhere_are_left_out_and_said(city: Path) -> None:
    outcome = imported(city, geojson(rectangles() | {"W05000001": box(-3.2, 51.4, -3.1, 51.5)}))
    assert not outcome.is_refused
    assert "1 wards outside London were left out." in outcome.notes


def test_what_has_no_code_of_a_ward_is_not_called_a_ward_elsewhere(city: Path) -> None:
    far = box(-3.2, 51.4, -3.1, 51.5)
    outcome = imported(city, geojson(rectangles() | {"5000001": far, "Cardiff": far, "W05000001": far}))
    assert "Left out as their codes are not those of wards: 2 (5000001, CARDIFF)." in outcome.notes
    assert "1 wards outside London were left out." in outcome.notes


@pytest.mark.parametrize("codes", [["E09000001"], ["E05009288", "E05009289"]])
def test_the_city_of_london_is_one_polygon_that_is_not_covered(city: Path, codes: list[str]) -> None:
    parts = {code: box(-0.09 + 0.01 * n, 51.515, -0.08 + 0.01 * n, 51.525) for n, code in enumerate(codes)}
    outcome = imported(city, geojson(rectangles() | parts))
    assert outcome.holdings[0].rows == 9
    shapes = shapes_on(open_store(city), date(2017, 1, 4))
    assert [outline.borough_code for outline in shapes.outlines if not outline.is_covered] == ["E09000001"]


# ---------------------------------------------------------------- what is repaired


def test_a_ring_that_touches_itself_is_repaired_and_said(city: Path) -> None:
    west, south, east, north = rectangles()["E05900033"].bounds
    bow = Polygon([(west, south), (east, south), (east, north), (west, north), (west, south + 0.01),
                   (west - 0.00001, south + 0.009), (west, south + 0.01), (west, south)])  # fmt: skip
    assert not bow.is_valid
    outcome = imported(city, geojson(rectangles() | {"E05900033": bow}))
    assert not outcome.is_refused, [str(finding) for finding in outcome.findings]
    assert any(note.startswith("E05900033 was repaired") for note in outcome.notes)
    assert all(polygon.is_valid for polygon in read_exact(outcome.holdings[0].folder).values())


def test_a_sliver_between_neighbours_is_closed(city: Path) -> None:
    shapes = rectangles()
    west, south, east, north = shapes["E05900012"].bounds
    outcome = imported(city, geojson(shapes | {"E05900012": box(west + 0.00002, south, east + 0.00002, north)}))
    assert not outcome.is_refused
    assert any(note.startswith("Borders that differed") for note in outcome.notes)
    assert shapely.coverage_is_valid(list(read_exact(outcome.holdings[0].folder).values()))


# ---------------------------------------------------------------- what is refused


def test_a_missing_ward_is_named(city: Path) -> None:
    shapes = rectangles()
    del shapes["E05900032"]
    assert "8 of the 9 wards of 2014 are in the file; missing are (E05900032)" in rules(imported(city, geojson(shapes)))
    assert holdings(city) == ()


def test_a_further_ward_within_london_is_refused(city: Path) -> None:
    shapes = rectangles() | {"E05900099": box(-0.125, 51.535, -0.115, 51.545)}
    assert "so the count is not that of 2014 (E05900099)" in rules(imported(city, geojson(shapes)))[0]


def test_a_ward_that_stands_twice_is_refused(city: Path) -> None:
    document = json.loads(geojson(rectangles()))
    document["features"].append(document["features"][0])
    assert rules(imported(city, json.dumps(document).encode())) == ["the ward stands in the file twice (E05900011)"]


def test_swapped_codes_are_found_by_the_centres(city: Path) -> None:
    shapes = rectangles()
    shapes["E05900011"], shapes["E05900012"] = shapes["E05900012"], shapes["E05900011"]
    assert rules(imported(city, geojson(shapes))) == [
        "the centre of the ward lies in E05900012 (E05900011)",
        "the centre of the ward lies in E05900011 (E05900012)",
    ]


def test_wards_that_overlap_are_refused(city: Path) -> None:
    shapes = rectangles()
    west, south, _, north = shapes["E05900012"].bounds
    shapes["E05900012"] = box(west - 0.005, south, shapes["E05900012"].bounds[2], north)
    assert any("overlaps its neighbours" in rule for rule in rules(imported(city, geojson(shapes))))


def test_a_ward_without_a_polygon_is_refused(city: Path) -> None:
    document = json.loads(geojson(rectangles()))
    document["features"][0]["geometry"] = None
    assert "the ward has no polygon (E05900011)" in rules(imported(city, json.dumps(document).encode()))


def test_wards_of_another_year_are_of_london_and_nothing_is_said_to_be_done(city: Path) -> None:
    shapes = rectangles() | {"W05000001": box(-3.2, 51.4, -3.1, 51.5)}
    shapes = {code.replace("E0590003", "E0500003"): polygon for code, polygon in shapes.items()}
    outcome = imported(city, geojson(shapes))
    assert rules(outcome) == [
        "6 of the 9 wards of 2014 are in the file; missing are (E05900031, E05900032, E05900033)",
        "wards of another set lie where those of 2014 are missing (3 of them) (E05000031, E05000032, E05000033)",
    ]
    assert outcome.findings[1].remedy.startswith("Take the file of the wards of 2014 to 2018, or of those since 2022.")
    assert outcome.notes == ()


def test_a_refusal_says_nothing_of_what_was_repaired_or_drawn(city: Path) -> None:
    west, south, east, north = rectangles()["E05900033"].bounds
    bow = Polygon([(west, south), (east, south), (east, north), (west, north), (west, south + 0.01),
                   (west - 0.00001, south + 0.009), (west, south + 0.01), (west, south)])  # fmt: skip
    shapes = rectangles() | {"E05900033": bow}
    del shapes["E05900032"]
    assert imported(city, geojson(shapes)).notes == ()


def test_findings_of_the_file_itself_are_reported_where_no_ward_is_known(city: Path) -> None:
    document = json.loads(geojson({"E05000001": box(0, 51, 1, 52), "E05000002": box(1, 51, 2, 52)}))
    document["features"][0]["properties"] = {}
    outcome = imported(city, json.dumps(document).encode())
    assert [str(finding) for finding in outcome.findings] == [
        "wards.geojson, feature 1, column ward_code: a feature has no ward code. Take a complete file."
    ]


def test_a_ward_that_cannot_be_repaired_is_reported_once(city: Path) -> None:
    west, south, east, _ = rectangles()["E05900033"].bounds
    flat = Polygon([(west, south), (east, south), ((west + east) / 2, south), (west, south)])
    assert rules(imported(city, geojson(rectangles() | {"E05900033": flat}))) == [
        "the polygon is broken (Self-intersection) and cannot be repaired (E05900033)"
    ]


def test_many_findings_of_one_rule_are_bounded(city: Path) -> None:
    document = json.loads(geojson(rectangles()))
    document["features"] += [{"type": "Feature", "properties": {}, "geometry": None}] * 70
    findings = imported(city, json.dumps(document).encode()).findings
    assert [finding.file for finding in findings] == [f"wards.geojson, feature {n}" for n in range(10, 61)]
    assert findings[-1].rule == "a feature has no ward code: 20 more from here on, not listed"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"not json", "neither GeoJSON with features nor a zip"),
        (b'{"type": "FeatureCollection"}', "neither GeoJSON with features nor a zip"),
        (geojson({"E05000001": box(0, 51, 1, 52)}), "has no ward of the sets of 2014 or 2022"),
        (b"PK\x05\x06" + bytes(18), "no shapefile with ward codes"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(city: Path, source: bytes, said: str) -> None:
    with pytest.raises(ImportRefusedError, match=said):
        imported(city, source)
    assert holdings(city) == ()


def test_a_dry_run_reports_and_keeps_nothing(city: Path) -> None:
    outcome = imported(city, geojson(rectangles()), is_dry_run=True)
    assert outcome.notes and not outcome.holdings
    assert holdings(city) == ()


# ---------------------------------------------------------------- where they are used


def test_the_map_switches_to_official_boundaries_and_says_so(city: Path) -> None:
    store, day = open_store(city), date(2017, 1, 4)
    assert shapes_on(store, day).is_schematic
    imported(city, geojson(rectangles(), "WD14CD"))
    assert shapes_on(store, day).is_schematic, "an opened store is of one version throughout"
    store = open_store(city)
    shapes = shapes_on(store, day)
    assert not shapes.is_schematic
    assert sorted(shapes.wards) == sorted(rectangles())
    assert shapes_on(store, date(2023, 1, 4)).is_schematic
    note = caption(shapes, {})
    assert "Ward boundaries as officially published" in note
    assert "Contains National Statistics data © Crown copyright and database right 2014" in note


def test_a_later_import_is_used_and_the_earlier_one_stays(city: Path) -> None:
    imported(city, geojson(rectangles(), "WD14CD"))
    imported(city, geojson(rectangles(), "WD16CD"))
    newest = newest_holding(city, "boundaries_2014")
    assert newest is not None and (newest.revision, newest.provenance.edition) == (2, "2016")
    assert len(list((city / "official" / "boundaries_2014").iterdir())) == 2


def test_verify_finds_a_changed_byte(city: Path) -> None:
    folder = imported(city, geojson(rectangles())).holdings[0].folder
    assert verify(city).findings == ()
    (folder / "wards.geojson.gz").write_bytes(b"")
    assert [finding.rule for finding in verify(city).findings] == ["the bytes are not those that were published"]
    record = folder / "holding.json"
    record.write_text(record.read_text().replace('"rows": 9', '"rows": 8'), encoding="utf-8")
    assert "not as it was written" in verify(city).findings[0].rule


# ---------------------------------------------------------------- the official files


@official_files
@pytest.mark.parametrize(("vintage", "wards"), [(2014, 629), (2022, 679)])
def test_the_official_boundaries_are_imported(tmp_path: Path, vintage: int, wards: int) -> None:
    outcome = import_boundaries(tmp_path, GEOGRAPHY / f"wards_{vintage}.geojson")
    assert outcome.findings == ()
    (held,) = outcome.holdings
    assert (held.name, held.rows) == (f"boundaries_{vintage}", wards)
    drawn, outlines = held.folder / "wards.geojson.gz", held.folder / "outlines.geojson.gz"
    assert drawn.stat().st_size + outlines.stat().st_size < 60_000
    shapes = [shape(f["geometry"]) for f in json.loads(gzip.decompress(drawn.read_bytes()))["features"]]
    assert shapely.coverage_is_valid(shapes) and shapely.is_valid(shapes).all()
    assert len(json.loads(gzip.decompress(outlines.read_bytes()))["features"]) == 33


@official_files
def test_official_wards_of_another_year_are_refused_as_such(tmp_path: Path) -> None:
    """The 59 wards that were drawn anew in May 2014, each with a code of before, as in the GLA's file of 649 wards."""
    text = (GEOGRAPHY / "wards_2014.geojson").read_text(encoding="utf-8")
    path = tmp_path / "wards.geojson"
    path.write_text(text.replace('"E05009', '"E05099'), encoding="utf-8")
    count, others = import_boundaries(tmp_path, path).findings
    assert count.rule == "570 of the 629 wards of 2014 are in the file; missing are"
    assert others.rule == "wards of another set lie where those of 2014 are missing (59 of them)"
