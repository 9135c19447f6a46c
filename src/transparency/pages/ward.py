"""The answer for one ward on one day as HTML, in the order residents ask: answer, map, where to go, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from transparency.boroughs.series import lines_html
from transparency.core.text import on_date
from transparency.core.vocabulary import EVIDENCE_MEANING, Evidence, HalfKnown, today
from transparency.counters.exhibits import site_address
from transparency.counters.queries import is_by_notices
from transparency.counters.sentences import (
    BEFORE_LIST,
    BY_NOTICES,
    HOURS_NOT_KNOWN,
    NO_CENTRE,
    hours,
    hours_doubt,
    opening_words,
    site_line,
)
from transparency.crime.sentences import BY_WARDS_OF_2022, missing_sentence
from transparency.exhibits.addresses import borough_address, ward_address
from transparency.exhibits.exhibit import Exhibit, Image, Link, Mark
from transparency.exhibits.html import render, still_exhibit_html
from transparency.exhibits.marks import month_mark
from transparency.listed.exhibits import listed_html
from transparency.listed.sentences import event_when, team_name_sentence
from transparency.months.measures import WardMonth
from transparency.months.queries import ward_months
from transparency.months.strip import strip_image
from transparency.months.time import WORKBOOK, ring_fencing_address
from transparency.pages.ward_changes import ward_releases
from transparency.pages.ward_events import Event, counter_events, no_counter_event, officer_events
from transparency.pages.ward_map import OF_ENDED, ON_SCREEN, ward_map
from transparency.pages.ward_record import WardPage, leading_halves, standing_sources
from transparency.pages.ward_tables import (
    change_sentence,
    history_table,
    no_history,
    officers_table,
    plan_sentence,
    share,
    ward_questions,
)
from transparency.store.store import Store
from transparency.wards.history_chart import history_alt, history_svg
from transparency.wards.officers_chart import officers_alt, officers_svg
from transparency.wards.standing import WardStanding
from transparency.wards.verdict import DEDICATED_LINE, borough_sentence, london_sentence

TEAM_PAGE = "https://www.met.police.uk/area/your-area/"
POLICE_UK = "https://www.police.uk/pu/your-area/"
# How we know, in four steps: published for this ward, said of it, announced for all, not known.
STEPS = {
    Evidence.PUBLISHED: "●●●",
    Evidence.DEMONSTRATION: "●●●",
    Evidence.CONFIRMED: "●●○",
    Evidence.REPORTED: "●●○",
    Evidence.DECLARED: "●○○",
}
NOT_KNOWN = "○○○"
RELEASES_SHOWN, MOST_ENTRIES = 3, 8


def ended_sentence(standing: WardStanding) -> str:
    """That a ward is no more: what a reader of today has to know of it first."""
    ended_on = standing.ward.in_force_to
    assert ended_on is not None  # noqa: S101 - asked of an ended ward only
    return f"{standing.ward.ward_name} was abolished in {ended_on:%B %Y}. Choose your ward today."


def _head(standing: WardStanding, months: Sequence[WardMonth], asked_on: date, level: int) -> dict[str, Any]:
    """What the template of the answer's beginning needs; `months` are those up to the day, for the strip."""
    ended_on = standing.ward.in_force_to
    pcs, pcsos = leading_halves(standing)
    return {
        "standing": standing,
        "asked_on": asked_on,
        "ward": standing.ward,
        "level": level,
        "mark": leading_mark(standing),
        "steps": how_sure(standing),
        "officers_image": _officers_image(pcs, pcsos),
        "strip": strip_image(months) if standing.month else None,
        "is_ended": ended_on is not None and asked_on > ended_on,
        "ended_sentence": ended_sentence,
        "dataset_page": WORKBOOK.url if standing.is_workbook_missing and asked_on == today() else "",
    }


def leading_mark(standing: WardStanding) -> Mark:
    """The mark of what the verdict speaks of: the month that leads it, else the promise's own count."""
    return month_mark(standing.month.ward_status) if standing.month else standing.mark


def how_sure(standing: WardStanding) -> str:
    """The step by which the newest of what the verdict speaks of is known."""
    halves = [half for half in leading_halves(standing) if half.evidence]
    newest = max(halves, key=lambda half: half.as_at or standing.day, default=None)
    return STEPS[newest.evidence] if newest and newest.evidence else NOT_KNOWN


def ward_head_html(store: Store, standing: WardStanding, asked_on: date) -> str:
    """The beginning of the answer alone: the ward, its verdict and the officers against the promise."""
    months = [each for each in ward_months(store, standing.ward.ward_code) if each.as_at <= standing.day]
    return render("ward_opening.html", **_head(standing, months, asked_on, 1), successors=())


def ward_answer_html(store: Store, page: WardPage, *, level: int = 1) -> str:
    """What stands on the first screen: the answer, the map, the nearest counters, how to reach the team."""
    drawn = ward_map(store, page, OF_ENDED if page.is_ended else ON_SCREEN)
    return render(
        "ward_answer.html",
        **_head(page.standing, page.months, page.asked_on, level),
        successors=page.successors,
        access=page.near,
        has_centre=page.ward.lat is not None,
        before_list=BEFORE_LIST,
        no_centre=NO_CENTRE,
        hours_not_known=HOURS_NOT_KNOWN,
        night_then=page.night_then,
        hours=hours,
        hours_doubt=hours_doubt,
        opening_words=opening_words,
        site_address=site_address,
        kilometres=lambda metres: f"{metres / 1000:.1f} km",
        by_notices=BY_NOTICES if is_by_notices(store, page.near_day) else "",
        map_image=drawn.image,
        map_key=drawn.key,
        team_page=TEAM_PAGE,
        police_uk=POLICE_UK,
        event=next(iter(page.listed.events), None) if page.listed else None,
        event_when=event_when,
        team_name=page.team_name,
        team_name_sentence=team_name_sentence,
        is_today=page.asked_on == today(),
        share=share,
        ward_address=ward_address,
    )


def ward_rest_html(store: Store, page: WardPage, *, level: int = 1) -> str:
    """What happened, crime, neighbours, questions, and folded what else there is."""
    standing = page.standing
    london_line = london_sentence(standing.london)
    return render(
        "ward_rest.html",
        page=page,
        standing=standing,
        ward=page.ward,
        level=level,
        lanes=(
            _lane("Officers", officer_events(page), 6, "Nothing is known by this day."),
            _lane("Counters", counter_events(page), 4, no_counter_event(page)),
        ),
        is_today=page.asked_on == today(),
        plan_sentences=[plan_sentence(plan) for plan in page.plans],
        evidence_meaning=EVIDENCE_MEANING.get(standing.evidence) if standing.evidence else None,
        own_mark=standing.mark,
        own_officers_image=_officers_image(standing.pcs, standing.pcsos),
        officers_table=officers_table(page),
        history_image=Image(history_svg(page.history, standing.day, page.ward.ward_name), history_alt(page.history)),
        history_table=history_table(page),
        change_sentence=change_sentence(page.change),
        releases=ward_releases(store, page)[:RELEASES_SHOWN],
        most_entries=MOST_ENTRIES,
        feed_href=f"/feeds/ward/{page.ward.ward_code}.atom",
        no_history=no_history(standing),
        sources=standing_sources(standing, page.history),
        dedicated_line=DEDICATED_LINE,
        borough_sentence=borough_sentence(page.borough, standing.day),
        london_line=london_line,
        context=[sentence for sentence in standing.verdict.context if sentence != london_line],
        neighbours=[_neighbour(page, each) for each in page.neighbours],
        questions=ward_questions(page),
        report_href=report_href(page),
        site_line=site_line,
        site_address=site_address,
        on_date=on_date,
        listed_part=_listed_part(page, level + 1),
        crime_part=_exhibits_part(page.crime_exhibits, level + 1),
        by_wards_of_2022=BY_WARDS_OF_2022,
        crime_missing=missing_sentence(page.ward.ward_name),
        series_part=_series_part(page, level + 1),
        months_part=_exhibits_part(page.months_exhibits, level + 1),
        ring_fencing_address=ring_fencing_address,
        share=share,
        ward_address=ward_address,
    )


def _lane(name: str, events: Sequence[Event], most: int, nothing: str) -> dict[str, Any]:
    """A lane of what happened: the newest events open, those before them folded."""
    return {"name": name, "earlier": events[:-most], "newest": events[-most:], "nothing": nothing}


def _neighbour(page: WardPage, beside: WardStanding) -> tuple[Link, Mark | None]:
    """A neighbour with a link to its page on the day asked, and its mark where something is known of it."""
    day = page.standing.day if page.asked_on == page.standing.day and page.asked_on != today() else None
    ward = beside.ward
    name = ward.ward_name if ward.borough_code == page.ward.borough_code else f"{ward.ward_name} ({ward.borough_name})"
    is_known = beside.evidence is not None or beside.month is not None
    return Link(name, ward_address(ward.ward_code, day)), leading_mark(beside) if is_known else None


def _listed_part(page: WardPage, level: int) -> Markup:
    """Who is listed, where police.uk was read by the day."""
    if page.listed is None:
        return Markup()
    html = listed_html(page.listed, page.ward.ward_code, page.ward.ward_name, page.standing.day, level)
    return Markup(html)  # noqa: S704 - rendered by our escaping template


def _exhibits_part(exhibits: Sequence[Exhibit], level: int) -> Markup:
    """Exhibits of which each is a part of the one before."""
    levels = enumerate(exhibits, level)
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


def report_href(page: WardPage) -> str:
    """The address that reports an error, carrying ward, measure, day and data version."""
    return (
        f"/about?report=ward_status&ward={page.ward.ward_code}&as_at={page.standing.day.isoformat()}"
        f"&data_version={page.data_version}"
    )
