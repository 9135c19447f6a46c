"""Words for boroughs side by side and for one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from transparency.boroughs.measures import Known, Measure, Reading
from transparency.core.text import capitalised, full_date, in_words, listed, number, possessive
from transparency.core.vocabulary import FIRST_SITE_DAY, SiteOnDay
from transparency.counters.sentences import open_words
from transparency.months.queries import PlaceMonth
from transparency.months.sentences import month_name

NO_REAL_DIFFERENCE = "This may be no difference."
MOST_NAMED = 3
LONGEST_ANSWER = 20  # words


def not_known_sentence(measure: Measure, day: date) -> str:
    """That nothing of a measure is known on a day, and from when where that is known."""
    if measure.label in ("Counters lost", "Distance", "At night") and day < FIRST_SITE_DAY:
        return f"We have no list of counters for {full_date(day)}. The earliest is January 2017."
    what = measure.caption[0].lower() + measure.caption[1:]
    return f"Nothing for {full_date(day)} is on this site: {what}."


# ---------------------------------------------------------------- side by side


def compared_headline(
    measure: Measure, read: Reading, shown: Sequence[Known], is_chosen: bool, together: Callable[[], Known]
) -> str:
    """What a measure says of the boroughs chosen, or of all; `together` has the counters of those shown."""
    known = [each for each in shown if each.value is not None]
    if not known:
        return f"There is no figure for {_names(shown, 'or')}."
    if measure.unit == "counters":
        return _counters_headline(read, known, is_chosen, together)
    if is_chosen and len(shown) <= 2:
        return _of_few(measure, read, known, shown)
    if measure.is_between:
        return _between_ends(read, known)
    return _ends(measure, read, known)


def _names(shown: Sequence[Known], last: str = "and") -> str:
    names = [each.borough_name for each in shown]
    if len(names) > MOST_NAMED:
        return f"{in_words(len(names))} boroughs"
    return listed(names).replace(" and ", f" {last} ") if last != "and" else listed(names)


def _counters_headline(read: Reading, known: Sequence[Known], is_chosen: bool, together: Callable[[], Known]) -> str:
    if not read.before_when or any(each.before is None for each in known):
        return _open_headline(read, together(), len(known))
    if is_chosen and len(known) <= 2:
        if len({(each.value, each.at_most, each.before, each.before_at_most) for each in known}) < len(known):
            return _lost_sentence(replace(known[0], borough_name=f"{_names(known)} each"), read, True).replace(
                " has ", " have "
            )
        return " ".join(_lost_sentence(each, read, is_first=place == 0) for place, each in enumerate(known))
    most = _lost_most(known)
    if not most:
        return _open_headline(read, together(), len(known))
    lost = _lost(most[0])
    verb = "have each lost" if len(most) > 1 else "has lost"
    left = [each for each in most if each.value == 0]
    none_left = f" {capitalised(_names(left))} {'have' if len(left) > 1 else 'has'} none left." if left else ""
    return (
        f"{capitalised(_names(most))} {verb} {_counters(lost)} since {read.before_when}, more than any other"
        f"{' borough chosen' if is_chosen else ' borough'}.{none_left}"
    )


def _lost(each: Known) -> float:
    return (each.before or 0) - (each.value or 0)


def _lost_most(known: Sequence[Known]) -> list[Known]:
    """Those who certainly lost more than all others, each exactly known; none where that cannot be told."""
    exact = [each for each in known if each.is_exact]
    most = max((_lost(each) for each in exact), default=0)
    first = sorted((each for each in exact if _lost(each) == most), key=lambda each: each.borough_name)
    rest = [(each.before_at_most or each.before or 0) - (each.value or 0) for each in known if each not in first]
    return first if most > 0 and len(first) < len(known) and all(most > other for other in rest) else []


def _counters(count: float) -> str:
    """One counter, no counter, three counters."""
    return f"{in_words(count)} counter{'s' * (count > 1)}"


def _lost_sentence(each: Known, read: Reading, is_first: bool) -> str:
    """Camden has one counter, down from two in July 2017."""
    when = f" in {read.before_when}" if is_first else ""
    now = _counters(each.value or 0) if each.at_most == each.value else f"{each.words} counters"
    if each.is_exact and _lost(each) == 0:
        return f"{each.borough_name} has {now}, as{when or ' before'}."
    down = "down from" if not each.is_exact or _lost(each) > 0 else "up from"
    before = in_words(each.before or 0) if each.before == each.before_at_most else each.before_words
    return f"{each.borough_name} has {now}, {down} {before}{when}."


def _open_headline(read: Reading, together: Known, count: int) -> str:
    """How many are open in the boroughs shown, and how many were."""
    noun = "counter is" if together.at_most == 1 else "counters are"
    said = f"{capitalised(together.words)} {noun} open in the {_boroughs(count)}"
    if not together.before_words:
        return f"{said} on {read.when}."
    return f"{said}. In {read.before_when} there were {together.before_words}."


def _boroughs(count: int) -> str:
    return "borough shown" if count == 1 else f"{number(count)} boroughs shown"


def _of_few(measure: Measure, read: Reading, known: Sequence[Known], shown: Sequence[Known]) -> str:
    """One borough beside London or what it was; two beside each other, and whether they differ."""
    first = known[0]
    without = [each for each in shown if each.value is None]
    no_figure = f" There is no figure for {_names(without)}." if without else ""
    if measure.is_between:
        said = [f"in {each.borough_name} {_share_words(each)}" for each in known]
        told = f"{capitalised(said[0])} of wards had their officers{''.join(f', {each}' for each in said[1:])}."
        is_apart = len(known) < 2 or known[0].is_certainly_more_than(known[1]) or known[1].is_certainly_more_than(first)
        return told + no_figure if is_apart else f"{told} {NO_REAL_DIFFERENCE}"
    told = f"In {first.borough_name} {measure.sentence.format(first.words)}"
    if len(known) == 2:
        told = f"{told}, in {known[1].borough_name} {known[1].words}."
        return f"{told} {NO_REAL_DIFFERENCE}" if measure.is_estimate else told
    if without:
        return f"{told}.{no_figure}"
    if first.before_words:
        return f"{told}. In {read.before_when} it was {first.before_words}."
    return f"{told}. {_london(measure, read)}".rstrip()


def _share_words(each: Known) -> str:
    least, most = f"{each.value:.0f}%", f"{each.at_most:.0f}%"
    return least if least == most else f"{least} to {most}"


def _between_ends(read: Reading, known: Sequence[Known]) -> str:
    """The borough with most for certain and the one with fewest, where their ranges do not meet."""
    most = max(known, key=lambda each: each.value or 0)
    least = min(known, key=lambda each: each.at_most or 0)
    if not most.is_certainly_more_than(least):
        return f"In {read.when} the ranges of all boroughs meet, so none can be said to have more of its officers."
    return (
        f"In {most.borough_name} at least {most.value:.0f}% of wards had their officers in {read.when}, in "
        f"{least.borough_name} at most {least.at_most:.0f}%."
    )


def _ends(measure: Measure, read: Reading, known: Sequence[Known]) -> str:
    """The largest and the smallest value, with their boroughs where a difference is real."""
    most, least = known[0], known[-1]
    told = f" {_addition(measure, read)}"
    if measure.is_estimate:
        return f"From {least.words} to {measure.sentence.format(most.words)}, by borough.{told}".rstrip()
    if most.words == least.words:
        return f"In every borough shown {measure.sentence.format(most.words)}.{told}".rstrip()
    high = [each for each in known if each.words == most.words]
    low = [each for each in known if each.words == least.words]
    return f"In {_names(high)} {measure.sentence.format(most.words)}, in {_names(low)} {least.words}.{told}".rstrip()


def _addition(measure: Measure, read: Reading) -> str:
    if measure.promised is not None:
        return f"{capitalised(in_words(measure.promised))} were promised."
    return measure.addition or _london(measure, read)


def _london(measure: Measure, read: Reading) -> str:
    """London's value; empty where it is not known."""
    if read.london is None or read.london.value is None:
        return ""
    return f"In London it {'was' if measure.is_past else 'is'} {read.london.words}."


# ---------------------------------------------------------------- one borough


def counters_answer(name: str, sites: Sequence[SiteOnDay], now: Mapping[str, Any], then: Mapping[str, Any] | None,
                    then_when: str, day: date) -> str:  # fmt: skip
    """How many counters a borough has, its name and whether it is open at night, and how many it had."""
    least, most = now["counters_open_count"], now["counters_open_at_most_count"]
    if least is None:
        return f"We have no list of {possessive(name)} counters for {full_date(day)}. The earliest is January 2017."
    before = f" In {then_when} it had {_how_many(then)}." if then is not None else ""
    if most > least:
        return f"{name} has {open_words(least, most)} police counters.{before}"
    if not least:
        return f"{name} has no police counter.{before}"
    has, rest = (
        f"{name} has {in_words(least)} police counter{'s' * (least != 1)}",
        _night_words(now, int(least)) + before,
    )
    named = f"{has}, {sites[0].site_name.split(' (')[0]}.{rest}" if least == 1 and len(sites) == 1 else ""
    return named if named and len(named.split()) <= LONGEST_ANSWER else f"{has}.{rest}"


def _how_many(then: Mapping[str, Any]) -> str:
    least, most = then["counters_open_count"], then["counters_open_at_most_count"]
    return open_words(least, most) if most > least else in_words(least) if least else "none"


def _night_words(now: Mapping[str, Any], count: int) -> str:
    at_night = now["counters_24_7_count"]
    if now["has_24_7"] == "not_known":
        return ""
    if count == 1:
        return " It is open 24 hours." if at_night else " It is not open at night."
    return (
        f" {capitalised(in_words(at_night)) if at_night else 'None'} {'are' if at_night > 1 else 'is'} open at night."
    )


def wards_sentence(name: str, counts: Mapping[str, Any], month: PlaceMonth | None) -> str:
    """What is known of a borough's wards: in the newest month, or by figures of their own."""
    if month is not None:
        if not month.boroughs_with_strength_count:
            return f"No ward figure was published for {name} in {month_name(month.month)}."
        unknown = month.wards_partly_known_count + month.wards_not_published_count
        said = [f"{number(month.wards_short_count)} were short"] * bool(month.wards_short_count)
        said += [f"{number(unknown)} {'is' if unknown == 1 else 'are'} not known"] * bool(unknown)
        rest = f" {capitalised(listed(said))}." if said else ""
        return (
            f"In {month_name(month.month)}, {number(month.wards_met_count)} of {possessive(name)} "
            f"{number(month.wards_count)} wards had their officers.{rest}"
        )
    met, short = counts["wards_met_evidenced_count"], counts["wards_short_count"]
    if not met + short:
        old, partly = counts["wards_last_known_count"], counts["wards_partly_known_count"]
        of_them = f"of {possessive(name)} {number(counts['wards_count'])} wards"
        if partly:
            return f"We have part of the figures for {number(partly)} {of_them}."
        if old:
            return f"We have figures for {number(old)} {of_them}, and none that still holds."
        return f"We have no figures for single wards in {name}."
    return (
        f"We have figures for {number(met + short)} of {possessive(name)} {number(counts['wards_count'])} wards: "
        f"{number(met)} had their officers and {number(short)} {'was' if short == 1 else 'were'} short."
    )


def changes_sentence(name: str, changed: Sequence[Mapping[str, Any]]) -> str:
    """How many wards have more than one figure since the promise, so that a change can be seen at all."""
    wards = "One ward" if len(changed) == 1 else f"{number(len(changed))} wards"
    return f"{wards} of {name} had two or more figures since the promise."


def proposed_sentence(proposed: Iterable[Mapping[str, Any]]) -> str:
    """Which counters are proposed to close, since when and in which words; empty where none is."""
    said = [
        f"{row['site_name']} ({full_date(row['draft_on'])}{': ' + row['draft_note'] if row['draft_note'] else ''})"
        for row in proposed
    ]
    return f"Proposed to close, nothing decided as far as we know: {listed(said)}." if said else ""


def change_words(change: float | None) -> str:
    """+2, −1, no change; not known where it is not."""
    if change is None:
        return "not known"
    if change == 0:
        return "no change"
    return f"{'+' if change > 0 else '−'}{number(abs(change))}"


def figures_sentence(name: str, current: int, plans: int, history: int) -> str:
    """How many figures and plans of its own a borough has since the promise, and how many from before it."""
    newer = [
        f"{in_words(count)} {noun}{'s' * (count != 1)}"
        for count, noun in ((current, "published figure"), (plans, "plan"))
        if count
    ]
    older = f"{in_words(history)} from before it, which are history" if history else "none from before it"
    return f"{name} has {listed(newer) or 'no published figure'} of its own since the promise, and {older}."
