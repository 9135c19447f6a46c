"""What every answer passes through: its number in the log, security headers, limits, closed endpoints, bundles.

A route that may be shown in a frame on other sites says so itself, and nothing else has to be changed:

    response.headers["Content-Security-Policy"] = policies.framable(policies.PAGE)

`SecurityHeaders` leaves a policy that an answer brings as it is, and forbids frames by X-Frame-Options only where
the policy forbids them too.

Answers are compressed by the framework's own gzip middleware, which is Starlette's.
"""

from __future__ import annotations

import asyncio
import logging
import time
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from transparency.core.logs import REQUEST_ID, REQUESTS, new_reference
from transparency.core.settings import Logged, Settings
from transparency.web import policies
from transparency.web.bundles import bundle_response
from transparency.web.hosts import is_own_host, is_own_origin
from transparency.web.refusals import fault_response, refusal

LONGEST_QUERY = 4_000
LARGEST_HEADERS_BYTES = 16_000
LARGEST_BODY_BYTES = 16_000
SECONDS_FOR_BODY = 10.0

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
}

# Parts of the framework this site does not use: uploads, and driving the pages by programs.
_CLOSED = ("/_stcore/agent/", "/_stcore/upload_file/", "/_stcore/script-health-check")
_METRICS = "/_stcore/metrics"

_log = logging.getLogger(__name__)
_requests = logging.getLogger(REQUESTS)


class ForwardedClients(ProxyHeadersMiddleware):
    """Takes a client's address and scheme from a proxy's headers, where the settings name the proxy.

    Anyone else may write what they like into these headers. That they come unasked is worth one line in the log,
    since all readers behind a proxy that is not named count as one client.
    """

    def __init__(self, app: ASGIApp, proxies: tuple[str, ...]) -> None:
        super().__init__(app, list(proxies))  # type: ignore[arg-type]
        self.is_unnamed_said = bool(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        if scope["type"] != "lifespan" and not self.is_unnamed_said and "X-Forwarded-For" in Headers(scope=scope):
            self.is_unnamed_said = True
            _log.warning("X-Forwarded-For is not believed: name the proxy in TRANSPARENCY_PROXIES if it is yours")
        await super().__call__(scope, receive, send)  # type: ignore[arg-type]


class RequestRecord:
    """Numbers each request, sends the number with the answer, logs what the settings ask for, and answers errors.

    An error gives a plain page or problem details with the request's number; its traceback goes to the log alone.
    """

    def __init__(self, app: ASGIApp, logged: Logged) -> None:
        self.app = app
        self.logged = logged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        REQUEST_ID.set(new_reference())
        began = time.perf_counter()
        status = 0

        async def send_with_number(message: Message) -> None:
            nonlocal status
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = REQUEST_ID.get()
            await send(message)

        try:
            await self.app(scope, receive, send_with_number)
        except Exception:
            _log.exception("a request failed", extra={"path": scope["path"]})
            if scope["type"] == "http" and not status:
                await fault_response(scope["path"])(scope, receive, send_with_number)
        if self.logged is not Logged.ERRORS and scope["type"] == "http":
            self._record(scope, status, began)

    def _record(self, scope: Scope, status: int, began: float) -> None:
        """One line; the query is left out, since it holds what a reader looked for."""
        said = {
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "milliseconds": round((time.perf_counter() - began) * 1000, 1),
        }
        if self.logged is Logged.ADDRESSES and scope.get("client"):
            said["client"] = scope["client"][0]
        _requests.info("request", extra=said)


class SecurityHeaders:
    """Sets the headers an HTTP answer does not set itself, and the tightest policy for its kind."""

    def __init__(self, app: ASGIApp, hsts: str) -> None:
        self.app = app
        self.headers = {**_HEADERS, "Strict-Transport-Security": hsts} if hsts else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                is_page = headers.get("Content-Type", "").startswith("text/html")
                policy = headers.setdefault("Content-Security-Policy", policies.PAGE if is_page else policies.FILE)
                if policies.NOT_FRAMED in policy:
                    headers["X-Frame-Options"] = "DENY"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class KnownHosts:
    """Answers only for the site's own names, and opens the dashboard's socket only to its own pages.

    The framework compares origins too, but lets any page of this machine in and asks another host for its
    address when it meets a strange one.
    """

    def __init__(self, app: ASGIApp, known: Settings) -> None:
        self.app = app
        self.known = known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            headers = Headers(scope=scope)
            hosts = headers.getlist("Host")
            host = hosts[0] if len(hosts) == 1 else ""
            if not is_own_host(host, self.known):
                await self._refuse(scope, receive, send)
                return
            origin = headers.get("Origin")
            if scope["type"] == "websocket" and origin and not is_own_origin(origin, host, self.known):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        said = "This server does not answer for that host name. Its operator can add names by TRANSPARENCY_HOSTS."
        await refusal(HTTPStatus.MISDIRECTED_REQUEST, said, scope["path"])(scope, receive, send)


class RequestLimits:
    """Refuses an address that is too long, headers that are too large, and a body that is too large or too slow."""

    def __init__(self, app: ASGIApp, seconds_for_body: float = SECONDS_FOR_BODY) -> None:
        self.app = app
        self.seconds_for_body = seconds_for_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if len(scope["query_string"]) > LONGEST_QUERY:
            refused = refusal(HTTPStatus.REQUEST_URI_TOO_LONG, "The address is too long.", scope["path"])
            await refused(scope, receive, send)
            return
        if sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEADERS_BYTES:
            said = "The headers are too large."
            refused = refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, said, scope["path"])
            await refused(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("Content-Length", "0")
        if length == "0" and "Transfer-Encoding" not in headers:
            await self.app(scope, receive, send)
            return
        said = f"The body is larger than {LARGEST_BODY_BYTES} bytes."
        refused = refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said, scope["path"])
        if len(length) <= len(str(LARGEST_BODY_BYTES)):
            try:
                whole = await asyncio.wait_for(_whole_body(receive), self.seconds_for_body)
            except TimeoutError:
                refused = refusal(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time.", scope["path"])
            else:
                if whole is not None:
                    await self.app(scope, _replayed(whole, receive), send)
                    return
        # What is still coming is not read, so the connection cannot be used again.
        refused.headers["Connection"] = "close"
        await refused(scope, receive, send)


async def _whole_body(receive: Receive) -> list[Message] | None:
    """The messages of the body; None where it is larger than allowed."""
    messages: list[Message] = []
    size = 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > LARGEST_BODY_BYTES:
            return None
        if not message.get("more_body"):
            return messages


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    coming = iter(messages)

    async def receive_again() -> Message:
        message = next(coming, None)
        return message if message is not None else await receive()

    return receive_again


class ClosedEndpoints:
    """Answers 404 where the framework would offer what this site does not."""

    def __init__(self, app: ASGIApp, has_metrics: bool) -> None:
        self.app = app
        self.closed = _CLOSED if has_metrics else (*_CLOSED, _METRICS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self.closed):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class PreparedBundles:
    """Answers the framework's bundles compressed and cacheable for ever."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"].startswith("/static/"):
            offered = Headers(scope=scope).get("Accept-Encoding", "")
            response = await run_in_threadpool(bundle_response, scope["path"], offered)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


def middleware(chosen: Settings) -> list[Middleware]:
    """The middleware in the order a request enters through it."""
    return [
        Middleware(ForwardedClients, proxies=chosen.proxies),
        Middleware(SecurityHeaders, hsts=chosen.hsts),
        Middleware(RequestRecord, logged=chosen.log),
        Middleware(KnownHosts, known=chosen),
        Middleware(RequestLimits),
        Middleware(ClosedEndpoints, has_metrics=chosen.metrics),
        Middleware(PreparedBundles),
    ]
