"""Maps with their key and their list: the same rows for the eye, the keyboard and the ear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from transparency.core.text import full_date, number
from transparency.core.vocabulary import SiteKind, SiteOnDay
from transparency.counters.exhibits import compiled, sites_exhibit
from transparency.counters.queries import matching_sites, sites_on, ward_counter_distances
from transparency.counters.sentences import OFFICIAL_LINE, SCHEMATIC_LINE, ended_sentence, map_sentence
from transparency.exhibits.addresses import plain_address
from transparency.exhibits.cells import ward_column
from transparency.exhibits.exhibit import Chart, Column, Exhibit, Mark, Source, table
from transparency.exhibits.html import exhibit_foot_html, in_one_line, render, table_html
from transparency.exhibits.maps import (
    DISTANCE_SHADES,
    FILLS,
    NOT_COVERED,
    NOT_KNOWN_SHADE,
    SYMBOLS,
    Shade,
    Symbol,
    distance_shade,
    fill,
    london_map,
    readable,
    site_symbol,
)
from transparency.exhibits.marks import month_mark
from transparency.exhibits.palette import DARK, LIGHT
from transparency.exhibits.shapes import Shapes, shapes_on
from transparency.months.queries import strength_month, wards_in_month
from transparency.months.sentences import FTE_CAVEAT, RULE, STATUS_CAVEAT, month_name
from transparency.months.time import monthly_source
from transparency.places.queries import Ward, find_ward
from transparency.store.holdings import Provenance
from transparency.store.store import Store
from transparency.wards.standing import standings_on

ROWS_OPEN = 40


@dataclass(frozen=True)
class KeyEntry:
    """One line of a map's key: a fill for the light and the dark page, the text on it, and what it means."""

    fills: tuple[str, str]
    cue: str
    words: str

    @property
    def inks(self) -> tuple[str, str]:
        return readable(self.fills[0]), readable(self.fills[1])


def key_html(shades: Sequence[Shade], symbols: Sequence[Symbol]) -> str:
    """The key of a map: each shade with its colour and its text, each symbol drawn, with their words."""
    entries = [KeyEntry((fill(shade, LIGHT), fill(shade, DARK)), shade.cue, shade.words) for shade in shades]
    entries.append(KeyEntry(FILLS["not_covered"], "", f"City of London. {NOT_COVERED}"))
    return render("map_key.html", entries=entries, symbols=symbols)


@dataclass(frozen=True)
class MapExhibit:
    """An exhibit whose picture is a map, with the map's key, its plain page, and what its list is of."""

    exhibit: Exhibit
    key_html: str
    plain_address: str
    noun: str = "places"

    @cached_property
    def list_html(self) -> str:
        """What stands before the map: the list, folded when it is long, the key, the way past the map, and what is said
        in place of the map where the browser cannot draw it."""
        listing, rows = table_html(self.exhibit.table), len(self.exhibit.table.rows)
        if rows > ROWS_OPEN:
            listing = f"<details><summary>Show the list of these {rows} {self.noun}</summary>{listing}</details>"
        skip = f'<a href="#{self.exhibit.key}-end">Skip the map</a>: the list above has the same {self.noun}.'
        missing = render("map_missing.html", shown=self)
        return in_one_line(
            f'<div id="{self.exhibit.key}-list">{listing}</div>{self.key_html}<p class="note">{skip}</p>{missing}'
        )

    @cached_property
    def before_html(self) -> str:
        """Headline, list and key, as they stand before the map on a page."""
        return render("exhibit_head.html", exhibit=self.exhibit, level=2) + self.list_html

    @cached_property
    def after_html(self) -> str:
        """Where the way past the map leads to: note and sources."""
        return f'<div id="{self.exhibit.key}-end">{exhibit_foot_html(self.exhibit.without_rows())}</div>'


def counters_map(
    store: Store,
    day: date,
    text: str = "",
    borough_code: str | None = None,
    site_kind: SiteKind | None = None,
    theme: str | None = None,
    is_narrow: bool = False,
) -> MapExhibit:
    """The places that fit, on wards shaded by the distance to the nearest open counter: list and map of one choice."""
    found = matching_sites(sites_on(store, day), text, borough_code, site_kind)
    wards = ward_counter_distances(store, day)
    shades = {row["ward_code"]: distance_shade(row["counter_distance_m"]) for row in wards}
    shapes = shapes_on(store, day)
    placed = [site for site in found if site.position is not None]
    shaded = "each ward by the straight line to the nearest open counter"
    if all(row["counter_distance_m"] is None for row in wards):
        shaded = "wards, with no distance known"
    sentence = map_sentence(day, len(placed), len(found) - len(placed), shaded)
    deck = london_map(
        shapes,
        {row["ward_code"]: row["ward_name"] for row in wards},
        {row["borough_code"]: row["borough_name"] for row in wards},
        shades,
        found,
        theme=theme,
        is_narrow=is_narrow,
    )
    exhibit = sites_exhibit(store, day, text, borough_code, site_kind)
    return MapExhibit(
        replace(
            exhibit,
            subtitle=f"{exhibit.subtitle}. {sentence}",
            picture=Chart(deck, sentence),
            note=caption(shapes, shades),
        ),
        key_html(
            _in_use([shade for _, shade in DISTANCE_SHADES] + [NOT_KNOWN_SHADE], shades, shapes),
            _symbols(placed),
        ),
        plain_address(f"/counters?as_at={day.isoformat()}"),
    )


def status_map(store: Store, day: date, theme: str | None = None, is_narrow: bool = False) -> MapExhibit:
    """The wards of the day by their standing against the promise, with the list of them."""
    standings = standings_on(store, day)
    wards = [each.ward for each in standings]
    marks = [each.mark for each in standings]
    what = f"London on {full_date(day)}: each ward by what is known of the promise."
    return _wards_map(store, "ward-map", day, day, wards, marks, what, compiled(day), theme, is_narrow)


def month_map(store: Store, day: date, theme: str | None = None, is_narrow: bool = False) -> MapExhibit | None:
    """The wards by the monthly rule in the newest month up to the day; None where no strength is stored."""
    newest = strength_month(store, day)
    if newest is None:
        return None
    statuses = {each.ward_code: each.ward_status for each in wards_in_month(store, newest.month)}
    wards = sorted((find_ward(store, code) for code in statuses), key=lambda ward: (ward.borough_name, ward.ward_name))
    marks = [month_mark(statuses[ward.ward_code]) for ward in wards]
    what = f"London in {month_name(newest.month)}: each ward by the rule for the monthly series."
    sources = (monthly_source(store.is_demonstration, newest.month),)
    shown = _wards_map(store, "month-map", newest.as_at, day, wards, marks, what, sources, theme, is_narrow)
    note = f"{RULE} {STATUS_CAVEAT} {FTE_CAVEAT} {shown.exhibit.note}"
    return replace(shown, exhibit=replace(shown.exhibit, note=note))


def _wards_map(
    store: Store,
    key: str,
    drawn_on: date,
    day: date,
    wards: Sequence[Ward],
    marks: Sequence[Mark],
    sentence: str,
    sources: tuple[Source, ...],
    theme: str | None,
    is_narrow: bool,
) -> MapExhibit:
    """Wards in the colour and with the symbol of their marks, on the shapes of `drawn_on`; their pages on `day`."""
    standing = {ward.ward_code: mark for ward, mark in zip(wards, marks, strict=True)}
    shades = {
        code: Shade("not_known" if mark.css_class == "unknown" else mark.css_class, mark.symbol, mark.word)
        for code, mark in standing.items()
    }
    shapes = shapes_on(store, drawn_on)
    names = {ward.ward_code: ward.ward_name for ward in wards}
    boroughs = {ward.borough_code: ward.borough_name for ward in wards}
    deck = london_map(shapes, names, boroughs, shades, theme=theme, is_narrow=is_narrow)
    columns = (
        ward_column(day),
        Column("borough_name", "Borough"),
        Column("ward_status", "The promise", cell=lambda ward: standing[ward.ward_code]),
    )
    counted = Counter(mark.word for mark in marks)
    counts = ", ".join(f"{number(count)} {word}" for word, count in counted.most_common())
    return MapExhibit(
        Exhibit(
            key=key,
            headline=sentence,
            subtitle=f"Wards by colour and by the symbol in their shape: {counts}.",
            picture=Chart(deck, f"{sentence} {counts}."),
            table=table(f"Wards on {full_date(drawn_on)}", columns, wards),
            sources=sources,
            note=caption(shapes, shades),
        ),
        key_html(_in_use(sorted(set(shades.values()), key=lambda shade: shade.words), shades, shapes), ()),
        plain_address(f"/progress?as_at={day.isoformat()}"),
        "wards",
    )


def caption(shapes: Shapes, drawn: Mapping[str, Shade]) -> str:
    """What the shapes are, what they are not, and how many of them are of wards no longer in force."""
    ended = sum(code not in drawn for code in shapes.wards)
    line = SCHEMATIC_LINE if shapes.provenance is None else _official_line(shapes.provenance)
    return f"{line} {ended_sentence(ended)}" if ended else line


def _official_line(source: Provenance) -> str:
    edition = f", {source.edition}" if source.edition else ""
    return f"{OFFICIAL_LINE} {source.publisher}: {source.title}{edition}. {source.attribution} {source.licence}."


def _in_use(shades: Sequence[Shade], drawn: Mapping[str, Shade], shapes: Shapes) -> list[Shade]:
    """The shades that are on the map."""
    on_map = {drawn.get(code, NOT_KNOWN_SHADE) for code in shapes.wards}
    return [shade for shade in shades if shade in on_map]


def _symbols(sites: Sequence[SiteOnDay]) -> list[Symbol]:
    drawn = {site_symbol(site) for site in sites}
    return [symbol for symbol in SYMBOLS if symbol in drawn]
