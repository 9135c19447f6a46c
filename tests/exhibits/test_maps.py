"""The map draws every ward, says each shade twice, draws no place it does not know, and asks no other host."""

from __future__ import annotations

import json
import zlib
from datetime import date
from typing import Any

import pytest

from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import SiteKind
from transparency.exhibits.maps import (
    DISTANCE_SHADES,
    FILLS,
    NOT_KNOWN_SHADE,
    SITE_LAYER,
    WARD_LAYER,
    distance_shade,
    readable,
)
from transparency.store.database import open_store
from transparency.store.store import Store
from transparency.wards.maps import MapExhibit, counters_map, status_map

LARGEST_MESSAGE_BYTES = 60_000
DAY = date(2026, 3, 3)


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store(EMBEDDED_DATA, run_checks=False)


def drawn(shown: MapExhibit) -> dict[str, Any]:
    picture = shown.exhibit.picture
    assert picture is not None
    described: dict[str, Any] = json.loads(picture.figure.to_json())  # type: ignore[union-attr]
    return described


def layer(described: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = next(item["data"] for item in described["layers"] if item["id"] == name)
    return rows


@pytest.mark.parametrize(("day", "wards"), [(date(2017, 7, 1), 629), (DAY, 679)])
def test_every_ward_of_the_day_is_drawn_with_its_code_and_its_words(store: Store, day: date, wards: int) -> None:
    rows = layer(drawn(counters_map(store, day)), WARD_LAYER)
    assert len({row["code"] for row in rows}) == wards
    assert all(row["name"] and row["words"] for row in rows)


@pytest.mark.rule("A6")
def test_every_shade_is_said_by_colour_and_by_a_text_of_its_own() -> None:
    shades = [shade for _, shade in DISTANCE_SHADES] + [NOT_KNOWN_SHADE]
    assert len({shade.cue for shade in shades}) == len(shades)
    assert len({FILLS[shade.name] for shade in shades}) == len(shades)


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "under 1 km"), (999.9, "under 1 km"), (1000, "1 to 2 km"), (4999, "2 to 5 km"), (5000, "over 5 km")],
)
def test_a_distance_falls_into_one_class(metres: float, words: str) -> None:
    assert distance_shade(metres).words == words
    assert distance_shade(None).words == "not known"


@pytest.mark.parametrize("pair", FILLS.values(), ids=FILLS.keys())
def test_the_text_in_a_cell_can_be_read_in_light_and_dark(pair: tuple[str, str]) -> None:
    for fill in pair:
        assert contrast(fill, readable(fill)) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_a_place_without_a_position_is_listed_and_not_drawn(store: Store) -> None:
    shown = counters_map(store, date(2017, 7, 1), "", "E09000006", SiteKind.FRONT_COUNTER)
    assert {row["site_id"] for row in layer(drawn(shown), SITE_LAYER)} == {"bromley", "west-wickham"}
    listed = {cell.text for row in shown.exhibit.table.rows for cell in row[:1]}  # type: ignore[union-attr]
    assert listed == {"Bromley", "West Wickham", "Copperfield House, Penge"}
    assert "One place in the list is not drawn." in shown.exhibit.subtitle


def test_a_place_not_known_is_never_drawn_as_open(store: Store) -> None:
    rows = layer(drawn(counters_map(store, DAY)), SITE_LAYER)
    symbols = {row["site_id"]: row["symbol"] for row in rows}
    assert symbols["charing-cross"] == "▲"
    assert symbols["kentish-town"] == "△"
    assert symbols["holborn"] == "✕"
    assert symbols["strata-house"] == "?"


def test_inferred_hours_are_marked_on_the_map(store: Store) -> None:
    said = {row["site_id"]: row["words"] for row in layer(drawn(counters_map(store, DAY)), SITE_LAYER)}
    inferred = "counter, open at other hours, or hours not known (hours inferred, not confirmed for this one)"
    assert said["acton"] == inferred
    assert "inferred, not confirmed" not in said["brixton"]


def test_list_and_map_hold_the_same_places(store: Store) -> None:
    shown = counters_map(store, DAY, "road", None, SiteKind.FRONT_COUNTER)
    on_map = {row["name"] for row in layer(drawn(shown), SITE_LAYER)}
    listed = {cell.text for row in shown.exhibit.table.rows for cell in row[:1]}  # type: ignore[union-attr]
    assert on_map <= listed
    assert len(listed) >= 10


@pytest.mark.parametrize("make", [counters_map, status_map])
@pytest.mark.parametrize("day", [date(2017, 7, 1), DAY])
def test_the_message_is_small(store: Store, make: Any, day: date) -> None:
    text = make(store, day).exhibit.picture.figure.to_json()
    assert len(zlib.compress(text.encode(), 6)) < LARGEST_MESSAGE_BYTES


def test_the_map_asks_for_nothing_but_our_own_blank_style(store: Store) -> None:
    described = drawn(counters_map(store, DAY))
    assert described["mapStyle"] == "/assets/map-style.json"
    assert described.get("mapProvider") is None
    text = json.dumps(described)
    assert "http://" not in text
    assert "https://" not in text
    style = json.loads((EMBEDDED_DATA.parent / "static" / "map-style.json").read_text(encoding="utf-8"))
    assert style["sources"] == {} and style["layers"] == []


def test_the_caption_says_that_the_cells_are_schematic(store: Store) -> None:
    note = counters_map(store, DAY).exhibit.note
    assert "not a legal boundary" in note
    assert "about one symbol in four lies in a neighbour's cell" in note
    assert "own police force" in note


def test_wards_by_status_carry_the_symbol_of_the_status(store: Store) -> None:
    shown = status_map(store, date(2018, 1, 1))
    cues = {row["cue"] for row in layer(drawn(shown), "cues")}
    assert "◯" in cues
    assert len(shown.exhibit.table.rows) == 629
    assert "announced, not checked" in shown.key_html


def test_borough_names_hide_no_open_counter(store: Store) -> None:
    described = drawn(counters_map(store, DAY, site_kind=SiteKind.FRONT_COUNTER))
    counters = [row["at"] for row in layer(described, SITE_LAYER) if row["symbol"] in "▲△"]
    names = layer(described, "borough-names")
    assert len(names) == 33
    hidden = [
        name["label"]
        for name in names
        for lon, lat in counters
        if abs(lon - name["at"][0]) < 0.01 and abs(lat - name["at"][1]) < 0.005
    ]
    assert hidden == []


def test_wards_redrawn_in_2018_are_not_known_and_said_to_be_so(store: Store) -> None:
    shown = counters_map(store, date(2019, 1, 1))
    rows = layer(drawn(shown), WARD_LAYER)
    assert sum(row["words"] == "not known" for row in rows) == 87
    assert "87 shapes are of wards that had been redrawn by then" in shown.exhibit.note
    assert "not known" in shown.key_html
