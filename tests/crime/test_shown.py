"""Recorded crime as a reader of a ward's or a borough's page sees it, on the facts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.reading import ward_html
from transparency.crime.charts import years_image
from transparency.crime.exhibits import borough_exhibit, groups_exhibit, ward_exhibits, years_exhibit
from transparency.crime.queries import CrimeYear, month_end, ward_crime
from transparency.crime.sentences import more_sentence
from transparency.exhibits.exhibit import Exhibit, cell_text
from transparency.outlets.api import borough_json, ward_json
from transparency.outlets.handouts import ward_sheet
from transparency.pages.ward_record import ward_page
from transparency.store.dataset_releases import LATEST, release
from transparency.store.descriptors import catalogue
from transparency.store.store import Store

TODAY = date(2026, 11, 28)
KENTISH_TOWN_SOUTH, HOLBORN_OF_2014, WEST_END, ST_PETERS = "E05013664", "E05000138", "E05013808", "E05009331"
CAMDEN = "E09000007"


def page(store: Store, ward_code: str, day: date = TODAY) -> str:
    return ward_html(store, ward_page(store, ward_code, day))


def years(store: Store, ward_code: str, day: date = TODAY) -> Exhibit:
    shown = years_exhibit(store, ward_code, day)
    assert shown is not None
    return shown


def rows(exhibit: Exhibit) -> list[tuple[str, ...]]:
    return [tuple(cell_text(cell) for cell in row) for row in exhibit.table.rows]


def test_a_ward_says_how_much_was_recorded_and_how_that_changed(store_of_facts: Store) -> None:
    shown = years(store_of_facts, KENTISH_TOWN_SOUTH)
    assert shown.headline == (
        "In the year to February 2026, 1,304 offences were recorded in Kentish Town South. It is in the second highest "
        "quarter of London's wards."
    )
    assert shown.subtitle == (
        "That is 131 per 1,000 residents of 2021: Camden 189 and London's middle ward 80. In central wards most "
        "offences are against visitors, so a rate per resident misleads there. There were 7% fewer than in the "
        "year before, and 27% more than in the year of the promise, to February 2017."
    )


def test_a_rate_names_its_census_and_a_year_of_lockdowns_is_said_to_be_one(store_of_facts: Store) -> None:
    shown = years(store_of_facts, WEST_END, date(2022, 5, 10))
    assert "135% more than in the year before, a year with lockdowns, and " in str(shown.subtitle)
    assert "Residents are those of the Census of 2021 (Office for National Statistics)." in str(shown.note)
    assert "a year with lockdowns" not in str(years(store_of_facts, WEST_END, date(2023, 3, 31)).subtitle)


def test_groups_of_a_past_day_are_dated_by_their_own_year(store_of_facts: Store) -> None:
    shown = groups_exhibit(store_of_facts, WEST_END, date(2022, 5, 10))
    assert shown is not None
    assert "year to February 2022" in shown.table.caption
    assert {source.as_at for source in shown.sources} == {date(2022, 2, 28)}


@pytest.mark.parametrize(
    ("ward_code", "words"),
    [
        (WEST_END, "It is in the quarter of London's wards with the most."),
        ("E05013660", "It is in the second highest quarter of London's wards."),
        ("E05013659", "It is in the second lowest quarter of London's wards."),
        ("E05013657", "It is in the quarter of London's wards with the fewest."),
    ],
)
def test_the_place_among_wards_is_a_quarter(store_of_facts: Store, ward_code: str, words: str) -> None:
    assert years(store_of_facts, ward_code).headline.endswith(words)


def test_a_small_ward_with_few_offences_and_a_high_rate_is_said_to_have_few_people(store_of_facts: Store) -> None:
    assert years(store_of_facts, "E05013663").subtitle.startswith(
        "Few people live here, so that is 104 per 1,000 residents of 2021: Camden 189 and London's middle ward 80."
    )
    assert years(store_of_facts, WEST_END).subtitle.startswith("That is ")


@pytest.mark.parametrize(
    "words",
    [
        "Recorded crime is one measure of demand, of our choosing: not the measure by which officers are placed.",
        "In central wards most offences are against visitors, so a rate per resident misleads there.",
        "Read from a public copy; the link leads to the original.",
        "The Met changed its recording system at the end of February 2024; years before and after are not fully",
        "Metropolitan Police (copy), Recorded crime, geographic breakdown by ward, April 2010 to February 2026</a>, "
        "released 6 April 2026, figure for February 2026",
    ],
)
def test_the_section_says_what_it_is_and_where_it_was_read(store_of_facts: Store, words: str) -> None:
    assert words in page(store_of_facts, WEST_END)


def test_the_years_say_in_which_system_they_were_recorded(store_of_facts: Store) -> None:
    assert rows(years(store_of_facts, WEST_END, date(2024, 6, 30)))[:2] == [
        ("30 June 2024", "38,456", "in both systems"),
        ("30 June 2023", "35,025", "until February 2024"),
    ]
    assert rows(years(store_of_facts, KENTISH_TOWN_SOUTH))[0] == ("28 February 2026", "1,304", "since March 2024")


def test_the_picture_says_each_year_and_where_its_line_is_broken(store_of_facts: Store) -> None:
    picture = years(store_of_facts, KENTISH_TOWN_SOUTH).picture
    assert picture is not None
    assert picture.alt.startswith("Offences in the twelve months to February 2012 1,316; February 2013 1,114; ")
    assert picture.alt.endswith(
        "February 2026 1,304. The line is broken where the recording system changed, at the end of February 2024."
    )


def test_years_of_two_systems_or_with_a_gap_are_not_joined() -> None:
    def drawn(*known: CrimeYear) -> tuple[int, int]:
        svg = years_image(known, "Abbey").svg
        return svg.count('class="met" stroke-width="2"'), svg.count("place-hollow" + '"')

    def year(number: int, crosses_systems: bool = False) -> CrimeYear:
        return CrimeYear(date(number, 2, 28), 100, crosses_systems)

    assert drawn(year(2022), year(2023)) == (1, 0)
    assert drawn(year(2021), year(2023)) == (0, 0)
    assert drawn(year(2023), year(2024), year(2025), year(2026)) == (2, 0)
    assert drawn(year(2024), year(2025, crosses_systems=True), year(2026)) == (0, 1)


def test_a_past_day_shows_the_twelve_months_ended_by_it_without_the_later_system(store_of_facts: Store) -> None:
    shown = page(store_of_facts, WEST_END, date(2023, 6, 30))
    assert "In the year to June 2023, 35,025 offences were recorded in West End." in shown
    assert "The Met changed its recording system" not in shown


def test_a_ward_of_an_older_set_leads_to_the_wards_of_its_area(store_of_facts: Store) -> None:
    shown = page(store_of_facts, HOLBORN_OF_2014, date(2017, 12, 28))
    assert "Recorded crime is published by the wards drawn in 2022, for the years before them too. For this area: " in (
        shown
    )
    assert 'E05013662">Holborn &amp; Covent Garden</a> (92% of this ward)' in shown
    assert "offences were recorded" not in shown
    assert ward_exhibits(store_of_facts, HOLBORN_OF_2014, month_end(TODAY)) == ()


def test_the_groups_stand_below_the_years(store_of_facts: Store) -> None:
    shown = page(store_of_facts, KENTISH_TOWN_SOUTH)
    assert (
        shown.index('<h2 id="crime"') < shown.index('<h3 id="crime-groups"') < shown.index("<h2>Your neighbours</h2>")
    )


def test_the_groups_of_a_year_are_listed_the_largest_first(store_of_facts: Store) -> None:
    shown = groups_exhibit(store_of_facts, KENTISH_TOWN_SOUTH, TODAY)
    assert shown is not None
    assert shown.headline == (
        "The largest group of offences in Kentish Town South was theft: 470 in the year to February 2026."
    )
    assert [row[0] for row in rows(shown)[:2]] == ["Theft", "Violence against the person"]


def test_a_hand_out_has_the_sentence_and_where_it_was_read(store_of_facts: Store) -> None:
    known = ward_page(store_of_facts, KENTISH_TOWN_SOUTH, TODAY)
    sheet = ward_sheet(store_of_facts, known, TODAY)
    assert years(store_of_facts, KENTISH_TOWN_SOUTH).headline in sheet.numbers
    assert (
        "; Metropolitan Police (copy): Recorded crime, geographic breakdown by ward, April 2010 to February 2026, "
        "released 6 April 2026, figure for February 2026; "
    ) in sheet.sources
    assert ", ;" not in sheet.sources
    assert not sheet.sources.endswith(", ")


def test_a_borough_has_its_total_and_each_of_its_wards(store_of_facts: Store) -> None:
    shown = borough_exhibit(store_of_facts, CAMDEN, TODAY)
    assert shown is not None
    assert shown.headline == (
        "In the year to February 2026, 39,635 offences were recorded in Camden. 7 of the 20 wards of 2022 are in the "
        "quarter of London's wards with the most."
    )
    assert len(rows(shown)) == 21
    assert rows(shown)[-1] == ("All of Camden", "39,635", "188.6", "–")
    assert rows(shown)[1] == ("Bloomsbury", "6,967", "559.9", "highest")


def test_the_api_answers_with_the_same_figures(store_of_facts: Store) -> None:
    asked = {"as_at": TODAY.isoformat()}
    ward = json.loads(ward_json(store_of_facts, KENTISH_TOWN_SOUTH, asked).content)["crime"]
    assert (ward["year"]["offences"], ward["year"]["quarter_of_wards"]) == (1304, 3)
    assert ward["years"][-2] == {"year_ending": "2025-02-28", "offences": 1405, "crosses_systems": False}
    assert ward["groups"][0] == {"year_ending": "2026-02-28", "offence_group": "theft", "offences": 470}
    assert ward["caveat"].endswith("Read from a public copy; the link leads to the original.")
    borough = json.loads(borough_json(store_of_facts, CAMDEN, asked).content)["crime"]
    assert (borough["offences"], round(borough["offences_per_1000"], 1)) == (39_635, 188.6)
    older = json.loads(ward_json(store_of_facts, HOLBORN_OF_2014, asked).content)
    assert older["crime"] is None


def test_the_wards_can_be_downloaded_for_a_day(store_of_facts: Store) -> None:
    found = release(store_of_facts, catalogue()["ward_crime"], LATEST, TODAY)
    by_ward = {row["ward_code"]: row for row in (dict(zip(found.column_names, row, strict=True)) for row in found.rows)}
    assert len(by_ward) == 679
    south = by_ward[KENTISH_TOWN_SOUTH]
    assert (south["ward_name"], south["borough_name"]) == ("Kentish Town South", "Camden")
    assert (south["status_on"], south["year_ending"], south["offences"]) == (TODAY, date(2026, 2, 28), 1304)


def test_a_store_without_crime_says_nothing_of_it(city: Store) -> None:
    assert borough_exhibit(city, "E09000091", TODAY) is None
    for ward_code in ("E05900011", "E05900021"):
        assert "Recorded crime" not in page(city, ward_code)


def test_the_name_of_the_team_is_said_where_it_is_not_the_ward_s(store_of_facts: Store) -> None:
    said = "The Met calls this team Bethnal Green West, as at March 2026. Source: "
    assert said in page(store_of_facts, ST_PETERS)
    assert "The Met calls this team Lea Bridge or Lea Bridge (Hackney)," in page(store_of_facts, "E05009380")
    assert "The Met calls" not in page(store_of_facts, ST_PETERS, date(2026, 3, 30))
    assert "The Met calls" not in page(store_of_facts, KENTISH_TOWN_SOUTH)


def test_thirteen_teams_are_named_otherwise(store_of_facts: Store) -> None:
    assert len(store_of_facts.rows("SELECT * FROM team_named_otherwise")) == 13


def test_a_change_is_rounded_once(store_of_facts: Store) -> None:
    """From 540 offences to 640 is 18.52% more, which is 19%, and would be 18% if first rounded to 18.5."""
    record = ward_crime(store_of_facts, "E05013558", TODAY)
    assert record is not None
    assert (record.year.offences_year_of_promise, record.year.offences) == (540, 640)
    assert "19% more than in the year of the promise" in more_sentence(record.year)
