"""The sentences of a ward: what can truly be said of it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.text import (
    capitalised,
    count_of,
    full_date,
    in_words,
    listed,
    number,
    on_date,
    precise_date,
    speaker,
)
from transparency.core.vocabulary import (
    DECLARED_ON,
    DUE_ON,
    OLDEST_WORKBOOK_FROM,
    WORKBOOK_PUBLISHED_ON,
    Basis,
    Declaration,
    Evidence,
    Figure,
    Half,
    HalfKnown,
    HalfStatus,
    Precision,
    Report,
    today,
)
from transparency.months.sentences import PROMISES_OWN_COUNT
from transparency.published.sentences import said_by

DEDICATED_LINE = "Dedicated means assigned to one ward and meant to be kept from other duties."

DAYS_IN_A_YEAR = 365
# Who spoke of officers, where the source that prints it is not of the police, City Hall or a council.
_SPOKE = {
    "clissold-panel-2017-07-19": "the ward panel's minutes",
    "clissold-panel-2018-04-18": "the ward panel's minutes",
    "clissold-panel-2018-07-18": "the ward panel's minutes",
    "clissold-panel-2019-01-16": "the ward panel's minutes",
    "park-hill-panel-2018-10-29": "the ward panel's minutes",
    "hamhigh-2019-06-bare-bones": "the area inspector in the Ham & High",
    "fawnbrake-2022-12": "a report of the ward panel in Fawnbrake News",
    "riverview-2023-12-05": "the ward's officer in The Riverview",
    "sutton-south-2024-01-10": "the police panel, as Sutton South councillors report,",
    "lno-2019-01-21": "the police in a letter, as London News Online reported,",
    "ucra-2019-05-14": "the area commander, as the Upminster and Cranham Residents Association reported,",
}


# Sources that name a place, which we read as the ward of that name.
_READ_AS = {"mayor-2017-01-04": "The Mayor named the place; we read it as the ward of that name."}

_UNITS = {
    (Half.PCS, Basis.OFFICERS): ("constable", "constables"),
    (Half.PCS, Basis.POSTS): ("constable post", "constable posts"),
    (Half.PCS, Basis.FTE): ("FTE constable", "FTE constables"),
    (Half.PCSOS, Basis.OFFICERS): ("PCSO", "PCSOs"),
    (Half.PCSOS, Basis.POSTS): ("PCSO post", "PCSO posts"),
    (Half.PCSOS, Basis.FTE): ("FTE PCSO", "FTE PCSOs"),
}


def officers(half: Half, count: float, is_minimum: bool, basis: Basis | None) -> str:
    """At least two constables; one PCSO; no constable post; 0.9 FTE constables."""
    singular, plural = _UNITS[half, basis or Basis.OFFICERS]
    noun = singular if count in (0, 1) else plural
    return ("at least " if is_minimum else "") + f"{in_words(count)} {noun}"


def officers_of_both(pcs: float | None, pcsos: float | None, basis: Basis | None) -> list[str]:
    """The officers of each half of the promise that is known, constables first."""
    halves = ((Half.PCS, pcs), (Half.PCSOS, pcsos))
    return [officers(half, count, False, basis) for half, count in halves if count is not None]


def known_how(known: HalfKnown) -> str:
    """How a half is known: confirmed by the Mayor on 4 January 2017; said by the area inspector in …"""
    assert known.as_at is not None  # noqa: S101 - a known half has its date
    when = on_date(known.as_at, known.precision)
    if known.evidence is Evidence.DECLARED:
        return f"announced for every ward {when}"
    if known.evidence is Evidence.PUBLISHED:
        return f"published by {speaker(known.publisher)} {when}"
    if known.evidence is Evidence.DEMONSTRATION:
        return f"invented for demonstration, {precise_date(known.as_at, known.precision)}"
    if known.source_id in _SPOKE:
        return f"said by {_SPOKE[known.source_id]} {when}"
    return f"confirmed by {speaker(known.publisher)} {when}"


def half_phrase(known: HalfKnown) -> str:
    """Both words for one half in a table or under the picture: count, evidence and date."""
    if known.count is None:
        return "not known"
    phrase = f"{officers(known.half, known.count, known.is_minimum, known.basis)}, {known_how(known)}"
    if known.basis is Basis.POSTS:
        phrase += " (posts, not people)"
    if known.status is HalfStatus.LAST_KNOWN:
        phrase += ", last known"
    return phrase


@dataclass(frozen=True)
class Verdict:
    """The answer for a ward on a day, how we know it, and what stands beside it: London's figures, reports."""

    sentence: str
    how: str
    context: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join((self.sentence, self.how, *self.context))


def repetitions_phrase(repetitions: Iterable[Declaration]) -> str:
    """By the Mayor on 1 November 2018 and on 17 January 2019, and by …; empty when never."""
    by_speaker: dict[str, list[str]] = {}
    for said in repetitions:
        who = _SPOKE.get(said.source_id) or speaker(said.publisher)
        by_speaker.setdefault(who, []).append(on_date(said.as_at, said.precision))
    return ", and ".join(f"by {who} {listed(days)}" for who, days in by_speaker.items())


def ward_verdict(
    ward_name: str,
    day: date,
    pcs: HalfKnown,
    pcsos: HalfKnown,
    repetitions: Sequence[Declaration] = (),
    report: Report | None = None,
    london: Mapping[str, Figure] | None = None,
    own: HalfKnown | None = None,
    has_months: bool = False,
    is_workbook_missing: bool = False,
    borough: Mapping[str, Figure] | None = None,
    drawn_on: date | None = None,
) -> Verdict:
    """What can truly be said of a ward on a day.

    `repetitions` are declarations made since what is known, of this ward's borough or of London, `report` what
    was reported since what decides, `london` London's figures by metric as they stood on the day,
    `own` the newest figure of the ward itself where a later declaration decides; `has_months` is whether months of
    the monthly series are stored, `is_workbook_missing` whether they cover the day and are not, `borough` the
    borough's figures by metric, `drawn_on` the day the ward came into force, where that is known.
    """
    no_figure = no_own_figure(ward_name, day, has_months, is_workbook_missing)
    if pcs.count is None and pcsos.count is None:
        when = "has today" if day == today() else f"had on {full_date(day)}"
        sentence, how = f"We do not know how many officers {ward_name} {when}.", no_figure
    elif not is_fresh(pcs) and not is_fresh(pcsos):
        sentence = _last_known_sentence(ward_name, pcs, pcsos)
        how = f"{_how_known(pcs, pcsos)} {_nothing_newer(ward_name, repetitions)}"
        if is_workbook_missing:
            how = f"{how} {no_figure}"
    elif not _is_evidenced(pcs) and not _is_evidenced(pcsos):
        sentence = _announced_sentence(ward_name, pcs, pcsos)
        newest = f"The newest figure for {ward_name} itself is older: {half_phrase(own)}." if own else no_figure
        how = f"{_how_announced(pcs, pcsos, repetitions, drawn_on)} {newest}"
    else:
        sentence, how = _evidenced_sentence(ward_name, pcs, pcsos), _how_known(pcs, pcsos)
    context = []
    if report is not None:
        context.append(_report_sentence(report))
    context.append(_due_sentence(day))
    if not _is_evidenced(pcs) or not _is_evidenced(pcsos):
        context.append(_second_officers_sentence(borough or {}, day))
        context.append(london_sentence(london or {}))
    return Verdict(sentence, how, tuple(text for text in context if text))


def is_fresh(known: HalfKnown) -> bool:
    return known.count is not None and known.status is not HalfStatus.LAST_KNOWN


def _is_evidenced(known: HalfKnown) -> bool:
    return is_fresh(known) and known.evidence is not Evidence.DECLARED


def no_own_figure(ward_name: str, day: date, has_months: bool, is_workbook_missing: bool) -> str:
    """Why there is no figure of this ward: not on this site, in another unit, or not published."""
    if is_workbook_missing:
        later = "later " if day < WORKBOOK_PUBLISHED_ON else ""
        return f"The Met {later}published monthly figures for each ward team; this site has not loaded them."
    if has_months:
        return f"No count of officers was published for {ward_name} itself; the monthly figures are in FTE."
    if day < OLDEST_WORKBOOK_FROM:
        return f"Nothing was published for {ward_name} itself."
    when = "" if day == today() else " on that day"
    return (
        f"The Met's monthly figures, last seen in September 2026, have no figure we can rely on for {ward_name}{when}."
    )


def _announced_sentence(ward_name: str, pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """City Hall said Abbey had at least two constables and one PCSO, like every ward."""
    known = [half for half in (pcs, pcsos) if half.count is not None]
    who = capitalised(speaker(known[0].publisher))
    return _with_unknown(f"{who} said {ward_name} had {_joined_counts(known)}, like every ward.", pcs, pcsos)


def _how_announced(pcs: HalfKnown, pcsos: HalfKnown, repetitions: Sequence[Declaration], drawn_on: date | None) -> str:
    first = pcs if pcs.as_at is not None else pcsos
    assert first.as_at is not None  # noqa: S101 - a known half has its date
    how = f"Announced for every ward {on_date(first.as_at, first.precision)}, not checked."
    if drawn_on is not None and drawn_on > first.as_at:
        how = f"{how} This ward was drawn later, on {full_date(drawn_on)}."
    again = repetitions_phrase(repetitions)
    return f"{how} Said again {again}." if again else how


def _nothing_newer(ward_name: str, repetitions: Sequence[Declaration]) -> str:
    """That no later figure of the ward itself is known, and what was announced since of every ward."""
    said = f"We know of nothing newer for {ward_name} itself."
    since = repetitions_phrase(repetitions)
    return f"{said} Since then every ward was said to have its officers {since}." if since else said


def _last_known_sentence(ward_name: str, pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """Last known: Abbey had two constables and one PCSO, in October 2018."""
    dated = [half for half in (pcs, pcsos) if half.as_at is not None]
    when = max((half for half in dated), key=lambda half: half.as_at or date.min)
    assert when.as_at is not None  # noqa: S101 - filtered above
    precision = Precision.YEAR if when.precision is Precision.YEAR else Precision.MONTH
    return f"Last known: {ward_name} had {_joined_counts(dated)}, {on_date(when.as_at, precision)}."


def _how_known(pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """How each half is known, said once where both are known alike; what posts do not show; and what was before."""
    known = [half for half in (pcs, pcsos) if half.count is not None]
    ways = list(dict.fromkeys(known_how(half) for half in known))
    nouns = {Half.PCS: "Constables", Half.PCSOS: "PCSO"}
    if len(ways) == 1:
        said = [f"{capitalised(ways[0])}."]
    else:
        said = [f"{nouns[half.half]}: {known_how(half)}." for half in known]
    said += [_READ_AS[source] for source in dict.fromkeys(half.source_id or "" for half in known) if source in _READ_AS]
    if Basis.POSTS in (pcs.basis, pcsos.basis):
        said.append("Posts are not people, so this does not show whether the promise was kept.")
    lapsed = next((half for half in known if half.is_lapsed and half.last_met_on is not None), None)
    if lapsed is not None and lapsed.last_met_on is not None:
        before = "was announced as kept" if lapsed.last_met_evidence is Evidence.DECLARED else "was kept"
        said.append(f"The promise {before} on {full_date(lapsed.last_met_on)}; here it was not any more.")
    return " ".join(said)


def _second_officers_sentence(borough: Mapping[str, Figure], day: date) -> str:
    """What was said of a borough's second officers; empty once it is over a year old, or where nothing was said."""
    second = borough.get("new_dwo_second_officer")
    if second is None or second.value is None or (day - second.as_at).days > DAYS_IN_A_YEAR:
        return ""
    when = capitalised(on_date(second.as_at, second.as_at_precision))
    who, count = speaker(second.publisher), number(second.value)
    wards, pcsos = borough.get("pcso_total"), ""
    if wards is not None and wards.value is not None and wards.source_id == second.source_id:
        pcsos = f", and that there were {number(wards.value)} PCSOs, one for each ward"
    return (
        f"{when} {who} said that {count} second officers brought every ward to two constables{pcsos}. None was counted."
    )


def _joined_counts(known: Sequence[HalfKnown]) -> str:
    """At least two dedicated constables and one PCSO: the shared "at least" said once."""
    counts = []
    for position, half in enumerate(known):
        assert half.count is not None  # noqa: S101 - the caller passes known halves only
        shares = position > 0 and half.is_minimum and known[0].is_minimum
        counts.append(officers(half.half, half.count, half.is_minimum and not shares, half.basis))
    return " and ".join(counts)


def _evidenced_sentence(ward_name: str, pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """Abbey had one of its two constables and one PCSO on 4 January 2017. Or: … Its PCSO is not known."""
    known = [half for half in (pcs, pcsos) if half.count is not None and half.evidence is not Evidence.DECLARED]
    dates = [on_date(half.as_at, half.precision) for half in known if half.as_at is not None]
    if len(set(dates)) == 1:
        said = f"{' and '.join(of_promised(half) for half in known)} {dates[0]}"
    else:
        said = " and ".join(f"{of_promised(half)} {_month_of(half)}" for half in known)
    return _with_unknown(f"{ward_name} had {said}.", pcs, pcsos)


def _month_of(known: HalfKnown) -> str:
    assert known.as_at is not None  # noqa: S101 - a known half has its date
    return on_date(known.as_at, Precision.MONTH if known.precision is Precision.DAY else known.precision)


def of_promised(known: HalfKnown) -> str:
    """One of its two constables, no PCSO, 0.8 of the one PCSO promised; where it is not short, what there is."""
    assert known.count is not None  # noqa: S101 - the caller passes known halves only
    if known.status is not HalfStatus.SHORT:
        return officers(known.half, known.count, known.is_minimum, known.basis)
    if known.half is Half.PCS:
        return f"{in_words(known.count) if known.count else 'none'} of its two constables"
    return f"{in_words(known.count)} of the one PCSO promised" if known.count else "no PCSO"


def _with_unknown(sentence: str, pcs: HalfKnown, pcsos: HalfKnown) -> str:
    """The sentence, and of a half that it leaves out that it is not known, or was only announced."""
    is_mixed = any(half.count is not None and half.evidence is not Evidence.DECLARED for half in (pcs, pcsos))
    for half, is_not, was in ((pcs, "Its constables are", "constables were"), (pcsos, "Its PCSO is", "PCSO was")):
        if half.count is None:
            return f"{sentence} {is_not} not known."
        if is_mixed and half.evidence is Evidence.DECLARED:
            return f"{sentence} Its {was} announced, not checked."
    return sentence


def _report_sentence(report: Report) -> str:
    said = officers_of_both(report.dedicated_pcs, report.dedicated_pcsos, report.basis)
    when = on_date(report.as_at, report.precision)
    return (
        f"{capitalised(when)} {speaker(report.publisher)} reported {listed(said)}; no official source seen confirms it."
    )


def _due_sentence(day: date) -> str:
    return f"The promise was to be kept by {full_date(DUE_ON)}." if day <= DUE_ON else ""


def london_sentence(london: Mapping[str, Figure]) -> str:
    """London's newest figure for wards with two constables (and with a PCSO), as at its own date."""
    pcs_pct, pcso_pct = london.get("wards_with_two_pcs_percent"), london.get("wards_with_pcso_percent")
    if pcs_pct is not None and pcs_pct.value is not None:
        sentence = (
            f"{capitalised(on_date(pcs_pct.as_at, pcs_pct.as_at_precision))}, {number(pcs_pct.value)}% "
            "of London's wards had two constables"
        )
        if pcso_pct is not None and pcso_pct.value is not None:
            sentence += f" and {number(pcso_pct.value)}% a PCSO"
        return f"{sentence}; which wards was not said. Source: {said_by(pcs_pct.source_id, pcs_pct.publisher)}."
    wards, total = london.get("wards_with_two_pcs"), london.get("wards_total")
    if wards is None or wards.value is None or total is None or total.value is None:
        return "No figure for London had been published."
    when = on_date(wards.as_at, wards.as_at_precision)
    if wards.as_at == DECLARED_ON:
        return f"London's newest figure was announced {when}: all {number(wards.value)} wards."
    about = "about " if wards.kind in ("approximate", "derived") else ""
    sentence = f"Across London {about}{count_of(wards.value, total.value, 'wards')} had two constables {when}"
    delivered = london.get("wards_second_pc_delivered")
    if wards.kind == "derived" and delivered is not None and delivered.value is not None:
        before = wards.value - delivered.value
        sentence += f" (our sum: about {number(before)} before, {number(delivered.value)} since)"
    return sentence + "."


def borough_sentence(borough: dict[str, Any], day: date) -> str:
    """What is known of a borough's wards on a day (a row of `borough_status_on`), each evidence separately."""
    parts = [
        f"{number(borough[column])} {words}"
        for column, words in (
            ("wards_met_evidenced_count", "met on evidence"),
            ("wards_met_declared_count", "announced, not checked"),
            ("wards_short_count", "short"),
            ("wards_partly_known_count", "partly known"),
            ("wards_last_known_count", "last known over a year before"),
            ("wards_not_on_site_count", "not on this site"),
            ("wards_not_published_count", "not published"),
        )
        if borough[column]
    ]
    return f"{borough['borough_name']} on {full_date(day)}, of {number(borough['wards_count'])} wards: {listed(parts)}."


def led_by_month(sentence: str, how: str, earlier: Verdict, is_known_otherwise: bool) -> Verdict:
    """The verdict of a day with a month within reach: the month first, then what the promise's own count says, which
    is left out where it would only say that nothing is known."""
    own_count = (f"{PROMISES_OWN_COUNT} {earlier.sentence}",) if is_known_otherwise else ()
    return Verdict(sentence, how, (*own_count, *earlier.context))
