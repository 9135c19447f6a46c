"""What every dashboard page has in the same place: banners, help, source, version and licence.

The style is a sheet that the shell links, so that no rerun sends it again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import RerunException, StopException

from transparency import __version__
from transparency.core.errors import TransparencyError
from transparency.exhibits.html import render
from transparency.outlets.dashboard.exhibits import begin_page, fragment
from transparency.outlets.dashboard.failures import failure_text, warn
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.store import opened_store
from transparency.store.age import clock_doubt
from transparency.store.store import Store

LOG = logging.getLogger(__name__)


@contextmanager
def page_frame(ending: Sequence[str] = ()) -> Iterator[Store]:
    """The frame around one page; gives the opened store.

    `ending` is HTML a page has gathered by its end; it is sent in one piece with the foot, since each piece costs
    a visit time.
    """
    begin_page()
    store = opened_store()
    if store.notice or clock_doubt(store):
        fragment(render("notices.html", store=store))
    yield store
    fragment("".join(ending) + remembered(store, footer_html))


def footer_html(store: Store) -> str:
    """What stands at the foot of every page: label, version, licence."""
    return render("footer.html", store=store, code_version=__version__)


@contextmanager
def part(name: str) -> Iterator[None]:
    """One part of a page: when it fails the page says which part, and the rest is shown.

    `name` completes the sentence "… cannot be shown at the moment".
    """
    try:
        yield
    except (RerunException, StopException):
        raise
    except TransparencyError as fault:
        warn(str(fault))
    except Exception:
        LOG.exception("part of a page failed: %s", name)
        warn(failure_text(f"{name} cannot be shown at the moment. The rest of the page is not affected."))
