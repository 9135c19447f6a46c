"""What is answered when something is refused or fails: problem details to programs, a plain page to readers.

Neither needs the store, and both carry the number of the request, which is in the log as well.
"""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from transparency.core.limits import SEARCHES, too_many
from transparency.core.logs import REQUEST_ID
from transparency.exhibits.html import render
from transparency.outlets.api import problem
from transparency.outlets.plain import NAV
from transparency.pages.page import SITE_NAME

OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, X-Request-ID"}
PROBLEM = "application/problem+json"
_FOR_PROGRAMS = ("/api/", "/data/", "/feeds/")
_NEVER_KEPT = {"Cache-Control": "no-store"}


def refusal(status: int, detail: str, path: str, title: str = "") -> Response:
    """A refusal in the form the address is read in; `title` is that of a page, the status in words if left out."""
    if f"{path}/".startswith(_FOR_PROGRAMS):
        return problem_details(status, detail, path)
    return bare_page(status, title or HTTPStatus(status).phrase, detail)


def problem_details(status: int, detail: str, path: str, parameter: str | None = None) -> Response:
    """A refusal as problem details (RFC 9457); `parameter` names what to change."""
    return Response(
        problem(status, detail, path, parameter, REQUEST_ID.get()),
        status_code=status,
        media_type=PROBLEM,
        headers={**OPEN_TO_ALL, **_NEVER_KEPT},
    )


def bare_page(status: int, title: str, message: str) -> Response:
    """A page complete by itself, for what can be said without the data; what is not found can be looked up there."""
    page = render(
        "bare_page.html",
        title=title,
        message=message,
        site_name=SITE_NAME,
        nav=NAV,
        address="",
        has_form=status == HTTPStatus.NOT_FOUND,
        reference=REQUEST_ID.get(),
    )
    return HTMLResponse(page, status_code=status, headers=_NEVER_KEPT)


def fault_response(path: str) -> Response:
    """What a reader sees of an error of ours: that it is ours, and the reference to give when reporting it."""
    return refusal(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side, and it has been noted. The rest of the site is not affected.",
        path,
    )


def too_many_searches(request: Request) -> Response | None:
    """Counts a search; 429 with the seconds to wait (RFC 6585, 4) when the client has made too many."""
    seconds = SEARCHES.seconds_to_wait(request.client.host if request.client else "")
    if not seconds:
        return None
    refused = refusal(HTTPStatus.TOO_MANY_REQUESTS, too_many(seconds), request.url.path)
    refused.headers["Retry-After"] = str(seconds)
    return refused
