"""A server on 127.0.0.1 that answers as data.police.uk does, quirks included. Nobody and nothing in it is real.

    with police_uk_stub(ward_codes) as stub:
        fetch_police_uk(root, base_url=stub.address, client=PoliteClient(1000, timeout_s=0.5, backoff_s=0))

Every ward is listed with its N but the second. What is odd about a ward follows from its place in the list:
`QUIRKS` names them. `stub.asked` counts the requests by path; `stub.refuse_after` makes it fail for good.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

NAMES = ("PC Zebedee Quillfeather", "Marigold O'Thistlewood", "Sgt Barnaby Wintergreen")
BIOGRAPHY = "<p>Zebedee joined from the merchant navy.</p>"

# Place in the list (from 0) of the ward that is odd in each way; all others are usual.
NOBODY, NO_PEOPLE_404, NULLS, MISSING_KEYS, OTHER_SPELLINGS, MARKUP, WITHOUT_N = 2, 3, 4, 5, 6, 7, 1
ONCE_429, ONCE_500, ONCE_TRUNCATED, ONCE_SLOW = 3, 4, 5, 6
SLOW_S = 0.8

USUAL_PEOPLE: list[dict[str, Any]] = [
    {"name": NAMES[0], "rank": "PC", "bio": BIOGRAPHY, "contact_details": {"email": "zebedee.quillfeather@x.example"}},
    {"name": "Ferdinand Appleyard", "rank": "PC", "bio": None, "contact_details": {}},
    {"name": NAMES[1], "rank": "PCSO", "bio": None, "contact_details": {}},
]
USUAL_EVENTS: list[dict[str, Any]] = [
    {
        "title": "Ward panel",
        "type": "meeting",
        "description": "<p>Meet <b>PC Quillfeather</b>, all welcome</p>",
        "address": "The Library",
        "start_date": "2999-12-02T18:00:00",
        "end_date": "2999-12-02T19:30:00",
        "contact_details": {},
    },
    {
        "title": "Street briefing",
        "type": "meeting",
        "description": None,
        "address": None,
        "start_date": "2000-01-01T10:00:00",
        "end_date": "2000-01-01T11:00:00",
        "contact_details": {},
    },
]
USUAL_PRIORITIES: list[dict[str, Any]] = [
    {
        "issue": "<p>Burglary in <em>Mill</em> Lane</p>",
        "issue-date": "2000-01-01T00:00:00",
        "action": "<p>Patrols by Marigold O'Thistlewood.</p><p>And a stall.</p>",
        "action-date": None,
    }
]


def team(code: str, place: int) -> dict[str, Any]:
    if place == NULLS:
        nowhere = ("name", "type", "address", "postcode", "telephone", "description", "latitude", "longitude")
        absent = dict.fromkeys(("name", "description", "contact_details", "links", "centre"))
        return absent | {"id": code, "population": "0", "locations": [dict.fromkeys(nowhere)]}
    if place == MISSING_KEYS:
        return {"id": code}
    return {
        "name": f"Ward team {place}",
        "id": code,
        "population": "0",
        "description": f"<p>Run by {NAMES[2]}</p>",
        "url_force": "http://force.example/",
        "contact_details": {"email": f"team{place}@x.example", "telephone": "+44 20 7946 0000", "twitter": "@team"},
        "centre": {"latitude": "51.5", "longitude": "-0.1"},
        "links": [],
        "locations": [
            {
                "name": "Mill Lane base",
                "type": "station",
                "address": "1 Mill Lane",
                "postcode": "ZZ99 9ZZ",
                "telephone": None,
                "description": "<p>Tuesdays&nbsp;10:00 to 12:00</p>",
                "latitude": "51.5",
                "longitude": "-0.1",
            }
        ],
    }


def people(place: int) -> list[dict[str, Any]] | None:
    if place == NOBODY:
        return []
    if place == NO_PEOPLE_404:
        return None
    if place == MISSING_KEYS:
        return [{"name": NAMES[2]}, {"rank": "Inspector", "bio": None}]
    if place == OTHER_SPELLINGS:
        spelt = ("Police Constable", "P.C.", "Dedicated Ward Officer", "Police Community Support Officer",
                 "Sergeant", "sgt", "Special Constable", "Chief Wizard")  # fmt: skip
        return [{"name": f"Person {place}", "rank": rank, "bio": None} for rank in spelt]
    return USUAL_PEOPLE


def priorities(place: int) -> list[dict[str, Any]]:
    if place == NULLS:
        return [{"issue": None, "issue-date": None, "action": None, "action-date": None}]
    if place == MISSING_KEYS:
        return [{"issue": "Noise"}]
    if place == MARKUP:
        return [{"issue": "=cmd()<script>alert(1)</script>Fly &amp; tip", "issue-date": "2999-01-01T00:00:00",
                 "action": "<ul><li>One</li><li>Two</li></ul>", "action-date": "2999-01-02T00:00:00"}]  # fmt: skip
    if people(place) is not USUAL_PEOPLE:
        return [USUAL_PRIORITIES[0] | {"action": "<p>Patrols by PC Quillfeather.</p>"}]
    return USUAL_PRIORITIES


def events(place: int) -> list[dict[str, Any]]:
    if place == NULLS:
        return [dict.fromkeys(("title", "type", "description", "address", "start_date", "end_date"))]
    return [] if place in (MISSING_KEYS, NOBODY) else USUAL_EVENTS


class PoliceUkStub:
    """What the server knows and what it was asked."""

    def __init__(self, ward_codes: Sequence[str]) -> None:
        self.codes = list(ward_codes)
        self.asked: Counter[str] = Counter()
        self.times: list[float] = []
        self.refuse_after: int | None = None
        self.delay_s = 0.0
        self.address = ""

    def listed_id(self, code: str) -> str:
        return code if self.codes.index(code) == WITHOUT_N else f"{code}N"

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        self.asked[path] += 1
        self.times.append(time.monotonic())
        if self.refuse_after is not None and sum(self.asked.values()) > self.refuse_after:
            return 503, {}, b"out of order"
        if path == "/api/metropolitan/neighbourhoods":
            listed = [{"id": self.listed_id(code), "name": f"Ward {place}"} for place, code in enumerate(self.codes)]
            strange = [{"id": "E05099999N", "name": "Elsewhere"}, {"id": None, "name": None}, {"name": "No id"}]
            return 200, {}, json.dumps([*listed, *strange]).encode()
        _, _, _, neighbourhood, *rest = path.split("/")
        code, kind = neighbourhood.removesuffix("N"), rest[0] if rest else "team"
        if code not in self.codes or self.listed_id(code) != neighbourhood:
            return 404, {}, b"not found"
        place = self.codes.index(code)
        is_first = self.asked[path] == 1
        if is_first and kind == "team":
            if place == ONCE_429:
                return 429, {"Retry-After": "0"}, b""
            if place == ONCE_500:
                return 500, {}, b"<html>error</html>"
            if place == ONCE_SLOW:
                time.sleep(SLOW_S)
        content = {"team": team(code, place), "people": people(place), "events": events(place),
                   "priorities": priorities(place)}[kind]  # fmt: skip
        if content is None:
            return 404, {}, b"not found"
        body = json.dumps(content).encode()
        return 200, {}, body[: len(body) // 2] if is_first and place == ONCE_TRUNCATED and kind == "team" else body


@contextmanager
def police_uk_stub(ward_codes: Sequence[str]) -> Iterator[PoliceUkStub]:
    """The server, running until the block ends."""
    stub = PoliceUkStub(ward_codes)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body in one packet: apart, each answer would wait 40 ms for a delayed acknowledgement.
        wbufsize = 1 << 16
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            if stub.delay_s:
                time.sleep(stub.delay_s)
            with lock:
                status, headers, body = stub.answer(self.path.split("?")[0])
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]  # a client that gave up is no error
    stub.address = f"http://127.0.0.1:{server.server_address[1]}/api"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
