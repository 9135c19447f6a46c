"""A fault of ours shows a reader where to report it and nothing of how it happened; the log has the rest."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from tests.security.in_process import answers
from transparency.core.logs import set_up_logs, without_whereabouts
from transparency.core.settings import Logged, Settings
from transparency.places.postcodes import looks_like_postcode
from transparency.web.middleware import middleware

REFERENCE = re.compile(r"\b[0-9a-f]{16}\b")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, as the server logs it; the loggers are put back afterwards."""
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in root.manager.loggerDict)]
    kept = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    written = io.StringIO()
    set_up_logs(written)
    yield written
    for logger, handlers, propagate, level in kept:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def broken(_request: Request) -> None:
    raise RuntimeError("the secret of NW5 2AA")


async def broken_midway(_request: Request) -> StreamingResponse:
    async def pieces() -> Any:
        yield b"begun"
        raise RuntimeError("midway")

    return StreamingResponse(pieces())


def get(path: str, logged: Logged = Logged.ERRORS) -> httpx.Response:
    """What an application with these routes and our middleware answers."""
    routes = [Route("/ward/{code}", broken), Route("/api/v1/x", broken), Route("/midway", broken_midway)]
    return answers(Starlette(routes=routes, middleware=middleware(Settings(log=logged))), [("GET", path, {})])[0]


def test_a_reader_gets_a_plain_page_with_the_reference_of_the_log(log: io.StringIO) -> None:
    answer = get("/ward/E05000139")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    reference = answer.headers["x-request-id"]
    assert f"Reference of this request: <code>{reference}</code>" in answer.text
    assert "went wrong on our side" in answer.text
    assert not re.search(r"RuntimeError|Traceback|secret|\.py", answer.text)
    (line,) = lines(log)
    assert (line["request_id"], line["level"], line["path"]) == (reference, "error", "/ward/E05000139")
    assert "RuntimeError: the secret of [postcode]" in line["traceback"]


def test_a_program_gets_problem_details_with_the_reference(log: io.StringIO) -> None:
    answer = get("/api/v1/x")
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["title"], problem["instance"]) == (500, "Internal Server Error", "/api/v1/x")
    assert problem["request_id"] == answer.headers["x-request-id"] == lines(log)[0]["request_id"]
    assert "secret" not in answer.text


def test_a_fault_in_the_middle_of_an_answer_is_logged(log: io.StringIO) -> None:
    with pytest.raises(AssertionError):  # the answer has no end
        get("/midway")
    assert "RuntimeError: midway" in lines(log)[0]["traceback"]


@pytest.mark.parametrize("path", ["/nothing-here", "/ward/nonsense", "/plain/about/nothing", "/api/v1/wards/nonsense"])
def test_what_is_not_found_has_a_reference_too(live_server: str, path: str) -> None:
    answer = httpx.get(live_server + path)
    assert answer.status_code == 404
    assert answer.headers["x-request-id"] in answer.text


def test_each_request_has_a_reference_of_its_own_and_takes_none_from_outside(live_server: str) -> None:
    answers = [httpx.get(f"{live_server}/health", headers={"X-Request-ID": "mine"}) for _ in range(3)]
    references = {answer.headers["x-request-id"] for answer in answers}
    assert len(references) == 3
    assert all(REFERENCE.fullmatch(reference) for reference in references)


def test_requests_are_logged_only_when_asked_and_addresses_only_when_asked(log: io.StringIO) -> None:
    logged = {}
    for kind in Logged:
        get("/nothing?q=private", kind)
        logged[kind] = lines(log)
        log.truncate(0)
        log.seek(0)
    assert logged[Logged.ERRORS] == []
    (request,) = logged[Logged.REQUESTS]
    assert (request["method"], request["path"], request["status"]) == ("GET", "/nothing", 404)
    assert "client" not in request and "private" not in json.dumps(request)
    (request,) = logged[Logged.ADDRESSES]
    assert request["client"] == "127.0.0.1"


# ---------------------------------------------------------------- the dashboard


def test_a_part_of_a_page_that_fails_names_itself_and_the_reference(log: io.StringIO) -> None:
    def page() -> None:
        from transparency.core.vocabulary import today
        from transparency.outlets.dashboard.failures import begin_run
        from transparency.outlets.dashboard.show import Writer
        from transparency.pages.page import Asked
        from transparency.pages.progress import PROGRESS
        from transparency.store.current import shared_store

        begin_run()
        with Writer(shared_store(), PROGRESS, Asked(today())).guarded("The map"):
            raise RuntimeError("the secret of NW5 2AA")

    said = AppTest.from_function(page, default_timeout=180).run().warning[0].value
    assert said.startswith("The map cannot be shown at the moment. The rest of the page is not affected. Reference: ")
    failed = [line for line in lines(log) if "part of a page failed" in line["message"]]
    assert [line["request_id"] for line in failed] == REFERENCE.findall(said)
    assert "[postcode]" in failed[0]["traceback"] and "secret" not in said


def test_a_page_that_fails_says_so_in_our_words(log: io.StringIO) -> None:
    def page() -> None:
        from transparency.outlets.dashboard.failures import begin_run, page_failed

        begin_run()
        page_failed(RuntimeError("the secret"))

    said = AppTest.from_function(page).run().error[0].value
    assert re.fullmatch(
        r"This page cannot be shown at the moment\. The other pages are not affected\. Reference: [0-9a-f]{16}\.", said
    )


# ---------------------------------------------------------------- postcodes and positions


@pytest.mark.parametrize(
    "postcode", ["NW5 2AA", "nw52aa", "SW1A1AA", "sw1a 1aa", "E1+6AN", "N1%201AA", "EC1A%2B1BB", "W1T-3JH", "N1  1AA"]
)
def test_a_postcode_is_taken_out_of_whatever_is_logged(postcode: str) -> None:
    assert looks_like_postcode(postcode.replace("%20", " ").replace("%2B", "+"))
    assert without_whereabouts(f"/plain/find?q={postcode}&x='{postcode}'") == "/plain/find?q=[postcode]&x='[postcode]'"
    assert without_whereabouts(f"%20{postcode}") == "%20[postcode]"


@pytest.mark.parametrize(
    "position",
    [
        "51.5512, -0.1402",
        "51.5512,-0.1402",
        "51.5512%2C%20-0.1402",
        "51.5512%2c-0.1402",
        "51.5512+-0.1402",
        "51.551°N 0.140",
    ],
)
def test_an_exact_position_is_taken_out_of_whatever_is_logged(position: str) -> None:
    assert without_whereabouts(f"/ward/{position} '{position}'") == "/ward/[position] '[position]'"


@pytest.mark.parametrize(
    "text",
    [
        *("E05000139", "2017-01-04 10:00", "a1b2c3d4e5f60718", "NW5", "/data/staffing_r1.csv"),
        *("10.0.0.123, 10.0.0.124", "2 of 51.5 and 0.14 s", "took 1.234 s, then 2.345 s"),
    ],
)
def test_what_is_neither_stays(text: str) -> None:
    assert without_whereabouts(text) == text
