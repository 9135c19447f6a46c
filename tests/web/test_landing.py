"""The landing page's shell: its first answer, there before the dashboard is."""

import logging
import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.serving import serve
from tests.small_city import build_small_city
from transparency.core.errors import StoreError
from transparency.web.landing import landing_shell
from transparency.web.shell import ShellPage

OPENING = re.compile(r'<main id="opening">(.*?)</main>', re.DOTALL)


def opening(page: str) -> str:
    found = OPENING.search(page)
    assert found, "no opening in the shell"
    return found[1]


def the_shell(request: Request) -> Response:
    return landing_shell(request, ShellPage("/", "Find your ward", "What was promised."), "London ward officers")


def shell_alone() -> TestClient:
    return TestClient(Starlette(routes=[Route("/", the_shell)]))


def test_the_landing_page_opens_with_what_is_known_of_london(live_server: str) -> None:
    html = opening(httpx.get(live_server).text)
    assert "<h1>London ward officers</h1>" in html
    assert (
        "Wards with two dedicated constables: about 100 on 21 July 2016, then about 395 on 4 January 2017, "
        "then all 629 declared on 28 December 2017, then 89 % of wards in June 2019." in html
    )
    assert '<a href="/plain/find">Find it on a plain page</a>' in html


def test_an_address_of_a_ward_opens_with_its_verdict_on_that_day(live_server: str) -> None:
    html = opening(httpx.get(f"{live_server}/?ward=e05000139&as_at=2017-01-04").text)
    assert "<h1>Kentish Town</h1>" in html
    assert (
        "Kentish Town had two dedicated constables and one PCSO, confirmed by the Mayor on 4 January 2017: "
        "the promise is met on evidence for this ward." in html
    )
    assert '<a href="/ward/E05000139?as_at=2017-01-04">All of it as a plain page</a>' in html
    assert "Wards with two dedicated constables" not in html


@pytest.mark.parametrize("path", ["/", "/?ward=E05000139&as_at=2017-01-04", "/?ward=nonsense"])
def test_a_shell_has_one_first_heading(live_server: str, path: str) -> None:
    assert httpx.get(live_server + path).text.count("<h1") == 1


@pytest.mark.parametrize("path", ["/?ward=nonsense", "/?ward=E05000139&as_at=yesterday", "/progress"])
def test_where_there_is_no_answer_yet_nothing_is_shown_before_the_page(live_server: str, path: str) -> None:
    answer = httpx.get(live_server + path)
    assert answer.status_code == 200
    assert OPENING.search(answer.text) is None
    assert 'id="root"' in answer.text


def test_a_demonstration_says_so_before_anything_else(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serve(build_small_city(tmp_path_factory.mktemp("demonstration"))) as address:
        html = opening(httpx.get(address).text)
    assert html.index("Demonstration data: invented.") < html.index("<h1>")


def test_the_shell_is_served_without_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise StoreError("The store has a flipped byte: restore it from a copy.")

    monkeypatch.setattr("transparency.web.landing.shared_store", refuse)
    answer = shell_alone().get("/")
    assert (answer.status_code, OPENING.search(answer.text)) == (200, None)


def test_a_fault_of_the_opening_leaves_the_shell_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a table is gone")

    monkeypatch.setattr("transparency.web.landing._opening", fail)
    with caplog.at_level(logging.ERROR):
        answer = shell_alone().get("/?ward=E05000139")
    assert (answer.status_code, OPENING.search(answer.text)) == (200, None)
    assert "<title>Find your ward</title>" in answer.text
    assert "a table is gone" in caplog.text
