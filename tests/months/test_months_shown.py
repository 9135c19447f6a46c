"""The monthly series of the small city in feeds and in the API: what changed, with rule, caveat and source."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.importers.dwo_files import strengths, write_workbook
from tests.monthly_stores import city_with_months
from tests.serving import serve
from transparency.outlets.api import borough_json, london_json, ward_json, wards_json
from transparency.outlets.feeds import feed_document
from transparency.outlets.openapi import openapi_document
from transparency.pages.ward_record import ward_page
from transparency.publishing.import_workbook import import_dwo
from transparency.store.database import open_store
from transparency.store.store import Store

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = "2022-07-01"


@pytest.fixture(scope="module")
def store(months: Store) -> Store:
    return months


def months_told(store: Store, path: str) -> dict[str, str]:
    """The entries of a feed that are of the monthly series, by title."""
    feed = ET.fromstring(feed_document(store, path, "https://ward.example").content)
    entries = {e.findtext(f"{ATOM}title") or "": e.findtext(f"{ATOM}content") or "" for e in feed.iter(f"{ATOM}entry")}
    return {title: content for title, content in entries.items() if "Figures count working time, not people" in content}


def test_london_s_feed_tells_each_month_beside_the_month_before(store: Store) -> None:
    told = months_told(store, "london.atom")
    assert list(told) == [
        "London in May 2022: 3 of 9 wards (33%) met the promise by the monthly rule, 2 of 8 the month before",
        "London in April 2022: 2 of 8 wards (25%) met the promise by the monthly rule",
    ]
    may = told[next(iter(told))]
    # Two boroughs of three in May: its total is not set beside that of three.
    assert "10.2 FTE constables and 3.0 FTE PCSOs in May 2022, without one of 3 boroughs" in may
    assert "the month before)" not in may
    assert "The promise is met in a month when constables are at least 2.0 FTE" in may
    assert may.endswith("Source: Demonstration data: invented, An invented monthly workbook.")


def test_a_borough_s_feed_says_when_it_ceased_to_be_published(store: Store) -> None:
    assert list(months_told(store, "borough/E09000092.atom")) == [
        "No strength of Southbank's ward teams is published for May 2022",
        "Southbank in April 2022: 0 of 2 wards (0%) met the promise by the monthly rule",
    ]
    northbank = months_told(store, "borough/E09000091.atom")
    assert "Constables 4.0 FTE (6.1 the month before). PCSOs 2.0 FTE (no change)" in northbank[next(iter(northbank))]


def test_a_ward_s_feed_tells_the_months_in_which_something_changed(store: Store) -> None:
    assert list(months_told(store, "ward/E05900011.atom")) == [
        "Abbey in April 2022: has its officers by the monthly rule"
    ]
    castle = months_told(store, "ward/E05900012.atom")
    assert list(castle) == [
        "Castle & Quay in May 2022: no strength of its own published, short of constables the month before",
        "Castle & Quay in April 2022: short of constables by the monthly rule",
    ]
    assert "Constables not published (1.5 the month before)" in castle[next(iter(castle))]


def test_a_restated_month_says_so_and_why(tmp_path: Path) -> None:
    root = city_with_months(tmp_path).root
    changed = strengths()
    changed[0][6] = 1.5
    assert not import_dwo(root, [write_workbook(tmp_path / "restated.xlsx", changed)]).is_refused
    told = months_told(open_store(root), "ward/E05900011.atom")
    title = "Restated: Abbey in April 2022: short of constables by the monthly rule"
    assert "Why it was restated: " in told[title]
    assert "Constables 1.5 FTE (not published before)" in told[title]


def asked(document: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(document.content)
    return answer


def test_london_and_a_borough_carry_the_months_with_rule_caveat_and_source(store: Store) -> None:
    london = asked(london_json(store, {"as_at": DAY}))
    assert [month["month"] for month in london["monthly"]] == ["2022-04-01", "2022-05-01"]
    may = london["monthly"][-1]
    assert may["fte"] == {"constable": 10.2, "pcso": 3.0, "other_ranks": None}
    assert (may["boroughs_with_strength_count"], may["wards_met_count"], may["wards_not_published_count"]) == (2, 3, 6)
    assert (may["minutes"], may["minutes_abstracted"]) == (3220, 150)
    assert london["monthly_about"]["rule"].startswith("The promise is met in a month when constables are at least 2.0")
    assert london["monthly_about"]["source"]["title"] == "An invented monthly workbook"
    southbank = asked(borough_json(store, "E09000092", {"as_at": DAY}))
    assert [month["fte"]["constable"] for month in southbank["monthly"]] == [4.0, None]
    assert asked(london_json(store, {"as_at": "2022-05-15"}))["monthly"][-1]["month"] == "2022-04-01"
    assert asked(london_json(store, {"as_at": "2018-01-01"}))["monthly_about"] is None


def test_the_list_of_wards_leads_with_the_month_as_the_ward_s_page_does(store: Store) -> None:
    listed = {ward["ward_code"]: ward for ward in asked(wards_json(store, {"as_at": DAY}))["wards"]}
    assert listed["E05900011"]["leading_month"] == {
        "month": "2022-05-01",
        "fte": {"constable": 2.0, "pcso": 1.0},
        "status": "met",
        "abstraction_pct": 5.0,
    }
    # Its own newest month is April; New Dock has none.
    assert listed["E05900012"]["leading_month"]["month"] == "2022-04-01"
    assert listed["E05900037"]["leading_month"] is None
    for code, ward in listed.items():
        page = ward_page(store, code, date(2022, 7, 1))
        assert ward["verdict"] == page.standing.verdict.text == asked(ward_json(store, code, {"as_at": DAY}))["verdict"]


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with serve(store.root) as served:
        yield served


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/london", None),
        ("/api/v1/wards", None),
        ("/api/v1/boroughs/{code}", "E09000091"),
        ("/api/v1/boroughs/{code}", "E09000092"),
        ("/api/v1/wards/{code}", "E05900012"),
    ],
)
def test_answers_with_months_are_as_described(address: str, path: str, code: str | None) -> None:
    api = schemathesis.openapi.from_file(openapi_document().content.decode())
    case = api[path]["GET"].Case(path_parameters={"code": code} if code else {}, query={"as_at": DAY})
    answer = case.call(base_url=address)
    assert answer.status_code == 200
    case.validate_response(answer, checks=[content_type_conformance, response_schema_conformance])
