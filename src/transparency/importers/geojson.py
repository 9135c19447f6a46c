"""GeoJSON (RFC 7946) as publishers and services hand it over: its features, and the polygon of each.

A document without features is refused by what it is: what a service said in their place, Esri JSON, TopoJSON. A
geometry that is no polygon is described in words; its numbers are not changed.
"""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely import Geometry

from transparency.core.errors import ImportRefusedError
from transparency.core.findings import quoted
from transparency.importers.packed import DOWNLOAD_AGAIN, HEAD_BYTES, NOTHING_IMPORTED, what_it_is

NEITHER = "is neither GeoJSON with features nor a zip of shapefiles"
# Beyond this there is no place in degrees or in the metres of any grid; NaN and the infinities are beyond it too.
FARTHEST = 1e8
_SAID = ("code", "status", "title", "error", "errors", "message", "messages", "detail", "details")


class NotAPolygonError(Exception):
    """A geometry that is no polygon: the rule it breaks, and the part of it that does."""

    def __init__(self, rule: str, part: str | None = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.part = part


# ---------------------------------------------------------------- the document


def parse(file: str, source: bytes) -> Any:
    """The JSON of a file; raises ImportRefusedError when it is none, or not all of it is there."""
    try:
        return json.loads(source)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"{file} {_what_instead(source, error)} {NOTHING_IMPORTED}") from error


def _what_instead(source: bytes, error: Exception) -> str:
    kind = what_it_is(source[:HEAD_BYTES])
    if not source.strip():
        return f"is empty. {DOWNLOAD_AGAIN}"
    if kind not in (None, "JSON"):
        return f"{NEITHER} but {kind}. Take the file of wards as GeoJSON."
    if not isinstance(error, json.JSONDecodeError):
        return f"{NEITHER}: it is no JSON in UTF-8. {DOWNLOAD_AGAIN}"
    if kind is None:
        return f"{NEITHER}: it is no JSON. Take the file of wards as GeoJSON."
    if error.msg == "Extra data":
        return f"{NEITHER} but several JSON documents, one after another. Take one FeatureCollection of all wards."
    if error.msg.startswith("Unterminated") or len(error.doc.rstrip()) - error.pos < 6:
        return f"is cut short: its JSON does not end. {DOWNLOAD_AGAIN}"
    return f"{NEITHER}: its JSON breaks at line {error.lineno:,}, character {error.colno:,}. {DOWNLOAD_AGAIN}"


def features_of(file: str, document: Any) -> list[Any]:
    """The features of a document; raises ImportRefusedError, saying what it is, when it has none."""
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise ImportRefusedError(f"{file} {_no_features(document)} {NOTHING_IMPORTED}")
    if not found:
        raise ImportRefusedError(f"{file} has no features: its list is empty. {DOWNLOAD_AGAIN} {NOTHING_IMPORTED}")
    if any(isinstance(one, dict) and "attributes" in one for one in found):
        esri = "is Esri JSON, not GeoJSON. Ask the service for GeoJSON (f=geojson)."
        raise ImportRefusedError(f"{file} {esri} {NOTHING_IMPORTED}")
    return found


def _no_features(document: Any) -> str:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        return f"{NEITHER} but TopoJSON. Take the file of wards as GeoJSON."
    if isinstance(kind, str):
        return f"{NEITHER}: it is a {quoted(kind)} without a list of features. Take the file of all wards."
    if (words := said(document)) is not None:
        return f"{NEITHER} but an answer of a service, which said {words!r}. Download it again later."
    return f"{NEITHER}: it has no list of features. Take the file of wards as GeoJSON."


def said(answer: Any) -> str | None:
    """What a service said in place of features, such as "400 Invalid URL" or "Pending"; None where it said nothing."""
    if not isinstance(answer, dict):
        return None
    spoken = " ".join(dict.fromkeys(_words(answer)))
    return quoted("".join(filter(str.isprintable, spoken))) or None


def _words(value: Any) -> list[str]:
    """The codes and messages in an answer, however they are nested."""
    if isinstance(value, dict):
        return [word for name in _SAID for word in _words(value.get(name))]
    if isinstance(value, list):
        return [word for each in value for word in _words(each)]
    told = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return [told] if told else []


# ---------------------------------------------------------------- geometries


def polygon_of(geometry: Any) -> Geometry:
    """The polygon or polygons of a geometry, in two dimensions; raises NotAPolygonError."""
    if geometry is None:
        raise NotAPolygonError("the ward has no polygon")
    if not isinstance(geometry, dict):
        raise NotAPolygonError("the geometry is not an object", written(geometry))
    kind = geometry.get("type")
    coordinates = geometry.get("coordinates")
    if kind == "Polygon":
        return _polygon(coordinates)
    if kind == "MultiPolygon":
        return shapely.MultiPolygon([_polygon(part) for part in _filled(coordinates)])
    raise NotAPolygonError("the geometry is not a polygon", written(kind))


def written(value: Any) -> str:
    """A value as JSON writes it, cut to a length that can be read."""
    return quoted(json.dumps(value, ensure_ascii=False, default=str))


def _polygon(coordinates: Any) -> Geometry:
    shell, *holes = [_ring(ring) for ring in _filled(coordinates)]
    return shapely.Polygon(shell, holes)


def _ring(corners: Any) -> list[tuple[float, float]]:
    ring = [_corner(corner) for corner in _filled(corners)]
    if len(set(ring)) < 3:
        raise NotAPolygonError("a ring has fewer than three corners", written(corners))
    return ring


def _corner(corner: Any) -> tuple[float, float]:
    if isinstance(corner, list | tuple) and len(corner) >= 2 and all(_is_place(number) for number in corner[:2]):
        return float(corner[0]), float(corner[1])
    raise NotAPolygonError("a corner is not two numbers that name a place", written(corner))


def _is_place(number: Any) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and -FARTHEST < number < FARTHEST


def _filled(value: Any) -> Any:
    if value is None or value in ([], ()):
        raise NotAPolygonError("the polygon has no corners")
    if not isinstance(value, list | tuple):
        raise NotAPolygonError("the coordinates are not lists of corners", written(value))
    return value
