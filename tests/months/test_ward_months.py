"""A ward's page with months of the monthly series: the month leads, stands apart, and no later month is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.reading import ward_html
from transparency.exhibits.html import inline_pictures
from transparency.months.of_ward import ward_months_exhibit
from transparency.months.strip import strip_image
from transparency.outlets.plain import document_at
from transparency.pages.ward_record import ward_page
from transparency.store.current import shared_store
from transparency.store.store import Store

BLOCK = 'id="monthly"'


@pytest.fixture(scope="module")
def store(months: Store) -> Store:
    return months


def shown(store: Store, ward_code: str, day: date) -> str:
    return ward_html(store, ward_page(store, ward_code, day))


def test_the_newest_month_leads_and_what_was_known_before_stands_apart(store: Store) -> None:
    page = ward_page(store, "E05900012", date(2022, 5, 2))
    assert page.standing.verdict.sentence == (
        "Castle & Quay was short of constables: 1.5 of the 2 promised. It had its PCSO."
    )
    assert page.standing.verdict.how.startswith(
        "Invented for demonstration, April 2022. Figures count working time, not people"
    )
    assert page.standing.verdict.context[0].startswith("This is what we know apart from the monthly figures. ")
    html = ward_html(store, page)
    assert html.index("1.5 of the 2 promised") < html.index("This is what we know apart") < html.index(BLOCK)
    assert "constables are at least 2.0 FTE and PCSOs at least 1.0 FTE" in html
    assert "They show who is assigned, not who is on duty." in html


def test_fte_has_one_decimal_and_a_missing_month_is_not_published(store: Store) -> None:
    table = shown(store, "E05900012", date(2022, 7, 1)).split("Monthly strength, Castle")[-1].split("</table>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    assert ["May 2022" in rows[0], "not published" in rows[0]] == [True, True]
    assert [text in rows[1] for text in ("April 2022", "1.5", "1.0", "short of constables", "20<")] == [True] * 5


def test_the_ward_met_by_the_monthly_rule(store: Store) -> None:
    assert ward_page(store, "E05900011", date(2022, 7, 1)).standing.verdict.sentence == (
        "Abbey had its officers: 2.0 of 2 constables and 1.0 of 1 PCSO."
    )


@pytest.mark.parametrize("day", [date(2022, 4, 29), date(2018, 1, 1)])
def test_before_the_month_has_ended_nothing_is_told_of_it(store: Store, day: date) -> None:
    page = ward_page(store, "E05900011", day)
    assert page.months == ()
    assert "by the rule for the monthly series" not in page.standing.verdict.text
    assert BLOCK not in ward_html(store, page)


def test_a_month_out_of_reach_no_longer_leads(store: Store) -> None:
    page = ward_page(store, "E05900011", date(2024, 1, 1))
    assert page.standing.month is None
    assert "monthly rule" not in page.standing.verdict.sentence
    assert "have not been brought in" not in page.standing.verdict.text
    assert BLOCK in ward_html(store, page)


def test_without_the_series_the_page_is_as_it_was() -> None:
    page = ward_page(shared_store(), "E05000139", date(2026, 11, 1))
    assert page.months == () and BLOCK not in ward_html(shared_store(), page)


def test_the_plain_page_has_the_same_block(store: Store) -> None:
    page = document_at(store, "/ward/E05900011", date(2022, 7, 1)).content.decode()
    assert BLOCK in page
    pictures = inline_pictures(page)
    assert pictures.count("<title>Strength by month against the promise</title>") == 1
    assert pictures.count("<title>Abbey beside other wards, May 2022</title>") == 1


def test_two_years_stand_in_a_strip_and_a_missing_month_leaves_a_gap(store: Store) -> None:
    strip = strip_image(ward_page(store, "E05900012", date(2022, 7, 1)).months)
    assert strip is not None
    assert strip.alt == (
        "24 months to May 2022. Constables: 0 with 2 or more, 1 with fewer and 23 not known. "
        "PCSO: 1 with 1 or more, 0 with fewer and 23 not known."
    )
    assert strip.svg.count("<rect") == 2
    assert ">Jun 2020</text>" in strip.svg and ">May 2022</text>" in strip.svg


def test_a_ward_stands_beside_the_middle_ward_of_its_borough_and_of_london(store: Store) -> None:
    exhibit = ward_months_exhibit(store, "E05900012", date(2022, 7, 1))
    assert exhibit is not None and exhibit.picture is not None
    assert exhibit.headline == (
        "Castle & Quay had 1.5 constables in April 2022. The middle ward of Northbank had 2.0, of London 2.0."
    )
    assert exhibit.csv_href == "/data/exhibits/ward-months.csv?ward=E05900012&as_at=2022-07-01"
