"""A page as the dashboard runs it: banners, head, choices, parts, foot, in the order of its description.

The style is a sheet that the shell links, so that no rerun sends it again.
"""

from __future__ import annotations

import logging
from contextlib import suppress

import streamlit as st

from transparency import __version__
from transparency.about.planned_releases import next_release
from transparency.core.errors import StoreError, TransparencyError
from transparency.core.vocabulary import today
from transparency.exhibits.html import render
from transparency.outlets.dashboard.choices import show_choices
from transparency.outlets.dashboard.show import Writer
from transparency.pages.page import Asked, Group, Page, Part, read_asked
from transparency.store.age import clock_doubt
from transparency.store.current import shared_store
from transparency.store.store import Store

LOG = logging.getLogger(__name__)


def _foot(store: Store, _asked: Asked) -> str:
    return render("footer.html", store=store, code_version=__version__, next_release=next_release(today()))


FOOT = Part("The foot", _foot)


def name_tab(store: Store, page: Page, asked: Asked) -> None:
    """Name the tab after what the address is about, or else after the page."""
    subject = None
    try:
        subject = store.memo(page.subject, asked)
    except TransparencyError:
        pass  # the page itself says so
    except Exception:
        LOG.exception("a tab is named after its page alone: %s", page.name)
    st.set_page_config(page_title=page.title_of(subject))


def name_first_tab(page: Page) -> None:
    """Name the tab before the framework does, which on a first visit would name it after the page alone."""
    with suppress(TransparencyError):
        store = shared_store()
        name_tab(store, page, read_asked(store, page, st.query_params)[0])


def opened_store(page: Page) -> Store:
    """The store every page reads; where it cannot be opened the page says why and ends here."""
    try:
        return shared_store()
    except StoreError as error:
        st.set_page_config(page_title=page.full_title)
        st.title("The data cannot be shown at the moment")
        st.error(str(error))
        st.stop()


def run(page: Page) -> None:
    """Show the page for what its address asks."""
    store = opened_store(page)
    asked, refused = read_asked(store, page, st.query_params)
    name_tab(store, page, asked)
    view = page.view(asked)
    writer = Writer(store, page, asked)
    if store.notice or clock_doubt(store):
        writer.html(render("notices.html", store=store))
    writer.part(Part("The head of the page", view.head))
    for sentence in refused:
        writer.warn(sentence)
    show_choices(writer, view)
    writer.html(page.past_day_html(asked))  # with the answer, which is of that day, in one message
    for each in view.parts:
        parts: tuple[Part, ...] = (each,) if isinstance(each, Part) else each.otherwise
        if isinstance(each, Group):
            with writer.guarded(each.name):
                parts = tuple(each.in_order(store, asked))
        for part in parts:
            writer.part(part)
    writer.part(FOOT)
    writer.flush()
