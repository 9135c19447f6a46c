"""Which host names the site answers for, and the address it gives as its own.

Feeds, the sitemap, handouts and citations name the site's own address. It is the one the operator set, or else
the one asked for, which is why only known names are answered: TRANSPARENCY_SITE's and TRANSPARENCY_HOSTS', this
machine's name, and addresses in numbers, to which no other site can point its own name.
"""

from __future__ import annotations

import re
import socket
from functools import cache
from urllib.parse import urlsplit

from starlette.requests import Request

from transparency.core.settings import Settings, is_ip_address, settings

# A host name or an address, and perhaps a port (RFC 9110, 7.2); an IPv6 address is in brackets.
_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)


def site_address(request: Request) -> str:
    """The site's origin without a slash at its end, to put before a path."""
    return settings().site or f"{request.url.scheme}://{request.url.netloc}"


def is_own_host(host: str, known: Settings) -> bool:
    """Whether a Host header names this site."""
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match["name"].lower().rstrip(".").strip("[]")
    named = _named(known)
    if name in named or any(name.endswith(own[1:]) for own in named if own.startswith("*.")):
        return True
    return _is_local(name) or (not known.site and not known.hosts and is_ip_address(name))


def is_own_origin(origin: str, host: str, known: Settings) -> bool:
    """Whether an Origin header is that of a page of this site: the host asked for, or one that is set.

    A proxy may ask under another host than the reader's.
    """
    asking = urlsplit(origin)
    if asking.scheme not in ("http", "https") or not asking.netloc:
        return False
    return asking.netloc.lower() == host.lower() or (asking.hostname or "") in _named(known)


@cache
def _named(known: Settings) -> frozenset[str]:
    return frozenset(name.lower() for name in (urlsplit(known.site).hostname, *known.hosts) if name)


def _is_local(name: str) -> bool:
    """This machine itself, where a check of its health asks from."""
    return name in ("localhost", "127.0.0.1", "::1", socket.gethostname().lower())
