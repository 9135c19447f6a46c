"""The hand-out of a day that leads with a month of the monthly series: the page's words, the month first, the rest
apart; and the borough's cover with both beside each other."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from tests.outlets.test_handout import PRINTED, SITE, bare, html_words, pdf_words, read, words_of_page
from tests.reading import ward_html
from transparency.outlets.handouts import borough_handouts, typeset, ward_handout, ward_sheet
from transparency.pages.ward_record import ward_page
from transparency.store.current import shared_store
from transparency.store.store import Store

DAY = date(2022, 5, 2)


@pytest.fixture(scope="module")
def store(months: Store) -> Store:
    return months


@pytest.mark.parametrize("code", ["E05900011", "E05900012", "E05900013", "E05900025", "E05900031"])
def test_the_sheet_says_what_the_page_says(store: Store, code: str) -> None:
    page = ward_page(store, code, DAY)
    sheet = ward_sheet(store, page, PRINTED, SITE)
    html = ward_html(store, page)
    said = html_words(html) + bare(" ".join(re.findall(r'alt="([^"]*)"', unescape(html))))
    printed = pdf_words(typeset(sheet.title, (sheet,), PRINTED))
    for words in words_of_page(sheet):
        assert bare(words) in said, words
    assert bare(sheet.answer) in printed


def test_the_month_leads_and_the_promise_s_own_count_stands_apart(store: Store) -> None:
    sheet = ward_sheet(store, ward_page(store, "E05900012", DAY), PRINTED, SITE)
    assert sheet.answer.startswith("Castle & Quay was short of constables: 1.5 of the 2 promised.")
    assert sheet.mark.word == "short of constables"
    assert sheet.how.startswith("Invented for demonstration, April 2022.")
    officers = sheet.lanes[0]
    assert officers.picture is not None
    assert officers.events == ()
    assert officers.picture.alt.startswith("April 2022: constables 1.5, PCSOs 1.0 full-time equivalents.")
    assert sheet.context[0].startswith("This is what we know apart from the monthly figures. ")
    assert sheet.questions[:2] == (
        "In April 2022 Castle & Quay had 1.5 of its two constables: is that still so, and when will its team be at "
        "full strength?",
        "In April 2022 the officers of Castle & Quay spent 20% of their recorded time elsewhere. How much is it now "
        "for the officers of Castle & Quay, and for what duties?",
    )
    assert sheet.sources.startswith("Demonstration data: invented, An invented monthly workbook, as at April 2022")
    pdf = ward_handout(store, "E05900012", DAY, PRINTED, SITE).content
    assert len(read(pdf).pages) == 1


def test_the_cover_has_the_month_beside_the_promise_s_own_count(store: Store) -> None:
    cover = bare(read(borough_handouts(store, "E09000091", DAY, PRINTED, SITE).content).pages[0].extract_text())
    assert bare("In April 2022 1 of Northbank's 3 wards (33%) met the promise by the rule for the monthly") in cover
    assert bare("April 2022, by the monthly rule") in cover
    assert bare("Castle & Quay short of constables 1.5 1.0") in cover
    assert bare("The promise is met in a month when constables are at least 2.0 FTE") in cover
    assert bare("The promise's own count") in cover


def test_without_months_the_sheet_and_the_cover_are_as_they_were() -> None:
    day = date(2018, 1, 1)
    sheet = ward_sheet(shared_store(), ward_page(shared_store(), "E05000139", day), PRINTED, SITE)
    assert sheet.lanes[0].picture is None
    cover = read(borough_handouts(shared_store(), "E09000007", day, PRINTED, SITE).content).pages[0].extract_text()
    assert "monthly" not in cover
