"""The cards of wards and boroughs, and the picture of a ward's link: the answer, its day, one page of 1200 by 630."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from transparency.core.errors import UnknownPlaceError
from transparency.outlets.cards import borough_card, ward_card
from transparency.outlets.plain import document, document_at
from transparency.outlets.previews import borough_preview, ward_preview
from transparency.outlets.typesetting import set_png
from transparency.pages.page import Asked
from transparency.pages.registry import SHEETS
from transparency.store.current import shared_store
from transparency.store.store import Store

DAY = date(2017, 1, 4)
KENTISH_TOWN, KENTISH_TOWN_NORTH, CAMDEN, WESTMINSTER = "E05000139", "E05013663", "E09000007", "E09000033"


def test_a_wards_card_has_its_answer_people_counter_and_source(city: Store) -> None:
    card = ward_card(city, "E05900013", DAY)
    assert (card.title, card.day, card.address) == ("Village, Northbank", DAY, "/ward/E05900013")
    assert card.picture is not None
    assert card.picture.alt.startswith("Of two constables promised: two ")
    assert card.mark is not None
    assert card.mark.css_class == "met"
    assert card.counter is not None
    assert (card.counter.site_name, card.counter.distance) == ("North Gate", "2.8 km")
    assert [source.publisher for source in card.sources] == ["City Hall"]


def test_a_ward_that_has_ended_says_only_that() -> None:
    card = ward_card(shared_store(), KENTISH_TOWN, date(2026, 3, 3))
    assert card.answer == "Kentish Town was abolished in May 2022. Choose your ward today."
    assert (card.picture, card.counter, card.mark) == (None, None, None)
    assert ward_card(shared_store(), KENTISH_TOWN, DAY).picture is not None


def test_where_nothing_is_known_the_source_is_where_it_would_be_published() -> None:
    card = ward_card(shared_store(), KENTISH_TOWN_NORTH, date(2026, 11, 29))
    assert card.sources[0].title.startswith("MPS Dedicated Ward Officer")
    assert card.counter is not None
    assert card.counter.hours == "Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm"
    assert card.counter.is_inferred


def test_before_the_list_of_counters_a_card_names_none() -> None:
    assert ward_card(shared_store(), KENTISH_TOWN, date(2016, 12, 1)).counter is None
    before = borough_card(shared_store(), CAMDEN, date(2016, 12, 1))
    assert (before.picture, "We have no list of Camden's counters" in before.answer) == (None, True)


def test_a_boroughs_card_draws_its_counters_then_and_now() -> None:
    card = borough_card(shared_store(), CAMDEN, date(2026, 11, 29))
    assert card.answer == ("Camden has one police counter, Kentish Town. It is not open at night. In 2017 it had two.")
    assert card.picture is not None
    assert card.picture.alt == (
        "14 July 2017: Holborn open; Kentish Town open. 29 November 2026: Holborn closed; Kentish Town open."
    )
    assert (card.picture.svg.count('class="met"'), card.picture.svg.count('class="short"')) == (3, 1)


def test_a_counter_whose_state_is_not_known_is_neither_open_nor_closed() -> None:
    picture = borough_card(shared_store(), WESTMINSTER, date(2017, 12, 28)).picture
    assert picture is not None
    assert "not known" in picture.alt
    assert 'class="unknown"' in picture.svg


def test_the_picture_of_a_ward_is_of_the_size_that_links_show_and_of_its_day(city: Store) -> None:
    then, now = (ward_preview(city, "E05900013", day) for day in (DAY, None))
    assert then.media_type == "image/png"
    for picture in (then, now):
        assert Image.open(io.BytesIO(picture.content)).size == (1200, 630)
    assert then.content != now.content
    assert ward_preview(city, "E05900013", DAY).content == then.content


def test_the_picture_of_a_borough_shows_its_counters_then_and_now() -> None:
    then, now = (borough_preview(shared_store(), CAMDEN, day) for day in (DAY, date(2026, 11, 29)))
    assert Image.open(io.BytesIO(now.content)).size == (1200, 630)
    assert then.content != now.content


def test_a_page_of_a_borough_names_the_boroughs_picture() -> None:
    asked = Asked(date(2026, 11, 29), chosen=(("borough", CAMDEN),))
    sheet = next(sheet for sheet in SHEETS if sheet.path == "/borough/{code}")
    head = document(shared_store(), sheet, asked, "https://x.example").content.decode()
    assert f'content="https://x.example/borough/{CAMDEN}/preview.png"' in head
    assert 'content="Camden: its police counters then and now"' in head


def test_words_of_any_length_and_kind_make_one_picture() -> None:
    words = {
        "site_name": "London ward officers",
        "mark": Path("static/favicon.svg").read_text(encoding="utf-8"),
        "notice": "Demonstration data: invented.",
        "name": "#panic() $x$ \u0628\u062a " + "Hammersmith & Fulham " * 12,
        "place": "A borough",
        "answer": "We do not know how many officers it has today. " * 40,
        "status": "short",
        "picture": None,
        "foot": "As at 4 January 2017. " * 20,
    }
    assert Image.open(io.BytesIO(set_png("preview.typ", words))).size == (1200, 630)


def test_no_picture_of_a_ward_that_is_none() -> None:
    with pytest.raises(UnknownPlaceError, match="E05999999"):
        ward_preview(shared_store(), "E05999999", None)


def test_an_exported_page_shows_the_sites_own_picture(city: Store) -> None:
    page = document_at(city, "/ward/E05900013", site="https://x.example").content.decode()
    assert '<meta property="og:image" content="https://x.example/assets/preview.png">' in page
    assert "og:image:alt" in page
    assert "/ward/E05900013/preview.png" not in page
