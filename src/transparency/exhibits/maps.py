"""Maps of London in pydeck: ward shapes, borough outlines and names, and counters, with no request to any host.

The map fills the room the style sheet gives it, whose form is that of `LONDON`, at whatever width. Colours are those
of the page's light or dark theme.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, log2, radians
from typing import Any

import pydeck as pdk
from pydeck.types import String

from transparency.core.vocabulary import SiteOnDay
from transparency.exhibits.palette import DARK, palette
from transparency.exhibits.shapes import Outline, Polygon, Shapes, holds

BLANK_STYLE = "/assets/map-style.json"
WARD_LAYER = "wards"
SITE_LAYER = "sites"
# South-west and north-east corner, longitude first. The sheet gives a map this form, so that at first it holds all of
# London; the reader cannot leave it.
LONDON = ((-0.53, 51.273), (0.355, 51.705))
LONDON_AT = (51.4895, -0.0875)
# In degrees of longitude and latitude with all of London on a screen 768 pixels wide: what letters, lines and marks
# take up, and how far a borough's name may be moved so that it hides nothing.
LETTER_HALF_WIDTH, LINE_HALF_HEIGHT = 0.0065, 0.009
SYMBOL_HALF_SIZE = (0.015, 0.0095)
LABEL_MOVES = sorted(
    ((east / 100, north * 0.006) for east in range(-4, 5) for north in range(-4, 5)),
    key=lambda move: (0.62 * move[0]) ** 2 + move[1] ** 2,
)
_LONDON_ZOOM = 8.6  # at which a screen 768 pixels wide has all of London
# Metres that one pixel is wide at zoom 0, at London's latitude; half of the smallest map, in pixels.
_METRES_PER_PIXEL, _HALF_MAP_PX = 78_271.5 * cos(radians(51.5)), 130


@dataclass(frozen=True)
class Around:
    """A place by latitude and longitude, and how far around it a map shows at first."""

    at: tuple[float, float]
    radius_m: float

    @property
    def zoom(self) -> float:
        return round(log2(_METRES_PER_PIXEL * _HALF_MAP_PX / self.radius_m), 2)

    @property
    def smaller(self) -> float:
        """What a pixel is in degrees, beside one of the map of all London."""
        return float(2 ** (_LONDON_ZOOM - self.zoom))


@dataclass(frozen=True)
class Shade:
    """A class of wards: its fill on a light and on a dark page, and what it means."""

    light: str
    dark: str
    words: str

    def fill(self, theme: str | None) -> str:
        """Its colour on a page of a scheme."""
        return self.dark if palette(theme) is DARK else self.light


@dataclass(frozen=True)
class Box:
    """A place on the map and half of what it takes up, in degrees."""

    lon: float
    lat: float
    half_width: float
    half_height: float

    def hides(self, other: Box) -> bool:
        return (
            abs(self.lon - other.lon) < self.half_width + other.half_width
            and abs(self.lat - other.lat) < self.half_height + other.half_height
        )


# They differ in lightness alone, so that they keep their order in grey: the farther, the stronger.
DISTANCE_SHADES = (
    (1_000, Shade("#e5f0fb", "#18304e", "under 1 km")),
    (2_000, Shade("#b2d2f2", "#1f528a", "1 to 2 km")),
    (5_000, Shade("#67a0d8", "#4b92dd", "2 to 5 km")),
    (float("inf"), Shade("#1b5ca3", "#96cbff", "over 5 km")),
)
NOT_KNOWN_SHADE = Shade("#e8eaed", "#262d36", "not known")
NOT_COVERED = Shade("#b0b4ba", "#545b65", "City of London: own police")


class Map(pdk.Deck):  # type: ignore[misc]
    """A deck that is written as JSON once: it has hundreds of shapes, never changes and is sent at each run."""

    @cached_property
    def _written(self) -> str:
        # pydeck writes every number on its own line, three quarters of which is blanks.
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))

    def to_json(self) -> str:
        """The deck as pydeck writes it, without blanks."""
        return self._written


def distance_shade(distance_m: float | None) -> Shade:
    """The class of a distance in metres."""
    if distance_m is None:
        return NOT_KNOWN_SHADE
    return next(shade for limit, shade in DISTANCE_SHADES if distance_m < limit)


def london_map(
    shapes: Shapes,
    ward_names: Mapping[str, str],
    borough_names: Mapping[str, str],
    shades: Mapping[str, Shade],
    counters: Mapping[SiteOnDay, str] | None = None,
    *,
    theme: str | None = None,
    ward_code: str = "",
    around: Around | None = None,
) -> Map:
    """Wards in their shades with borough outlines and names, the `counters` whose position is known with what to say
    of each, and a ring around the reader's ward.

    A ward chosen in layer `wards` carries its `code`, a counter in layer `sites` its `site_id`. The map is as wide as
    the page lets it be, and as high as the sheet says; at first all of London fills it, or what lies `around` a place.
    """
    colours = palette(theme)
    ink, paper = _rgb(colours.ink), _rgb(colours.page)
    wards = [
        {
            "polygon": polygon,
            "fill": _rgb(shades.get(code, NOT_KNOWN_SHADE).fill(theme)),
            "code": code,
            "name": ward_names.get(code, "A ward redrawn in 2018"),
            "words": shades.get(code, NOT_KNOWN_SHADE).words,
        }
        for code, polygons in shapes.wards.items()
        for polygon in polygons
    ]
    outlines = [{"path": ring} for outline in shapes.outlines for polygon in outline.polygons for ring in polygon]
    layers = [
        pdk.Layer(
            "PolygonLayer",
            wards,
            id=WARD_LAYER,
            get_polygon="polygon",
            get_fill_color="fill",
            get_line_color=paper,
            line_width_min_pixels=1,
            get_line_width=1,
            pickable=True,
        ),
        pdk.Layer(
            "PolygonLayer",
            [{"polygon": polygon} for polygon in _not_covered(shapes)],
            id="not-covered",
            get_polygon="polygon",
            get_fill_color=_rgb(NOT_COVERED.fill(theme)),
            stroked=False,
        ),
        _lines("outlines", outlines, _rgb(colours.ink_2), 1.5),
        _lines("your-ward", _rings(shapes.wards.get(ward_code, ())), _rgb(colours.half), 4),
        _names(shapes, borough_names, counters or {}, ink, paper, around.smaller if around else 1),
        _counters(counters or {}, ink, paper),
    ]
    return Map(
        layers=layers,
        views=[pdk.View(type="MapView", controller={"maxBounds": LONDON, "dragRotate": False, "touchRotate": False})],
        initial_view_state=pdk.ViewState(
            latitude=around.at[0] if around else LONDON_AT[0],
            longitude=around.at[1] if around else LONDON_AT[1],
            zoom=around.zoom if around else 0,
            max_zoom=15,
        ),
        map_provider=None,
        map_style=BLANK_STYLE,
        tooltip={"text": "{name}: {words}"},
    )


def _not_covered(shapes: Shapes) -> list[Polygon]:
    return [polygon for outline in shapes.outlines if not outline.is_covered for polygon in outline.polygons]


def _rings(polygons: Sequence[Polygon]) -> list[dict[str, Any]]:
    return [{"path": ring} for polygon in polygons for ring in polygon]


def _lines(name: str, paths: list[dict[str, Any]], colour: list[int], pixels: float) -> pdk.Layer:
    return pdk.Layer(
        "PathLayer", paths, id=name, get_path="path", get_color=colour, width_min_pixels=pixels, get_width=1
    )


def _names(
    shapes: Shapes,
    borough_names: Mapping[str, str],
    counters: Iterable[SiteOnDay],
    ink: list[int],
    paper: list[int],
    smaller: float,
) -> pdk.Layer:
    """Borough names at reading size, in two lines where they are long, the widest borough first. One without room in
    its own borough, clear of other names and of counters, is left out; on a narrower screen so is one that another
    would cover. `smaller`: what a pixel is in degrees, beside all of London."""
    symbol = [smaller * half for half in SYMBOL_HALF_SIZE]
    taken = [Box(*site.position, *symbol) for site in counters if site.position is not None]
    labels = []
    for outline in sorted(shapes.outlines, key=_width, reverse=True):
        label = _in_lines(borough_names.get(outline.borough_code, "City"))
        box = _clear_of(outline, label, taken, smaller)
        if box is None:
            continue
        taken.append(box)
        labels.append({"at": [box.lon, box.lat], "label": label, "room": round(1000 * _width(outline))})
    return pdk.Layer(
        "TextLayer",
        labels,
        id="borough-names",
        get_position="at",
        get_text="label",
        get_color=ink,
        get_size=15,
        font_weight=600,
        font_family=String("Source Sans, Arial, sans-serif"),
        font_settings={"sdf": True, "fontSize": 64, "buffer": 12, "radius": 16},
        outline_width=6,
        outline_color=paper,
        extensions=[{"@@type": "CollisionFilterExtension"}],
        get_collision_priority="room",
        collision_test_props={"sizeScale": 2.5},
    )


def _clear_of(outline: Outline, label: str, taken: Sequence[Box], smaller: float) -> Box | None:
    """Where the label goes: its own place, or the first near it in its own borough where it hides nothing; None where
    there is no such place."""
    at = outline.label_at
    lines = label.split("\n")
    half_width = max(len(line) for line in lines) * LETTER_HALF_WIDTH * smaller
    half_height = len(lines) * LINE_HALF_HEIGHT * smaller
    for east, north in LABEL_MOVES:
        box = Box(round(at[0] + east, 4), round(at[1] + north, 4), half_width, half_height)
        if not any(box.hides(other) for other in taken) and _is_within(outline, box):
            return box
    return None


def _is_within(outline: Outline, box: Box) -> bool:
    """Whether the middle of a box lies in a borough, and in no hole of it."""
    rings = [ring for polygon in outline.polygons for ring in polygon]
    return sum(holds(ring, (box.lon,), box.lat) for ring in rings) % 2 == 1


def _width(outline: Outline) -> float:
    """The width of a borough in degrees of longitude."""
    lons = [corner[0] for polygon in outline.polygons for corner in polygon[0]]
    return max(lons) - min(lons)


def _counters(counters: Mapping[SiteOnDay, str], ink: list[int], paper: list[int]) -> pdk.Layer:
    """Filled where open 24 hours, a ring otherwise, as on the small maps."""
    drawn = [
        {
            "at": site.position,
            "fill": ink if site.is_24_7 else paper,
            "site_id": site.site_id,
            "name": site.site_name,
            "words": words,
        }
        for site, words in counters.items()
        if site.position is not None
    ]
    return pdk.Layer(
        "ScatterplotLayer",
        drawn,
        id=SITE_LAYER,
        get_position="at",
        get_radius=7,
        radius_units=String("pixels"),
        get_fill_color="fill",
        get_line_color=ink,
        line_width_units=String("pixels"),
        get_line_width=2.5,
        stroked=True,
        pickable=True,
    )


def _rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def _in_lines(name: str) -> str:
    """A long name in two lines, broken before its second part; of those upon Thames the town alone."""
    name = name.removesuffix(" upon Thames")
    for joint in (" and ", " (", " "):
        if joint in name and len(name) > 11:
            head, tail = name.split(joint, 1)
            return f"{head}\n{joint.lstrip()}{tail}"
    return name
