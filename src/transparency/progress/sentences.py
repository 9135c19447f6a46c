"""Words for London's and a borough's progress and for the promise ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import (
    capitalised,
    full_date,
    in_words,
    listed,
    number,
    on_date,
    percentage,
    possessive,
    precise_date,
    speaker,
)
from transparency.core.vocabulary import (
    OLDEST_WORKBOOK_FROM,
    Figure,
    Half,
    InterimTarget,
    KnownAs,
    Precision,
    ProgressPoint,
    RequiredPace,
)
from transparency.published.sentences import as_published

MONTH_RULE = "A month is 365.25/12 days."
NOTHING_NEWER = "We hold no newer figure of this kind."
KNOWN_AS_WORDS = {
    KnownAs.PUBLISHED: "published",
    KnownAs.APPROXIMATE: "published, about",
    KnownAs.DERIVED: "our sum",
    KnownAs.DECLARED: "announced",
    KnownAs.COUNTED: "counted, ward by ward",
    KnownAs.RESTATED: "restated as the model",
}
HALF_WORDS = {Half.PCS: "two constables", Half.PCSOS: "one PCSO"}


def newest(points: Sequence[ProgressPoint], half: Half) -> ProgressPoint | None:
    """The point that decides for a half: the newest, a statement without a count only where there is no other.

    `points` are given oldest first; a model restated never decides.
    """
    own = [point for point in points if point.half is half and point.known_as is not KnownAs.RESTATED]
    counts = [point for point in own if not point.is_bare_statement]
    deciding = counts or own
    return deciding[-1] if deciding else None


def progress_sentence(
    place: str, wards_count: int, day: date, points: Sequence[ProgressPoint], delivered: float | None = None
) -> str:
    """What is known on a day of a place's wards and the promise, as one or two sentences.

    `points` are those up to the day, oldest first; `delivered` is the count of wards that gained a second
    constable, given where the newest count is our sum of it and those before.
    """
    pcs, pcsos = newest(points, Half.PCS), newest(points, Half.PCSOS)
    if pcs is None and pcsos is None:
        return (
            f"How many of {possessive(place)} {number(wards_count)} wards had the two constables and one PCSO promised "
            f"had not been published by {full_date(day)}."
        )
    if pcs is not None and pcsos is not None and (pcs.as_at, pcs.source_id) == (pcsos.as_at, pcsos.source_id):
        sentence = _both_sentence(place, pcs, pcsos)
    else:
        halves = [_half_sentence(place, point, delivered) for point in (pcs, pcsos) if point is not None]
        sentence = " ".join(halves)
        if pcsos is None:
            sentence += " How many had a PCSO had not been published, so the full promise is not rated."
        elif pcs is None:
            sentence += " How many had two constables had not been published, so the full promise is not rated."
    reached = [point for point in points if point.half is Half.PCS and (point.wards_met_pct or 0) >= 100]
    if pcs is not None and share_of(pcs) < 100 and reached and reached[0].as_at < pcs.as_at:
        how = "announced as kept" if reached[0].known_as is KnownAs.DECLARED else "published as met"
        sentence += f" The promise, {how} {on_date(reached[0].as_at, reached[0].as_at_precision)}, was no longer kept."
    newest_on = max(point.as_at for point in (pcs, pcsos) if point is not None)
    return f"{sentence} {NOTHING_NEWER}" if (day - newest_on).days > 365 else sentence


def share_of(point: ProgressPoint) -> float:
    """The per cent of wards of a point that gives one."""
    assert point.wards_met_pct is not None  # noqa: S101 - only a model restated has none
    return point.wards_met_pct


def _both_sentence(place: str, pcs: ProgressPoint, pcsos: ProgressPoint) -> str:
    when = on_date(pcs.as_at, pcs.as_at_precision)
    wards = f"{possessive(place)} {number(pcs.wards_count)} wards"
    if pcs.known_as is KnownAs.DECLARED:
        return (
            f"{capitalised(when)} {speaker(pcs.publisher)} announced two constables and one PCSO in every one of "
            f"{wards}; no figure for each ward was published with it."
        )
    if pcs.wards_met_count is None or pcsos.wards_met_count is None:
        return (
            f"{capitalised(when)} {number(share_of(pcs))}% of {possessive(place)} wards had two constables and "
            f"{number(share_of(pcsos))}% a PCSO, {as_published(pcs.source_id, pcs.publisher)}; "
            "which wards was not said, and the shares are not turned into wards."
        )
    return (
        f"{capitalised(when)} {number(pcs.wards_met_count)} of {wards} "
        f"({percentage(pcs.wards_met_count, pcs.wards_count)}) had two constables and "
        f"{number(pcsos.wards_met_count)} ({percentage(pcsos.wards_met_count, pcsos.wards_count)}) a PCSO."
    )


def _half_sentence(place: str, point: ProgressPoint, delivered: float | None) -> str:
    when = capitalised(on_date(point.as_at, point.as_at_precision))
    had = "had two dedicated constables" if point.half is Half.PCS else "had a dedicated PCSO"
    wards = f"{possessive(place)} {number(point.wards_count)} wards"
    if point.known_as is KnownAs.DECLARED:
        what = "two constables" if point.half is Half.PCS else "a PCSO"
        return f"{when} {speaker(point.publisher)} announced {what} in every one of {wards}."
    if point.wards_met_count is None:
        return f"{when} {number(share_of(point))}% of {possessive(place)} wards {had}; which was not said."
    about = "about " if point.known_as in (KnownAs.APPROXIMATE, KnownAs.DERIVED) else ""
    share = percentage(point.wards_met_count, point.wards_count)
    sentence = f"{when} {about}{number(point.wards_met_count)} of {wards} ({share}) {had}"
    if point.known_as is KnownAs.DERIVED and delivered is not None:
        before = point.wards_met_count - delivered
        sentence += f" (our sum: about {number(before)} before, {number(delivered)} since)"
    elif point.known_as is KnownAs.DERIVED:
        sentence += " (our sum)"
    return sentence + "."


def pace_number(wards_per_month: float) -> str:
    """19.7: always one decimal, so that paces can be compared."""
    return f"{wards_per_month:,.1f}"


def pace_sentence(pace: RequiredPace, day: date) -> str:
    """Wards to go, days left, the pace needed and achieved, and the plain result."""
    if pace.wards_to_go_count <= 0:
        return _none_to_go(pace)
    to_go = f"{number(pace.wards_to_go_count)} wards to go"
    if pace.days_left is None:
        return f"{to_go} {_by_count(pace)}; the due date, {full_date(pace.due_on)}, had passed by {full_date(day)}."
    if pace.required_wards_per_month is None:
        return _last_days(pace)
    days_left = "1 day" if pace.days_left == 1 else f"{number(pace.days_left)} days"
    sentence = f"{to_go} and {days_left} left: {pace_number(pace.required_wards_per_month)} wards a month needed"
    if pace.latest_on < day:
        sentence += f", if none was added after {full_date(pace.latest_on)}"
    if pace.achieved_wards_per_month is None:
        return f"{sentence}; with one count only, no pace achieved can be worked out."
    sentence += f", {pace_number(pace.achieved_wards_per_month)} a month achieved since {full_date(pace.start_on)}."
    if pace.reached_at_that_pace_on is None:
        return f"{sentence} At that pace the last ward would not be reached."
    if pace.reached_at_that_pace_on < day:
        return (
            f"{sentence} At that pace the last ward would have been reached in "
            f"{_about_when(pace.reached_at_that_pace_on)}; nothing was published to show it."
        )
    sentence += f" At that pace the last ward would be reached in {_about_when(pace.reached_at_that_pace_on)}"
    margin = (pace.due_on - pace.reached_at_that_pace_on).days
    if margin >= 0:
        return f"{sentence}, before the due date."
    per_day = pace.achieved_wards_per_month * 12 / 365.25
    short = pace.wards_to_go_count - per_day * (pace.due_on - pace.latest_on).days
    return f"{sentence}, with about {number(round(short))} wards short on {full_date(pace.due_on)}."


def _none_to_go(pace: RequiredPace) -> str:
    sentence = f"{capitalised(_by_count(pace))} no ward was left to reach"
    return (
        f"{sentence}; an announcement is not a count." if pace.latest_known_as is KnownAs.DECLARED else f"{sentence}."
    )


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
    promised = f"About {_value(due)} new ward officers were promised by Christmas 2016"
    if reported is None:
        if day <= due.as_at:
            return f"{promised}; that day had not passed on {full_date(day)}."
        return f"{promised}; no figure had been published by {full_date(day)}."
    assert due.value is not None and reported.value is not None  # noqa: S101 - chosen among figures with a number
    days = (reported.as_at - due.as_at).days
    later = "on the day itself" if days == 0 else f"{in_words(days)} day{'s' * (days != 1)} later"
    result = "announced as kept" if reported.value >= due.value else "not met by that figure"
    return (
        f"{promised}. No figure at Christmas was published. {number(reported.value)} were reported {later}, "
        f"{on_date(reported.as_at, reported.as_at_precision)}: {result}."
    )


def after_due_sentence(figures: Mapping[str, Figure]) -> str:
    """The declaration beside what was published around it and after it, by metric; neither corrects the other."""
    declared, posts, vacant, pcs_pct, pcsos_pct = (
        figures.get(metric)
        for metric in (
            "wards_with_two_pcs",
            "dwo_posts",
            "dwo_posts_vacant",
            "wards_with_two_pcs_percent",
            "wards_with_pcso_percent",
        )
    )
    said = []
    if declared:
        said.append(f"{_when(declared)} all {_value(declared)} wards announced")
    if posts and vacant:
        counted = f"{_value(posts)} posts, {_value(vacant)} of them vacant"
        said.append(f"{_when(posts)} an answer counting {counted}")
    if pcs_pct:
        pcsos = f" and {_value(pcsos_pct)}% with a PCSO" if pcsos_pct else ""
        said.append(f"{_when(pcs_pct)} {_value(pcs_pct)}% of wards with two constables{pcsos}")
    return f"Side by side, none correcting another: {'; '.join(said)}."


def after_due_note(figures: Mapping[str, Figure]) -> str:
    """What the figures shown cannot say, by metric."""
    said = ["Posts are not people. A model restated is not said of each ward."]
    if "wards_with_two_pcs_percent" in figures:
        said.append(
            "The shares of June 2019 came without a count of wards and are left as shares; leave and restricted duty "
            "were not taken off."
        )
    return " ".join(said)


def _value(figure: Figure) -> str:
    return "no number of" if figure.value is None else number(figure.value)


def _when(figure: Figure) -> str:
    return on_date(figure.as_at, figure.as_at_precision)


def posts_words(figures: Mapping[str, Figure]) -> str:
    """21 of 1,258 posts vacant; empty where the two figures are not known."""
    if "dwo_posts" not in figures or "dwo_posts_vacant" not in figures:
        return ""
    return f"{_value(figures['dwo_posts_vacant'])} of {_value(figures['dwo_posts'])} posts vacant"


def evidence_sentence(place: str, counts: dict[str, Any], day: date) -> str:
    """How many wards are known one by one, separately by evidence; `counts` is a row of borough_status_on."""
    total = counts["wards_count"]
    whose = f"{possessive(place)} {number(total)} wards"
    nothing = f"We hold nothing ward by ward about any of {whose} on {full_date(day)}"
    if counts["wards_not_on_site_count"] == total:
        return f"{nothing}: the Met published monthly figures for each ward team, and this site has not loaded them."
    if counts["wards_not_published_count"] == total:
        if day >= OLDEST_WORKBOOK_FROM:
            seen = "the Met's monthly figures, as last seen in September 2026"
            return f"{nothing}: {seen}, have none to rely on for that day."
        return f"Nothing had been published ward by ward about any of {whose} by {full_date(day)}."
    if counts["wards_met_declared_count"] == total:
        covered = f"On {full_date(day)} all {number(total)} wards of {place} were covered by the announcement"
        return f"{covered}; none had a newer figure of its own."
    rest = [
        *_announced_words(counts),
        *(
            f"{number(counts[column])} {words}"
            for column, words in (
                ("wards_unrated_count", "with a figure that rates neither half (such as posts)"),
                ("wards_last_known_count", "last known over a year before"),
                ("wards_not_on_site_count", "not on this site"),
                ("wards_not_published_count", "not published"),
            )
            if counts[column]
        ),
    ]
    known = _known_of_halves(counts)
    with_posts = counts["wards_two_posts_count"] + counts["wards_one_post_count"]
    if not known and counts["wards_known_count"] == with_posts > 0:
        return f"On {full_date(day)} we knew {_posts_words(whose, counts)}."
    if not known:
        return f"None of {whose} could be rated on {full_date(day)} on a figure of its own: {listed(rest)}."
    sentence = f"On {full_date(day)}, of {whose}, {known}.{_announced_by_half(counts)}"
    if len(rest) == 1 and counts["wards_not_published_count"]:
        return f"{sentence} Nothing was known of the other {number(counts['wards_not_published_count'])}."
    return f"{sentence} The rest: {listed(rest)}." if rest else sentence


def _announced_words(counts: dict[str, Any]) -> list[str]:
    """How many wards rest on the announcement; empty where none does, or where the halves differ."""
    pcs, pcsos = counts["pcs_met_declared_count"], counts["pcso_met_declared_count"]
    if pcs == pcsos:
        return [f"{number(pcs)} by the announcement only"] if pcs else []
    return []


def _announced_by_half(counts: dict[str, Any]) -> str:
    """How many wards rest on the announcement for each half, where they differ: those wards overlap with others."""
    pcs, pcsos = counts["pcs_met_declared_count"], counts["pcso_met_declared_count"]
    if pcs == pcsos:
        return ""
    return f" By the announcement only: {number(pcs)} wards for constables, {number(pcsos)} for the PCSO."


def _posts_words(whose: str, counts: dict[str, Any]) -> str:
    """In how many wards two constable posts are known, in how many one, and that nothing else is."""
    posts = [
        f"{words} in {number(counts[column])}"
        for column, words in (
            ("wards_two_posts_count", "of two constable posts"),
            ("wards_one_post_count", "of one constable post"),
        )
        if counts[column]
    ]
    others = number(counts["wards_count"] - counts["wards_known_count"])
    return f"{listed(posts)} of {whose}; of the other {others}, and of PCSOs anywhere, we knew nothing"


def boroughs_sentence(known: int, boroughs: int, day: date) -> str:
    """In how many boroughs anything is known of a ward on a day."""
    if known == 0:
        return f"On {full_date(day)} nothing that still stands is known of any ward in any of the {boroughs} boroughs."
    return f"On {full_date(day)} something is known of at least one ward in {known} of {boroughs} boroughs."


def _known_of_halves(counts: dict[str, Any]) -> str:
    """What is known of each half from figures of the wards' own; empty where nothing is."""
    pcs = [(counts["pcs_met_evidenced_count"], "two constables"), (counts["pcs_short_count"], "fewer than two")]
    pcsos = [(counts["pcso_met_evidenced_count"], "a PCSO"), (counts["pcso_short_count"], "no PCSO")]
    halves = [[(count, words) for count, words in half if count] for half in (pcs, pcsos)]
    said = []
    for half, noun in zip(halves, ("constables", "PCSOs"), strict=True):
        first = (
            f"{number(half[0][0])} {'was' if half[0][0] == 1 else 'were'} known to have {half[0][1]}" if half else ""
        )
        more = [f"{number(count)} {words}" for count, words in half[1:]]
        said.append(listed([first, *more]) if half else f"of {noun} nothing was known")
    return "; ".join(said) if any(halves) else ""


def arithmetic_sentence(pace: RequiredPace) -> str:
    """The two divisions of the pace in one sentence: what is left over what time is left, what was gained over what."""
    if pace.wards_to_go_count <= 0:
        return _none_to_go(pace)
    if pace.days_left is not None and pace.required_wards_per_month is None:
        return _last_days(pace)
    said = []
    if pace.required_wards_per_month is not None and pace.days_left:
        said.append(
            f"{number(pace.wards_to_go_count)} wards in {number(pace.days_left)} days are "
            f"{pace_number(pace.required_wards_per_month)} a month"
        )
    if pace.achieved_wards_per_month is not None:
        said.append(
            f"{number(pace.gained_count)} wards in the {number(pace.span_days)} days to {full_date(pace.latest_on)} "
            f"were {pace_number(pace.achieved_wards_per_month)} a month"
        )
    if not said:
        to_go = f"{number(pace.wards_to_go_count)} of {number(pace.wards_count)} wards"
        return f"{to_go} were left to reach; one count is known."
    return capitalised("; ".join(said)) + "."


def chart_sentence(place: str, points: Sequence[ProgressPoint]) -> str:
    """The points of the chart that decide, one after another: the first and the newest three."""
    half = Half.PCS if any(point.half is Half.PCS for point in points) else Half.PCSOS
    own = [point for point in points if point.half is half]
    figures = [point for point in own if not point.is_bare_statement] or own
    shown = figures if len(figures) <= 4 else [figures[0], *figures[-3:]]
    words = ", then ".join(f"{_point_words(point)} {on_date(point.as_at, point.as_at_precision)}" for point in shown)
    return f"{possessive(place)} wards with {HALF_WORDS[half]} were {words}."


def chart_key(points: Sequence[ProgressPoint]) -> str:
    """What the marks of the chart stand for."""
    diamond = (
        "Diamond: restated as the model, which is not said of each ward. "
        if any(point.known_as is KnownAs.RESTATED for point in points)
        else ""
    )
    return (
        f"Solid: published. Hollow: announced, or our own sum. {diamond}No line joins the points: nothing is known "
        "between them."
    )


WARD_SET_CHANGES = (
    (date(2018, 5, 3), "The ward set changed on 3 May 2018 (629 to 632 wards)"),
    (date(2022, 5, 5), "on 5 May 2022 (to 679)"),
)


def chart_note(day: date, beside_due: str) -> str:
    """How the chart draws dates, changes of the ward set up to the day, and vacant posts where they are known."""
    said = ["A date known only to the month is drawn at its first day."]
    changes = [words for on, words in WARD_SET_CHANGES if on <= day]
    if changes:
        said.append(f"{' and '.join(changes)}; shares before and after are of different wards.")
    if beside_due:
        said.append("Vacant posts are written beside the due date and not drawn: posts are not wards.")
    return " ".join(said)


def _point_words(point: ProgressPoint) -> str:
    announced = " (announced)" if point.known_as is KnownAs.DECLARED else ""
    if point.known_as is KnownAs.RESTATED:
        return KNOWN_AS_WORDS[point.known_as]
    if point.wards_met_count is None:
        return f"all{announced}" if point.is_bare_statement else f"{number(share_of(point))}%"
    about = "about " if point.known_as in (KnownAs.APPROXIMATE, KnownAs.DERIVED) else ""
    return f"{about}{number(point.wards_met_count)} of {number(point.wards_count)}{announced}"


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
