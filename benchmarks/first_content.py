"""How long until a first visitor sees content, in headless Chromium, against a one-line Streamlit page.

    python -m benchmarks.first_content [--rounds 15]

Both pages are served as the dashboard is, each by a process of its own, and are opened in turn with an empty cache
so that a busy machine slows both alike. Measured in the browser from the start of the navigation to the frame in which
something is painted: the one line; the landing page's first headline with its figures, which the shell carries; and the
box to find a ward, which needs the whole framework and has no goal.
"""

from __future__ import annotations

import argparse

from benchmarks.figures import Figure, keep, median
from benchmarks.visitors import one_line_server
from playwright.sync_api import Browser, sync_playwright
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.serving import chromium_path, serve

MOST_TIMES, MOST_TIMES_OF_THE_BOX = 0.6, 1.2
MOST_MB = 0.9
SETTLED_MS = 5000
PAINTED = """
(wanted) => new Promise((resolve) => {
  const look = () => {
    const found = document.querySelector(wanted)
    if (found && (found.matches("input") || found.innerText.trim()) && found.getBoundingClientRect().height > 0) {
      requestAnimationFrame(() => resolve(performance.now()))
    } else {
      requestAnimationFrame(look)
    }
  }
  look()
})
"""
ONE_LINE, HEADLINE, BOX = "h1", ".headline", "#root input[type=text]"


def painted_ms(browser: Browser, address: str, wanted: str) -> float:
    """Milliseconds from the start of the navigation to the frame after `wanted` is there to be seen, cache empty."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    elapsed = float(page.evaluate(PAINTED, wanted))
    context.close()
    return elapsed


def first_visit_mb(browser: Browser, address: str) -> float:
    """Megabytes over the wire of a first visit, the cache empty."""
    context = browser.new_context()
    page = context.new_page()
    weights: list[float] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_timeout(SETTLED_MS)
    context.close()
    return sum(weights) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with sync_playwright() as playwright, serve() as dashboard, one_line_server() as one_line:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        asked = {
            "one-line page, its line": (one_line, ONE_LINE),
            "landing page, first headline with its figures": (dashboard, HEADLINE),
            "landing page, the box to find a ward": (dashboard, BOX),
        }
        for address, wanted in asked.values():
            painted_ms(browser, address, wanted)
        times: dict[str, list[float]] = {name: [] for name in asked}
        for _ in range(rounds):
            for name, (address, wanted) in asked.items():
                times[name].append(painted_ms(browser, address, wanted))
        weights = [
            Figure(f"first visit, {name}", first_visit_mb(browser, dashboard + path), "MB", at_most=MOST_MB)
            for name, path in (("landing page", "/"), ("ward", "/?ward=E05013664"))
        ]
        browser.close()
    line, headline, box = (median(each) for each in times.values())
    line_name, headline_name, box_name = times
    keep(
        "first_content",
        [
            Figure(line_name, line, "ms"),
            Figure(headline_name, headline, "ms", headline / line, "one-line page", at_most=MOST_TIMES),
            Figure(box_name, box, "ms", box / line, "one-line page", at_most=MOST_TIMES_OF_THE_BOX),
            *weights,
        ],
        f"Headless Chromium, empty cache, {rounds} rounds.",
    )


if __name__ == "__main__":
    main()
