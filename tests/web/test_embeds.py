"""The cards for other sites over HTTP: never without day, source and link, without script, alone in being framable."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

CARDS = ["/embed/ward/E05000139", "/embed/ward/E05013663", "/embed/borough/E09000007"]
NOT_FRAMED = ["/", "/about", "/ward/E05000139", "/borough/E09000007", "/plain/about", "/data/", "/embed/ward/E05999999"]


@pytest.mark.rule("T1", "T2")
@pytest.mark.parametrize("address", CARDS)
def test_a_card_keeps_mark_name_answer_day_source_and_link(live_server: str, address: str) -> None:
    answer = httpx.get(live_server + address)
    assert answer.status_code == 200
    text = answer.text
    page = address.removeprefix("/embed")
    assert len(re.findall("<h1>", text)) == 1
    assert re.search(r"<p class=\"embed-answer\">[A-Z][^<]{30,}</p>", text)
    assert re.search(r"As at \d{1,2} [A-Z][a-z]+ \d{4}\. Source: <a href=", text)
    assert re.search(rf'<a href="{page}\?as_at=[\d-]+"[^>]*>More at London ward officers</a>', text)
    assert re.search(rf'<a href="{page}\?as_at=\d{{4}}-\d{{2}}-\d{{2}}" target="_blank" rel="noopener">', text)
    assert "Not official statistics" in text
    assert "<script" not in text
    assert len(text.encode()) < 10_000


def test_a_card_says_what_the_page_says_of_the_day_asked(live_server: str) -> None:
    text = httpx.get(live_server + "/embed/ward/E05000139?as_at=2017-01-04").text
    assert "Kentish Town had two constables and one PCSO on 4 January 2017." in text
    assert "As at 4 January 2017. Source: " in text
    assert "Nearest counter: <strong>Kentish Town</strong>, 0.2 km" in text
    assert 'href="/ward/E05000139?as_at=2017-01-04"' in text


@pytest.mark.parametrize("address", CARDS)
def test_other_sites_may_frame_a_card(live_server: str, address: str) -> None:
    first = httpx.get(live_server + address)
    again = httpx.get(live_server + address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    for answer in (first, again):
        assert "X-Frame-Options" not in answer.headers
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", NOT_FRAMED)
def test_nothing_else_may_be_framed(live_server: str, address: str) -> None:
    answer = httpx.get(live_server + address)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/embed/ward/E05999999", "No ward of London has the code E05999999"),
        ("/embed/borough/E09000099", "E09000099"),
        ("/embed/ward/E05000139?as_at=soon", "is not a day"),
    ],
)
def test_a_card_of_nothing_is_404(live_server: str, address: str, said: str) -> None:
    answer = httpx.get(live_server + address)
    assert (answer.status_code, said in answer.text) == (404, True)


@pytest.mark.parametrize(
    ("page", "title"),
    [("/ward/E05000139", "Kentish Town: ward officers"), ("/borough/E09000007", "Camden: police counters")],
)
def test_the_page_offers_its_card_to_copy_with_this_sites_address(live_server: str, page: str, title: str) -> None:
    text = httpx.get(live_server + page).text
    copied = unescape(re.search(r"&lt;iframe.*?/iframe&gt;", text)[0])  # type: ignore[index]
    assert f'src="{live_server}/embed{page}"' in copied
    assert f'title="{title}"' in copied
    assert httpx.get(re.search(r'src="([^"]+)"', copied)[1]).status_code == 200  # type: ignore[index]
    assert "<iframe" not in text
