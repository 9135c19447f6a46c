"""The routes of the cards for other sites: the only answers that may be shown in a frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from transparency.exhibits.document import Document
from transparency.outlets.embeds import EMBED, borough_embed, ward_embed
from transparency.store.store import Store
from transparency.web import policies
from transparency.web.documents import answer
from transparency.web.plain import day_asked, refuse

_FRAMABLE = policies.framable(policies.PAGE)


async def _card(request: Request, make: Callable[[Store, str, date | None], Document]) -> Response:
    code = request.path_params["code"].upper()
    response = await answer(
        request, lambda store, asked: make(store, code, day_asked(asked)), parameters=("as_at",), refuse=refuse
    )
    if response.status_code in (200, 304):
        response.headers["Content-Security-Policy"] = _FRAMABLE
    return response


def embed_routes() -> list[BaseRoute]:
    """A ward's card and a borough's."""
    return [
        Route(f"{EMBED}/ward/{{code}}", partial(_card, make=ward_embed)),
        Route(f"{EMBED}/borough/{{code}}", partial(_card, make=borough_embed)),
    ]
