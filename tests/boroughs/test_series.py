"""The three series by borough as readers see them, on the facts, on today and on past days."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from transparency.boroughs.compared import compared_exhibit
from transparency.boroughs.series import place_series
from transparency.core.vocabulary import LONDON_CODE
from transparency.exhibits.exhibit import Chart, Exhibit, Image, cell_text
from transparency.months import elsewhere, officers
from transparency.outlets.api import borough_json, london_json, ward_json
from transparency.outlets.handouts import ward_sheet
from transparency.outlets.plain import document_at
from transparency.pages.ward_record import ward_page
from transparency.store.store import Store
from transparency.survey.exhibits import known_exhibit, measures_exhibit

TODAY = date(2026, 11, 28)
CAMDEN, HACKNEY, ISLINGTON, HARROW = "E09000007", "E09000012", "E09000019", "E09000015"
KENTISH_TOWN_SOUTH = "E05013664"
DATASET = "https://data.london.gov.uk/dataset/mps-dedicated-ward-officer-abstractions-and-strengths-e16kd"


def cells(exhibit: Exhibit | None) -> dict[str, tuple[str, ...]]:
    """The rows as words, by their first cell."""
    assert exhibit is not None
    rows = [tuple(cell_text(cell, exhibit.table.missing) for cell in row) for row in exhibit.table.rows]
    return {row[0]: row[1:] for row in rows}


def test_london_in_three_sentences_each_with_its_dates(store_of_facts: Store) -> None:
    assert place_series(store_of_facts, TODAY).lines == (
        "London had 4.1 full-time equivalent ward officers a ward on average, August 2025 to July 2026: 2,627.7 in "
        "all for 642 wards in "
        "30 boroughs.",
        "Last known: London's ward officers spent about one hour in five of their recorded time elsewhere in January "
        "to March 2024 (19.5%); in 2019 it was about one hour in nine (11.3%).",
        "Last known: 13% of people asked in London knew how to contact their ward officer in the quarter to December "
        "2023. In the quarter to September 2016, when it was promised, it was 36%.",
    )


def test_a_borough_has_london_beside_it_and_a_reason_in_place_of_a_value(store_of_facts: Store) -> None:
    assert place_series(store_of_facts, TODAY, HACKNEY).lines[:2] == (
        "Hackney had 4.8 full-time equivalent ward officers a ward on average, August 2025 to July 2026; London "
        "had 4.1.",
        "Last known: Hackney's ward officers spent about one hour in four of their recorded time elsewhere in January "
        "to March 2024 (25.6%); in London it was 19.5%.",
    )
    assert place_series(store_of_facts, TODAY, CAMDEN).lines[0] == (
        "We do not know how many ward officers Camden had from August 2025 to July 2026. No strengths in the workbook "
        "from August 2024 to July 2026."
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            date(2017, 12, 28),
            ["35% of people asked in Camden knew how to contact their ward officer in the quarter to"],
        ),
        (date(2022, 5, 8), ["26% of people asked in Camden"]),
        (date(2022, 5, 9), ["Camden's ward officers spent about one hour in ten of their", "26% of people asked"]),
        (date(2023, 6, 30), ["Camden's ward officers spent about one hour in seven", "16% of people asked in Camden"]),
    ],
)
def test_a_past_day_has_what_had_ended_by_it_and_no_time_before_the_workbook_was_published(
    store_of_facts: Store, day: date, said: list[str]
) -> None:
    lines = place_series(store_of_facts, day, CAMDEN).lines
    assert [line.startswith(words) for line, words in zip(lines, said, strict=True)] == [True] * len(said)


def test_the_lines_say_what_they_do_not_show(store_of_facts: Store) -> None:
    assert place_series(store_of_facts, TODAY, HACKNEY).limits == (
        "Officers are constables and PCSOs together, and no single ward is shown; London is 30 boroughs.",
        "Time elsewhere includes training, court and custody.",
        "The survey gives estimates from interviews: a few points may be no difference.",
    )


def test_a_store_without_the_series_says_nothing(city: Store) -> None:
    known = place_series(city, date(2026, 1, 5), "E09000091")
    assert (known.officers, known.elsewhere, known.survey, known.lines, known.sources) == (None, (), (), (), ())
    for measure in ("officers", "elsewhere", "known"):
        assert compared_exhibit(city, TODAY, measure) is None
    assert elsewhere.months_exhibit(city, TODAY) is None
    assert elsewhere.types_exhibit(city, TODAY) is None


# ---------------------------------------------------------------- one place


def test_years_not_whole_are_hollow_and_a_borough_has_london_beside(store_of_facts: Store) -> None:
    london = elsewhere.years_exhibit(store_of_facts, TODAY)
    assert london is not None and isinstance(london.picture, Image)
    assert london.picture.svg.count('class="ring"') == 2
    assert cells(london)["May to December 2018"] == (
        "10.6",
        "about one hour in nine",
        "9 to 22",
        "51,955",
        "489,392",
        "8",
    )
    assert cells(london)["2020"][-1] == "11"
    assert "the original is at " + DATASET in london.note
    assert "published on 18 June 2024" in london.note
    camden = elsewhere.years_exhibit(store_of_facts, TODAY, CAMDEN)
    assert camden is not None and camden.picture is not None
    assert camden.picture.alt.startswith("May to December 2018: 10.0%; 2019: 9.6%")
    hackney = elsewhere.years_exhibit(store_of_facts, TODAY, HACKNEY)
    assert cells(hackney)["2023"][:3] == ("24.3", "about one hour in four", "16.9")


def test_march_2020_and_months_of_fewer_boroughs_are_hollow_and_in_no_headline(store_of_facts: Store) -> None:
    months = elsewhere.months_exhibit(store_of_facts, TODAY)
    assert months is not None and isinstance(months.picture, Chart) and months.picture.still is not None
    assert months.headline == (
        "London's share of time elsewhere was between 5.3% (April 2020) and 27.5% (November 2022)."
    )
    # Nine months before February 2019, and March 2020.
    assert months.picture.still().count('r="3"') == 10
    assert cells(months)["March 2020"][-2:] == ("32", "no")
    camden = elsewhere.months_exhibit(store_of_facts, TODAY, CAMDEN)
    assert camden is not None and isinstance(camden.picture, Chart) and camden.picture.still is not None
    assert camden.picture.still().count('r="3"') == 1
    # Carnival was not held on the streets in 2020 and 2021, and is not named there.
    assert camden.picture.still().count(">C<") == 4


def test_what_took_most_of_the_time_elsewhere(store_of_facts: Store) -> None:
    types = elsewhere.types_exhibit(store_of_facts, TODAY)
    assert types is not None
    assert types.headline == (
        "Training took the largest part of London's time elsewhere: 13.1% of recorded hours, January to March 2024."
    )
    assert list(cells(types))[:2] == ["training", "staffing up"]
    assert "minute" not in f"{types.headline} {types.subtitle} {types.note}"


def test_hours_that_round_to_nought_are_under_a_tenth_and_each_share_has_one_decimal(store_of_facts: Store) -> None:
    known = cells(elsewhere.types_exhibit(store_of_facts, TODAY))
    assert known["custody"] == ("under 0.1",) * 7
    assert known["training"] == ("3.7", "4.4", "3.0", "4.4", "9.1", "10.1", "13.1")
    bromley = cells(elsewhere.years_exhibit(store_of_facts, TODAY, "E09000006"))
    assert bromley["January to March 2024"][0] == "27.0"


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (19.5, "about one hour in five"),
        (9.4, "about one hour in 11"),
        (28.7, "more than one hour in four"),
        (27.0, "about one hour in four"),
        (41, "more than one hour in three"),
        (0.4, "less than one hour in 100"),
        (0, "no hour"),
    ],
)
def test_a_share_in_hours(percent: float, words: str) -> None:
    assert elsewhere.one_hour_in(percent) == words


def test_officers_of_a_borough_set_aside(store_of_facts: Store) -> None:
    exhibit = officers.officers_exhibit(store_of_facts, ISLINGTON, TODAY)
    rows = cells(exhibit)
    assert rows["Islington"][:4] == ("not published", "not published", "17", "0")
    assert rows["London"] == ("4.1", "2,627.7", "642", "30", "–")
    assert exhibit is not None and "It does not show that any one ward has its two constables and PCSO." in exhibit.note


def test_who_knows_their_officer_quarter_by_quarter_with_london_beside(store_of_facts: Store) -> None:
    exhibit = known_exhibit(store_of_facts, HARROW, date(2017, 12, 31))
    assert exhibit is not None and isinstance(exhibit.picture, Image)
    rows = cells(exhibit)
    assert next(iter(rows)) == "December 2017"
    assert rows["December 2017"][1] == "22"
    assert rows["September 2016"][2] == "–"
    assert "mopac-surveys" in exhibit.note


def test_london_alone_has_one_line(store_of_facts: Store) -> None:
    exhibit = known_exhibit(store_of_facts, LONDON_CODE, TODAY)
    assert exhibit is not None and isinstance(exhibit.picture, Image)
    assert exhibit.picture.svg.count("<path") == 1
    assert exhibit.headline.startswith("13% of people asked in London knew")
    rows = cells(exhibit)
    assert (rows["December 2014"], rows["December 2017"]) == (("41", "–"), ("22", "-14"))
    assert exhibit.csv_href == "/data/exhibits/survey-known.csv?borough=E12000007&as_at=2026-11-28"


def test_eight_measures_since_the_promise(store_of_facts: Store) -> None:
    rows = cells(measures_exhibit(store_of_facts, CAMDEN, TODAY))
    assert len(rows) == 8
    assert rows["know how to contact their ward officer"] == ("15", "-32", "13", "-23")


# ---------------------------------------------------------------- where they stand


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"/ward/{KENTISH_TOWN_SOUTH}", "For all of Camden, not for this ward"),
        (f"/ward/{KENTISH_TOWN_SOUTH}", "Last known: 15% of people asked in Camden knew how to contact"),
        ("/borough/E09000012", "August 2025 to July 2026. London 4.1."),
        ("/borough/E09000012", "/borough/E09000012/series?as_at=2026-11-28"),
        ("/borough/E09000012/series", "Time elsewhere by year, Hackney"),
        ("/borough/E09000012/series", "Who knows how to contact their ward officer, Hackney"),
        ("/plain/boroughs_series", "In Hackney 24.3% of recorded time was spent elsewhere, in Southwark 9.4%."),
        ("/plain/ring_fencing", "spent about one hour in five elsewhere, January to March 2024"),
        ("/plain/ring_fencing", "Months after March 2024 are not on this site."),
    ],
)
def test_the_series_stand_on_the_plain_pages(store_of_facts: Store, address: str, words: str) -> None:
    page = document_at(store_of_facts, address, TODAY).content.decode()
    assert words in page or words in re.sub("<[^>]+>", "", page)


def test_the_plain_pages_hold_without_the_series(city: Store) -> None:
    for address in ("/borough/E09000091/series", "/plain/boroughs_series"):
        assert "None of the three series by borough is known here" in document_at(city, address).content.decode()
    assert 'class="card"' not in document_at(city, "/borough/E09000091").content.decode()


def test_the_series_are_on_a_wards_hand_out_as_the_boroughs(store_of_facts: Store) -> None:
    sheet = ward_sheet(store_of_facts, ward_page(store_of_facts, KENTISH_TOWN_SOUTH, TODAY), TODAY)
    assert sheet.numbers_title == "The ward and its borough in numbers"
    assert sheet.numbers[1:] == place_series(store_of_facts, TODAY, CAMDEN).lines


def test_the_api_has_the_series_of_a_borough_of_london_and_beside_a_ward(store_of_facts: Store) -> None:
    asked = {"as_at": TODAY.isoformat()}
    london = json.loads(london_json(store_of_facts, asked).content)["series"]
    assert (london["officers"]["fte_per_ward"], london["officers"]["boroughs_count"]) == (4.1, 30)
    assert london["elsewhere"][-1]["elsewhere_percent"] == 19.5
    (known,) = [each for each in london["survey"] if each["measure"] == "knows_how_to_contact_ward_officer"]
    assert (known["quarter_end"], known["percent"], known["change_points"]) == ("2023-12-31", 13, -23)
    islington = json.loads(borough_json(store_of_facts, ISLINGTON, asked).content)["series"]["officers"]
    assert (islington["fte_mean"], islington["set_aside_fte"]) == (None, 12.17)
    ward = json.loads(ward_json(store_of_facts, KENTISH_TOWN_SOUTH, asked).content)["borough_series"]
    assert ward["elsewhere"][-1]["geography_code"] == CAMDEN
    assert all("(copy)" in source["publisher"] for source in ward["sources"])
