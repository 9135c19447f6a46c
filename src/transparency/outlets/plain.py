"""The plain HTML twin: every answer of the dashboard as a page that needs no script, at an address that stays.

Each function gives one page as a Document; the server and the static export send the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from transparency import __version__
from transparency.about.pages import about_html, find_section, section_html, sections
from transparency.boroughs import compared, one
from transparency.boroughs.months import boroughs_exhibit as boroughs_by_month
from transparency.core.errors import UnknownPlaceError
from transparency.core.settings import settings
from transparency.core.text import DEMONSTRATION_POINTER, NOT_OFFICIAL, full_date
from transparency.core.vocabulary import today
from transparency.counters import exhibits as counters
from transparency.exhibits.addresses import (
    borough_path,
    months_path,
    promise_path,
    section_address,
    section_path,
    ward_address,
    ward_path,
    with_plain_addresses,
)
from transparency.exhibits.document import HTML, LICENCE_URL, Document, text_bytes
from transparency.exhibits.exhibit import Chart, Exhibit, Image, Link
from transparency.exhibits.html import TEMPLATES, inline_pictures, render
from transparency.exhibits.terms import with_terms
from transparency.months import exhibits as monthly
from transparency.months import time as ring_fencing
from transparency.months.sentences import (
    HOW_TO_IMPORT,
    NOT_IMPORTED,
    PROGRAMME,
    PROMISES_OWN_COUNT,
    STRENGTH_NOT_IMPORTED,
)
from transparency.outlets.citation import exhibit_citation, page_citation, ward_citation
from transparency.outlets.embeds import embed_to_copy
from transparency.pages import landing
from transparency.pages.ward import ward_html, ward_page
from transparency.places.lookup import Answer
from transparency.places.queries import all_boroughs, find_borough
from transparency.progress import exhibits as progress
from transparency.progress.queries import progress as standing
from transparency.promises import exhibits as promises
from transparency.promises.queries import ledger, ledger_entry

if TYPE_CHECKING:
    from transparency.store.store import Store

FRONT = "/plain/find"
STYLESHEET = "/plain/style.css"
SITE_NAME = "London ward officers"
MOST_MONTHS = 12
NAV = (
    Link("Find your ward", FRONT),
    Link("London", "/plain/london"),
    Link("Boroughs", "/plain/boroughs"),
    Link("Counters", "/plain/counters"),
    Link("Promises", "/plain/promises"),
    Link("Data", "/data/"),
    Link("About", "/plain/about"),
)
MONTHS_PAGE = Link("Month by month: wards, each half of the promise, full-time equivalents", "/plain/months")
MONTHS_BOROUGHS_PAGE = Link("Every borough side by side in the newest month", "/plain/months_boroughs")
BOROUGH_PAGES = (
    Link("What can be compared between all boroughs: counters, distance, wards, people", "/plain/compared"),
)
COUNTER_PAGES = (
    Link("Counters that closed, and where the nearest moved farthest", "/plain/closures"),
    Link("What was planned and decided, and the published totals", "/plain/totals"),
)
RING_FENCING_PAGES = (
    Link("By ward, borough and command unit", "/plain/ring_fencing_places"),
    Link("Where extra officers go", "/plain/extra_officers"),
)
PROMISE_PAGES = (Link("What people asked, and what this site answers", "/plain/questions"),)


@dataclass(frozen=True)
class PlainPage:
    """A page before it is put in its frame: title, the line of its preview, its address, its body as HTML.

    `citation` is empty on a page that finds nothing; `embed` is the card to copy, on pages of places.
    """

    title: str
    description: str
    address: str
    dashboard_address: str
    body: str
    is_dataset: bool = False
    citation: str = ""
    embed: str = ""


def stylesheet(_store: Store) -> Document:
    """The sheet of the plain pages, one file for all of them."""
    return _sheet("site.css", "plain.css")


def dashboard_stylesheet(_store: Store) -> Document:
    """The sheet of the dashboard's fragments and of the frame around them; its shell links it."""
    return _sheet("site.css", "dashboard.css")


def _sheet(*names: str) -> Document:
    css = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
    return Document(css.encode(), "text/css; charset=utf-8")


def framed(store: Store, page: PlainPage) -> Document:
    """The page as a whole HTML document."""
    body, told = with_terms(with_plain_addresses(page.body))
    footer, _ = with_terms(with_plain_addresses(render("footer.html", store=store, code_version=__version__)), told)
    html = render(
        "plain.html",
        title=page.title,
        site_name=SITE_NAME,
        description=page.description,
        address=page.address,
        site=settings().site,
        dashboard_href=page.dashboard_address,
        nav=NAV,
        stylesheet_address=STYLESHEET,
        body=Markup(body),  # noqa: S704 - rendered by our escaping templates
        footer=Markup(footer),  # noqa: S704 - as above
        store=store,
        dataset_json=_dataset_json(store, page) if page.is_dataset else None,
        citation=page.citation,
        embed=Markup(page.embed),  # noqa: S704 - as above
    )
    return Document(html.encode(), HTML, store.newest_as_at)


def _dataset_json(store: Store, page: PlainPage) -> Markup:
    """schema.org Dataset (https://schema.org/Dataset), escaped for a script element."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": page.title,
        "description": f"{page.description} {NOT_OFFICIAL}"[:4900],
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "version": store.data_version,
        "url": page.address,
        "spatialCoverage": "London",
    }
    text = json.dumps(described, ensure_ascii=True)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - escaped just here


def ward_document(store: Store, ward_code: str, day: date | None, site: str = "") -> Document:
    """A ward on a day, or on the day that stands for it today; raises UnknownPlaceError.

    `site` is the origin that a card to copy names.
    """
    page = ward_page(store, ward_code, day or today())
    address = ward_path(ward_code) + (f"?as_at={day.isoformat()}" if day else "")
    return framed(
        store,
        PlainPage(
            title=f"{page.ward.ward_name}, {page.ward.borough_name}",
            description=page.standing.verdict.sentence,
            address=address,
            dashboard_address=ward_address(ward_code, day),
            body=inline_pictures(ward_html(page)),
            is_dataset=True,
            citation=ward_citation(page).text(),
            embed=embed_to_copy("ward", page.ward.ward_code, page.ward.ward_name, site),
        ),
    )


def exhibits_html(exhibits: Iterable[Exhibit | None], level: int = 2) -> str:
    """Exhibits one under another, each complete, pictures drawn into the page."""
    return "".join(
        inline_pictures(render("exhibit.html", exhibit=_still(exhibit), level=level))
        for exhibit in exhibits
        if exhibit is not None
    )


def _still(exhibit: Exhibit) -> Exhibit:
    """The exhibit with an interactive chart drawn still, or without it where its table has to do."""
    if not isinstance(exhibit.picture, Chart):
        return exhibit
    still = exhibit.picture.still
    return replace(exhibit, picture=Image(still(), exhibit.picture.alt) if still is not None else None)


def _page(
    store: Store,
    title: str,
    line: str,
    address: str,
    dashboard_address: str,
    parts: str,
    day: date | None,
    finding: str = "",
) -> Document:
    """A page of exhibits; `finding` is what it is cited for, where that is not its line."""
    on = f"?as_at={day.isoformat()}" if day else ""
    heading = render("plain_head.html", title=title, line=line, day=day or today())
    return framed(
        store,
        PlainPage(
            title,
            line,
            address + on,
            dashboard_address + on,
            heading + parts,
            is_dataset=True,
            citation=page_citation(store, finding or line, day or today(), address).text(),
        ),
    )


def _beside_programme(store: Store, day: date, full: Link, own: str, borough_code: str | None = None) -> str:
    """The second programme in short, and the page that has it in full, beside `own`: the promise's own count.

    It stands before it where the day leads with it, else after it.
    """
    told = monthly.programme(store, day, borough_code)
    if told is None:
        return own
    html = render("programme.html", name=PROGRAMME, programme=told)
    if told.month is not None:
        html += render("plain_months_link.html", link=full, day=day)
    return f"{html}<h2>{PROMISES_OWN_COUNT}</h2>{own}" if told.is_leading else own + html


def _newest_rows(exhibit: Exhibit | None) -> Exhibit | None:
    """The exhibit with the newest rows of a long table; its file has them all."""
    if exhibit is None or len(exhibit.table.rows) <= MOST_MONTHS:
        return exhibit
    told = f"The newest {MOST_MONTHS} of {len(exhibit.table.rows)} months are shown; the file has them all."
    table = replace(exhibit.table, rows=exhibit.table.rows[:MOST_MONTHS])
    return replace(exhibit, table=table, note=f"{told} {exhibit.note}")


def _not_held(store: Store) -> str:
    """What stands on a page of the monthly series where nothing of it is held up to the day."""
    pointers = [] if store.is_demonstration else [DEMONSTRATION_POINTER]
    return render("verdict.html", sentence=STRENGTH_NOT_IMPORTED, lines=[HOW_TO_IMPORT, *pointers])


def months_document(store: Store, day: date | None) -> Document:
    """London by the monthly rule, month by month."""
    on = day or today()
    told = monthly.programme(store, on)
    shown = (monthly.months_exhibit(store, on), monthly.strength_exhibit(store, on))
    parts = exhibits_html(_newest_rows(exhibit) for exhibit in shown) or _not_held(store)
    line = told.sentence if told else PROGRAMME
    return _page(store, PROGRAMME, line, "/plain/months", "/progress", parts, day)


def months_boroughs_document(store: Store, day: date | None) -> Document:
    """Every borough by the monthly rule in the newest month."""
    on = day or today()
    told = monthly.programme(store, on)
    parts = exhibits_html((boroughs_by_month(store, on),)) or _not_held(store)
    line = told.sentence if told else PROGRAMME
    title = f"{PROGRAMME}, by borough"
    return _page(store, title, line, "/plain/months_boroughs", "/boroughs", parts, day)


def borough_months_document(store: Store, borough_code: str, day: date | None) -> Document:
    """One borough and its wards by the monthly rule; raises UnknownPlaceError."""
    borough = find_borough(store, borough_code)
    code, on = borough.borough_code, day or today()
    told = monthly.programme(store, on, code)
    shown = (
        monthly.wards_exhibit(store, code, on),
        _newest_rows(monthly.months_exhibit(store, on, code)),
        _newest_rows(monthly.strength_exhibit(store, on, code)),
    )
    line = told.sentence if told else PROGRAMME
    title = f"{borough.borough_name} since August 2021"
    address, dashboard = months_path(code), f"/boroughs?borough={code}"
    return _page(store, title, line, address, dashboard, exhibits_html(shown) or _not_held(store), day)


def london_document(store: Store, day: date | None) -> Document:
    """London's progress on a day."""
    on = day or today()
    shown = (
        progress.pace_exhibit(store, on),
        progress.chart_exhibit(store, on),
        progress.interim_exhibit(store, on),
        progress.after_due_exhibit(store, on),
        progress.evidence_exhibit(store, on),
    )
    line = "How far London is from two constables and one PCSO in every ward, and how that is known."
    return _page(
        store,
        "London against the promise",
        line,
        "/plain/london",
        "/progress",
        _beside_programme(store, on, MONTHS_PAGE, exhibits_html(shown)),
        day,
        standing(store, on).sentence,
    )


def boroughs_document(store: Store, day: date | None) -> Document:
    """Every borough, compared as far as the figures allow; each leads to its wards."""
    on = day or today()
    line = compared.comparison_sentence(store, on)
    shown = exhibits_html(
        (compared.ranked_exhibit(store, on, "promise"), compared.not_published_exhibit(store, on, "promise"))
    )
    more = render("plain_more.html", links=BOROUGH_PAGES)
    links = render(
        "plain_boroughs.html",
        boroughs=[(item.borough_name, borough_path(item.borough_code)) for item in all_boroughs(store)],
        day=day,
    )
    parts = links + _beside_programme(store, on, MONTHS_BOROUGHS_PAGE, shown) + more
    return _page(store, "Boroughs and their wards", line, "/plain/boroughs", "/boroughs", parts, day)


def compared_document(store: Store, day: date | None) -> Document:
    """What can be compared between all boroughs on any day: counters, distance, wards, population."""
    on = day or today()
    shown = compared.context_exhibit(store, on)
    line = shown.headline if shown else "What can be compared between all boroughs."
    parts = exhibits_html((shown,))
    return _page(store, "What can be compared between all boroughs", line, "/plain/compared", "/boroughs", parts, day)


def borough_document(store: Store, borough_code: str, day: date | None, site: str = "") -> Document:
    """One borough on a day; raises UnknownPlaceError. `site` is the origin that a card to copy names."""
    borough = find_borough(store, borough_code)
    on = day or today()
    address, dashboard = borough_path(borough_code), f"/boroughs?borough={borough_code}"
    shown = one.borough_exhibits(store, borough_code, on)
    heading = render(
        "plain_head.html", title=borough.borough_name, line=f"Ward officers and counters in {borough.borough_name}.",
        day=on,
    )  # fmt: skip
    suffix = f"?as_at={day.isoformat()}" if day else ""
    pack = render("plain_pack.html", address=f"{address}/handouts.pdf{suffix}")
    months = Link("Its wards in the newest month, and month by month", months_path(borough.borough_code))
    parts = _beside_programme(store, on, months, exhibits_html(shown), borough.borough_code)
    return framed(
        store,
        PlainPage(
            title=f"{borough.borough_name}: ward officers and counters",
            description=next(exhibit.headline for exhibit in shown if exhibit),
            address=address + suffix,
            dashboard_address=dashboard + (f"&as_at={day.isoformat()}" if day else ""),
            body=heading + pack + parts,
            is_dataset=True,
            citation=exhibit_citation(store, shown[0], on, address).text(),
            embed=embed_to_copy("borough", borough.borough_code, borough.borough_name, site),
        ),
    )


def counters_document(store: Store, day: date | None) -> Document:
    """Counters by borough on a day, and how far they are."""
    on = day or today()
    shown = (counters.boroughs_exhibit(store, on), counters.distances_exhibit(store, on))
    more = render("plain_more.html", links=COUNTER_PAGES)
    line = counters.verdict(store, on)
    parts = counters.no_sites_html(store) + exhibits_html(shown) + more
    return _page(store, "Counters, hubs and bases", line, "/plain/counters", "/counters", parts, day)


def closures_document(store: Store, day: date | None) -> Document:
    """Every counter that closed up to a day, and where the nearest one moved farthest."""
    on = day or today()
    shown = (counters.closures_exhibit(store, on), counters.growth_exhibit(store, on))
    line = f"Front counters closed between 1 January 2017 and {full_date(on)}."
    return _page(store, "Counters that closed", line, "/plain/closures", "/counters", exhibits_html(shown), day)


def totals_document(store: Store, day: date | None) -> Document:
    """Drafts, decisions and outcomes, and how the list of counters agrees with the published totals."""
    on = day or today()
    shown = (
        counters.plans_exhibit(store, on),
        counters.published_totals_exhibit(store, on),
        counters.reconciliation_exhibit(store, on),
    )
    line = "What was proposed, decided and done about counters, and how the list agrees with the published totals."
    return _page(store, "Counters planned and counted", line, "/plain/totals", "/counters", exhibits_html(shown), day)


def ring_fencing_document(store: Store, day: date | None) -> Document:
    """London's share of recorded time abstracted by month and type, beside the published statements."""
    on = day or today()
    by_month = ring_fencing.months_exhibit(store, on)
    shown = (by_month, ring_fencing.statements_exhibit(store, on), ring_fencing.types_exhibit(store, on))
    line = ring_fencing.newest_share(store, on) or NOT_IMPORTED
    pointers = [] if store.is_demonstration else [DEMONSTRATION_POINTER]
    how = "" if by_month else render("verdict.html", sentence=HOW_TO_IMPORT, lines=pointers)
    more = render("plain_more.html", links=RING_FENCING_PAGES if by_month else RING_FENCING_PAGES[1:])
    parts = how + exhibits_html(shown) + more
    return _page(
        store, "Ring-fencing: time taken from the ward", line, "/plain/ring_fencing", "/ring_fencing", parts, day
    )


def ring_fencing_places_document(store: Store, day: date | None) -> Document:
    """The share of recorded time abstracted of command units, boroughs and the wards at both ends."""
    on = day or today()
    shown = exhibits_html((ring_fencing.wards_exhibit(store, on), ring_fencing.places_exhibit(store, on)))
    line = "Share of ward officers' recorded time taken from their wards, by ward, borough and command unit."
    parts = shown or render("verdict.html", sentence=NOT_IMPORTED, lines=[HOW_TO_IMPORT])
    address = "/plain/ring_fencing_places"
    return _page(store, "Time taken from the ward, by place", line, address, "/ring_fencing", parts, day)


def extra_officers_document(store: Store, day: date | None) -> Document:
    """Wards above the minimum and officers per 10,000 residents, by borough."""
    on = day or today()
    line = "Which boroughs have wards with more than two constables or more than one PCSO, in FTE, and by what need."
    extra, need = ring_fencing.extra_exhibit(store, on), ring_fencing.need_exhibit(store, on)
    how = "" if extra else render("verdict.html", sentence=NOT_IMPORTED, lines=[HOW_TO_IMPORT])
    parts = how + exhibits_html((extra, need))
    return _page(store, "Where extra officers go", line, "/plain/extra_officers", "/ring_fencing", parts, day)


def promises_document(store: Store, day: date | None) -> Document:
    """The promise ledger on a day; each promise leads to its own page."""
    on = day or today()
    line = promises.ledger_verdict(store, on)
    parts = exhibits_html((promises.ledger_exhibit(store, on),)) + render("plain_more.html", links=PROMISE_PAGES)
    return _page(store, "Promises", line, "/plain/promises", "/promises", parts, day)


def promise_document(store: Store, promise_id: str, day: date | None) -> Document:
    """One promise in full; raises UnknownPlaceError for an unknown one."""
    on = day or today()
    entry = ledger_entry(store, promise_id, on)
    parts = promises.entry_html(entry)
    return _page(
        store,
        entry.promise.title,
        entry.promise.paraphrase,
        promise_path(promise_id),
        f"/promises?promise={promise_id}",
        parts,
        day,
    )


def questions_document(store: Store, day: date | None) -> Document:
    """What people asked, with the answer this site gives."""
    line = "Questions asked in public about ward officers and counters, each with the answer this site gives."
    parts = exhibits_html((promises.questions_exhibit(store),))
    return _page(store, "What people asked", line, "/plain/questions", "/promises", parts, day)


def find_document(store: Store, answer: Answer | None = None, asked: str = "", is_exported: bool = False) -> Document:
    """The form, and what it found; exported pages have no form, since there is no server to ask.

    `asked` is a name or the prefix of a postcode, never a postcode or position.
    """
    body = render("plain_find.html", answer=answer, asked=asked, is_exported=is_exported)
    line = "What was promised for your ward, who is known to be there, and how that is known."
    if answer is None:
        body += exhibits_html((landing.promise_exhibit(store, today()), landing.counters_exhibit(store, today())))
    return framed(store, PlainPage("Find your ward", line, "/plain/find", "/", body))


def about_document(store: Store, asked: Mapping[str, str] | None = None) -> Document:
    """What this is, and how to report an error about what `asked` names."""
    body = about_html(store, asked or {})
    line = "What this site is, where its figures come from, and how to tell us of an error."
    return framed(store, PlainPage("About this site", line, "/plain/about", "/about", body))


def section_document(store: Store, name: str) -> Document:
    """One section about the site; raises UnknownPlaceError."""
    section = find_section(store, name)
    body = section_html(store, name)
    return framed(store, PlainPage(section.title, section.line, section_path(name), section_address(name), body))


def plain_paths(store: Store) -> tuple[str, ...]:
    """Every permanent address of a plain page, the front page first."""
    return (
        FRONT,
        "/plain/about",
        *(f"/plain/{name}" for name in PAGES),
        *(section_path(name) for name in sections(store)),
        *(promise_path(entry.promise.promise_id) for entry in ledger(store, today())),
        *(path(borough.borough_code) for borough in all_boroughs(store) for path in (borough_path, months_path)),
        *(ward_path(row["ward_code"]) for row in store.rows("SELECT ward_code FROM ward ORDER BY ward_code")),
    )


def document_at(store: Store, path: str, site: str = "") -> Document:
    """The plain page at a permanent address of the origin `site`, without a form: as an export holds it.

    Raises UnknownPlaceError where there is none.
    """
    room, _, name = path.strip("/").rpartition("/")
    if path == FRONT:
        return find_document(store, is_exported=True)
    if path == "/plain/about":
        return about_document(store)
    if room == "plain/promises":
        return promise_document(store, name, None)
    if room == "borough":
        return borough_document(store, name, None, site)
    if room.startswith("borough/") and name == "months":
        return borough_months_document(store, room.removeprefix("borough/"), None)
    if room == "ward":
        return ward_document(store, name, None, site)
    if room == "plain" and name in PAGES:
        return PAGES[name](store, None)
    if path.startswith("/plain/"):
        return section_document(store, path.removeprefix("/plain/"))
    raise UnknownPlaceError(f"There is no page at {path[:60]!r}.")


def sitemap(store: Store, site: str) -> Document:
    """Every permanent address as a sitemap (https://www.sitemaps.org/protocol.html), below the origin `site`."""
    xml = render("sitemap.xml", addresses=plain_paths(store), site=site, changed_on=store.newest_as_at)
    return Document(text_bytes(xml), "application/xml; charset=utf-8", store.newest_as_at)


def robots(site: str) -> Document:
    """robots.txt (RFC 9309): everything may be read, the framework's own addresses are of no use."""
    text = f"User-agent: *\nDisallow: /_stcore/\nAllow: /\nSitemap: {site}/sitemap.xml\n"
    return Document(text.encode(), "text/plain; charset=utf-8")


def problem_document(store: Store, title: str, message: str, reference: str = "") -> Document:
    """A page that says what was wrong with an address, what can be asked instead, and the request's reference."""
    body = render("plain_problem.html", title=title, message=message, reference=reference)
    return framed(store, PlainPage(title, message, "/plain/find", "/", body))


PAGES: dict[str, Callable[[Store, date | None], Document]] = {
    "london": london_document,
    "months": months_document,
    "boroughs": boroughs_document,
    "months_boroughs": months_boroughs_document,
    "compared": compared_document,
    "counters": counters_document,
    "closures": closures_document,
    "totals": totals_document,
    "ring_fencing": ring_fencing_document,
    "ring_fencing_places": ring_fencing_places_document,
    "extra_officers": extra_officers_document,
    "promises": promises_document,
    "questions": questions_document,
}
