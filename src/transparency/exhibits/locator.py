"""A small map of one ward in its borough with the open counters, drawn for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from transparency.core.vocabulary import SiteOnDay
from transparency.exhibits.shapes import Polygon, Shapes
from transparency.exhibits.svg import Drawing

WIDTH, GREATEST_HEIGHT = 200.0, 150.0
MARGIN = 12.0
TRIANGLE = 7.0
# Of the text beside a mark: its height, and about the width of one letter of its weight.
LINE_HEIGHT, LETTER_WIDTH = 14.0, 7.4
# The farthest a ward reaches from the middle of it, in degrees of latitude (about 5.5 km).
GREATEST_REACH = 0.05
# A degree of longitude in degrees of latitude at London's middle, 51.5° north.
_NARROWING = cos(radians(51.5))


@dataclass(frozen=True)
class _Frame:
    """What part of the earth is drawn and how large: longitude and latitude in degrees to user units."""

    west: float
    north: float
    scale: float
    left: float
    height: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            self.left + (lon - self.west) * _NARROWING * self.scale,
            MARGIN + (self.north - lat) * self.scale,
        )

    def is_near(self, lon: float, lat: float) -> bool:
        """Whether a ward around this place may reach into the drawing."""
        x, y = self.at(lon, lat)
        reach = GREATEST_REACH * self.scale
        return -reach <= x <= WIDTH + reach and -reach <= y <= self.height + reach

    def is_within(self, lon: float, lat: float) -> bool:
        x, y = self.at(lon, lat)
        return MARGIN / 2 <= x <= WIDTH - MARGIN / 2 and MARGIN / 2 <= y <= self.height - MARGIN / 2


def locator_svg(
    shapes: Shapes,
    ward_code: str,
    borough_code: str,
    counters: Sequence[SiteOnDay],
    nearest: SiteOnDay | None,
    title: str,
    description: str,
) -> str:
    """The borough's outline with the ward filled in, and the open counters, as SVG text.

    `counters` are open and placed (see `counters_drawn`); the nearest is named.
    """
    frame = _frame(shapes, borough_code, nearest)
    drawing = Drawing(WIDTH, frame.height, title, description)
    ward = shapes.wards.get(ward_code, ())
    near = [
        polygon
        for code, polygons in shapes.wards.items()
        if frame.is_near(*shapes.label_at[code])
        for polygon in polygons
    ]
    borders = [polygon for outline in shapes.outlines for polygon in outline.polygons]
    _draw(drawing, frame, near, class_="line", fill="none", stroke_width=1)
    _draw(drawing, frame, borders, class_="unknown", stroke_width=1)
    _draw(drawing, frame, ward, class_="met", stroke_width=1)
    for outline in shapes.outlines:
        if outline.borough_code == borough_code:
            _draw(drawing, frame, outline.polygons, class_="ink", fill="none", stroke_width=2)
    for counter in counters_drawn(shapes, borough_code, counters, nearest):
        _draw_counter(drawing, frame, counter)
    if nearest is not None and nearest.position is not None:
        corners = [frame.at(point[0], point[1]) for polygon in ward for point in polygon[0]]
        _name(drawing, nearest.site_name, frame.at(*nearest.position), corners)
    return drawing.text()


def counters_drawn(
    shapes: Shapes, borough_code: str, counters: Iterable[SiteOnDay], nearest: SiteOnDay | None
) -> tuple[SiteOnDay, ...]:
    """The counters whose place is known and lies within the map's frame."""
    frame = _frame(shapes, borough_code, nearest)
    return tuple(site for site in counters if site.position is not None and frame.is_within(*site.position))


def _frame(shapes: Shapes, borough_code: str, nearest: SiteOnDay | None) -> _Frame:
    """A frame around the borough and the nearest counter, in the middle of the drawing."""
    points = [
        (point[0], point[1])
        for outline in shapes.outlines
        if outline.borough_code == borough_code
        for polygon in outline.polygons
        for point in polygon[0]
    ]
    if nearest is not None and nearest.position is not None:
        points.append(nearest.position)
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    wide, high = (east - west) * _NARROWING, north - south
    scale = min((WIDTH - 2 * MARGIN) / wide, (GREATEST_HEIGHT - 2 * MARGIN) / high)
    return _Frame(west, north, scale, (WIDTH - wide * scale) / 2, high * scale + 2 * MARGIN)


def _draw(drawing: Drawing, frame: _Frame, polygons: Iterable[Polygon], **attributes: str | float) -> None:
    """Polygons as one path; those that lie wholly outside the frame are left out."""
    rings = [[frame.at(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]
    seen = [ring for ring in rings if _touches(ring, frame.height)]
    if seen:
        drawing.add("path", None, d="".join(_ring(ring) for ring in seen), fill_rule="evenodd", **attributes)


def _touches(ring: Sequence[tuple[float, float]], height: float) -> bool:
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return max(across) > 0 and min(across) < WIDTH and max(down) > 0 and min(down) < height


def _ring(ring: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


def _draw_counter(drawing: Drawing, frame: _Frame, counter: SiteOnDay) -> None:
    """A triangle, filled where the counter is open round the clock."""
    if counter.position is None:
        return
    x, y = frame.at(*counter.position)
    drawing.add(
        "path",
        d=f"M{x:.1f} {y - TRIANGLE:.1f}L{x + TRIANGLE:.1f} {y + 0.75 * TRIANGLE:.1f}H{x - TRIANGLE:.1f}Z",
        class_="place" if counter.is_24_7 else "place-hollow",
        stroke_width=1.5,
    )


def _name(drawing: Drawing, name: str, at: tuple[float, float], ward: Sequence[tuple[float, float]]) -> None:
    """The name of a place beside its mark, where it covers the ward least and does not leave the drawing."""
    x, y = at
    half, away = len(name) * LETTER_WIDTH / 2, TRIANGLE + 3
    middles = (
        (x + away + half, y),
        (x - away - half, y),
        (x, y + away + LINE_HEIGHT / 2),
        (x, y - away - LINE_HEIGHT / 2),
    )

    def cost(middle: tuple[float, float]) -> float:
        left, right = middle[0] - half, middle[0] + half
        top, bottom = middle[1] - LINE_HEIGHT / 2, middle[1] + LINE_HEIGHT / 2
        outside = max(0.0, -left) + max(0.0, right - WIDTH) + max(0.0, -top) + max(0.0, bottom - drawing.height)
        return 10 * outside + _covered(ward, left, right, top, bottom)

    middle_x, middle_y = min(middles, key=cost)
    drawing.add(
        "text",
        name,
        x=min(max(middle_x, half), max(half, WIDTH - half)),
        y=min(max(middle_y, LINE_HEIGHT / 2), drawing.height - LINE_HEIGHT / 2) + 5,
        text_anchor="middle",
        font_weight="600",
        class_="halo",
    )


def _covered(ward: Sequence[tuple[float, float]], left: float, right: float, top: float, bottom: float) -> float:
    """How much of the ward's surrounding rectangle a label would cover, in units of its width."""
    if not ward:
        return 0.0
    across, down = [x for x, _ in ward], [y for _, y in ward]
    wide = min(right, max(across)) - max(left, min(across))
    high = min(bottom, max(down)) - max(top, min(down))
    return wide if wide > 0 and high > 0 else 0.0
