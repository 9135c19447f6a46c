"""One visit to a view in which everything is measured: loaded once, then resized and recoloured in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import BrowserContext, Page

from tests.browser.noticing import AXE_TAGS, Noticed, settled, watch
from tests.browser.views import View

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
WIDTHS = (1280, 768, 320)
IN_LIGHT, IN_DARK = ("light", WIDTHS), ("dark", WIDTHS[:1])  # of the dark only colours are different
HEIGHT = 900
MOST_STOPS = 600
TWICE_THE_TEXT = "html { font-size: 32px !important }"
STILL_FOR_MS = 150


@dataclass
class Walked:
    """What one visit found; empty lists are good. Faults are words with the width and the scheme they were seen in."""

    title: str
    language: str | None
    headings: list[int]
    noticed: Noticed
    cookies: list[Any]
    violations: list[str] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    untidy_tables: list[str] = field(default_factory=list)
    stops: list[dict[str, Any]] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    has_come_to_the_end: bool = False


def walk(context: BrowserContext, address: str, view: View) -> Walked:
    """Visit the view at the server's `address` and measure it."""
    page = context.new_page()
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.emulate_media(reduced_motion="reduce")
    noticed = Noticed()
    watch(page, noticed)
    page.goto(address + view.address)
    settled(page)
    measure_with(page)
    still(page)
    found = Walked(
        title=page.title(),
        language=page.locator("html").get_attribute("lang"),
        headings=page.evaluate("measures.headings()"),
        noticed=noticed,
        cookies=context.cookies(),
        untidy_tables=page.evaluate("measures.untidyTables()"),
        moving=page.evaluate("measures.moving()"),
    )
    walk_by_keyboard(page, found)
    for scheme, widths in (IN_LIGHT, IN_DARK):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        settled(page)
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            still(page)
            seen_in = f"{width} {scheme}"
            found.violations += [f"{seen_in}: {fault}" for fault in axe_violations(page)]
            found.sideways += [f"{seen_in}: {pixels} px" for pixels in [sideways(page)] if pixels > 0]
        found.faint += [f"{scheme}: {fault}" for fault in page.evaluate("measures.faint()")]
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.add_style_tag(content=TWICE_THE_TEXT)
    still(page)
    found.sideways += [f"text twice its size: {pixels} px" for pixels in [sideways(page)] if pixels > 0]
    page.close()
    return found


def measure_with(page: Page) -> None:
    """Bring what measures into the page."""
    page.evaluate(AXE)
    page.evaluate(MEASURES)


def still(page: Page) -> None:
    """Wait until the page, resized or recoloured, has been laid out and changes no more."""
    page.evaluate("quiet => measures.still(quiet)", STILL_FOR_MS)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("measures.sideways()"))


def axe_violations(page: Page) -> list[str]:
    """Each violation as rule, impact and the first offending piece of HTML.

    The size of targets is asked for by name: axe leaves it out by itself.
    """
    options = {"runOnly": AXE_TAGS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{fault['id']} ({fault['impact']}), {len(fault['nodes'])} times: {fault['nodes'][0]['html'][:200]}"
        for fault in found
    ]


def walk_by_keyboard(page: Page, found: Walked) -> None:
    """Tab from the top of the page until the focus leaves it, noting every stop."""
    page.evaluate("measures.fromTheTop()")
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate("measures.focused()")
        if stop is None:
            found.has_come_to_the_end = True
            return
        found.stops.append(stop)
