"""Maps of London in pydeck: ward shapes, borough outlines and names, and places, with no request to any host.

A ward's shade is always said twice, by colour and by the short text written in its shape; a place by the form
of its symbol. Colours are those of the page's light or dark theme.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pydeck as pdk
from pydeck.types import String

from transparency.core.vocabulary import SiteKind, SiteOnDay, SiteStatus
from transparency.exhibits.palette import DARK, LIGHT, Palette, palette
from transparency.exhibits.shapes import Outline, Polygon, Shapes

BLANK_STYLE = "/assets/map-style.json"
WARD_LAYER = "wards"
SITE_LAYER = "sites"
LONDON_AT = (51.492, -0.09)
# London is 0.83 degrees wide: 650 pixels at the first zoom, 310 at the second.
WIDE_ZOOM, NARROW_ZOOM = 9.1, 8.05
# In degrees of longitude and latitude at the first zoom: what letters, lines and symbols take up, how far a borough's
# name may be moved so that it hides nothing, and how wide a borough must be for its name on a narrow map.
LETTER_HALF_WIDTH, LINE_HALF_HEIGHT = 0.0042, 0.0055
SYMBOL_HALF_SIZE = (0.012, 0.008)
LABEL_MOVES = ((0, 0), (0, 0.012), (0, -0.012), (0.025, 0), (-0.025, 0), (0, 0.022), (0, -0.022), (0.03, 0.015))
NARROW_LABEL_DEGREES = 0.13
NOT_COVERED = "Not covered: own police force"


@dataclass(frozen=True)
class Shade:
    """A class of wards: its name in `FILLS` or the page's palette, the text in its shapes, and what it means."""

    name: str
    cue: str
    words: str


@dataclass(frozen=True)
class Symbol:
    """The form a place is drawn in, and what it means in words."""

    text: str
    words: str


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


# Fills of distance for the light and the dark page. They differ in lightness alone, so that they keep their order
# in grey: the farther, the stronger.
FILLS = {
    "under_1_km": ("#e5f0fb", "#18304e"),
    "under_2_km": ("#b2d2f2", "#1f528a"),
    "under_5_km": ("#67a0d8", "#4b92dd"),
    "over_5_km": ("#1b5ca3", "#96cbff"),
    "not_known": ("#e8eaed", "#262d36"),
    "not_covered": ("#b0b4ba", "#545b65"),
}

DISTANCE_SHADES = (
    (1_000, Shade("under_1_km", "<1", "under 1 km")),
    (2_000, Shade("under_2_km", "1", "1 to 2 km")),
    (5_000, Shade("under_5_km", "2", "2 to 5 km")),
    (float("inf"), Shade("over_5_km", "5+", "over 5 km")),
)
NOT_KNOWN_SHADE = Shade("not_known", "–", "not known")

OPEN_24_7 = Symbol("▲", "counter, open 24 hours, as stated or inferred")
OPEN_COUNTER = Symbol("△", "counter, open at other hours, or hours not known")
NOT_OPEN_COUNTER = Symbol("✕", "counter, not open")
HUB = Symbol("□", "police base in use, not open to the public")
CONTACT = Symbol("◆", "contact point or session in use")
NOT_KNOWN_SITE = Symbol("?", "not known whether in use")
NOT_IN_USE = Symbol("×", "police base, contact point or session not in use")
SYMBOLS = (OPEN_24_7, OPEN_COUNTER, NOT_OPEN_COUNTER, HUB, CONTACT, NOT_IN_USE, NOT_KNOWN_SITE)


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


def site_symbol(site: SiteOnDay) -> Symbol:
    """The form of a site by its kind and its state on the day; one not known is never drawn as open."""
    if site.site_status is SiteStatus.NOT_KNOWN:
        return NOT_KNOWN_SITE
    is_counter = site.site_kind is SiteKind.FRONT_COUNTER
    if site.site_status is SiteStatus.NOT_OPEN:
        return NOT_OPEN_COUNTER if is_counter else NOT_IN_USE
    if is_counter:
        return OPEN_24_7 if site.is_24_7 else OPEN_COUNTER
    return CONTACT if site.site_kind in (SiteKind.CONTACT_POINT, SiteKind.CONTACT_SESSION) else HUB


def _site_words(site: SiteOnDay) -> str:
    """What a site's symbol means; hours that no source gives for this site are marked."""
    is_inferred = site.site_status is SiteStatus.OPEN and site.opening_hours_evidence == "inferred"
    return site_symbol(site).words + (" (hours inferred, not confirmed for this one)" if is_inferred else "")


def london_map(
    shapes: Shapes,
    ward_names: Mapping[str, str],
    borough_names: Mapping[str, str],
    shades: Mapping[str, Shade],
    places: Sequence[SiteOnDay] = (),
    *,
    theme: str | None = None,
    is_narrow: bool = False,
) -> Map:
    """Wards in their shades with borough outlines and names, and those of `places` whose position is known.

    A ward chosen in layer `wards` carries its `code`, a place in layer `sites` its `site_id`.
    """
    colours = palette(theme)
    ink, paper = _rgb(colours.ink), _rgb(colours.page)
    wards = [
        {
            "polygon": polygon,
            "fill": _rgb(fill(shades.get(code, NOT_KNOWN_SHADE), colours)),
            "code": code,
            "name": ward_names.get(code, "A ward redrawn in 2018"),
            "words": shades.get(code, NOT_KNOWN_SHADE).words,
        }
        for code, polygons in shapes.wards.items()
        for polygon in polygons
    ]
    cues = [
        {"at": shapes.label_at[code], "cue": shade.cue, "ink": _rgb(readable(fill(shade, colours)))}
        for code in shapes.wards
        for shade in (shades.get(code, NOT_KNOWN_SHADE),)
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
            get_fill_color=_rgb(FILLS["not_covered"][colours is DARK]),
            stroked=False,
        ),
        pdk.Layer(
            "TextLayer",
            cues,
            id="cues",
            get_position="at",
            get_text="cue",
            get_color="ink",
            get_size=520,
            size_units=String("meters"),
            size_min_pixels=0 if is_narrow else 8,
            size_max_pixels=18,
            character_set=String("".join(sorted({letter for cue in cues for letter in str(cue["cue"])}))),
        ),
        pdk.Layer(
            "PathLayer",
            outlines,
            id="outlines",
            get_path="path",
            get_color=_rgb(colours.ink_2),
            width_min_pixels=1.5,
            get_width=1,
        ),
        _names(shapes, borough_names, places, ink, paper, is_narrow),
        _places(places, ink, paper),
    ]
    return Map(
        layers=layers,
        initial_view_state=pdk.ViewState(
            latitude=LONDON_AT[0],
            longitude=LONDON_AT[1],
            zoom=NARROW_ZOOM if is_narrow else WIDE_ZOOM,
            min_zoom=7.5,
            max_zoom=15,
        ),
        map_provider=None,
        map_style=BLANK_STYLE,
        tooltip={"text": "{name}: {words}"},
    )


def _not_covered(shapes: Shapes) -> list[Polygon]:
    return [polygon for outline in shapes.outlines if not outline.is_covered for polygon in outline.polygons]


def _names(
    shapes: Shapes,
    borough_names: Mapping[str, str],
    places: Sequence[SiteOnDay],
    ink: list[int],
    paper: list[int],
    is_narrow: bool,
) -> pdk.Layer:
    """Borough names, in two lines where they are long; on a narrow map those that fit into their borough."""
    taken = [
        Box(*site.position, *SYMBOL_HALF_SIZE)
        for site in places
        if site.position is not None and site.site_status is SiteStatus.OPEN
    ]
    labels = []
    for outline in shapes.outlines:
        if is_narrow and _width(outline) < NARROW_LABEL_DEGREES:
            continue
        label = _in_lines(borough_names.get(outline.borough_code, "City"))
        box = _clear_of(outline.label_at, label, taken)
        taken.append(box)
        labels.append({"at": [box.lon, box.lat], "label": label})
    return pdk.Layer(
        "TextLayer",
        labels,
        id="borough-names",
        get_position="at",
        get_text="label",
        get_color=ink,
        get_size=1000,
        size_units=String("meters"),
        size_min_pixels=9 if is_narrow else 11,
        size_max_pixels=16,
        font_weight=600,
        font_family=String("Source Sans, Arial, sans-serif"),
        background=True,
        get_background_color=[*paper, 190],
        background_padding=[2, 0],
    )


def _clear_of(at: tuple[float, float], label: str, taken: Sequence[Box]) -> Box:
    """Where the label goes: its own place, or the first near it where it hides nothing."""
    lines = label.split("\n")
    half_width = max(len(line) for line in lines) * LETTER_HALF_WIDTH
    half_height = len(lines) * LINE_HALF_HEIGHT
    for east, north in LABEL_MOVES:
        box = Box(round(at[0] + east, 4), round(at[1] + north, 4), half_width, half_height)
        if not any(box.hides(other) for other in taken):
            return box
    return Box(*at, half_width, half_height)


def _width(outline: Outline) -> float:
    """The width of a borough in degrees of longitude."""
    lons = [corner[0] for polygon in outline.polygons for corner in polygon[0]]
    return max(lons) - min(lons)


def _places(places: Sequence[SiteOnDay], ink: list[int], paper: list[int]) -> pdk.Layer:
    drawn = [
        {
            "at": site.position,
            "symbol": site_symbol(site).text,
            "size": 22 if site.site_status is SiteStatus.OPEN else 13,
            "site_id": site.site_id,
            "name": site.site_name,
            "words": _site_words(site),
        }
        for site in places
        if site.position is not None
    ]
    return pdk.Layer(
        "TextLayer",
        drawn,
        id=SITE_LAYER,
        get_position="at",
        get_text="symbol",
        get_color=ink,
        get_size="size",
        character_set=String("".join(symbol.text for symbol in SYMBOLS)),
        font_settings={"sdf": True, "fontSize": 64, "buffer": 8},
        outline_width=4,
        outline_color=paper,
        pickable=True,
    )


def fill(shade: Shade, colours: Palette) -> str:
    """The colour of a shade on a page of these colours, as #rrggbb."""
    pair = FILLS.get(shade.name)
    colour: str = pair[colours is DARK] if pair else getattr(colours, shade.name)
    return colour


def _rgb(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def readable(colour: str) -> str:
    """Black or white, whichever stands out more from the colour (relative luminance, WCAG 2.2)."""

    def linear(value: int) -> float:
        part = value / 255
        return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(value) for value in _rgb(colour))
    is_light = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18
    return LIGHT.ink if is_light else LIGHT.page


def _in_lines(name: str) -> str:
    """A long name in two lines, broken before its second part."""
    for joint in (" upon ", " and ", " (", " "):
        if joint in name and len(name) > 11:
            head, tail = name.split(joint, 1)
            return f"{head}\n{joint.lstrip()}{tail}"
    return name
