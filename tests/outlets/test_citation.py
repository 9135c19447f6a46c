"""A citation holds the sentence, day, version, address and source."""

from __future__ import annotations

from datetime import date

from transparency.exhibits.exhibit import Source
from transparency.outlets.citation import page_citation, ward_citation
from transparency.pages.ward import ward_page
from transparency.store.store import Store


def test_the_citation_of_a_ward_written_out(city: Store) -> None:
    text = ward_citation(ward_page(city, "E05900013", date(2017, 1, 4))).text("https://ward.example")
    assert text == (
        "“Village had two dedicated constables and one PCSO, confirmed by City Hall on 4 January 2017: the "
        "promise is met on evidence for this ward.” As at 4 January 2017. London ward officers, data version "
        f"{city.data_version}, https://ward.example/ward/E05900013?as_at=2017-01-04. "
        "Source: City Hall, Village has its team."
    )


def test_a_page_is_cited_with_its_day_once(city: Store) -> None:
    sources = tuple(Source("City Hall", f"Paper {n}", None) for n in range(5))
    cited = page_citation(city, "Three of nine wards.", date(2017, 1, 4), "/progress?borough=E09000091", sources)
    assert "/progress?borough=E09000091&as_at=2017-01-04." in cited.text()
    assert "Source: City Hall, Paper 0; City Hall, Paper 1; City Hall, Paper 2; and 2 more" in cited.text()
    again = page_citation(city, "Three of nine wards.", date(2017, 1, 4), "/ward/x?as_at=2017-01-04")
    assert again.address == "/ward/x?as_at=2017-01-04"


def test_an_invented_finding_is_cited_as_invented(demonstration: Store) -> None:
    text = ward_citation(ward_page(demonstration, "E05900013", date(2017, 1, 4))).text()
    assert text.startswith("Demonstration data: invented. “Village had")
