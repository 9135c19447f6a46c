"""Was the promise kept? The answer of a place and a day in at most twenty words, and below it what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transparency.core.text import capitalised, listed, number, on_date, percentage, precise_date, speaker
from transparency.core.vocabulary import DUE_ON, PROMISED_PCS, Half, KnownAs, Precision, ProgressPoint
from transparency.exhibits.exhibit import Image
from transparency.months.queries import PlaceMonth
from transparency.months.sentences import month_name
from transparency.progress.charts import Squares, squares_svg
from transparency.progress.moments import ABOUT, HOLLOW, TOLD, month_of
from transparency.progress.queries import Progress
from transparency.progress.sentences import pace_sentence, share_of
from transparency.published.sentences import said_by

A_YEAR = 365
MOST_SQUARES = 40  # wards that are drawn one by one; of more, a hundred stand for all
NO_LATER = "We know of no later figure."


def question(known: Progress) -> str:
    """The question that the page of a place answers."""
    return "Was the promise kept?" if known.is_london else f"Was the promise kept in {known.place}?"


def answer(known: Progress) -> str:
    """Whether the promise was kept by the day, as far as the newest figure says."""
    point = known.newest_point
    if point is None:
        return _without_figure(known)
    if point.known_as is KnownAs.DECLARED:
        both = TOLD[point.half] + (" and a PCSO" if known.beside else "")
        return (
            f"Announced, not checked. {capitalised(speaker(point.publisher))} said {_in(point)} every ward had {both}."
        )
    counted = f"{capitalised(_when(point))}, {_counted(known, point)}."
    is_kept = all(share_of(each) >= 100 for each in (point, known.beside) if each is not None)
    if known.day <= DUE_ON:
        return f"{'Yes, before it was due.' if is_kept and known.beside else 'It was not yet due.'} {counted}"
    if point.as_at <= DUE_ON:
        return f"We do not know. When last counted, {_when(point)}, {_counted(known, point)}."
    return f"{'Yes, when last counted.' if is_kept else 'Not when last counted.'} {counted}"


def _in(point: ProgressPoint) -> str:
    return f"in {month_of(point)}"


def _when(point: ProgressPoint) -> str:
    return on_date(point.as_at, point.as_at_precision)


def _without_figure(known: Progress) -> str:
    if known.announced is not None:
        return f"We do not know. It was announced London-wide {_in(known.announced)}, with no figure for {known.place}."
    start = "It was not yet due." if known.day <= DUE_ON else "We do not know."
    return f"{start} We found no count of wards with two constables in {known.place}."


def _counted(known: Progress, point: ProgressPoint) -> str:
    """How many wards had two constables, and, where it was given together, how many a PCSO."""
    said = f"{_amount(point)} had {TOLD[point.half]}"
    pcsos = known.beside
    if pcsos is None:
        return said
    share = f"{number(share_of(pcsos))}%" if pcsos.wards_met_count is None else number(pcsos.wards_met_count)
    return f"{said} and {share} a PCSO"


def _amount(point: ProgressPoint) -> str:
    if point.wards_met_count is None:
        return f"{number(share_of(point))}% of wards"
    return f"{'about ' * (point.known_as in ABOUT)}{number(point.wards_met_count)} of {number(point.wards_count)} wards"


def answer_in_full(known: Progress) -> str:
    """The answer and what it rests on, as one text."""
    point = known.newest_point
    return answer(known) if point is None else f"{answer(known)} {_rests_on(known, point)}"


def _rests_on(known: Progress, point: ProgressPoint) -> str:
    return " ".join(filter(None, (_announced_before(known, point), _gap(known, point), _how_known(known, point))))


def answer_lines(known: Progress, london: Progress) -> Iterator[str]:
    """What the answer rests on, what went before it, what is not known, and the pace while the day was ahead."""
    point = known.newest_point
    if point is not None:
        yield _rests_on(known, point)
    if known.day <= DUE_ON and known.pace is not None:
        yield pace_sentence(known.pace, known.day)
    if not known.is_london:
        if known.day <= DUE_ON:  # while its wards were those of the figure
            yield from _officers_in_all(known)
        yield wards_sentence(known.place, known.counts)
        if (whole := london.newest_point) is not None and whole.known_as is not KnownAs.DECLARED:
            share = (
                "" if whole.wards_met_count is None else f" ({percentage(whole.wards_met_count, whole.wards_count)})"
            )
            ours = ", our sum" if whole.known_as is KnownAs.DERIVED else ""
            yield f"In London {_when(whole)}, {_amount(whole)}{share} had {TOLD[whole.half]}{ours}."


def _officers_in_all(known: Progress) -> Iterator[str]:
    """The ward officers of a borough beside what two in each ward would be."""
    total, wards = known.figures.get("dwo_total"), known.counts["wards_count"]
    if total is not None and total.value is not None:
        ours = ", by our sum" if total.kind == "derived" else ""
        when = on_date(total.as_at, total.as_at_precision)
        had = f"{capitalised(when)}, {known.place} had {number(total.value)} ward officers{ours}."
        yield f"{had} Two in each of {number(wards)} wards would be {number(PROMISED_PCS * wards)}."


def _announced_before(known: Progress, point: ProgressPoint) -> str:
    reached = [each for each in known.points if each.half is point.half and (each.wards_met_pct or 0) >= 100]
    is_before = reached and reached[0].as_at < point.as_at and share_of(point) < 100
    return f"Every ward was said to have its officers {_in(reached[0])}." if is_before else ""


def _gap(known: Progress, point: ProgressPoint) -> str:
    if (known.day - point.as_at).days > A_YEAR and known.day > DUE_ON:
        return NO_LATER
    if not any(each.half is Half.PCSOS for each in known.points):
        return "We found no figure for PCSOs, so that part of the promise is not known."
    return ""


def _how_known(known: Progress, point: ProgressPoint) -> str:
    if point.known_as is KnownAs.DECLARED:
        return "No figure for each ward was published with it."
    if point.known_as is not KnownAs.DERIVED:
        return f"Source: {said_by(point.source_id, point.publisher)}."
    gained = known.figures.get("wards_second_pc_delivered")
    if gained is None or gained.value is None or point.wards_met_count is None:
        return "This is our sum."
    before = point.wards_met_count - gained.value
    return f"This is our sum: about {number(before)} before and {number(gained.value)} since."


def wards_sentence(place: str, counts: dict[str, Any]) -> str:
    """What is known of single wards of a place; `counts` is a row of borough_status_on."""
    total = counts["wards_count"]
    known = (
        ("pcs_met_evidenced_count", "two constables"),
        ("pcs_short_count", "fewer than two constables"),
        ("wards_two_posts_count", "two constable posts"),
        ("wards_one_post_count", "one constable post"),
        ("pcso_met_evidenced_count", "a PCSO"),
        ("pcso_short_count", "no PCSO"),
    )
    said = [f"{number(counts[column])} had {words}" for column, words in known if counts[column]]
    if said:
        return f"Ward by ward we know a little: of {number(total)} wards, {listed(said)}."
    if counts["wards_last_known_count"]:
        return (
            f"For {number(counts['wards_last_known_count'])} of {number(total)} wards we have a figure over a year old."
        )
    return f"We have no figure for any single ward in {place}."


def squares(known: Progress) -> tuple[Image, str] | None:
    """The newest figure as squares, and in words; None where there is none."""
    point = known.newest_point
    if point is None:
        return None
    is_whole = point.wards_met_count is not None or point.known_as is KnownAs.DECLARED
    is_each = is_whole and point.wards_count <= MOST_SQUARES
    total = point.wards_count if is_each else 100
    with_two = round(total * share_of(point) / 100)
    every = f"of {number(total)} wards" if is_each else "of every 100 wards"
    about = "About " if point.known_as in ABOUT and not is_each else ""
    if point.known_as is KnownAs.DECLARED:
        caption = f"Every ward was said to have {TOLD[point.half]}{' and a PCSO' if known.beside else ''} {_in(point)}."
    else:
        caption = f"{about}{number(with_two)} {every} had {TOLD[point.half]} {_in(point)}."
        if known.beside is not None:
            caption += f" {number(round(total * share_of(known.beside) / 100))} had a PCSO."
    looks = Squares(with_two, "ring") if point.known_as in HOLLOW else Squares(with_two, "met")
    rest = Squares(total - with_two, "unknown", "2 3")
    return Image(squares_svg((looks, rest), "Wards with two constables", caption), caption), caption


# ---------------------------------------------------------------- where a month of the monthly series leads


def month_answer(known: PlaceMonth) -> str:
    """Whether a month's figures show the promise kept: how many wards had their officers, were short, are not known."""
    met, short = known.wards_met_count, known.wards_short_count
    unknown = known.wards_count - met - short
    if not met + short:
        return f"We do not know. No ward of {known.place_name} has both its figures for {month_name(known.month)}."
    kept = "Not" if short else "Not known of every ward" if unknown else "Yes,"
    rest = [f"{number(count)} {words}" for count, words in ((short, "were short"), (unknown, "are not known")) if count]
    whose = f"{number(met)} of {number(known.wards_count)} wards had their officers"
    return f"{kept} in {month_name(known.month)}: {', '.join([whose, *rest])}."


def month_squares(known: PlaceMonth) -> tuple[Image, str]:
    """The wards of a month as squares: with their officers, not known, short."""
    total = known.wards_count if known.wards_count <= MOST_SQUARES else 100
    met = round(total * known.wards_met_count / known.wards_count)
    short = round(total * known.wards_short_count / known.wards_count)
    every = f"Of {number(total)} wards" if total == known.wards_count else "Of every 100 wards"
    counts = ((met, "had their officers"), (short, "were short"), (total - met - short, "are not known"))
    said = listed([f"{number(count)} {words}" for count, words in counts if count])
    caption = f"{every}, {said}, {precise_date(known.month, Precision.MONTH)}."
    groups = (Squares(met, "met"), Squares(total - met - short, "unknown", "2 3"), Squares(short, "short"))
    return Image(squares_svg(groups, "Wards in the newest month", caption), caption), caption
