"""The log: JSON lines on stderr, without postcodes or positions, each with the request it belongs to.

An error shown to a reader carries the same reference as its line in the log.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO, Any

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
REQUESTS = "transparency.requests"

# Whatever has the shape of a full postcode, also as it is written in an address ("NW5%202AA", "nw5+2aa").
_POSTCODE = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2}))[A-Za-z]{1,2}[0-9][0-9A-Za-z]?(?:[\s+_.,-]|%[0-9A-Fa-f]{2})*"
    r"[0-9][A-Za-z]{2}(?![A-Za-z0-9])"
)
# Two numbers of degrees to a hundred metres or nearer, also as they are written in an address ("51.5512,%20-0.1402").
_POSITION = re.compile(
    r"(?<![0-9.])[+-]?[0-9]{1,3}\.[0-9]{3,}(?:°|%C2%B0)?\s*[NS]?(?:[\s+,;]|%2[0CB]|%3B)+"
    r"[+-]?[0-9]{1,3}\.[0-9]{3,}(?![0-9.])",
    re.IGNORECASE,
)
_OF_EVERY_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


def new_reference() -> str:
    """A reference for a request or an error: 16 hexadecimal digits, chosen at random."""
    return secrets.token_hex(8)


def without_whereabouts(text: str) -> str:
    """The text with what has a full postcode's shape put as [postcode], an exact position's as [position]."""
    return _POSITION.sub("[position]", _POSTCODE.sub("[postcode]", text))


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message, request_id, what it was given, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if REQUEST_ID.get():
            line["request_id"] = REQUEST_ID.get()
        line |= {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        scrubbed = {
            name: without_whereabouts(value) if isinstance(value, str) else value for name, value in line.items()
        }
        return json.dumps(scrubbed, ensure_ascii=False, default=repr)


def set_up_logs(stream: IO[str] | None = None) -> None:
    """Send every logger's records to one handler; those that libraries set up for themselves are taken away.

    Called again it starts anew, so that loggers made since are reached too.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in list(root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers = []
        logger.propagate = True
    logging.getLogger(REQUESTS).setLevel(logging.INFO)
