"""Bringing coordinates to degrees (WGS84), from the grid a file declares or, where it declares none or a wrong one,
from the grid in which its polygons lie in London: degrees, British National Grid or Web Mercator."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely import Geometry

DEGREES = CRS.from_epsg(4326)
BRITISH = CRS.from_epsg(27700)
WEB_MERCATOR = CRS.from_epsg(3857)
# West, south, east and north of London and a little more, in degrees.
LONDON = (-0.6, 51.2, 0.4, 51.8)
_CODE = re.compile(r"\d{4,6}")
# Numbers that Esri and others gave to Web Mercator before it had its own.
_OLD_CODES = {900913: 3857, 102100: 3857, 102113: 3857, 3785: 3857}


@dataclass(frozen=True)
class Placed:
    """Polygons in degrees, the grid they were read in, and whether their coordinates have north before east."""

    polygons: tuple[Geometry, ...]
    grid: CRS
    is_swapped: bool


def grid_of_crs(crs: Any) -> CRS | None:
    """The grid that the `crs` of a GeoJSON names, in any of the ways in use; None where it names none that is known."""
    codes = [int(code) for code in _CODE.findall(json.dumps(crs))]
    return _usable(lambda: CRS.from_epsg(_OLD_CODES.get(codes[-1], codes[-1]))) if codes else None


def grid_of_prj(projection: str) -> CRS | None:
    """The grid a .prj describes; None where it cannot be understood."""
    grid = _usable(lambda: CRS.from_wkt(projection))
    # Esri's wording of the British grid leaves out the shift to WGS84, which its EPSG entry has.
    return BRITISH if grid is not None and "british" in grid.name.casefold() else grid


def placed(polygons: Sequence[Geometry], declared: CRS | None) -> Placed:
    """The polygons in degrees. The declared grid is taken unless the polygons lie in London in another one only."""
    middles = _middles(polygons)
    grids = [BRITISH, WEB_MERCATOR, DEGREES] if (np.abs(middles) > 360).any() else [DEGREES, BRITISH, WEB_MERCATOR]
    if declared is not None:
        grids.insert(0, declared)
    ways = [(grid, is_swapped) for is_swapped in (False, True) for grid in grids]
    found = [_in_london(middles, *way) for way in ways]
    # The first counts double: in a grid a little beside it, wards at the edge of London may fall on either side.
    found[0] *= 2
    grid, is_swapped = ways[found.index(max(found))]
    return Placed(tuple(_to_degrees(polygons, grid)), grid, is_swapped)


def _usable(described: Callable[[], CRS]) -> CRS | None:
    """A grid that degrees can be computed of, which a vertical one or one of the Moon cannot."""
    try:
        grid = described()
        _transformer(grid)
    except ProjError:
        return None
    return grid


def _middles(polygons: Sequence[Geometry]) -> npt.NDArray[np.float64]:
    bounds: npt.NDArray[np.float64] = shapely.bounds(list(polygons)).reshape(-1, 4)
    return (bounds[:, :2] + bounds[:, 2:]) / 2


def _in_london(places: npt.NDArray[np.float64], grid: CRS, is_swapped: bool) -> int:
    """How many of the places lie in London when they are read in a grid."""
    first, second = places.T[::-1] if is_swapped else places.T
    lon, lat = _transformer(grid).transform(first, second)
    west, south, east, north = LONDON
    return int(np.count_nonzero((lon > west) & (lon < east) & (lat > south) & (lat < north)))


def _to_degrees(polygons: Sequence[Geometry], grid: CRS) -> list[Geometry]:
    if grid == DEGREES:
        return list(polygons)
    project = _transformer(grid).transform
    return list(shapely.transform(np.array(polygons, dtype=object), project, interleaved=False))


@cache
def _transformer(grid: CRS) -> Transformer:
    return Transformer.from_crs(grid, DEGREES, always_xy=True)
