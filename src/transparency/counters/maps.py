"""The map of counters with its key and its list: the same rows for the eye, the keyboard and the ear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from transparency.counters.exhibits import ward_distances_exhibit
from transparency.counters.queries import open_counters, ward_counter_distances
from transparency.counters.sentences import OFFICIAL_LINE, SCHEMATIC_LINE, ended_sentence, hours
from transparency.exhibits.addresses import plain_address
from transparency.exhibits.exhibit import Chart, Exhibit
from transparency.exhibits.html import exhibit_foot_html, in_one_line, render
from transparency.exhibits.maps import (
    DISTANCE_SHADES,
    NOT_COVERED,
    NOT_KNOWN_SHADE,
    Around,
    Shade,
    distance_shade,
    london_map,
)
from transparency.exhibits.shapes import Shapes, shapes_on
from transparency.store.holdings import Provenance
from transparency.store.store import Store

BOROUGH_RADIUS_M = 7_000


@dataclass(frozen=True)
class MapExhibit:
    """An exhibit whose picture is a map, with the shades of its key, the scheme of both, and its plain page."""

    exhibit: Exhibit
    shades: tuple[Shade, ...]
    theme: str | None
    plain_address: str

    @cached_property
    def beside_html(self) -> str:
        """What stands beside the map: headline, key, the way past the map to its list, and what is said in place of the
        map where the browser cannot draw it."""
        head = render("exhibit_head.html", exhibit=self.exhibit, level=2)
        return in_one_line(head + render("map_key.html", shown=self, shades=(*self.shades, NOT_COVERED)))

    @cached_property
    def after_html(self) -> str:
        """Where the way past the map leads to: its list, note and sources."""
        return f'<div id="{self.exhibit.key}-list">{exhibit_foot_html(self.exhibit, is_table_open=False)}</div>'


def counters_map(
    store: Store,
    day: date,
    ward_code: str | None = None,
    borough_code: str | None = None,
    theme: str | None = None,
) -> MapExhibit | None:
    """The open counters on wards shaded by the distance to the nearest, around the reader's ward or borough where
    one is chosen; None where no distance is known."""
    exhibit = ward_distances_exhibit(store, day)
    if exhibit is None:
        return None
    wards = ward_counter_distances(store, day)
    shades = {row["ward_code"]: distance_shade(row["counter_distance_m"]) for row in wards}
    shapes = shapes_on(store, day)
    deck = london_map(
        shapes,
        {row["ward_code"]: row["ward_name"] for row in wards},
        {row["borough_code"]: row["borough_name"] for row in wards},
        shades,
        {site: hours(site) for site in open_counters(store, day)},
        theme=theme,
        ward_code=ward_code or "",
        around=_around(store, shapes, wards, ward_code, borough_code),
    )
    return MapExhibit(
        replace(
            exhibit,
            picture=Chart(deck, f"Map of London. {exhibit.headline}"),
            note=f"{exhibit.note} {caption(shapes, shades)}",
        ),
        _in_use([shade for _, shade in DISTANCE_SHADES] + [NOT_KNOWN_SHADE], shades, shapes),
        theme,
        plain_address(f"/counters?as_at={day.isoformat()}"),
    )


def _around(
    store: Store, shapes: Shapes, wards: Sequence[Mapping[str, Any]], ward_code: str | None, borough_code: str | None
) -> Around | None:
    """A ward with its nearest counter, a borough whole; None for all of London."""
    if ward_code in shapes.label_at:
        lon, lat = shapes.label_at[ward_code]
        metres = next((row["counter_distance_m"] for row in wards if row["ward_code"] == ward_code), None)
        return Around((lat, lon), max(2_500, 1.4 * (metres or 0)))
    for outline in shapes.outlines:
        if outline.borough_code == borough_code:
            lon, lat = outline.label_at
            return Around((lat, lon), BOROUGH_RADIUS_M)
    return None


def caption(shapes: Shapes, drawn: Mapping[str, Shade]) -> str:
    """What the shapes are, what they are not, and how many of them are of wards no longer in force."""
    ended = sum(code not in drawn for code in shapes.wards)
    line = SCHEMATIC_LINE if shapes.provenance is None else _official_line(shapes.provenance)
    return f"{line} {ended_sentence(ended)}" if ended else line


def _official_line(source: Provenance) -> str:
    edition = f", {source.edition}" if source.edition else ""
    return f"{OFFICIAL_LINE} {source.publisher}: {source.title}{edition}. {source.attribution} {source.licence}."


def _in_use(shades: Sequence[Shade], drawn: Mapping[str, Shade], shapes: Shapes) -> tuple[Shade, ...]:
    """The shades that are on the map."""
    on_map = {drawn.get(code, NOT_KNOWN_SHADE) for code in shapes.wards}
    return tuple(shade for shade in shades if shade in on_map)
