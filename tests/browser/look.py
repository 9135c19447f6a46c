"""Screenshots of every view at three widths in light and dark, and a page to look through them: `make look`.

    python -m tests.browser.look [--out build/looks] [--only WORD]

Both stores are pictured: the real one and, where `python -m demo` has made it, the demonstration.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM_ARGUMENTS
from tests.browser.noticing import settled
from tests.browser.views import VIEWS, View
from tests.serving import ROOT, chromium_path, serve

SIZES = ((360, 780), (768, 1024), (1280, 800))
SCHEMES = ("light", "dark")
STORES = {"real": None, "demonstration": ROOT / "build" / "demonstration"}
TALLEST = 8000
TIME_TO_DRAW_MS = 700
TIME_TO_DRAW_A_MAP_MS = 1_500
TALL = "Math.ceil(document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height)"
STYLE = (
    "body{font:1rem system-ui;margin:1rem}img{border:1px solid #888;vertical-align:top;margin:.25rem;max-height:32rem}"
)


def picture(browser: Browser, address: str, view: View, folder: Path) -> Iterator[Path]:
    """The view at each size and in each scheme, the whole page, loaded once."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(address + view.address)
    settled(page)
    page.wait_for_timeout(TIME_TO_DRAW_A_MAP_MS)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(TIME_TO_DRAW_MS)
            tall = min(max(int(page.evaluate(TALL)), height), TALLEST)
            page.set_viewport_size({"width": width, "height": tall})
            page.wait_for_timeout(TIME_TO_DRAW_MS)
            path = folder / f"{view.name}-{width}-{scheme}.png"
            page.screenshot(path=path)
            yield path
    page.close()


def contents(folder: Path, pictures: dict[str, list[Path]]) -> str:
    """The page with all pictures, a row for each view."""
    rows = [
        f"<h2>{escape(name)}</h2>"
        + "".join(
            f'<a href="{path.relative_to(folder)}"><img loading="lazy" src="{path.relative_to(folder)}" '
            f'alt="{escape(path.stem)}"></a>'
            for path in paths
        )
        for name, paths in pictures.items()
    ]
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Looks</title><style>{STYLE}</style>'
        f"<h1>Every view</h1>{''.join(rows)}</html>"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "looks")
    parser.add_argument("--only", default="", help="views whose name holds this word")
    asked = parser.parse_args()
    pictures: dict[str, list[Path]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        for store, data in STORES.items():
            if data is not None and not data.is_dir():
                continue
            folder = asked.out / store
            folder.mkdir(parents=True, exist_ok=True)
            with serve(data) as address:
                for view in VIEWS:
                    if asked.only in view.name:
                        pictures[f"{view.name}, {store} store"] = list(picture(browser, address, view, folder))
        browser.close()
    page = asked.out / "index.html"
    page.write_text(contents(asked.out, pictures), encoding="utf-8")
    print(f"{sum(map(len, pictures.values()))} pictures: open {page}")


if __name__ == "__main__":
    main()
