"""The answer for one ward on one day, gathered once for the dashboard, the plain page, the API and the print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from transparency.boroughs.series import PlaceSeries, lines_html, place_series
from transparency.core.text import distance, full_date, on_date, precise_date
from transparency.core.vocabulary import (
    EVIDENCE_MEANING,
    OLDEST_WORKBOOK_FROM,
    PROMISED_PCS,
    PROMISED_PCSOS,
    Basis,
    Evidence,
    Half,
    HalfKnown,
    Precision,
    SiteKind,
    today,
)
from transparency.counters.queries import WardAccess, ward_access
from transparency.counters.sentences import BEFORE_LIST, NO_CENTRE, counter_line, site_line
from transparency.crime.exhibits import ward_exhibits
from transparency.crime.queries import WardCrimeRecord, has_crime, month_end, ward_crime
from transparency.crime.sentences import BY_WARDS_OF_2022, missing_sentence
from transparency.exhibits.addresses import borough_address, ward_address
from transparency.exhibits.cells import SOURCE, first_sources
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Link, Source, Table, table
from transparency.exhibits.html import render, still_exhibit_html
from transparency.exhibits.marks import half_mark, month_mark
from transparency.listed.exhibits import listed_html
from transparency.listed.queries import ListedTeam, TeamName, listed_team, team_name
from transparency.listed.sentences import team_name_sentence
from transparency.months.charts import StrengthPoint, strength_alt, strength_svg
from transparency.months.measures import WardMonth, measure_columns
from transparency.months.queries import ward_months
from transparency.months.sentences import FTE_CAVEAT, PROGRAMME, RULE, SHARE_CAVEAT
from transparency.months.time import MONTH, WORKBOOK, monthly_source, ring_fencing_address
from transparency.places.postcodes import Descent, predecessors, successors
from transparency.places.queries import Ward, find_ward
from transparency.store.store import Store
from transparency.wards.history_chart import history_alt, history_svg
from transparency.wards.officers_chart import officers_alt, officers_svg
from transparency.wards.queries import (
    StaffingRow,
    WardChange,
    WardPlan,
    boroughs_on,
    ward_change,
    ward_history,
    ward_plans,
)
from transparency.wards.standing import WardStanding, near_wards, ward_standing
from transparency.wards.unknowns import Unknown, unknowns
from transparency.wards.verdict import (
    DEDICATED_LINE,
    EMERGENCY_LINE,
    borough_sentence,
    half_phrase,
    london_sentence,
    no_own_figure,
    officers_of_both,
)

MONTHS_SHOWN = 12
METRICS = ("new_dwo_second_officer", "wards_with_two_pcs_percent", "wards_with_pcso_percent", "wards_with_two_pcs")
PROMISED = {
    Half.PCS: ("Police constables (PCs)", PROMISED_PCS),
    Half.PCSOS: ("Police community support officer (PCSO)", PROMISED_PCSOS),
}
TEAM_PAGE = "https://www.met.police.uk/area/your-area/"


@dataclass(frozen=True)
class WardPage:
    """Everything shown of a ward on a day."""

    standing: WardStanding
    asked_on: date
    history: tuple[StaffingRow, ...]
    neighbours: tuple[WardStanding, ...]
    is_near_by_centre: bool
    months: tuple[WardMonth, ...]
    plans: tuple[WardPlan, ...]
    change: WardChange | None
    borough: dict[str, Any]
    access: WardAccess
    successors: tuple[Descent, ...]
    predecessors: tuple[Descent, ...]
    unknowns: tuple[Unknown, ...]
    listed: ListedTeam | None
    team_name: TeamName | None
    crime: WardCrimeRecord | None
    crime_exhibits: tuple[Exhibit, ...]
    crime_is_of: tuple[Descent, ...]
    is_crime_missing: bool
    series: PlaceSeries
    data_version: str
    is_demonstration: bool

    @property
    def ward(self) -> Ward:
        return self.standing.ward

    @property
    def address(self) -> str:
        """The permanent address of this answer within the site."""
        return ward_address(self.ward.ward_code, self.standing.day)


def ward_page(store: Store, ward_code: str, asked_on: date) -> WardPage:
    """Gather the answer; raises UnknownPlaceError for a code of no ward."""
    ward = find_ward(store, ward_code)
    standing = ward_standing(store, ward, asked_on)
    day = standing.day
    access = ward_access(store, ward.ward_code, ward.lat, ward.lon, day)
    neighbours, is_near_by_centre = near_wards(store, ward, day)
    crime = ward_crime(store, ward_code, day)
    return WardPage(
        standing=standing,
        asked_on=asked_on,
        history=ward_history(store, ward_code, day),
        neighbours=neighbours,
        is_near_by_centre=is_near_by_centre,
        months=tuple(each for each in ward_months(store, ward_code) if each.as_at <= day),
        plans=ward_plans(store, ward_code, day),
        change=ward_change(store, ward_code, day),
        borough=boroughs_on(store, day)[ward.borough_code],
        access=access,
        successors=successors(store, ward_code) if ward.in_force_to is not None and asked_on > ward.in_force_to else (),
        predecessors=predecessors(store, ward_code) if ward.first_vintage >= 2022 else (),
        unknowns=unknowns(standing, has_published_hub(access)),
        listed=listed_team(store, ward_code, day) if ward.in_force_to is None else None,
        team_name=team_name(store, ward_code, day),
        crime=crime,
        crime_exhibits=ward_exhibits(store, ward_code, month_end(day)),
        crime_is_of=successors(store, ward_code) if has_crime(store) and ward.last_vintage < 2022 else (),
        is_crime_missing=has_crime(store) and ward.last_vintage >= 2022 and crime is None,
        series=place_series(store, day, ward.borough_code),
        data_version=store.data_version,
        is_demonstration=store.is_demonstration,
    )


def has_published_hub(access: WardAccess) -> bool:
    """Whether a hub is published for the ward, in use or not known to have ended."""
    return any(site.site_kind is SiteKind.DWO_HUB for site in access.sites_of_ward)


def _head(standing: WardStanding, asked_on: date, level: int) -> dict[str, Any]:
    """What the template of the answer's beginning needs."""
    return {
        "standing": standing,
        "asked_on": asked_on,
        "ward": standing.ward,
        "level": level,
        "mark": standing.mark,
        "month_mark": month_mark,
        "officers_image": _officers_image(*leading_halves(standing)),
    }


def ward_head_html(standing: WardStanding, asked_on: date) -> str:
    """The beginning of the answer alone: the ward, its verdict and the officers against the promise."""
    return render("ward_head.html", **_head(standing, asked_on, 1))


def ward_html(page: WardPage, *, level: int = 1) -> str:
    """The whole answer as one piece of HTML, in the order residents ask."""
    standing = page.standing
    has_centre = page.ward.lat is not None
    return render(
        "ward.html",
        **_head(standing, page.asked_on, level),
        page=page,
        evidence_meaning=EVIDENCE_MEANING.get(standing.evidence) if standing.evidence else None,
        own_officers_image=_officers_image(standing.pcs, standing.pcsos),
        officers_table=officers_table(page),
        history_image=Image(history_svg(page.history, standing.day, page.ward.ward_name), history_alt(page.history)),
        history_table=history_table(page),
        compared_table=compared_table(page),
        plan_sentences=[plan_sentence(plan) for plan in page.plans],
        change_sentence=change_sentence(page.change),
        sources=standing_sources(standing, page.history),
        distance=distance,
        on_date=on_date,
        dedicated_line=DEDICATED_LINE,
        emergency_line=EMERGENCY_LINE,
        borough_sentence=borough_sentence(page.borough, standing.day),
        london_line=london_sentence(standing.london),
        team_page=TEAM_PAGE,
        is_today=page.asked_on == today(),
        no_history=no_history(standing),
        report_href=report_href(page),
        nearest_line=nearest_line(page.access, has_centre),
        nearest_24_7_line=counter_line(page.access.nearest_24_7) if has_centre else NO_CENTRE,
        site_line=site_line,
        listed_part=_listed_part(page, level + 1),
        crime_part=_crime_part(page, level + 1),
        by_wards_of_2022=BY_WARDS_OF_2022,
        crime_missing=missing_sentence(page.ward.ward_name),
        team_name_sentence=team_name_sentence,
        series_part=_series_part(page, level + 1),
        monthly_table=monthly_table(page),
        monthly_image=monthly_image(page),
        monthly_source_line=monthly_source_line(page),
        programme=PROGRAMME,
        monthly_rule=RULE,
        fte_caveat=FTE_CAVEAT,
        share_caveat=SHARE_CAVEAT,
        ring_fencing_address=ring_fencing_address,
        share=share,
        ward_address=ward_address,
    )


def _listed_part(page: WardPage, level: int) -> Markup:
    """Who is listed today; nothing for a ward that has ended, nor for a past day on which police.uk was not read."""
    ward = page.ward
    if ward.in_force_to is not None or (page.listed is None and page.asked_on < today()):
        return Markup()
    html = listed_html(page.listed, ward.ward_code, ward.ward_name, page.standing.day, level)
    return Markup(html)  # noqa: S704 - rendered by our escaping template


def _crime_part(page: WardPage, level: int) -> Markup:
    levels = enumerate(page.crime_exhibits, level)  # its groups are a part of its years
    html = "".join(still_exhibit_html(exhibit, place, is_table_open=False) for place, exhibit in levels)
    return Markup(html)  # noqa: S704 - rendered by our escaping template


def _series_part(page: WardPage, level: int) -> Markup:
    """The series of the ward's borough, said to be the borough's."""
    name = page.ward.borough_name
    more = Link(f"More on {name}", borough_address(page.ward.borough_code, page.standing.day))
    return lines_html(page.series, series_title(name), more, level)


def series_title(borough_name: str) -> str:
    """That what follows is the borough's."""
    return f"For all of {borough_name}, not for this ward"


def _officers_image(pcs: HalfKnown, pcsos: HalfKnown) -> Image:
    return Image(officers_svg(pcs, pcsos), officers_alt(pcs, pcsos))


def leading_halves(standing: WardStanding) -> tuple[HalfKnown, HalfKnown]:
    """Both halves as the verdict speaks of them: of the month that leads it, else of the promise's own count."""
    month = standing.month
    if month is None:
        return standing.pcs, standing.pcsos
    evidence = Evidence.DEMONSTRATION if standing.is_demonstration else Evidence.PUBLISHED
    source = monthly_source(standing.is_demonstration, month.month)
    constables, pcsos = (
        HalfKnown(
            half, status, count, basis=Basis.FTE, evidence=evidence, as_at=month.as_at, precision=Precision.MONTH,
            publisher=source.publisher,
        )
        for half, status, count in (
            (Half.PCS, month.constable_status, month.constable_fte),
            (Half.PCSOS, month.pcso_status, month.pcso_fte),
        )
    )  # fmt: skip
    return constables, pcsos


def officers_table(page: WardPage) -> Table:
    """What the picture shows: one row for each half of the promise."""
    standing = page.standing
    columns = (
        Column("half", "Half of the promise", cell=lambda known: PROMISED[known.half][0]),
        Column("promised", "Promised", True, lambda known: PROMISED[known.half][1]),
        Column("known", "Known", cell=half_phrase),
        Column("status", "Status", cell=half_mark),
    )
    caption = f"Promised and known, {page.ward.ward_name}, {full_date(standing.day)}"
    return table(caption, columns, (standing.pcs, standing.pcsos))


def monthly_table(page: WardPage) -> Table:
    """The newest twelve months of the monthly series, newest first; a month that is not published stays so."""
    columns = (
        MONTH,
        Column("status", "By the monthly rule", cell=lambda each: month_mark(each.ward_status)),
        *measure_columns(),
    )
    newest = reversed(page.months[-MONTHS_SHOWN:])
    caption = f"Monthly strength, {page.ward.ward_name}, in full-time equivalents"
    return table(caption, columns, newest, "not published")


def monthly_source_line(page: WardPage) -> str:
    """The workbook as at the ward's newest month; empty without one."""
    if not page.months:
        return ""
    source = monthly_source(page.is_demonstration, page.months[-1].month)
    return f"{source.publisher}, {source.title}, {source.as_at_words}"


def monthly_image(page: WardPage) -> Image | None:
    """The ward's strength by month, in a picture of its own."""
    points = [StrengthPoint(each.month, each.constable_fte, each.pcso_fte) for each in page.months]
    if not points:
        return None
    return Image(strength_svg(points, page.ward.ward_name), strength_alt(points))


def no_history(standing: WardStanding) -> str:
    """That no figure of the ward is known, and why."""
    name, day = standing.ward.ward_name, standing.day
    why = no_own_figure(name, day, standing.has_months, standing.is_workbook_missing)
    return f"No figure of {name} itself is stored for any day up to {full_date(day)}. {why}"


def history_table(page: WardPage) -> Table:
    """Every row about the ward, newest first, those before the promise said to be so."""
    columns = (
        Column("as_at", "As at", cell=_as_at),
        Column("dedicated_pcs", "Constables", True, lambda row: _minimum(row.dedicated_pcs, row.is_minimum)),
        Column("dedicated_pcsos", "PCSOs", True, lambda row: _minimum(row.dedicated_pcsos, row.is_minimum)),
        Column("evidence", "How it is known", cell=lambda row: row.evidence + ", posts" * (row.basis is Basis.POSTS)),
        SOURCE,
    )
    return table(f"What has been published about {page.ward.ward_name}", columns, page.history)


def _as_at(row: StaffingRow) -> str:
    return precise_date(row.as_at, row.as_at_precision) + ("" if row.counts else " (before the promise)")


def compared_table(page: WardPage) -> Table:
    """This ward beside its neighbours, each with its status, evidence and own date."""
    columns = (
        Column("ward_name", "Ward", cell=lambda standing: _name_beside(page, standing.ward)),
        Column("status", "The promise", cell=attrgetter("mark")),
        Column("dedicated_pcs", "Constables", True, lambda it: _minimum(it.pcs.count, it.pcs.is_minimum)),
        Column("dedicated_pcsos", "PCSOs", True, lambda it: _minimum(it.pcsos.count, it.pcsos.is_minimum)),
        Column("as_at", "As at", cell=lambda standing: standing.newest and standing.newest.as_at),
    )
    what = "wards with the nearest centres" if page.is_near_by_centre and page.neighbours else "neighbouring wards"
    caption = f"{page.ward.ward_name} and {what}, {full_date(page.standing.day)}"
    return table(caption, columns, (page.standing, *page.neighbours))


def _name_beside(page: WardPage, ward: Ward) -> Cell:
    """The ward itself by name, another with a link to its page on the day asked where that is the day of the answer."""
    if ward is page.ward:
        return f"{ward.ward_name} (this ward)"
    day = page.standing.day if page.asked_on == page.standing.day else None
    return Link(f"{ward.ward_name} ({ward.borough_name})", ward_address(ward.ward_code, day))


def _minimum(count: float | None, is_minimum: bool | None) -> Cell:
    if count is None:
        return None
    return f"at least {count:g}" if is_minimum else count


def plan_sentence(plan: WardPlan) -> str:
    planned = officers_of_both(plan.planned_pcs, plan.planned_pcsos, Basis.POSTS)
    due = f" by {full_date(plan.due_on)}" if plan.due_on else ""
    said = on_date(plan.announced_on, plan.announced_on_precision)
    return f"Planned: {' and '.join(planned)}{due}, as announced {said}. A plan is not staffing and never counts."


def change_sentence(change: WardChange | None) -> str:
    """What changed between the ward's two latest rows, or that it cannot be said."""
    if change is None:
        return ""
    newer = precise_date(change.as_at, change.as_at_precision)
    older = precise_date(change.previous_as_at, change.previous_as_at_precision)
    parts = [
        f"no change in {noun}" if value == 0 else f"{value:+g} {noun}".replace("-", "−")
        for value, noun in ((change.dedicated_pcs_change, "constables"), (change.dedicated_pcsos_change, "PCSOs"))
        if value is not None
    ]
    if not parts:
        return (
            f"Between {older} and {newer} the change cannot be given: one of the two is a minimum, "
            "counts something else or is not known."
        )
    return f"Between {older} and {newer}: {' and '.join(parts)}."


def standing_sources(standing: WardStanding, history: Sequence[StaffingRow]) -> tuple[Source, ...]:
    """The source of every row about the ward, newest first, of its borough's and London's figures, each once."""
    figures = [known[metric] for known in (standing.borough, standing.london) for metric in METRICS if metric in known]
    workbook = () if standing.day < OLDEST_WORKBOOK_FROM else (WORKBOOK,)
    return (*first_sources((*history, *figures)), *workbook)


def nearest_line(access: WardAccess, has_centre: bool) -> str:
    """The nearest open counter in one line, or why none is named."""
    if access.is_before_list:
        return f"{BEFORE_LIST}."
    if not has_centre:
        return NO_CENTRE
    return counter_line(access.nearest, access.counters_possibly_nearer)


def share(part: float) -> str:
    """A share of an area: 76 %, or less than 1 %."""
    return f"{100 * part:.0f} %" if part >= 0.005 else "less than 1 %"


def report_href(page: WardPage) -> str:
    """The address that reports an error, carrying ward, measure, day and data version."""
    return (
        f"/about?report=ward_status&ward={page.ward.ward_code}&as_at={page.standing.day.isoformat()}"
        f"&data_version={page.data_version}"
    )
