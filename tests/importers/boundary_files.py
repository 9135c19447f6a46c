"""Invented boundaries of the small city, as the files publishers hand out: GeoJSON, and zips of shapefiles.

Every ward is a rectangle about its centre; together they leave no gap within their borough's row.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import shapefile
import shapely
from pyproj import CRS, Transformer
from shapely import Polygon, box
from shapely.geometry import mapping

from tests.small_city import REFERENCE

Shapes = dict[str, Polygon]


def ward_table(vintage: int) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(REFERENCE[f"wards_{vintage}"])))


def rectangles(vintage: int = 2014) -> Shapes:
    """A rectangle for each ward; neighbours in a row share their border."""
    found: Shapes = {}
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    for ward in ward_table(vintage):
        rows.setdefault((ward["borough_code"], ward["lat"]), []).append(ward)
    for wards in rows.values():
        wards.sort(key=lambda ward: float(ward["lon"]))
        lons = [float(ward["lon"]) for ward in wards]
        edges = [lons[0] - 0.01, *((a + b) / 2 for a, b in itertools.pairwise(lons)), lons[-1] + 0.01]
        lat = float(wards[0]["lat"])
        half = 0.005 if vintage == 2022 else 0.01
        for ward, west, east in zip(wards, edges[:-1], edges[1:], strict=True):
            found[ward["ward_code"]] = box(west, lat - half, east, lat + half)
    return found


def geojson(
    shapes: Mapping[str, Polygon], name: str = "ward_code", extra: Callable[[str], dict[str, Any]] = lambda code: {}
) -> bytes:
    """A FeatureCollection with the ward code in the property `name`."""
    features = [
        {"type": "Feature", "properties": {name: code, **extra(code)}, "geometry": mapping(polygon)}
        for code, polygon in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def shapefile_zip(path: Path, shapes: Mapping[str, Polygon], inside: str = "London-wards/London_Ward") -> Path:
    """A zip as the GLA's: British National Grid, fields NAME, GSS_CODE and LB_GSS_CD, a second file of boroughs."""
    project = Transformer.from_crs(4326, 27700, always_xy=True).transform
    with zipfile.ZipFile(path, "w") as archive:
        parts = {kind: io.BytesIO() for kind in ("shp", "shx", "dbf")}
        with shapefile.Writer(**parts, shapeType=shapefile.POLYGON) as writer:
            for field, size in (("NAME", 40), ("GSS_CODE", 9), ("LB_GSS_CD", 9)):
                writer.field(field, "C", size=size)
            boroughs = {
                ward["ward_code"]: ward["borough_code"] for vintage in (2014, 2022) for ward in ward_table(vintage)
            }
            for code, polygon in shapes.items():
                grid = shapely.transform(polygon, project, interleaved=False)
                writer.poly([list(shapely.orient_polygons(grid, exterior_cw=True).exterior.coords)])
                writer.record("Somewhere", code, boroughs.get(code, ""))
        for kind, part in parts.items():
            archive.writestr(f"{inside}.{kind}", part.getvalue())
        archive.writestr(f"{inside}.prj", CRS.from_epsg(27700).to_wkt("WKT1_ESRI"))
        archive.writestr("London-wards/readme.txt", "Boundaries")
    return path
