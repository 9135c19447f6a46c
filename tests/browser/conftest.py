"""Chromium for the browser tests, and a record of what it noticed."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright._impl import timeout_settings
from playwright.sync_api import Page, expect

from tests.browser.noticing import LONGEST_WAIT_MS, Noticed, watch
from tests.serving import chromium_path

# Maps are drawn by software; the rest keeps the browser from speaking to anyone but the page.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
# Without the software GPU for what is no map the tests take an eighth less time. Maps then come later, and benchmarks
# time maps.
FOR_TESTS = ["--disable-gpu-compositing"]

expect.set_options(timeout=LONGEST_WAIT_MS)
timeout_settings.DEFAULT_PLAYWRIGHT_TIMEOUT = LONGEST_WAIT_MS  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium_path()
    if path is None:
        reason = "no Chromium: set CHROMIUM or install chromium"
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail(reason)
        pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": path, "args": [*CHROMIUM_ARGUMENTS, *FOR_TESTS]}


@pytest.fixture
def noticed(page: Page) -> Iterator[Noticed]:
    seen = Noticed()
    watch(page, seen)
    yield seen
