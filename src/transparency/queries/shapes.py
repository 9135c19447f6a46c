"""The shapes wards are drawn with on a day: official boundaries where they have been imported, else schematic cells."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transparency.catalogue import EMBEDDED_DATA

if TYPE_CHECKING:
    from transparency.store import Store

FIRST_DAY_OF_2022_SET = date(2022, 5, 5)

Ring = list[list[float]]
Polygon = list[Ring]


@dataclass(frozen=True)
class Outline:
    """A borough (or the City of London, not covered) with the longitude and latitude its name is written at."""

    borough_code: str
    is_covered: bool
    label_at: tuple[float, float]
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Shapes:
    """Wards by code and borough outlines; rings of longitude and latitude in degrees, WGS84.

    `is_schematic`: each shape is the area nearest a ward's centre, not a legal boundary.
    """

    vintage: int
    is_schematic: bool
    wards: dict[str, tuple[Polygon, ...]]
    outlines: tuple[Outline, ...]


def shapes_on(store: Store, day: date) -> Shapes:
    """The shapes of the wards of the day. For the set of 2018, which has none, those of 2014."""
    vintage = 2022 if day >= FIRST_DAY_OF_2022_SET else 2014
    official = store.root / "reference"
    if (official / f"boundaries_{vintage}.geojson").is_file():
        return _read(official, "boundaries", "boundary_outlines", vintage)
    return _read(EMBEDDED_DATA / "reference", "cells", "outlines", vintage)


def ward_statuses(store: Store, day: date) -> list[dict[str, Any]]:
    """Every ward in force on the day with what is known of the promise in it, by borough and name."""
    return store.rows(
        """
        SELECT status.ward_code, status.ward_name, borough_code, borough_name, ward_status, evidence, is_lapsed
        FROM ward_status_on($day) AS status
        JOIN boroughs USING (borough_code)
        ORDER BY borough_name, status.ward_name
        """,
        day=day,
    )


@cache
def _read(folder: Path, wards: str, outlines: str, vintage: int) -> Shapes:
    return Shapes(
        vintage=vintage,
        is_schematic=wards == "cells",
        wards={feature["id"]: _polygons(feature) for feature in _features(folder / f"{wards}_{vintage}.geojson")},
        outlines=tuple(
            Outline(
                borough_code=feature["id"],
                is_covered=feature["properties"]["is_covered"],
                label_at=(feature["properties"]["label_at"][0], feature["properties"]["label_at"][1]),
                polygons=_polygons(feature),
            )
            for feature in _features(folder / f"{outlines}_{vintage}.geojson")
        ),
    )


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _polygons(feature: dict[str, Any]) -> tuple[Polygon, ...]:
    geometry = feature["geometry"]
    return tuple(geometry["coordinates"]) if geometry["type"] == "MultiPolygon" else (geometry["coordinates"],)
