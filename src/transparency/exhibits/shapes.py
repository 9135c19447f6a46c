"""The shapes wards are drawn with on a day: official boundaries where they have been imported, else schematic cells."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from transparency.core.project import EMBEDDED_DATA
from transparency.store.holdings import Provenance, boundaries_name
from transparency.store.store import Store, memoised

FIRST_DAY_OF_2022_SET = date(2022, 5, 5)

Ring = list[list[float]]
Polygon = list[Ring]
Reach = tuple[float, float, float, float]  # the least longitude and latitude, and the greatest


@dataclass(frozen=True)
class Outline:
    """A borough (or the City of London, not covered) with the longitude and latitude its name is written at."""

    borough_code: str
    is_covered: bool
    label_at: tuple[float, float]
    polygons: tuple[Polygon, ...]
    reach: Reach


@dataclass(frozen=True)
class Shapes:
    """Wards by code and borough outlines; rings of longitude and latitude in degrees, WGS84.

    `label_at` is a place inside each ward, `reach` how far each goes. `is_schematic`: each shape is the area nearest a
    ward's centre, not a legal boundary; official boundaries have their `provenance`.
    """

    vintage: int
    is_schematic: bool
    wards: dict[str, tuple[Polygon, ...]]
    label_at: dict[str, tuple[float, float]]
    reach: dict[str, Reach]
    outlines: tuple[Outline, ...]
    provenance: Provenance | None = None


def holds(ring: Sequence[Sequence[float]], across: Sequence[float], y: float) -> bool:
    """Whether one of the places so far across and up lies within a ring, in any unit: a line from it crosses the ring's
    sides an odd number of times."""
    crossed = [a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y)]
    return any(sum(side > x for side in crossed) % 2 == 1 for x in across)


def drawn_set(day: date) -> int:
    """The set of wards drawn for a day: that of 2018, which is not stored, is drawn as that of 2014."""
    return 2022 if day >= FIRST_DAY_OF_2022_SET else 2014


def shapes_on(store: Store, day: date) -> Shapes:
    """The shapes of the wards of the day. For the set of 2018, which has none, those of 2014."""
    return _shapes(store, drawn_set(day))


@memoised
def _shapes(store: Store, vintage: int) -> Shapes:
    holding = store.holding(boundaries_name(vintage))
    if holding is not None:
        folder = holding.folder
        return _read(folder / "wards.geojson.gz", folder / "outlines.geojson.gz", vintage, holding.provenance)
    reference = EMBEDDED_DATA / "reference"
    return _read(reference / f"cells_{vintage}.geojson", reference / f"outlines_{vintage}.geojson", vintage)


def _read(wards: Path, outlines: Path, vintage: int, provenance: Provenance | None = None) -> Shapes:
    features = _features(wards)
    return Shapes(
        vintage=vintage,
        is_schematic=provenance is None,
        wards={feature["id"]: _polygons(feature) for feature in features},
        label_at={feature["id"]: _label_at(feature) for feature in features},
        reach={feature["id"]: _reach(_polygons(feature)) for feature in features},
        outlines=tuple(
            Outline(
                borough_code=feature["id"],
                is_covered=feature["properties"]["is_covered"],
                label_at=_label_at(feature),
                polygons=_polygons(feature),
                reach=_reach(_polygons(feature)),
            )
            for feature in _features(outlines)
        ),
        provenance=provenance,
    )


def _features(path: Path) -> list[dict[str, Any]]:
    source = path.read_bytes()
    text = gzip.decompress(source) if path.suffix == ".gz" else source
    features: list[dict[str, Any]] = json.loads(text)["features"]
    return features


def _label_at(feature: dict[str, Any]) -> tuple[float, float]:
    """The place of a label; a cell has none of its own and, being convex, the mean of its corners lies in it."""
    if "label_at" in feature["properties"]:
        lon, lat = feature["properties"]["label_at"]
        return lon, lat
    corners = _polygons(feature)[0][0][:-1]
    lon, lat = (round(sum(corner[axis] for corner in corners) / len(corners), 4) for axis in (0, 1))
    return lon, lat


def _reach(polygons: tuple[Polygon, ...]) -> Reach:
    lons, lats = zip(*((point[0], point[1]) for polygon in polygons for point in polygon[0]), strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _polygons(feature: dict[str, Any]) -> tuple[Polygon, ...]:
    geometry = feature["geometry"]
    return tuple(geometry["coordinates"]) if geometry["type"] == "MultiPolygon" else (geometry["coordinates"],)
