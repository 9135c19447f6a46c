"""The plain HTML twin: every answer of the dashboard as a page that needs no script, at an address that stays.

Each page is made of its description in `pages/`; the server and the static export send the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from transparency import __version__
from transparency.about.pages import sections
from transparency.about.planned_releases import next_release
from transparency.core.errors import UnknownPlaceError
from transparency.core.settings import settings
from transparency.core.vocabulary import today
from transparency.exhibits.addresses import (
    borough_path,
    borough_promise_path,
    months_path,
    promise_path,
    section_path,
    site_path,
    ward_path,
    with_plain_addresses,
)
from transparency.exhibits.document import HTML, LICENCE_URL, Document, text_bytes
from transparency.exhibits.exhibit import Exhibit, Link
from transparency.exhibits.html import TEMPLATES, inline_pictures, render, still_exhibit_html
from transparency.exhibits.terms import with_terms
from transparency.outlets.previews import SITES_OWN, Preview, preview_of
from transparency.outlets.tools import tools_html
from transparency.pages.landing import find_sheet
from transparency.pages.page import SITE_NAME, Asked, Commands, Sheet, Shown, Tools, Words, contents, in_order
from transparency.pages.registry import PAGES, SHEETS
from transparency.places.queries import all_boroughs
from transparency.promises.queries import ledger
from transparency.store.store import Store

FRONT = "/plain/find"
STYLESHEET = "/plain/style.css"
OF_A_BOROUGH = (borough_path, borough_promise_path, months_path)
# The same labels as in the menu of the dashboard.
NAV = tuple(Link(each.title, each.plain_address_of(Asked(today()))) for each in PAGES)


def stylesheet(_store: Store) -> Document:
    """The sheet of the plain pages, one file for all of them."""
    return _sheet("site.css", "plain.css")


def dashboard_stylesheet(_store: Store) -> Document:
    """The sheet of the dashboard's fragments and of the frame around them; its shell links it."""
    return _sheet("site.css", "dashboard.css")


def _sheet(*names: str) -> Document:
    css = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names)
    return Document(css.encode(), "text/css; charset=utf-8")


def still_html(what: Shown, level: int = 2, site: str = "") -> str:
    """What a part gives as HTML that needs no script; empty for what only acts."""
    match what:
        case str():
            return what
        case Exhibit():
            return f'<section class="exhibit">{still_exhibit_html(what.still, level)}</section>'
        case Commands():
            return render("commands.html", commands=what.make(site))
        case _:
            return ""


def document(store: Store, sheet: Sheet, asked: Asked, site: str = "", is_exported: bool = False) -> Document:
    """A plain page; `site` is the origin that cards and commands to copy name. Raises UnknownPlaceError.

    Links to a ward show its picture, which only a server draws; an exported page shows the site's own.
    """
    words = sheet.words(store, asked)
    drawn = [
        (part.level, each) for part in in_order(store, asked, sheet.parts) for each in contents(part.make(store, asked))
    ]
    head = render("plain_head.html", title=words.heading, line=words.lead, day=asked.day) if words.heading else ""
    address = sheet.address_of(asked)
    tools = words.tools or next((each for _, each in drawn if isinstance(each, Tools)), None)
    row = tools_html(store, tools, asked, address, site) if tools else ""
    shown = [row if each is tools else still_html(each, level, site) for level, each in drawn]
    body = head + (row if words.tools else "") + "".join(shown)
    preview = SITES_OWN if is_exported else preview_of(sheet.page, asked, words.title, words.line)
    return _framed(store, words, address, sheet.dashboard_address_of(asked), body, preview, site)


def _framed(
    store: Store,
    words: Words,
    address: str,
    dashboard_address: str,
    body: str,
    preview: Preview = SITES_OWN,
    site: str = "",
) -> Document:
    """The page as a whole HTML document."""
    body, told = with_terms(with_plain_addresses(body))
    body = inline_pictures(body)  # once the terms are linked, which need not look at them then
    foot = render("footer.html", store=store, code_version=__version__, next_release=next_release(today()))
    footer, _ = with_terms(with_plain_addresses(foot), told)
    html = render(
        "plain.html",
        title=words.title,
        site_name=SITE_NAME,
        description=words.line,
        address=address,
        site=site or settings().site,
        preview=preview,
        dashboard_href=dashboard_address,
        nav=NAV,
        stylesheet_address=STYLESHEET,
        body=Markup(body),  # noqa: S704 - rendered by our escaping templates
        footer=Markup(footer),  # noqa: S704 - as above
        store=store,
        dataset_json=_dataset_json(store, words, address) if words.is_dataset else None,
    )
    return Document(html.encode(), HTML, store.newest_as_at)


def _dataset_json(store: Store, words: Words, address: str) -> Markup:
    """schema.org Dataset (https://schema.org/Dataset), escaped for a script element."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": words.title,
        "description": f"{words.line} {store.not_official}"[:4900],
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "version": store.data_version,
        "url": address,
        "spatialCoverage": "London",
    }
    text = json.dumps(described, ensure_ascii=True)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - escaped just here


def problem_document(store: Store, title: str, message: str, reference: str = "") -> Document:
    """A page that says what was wrong with an address, what can be asked instead, and the request's reference."""
    body = render("plain_problem.html", title=title, message=message, reference=reference)
    return _framed(store, Words(title, message, is_dataset=False), FRONT, "/", body)


def document_at(store: Store, path: str, day: date | None = None, site: str = "") -> Document:
    """The plain page at a permanent address of the origin `site`, without a form: as an export holds it.

    Raises UnknownPlaceError where there is none.
    """
    for sheet in (find_sheet(is_exported=True), *SHEETS):
        if (asked := sheet.asked_at(store, path, day)) is not None:
            return document(store, sheet, asked, site, is_exported=True)
    raise UnknownPlaceError(f"There is no page at {path[:60]!r}.")


def dated_paths() -> Sequence[str]:
    """The addresses of the plain pages that are of no one place and answer for any day."""
    return [sheet.path for sheet in SHEETS if sheet.page.has_day and not sheet.parameter]


def plain_paths(store: Store) -> tuple[str, ...]:
    """Every permanent address of a plain page, the front page first."""
    return (
        FRONT,
        "/plain/about",
        *dated_paths(),
        *(section_path(name) for name in sections(store)),
        *(promise_path(entry.promise.promise_id) for entry in ledger(store, today())),
        *(path(borough.borough_code) for borough in all_boroughs(store) for path in OF_A_BOROUGH),
        *(site_path(row["site_id"]) for row in store.rows("SELECT site_id FROM site ORDER BY site_id")),
        *(ward_path(row["ward_code"]) for row in store.rows("SELECT ward_code FROM ward ORDER BY ward_code")),
    )


def sitemap(store: Store, site: str) -> Document:
    """Every permanent address as a sitemap (https://www.sitemaps.org/protocol.html), below the origin `site`."""
    xml = render("sitemap.xml", addresses=plain_paths(store), site=site, changed_on=store.newest_as_at)
    return Document(text_bytes(xml), "application/xml; charset=utf-8", store.newest_as_at)


def robots(site: str) -> Document:
    """robots.txt (RFC 9309): everything may be read, the framework's own addresses are of no use."""
    text = f"User-agent: *\nDisallow: /_stcore/\nAllow: /\nSitemap: {site}/sitemap.xml\n"
    return Document(text.encode(), "text/plain; charset=utf-8")
