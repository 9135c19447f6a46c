"""The routes of the plain pages: thin, each a page described in `pages`, made by `outlets.plain`."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from transparency.about.pages import REPORTED
from transparency.core.errors import ParameterError, StoreError, TransparencyError
from transparency.core.logs import REQUEST_ID
from transparency.core.vocabulary import today
from transparency.exhibits.addresses import ward_path
from transparency.exhibits.document import Document
from transparency.listed.exhibits import events_document
from transparency.outlets import plain
from transparency.pages import about
from transparency.pages.finding import found
from transparency.pages.landing import find_sheet
from transparency.pages.page import Asked as PageAsked
from transparency.pages.page import Sheet
from transparency.pages.registry import SHEETS
from transparency.places.lookup import Answer, exact_ward_code
from transparency.places.postcodes import Query, QueryKind, other_notation, read_query
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.documents import Asked, Make, answer, served
from transparency.web.refusals import bare_page, refusal, too_many_searches

LONGEST_BODY = 2_000
LONGEST_TYPED = 80


def refuse(error: TransparencyError, _path: str) -> Response:
    """A page that says what was wrong: 404 for what does not exist, 400 for what cannot be asked."""
    if isinstance(error, StoreError):
        return bare_page(503, "The data cannot be shown at the moment", str(error))
    status, title = (400, "This cannot be asked") if isinstance(error, ParameterError) else (404, "Page not found")
    document = plain.problem_document(shared_store(), title, str(error), REQUEST_ID.get())
    headers = {"Cache-Control": "no-store"}
    return Response(document.content, status_code=status, media_type=document.media_type, headers=headers)


def _page(path: str, make: Make, *parameters: str, names_site: bool = False) -> Route:
    return served(path, make, *parameters, names_site=names_site, refuse=refuse)


async def find(request: Request) -> Response:
    """The form and what it found: a name by `q`, part of a postcode by `prefix`, never a whole postcode."""
    if request.url.query and (refused := too_many_searches(request)):
        return refused
    return await answer(request, _find, ("q", "prefix"), refuse=refuse)


def _find(store: Store, asked: Asked) -> Document:
    typed = asked.parameters
    for parameter in ("prefix", "q"):
        if parameter in typed:
            return _find_page(store, found(store, typed[parameter]), typed[parameter])
    return _find_page(store)


def _find_page(store: Store, answer: Answer | None = None, typed: str = "") -> Document:
    return plain.document(store, find_sheet(answer, typed), PageAsked(today()))


async def find_posted(request: Request) -> Response:
    """What was typed: a name, or a postcode's one ward, is led to its address (303); the rest answered."""
    if refused := too_many_searches(request):
        return refused
    body = await request.body()
    if len(body) > LONGEST_BODY:
        return refusal(413, "The form takes at most 80 characters.", request.url.path)
    typed = dict(parse_qsl(body.decode("utf-8", "replace"))).get("q", "")[:LONGEST_TYPED].strip()
    query = read_query(typed)
    if query.kind is QueryKind.POSTCODE:
        try:
            ward_code = await run_in_threadpool(lambda: exact_ward_code(shared_store(), typed))
        except TransparencyError as error:
            return refuse(error, request.url.path)
        if ward_code is not None:
            return RedirectResponse(ward_path(ward_code), status_code=303)
    if _may_name_a_household(query, typed):
        document = await run_in_threadpool(lambda: _answered_at_once(shared_store(), typed))
        return Response(document.content, media_type=document.media_type, headers={"Cache-Control": "no-store"})
    return _led_to(q=typed) if typed else _led_to()


def _may_name_a_household(query: Query, typed: str) -> bool:
    """Whether a text must not be led into an address: a postcode, a position however written, or a name with a figure.

    Such are house numbers; a counter with a number in its name is found all the same.
    """
    is_numbered_name = query.kind is QueryKind.NAME and any(letter.isdigit() for letter in typed)
    is_exact = query.kind in (QueryKind.POSTCODE, QueryKind.POSITION)
    return is_exact or is_numbered_name or other_notation(typed) is not None


def _answered_at_once(store: Store, typed: str) -> Document:
    return _find_page(store, found(store, typed))


def _led_to(**asked: str) -> Response:
    return RedirectResponse(f"/plain/find?{urlencode(asked)}" if asked else "/plain/find", status_code=303)


async def _front(_request: Request) -> Response:
    return RedirectResponse("/plain/find", status_code=308)


def _about(store: Store, asked: Asked) -> Document:
    """The contents, or a report of an error about what the address names."""
    return plain.document(store, about.CONTENTS, PageAsked(today(), chosen=tuple(asked.parameters.items())))


def _sheet(sheet: Sheet) -> Route:
    """A plain page; codes of places are read in small letters too. It may name the site in what is to be copied."""

    def make(store: Store, asked: Asked) -> Document:
        code = asked.code.upper() if sheet.parameter in ("ward", "borough") else asked.code
        return plain.document(store, sheet, sheet.asked_for(store, code, asked.day, asked.parameters), asked.site)

    return _page(sheet.path, make, *(("as_at",) if sheet.page.has_day else ()), *sheet.takes, names_site=True)


def plain_routes() -> list[BaseRoute]:
    """Every plain page, the permanent addresses first."""
    return [
        served("/ward/{code}/events.ics", lambda store, asked: events_document(store, asked.code.upper())),
        served(plain.STYLESHEET, lambda store, _asked: plain.stylesheet(store)),
        served("/site.css", lambda store, _asked: plain.dashboard_stylesheet(store)),
        _page("/plain/about", _about, *REPORTED),
        Route("/plain/find", find, methods=["GET"]),
        Route("/plain/find", find_posted, methods=["POST"]),
        Route("/plain/", _front),
        *(_sheet(sheet) for sheet in SHEETS),
        served("/sitemap.xml", lambda store, asked: plain.sitemap(store, asked.site), names_site=True),
        served("/robots.txt", lambda _store, asked: plain.robots(asked.site), names_site=True),
    ]
