"""What every answer passes through: security headers, closed endpoints, prepared bundles.

All other answers are compressed by the framework's own gzip middleware, which is Starlette's.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from transparency.web.bundles import bundle_response

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

# Parts of the framework this site does not use: measurements, uploads, and driving the pages by programs.
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/", "/_stcore/upload_file/", "/_stcore/script-health-check")


class SecurityHeaders:
    """Sets the headers an HTTP answer does not set itself (an embed may relax the frame policy)."""

    def __init__(self, app: ASGIApp, content_security_policy: str) -> None:
        self.app = app
        self.headers = {**_HEADERS, "Content-Security-Policy": content_security_policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class ClosedEndpoints:
    """Answers 404 where the framework would offer what this site does not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(_CLOSED):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class PreparedBundles:
    """Answers the framework's bundles compressed and cacheable for ever."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] in ("GET", "HEAD")
            and scope["path"].startswith("/static/")
        ):
            offered = Headers(scope=scope).get("Accept-Encoding", "")
            response = await run_in_threadpool(bundle_response, scope["path"], offered)
            await response(scope, receive, send)
            return
        await self.app(scope, receive, send)


def middleware(content_security_policy: str) -> list[Middleware]:
    """The middleware in the order an answer leaves through it, last to first."""
    return [
        Middleware(SecurityHeaders, content_security_policy=content_security_policy),
        Middleware(ClosedEndpoints),
        Middleware(PreparedBundles),
    ]
