"""What is known of a ward on a day: the real store's acceptance sentences, and an invented city's views."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transparency.core.days import read_day
from transparency.core.errors import DayError, UnknownPlaceError
from transparency.core.vocabulary import HalfStatus, WardStatus, taking_for_today
from transparency.places.queries import find_ward
from transparency.published.queries import published_days
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.wards.queries import ward_change, ward_history
from transparency.wards.standing import WardStanding, near_wards, ward_standing
from transparency.wards.unknowns import unknowns

KENTISH_TOWN, BOW_EAST, SUTTON_SOUTH = "E05000139", "E05009319", "E05000566"
ABBEY_IN_MERTON, KENTISH_TOWN_NORTH, MAIDA_VALE = "E05000455", "E05013663", "E05013800"
RIVERSIDE, HAMPSTEAD_TOWN, GOOSHAYS = "E05014055", "E05000135", "E05000308"


def real(ward_code: str, day: date) -> WardStanding:
    return ward_standing(shared_store(), find_ward(shared_store(), ward_code), day)


# ---------------------------------------------------------------- the published facts


def test_population_is_of_the_year_that_the_wards_of_a_set_have_it_for() -> None:
    years = "SELECT DISTINCT vintage, population_year FROM ward_in_set WHERE population_count IS NOT NULL ORDER BY 1"
    assert shared_store().rows(years) == [
        {"vintage": 2014, "population_year": 2015},
        {"vintage": 2018, "population_year": 2015},
        {"vintage": 2022, "population_year": 2021},
    ]


def test_kentish_town_on_the_day_the_mayor_met_its_officers() -> None:
    verdict = real(KENTISH_TOWN, date(2017, 1, 4)).verdict
    assert verdict.sentence == "Kentish Town had two constables and one PCSO on 4 January 2017."
    assert verdict.how == (
        "Confirmed by the Mayor on 4 January 2017. The Mayor named the place; we read it as the ward of that name."
    )


def test_bow_east_has_posts_which_are_not_people() -> None:
    standing = real(BOW_EAST, date(2017, 1, 4))
    assert standing.verdict.sentence == "Bow East had two constable posts in September 2016. Its PCSO is not known."
    assert standing.verdict.how == (
        "Confirmed by Tower Hamlets police in September 2016. Posts are not people, so this does not show whether the "
        "promise was kept."
    )
    assert standing.status is WardStatus.PARTLY_KNOWN


def test_abbey_in_merton_is_not_published_and_londons_figure_is_given() -> None:
    standing = real(ABBEY_IN_MERTON, date(2017, 1, 4))
    assert standing.status is WardStatus.NOT_PUBLISHED
    assert standing.verdict.sentence == "We do not know how many officers Abbey had on 4 January 2017."
    assert standing.verdict.how == "Nothing was published for Abbey itself."
    assert (
        "Across London about 395 of 629 wards (63%) had two constables on 4 January 2017 "
        "(our sum: about 100 before, 295 since)."
    ) in standing.verdict.context


def test_abbey_is_declared_on_28_december_2017() -> None:
    standing = real(ABBEY_IN_MERTON, date(2017, 12, 28))
    assert standing.status is WardStatus.MET
    assert standing.evidence == "declared"
    assert standing.verdict.sentence == (
        "The Mayor said Abbey had at least two constables and one PCSO, like every ward."
    )
    assert standing.verdict.how == (
        "Announced for every ward on 28 December 2017, not checked. Nothing was published for Abbey itself."
    )


def test_abbey_in_june_2019_is_still_only_declared() -> None:
    text = real(ABBEY_IN_MERTON, date(2019, 6, 30)).verdict.text
    assert "Said again by the Mayor on 1 November 2018." in text
    assert "The Met later published monthly figures for each ward team; this site has not loaded them." in text
    assert "In June 2019, 89% of London's wards had two constables and 92% a PCSO" in text


def test_a_model_restated_does_not_renew_the_declaration() -> None:
    last, after = (real(ABBEY_IN_MERTON, day) for day in (date(2019, 11, 1), date(2019, 11, 2)))
    assert (last.status, last.evidence) == (WardStatus.MET, "declared")
    assert (after.status, after.evidence) == (WardStatus.NOT_ON_SITE, None)


def test_sutton_south_has_lapsed_in_june_2019() -> None:
    standing = real(SUTTON_SOUTH, date(2019, 6, 30))
    assert (standing.status, standing.is_lapsed, standing.evidence) == (WardStatus.PCS_SHORT, True, "confirmed")
    assert standing.verdict.sentence == (
        "Sutton South had none of its two constables on 4 April 2019. Its PCSO was announced, not checked."
    )
    assert "confirmed by Sutton council on 4 April 2019" in standing.verdict.how


def test_a_later_declaration_does_not_hide_a_wards_older_own_figure() -> None:
    assert (
        "The newest figure for Bow East itself is older: two constable posts, confirmed by Tower Hamlets police"
        in real(BOW_EAST, date(2019, 6, 30)).verdict.how
    )


def test_a_ward_that_ended_answers_for_its_own_last_day() -> None:
    standing = real(ABBEY_IN_MERTON, date(2026, 11, 22))
    assert standing.day == date(2022, 5, 4)


def test_a_ward_of_today_inherits_no_figure_from_an_earlier_one() -> None:
    assert real(KENTISH_TOWN_NORTH, date(2026, 11, 22)).status is WardStatus.NOT_PUBLISHED  # Camden: none since 2024
    assert real(MAIDA_VALE, date(2026, 11, 22)).status is WardStatus.NOT_ON_SITE


def test_islingtons_strengths_are_not_published_once_the_workbook_has_next_to_none() -> None:
    barnsbury = "E05013698"
    assert real(barnsbury, date(2025, 7, 31)).status is WardStatus.NOT_ON_SITE
    assert real(barnsbury, date(2025, 8, 1)).status is WardStatus.NOT_PUBLISHED


def test_a_ward_without_strengths_has_hours_that_are_not_on_this_site() -> None:
    elsewhere = unknowns(real(KENTISH_TOWN_NORTH, date(2026, 11, 22)), has_published_hub=True)[-1]
    assert elsewhere.gap == (
        "How often the officers of Kentish Town North were sent elsewhere: the Met published monthly figures for "
        "each ward team; this site has not loaded them."
    )


def test_what_was_said_of_a_month_is_known_from_its_last_day() -> None:
    assert real(HAMPSTEAD_TOWN, date(2019, 6, 29)).evidence == "declared"
    assert ward_history(shared_store(), HAMPSTEAD_TOWN, date(2019, 6, 29))[0].as_at == date(2017, 12, 28)
    standing = real(HAMPSTEAD_TOWN, date(2019, 6, 30))
    assert (standing.evidence, standing.pcs.as_at, standing.pcs.precision) == ("confirmed", date(2019, 6, 1), "month")
    assert date(2019, 6, 30) in [each.day for each in published_days(shared_store(), HAMPSTEAD_TOWN) if each.is_of_ward]


def test_a_figure_over_a_year_old_is_last_known_and_says_who_spoke() -> None:
    standing = real(RIVERSIDE, date(2026, 11, 28))
    assert (standing.status, standing.mark.symbol) == (WardStatus.LAST_KNOWN, "◔")
    assert standing.verdict.sentence == (
        "Last known: Barking Riverside had two constables and one PCSO, in December 2023."
    )
    assert standing.verdict.how == (
        "Said by the ward's officer in The Riverview on 5 December 2023. We know of nothing newer for Barking "
        "Riverside itself. The Met published monthly figures for each ward team; this site has not loaded them."
    )


def test_the_inspector_quoted_by_a_newspaper_is_who_spoke() -> None:
    standing = real(HAMPSTEAD_TOWN, date(2019, 6, 30))
    assert (standing.status, standing.evidence) == (WardStatus.PCS_SHORT, "confirmed")
    assert standing.verdict.how.startswith("Said by the area inspector in the Ham & High in June 2019.")


def test_a_borough_that_was_given_second_officers_says_so_on_its_wards_and_names_none() -> None:
    said = (
        "On 16 January 2017 London Borough of Havering said that 11 second officers brought every ward to two "
        "constables, and that there were 18 PCSOs, one for each ward. None was counted."
    )
    assert said not in real(GOOSHAYS, date(2016, 12, 25)).verdict.context
    assert said in real(GOOSHAYS, date(2018, 1, 16)).verdict.context
    assert said not in real(GOOSHAYS, date(2018, 1, 17)).verdict.context


LONDONS_COUNTS = {
    date(2016, 12, 25): {"wards_count": 629, "wards_known_count": 10, "wards_partly_known_count": 10,
                         "wards_unrated_count": 10, "wards_two_posts_count": 7, "wards_one_post_count": 3,
                         "wards_not_published_count": 619},
    date(2018, 5, 10): {"wards_count": 632, "wards_known_count": 632, "wards_met_declared_count": 632},
    date(2019, 6, 30): {
        "wards_count": 632, "wards_known_count": 632, "wards_met_declared_count": 626,
        "wards_met_evidenced_count": 3, "wards_short_count": 3,
    },
    date(2022, 5, 5): {"wards_count": 679, "wards_last_known_count": 12, "wards_not_on_site_count": 667},
    date(2026, 11, 28): {
        "wards_count": 679, "wards_last_known_count": 16, "wards_not_on_site_count": 626,
        "wards_not_published_count": 37,
    },
}  # fmt: skip


@pytest.mark.parametrize("day", LONDONS_COUNTS)
def test_a_declaration_is_shown_for_all_wards_or_none_and_nothing_old_is_counted(day: date) -> None:
    (london,) = shared_store().rows("SELECT * FROM london_status_on($day)", day=day)
    counted = {name: count for name, count in london.items() if name.startswith("wards_") and count}
    counted.pop("wards_lapsed_count", None)
    assert counted == LONDONS_COUNTS[day]


def test_rows_before_the_promise_are_history_and_never_count() -> None:
    bromley_town = "E05000109"
    assert real(bromley_town, date(2017, 1, 4)).status is WardStatus.NOT_PUBLISHED
    assert [row.counts for row in ward_history(shared_store(), bromley_town, date(2017, 1, 4))] == [False]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E09000001", "City of London, which has its own police force"),
        ("E05009300", "City of London, which has its own police force"),
        ("E05999999", "No ward of London has the code E05999999"),
        ("E09000007", "is the code of a borough, not of a ward"),
        ("<script>", "is not a ward code"),
    ],
)
def test_an_unknown_code_says_what_it_is(code: str, said: str) -> None:
    with pytest.raises(UnknownPlaceError, match=said):
        find_ward(shared_store(), code)


def test_neighbours_share_a_boundary_or_are_said_to_be_the_nearest() -> None:
    store = shared_store()
    old, is_by_centre = near_wards(store, find_ward(store, KENTISH_TOWN), date(2017, 1, 4))
    assert not is_by_centre
    assert [near.ward.ward_name for near in old] == [
        "Camden Town with Primrose Hill",
        "Cantelowes",
        "Gospel Oak",
        "Haverstock",
        "Highgate",
        "Junction",
        "St George's",
    ]
    new, is_by_centre = near_wards(store, find_ward(store, KENTISH_TOWN_NORTH), date(2026, 11, 22))
    assert is_by_centre
    assert len(new) == 5


# ---------------------------------------------------------------- the views, on an invented city


def status_of(city: Store, day: date) -> dict[str, tuple[str, str | None, bool]]:
    rows = city.rows("SELECT * FROM ward_status_on($day)", day=day)
    return {row["ward_code"][-2:]: (row["ward_status"], row["evidence"], row["is_lapsed"]) for row in rows}


def test_before_anything_is_said_every_ward_is_not_published(city: Store) -> None:
    assert set(status_of(city, date(2016, 8, 1)).values()) == {("not_published", None, False)}


def test_status_follows_each_wards_own_rows(city: Store) -> None:
    status = status_of(city, date(2017, 12, 27))
    assert status["11"] == ("not_published", None, False)  # only a row from before the promise
    assert status["12"] == ("last_known", "confirmed", False)  # posts of September 2016
    assert status["13"] == ("met", "confirmed", False)
    assert status["31"] == ("not_published", None, False)  # a report decides nothing


def test_a_row_known_only_to_its_month_counts_for_twelve_months_from_its_last_day(city: Store) -> None:
    assert status_of(city, date(2016, 9, 29))["12"] == ("not_published", None, False)
    assert status_of(city, date(2016, 9, 30))["12"] == ("partly_known", "confirmed", False)
    assert status_of(city, date(2017, 9, 30))["12"] == ("partly_known", "confirmed", False)
    assert status_of(city, date(2017, 10, 1))["12"] == ("last_known", "confirmed", False)


def test_a_declaration_is_met_by_declaration_only(city: Store) -> None:
    assert set(status_of(city, date(2017, 12, 28)).values()) == {("met", "declared", False)}


def test_both_halves_short_after_they_were_met_have_lapsed(city: Store) -> None:
    assert status_of(city, date(2020, 7, 3))["32"] == ("both_short", "confirmed", True)


def test_short_without_having_been_met_has_not_lapsed(city: Store) -> None:
    assert status_of(city, date(2019, 4, 4))["25"] == ("pcs_short", "confirmed", False)


def test_the_highest_revision_is_the_current_row(city: Store) -> None:
    rows = city.rows(
        "SELECT dedicated_pcs, revision FROM current_staffing WHERE ward_code = 'E05900032' AND as_at = $day",
        day=date(2018, 4, 18),
    )
    assert rows == [{"dedicated_pcs": 2.0, "revision": 2}]


def test_a_wards_half_keeps_its_own_date(city: Store) -> None:
    standing = ward_standing(city, find_ward(city, "E05900032"), date(2018, 5, 1))
    assert (standing.pcs.count, standing.pcs.as_at) == (2, date(2018, 4, 18))
    assert (standing.pcsos.count, standing.pcsos.as_at) == (1, date(2017, 12, 28))
    assert standing.pcsos.status is HalfStatus.MET


def test_change_is_not_given_from_a_minimum(city: Store) -> None:
    change = ward_change(city, "E05900032", date(2018, 5, 1))
    assert change is not None
    assert change.dedicated_pcs_change is None
    later = ward_change(city, "E05900032", date(2020, 7, 3))
    assert later is not None
    assert later.dedicated_pcs_change == -1


def test_boroughs_count_each_evidence_apart_and_the_unpublished_apart(city: Store) -> None:
    rows = city.rows("SELECT * FROM borough_status_on($day) ORDER BY borough_code", day=date(2017, 12, 27))
    counts = [
        (
            row["wards_count"],
            row["wards_met_evidenced_count"],
            row["wards_met_declared_count"],
            row["wards_short_count"],
            row["wards_partly_known_count"],
            row["wards_not_published_count"],
        )
        for row in rows
    ]
    assert counts == [(3, 1, 0, 0, 0, 1), (3, 0, 0, 0, 0, 3), (3, 0, 0, 0, 0, 3)]
    (london,) = city.rows("SELECT * FROM london_status_on($day)", day=date(2017, 12, 27))
    assert (london["wards_count"], london["wards_met_evidenced_count"], london["wards_not_published_count"]) == (
        9,
        1,
        7,
    )


COUNTED_FROM_THE_WARDS = """
    SELECT
        borough_code,
        count(*) AS wards_count,
        count(*) FILTER (ward_status = 'met' AND evidence <> 'declared') AS wards_met_evidenced_count,
        count(*) FILTER (ward_status = 'met' AND evidence = 'declared') AS wards_met_declared_count,
        count(*) FILTER (ward_status LIKE '%short') AS wards_short_count,
        count(*) FILTER (is_lapsed) AS wards_lapsed_count,
        count(*) FILTER (ward_status = 'partly_known') AS wards_partly_known_count,
        count(*) FILTER (
            ward_status = 'partly_known' AND NOT (pcs_status IN ('met', 'short') OR pcso_status IN ('met', 'short'))
        ) AS wards_unrated_count,
        count(*) FILTER (
            ward_status = 'partly_known' AND pcs_basis = 'posts' AND dedicated_pcs = 2 AND dedicated_pcsos IS NULL
        ) AS wards_two_posts_count,
        count(*) FILTER (
            ward_status = 'partly_known' AND pcs_basis = 'posts' AND dedicated_pcs = 1 AND dedicated_pcsos IS NULL
        ) AS wards_one_post_count,
        count(*) FILTER (ward_status NOT IN ('last_known', 'not_on_site', 'not_published')) AS wards_known_count,
        count(*) FILTER (ward_status = 'last_known') AS wards_last_known_count,
        count(*) FILTER (ward_status = 'not_on_site') AS wards_not_on_site_count,
        count(*) FILTER (ward_status = 'not_published') AS wards_not_published_count,
        count(*) FILTER (pcs_status = 'met' AND pcs_evidence <> 'declared') AS pcs_met_evidenced_count,
        count(*) FILTER (pcs_status = 'met' AND pcs_evidence = 'declared') AS pcs_met_declared_count,
        count(*) FILTER (pcs_status = 'short') AS pcs_short_count,
        count(*) FILTER (pcs_status IN ('not_known', 'last_known')) AS pcs_not_known_count,
        count(*) FILTER (pcso_status = 'met' AND pcso_evidence <> 'declared') AS pcso_met_evidenced_count,
        count(*) FILTER (pcso_status = 'met' AND pcso_evidence = 'declared') AS pcso_met_declared_count,
        count(*) FILTER (pcso_status = 'short') AS pcso_short_count,
        count(*) FILTER (pcso_status IN ('not_known', 'last_known')) AS pcso_not_known_count
    FROM ward_status_on($day)
    GROUP BY borough_code
    ORDER BY borough_code
"""


@given(day=st.dates(date(2016, 1, 1), date(2027, 1, 1)))
@example(day=date(2016, 7, 20))
@example(day=date(2017, 12, 28))
@example(day=date(2018, 5, 2))
@example(day=date(2018, 5, 3))
@example(day=date(2022, 5, 4))
@example(day=date(2022, 5, 5))
def test_a_boroughs_counts_are_those_of_its_wards_on_every_day(city: Store, day: date) -> None:
    for store in (city, shared_store()):
        told = store.rows("SELECT * FROM borough_status_on($day) ORDER BY borough_code", day=day)
        assert [{**row, "borough_name": None} for row in told] == [
            {**row, "borough_name": None} for row in store.rows(COUNTED_FROM_THE_WARDS, day=day)
        ]


def test_a_wards_own_figure_stands_for_twelve_months_then_is_last_known(city: Store) -> None:
    assert status_of(city, date(2024, 12, 5))["37"] == ("met", "confirmed", False)
    assert status_of(city, date(2024, 12, 6))["37"] == ("last_known", "confirmed", False)


def test_a_declaration_covers_redrawn_wards_and_lasts_twelve_months(city: Store) -> None:
    assert status_of(city, date(2018, 5, 3))["24"] == ("met", "declared", False)
    assert status_of(city, date(2018, 12, 28))["24"] == ("met", "declared", False)
    assert status_of(city, date(2018, 12, 29))["24"] == ("not_on_site", None, False)


def test_a_wards_older_own_figure_is_last_known_once_the_declaration_is_old(city: Store) -> None:
    standing = ward_standing(city, find_ward(city, "E05900013"), date(2018, 12, 29))
    assert (standing.pcs.status, standing.pcs.as_at) == (HalfStatus.LAST_KNOWN, date(2017, 1, 4))


def test_each_day_has_one_set_of_wards(city: Store) -> None:
    for day, wards in ((date(2018, 5, 2), 9), (date(2018, 5, 3), 8), (date(2022, 5, 4), 8), (date(2022, 5, 5), 9)):
        assert len(city.rows("SELECT * FROM ward_on($day)", day=day)) == wards


# ---------------------------------------------------------------- days


def test_days_of_a_ward_are_its_own_and_londons() -> None:
    days = {found.day: found.is_of_ward for found in published_days(shared_store(), KENTISH_TOWN)}
    assert days[date(2017, 1, 4)] is True
    assert days[date(2019, 6, 30)] is False


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yesterday", "'yesterday' is not a day"),
        ("2016-07-20", "20 July 2016 is before the promise was made"),
        ("2026-11-23", "23 November 2026 is in the future"),
        ("2017-02-30", "'2017-02-30' is not a day"),
    ],
)
def test_a_bad_day_is_told_with_the_days_that_exist(text: str, said: str) -> None:
    with taking_for_today(date(2026, 11, 22)), pytest.raises(DayError) as fault:
        read_day(text)
    assert str(fault.value).startswith(said)
    assert "Days from 21 July 2016 to 22 November 2026 can be asked for, written as 2017-01-04." in str(fault.value)


def test_no_day_is_today() -> None:
    with taking_for_today(date(2026, 11, 22)):
        assert read_day(None) == date(2026, 11, 22)
