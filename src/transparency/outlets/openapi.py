"""The description of `/api/v1/` in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), lists taken from the model."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from transparency import __version__
from transparency.core.vocabulary import (
    PROMISED_ON,
    Evidence,
    HalfStatus,
    PromiseStatus,
    SiteKind,
    SiteStatus,
    WardStatus,
)
from transparency.exhibits.document import JSON, LICENCE, LICENCE_URL, Document, json_bytes
from transparency.outlets.csvw import SITE

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
WARD_CODE: Schema = {"type": "string", "pattern": "^E05\\d{6}$"}
BOROUGH_CODE: Schema = {"type": "string", "pattern": "^E09\\d{6}$"}


def _or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


def _or_blank(schema: Schema) -> Schema:
    """A parameter that may be blank, as a form leaves it, which is the same as leaving it out."""
    return {"anyOf": [schema, {"type": "string", "pattern": "^\\s*$"}]}


def _one_of(kinds: Iterable[StrEnum]) -> Schema:
    return {"type": "string", "enum": [kind.value for kind in kinds]}


def _object(**properties: Schema) -> Schema:
    """An object that has all these properties, and may have more."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_HALF = _object(
    status=_one_of(HalfStatus),
    count=_or_null(NUMBER),
    is_minimum=TRUTH,
    basis=_or_null(TEXT),
    evidence=_or_null(_one_of(Evidence)),
    as_at=_or_null(DAY),
    source=_or_null(_ref("Source")),
)
_COUNT_NAMES = (
    *("wards_count", "wards_known_count", "wards_not_published_count", "wards_partly_known_count"),
    *("wards_met_evidenced_count", "wards_met_declared_count", "wards_short_count", "wards_lapsed_count"),
    *("pcs_met_evidenced_count", "pcs_met_declared_count", "pcs_short_count", "pcs_not_known_count"),
    *("pcso_met_evidenced_count", "pcso_met_declared_count", "pcso_short_count", "pcso_not_known_count"),
)
_PROGRESS: dict[str, Schema] = {
    "as_at": DAY,
    "sentence": TEXT,
    "promise_status": _or_null(_one_of(PromiseStatus)),
    **dict.fromkeys(_COUNT_NAMES, COUNT),
    "due_on": DAY,
    "days_left": _or_null(COUNT),
    "required_wards_per_month": _or_null(NUMBER),
    "achieved_wards_per_month": _or_null(NUMBER),
    "pace_date": _or_null(DAY),
    "published_figures": _list(_object(metric=TEXT, value=_or_null(NUMBER), unit=TEXT, as_at=DAY, source_id=TEXT)),
}
_WARD_MONTH = _object(
    month=DAY,
    fte=_object(constable=_or_null(NUMBER), pcso=_or_null(NUMBER)),
    status=_one_of(WardStatus),
    abstraction_pct=_or_null(NUMBER),
)
_MONTHS_ABOUT = _object(rule=TEXT, caveat=TEXT, source=_object(publisher=TEXT, title=TEXT, url=_or_null(TEXT)))
_PLACE_MONTHS = {
    "monthly": {
        **_list(
            _object(
                month=DAY,
                fte=_object(constable=_or_null(NUMBER), pcso=_or_null(NUMBER), other_ranks=_or_null(NUMBER)),
                boroughs_count=COUNT,
                boroughs_with_strength_count=COUNT,
                wards_count=COUNT,
                wards_met_count=COUNT,
                wards_short_count=COUNT,
                wards_partly_known_count=COUNT,
                wards_not_published_count=COUNT,
                constables_met_count=COUNT,
                constables_short_count=COUNT,
                constables_not_known_count=COUNT,
                pcso_met_count=COUNT,
                pcso_short_count=COUNT,
                pcso_not_known_count=COUNT,
                minutes=_or_null(NUMBER),
                minutes_abstracted=_or_null(NUMBER),
                abstraction_pct=_or_null(NUMBER),
            )
        ),
        "description": "The monthly series since August 2021, oldest first: full-time equivalents, by a rule of its "
        "own, never to be joined with the counts of the promise. A month that is not here is missing, not zero",
    },
    "monthly_about": _or_null(_MONTHS_ABOUT),
}
_WARD_IN_LIST = {
    "ward_code": WARD_CODE,
    "ward_name": TEXT,
    "borough_code": BOROUGH_CODE,
    "borough_name": TEXT,
    "verdict": TEXT,
    "status": _one_of(WardStatus),
    "evidence": _or_null(_one_of(Evidence)),
    "is_lapsed": TRUTH,
    "dedicated_pcs": _or_null(NUMBER),
    "dedicated_pcsos": _or_null(NUMBER),
    "as_at": _or_null(DAY),
    "source": _or_null(_ref("Source")),
    "pcs": _HALF,
    "pcsos": _HALF,
    "address": TEXT,
}
_LISTED = _object(
    evidence=_one_of(Evidence),
    as_at=DAY,
    is_listed=TRUTH,
    people_count=_or_null(COUNT),
    people=_list(_object(rank=TEXT, ranks_listed=TEXT, people_count=COUNT)),
    contacts=_list(_object(channel=TEXT, contact=TEXT)),
    events=_list(_object(event_title=TEXT, event_on=DAY, start_time=_or_null(TEXT))),
    priorities=_list(_object(issue=_or_null(TEXT), issued_on=_or_null(DAY), is_older_than_3_months=_or_null(TRUTH))),
)
_SITE = _object(
    site_id=TEXT,
    site_name=TEXT,
    kind=_one_of(SiteKind),
    borough_code=BOROUGH_CODE,
    status=_one_of(SiteStatus),
    opening_hours=_or_null(TEXT),
    is_24_7=_or_null(TRUTH),
    location_precision=TEXT,
    source=_or_null(_ref("Source")),
)
_PROMISE = _object(
    promise_id=TEXT,
    title=TEXT,
    status=_one_of(PromiseStatus),
    due_on=_or_null(DAY),
    history=_list(_object(on=DAY, status=_one_of(PromiseStatus), finding=TEXT, publisher=TEXT, title=TEXT)),
)
_FOUND = _object(
    results_count=COUNT,
    results=_list({"anyOf": [_object(ward_code=WARD_CODE, address=TEXT), _object(site_id=TEXT, address=TEXT)]}),
)
SCHEMAS: dict[str, Schema] = {
    "Provenance": _object(is_demonstration=TRUTH, data_version=TEXT, licence=TEXT, licence_url=TEXT),
    "Source": _object(
        source_id=TEXT, publisher=TEXT, title=TEXT, url=_or_null(TEXT), published_on=_or_null(DAY), licence=TEXT
    ),
    "Problem": _object(type=TEXT, title=TEXT, status=COUNT, detail=TEXT, request_id=TEXT),
    "Ward": _object(
        **_WARD_IN_LIST,
        day=DAY,
        history=_list(_object(as_at=DAY, evidence=_one_of(Evidence))),
        listed=_or_null(_LISTED),
        monthly=_list(_WARD_MONTH),
        monthly_about=_or_null(_MONTHS_ABOUT),
    ),
    "Wards": _object(
        as_at=DAY, wards_count=COUNT, wards=_list(_object(**_WARD_IN_LIST, leading_month=_or_null(_WARD_MONTH)))
    ),
    "Borough": _object(
        borough_code=BOROUGH_CODE,
        borough_name=TEXT,
        **_PROGRESS,
        wards=_list(_object(ward_code=WARD_CODE, ward_name=TEXT, leading_month=_or_null(_WARD_MONTH))),
        **_PLACE_MONTHS,
    ),
    "London": _object(geography_code=TEXT, **_PROGRESS, **_PLACE_MONTHS),
    "Sites": _object(as_at=DAY, sites_count=COUNT, sites=_list(_SITE)),
    "Promises": _object(as_at=DAY, promises_count=COUNT, promises=_list(_PROMISE)),
    "Found": _FOUND,
}

_AS_AT: Schema = {
    "name": "as_at",
    "in": "query",
    "description": f"Answer with what was known on this day, {PROMISED_ON.isoformat()} to today; today if blank",
    "schema": _or_blank(DAY),
    "example": "2018-01-01",
}


def _parameter(name: str, where: str, description: str, schema: Schema, example: str) -> Schema:
    is_required = where == "path" or name == "q"
    return {
        "name": name,
        "in": where,
        "description": description,
        "schema": schema if is_required else _or_blank(schema),
        "example": example,
        **({"required": True} if is_required else {}),
    }


_BOROUGH = _parameter("borough", "query", "GSS code of a borough", BOROUGH_CODE, "E09000007")


def _responses(schema: str, description: str) -> Schema:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    return {
        "200": {
            "description": description,
            "content": {JSON: {"schema": {"allOf": [_ref("Provenance"), _ref(schema)]}}},
        },
        "400": {"description": "A parameter cannot be answered; the problem names it", "content": problem},
        "404": {"description": "No such place, or a day that cannot be asked about", "content": problem},
        "414": {"description": "The query of the address is longer than 4,000 bytes", "content": problem},
        "503": {"description": "The data cannot be read at the moment", "content": problem},
    }


def _limited(responses: Schema) -> Schema:
    """The same for an operation that a client may ask for only so often."""
    too_many = {"description": "Too many searches from one address; Retry-After says when to try again"}
    return {**responses, "429": {**responses["400"], **too_many}}


def _get(operation: str, summary: str, schema: str, parameters: list[Schema]) -> Schema:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": _responses(schema, summary),
        }
    }


def _posted_search() -> Schema:
    responses = _limited(_responses("Found", "What was found, best first"))
    too_large = {"description": "The body is larger than 16,000 bytes"}
    return {
        "operationId": "searchByBody",
        "summary": "Search for a name, postcode or position; only the first part of a postcode is used, none is kept",
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {**_object(q={"type": "string", "minLength": 1, "maxLength": 200})}}},
        },
        "responses": {**responses, "413": {**responses["400"], **too_large}},
    }


def paths() -> dict[str, Schema]:
    """Every operation by its path."""
    code = _parameter("code", "path", "GSS code of a ward of any set", WARD_CODE, "E05009318")
    borough = _parameter("code", "path", "GSS code of a borough", BOROUGH_CODE, "E09000007")
    evidence = _parameter("evidence", "query", "How the status is known", _one_of(Evidence), "confirmed")
    kind = _parameter("kind", "query", "What the place is for", _one_of(SiteKind), "front_counter")
    text = _parameter(
        "q",
        "query",
        "A name or code; a postcode or position is refused here, with the reason, and answered by POST",
        {"type": "string", "minLength": 1, "maxLength": 200},
        "kentish town",
    )
    search = _get("search", "Wards and sites by name or code, best first", "Found", [text])
    search["get"]["responses"] = _limited(search["get"]["responses"])
    return {
        "/api/v1/wards/{code}": _get("ward", "One ward on a day", "Ward", [code, _AS_AT]),
        "/api/v1/wards": _get("wards", "The wards in force on a day", "Wards", [_BOROUGH, _AS_AT, evidence]),
        "/api/v1/boroughs/{code}": _get("borough", "One borough on a day", "Borough", [borough, _AS_AT]),
        "/api/v1/london": _get("london", "London on a day", "London", [_AS_AT]),
        "/api/v1/sites": _get("sites", "Counters and other sites on a day", "Sites", [_AS_AT, _BOROUGH, kind]),
        "/api/v1/promises": _get("promises", "Every promise and its status on a day", "Promises", [_AS_AT]),
        "/api/v1/search": {**search, "post": _posted_search()},
    }


def openapi_document() -> Document:
    """`/api/v1/openapi.json`."""
    return Document(
        json_bytes(
            {
                "openapi": "3.1.0",
                "info": {
                    "title": SITE,
                    "version": __version__,
                    "summary": "What was promised and what is known about the officers dedicated to each London ward",
                    "description": "Not official statistics: an independent reading of what has been published, each "
                    "figure with its source. An empty value is not known; it is never zero. Errors are problem details "
                    "(RFC 9457).",
                    "license": {"name": LICENCE, "url": LICENCE_URL},
                },
                "servers": [{"url": "/"}],
                "paths": paths(),
                "components": {"schemas": SCHEMAS},
            }
        ),
        JSON,
    )
