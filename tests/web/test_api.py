"""The API over HTTP: the same words and numbers as the pages, problems that name the parameter, no 5xx."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from transparency.core.vocabulary import SiteKind
from transparency.outlets.openapi import openapi_document, paths
from transparency.pages.ward_record import ward_page
from transparency.progress.answer import answer_in_full
from transparency.progress.queries import progress
from transparency.store.current import shared_store

DAY = "2018-05-01"


@pytest.fixture(scope="module")
def client(live_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{live_server}/api/v1") as client:
        yield client


def test_a_ward_carries_verdict_status_evidence_counts_day_and_source(client: httpx.Client) -> None:
    ward = client.get("/wards/E05000139", params={"as_at": "2017-06-01"}).json()
    page = ward_page(shared_store(), "E05000139", date(2017, 6, 1))
    assert ward["verdict"] == page.standing.verdict.text
    assert (ward["ward_name"], ward["borough_code"]) == ("Kentish Town", "E09000007")
    assert (ward["status"], ward["evidence"]) == ("met", "confirmed")
    assert (ward["dedicated_pcs"], ward["dedicated_pcsos"], ward["as_at"]) == (2, 1, "2017-01-04")
    assert ward["source"]["publisher"] == "Mayor of London"
    assert ward["asked_on"] == "2017-06-01"
    assert ward["data_version"] == shared_store().data_version


def test_a_ward_of_an_earlier_set_answers_for_its_own_last_day(client: httpx.Client) -> None:
    ward = client.get("/wards/E05000139").json()
    assert ward["day"] == ward["in_force_to"] == "2022-05-04"
    assert ward["successors"][0]["ward_code"].startswith("E05")


def test_a_ward_nothing_is_known_of_has_nulls_and_no_zero(client: httpx.Client) -> None:
    wards = client.get("/wards", params={"as_at": DAY[:4] + "-01-01", "borough": "E09000007"}).json()["wards"]
    assert {ward["evidence"] for ward in wards} <= {"declared", "confirmed"}
    today = client.get("/wards", params={"borough": "E09000007"}).json()["wards"]
    unknown = [ward for ward in today if ward["status"] == "not_published"]
    assert unknown
    for ward in unknown:
        assert (ward["dedicated_pcs"], ward["dedicated_pcsos"], ward["as_at"], ward["source"]) == (None,) * 4


def test_the_list_of_wards_says_of_each_what_its_own_answer_says(client: httpx.Client) -> None:
    wards = client.get("/wards", params={"as_at": DAY, "borough": "E09000030"}).json()["wards"]
    assert len(wards) == 20
    for ward in wards[:6]:
        own = client.get(f"/wards/{ward['ward_code']}", params={"as_at": DAY}).json()
        for name in ("verdict", "status", "evidence", "dedicated_pcs", "dedicated_pcsos", "as_at", "source"):
            assert ward[name] == own[name], (ward["ward_code"], name)


def test_wards_can_be_chosen_by_evidence(client: httpx.Client) -> None:
    answer = client.get("/wards", params={"as_at": "2017-06-01", "evidence": "confirmed"}).json()
    assert answer["wards_count"] == len(answer["wards"]) > 0
    assert {ward["evidence"] for ward in answer["wards"]} == {"confirmed"}
    assert client.get("/wards", params={"as_at": DAY}).json()["wards_count"] == 629


def test_london_carries_counts_pace_and_the_figures_used(client: httpx.Client) -> None:
    london = client.get("/london", params={"as_at": "2017-06-01"}).json()
    known = progress(shared_store(), date(2017, 6, 1))
    assert london["sentence"] == answer_in_full(known)
    assert london["wards_count"] == 629
    assert london["wards_known_count"] + london["wards_not_published_count"] == 629
    assert london["days_left"] == 213
    assert known.pace is not None
    assert london["required_wards_per_month"] == pytest.approx(known.pace.required_wards_per_month)
    assert london["achieved_wards_per_month"] == pytest.approx(known.pace.achieved_wards_per_month)
    assert london["pace_date"]
    metrics = {figure["metric"]: figure for figure in london["published_figures"]}
    assert metrics["wards_with_two_pcs"]["value"] == 395
    assert metrics["wards_with_two_pcs"]["kind"] == "derived"
    assert client.get("/london").json()["days_left"] is None


def test_a_borough_carries_the_same_of_itself_and_its_wards(client: httpx.Client) -> None:
    borough = client.get("/boroughs/E09000007", params={"as_at": DAY}).json()
    assert (borough["borough_name"], borough["wards_count"]) == ("Camden", 18)
    assert len(borough["wards"]) == 18
    assert {"wards_met_evidenced_count", "days_left", "pace_date", "published_figures"} <= borough.keys()


def test_sites_carry_kind_status_hours_and_precision(client: httpx.Client) -> None:
    sites = client.get("/sites", params={"as_at": "2026-03-03", "kind": "front_counter"}).json()["sites"]
    open_now = [site for site in sites if site["status"] == "open"]
    assert len(open_now) == 27
    assert {site["site_id"] for site in open_now if site["is_24_7"]} == {"charing-cross", "lewisham"}
    camden = client.get("/sites", params={"borough": "E09000007"}).json()["sites"]
    assert {site["borough_code"] for site in camden} == {"E09000007"}
    assert {"site_id", "kind", "opening_hours", "location_precision"} <= camden[0].keys()


def test_promises_carry_status_due_day_and_history(client: httpx.Client) -> None:
    promises = client.get("/promises", params={"as_at": "2019-07-01"}).json()["promises"]
    first = promises[0]
    assert first["due_on"] == "2017-12-31"
    assert first["status"] == "lapsed"
    assert first["history"][-1]["status"] == "lapsed"
    assert [line["on"] for line in first["history"]] == sorted(line["on"] for line in first["history"])


def test_search_finds_wards_and_sites_by_name(client: httpx.Client) -> None:
    found = client.get("/search", params={"q": "kentish town"}).json()["results"]
    assert any(result.get("ward_code") == "E05013662" or result.get("ward_name") == "Kentish Town" for result in found)
    assert all(("ward_code" in result) != ("site_id" in result) for result in found)
    assert any("site_id" in result for result in found)
    assert client.get("/search", params={"q": "qqqqqq"}).json()["results"] == []


@pytest.mark.parametrize("blank", ["", " ", "%0D", "%E3%80%80"])
def test_a_blank_parameter_counts_as_left_out(client: httpx.Client, blank: str) -> None:
    left_out = client.get("/wards").json()
    assert client.get(f"/wards?as_at={blank}&borough={blank}&evidence={blank}").json() == left_out
    assert client.get(f"/search?q={blank}").status_code == 400


@pytest.mark.parametrize("q", ["NW5 2AA", "nw52aa", "I live at NW5 2AA", "51.5512, -0.1402"])
def test_a_postcode_or_position_in_an_address_is_refused_and_not_repeated(client: httpx.Client, q: str) -> None:
    answer = client.get("/search", params={"q": q})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["parameter"] == "q"
    assert "POST /api/v1/search" in answer.json()["detail"]
    said = {field: value for field, value in answer.json().items() if field != "request_id"}
    for secret in ("2AA", "2aa", "51.5512"):
        assert secret not in str(said)


def test_a_postcode_is_answered_by_post_and_only_its_first_part_is_sent_back(client: httpx.Client) -> None:
    answer = client.post("/search", json={"q": "NW5 2AA"})
    found = answer.json()
    assert found["prefix"] == "NW5 2A"
    assert [(result["ward_code"], result["ward_set"]) for result in found["results"]] == [("E05013664", 2022)]
    assert answer.headers["cache-control"] == "no-store"
    assert "2AA" not in answer.text


def test_a_postcode_almost_on_a_line_is_answered_with_the_ward_across_it(client: httpx.Client) -> None:
    results = client.post("/search", json={"q": "BR1 1HW"}).json()["results"]
    assert [(result["ward_name"], result.get("note")) for result in results] == [
        ("Bromley Town", None),
        ("Shortlands & Park Langley", "Not your ward?"),
    ]


def test_a_postcode_is_refused_wherever_it_is_put(client: httpx.Client) -> None:
    for address in ("/wards/NW52AA", "/boroughs/NW5%202AA", "/wards?borough=NW5+2AA", "/london?as_at=NW5+2AA"):
        answer = client.get(address)
        assert answer.status_code in (400, 404)
        assert "2AA" not in answer.text


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"q": ""}', b'{"q": 5}', b'{"q": "\\ud800"}', b"[" * 5000, b'{"q": "' + b"x" * 12_000]
)
def test_a_body_that_is_no_search_is_a_problem(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/search", content=body)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "q")


@pytest.mark.parametrize(
    ("address", "status", "parameter", "said"),
    [
        ("/wards/E05999999", 404, None, "No ward of London has the code E05999999"),
        ("/wards/E09000007", 404, None, "is the code of a borough"),
        ("/boroughs/E09000001", 404, None, "City of London"),
        ("/wards?borough=E09000099", 404, None, "No borough of London has the code"),
        ("/wards?evidence=hearsay", 400, "evidence", "evidence must be one of: published, confirmed"),
        ("/sites?kind=castle", 400, "kind", "kind must be one of: front_counter"),
        ("/london?as_at=2016-07-20", 404, "as_at", "is before the promise was made"),
        ("/london?as_at=2999-01-01", 404, "as_at", "is in the future"),
        ("/london?as_at=4/1/2017", 404, "as_at", "is not a day"),
        ("/search", 400, "q", "Say what to look for"),
        (f"/search?q={'x' * 201}", 400, "q", "longer than 200"),
    ],
)
def test_a_problem_names_what_to_change(
    client: httpx.Client, address: str, status: int, parameter: str | None, said: str
) -> None:
    answer = client.get(address)
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem.get("parameter")) == (status, status, parameter)
    assert said in problem["detail"]


def test_pages_of_other_sites_may_ask(client: httpx.Client) -> None:
    assert client.get("/london").headers["access-control-allow-origin"] == "*"
    preflight = client.options("/search", headers={"Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-headers"] == "Content-Type"


def test_an_unchanged_answer_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/wards/E05000139")
    again = client.get("/wards/E05000139", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/wards/E05000139").status_code == 200


def test_the_description_is_openapi_3_1_with_the_model_s_own_lists(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == set(paths())
    kinds = described["components"]["schemas"]["Sites"]["properties"]["sites"]["items"]["properties"]["kind"]["enum"]
    assert kinds == [kind.value for kind in SiteKind]


API = schemathesis.openapi.from_file(openapi_document().content.decode())


for check in (API.config.checks.negative_data_rejection, API.config.checks.positive_data_acceptance):
    check.expected_statuses = [*check.expected_statuses, "413", "414"]


@API.parametrize()
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described_whatever_is_asked(case: schemathesis.Case[Any], live_server: str) -> None:
    """Schemathesis asks each operation what its description allows and what it forbids, with every method there is.

    Of each answer it checks that it is no fault of the server, and that status, content type, headers and content are
    those described; that what is allowed is taken and what is forbidden is refused; and that a method that is not there
    gets 405 with the methods that are. A search refuses what has the form described and is a postcode, or blank.
    """
    excluded: list[Any] = [positive_data_acceptance] if case.path == "/api/v1/search" else []
    case.call_and_validate(base_url=live_server, excluded_checks=excluded)


def test_every_operation_that_is_described_is_asked_rightly_and_wrongly() -> None:
    assert set(API.config.generation.modes) == {GenerationMode.POSITIVE, GenerationMode.NEGATIVE}
    found = list(API.get_all_operations())
    operations = [each.ok() for each in found if isinstance(each, Ok)]
    assert len(operations) == len(found)
    assert sorted(operation.label for operation in operations) == sorted(
        f"{method.upper()} {path}" for path, methods in paths().items() for method in methods
    )


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(q=st.text(max_size=60))
def test_no_text_makes_a_server_error_in_a_search(live_server: str, q: str) -> None:
    for answer in (
        httpx.get(f"{live_server}/api/v1/search", params={"q": q}),
        httpx.post(f"{live_server}/api/v1/search", json={"q": q}),
    ):
        assert answer.status_code in (200, 400)
