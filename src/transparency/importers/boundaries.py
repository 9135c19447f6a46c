"""Ward boundaries: those of a file compared with the sets of wards, repaired, drawn and written.

Two forms are kept. The *exact* one, as published but for repairs, assigns points to wards. The *drawn* one is for
maps: corners on a grid of a ten-thousandth of a degree, made a coverage (no gaps or overlaps between neighbours)
and simplified as one (Visvalingam and Whyatt 1993, Cartographic Journal 30, 46-51; shared borders stay shared), as
far as it takes to stay under `LARGEST_DRAWN_BYTES`.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely import Geometry, Point
from shapely.geometry import mapping

from transparency.core.errors import ImportRefusedError
from transparency.core.files import naming, write_file
from transparency.core.findings import few
from transparency.core.vocabulary import Finding
from transparency.importers.boundary_files import BoundaryFile, NamedShape, is_ward_code
from transparency.importers.cells import (
    CITY_OF_LONDON_CODE,
    GUILDHALL,
    METRES_PER_LAT,
    METRES_PER_LON,
    WardCentre,
    collection,
    label_point,
)
from transparency.importers.packed import NOTHING_IMPORTED

DRAWN_FILE = "wards.geojson.gz"
OUTLINES_FILE = "outlines.geojson.gz"
EXACT_FILE = "exact.parquet"
# The map's message must stay under 60 kB compressed; outlines, names and colours are the rest of it.
LARGEST_DRAWN_BYTES = 27_000
GRID_DEGREES = 0.0001
TOLERANCES_M = (40, 60, 80, 100, 120, 150, 180, 210, 250, 300, 360, 430, 500)
# Slivers this narrow between two wards are drawing slips, closed without asking; a ward that changes by more than
# this share while it is repaired is not the ward that was published.
SLIVER_M = 20.0
MOST_REPAIRED = 0.01
# A centre this far outside its ward and in no other is in the river: high-water boundaries leave the Thames out.
RIVER_M = 500.0
CITY_WARD_CODES = frozenset(f"E0500{number}" for number in range(9288, 9313))
_DEGREES = (METRES_PER_LON, METRES_PER_LAT)


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


# ---------------------------------------------------------------- fitting to a set of wards


def fit_boundaries(file: BoundaryFile, sets: Mapping[int, Sequence[WardCentre]]) -> Boundaries:
    """The boundaries of the set the file's codes belong to, repaired, drawn, and compared with the set's centres.

    Every error is found at once, those of the file itself first; with any, there are no boundaries and no notes.
    Raises ImportRefusedError when the file has no other error and no ward of any set.
    """
    codes = {named.ward_code for named in file.shapes}
    vintage = max(sets, key=lambda one: len(codes & {ward.ward_code for ward in sets[one]}))
    fitting = _Fitting(file, vintage, sets[vintage])
    if not codes & {ward.ward_code for ward in sets[vintage]}:
        if fitting.is_refused:
            return fitting.refused()
        known = " or ".join(str(one) for one in sets)
        raise ImportRefusedError(
            f"{file.file} has no ward of the sets of {known}. Its codes are: {few(sorted(codes))}. "
            f"Take the file of all wards of London. {NOTHING_IMPORTED}"
        )
    exact = fitting.exact()
    return fitting.refused() if fitting.is_refused else fitting.result(exact, *_draw(exact, sets[vintage]))


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

    def refused(self) -> Boundaries:
        return Boundaries(self._vintage, {}, {}, {}, 0, (), tuple(self._findings))

    def result(
        self, exact: dict[str, Geometry], drawn: dict[str, Any], outlines: dict[str, Any], tolerance_m: int
    ) -> Boundaries:
        notes, findings = tuple(self._notes), tuple(self._findings)
        return Boundaries(self._vintage, exact, drawn, outlines, tolerance_m, notes, findings)

    def exact(self) -> dict[str, Geometry]:
        """The polygons by ward code, in the set's order, the City of London last."""
        wards, city, others = self._sorted_out()
        self._check_count(wards)
        repaired = {code: self._repaired(code, wards[code]) for code in self._wards if code in wards}
        if city:
            repaired[CITY_OF_LONDON_CODE] = self._repaired(CITY_OF_LONDON_CODE, shapely.union_all(city))
        polygons = {code: polygon for code, polygon in repaired.items() if polygon is not None}
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
            self._find(few(missing), f"{rule}; missing are", "Take the file of all wards of that set.")

    def _check_others(self, others: Sequence[NamedShape], polygons: Mapping[str, Geometry]) -> None:
        """Wards elsewhere are left out. One that covers a ward of the set makes the count wrong; one in the place of a
        ward that is missing is of another set."""
        if not others or not polygons:
            return
        places = [shapely.point_on_surface(other.polygon) for other in others]
        inside = shapely.STRtree(list(polygons.values())).query(places, predicate="intersects")[0]
        covering = sorted({others[place].ward_code for place in inside})
        if covering:
            rule = f"{len(covering)} further wards lie within London, so the count is not that of {self._vintage}"
            self._find(few(covering), rule, "Take the file of one set of wards only.")
        replacing = sorted(set(self._in_place_of_missing(others, places, polygons)) - set(covering))
        if replacing:
            rule = f"wards of another set lie where those of {self._vintage} are missing ({len(replacing)} of them)"
            self._find(few(replacing), rule, "Take the file of the wards of 2014 to 2018, or of those since 2022.")
        elsewhere = [other.ward_code for other in others if other.ward_code not in {*covering, *replacing}]
        if no_wards := [code for code in elsewhere if not is_ward_code(code)]:
            self._notes.append(f"Left out as their codes are not those of wards: {len(no_wards):,} ({few(no_wards)}).")
        if len(elsewhere) > len(no_wards):
            self._notes.append(f"{len(elsewhere) - len(no_wards):,} wards outside London were left out.")

    def _in_place_of_missing(
        self, others: Sequence[NamedShape], places: Sequence[Point], polygons: Mapping[str, Geometry]
    ) -> Iterator[str]:
        """The codes of those nearest the centre of a missing ward, and about as near as its own land is."""
        wards = list(self._wards.values())
        centres = [_flat(Point(ward.lon, ward.lat)) for ward in wards]
        nearest = shapely.STRtree(centres).nearest([_flat(place) for place in places])
        for other, place, number in zip(others, places, nearest, strict=True):
            ward = wards[number]
            reach_m = 2 * math.sqrt(ward.area_ha * 10_000 / math.pi)
            if ward.ward_code not in polygons and shapely.distance(_flat(place), centres[number]) < reach_m:
                yield other.ward_code

    def _repaired(self, code: str, polygon: Geometry) -> Geometry | None:
        """The polygon without what is broken in it; None, with a finding, where it would not be the same any more."""
        if polygon.is_valid:
            return polygon
        reason = shapely.is_valid_reason(polygon).partition("[")[0]
        repaired = _polygonal(shapely.make_valid(polygon))
        changed = _changed_share(polygon, repaired)
        if repaired.is_empty or changed > MOST_REPAIRED:
            rule = f"the polygon is broken ({reason}) and cannot be repaired"
            self._find(code, rule, "Take another copy of the file.")
            return None
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
        strays = {code: where for code in self._wards if code in polygons and (where := self._stray(code, polygons))}
        if len(strays) == len(self._wards) > 1:
            code, where = next(iter(strays.items()))
            rule = f"the centres of all {len(strays)} wards lie outside their polygons, the first {where}"
            self._find(code, rule, "Check the grid of the coordinates, and that codes and polygons belong together.")
            return
        for code, where in strays.items():
            rule = f"the centre of the ward lies {where}"
            self._find(code, rule, "Check that codes and polygons belong together.")

    def _stray(self, code: str, polygons: Mapping[str, Geometry]) -> str | None:
        """Where the centre of a ward lies if that is not in its polygon, nor in the river beside it."""
        centre = Point(self._wards[code].lon, self._wards[code].lat)
        if polygons[code].covers(centre):
            return None
        others = [other for other, polygon in polygons.items() if polygon.intersects(centre)]
        if others:
            return f"in {others[0]}"
        away_m = shapely.distance(_flat(centre), _flat(polygons[code]))
        if away_m > RIVER_M:
            return f"{away_m:,.0f} m outside"
        self._notes.append(f"The centre of {code} lies {away_m:,.0f} m outside its polygon, in no other.")
        return None

    def _find(self, value: str, rule: str, remedy: str) -> None:
        self._findings.append(Finding(self._file.file, None, "ward_code", value, rule, f"{remedy} {NOTHING_IMPORTED}"))


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
    write_file(folder / DRAWN_FILE, _compressed(boundaries.drawn))
    write_file(folder / OUTLINES_FILE, _compressed(boundaries.outlines))
    exact = pa.table(
        {"code": list(boundaries.exact), "wkb": [shapely.to_wkb(one) for one in boundaries.exact.values()]}
    )
    with naming(folder / EXACT_FILE):
        pq.write_table(exact, folder / EXACT_FILE, compression="zstd")


def read_exact(folder: Path) -> dict[str, Geometry]:
    """The exact polygons of a holding, by ward code; that of the City of London under its own."""
    table = pq.read_table(folder / EXACT_FILE)
    return dict(zip(table["code"].to_pylist(), shapely.from_wkb(table["wkb"].to_pylist()), strict=True))
