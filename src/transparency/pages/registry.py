"""Every page of the dashboard in the order of its menu, and every plain page, the permanent addresses first."""

from __future__ import annotations

from transparency.pages import about, boroughs, counters, downloads, landing, progress, promises, ring_fencing
from transparency.pages.page import Page, Sheet

PAGES: tuple[Page, ...] = (
    landing.LANDING,
    progress.PROGRESS,
    boroughs.BOROUGHS,
    counters.COUNTERS,
    ring_fencing.RING_FENCING,
    promises.PROMISES,
    downloads.DOWNLOADS,
    about.ABOUT,
)

# A path with a place in it stands after those it would take: `/plain/{code}` is last.
SHEETS: tuple[Sheet, ...] = (
    landing.WARD_SHEET,
    *progress.SHEETS,
    *boroughs.SHEETS,
    *counters.SHEETS,
    *ring_fencing.SHEETS,
    *promises.SHEETS,
    *downloads.SHEETS,
    *about.SHEETS,
)


def page_at(path: str) -> Page:
    """The page at a path; the landing page where there is none."""
    return next((page for page in PAGES if page.address == path), PAGES[0])
