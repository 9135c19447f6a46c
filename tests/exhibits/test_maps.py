"""The map draws every ward, says each shade twice, draws no place it does not know, and asks no other host."""

from __future__ import annotations

import json
import re
import zlib
from datetime import date
from typing import Any

import pytest

from transparency.boroughs.one import map_image
from transparency.core.project import EMBEDDED_DATA
from transparency.counters.maps import MapExhibit, counters_map
from transparency.exhibits.maps import (
    DISTANCE_SHADES,
    NOT_KNOWN_SHADE,
    SITE_LAYER,
    WARD_LAYER,
    Shade,
    distance_shade,
)
from transparency.store.store import Store

LARGEST_MESSAGE_BYTES = 60_000
DAY = date(2026, 3, 3)


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


def drawn(shown: MapExhibit | None) -> dict[str, Any]:
    assert shown is not None
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


@pytest.mark.parametrize(
    ("metres", "words"),
    [(0, "under 1 km"), (999.9, "under 1 km"), (1000, "1 to 2 km"), (4999, "2 to 5 km"), (5000, "over 5 km")],
)
def test_a_distance_falls_into_one_class(metres: float, words: str) -> None:
    assert distance_shade(metres).words == words
    assert distance_shade(None).words == "not known"


@pytest.mark.parametrize("day", [date(2017, 7, 1), DAY])
def test_the_message_is_small(store: Store, day: date) -> None:
    text = json.dumps(drawn(counters_map(store, day)), separators=(",", ":"))
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


def test_wards_redrawn_in_2018_are_not_known_and_said_to_be_so(store: Store) -> None:
    shown = counters_map(store, date(2019, 1, 1))
    assert shown is not None
    rows = layer(drawn(shown), WARD_LAYER)
    assert sum(row["words"] == "not known" for row in rows) == 87
    assert "87 shapes are of wards that had been redrawn by then" in shown.exhibit.note
    assert "not known" in shown.beside_html


def test_open_counters_are_drawn_with_their_hours_and_nothing_else_is(store: Store) -> None:
    rows = {row["site_id"]: row for row in layer(drawn(counters_map(store, DAY)), SITE_LAYER)}
    assert len(rows) == 27 and "holborn" not in rows and "strata-house" not in rows
    assert rows["charing-cross"]["fill"] != rows["kentish-town"]["fill"]
    inferred = "(reported for 25 counters together, not confirmed for this one)"
    assert rows["acton"]["words"].endswith(inferred)
    assert inferred not in rows["brixton"]["words"]


def _fills(shade: Shade) -> tuple[str, str]:
    return shade.light, shade.dark


@pytest.mark.parametrize(("theme", "near", "far"), [("light", "#e5f0fb", "#1b5ca3"), ("dark", "#18304e", "#96cbff")])
def test_the_key_has_the_colours_that_the_map_was_drawn_in(store: Store, theme: str, near: str, far: str) -> None:
    shown = counters_map(store, DAY, theme=theme)
    assert shown is not None
    assert [f"background:{colour}" in shown.beside_html for colour in (near, far)] == [True, True]
    drawn_in = {"#{:02x}{:02x}{:02x}".format(*row["fill"]) for row in layer(drawn(shown), WARD_LAYER)}
    assert {near, far} <= drawn_in
    assert all(f"background:{colour}" in shown.beside_html for colour in drawn_in)


@pytest.mark.rule("A6")
def test_every_shade_has_its_words_and_is_darker_or_lighter_than_the_one_before() -> None:
    shades = [shade for _, shade in DISTANCE_SHADES]
    lights, darks = ([int(colour[3:5], 16) for colour in each] for each in zip(*map(_fills, shades), strict=True))
    assert lights == sorted(lights, reverse=True) and darks == sorted(darks)
    assert len({shade.words for shade in (*shades, NOT_KNOWN_SHADE)}) == 5


def test_a_counter_whose_place_is_not_known_is_not_drawn(store: Store) -> None:
    rows = layer(drawn(counters_map(store, date(2025, 7, 1))), SITE_LAYER)
    assert len(rows) == 36 and "royalty-studios" not in {row["site_id"] for row in rows}


def test_the_map_of_counters_has_no_text_in_its_shapes_and_a_table_of_every_ward(store: Store) -> None:
    shown = counters_map(store, DAY)
    assert shown is not None
    assert "cues" not in {item["id"] for item in drawn(shown)["layers"]}
    assert len(shown.exhibit.table.rows) == 679
    assert 'href="#ward-distances-list"' in shown.beside_html
    assert shown.after_html.startswith('<div id="ward-distances-list">')
    assert "not a legal boundary" in shown.exhibit.note and "about 90 shapes" not in shown.exhibit.note


def test_a_map_opens_on_all_of_london_or_around_the_readers_ward(store: Store) -> None:
    whole, around = (drawn(counters_map(store, DAY, ward)) for ward in (None, "E05013664"))
    assert whole["views"][0]["controller"]["maxBounds"] == [[-0.53, 51.273], [0.355, 51.705]]
    assert (whole["initialViewState"]["zoom"], layer(whole, "your-ward")) == (0, [])
    assert 11 < around["initialViewState"]["zoom"] < 12
    assert len(layer(around, "your-ward")) == 1


def test_there_is_no_map_of_distances_before_the_list_begins(store: Store) -> None:
    assert counters_map(store, date(2016, 9, 1)) is None


def test_a_wards_name_stands_on_its_own_shape_or_gives_way_to_its_number(store: Store) -> None:
    image = map_image(store, "E09000030", date(2026, 11, 30))
    assert image is not None
    written = re.findall(r">([^<>]+)</text>", image.svg)
    assert [each for each in written if each.isdigit()] == ["1", "7", "11", "18"]
    assert "Green" not in " ".join(written) and "Whitechapel" in written


def test_a_boroughs_name_without_room_in_its_own_borough_is_left_out_until_the_reader_is_near(store: Store) -> None:
    whole = {row["label"] for row in layer(drawn(counters_map(store, DAY)), "borough-names")}
    assert {"Barnet", "Bromley", "Haringey"} < whole and not {"City", "Islington", "Southwark"} & whole
    near = {row["label"] for row in layer(drawn(counters_map(store, DAY, None, "E09000019")), "borough-names")}
    assert {"Islington", "Southwark", "Barnet"} < near
