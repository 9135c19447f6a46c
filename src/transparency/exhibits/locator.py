"""Small maps: a ward among its neighbours with the nearest counters; a borough with its wards; and the wards that a
postcode may be in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from transparency.core.vocabulary import SiteOnDay
from transparency.exhibits.shapes import Polygon, Reach, Shapes, holds
from transparency.exhibits.svg import Drawing

MARGIN = 15.0
TRIANGLE = 7.0
EDGE = 4.0  # a name of a ward keeps so far from the side of the map: letters may be wider than is reckoned
# A map is as wide as this, so that on a telephone, which has 328 pixels for it, names are 12 pixels high.
MAP_WIDTH, MAP_HEIGHT = 380.0, 256.0
# Of a name: its height, and about the width of one letter by its weight, in the widest fonts it may be written with.
LINE_HEIGHT, LETTER_WIDTHS = 14.0, {"400": 7.9, "600": 9.0}
MOSTLY = 0.65  # of a ward's name: how much of it has to stand on the ward's own shape
LONG_NAME = 11  # a ward's name of more letters is written in two lines
CANDIDATES_WIDTH, CANDIDATES_HEIGHT = 200.0, 150.0
# A degree of longitude in degrees of latitude at London's middle, 51.5° north.
_NARROWING = cos(radians(51.5))
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Locator:
    """What a map of a ward shows: the ward among its `neighbours`, names by code, the `counters` open on the day and
    the `closed` ones crossed out, each named where there is room.

    It is `width` by `height` user units. Without a ward it is of counters alone, the closed ones among them.
    """

    shapes: Shapes
    ward_code: str
    borough_code: str
    counters: tuple[SiteOnDay, ...]
    nearest: SiteOnDay | None
    title: str
    description: str
    closed: tuple[SiteOnDay, ...]
    neighbours: Mapping[str, str]
    width: float = MAP_WIDTH
    height: float = MAP_HEIGHT


@dataclass(frozen=True)
class _Frame:
    """What part of the earth is drawn and how large: longitude and latitude in degrees to user units."""

    west: float
    north: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def at(self, lon: float, lat: float) -> Point:
        return (
            self.left + (lon - self.west) * _NARROWING * self.scale,
            self.top + (self.north - lat) * self.scale,
        )

    @cached_property
    def reach(self) -> Reach:
        """What part of the earth is drawn: its west, south, east and north."""
        west = self.west - self.left / self.scale / _NARROWING
        north = self.north + self.top / self.scale
        return west, north - self.height / self.scale, west + self.width / self.scale / _NARROWING, north

    def has_part_of(self, reach: Reach) -> bool:
        """Whether what reaches so far may reach into the drawing."""
        west, south, east, north = self.reach
        return reach[2] > west and reach[0] < east and reach[3] > south and reach[1] < north

    def is_within(self, lon: float, lat: float) -> bool:
        x, y = self.at(lon, lat)
        return MARGIN / 2 <= x <= self.width - MARGIN / 2 and MARGIN / 2 <= y <= self.height - MARGIN / 2


def locator_svg(shown: Locator) -> str:
    """The ward filled in with the outlines around it, and the counters, as SVG text."""
    shapes = shown.shapes
    frame = _frame_of(list(_to_be_seen(shown)), shown.width, shown.height, is_fixed=True)
    drawing = Drawing(frame.width, frame.height, shown.title, shown.description)
    ward = shapes.wards.get(shown.ward_code, ())
    near = [
        polygon for code, reach in shapes.reach.items() if frame.has_part_of(reach) for polygon in shapes.wards[code]
    ]
    borders = [
        polygon for outline in shapes.outlines if frame.has_part_of(outline.reach) for polygon in outline.polygons
    ]
    _draw(drawing, frame, near, class_="line", fill="none", stroke_width=1)
    _draw(drawing, frame, borders, class_="unknown", stroke_width=1)
    _draw(drawing, frame, ward, class_="met", stroke_width=1)
    for outline in shapes.outlines:
        if outline.borough_code == shown.borough_code:
            _draw(drawing, frame, outline.polygons, class_="ink", fill="none", stroke_width=2)
    labels = _Labels(drawing, _rings_of(frame, ward))
    for site in shown.closed:
        _draw_closed(drawing, frame, site)
    counters = [site for site in shown.counters if site.position is not None and frame.is_within(*site.position)]
    for counter in counters:
        _draw_counter(drawing, frame, counter)
    for site in (*shown.closed, *counters):
        if site.position is not None:
            labels.keep_clear(frame.at(*site.position))
    for counter in (*counters, *(() if shown.ward_code else shown.closed)):
        if counter.position is not None:
            labels.beside(counter.site_name, frame.at(*counter.position), is_needed=counter is shown.nearest)
    for code, name in shown.neighbours.items():
        if code in shapes.label_at:
            labels.over(name, frame.at(*shapes.label_at[code]), "halo soft", _rings_of(frame, shapes.wards[code]))
    return drawing.text()


def draws_closed(shown: Locator) -> bool:
    """Whether any of the closed counters lies within the map."""
    frame = _frame_of(list(_to_be_seen(shown)), shown.width, shown.height, is_fixed=True)
    return any(site.position is not None and frame.is_within(*site.position) for site in shown.closed)


def candidates_svg(shapes: Shapes, letters: Mapping[str, str], title: str, description: str) -> str:
    """Wards by code, each with its letter, among their neighbours, as SVG text."""
    wards = {code: shapes.wards[code] for code in letters if code in shapes.wards}
    points = [(point[0], point[1]) for polygons in wards.values() for polygon in polygons for point in polygon[0]]
    frame = _frame_of(points, CANDIDATES_WIDTH, CANDIDATES_HEIGHT)
    drawing = Drawing(frame.width, frame.height, title, description, scale=1.2)
    near = [
        polygon for code, reach in shapes.reach.items() if frame.has_part_of(reach) for polygon in shapes.wards[code]
    ]
    _draw(drawing, frame, near, class_="line", fill="none", stroke_width=1)
    for polygons in wards.values():
        _draw(drawing, frame, polygons, class_="ink mark", fill_opacity=0.15, stroke_width=1.5)
    for code in wards:
        x, y = frame.at(*shapes.label_at[code])
        drawing.add("text", letters[code], x=x, y=y + 5, text_anchor="middle", font_weight="600", class_="halo")
    return drawing.text()


@dataclass(frozen=True)
class BoroughMap:
    """What a map of a borough shows: its wards by code with their names, in the order of their numbers, and the
    counters that are open and closed in and around it."""

    shapes: Shapes
    borough_code: str
    wards: Mapping[str, str]
    counters: tuple[SiteOnDay, ...]
    closed: tuple[SiteOnDay, ...]
    title: str
    description: str
    width: float = MAP_WIDTH
    height: float = MAP_WIDTH


def borough_svg(shown: BoroughMap) -> str:
    """The borough and its wards in outline, each ward with its name, or with its number where there is no room."""
    shapes = shown.shapes
    own = [polygon for each in shapes.outlines if each.borough_code == shown.borough_code for polygon in each.polygons]
    frame = _frame_of([(point[0], point[1]) for polygon in own for point in polygon[0]], shown.width, shown.height)
    drawing = Drawing(frame.width, frame.height, shown.title, shown.description)
    wards = [polygon for code in shown.wards for polygon in shapes.wards.get(code, ())]
    others = [polygon for each in shapes.outlines if frame.has_part_of(each.reach) for polygon in each.polygons]
    _draw(drawing, frame, others, class_="line", fill="none", stroke_width=1)
    _draw(drawing, frame, wards, class_="unknown", stroke_width=1)
    _draw(drawing, frame, own, class_="ink", fill="none", stroke_width=2)
    labels = _Labels(drawing, [])
    for site in shown.closed:
        _draw_closed(drawing, frame, site)
        if site.position is not None and frame.is_within(*site.position):
            labels.keep_clear(frame.at(*site.position))
    for counter in shown.counters:
        if counter.position is not None and frame.is_within(*counter.position):
            _draw_counter(drawing, frame, counter)
            labels.keep_clear(frame.at(*counter.position))
    for number, (code, name) in enumerate(shown.wards.items(), 1):
        if code in shapes.label_at:
            at, shape = frame.at(*shapes.label_at[code]), _rings_of(frame, shapes.wards[code])
            labels.over(name, at, "halo", shape, str(number))
    return drawing.text()


def _frame_of(points: Sequence[Point], width: float, height: float, is_fixed: bool = False) -> _Frame:
    """A frame around places, in the middle of the drawing; its height is at most `height`, or fixed."""
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    wide, high = (east - west) * _NARROWING, north - south
    scale = min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    height = height if is_fixed else high * scale + 2 * MARGIN
    left, top = (width - wide * scale) / 2, (height - high * scale) / 2
    return _Frame(west, north, scale, left, top, width, height)


def _to_be_seen(shown: Locator) -> Iterator[Point]:
    """The places that the frame is drawn around."""
    shapes = shown.shapes
    yield from ((point[0], point[1]) for polygon in shapes.wards.get(shown.ward_code, ()) for point in polygon[0])
    yield from (shapes.label_at[code] for code in shown.neighbours if code in shapes.label_at)
    sites = shown.counters if shown.ward_code else (*shown.counters, *shown.closed)
    yield from (site.position for site in sites if site.position is not None)


def _rings_of(frame: _Frame, polygons: Iterable[Polygon]) -> list[list[Point]]:
    return [[frame.at(point[0], point[1]) for point in polygon[0]] for polygon in polygons]


def _draw(drawing: Drawing, frame: _Frame, polygons: Iterable[Polygon], **attributes: str | float) -> None:
    """Polygons as one path; those that lie wholly outside the frame are left out."""
    rings = [[frame.at(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]
    seen = [ring for ring in rings if _touches(ring, frame)]
    if seen:
        drawing.add("path", None, d="".join(_ring(ring) for ring in seen), fill_rule="evenodd", **attributes)


def _touches(ring: Sequence[Point], frame: _Frame) -> bool:
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return max(across) > 0 and min(across) < frame.width and max(down) > 0 and min(down) < frame.height


def _ring(ring: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"


def _draw_counter(drawing: Drawing, frame: _Frame, counter: SiteOnDay) -> None:
    """A triangle, filled where the counter is open 24 hours."""
    if counter.position is None:
        return
    x, y = frame.at(*counter.position)
    drawing.add(
        "path",
        d=f"M{x:.1f} {y - TRIANGLE:.1f}L{x + TRIANGLE:.1f} {y + 0.75 * TRIANGLE:.1f}H{x - TRIANGLE:.1f}Z",
        class_="place" if counter.is_24_7 else "place-hollow",
        stroke_width=1.5,
    )


def _draw_closed(drawing: Drawing, frame: _Frame, site: SiteOnDay) -> None:
    """A cross where a counter was."""
    if site.position is None or not frame.is_within(*site.position):
        return
    x, y = frame.at(*site.position)
    arm = 0.7 * TRIANGLE
    cross = f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}M{x + arm:.1f} {y - arm:.1f}"
    drawing.add("path", d=f"{cross}l{-2 * arm:.1f} {2 * arm:.1f}", class_="ink", fill="none", stroke_width=2)


class _Labels:
    """Names, each where it covers no other and not the ward; one for which there is no room is left out."""

    def __init__(self, drawing: Drawing, ward: Sequence[Sequence[Point]]) -> None:
        self.drawing, self.ward = drawing, ward
        self.taken: list[Box] = []

    def keep_clear(self, at: Point) -> None:
        """Write nothing over a mark."""
        self.taken.append((at[0] - TRIANGLE, at[1] - TRIANGLE, at[0] + TRIANGLE, at[1] + TRIANGLE))

    def beside(self, name: str, at: Point, is_needed: bool) -> None:
        """Beside a mark, off the ward if it can be; a name that is needed is moved into the drawing, whatever it
        covers."""
        x, y = at
        half, away = _half(name, "600"), TRIANGLE + 3
        sides = (
            (x + away + half, y),
            (x - away - half, y),
            (x, y + away + LINE_HEIGHT / 2),
            (x, y - away - LINE_HEIGHT / 2),
        )
        free = [middle for middle in sides if self._is_free(_box(name, middle, "600"))]
        if free:
            chosen = min(free, key=lambda middle: self._covers_ward(_box(name, middle, "600")))
        elif is_needed:
            chosen = min(sides, key=lambda middle: self._outside(_box(name, middle, "600")))
        else:
            return
        # It begins or ends at the mark, however wide the reader's letters are.
        self._write(name, chosen, "halo", "600", {sides[0]: "start", sides[1]: "end"}.get(chosen, "middle"))

    def over(self, name: str, at: Point, class_: str, own: Sequence[Sequence[Point]], otherwise: str = "") -> None:
        """In the middle of its own shape or a line above or below: the name, in two lines where one is too long, or a
        shorter text; nothing where it would stand on another shape."""
        words = name.split()
        half = min(range(1, len(words)), key=lambda place: _width(words, place)) if len(words) > 1 else 1
        parts = [part for part in (" ".join(words[:half]), " ".join(words[half:])) if part]
        for lines in (parts, [name]) if len(name) > LONG_NAME else ([name], parts):
            for shift in (0, LINE_HEIGHT, -LINE_HEIGHT):
                top = at[1] + shift - LINE_HEIGHT * (len(lines) - 1) / 2
                places = [self._inside(line, (at[0], top + LINE_HEIGHT * row)) for row, line in enumerate(lines)]
                boxes = [_box(line, place, "400") for line, place in zip(lines, places, strict=True)]
                is_free = all(self._is_free(box) and not self._covers_ward(box) for box in boxes)
                if is_free and _share_within(own, boxes) >= MOSTLY:
                    for line, place in zip(lines, places, strict=True):
                        self._write(line, place, class_, "400")
                    return
        places = [(at[0], at[1] + shift) for shift in (0, LINE_HEIGHT, -LINE_HEIGHT, 2 * LINE_HEIGHT)]
        free = [place for place in places if self._is_free(_box(otherwise, place, "600"))]
        if otherwise and free:
            self._write(otherwise, free[0], class_, "600")

    def _inside(self, name: str, middle: Point) -> Point:
        """The middle, so far across that the name does not leave the drawing."""
        half = _half(name, "400") + EDGE
        return min(max(middle[0], half), max(half, self.drawing.width - half)), middle[1]

    def _outside(self, box: Box) -> float:
        left, top, right, bottom = box
        return (
            max(0.0, -left)
            + max(0.0, right - self.drawing.width)
            + max(0.0, -top)
            + max(0.0, bottom - self.drawing.height)
        )

    def _is_free(self, box: Box) -> bool:
        return not self._outside(box) and not any(_overlap(box, taken) for taken in self.taken)

    def _covers_ward(self, box: Box) -> bool:
        left, top, right, bottom = box
        across = [left + (right - left) * step / 6 for step in range(7)]
        return any(holds(ring, across, y) for ring in self.ward for y in (top, bottom))

    def _write(self, name: str, middle: Point, class_: str, weight: str, anchor: str = "middle") -> None:
        half = _half(name, weight)
        x = min(max(middle[0], half), max(half, self.drawing.width - half))
        y = min(max(middle[1], LINE_HEIGHT / 2), self.drawing.height - LINE_HEIGHT / 2)
        self.taken.append(_box(name, (x, y), weight))
        x += {"start": -half, "middle": 0, "end": half}[anchor]
        self.drawing.add("text", name, x=x, y=y + 5, text_anchor=anchor, font_weight=weight, class_=class_)


def _width(words: Sequence[str], first: int) -> int:
    """The longer of the two lines that words make when so many stand in the first."""
    return max(len(" ".join(words[:first])), len(" ".join(words[first:])))


def _half(name: str, weight: str) -> float:
    return len(name) * LETTER_WIDTHS[weight] / 2


def _box(name: str, middle: Point, weight: str) -> Box:
    """The rectangle that a name takes around its middle."""
    half = _half(name, weight)
    return middle[0] - half, middle[1] - LINE_HEIGHT / 2, middle[0] + half, middle[1] + LINE_HEIGHT / 2


def _share_within(shape: Sequence[Sequence[Point]], boxes: Sequence[Box]) -> float:
    """How much of the lines through the middle of rectangles lies within a shape."""
    places = [
        (left + (right - left) * step / 10, (top + bottom) / 2)
        for left, top, right, bottom in boxes
        for step in range(11)
    ]
    return sum(any(holds(ring, (x,), y) for ring in shape) for x, y in places) / len(places)


def _overlap(box: Box, other: Box) -> float:
    """The area that two rectangles share."""
    wide = min(box[2], other[2]) - max(box[0], other[0])
    high = min(box[3], other[3]) - max(box[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0
