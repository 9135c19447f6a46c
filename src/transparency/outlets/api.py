"""The answers of `/api/v1/` as JSON: the same words and numbers as the pages, each with its day and source.

`as_at` is the day a figure describes; `asked_on` is the day the answer is for. Errors are problem details
(RFC 9457) naming the parameter at fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from transparency.boroughs.queries import borough_wards
from transparency.core.days import read_day
from transparency.core.errors import ParameterError
from transparency.core.vocabulary import (
    DUE_ON,
    LONDON_CODE,
    PROMISED_PCS,
    PROMISED_PCSOS,
    Evidence,
    HalfKnown,
    SiteKind,
    SiteOnDay,
    today,
)
from transparency.counters.queries import sites_on
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.document import JSON, LICENCE, LICENCE_URL, Document, json_bytes
from transparency.listed.exhibits import listed_json
from transparency.months.measures import WardMonth
from transparency.months.queries import PlaceMonth, leading_months, place_months_until
from transparency.months.sentences import FTE_CAVEAT, RULE
from transparency.months.time import monthly_source
from transparency.pages.ward import WardPage, ward_page
from transparency.places.postcodes import (
    NearWard,
    QueryKind,
    looks_like_postcode,
    nearest_wards,
    read_query,
    wards_for_postcode,
)
from transparency.places.queries import find_borough
from transparency.places.search import shared_index
from transparency.progress.queries import Progress, progress
from transparency.promises.queries import LedgerEntry, ledger
from transparency.store.store import DEMONSTRATION_NOTICE
from transparency.wards.answers import WardAnswer, sources_by_id, ward_answers

if TYPE_CHECKING:
    from transparency.store.store import Store

Asked = Mapping[str, str]
Sources = Mapping[str, dict[str, Any]]
_E = TypeVar("_E", bound=StrEnum)

MOST_FOUND = 20
POSTCODE_REFUSED = (
    "A postcode is not accepted in an address, because addresses are kept in histories and logs and a postcode can "
    "name a household. Type it into the form at /plain/find, or send it in the body of POST /api/v1/search as "
    '{"q": "…"}: only its first part is used.'
)
POSITION_REFUSED = (
    "A position is not accepted in an address, because it can name a household. Type it into the form at /plain/find, "
    'or send it in the body of POST /api/v1/search as {"q": "…"}: nothing of it is kept.'
)
_POSTED_ONLY = {QueryKind.POSTCODE: POSTCODE_REFUSED, QueryKind.POSITION: POSITION_REFUSED}


def why_posted_only(text: str) -> str | None:
    """Why a text may not stand in an address, with what to do instead; None where it may."""
    return _POSTED_ONLY.get(read_query(text).kind)


# ---------------------------------------------------------------- what every answer carries


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


def problem(status: int, detail: str, path: str, parameter: str | None = None, request_id: str = "") -> bytes:
    """Problem details (RFC 9457); `parameter` names what to change. A path with a postcode in it is not repeated."""
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


def _one_of(kinds: type[_E], name: str, asked: Asked) -> _E | None:
    """A parameter from a closed list; raises ParameterError naming the list."""
    value = asked.get(name)
    if value is None:
        return None
    try:
        return kinds(value)
    except ValueError:
        raise ParameterError(name, f"{name} must be one of: {', '.join(kinds)}.") from None


def _source(sources: Sources, source_id: str | None) -> dict[str, Any] | None:
    return None if source_id is None else sources[source_id]


# ---------------------------------------------------------------- wards


def ward_json(store: Store, ward_code: str, asked: Asked) -> Document:
    """One ward on a day; one that had ended by then on its own last day."""
    day = _day(asked)
    page = ward_page(store, ward_code.upper(), day)
    return _answer(store, day, _ward(page, sources_by_id(store)))


def _ward(page: WardPage, sources: Sources) -> dict[str, Any]:
    ward, standing = page.ward, page.standing
    nearest = page.access.nearest
    return {
        "ward_code": ward.ward_code,
        "ward_name": ward.ward_name,
        "borough_code": ward.borough_code,
        "borough_name": ward.borough_name,
        "day": standing.day,
        "in_force_from": ward.in_force_from,
        "in_force_to": ward.in_force_to,
        "verdict": standing.verdict.text,
        "status": standing.status,
        "evidence": standing.evidence,
        "is_lapsed": standing.is_lapsed,
        **_halves(standing.pcs, standing.pcsos, sources),
        "promised": {"dedicated_pcs": PROMISED_PCS, "dedicated_pcsos": PROMISED_PCSOS, "due_on": DUE_ON},
        "nearest_counter": None
        if nearest is None
        else {**_site(nearest, sources), "distance_m": round(nearest.distance_m or 0)},
        "history": [
            {
                **{name: row[name] for name in ("as_at", "as_at_precision", "dedicated_pcs", "dedicated_pcsos")},
                **{name: row[name] for name in ("is_minimum", "basis", "evidence", "revision")},
                "counts_towards_promise": row["counts"],
                "source": sources[row["source_id"]],
            }
            for row in standing.history
        ],
        "neighbours": [
            {"ward_code": row["ward_code"], "ward_name": row["ward_name"], "status": row["ward_status"]}
            for row in standing.neighbours
        ],
        "successors": [asdict(later) for later in page.successors],
        "predecessors": [asdict(earlier) for earlier in page.predecessors],
        "listed": listed_json(page.listed),
        "monthly": [_ward_month(each) for each in standing.months],
        "monthly_about": _about_months(standing.months, page.is_demonstration),
        "address": f"{ward_path(ward.ward_code)}?as_at={standing.day.isoformat()}",
    }


def _ward_month(known: WardMonth) -> dict[str, Any]:
    """A ward in a month of the monthly series."""
    return {
        "month": known.month,
        "fte": {"constable": known.constable_fte, "pcso": known.pcso_fte},
        "status": known.ward_status,
        "abstraction_pct": known.abstraction_pct,
    }


def _about_months(known: Sequence[WardMonth | PlaceMonth], is_demonstration: bool) -> dict[str, Any] | None:
    """The rule, the caveat and the source of months; None where there are none."""
    if not known:
        return None
    source = monthly_source(is_demonstration, known[-1].month)
    return {
        "rule": RULE,
        "caveat": FTE_CAVEAT,
        "source": {"publisher": source.publisher, "title": source.title, "url": source.url},
    }


_MONTH_COUNTS = (
    *("boroughs_count", "boroughs_with_strength_count", "boroughs_with_activity_count"),
    *("wards_count", "wards_met_count", "wards_short_count", "wards_partly_known_count", "wards_not_published_count"),
    *("constables_met_count", "constables_short_count", "constables_not_known_count"),
    *("pcso_met_count", "pcso_short_count", "pcso_not_known_count"),
    *("minutes", "minutes_abstracted", "abstraction_pct"),
)


def _place_months(store: Store, day: date, borough_code: str | None = None) -> dict[str, Any]:
    """London or a borough in every month of the monthly series that had ended by the day, oldest first."""
    known = place_months_until(store, day, borough_code)
    return {
        "monthly": [
            {
                "month": each.month,
                "fte": {"constable": each.constable_fte, "pcso": each.pcso_fte, "other_ranks": each.other_rank_fte},
                **{name: getattr(each, name) for name in _MONTH_COUNTS},
            }
            for each in known
        ],
        "monthly_about": _about_months(known, store.is_demonstration),
    }


def _halves(pcs: HalfKnown, pcsos: HalfKnown, sources: Sources) -> dict[str, Any]:
    """Both counts with their day and source; the ward's own are those of its newer half, constables first."""
    known = [half for half in (pcs, pcsos) if half.as_at is not None]
    newest = max(known, key=lambda half: half.as_at or date.min, default=None)
    return {
        "dedicated_pcs": pcs.count,
        "dedicated_pcsos": pcsos.count,
        "as_at": newest.as_at if newest else None,
        "source": _source(sources, newest.source_id) if newest else None,
        "pcs": _half(pcs, sources),
        "pcsos": _half(pcsos, sources),
    }


def _half(known: HalfKnown, sources: Sources) -> dict[str, Any]:
    return {
        "status": known.status,
        "count": known.count,
        "is_minimum": known.is_minimum,
        "basis": known.basis,
        "evidence": known.evidence,
        "as_at": known.as_at,
        "as_at_precision": known.precision if known.as_at else None,
        "is_lapsed": known.is_lapsed,
        "last_met_on": known.last_met_on,
        "source": _source(sources, known.source_id),
    }


def wards_json(store: Store, asked: Asked) -> Document:
    """The wards in force on a day, perhaps of one borough, perhaps resting on one kind of evidence."""
    day = _day(asked)
    evidence = _one_of(Evidence, "evidence", asked)
    borough_code = find_borough(store, asked["borough"]).borough_code if "borough" in asked else None
    wards = ward_answers(store, day, borough_code, evidence)
    sources = sources_by_id(store)
    return _answer(
        store, day, {"as_at": day, "wards_count": len(wards), "wards": [_listed_ward(ward, sources) for ward in wards]}
    )


def _listed_ward(ward: WardAnswer, sources: Sources) -> dict[str, Any]:
    row = ward.row
    return {
        "ward_code": row["ward_code"],
        "ward_name": row["ward_name"],
        "borough_code": row["borough_code"],
        "borough_name": row["borough_name"],
        "verdict": ward.verdict.text,
        "status": row["ward_status"],
        "evidence": row["evidence"],
        "is_lapsed": row["is_lapsed"],
        **_halves(ward.pcs, ward.pcsos, sources),
        "leading_month": None if ward.leading_month is None else _ward_month(ward.leading_month),
        "address": ward_path(row["ward_code"]),
    }


# ---------------------------------------------------------------- London and boroughs


def london_json(store: Store, asked: Asked) -> Document:
    """London on a day."""
    day = _day(asked)
    content = {"geography_code": LONDON_CODE, "geography_name": "London", **_progress(progress(store, day))}
    return _answer(store, day, content | _place_months(store, day))


def borough_json(store: Store, borough_code: str, asked: Asked) -> Document:
    """One borough on a day, with its wards."""
    day = _day(asked)
    borough = find_borough(store, borough_code)
    wards = borough_wards(store, borough.borough_code, day)
    leading = leading_months(store, day)
    return _answer(
        store,
        day,
        {
            **asdict(borough),
            **_progress(progress(store, day, borough.borough_code)),
            "wards": [
                {
                    "ward_code": row["ward_code"],
                    "ward_name": row["ward_name"],
                    "status": row["ward_status"],
                    "evidence": row["evidence"],
                    "as_at": row["as_at"],
                    "leading_month": _ward_month(leading[row["ward_code"]]) if row["ward_code"] in leading else None,
                }
                for row in wards
            ],
            **_place_months(store, day, borough.borough_code),
            "address": borough_path(borough.borough_code),
        },
    )


def _progress(known: Progress) -> dict[str, Any]:
    """Wards by status and evidence, the pace, the published figures used."""
    counts, pace = known.counts, known.pace
    not_published = counts["wards_not_published_count"]
    return {
        "as_at": known.day,
        "sentence": known.sentence,
        "promise_status": known.status,
        "wards_known_count": counts["wards_count"] - not_published,
        **{name: value for name, value in counts.items() if name.endswith("_count")},
        "due_on": DUE_ON,
        "days_left": (DUE_ON - known.day).days if known.day <= DUE_ON else None,
        "required_wards_per_month": pace.required_wards_per_month if pace else None,
        "achieved_wards_per_month": pace.achieved_wards_per_month if pace else None,
        "pace_date": pace.reached_at_that_pace_on if pace else None,
        "pace": asdict(pace) if pace else None,
        "points": [asdict(point) for point in known.points],
        "published_figures": list(known.figures.values()),
    }


# ---------------------------------------------------------------- sites and promises


def sites_json(store: Store, asked: Asked) -> Document:
    """Counters, hubs and other sites on a day, perhaps of one borough or kind."""
    day = _day(asked)
    kind = _one_of(SiteKind, "kind", asked)
    borough_code = find_borough(store, asked["borough"]).borough_code if "borough" in asked else None
    sources = sources_by_id(store)
    sites = [
        _site(site, sources)
        for site in sites_on(store, day)
        if (kind is None or site.site_kind is kind) and (borough_code is None or site.borough_code == borough_code)
    ]
    return _answer(store, day, {"as_at": day, "sites_count": len(sites), "sites": sites})


def _site(site: SiteOnDay, sources: Sources) -> dict[str, Any]:
    return {
        "site_id": site.site_id,
        "site_name": site.site_name,
        "kind": site.site_kind,
        "borough_code": site.borough_code,
        "borough_name": site.borough_name,
        "address": site.address,
        "postcode": site.postcode,
        "lat": site.lat,
        "lon": site.lon,
        "location_precision": site.location_precision,
        "ward_code_2014": site.ward_code_2014,
        "status": site.site_status,
        "evidence": site.evidence,
        "last_event": site.last_event,
        "last_event_on": site.last_event_on,
        "last_event_precision": site.last_event_precision if site.last_event_on else None,
        "closed_on": site.closed_on,
        "opening_hours": site.opening_hours,
        "opening_hours_since": site.opening_hours_since,
        "opening_hours_decided": site.opening_hours_decided,
        "is_24_7": site.is_24_7,
        "source": _source(sources, site.source_id),
        "opening_hours_source": _source(sources, site.opening_hours_source_id),
    }


def promises_json(store: Store, asked: Asked) -> Document:
    """Every promise made up to a day, with its status on it and the dated history of that."""
    day = _day(asked)
    entries = ledger(store, day)
    return _answer(
        store, day, {"as_at": day, "promises_count": len(entries), "promises": [_promise(entry) for entry in entries]}
    )


def _promise(entry: LedgerEntry) -> dict[str, Any]:
    promise = entry.promise
    return {
        "promise_id": promise.promise_id,
        "title": promise.title,
        "made_by": promise.made_by,
        "made_on": promise.made_on,
        "made_on_precision": promise.made_on_precision,
        "paraphrase": promise.paraphrase,
        "scope": promise.scope,
        "due_on": promise.due_on,
        "status": entry.status,
        "status_since": entry.since.on,
        "rules": [{"status": status, "rule": rule} for status, rule in promise.rules],
        "history": [asdict(line) for line in entry.history],
        "missing_evidence": promise.missing_evidence,
        "source": {"publisher": entry.publisher, "title": entry.source_title, "url": entry.url},
    }


# ---------------------------------------------------------------- search


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
        near = nearest_wards(store, query.lat, query.lon, 2022)
        return _found(store, [_near(ward) for ward in near.wards], message=near.message)
    if query.kind in (QueryKind.POSTCODE, QueryKind.PREFIX, QueryKind.SECTOR, QueryKind.OUTWARD):
        answer = wards_for_postcode(store, query.value)
        if answer.candidates or query.kind is QueryKind.POSTCODE:
            results = [
                {"kind": "ward", "ward_set": 2014, **asdict(candidate), "address": ward_path(candidate.ward_code)}
                for candidate in answer.candidates
            ]
            return _found(store, results, prefix=answer.prefix, message=answer.message)
    found = shared_index(store).find(text, MOST_FOUND)
    boroughs = [
        {"borough_code": item.code, "borough_name": item.name, "address": borough_path(item.code)}
        for item in found
        if item.kind == "borough"
    ]
    results = []
    for item in found:
        shared = {"kind": item.kind, "borough_name": item.borough_name, "note": item.note, "score": item.score}
        if item.kind == "ward":
            results.append({**shared, "ward_code": item.code, "ward_name": item.name, "address": ward_path(item.code)})
        elif item.kind == "site":
            results.append(
                {**shared, "site_id": item.code, "site_name": item.name, "address": f"/counters?site={item.code}"}
            )
    return _found(store, results, boroughs=boroughs)


def _near(ward: NearWard) -> dict[str, Any]:
    return {"kind": "ward", "ward_set": 2022, **asdict(ward), "address": ward_path(ward.ward_code)}


def _found(store: Store, results: list[dict[str, Any]], **more: Any) -> Document:
    return _answer(store, None, {"results_count": len(results), "results": results, **more})
