"""The nouns of the dashboard: frozen dataclasses and closed lists, spelt as in the schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

PROMISED_PCS = 2
PROMISED_PCSOS = 1
PROMISED_ON = date(2016, 7, 21)
DUE_ON = date(2017, 12, 31)
DECLARED_ON = date(2017, 12, 28)
WORKBOOK_PUBLISHED_ON = date(2022, 5, 9)
# The first month of the monthly workbook as it was published in 2024; in 2026 it began in August 2021.
OLDEST_WORKBOOK_FROM = date(2018, 5, 1)
# The months of the Met's workbook with strengths by ward team, as it was last seen, in September 2026.
WORKBOOK_FROM, WORKBOOK_SEEN_TO = date(2021, 8, 1), date(2026, 7, 31)
FIRST_SITE_DAY = date(2017, 1, 1)
# The first day of the consultation on closing front counters: what was open then is what closings are counted from.
BEFORE_CONSULTATION = date(2017, 7, 14)
LONDON_CODE = "E12000007"
LONDON_TIME = ZoneInfo("Europe/London")

_DAY_TAKEN: ContextVar[date | None] = ContextVar("day_taken_for_today", default=None)


def today() -> date:
    """The day it is in London, whatever the machine's time zone, or the day taken for it."""
    return _DAY_TAKEN.get() or datetime.now(LONDON_TIME).date()


@contextmanager
def taking_for_today(day: date) -> Iterator[None]:
    """Answer as on `day`: an export made twice of the same data is the same, whenever it is made."""
    token = _DAY_TAKEN.set(day)
    try:
        yield
    finally:
        _DAY_TAKEN.reset(token)


class Evidence(StrEnum):
    """How a figure is known; never mixed with the status it supports."""

    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    DECLARED = "declared"
    LISTED = "listed"
    DEMONSTRATION = "demonstration"

    @property
    def word(self) -> str:
        """The evidence as readers see it: announced, where the data say declared."""
        return "announced" if self is Evidence.DECLARED else self.value


class Basis(StrEnum):
    """What was counted: posts are not people, and full-time equivalents are neither."""

    POSTS = "posts"
    OFFICERS = "officers"
    FTE = "fte"


class Half(StrEnum):
    """The two halves of the 2016 promise."""

    PCS = "pcs"
    PCSOS = "pcsos"


class HalfStatus(StrEnum):
    """What is known of one half of the promise in one ward on a day."""

    MET = "met"
    SHORT = "short"
    LAST_KNOWN = "last_known"
    NOT_KNOWN = "not_known"


class WardStatus(StrEnum):
    """What is known of the whole promise in one ward on a day."""

    MET = "met"
    PCS_SHORT = "pcs_short"
    PCSO_SHORT = "pcso_short"
    BOTH_SHORT = "both_short"
    PARTLY_KNOWN = "partly_known"
    LAST_KNOWN = "last_known"
    NOT_ON_SITE = "not_on_site"
    NOT_PUBLISHED = "not_published"


class Precision(StrEnum):
    """How exactly a date is known; a month or a year is dated to its first day."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class SiteStatus(StrEnum):
    """Whether a site was in use on a day."""

    OPEN = "open"
    NOT_OPEN = "not_open"
    NOT_KNOWN = "not_known"


class SiteKind(StrEnum):
    """What a place is for; only counters, contact points and contact sessions are for the public."""

    FRONT_COUNTER = "front_counter"
    DWO_HUB = "dwo_hub"
    SAFER_NEIGHBOURHOOD_BASE = "safer_neighbourhood_base"
    CONTACT_POINT = "contact_point"
    CONTACT_SESSION = "contact_session"
    POLICE_OFFICE = "police_office"


@dataclass(frozen=True)
class Finding:
    """An error in a submission: where it is, what is there, which rule it breaks and how to fix it.

    `row` counts from the header, which is row 1; None where the error is in the whole file.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    remedy: str
    is_warning: bool = False

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        value = "" if self.value is None else f" ({self.value!r})"
        kind = "warning: " if self.is_warning else ""
        return f"{where}: {kind}{self.rule}{value}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class HalfKnown:
    """What is known of one half of the promise in one ward on a day.

    `count` is None where nothing that decides is known; `publisher` is who said it; `last_met_on` is the
    newest earlier day on which this half was met, by `last_met_evidence`.
    """

    half: Half
    status: HalfStatus
    count: float | None = None
    is_minimum: bool = False
    basis: Basis | None = None
    evidence: Evidence | None = None
    as_at: date | None = None
    precision: Precision = Precision.DAY
    source_id: str | None = None
    publisher: str | None = None
    is_lapsed: bool = False
    last_met_on: date | None = None
    last_met_evidence: Evidence | None = None


@dataclass(frozen=True)
class Report:
    """What a newspaper, party, councillor or resident reported: shown, never decisive."""

    ward_code: str
    as_at: date
    precision: Precision
    dedicated_pcs: float | None
    dedicated_pcsos: float | None
    basis: Basis
    publisher: str
    source_id: str


@dataclass(frozen=True)
class Declaration:
    """A statement that every ward has the promised officers, of London or of one borough."""

    geography_code: str
    as_at: date
    precision: Precision
    publisher: str
    source_id: str


@dataclass(frozen=True)
class Figure:
    """A published figure as it stood on a day."""

    geography_code: str
    metric: str
    value: float | None
    unit: str
    kind: str
    as_at: date
    as_at_precision: Precision
    note: str | None
    source_id: str
    figure_id: str
    publisher: str
    title: str
    url: str | None
    published_on: date | None = None


@dataclass(frozen=True)
class SiteOnDay:
    """A place on a day: whether it was in use, the last word of it, and the hours then in force.

    `is_24_7` is None where no hours are known; `opening_hours_decided` are not yet in force; `undated_event` is a
    closing or opening of the month or year on a day not known, so that the state is not known either;
    `distance_m` is in a straight line from whatever was asked about, None where the place is not known.
    """

    site_id: str
    site_name: str
    site_kind: SiteKind
    borough_code: str
    borough_name: str
    address: str | None
    postcode: str | None
    lat: float | None
    lon: float | None
    location_precision: str
    ward_code_2014: str | None
    site_status: SiteStatus
    last_event: str | None
    last_event_on: date | None
    last_event_precision: Precision
    evidence: str | None
    source_id: str | None
    closed_on: date | None
    closed_precision: Precision
    opening_hours: str | None
    opening_hours_since: date | None
    opening_hours_evidence: str | None
    opening_hours_source_id: str | None
    opening_hours_decided: str | None
    is_24_7: bool | None
    opening_hours_event: str | None = None
    undated_event: str | None = None
    undated_event_on: date | None = None
    undated_event_precision: Precision = Precision.DAY
    undated_event_evidence: str | None = None
    distance_m: float | None = None

    @property
    def position(self) -> tuple[float, float] | None:
        """Its longitude and latitude where they are known to the postcode, which distances need."""
        if self.location_precision != "postcode" or self.lon is None or self.lat is None:
            return None
        return self.lon, self.lat


class KnownAs(StrEnum):
    """How a number of wards meeting one half of the promise is known."""

    PUBLISHED = "published"
    APPROXIMATE = "approximate"
    DERIVED = "derived"
    DECLARED = "declared"
    COUNTED = "counted"
    RESTATED = "restated"


class PromiseStatus(StrEnum):
    """What became of a promise, as far as is known on a day."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"
    DECLARED_BUT_NOT_EVIDENCED = "declared_but_not_evidenced"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CANNOT_BE_RATED = "cannot_be_rated"


@dataclass(frozen=True)
class ProgressPoint:
    """Wards of a place that met one half of the promise on a day (view progress_point).

    `wards_met_count` is None where only a share was published, or a statement gave no count;
    `wards_met_pct` is 0 to 100, None where a model was restated.
    """

    geography_code: str
    as_at: date
    as_at_precision: Precision
    half: Half
    wards_met_count: float | None
    wards_count: int
    wards_met_pct: float | None
    known_as: KnownAs
    publisher: str
    title: str
    url: str | None
    source_id: str
    published_on: date | None = None

    @property
    def is_bare_statement(self) -> bool:
        """Said of every ward without a count: it never displaces a count or a published share."""
        return self.known_as in (KnownAs.DECLARED, KnownAs.RESTATED) and self.wards_met_count is None


@dataclass(frozen=True)
class RequiredPace:
    """The arithmetic of reaching every ward by the due date (view required_pace_on); paces in wards a month."""

    geography_code: str
    wards_count: int
    latest_on: date
    latest_precision: Precision
    latest_count: float
    latest_known_as: KnownAs
    start_on: date
    start_count: float
    start_known_as: KnownAs
    previous_on: date | None
    previous_count: float | None
    wards_to_go_count: float
    due_on: date
    days_left: int | None
    required_wards_per_month: float | None
    achieved_wards_per_month: float | None
    achieved_since_previous_wards_per_month: float | None
    reached_at_that_pace_on: date | None

    @property
    def gained_count(self) -> float:
        """The wards gained from the first count to the latest."""
        return self.latest_count - self.start_count

    @property
    def span_days(self) -> int:
        """The days from the first count to the latest."""
        return (self.latest_on - self.start_on).days


@dataclass(frozen=True)
class InterimTarget:
    """New officers promised by Christmas 2016, and the first figure reported on or after that day."""

    target: Figure
    reported: Figure | None


@dataclass(frozen=True)
class Borough:
    """A London borough with its command unit of 2018 onwards."""

    borough_code: str
    borough_name: str
    bcu_code: str
    bcu_name: str
    is_pathfinder: bool


EVIDENCE_MEANING = {
    Evidence.PUBLISHED: "the force's own figure for this ward",
    Evidence.CONFIRMED: (
        "said of this ward by the police, City Hall or a council, or minuted at a meeting with its team"
    ),
    Evidence.REPORTED: "reported by the press, a party, a councillor or residents; never decides on its own",
    Evidence.DECLARED: "said of all wards at once, not of this one",
    Evidence.LISTED: "people listed on police.uk, which is not the same as in post",
    Evidence.DEMONSTRATION: "invented, for demonstration only",
}
WARD_STATUS_WORDS = {
    WardStatus.MET: "has its officers",
    WardStatus.PCS_SHORT: "short of constables",
    WardStatus.PCSO_SHORT: "short of a PCSO",
    WardStatus.BOTH_SHORT: "short of constables and a PCSO",
    WardStatus.PARTLY_KNOWN: "partly known",
    WardStatus.LAST_KNOWN: "last known",
    WardStatus.NOT_ON_SITE: "not on this site",
    WardStatus.NOT_PUBLISHED: "not published",
}
