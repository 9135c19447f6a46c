"""How large the map of the counters page is and how long it takes to be drawn, in a headless browser.

    python -m benchmarks.map [--rounds 5]

Four numbers: the map's message as the websocket compresses it (goal: under 60 kB), the bytes of a first visit over the
wire (goal: 2.5 MB), the milliseconds the map takes to be made on the server, and the seconds from the end of the
script to the end of the browser's last long task (goal: 2 s), by when the map is drawn. WebGL is drawn in software,
which is the slow case.
"""

from __future__ import annotations

import argparse
import statistics
import time
import zlib
from datetime import date

from benchmarks.figures import Figure, keep
from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.browser.noticing import Noticed, watch
from tests.serving import chromium_path, serve

from transparency.counters.maps import counters_map
from transparency.exhibits.exhibit import Chart
from transparency.store.current import shared_store

ADDRESS = "/counters?as_at=2026-03-03"
DAY = date(2026, 3, 3)
QUIET_MS = 1500
MAP = '[data-testid="stDeckGlJsonChart"]'
# Kept by the page itself, in milliseconds from its opening: when the script ended, and when the browser was last busy
# for longer than 50 ms at a stretch (Long Tasks, https://www.w3.org/TR/longtasks-1/).
WATCH = """
window.watched = {scriptEnd: 0, busyUntil: 0};
new PerformanceObserver((list) => {
  for (const task of list.getEntries())
    window.watched.busyUntil = Math.max(window.watched.busyUntil, task.startTime + task.duration);
}).observe({entryTypes: ["longtask"]});
new MutationObserver(() => {
  const app = document.querySelector("[data-testid=stApp]");
  if (app && app.dataset.testScriptState === "notRunning" && document.querySelector("h1") && !window.watched.scriptEnd)
    window.watched.scriptEnd = performance.now();
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


def message_bytes() -> tuple[int, int]:
    """The map's description: plain, and deflated as the websocket does it (RFC 7692, zlib level 6)."""
    drawn = counters_map(shared_store(), DAY)
    assert drawn is not None
    picture = drawn.exhibit.picture
    assert isinstance(picture, Chart)
    text = picture.figure.to_json().encode()
    return len(text), len(zlib.compress(text, 6))


def made_ms(rounds: int) -> float:
    """The median time to make the map and its list on the server, in milliseconds."""
    store, times = shared_store(), []
    for _ in range(rounds):
        start = time.perf_counter()
        counters_map(store, DAY)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def seconds_to_draw(page: Page, address: str) -> float:
    """From the end of the script to the end of the last long task, when the map is there and the page is quiet."""
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_selector(f"{MAP} canvas")
    while True:
        watched = page.evaluate("({...window.watched, now: performance.now()})")
        if watched["scriptEnd"] and watched["now"] - watched["busyUntil"] > QUIET_MS:
            break
        time.sleep(0.1)
    return max(0.0, watched["busyUntil"] - watched["scriptEnd"]) / 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    plain, deflated = message_bytes()
    times, weight = [], 0
    with serve() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for _ in range(rounds):
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            seen = Noticed()
            watch(page, seen)
            times.append(seconds_to_draw(page, server + ADDRESS))
            weight = seen.bytes_over_the_wire()
            page.context.close()
        browser.close()
    keep(
        "map",
        [
            Figure("the map's message, plain", plain / 1000, "kB"),
            Figure("the map's message, compressed", deflated / 1000, "kB", at_most=60),
            Figure("a first visit, over the wire", (weight + deflated) / 1e6, "MB", at_most=2.5),
            Figure("made on the server", made_ms(rounds), "ms"),
            Figure("drawn after the script", statistics.median(times), "s", at_most=2),
            Figure("drawn after the script, the worst", max(times), "s"),
        ],
    )


if __name__ == "__main__":
    main()
