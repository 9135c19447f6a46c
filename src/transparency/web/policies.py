"""Content security policies: what a browser may load, run and frame for each kind of answer.

The dashboard's shell has a separate policy (`shell`). All other answers run no script at all: `PAGE` is for
plain HTML pages, `FILE` for everything else (data, JSON, pictures, print, feeds).
"""

from __future__ import annotations

from collections.abc import Mapping

NOT_FRAMED = "frame-ancestors 'none'"


def policy(directives: Mapping[str, str]) -> str:
    """The header's value."""
    return "; ".join(f"{name} {value}" for name, value in directives.items())


# Our pages have their styles in linked sheets and, for pictures and keys of maps, in attributes.
PAGE = policy(
    {
        "default-src": "'none'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
)
# A picture opened by itself has its styles inside; nothing else is loaded from a file.
FILE = policy(
    {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
)


def framable(policy: str, ancestors: str = "*") -> str:
    """The same policy for an answer that pages of other sites may show in a frame."""
    if policy.count(NOT_FRAMED) != 1:
        raise ValueError(f"The policy does not say {NOT_FRAMED} once: {policy}")
    return policy.replace(NOT_FRAMED, f"frame-ancestors {ancestors}")
