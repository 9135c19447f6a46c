"""Every sentence of a ward's verdict, written out: status × evidence × phase."""

from __future__ import annotations

from datetime import date

import pytest

from transparency.core.text import age, count_of, distance, number, on_date
from transparency.core.vocabulary import (
    LONDON_CODE,
    Basis,
    Declaration,
    Evidence,
    Figure,
    Half,
    HalfKnown,
    HalfStatus,
    Precision,
    Report,
    taking_for_today,
)
from transparency.wards.verdict import (
    Verdict,
    half_phrase,
    led_by_month,
    london_sentence,
    repetitions_phrase,
    ward_verdict,
)

BEFORE_DUE, DUE_DAY, AFTER_DUE = date(2017, 1, 4), date(2017, 12, 31), date(2018, 6, 1)
DECLARED_ON = date(2017, 12, 28)


def known(
    half: Half,
    count: float | None,
    evidence: Evidence | None = Evidence.CONFIRMED,
    as_at: date = date(2017, 1, 4),
    *,
    basis: Basis = Basis.OFFICERS,
    is_minimum: bool = False,
    publisher: str = "Mayor of London",
    is_lapsed: bool = False,
    precision: Precision = Precision.DAY,
    last_met_evidence: Evidence | None = None,
) -> HalfKnown:
    promised = 2 if half is Half.PCS else 1
    if count is None:
        return HalfKnown(half, HalfStatus.NOT_KNOWN)
    status = HalfStatus.MET if count >= promised else HalfStatus.SHORT
    if (is_minimum and count < promised) or basis is Basis.POSTS:
        status = HalfStatus.NOT_KNOWN
    return HalfKnown(
        half, status, count, is_minimum, basis, evidence, as_at, precision, "a-source", publisher,
        is_lapsed, DECLARED_ON if is_lapsed else None, last_met_evidence,
    )  # fmt: skip


def pcs(count: float | None, *args: object, **kwargs: object) -> HalfKnown:
    return known(Half.PCS, count, *args, **kwargs)  # type: ignore[arg-type]


def pcsos(count: float | None, *args: object, **kwargs: object) -> HalfKnown:
    return known(Half.PCSOS, count, *args, **kwargs)  # type: ignore[arg-type]


def declared(half: Half) -> HalfKnown:
    return known(half, 2 if half is Half.PCS else 1, Evidence.DECLARED, DECLARED_ON, is_minimum=True)


def figure(metric: str, value: float, as_at: date, kind: str = "reported", precision: str = "day") -> Figure:
    return Figure(
        LONDON_CODE, metric, value, "wards", kind, as_at, Precision(precision), None,
        "a-source", "a-figure", "Mayor of London", "A title", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("constables", "community", "sentence", "how"),
    [
        (
            pcs(2),
            pcsos(1),
            "Ashby had two constables and one PCSO on 4 January 2017.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
        (
            pcs(2, Evidence.PUBLISHED),
            pcsos(1, Evidence.PUBLISHED),
            "Ashby had two constables and one PCSO on 4 January 2017.",
            "Published by the Mayor on 4 January 2017.",
        ),
        (
            pcs(2, Evidence.DEMONSTRATION),
            pcsos(1, Evidence.DEMONSTRATION),
            "Ashby had two constables and one PCSO on 4 January 2017.",
            "Invented for demonstration, 4 January 2017.",
        ),
        (
            pcs(4),
            pcsos(2),
            "Ashby had four constables and two PCSOs on 4 January 2017.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
        (
            pcs(1),
            pcsos(1),
            "Ashby had one of its two constables and one PCSO on 4 January 2017.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
        (
            pcs(2),
            pcsos(0),
            "Ashby had two constables and no PCSO on 4 January 2017.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
        (
            pcs(0),
            pcsos(0),
            "Ashby had none of its two constables and no PCSO on 4 January 2017.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
        (
            pcs(0.9, Evidence.PUBLISHED, basis=Basis.FTE),
            pcsos(None),
            "Ashby had 0.9 of its two constables on 4 January 2017. Its PCSO is not known.",
            "Published by the Mayor on 4 January 2017.",
        ),
        (
            pcs(
                2,
                as_at=date(2016, 9, 1),
                precision=Precision.MONTH,
                basis=Basis.POSTS,
                publisher="Ashby police, on x.org",
            ),
            pcsos(None),
            "Ashby had two constable posts in September 2016. Its PCSO is not known.",
            "Confirmed by Ashby police in September 2016. Posts are not people, so this does not show whether the "
            "promise was kept.",
        ),
        (
            pcs(None),
            pcsos(1),
            "Ashby had one PCSO on 4 January 2017. Its constables are not known.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
        (
            pcs(1, is_minimum=True),
            pcsos(None),
            "Ashby had at least one constable on 4 January 2017. Its PCSO is not known.",
            "Confirmed by the Mayor on 4 January 2017.",
        ),
    ],
)
def test_a_wards_own_figures_before_the_due_date(
    constables: HalfKnown, community: HalfKnown, sentence: str, how: str
) -> None:
    verdict = ward_verdict("Ashby", BEFORE_DUE, constables, community)
    assert (verdict.sentence, verdict.how) == (sentence, how)
    assert "The promise was to be kept by 31 December 2017." in verdict.context


def test_nothing_known_gives_londons_figure_before_the_due_date() -> None:
    london = {
        "wards_total": figure("wards_total", 629, BEFORE_DUE),
        "wards_with_two_pcs": figure("wards_with_two_pcs", 395, BEFORE_DUE, kind="derived"),
        "wards_second_pc_delivered": figure("wards_second_pc_delivered", 295, BEFORE_DUE),
    }
    verdict = ward_verdict("Ashby", BEFORE_DUE, pcs(None), pcsos(None), london=london)
    assert verdict.text == (
        "We do not know how many officers Ashby had on 4 January 2017. Nothing was published for Ashby itself. "
        "The promise was to be kept by 31 December 2017. "
        "Across London about 395 of 629 wards (63%) had two constables on 4 January 2017 "
        "(our sum: about 100 before, 295 since)."
    )


@pytest.mark.parametrize(
    ("day", "is_missing", "said"),
    [
        (
            date(2026, 11, 22),
            True,
            "We do not know how many officers Ashby has today. The Met published monthly figures for each ward team; "
            "this site has not loaded them.",
        ),
        (
            date(2019, 6, 30),
            True,
            "We do not know how many officers Ashby had on 30 June 2019. The Met later published monthly figures for "
            "each ward team; this site has not loaded them.",
        ),
        (
            date(2025, 1, 31),
            False,
            "We do not know how many officers Ashby had on 31 January 2025. The Met's monthly figures, last seen "
            "in September 2026, have no figure we can rely on for Ashby on that day.",
        ),
    ],
)
def test_not_on_this_site_and_not_published_are_said_in_their_own_words(day: date, is_missing: bool, said: str) -> None:
    with taking_for_today(date(2026, 11, 22)):
        verdict = ward_verdict("Ashby", day, pcs(None), pcsos(None), is_workbook_missing=is_missing)
    assert f"{verdict.sentence} {verdict.how}" == said


NOTHING_OWN, NONE_IN_WORKBOOK = (
    "Nothing was published for Ashby itself.",
    "The Met's monthly figures, last seen in September 2026, have no figure we can rely on for Ashby on that day.",
)


@pytest.mark.parametrize(
    ("day", "own", "due"),
    [
        (DUE_DAY, NOTHING_OWN, " The promise was to be kept by 31 December 2017."),
        (AFTER_DUE, NONE_IN_WORKBOOK, ""),
    ],
)
def test_declared_for_every_ward_on_and_after_the_due_date(day: date, own: str, due: str) -> None:
    verdict = ward_verdict("Ashby", day, declared(Half.PCS), declared(Half.PCSOS))
    assert verdict.text == (
        "The Mayor said Ashby had at least two constables and one PCSO, like every ward. "
        f"Announced for every ward on 28 December 2017, not checked. {own}{due} "
        "No figure for London had been published."
    )


def test_a_repetition_is_of_whoever_spoke_not_of_who_reported_it() -> None:
    letter = Declaration("E09000022", date(2019, 1, 21), Precision.DAY, "London News Online", "lno-2019-01-21")
    commander = Declaration("E09000016", date(2019, 5, 14), Precision.DAY, "A Residents Association", "ucra-2019-05-14")
    assert repetitions_phrase([letter]) == (
        "by the police in a letter, as London News Online reported, on 21 January 2019"
    )
    assert repetitions_phrase([commander]) == (
        "by the area commander, as the Upminster and Cranham Residents Association reported, on 14 May 2019"
    )


def test_declared_and_said_again_with_a_later_contrary_figure_for_london() -> None:
    again = [
        Declaration("E09000001", date(2018, 1, 1), Precision.MONTH, "Ashby council", "a"),
        Declaration(LONDON_CODE, date(2018, 11, 1), Precision.DAY, "Mayor of London", "b"),
        Declaration(LONDON_CODE, date(2019, 1, 17), Precision.DAY, "Mayor of London", "c"),
    ]
    london = {
        "wards_with_two_pcs_percent": figure("wards_with_two_pcs_percent", 89, date(2019, 6, 1), precision="month"),
        "wards_with_pcso_percent": figure("wards_with_pcso_percent", 92, date(2019, 6, 1), precision="month"),
    }
    verdict = ward_verdict(
        "Ashby",
        date(2019, 6, 30),
        declared(Half.PCS),
        declared(Half.PCSOS),
        again,
        london=london,
        is_workbook_missing=True,
    )
    assert verdict.text == (
        "The Mayor said Ashby had at least two constables and one PCSO, like every ward. "
        "Announced for every ward on 28 December 2017, not checked. Said again by Ashby council in January 2018, and "
        "by the Mayor on 1 November 2018 and on 17 January 2019. "
        "The Met later published monthly figures for each ward team; this site has not loaded them. "
        "In June 2019, 89% of London's wards had two constables and 92% a PCSO; which wards was not said. "
        "Source: the Mayor."
    )


def test_a_wards_older_own_figure_is_named_beside_a_declaration() -> None:
    own = pcs(2, as_at=date(2016, 9, 1), precision=Precision.MONTH, basis=Basis.POSTS, publisher="Ashby police")
    verdict = ward_verdict("Ashby", AFTER_DUE, declared(Half.PCS), declared(Half.PCSOS), own=own)
    assert verdict.sentence == "The Mayor said Ashby had at least two constables and one PCSO, like every ward."
    assert verdict.how == (
        "Announced for every ward on 28 December 2017, not checked. "
        "The newest figure for Ashby itself is older: two constable posts, confirmed by Ashby police in September 2016 "
        "(posts, not people)."
    )


def test_lapsed_after_a_declaration() -> None:
    gone = pcs(
        0, Evidence.CONFIRMED, date(2019, 4, 4), publisher="London Borough of Sutton",
        is_lapsed=True, last_met_evidence=Evidence.DECLARED,
    )  # fmt: skip
    verdict = ward_verdict("Ashby", date(2019, 6, 30), gone, declared(Half.PCSOS))
    assert verdict.sentence == (
        "Ashby had none of its two constables on 4 April 2019. Its PCSO was announced, not checked."
    )
    assert verdict.how == (
        "Constables: confirmed by Sutton council on 4 April 2019. PCSO: announced for every ward on 28 December 2017. "
        "The promise was announced as kept on 28 December 2017; here it was not any more."
    )


def test_lapsed_after_evidence() -> None:
    gone = pcs(1, Evidence.CONFIRMED, date(2019, 4, 4), is_lapsed=True, last_met_evidence=Evidence.CONFIRMED)
    verdict = ward_verdict("Ashby", date(2019, 6, 30), gone, pcsos(1, as_at=date(2019, 4, 4)))
    assert verdict.sentence == "Ashby had one of its two constables and one PCSO on 4 April 2019."
    assert verdict.how == (
        "Confirmed by the Mayor on 4 April 2019. The promise was kept on 28 December 2017; here it was not any more."
    )


def test_one_half_confirmed_and_the_other_declared() -> None:
    verdict = ward_verdict("Ashby", AFTER_DUE, pcs(2, as_at=date(2018, 4, 18)), declared(Half.PCSOS))
    assert verdict.sentence == "Ashby had two constables on 18 April 2018. Its PCSO was announced, not checked."
    assert verdict.how == (
        "Constables: confirmed by the Mayor on 18 April 2018. PCSO: announced for every ward on 28 December 2017."
    )


def test_a_report_is_told_and_does_not_decide() -> None:
    report = Report("E05000001", date(2019, 6, 1), Precision.MONTH, 1, 1, Basis.OFFICERS, "Ham & High", "a")
    verdict = ward_verdict("Ashby", date(2019, 7, 1), declared(Half.PCS), declared(Half.PCSOS), report=report)
    assert verdict.sentence.startswith("The Mayor said Ashby had")
    assert (
        "In June 2019 Ham & High reported one constable and one PCSO; no official source seen confirms it."
        in verdict.context
    )


def test_londons_figure_when_it_is_the_declaration_itself() -> None:
    london = {
        "wards_total": figure("wards_total", 629, DECLARED_ON),
        "wards_with_two_pcs": figure("wards_with_two_pcs", 629, DECLARED_ON),
    }
    assert london_sentence(london) == ("London's newest figure was announced on 28 December 2017: all 629 wards.")


def test_londons_share_of_constables_stands_alone_where_none_of_pcsos_was_published() -> None:
    london = {"wards_with_two_pcs_percent": figure("wards_with_two_pcs_percent", 89, date(2019, 6, 30))}
    assert london_sentence(london).startswith("On 30 June 2019, 89% of London's wards had two constables; ")


def test_half_phrase_in_a_table() -> None:
    assert half_phrase(pcs(None)) == "not known"
    assert half_phrase(declared(Half.PCSOS)) == "at least one PCSO, announced for every ward on 28 December 2017"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (number(1258), "1,258"),
        (number(0.94), "0.9"),
        (count_of(395, 629, "wards"), "395 of 629 wards (63%)"),
        (distance(1609.344), "1.6 km"),
        (on_date(date(2019, 6, 1), "month"), "in June 2019"),
        (on_date(date(2024, 1, 1), "year"), "in 2024"),
        (age(date(2017, 12, 28), date(2019, 6, 30)), "1 year and 6 months"),
        (age(date(2019, 6, 1), date(2019, 6, 30)), "0 months"),
        (age(date(2018, 1, 31), date(2020, 1, 31)), "2 years"),
    ],
)
def test_numbers_dates_and_ages(said: str, expected: str) -> None:
    assert said == expected


def test_the_monthly_figures_are_not_said_to_be_missing_where_they_are_held() -> None:
    verdict = ward_verdict("Ashby", date(2026, 11, 22), pcs(None), pcsos(None), has_months=True)
    assert verdict.sentence == "We do not know how many officers Ashby had on 22 November 2026."
    assert verdict.how == "No count of officers was published for Ashby itself; the monthly figures are in FTE."


def test_the_monthly_figures_are_spoken_of_from_the_first_day_of_their_first_month() -> None:
    before = ward_verdict("Ashby", date(2018, 4, 30), pcs(None), pcsos(None))
    first = ward_verdict("Ashby", date(2018, 5, 1), pcs(None), pcsos(None))
    assert before.how == "Nothing was published for Ashby itself."
    assert first.how == (
        "The Met's monthly figures, last seen in September 2026, have no figure we can rely on for Ashby on that day."
    )


@pytest.mark.parametrize(
    ("is_known", "context"),
    [
        (True, ("This is what we know apart from the monthly figures. Ashby had one PCSO.", "London's line.")),
        (False, ("London's line.",)),
    ],
)
def test_beside_a_month_nothing_says_that_nothing_is_known(is_known: bool, context: tuple[str, ...]) -> None:
    led = led_by_month(
        "Ashby has its officers.", "How.", Verdict("Ashby had one PCSO.", "", ("London's line.",)), is_known
    )
    assert led == Verdict("Ashby has its officers.", "How.", context)
