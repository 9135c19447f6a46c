"""What the API answers, field by field. `as_at` is the day a figure describes; `asked_on` the day the answer is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transparency.boroughs.series import PlaceSeries
from transparency.core.vocabulary import (
    DUE_ON,
    EVIDENCE_MEANING,
    PROMISED_PCS,
    PROMISED_PCSOS,
    Borough,
    Evidence,
    HalfKnown,
    Precision,
    ProgressPoint,
    PromiseStatus,
    RequiredPace,
    SiteOnDay,
    WardStatus,
)
from transparency.crime.queries import BoroughCrimeRecord, CrimeGroup, CrimeYear
from transparency.crime.sentences import CENTRE, note
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.exhibit import Source
from transparency.listed.exhibits import SERVICE, SOURCE
from transparency.listed.queries import ListedTeam
from transparency.months.measures import FTE, MEASURES, Measure, WardMonth
from transparency.months.queries import PlaceMonth
from transparency.months.sentences import FTE_CAVEAT, RULE
from transparency.months.time import monthly_source
from transparency.outlets.shapes import (
    COUNT,
    Field,
    Shape,
    beside,
    each,
    itself,
    maybe,
    named,
    object_of,
    object_with,
    or_null,
    part,
    row,
    same,
    schema_of,
    source,
    value,
)
from transparency.places.postcodes import Descent
from transparency.places.queries import Ward
from transparency.progress.answer import answer_in_full
from transparency.progress.queries import Progress
from transparency.promises.ledger import Promise
from transparency.promises.queries import SaidAgain, StatusOnDay
from transparency.store.descriptors import catalogue
from transparency.wards.standing import WardStanding

# ---------------------------------------------------------------- sources

SOURCE_NAMED = same(Source, "publisher title url")

# ---------------------------------------------------------------- months


def _measured(measure: Measure) -> Field:
    return value(float | None, measure.of, f"{measure.sentence}. {measure.caveat}")


WARD_MONTH: Shape = {
    **same(WardMonth, "month"),
    "fte": part({it.api_name: _measured(it) for it in MEASURES if it.unit == FTE}, itself),
    "status": value(WardStatus, lambda month: month.ward_status, RULE),
    **{it.api_name: _measured(it) for it in MEASURES if it.unit != FTE},
}
PLACE_MONTH: Shape = {
    **same(PlaceMonth, "month"),
    "fte": part(same(PlaceMonth, "constable=constable_fte pcso=pcso_fte other_ranks=other_rank_fte"), itself),
    **same(PlaceMonth, "boroughs_count boroughs_with_strength_count boroughs_with_activity_count wards_count"),
    **same(PlaceMonth, "wards_met_count wards_short_count wards_partly_known_count wards_not_published_count"),
    **same(PlaceMonth, "constables_met_count constables_short_count constables_not_known_count"),
    **same(PlaceMonth, "pcso_met_count pcso_short_count pcso_not_known_count"),
    **same(PlaceMonth, "minutes minutes_abstracted abstraction_pct"),
}
MONTHS_ABOUT: Shape = {
    "rule": value(str, lambda _source: RULE),
    "caveat": value(str, lambda _source: FTE_CAVEAT),
    "source": part(SOURCE_NAMED, itself),
}


def about_months(months: Sequence[WardMonth | PlaceMonth], is_demonstration: bool) -> Source | None:
    """The source of months; None where there are none."""
    return monthly_source(is_demonstration, months[-1].month) if months else None


# ---------------------------------------------------------------- recorded crime

_WARD_CRIME = [field for field in catalogue()["ward_crime"].fields if not field.name.endswith(("_on", "_code"))]
CRIME_ABOUT: Shape = {
    "caveat": value(str, lambda crime: f"{CENTRE} {note(crime.sources, crosses_systems=True)}"),
    "sources": each(SOURCE_NAMED, lambda crime: crime.sources),
}
WARD_CRIME: Shape = {
    "year": part(row(_WARD_CRIME), lambda crime: crime.year),
    "years": each(same(CrimeYear), lambda crime: crime.years, "Each twelve months to the same month, oldest first"),
    "groups": each(
        same(CrimeGroup), lambda crime: crime.groups, "The newest year to the end of February by group, largest first"
    ),
    **CRIME_ABOUT,
}
BOROUGH_CRIME: Shape = {
    "year_ending": value(date, lambda crime: crime.year.year_ending, "Last day of the twelve months"),
    "offences": value(
        int | None, lambda crime: crime.year.offences, "Recorded in its wards of 2022; null where a month is missing"
    ),
    "offences_per_1000": value(
        float | None, lambda crime: crime.year.offences_per_1000, f"Offences per 1,000 residents of 2021. {CENTRE}"
    ),
    "wards_in_highest_quarter_count": value(
        COUNT, lambda crime: crime.year.wards_in_highest_quarter_count, "Its wards in the quarter of London's with most"
    ),
    **CRIME_ABOUT,
}

# ---------------------------------------------------------------- the series by borough

SERIES: Shape = {
    "officers": maybe(row(catalogue()["officers_per_ward"].fields), lambda series: series.officers),
    "elsewhere": each(
        row(catalogue()["elsewhere_year"].fields),
        lambda series: series.elsewhere,
        "Recorded time spent elsewhere by calendar year, oldest first, of one edition alone",
    ),
    "survey": each(
        row(catalogue()["attitude_quarter"].fields),
        lambda series: series.survey,
        "Each question of the survey in the newest quarter that had ended; estimates without margins",
    ),
    "sentences": value(
        {"type": "array", "items": schema_of(str)}, lambda series: list(series.lines), "What the three series say"
    ),
    "sources": each(SOURCE_NAMED, lambda series: series.sources, "Where each was read: public copies"),
}

# ---------------------------------------------------------------- wards

HALF: Shape = {
    **same(HalfKnown, "status count is_minimum basis evidence as_at"),
    "as_at_precision": value(Precision | None, lambda half: half.precision if half.as_at else None),
    **same(HalfKnown, "is_lapsed last_met_on"),
    "source": source(),
}


HALVES: Shape = {
    "dedicated_pcs": value(float | None, lambda standing: standing.pcs.count),
    "dedicated_pcsos": value(float | None, lambda standing: standing.pcsos.count),
    **beside({**same(HalfKnown, "as_at"), "source": source()}, lambda standing: standing.newest),
    "pcs": part(HALF, lambda standing: standing.pcs),
    "pcsos": part(HALF, lambda standing: standing.pcsos),
}
WARD_IN_LIST: Shape = {
    **beside(same(Ward, "ward_code ward_name borough_code borough_name"), lambda standing: standing.ward),
    "verdict": value(str, lambda standing: standing.verdict.text),
    **same(WardStanding, "status evidence is_lapsed"),
    **HALVES,
    "leading_month": maybe(WARD_MONTH, lambda standing: standing.month),
    "address": value(str, lambda standing: ward_path(standing.ward.ward_code)),
}
SITE: Shape = {
    **same(SiteOnDay, "site_id site_name kind=site_kind borough_code borough_name address postcode lat lon"),
    **same(SiteOnDay, "location_precision ward_code_2014 status=site_status evidence last_event last_event_on"),
    "last_event_precision": value(
        Precision | None, lambda site: site.last_event_precision if site.last_event_on else None
    ),
    **same(SiteOnDay, "undated_event undated_event_on undated_event_evidence closed_on"),
    **same(SiteOnDay, "opening_hours opening_hours_since opening_hours_evidence opening_hours_decided is_24_7"),
    "source": source(),
    "opening_hours_source": source("opening_hours_source_id"),
}
LISTED_SOURCE = {"publisher": SOURCE, "url": SERVICE, "licence": "Open Government Licence v3.0"}
LISTED: Shape = {
    "evidence": value(Evidence, lambda _team: Evidence.LISTED),
    "evidence_meaning": value(str, lambda _team: EVIDENCE_MEANING[Evidence.LISTED]),
    **same(ListedTeam),
    "source": value(object_with(dict.fromkeys(LISTED_SOURCE, schema_of(str))), lambda _team: LISTED_SOURCE),
}
PROMISED = {"dedicated_pcs": PROMISED_PCS, "dedicated_pcsos": PROMISED_PCSOS, "due_on": DUE_ON}
STAFFING = {field.name: field for field in catalogue()["staffing"].fields}
READING: Shape = {
    **same(HalfKnown, "as_at"),
    **row(STAFFING[name] for name in ("as_at_precision", "dedicated_pcs", "dedicated_pcsos")),
    **row(STAFFING[name] for name in ("is_minimum", "basis", "evidence")),
    "revision": value(COUNT, named("revision")),
    "counts_towards_promise": value(bool, named("counts"), "False before the promise was made"),
    "source": source(),
}
WARD: Shape = {
    **beside(same(Ward, "ward_code ward_name borough_code borough_name"), lambda page: page.ward),
    **beside(same(WardStanding, "day"), lambda page: page.standing),
    **beside(same(Ward, "in_force_from in_force_to"), lambda page: page.ward),
    "verdict": value(str, lambda page: page.standing.verdict.text),
    **beside(same(WardStanding, "status evidence is_lapsed"), lambda page: page.standing),
    **beside(HALVES, lambda page: page.standing),
    "promised": value(
        object_with(dict.fromkeys(PROMISED, COUNT) | {"due_on": schema_of(date)}), lambda _page: PROMISED
    ),
    "nearest_counter": maybe(
        {**SITE, "distance_m": value(COUNT, lambda site: round(site.distance_m or 0))},
        lambda page: page.access.nearest,
    ),
    "history": each(READING, lambda page: page.history),
    "neighbours": each(
        {**beside(same(Ward, "ward_code ward_name"), named("ward")), **same(WardStanding, "status")},
        lambda page: page.neighbours,
    ),
    "successors": each(same(Descent), lambda page: page.successors),
    "predecessors": each(same(Descent), lambda page: page.predecessors),
    "listed": maybe(LISTED, lambda page: page.listed),
    "crime": maybe(WARD_CRIME, lambda page: page.crime),
    "monthly": each(WARD_MONTH, lambda page: page.months),
    "monthly_about": maybe(MONTHS_ABOUT, lambda page: about_months(page.months, page.is_demonstration)),
    "borough_series": part(SERIES, lambda page: page.series),
    "address": value(str, lambda page: f"{ward_path(page.ward.ward_code)}?as_at={page.standing.day.isoformat()}"),
}

# ---------------------------------------------------------------- London and boroughs

PROGRESS: Shape = {
    **same(Progress, "as_at=day"),
    "sentence": value(str, answer_in_full),
    **same(Progress, "promise_status=status"),
    **beside(
        row(field for field in catalogue()["borough_status"].fields if field.name.endswith("_count")),
        lambda known: known.counts,
    ),
    "due_on": value(date, lambda _known: DUE_ON),
    "days_left": value(
        or_null(COUNT),
        lambda known: (DUE_ON - known.day).days if known.day <= DUE_ON else None,
        "Null once the due day has passed",
    ),
    **beside(
        same(RequiredPace, "required_wards_per_month achieved_wards_per_month pace_date=reached_at_that_pace_on"),
        lambda known: known.pace,
    ),
    "pace": maybe(same(RequiredPace), lambda known: known.pace),
    "points": each(
        {
            **same(ProgressPoint, "geography_code as_at precision=as_at_precision half wards_met_count wards_count"),
            **same(ProgressPoint, "wards_met_pct known_as publisher title url source_id"),
        },
        lambda known: known.points,
    ),
    "published_figures": value(
        {"type": "array", "items": object_of(row(catalogue()["published_figures"].fields))},
        lambda known: [vars(figure) for figure in known.figures.values()],
    ),
}
PLACE_MONTHS: Shape = {
    "monthly": each(
        PLACE_MONTH,
        lambda place: place.months,
        "The monthly series of ward teams, oldest first: full-time equivalents, by a rule of its own, never to be "
        "joined with the counts of the promise. A month that is not here is missing, not zero",
    ),
    "monthly_about": maybe(MONTHS_ABOUT, lambda place: about_months(place.months, place.is_demonstration)),
    "series": part(SERIES, lambda place: place.series),
}
LONDON: Shape = {
    "geography_code": value(str, lambda place: place.progress.geography_code),
    "geography_name": value(str, lambda place: place.progress.place),
    **beside(PROGRESS, lambda place: place.progress),
    **PLACE_MONTHS,
}
BOROUGH_WARD: Shape = {
    **beside(same(Ward, "ward_code ward_name"), named("ward")),
    **same(WardStanding, "status evidence"),
    **beside(same(HalfKnown, "as_at"), named("newest")),
    "leading_month": maybe(WARD_MONTH, named("month")),
}
BOROUGH: Shape = {
    **beside(same(Borough), lambda place: place.borough),
    **beside(PROGRESS, lambda place: place.progress),
    "wards": each(BOROUGH_WARD, lambda place: place.wards),
    "crime": maybe(BOROUGH_CRIME, lambda place: place.crime),
    **PLACE_MONTHS,
    "address": value(str, lambda place: borough_path(place.borough.borough_code)),
}


@dataclass(frozen=True)
class Place:
    """London, or a borough with its wards, on a day."""

    progress: Progress
    months: tuple[PlaceMonth, ...]
    is_demonstration: bool
    series: PlaceSeries
    borough: Borough | None = None
    wards: Sequence[WardStanding] = ()
    crime: BoroughCrimeRecord | None = None


# ---------------------------------------------------------------- promises

PROMISE: Shape = {
    **beside(
        same(Promise, "promise_id title made_by made_on made_on_precision paraphrase scope"),
        lambda entry: entry.promise,
    ),
    "due_on": value(date | None, named("due_on")),
    "status": value(PromiseStatus, named("status")),
    "status_since": value(date, lambda entry: entry.since.on),
    "rules": each(
        {"status": value(PromiseStatus, lambda rule: rule[0]), "rule": value(str, lambda rule: rule[1])},
        lambda entry: entry.promise.rules,
    ),
    "history": each(same(StatusOnDay), lambda entry: entry.history),
    "missing_evidence": value(tuple[str, ...], named("missing_evidence")),
    "repeated": each(
        {**same(SaidAgain, "on precision said"), "source": part(SOURCE_NAMED, named("source"))},
        lambda entry: entry.repeated,
    ),
    "source": part(SOURCE_NAMED, named("source")),
}
