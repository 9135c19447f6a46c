"""The landing page's shell, which carries the page's first answer: it is read while the dashboard is on its way."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

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


def _opening(store: Store, ward_code: str, day: date, _today: date) -> Opening:
    """The opening for a ward or of the landing page; kept by today as well, since the notices are of today."""
    return ward_opening(store, ward_code, day) if ward_code else landing_opening(store, day)


def landing_shell(request: Request, page: ShellPage, site_name: str) -> Response:
    """The shell with the answer of its address; without one where there is none, as the page itself will say."""
    ward_code = request.query_params.get("ward", "").strip().upper()
    try:
        day = read_day(request.query_params.get("as_at")) if ward_code else today()
        opening = shared_store().memo(_opening, ward_code, day, today())
    except TransparencyError:
        return shell_response(request, page, site_name)
    except Exception:
        LOG.exception("the landing page opens without its first answer")
        return shell_response(request, page, site_name)
    if opening.title:
        title = f"{opening.title} · {site_name}"
        page = replace(page, title=title, line=opening.line, plain_address=opening.plain_address)
    return shell_response(request, replace(page, opening=opening.html), site_name)
