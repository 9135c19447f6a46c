"""The plain routes beside the dashboard, declared in one list. They win over the framework's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import quote

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from transparency import __version__
from transparency.core.errors import TransparencyError
from transparency.core.project import PROJECT_ROOT
from transparency.core.vocabulary import today
from transparency.exhibits.document import Document
from transparency.outlets.embeds import EMBED, borough_embed, ward_embed
from transparency.outlets.feeds import feed_document
from transparency.outlets.handouts import borough_handouts, ward_handout
from transparency.outlets.previews import PREVIEW, borough_preview, ward_preview
from transparency.store.age import clock_doubt, data_age_days
from transparency.store.announced import older_than_announced
from transparency.store.current import SERVICE, shared_store
from transparency.store.store import Store
from transparency.web import policies
from transparency.web.api import api_routes
from transparency.web.dashboard import dashboard_routes
from transparency.web.data import data_routes
from transparency.web.documents import served
from transparency.web.plain import plain_routes, refuse
from transparency.web.refusals import refusal

ASSETS = PROJECT_ROOT / "static"
LED_ON = {
    "/plain": "/plain/find",
    "/plain/data": "/data/",
    "/plain/downloads": "/data/",
    "/ring-fencing": "/ring_fencing",
    "/plain/ring-fencing": "/plain/ring_fencing",
    "/plain/ring_fencing_places": "/plain/ring_fencing",
}
_NOT_FOUND = "Check the address, or find your ward."


class _OutsideFramework(StringConvertor):
    """Every path but those the framework answers itself."""

    regex = r"(?!(?:_stcore|media|component|static|app)/).*"


class _EndsInSlash(StringConvertor):
    """Every such path but those of the framework and of the assets, and the few that end so by right."""

    regex = r"(?!(?:_stcore|media|component|static|app|assets)/)(?!plain/$)(?!data/(?:[^/]+/)?$).*[^/]/+"


register_url_convertor("outside_framework", _OutsideFramework())
register_url_convertor("ends_in_slash", _EndsInSlash())


def health(_request: Request) -> Response:
    """Whether the data can be read, which data they are, how old, and whether invented: 200, or 503 with the reason.

    A newer release that was refused is named with its reason; the last good one is in service all the same.
    """
    try:
        store = shared_store()
    except TransparencyError as error:
        return _health_answer(503, status="unavailable", reason=str(error))
    newest = store.newest_as_at
    refused = SERVICE.refused
    return _health_answer(
        200,
        status="ok",
        data_version=store.data_version,
        newest_as_at=newest.isoformat() if newest else None,
        age_days=data_age_days(store),
        is_demonstration=store.is_demonstration,
        notice=store.notice or None,
        refused_release={"reason": refused.reason, "found_at": refused.found_at.isoformat("T", "seconds")}
        if refused
        else None,
        clock_doubt=clock_doubt(store),
        older_than_announced=" ".join(older_than_announced(store)) or None,
    )


def _health_answer(status_code: int, **answer: str | int | dict[str, str] | None) -> JSONResponse:
    return JSONResponse(
        {**answer, "code_version": __version__},
        status_code=status_code,
        headers={"Cache-Control": "no-store"},
    )


def _without_slash(request: Request) -> Response:
    """Leads from an address with a slash at its end to the one without, on this site whatever the address holds."""
    path = "/" + request.path_params["path"].strip("/")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(quote(path) + query, status_code=308)


def _led_on(request: Request) -> Response:
    """Leads from what readers type to the address meant."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(LED_ON[request.url.path] + query, status_code=308)


class UnknownAddress:
    """Answers what no route takes, in the form in which the address is read: 404, or 405 with the methods it takes."""

    def __init__(self, known: Sequence[BaseRoute]) -> None:
        self.known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        partly = [route for route in self.known if route.matches(scope)[0] is Match.PARTIAL]
        taken = {method for route in partly if isinstance(route, Route) for method in route.methods or ()}
        methods = ", ".join(sorted(taken))
        if methods:
            response = refusal(405, f"This address takes {methods} and no other method.", scope["path"])
            response.headers["Allow"] = methods
        else:
            response = refusal(404, _NOT_FOUND, scope["path"], title="Page not found")
        await response(scope, receive, send)


def _handout(path: str, print_place: Callable[[Store, str, date, date, str], Document]) -> Route:
    """A handout, kept for each site it names, since that is printed on it."""
    return served(
        path,
        lambda store, asked: print_place(store, asked.code.upper(), asked.day or today(), today(), asked.site),
        "as_at",
        names_site=True,
    )


def _preview(kind: str, draw: Callable[[Store, str, date | None], Document]) -> Route:
    """The picture of a link to a place."""
    return served(
        f"/{kind}/{{code}}{PREVIEW}", lambda store, asked: draw(store, asked.code.upper(), asked.day), "as_at"
    )


def _card(kind: str, make: Callable[[Store, str, date | None], Document]) -> Route:
    """A card for other sites: the only answers that may be shown in a frame."""
    return served(
        f"{EMBED}/{kind}/{{code}}",
        lambda store, asked: make(store, asked.code.upper(), asked.day),
        "as_at",
        refuse=refuse,
        policy=policies.framable(policies.PAGE),
    )


def routes() -> list[BaseRoute]:
    """All routes, the first match wins."""
    known = [
        Route("/{path:ends_in_slash}", _without_slash, methods=["GET", "POST"]),
        Route("/health", health),
        Mount("/assets", StaticFiles(directory=ASSETS)),
        *api_routes(),
        *data_routes(),
        served(
            "/feeds/{path:path}", lambda store, asked: feed_document(store, asked.code, asked.site), names_site=True
        ),
        _handout("/ward/{code}/handout.pdf", ward_handout),
        _handout("/borough/{code}/handouts.pdf", borough_handouts),
        _preview("ward", ward_preview),
        _preview("borough", borough_preview),
        _card("ward", ward_embed),
        _card("borough", borough_embed),
        *(Route(path, _led_on) for path in LED_ON),
        *plain_routes(),
        *dashboard_routes(),
    ]
    return [*known, Route("/{path:outside_framework}", UnknownAddress(known))]
