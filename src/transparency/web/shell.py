"""The dashboard's shell: the small HTML page that loads the framework, put into our words.

The framework's own says "Streamlit", `lang="en"` and "You need to enable JavaScript". Ours names the page,
says in one line what it answers (for link previews and search), carries what can be read while the framework is on its
way, or where it cannot come, and leads to the plain pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import Response

from transparency.core.keeping import SHELLS_BYTES
from transparency.exhibits.html import render
from transparency.outlets.previews import SITES_OWN, Preview
from transparency.pages.page import SITE_NAME
from transparency.web.bundles import FRAMEWORK_STATIC
from transparency.web.compression import best_coding, compressed
from transparency.web.hosts import site_address
from transparency.web.policies import policy

_STARTUP_SCRIPT = (Path(__file__).parent / "startup.js").read_text(encoding="utf-8")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class ShellPage:
    """One address of the dashboard: its path, the title of its tab, and the line a link preview shows.

    `opening` is HTML of ours to be read until the page itself is there, `plain_address` where all of it can be read
    without JavaScript; `origin` is the site's address, as https://host: previews take no picture from a path alone.
    """

    path: str
    title: str
    line: str
    opening: str
    plain_address: str
    preview: Preview = SITES_OWN
    origin: str = ""


def _head(page: ShellPage) -> str:
    title, line, site = escape(page.title), escape(page.line), escape(SITE_NAME)
    return f"""<title>{title}</title>
    <meta name="description" content="{line}" />
    <meta name="color-scheme" content="light dark" />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content="{site}" />
    <meta property="og:locale" content="en_GB" />
    <meta property="og:title" content="{title}" />
    <meta property="og:description" content="{line}" />
    <meta property="og:image" content="{escape(page.origin + page.preview.address)}" />
    <meta property="og:image:width" content="1200" />
    <meta property="og:image:height" content="630" />
    <meta property="og:image:alt" content="{escape(page.preview.alt)}" />
    <meta name="twitter:card" content="summary_large_image" />
    <script>{_STARTUP_SCRIPT}</script>"""


_ICONS = """<link rel="stylesheet" href="/site.css" />
    <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
    <link rel="alternate icon" href="/assets/favicon.png" type="image/png" sizes="64x64" />"""


# What the framework would ask for only once the first message is there: a piece of HTML and the look-up's box.
_LATE = (
    "Html", "purify.es", "TextInput", "Input", "TextField", "Autocomplete", "useFormValidation", "useTextField",
    "useFormReset", "useField", "ErrorOutline.esm", "Cancel.esm", "WidgetLabel", "WidgetLabelHelpIcon",
    "useBasicWidgetState", "InputInstructions", "inputUtils", "useDebouncedCallback", "requiredField",
    "useUpdateUiValue",
)  # fmt: skip


@cache
def _late_bundles() -> str:
    """Links that fetch those bundles of the landing page at once; a name the framework gave up costs nothing."""
    bundles = FRAMEWORK_STATIC / "static" / "js"
    found = (path for name in _LATE for path in sorted(bundles.glob(f"{name}.????????.js")))
    return "".join(f'\n    <link rel="modulepreload" href="/static/js/{path.name}" />' for path in found)


def _until_it_runs(page: ShellPage) -> str:
    """The body before the framework runs, and all there is without JavaScript: where a ward is found, the form."""
    form = render("find_form.html") if page.path == "/" else ""
    return f"""<noscript><div class="tp">
      <p>This dashboard needs JavaScript.
      <a href="{escape(page.plain_address)}">The same facts as a plain page</a> need none.</p>
      {form}
    </div></noscript>
    <main id="opening">{page.opening}</main>"""


@cache
def _framework_shell() -> str:
    return (FRAMEWORK_STATIC / "index.html").read_text(encoding="utf-8")


def shell_html(page: ShellPage) -> str:
    """The framework's shell with `page`'s own title, language, description and message without JavaScript.

    Raises ValueError when the framework's shell no longer has one of the places we write to, so that an
    upgrade that moves them fails at once.
    """
    html = _framework_shell()
    for place, ours in (
        (r'<html lang="en">', '<html lang="en-GB">'),
        (r'<link rel="shortcut icon"[^>]*>', _ICONS + (_late_bundles() if page.path == "/" else "")),
        (r"<title>.*?</title>", _head(page)),
        (r'<!--(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>', ""),
        (r"<noscript>.*?</noscript>", _until_it_runs(page)),
    ):
        around = re.split(place, html, flags=re.DOTALL)
        if len(around) != 2:
            raise ValueError(f"{len(around) - 1} places like {place!r} in the framework's shell, not one.")
        html = ours.join(around)
    return html


class _Sent(NamedTuple):
    """A shell as it is sent: its tag and its body in one coding."""

    etag: str
    body: bytes


@cached(LRUCache[tuple[object, ...], _Sent](SHELLS_BYTES, getsizeof=lambda sent: len(sent.body)), lock=Lock())
def _sent(page: ShellPage, coding: str) -> _Sent:
    body = shell_html(page).encode()
    return _Sent(f'W/"{hashlib.sha256(body).hexdigest()[:16]}"', compressed(body, coding))


def shell_bundles() -> list[str]:
    """The paths of the bundles the framework's shell itself asks for."""
    return [f"/{path}" for path in re.findall(r'"\./(static/[^"]+)"', _framework_shell())]


@cache
def content_security_policy() -> str:
    """A policy under which the dashboard works: own scripts, the shell's inline scripts by hash, no eval.

    The hashes are of the framework's scripts and ours as they lie on disk, never of what a page was made into.
    The map's bundle starts a decoder in WebAssembly as it loads and would complain in the console otherwise;
    'wasm-unsafe-eval' allows that and no JavaScript.
    """
    hashes = (
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in (_STARTUP_SCRIPT, *_INLINE_SCRIPT.findall(_framework_shell()))
    )
    directives = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return policy(directives)


def shell_response(request: Request, page: ShellPage) -> Response:
    """The shell, compressed, checked again at each visit and not sent again when unchanged."""
    coding = best_coding(request.headers.get("Accept-Encoding", ""))
    etag, body = _sent(replace(page, origin=site_address(request)), coding)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": content_security_policy(),
        "ETag": etag,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("If-None-Match") == etag:
        return Response(status_code=304, headers=headers)
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return Response(body, media_type="text/html", headers=headers)
