"""The routes of the plain pages: thin, each a function of `outlets.plain`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from transparency.about.pages import REPORTED
from transparency.core.days import read_day
from transparency.core.errors import ParameterError, StoreError, TransparencyError
from transparency.core.logs import REQUEST_ID
from transparency.exhibits.addresses import ward_path
from transparency.exhibits.document import Document
from transparency.listed.exhibits import events_document
from transparency.outlets import plain
from transparency.places.lookup import Answer, answer_position, answer_postcode, answer_text, exact_ward_code
from transparency.places.postcodes import Query, QueryKind, read_query
from transparency.places.search import shared_index
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.documents import answer
from transparency.web.hosts import site_address
from transparency.web.refusals import bare_page, refusal, too_many_searches

LONGEST_BODY = 2_000
LONGEST_TYPED = 80


def day_asked(asked: Mapping[str, str]) -> date | None:
    """The day an address asks for; None for the page that is always of today."""
    return read_day(asked["as_at"]) if "as_at" in asked else None


def refuse(fault: TransparencyError, _path: str) -> Response:
    """A page that says what was wrong: 404 for what does not exist, 400 for what cannot be asked."""
    if isinstance(fault, StoreError):
        return bare_page(503, "The data cannot be shown at the moment", str(fault))
    status = 400 if isinstance(fault, ParameterError) else 404
    document = plain.problem_document(shared_store(), "There is nothing at this address", str(fault), REQUEST_ID.get())
    headers = {"Cache-Control": "no-store"}
    return Response(document.content, status_code=status, media_type=document.media_type, headers=headers)


async def _place(request: Request, make: Callable[[Store, str, date | None], Document]) -> Response:
    code = request.path_params["code"].upper()
    return await answer(
        request, lambda store, asked: make(store, code, day_asked(asked)), parameters=("as_at",), refuse=refuse
    )


async def _place_with_card(request: Request, make: Callable[[Store, str, date | None, str], Document]) -> Response:
    """A place's page, kept by the site it names as well, since that stands in the card to copy."""
    code, site = request.path_params["code"].upper(), site_address(request)
    return await answer(
        request,
        lambda store, asked: make(store, code, day_asked(asked), site),
        parameters=("as_at",),
        key=f"{site}{request.url.path}",
        refuse=refuse,
    )


async def _page(request: Request, make: Callable[[Store, date | None], Document]) -> Response:
    return await answer(
        request, lambda store, asked: make(store, day_asked(asked)), parameters=("as_at",), refuse=refuse
    )


async def _promise(request: Request) -> Response:
    promise_id = request.path_params["code"]
    return await answer(
        request,
        lambda store, asked: plain.promise_document(store, promise_id, day_asked(asked)),
        parameters=("as_at",),
        refuse=refuse,
    )


async def _section(request: Request) -> Response:
    name = request.path_params["name"]
    return await answer(request, lambda store, _asked: plain.section_document(store, name), refuse=refuse)


async def _events(request: Request) -> Response:
    code = request.path_params["code"].upper()
    return await answer(request, lambda store, _asked: events_document(store, code))


async def _sheet(request: Request, make: Callable[[Store], Document]) -> Response:
    return await answer(request, lambda store, _asked: make(store))


async def _about(request: Request) -> Response:
    return await answer(request, plain.about_document, parameters=REPORTED, refuse=refuse)


async def find(request: Request) -> Response:
    """The form and what it found: a name by `q`, part of a postcode by `prefix`, never a whole postcode."""
    if request.url.query and (refused := too_many_searches(request)):
        return refused
    return await answer(request, _find, parameters=("q", "prefix"), refuse=refuse)


def _find(store: Store, asked: Mapping[str, str]) -> Document:
    if "prefix" in asked:
        return plain.find_document(store, answer_postcode(store, asked["prefix"]), asked["prefix"])
    if "q" in asked:
        return plain.find_document(store, _found(store, asked["q"]), asked["q"])
    return plain.find_document(store)


def _found(store: Store, text: str) -> Answer:
    query = read_query(text)
    if query.kind is QueryKind.POSITION:
        return answer_position(store, query)
    if query.kind in (QueryKind.PREFIX, QueryKind.SECTOR, QueryKind.OUTWARD):
        return answer_postcode(store, text)
    return answer_text(shared_index(store), text)


async def find_posted(request: Request) -> Response:
    """What was typed into the form: a name or prefix is led to its address (303), the rest answered; none is kept."""
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
        except TransparencyError as fault:
            return refuse(fault, request.url.path)
        if ward_code is not None:
            return RedirectResponse(ward_path(ward_code), status_code=303)
        return _led_to(prefix=query.value)
    if _may_name_a_household(query, typed):
        document = await run_in_threadpool(lambda: _answered_at_once(shared_store(), typed))
        return Response(document.content, media_type=document.media_type, headers={"Cache-Control": "no-store"})
    return _led_to(q=typed) if typed else _led_to()


def _may_name_a_household(query: Query, typed: str) -> bool:
    """Whether a text must not be led into an address: a position, or a name with a figure in it.

    Such are house numbers and grid references; a counter with a number in its name is found all the same.
    """
    is_numbered_name = query.kind is QueryKind.NAME and any(letter.isdigit() for letter in typed)
    return query.kind is QueryKind.POSITION or is_numbered_name


def _answered_at_once(store: Store, typed: str) -> Document:
    return plain.find_document(store, _found(store, typed))


def _led_to(**asked: str) -> Response:
    return RedirectResponse(f"/plain/find?{urlencode(asked)}" if asked else "/plain/find", status_code=303)


async def _front(_request: Request) -> Response:
    return RedirectResponse("/plain/find", status_code=308)


async def _sitemap(request: Request) -> Response:
    site = site_address(request)
    return await answer(request, lambda store, _asked: plain.sitemap(store, site), key=f"{site}/sitemap.xml")


async def _robots(request: Request) -> Response:
    site = site_address(request)
    return await answer(request, lambda _store, _asked: plain.robots(site), key=f"{site}/robots.txt")


def plain_routes() -> list[BaseRoute]:
    """Every plain page, the permanent addresses first."""
    pages = [Route(f"/plain/{name}", partial(_page, make=make)) for name, make in plain.PAGES.items()]
    return [
        Route("/ward/{code}/events.ics", _events),
        Route("/ward/{code}", partial(_place_with_card, make=plain.ward_document)),
        Route("/borough/{code}", partial(_place_with_card, make=plain.borough_document)),
        Route("/borough/{code}/months", partial(_place, make=plain.borough_months_document)),
        *pages,
        Route("/plain/promises/{code}", _promise),
        Route(plain.STYLESHEET, partial(_sheet, make=plain.stylesheet)),
        Route("/site.css", partial(_sheet, make=plain.dashboard_stylesheet)),
        Route("/plain/about", _about),
        Route("/plain/find", find, methods=["GET"]),
        Route("/plain/find", find_posted, methods=["POST"]),
        Route("/plain/", _front),
        Route("/plain/{name:path}", _section),
        Route("/sitemap.xml", _sitemap),
        Route("/robots.txt", _robots),
    ]
