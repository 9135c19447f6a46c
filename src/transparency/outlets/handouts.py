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

from transparency.core.files import replace_file
from transparency.core.text import capitalised, distance, full_date
from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, SiteOnDay, today
from transparency.counters.queries import is_by_notices
from transparency.counters.sentences import (
    BEFORE_LIST,
    BY_NOTICES,
    HOURS_NOT_KNOWN,
    NO_CENTRE,
    hours_doubt,
    opening_words,
    site_line,
)
from transparency.crime.sentences import ward_sentence as crime_sentence
from transparency.exhibits.addresses import borough_path, ward_path
from transparency.exhibits.document import SITE, Document
from transparency.exhibits.exhibit import Image, Mark
from transparency.exhibits.marks import month_mark
from transparency.listed.sentences import event_when
from transparency.months.exhibits import programme
from transparency.months.measures import WardMonth
from transparency.months.queries import wards_in_month
from transparency.months.sentences import FTE_CAVEAT, PROMISES_OWN_COUNT, RULE, fte, month_name
from transparency.outlets.handout_sentences import (
    CALL,
    CHECK_FIRST,
    COPYRIGHT,
    EARLIER,
    HANDOUT_TITLE,
    MEETING,
    NO_COUNTER,
    NO_NIGHT_COUNTER,
    NOTHING_OF_OFFICERS,
    NUMBERS_TITLE,
    PLACE,
    THE_SAME,
    ended_line,
    first_drawn_line,
    handout_title,
    listed_line,
    meeting_words,
    pack_line,
    pack_title,
    place_line,
    possibly_nearer,
    sources_left_out,
    version_line,
)
from transparency.outlets.typesetting import set_pdf, sites_mark
from transparency.pages.ward import TEAM_PAGE, how_sure, leading_mark
from transparency.pages.ward_events import Event, counter_events, no_counter_event, officer_events
from transparency.pages.ward_map import ON_PAPER, ward_map
from transparency.pages.ward_record import WardPage, leading_halves, standing_sources, ward_page
from transparency.pages.ward_tables import monthly_image, monthly_source_line, plan_sentence, share, ward_questions
from transparency.places.queries import Ward, find_borough
from transparency.store.database import open_store
from transparency.store.store import Store
from transparency.wards.officers_chart import officers_alt, officers_svg
from transparency.wards.queries import boroughs_on
from transparency.wards.standing import standings_on
from transparency.wards.verdict import borough_sentence, london_sentence

PDF = "application/pdf"
DEFAULT_SITE = "http://127.0.0.1:8501"
_MOST_SOURCES = 5
_MONTHS_PRINTED = 24
_MASK = 0
_WARDS_IN_A_BATCH = 10


@dataclass(frozen=True)
class Box:
    """Where to go or whom to call: what stands large, the lines below it, labels of lines to write on."""

    title: str
    large: str
    lines: tuple[str, ...]
    to_fill_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lane:
    """What happened: months as a picture, or else events, each its day and its words, the newest last; `nothing` is
    said where nothing did."""

    title: str
    events: tuple[tuple[str, str], ...]
    nothing: str
    picture: Image | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything printed on one side about one ward on one day, as plain words and pictures."""

    title: str
    ward_name: str
    place: str
    notice: str
    banner: str
    answer: str
    officers: Image
    mark: Mark
    steps: str
    how: str
    map: Image | None
    map_key: str
    boxes: tuple[Box, ...]
    lanes: tuple[Lane, ...]
    context: tuple[str, ...]
    numbers_title: str
    numbers: tuple[str, ...]
    questions: tuple[str, ...]
    address: str
    qr: Image
    version: str
    not_official: str
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
    qr: Image
    version: str
    not_official: str


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
        summary=own if leading is None or told is None else f"{told.sentence} {PROMISES_OWN_COUNT} {own}",
        notice=store.notice,
        monthly=month_name(leading.month) if leading else "",
        monthly_rule=f"{RULE} {FTE_CAVEAT}" if leading else "",
        wards=tuple(_cover_line(page, in_month.get(page.ward.ward_code)) for page in pages),
        address=address,
        qr=qr_code(address),
        version=version_line(store.data_version, printed_on),
        not_official=store.not_official,
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
    standing, ward = page.standing, page.ward
    halves = leading_halves(standing)
    months = monthly_image(page, _MONTHS_PRINTED) if standing.month else None
    address = f"{site}{ward_path(ward.ward_code)}?as_at={standing.day.isoformat()}"
    drawn = ward_map(store, replace(page, near=page.access), ON_PAPER)
    return Sheet(
        title=handout_title(ward.ward_name, ward.borough_name, standing.day),
        ward_name=ward.ward_name,
        place=place_line(ward.borough_name, standing.day, ward.in_force_to),
        notice=store.notice,
        banner=_banner(page),
        answer=standing.verdict.sentence,
        officers=Image(officers_svg(*halves), officers_alt(*halves)),
        mark=leading_mark(standing),
        steps=how_sure(standing),
        how=standing.verdict.how,
        map=drawn.image,
        map_key=drawn.key,
        boxes=(_nearest(store, page), _at_night(page), _team(page)),
        lanes=(
            _lane("Officers", officer_events(page), NOTHING_OF_OFFICERS, months),
            _lane("Counters", counter_events(page), no_counter_event(page)),
        ),
        context=tuple(_context(page)),
        numbers_title=NUMBERS_TITLE,
        numbers=(*((crime_sentence(page.crime.year),) if page.crime else ()), *page.series.lines),
        questions=ward_questions(page),
        address=address,
        qr=qr_code(address),
        version=version_line(page.data_version, printed_on),
        not_official=store.not_official,
        sources=_sources(page),
    )


def _banner(page: WardPage) -> str:
    """Why a sheet answers for another day than the one asked for, and what covers an ended ward's area now."""
    name, day = page.ward.ward_name, page.standing.day
    if page.is_ended:
        return ended_line(name, day, [f"{each.ward_name} ({share(each.share)})" for each in page.successors])
    return first_drawn_line(name, day, page.asked_on) if page.asked_on < day else ""


def _nearest(store: Store, page: WardPage) -> Box:
    title, access, site = "Nearest counter", page.access, page.access.nearest
    if access.is_before_list or page.ward.lat is None:
        return Box(title, "", (f"{capitalised(BEFORE_LIST)}." if access.is_before_list else capitalised(NO_CENTRE),))
    if site is None:
        return Box(title, "", (NO_COUNTER,))
    lines = [*_where_and_when(site, page.standing.day)]
    if is_by_notices(store, page.standing.day):
        lines.append(BY_NOTICES)
    if access.counters_possibly_nearer:
        lines.append(possibly_nearer(access.counters_possibly_nearer))
    return Box(title, _name_and_way(site), tuple(lines))


def _at_night(page: WardPage) -> Box:
    title, site, then = "At night", page.access.nearest_24_7, page.night_then
    before = (f"At the end of 2017: {_name_and_way(then)}.",) if then else ()
    if page.ward.lat is None or site is None:
        return Box(title, "", (NO_NIGHT_COUNTER, *before))
    is_nearest = site == page.access.nearest
    lines = (THE_SAME,) if is_nearest else tuple(_where_and_when(site, page.standing.day))
    return Box(title, _name_and_way(site), (*lines, *before))


def _name_and_way(site: SiteOnDay) -> str:
    assert site.distance_m is not None  # noqa: S101 - the nearest is chosen by its distance
    return f"{site.site_name} · {distance(site.distance_m)}"


def _where_and_when(site: SiteOnDay, day: date) -> Iterator[str]:
    """Its street and hours, and what the hours rest on where they are inferred."""
    open_when = opening_words(site.opening_hours) if site.opening_hours else HOURS_NOT_KNOWN
    yield f"{f'{site.address}. ' if site.address else ''}{capitalised(open_when)}."
    if doubt := hours_doubt(site):
        yield f"⚠ {capitalised(doubt)}.{f' {CHECK_FIRST}' if day == today() else ''}"


def _team(page: WardPage) -> Box:
    """Whom to call, how to reach the team and when it next meets, as police.uk listed it; or lines to write it on."""
    lines, team = [f"{TEAM_PAGE.removeprefix('https://www.').removesuffix('/')}, by postcode."], page.listed
    reached = [contact for channel in ("telephone", "email") if team and (contact := team.contact(channel))]
    if reached:
        lines.append(f"{', '.join(reached)}.")
    event = next(iter(team.events), None) if team else None
    if event:
        lines.append(f"{MEETING}: {meeting_words(event_when(event), event.event_title, event.address)}.")
    if team and (reached or event):
        lines.append(listed_line(team.as_at))
    return Box("Your team", CALL, tuple(lines), () if event else (MEETING, PLACE))


def _lane(title: str, events: Sequence[Event], nothing: str, picture: Image | None = None) -> Lane:
    told = () if picture else tuple((event.when, event.words) for event in events)
    return Lane(title, told, nothing, picture)


def _context(page: WardPage) -> Iterator[str]:
    """What else the page says of the ward: reports, plans, its bases. London's figure is among what happened."""
    said_of_london = london_sentence(page.standing.london)
    yield from (sentence for sentence in page.standing.verdict.context if sentence != said_of_london)
    yield from (plan_sentence(plan) for plan in page.plans)
    for site in page.access.sites_of_ward:
        yield f"{site.site_name}: {site_line(site)}."


def _sources(page: WardPage) -> str:
    """The first sources of the page, and how many more it names."""
    of_crime = page.crime.sources if page.crime else ()
    named = [
        ", ".join(filter(None, (f"{source.publisher}: {source.title}", source.as_at_words)))
        for source in dict.fromkeys((*standing_sources(page.standing, page.history), *of_crime, *page.series.sources))
    ]
    if page.standing.month is not None:
        named.insert(0, monthly_source_line(page))
    shown, more = named[:_MOST_SOURCES], len(named) - _MOST_SOURCES
    return "; ".join([*shown, *([sources_left_out(more)] if more > 0 else [])])


def qr_code(address: str) -> Image:
    """The address as a QR code (ISO/IEC 18004), error correction M, with the quiet zone of four modules.

    A code says which mask it bears, so any of the eight can be read; weighing them all takes most of the time.
    """
    return Image(segno.make_qr(address, error="m", mask=_MASK).svg_inline(border=4), f"QR code of {address}")


# ---------------------------------------------------------------- setting


def typeset(title: str, sheets: Sequence[Sheet], printed_on: date, cover: Cover | None = None) -> bytes:
    """The sheets as PDF/UA-1: tagged, fonts embedded; the same bytes for the same words and day."""
    words = {
        "title": title,
        "site_name": SITE,
        "mark": sites_mark(),
        "handout_title": HANDOUT_TITLE,
        "printed_on": [printed_on.year, printed_on.month, printed_on.day],
        "earlier": EARLIER,
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
        replace_file(file, document.content)
    return len(wards)


def file_name(name: str) -> str:
    """A name as part of a file's name: kentish-town, st-james-s."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
