"""The routes of the feeds under `/feeds/`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from transparency.outlets.feeds import feed_document
from transparency.web.documents import answer
from transparency.web.hosts import site_address


async def _feed(request: Request) -> Response:
    path, base = request.path_params["path"], site_address(request)
    return await answer(
        request, lambda store, _asked: feed_document(store, path, base), key=str(request.url.path) + base
    )


def feed_routes() -> list[BaseRoute]:
    """The one route of all feeds."""
    return [Route("/feeds/{path:path}", _feed)]
