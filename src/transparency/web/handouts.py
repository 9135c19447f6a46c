"""The routes of the printed hand-outs: one ward's side of A4, and a borough's in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from transparency.core.days import read_day
from transparency.core.vocabulary import today
from transparency.exhibits.document import Document
from transparency.outlets.handouts import borough_handouts, ward_handout
from transparency.store.store import Store
from transparency.web.documents import answer
from transparency.web.hosts import site_address

Prints = Callable[[Store, str, date, date, str], Document]


async def _handout(request: Request, prints: Prints) -> Response:
    """The hand-out of the place in the address, kept by the site it names as well, since that is printed on it."""
    code, site = request.path_params["code"].upper(), site_address(request)

    def make(store: Store, asked: Mapping[str, str]) -> Document:
        return prints(store, code, read_day(asked.get("as_at")), today(), site)

    return await answer(request, make, parameters=("as_at",), key=f"{request.url.path} {site}")


def handout_routes() -> list[BaseRoute]:
    """A ward's hand-out and a borough's."""
    return [
        Route("/ward/{code}/handout.pdf", partial(_handout, prints=ward_handout)),
        Route("/borough/{code}/handouts.pdf", partial(_handout, prints=borough_handouts)),
    ]
