"""What changed with a release: rows new, other and gone, by table, place and promise, on pages and in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.small_city import REGISTERS, REGISTERS_AS_AT, build_small_city
from transparency.about.changes import about_places, codes_about, release_days, release_made
from transparency.about.changes_shown import release_sentence, rows_words, this_month_sentence
from transparency.about.pages import section_html
from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import taking_for_today
from transparency.publishing.reading import read_table
from transparency.store.current import shared_store
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.snapshots import commit, publishing_area, stage
from transparency.store.store import Store

FIRST, SECOND = date(2026, 1, 5), date(2026, 2, 9)
EVENTS = (
    REGISTERS["site_events"]
    .replace("south-quay,2017-01-01,year,open,08:00 to 20:00", "south-quay,2017-01-01,year,open,09:00 to 20:00")
    .replace("marsh-hub,2018-05-15,day,opened,,council,,minutes\n", "")
    + "lock-counter,2020-02-01,day,closed,,police,,police\n"
)
PLANS = REGISTERS["ward_plans"] + "E05900013,2017-02-01,month,2,1,2017-12-31,The same,police\n"


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The city with a second release: of the events one other, one gone and one new; of the plans a newer list."""
    root = build_small_city(Path(tmp_path_factory.mktemp("revised") / "city"), is_demonstration=False)
    tables = (
        ("site_events", EVENTS, date.fromisoformat(REGISTERS_AS_AT), 2, "Lock was closed in 2020."),
        ("ward_plans", PLANS, SECOND, 1, None),
    )
    with publishing_area(root) as area:
        staged = []
        for name, text, as_at, revision, reason in tables:
            reading = read_table(dataset(name), text.encode(), f"{name}.csv")
            assert reading.findings == []
            staged.append(
                stage(
                    area,
                    dataset(name),
                    reading.source,
                    reading.columns,
                    as_at=as_at,
                    revision=revision,
                    published_on=SECOND,
                    reason=reason,
                    coverage="some_wards",
                )
            )
        commit(root, area, staged)
    return open_store(root)


def test_a_release_is_compared_with_what_was_the_newest_before(revised: Store) -> None:
    assert release_days(revised) == (SECOND, FIRST)
    newest = release_made(revised, SECOND)
    events, plans = newest.tables
    assert (events.rows.rows_added, events.rows.rows_changed, events.rows.rows_gone) == (1, 1, 1)
    assert (plans.rows.rows_added, plans.rows.rows_changed, plans.rows.rows_gone) == (1, 0, 0)
    assert (events.is_new, plans.is_new) == (False, True)
    assert {place.place_code: rows_words(place) for place in events.places} == {
        "E09000092": "1 changed",
        "E09000093": "1 new, 1 gone",
    }
    assert newest.place_codes == {"E09000092", "E09000093", "E05900013"}
    assert release_sentence(revised, SECOND) == "On 9 February 2026, 1 table was new and 1 corrected."


def test_a_revision_of_the_same_day_belongs_to_its_release(revised: Store) -> None:
    staffing = next(table for table in release_made(revised, FIRST).tables if table.dataset.name == "staffing")
    assert {new.name for _, new in staffing.versions if new.revision > 1} == {"2018-04-18_r2"}
    assert all(old is None for old, _ in staffing.versions)


def test_a_borough_s_changes_are_those_of_its_wards_too(revised: Store) -> None:
    newest = release_made(revised, SECOND)

    def about(code: str) -> dict[str, str]:
        return {each.name: rows_words(rows) for each, rows in about_places(newest, codes_about(revised, code))}

    assert about("E09000091") == about("E05900013") == {"ward_plans": "1 new"}
    assert about("E09000093") == {"site_events": "1 new, 1 gone"}
    assert about("E05900011") == {}


def test_the_page_names_tables_places_and_reasons(revised: Store) -> None:
    page = section_html(revised, "changes")
    assert '<p class="verdict">On 9 February 2026, 1 table was new and 1 corrected.</p>' in page
    assert "Lock was closed in 2020." in page
    assert 'href="/data/site_events/2025-12-31_r1.csv"' in page and 'href="/data/site_events/2025-12-31_r2.csv"' in page
    assert 'href="/about?section=changes/E09000093"' in page and "Village Green" in page


def test_a_place_has_a_page_of_its_own(revised: Store) -> None:
    page = section_html(revised, "changes/e09000093")
    assert "<h1>What changed: Eastmarsh</h1>" in page
    assert "The release of 9 February 2026 changed 1 table about Eastmarsh." in page
    assert 'href="/feeds/borough/E09000093.atom"' in page and "1 new, 1 gone" in page
    assert "The release of 5 January 2026" in section_html(revised, "changes/E05900011")
    with pytest.raises(UnknownPlaceError):
        section_html(revised, "changes/E05999999")


def test_the_first_page_says_what_changed_this_month(revised: Store) -> None:
    with taking_for_today(date(2026, 2, 20)):
        assert this_month_sentence(revised) == "New tables this month: 1. Corrected: 1."
    with taking_for_today(date(2026, 3, 1)):
        assert this_month_sentence(revised) == (
            "Nothing changed this month. On 9 February 2026, 1 table was new and 1 corrected."
        )


def test_the_release_of_november_2026_is_told_as_its_snapshots_say() -> None:
    release = release_made(shared_store(), date(2026, 11, 29))
    assert (
        release_sentence(shared_store(), date(2026, 11, 29))
        == "On 29 November 2026, 6 tables were new and 6 corrected."
    )
    rows = {table.dataset.name: rows_words(table.rows) for table in release.tables}
    assert rows["published_figures"] == "39 new, 12 changed, 3 gone"
    assert rows["ward_crime_month"] == "129,689 new"
    assert rows["staffing"] == "2 changed"
    touched = {promise.promise_id for promise in release.promises}
    assert {"known-by-the-community", "ring-fenced-officers"} <= touched
    assert not {"260-by-christmas-2016", "94-contact-points"} & touched
