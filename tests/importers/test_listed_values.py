"""Values of police.uk as they are: numbers, addresses, days, and JSON of any other kind. Nobody in it is real."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.importers import police_uk_stub as stub
from tests.importers.test_police_uk import CITY_WARDS
from tests.small_city import build_small_city
from transparency.core.errors import ImportRefusedError
from transparency.core.vocabulary import today
from transparency.importers.listed_tables import ListedTables, listed_tables
from transparency.importers.police_uk import Run, fetch
from transparency.importers.polite import PoliteClient
from transparency.listed.exhibits import events_document
from transparency.outlets.handouts import ward_handout
from transparency.outlets.plain import document_at
from transparency.outlets.spreadsheets import release_xlsx
from transparency.outlets.table_files import release_csv, release_json
from transparency.publishing.import_official import fetch_police_uk
from transparency.publishing.outcome import Outcome
from transparency.publishing.reading import read_table
from transparency.store.database import open_store
from transparency.store.dataset_releases import LATEST, release
from transparency.store.descriptors import dataset
from transparency.store.store import Store

WARD = "E05900011"
GOOD: dict[str, Any] = {
    "": stub.team(WARD, 0),
    "people": stub.USUAL_PEOPLE,
    "events": stub.USUAL_EVENTS,
    "priorities": stub.USUAL_PRIORITIES,
}
WORDS_OF_PYTHON = re.compile(
    r"NoneType|Traceback|object has no|'str'|codec|Error\b|dict|bool\b|True|False|None|nan|inf\b"
)


class Answers:
    """A service that answers with the given content for one ward."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = GOOD | answers

    def json(self, url: str) -> Any:
        if url.endswith("/neighbourhoods"):
            return [{"id": f"{WARD}N", "name": "Abbey"}]
        return deepcopy(self.answers["" if url.endswith(f"{WARD}N") else url.rpartition("/")[2]])


def listed(folder: Path, **answers: Any) -> ListedTables:
    run = Run(folder, date(2026, 11, 22))
    client: Any = Answers({name.removeprefix("team"): content for name, content in answers.items()})
    fetch(client, run, {WARD}, "http://police.example/api", lambda step: None)
    return listed_tables(run, {WARD})


def rows(tables: ListedTables, name: str) -> list[dict[str, str | None]]:
    """The rows as a publisher's reading takes them, which must find nothing wrong."""
    reading = read_table(dataset(name), tables.tables[name], f"{name}.csv")
    assert reading.findings == []
    return [dict(zip(reading.columns, cells, strict=True)) for cells in zip(*reading.columns.values(), strict=True)]


def place(**changes: Any) -> dict[str, Any]:
    return GOOD[""] | {"locations": [GOOD[""]["locations"][0] | changes]}


def event(**changes: Any) -> dict[str, Any]:
    return stub.USUAL_EVENTS[0] | changes


# ---------------------------------------------------------------- numbers are numbers


@pytest.mark.parametrize(
    ("lat", "lon", "published"),
    [
        ("51.5", "-0.1257", ("51.500000", "-0.125700")),
        (51.5, -0.1257, ("51.500000", "-0.125700")),
        ("51.5", "-3.6e-05", ("51.500000", "-0.000036")),
        (" 51.5 ", "+0.02", ("51.500000", "0.020000")),
        (51.5, 0, ("51.500000", "0.000000")),
    ],
)
def test_a_position_west_of_greenwich_stays_west(
    lat: object, lon: object, published: tuple[str, str], tmp_path: Path
) -> None:
    tables = listed(tmp_path, team=place(latitude=lat, longitude=lon))
    (row,) = rows(tables, "police_uk_locations")
    assert (row["lat"], row["lon"]) == published
    assert not any("position" in note for note in tables.notes)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("51,5", "-0.1"), ("north", "-0.1"), ("51.5", None), (0, 0), ("−51.5", "-0.1"), ("nan", "inf"), ("51.5°", "-0.1")],
)
def test_a_position_that_cannot_be_read_is_counted_and_named(lat: object, lon: object, tmp_path: Path) -> None:
    tables = listed(tmp_path, team=place(latitude=lat, longitude=lon))
    (row,) = rows(tables, "police_uk_locations")
    assert (row["lat"], row["lon"]) == (None, None)
    assert tables.notes[-1] == (
        "Places listed without a position, which cannot be read or is not in Britain: 1 "
        f"({WARD} location 1 ({lat}, {'blank' if lon is None else lon}))."
    )


def test_a_place_without_a_position_is_no_error(tmp_path: Path) -> None:
    tables = listed(tmp_path, team=place(latitude=None, longitude=None))
    assert len(tables.notes) == 2


# ---------------------------------------------------------------- text is text


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/find?a=1&section=2&copy=3",
        "https://x.example/?a=1&amp;b=<2>",
        "+44 20 7946 0000",
        "@MPSAbbey",
        "-abbey@x.example",
        "=abbey",
        "'+44",
    ],
)
def test_an_address_stays_whole(address: str, tmp_path: Path) -> None:
    tables = listed(
        tmp_path,
        team=place(address=address, telephone=address) | {"contact_details": {"web": address}},
        events=[event(address=address)],
    )
    assert [row["contact"] for row in rows(tables, "police_uk_contacts")] == [address]
    assert [(row["address"], row["telephone"]) for row in rows(tables, "police_uk_locations")] == [(address, address)]
    assert [row["address"] for row in rows(tables, "police_uk_events")] == [address]
    handed_in = csv.DictReader(io.StringIO(tables.tables["police_uk_contacts"].decode()))
    assert not [row["contact"] for row in handed_in if row["contact"].startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Tea &amp; talk", "Tea & talk"),
        ("Fish & chips &section", "Fish & chips &section"),
        ("<p>See x.example/?a=1&section=2 &amp; come</p>", "See x.example/?a=1&section=2 & come"),
        ("- bring a friend", "- bring a friend"),
        ("Under 18s: <3 Camden", "Under 18s: <3 Camden"),
        ("One<br>two", "One two"),
        ("caf\u0065\u0301 \x0b\x00\ud800!", "caf\u00e9 !"),
        (2027, "2027"),
    ],
)
def test_prose_is_html_and_keeps_its_signs(written: object, published: str, tmp_path: Path) -> None:
    tables = listed(tmp_path, events=[event(description=written)])
    assert [row["description"] for row in rows(tables, "police_uk_events")] == [published]


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2027-01-12T18:00:00", ("2027-01-12", "18:00")),
        ("12/01/2027 18:00", ("2027-01-12", "18:00")),
        ("1/2/2027 9:30", ("2027-02-01", "09:30")),
        ("12/01/2027", ("2027-01-12", None)),
        ("2027-01-12T18:00:00Z", ("2027-01-12", "18:00")),
        ("2027-07-12T18:00:00Z", ("2027-07-12", "19:00")),
        ("2027-07-12T18:00:00+01:00", ("2027-07-12", "18:00")),
        ("2027-07-12T23:30:00Z", ("2027-07-13", "00:30")),
        ("0001-01-01T00:00:00", ("0001-01-01", None)),
        ("9999-12-31T23:59:59", ("9999-12-31", "23:59")),
    ],
)
def test_an_event_with_a_day_is_published_in_london_s_time(
    written: str, published: tuple[str, str | None], tmp_path: Path
) -> None:
    tables = listed(tmp_path, events=[event(start_date=written, end_date=None)])
    assert [(row["event_on"], row["start_time"]) for row in rows(tables, "police_uk_events")] == [published]
    assert len(tables.notes) == 2


def test_events_without_a_day_are_left_out_and_counted(tmp_path: Path) -> None:
    without = [None, "", "13/13/2027", "tomorrow", "0001-01-01T00:00:00Z", 1798740000, "２０２７-01-12"]
    tables = listed(tmp_path, events=[event(), *(event(start_date=written) for written in without)])
    assert len(rows(tables, "police_uk_events")) == 1
    assert [row["events_count"] for row in rows(tables, "police_uk_teams")] == ["8"]
    assert tables.notes[-1] == (
        f"Events left out, without a day that can be read: 7 ({WARD} event 2 (blank); {WARD} event 3 (blank); "
        f"{WARD} event 4 (13/13/2027); {WARD} event 5 (tomorrow); {WARD} event 6 (0001-01-01T00:00:00Z); and 2 more)."
    )


def test_an_end_that_is_impossible_or_cannot_be_read_is_named(tmp_path: Path) -> None:
    tables = listed(
        tmp_path,
        events=[
            event(start_date="2027-01-12T12:00:00", end_date="2026-01-12T12:00:00"),
            event(start_date="2027-01-13T12:00:00", end_date="late"),
        ],
        priorities=[{"issue": "Noise", "issue-date": "soon"}],
    )
    assert [(row["end_on"], row["end_time"]) for row in rows(tables, "police_uk_events")] == [
        ("2026-01-12", "12:00"),
        (None, None),
    ]
    assert set(tables.notes[2:]) == {
        "Events that end before they begin, published as they are listed: 1 "
        f"({WARD} event 1 (2027-01-12T12:00:00 to 2026-01-12T12:00:00)).",
        f"Events listed without their end, which cannot be read: 1 ({WARD} event 2 (late)).",
        f"Days of priorities left blank, which cannot be read: 1 ({WARD} issue-date of priority 1 (soon)).",
    }


# ---------------------------------------------------------------- JSON of another kind


def test_people_that_are_no_objects_are_left_out_and_counted(tmp_path: Path) -> None:
    tables = listed(tmp_path, people=[None, {"rank": "PC"}, ["PC"], {"rank": {"x": 1}}, {"rank": True}])
    assert [(row["rank"], row["people_count"]) for row in rows(tables, "police_uk_people")] == [
        ("constable", "1"),
        ("not_given", "2"),
    ]
    assert [row["people_count"] for row in rows(tables, "police_uk_teams")] == ["3"]
    assert tables.notes[-1] == (
        "Values left out, not of the kind that the service describes: 4 "
        f"({WARD} person 1 is null; {WARD} person 3 is a list; {WARD} rank of person 4 is an object; "
        f"{WARD} rank of person 5 is true)."
    )


def test_a_rank_that_holds_a_name_is_counted_by_its_kind(tmp_path: Path) -> None:
    ranks = ["PC Hale", "PC Dedicated Ward Officer", "Sgt Ann Reed", "PCSO", "Police Constable"]
    tables = listed(tmp_path, people=[{"name": None, "rank": rank} for rank in ranks])
    assert [(row["rank"], row["rank_listed"], row["people_count"]) for row in rows(tables, "police_uk_people")] == [
        ("pcso", "PCSO", "1"),
        ("constable", "Police Constable", "1"),
        ("constable", "constable", "2"),
        ("sergeant", "sergeant", "1"),
    ]


def test_parts_of_a_team_of_another_kind_are_not_known(tmp_path: Path) -> None:
    tables = listed(tmp_path, team={"id": WARD, "name": ["x"], "contact_details": [], "locations": "none"})
    (row,) = rows(tables, "police_uk_teams")
    assert (row["team_name"], row["contacts_count"], row["locations_count"]) == (None, None, None)
    assert "name of team is a list" in tables.notes[-1]
    assert "contact_details is a list" in tables.notes[-1]
    assert "the list of locations is a text" in tables.notes[-1]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"team": []}, "/E05900011N answered with a list where a team is expected"),
        ({"team": {"error": "busy"}}, "/E05900011N answered with an object where a team is expected"),
        ({"people": {"error": "busy"}}, "/people answered with an object where a list is expected"),
        ({"events": "Pending"}, "/events answered with a text where a list is expected"),
        ({"priorities": 0}, "/priorities answered with a number where a list is expected"),
    ],
)
def test_a_bad_answer_is_not_kept_and_the_next_run_asks_again(
    answers: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefusedError, match=said):
        listed(tmp_path, **answers)
    assert not list(tmp_path.glob("E05*"))
    assert len(rows(listed(tmp_path), "police_uk_teams")) == 1


def replaced(content: Any, draw: Callable[[int], Any], path: tuple[int, ...]) -> Any:
    """The content with the value at a path, taken as far as it leads, replaced by another."""
    if not path or not isinstance(content, dict | list) or not content:
        return draw(0)
    keys = list(content) if isinstance(content, dict) else list(range(len(content)))
    key = keys[path[0] % len(keys)]
    content[key] = replaced(content[key], draw, path[1:])
    return content


strange = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(
    part=st.sampled_from(["team", "people", "events", "priorities"]),
    path=st.lists(st.integers(0, 9), max_size=4).map(tuple),
    value=strange,
)
def test_any_json_is_published_or_refused_in_plain_words(part: str, path: tuple[int, ...], value: Any) -> None:
    content = replaced(deepcopy(GOOD[part.removeprefix("team")]), lambda _: value, path)
    with TemporaryDirectory() as folder:
        try:
            tables = listed(Path(folder), **{part: content})
        except ImportRefusedError as refusal:
            assert not WORDS_OF_PYTHON.search(str(refusal))
            return
        for name in tables.tables:
            rows(tables, name)
        json.loads((Path(folder) / f"{WARD}.json").read_text(encoding="utf-8"))


def test_a_kept_answer_that_is_damaged_is_asked_for_again(tmp_path: Path) -> None:
    listed(tmp_path)
    (tmp_path / f"{WARD}.json").write_text('{"ward_code": "E059', encoding="utf-8")
    with pytest.raises(ImportRefusedError, match=r"E05900011\.json of an earlier run was damaged and is removed"):
        listed(tmp_path)
    assert len(rows(listed(tmp_path), "police_uk_teams")) == 1


# ---------------------------------------------------------------- from the service to every way out


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Outcome]]:
    """The small city with one ward listed as no document would describe it."""
    root = build_small_city(tmp_path_factory.mktemp("shown") / "city", is_demonstration=False)
    odd: dict[str, Any] = {
        "": place(latitude="51.5", longitude="-0.1257")
        | {"contact_details": {"telephone": "+44 20 7946 0000", "web": "https://x.example/?a=1&section=2"}},
        "people": [None, {"rank": "PC"}],
        "events": [
            event(title="Tea 🙂 茶 مرحبا Ward‑based", start_date="12/01/2999 12:00", end_date="2998-01-12T12:00:00"),
            event(title="Endless", start_date="2998-01-01T00:00:00", end_date="9999-12-31T00:00:00"),
            event(title="Undated", start_date=None),
        ],
        "priorities": GOOD["priorities"],
    }
    with stub.police_uk_stub(CITY_WARDS) as service:
        before = service.answer

        def answer(path: str) -> tuple[int, dict[str, str], bytes]:
            if f"/{WARD}N" not in path:
                return before(path)
            return 200, {}, json.dumps(odd[path.partition(f"/{WARD}N")[2].strip("/")]).encode()

        service.answer = answer  # type: ignore[method-assign]
        client = PoliteClient(requests_per_second=5000, timeout_s=5, backoff_s=0)
        outcome = fetch_police_uk(root, base_url=service.address, client=client)
    yield open_store(root), outcome


def test_the_outcome_names_what_was_left_out(shown: tuple[Store, Outcome]) -> None:
    assert (
        f"Values left out, not of the kind that the service describes: 1 ({WARD} person 1 is null)." in shown[1].notes
    )
    (left_out,) = [note for note in shown[1].notes if note.startswith("Events left out")]
    assert f"{WARD} event 3 (blank)" in left_out


def test_a_page_a_calendar_and_a_hand_out_show_it(shown: tuple[Store, Outcome]) -> None:
    page = document_at(shown[0], f"/ward/{WARD}").content.decode()
    assert (
        "12 January 2999, midday (listed to end on 12 January 2998, midday, before it begins): "
        "Tea 🙂 茶 مرحبا Ward‑based" in page
    )
    assert "1 January 2998 to 31 December 9999: Endless" in page
    assert 'href="https://x.example/?a=1&amp;section=2"' in page
    calendar = Calendar.from_ical(events_document(shown[0], WARD).content)
    assert [str(each["summary"]) for each in calendar.walk("VEVENT")] == ["Endless", "Tea 🙂 茶 مرحبا Ward‑based"]
    assert ward_handout(shown[0], WARD, today(), today()).content.startswith(b"%PDF")


def test_the_files_have_what_was_listed_and_no_formula(shown: tuple[Store, Outcome]) -> None:
    contacts = release(shown[0], dataset("police_uk_contacts"), LATEST)
    assert "'+44 20 7946 0000" in release_csv(contacts).decode()
    assert '"contact": "+44 20 7946 0000"' in release_json(contacts).decode()
    locations = release_csv(release(shown[0], dataset("police_uk_locations"), LATEST)).decode()
    assert "51.5,-0.1257" in locations
    for name in ("contacts", "locations", "events"):
        assert release_xlsx(release(shown[0], dataset(f"police_uk_{name}"), LATEST)).startswith(b"PK")
