"""What this site says of itself, one section to a page, the same on the dashboard and the plain pages.

The words are in `data/content/about/`, a file for each section; here is what fills in their placeholders. On the
dashboard a section is `/about?section=<name>`, on the plain pages `/plain/<name>`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup

from transparency import __version__
from transparency.about import rules
from transparency.about.calendar import calendar_values
from transparency.about.changes_shown import changes_values, place_changes_html, place_title, this_month_sentence
from transparency.about.corrections import corrections, corrections_values
from transparency.about.operator import operator
from transparency.about.sources import kind_html, kind_pages, sources_values
from transparency.about.steps import STEPS
from transparency.core.errors import UnknownPlaceError
from transparency.core.settings import settings
from transparency.core.vocabulary import EVIDENCE_MEANING, WARD_STATUS_WORDS, today
from transparency.exhibits.addresses import section_address
from transparency.exhibits.content import content_heading, content_html, content_rows, inline_html
from transparency.exhibits.exhibit import Column, Link, Mark, Table, table
from transparency.exhibits.glossary import glossary
from transparency.exhibits.html import render
from transparency.store.definitions import Definition, check_definitions, view_definitions
from transparency.store.store import Store

REPORTED = ("ward", "borough", "site", "measure", "report", "as_at", "data_version")
SECTION = "section"
PLACE_CHANGES = "changes/"
STATEMENT_REVIEWED_ON = date(2026, 11, 25)
DAYS_IN_A_YEAR = 366
LIMIT_MARKS = {
    "open": Mark("▽", "open", "short"),
    "fixed": Mark("●", "fixed", "met"),
    "avoided": Mark("●", "avoided", "met"),
}
LIMIT_COLUMNS = (
    Column("limit", "Limit"),
    Column("state", "State", cell=lambda row: LIMIT_MARKS[row["state"]]),
    Column("instead", "What this site does"),
)
REPLY_COLUMNS = (
    Column("replied_by", "From"),
    Column("replied_on", "Received"),
    Column("about", "About"),
    Column("text", "Reply, in full"),
)


@dataclass(frozen=True)
class Section:
    """One page about the site. `name` is its place in addresses, with a slash below another section; `make` gives
    its body, a top section's with its heading."""

    name: str
    title: str
    line: str
    make: Callable[[Store], str]

    @property
    def parent(self) -> str | None:
        """The section it is below."""
        return self.name.rpartition("/")[0] or None

    @property
    def address(self) -> str:
        """Its address on the dashboard."""
        return section_address(self.name)


def reading_values(_store: Store) -> dict[str, Any]:
    return {
        "evidence": {kind.value: meaning for kind, meaning in EVIDENCE_MEANING.items()},
        "statuses": list(WARD_STATUS_WORDS.values()),
    }


def methods_values(_store: Store) -> dict[str, Any]:
    rooms: dict[str, list[Definition]] = {}
    for definition in view_definitions():
        rooms.setdefault(definition.file.partition("/")[0], []).append(definition)
    return {"views": sorted(rooms.items()), "checks": check_definitions()}


def errors_values(store: Store, asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A report, perhaps filled in by the link that led here, and the replies received."""
    return {
        "report": report_text(asked or {}, store),
        "replies": table("Replies received", REPLY_COLUMNS, operator().replies),
    }


def accessibility_values(_store: Store) -> dict[str, Any]:
    def limits(caption: str, *states: str) -> Table:
        return table(caption, LIMIT_COLUMNS, [row for row in content_rows("limits") if row["state"] in states])

    self_check = rules.read_self_check()
    return {
        "reviewed_on": STATEMENT_REVIEWED_ON,
        "is_old": (today() - STATEMENT_REVIEWED_ON).days > DAYS_IN_A_YEAR,
        "open_limits": limits("Limits that are open", "open"),
        "closed_limits": limits("Limits that are fixed or avoided", "fixed", "avoided"),
        "accessibility_ran_on": self_check.accessibility_ran_on if self_check else None,
    }


# The sections in the order of the contents, each with what fills in its placeholders.
SECTIONS: Mapping[str, Callable[[Store], Mapping[str, Any]]] = {
    "reading": reading_values,
    "methods": methods_values,
    "glossary": lambda _: {"glossary": glossary()},
    "sources": sources_values,
    "changes": changes_values,
    "corrections": corrections_values,
    "releases": calendar_values,
    "errors": errors_values,
    "governance": lambda _: {"is_checked": rules.read_self_check() is not None},
    "accessibility": accessibility_values,
    "privacy": lambda _: {"logged": settings().log.value},
    "rules": rules.rules_values,
}


def top_sections() -> tuple[Section, ...]:
    """The sections in their order."""
    return tuple(Section(name, *content_heading(f"about/{name}"), partial(_top_html, name)) for name in SECTIONS)


def listed_sections() -> tuple[Section, ...]:
    """The sections that the contents list: the self-check only where this build has been checked."""
    is_checked = rules.read_self_check() is not None
    return tuple(section for section in top_sections() if is_checked or section.name != "rules")


def sections(store: Store) -> dict[str, Section]:
    """Every section by its name, those below others included."""
    definitions = [
        Section(
            f"methods/{definition.name}",
            definition.title,
            f"Defined in {definition.file}, as it is run.",
            partial(_definition_html, definition),
        )
        for definition in (*view_definitions(), *check_definitions())
    ]
    kinds = [
        Section(page.name, page.title, "Each source with its publisher, title and date.", partial(kind_html, page))
        for page in kind_pages(store)
    ]
    return {section.name: section for section in (*top_sections(), *definitions, *kinds)}


def find_section(store: Store, name: str) -> Section:
    """The section of this name; raises UnknownPlaceError naming those there are."""
    if name.startswith(PLACE_CHANGES):
        return _place_changes(store, name.removeprefix(PLACE_CHANGES).upper())
    known = sections(store)
    if name not in known:
        names = ", ".join(section.name for section in top_sections())
        raise UnknownPlaceError(f"There is no page about {name[:40]!r}. There are: {names}.")
    return known[name]


def _place_changes(store: Store, code: str) -> Section:
    """What changed about a ward or a borough: a page of its own, below what changed, in no list of sections."""
    line = "What each release changed about it, table by table."
    return Section(f"{PLACE_CHANGES}{code}", place_title(store, code), line, partial(place_changes_html, code))


def about_html(store: Store, asked: Mapping[str, str]) -> str:
    """The body of the page for the parameters of an address: a section, a report of an error, or the contents."""
    if asked.get("report"):
        return _framed(find_section(store, "errors"), _page_html("errors", store, errors_values(store, asked)))
    if asked.get(SECTION):
        return section_html(store, asked[SECTION])
    return overview_html(store)


def section_html(store: Store, name: str) -> str:
    """One section, with the way to the others; raises UnknownPlaceError."""
    section = find_section(store, name)
    return _framed(section, section.make(store))


def overview_html(store: Store) -> str:
    """The first page: what the site is, and where everything about it can be read."""
    self_check = rules.read_self_check()
    return _page_html(
        "about",
        store,
        {
            "not_official": store.not_official,
            "sections": listed_sections(),
            "rules_sentence": rules.rules_sentence(rules.rules_checked(self_check)) if self_check else None,
            "corrections_count": len(corrections(store)),
            "this_month": this_month_sentence(store),
            "steps": STEPS,
        },
    )


def report_text(asked: Mapping[str, str], store: Store) -> str:
    """A message about an error, with what it is about filled in from the link that led here."""
    lines = [f"{name.replace('_', ' ')}: {asked[name][:60]}" for name in REPORTED if asked.get(name)]
    if "data_version" not in asked:
        lines.append(f"data version: {store.data_version}")
    return "\n".join(["Error report", *lines, "What is wrong:", "What is right, and where it can be read:"])


def _page_html(name: str, store: Store, values: Mapping[str, Any]) -> str:
    """A file of `data/content/about/` as HTML, with what any of them may name and its own values."""
    return content_html(f"about/{name}", store=store, operator=operator(), code_version=__version__, **values)


def _top_html(name: str, store: Store) -> str:
    return _page_html(name, store, SECTIONS[name](store))


def _definition_html(definition: Definition, _store: Store) -> str:
    notes = {key: Markup(inline_html(text)) for key, text in definition.notes.items()}  # noqa: S704 - escaped there
    return render("about_definition.html", definition=definition, notes=notes)


def _framed(section: Section, body: str) -> str:
    """A section's body between the way to it and the list of sections."""
    above = [Link("About this site", "/about")]
    if section.parent is not None:
        parent = next(each for each in top_sections() if each.name == section.parent)
        above.append(Link(parent.title, parent.address))
    return render(
        "about_section.html",
        section=section,
        above=above,
        body=Markup(body),  # noqa: S704 - rendered by our escaping templates
        others=[each for each in listed_sections() if each.name != section.name],
    )
