"""Schematic ward cells: each is the area nearest one ward's centre, within a smoothed outline of London.

Made from the ward tables alone (centre and area), for drawing where official boundaries are not stored:

    transparency cells        writes cells_ and outlines_2014.geojson and _2022.geojson to data/reference/

The outline is the union of one disc for each ward, of the ward's own area, with gaps of up to twice
`CLOSING_M` closed. The cells are the Voronoi partition of the centres (G. Voronoi, J. reine angew. Math. 134
(1908) 198), clipped to it; the City of London, which is in no ward table, is the cell about the Guildhall. A
borough's outline is the union of its cells. None of these is a legal boundary.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import shapely
from shapely import Geometry, Point, Polygon

from transparency.core.errors import ImportRefusedError

CLOSING_M = 2000.0
CORNER_M = 400.0
TOLERANCE_M = 160.0
# Corners lie on a grid of a two-thousandth of a degree, about 50 m: finer would suggest what is not known.
CORNERS_PER_DEGREE = 2000
GUILDHALL = (51.5156, -0.0919)
CITY_OF_LONDON_CODE = "E09000001"

# A flat map about London: metres east and north for one degree, on a sphere of 6,371,008.8 m. Between the
# north and the south of London the east-west scale differs by less than one per cent.
METRES_PER_LAT = math.radians(6_371_008.8)
METRES_PER_LON = METRES_PER_LAT * math.cos(math.radians(51.5))


@dataclass(frozen=True)
class WardCentre:
    """What a cell is made from: a ward, its borough, its centre in degrees (WGS84) and its area."""

    ward_code: str
    borough_code: str
    lat: float
    lon: float
    area_ha: float


def ward_cells(wards: Sequence[WardCentre]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two GeoJSON collections (RFC 7946): ward cells, and the outlines drawn over them.

    The `id` of a feature is its ward or borough code. An outline has `is_covered` (false for the City of
    London) and `label_at`, longitude and latitude of the place its name is written at. Raises
    ImportRefusedError when two wards have one centre.
    """
    if len({(ward.lat, ward.lon) for ward in wards}) < len(wards):
        raise ImportRefusedError("Two wards have the same centre, so no cells can be drawn between them.")
    centres = [_flat(ward.lat, ward.lon) for ward in wards]
    outline = _outline(centres, [ward.area_ha for ward in wards])
    *cells, city = _partition([*centres, _flat(*GUILDHALL)], outline)
    outlines = []
    for code in sorted({ward.borough_code for ward in wards}):
        own = [cell for ward, cell in zip(wards, cells, strict=True) if ward.borough_code == code]
        outlines.append((code, True, shapely.union_all(own)))
    outlines.append((CITY_OF_LONDON_CODE, False, city))
    return (
        collection(_feature(ward.ward_code, cell) for ward, cell in zip(wards, cells, strict=True)),
        collection(
            _feature(code, shape, is_covered=is_covered, label_at=label_point(shape))
            for code, is_covered, shape in outlines
        ),
    )


def write_cells(wards: Sequence[WardCentre], folder: Path, vintage: int) -> tuple[Path, Path]:
    """Write `cells_<vintage>.geojson` and `outlines_<vintage>.geojson`, the same bytes for the same wards."""
    written = []
    for name, collection in zip(("cells", "outlines"), ward_cells(wards), strict=True):
        path = folder / f"{name}_{vintage}.geojson"
        text = json.dumps(collection, separators=(",", ":")).replace('{"type":"Feature",', '\n{"type":"Feature",')
        path.write_text(text + "\n", encoding="utf-8")
        written.append(path)
    return written[0], written[1]


def _flat(lat: float, lon: float) -> Point:
    return Point(lon * METRES_PER_LON, lat * METRES_PER_LAT)


def _outline(centres: Sequence[Point], areas_ha: Sequence[float]) -> Polygon:
    discs = [
        centre.buffer(math.sqrt(area_ha * 10_000 / math.pi)) for centre, area_ha in zip(centres, areas_ha, strict=True)
    ]
    closed = shapely.union_all(discs).buffer(CLOSING_M).buffer(-CLOSING_M - CORNER_M).buffer(CORNER_M)
    whole = max(shapely.get_parts(closed), key=lambda part: part.area)
    return Polygon(whole.exterior).simplify(TOLERANCE_M)


def _partition(centres: Sequence[Point], outline: Polygon) -> list[Geometry]:
    """The part of `outline` nearest each centre, in the order of the centres."""
    nearest = shapely.voronoi_polygons(shapely.MultiPoint(centres), extend_to=outline, ordered=True)
    return [cell.intersection(outline) for cell in shapely.get_parts(nearest)]


def label_point(shape: Geometry) -> list[float]:
    """Longitude and latitude of the centre of the largest circle within the shape's largest part."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    return _degrees(shapely.maximum_inscribed_circle(largest, tolerance=50).coords[0])


def _degrees(position: Sequence[float]) -> list[float]:
    degrees = (position[0] / METRES_PER_LON, position[1] / METRES_PER_LAT)
    return [round(round(place * CORNERS_PER_DEGREE) / CORNERS_PER_DEGREE, 4) for place in degrees]


def _corners(ring: Any) -> list[list[float]]:
    """A closed ring on the grid, each corner once but the first."""
    return [corner for corner, _ in groupby(_degrees(place) for place in ring.coords)]


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _feature(code: str, shape: Geometry, **properties: Any) -> dict[str, Any]:
    """A feature of one polygon or several, outer rings anticlockwise and holes clockwise (RFC 7946, 3.1.6)."""
    parts = [
        [_corners(ring) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(shapely.orient_polygons(shape))
    ]
    geometry: dict[str, Any] = {"type": "MultiPolygon", "coordinates": parts}
    if len(parts) == 1:
        geometry = {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}
