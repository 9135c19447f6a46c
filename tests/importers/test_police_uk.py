"""Reading police.uk: whatever it answers, all wards are published or none, and no name is ever kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.importers import police_uk_stub as quirk
from tests.importers.police_uk_stub import PoliceUkStub, police_uk_stub
from tests.reading import ward_html
from tests.small_city import build_small_city
from transparency.core.errors import ImportRefusedError
from transparency.core.vocabulary import today
from transparency.importers.polite import PoliteClient
from transparency.importers.ranks import rank_kind
from transparency.listed.exhibits import events_calendar
from transparency.listed.queries import listed_team
from transparency.outlets.answers import LISTED
from transparency.outlets.plain import document_at
from transparency.outlets.shapes import as_object
from transparency.pages.ward_record import ward_page
from transparency.publishing.import_official import fetch_police_uk
from transparency.publishing.outcome import Outcome
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.snapshots import list_snapshots
from transparency.store.store import Store

CITY_WARDS = ("E05900011", "E05900012", "E05900013", "E05900024", "E05900025", "E05900034", "E05900035",
              "E05900036", "E05900037")  # fmt: skip


def quick() -> PoliteClient:
    return PoliteClient(requests_per_second=5000, timeout_s=0.5, backoff_s=0)


def code(place: int) -> str:
    return CITY_WARDS[place]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small city before police.uk was read."""
    return build_small_city(tmp_path_factory.mktemp("bare") / "city", is_demonstration=False)


@pytest.fixture
def city(bare: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bare, tmp_path / "city"))


@pytest.fixture(scope="module")
def fetched(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, PoliceUkStub, Outcome]]:
    root = Path(shutil.copytree(bare, tmp_path_factory.mktemp("fetched") / "city"))
    with police_uk_stub(CITY_WARDS) as stub:
        yield root, stub, fetch_police_uk(root, base_url=stub.address, client=quick())


@pytest.fixture(scope="module")
def store(fetched: tuple[Path, PoliceUkStub, Outcome]) -> Store:
    return open_store(fetched[0])


# ---------------------------------------------------------------- what is kept


def test_every_ward_is_published_as_at_the_day_it_was_read(
    fetched: tuple[Path, PoliceUkStub, Outcome],
) -> None:
    outcome = fetched[2]
    assert outcome.findings == ()
    assert {s.dataset: s.rows for s in outcome.snapshots}["police_uk_teams"] == 9
    assert {s.as_at for s in outcome.snapshots} == {today()}
    assert "9 of 9 wards fetched" in outcome.notes[0]
    assert verify(fetched[0]).findings == ()


def test_people_are_counted_by_rank(store: Store) -> None:
    team = listed_team(store, code(0), today())
    assert team is not None
    assert [(item.rank, item.ranks_listed, item.people_count) for item in team.people] == [
        ("constable", "PC", 2),
        ("pcso", "PCSO", 1),
    ]
    assert team.people_count == 3


def test_ranks_are_known_however_they_are_spelt(store: Store) -> None:
    team = listed_team(store, code(quirk.OTHER_SPELLINGS), today())
    assert team is not None
    assert {item.rank: item.people_count for item in team.people} == {
        "sergeant": 2,
        "constable": 3,
        "special_constable": 1,
        "pcso": 1,
        "other": 1,
    }


@pytest.mark.parametrize(
    ("spelt", "kind"),
    [
        ("PC", "constable"),
        ("pc 1234AB", "constable"),
        ("DWO", "constable"),
        ("P.C.S.O.", "pcso"),
        ("PCSO", "pcso"),
        ("Detective Inspector", "inspector"),
        ("Insp.", "inspector"),
        ("Police Sergeant", "sergeant"),
        ("PS", "sergeant"),
        ("Volunteer", "other"),
        ("not given", "not_given"),
    ],
)
def test_a_rank_by_its_spelling(spelt: str, kind: str) -> None:
    assert rank_kind(spelt) == kind


def test_nobody_listed_is_zero_and_no_answer_is_not_known(store: Store) -> None:
    nobody = listed_team(store, code(quirk.NOBODY), today())
    unanswered = listed_team(store, code(quirk.NO_PEOPLE_404), today())
    assert nobody is not None and nobody.people_count == 0
    assert unanswered is not None and unanswered.people_count is None


def test_nulls_and_missing_keys_leave_blanks(store: Store) -> None:
    nulls = listed_team(store, code(quirk.NULLS), today())
    missing = listed_team(store, code(quirk.MISSING_KEYS), today())
    assert nulls is not None and nulls.contacts == () and nulls.events == ()
    assert nulls.locations[0].location_name is None
    assert nulls.priorities[0].issue is None and nulls.priorities[0].is_older_than_3_months is None
    assert missing is not None and missing.team_name is None
    assert {item.rank for item in missing.people} == {"not_given", "inspector"}


def test_html_becomes_text_and_signs_stay(store: Store) -> None:
    usual = listed_team(store, code(0), today())
    marked = listed_team(store, code(quirk.MARKUP), today())
    assert usual is not None and marked is not None
    assert usual.priorities[0].issue == "Burglary in Mill Lane"
    assert usual.locations[0].description == "Tuesdays 10:00 to 12:00"
    assert usual.contact("telephone") == "+44 20 7946 0000"
    assert usual.contact("twitter") == "@team"
    assert marked.priorities[0].issue == "=cmd()Fly & tip"
    assert marked.priorities[0].action == "One Two"


@pytest.mark.rule("P2")
def test_no_name_and_no_biography_is_anywhere_in_the_store(
    fetched: tuple[Path, PoliceUkStub, Outcome], store: Store
) -> None:
    written = b"".join(path.read_bytes() for path in fetched[0].rglob("*") if path.is_file()).lower()
    for word in (b"zebedee", b"quillfeather", b"thistlewood", b"wintergreen", b"appleyard", b"merchant navy"):
        assert word not in written
    team = listed_team(store, code(0), today())
    assert team is not None
    assert team.events[0].description == "Meet [an officer], all welcome"
    assert team.priorities[0].action == "Patrols by [an officer]. And a stall."


def test_only_events_to_come_are_shown_in_the_order_of_their_days(store: Store) -> None:
    team = listed_team(store, code(0), today())
    assert team is not None
    assert [(event.event_title, event.event_on, event.start_time) for event in team.events] == [
        ("Ward panel", date(2999, 12, 2), "18:00")
    ]


@pytest.mark.rule("P4")
def test_priorities_older_than_three_months_are_said_to_be(store: Store) -> None:
    assert [
        team.priorities[0].is_older_than_3_months
        for place in (0, quirk.MARKUP)
        if (team := listed_team(store, code(place), today()))
    ] == [True, False]


def test_events_as_a_calendar(store: Store) -> None:
    team = listed_team(store, code(0), today())
    assert team is not None
    calendar = Calendar.from_ical(events_calendar(team, code(0), "Abbey"))
    (event,) = calendar.walk("VEVENT")
    assert str(event["summary"]) == "Ward panel"
    assert str(event["location"]) == "The Library"
    # Half past seven in the evening of a winter's day is the same in London and in UTC.
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2999, 12, 2, 18, tzinfo=UTC)
    assert event.decoded("dtend").astimezone(UTC) == datetime(2999, 12, 2, 19, 30, tzinfo=UTC)


# ---------------------------------------------------------------- what readers see


def test_the_ward_page_shows_the_listed_team_apart_from_the_promise(store: Store) -> None:
    html = ward_html(store, ward_page(store, code(0), today()))
    assert html.index('id="verdict"') < html.index("Who is listed today")
    assert "police.uk listed two constables and one PCSO for Abbey." in html
    assert "listed on police.uk, which is not the same as in post" in html
    assert "One priority was listed, one older than three months." in html
    assert f'href="/ward/{code(0)}/events.ics"' in html
    assert "2 December 2999, 6pm to 7.30pm: Ward panel, The Library" in html


def test_a_listing_never_changes_the_verdict(store: Store, bare: Path) -> None:
    unread = open_store(bare)
    for ward_code in CITY_WARDS:
        with_listing, without = (ward_page(one, ward_code, today()).standing for one in (store, unread))
        assert (with_listing.status, with_listing.evidence, with_listing.verdict) == (
            without.status,
            without.evidence,
            without.verdict,
        )


def test_a_day_before_the_first_reading_has_no_listing(store: Store) -> None:
    html = ward_html(store, ward_page(store, code(0), date(2023, 1, 4)))
    assert "police.uk" not in html
    assert "Ward panel" not in html


def test_the_plain_page_and_the_api_carry_the_listing(store: Store) -> None:
    assert "Ward panel" in document_at(store, f"/ward/{code(0)}").content.decode()
    answer = as_object(LISTED, listed_team(store, code(0), today()), {})
    assert answer is not None
    assert (answer["evidence"], answer["people_count"]) == ("listed", 3)


# ---------------------------------------------------------------- a service that fails


def test_a_second_fetch_of_the_day_is_a_revision_only_of_what_changed(city: Path) -> None:
    with police_uk_stub(CITY_WARDS) as stub:
        fetch_police_uk(city, base_url=stub.address, client=quick())
        again = fetch_police_uk(city, base_url=stub.address, client=quick())
    assert again.snapshots == ()
    assert {s.revision for s in list_snapshots(city) if s.dataset == "police_uk_teams"} == {1}


def test_a_dry_run_publishes_nothing_and_keeps_what_came(city: Path) -> None:
    with police_uk_stub(CITY_WARDS) as stub:
        assert fetch_police_uk(city, is_dry_run=True, base_url=stub.address, client=quick()).snapshots == ()
        asked = sum(stub.asked.values())
        assert len(fetch_police_uk(city, base_url=stub.address, client=quick()).snapshots) == 6
        assert sum(stub.asked.values()) == asked


def test_a_service_that_fails_for_good_publishes_nothing(city: Path) -> None:
    with police_uk_stub(CITY_WARDS) as stub:
        stub.refuse_after = 20
        with pytest.raises(ImportRefusedError, match="did not answer in 6 tries"):
            fetch_police_uk(city, base_url=stub.address, client=quick())
        assert not any(s.dataset.startswith("police_uk") for s in list_snapshots(city))
        stub.refuse_after = None
        assert len(fetch_police_uk(city, base_url=stub.address, client=quick()).snapshots) == 6


def test_a_list_too_short_to_be_whole_is_refused(city: Path) -> None:
    with police_uk_stub(CITY_WARDS[:8]) as stub, pytest.raises(ImportRefusedError, match="lists 8 of the 9 wards"):
        fetch_police_uk(city, base_url=stub.address, client=quick())


def test_the_pace_is_kept(city: Path) -> None:
    with police_uk_stub(CITY_WARDS) as stub:
        fetch_police_uk(city, base_url=stub.address, client=PoliteClient(100, timeout_s=5, backoff_s=0))
    span = max(stub.times) - min(stub.times)
    assert len(stub.times) - 1 <= 100 * span + 1


def test_a_server_that_asks_to_wait_is_waited_for() -> None:
    with police_uk_stub(CITY_WARDS) as stub, PoliteClient(1000, backoff_s=0) as client:
        address = stub.address
        before = stub.answer
        stub.answer = (  # type: ignore[method-assign]
            lambda path: (
                (429, {"Retry-After": "1"}, b"")
                if not stub.asked[path] and not stub.asked.update([path])
                else before(path)
            )
        )
        started = time.monotonic()
        assert isinstance(client.json(f"{address}/metropolitan/neighbourhoods"), list)
        assert time.monotonic() - started >= 1


# ---------------------------------------------------------------- all of London, and a kill

FETCH = """
import sys
from pathlib import Path
from transparency.importers.polite import PoliteClient
from transparency.publishing.import_official import fetch_police_uk
fetch_police_uk(Path(sys.argv[1]), base_url=sys.argv[2], client=PoliteClient(5000, timeout_s=3, backoff_s=0))
"""


def test_679_wards_killed_half_way_go_on_without_repeating_what_they_have(tmp_path: Path) -> None:
    # An empty folder: the ward tables are those embedded in the project.
    codes = [row["ward_code"] for row in open_store(tmp_path).rows("SELECT ward_code FROM wards_2022 ORDER BY 1")]
    assert len(codes) == 679
    with police_uk_stub(codes) as stub:
        process = subprocess.Popen([sys.executable, "-c", FETCH, str(tmp_path), stub.address])
        deadline = time.monotonic() + 180
        while len(stub.times) < 1300 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert not list_snapshots(tmp_path)

        (run,) = (tmp_path / "downloads" / "police_uk").iterdir()
        had = {path.stem for path in run.glob("E05*.json")}
        assert 100 < len(had) < 679
        asked_before = stub.asked.copy()
        outcome = fetch_police_uk(tmp_path, base_url=stub.address, client=PoliteClient(5000, timeout_s=3, backoff_s=0))

    assert {s.dataset: s.rows for s in outcome.snapshots}["police_uk_teams"] == 679
    asked_again = stub.asked - asked_before
    assert [ward for ward in had if any(ward in path for path in asked_again)] == []
    assert asked_again["/api/metropolitan/neighbourhoods"] == 0


def test_a_run_of_an_earlier_day_is_given_up(city: Path) -> None:
    old = city / "downloads" / "police_uk" / (today() - timedelta(days=3)).isoformat()
    old.mkdir(parents=True)
    (old / "neighbourhoods.json").write_text("{}", encoding="utf-8")
    with police_uk_stub(CITY_WARDS) as stub:
        fetch_police_uk(city, base_url=stub.address, client=quick())
    assert not old.exists()
