"""A postcode or position typed at every door of a real server leaves no trace in its log, with everything logged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page as BrowserPage

from tests.browser.conftest import browser_type_launch_args  # noqa: F401  the browser the tests drive
from tests.browser.noticing import LONGEST_WAIT_MS, settled
from tests.serving import serve

POSTCODES = ("NW5 2AA", "nw52aa", "SW1A 1AA")
POSITIONS = ("51.5512, -0.1402", "51.5512,-0.1402")
TYPED = re.compile(r"(?:nw5|sw1a)(?:\W|%20)*[12]aa|51\.5512|0\.1402", re.IGNORECASE)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    log = tmp_path_factory.mktemp("log") / "stderr"
    with serve(errors_to=log, TRANSPARENCY_LOG="addresses") as address:
        yield address, log


def lines(log: Path) -> list[dict[str, object]]:
    """The log's lines: every one is JSON, whoever wrote it."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_no_door_for_programs_and_plain_pages_lets_whereabouts_into_the_log(served: tuple[str, Path]) -> None:
    address, log = served
    with httpx.Client(base_url=address) as client:
        for typed in (*POSTCODES, *POSITIONS):
            client.get("/api/v1/search", params={"q": typed})
            client.post("/api/v1/search", json={"q": typed})
            led = client.post("/plain/find", data={"q": typed}, follow_redirects=True)
            assert led.status_code == 200
            assert not any(TYPED.search(str(answer.url)) for answer in (*led.history, led))
            client.get("/plain/find", params={"q": typed})
            client.get("/", params={"ward": typed, "q": typed})
            for path in ("/ward/", "/borough/", "/api/v1/wards/", "/data/", "/feeds/ward/", "/plain/", "/", "/static/"):
                client.get(path + typed.replace(" ", "%20"), headers={"Referer": typed, "User-Agent": typed})
            client.request("BREW", "/health", headers={"Cookie": f"a={typed}"})
    written = lines(log)
    assert len(written) > 40
    assert {line["client"] for line in written if line["logger"] == "transparency.requests"} == {"127.0.0.1"}
    assert {"/ward/[postcode]", "/ward/[position]"} <= {line.get("path") for line in written}
    assert not TYPED.search(log.read_text(encoding="utf-8"))


@pytest.mark.browser
def test_the_dashboards_box_lets_no_whereabouts_into_the_log_or_the_address(
    page: BrowserPage, served: tuple[str, Path]
) -> None:
    address, log = served
    page.goto(address)
    settled(page)
    box = page.get_by_role("textbox").first
    for postcode in POSTCODES[:2]:
        box.fill(postcode)
        page.get_by_text("Your postcode (NW5 2A…) is in Kentish Town South").first.wait_for(timeout=LONGEST_WAIT_MS)
    box.fill(POSITIONS[0])
    page.get_by_text(re.compile("centre 0.4 km away")).first.wait_for(timeout=LONGEST_WAIT_MS)
    assert not TYPED.search(page.url)
    assert lines(log)
    assert not TYPED.search(log.read_text(encoding="utf-8"))


def test_a_server_without_data_logs_json_too(tmp_path: Path) -> None:
    log = tmp_path / "stderr"
    with serve(tmp_path / "nowhere", errors_to=log) as address:
        assert httpx.get(f"{address}/ward/E05000139").status_code == 503
    (line, *_) = lines(log)
    assert line["level"] == "error"
    assert "The store folder 'nowhere' does not exist" in str(line["message"])
