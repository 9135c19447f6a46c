"""Documents over HTTP: kept between requests, not sent again when unchanged, compressed, streamed when large.

Answers are kept as bytes by the data's version, the day, the address and its parameters; the least recently used
go first when they fill their room.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime

from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from transparency.core.days import read_day
from transparency.core.errors import DayError, ParameterError, StoreError, TransparencyError
from transparency.core.keeping import DOCUMENTS_BYTES
from transparency.core.vocabulary import today
from transparency.exhibits.document import Document
from transparency.outlets.api import why_posted_only
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.compression import accepts, compressed
from transparency.web.hosts import site_address
from transparency.web.refusals import OPEN_TO_ALL, problem_details

LARGEST_KEPT_BYTES = 8 * 1024 * 1024
LONGEST_PARAMETER = 200

# A link to report an error names the data version, whose letters and digits may happen to have a postcode's shape.
_DATA_VERSION = re.compile(r"[0-9a-f]{12}")
_FOR_EVER = "public, max-age=31536000, immutable"
_FIVE_MINUTES = "public, max-age=300"
_SMALLEST_COMPRESSED = 500
_STREAMED_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_COMPRESSED_ALREADY = (
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats",
    "application/zip",
    "image/png",
)


class Prepared:
    """A document ready to be sent: its headers, and its body in the form that takes least room."""

    def __init__(self, document: Document) -> None:
        self.is_immutable = document.is_immutable
        self.etag = f'W/"{hashlib.sha256(document.content).hexdigest()[:20]}"'
        self.media_type = document.media_type
        self.headers = {
            **OPEN_TO_ALL,
            "Cache-Control": _FOR_EVER if document.is_immutable else _FIVE_MINUTES,
            "ETag": self.etag,
            "Vary": "Accept-Encoding",
        }
        if document.modified_on is not None:
            self.headers["Last-Modified"] = http_date(document.modified_on)
        if document.links:
            self.headers["Link"] = ", ".join(
                f'<{href}>; rel="{relation}"; type="{media_type}"' for href, relation, media_type in document.links
            )
        gains = len(document.content) >= _SMALLEST_COMPRESSED
        self.is_gzipped = gains and not self.media_type.startswith(_COMPRESSED_ALREADY)
        self.kept = compressed(document.content, "gzip") if self.is_gzipped else document.content

    @property
    def size(self) -> int:
        return len(self.kept)

    @property
    def content(self) -> bytes:
        """The body as it was made, for the few who take nothing compressed: that takes a twentieth of the time of
        compressing it."""
        return gzip.decompress(self.kept) if self.is_gzipped else self.kept


_kept: LRUCache[tuple[Hashable, ...], Prepared] = LRUCache(DOCUMENTS_BYTES, getsizeof=lambda prepared: prepared.size)
_keeping = threading.Lock()


def _keep(key: tuple[Hashable, ...], prepared: Prepared) -> None:
    """Keep a document for those who ask next; one so large that it would push out many is made again."""
    if prepared.size <= LARGEST_KEPT_BYTES:
        with _keeping:
            _kept[key] = prepared


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the code or path in it, its parameters, and the site's origin that links name."""

    code: str
    parameters: Mapping[str, str]
    site: str

    @property
    def day(self) -> date | None:
        """The day asked for, None for the page that is always of today; raises DayError."""
        return read_day(self.parameters["as_at"]) if "as_at" in self.parameters else None


def _parameters(request: Request, names: Sequence[str]) -> dict[str, str]:
    """Those of the names that are given and not blank, of one given again all with commas; all others are ignored.

    Raises ParameterError for one that is far too long or may not be in an address: a postcode or a position.
    """
    asked = {name: ",".join(request.query_params.getlist(name)) for name in names}
    given = {name: value for name, value in asked.items() if value.strip()}
    for name, value in given.items():
        if len(value) > LONGEST_PARAMETER:
            raise ParameterError(name, f"{name} is longer than {LONGEST_PARAMETER} characters.")
        if not _DATA_VERSION.fullmatch(value) and (reason := why_posted_only(value)):
            raise ParameterError(name, reason)
    return given


def http_date(day: date) -> str:
    """A day as an HTTP date (RFC 9110, 5.6.7), its first second."""
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


Make = Callable[[Store, Asked], Document]
Refuse = Callable[[TransparencyError, str], Response]


def served(
    path: str, make: Make, *parameters: str, names_site: bool = False, refuse: Refuse | None = None, policy: str = ""
) -> Route:
    """The route of a document; `policy` is the content security policy where it has its own."""

    async def endpoint(request: Request) -> Response:
        response = await answer(request, make, parameters, names_site, refuse)
        if policy and response.status_code in (200, 304):
            response.headers["Content-Security-Policy"] = policy
        return response

    return Route(path, endpoint)


async def answer(
    request: Request,
    make: Make,
    parameters: Sequence[str] = (),
    names_site: bool = False,
    refuse: Refuse | None = None,
) -> Response:
    """What `make` gives for what is asked, from memory where it is kept; a problem where it refuses.

    `names_site` says that the document names the site's address, and is kept for each; `refuse` words a refusal of
    the error at the path (problem details where it is left out).
    """
    try:
        site = site_address(request) if names_site else ""
        code = str(next(iter(request.path_params.values()), ""))
        asked = Asked(code, _parameters(request, parameters), site)
        store = shared_store()
        kept_as = (store.data_version, today(), request.url.path, site, *asked.parameters.items())
        with _keeping:
            prepared = _kept.get(kept_as)
        if prepared is None:
            # Compressed here, in a thread, and not while others wait.
            prepared = await run_in_threadpool(lambda: Prepared(make(store, asked)))
            _keep(kept_as, prepared)
    except TransparencyError as error:
        return (refuse or problem_response)(error, request.url.path)
    return respond(request, prepared)


def respond(request: Request, prepared: Prepared) -> Response:
    """The document, or 304 where the reader has it."""
    if is_unchanged(request, prepared):
        return Response(status_code=304, headers=prepared.headers)
    if prepared.is_gzipped and accepts(request.headers.get("Accept-Encoding", ""), "gzip"):
        headers, body = {**prepared.headers, "Content-Encoding": "gzip"}, prepared.kept
    else:
        headers, body = prepared.headers, prepared.content
    if len(body) > _STREAMED_FROM:
        headers = {**headers, "Content-Length": str(len(body))}
        return StreamingResponse(_chunks(body), media_type=prepared.media_type, headers=headers)
    return Response(body, media_type=prepared.media_type, headers=headers)


def is_unchanged(request: Request, prepared: Prepared) -> bool:
    """Whether the reader's copy is this one (RFC 9110, 13.2.2): by its tag, else by its day."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        opaque = prepared.etag.removeprefix("W/")
        return tags.strip() == "*" or opaque in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = request.headers.get("If-Modified-Since")
    return prepared.is_immutable and since is not None and since == prepared.headers.get("Last-Modified")


def _chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _CHUNK):
        yield body[start : start + _CHUNK]


def problem_response(error: TransparencyError, path: str) -> Response:
    """An error as problem details (RFC 9457)."""
    status = 503 if isinstance(error, StoreError) else 400 if isinstance(error, ParameterError) else 404
    parameter = error.parameter if isinstance(error, ParameterError) else None
    if isinstance(error, DayError):
        parameter = "as_at"
    return problem_details(status, str(error), path, parameter)
