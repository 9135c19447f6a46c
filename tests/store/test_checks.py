"""Each check on a few rows made up for it: which it finds, at the border of what is allowed, and how it tells them.

The tables a check reads stand alone in an empty database, so that what no dataset would accept can be in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pytest

from transparency.store.checking import check_files

FILES = {path.stem: path for path in check_files()}


@dataclass(frozen=True)
class Case:
    """Tables by name, the columns first; and the findings as (dataset, revision, row, column, value, rule), with their
    remedy and whether they are warnings."""

    tables: dict[str, str]
    found: list[tuple[str, int, int | None, str | None, str | None, str]]
    remedy: str
    is_warning: bool = False
    other_remedies: tuple[str, ...] = ()


_SOURCES = "(snapshot_as_at, revision, source_row, kind, published_on, url)"
_STAFFING = """
    (snapshot_as_at, revision, source_row, as_at, coverage, ward_code, basis, evidence, dedicated_pcs,
     dedicated_pcsos)"""
_STARTED, _ENDED, _UNTIL = "DATE '2018-05-03'", "DATE '2022-05-04'", "DATE '2018-05-02'"
_WARDS = f"""(vintage, ward_code, ward_name, borough_name, borough_code, in_force_from, in_force_to)
    ('2014', 'E1', 'Abbey', 'North', 'B1', NULL, {_UNTIL}), ('2014', 'E2', 'Quay', 'North', 'B1', NULL, {_UNTIL}),
    ('2018', 'E1', 'Abbey', 'North', 'B1', {_STARTED}, {_ENDED}),
    ('2018', 'E3', 'Mill', 'South', 'B2', {_STARTED}, {_ENDED}),
    ('2022', 'E4', 'Dock', 'South', 'B2', DATE '2022-05-05', NULL)"""
_TEAMS = (
    "(snapshot_as_at, revision, source_row, as_at, borough_code, ward_code, match_method, is_shared, shared_ward_codes)"
)
_IMPORT_AGAIN = "Import the workbook again, after correcting any alias in data/reference/team_aliases.csv."
_NO_WARD = "the team is matched to no ward of its borough in the set in force"
_CONTRADICTORY = "the kind of match and the wards matched contradict each other"
_CITY = "a ward of the City of London, which the Metropolitan Police does not police"
_NO_MONTH = "the as-at date is not the last day of a month since May 2018"

CASES = {
    "abstraction_borough_incomplete": Case(
        {
            "current_abstraction_borough": """
                (borough_code, month, snapshot_as_at, revision, source_row, minutes, is_complete)
                ('B1', DATE '2020-01-01', PUBLISHED, 1, 2, 100, true),
                ('B1', DATE '2020-02-01', PUBLISHED, 2, 4, 24, true),
                ('B1', DATE '2020-02-01', DATE '2025-01-31', 1, 3, 25, true),
                ('B1', DATE '2020-03-01', PUBLISHED, 1, 5, 100, true),
                ('B1', DATE '2020-04-01', PUBLISHED, 1, 6, 50, true),
                ('B1', DATE '2020-05-01', PUBLISHED, 1, 7, 100, true),
                ('B1', DATE '2020-06-01', PUBLISHED, 1, 8, 1, false),
                ('B2', DATE '2020-01-01', PUBLISHED, 1, 9, 1000, true),
                ('B2', DATE '2020-02-01', PUBLISHED, 1, 10, 60, true),
                ('B2', DATE '2020-03-01', PUBLISHED, 1, 11, 100, true),
                ('B2', DATE '2020-04-01', PUBLISHED, 1, 12, 60, true),
                ('B2', DATE '2020-05-01', PUBLISHED, 1, 13, 1000, true)"""
        },
        [
            (
                "abstraction_borough",
                2,
                3,
                "is_complete",
                "True",
                "February 2020 has less than half the time of either neighbour",
            )
        ],
        "Write is_complete false in every row of the month, or correct its minutes.",
    ),
    "dwo_fte_borough_reason": Case(
        {
            "current_dwo_fte_borough": """
                (snapshot_as_at, revision, source_row, note, fte_mean, value_set_aside)
                (PUBLISHED, 1, 2, NULL, NULL, NULL), (PUBLISHED, 1, 3, 'too many', 5, 900),
                (PUBLISHED, 1, 4, 'too many', NULL, 900), (PUBLISHED, 1, 5, NULL, 5, NULL)"""
        },
        [
            ("dwo_fte_borough", 1, 2, "note", None, "a strength is either given, or blank with its reason"),
            ("dwo_fte_borough", 1, 3, "note", "too many", "a strength is either given, or blank with its reason"),
        ],
        "Leave fte_mean blank where a value is set aside, and say why in note.",
    ),
    "dwo_match": Case(
        {
            "dwo_month": "(as_at, vintage) (DATE '2018-05-31', '2018'), (DATE '2018-06-30', '2018')",
            "ward_in_set": _WARDS,
            "dwo_strength_edition": f"""{_TEAMS}
                (PUBLISHED, 1, 2, DATE '2018-05-31', 'B1', 'E1', 'exact', false, NULL),
                (PUBLISHED, 1, 3, DATE '2018-05-31', 'B1', 'E2', 'exact', false, NULL),
                (PUBLISHED, 1, 4, DATE '2018-05-31', 'B1', 'E3', 'exact', false, NULL),
                (PUBLISHED, 1, 5, DATE '2018-05-31', 'B1', NULL, 'none', false, NULL),
                (PUBLISHED, 1, 6, DATE '2018-05-31', 'B2', NULL, 'alias', true, 'E3 E4'),
                (PUBLISHED, 1, 7, DATE '2018-04-30', 'B1', NULL, 'none', false, NULL),
                (PUBLISHED, 1, 8, DATE '2018-06-29', 'B1', NULL, 'none', false, NULL),
                (PUBLISHED, 1, 9, DATE '2018-06-29', 'B1', 'E1', 'exact', false, NULL)""",
            "dwo_activity_edition": f"""{_TEAMS}
                (PUBLISHED, 2, 2, DATE '2018-06-30', 'B1', 'E1', 'none', false, NULL),
                (PUBLISHED, 2, 3, DATE '2018-06-30', 'B1', NULL, 'exact', false, NULL),
                (PUBLISHED, 2, 4, DATE '2018-06-30', 'B1', NULL, 'alias', true, NULL),
                (PUBLISHED, 2, 5, DATE '2018-06-30', 'B2', NULL, 'none', false, 'E3'),
                (PUBLISHED, 2, 6, DATE '2018-06-30', 'B2', 'E3', 'alias', true, 'E3'),
                (PUBLISHED, 2, 7, DATE '2018-06-30', 'B2', NULL, 'none', true, 'E3')""",
        },
        [
            *(
                ("dwo_activity", 2, row, "match_method", how, _CONTRADICTORY)
                for row, how in ((2, "none"), (3, "exact"))
            ),
            *(
                ("dwo_activity", 2, row, "match_method", how, _CONTRADICTORY)
                for row, how in ((4, "alias"), (5, "none"))
            ),
            *(
                ("dwo_activity", 2, row, "match_method", how, _CONTRADICTORY)
                for row, how in ((6, "alias"), (7, "none"))
            ),
            ("dwo_strength", 1, 3, "ward_code", "E2", _NO_WARD),
            ("dwo_strength", 1, 4, "ward_code", "E3", _NO_WARD),
            ("dwo_strength", 1, 6, "ward_code", "E4", _NO_WARD),
            ("dwo_strength", 1, 9, "ward_code", "E1", _NO_WARD),
            ("dwo_strength", 1, None, "as_at", "2018-04-30", _NO_MONTH),
            ("dwo_strength", 1, None, "as_at", "2018-06-29", _NO_MONTH),
        ],
        _IMPORT_AGAIN,
    ),
    "dwo_thin_month": Case(
        {
            "dwo_strength_edition": """(snapshot_as_at, revision, as_at)
                (PUBLISHED, 1, DATE '2018-05-31'), (PUBLISHED, 1, DATE '2018-05-31'),
                (PUBLISHED, 1, DATE '2018-05-31'), (PUBLISHED, 1, DATE '2018-06-30'),
                (PUBLISHED, 1, DATE '2018-07-31'), (PUBLISHED, 1, DATE '2018-07-31'),
                (PUBLISHED, 1, DATE '2018-07-31'), (PUBLISHED, 1, DATE '2018-07-31')""",
            "dwo_activity_edition": """(snapshot_as_at, revision, as_at)
                (PUBLISHED, 2, DATE '2018-05-31'), (PUBLISHED, 2, DATE '2018-05-31'),
                (PUBLISHED, 2, DATE '2018-05-31'), (PUBLISHED, 2, DATE '2018-05-31'),
                (PUBLISHED, 2, DATE '2018-06-30'), (PUBLISHED, 2, DATE '2018-07-31'),
                (PUBLISHED, 2, DATE '2018-07-31'), (PUBLISHED, 2, DATE '2018-08-31'),
                (PUBLISHED, 2, DATE '2018-08-31'), (PUBLISHED, 2, DATE '2018-08-31'),
                (PUBLISHED, 2, DATE '2018-09-30'), (PUBLISHED, 2, DATE '2018-10-31'),
                (PUBLISHED, 2, DATE '2018-10-31'), (PUBLISHED, 2, DATE '2018-10-31')""",
        },
        [
            ("dwo_strength", 1, None, None, "1", "the month has fewer than half the rows of its neighbours (3)"),
            ("dwo_activity", 2, None, None, "1", "the month has fewer than half the rows of its neighbours (3)"),
        ],
        "Compare the month with the publisher's page; import the workbook again if it was cut short.",
        True,
    ),
    "dwo_totals": Case(
        {
            "all_dwo_imports": """(dataset, month_end, total, snapshot_as_at, revision)
                ('dwo_strength', DATE '2018-05-31', 99.0, DATE '2025-01-31', 9),
                ('dwo_strength', DATE '2018-05-31', 98.0, PUBLISHED, 1),
                ('dwo_strength', DATE '2018-05-31', 12.004, PUBLISHED, 2),
                ('dwo_strength', DATE '2018-06-30', 6.0052, PUBLISHED, 1),
                ('dwo_activity', DATE '2018-05-31', 100.4, PUBLISHED, 1),
                ('dwo_activity', DATE '2018-06-30', 10.5, PUBLISHED, 1),
                ('dwo_activity', DATE '2018-07-31', 77.0, PUBLISHED, 1)""",
            "dwo_ward_month": """(as_at, constable_fte, pcso_fte, other_rank_fte, minutes)
                (DATE '2018-05-31', 4.0, 3.0, 2.0, 60.0), (DATE '2018-05-31', NULL, NULL, NULL, NULL),
                (DATE '2018-06-30', 4.0, 1.0, 1.0, NULL)""",
            "current_dwo_strength": """(as_at, snapshot_as_at, revision, fte, is_shared, match_method)
                (DATE '2018-05-31', PUBLISHED, 1, 2.0, true, 'alias'),
                (DATE '2018-05-31', PUBLISHED, 1, 1.0, false, 'none'),
                (DATE '2018-05-31', PUBLISHED, 1, 9.0, false, 'exact'),
                (DATE '2018-06-30', PUBLISHED, 1, 6.0, false, 'exact'),
                (DATE '2018-08-31', PUBLISHED, 1, 6.0, false, 'none')""",
            "current_dwo_activity": """(as_at, snapshot_as_at, revision, minutes, is_shared, match_method)
                (DATE '2018-05-31', PUBLISHED, 2, 30.0, true, 'alias'),
                (DATE '2018-05-31', PUBLISHED, 2, 10.0, false, 'none'),
                (DATE '2018-05-31', PUBLISHED, 2, 60.0, false, 'exact'),
                (DATE '2018-06-30', PUBLISHED, 2, 10.0, false, 'none'),
                (DATE '2018-07-31', PUBLISHED, 2, 10.0, false, 'none')""",
            "dwo_edition_month": """(dataset, as_at)
                ('dwo_strength', DATE '2018-05-31'), ('dwo_strength', DATE '2018-06-30'),
                ('dwo_activity', DATE '2018-05-31'), ('dwo_activity', DATE '2018-06-30')""",
        },
        [
            (
                "dwo_activity",
                2,
                None,
                "minutes",
                "10.0",
                "the month adds up to another total than the workbook's 10.5000",
            ),
            ("dwo_strength", 1, None, "fte", "6.0", "the month adds up to another total than the workbook's 6.0052"),
            ("dwo_strength", 1, None, "fte", "6.0", "no import says what the workbook's total for this month was"),
        ],
        "Import the workbook with: transparency import dwo FILE.",
    ),
    "series_one_edition": Case(
        {
            "all_abstraction_borough": """(snapshot_as_at, revision, source_row, source_id)
                (PUBLISHED, 1, 2, 'a'), (PUBLISHED, 2, 3, 'b'), (PUBLISHED, 2, 2, 'c')""",
            "all_dwo_fte_borough": """(snapshot_as_at, revision, source_row, source_id)
                (PUBLISHED, 1, 3, 'd'), (PUBLISHED, 1, 4, 'e'), (PUBLISHED, 1, 5, 'e')""",
            "all_public_attitude_borough": """(snapshot_as_at, revision, source_row, source_id)
                (PUBLISHED, 1, 6, 'f'), (PUBLISHED, 1, 5, 'g'), (PUBLISHED, 2, 5, 'g')""",
        },
        [
            ("abstraction_borough", 2, 2, "source_id", "b, c", "the snapshot is read from more than one source"),
            ("dwo_fte_borough", 1, 3, "source_id", "d, e", "the snapshot is read from more than one source"),
            ("public_attitude_borough", 1, 5, "source_id", "f, g", "the snapshot is read from more than one source"),
        ],
        "Hand in each edition as a snapshot of its own.",
    ),
    "site_events_contradict": Case(
        {
            "current_site_events": """
                (snapshot_as_at, revision, source_row,
                 site_id, event_on, date_precision, event, opening_hours, source_id)
                (PUBLISHED, 1, 2, 'gate', DATE '2018-01-01', 'day', 'hours_changed', NULL, 'a'),
                (PUBLISHED, 1, 3, 'gate', DATE '2018-01-01', 'day', 'closed', NULL, 'b'),
                (PUBLISHED, 1, 4, 'quay', DATE '2018-01-01', 'day', 'decided_keep', NULL, 'a'),
                (PUBLISHED, 1, 5, 'quay', DATE '2018-01-01', 'day', 'decided_close', NULL, 'b'),
                (PUBLISHED, 1, 6, 'mill', DATE '2018-01-01', 'day', 'open', '24/7', 'a'),
                (PUBLISHED, 1, 7, 'mill', DATE '2018-01-01', 'day', 'open', '9 to 5', 'b'),
                (PUBLISHED, 1, 8, 'dock', DATE '2018-01-01', 'month', 'open', NULL, 'a'),
                (PUBLISHED, 1, 9, 'dock', DATE '2018-01-01', 'month', 'closed', NULL, 'b'),
                (PUBLISHED, 1, 10, 'fort', DATE '2018-01-01', 'day', 'reopened', NULL, 'a'),
                (PUBLISHED, 1, 11, 'fort', DATE '2018-01-01', 'day', 'opened', NULL, 'b'),
                (PUBLISHED, 1, 12, 'fort', DATE '2018-01-01', 'day', 'closure_quashed', NULL, 'b'),
                (PUBLISHED, 1, 13, 'fort', DATE '2018-01-01', 'day', 'decided_keep', NULL, 'b'),
                (PUBLISHED, 1, 14, 'weir', DATE '2018-01-01', 'day', 'closed', NULL, 'a'),
                (PUBLISHED, 1, 15, 'weir', DATE '2018-01-01', 'day', 'open', NULL, 'b'),
                (PUBLISHED, 1, 16, 'ford', DATE '2018-01-01', 'day', 'closed', NULL, 'a'),
                (PUBLISHED, 1, 17, 'ford', DATE '2018-01-01', 'day', 'opened', NULL, 'b'),
                (PUBLISHED, 1, 18, 'lock', DATE '2018-01-01', 'day', 'closed', NULL, 'a'),
                (PUBLISHED, 1, 19, 'lock', DATE '2018-01-01', 'day', 'reopened', NULL, 'b'),
                (PUBLISHED, 1, 20, 'hill', DATE '2018-01-01', 'day', 'decided_close', NULL, 'a'),
                (PUBLISHED, 1, 21, 'hill', DATE '2018-01-01', 'day', 'closure_quashed', NULL, 'b')"""
        },
        [
            (
                "site_events",
                1,
                3,
                "event",
                "closed",
                "gate is hours changed on 1 January 2018 according to a and closed according to b",
            ),
            (
                "site_events",
                1,
                5,
                "event",
                "decided_close",
                "quay is decided keep on 1 January 2018 according to a and decided close according to b",
            ),
            *(
                (
                    "site_events",
                    1,
                    row,
                    "event",
                    event,
                    f"{site} is closed on 1 January 2018 according to a and {event} according to b",
                )
                for row, site, event in ((15, "weir", "open"), (17, "ford", "opened"), (19, "lock", "reopened"))
            ),
            (
                "site_events",
                1,
                21,
                "event",
                "closure_quashed",
                "hill is decided close on 1 January 2018 according to a and closure quashed according to b",
            ),
            (
                "site_events",
                1,
                7,
                "event",
                "open",
                "mill is open on 1 January 2018 according to a and open according to b",
            ),
        ],
        "Decide which source is better, keep its row, and name the other in its note.",
        True,
    ),
    "sources_address": Case(
        {
            "current_sources": f"""{_SOURCES}
                (PUBLISHED, 1, 2, 'press', NULL, 'HTTPS://city.example/a'),
                (PUBLISHED, 1, 3, 'press', NULL, 'javascript:alert(1)'),
                (PUBLISHED, 1, 4, 'press', NULL, 'http:///path'),
                (PUBLISHED, 1, 5, 'press', NULL, 'http://city.example'),
                (PUBLISHED, 1, 6, 'press', NULL, NULL)"""
        },
        [
            ("sources", 1, 3, "url", "javascript:alert(1)", "the address is not one of the web"),
            ("sources", 1, 4, "url", "http:///path", "the address is not one of the web"),
        ],
        "Publish the source again with its address whole (https:// or http://, then the host), or with none.",
    ),
    "sources_demonstration": Case(
        {
            "this_store": "(is_demonstration) (false)",
            "current_sources": f"""{_SOURCES}
                (PUBLISHED, 1, 2, 'demonstration', NULL, NULL), (PUBLISHED, 1, 3, 'press', NULL, NULL)""",
        },
        [("sources", 1, 2, "kind", "demonstration", "invented figures have no place in a store of facts")],
        "Publish it to a demonstration store, or name the source of a fact.",
    ),
    "sources_future": Case(
        {
            "current_sources": f"""{_SOURCES}
                (PUBLISHED, 1, 2, 'press', DATE '2999-01-01', NULL),
                (PUBLISHED, 1, 3, 'press', current_date, NULL), (PUBLISHED, 1, 4, 'press', NULL, NULL)""",
        },
        [("sources", 1, 2, "published_on", "2999-01-01", "the day of publication is in the future")],
        "Correct the day, or leave it blank until the source is published.",
        True,
    ),
    "staffing_borough_fall": Case(
        {
            "ward_in_set": _WARDS,
            "current_staffing": f"""{_STAFFING}
                (DATE '2016-12-31', 1, 2, DATE '2016-12-31', 'all_wards', 'E1', 'officers', 'reported', 4e0, 2e0),
                (DATE '2016-12-31', 1, 3, DATE '2016-12-31', 'all_wards', 'E2', 'officers', 'reported', 4e0, 2e0),
                (DATE '2017-01-31', 1, 2, DATE '2017-01-31', 'some_wards', 'E1', 'officers', 'reported', 0e0, 0e0),
                (DATE '2018-05-02', 1, 2, DATE '2018-05-02', 'all_wards', 'E1', 'officers', 'reported', 1e0, 1e0),
                (DATE '2018-05-02', 1, 3, DATE '2018-05-02', 'all_wards', 'E2', 'officers', 'reported', 2e0, 1e0),
                (DATE '2018-05-03', 2, 2, DATE '2018-05-03', 'all_wards', 'E1', 'officers', 'reported', 2e0, 0e0),
                (DATE '2022-05-04', 1, 2, DATE '2022-05-04', 'all_wards', 'E3', 'officers', 'reported', 9e0, 9e0),
                (DATE '2022-05-05', 1, 2, DATE '2022-05-05', 'all_wards', 'E4', 'officers', 'reported', 4e0, 9e0)""",
        },
        [
            ("staffing", 1, None, "dedicated_pcs", "3", "North falls by more than half, from 8 on 31 December 2016"),
            ("staffing", 2, None, "dedicated_pcsos", "0", "North falls by more than half, from 2 on 2 May 2018"),
            ("staffing", 1, None, "dedicated_pcs", "4", "South falls by more than half, from 9 on 4 May 2022"),
        ],
        "Compare the file with its source; if the fall is real, nothing need be done.",
        True,
    ),
    "staffing_demonstration": Case(
        {
            "this_store": "(is_demonstration) (false)",
            "current_staffing": f"""{_STAFFING}
                (PUBLISHED, 1, 2, NULL, NULL, 'E1', 'officers', 'demonstration', 2e0, 1e0),
                (PUBLISHED, 1, 3, NULL, NULL, 'E1', 'officers', 'confirmed', 2e0, 1e0)""",
        },
        [("staffing", 1, 2, "evidence", "demonstration", "invented figures have no place in a store of facts")],
        "Publish it to a demonstration store, or say how the figure is known.",
    ),
    "staffing_missing_wards": Case(
        {
            "ward_in_set": _WARDS,
            "current_staffing": f"""{_STAFFING}
                (DATE '2018-05-02', 1, 2, DATE '2018-05-02', 'all_wards', 'E9', 'officers', 'reported', 1e0, 1e0),
                (DATE '2018-05-03', 1, 2, DATE '2018-05-03', 'all_wards', 'E1', 'officers', 'reported', 1e0, 1e0),
                (DATE '2020-01-01', 1, 2, DATE '2020-01-01', 'some_wards', 'E1', 'officers', 'reported', 1e0, 1e0),
                (DATE '2022-05-04', 1, 2, DATE '2022-05-04', 'all_wards', 'E3', 'officers', 'reported', 1e0, 1e0),
                (DATE '2022-05-05', 2, 2, DATE '2022-05-05', 'all_wards', 'E1', 'officers', 'reported', 1e0, 1e0)""",
        },
        [
            (
                "staffing",
                1,
                None,
                "ward_code",
                "Abbey (E1), Quay (E2)",
                "2 wards of North are missing from a snapshot of every ward",
            ),
            ("staffing", 1, None, "ward_code", "Mill (E3)", "1 ward of South is missing from a snapshot of every ward"),
            (
                "staffing",
                1,
                None,
                "ward_code",
                "Abbey (E1)",
                "1 ward of North is missing from a snapshot of every ward",
            ),
            ("staffing", 2, None, "ward_code", "Dock (E4)", "1 ward of South is missing from a snapshot of every ward"),
        ],
        "Add what is known of them, or publish with --coverage some_wards.",
        True,
    ),
    "staffing_parts_of_people": Case(
        {
            "current_staffing": f"""{_STAFFING}
                (PUBLISHED, 1, 2, NULL, NULL, 'E1', 'posts', 'confirmed', 1.5e0, 1.0e0),
                (PUBLISHED, 1, 3, NULL, NULL, 'E1', 'officers', 'confirmed', 2.0e0, 0.25e0),
                (PUBLISHED, 1, 4, NULL, NULL, 'E1', 'fte', 'confirmed', 1.5e0, 0.5e0)""",
        },
        [
            ("staffing", 1, 2, "dedicated_pcs", "1.5", "posts are counted whole"),
            ("staffing", 1, 3, "dedicated_pcsos", "0.25", "officers are counted whole"),
        ],
        "Give the basis as fte if these are full-time equivalents, or correct the count.",
    ),
    "ward_crime_groups": Case(
        {
            "months": "(ward_code, year_ending, offences) ('E1', DATE '2026-02-28', 10), ('E2', DATE '2026-02-28', 10)",
            "current_ward_crime_group": """(ward_code, year_ending, snapshot_as_at, revision, source_row, offences)
                ('E1', DATE '2026-02-28', PUBLISHED, 1, 3, 6),
                ('E1', DATE '2026-02-28', PUBLISHED, 1, 2, 5),
                ('E2', DATE '2026-02-28', PUBLISHED, 1, 4, 10)""",
        },
        [
            (
                "ward_crime_group",
                1,
                2,
                "offences",
                "11",
                "the groups of E1 in the year to February 2026 do not add up to its months, 10",
            )
        ],
        "Read both from the same files again, or explain the difference.",
        True,
    ),
    "ward_crime_period": Case(
        {
            "current_ward_crime_month": """(snapshot_as_at, revision, source_row, month, recording_system, offences)
                (PUBLISHED, 1, 2, DATE '2024-02-01', 'until_february_2024', 0),
                (PUBLISHED, 1, 3, DATE '2024-03-01', 'since_march_2024', 1),
                (PUBLISHED, 1, 4, DATE '2024-03-02', 'since_march_2024', 1),
                (PUBLISHED, 1, 5, DATE '2024-02-01', 'since_march_2024', 1),
                (PUBLISHED, 1, 6, DATE '2024-03-01', 'until_february_2024', 1),
                (PUBLISHED, 1, 7, DATE '2024-03-01', 'since_march_2024', -1)""",
            "current_ward_crime_group": """(snapshot_as_at, revision, source_row, year_ending, offences)
                (PUBLISHED, 1, 2, DATE '2024-02-29', 0), (PUBLISHED, 1, 3, DATE '2024-02-28', 1),
                (PUBLISHED, 1, 4, DATE '2024-03-31', 1), (PUBLISHED, 1, 5, DATE '2024-02-29', -1)""",
        },
        [
            ("ward_crime_group", 1, 3, "year_ending", "2024-02-28 1", "the day is not the last of a February"),
            ("ward_crime_group", 1, 4, "year_ending", "2024-03-31 1", "the day is not the last of a February"),
            ("ward_crime_group", 1, 5, "offences", "2024-02-29 -1", "the count is below nought"),
            ("ward_crime_month", 1, 4, "month", "2024-03-02 since_march_2024 1", "the day is not the first of a month"),
            (
                "ward_crime_month",
                1,
                5,
                "recording_system",
                "2024-02-01 since_march_2024 1",
                "the system is not that of the month",
            ),
            (
                "ward_crime_month",
                1,
                6,
                "recording_system",
                "2024-03-01 until_february_2024 1",
                "the system is not that of the month",
            ),
            ("ward_crime_month", 1, 7, "offences", "2024-03-01 since_march_2024 -1", "the count is below nought"),
        ],
        "Correct it in the file and hand it in again.",
    ),
    "staffing_ward": Case(
        {
            "ward_in_set": _WARDS,
            "ward": "(ward_code, ward_name) ('E1', 'Abbey'), ('E2', 'Quay'), ('E3', 'Mill'), ('E4', 'Dock')",
            "ward_sets": f"""(vintage, in_force_from, in_force_to)
            ('2014', NULL, {_UNTIL}), ('2018', {_STARTED}, {_ENDED}), ('2022', DATE '2022-05-05', NULL)""",
            "current_staffing": f"""{_STAFFING}
            (PUBLISHED, 1, 2, DATE '2018-05-02', NULL, 'E2', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 3, DATE '2018-05-03', NULL, 'E2', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 4, DATE '2022-05-04', NULL, 'E4', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 5, DATE '2022-05-05', NULL, 'E4', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 6, DATE '2017-01-01', NULL, 'E05000001', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 7, DATE '2017-01-01', NULL, 'E05000025', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 8, DATE '2017-01-01', NULL, 'E05009288', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 9, DATE '2017-01-01', NULL, 'E05009312', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 10, DATE '2022-05-05', NULL, 'E05009313', 'officers', 'reported', 1e0, 1e0),
            (PUBLISHED, 1, 11, DATE '2017-01-01', NULL, NULL, 'officers', 'reported', 1e0, 1e0)""",
        },
        [
            (
                "staffing",
                1,
                3,
                "ward_code",
                "E2",
                "the ward Quay is not in the 2018 set, which is in force on 3 May 2018",
            ),
            (
                "staffing",
                1,
                4,
                "ward_code",
                "E4",
                "the ward Dock is not in the 2018 set, which is in force on 4 May 2022",
            ),
            ("staffing", 1, 6, "ward_code", "E05000001", _CITY),
            ("staffing", 1, 7, "ward_code", "E05000025", _CITY),
            ("staffing", 1, 8, "ward_code", "E05009288", _CITY),
            ("staffing", 1, 9, "ward_code", "E05009312", _CITY),
            ("staffing", 1, 10, "ward_code", "E05009313", "no ward has this code"),
        ],
        "Use a code of data/reference/wards_2014.csv.",
        other_remedies=("Use a code of data/reference/wards_2018.csv.", "Use a code of data/reference/wards_2022.csv."),
    ),
}


def found_by(check: str, case: Case) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        for name, table in case.tables.items():
            columns, _, rows = table.strip().partition(")")
            values = rows.replace("PUBLISHED", "DATE '2026-01-31'")
            connection.execute(f"CREATE TABLE {name} AS FROM (VALUES {values}) AS given{columns})")
        if "months" in case.tables:
            connection.execute("CREATE MACRO ward_crime_years_to(last_month, years) AS TABLE FROM months")
        return connection.execute(FILES[check].read_text(encoding="utf-8")).fetchall()


def test_every_check_has_its_case() -> None:
    assert set(CASES) == set(FILES)


@pytest.mark.parametrize("check", CASES)
def test_a_check_finds_what_it_guards_against_and_nothing_else(check: str) -> None:
    case = CASES[check]
    found = found_by(check, case)
    told = [(row[0], *row[2:5], None if row[5] is None else str(row[5]), row[6]) for row in found]
    assert sorted(told, key=repr) == sorted(case.found, key=repr)
    assert {row[7] for row in found} == {case.remedy, *case.other_remedies}
    assert {row[8] for row in found} == {case.is_warning}
