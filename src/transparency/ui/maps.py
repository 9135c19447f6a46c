"""A map on a dashboard page: its list before it, its key, and what choosing a ward or a place on it opens."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from transparency.figures.maps import SITE_LAYER, WARD_LAYER
from transparency.model import SiteKind
from transparency.outlets.exhibit import Chart
from transparency.outlets.html import render
from transparency.outlets.maps import MapExhibit, counters_map, month_map, status_map
from transparency.store import Store
from transparency.ui.exhibits import fragment, send_waiting
from transparency.ui.pages import PAGES
from transparency.ui.pickers import DAY_PARAMETER

WIDE_HEIGHT, NARROW_HEIGHT = 560, 340


def theme() -> str | None:
    """The scheme of the reader's page, light or dark; None where the browser has not said."""
    return st.context.theme.type


def is_narrow() -> bool:
    """Whether the reader holds a telephone, as far as the browser says: the server cannot measure the page."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def show_map(shown: MapExhibit, day: date, *, level: int = 2) -> None:
    """Show the list, the key and the map; choosing a shape opens the ward, choosing a symbol the site."""
    exhibit, key = shown.exhibit, shown.exhibit.key
    fragment(render("exhibit_head.html", exhibit=exhibit, level=level) + shown.list_html)
    send_waiting()
    assert isinstance(exhibit.picture, Chart)  # noqa: S101 - a map exhibit has a map
    event = st.pydeck_chart(
        exhibit.picture.figure,
        height=NARROW_HEIGHT if is_narrow() else WIDE_HEIGHT,
        key=f"{key}-map",
        alt=exhibit.picture.alt,
        on_select="rerun",
        selection_mode="single-object",
    )
    fragment(f'<div id="{key}-end">{render("exhibit_foot.html", exhibit=exhibit)}</div>')
    _open(event, day)


def _open(event: Any, day: date) -> None:
    chosen = event.selection.get("objects", {})
    for site in chosen.get(SITE_LAYER, []):
        st.query_params["site"] = site["site_id"]
        st.rerun()
    for ward in chosen.get(WARD_LAYER, []):
        landing = PAGES[0]
        st.switch_page(
            st.Page(landing.script, title=landing.title, url_path=landing.url_path, default=True),
            query_params={"ward": ward["code"], DAY_PARAMETER: day.isoformat()},
        )


# Kept as it is and not copied, since a map is large; nothing changes one once it is made.
@st.cache_resource(show_spinner=False, max_entries=100)
def remembered_map(
    data_version: str,
    _store: Store,
    day: date,
    text: str,
    borough_code: str | None,
    site_kind: SiteKind | None,
    theme: str | None,
    is_narrow: bool,
) -> MapExhibit:
    """The map of the places that fit."""
    return counters_map(_store, day, text, borough_code, site_kind, theme, is_narrow)


@st.cache_resource(show_spinner=False, max_entries=50)
def remembered_wards(
    data_version: str, _store: Store, day: date, is_monthly: bool, theme: str | None, is_narrow: bool
) -> MapExhibit | None:
    """The map of the wards: by the monthly rule, or by what is known of the promise on the day."""
    make = month_map if is_monthly else status_map
    return make(_store, day, theme, is_narrow)


def show_wards(store: Store, day: date, is_monthly: bool) -> None:
    """The map of the wards of London, where there is one."""
    shown = remembered_wards(store.data_version, store, day, is_monthly, theme(), is_narrow())
    if shown is not None:
        show_map(shown, day)
