"""Reading ward boundaries: GeoJSON, plain, gzipped or in a zip, and zips of shapefiles.

Read from the ONS Open Geography Portal (fields WDnnCD, LADnnCD of any year, in either case), from the GLA's
Statistical GIS Boundary Files (GSS_CODE, LB_GSS_CD) and from OS Boundary-Line (CODE). Of several layers in a zip the
one with the most ward codes is read. Coordinates are brought to WGS84 (`grids`).
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapefile
import shapely
from pyproj import CRS
from shapely import Geometry

from transparency.core.errors import ImportRefusedError
from transparency.core.findings import few
from transparency.core.vocabulary import Finding
from transparency.importers import geojson
from transparency.importers.grids import grid_of_crs, grid_of_prj, placed
from transparency.importers.packed import DOWNLOAD_AGAIN, NOTHING_IMPORTED, Member, members, reading
from transparency.store.holdings import Provenance

LARGEST_FILE_BYTES = 1_000_000_000
LICENCE = "Open Government Licence v3.0"
UNPACK = "Unpack it, and hand over the GeoJSON or a zip of the shapefile packed in the usual way."
COMPLETE_FILE = "Take a complete file."

_ONS_FIELD = re.compile(r"wd(\d\d)cd", re.IGNORECASE)
# The fields of the ward's code, in the order in which they are looked for; CODE may be that of anything.
_WARD_FIELDS = tuple(re.compile(name, re.IGNORECASE) for name in (r"wd\d\dcd|gss_code|ward_code", "code"))
_BOROUGH_FIELDS = (re.compile(r"lad\d\dcd|lb_gss_cd|lb_gss_code|lagsscode|borough_code", re.IGNORECASE),)
_WARD_CODE = re.compile(r"(E05|W05|S13|N08)\d{6}")
_SHAPEFILE_START = b"\x00\x00\x27\x0a"


@dataclass(frozen=True)
class NamedShape:
    """A feature as published: its ward code, its borough code where the file gives one, its polygon in WGS84."""

    ward_code: str
    borough_code: str | None
    polygon: Geometry


@dataclass(frozen=True)
class BoundaryFile:
    """What a file holds, before it is compared with any set of wards."""

    file: str
    sha256: str
    provenance: Provenance
    shapes: tuple[NamedShape, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Layer:
    """The features of one GeoJSON or shapefile: their properties, and their geometries when they are asked for."""

    file: str
    records: Sequence[Mapping[str, Any]]
    geometries: Callable[[], Sequence[Any]]
    grid: CRS | None

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for record in self.records for name in record))

    def ward_codes_count(self) -> int:
        """How many features have the code of a ward, in whichever field."""
        fields = _fields(self.fields, _WARD_FIELDS)
        return sum(any(is_ward_code(_code(record.get(field))) for field in fields) for record in self.records)


def read_boundaries(path: Path) -> BoundaryFile:
    """Read a GeoJSON file or a zip of shapefiles; raises ImportRefusedError when it is neither."""
    with reading(path.name, UNPACK):
        size = path.stat().st_size
    if size > LARGEST_FILE_BYTES:
        larger = "is larger than 1 GB. Take the generalised boundaries (20 m)."
        raise ImportRefusedError(f"{path.name} {larger} {NOTHING_IMPORTED}")
    with members(path, UNPACK, LARGEST_FILE_BYTES) as found:
        layer = _layer_of_wards(path.name, found)
        shapes, findings = _named_shapes(layer)
    with path.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    return BoundaryFile(path.name, sha256, _provenance(layer.fields), shapes, findings)


# ---------------------------------------------------------------- layers


def _layer_of_wards(file: str, found: Sequence[Member]) -> _Layer:
    """The layer with the most ward codes; the GLA's zip holds several."""
    if len(found) == 1:
        layers = [_geojson_layer(file, found[0].read())]
    else:
        layers = list(_shapefile_layers(file, found)) or list(_geojson_layers(file, found))
    coded = [layer for layer in layers if _fields(layer.fields, _WARD_FIELDS)]
    if not coded:
        fields = [field for layer in layers for field in layer.fields]
        there = (
            f"Its fields are: {few(fields)}" if fields else f"It holds: {few([one.name for one in found]) or 'nothing'}"
        )
        raise ImportRefusedError(
            f"{file} holds no shapefile with ward codes and no GeoJSON with them (a field WDnnCD, GSS_CODE, ward_code "
            f"or CODE). {there}. Take the file of wards. {NOTHING_IMPORTED}"
        )
    return max(coded, key=_Layer.ward_codes_count)


def _geojson_layers(file: str, found: Sequence[Member]) -> Iterator[_Layer]:
    """Each GeoJSON by its name; what is called JSON only may be something else that goes with it."""
    for ending in (".geojson", ".json"):
        named = [member for member in found if member.name.casefold().removesuffix(".gz").endswith(ending)]
        if named:
            return (_geojson_layer(f"{file}: {member.name}", member.read()) for member in named)
    return iter(())


def _geojson_layer(file: str, source: bytes) -> _Layer:
    if source.startswith(_SHAPEFILE_START):
        alone = "is a shapefile without its .dbf, which has the ward codes. Hand over the zip as it was published."
        raise ImportRefusedError(f"{file} {alone} {NOTHING_IMPORTED}")
    document = geojson.parse(file, source)
    features = geojson.features_of(file, document)
    objects = [feature if isinstance(feature, dict) else {} for feature in features]
    records = [one["properties"] if isinstance(one.get("properties"), dict) else {} for one in objects]
    geometries = [one.get("geometry") for one in objects]
    return _Layer(file, records, lambda: geometries, grid_of_crs(document.get("crs")))


def _shapefile_layers(file: str, found: Sequence[Member]) -> Iterator[_Layer]:
    """Each shapefile that has a table; one without is refused where it is the only one."""
    parts = {member.name.casefold(): member for member in found}
    stems = [name.removesuffix(".shp") for name in sorted(parts) if name.endswith(".shp")]
    if stems and not any(f"{stem}.dbf" in parts for stem in stems):
        alone = f"holds {PurePosixPath(stems[0]).name}.shp without its .dbf, which has the ward codes."
        raise ImportRefusedError(f"{file} {alone} Hand over the zip as it was published. {NOTHING_IMPORTED}")
    for stem in stems:
        if f"{stem}.dbf" in parts:
            yield _shapefile_layer(file, stem, parts)


def _shapefile_layer(file: str, stem: str, parts: Mapping[str, Member]) -> _Layer:
    table, outlines, projection = parts[f"{stem}.dbf"], parts[f"{stem}.shp"], parts.get(f"{stem}.prj")
    source = table.read()
    with _damaged(f"{file}: {table.name}"):
        table_reader = shapefile.Reader(dbf=io.BytesIO(source), encodingErrors="replace")
        names = [field[0] for field in table_reader.fields[1:]]
        wanted = [*_fields(names, _WARD_FIELDS), *_fields(names, _BOROUGH_FIELDS)]
        rows = [record.as_dict() for record in table_reader.iterRecords(fields=wanted)] if wanted else [{}]
    if twice := [name for name in wanted if wanted.count(name) > 1]:
        alike = f"has two fields called {twice[0]}. Take out the one that does not belong to the boundaries."
        raise ImportRefusedError(f"{file}: {table.name} {alike} {NOTHING_IMPORTED}")
    records = [dict.fromkeys(names) | row for row in rows]

    def geometries() -> list[Any]:
        drawn = outlines.read()
        with _damaged(f"{file}: {outlines.name}"):
            shapes = list(shapefile.Reader(shp=io.BytesIO(drawn)).iterShapes())
            found = [shape.__geo_interface__ if shape.shapeType else None for shape in shapes]
        if len(found) != len(records):
            uneven = f"has {len(found):,} shapes, and its .dbf {len(records):,} rows. {DOWNLOAD_AGAIN}"
            raise ImportRefusedError(f"{file}: {outlines.name} {uneven} {NOTHING_IMPORTED}")
        return found

    grid = grid_of_prj(projection.read().decode("utf-8", "replace")) if projection else None
    return _Layer(f"{file}: {outlines.name}", records, geometries, grid)


@contextmanager
def _damaged(place: str) -> Iterator[None]:
    """Refuse a part of a shapefile whatever its reader raises: it takes damaged bytes for sizes and places."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Exception as error:
        raise ImportRefusedError(f"{place} is cut short or damaged. {DOWNLOAD_AGAIN} {NOTHING_IMPORTED}") from error


# ---------------------------------------------------------------- features


def _named_shapes(layer: _Layer) -> tuple[tuple[NamedShape, ...], tuple[Finding, ...]]:
    field = _ward_field(layer)
    boroughs = _fields(layer.fields, _BOROUGH_FIELDS)
    named, polygons, findings = [], [], []
    for number, (record, geometry) in enumerate(zip(layer.records, layer.geometries(), strict=True), start=1):
        where = f"{layer.file}, feature {number}"
        code = _code(record.get(field))
        if code is None:
            findings.append(Finding(where, None, field, None, "a feature has no ward code", COMPLETE_FILE))
            continue
        try:
            polygons.append(geojson.polygon_of(geometry))
        except geojson.NotAPolygonError as error:
            value = code if error.part is None else f"{code}: {error.part}"
            findings.append(Finding(where, None, "geometry", value, error.rule, COMPLETE_FILE))
        else:
            named.append((code, next(filter(None, (_code(record.get(name)) for name in boroughs)), None), where))
    return _in_degrees(layer, named, polygons, findings)


def _in_degrees(
    layer: _Layer, named: Sequence[tuple[str, str | None, str]], polygons: Sequence[Geometry], findings: list[Finding]
) -> tuple[tuple[NamedShape, ...], tuple[Finding, ...]]:
    """The shapes in WGS84, with what was found of their coordinates added to the findings."""
    found = placed(polygons, layer.grid)
    if found.is_swapped:
        rule = "the axes are swapped: north stands before east"
        remedy = "Take the publisher's own file, or write longitude before latitude and east before north."
        first = ", ".join(f"{number:g}" for number in shapely.get_coordinates(polygons[0])[0])
        return (), (*findings, Finding(layer.file, None, "geometry", first, rule, remedy))
    if layer.grid is not None and found.grid != layer.grid:
        rule = f"the file declares another grid than its coordinates are in; they were read as {found.grid.name}"
        remedy = "Check the declaration."
        findings.append(Finding(layer.file, None, "crs", layer.grid.name, rule, remedy, is_warning=True))
    shapes = []
    for (code, borough, where), polygon in zip(named, found.polygons, strict=True):
        if np.isfinite(polygon.bounds).all() and (np.abs(polygon.bounds) <= 180).all():
            shapes.append(NamedShape(code, borough, polygon))
        else:
            rule = f"the polygon lies outside the grid it was read in ({found.grid.name})"
            findings.append(Finding(where, None, "geometry", code, rule, COMPLETE_FILE))
    return tuple(shapes), tuple(findings)


def _fields(names: Sequence[str], wanted: Sequence[re.Pattern[str]]) -> list[str]:
    """The fields that match the first of the patterns that any matches; spaces about a name do not matter."""
    matching = ([name for name in names if pattern.fullmatch(name.strip())] for pattern in wanted)
    return next(filter(None, matching), [])


def _ward_field(layer: _Layer) -> str:
    """The field of the ward's code; two that differ are refused, since nothing says which one is right."""
    first, *others = _fields(layer.fields, _WARD_FIELDS)
    for other in others:
        for number, record in enumerate(layer.records, start=1):
            one, two = _code(record.get(first)), _code(record.get(other))
            if one and two and one != two:
                raise ImportRefusedError(
                    f"{layer.file}, feature {number} has two ward codes, {few([one, two])}, in {few([first, other])}. "
                    f"Take out the field that does not belong to the boundaries. {NOTHING_IMPORTED}"
                )
    return first


def _code(value: Any) -> str | None:
    """A code as it is published elsewhere, in capitals and without spaces about it; None where there is none."""
    if isinstance(value, str):
        return value.strip().upper() or None
    return None if value is None else geojson.written(value)


def is_ward_code(code: str | None) -> bool:
    """Whether a code has the form of a ward's, in any part of the United Kingdom."""
    return _WARD_CODE.fullmatch(code or "") is not None


def _provenance(fields: Sequence[str]) -> Provenance:
    names = [field.strip().casefold() for field in fields]
    years = [match[1] for name in names if (match := _ONS_FIELD.fullmatch(name))]
    year = f"20{years[0]}" if years else None
    rights = "© Crown copyright and database right" + (f" {year}" if year else "")
    attribution = f"Contains National Statistics data {rights}. Contains OS data {rights}."
    if year:
        url = "https://geoportal.statistics.gov.uk/"
        return Provenance("Wards", "Office for National Statistics", url, LICENCE, attribution, year)
    if "gss_code" in names:
        url = "https://data.london.gov.uk/dataset/statistical-gis-boundary-files-london"
        title = "Statistical GIS Boundary Files for London"
        return Provenance(title, "Greater London Authority", url, LICENCE, attribution, None)
    return Provenance("Ward boundaries", "Not said in the file", None, LICENCE, attribution, None)
