"""The description of `/api/v1/` in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), its answers as declared."""

from __future__ import annotations

from datetime import date

from transparency import __version__
from transparency.core.vocabulary import PROMISED_ON, Evidence, SiteKind
from transparency.exhibits.document import JSON, LICENCE, LICENCE_URL, Document, json_bytes
from transparency.exhibits.document import SITE as SITE_NAME
from transparency.outlets.answers import BOROUGH, LONDON, PROMISE, SITE, WARD, WARD_IN_LIST
from transparency.outlets.shapes import (
    BOROUGH_CODE,
    COUNT,
    WARD_CODE,
    Schema,
    Shape,
    object_of,
    object_with,
    ref,
    row,
    schema_of,
)
from transparency.store.descriptors import catalogue

TEXT, TRUTH, DAY = schema_of(str), schema_of(bool), schema_of(date)
SEARCHED: Schema = TEXT | {"minLength": 1, "maxLength": 200}


def _list(name: str, shape: Shape) -> Schema:
    return object_with({"as_at": DAY, f"{name}_count": COUNT, name: {"type": "array", "items": object_of(shape)}})


def _texts(*names: str) -> Schema:
    return dict.fromkeys(names, TEXT)


_FOUND = [object_with(code | _texts("address")) for code in ({"ward_code": WARD_CODE}, {"site_id": TEXT})]
SCHEMAS: dict[str, Schema] = {
    "Provenance": object_with({"is_demonstration": TRUTH} | _texts("data_version", "licence", "licence_url")),
    "Source": object_of(row(catalogue()["sources"].fields)),
    "Problem": object_with({"status": COUNT} | _texts("type", "title", "detail", "request_id")),
    "Ward": object_of(WARD),
    "Wards": _list("wards", WARD_IN_LIST),
    "Borough": object_of(BOROUGH),
    "London": object_of(LONDON),
    "Sites": _list("sites", SITE),
    "Promises": _list("promises", PROMISE),
    "Found": object_with({"results_count": COUNT, "results": {"type": "array", "items": {"anyOf": _FOUND}}}),
}


def _or_blank(schema: Schema) -> Schema:
    """A parameter that may be blank, as a form leaves it, which is the same as leaving it out."""
    return {"anyOf": [schema, {"type": "string", "pattern": "^\\s*$"}]}


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


_AS_AT = _parameter(
    "as_at",
    "query",
    f"Answer with what was known on this day, {PROMISED_ON.isoformat()} to today; today if blank",
    DAY,
    "2018-01-01",
)
_BOROUGH = _parameter("borough", "query", "GSS code of a borough", BOROUGH_CODE, "E09000007")


def _responses(answer: str, description: str) -> Schema:
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    return {
        "200": {
            "description": description,
            "content": {JSON: {"schema": {"allOf": [ref("Provenance"), ref(answer)]}}},
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


def _get(operation: str, summary: str, answer: str, parameters: list[Schema]) -> Schema:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters,
            "responses": _responses(answer, summary),
        }
    }


def _posted_search() -> Schema:
    responses = _limited(_responses("Found", "What was found, best first"))
    too_large = {"description": "The body is larger than 16,000 bytes"}
    return {
        "operationId": "searchByBody",
        "summary": "Search for a name, postcode or position; of a postcode or position nothing is kept",
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": object_with({"q": SEARCHED})}},
        },
        "responses": {**responses, "413": {**responses["400"], **too_large}},
    }


def paths() -> dict[str, Schema]:
    """Every operation by its path."""
    code = _parameter("code", "path", "GSS code of a ward of any set", WARD_CODE, "E05009318")
    borough = _parameter("code", "path", "GSS code of a borough", BOROUGH_CODE, "E09000007")
    evidence = _parameter("evidence", "query", "How the status is known", schema_of(Evidence), "confirmed")
    kind = _parameter("kind", "query", "What the place is for", schema_of(SiteKind), "front_counter")
    text = _parameter(
        "q",
        "query",
        "A name or code; a postcode or position is refused here, with the reason, and answered by POST",
        SEARCHED,
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
                    "title": SITE_NAME,
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
