"""How long until a first visitor sees content, in headless Chromium, against a one-line Streamlit page.

    python -m benchmarks.first_content [--rounds 15]

Both pages are served as the dashboard is, each by a process of its own, and are opened in turn with an empty cache
so that a busy machine slows both alike. Measured in the browser from the start of the navigation to the first
heading with words in it being painted: the landing page's own, and the one-line page's only one.
"""

from __future__ import annotations

import argparse

from benchmarks.figures import Figure, keep, median
from benchmarks.visitors import one_line_server
from playwright.sync_api import Browser, sync_playwright
from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.serving import chromium_path, serve

GOAL = 1.3
HEADING_PAINTED = """
new Promise((resolve) => {
  const look = () => {
    const heading = document.querySelector("h1")
    if (heading && heading.innerText.trim() && heading.getBoundingClientRect().height > 0) {
      requestAnimationFrame(() => resolve(performance.now()))
    } else {
      requestAnimationFrame(look)
    }
  }
  look()
})
"""


def first_heading_ms(browser: Browser, address: str) -> float:
    """Milliseconds from the start of the navigation to the frame after the first heading, cache empty."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address, wait_until="commit")
    elapsed = float(page.evaluate(HEADING_PAINTED))
    context.close()
    return elapsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with sync_playwright() as playwright, serve() as dashboard, one_line_server() as one_line:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        pages = {"one-line page": one_line, "landing page": dashboard}
        for address in pages.values():
            first_heading_ms(browser, address)
        times: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(rounds):
            for name, address in pages.items():
                times[name].append(first_heading_ms(browser, address))
        browser.close()
    base = median(times["one-line page"])
    keep(
        "first_content",
        [
            Figure("one-line page, first heading", base, "ms"),
            Figure(
                "landing page, first heading",
                median(times["landing page"]),
                "ms",
                median(times["landing page"]) / base,
                "one-line page",
                at_most=GOAL,
            ),
        ],
        f"Headless Chromium, empty cache, {rounds} rounds.",
    )


if __name__ == "__main__":
    main()
