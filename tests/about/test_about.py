"""What the site says of itself: corrections from revisions, the calendar on any day, definitions, words, gaps."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.reading import without_roles
from transparency.about import calendar, operator, pages, rules
from transparency.about.corrections import correction_table, corrections
from transparency.about.pages import (
    LIMIT_MARKS,
    STATEMENT_REVIEWED_ON,
    about_html,
    report_text,
    section_html,
    sections,
    top_sections,
)
from transparency.about.planned_releases import (
    PlannedRelease,
    ReleaseState,
    reaches_far_enough,
    read_releases,
    releases,
)
from transparency.about.rules import Outcome, SelfCheck, rulebook, rules_checked, rules_sentence
from transparency.core.errors import CatalogueError, SettingError, UnknownPlaceError
from transparency.core.settings import Logged, Settings
from transparency.core.vocabulary import Precision, taking_for_today, today
from transparency.exhibits.content import content_rows
from transparency.exhibits.glossary import glossary
from transparency.store.checking import check_files
from transparency.store.database import PACKAGE, view_files
from transparency.store.definitions import check_definitions, view_definitions
from transparency.store.store import Store

# ---------------------------------------------------------------- corrections


@pytest.mark.rule("T4")
def test_a_revision_is_a_correction_with_its_cause(city: Store) -> None:
    (correction,) = corrections(city)
    assert (correction.old.name, correction.new.name) == ("2018-04-18_r1", "2018-04-18_r2")
    (row,) = correction_table(correction).rows
    assert row == ("E05900032", "dedicated_pcs", "1", "2")
    assert correction.new.reason

    page = section_html(city, "corrections")
    assert "corrected on 5 January 2026" in page
    assert 'href="/data/staffing/2018-04-18_r1.csv"' in page
    assert correction.new.reason in page
    assert "No correction so far" not in page


def test_without_a_revision_the_log_says_that_there_is_none(city: Store) -> None:
    first_only = replace(city, snapshots=tuple(s for s in city.snapshots if s.revision == 1))
    page = section_html(first_only, "corrections")
    assert "No correction so far." in page
    assert f"{len(first_only.snapshots)} tables have been published since 5 January 2026, none of them revised." in page


def test_the_facts_say_what_was_found_since(store_of_facts: Store) -> None:
    page = section_html(store_of_facts, "corrections")
    assert "Sites, as at 22 November 2026: corrected on 29 November 2026" in page
    assert "Staffing of wards, as at 1 June 2019: corrected on 29 November 2026" in page
    assert "The article quotes the area inspector on the vacant posts: confirmed, not only reported." in page


# ---------------------------------------------------------------- releases


def planned(due_on: date, precision: Precision, released_on: date | None = None) -> PlannedRelease:
    return PlannedRelease("one", due_on, precision, date(2026, 11, 1), "Review", "counters", released_on, None)


@pytest.mark.rule("T5", "T8")
@pytest.mark.parametrize(
    ("precision", "day", "state"),
    [
        (Precision.DAY, date(2027, 3, 1), ReleaseState.PLANNED),
        (Precision.DAY, date(2027, 3, 2), ReleaseState.OVERDUE),
        (Precision.MONTH, date(2027, 2, 1), ReleaseState.PLANNED),
        (Precision.MONTH, date(2027, 2, 2), ReleaseState.DAY_MISSING),
        (Precision.MONTH, date(2027, 3, 31), ReleaseState.DAY_MISSING),
        (Precision.MONTH, date(2027, 4, 1), ReleaseState.OVERDUE),
    ],
)
def test_a_release_is_planned_then_wants_its_day_then_is_overdue(
    precision: Precision, day: date, state: ReleaseState
) -> None:
    assert planned(date(2027, 3, 1), precision).state_on(day) is state
    assert planned(date(2027, 3, 1), precision, released_on=day).state_on(day) is ReleaseState.RELEASED


@pytest.mark.rule("T5")
def test_overdue_releases_and_a_short_calendar_are_named(city: Store) -> None:
    with taking_for_today(date(2026, 12, 15)):
        page = section_html(city, "releases")
        assert "Overdue" not in page and "has to be continued" not in page
        assert "15 December 2026: Review of December 2026" in page
        assert "the first, of 15 December 2026, was announced 20 days before, on 25 November 2026" in page
    with taking_for_today(date(2026, 12, 16)):
        page = section_html(city, "releases")
        assert "Review of December 2026 was due by 15 December 2026 and is not out yet." in page
    with taking_for_today(date(2027, 1, 1)):
        assert "The calendar does not look twelve months ahead of 1 January 2027" in section_html(city, "releases")


@pytest.mark.rule("T8")
def test_the_calendar_of_this_copy_reaches_twelve_months_ahead() -> None:
    assert reaches_far_enough(releases(), max(release.announced_on for release in releases()))


@pytest.mark.rule("T8")
def test_the_calendar_can_be_taken_into_another(monkeypatch: pytest.MonkeyPatch) -> None:
    day, month = planned(date(2027, 3, 2), Precision.DAY), planned(date(2027, 6, 1), Precision.MONTH)
    monkeypatch.setattr(calendar, "releases", lambda: (day, month))
    read = icalendar.Calendar.from_ical(calendar.releases_calendar().content)
    to_the_day, to_the_month = read.walk("VEVENT")
    assert to_the_day.decoded("dtstart").isoformat() == "2027-03-02T09:30:00+00:00"
    assert (to_the_month.decoded("dtstart"), to_the_month.decoded("dtend")) == (date(2027, 6, 1), date(2027, 7, 1))
    assert "the day follows" in str(to_the_month["description"])
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Europe/London"]


HEADER = "release_id,due_on,due_on_precision,announced_on,title,covers,released_on,note\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("a,soon,day,2026-11-01,A,all,,\n", "row 2: Invalid isoformat string: 'soon'"),
        ("a,2027-01-01,week,2026-11-01,A,all,,\n", "row 2: 'week' is not a valid Precision"),
        ("a,,day,2026-11-01,A,all,,\n", "row 2: due_on is missing. Fix this line."),
        ("a,2027-01-01,day,2026-11-01,A,all,,\n" * 2, "two lines have the same release_id"),
    ],
)
def test_a_calendar_with_a_fault_is_refused_with_its_line(tmp_path: Path, lines: str, said: str) -> None:
    path = tmp_path / "releases.csv"
    path.write_text(HEADER + lines)
    with pytest.raises(CatalogueError, match=re.escape(said)):
        read_releases(path)


def test_a_release_that_moved_says_why(monkeypatch: pytest.MonkeyPatch, city: Store) -> None:
    moved = PlannedRelease(
        "one", date(2027, 3, 2), Precision.DAY, date(2027, 1, 5), "Review", "counters", None, "the workbook was late"
    )
    monkeypatch.setattr(calendar, "releases", lambda: (moved,))
    with taking_for_today(date(2027, 1, 6)):
        assert "5 January 2027; moved: the workbook was late" in section_html(city, "releases")
    assert "The date moved: the workbook was late" in calendar.release_lines(moved)


# ---------------------------------------------------------------- definitions and words


def test_the_methods_print_every_view_and_check_as_it_is_run(city: Store) -> None:
    assert [PACKAGE / each.file for each in view_definitions()] == list(view_files())
    assert [PACKAGE / each.file for each in check_definitions()] == list(check_files())
    paths = (*view_files(), *check_files())
    for definition, path in zip((*view_definitions(), *check_definitions()), paths, strict=True):
        assert path.read_text(encoding="utf-8").strip().endswith(definition.sql)
        assert not definition.sql.startswith("--")
        assert f"methods/{definition.name}" in sections(city)
    page = section_html(city, "methods/distance_m")
    assert "<code>CREATE " in page and "asin" in page
    assert "<dt>Grain</dt>" in page


@pytest.mark.rule("T13")
@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("Dedicated ward officer (DWO)", "assigned to one ward and meant to be kept from other duties"),
        ("Abstraction", "Time a ward officer spends on duties elsewhere"),
        ("Site", "where ward officers start and end their shifts"),
        ("Half", "<code>met</code>"),
        ("Basis", "places in the establishment, filled or not"),
    ],
)
def test_the_words_a_reader_needs_are_in_the_glossary(term: str, said: str) -> None:
    terms = {each.term: each for group in glossary().values() for each in group}
    assert said in terms[term].meaning_html


def test_every_bold_word_of_the_glossary_is_a_term() -> None:
    text = (Path(__file__).parents[2] / "GLOSSARY.md").read_text(encoding="utf-8")
    terms = [each for group in glossary().values() for each in group]
    assert len(terms) == len(re.findall(r"^\*\*", text, re.MULTILINE)) > 40
    assert len({each.anchor for each in terms}) == len(terms)
    assert "dedicated-ward-officer" in {each.anchor for each in terms}


def test_other_markup_in_the_glossary_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from transparency.exhibits import glossary as module

    path = tmp_path / "GLOSSARY.md"
    path.write_text(
        "# Glossary\n\n## Words\n\n**Bad.** <script>alert(1)</script> ![a](x.png) [b](javascript:alert(1))\n"
    )
    monkeypatch.setattr(module, "GLOSSARY_FILE", path)
    glossary.cache_clear()
    try:
        ((bad,),) = glossary().values()
    finally:
        glossary.cache_clear()
    assert "<script" not in bad.meaning_html
    assert "<img" not in bad.meaning_html
    assert 'href="javascript' not in bad.meaning_html


def test_many_sources_of_a_kind_fill_several_pages(store_of_facts: Store) -> None:
    press = [name for name in sections(store_of_facts) if re.fullmatch(r"sources/press(_\d)?", name)]
    assert press == ["sources/press", "sources/press_2"]
    first, second = (section_html(store_of_facts, name) for name in press)
    assert "Press: 117 sources, 60 of them here" in first and "Press: 117 sources, 57 of them here" in second
    assert first.count('<th scope="row">') + second.count('<th scope="row">') == 117
    assert 'href="/about?section=sources/press_2">Sources: Press, part 2 of 2</a>' in first
    assert 'href="/about?section=sources/press">Sources: Press, part 1 of 2</a>' in second


# ---------------------------------------------------------------- statements


def test_an_unknown_section_is_refused_with_those_there_are(city: Store) -> None:
    with pytest.raises(UnknownPlaceError, match="There are: reading, methods, glossary"):
        section_html(city, "nothing")
    assert {section.name for section in top_sections()} <= sections(city).keys()


def test_the_link_of_an_error_fills_in_the_report(city: Store) -> None:
    asked = {"report": "ward_status", "ward": "E05900011", "as_at": "2017-01-04"}
    page = about_html(city, asked)
    assert "ward: E05900011\nreport: ward_status\nas at: 2017-01-04\n" in page
    assert f"data version: {city.data_version}" in report_text({}, city)


@pytest.mark.rule("A2")
def test_the_accessibility_statement_is_recent_and_complete(city: Store) -> None:
    page = section_html(city, "accessibility")
    headings = re.findall(r"<h[23]>(.*?)</h[23]>", page)
    assert headings[:-1] == [
        "Accessibility statement for London ward officers",
        "How accessible this site is",
        "Feedback and contact information",
        "Enforcement procedure",
        "Technical information about this website's accessibility",
        "Compliance status",
        "Non-accessible content",
        "Non-compliance with the accessibility regulations",
        "Disproportionate burden",
        "Content that's not within the scope of the accessibility regulations",
        "What we're doing to improve accessibility",
        "Preparation of this accessibility statement",
    ]
    assert "partially compliant" in page
    assert "This statement was prepared on 25 November 2026." in page
    assert "Equality Advisory and Support Service" in page
    assert (today() - STATEMENT_REVIEWED_ON).days <= 366, "review the statement and renew its date"
    with taking_for_today(date(2027, 11, 30)):
        assert "more than a year old" in section_html(city, "accessibility")


# The subjects of the framework's known limits; each is in the statement, open or not.
KNOWN_LIMITS = (
    "JavaScript",
    "footer",
    "parts cannot be read out",
    "alternative text",
    "dragging",
    "focus",
    "table grid",
    "simple table",
    "captions",
    "help icons",
    "chart colours",
    "stops for the keyboard",
    "single keys",
    "calls itself Streamlit",
    "unknown address",
    "On paper",
    "not told what changed",
)


@pytest.mark.rule("A3")
@pytest.mark.parametrize("subject", KNOWN_LIMITS)
def test_every_known_limit_of_the_framework_is_in_the_statement(city: Store, subject: str) -> None:
    limits = content_rows("limits")
    assert len(limits) == len(KNOWN_LIMITS)
    (limit,) = [each for each in limits if subject in each["limit"]]
    assert limit["state"] in LIMIT_MARKS
    assert limit["limit"] in section_html(city, "accessibility").replace("&#39;", "'")


@pytest.mark.rule("A3")
def test_full_conformance_is_never_claimed(city: Store) -> None:
    page = section_html(city, "accessibility")
    assert "is fully compliant" not in page
    assert "It does not claim to be fully compliant" in page


@pytest.mark.parametrize(
    ("rule", "section", "said"),
    [
        pytest.param("T6", "governance", "How it will end", marks=pytest.mark.rule("T6")),
        pytest.param("T9", "governance", "Who sees figures before their release", marks=pytest.mark.rule("T9")),
        pytest.param("T10", "governance", "Who decides what is included", marks=pytest.mark.rule("T10")),
        pytest.param("T11", "errors", "How errors are handled", marks=pytest.mark.rule("T11")),
        pytest.param("T12", "governance", "<dt>Trustworthiness</dt>", marks=pytest.mark.rule("T12")),
        pytest.param("T12", "governance", "<dt>Value</dt>", marks=pytest.mark.rule("T12")),
        pytest.param("T15", "errors", "Right of reply", marks=pytest.mark.rule("T15")),
        pytest.param("T2", "reading", "Not official statistics.", marks=pytest.mark.rule("T2")),
        pytest.param("P3", "privacy", "no tracker, no analytics, no cookie", marks=pytest.mark.rule("P3")),
    ],
)
def test_what_has_to_be_stated_is_stated(city: Store, rule: str, section: str, said: str) -> None:
    assert rule in {each.rule_id for each in rulebook()}
    assert said in section_html(city, section)


@pytest.mark.rule("P1", "P3")
@pytest.mark.parametrize(
    ("logged", "said"),
    [
        (Logged.ERRORS, "This server keeps no log of visits"),
        (Logged.REQUESTS, "without the address of who asked"),
        (Logged.ADDRESSES, "the address (IP) it came from"),
    ],
)
def test_the_privacy_notice_says_what_this_very_server_logs(
    city: Store, monkeypatch: pytest.MonkeyPatch, logged: Logged, said: str
) -> None:
    monkeypatch.setattr(pages, "settings", lambda: Settings(log=logged))
    assert said in section_html(city, "privacy")


# ---------------------------------------------------------------- the operator and the rules


def declare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **changes: object) -> None:
    declared = json.loads(operator.OPERATOR_FILE.read_text(encoding="utf-8"))
    (tmp_path / "operator.json").write_text(json.dumps(declared | changes))
    monkeypatch.setattr(operator, "OPERATOR_FILE", tmp_path / "operator.json")


def outcomes() -> dict[str, Outcome]:
    return {rule.rule_id: rule.outcome for rule in rules_checked(None)}


@pytest.mark.rule("T7")
def test_what_the_operator_has_not_set_is_said_and_fails(
    city: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(monkeypatch, tmp_path, contact=None, decides=None)
    assert "mailto:" not in section_html(city, "errors") + about_html(city, {})
    assert "This is an independent site. We are not the police or City Hall." in about_html(city, {})
    assert "This is a private copy" in section_html(city, "governance")
    assert outcomes()["T7"] is outcomes()["T10"] is Outcome.BROKEN

    named = {"name": "Ward Watch", "contact": "us@example.org", "decides": "The board.", "interests": "None."}
    declare(monkeypatch, tmp_path, **named)
    assert "Ward Watch runs this site. We are not the police or City Hall." in about_html(city, {})
    assert 'href="mailto:us@example.org"' in section_html(city, "errors")
    assert "The board." in section_html(city, "governance")
    assert Outcome.BROKEN not in (outcomes()["T7"], outcomes()["T10"])


@pytest.mark.rule("T15")
def test_a_reply_is_published_in_full(city: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No reply has been received so far." in section_html(city, "errors")
    reply = {"replied_on": "2026-12-01", "replied_by": "Met", "about": "Abbey", "text": "It was <b>three</b>."}
    declare(monkeypatch, tmp_path, replies=[reply])
    page = section_html(city, "errors")
    assert "It was &lt;b&gt;three&lt;/b&gt;." in page
    assert "No reply has been received" not in page


def test_a_public_site_says_who_runs_it_or_is_told_which_file_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(monkeypatch, tmp_path, name=None, contact=None)
    operator.check_operator("")
    with pytest.raises(SettingError) as refused:
        operator.check_operator("https://wards.example")
    said = str(refused.value)
    assert said.startswith("https://wards.example is a public address") and str(tmp_path / "operator.json") in said
    assert '"name"' in said and '"contact"' in said

    declare(monkeypatch, tmp_path, name="Ward Watch", contact="by post")
    with pytest.raises(SettingError, match=r'Fill in "contact" \(an email address'):
        operator.check_operator("https://wards.example")
    declare(monkeypatch, tmp_path, name="Ward Watch", contact="us@example.org")
    operator.check_operator("https://wards.example")


def test_another_file_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declared = json.loads(operator.OPERATOR_FILE.read_text(encoding="utf-8"))
    (tmp_path / "ours.json").write_text(json.dumps(declared | {"name": "Ward Watch"}))
    monkeypatch.setattr(operator, "settings", lambda: Settings(operator=str(tmp_path / "ours.json")))
    assert operator.operator().name == "Ward Watch"


def test_an_operator_file_with_a_fault_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    declare(monkeypatch, tmp_path, replies=[{"replied_on": "yesterday"}])
    with pytest.raises(CatalogueError, match=r"operator\.json cannot be read"):
        operator.operator()


def test_the_sentence_of_the_rules_counts_every_outcome() -> None:
    checked = rules_checked(None)
    sentence = rules_sentence(checked)
    assert sentence.startswith(f"Of {len(checked)} rules ")
    assert sum(int(count) for count in re.findall(r"\d+", sentence)[1:]) == len(checked)


def row_of(page: str, rule_id: str) -> str:
    row = re.search(f'<th scope="row">{rule_id}</th>.*?</tr>', without_roles(page))
    assert row is not None
    return row[0]


def test_the_page_shows_what_the_tests_of_this_build_found(city: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = {f"test_{number}": "failed" for number in range(5)}
    tests = {
        "A1": {"test_in_a_browser": "passed"},
        "A4": {"test_a": "passed", "test_b": "passed"},
        "A5": {"test_c": "skipped"} | failing,
    }
    found = SelfCheck(date(2026, 11, 25), "abcdef012345-dirty", tests)
    monkeypatch.setattr(rules, "read_self_check", lambda: found)
    page = section_html(city, "rules")
    assert "on 25 November 2026, from all tests of the code with the fingerprint" in page
    assert "commit abcdef012345-dirty" in page
    assert "<dd>on the same day, in a real browser</dd>" in page
    assert "</span> pass</span></td><td>2 tests of it passed." in row_of(page, "A4")
    assert "</span> fail</span></td><td>test_0 failed; test_1 failed; test_2 failed; and 3 more" in row_of(page, "A5")


def test_without_a_self_check_no_rule_passes(city: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "read_self_check", lambda: None)
    page = section_html(city, "rules")
    assert "This build has not been checked, so no rule counts as passed." in page and "2 fail" not in page
    assert "</span> pass<" not in page
    assert page.count('<th scope="row"') == len(rulebook())


@pytest.mark.parametrize("name", ["reading", "governance", "accessibility"])
def test_the_self_check_is_linked_only_where_there_is_one(
    city: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(rules, "read_self_check", lambda: None)
    assert "section=rules" not in about_html(city, {}) + section_html(city, name)
    tests = {"A1": {"test_in_a_browser": "passed"}}
    monkeypatch.setattr(rules, "read_self_check", lambda: SelfCheck(date(2026, 11, 25), None, tests))
    assert 'href="/about?section=rules"' in section_html(city, name)
    assert "1 pass" in about_html(city, {})
