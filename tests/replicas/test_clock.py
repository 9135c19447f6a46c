"""A clock that is wrong, and a machine whose time zone is not London's."""

from __future__ import annotations

import asyncio
import html
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.serving import serve
from tests.small_city import staffing_csv
from transparency.core.vocabulary import taking_for_today
from transparency.outlets.plain import plain_paths
from transparency.publishing.publish import Submission, Terms, check
from transparency.store.age import clock_doubt
from transparency.store.current import shared_store
from transparency.store.database import open_store
from transparency.store.descriptors import dataset

# The small city was published on 5 January 2026.
BEFORE, AFTER = date(2019, 2, 3), date(2040, 2, 3)
DOUBTED = "Days on this page may be wrong."
BELOW_ZERO = re.compile(r"(?<![\w\d,)%])[-−]\d[\d,]* (?:days?|months?|years?)\b")

ANSWERS = """
import asyncio, hashlib, httpx
from starlette.applications import Starlette
from transparency.web.routes import routes

async def ask():
    transport = httpx.ASGITransport(Starlette(routes=routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://city.example") as client:
        for path in ("/health", "/ward/E05900013", "/api/v1/wards", "/data/staffing/latest.csv", "/feeds/london.atom"):
            answer = await client.get(path)
            print(path, answer.status_code, hashlib.sha256(answer.content).hexdigest())

asyncio.run(ask())
"""


def asked(path: str, day: date) -> httpx.Response:
    """What the site answers on a machine that takes `day` for today."""
    from starlette.applications import Starlette

    from transparency.web.routes import routes

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://city.example") as client:
            return await client.get(path)

    def answered() -> httpx.Response:
        with taking_for_today(day):
            return asyncio.run(ask())

    # In a thread of its own: a browser test of the same worker may have left an event loop running here.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(answered).result()


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (BEFORE, "This machine takes today for 3 February 2019, and data were published on 5 January 2026: its"),
        (AFTER, "This machine takes today for 3 February 2040, and nothing has been published since 5 January 2026:"),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(city: Path, day: date, said: str) -> None:
    store = open_store(city)
    with taking_for_today(day):
        doubt = clock_doubt(store)
    assert doubt is not None
    assert doubt.startswith(said)
    for right in (date(2026, 1, 5), date(2027, 11, 1)):
        with taking_for_today(right):
            assert clock_doubt(store) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2015, 1, 5), "Nothing was published for Kentish Town itself."),
        (BEFORE, "3 February 2019"),
        (AFTER, "Kentish Town was abolished in May 2022. Choose your ward today."),
    ],
)
def test_pages_answer_as_of_the_day_the_machine_takes_for_today(day: date, said: str) -> None:
    """The embedded store: what was known on that day and no more."""
    page = asked("/ward/E05000139", day)
    health = asked("/health", day).json()
    assert health["status"] == "ok"
    assert health["clock_doubt"].startswith(f"This machine takes today for {day.day} ")
    assert page.status_code == 200
    assert said in page.text
    assert DOUBTED in page.text
    assert ("Announced for every ward on 28 December 2017, not checked." in page.text) == (day == BEFORE)


def clock_at(moment: str) -> dict[str, Any]:
    """The variables with which a process has its wall clock begin at a moment, by libfaketime."""
    asked = ["faketime", "-f", f"@{moment}", "env"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    variables = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
    return {name: variables[name] for name in ("LD_PRELOAD", "FAKETIME")} | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def shown_by_the_dashboard(address: str) -> bytes:
    """All that the landing page sends to a browser."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    sent = b""
    with connect(address.replace("http", "ws") + "/_stcore/stream", max_size=None) as socket:
        socket.send(message.SerializeToString())
        while True:
            part = socket.recv(timeout=180)
            assert isinstance(part, bytes)
            answer = ForwardMsg()
            answer.ParseFromString(part)
            if answer.WhichOneof("type") == "script_finished":
                return sent
            sent += part


@pytest.mark.skipif(
    shutil.which("faketime") is None and "REQUIRE_FAKETIME" not in os.environ, reason="faketime is not installed"
)
@pytest.mark.parametrize(
    ("moment", "doubt", "age_days", "not_yet_made"),
    [
        ("1970-01-02 12:00:00", "This machine takes today for 2 January 1970, and data were published on", None, 404),
        ("2099-06-01 12:00:00", "This machine takes today for 1 June 2099, and nothing has been published", 26489, 200),
    ],
)
def test_a_server_whose_clock_is_wrong_says_so_on_every_page_and_counts_no_day_below_zero(
    tmp_path: Path, moment: str, doubt: str, age_days: int | None, not_yet_made: int
) -> None:
    store, log = shared_store(), tmp_path / "log"
    paths = [path for path in plain_paths(store) if not path.startswith(("/ward/", "/borough/", "/plain/methods/"))]
    paths += ["/ward/E05000139", "/ward/E05013662", "/borough/E09000007", "/borough/E09000007/months"]
    with serve(errors_to=log, **clock_at(moment)) as address, httpx.Client(base_url=address) as client:
        health = client.get("/health").json()
        for path in paths:
            page = client.get(path)
            assert page.status_code == (not_yet_made if path.startswith("/plain/promises/") else 200), path
            assert DOUBTED in page.text, path
            assert doubt in page.text, path
            assert not BELOW_ZERO.search(html.unescape(page.text)), path
        shown = shown_by_the_dashboard(address).decode("utf-8", "replace")
    assert (health["status"], health["age_days"]) == ("ok", age_days)
    assert health["clock_doubt"].startswith(doubt)
    assert DOUBTED in shown
    assert not BELOW_ZERO.search(shown)
    assert log.read_text(encoding="utf-8") == ""


def test_a_clock_that_is_right_is_not_doubted(live_server: str) -> None:
    assert httpx.get(f"{live_server}/health").json()["clock_doubt"] is None
    assert DOUBTED not in httpx.get(f"{live_server}/plain/rules").text
    assert DOUBTED.encode() not in shown_by_the_dashboard(live_server)


def test_a_publish_dated_after_the_machines_day_is_refused(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "staffing.csv"
    path.write_bytes(staffing_csv({}))
    with taking_for_today(BEFORE):
        outcome = check(city, [Submission(dataset("staffing"), path)], Terms("2019-02-04"))
    assert [finding.rule for finding in outcome.findings] == ["the as-at date is in the future"]


def test_every_answer_is_the_same_in_any_time_zone(city: Path) -> None:
    """Auckland is half a day ahead of London, Los Angeles a third behind."""
    answers = {
        zone: subprocess.run(
            [sys.executable, "-c", ANSWERS],
            env={**os.environ, "TRANSPARENCY_DATA": str(city), "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("Europe/London", "Pacific/Auckland", "America/Los_Angeles")
    }
    assert answers["Europe/London"].count(" 200 ") == 5
    assert len(set(answers.values())) == 1
