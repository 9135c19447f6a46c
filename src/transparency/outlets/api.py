"""The answers of `/api/v1/` as JSON: the same words and numbers as the pages, each with its day and source.

What they hold is declared in `answers`. Errors are problem details (RFC 9457) naming the parameter to change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from transparency.boroughs.series import place_series
from transparency.core.days import read_day
from transparency.core.errors import ParameterError
from transparency.core.vocabulary import Evidence, SiteKind, today
from transparency.counters.queries import sites_on
from transparency.crime.queries import borough_crime
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.document import JSON, LICENCE, LICENCE_URL, Document, json_bytes
from transparency.months.queries import place_months_until
from transparency.outlets.answers import BOROUGH, LONDON, PROMISE, SITE, WARD, WARD_IN_LIST, Place
from transparency.outlets.shapes import Shape, as_object
from transparency.pages.ward_record import ward_page
from transparency.places.lookup import answer_text, wards_of_postcode
from transparency.places.postcode_wards import PostcodeWard
from transparency.places.postcodes import (
    Candidate,
    NearWard,
    QueryKind,
    looks_like_postcode,
    nearest_wards,
    read_query,
)
from transparency.places.queries import find_borough
from transparency.places.search import shared_index
from transparency.places.sentences import NOT_YOUR_WARD
from transparency.progress.queries import progress
from transparency.promises.queries import ledger
from transparency.published.queries import sources_by_id
from transparency.store.store import DEMONSTRATION_NOTICE
from transparency.wards.standing import standings_on

if TYPE_CHECKING:
    from transparency.store.store import Store

Asked = Mapping[str, str]
_E = TypeVar("_E", bound=StrEnum)

MOST_FOUND = 20
POSTCODE_REFUSED = (
    "A postcode is not accepted in an address, because addresses are kept in histories and logs and a postcode can "
    "name a household. Type it into the form at /plain/find, or send it in the body of POST /api/v1/search as "
    '{"q": "…"}: it is looked up there, and nothing of it is kept.'
)
POSITION_REFUSED = (
    "A position is not accepted in an address, because it can name a household. Type it into the form at /plain/find, "
    'or send it in the body of POST /api/v1/search as {"q": "…"}: nothing of it is kept.'
)
_POSTED_ONLY = {QueryKind.POSTCODE: POSTCODE_REFUSED, QueryKind.POSITION: POSITION_REFUSED}


def why_posted_only(text: str) -> str | None:
    """Why a text may not stand in an address, with what to do instead; None where it may."""
    return _POSTED_ONLY.get(read_query(text).kind)


def _answer(store: Store, asked_on: date | None, content: dict[str, Any]) -> Document:
    """An answer with its provenance before its content."""
    head: dict[str, Any] = {"notice": DEMONSTRATION_NOTICE} if store.is_demonstration else {}
    head |= {
        "is_demonstration": store.is_demonstration,
        "data_version": store.data_version,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }
    if asked_on is not None:
        head["asked_on"] = asked_on
    days = [snapshot.published_on for snapshot in store.snapshots]
    modified_on = max([*days, asked_on] if asked_on == today() else days, default=None)
    return Document(json_bytes(head | content), JSON, modified_on)


def _list(store: Store, day: date, name: str, shape: Shape, records: Iterable[Any]) -> Document:
    """Several of a shape on a day, counted."""
    sources = sources_by_id(store)
    listed = [as_object(shape, record, sources) for record in records]
    return _answer(store, day, {"as_at": day, f"{name}_count": len(listed), name: listed})


def problem(status: int, detail: str, path: str, parameter: str | None = None, request_id: str = "") -> bytes:
    """Problem details; `parameter` names what to change. A path with a postcode in it is not repeated."""
    described: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail if status >= 500 or not looks_like_postcode(detail) else "There is no such place.",
    }
    if not looks_like_postcode(path):
        described["instance"] = path
    if parameter is not None:
        described["parameter"] = parameter
    if request_id:
        described["request_id"] = request_id
    return json_bytes(described)


def _day(asked: Asked) -> date:
    return read_day(asked.get("as_at"))


def _borough_code(store: Store, asked: Asked) -> str | None:
    return find_borough(store, asked["borough"]).borough_code if "borough" in asked else None


def _one_of(kinds: type[_E], name: str, asked: Asked) -> _E | None:
    """A parameter from a closed list; raises ParameterError naming the list."""
    value = asked.get(name)
    if value is None:
        return None
    try:
        return kinds(value)
    except ValueError:
        raise ParameterError(name, f"{name} must be one of: {', '.join(kinds)}.") from None


def ward_json(store: Store, ward_code: str, asked: Asked) -> Document:
    """One ward on a day; one that had ended by then on its own last day."""
    day = _day(asked)
    return _answer(store, day, as_object(WARD, ward_page(store, ward_code.upper(), day), sources_by_id(store)))


def wards_json(store: Store, asked: Asked) -> Document:
    """The wards in force on a day, perhaps of one borough, perhaps resting on one kind of evidence."""
    day = _day(asked)
    evidence = _one_of(Evidence, "evidence", asked)
    standings = standings_on(store, day, _borough_code(store, asked))
    shown = [standing for standing in standings if evidence in (None, standing.evidence)]
    return _list(store, day, "wards", WARD_IN_LIST, shown)


def london_json(store: Store, asked: Asked) -> Document:
    """London on a day."""
    day = _day(asked)
    place = Place(
        progress(store, day), place_months_until(store, day), store.is_demonstration, place_series(store, day)
    )
    return _answer(store, day, as_object(LONDON, place, {}))


def borough_json(store: Store, borough_code: str, asked: Asked) -> Document:
    """One borough on a day, with its wards."""
    day = _day(asked)
    borough = find_borough(store, borough_code)
    code = borough.borough_code
    wards = standings_on(store, day, code)
    months = place_months_until(store, day, code)
    series, crime = place_series(store, day, code), borough_crime(store, code, day)
    place = Place(progress(store, day, code), months, store.is_demonstration, series, borough, wards, crime)
    return _answer(store, day, as_object(BOROUGH, place, {}))


def sites_json(store: Store, asked: Asked) -> Document:
    """Counters, hubs and other sites on a day, perhaps of one borough or kind."""
    day = _day(asked)
    kind = _one_of(SiteKind, "kind", asked)
    borough_code = _borough_code(store, asked)
    sites = (
        site
        for site in sites_on(store, day)
        if kind in (None, site.site_kind) and borough_code in (None, site.borough_code)
    )
    return _list(store, day, "sites", SITE, sites)


def promises_json(store: Store, asked: Asked) -> Document:
    """Every promise made up to a day, with its status on it and the dated history of that."""
    day = _day(asked)
    return _list(store, day, "promises", PROMISE, ledger(store, day))


def search_json(store: Store, asked: Asked) -> Document:
    """Wards, sites and boroughs by name or code."""
    text = asked.get("q", "").strip()
    if not text:
        raise ParameterError("q", "Say what to look for: a ward, borough or site, as in q=abbey.")
    return posted_search_json(store, text)


def posted_search_json(store: Store, text: str) -> Document:
    """The same for text sent in a body, where a postcode or position is answered too and nothing of it is kept."""
    query = read_query(text)
    if query.kind is QueryKind.POSITION and query.lat is not None and query.lon is not None:
        near = nearest_wards(store, query.lat, query.lon)
        return _found(store, [_ward_found(ward, 2022) for ward in near.wards], message=near.message)
    if query.kind in (QueryKind.POSTCODE, QueryKind.PREFIX, QueryKind.SECTOR, QueryKind.OUTWARD):
        answer = wards_of_postcode(store, text)
        if answer.candidates or query.kind is QueryKind.POSTCODE:
            wards: tuple[PostcodeWard | Candidate, ...] = (*answer.wards, *answer.candidates)
            results = [_ward_found(ward, answer.vintage) for ward in wards]
            if answer.across is not None:
                results.append({**_ward_found(answer.across, answer.vintage), "note": NOT_YOUR_WARD})
            return _found(store, results, prefix=answer.prefix, message=answer.message)
    answered = answer_text(shared_index(store), text)
    if not answered.choices:
        return _found(store, [], boroughs=[], message=answered.message)
    found = shared_index(store).find(text)[:MOST_FOUND]
    boroughs = [
        {"borough_code": item.code, "borough_name": item.name, "address": borough_path(item.code)}
        for item in found
        if item.kind == "borough"
    ]
    results = []
    for item in found:
        shared = {"kind": item.kind, "borough_name": item.borough_name, "note": item.note, "score": item.score}
        if item.kind in ("ward", "place"):
            results.append({**shared, "ward_code": item.code, "ward_name": item.name, "address": ward_path(item.code)})
        elif item.kind == "site":
            results.append(
                {**shared, "site_id": item.code, "site_name": item.name, "address": f"/counters?site={item.code}"}
            )
    return _found(store, results, boroughs=boroughs)


def _ward_found(ward: PostcodeWard | Candidate | NearWard, ward_set: int) -> dict[str, Any]:
    return {"kind": "ward", "ward_set": ward_set, **asdict(ward), "address": ward_path(ward.ward_code)}


def _found(store: Store, results: list[dict[str, Any]], **more: Any) -> Document:
    return _answer(store, None, {"results_count": len(results), "results": results, **more})
