"""A citation holds the sentence, day, version, address and source."""

from __future__ import annotations

import re
from datetime import date

from transparency.exhibits.exhibit import Source
from transparency.outlets.citation import citation
from transparency.outlets.plain import document_at
from transparency.pages.page import Tools
from transparency.store.store import Store

DAY = date(2017, 1, 4)


def cited_on(page: bytes) -> str:
    found = re.search("<summary>Cite</summary><div><pre[^>]*>(.*?)</pre>", page.decode())
    assert found
    return found[1]


def test_the_citation_of_a_ward_written_out(city: Store) -> None:
    assert cited_on(document_at(city, "/ward/E05900013", DAY).content) == (
        "“Village had two constables and one PCSO on 4 January 2017.” As at 4 January 2017. London ward officers, "
        f"data version {city.data_version}, /ward/E05900013?as_at=2017-01-04. "
        "Source: City Hall, Village has its team."
    )


def test_a_page_is_cited_with_its_day_once_at_the_site_it_is_read_at(city: Store) -> None:
    sources = tuple(Source("City Hall", f"Paper {n}", None) for n in range(5))
    text = citation(
        city, Tools("Three of nine wards.", sources), DAY, "/progress?borough=E09000091", "https://x.example"
    )
    assert "https://x.example/progress?borough=E09000091&as_at=2017-01-04." in text
    assert "Source: City Hall, Paper 0; City Hall, Paper 1; City Hall, Paper 2; and 2 more" in text
    again = citation(city, Tools("Three of nine wards."), DAY, "/progress?as_at=2017-01-04")
    assert ", /progress?as_at=2017-01-04. Source: that of each figure" in again


def test_an_invented_finding_is_cited_as_invented(demonstration: Store) -> None:
    text = cited_on(document_at(demonstration, "/ward/E05900013", DAY).content)
    assert text.startswith("Demonstration data: invented. “Village had")


def test_the_tool_row_gives_link_citation_print_and_card(city: Store) -> None:
    page = document_at(city, "/ward/E05900013", DAY, "https://x.example").content.decode()
    row = page.partition('<ul class="tools')[2].partition("</ul>")[0]
    assert re.findall(r"<summary>([^<]+)<|>(Print|Download)<", row) == [
        ("", "Print"), ("Copy link", ""), ("Cite", ""), ("", "Download"), ("Embed", ""),
    ]  # fmt: skip
    assert ">https://x.example/ward/E05900013?as_at=2017-01-04</pre>" in row
    assert "/ward/E05900013/handout.pdf?as_at=2017-01-04" in row
    assert "&lt;iframe src=&#34;https://x.example/embed/ward/E05900013&#34;" in row
    today = document_at(city, "/ward/E05900013", None, "https://x.example").content.decode()
    assert ">https://x.example/ward/E05900013</pre>" in today
