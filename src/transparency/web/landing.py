"""The landing page's shell, which carries the page's first answer: it is read while the dashboard is on its way."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from threading import Lock

from cachetools import LRUCache, cached
from cachetools.keys import hashkey
from starlette.requests import Request
from starlette.responses import Response

from transparency.core.days import read_day
from transparency.core.errors import TransparencyError
from transparency.core.vocabulary import today
from transparency.outlets.opening import Opening, landing_opening, ward_opening
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.shell import ShellPage, shell_response

LOG = logging.getLogger(__name__)
OPENINGS_KEPT = 256
_Key = tuple[object, ...]


# Today is in the key besides the day asked for, since the notices are of today.
@cached(
    LRUCache[_Key, Opening](OPENINGS_KEPT),
    key=lambda store, ward_code, day: hashkey(store.data_version, today(), ward_code, day),
    lock=Lock(),
)
def _opening(store: Store, ward_code: str, day: date) -> Opening:
    return ward_opening(store, ward_code, day) if ward_code else landing_opening(store, day)


def landing_shell(request: Request, page: ShellPage, site_name: str) -> Response:
    """The shell with the answer of its address; without one where there is none, as the page itself will say."""
    ward_code = request.query_params.get("ward", "").strip().upper()
    try:
        day = read_day(request.query_params.get("as_at")) if ward_code else today()
        opening = _opening(shared_store(), ward_code, day)
    except TransparencyError:
        return shell_response(request, page, site_name)
    except Exception:
        LOG.exception("the landing page opens without its first answer")
        return shell_response(request, page, site_name)
    if opening.title:
        title = f"{opening.title} · {site_name}"
        page = replace(page, title=title, line=opening.line, plain_address=opening.plain_address)
    return shell_response(request, replace(page, opening=opening.html), site_name)
