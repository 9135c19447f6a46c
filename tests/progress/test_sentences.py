"""Sentences of progress, comparison and promises, written out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from transparency.boroughs.sentences import change_words, figures_sentence
from transparency.core.text import possessive
from transparency.core.vocabulary import (
    Figure,
    Half,
    InterimTarget,
    KnownAs,
    Precision,
    ProgressPoint,
    PromiseStatus,
    RequiredPace,
)
from transparency.progress.answer import wards_sentence
from transparency.progress.charts import Timeline, timeline_alt, timeline_svg
from transparency.progress.moments import moments, moments_sentence, told
from transparency.progress.sentences import (
    added_sentence,
    chart_note,
    figure_words,
    interim_sentence,
    newest,
    pace_headline,
    pace_rules,
    pace_sentence,
    vacancies_sentence,
)
from transparency.promises.sentences import (
    PROMISE_STATUS_MEANING,
    PROMISE_STATUS_WORDS,
    counter_finding,
    counts_sentence,
    ledger_sentence,
    questions_sentence,
)
from transparency.published.sentences import metric_words, said_by

JULY, JANUARY = date(2016, 7, 21), date(2017, 1, 4)
DECLARED, JUNE = date(2017, 12, 28), date(2019, 6, 1)


def point(
    as_at: date,
    half: Half = Half.PCS,
    count: float | None = None,
    pct: float = 100.0,
    known_as: KnownAs = KnownAs.PUBLISHED,
    wards: int = 629,
    precision: Precision = Precision.DAY,
    publisher: str = "Mayor of London",
) -> ProgressPoint:
    share = pct if count is None else 100 * count / wards
    return ProgressPoint(
        "E12000007", as_at, precision, half, count, wards, share, known_as, publisher, "Title", None, str(as_at)
    )


ABOUT_100 = point(JULY, count=100, known_as=KnownAs.APPROXIMATE)
ABOUT_395 = point(JANUARY, count=395, known_as=KnownAs.DERIVED)
ALL_PCS = point(DECLARED, count=629, known_as=KnownAs.DECLARED)
ALL_PCSOS = point(DECLARED, Half.PCSOS, count=629, known_as=KnownAs.DECLARED)
SAID_AGAIN = point(date(2018, 11, 1), known_as=KnownAs.DECLARED, wards=632)
JUNE_PCS = point(JUNE, pct=89, wards=632, precision=Precision.MONTH, publisher="Caroline Pidgeon AM")
JUNE_PCSOS = replace(JUNE_PCS, half=Half.PCSOS, wards_met_pct=92.0)

PACE = RequiredPace(
    geography_code="E12000007",
    wards_count=629,
    latest_on=JANUARY,
    latest_precision=Precision.DAY,
    latest_count=395,
    latest_known_as=KnownAs.DERIVED,
    start_on=JULY,
    start_count=100,
    start_known_as=KnownAs.APPROXIMATE,
    previous_on=JULY,
    previous_count=100,
    wards_to_go_count=234,
    due_on=date(2017, 12, 31),
    days_left=361,
    required_wards_per_month=19.7296,
    achieved_wards_per_month=53.7668,
    achieved_since_previous_wards_per_month=53.7668,
    reached_at_that_pace_on=date(2017, 5, 16),
)


def test_possessive() -> None:
    assert [possessive(name) for name in ("London", "Tower Hamlets")] == ["London's", "Tower Hamlets'"]


def test_who_said_a_figure_is_not_who_passed_it_on() -> None:
    assert said_by("dismore-2018-07-19", "Andrew Dismore AM") == "the Mayor, reported by Andrew Dismore AM"


def test_a_model_restated_is_named_and_never_decides() -> None:
    restated = replace(SAID_AGAIN, as_at=date(2022, 2, 1), known_as=KnownAs.RESTATED, wards_met_pct=None)
    assert newest([JUNE_PCS, restated], Half.PCS) == JUNE_PCS
    assert newest([restated], Half.PCS) is None


def test_a_statement_without_a_count_never_displaces_a_figure() -> None:
    later = replace(SAID_AGAIN, as_at=date(2022, 2, 1))
    assert newest([JUNE_PCS, later], Half.PCS) == JUNE_PCS
    assert newest([later], Half.PCS) == later
    assert newest([], Half.PCS) is None


TO_GO = "234 wards were still to go, with 361 days left. That needed 19.7 wards a month."
PACES: list[tuple[dict[str, Any], date, str]] = [
    (
        {},
        JANUARY,
        f"{TO_GO} 53.8 a month had been added since 21 July 2016. At that pace the last ward would be reached in "
        "mid-May 2017, before the due date.",
    ),
    (
        {"days_left": 213, "required_wards_per_month": 33.438},
        date(2017, 6, 1),
        "234 wards were still to go, with 213 days left. That needed 33.4 wards a month. 53.8 a month had been added "
        "since 21 July 2016. At that pace the last ward would have been reached in mid-May 2017. Nothing was published "
        "to show it.",
    ),
    (
        {
            "achieved_wards_per_month": None,
            "achieved_since_previous_wards_per_month": None,
            "reached_at_that_pace_on": None,
        },
        JANUARY,
        f"{TO_GO} We know of one count only, so no pace achieved can be worked out.",
    ),
    (
        {"achieved_wards_per_month": 0.0, "reached_at_that_pace_on": None},
        JANUARY,
        f"{TO_GO} 0.0 a month had been added since 21 July 2016. At that pace the last ward would not be reached.",
    ),
    (
        {"achieved_wards_per_month": 10.0, "reached_at_that_pace_on": date(2018, 12, 17)},
        JANUARY,
        f"{TO_GO} 10.0 a month had been added since 21 July 2016. At that pace the last ward would be reached in "
        "mid-December 2018, with about 115 wards short on 31 December 2017.",
    ),
    (
        {"days_left": 0, "required_wards_per_month": None},
        date(2017, 12, 31),
        "234 wards were still to go by the count of 4 January 2017, on the date itself.",
    ),
    (
        {"days_left": 4, "required_wards_per_month": None},
        date(2017, 12, 27),
        "234 wards were still to go by the count of 4 January 2017, four days before the date.",
    ),
    (
        {
            "latest_on": DECLARED,
            "latest_count": 629,
            "latest_known_as": KnownAs.DECLARED,
            "wards_to_go_count": 0,
            "achieved_wards_per_month": None,
        },
        DECLARED,
        "By the announcement of 28 December 2017 no ward was left to reach. An announcement is not a count.",
    ),
]


@pytest.mark.parametrize(("changes", "day", "expected"), PACES)
def test_pace_in_words(changes: dict[str, Any], day: date, expected: str) -> None:
    assert pace_sentence(replace(PACE, **changes), day) == expected


def test_the_arithmetic_is_printed_with_its_numbers() -> None:
    assert list(pace_rules(PACE, JANUARY)) == [
        ("Wards", "629", "the set in force at the latest count"),
        ("Wards with two constables", "395", "our sum, 4 January 2017"),
        ("Wards to go", "234", "629 − 395"),
        ("Days left", "361", "from 4 January 2017 to 31 December 2017"),
        ("Needed, wards a month", "19.7", "234 ÷ 361 days × 30.4375 days"),
        (
            "Achieved since the start, wards a month",
            "53.8",
            "(395 − 100) ÷ 167 days since 21 July 2016 × 30.4375 days",
        ),
        (
            "Achieved since the previous published figure, wards a month",
            "53.8",
            "(395 − 100) ÷ 167 days since 21 July 2016 × 30.4375 days",
        ),
        (
            "Last ward at the pace since the start, by arithmetic",
            "mid-May 2017",
            "234 × 167 days ÷ 295 = about 132 days after 4 January 2017",
        ),
    ]
    assert pace_headline(PACE) == "19.7 wards a month were needed, 53.8 had been added."


def test_a_timeline_is_told_moment_by_moment() -> None:
    restated = [
        replace(SAID_AGAIN, as_at=date(year, 2, 1), known_as=KnownAs.RESTATED, wards_met_pct=None)
        for year in (2020, 2022)
    ]
    found = moments([ABOUT_100, ABOUT_395, ALL_PCS, ALL_PCSOS, SAID_AGAIN, JUNE_PCS, JUNE_PCSOS, *restated])
    assert [(each.month, each.symbol, each.words) for each in found] == [
        ("July 2016", "●", "About 100 of 629 wards had two constables."),
        ("January 2017", "○", "About 395 of 629 wards (our sum) had two constables."),
        ("December 2017", "○", "Every ward was said to have two constables and a PCSO."),
        ("November 2018", "○", "Every ward was said again to have two constables."),
        ("June 2019", "●", "89% of wards had two constables, 92% of wards had a PCSO."),
        ("February 2020", "◇", "The model was restated, not that each ward had its officers."),
        ("February 2022", "◇", "The model was restated again."),
    ]
    assert [each.label for each in found[1:5]] == [
        "about 395 of 629 (our sum)",
        "every ward, announced",
        "said again",
        "89%",
    ]
    assert moments_sentence(found) == (
        "Wards with two constables: about 100 in July 2016, about 395 in January 2017, all announced in December 2017, "
        "89% in June 2019."
    )
    assert moments_sentence(found[:1]) == "Wards with two constables: about 100 of 629 in July 2016."


def test_of_many_figures_the_first_and_the_newest_are_told() -> None:
    counted = [point(date(2017, month, 1), count=100 * month) for month in range(1, 8)]
    found = moments([*counted[:4], ALL_PCS])
    assert told(found) == found
    assert [each.month for each in told(moments([*counted, ALL_PCS]))] == ["January 2017", "July 2017", "December 2017"]


def test_the_silence_is_drawn_and_said_to_the_day() -> None:
    found = moments([ABOUT_100, ALL_PCS, ALL_PCSOS, JUNE_PCS, JUNE_PCSOS])
    today = Timeline("London", found, date(2026, 11, 28), monthly=(date(2021, 8, 1), date(2026, 7, 31), "Elsewhere"))
    assert today.silence(Half.PCS) == (JUNE, "No London figure found since June 2019")
    assert timeline_alt(today).endswith("No London figure found since June 2019. Elsewhere.")
    drawn = timeline_svg(today)
    assert drawn.count("No London figure found since June 2019") == 3 and ">2026<" in drawn
    assert (drawn.count("<circle"), drawn.count('class="met"')) == (5, 3)
    assert Timeline("London", found, date(2019, 12, 1)).silence(Half.PCS) is None
    assert "between" not in drawn and "No London figure" not in timeline_svg(
        Timeline("London", found, date(2019, 12, 1))
    )
    early = Timeline("Camden", moments([ABOUT_100]), JANUARY, PACE)
    assert early.silence(Half.PCSOS) == (JULY, "No count of Camden's wards found")
    assert "needed: 19.7 wards a month" in timeline_svg(early)


def test_the_silence_ends_where_this_sites_own_monthly_figures_begin() -> None:
    found = moments([ABOUT_100, ALL_PCS, ALL_PCSOS, JUNE_PCS, JUNE_PCSOS])
    today = Timeline("London", found, date(2026, 11, 28), counted_again_on=date(2021, 8, 31))
    words = "No London figure found between June 2019 and August 2021"
    assert today.silence(Half.PCS) == (JUNE, words) and words in timeline_svg(today)
    uncounted = Timeline("Camden", moments([ABOUT_100]), date(2026, 11, 28), counted_again_on=date(2021, 8, 31))
    assert uncounted.silence(Half.PCSOS) == (JULY, "No count of Camden's wards found before August 2021")
    soon = Timeline("London", found, date(2026, 11, 28), counted_again_on=date(2020, 1, 31))
    assert soon.silence(Half.PCS) is None


def test_the_due_date_is_written_at_its_line() -> None:
    for day in (date(2019, 6, 30), date(2026, 11, 28)):
        drawn = timeline_svg(Timeline("Bromley", moments([ABOUT_100]), day))
        line = re.search(r'<line x1="([\d.]+)"[^>]*stroke-dasharray="1 3"', drawn)
        words = re.search(r'x="([\d.]+)" y="[\d.]+" class="halo soft">due 31 December 2017', drawn)
        assert line and words and float(words[1]) - float(line[1]) == 5


def test_words_above_a_timeline_cover_neither_each_other_nor_a_line() -> None:
    restated = [
        replace(SAID_AGAIN, as_at=date(2018 + year, 1, 17), known_as=KnownAs.RESTATED, wards_met_pct=None)
        for year in range(4)
    ]
    drawn = timeline_svg(Timeline("London", moments([ALL_PCS, *restated]), date(2026, 1, 1)))
    rows = [float(y) for y in re.findall(r'y="([\d.]+)">(?:restated|every ward)', drawn)]
    assert rows == sorted(rows) and len(set(rows)) == 5


def test_a_date_known_to_the_month_and_the_wards_that_changed_are_noted() -> None:
    assert chart_note(JANUARY) == "A date known only to the month is drawn at its first day."
    assert chart_note(date(2022, 5, 5)).endswith("London had 629 wards until 2018, 632 until 2022 and has 679 now.")


def figure(value: float, as_at: date, precision: Precision = Precision.DAY) -> Figure:
    return Figure(
        "E12000007", "a_metric", value, "officers", "reported", as_at, precision, None, "s", "f", "Mayor", "Title", None
    )


TARGET = figure(260, date(2016, 12, 25))
INTERIM = InterimTarget(TARGET, None)
INTERIMS = [
    (INTERIM, date(2016, 9, 1), "That day had not passed."),
    (INTERIM, date(2016, 12, 30), "We found no figure for that day."),
    (InterimTarget(TARGET, figure(295, JANUARY)), JANUARY, "There were said to be 295 by 4 January 2017."),
]


@pytest.mark.parametrize(("target", "day", "ending"), INTERIMS)
def test_interim_target(target: InterimTarget, day: date, ending: str) -> None:
    assert interim_sentence(target, day) == f"About 260 new ward officers were promised by Christmas 2016. {ending}"


def test_one_is_said_in_the_singular() -> None:
    planned = replace(figure(1, DECLARED), metric="pcso_per_ward", kind="planned")
    assert figure_words(planned) == "Planned: 1 PCSO in each ward"
    assert figure_words(replace(planned, value=2)) == "Planned: 2 PCSOs in each ward"
    assert figure_words(replace(planned, metric="dwo_total", kind="reported")) == "1 dedicated ward officer"


def test_vacancies_of_the_month_of_the_announcement_are_said_to_be_that() -> None:
    posts = {
        "dwo_posts": figure(1258, date(2017, 12, 1), Precision.MONTH),
        "dwo_posts_vacant": figure(21, date(2017, 12, 1), Precision.MONTH),
    }
    said = ", 21 of 1,258 ward officer posts were vacant."
    assert vacancies_sentence(posts) == f"In December 2017{said}"
    assert vacancies_sentence(posts | {"wards_with_two_pcs": figure(629, DECLARED)}) == (
        f"In December 2017, when the promise was announced as kept{said}"
    )
    assert vacancies_sentence({}) is None
    assert added_sentence(figure(529, DECLARED)) == (
        "In December 2017, 529 ward officers were said to have been added since July 2016."
    )


COUNTS = (
    "pcs_met_evidenced_count",
    "pcs_short_count",
    "wards_two_posts_count",
    "wards_one_post_count",
    "pcso_met_evidenced_count",
    "pcso_short_count",
    "wards_last_known_count",
)


def test_what_is_known_ward_by_ward_is_one_sentence() -> None:
    nothing = dict.fromkeys(COUNTS, 0) | {"wards_count": 20}
    assert [
        wards_sentence("Tower Hamlets", nothing | counts)
        for counts in (
            {"wards_two_posts_count": 7, "wards_one_post_count": 3},
            {"wards_last_known_count": 10},
            {"wards_not_published_count": 20},
        )
    ] == [
        "Ward by ward we know a little: of 20 wards, 7 had two constable posts and 3 had one constable post.",
        "For 10 of 20 wards we have a figure over a year old.",
        "We have no figure for any single ward in Tower Hamlets.",
    ]


def test_small_words_of_boroughs() -> None:
    assert [change_words(change) for change in (2, -2, 0, None)] == ["+2", "−2", "no change", "not known"]
    assert figures_sentence("Merton", 0, 0, 2) == (
        "Merton has no published figure of its own since the promise, and two from before it, which are history."
    )
    assert figures_sentence("Tower Hamlets", 1, 3, 0) == (
        "Tower Hamlets has one published figure and three plans of its own since the promise, and none from before it."
    )


def test_every_status_has_its_word_and_its_meaning() -> None:
    assert set(PROMISE_STATUS_WORDS) == set(PROMISE_STATUS_MEANING) == set(PromiseStatus)


def test_the_ledger_in_a_sentence_and_every_promise_counted() -> None:
    statuses = [PromiseStatus.LAPSED, PromiseStatus.LAPSED, PromiseStatus.NOT_MET, PromiseStatus.CANNOT_BE_RATED]
    assert ledger_sentence(statuses, JUNE) == "No figures show any of 4 promises kept on 1 June 2019."
    assert counts_sentence(statuses) == "Two no longer kept, one not kept and one we cannot tell."
    assert (
        ledger_sentence([PromiseStatus.MET, *statuses], JUNE) == "Figures show one of 5 promises kept on 1 June 2019."
    )
    assert counts_sentence([PromiseStatus.MET]) == ""


def test_counters_round_the_clock_say_what_is_inferred() -> None:
    counts = {
        "boroughs_count": 32,
        "boroughs_with_24_7_count": 32,
        "boroughs_evidenced_count": 17,
        "boroughs_not_known_count": 0,
        "boroughs_without": None,
    }
    assert counter_finding(counts, PromiseStatus.DECLARED_BUT_NOT_EVIDENCED) == (
        "Every one of the 32 boroughs had a counter open 24 hours, 15 of them inferred rather than published."
    )
    fewer = counts | {"boroughs_with_24_7_count": 31, "boroughs_evidenced_count": 31, "boroughs_without": ["Newham"]}
    assert counter_finding(fewer, PromiseStatus.LAPSED) == (
        "31 of 32 boroughs had a counter open 24 hours; none in Newham."
    )


def test_questions_in_one_sentence() -> None:
    assert questions_sentence(["answered", "partly answered", "no answer found", "no answer found"]) == (
        "Of 4 public questions we can answer one, one in part. For two we found no answer."
    )


def test_metrics_are_words() -> None:
    assert metric_words("dwo_total") == "dedicated ward officers"
    assert metric_words("safer_neighbourhood_pcs") == "safer neighbourhood constables"
    assert metric_words("front_counters_24_7") == "counters open 24 hours"
