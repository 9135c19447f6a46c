"""Ward boundaries from an official file: GeoJSON, or a zip of shapefiles.

Read from the ONS Open Geography Portal (fields WDnnCD, LADnnCD of any year, in either case) and from the GLA's
Statistical GIS Boundary Files (GSS_CODE, LB_GSS_CD). Coordinates are brought to WGS84, the grid of a shapefile by
its .prj, of a GeoJSON by its `crs` or by the size of its numbers (British National Grid, EPSG:27700).

Two forms are kept. The *exact* one, as published but for repairs, assigns points to wards. The *drawn* one is for
maps: corners on a grid of a ten-thousandth of a degree, made a coverage (no gaps or overlaps between neighbours)
and simplified as one (Visvalingam and Whyatt 1993, Cartographic Journal 30, 46-51; shared borders stay shared), as
far as it takes to stay under `LARGEST_DRAWN_BYTES`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely import Geometry, Point
from shapely.geometry import mapping, shape

from transparency.core.errors import ImportRefusedError
from transparency.core.vocabulary import Finding
from transparency.importers.cells import (
    CITY_OF_LONDON_CODE,
    GUILDHALL,
    METRES_PER_LAT,
    METRES_PER_LON,
    WardCentre,
    collection,
    label_point,
)
from transparency.store.holdings import Provenance

DRAWN_FILE = "wards.geojson.gz"
OUTLINES_FILE = "outlines.geojson.gz"
EXACT_FILE = "exact.parquet"
# The map's message must stay under 60 kB compressed; outlines, names and colours are the rest of it.
LARGEST_DRAWN_BYTES = 27_000
LARGEST_FILE_BYTES = 1_000_000_000
GRID_DEGREES = 0.0001
TOLERANCES_M = (40, 60, 80, 100, 120, 150, 180, 210, 250, 300, 360, 430, 500)
# Slivers this narrow between two wards are drawing slips, closed without asking; a ward that changes by more than
# this share while it is repaired is not the ward that was published.
SLIVER_M = 20.0
MOST_REPAIRED = 0.01
# A centre this far outside its ward and in no other is in the river: high-water boundaries leave the Thames out.
RIVER_M = 500.0
LICENCE = "Open Government Licence v3.0"

_WARD_CODE = re.compile(r"wd(\d\d)cd|gss_code|ward_code", re.IGNORECASE)
_BOROUGH_CODE = re.compile(r"lad\d\dcd|lb_gss_cd|lb_gss_code|borough_code", re.IGNORECASE)
CITY_WARD_CODES = frozenset(f"E0500{number}" for number in range(9288, 9313))
_REFUSED = "Nothing was imported."
_DEGREES = (METRES_PER_LON, METRES_PER_LAT)


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
class Boundaries:
    """The wards of one set: exact and drawn polygons by code, and the outlines drawn over them.

    The City of London, which is in no set, is one polygon under its own code, where the file has it.
    """

    vintage: int
    exact: dict[str, Geometry]
    drawn: dict[str, Any]
    outlines: dict[str, Any]
    tolerance_m: int
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_refused(self) -> bool:
        return any(not finding.is_warning for finding in self.findings)


# ---------------------------------------------------------------- reading


def read_boundaries(path: Path) -> BoundaryFile:
    """Read a GeoJSON file or a zip of shapefiles; raises ImportRefusedError when it is neither."""
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise ImportRefusedError(f"{path.name} is larger than 1 GB. Take the generalised boundaries (20 m). {_REFUSED}")
    source = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(source)):
        features, fields = _from_shapefiles(path.name, source)
    else:
        features, fields = _from_geojson(path.name, source)
    shapes, findings = _named_shapes(path.name, features)
    return BoundaryFile(path.name, hashlib.sha256(source).hexdigest(), _provenance(fields), shapes, findings)


def _from_geojson(file: str, source: bytes) -> tuple[list[tuple[dict[str, Any], Geometry | None]], list[str]]:
    try:
        document = json.loads(source)
        features = [(feature.get("properties") or {}, _geometry(feature)) for feature in document["features"]]
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise ImportRefusedError(
            f"{file} is neither GeoJSON with features nor a zip of shapefiles ({error}). {_REFUSED}"
        ) from error
    declared = json.dumps(document.get("crs", ""))
    polygons = [polygon for _, polygon in features]
    grid = 27700 if "27700" in declared or _is_in_metres(polygons) else 4326
    projected = _to_wgs84(polygons, grid)
    fields = sorted({str(name) for properties, _ in features for name in properties})
    return [(properties, polygon) for (properties, _), polygon in zip(features, projected, strict=True)], fields


def _geometry(feature: Mapping[str, Any]) -> Geometry | None:
    return shape(feature["geometry"]) if feature.get("geometry") else None


def _from_shapefiles(file: str, source: bytes) -> tuple[list[tuple[dict[str, Any], Geometry | None]], list[str]]:
    """The shapefile with the most features that have a ward code; the GLA's zip holds several."""
    import shapefile

    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        if sum(item.file_size for item in archive.infolist()) > LARGEST_FILE_BYTES:
            raise ImportRefusedError(f"{file} unpacks to more than 1 GB. {_REFUSED}")
        members = {name.casefold(): name for name in archive.namelist()}
        found: list[tuple[list[tuple[dict[str, Any], Geometry | None]], list[str]]] = []
        for lowered, name in sorted(members.items()):
            if not lowered.endswith(".shp") or lowered.startswith("__macosx"):
                continue
            stem = lowered.removesuffix(".shp")
            if f"{stem}.dbf" not in members:
                continue
            try:
                reader = shapefile.Reader(
                    shp=io.BytesIO(archive.read(name)),
                    dbf=io.BytesIO(archive.read(members[f"{stem}.dbf"])),
                    encodingErrors="replace",
                )
                features = [
                    (dict(record.record.as_dict()), _geometry({"geometry": record.shape.__geo_interface__}))
                    for record in reader.iterShapeRecords()
                    if record.shape.shapeType
                ]
            except (shapefile.ShapefileException, ValueError, EOFError, OSError) as error:
                raise ImportRefusedError(f"{file}: {name} cannot be read ({error}). {_REFUSED}") from error
            fields = [field[0] for field in reader.fields[1:]]
            if not any(_WARD_CODE.fullmatch(field) for field in fields):
                continue
            prj = members.get(f"{stem}.prj")
            polygons = [polygon for _, polygon in features]
            grid = _grid_of(archive.read(prj).decode("utf-8", "replace")) if prj else None
            if grid is None:
                grid = 27700 if _is_in_metres(polygons) else 4326
            projected = _to_wgs84(polygons, grid)
            found.append(
                ([(record, polygon) for (record, _), polygon in zip(features, projected, strict=True)], fields)
            )
    if not found:
        raise ImportRefusedError(
            f"{file} holds no shapefile with ward codes (WDnnCD or GSS_CODE). Take the file of wards. {_REFUSED}"
        )
    return max(found, key=lambda item: len(item[0]))


def _grid_of(projection: str) -> int | str | None:
    """What pyproj is to read coordinates as; None where the .prj cannot be understood."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        grid = CRS.from_wkt(projection)
    except CRSError:
        return None
    # Esri's wording of the British grid leaves out the shift to WGS84, which its EPSG entry has.
    return 27700 if "british" in grid.name.casefold() else projection


def _is_in_metres(polygons: Sequence[Geometry | None]) -> bool:
    bounds = shapely.total_bounds([polygon for polygon in polygons if polygon is not None])
    return bool(np.nanmax(np.abs(bounds)) > 360) if len(bounds) and not np.isnan(bounds).all() else False


def _to_wgs84(polygons: Sequence[Geometry | None], grid: int | str) -> list[Geometry | None]:
    if grid == 4326:
        return list(polygons)
    from pyproj import Transformer

    project = Transformer.from_crs(grid, 4326, always_xy=True).transform
    return list(shapely.transform(np.array(polygons, dtype=object), project, interleaved=False))


def _named_shapes(
    file: str, features: Iterable[tuple[dict[str, Any], Geometry | None]]
) -> tuple[tuple[NamedShape, ...], tuple[Finding, ...]]:
    shapes, findings = [], []
    for row, (properties, polygon) in enumerate(features, start=2):
        code = _value(properties, _WARD_CODE)
        if code is None:
            rule, remedy = "a feature has no ward code", "Take a file with a field WDnnCD, GSS_CODE or ward_code."
            findings.append(Finding(file, row, "ward_code", None, rule, remedy))
        elif polygon is None or polygon.is_empty or polygon.geom_type not in ("Polygon", "MultiPolygon"):
            findings.append(Finding(file, row, "geometry", code, "the ward has no polygon", "Take a complete file."))
        else:
            shapes.append(NamedShape(code, _value(properties, _BOROUGH_CODE), shapely.force_2d(polygon)))
    return tuple(shapes), tuple(findings)


def _value(properties: Mapping[str, Any], name: re.Pattern[str]) -> str | None:
    found = (value for field, value in properties.items() if name.fullmatch(str(field)))
    return next((str(value).strip() for value in found if value), None)


def _provenance(fields: Sequence[str]) -> Provenance:
    lowered = [field.casefold() for field in fields]
    years = [match[1] for field in fields if (match := _WARD_CODE.fullmatch(field)) and match[1]]
    year = f"20{years[0]}" if years else None
    rights = f"© Crown copyright and database right {year or '[year]'}".replace(" [year]", "")
    attribution = f"Contains National Statistics data {rights}. Contains OS data {rights}."
    if year:
        url = "https://geoportal.statistics.gov.uk/"
        return Provenance("Wards", "Office for National Statistics", url, LICENCE, attribution, year)
    if "gss_code" in lowered:
        url = "https://data.london.gov.uk/dataset/statistical-gis-boundary-files-london"
        title = "Statistical GIS Boundary Files for London"
        return Provenance(title, "Greater London Authority", url, LICENCE, attribution, None)
    return Provenance("Ward boundaries", "Not said in the file", None, LICENCE, attribution, None)


# ---------------------------------------------------------------- fitting to a set of wards


def fit_boundaries(file: BoundaryFile, sets: Mapping[int, Sequence[WardCentre]]) -> Boundaries:
    """The boundaries of the set the file's codes belong to, repaired, drawn, and compared with the set's centres.

    Every error is found at once; with any, nothing of the result may be kept. Raises ImportRefusedError when the
    file has no ward of any set.
    """
    codes = {named.ward_code for named in file.shapes}
    vintage = max(sets, key=lambda one: len(codes & {ward.ward_code for ward in sets[one]}))
    wards = sets[vintage]
    if not codes & {ward.ward_code for ward in wards}:
        known = " or ".join(str(one) for one in sets)
        raise ImportRefusedError(f"{file.file} has no ward of the sets of {known}. {_REFUSED}")
    fitting = _Fitting(file, vintage, wards)
    exact = fitting.exact()
    if fitting.is_refused:
        return fitting.result(exact, {}, {}, 0)
    drawn, outlines, tolerance_m = _draw(exact, wards)
    return fitting.result(exact, drawn, outlines, tolerance_m)


class _Fitting:
    """One file compared with one set of wards, with the findings and notes made on the way."""

    def __init__(self, file: BoundaryFile, vintage: int, wards: Sequence[WardCentre]) -> None:
        self._file = file
        self._vintage = vintage
        self._wards = {ward.ward_code: ward for ward in wards}
        self._findings = list(file.findings)
        self._notes: list[str] = []

    @property
    def is_refused(self) -> bool:
        return any(not finding.is_warning for finding in self._findings)

    def result(
        self, exact: dict[str, Geometry], drawn: dict[str, Any], outlines: dict[str, Any], tolerance_m: int
    ) -> Boundaries:
        notes, findings = tuple(self._notes), tuple(self._findings)
        return Boundaries(self._vintage, exact, drawn, outlines, tolerance_m, notes, findings)

    def exact(self) -> dict[str, Geometry]:
        """The polygons by ward code, in the set's order, the City of London last."""
        wards, city, others = self._sorted_out()
        self._check_count(wards)
        polygons = {code: self._repaired(code, wards[code]) for code in self._wards if code in wards}
        if city:
            polygons[CITY_OF_LONDON_CODE] = self._repaired(CITY_OF_LONDON_CODE, shapely.union_all(city))
        self._check_others(others, polygons)
        polygons = self._as_coverage(polygons)
        if not city and (hole := _city_hole(polygons.values())) is not None:
            polygons[CITY_OF_LONDON_CODE] = hole
            self._notes.append("The City of London is not in the file: it is the hole the wards leave.")
        self._check_centres(polygons)
        return polygons

    def _sorted_out(self) -> tuple[dict[str, Geometry], list[Geometry], list[NamedShape]]:
        """The wards of the set, the parts of the City of London, and everything else."""
        wards: dict[str, Geometry] = {}
        city, others = [], []
        for named in self._file.shapes:
            if named.ward_code in wards:
                self._find(named.ward_code, "the ward stands in the file twice", "Take a file with each ward once.")
            elif named.ward_code in self._wards:
                wards[named.ward_code] = named.polygon
            elif _is_city(named):
                city.append(shapely.make_valid(named.polygon))
            else:
                others.append(named)
        return wards, city, others

    def _check_count(self, wards: Mapping[str, Geometry]) -> None:
        missing = [code for code in self._wards if code not in wards]
        if missing:
            rule = f"{len(wards)} of the {len(self._wards)} wards of {self._vintage} are in the file"
            named = ", ".join(missing[:10]) + (" …" if len(missing) > 10 else "")
            self._find(named, f"{rule}; missing are", "Take the file of all wards of that set.")

    def _check_others(self, others: Sequence[NamedShape], polygons: Mapping[str, Geometry]) -> None:
        """Wards elsewhere are left out; one that covers a ward of the set makes the count wrong."""
        if not others or not polygons:
            return
        tree = shapely.STRtree(list(polygons.values()))
        inside = tree.query([shapely.point_on_surface(other.polygon) for other in others], predicate="intersects")
        covering = sorted({others[place].ward_code for place in inside[0]})
        if covering:
            rule = f"{len(covering)} further wards lie within London, so the count is not that of {self._vintage}"
            self._find(", ".join(covering[:10]), rule, "Take the file of one set of wards only.")
        elsewhere = len(others) - len(covering)
        if elsewhere:
            self._notes.append(f"{elsewhere:,} wards outside London were left out.")

    def _repaired(self, code: str, polygon: Geometry) -> Geometry:
        if polygon.is_valid:
            return polygon
        reason = shapely.is_valid_reason(polygon).partition("[")[0]
        repaired = _polygonal(shapely.make_valid(polygon))
        changed = _changed_share(polygon, repaired)
        if repaired.is_empty or changed > MOST_REPAIRED:
            self._find(
                code, f"the polygon is broken ({reason}) and cannot be repaired", "Take another copy of the file."
            )
        self._notes.append(f"{code} was repaired: {reason}; its area changed by {100 * changed:.3f} %.")
        return repaired

    def _as_coverage(self, polygons: dict[str, Geometry]) -> dict[str, Geometry]:
        """Neighbours with one border between them, slivers closed."""
        before = list(polygons.values())
        if not before or shapely.coverage_is_valid(before):
            return polygons
        cleaned = shapely.coverage_clean(before, gap_width=SLIVER_M / METRES_PER_LON)
        worst = 0.0
        for code, old, new in zip(polygons, before, cleaned, strict=True):
            changed = _changed_share(old, new)
            worst = max(worst, changed)
            if changed > MOST_REPAIRED:
                rule = f"the ward overlaps its neighbours ({100 * changed:.1f} % of it)"
                self._find(code, rule, "Take a file of one set of wards.")
        self._notes.append(
            f"Borders that differed between neighbours were made one; at most {100 * worst:.3f} % of a ward."
        )
        return dict(zip(polygons, cleaned, strict=True))

    def _check_centres(self, polygons: Mapping[str, Geometry]) -> None:
        codes = list(polygons)
        tree = shapely.STRtree(list(polygons.values()))
        for code, ward in self._wards.items():
            if code not in polygons:
                continue
            centre = Point(ward.lon, ward.lat)
            if polygons[code].covers(centre):
                continue
            others = [codes[place] for place in tree.query(centre, predicate="intersects")]
            away_m = shapely.distance(_flat(centre), _flat(polygons[code]))
            if others or away_m > RIVER_M:
                where = f"in {others[0]}" if others else f"{away_m:,.0f} m outside"
                self._find(
                    code, f"the centre of the ward lies {where}", "Check that codes and polygons belong together."
                )
            else:
                self._notes.append(f"The centre of {code} lies {away_m:,.0f} m outside its polygon, in no other.")

    def _find(self, value: str, rule: str, remedy: str) -> None:
        self._findings.append(Finding(self._file.file, None, "ward_code", value, rule, f"{remedy} {_REFUSED}"))


def _is_city(named: NamedShape) -> bool:
    return CITY_OF_LONDON_CODE in (named.ward_code, named.borough_code) or named.ward_code in CITY_WARD_CODES


def _city_hole(polygons: Iterable[Geometry]) -> Geometry | None:
    """The hole about the Guildhall in the union of the wards, or None."""
    guildhall = Point(GUILDHALL[1], GUILDHALL[0])
    for part in shapely.get_parts(shapely.union_all(list(polygons))):
        for ring in part.interiors:
            hole = shapely.polygons(ring)
            if hole.covers(guildhall):
                return hole
    return None


def _polygonal(geometry: Geometry) -> Geometry:
    """The polygons of a repaired geometry, without the points and lines that repairing may leave."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _changed_share(before: Geometry, after: Geometry) -> float:
    """The difference of the two areas as a share of the first."""
    area = shapely.area(before)
    return abs(shapely.area(after) - area) / area if area else 1.0


def _flat(geometry: Geometry) -> Geometry:
    """In metres on a flat map about London."""
    return shapely.transform(geometry, lambda places: places * _DEGREES)


# ---------------------------------------------------------------- drawing


def _draw(exact: Mapping[str, Geometry], wards: Sequence[WardCentre]) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Drawn wards and outlines as GeoJSON, with the tolerance it took to make the wards small enough."""
    snapped = shapely.set_precision(list(exact.values()), GRID_DEGREES)
    grid = shapely.coverage_clean(snapped, gap_width=2 * GRID_DEGREES)
    for tolerance_m in TOLERANCES_M:
        # Visvalingam's areas are measured in degrees, where each is the same share of itself in metres.
        tolerance = tolerance_m / math.sqrt(METRES_PER_LAT * METRES_PER_LON)
        simplified = dict(zip(exact, shapely.coverage_simplify(grid, tolerance), strict=True))
        bare = collection(_feature(code, polygon) for code, polygon in simplified.items())
        if len(_compressed(bare)) <= LARGEST_DRAWN_BYTES:
            break
    borough_of = {ward.ward_code: ward.borough_code for ward in wards}
    drawn = collection(
        _feature(code, polygon, label_at=label_point(_flat(polygon)))
        for code, polygon in simplified.items()
        if code in borough_of
    )
    return drawn, _outlines(simplified, borough_of), tolerance_m


def _outlines(drawn: Mapping[str, Geometry], borough_of: Mapping[str, str]) -> dict[str, Any]:
    features = []
    for borough_code in sorted(set(borough_of.values())):
        own = [polygon for code, polygon in drawn.items() if borough_of.get(code) == borough_code]
        features.append((borough_code, True, shapely.coverage_union_all(own)))
    if CITY_OF_LONDON_CODE in drawn:
        features.append((CITY_OF_LONDON_CODE, False, drawn[CITY_OF_LONDON_CODE]))
    return collection(
        _feature(code, outline, is_covered=is_covered, label_at=label_point(_flat(outline)))
        for code, is_covered, outline in features
    )


def _feature(code: str, polygon: Geometry, **properties: Any) -> dict[str, Any]:
    """A feature with outer rings anticlockwise (RFC 7946, 3.1.6). All but the few corners where two borders had to
    be made one lie on the grid, and are written in four decimals."""
    rounded = shapely.transform(shapely.orient_polygons(polygon), lambda places: np.round(places, 7))
    return {"type": "Feature", "id": code, "properties": properties, "geometry": mapping(rounded)}


def _compressed(features: Mapping[str, Any]) -> bytes:
    """A collection as a file, one feature a line, the same bytes for the same features."""
    text = json.dumps(features, separators=(",", ":")).replace('{"type":"Feature",', '\n{"type":"Feature",')
    return gzip.compress((text + "\n").encode(), mtime=0)


def write_boundaries(boundaries: Boundaries, folder: Path) -> None:
    """Write the three files of a holding: drawn wards, their outlines, and the exact polygons as WKB."""
    (folder / DRAWN_FILE).write_bytes(_compressed(boundaries.drawn))
    (folder / OUTLINES_FILE).write_bytes(_compressed(boundaries.outlines))
    exact = pa.table(
        {"code": list(boundaries.exact), "wkb": [shapely.to_wkb(one) for one in boundaries.exact.values()]}
    )
    pq.write_table(exact, folder / EXACT_FILE, compression="zstd")


def read_exact(folder: Path) -> dict[str, Geometry]:
    """The exact polygons of a holding, by ward code; that of the City of London under its own."""
    table = pq.read_table(folder / EXACT_FILE)
    return dict(zip(table["code"].to_pylist(), shapely.from_wkb(table["wkb"].to_pylist()), strict=True))
