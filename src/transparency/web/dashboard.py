"""The dashboard's addresses: each gets the shell with its page's first answer, read while the page is on its way."""

from __future__ import annotations

import logging
from datetime import date
from functools import partial
from sys import getsizeof
from threading import Lock

from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from transparency.core.errors import TransparencyError
from transparency.core.keeping import OPENINGS_BYTES
from transparency.core.vocabulary import today
from transparency.outlets.opening import Opening, first_words, opening
from transparency.pages.page import Asked, Page, read_asked
from transparency.pages.registry import PAGES
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.shell import ShellPage, shell_response

LOG = logging.getLogger(__name__)


# Kept by today as well, since the notices are of today.
@cached(
    LRUCache[tuple[object, ...], Opening](OPENINGS_BYTES, getsizeof=lambda opened: getsizeof(opened.html)),
    key=lambda store, page, asked, on: hashkey(store.data_version, page.name, asked, on),
    lock=Lock(),
)
def _opening(store: Store, page: Page, asked: Asked, _today: date) -> Opening:
    return opening(store, page, asked)


def dashboard_shell(request: Request, page: Page) -> Response:
    """The shell with the first answer of its address; with the page's name and purpose alone where there is none."""
    said = first_words(page)
    try:
        store = shared_store()
        asked, refused = read_asked(store, page, request.query_params)
        if not refused:
            said = _opening(store, page, asked, today())
    except TransparencyError:
        pass  # the page itself says so
    except Exception:
        LOG.exception("a page opens without its first answer: %s", page.address)
    shell = ShellPage(page.address, said.title, said.line, said.html, said.plain_address, said.preview)
    return shell_response(request, shell)


def dashboard_routes() -> list[BaseRoute]:
    """The address of every page of the dashboard."""
    return [Route(page.address, partial(dashboard_shell, page=page), name=page.address) for page in PAGES]
