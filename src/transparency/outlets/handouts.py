"""The printed handout: one A4 side for a ward panel, from the same answer as the ward's page, as tagged PDF/UA-1.

Typst sets the sheets. What comes from data reaches it as JSON and is shown as text, never read as markup.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import segno

from transparency.core.text import NOT_OFFICIAL, full_date, on_date
from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, SiteKind, SiteOnDay, SiteStatus, today
from transparency.counters.queries import sites_on
from transparency.counters.sentences import counter_line, site_line
from transparency.crime.sentences import ward_sentence as crime_sentence
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.document import SITE, Document
from transparency.exhibits.exhibit import Mark, cell_text
from transparency.exhibits.locator import Locator, counters_drawn, locator_svg
from transparency.exhibits.marks import month_mark
from transparency.exhibits.shapes import shapes_on
from transparency.listed.sentences import event_when
from transparency.months.exhibits import programme
from transparency.months.measures import MEASURES, WardMonth
from transparency.months.queries import wards_in_month
from transparency.months.sentences import FTE_CAVEAT, PROGRAMME, PROMISES_OWN_COUNT, RULE, fte, month_name
from transparency.outlets.handout_sentences import (
    CONTACT,
    COPYRIGHT,
    HANDOUT_TITLE,
    MEETING,
    OFFICERS_TITLE,
    PLACE,
    SERIES_COPIES,
    TEAM_LINE,
    answered_day_line,
    as_at_line,
    closed_nearby,
    covered_now,
    handout_title,
    listed_line,
    map_alt,
    map_key,
    meeting_words,
    no_site,
    pack_line,
    pack_title,
    place_line,
    sources_left_out,
)
from transparency.outlets.typesetting import set_pdf, sites_mark
from transparency.pages.ward import TEAM_PAGE, series_title
from transparency.pages.ward_record import WardPage, has_published_hub, leading_halves, standing_sources, ward_page
from transparency.pages.ward_tables import (
    change_sentence,
    monthly_source_line,
    nearest_line,
    no_history,
    officers_table,
    plan_sentence,
    share,
)
from transparency.places.queries import Ward, find_borough
from transparency.store.database import open_store
from transparency.store.store import Store
from transparency.wards.history_chart import history_alt, history_svg
from transparency.wards.officers_chart import officers_alt, officers_svg
from transparency.wards.queries import boroughs_on
from transparency.wards.questions import questions
from transparency.wards.standing import standings_on
from transparency.wards.verdict import EMERGENCY_LINE, borough_sentence

PDF = "application/pdf"
DEFAULT_SITE = "http://127.0.0.1:8501"
_HISTORY_SIZE = (460, 140)
_MOST_SOURCES = 4
MONTHS_PRINTED = 5
_MASK = 0
_WARDS_IN_A_BATCH = 10


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG text, and what it shows in words."""

    svg: str
    alt: str


@dataclass(frozen=True)
class HalfLine:
    """One half of the promise as a line of the table."""

    half: str
    promised: str
    known: str
    mark: Mark


@dataclass(frozen=True)
class Sheet:
    """Everything printed on one side about one ward on one day, as plain words and pictures."""

    title: str
    ward_name: str
    place: str
    notice: str
    banner: str
    verdict: str
    mark: Mark
    evidence: str
    months_title: str
    months: tuple[tuple[str, ...], ...]
    context: tuple[str, ...]
    officers_title: str
    officers: Picture
    halves: tuple[HalfLine, ...]
    access: tuple[tuple[str, str], ...]
    series_title: str
    series: tuple[str, ...]
    history: Picture | None
    history_words: str
    map: Picture | None
    map_key: str
    questions: tuple[str, ...]
    team: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    address: str
    qr: Picture
    as_at: str
    sources: str


@dataclass(frozen=True)
class CoverLine:
    """A ward on the cover: by the promise's own count, and by the monthly rule in the newest month, where stored."""

    ward_name: str
    own: Mark
    month: Mark | None
    constable_fte: str
    pcso_fte: str


@dataclass(frozen=True)
class Cover:
    """The first page of a borough's handouts: what the file holds.

    `monthly` names the newest month, empty where the day does not lead with one.
    """

    title: str
    borough_name: str
    day: str
    line: str
    summary: str
    notice: str
    monthly: str
    monthly_rule: str
    wards: tuple[CoverLine, ...]
    address: str
    qr: Picture
    as_at: str


def ward_handout(store: Store, ward_code: str, asked_on: date, printed_on: date, site: str = DEFAULT_SITE) -> Document:
    """One ward's side of A4; `site` is the scheme and host that the printed address begins with.

    Raises UnknownPlaceError for a code of no ward.
    """
    sheet = ward_sheet(store, ward_page(store, ward_code, asked_on), printed_on, site)
    return Document(typeset(sheet.title, (sheet,), printed_on), PDF, store.newest_as_at)


def borough_handouts(
    store: Store, borough_code: str, asked_on: date, printed_on: date, site: str = DEFAULT_SITE
) -> Document:
    """A cover and a side for each ward of the borough in force on the day; raises UnknownPlaceError."""
    borough = find_borough(store, borough_code)
    wards = standings_on(store, asked_on, borough.borough_code)
    pages = [ward_page(store, standing.ward.ward_code, asked_on) for standing in wards]
    address = f"{site}{borough_path(borough.borough_code)}?as_at={asked_on.isoformat()}"
    told = programme(store, asked_on, borough.borough_code)
    own = borough_sentence(boroughs_on(store, asked_on)[borough.borough_code], asked_on)
    leading = told.month if told is not None and told.is_leading else None
    in_month = {each.ward_code: each for each in wards_in_month(store, leading.month)} if leading else {}
    cover = Cover(
        title=pack_title(borough.borough_name, asked_on),
        borough_name=borough.borough_name,
        day=full_date(asked_on),
        line=pack_line(len(pages)),
        summary=own if leading is None or told is None else f"{told.sentence} {PROMISES_OWN_COUNT}: {own}",
        notice=store.notice,
        monthly=month_name(leading.month) if leading else "",
        monthly_rule=f"{RULE} {FTE_CAVEAT}" if leading else "",
        wards=tuple(_cover_line(page, in_month.get(page.ward.ward_code)) for page in pages),
        address=address,
        qr=qr_code(address),
        as_at=as_at_line(asked_on, store.data_version, printed_on),
    )
    sheets = [ward_sheet(store, page, printed_on, site) for page in pages]
    return Document(typeset(cover.title, sheets, printed_on, cover), PDF, store.newest_as_at)


def _cover_line(page: WardPage, known: WardMonth | None) -> CoverLine:
    return CoverLine(
        page.ward.ward_name,
        page.standing.mark,
        None if known is None else month_mark(known.ward_status),
        "" if known is None else fte(known.constable_fte, PROMISED_PCS),
        "" if known is None else fte(known.pcso_fte, PROMISED_PCSOS),
    )


def ward_sheet(store: Store, page: WardPage, printed_on: date, site: str = DEFAULT_SITE) -> Sheet:
    """The words and pictures of one side, those of the ward's page."""
    standing, ward, leading = page.standing, page.ward, page.standing.month
    pcs, pcsos = leading_halves(page.standing)
    address = f"{site}{ward_path(ward.ward_code)}?as_at={standing.day.isoformat()}"
    team, lines = _team(page)
    drawn_map, key = _map(store, page)
    return Sheet(
        title=handout_title(ward.ward_name, ward.borough_name, standing.day),
        ward_name=ward.ward_name,
        place=place_line(ward.borough_name, standing.day, ward.in_force_to),
        notice=store.notice,
        banner=answered_day_line(ward.ward_name, page.asked_on, standing.day),
        verdict=standing.verdict.sentence,
        mark=month_mark(leading.ward_status) if leading else page.standing.mark,
        evidence=standing.verdict.how,
        months_title=PROGRAMME if leading else "",
        months=tuple(_months(page)) if leading else (),
        context=(
            *standing.verdict.context,
            *(plan_sentence(plan) for plan in page.plans),
            *(_covered(page) if page.is_ended else ()),
            *((crime_sentence(page.crime.year),) if page.crime else ()),
        ),
        officers_title=PROMISES_OWN_COUNT if leading else OFFICERS_TITLE,
        officers=Picture(officers_svg(standing.pcs, standing.pcsos), officers_alt(standing.pcs, standing.pcsos)),
        halves=tuple(_half_lines(page)),
        access=tuple(_access(page)),
        series_title=series_title(ward.borough_name),
        series=(*page.series.lines, SERIES_COPIES) if page.series.lines else (),
        history=_history(page),
        history_words=change_sentence(page.change) if page.history else no_history(standing),
        map=drawn_map,
        map_key=key,
        questions=questions(
            ward.ward_name,
            pcs,
            pcsos,
            page.access.nearest_24_7 if page.asked_on == today() else None,
            has_published_hub(page.access),
            page.is_ended,
        ),
        team=team,
        lines=lines,
        address=address,
        qr=qr_code(address),
        as_at=as_at_line(standing.day, page.data_version, printed_on),
        sources=_sources(page),
    )


def _months(page: WardPage) -> Iterator[tuple[str, ...]]:
    """The names of the newest months, the newest first, then a line for each measure."""
    newest = page.months[: -MONTHS_PRINTED - 1 : -1]
    yield "Month", *(month_name(each.month) for each in newest)
    for measure in MEASURES:
        yield measure.heading, *(cell_text(measure.cell(each), "not published") for each in newest)


def _covered(page: WardPage) -> tuple[str, ...]:
    """The wards that cover the area now; nothing to say of a ward without any."""
    sentence = covered_now([(descent.ward_name, share(descent.share)) for descent in page.successors])
    return (sentence,) if sentence else ()


def _half_lines(page: WardPage) -> Iterator[HalfLine]:
    for half, promised, known, mark in officers_table(page).rows:
        assert isinstance(mark, Mark)  # noqa: S101 - the last column of the table is the status
        yield HalfLine(cell_text(half), cell_text(promised), cell_text(known), mark)


def _access(page: WardPage) -> Iterator[tuple[str, str]]:
    """Counters and other sites, each a label (none for a whole sentence) and its line."""
    access, has_centre = page.access, page.ward.lat is not None
    yield "Nearest Met counter", nearest_line(access, has_centre)
    if access.is_before_list:
        return
    if has_centre and access.nearest_24_7 != access.nearest:
        yield "Nearest open 24 hours", counter_line(access.nearest_24_7)
    closures = [
        (change.site_name, on_date(change.event_on, change.date_precision) + ", as we infer" * change.is_inferred)
        for change in page.changes_nearby
        if change.event == "closed"
    ]
    closed = closed_nearby(closures, page.standing.day)
    yield "", closed if access.sites_of_ward else f"{closed} {no_site(page.ward.first_vintage == 2014)}"
    for site in access.sites_of_ward:
        yield site.site_name, site_line(site)


def _history(page: WardPage) -> Picture | None:
    """The strip, where anything is stored of the ward."""
    rows = page.history
    if not rows:
        return None
    width, height = _HISTORY_SIZE
    return Picture(history_svg(rows, page.standing.day, page.ward.ward_name, width, height), history_alt(rows))


def _open_counters(store: Store, day: date) -> Iterator[SiteOnDay]:
    for site in sites_on(store, day):
        if site.site_kind is SiteKind.FRONT_COUNTER and site.site_status is SiteStatus.OPEN:
            yield site


def _map(store: Store, page: WardPage) -> tuple[Picture | None, str]:
    """The ward in its borough and the key of the drawing; no map of a place whose shape is not stored."""
    ward, nearest = page.ward, page.access.nearest
    shapes = shapes_on(store, page.standing.day)
    if all(outline.borough_code != ward.borough_code for outline in shapes.outlines):
        return None, ""
    has_shape = ward.ward_code in shapes.wards
    counters = tuple(_open_counters(store, page.standing.day))
    shown = Locator(shapes, ward.ward_code, ward.borough_code, counters, nearest, ward.ward_name, "")
    drawn = counters_drawn(shown)
    in_order = sorted(drawn, key=lambda site: (nearest is None or site.site_id != nearest.site_id, site.site_name))
    alt = map_alt(ward.ward_name, ward.borough_name, has_shape, [site.site_name for site in in_order])
    svg = locator_svg(replace(shown, counters=drawn, description=alt))
    return Picture(svg, alt), map_key(ward.ward_name, has_shape, shapes.is_schematic)


def _team(page: WardPage) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """How to reach the team and the next meeting, as police.uk listed them, and the labels of lines to write on."""
    told: list[tuple[str, str]] = []
    lines: list[str] = []
    team = page.listed
    contacts = [team.contact(channel) for channel in ("telephone", "email")] if team else []
    reached = [contact for contact in contacts if contact]
    if reached:
        told.append((CONTACT, ", ".join(reached)))
    else:
        lines.append(CONTACT)
    if team and team.events:
        event = team.events[0]
        told.append((MEETING, meeting_words(event_when(event), event.event_title, event.address)))
    else:
        lines += [MEETING, PLACE]
    if team and told:
        told.append(("", listed_line(team.as_at)))
    return tuple(told), tuple(lines)


def _sources(page: WardPage) -> str:
    """The first sources of the page, and how many more it names."""
    of_crime = page.crime.sources if page.crime else ()
    named = [
        ", ".join(filter(None, (f"{source.publisher}: {source.title}", source.as_at_words)))
        for source in (*of_crime, *standing_sources(page.standing, page.history))
    ]
    if page.standing.month is not None:
        named.insert(0, monthly_source_line(page))
    shown, more = named[:_MOST_SOURCES], len(named) - _MOST_SOURCES
    return "; ".join([*shown, *([sources_left_out(more)] if more > 0 else [])])


def qr_code(address: str) -> Picture:
    """The address as a QR code (ISO/IEC 18004), error correction M, with the quiet zone of four modules.

    A code says which mask it bears, so any of the eight can be read; weighing them all takes most of the time.
    """
    return Picture(segno.make_qr(address, error="m", mask=_MASK).svg_inline(border=4), f"QR code of {address}")


# ---------------------------------------------------------------- setting


def typeset(title: str, sheets: Sequence[Sheet], printed_on: date, cover: Cover | None = None) -> bytes:
    """The sheets as PDF/UA-1: tagged, fonts embedded; the same bytes for the same words and day."""
    words = {
        "title": title,
        "site_name": SITE,
        "mark": sites_mark(),
        "handout_title": HANDOUT_TITLE,
        "printed_on": [printed_on.year, printed_on.month, printed_on.day],
        "emergency": EMERGENCY_LINE,
        "team": TEAM_LINE,
        "team_page": TEAM_PAGE,
        "not_official": NOT_OFFICIAL,
        "copyright": COPYRIGHT,
        "cover": asdict(cover) if cover else None,
        "sheets": [asdict(sheet) for sheet in sheets],
    }
    return set_pdf("handout.typ", words, printed_on)


# ---------------------------------------------------------------- many at once


def print_wards(
    root: Path,
    wards: Sequence[Ward],
    asked_on: date,
    printed_on: date,
    site: str,
    out: Path,
    on_printed: Callable[[int], None] = lambda count: None,
) -> None:
    """Write the handouts of wards to folders named for their boroughs.

    A process for each processor; `on_printed` is told after each batch how many it was.
    """
    batches = [wards[start : start + _WARDS_IN_A_BATCH] for start in range(0, len(wards), _WARDS_IN_A_BATCH)]
    work = partial(_print_batch, root, asked_on, printed_on, site, out)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as workers:
        for count in workers.map(work, batches):
            on_printed(count)


@cache
def _opened(root: Path) -> Store:
    return open_store(root, run_checks=False)


def _print_batch(root: Path, asked_on: date, printed_on: date, site: str, out: Path, wards: Sequence[Ward]) -> int:
    """Print some wards in a process of its own, which opens the store once."""
    for ward in wards:
        file = out / file_name(ward.borough_name) / f"{ward.ward_code}-{file_name(ward.ward_name)}.pdf"
        file.parent.mkdir(parents=True, exist_ok=True)
        document = ward_handout(_opened(root), ward.ward_code, asked_on, printed_on, site)
        file.write_bytes(document.content)
    return len(wards)


def file_name(name: str) -> str:
    """A name as part of a file's name: kentish-town, st-james-s."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
