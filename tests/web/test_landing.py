"""The shell of each page: its first answer, there before the dashboard is, and where it cannot come."""

import logging
import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.reading import without_terms
from tests.serving import serve
from tests.small_city import build_small_city
from transparency.core.errors import StoreError
from transparency.pages.landing import LANDING
from transparency.web.dashboard import dashboard_shell

OPENING = re.compile(r'<main id="opening">(.*?)</main>', re.DOTALL)


def opening(page: str) -> str:
    found = OPENING.search(page)
    assert found, "no opening in the shell"
    return found[1]


def the_shell(request: Request) -> Response:
    return dashboard_shell(request, LANDING)


def shell_alone() -> TestClient:
    return TestClient(Starlette(routes=[Route("/", the_shell)]))


def test_the_landing_page_opens_with_what_is_known_of_london(live_server: str) -> None:
    html = opening(httpx.get(live_server).text)
    assert "<h1>How many police does your ward have?</h1>" in html
    assert (
        '<a href="/counters"><strong>27</strong> counters open</a><span>Down from 73 in July 2017</span></li>' in html
    )
    assert (
        "Not when last counted: in June 2019, 89% of wards had two constables, "
        "though all were said to have them in December 2017." in html
    )
    assert '<a href="/plain/find">Find it on a plain page</a>' in html


def test_an_address_of_a_ward_opens_with_its_verdict_on_that_day(live_server: str) -> None:
    html = without_terms(opening(httpx.get(f"{live_server}/?ward=e05000139&as_at=2017-01-04").text))
    assert "<h1>Kentish Town</h1>" in html
    assert "Kentish Town had two constables and one PCSO on 4 January 2017." in html
    assert '<a href="/ward/E05000139?as_at=2017-01-04">All of it as a plain page</a>' in html
    assert "London in numbers" not in html


@pytest.mark.parametrize(
    "path",
    ["/", "/?ward=E05000139&as_at=2017-01-04", "/?ward=nonsense", "/counters", "/counters?site=bromley", "/about"],
)
def test_a_shell_has_one_first_heading(live_server: str, path: str) -> None:
    assert httpx.get(live_server + path).text.count("<h1") == 1


@pytest.mark.parametrize(
    ("path", "said", "plain"),
    [
        ("/progress?as_at=2017-01-04", "about 395 of 629 wards had two constables", "/plain/london?as_at=2017-01-04"),
        (
            "/progress?borough=E09000030&as_at=2017-01-04",
            "7 of 20 wards had two constables",
            "/borough/E09000030/promise?as_at=2017-01-04",
        ),
        (
            "/boroughs?as_at=2017-01-04",
            "73 counters are open in the 32 boroughs",
            "/plain/boroughs?as_at=2017-01-04",
        ),
        ("/boroughs?borough=E09000026", "<h1>Redbridge</h1>", "/borough/E09000026"),
        ("/counters?as_at=2026-03-03", "London had 27 police counters", "/plain/counters?as_at=2026-03-03"),
        (
            "/counters?site=bromley&as_at=2026-03-03",
            "Bromley was open: Monday to Friday 10am to 10pm",
            "/site/bromley?as_at=2026-03-03",
        ),
        ("/ring_fencing", "<h1>How often are ward officers sent elsewhere?</h1>", "/plain/ring_fencing"),
        (
            "/promises?as_at=2017-01-10",
            "No figures show any of 9 promises kept on 10 January 2017.",
            "/plain/promises?as_at=2017-01-10",
        ),
        ("/downloads", "tables, free to use.", "/data/"),
        ("/about", "<h2>How we know what we know</h2>", "/plain/about"),
        ("/about?section=methods/ward_status_on", "<h1>", "/plain/methods/ward_status_on"),
    ],
)
def test_every_page_opens_with_its_first_answer_and_leads_to_its_plain_page(
    live_server: str, path: str, said: str, plain: str
) -> None:
    page = httpx.get(live_server + path).text
    html = without_terms(opening(page))
    assert said in html
    assert f'<a href="{plain}">All of it as a plain page</a>' in html
    assert f'<a href="{plain}">The same facts as a plain page</a>' in page
    assert httpx.get(live_server + plain, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("path", "named", "plain"),
    [
        ("/?ward=nonsense", "Your ward", "/plain/find"),
        ("/?ward=E05000139&as_at=yesterday", "Your ward", "/plain/find"),
        ("/counters?site=nowhere", "Counters", "/plain/counters"),
        ("/boroughs?borough=E09000099", "Boroughs", "/plain/boroughs"),
    ],
)
def test_where_there_is_no_answer_the_page_is_named_and_its_plain_page_linked(
    live_server: str, path: str, named: str, plain: str
) -> None:
    answer = httpx.get(live_server + path)
    assert answer.status_code == 200
    assert f"<h1>{named}</h1>" in opening(answer.text)
    assert f'<a href="{plain}">' in opening(answer.text)
    assert 'id="root"' in answer.text


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/?ward=E05009317", "Bethnal Green, Tower Hamlets · London ward officers"),
        ("/boroughs?borough=E09000030", "Tower Hamlets · Boroughs · London ward officers"),
        ("/progress?borough=E09000030", "Tower Hamlets · The promise · London ward officers"),
        ("/counters?site=bromley", "Bromley · Counters · London ward officers"),
        ("/ring_fencing?place=E09000030", "Tower Hamlets · Time elsewhere · London ward officers"),
        ("/about?section=methods", "Methods and definitions · About · London ward officers"),
        ("/counters?site=nowhere", "Counters · London ward officers"),
    ],
)
def test_an_address_is_titled_by_what_it_is_about(live_server: str, path: str, title: str) -> None:
    assert f"<title>{title}</title>" in httpx.get(live_server + path).text


def test_a_demonstration_says_so_before_anything_else(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serve(build_small_city(tmp_path_factory.mktemp("demonstration"))) as address:
        html = opening(httpx.get(address).text)
    assert html.index("Demonstration data: invented.") < html.index("<h1>")


def test_the_shell_is_served_without_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise StoreError("The store has a flipped byte: restore it from a copy.")

    monkeypatch.setattr("transparency.web.dashboard.shared_store", refuse)
    answer = shell_alone().get("/")
    assert answer.status_code == 200
    assert "<h1>Your ward</h1>" in opening(answer.text)


def test_a_fault_of_the_opening_leaves_the_shell_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a table is gone")

    monkeypatch.setattr("transparency.web.dashboard._opening", fail)
    with caplog.at_level(logging.ERROR):
        answer = shell_alone().get("/?ward=E05000139")
    assert answer.status_code == 200
    assert "<h1>Your ward</h1>" in opening(answer.text)
    assert "<title>Your ward · London ward officers</title>" in answer.text
    assert "a table is gone" in caplog.text
