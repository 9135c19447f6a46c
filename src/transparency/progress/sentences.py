"""Words for London's and a borough's progress and for the promise ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from transparency.core.text import (
    capitalised,
    full_date,
    in_words,
    number,
    on_date,
    precise_date,
)
from transparency.core.vocabulary import (
    Figure,
    Half,
    InterimTarget,
    KnownAs,
    Precision,
    ProgressPoint,
    RequiredPace,
)
from transparency.exhibits.shapes import FIRST_DAY_OF_2022_SET
from transparency.published.sentences import metric_words

MONTH_RULE = "A month is 365.25/12 days."
KNOWN_AS_WORDS = {
    KnownAs.PUBLISHED: "published",
    KnownAs.APPROXIMATE: "published, about",
    KnownAs.DERIVED: "our sum",
    KnownAs.DECLARED: "announced",
    KnownAs.COUNTED: "counted, ward by ward",
    KnownAs.RESTATED: "restated as the model",
}
_PLURAL = re.compile(r"\b(PCSO|ward|post|constable|officer)s\b")
HALF_WORDS = {Half.PCS: "two constables", Half.PCSOS: "one PCSO"}


def newest(points: Sequence[ProgressPoint], half: Half) -> ProgressPoint | None:
    """The point that decides for a half: the newest, a statement without a count only where there is no other.

    `points` are given oldest first; a model restated never decides.
    """
    own = [point for point in points if point.half is half and point.known_as is not KnownAs.RESTATED]
    counts = [point for point in own if not point.is_bare_statement]
    deciding = counts or own
    return deciding[-1] if deciding else None


def share_of(point: ProgressPoint) -> float:
    """The per cent of wards of a point that gives one."""
    assert point.wards_met_pct is not None  # noqa: S101 - only a model restated has none
    return point.wards_met_pct


def pace_number(wards_per_month: float) -> str:
    """19.7: always one decimal, so that paces can be compared."""
    return f"{wards_per_month:,.1f}"


def pace_sentence(pace: RequiredPace, day: date) -> str:
    """Wards to go, days left, the pace needed and achieved, and the plain result, in short sentences."""
    if pace.wards_to_go_count <= 0:
        return _none_to_go(pace)
    if pace.days_left is None or pace.required_wards_per_month is None:
        return _last_days(pace)
    to_go = f"{number(pace.wards_to_go_count)} wards were still to go, with {number(pace.days_left)} days left."
    needed = f"That needed {pace_number(pace.required_wards_per_month)} wards a month"
    if pace.achieved_wards_per_month is None:
        return f"{to_go} {needed}. We know of one count only, so no pace achieved can be worked out."
    achieved = f"{pace_number(pace.achieved_wards_per_month)} a month had been added since {full_date(pace.start_on)}."
    return f"{to_go} {needed}. {achieved} {_at_that_pace(pace, pace.achieved_wards_per_month, day)}"


def _at_that_pace(pace: RequiredPace, achieved_wards_per_month: float, day: date) -> str:
    """When the last ward would be reached, and whether that is in time."""
    reached_on = pace.reached_at_that_pace_on
    if reached_on is None:
        return "At that pace the last ward would not be reached."
    if reached_on < day:
        when = f"At that pace the last ward would have been reached in {_about_when(reached_on)}."
        return f"{when} Nothing was published to show it."
    when = f"At that pace the last ward would be reached in {_about_when(reached_on)}"
    if reached_on <= pace.due_on:
        return f"{when}, before the due date."
    per_day = achieved_wards_per_month * 12 / 365.25
    short = pace.wards_to_go_count - per_day * (pace.due_on - pace.latest_on).days
    return f"{when}, with about {number(round(short))} wards short on {full_date(pace.due_on)}."


def _none_to_go(pace: RequiredPace) -> str:
    sentence = f"{capitalised(_by_count(pace))} no ward was left to reach."
    return f"{sentence} An announcement is not a count." if pace.latest_known_as is KnownAs.DECLARED else sentence


def _last_days(pace: RequiredPace) -> str:
    """The wards to go in the last month before the due date, for which no pace a month is worked out."""
    days = f"{in_words(pace.days_left or 0)} day{'s' * (pace.days_left != 1)} before the date"
    when = days if pace.days_left else "on the date itself"
    return f"{number(pace.wards_to_go_count)} wards were still to go {_by_count(pace)}, {when}."


def _about_when(day: date) -> str:
    """Early, mid- or late May 2017: a projection is no more exact than that."""
    part = "early " if day.day <= 10 else "mid-" if day.day <= 20 else "late "
    return f"{part}{precise_date(day, Precision.MONTH)}"


def _by_count(pace: RequiredPace) -> str:
    what = "announcement" if pace.latest_known_as is KnownAs.DECLARED else "count"
    return f"by the {what} of {precise_date(pace.latest_on, pace.latest_precision)}"


def interim_sentence(target: InterimTarget, day: date) -> str:
    """The interim target of new officers by Christmas 2016, and what was said of it."""
    due, reported = target.target, target.reported
    promised = f"About {_value(due)} new ward officers were promised by Christmas 2016."
    if reported is None:
        gap = "That day had not passed." if day <= due.as_at else "We found no figure for that day."
        return f"{promised} {gap}"
    when = precise_date(reported.as_at, reported.as_at_precision)
    return f"{promised} There were said to be {_value(reported)} by {when}."


def vacancies_sentence(figures: Mapping[str, Figure]) -> str | None:
    """The posts that were vacant when the promise was announced as kept; None where they are not known."""
    posts, vacant = figures.get("dwo_posts"), figures.get("dwo_posts_vacant")
    if posts is None or vacant is None:
        return None
    when = _when(posts)
    same = figures.get("wards_with_two_pcs")
    if same is not None and (same.as_at.year, same.as_at.month) == (posts.as_at.year, posts.as_at.month):
        when = f"{when}, when the promise was announced as kept"
    return f"{capitalised(when)}, {_value(vacant)} of {_value(posts)} ward officer posts were vacant."


def added_sentence(added: Figure) -> str:
    """How many officers were said to have been added since the promise."""
    said_in = precise_date(added.as_at, Precision.MONTH)
    return f"In {said_in}, {_value(added)} ward officers were said to have been added since July 2016."


def figures_sentence(place: str, figures: Sequence[Figure]) -> str:
    """How many figures of a place's ward officers there are, and how many of them are plans."""
    planned = sum(each.kind in ("planned", "target") for each in figures)
    count = len(figures)
    plans = f", {in_words(planned)} of them planned or promised" if planned else ""
    return f"We found {in_words(count)} figure{'s' * (count != 1)} on ward officers in {place} as a whole{plans}."


def figure_words(figure: Figure) -> str:
    """45 dedicated ward officers; of a plan, that it is one."""
    start = "Planned: " if figure.kind in ("planned", "target") else ""
    words = metric_words(figure.metric)
    if figure.value == 1:
        words = _PLURAL.sub(r"\1", words, count=1)
    return f"{start}{_value(figure)} {words}"


def _value(figure: Figure) -> str:
    return "no number of" if figure.value is None else number(figure.value)


def _when(figure: Figure) -> str:
    return on_date(figure.as_at, figure.as_at_precision)


def pace_headline(pace: RequiredPace) -> str:
    """The pace that was needed, and the one achieved where it is known."""
    if pace.required_wards_per_month is None:
        return f"{number(pace.wards_to_go_count)} wards were still to go."
    needed = f"{pace_number(pace.required_wards_per_month)} wards a month were needed"
    if pace.achieved_wards_per_month is None:
        return f"{needed}."
    return f"{needed}, {pace_number(pace.achieved_wards_per_month)} had been added."


WARD_SETS = "London had 629 wards until 2018, 632 until 2022 and has 679 now."
DATE_RULE = "A date known only to the month is drawn at its first day."


def chart_note(day: date) -> str:
    """How the timeline draws dates, and that the wards changed where it goes on beyond their first set."""
    return f"{DATE_RULE} {WARD_SETS}" if day >= FIRST_DAY_OF_2022_SET else DATE_RULE


def pace_rules(pace: RequiredPace, day: date) -> Iterator[tuple[str, str, str]]:
    """The arithmetic of the pace line by line: what, its value, and the rule with the numbers put in."""
    latest, month = number(pace.latest_count), "30.4375"
    counted = f"{KNOWN_AS_WORDS[pace.latest_known_as]}, {precise_date(pace.latest_on, pace.latest_precision)}"
    yield "Wards", number(pace.wards_count), "the set in force at the latest count"
    yield "Wards with two constables", latest, counted
    yield "Wards to go", number(pace.wards_to_go_count), f"{number(pace.wards_count)} − {latest}"
    if pace.days_left is not None:
        yield "Days left", number(pace.days_left), f"from {full_date(day)} to {full_date(pace.due_on)}"
    if pace.required_wards_per_month is not None and pace.days_left is not None:
        yield (
            "Needed, wards a month",
            pace_number(pace.required_wards_per_month),
            f"{number(pace.wards_to_go_count)} ÷ {number(pace.days_left)} days × {month} days",
        )
    if pace.achieved_wards_per_month is not None:
        yield (
            "Achieved since the start, wards a month",
            pace_number(pace.achieved_wards_per_month),
            _achieved_rule(latest, pace.start_count, pace.start_on, pace.latest_on, month),
        )
    if (
        pace.achieved_since_previous_wards_per_month is not None
        and pace.previous_on is not None
        and pace.previous_count is not None
    ):
        yield (
            "Achieved since the previous published figure, wards a month",
            pace_number(pace.achieved_since_previous_wards_per_month),
            _achieved_rule(latest, pace.previous_count, pace.previous_on, pace.latest_on, month),
        )
    if pace.reached_at_that_pace_on is not None:
        unseen = "; nothing was published to show it" if pace.reached_at_that_pace_on < day else ""
        needed_days = pace.wards_to_go_count * pace.span_days / pace.gained_count
        yield (
            "Last ward at the pace since the start, by arithmetic",
            _about_when(pace.reached_at_that_pace_on),
            f"{number(pace.wards_to_go_count)} × {number(pace.span_days)} days ÷ {number(pace.gained_count)} = "
            f"about {needed_days:,.0f} days after {full_date(pace.latest_on)}{unseen}",
        )


def _achieved_rule(latest: str, before: float, before_on: date, latest_on: date, month: str) -> str:
    span_days = number((latest_on - before_on).days)
    return f"({latest} − {number(before)}) ÷ {span_days} days since {full_date(before_on)} × {month} days"
