"""Reading ward boundaries: every way they are handed over, and every way a file can be wrong."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import shapefile
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer
from shapely import Geometry

from tests.importers.boundary_files import Shapes, geojson, rectangles, shapefile_zip, ward_table
from transparency.core.errors import ImportRefusedError
from transparency.core.vocabulary import Finding
from transparency.importers.boundaries import fit_boundaries
from transparency.importers.boundary_files import BoundaryFile, read_boundaries
from transparency.importers.cells import WardCentre

WARDS = rectangles()
GOOD = geojson(WARDS)
SETS = {
    vintage: [
        WardCentre(
            ward["ward_code"], ward["borough_code"], float(ward["lat"]), float(ward["lon"]), float(ward["area_ha"])
        )
        for ward in ward_table(vintage)
    ]
    for vintage in (2014, 2022)
}


def read(folder: Path, source: bytes, name: str = "wards.geojson") -> BoundaryFile:
    path = folder / name
    path.write_bytes(source)
    return read_boundaries(path)


def refusal(folder: Path, source: bytes, name: str = "wards.geojson") -> str:
    with pytest.raises(ImportRefusedError) as refused:
        read(folder, source, name)
    return str(refused.value)


def altered(**changes: Any) -> bytes:
    """The good file with members of its first feature replaced."""
    document = json.loads(GOOD)
    document["features"][0] |= changes
    return json.dumps(document).encode()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def shapefile_parts(folder: Path, shapes: Shapes | None = None) -> dict[str, bytes]:
    with zipfile.ZipFile(shapefile_zip(folder / "made.zip", shapes or WARDS)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def on_grid(epsg: int, is_swapped: bool = False) -> Shapes:
    project = Transformer.from_crs(4326, epsg, always_xy=True).transform
    grid = {code: shapely.transform(one, project, interleaved=False) for code, one in WARDS.items()}
    return {code: shapely.transform(one, lambda c: c[:, ::-1]) if is_swapped else one for code, one in grid.items()}


def declaring(source: bytes, crs: Any) -> bytes:
    return json.dumps(json.loads(source) | {"crs": crs}).encode()


def are_the_wards(found: BoundaryFile) -> bool:
    shapes: dict[str, Geometry] = {named.ward_code: named.polygon for named in found.shapes}
    return list(shapes) == list(WARDS) and all(
        shapely.hausdorff_distance(shapes[code], polygon) < 0.0001 for code, polygon in WARDS.items()
    )


# ---------------------------------------------------------------- packed in any way


def test_geojson_is_read_plain_gzipped_and_in_a_zip(tmp_path: Path) -> None:
    for source in (
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        GOOD.decode().encode("utf-16"),
        gzip.compress(GOOD, mtime=0),
        zipped({"wards.geojson": GOOD}),
        zipped({"Data/wards.geojson": GOOD, "readme.txt": b"Boundaries", "metadata.json": b"{}"}),
        zipped({"wards.geojson.gz": gzip.compress(GOOD, mtime=0), "readme.txt": b"Boundaries"}),
    ):
        found = read(tmp_path, source)
        assert are_the_wards(found) and found.findings == ()


def test_a_shapefile_beside_other_json_is_read(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path) | {"metadata.json": b"{}", "__MACOSX/London-wards/._London_Ward.shp": b"x"}
    assert are_the_wards(read(tmp_path, zipped(parts), "wards.zip"))


def test_of_several_shapefiles_that_with_the_most_wards_is_read(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path)
    boroughs = {f"E099000{n:02}": shapely.box(-0.2, 51.4 + n / 100, -0.1, 51.41 + n / 100) for n in range(1, 12)}
    others = shapefile_parts(tmp_path, boroughs)
    parts |= {name.replace("London_Ward", "London_Borough"): content for name, content in others.items()}
    parts["London-wards/London_Borough.shp"] = b"damaged, and not needed"
    assert are_the_wards(read(tmp_path, zipped(parts), "gla.zip"))


def zip_with_flag(offset_local: int, offset_central: int, value: int) -> bytes:
    """A zip of the good file with a two-byte field of both of its headers set."""
    changed = bytearray(zipped({"wards.geojson": GOOD}))
    struct.pack_into("<H", changed, offset_local, value)
    struct.pack_into("<H", changed, changed.index(b"PK\x01\x02") + offset_central, value)
    return bytes(changed)


PACKED_BADLY = {
    "a gzip cut": (gzip.compress(GOOD, mtime=0)[:-20], "is cut short or damaged. Download it again."),
    "a zip cut": (zipped({"wards.geojson": GOOD})[:200], "is cut short or damaged. Download it again."),
    "a password": (zip_with_flag(6, 8, 1), "needs a password. Unpack it"),
    "deflate64": (zip_with_flag(8, 10, 9), "cannot be read here (deflate64). Unpack it"),
    "a checksum": (zip_with_flag(14, 16, 1), "is cut short or damaged. Download it again."),
    "an empty zip": (zipped({}), "It holds: nothing. Take the file of wards."),
    "another zip": (zipped({"a.gdb/1.table": b"x", "b.txt": b"y"}), "It holds: a.gdb/1.table, b.txt. Take the file"),
    "a workbook": (
        zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
        "holds no shapefile with ward codes and no GeoJSON",
    ),
    "an empty file": (b" \n", "is empty. Download it again."),
    "a page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "but a web page (HTML). Take the file of wards"),
    "KML": (b'<?xml version="1.0"?><kml/>', "but XML. Take the file of wards as GeoJSON."),
    "a PDF": (b"%PDF-1.7", "but a PDF"),
    "a GeoPackage": (b"SQLite format 3\x00" + bytes(90), "but an SQLite database"),
    "a shapefile alone": (b"\x00\x00\x27\x0a" + bytes(96), "is a shapefile without its .dbf"),
    "GeoJSON cut": (GOOD[:-30], "is cut short: its JSON does not end. Download it again."),
    "GeoJSON cut in a word": (GOOD[: GOOD.index(b"ward_code") + 4], "is cut short: its JSON does not end."),
    "Latin-1": (GOOD.replace(b"E05900011", "Zoë".encode("latin-1")), "it is no JSON in UTF-8"),
    "lines of GeoJSON": (GOOD + b"\n" + GOOD, "several JSON documents, one after another. Take one FeatureCollection"),
    "a table": (b"WD22CD,WD22NM\nE05900011,Oak\n", "it is no JSON. Take the file of wards as GeoJSON."),
    "a script": (b"var wards = " + GOOD, "it is no JSON. Take the file of wards as GeoJSON."),
    "another byte": (GOOD.replace(b'"features":', b'"features";'), "its JSON breaks at line 1, character 41."),
    "nested without end": (b'{"features":' + b"[" * 100_000, "it is no JSON in UTF-8"),
}


@pytest.mark.parametrize(("source", "said"), PACKED_BADLY.values(), ids=PACKED_BADLY)
def test_a_file_packed_badly_is_refused_with_what_it_is(tmp_path: Path, source: bytes, said: str) -> None:
    told = refusal(tmp_path, source)
    assert told.startswith("wards.geojson") and said in told and told.endswith("Nothing was imported.")
    assert not words_of_python(told)


def test_a_shapefile_without_its_table_is_named(tmp_path: Path) -> None:
    parts = {name: content for name, content in shapefile_parts(tmp_path).items() if not name.endswith(".dbf")}
    told = "wards.zip holds london_ward.shp without its .dbf, which has the ward codes. Hand over the zip as it was"
    assert refusal(tmp_path, zipped(parts), "wards.zip").startswith(told)


@pytest.mark.parametrize(("kind", "keep"), [("shp", 0.5), ("shp", 0.0), ("shp", 0.99), ("dbf", 0.5), ("dbf", 0.01)])
def test_a_part_of_a_shapefile_cut_short_is_named(tmp_path: Path, kind: str, keep: float) -> None:
    parts = shapefile_parts(tmp_path)
    name = f"London-wards/London_Ward.{kind}"
    parts[name] = parts[name][: int(len(parts[name]) * keep)]
    assert refusal(tmp_path, zipped(parts), "wards.zip").startswith(f"wards.zip: {name} is cut short or damaged.")


def test_a_shapefile_without_codes_is_refused_with_its_fields(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path)
    name = "London-wards/London_Ward.dbf"
    parts[name] = parts[name].replace(b"GSS_CODE", b"NUMBER\0\0", 1)
    assert "Its fields are: NAME, NUMBER, LB_GSS_CD." in refusal(tmp_path, zipped(parts), "wards.zip")


def test_shapes_and_rows_of_different_number_are_refused(tmp_path: Path) -> None:
    parts = shapefile_parts(tmp_path)
    fewer = shapefile_parts(tmp_path, {code: WARDS[code] for code in list(WARDS)[:8]})
    parts["London-wards/London_Ward.dbf"] = fewer["London-wards/London_Ward.dbf"]
    assert "London_Ward.shp has 9 shapes, and its .dbf 8 rows." in refusal(tmp_path, zipped(parts), "wards.zip")


# ---------------------------------------------------------------- documents that are no list of features

DOCUMENTS = {
    "no features": ({"type": "FeatureCollection", "features": []}, "has no features: its list is empty."),
    "features that are no list": ({"type": "FeatureCollection", "features": {}}, "a FeatureCollection without a list"),
    "null": (None, "it has no list of features"),
    "a list": ([{"type": "Feature"}], "it has no list of features"),
    "a number": (3, "it has no list of features"),
    "a text": ("wards", "it has no list of features"),
    "one feature": ({"type": "Feature", "geometry": None}, "it is a Feature without a list of features"),
    "TopoJSON": ({"type": "Topology", "objects": {}, "arcs": []}, "but TopoJSON. Take the file of wards as GeoJSON."),
    "Esri JSON": (
        {"geometryType": "esriGeometryPolygon", "features": [{"attributes": {"WD25CD": "E05"}, "geometry": {}}]},
        "is Esri JSON, not GeoJSON. Ask the service for GeoJSON (f=geojson).",
    ),
    "pending": (
        {"status": "Pending", "recordCount": None, "progressInPercent": 0},
        "an answer of a service, which said 'Pending'. Download it again later.",
    ),
    "an error": (
        {"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL"]}},
        "an answer of a service, which said '400 Invalid URL'.",
    ),
    "a message": ({"message": "Too many requests"}, "an answer of a service, which said 'Too many requests'."),
    "errors": ({"errors": [{"message": "Not yet"}, None]}, "an answer of a service, which said 'Not yet'."),
    "a word": ({"error": "not_found", "ok": True}, "an answer of a service, which said 'not_found'."),
    "other fields": (
        json.loads(geojson(WARDS, "WARDNUMBER")),
        "Its fields are: WARDNUMBER. Take the file of wards.",
    ),
    "features without properties": ({"features": [None, 3, "x", [], {"properties": []}]}, "It holds: wards.geojson."),
    "two fields of codes": (
        json.loads(geojson(WARDS, "WD22CD", lambda code: {"WD25CD": code.replace("E05", "E15")})),
        "feature 1 has two ward codes, E05900011, E15900011, in WD22CD, WD25CD.",
    ),
}


@pytest.mark.parametrize(("document", "said"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_json_of_another_kind_is_refused_by_what_it_is(tmp_path: Path, document: Any, said: str) -> None:
    told = refusal(tmp_path, json.dumps(document).encode())
    assert said in told and told.endswith("Nothing was imported.")
    assert not words_of_python(told)


# ---------------------------------------------------------------- fields and codes


@pytest.mark.parametrize("field", ["WD25CD ", " wd25cd", "CODE", "Ward_Code", "GSS_CODE\n"])
def test_spaces_about_a_field_do_not_matter(tmp_path: Path, field: str) -> None:
    assert are_the_wards(read(tmp_path, geojson(WARDS, field)))


@pytest.mark.parametrize("spelt", [str.lower, lambda code: f" {code} ", lambda code: f"{code}\n"])
def test_codes_in_small_letters_or_among_spaces_are_read(tmp_path: Path, spelt: Callable[[str], str]) -> None:
    assert are_the_wards(read(tmp_path, geojson({spelt(code): one for code, one in WARDS.items()})))


def test_codes_of_no_set_are_shown(tmp_path: Path) -> None:
    found = read(tmp_path, geojson({f"X0{n}": one for n, one in enumerate(WARDS.values())}))
    with pytest.raises(ImportRefusedError, match=r"Its codes are: X00, X01, X02, X03, X04, X05, X06 …\. Take the file"):
        fit_boundaries(found, SETS)


@pytest.mark.parametrize(
    ("code", "shown"), [(None, None), ("", None), (" ", None), (5000011, "5000011"), ({"a": 1}, '{"a": 1}')]
)
def test_a_feature_without_a_code_is_named(tmp_path: Path, code: Any, shown: str | None) -> None:
    found = read(tmp_path, altered(properties={"ward_code": code}, geometry=None))
    rule = "a feature has no ward code" if shown is None else "the ward has no polygon"
    assert [(one.file, one.value, one.rule) for one in found.findings] == [("wards.geojson, feature 1", shown, rule)]


# ---------------------------------------------------------------- coordinates of every odd kind

RING = [[-0.12, 51.5], [-0.11, 51.5], [-0.11, 51.51], [-0.12, 51.5]]
GEOMETRIES = {
    "null": (None, "the ward has no polygon", ""),
    "a number": (3, "the geometry is not an object", ": 3"),
    "a text": ("Polygon", "the geometry is not an object", ': "Polygon"'),
    "a list": ([RING], "the geometry is not an object", ": [[[-0.12, 51.5]"),
    "no type": ({"coordinates": [RING]}, "the geometry is not a polygon", ": null"),
    "a point": ({"type": "Point", "coordinates": [-0.12, 51.5]}, "the geometry is not a polygon", ': "Point"'),
    "a collection": (
        {"type": "GeometryCollection", "geometries": []},
        "the geometry is not a polygon",
        ': "GeometryCollection"',
    ),
    "a type that is a list": ({"type": ["Polygon"]}, "the geometry is not a polygon", ': ["Polygon"]'),
    "no coordinates": ({"type": "Polygon"}, "the polygon has no corners", ""),
    "no rings": ({"type": "Polygon", "coordinates": []}, "the polygon has no corners", ""),
    "an empty ring": ({"type": "Polygon", "coordinates": [[]]}, "the polygon has no corners", ""),
    "an empty part": ({"type": "MultiPolygon", "coordinates": [[RING], []]}, "the polygon has no corners", ""),
    "coordinates of text": (
        {"type": "Polygon", "coordinates": "-0.12 51.5"},
        "the coordinates are not lists of corners",
        ': "-0.12 51.5"',
    ),
    "rings of a number": ({"type": "Polygon", "coordinates": [3]}, "the coordinates are not lists of corners", ": 3"),
    "two corners": (
        {"type": "Polygon", "coordinates": [[RING[0], RING[1], RING[0]]]},
        "a ring has fewer than three corners",
        ": [[-0.12, 51.5], [-0.11, 51.5], [-0.12, 51.5]]",
    ),
    "a hole of a point": (
        {"type": "Polygon", "coordinates": [RING, [RING[0]]]},
        "a ring has fewer than three corners",
        ": [[-0.12, 51.5]]",
    ),
    "too deep": ({"type": "Polygon", "coordinates": [[RING]]}, "a corner is not two numbers that name a place", ": [["),
    "too shallow": ({"type": "MultiPolygon", "coordinates": [RING]}, "a corner is not two numbers", ": -0.12"),
    **{
        f"a corner {written}": (
            {"type": "Polygon", "coordinates": [[*RING[:2], corner, RING[3]]]},
            "a corner is not two numbers that name a place",
            f": {written}",
        )
        for corner, written in [
            ([], "[]"),
            (None, "null"),
            ([-0.12], "[-0.12]"),
            ([None, 51.5], "[null, 51.5]"),
            (["-0.12", "51.5"], '["-0.12", "51.5"]'),
            ([float("nan"), 51.5], "[NaN, 51.5]"),
            ([float("inf"), 51.5], "[Infinity, 51.5]"),
            ([True, 51.5], "[true, 51.5]"),
            ([10**400, 51.5], "[1000"),
            ([[-0.12], 51.5], "[[-0.12], 51.5]"),
            ({"x": -0.12, "y": 51.5}, '{"x": -0.12'),
        ]
    },
}


@pytest.mark.parametrize(("geometry", "rule", "part"), GEOMETRIES.values(), ids=GEOMETRIES)
def test_a_geometry_that_is_no_polygon_is_named_with_its_ward(
    tmp_path: Path, geometry: Any, rule: str, part: str
) -> None:
    found = read(tmp_path, altered(geometry=geometry))
    (finding,) = found.findings
    assert (finding.file, finding.column) == ("wards.geojson, feature 1", "geometry")
    assert finding.rule.startswith(rule)
    assert (finding.value or "").startswith("E05900011" + part)
    assert [named.ward_code for named in found.shapes] == list(WARDS)[1:]
    assert finding in fit_boundaries(found, SETS).findings


def test_a_third_number_of_a_corner_is_left_out_and_a_ring_closed(tmp_path: Path) -> None:
    west, south, east, north = WARDS["E05900011"].bounds
    ring = [[west, south, 12.5], [east, south, 12], [east, north], [west, north, 0, 0]]
    assert are_the_wards(read(tmp_path, altered(geometry={"type": "Polygon", "coordinates": [ring]})))


def test_a_shape_without_corners_is_named(tmp_path: Path) -> None:
    parts = {kind: io.BytesIO() for kind in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON) as writer:
        writer.field("WD22CD", "C", size=9)
        for code, polygon in WARDS.items():
            writer.poly([list(polygon.exterior.coords)]) if code != "E05900012" else writer.null()
            writer.record(code)
    found = read(tmp_path, zipped({f"w.{kind}": part.getvalue() for kind, part in parts.items()}), "w.zip")
    assert [str(finding) for finding in found.findings] == [
        "w.zip: w.shp, feature 2, column geometry: the ward has no polygon ('E05900012'). Take a complete file."
    ]


# ---------------------------------------------------------------- grids

NAMED = "urn:ogc:def:crs:EPSG::{}"
DECLARATIONS = [
    None,
    {"type": "name", "properties": {"name": NAMED}},
    {"type": "name", "properties": {"name": "EPSG:{}"}},
    {"type": "name", "properties": {"name": "http://www.opengis.net/def/crs/EPSG/0/{}"}},
    {"type": "EPSG", "properties": {"code": "{}"}},
]


@pytest.mark.parametrize("epsg", [4326, 27700, 3857])
@pytest.mark.parametrize("crs", DECLARATIONS, ids=str)
def test_coordinates_are_read_in_the_grid_they_are_in(tmp_path: Path, epsg: int, crs: Any) -> None:
    declared = json.loads(json.dumps(crs).replace("{}", str(epsg)))
    found = read(tmp_path, declaring(geojson(on_grid(epsg)), declared))
    assert are_the_wards(found) and found.findings == ()


@pytest.mark.parametrize(
    ("epsg", "crs"),
    [
        (3857, {"properties": {"name": "EPSG:900913"}}),
        (3857, {"properties": {"name": "urn:ogc:def:crs:EPSG::102100"}}),
        (4326, {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
        (27700, {"properties": {"name": "OSGB 1936 / British National Grid"}}),
        (32630, {"properties": {"name": "EPSG:32630"}}),
        (27700, "nonsense"),
        (27700, 27700),
        (4326, [[], {"name": None}]),
    ],
)
def test_other_names_of_grids_are_known_or_do_no_harm(tmp_path: Path, epsg: int, crs: Any) -> None:
    found = read(tmp_path, declaring(geojson(on_grid(epsg)), crs))
    assert are_the_wards(found) and found.findings == ()


def test_a_grid_declared_wrongly_is_warned_of(tmp_path: Path) -> None:
    found = read(tmp_path, declaring(GOOD, {"properties": {"name": "EPSG:27700"}}))
    assert are_the_wards(found)
    assert [str(finding) for finding in found.findings] == [
        "wards.geojson, column crs: warning: the file declares another grid than its coordinates are in; they were "
        "read as WGS 84 ('OSGB36 / British National Grid'). Check the declaration."
    ]


@pytest.mark.parametrize("epsg", [4326, 27700, 3857])
def test_north_before_east_is_one_finding(tmp_path: Path, epsg: int) -> None:
    boundaries = fit_boundaries(read(tmp_path, geojson(on_grid(epsg, is_swapped=True))), SETS)
    assert [finding.rule for finding in boundaries.findings] == ["the axes are swapped: north stands before east"]
    assert boundaries.is_refused


def test_a_grid_nobody_declares_is_one_finding(tmp_path: Path) -> None:
    boundaries = fit_boundaries(read(tmp_path, geojson(on_grid(32630))), SETS)
    (finding,) = boundaries.findings
    assert finding.rule.startswith("the centres of all 9 wards lie outside their polygons, the first ")
    assert finding.remedy.startswith("Check the grid of the coordinates")


@pytest.mark.parametrize("projection", [b"", b"nonsense", b"\xff\xfe", CRS.from_epsg(4326).to_wkt().encode(), None])
def test_a_prj_that_is_wrong_or_missing_does_no_harm(tmp_path: Path, projection: bytes | None) -> None:
    parts = shapefile_parts(tmp_path)
    del parts["London-wards/London_Ward.prj"]
    if projection is not None:
        parts["London-wards/London_Ward.prj"] = projection
    assert are_the_wards(read(tmp_path, zipped(parts), "gla.zip"))


# ---------------------------------------------------------------- whatever is handed over

PYTHON_WORDS = re.compile(
    r"codec|NoneType|\bNone\b|Traceback|\w+Error\b|\bnan\b|\binf\b|object (has|is)|unpack requires|not subscriptable"
    r"|positional|Expecting|<class|b'|\bint\b|\bfloat\b|\bdict\b"
)


def words_of_python(text: str) -> list[str]:
    return PYTHON_WORDS.findall(text)


odd_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "name", "x"]), inner),
    max_leaves=5,
)


@st.composite
def wrongly_typed(draw: st.DrawFn) -> bytes:
    """The good file with something else in one place of it."""
    document = json.loads(GOOD)
    node: Any = {"document": document}
    key: Any = "document"
    while isinstance(node[key], dict | list) and node[key] and draw(st.integers(0, 5)):
        node = node[key]
        key = draw(st.sampled_from(list(node) if isinstance(node, dict) else range(len(node))))
    node[key] = draw(odd_values)
    return json.dumps(document).encode()


@st.composite
def damaged(draw: st.DrawFn, source: bytes) -> bytes:
    """A file cut, with bytes of it overwritten, or packed in some way after that."""
    cut = bytearray(source[: draw(st.integers(0, len(source)) | st.just(len(source)))])
    for place, value in draw(st.lists(st.tuples(st.integers(0, len(source)), st.integers(0, 255)), max_size=6)):
        if place < len(cut):
            cut[place] = value
    packed = draw(st.sampled_from(["plain", "gzip", "zip"]))
    if packed == "gzip":
        return gzip.compress(bytes(cut), 1, mtime=0)
    return zipped({"wards.geojson": bytes(cut), "a.txt": b""}) if packed == "zip" else bytes(cut)


def read_and_fit(folder: Path, source: bytes) -> None:
    """Only a refusal, findings or boundaries come of it, in words that are not Python's."""
    try:
        boundaries = fit_boundaries(read(folder, source, "handed.over"), SETS)
    except ImportRefusedError as error:
        assert not words_of_python(str(error)), str(error)
        return
    for finding in boundaries.findings:
        assert isinstance(finding, Finding)
        told = f"{finding.rule} {finding.remedy}"
        assert not words_of_python(told), told
    assert boundaries.is_refused != bool(boundaries.exact)


quickly = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@quickly
@given(source=wrongly_typed())
@example(source=altered(geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}))
@example(source=altered(geometry={"type": "Polygon", "coordinates": [[[9e7, 9e7], [-9e7, 0], [0, 9e7]]]}))
def test_a_file_wrongly_typed_ends_in_plain_words(tmp_path: Path, source: bytes) -> None:
    read_and_fit(tmp_path, source)


@quickly
@given(source=damaged(GOOD))
def test_a_damaged_geojson_ends_in_plain_words(tmp_path: Path, source: bytes) -> None:
    read_and_fit(tmp_path, source)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return shapefile_parts(tmp_path_factory.mktemp("made"))


@quickly
@given(seed=st.integers(0, 2**32), kind=st.sampled_from(["shp", "dbf", "prj", "zip"]))
def test_a_damaged_shapefile_ends_in_plain_words(tmp_path: Path, parts: dict[str, bytes], seed: int, kind: str) -> None:
    chance = random.Random(seed)
    source = zipped(parts)
    name = f"London-wards/London_Ward.{kind}"
    changed = bytearray(source if kind == "zip" else parts[name])
    for _ in range(chance.randint(0, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    cut = bytes(changed[: chance.choice([len(changed), chance.randint(0, len(changed))])])
    read_and_fit(tmp_path, cut if kind == "zip" else zipped(parts | {name: cut}))
