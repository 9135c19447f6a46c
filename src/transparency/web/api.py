"""The routes of `/api/v1/`. Answers are made in `outlets.api`; a text posted for a search is never kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from transparency.core.errors import ParameterError, TransparencyError
from transparency.exhibits.document import Document
from transparency.outlets import api
from transparency.outlets.openapi import openapi_document
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.documents import answer, problem_response, served
from transparency.web.refusals import OPEN_TO_ALL, too_many_searches

LONGEST_TEXT = 200


def _list(name: str, make: Callable[[Store, Mapping[str, str]], Document], *parameters: str) -> Route:
    return served(f"/api/v1/{name}", lambda store, asked: make(store, asked.parameters), *parameters)


def _place(name: str, make: Callable[[Store, str, Mapping[str, str]], Document]) -> Route:
    return served(f"/api/v1/{name}/{{code}}", lambda store, asked: make(store, asked.code, asked.parameters), "as_at")


async def _search(request: Request) -> Response:
    if refused := too_many_searches(request):
        return refused
    if "q" in request.query_params and not _is_readable(request.query_params["q"]):
        error = ParameterError("q", "q holds characters that are not text.")
        return problem_response(error, request.url.path)
    return await answer(request, lambda store, asked: api.search_json(store, asked.parameters), ("q",))


async def _posted_search(request: Request) -> Response:
    if refused := too_many_searches(request):
        return refused
    try:
        text = await _posted_text(request)
        document = await run_in_threadpool(lambda: api.posted_search_json(shared_store(), text))
    except TransparencyError as error:
        return problem_response(error, request.url.path)
    return Response(
        document.content, media_type=document.media_type, headers={**OPEN_TO_ALL, "Cache-Control": "no-store"}
    )


async def _posted_text(request: Request) -> str:
    """The text to search for; raises ParameterError, which repeats none of it, where the body is not as asked."""
    try:
        sent = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise ParameterError("q", 'The body must be JSON: {"q": "…"}.') from None
    text = sent.get("q") if isinstance(sent, dict) else None
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT or not _is_readable(text):
        raise ParameterError("q", f'The body must be {{"q": "…"}} with a text of 1 to {LONGEST_TEXT} characters.')
    return text


def _is_readable(text: str) -> bool:
    """Whether the text is Unicode that can be written down: a lone surrogate is not."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


async def _preflight(_request: Request) -> Response:
    """What a browser asks before a page of another site may post here (CORS)."""
    allowed = {"Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Allow-Headers": "Content-Type"}
    return Response(status_code=204, headers={**OPEN_TO_ALL, **allowed, "Access-Control-Max-Age": "86400"})


def api_routes() -> list[BaseRoute]:
    """The routes of the API, in the order in which they are tried."""
    return [
        served("/api/v1/openapi.json", lambda _store, _asked: openapi_document()),
        _list("wards", api.wards_json, "as_at", "borough", "evidence"),
        _place("wards", api.ward_json),
        _place("boroughs", api.borough_json),
        _list("london", api.london_json, "as_at"),
        _list("sites", api.sites_json, "as_at", "borough", "kind"),
        _list("promises", api.promises_json, "as_at"),
        Route("/api/v1/search", _search, methods=["GET"]),
        Route("/api/v1/search", _posted_search, methods=["POST"]),
        Route("/api/v1/search", _preflight, methods=["OPTIONS"]),
    ]
