"""A clock that is wrong, and a machine whose time zone is not London's."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import httpx
import pytest

from tests.small_city import staffing_csv
from transparency.catalogue import dataset
from transparency.model import taking_for_today
from transparency.publishing import Submission, Terms, check
from transparency.queries.days import clock_doubt
from transparency.store import open_store

# The small city was published on 5 January 2026.
BEFORE, AFTER = date(2019, 2, 3), date(2040, 2, 3)

ANSWERS = """
import asyncio, hashlib, httpx
from starlette.applications import Starlette
from transparency.web.routes import routes

async def ask():
    transport = httpx.ASGITransport(Starlette(routes=routes([], "A site")))
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
        transport = httpx.ASGITransport(Starlette(routes=routes([], "A site")))
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
        (BEFORE, "This machine takes today for 3 February 2019, and data were published on 5 January 2026: set its"),
        (AFTER, "This machine takes today for 3 February 2040, and nothing has been published since 5 January 2026:"),
    ],
)
def test_a_clock_that_cannot_be_right_is_told(city: Path, day: date, said: str) -> None:
    store = open_store(city)
    doubt = clock_doubt(store, day)
    assert doubt is not None
    assert doubt.startswith(said)
    assert clock_doubt(store, date(2026, 1, 5)) is None
    assert clock_doubt(store, date(2027, 11, 1)) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2015, 1, 5), "No official figure for Kentish Town itself had been published by 5 January 2015"),
        (BEFORE, "3 February 2019"),
        (AFTER, "Kentish Town ended on 4 May 2022, when the wards were redrawn"),
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
    assert ("said again by the Mayor" in page.text) == (day.year > 2015)


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
