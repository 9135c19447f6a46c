"""London in outline with a dot for each place, in few enough bytes to stand twice on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from transparency.exhibits.shapes import Outline
from transparency.exhibits.svg import Drawing

WIDTH, MARGIN, SCALE = 400, 6, 0.75  # in whole units: finer corners would not be seen
# A degree of longitude in degrees of latitude at London's middle, 51.5° north.
_NARROWING = cos(radians(51.5))


@dataclass(frozen=True)
class Dots:
    """Places that are drawn alike, by longitude and latitude."""

    places: tuple[tuple[float, float], ...]
    css_class: str
    radius: int


def dots_svg(outlines: Iterable[Outline], kinds: Iterable[Dots], title: str, alt: str) -> str:
    """The outlines as thin lines and the dots above them, one kind after the other."""
    rings = [ring for outline in outlines for polygon in outline.polygons for ring in polygon]
    lons, lats = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    west, north = min(lons), max(lats)
    scale = (WIDTH - 2 * MARGIN) / ((max(lons) - west) * _NARROWING)

    def at(lon: float, lat: float) -> tuple[int, int]:
        return round(MARGIN + (lon - west) * _NARROWING * scale), round(MARGIN + (north - lat) * scale)

    drawing = Drawing(WIDTH, at(west, min(lats))[1] + MARGIN, title, alt, SCALE)
    path = "".join(_steps([at(point[0], point[1]) for point in ring]) for ring in rings)
    drawing.add("path", d=path, class_="unknown")
    for kind in kinds:
        path = "".join(_round(*at(*place), kind.radius) for place in kind.places)
        drawing.add("path", d=path, class_=kind.css_class, stroke_width=2)
    return drawing.text()


def _round(x: int, y: int, radius: int) -> str:
    return f"M{x} {y - radius}a{radius} {radius} 0 1 1-.1 0z"


def _steps(corners: list[tuple[int, int]]) -> str:
    """A ring as SVG writes it shortest: from corner to corner, those that fall together left out."""
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(_moves(corners))}z"


def _moves(corners: list[tuple[int, int]]) -> Iterator[str]:
    for (x, y), (next_x, next_y) in pairwise(corners):
        if (x, y) != (next_x, next_y):
            yield f"{next_x - x} {next_y - y}"
