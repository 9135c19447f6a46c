"""A map on a dashboard page: its list before it, its key, and what choosing a ward or a place on it opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any

import streamlit as st
from cachetools import LRUCache, cached
from cachetools.keys import hashkey

from transparency.exhibits.exhibit import Chart
from transparency.exhibits.maps import SITE_LAYER, WARD_LAYER
from transparency.outlets.dashboard.exhibits import fragment, is_narrow, send_waiting
from transparency.outlets.dashboard.memory import Asked, Key
from transparency.outlets.dashboard.pages import PAGES
from transparency.outlets.dashboard.pickers import DAY_PARAMETER
from transparency.store.store import Store
from transparency.wards.maps import MapExhibit

WIDE_HEIGHT, NARROW_HEIGHT = 560, 340
MAPS_KEPT = 100


def theme() -> str | None:
    """The scheme of the reader's page, light or dark; None where the browser has not said."""
    return st.context.theme.type


def show_map(shown: MapExhibit, day: date) -> None:
    """Show the list, the key and the map; choosing a shape opens the ward, choosing a symbol the site."""
    fragment(shown.before_html)
    send_waiting()
    picture = shown.exhibit.picture
    assert isinstance(picture, Chart)  # noqa: S101 - a map exhibit has a map
    event = st.pydeck_chart(
        picture.figure,
        height=NARROW_HEIGHT if is_narrow() else WIDE_HEIGHT,
        key=f"{shown.exhibit.key}-map",
        alt=picture.alt,
        on_select="rerun",
        selection_mode="single-object",
    )
    fragment(shown.after_html)
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


# Apart from other answers, since a map is large.
@cached(
    LRUCache[Key, MapExhibit | None](MAPS_KEPT),
    key=lambda store, make, *asked: hashkey(store.data_version, make, *asked),
    lock=Lock(),
)
def remembered_map(store: Store, make: Callable[..., MapExhibit | None], *asked: Asked) -> MapExhibit | None:
    """What `make` draws of what is asked, for the scheme and the width of the reader's page."""
    return make(store, *asked)


def show_remembered_map(store: Store, make: Callable[..., MapExhibit | None], day: date, *asked: Asked) -> None:
    """The map for the reader's scheme and width, where there is one."""
    shown = remembered_map(store, make, day, *asked, theme(), is_narrow())
    if shown is not None:
        show_map(shown, day)
