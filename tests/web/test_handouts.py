"""The printed hand-outs over HTTP."""

from __future__ import annotations

import io

import httpx
import pypdf
import pytest


def words(answer: httpx.Response) -> str:
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_wards_hand_out_names_the_site_it_was_asked_at(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/ward/E05000139/handout.pdf?as_at=2017-01-04")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "Confirmed by the Mayor on 4 January 2017" in words(answer)
    assert f"{live_server}/ward/E05000139?as_at=2017-01-04" in words(answer)


def test_without_a_day_it_answers_for_today_and_a_lower_case_code_is_the_same_ward(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/ward/e05013663/handout.pdf")
    assert answer.status_code == 200
    assert "/ward/E05013663?as_at=20" in words(answer)


def test_it_is_not_sent_again_when_unchanged(live_server: str) -> None:
    address = f"{live_server}/ward/E05000139/handout.pdf?as_at=2017-01-04"
    first = httpx.get(address)
    again = httpx.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_borough_in_one_file(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/borough/E09000007/handouts.pdf?as_at=2019-06-30")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert len(pypdf.PdfReader(io.BytesIO(answer.content)).pages) == 1 + 18


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/ward/E05999999/handout.pdf", "No ward of London has the code E05999999"),
        ("/ward/E09000007/handout.pdf", "is the code of a borough, not of a ward"),
        ("/borough/E05000139/handouts.pdf", "is the code of a ward, not of a borough"),
        ("/ward/E05000139/handout.pdf?as_at=2999-01-01", "is in the future"),
        ("/ward/E05000139/handout.pdf?as_at=4/1/2017", "is not a day"),
        ("/borough/E09000007/handouts.pdf?as_at=2016-07-20", "is before the promise was made"),
    ],
)
def test_what_does_not_exist_is_404_with_the_reason(live_server: str, path: str, said: str) -> None:
    answer = httpx.get(f"{live_server}{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert said in answer.json()["detail"]
