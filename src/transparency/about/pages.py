"""The rulebook: what this site says of itself, one section to a page, the same on the dashboard and the plain pages.

On the dashboard a section is `/about?section=<name>`, on the plain pages `/plain/<name>`; `outlets.addresses` knows
both spellings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from transparency import __version__
from transparency.about.accessibility import FRAMEWORK_LIMITS, STATEMENT_PREPARED_ON, STATEMENT_REVIEWED_ON, LimitState
from transparency.about.calendar import calendar_html
from transparency.about.corrections import corrections, corrections_html
from transparency.about.methods import Definition, check_definitions, definition_html, methods_html, view_definitions
from transparency.about.operator import operator
from transparency.about.rules import rules_checked, rules_html, rules_sentence
from transparency.about.self_check import read_self_check
from transparency.about.sources import kind_html, kind_pages, sources_html
from transparency.core.errors import UnknownPlaceError
from transparency.core.settings import Logged, settings
from transparency.core.text import NOT_OFFICIAL
from transparency.core.vocabulary import EVIDENCE_MEANING, WARD_STATUS_WORDS, today
from transparency.exhibits.addresses import section_address
from transparency.exhibits.exhibit import Column, Link, Mark, Table
from transparency.exhibits.glossary import glossary_html
from transparency.exhibits.html import render

if TYPE_CHECKING:
    from transparency.store.store import Store

REPORTED = ("ward", "borough", "site", "measure", "report", "as_at", "data_version")
SECTION = "section"
DAYS_IN_A_YEAR = 366
LOGGED_WORDS = {
    Logged.FAULTS: "This server keeps no log of visits: no address of a visitor, no page asked for. It writes down its "
    "own faults, with the path on which they happened and without who met them.",
    Logged.REQUESTS: "This server writes down each request: its path without what was searched for, the time and the "
    "answer's status, without the address of who asked.",
    Logged.ADDRESSES: "This server writes down each request: its path without what was searched for, the time, the "
    "answer's status and the address (IP) it came from.",
}


@dataclass(frozen=True)
class Section:
    """One page of the rulebook. `name` is its place in addresses, with a slash below another section; `make` gives
    its body without the heading."""

    name: str
    title: str
    line: str
    make: Callable[[Store], str]

    @property
    def parent(self) -> str | None:
        """The section it stands below."""
        return self.name.rpartition("/")[0] or None

    @property
    def address(self) -> str:
        """Its address on the dashboard."""
        return section_address(self.name)


def top_sections() -> tuple[Section, ...]:
    """The sections the contents list, in their order."""
    return (
        Section(
            "reading",
            "How to read it: status, evidence, strengths and limits",
            "What each status and each kind of evidence means, what these figures are good for, and what not.",
            reading_html,
        ),
        Section(
            "methods",
            "Methods and definitions",
            "How every derived number is made: each definition in words, with the very SQL that is run.",
            lambda _store: methods_html(),
        ),
        Section(
            "glossary",
            "Glossary",
            "The words of this site, spelt the same in the data, the definitions and on the pages.",
            lambda _store: glossary_html(),
        ),
        Section(
            "sources",
            "Sources",
            "Who published what the figures rest on.",
            sources_html,
        ),
        Section(
            "corrections",
            "Corrections",
            "Every published figure that was replaced: date, field, old and new value, and why.",
            corrections_html,
        ),
        Section(
            "releases",
            "Release calendar",
            "What was published when, what is announced, and what is overdue.",
            calendar_html,
        ),
        Section(
            "errors",
            "Errors and replies",
            "How to report an error, how errors are handled, and the right of reply.",
            lambda store: errors_html(store, {}),
        ),
        Section(
            "governance",
            "Who runs it, and by which rules",
            "Who decides what is included, who sees figures early, the Code of Practice, and how the site will end.",
            governance_html,
        ),
        Section(
            "accessibility",
            "Accessibility statement",
            "How accessible this site is, which parts are not, and what to do then.",
            accessibility_html,
        ),
        Section(
            "privacy",
            "Privacy notice",
            "What this site learns of its readers, which is next to nothing.",
            lambda _store: render("about_privacy.html", operator=operator(), logged=LOGGED_WORDS[settings().log]),
        ),
        Section(
            "rules",
            "Self-check",
            "The rules this site set itself, and whether each holds for this very build.",
            rules_html,
        ),
    )


def sections(store: Store) -> dict[str, Section]:
    """Every section by its name, those below others included."""
    below = [
        *(
            Section(
                f"methods/{definition.name}",
                definition.title,
                f"Defined in sql/{definition.file}, as it is run.",
                partial(_definition, definition),
            )
            for definition in (*view_definitions(), *check_definitions())
        ),
        *(
            Section(
                page.name,
                page.title,
                "Each source with its publisher, title and date.",
                partial(kind_html, page=page),
            )
            for page in kind_pages(store)
        ),
    ]
    return {section.name: section for section in (*top_sections(), *below)}


def _definition(definition: Definition, _store: Store) -> str:
    return definition_html(definition)


def find_section(store: Store, name: str) -> Section:
    """The section of this name; raises UnknownPlaceError naming those there are."""
    known = sections(store)
    if name not in known:
        names = ", ".join(section.name for section in top_sections())
        raise UnknownPlaceError(f"There is no page about {name[:40]!r}. There are: {names}.")
    return known[name]


def about_html(store: Store, asked: Mapping[str, str]) -> str:
    """The body of the page for the parameters of an address: a section, a report of an error, or the contents."""
    if asked.get("report"):
        section = find_section(store, "errors")
        return framed_section(section, errors_html(store, asked))
    if asked.get(SECTION):
        return section_html(store, asked[SECTION])
    return overview_html(store)


def section_html(store: Store, name: str) -> str:
    """One section under its heading, with the way to the others; raises UnknownPlaceError."""
    section = find_section(store, name)
    return framed_section(section, section.make(store))


def framed_section(section: Section, body: str) -> str:
    """A section's body between its heading and the list of sections."""
    above = [Link("About this site", "/about")]
    if section.parent is not None:
        parent = next(each for each in top_sections() if each.name == section.parent)
        above.append(Link(parent.title, parent.address))
    return render(
        "about_section.html",
        section=section,
        above=above,
        body=Markup(body),  # noqa: S704 - rendered by our escaping templates
        others=[each for each in top_sections() if each.name != section.name],
    )


def overview_html(store: Store) -> str:
    """The first page: what the site is, and where everything about it stands."""
    corrected = corrections(store)
    return render(
        "about.html",
        store=store,
        code_version=__version__,
        not_official=NOT_OFFICIAL,
        sections=top_sections(),
        rules_sentence=rules_sentence(rules_checked()),
        corrections_count=len(corrected),
        operator=operator(),
        errors_address=section_address("errors"),
        rules_address=section_address("rules"),
        corrections_address=section_address("corrections"),
    )


def reading_html(_store: Store) -> str:
    """What status and evidence mean, and what the figures are good for."""
    return render(
        "about_reading.html",
        evidence=[(kind.value, meaning) for kind, meaning in EVIDENCE_MEANING.items()],
        statuses=list(WARD_STATUS_WORDS.values()),
    )


def report_text(asked: Mapping[str, str], store: Store) -> str:
    """A message about an error, with what it is about filled in from the link that led here."""
    lines = [f"{name.replace('_', ' ')}: {asked[name][:60]}" for name in REPORTED if asked.get(name)]
    if "data_version" not in asked:
        lines.append(f"data version: {store.data_version}")
    return "\n".join(["Error report", *lines, "What is wrong:", "What is right, and where it can be read:"])


def errors_html(store: Store, asked: Mapping[str, str]) -> str:
    """How to report an error, perhaps one named by a link, how errors are handled, and the replies received."""
    declared = operator()
    replies = Table(
        caption="Replies received",
        columns=(
            Column("replied_by", "From"),
            Column("replied_on", "Received"),
            Column("about", "About"),
            Column("text", "Reply, in full"),
        ),
        rows=tuple((reply.replied_by, reply.replied_on, reply.about, reply.text) for reply in declared.replies),
    )
    return render(
        "about_errors.html",
        operator=declared,
        report=report_text(asked, store),
        replies=replies if declared.replies else None,
        corrections_address=section_address("corrections"),
    )


def governance_html(_store: Store) -> str:
    """Who answers for the site, and by which rules it is kept and will end."""
    return render(
        "about_governance.html",
        operator=operator(),
        releases_address=section_address("releases"),
        errors_address=section_address("errors"),
        methods_address=section_address("methods"),
        rules_address=section_address("rules"),
    )


def accessibility_html(_store: Store) -> str:
    """The accessibility statement under its legal headings."""
    self_check = read_self_check()
    marks = {
        LimitState.OPEN: Mark("▽", "open", "short"),
        LimitState.MENDED: Mark("●", "mended", "met"),
        LimitState.AVOIDED: Mark("●", "avoided", "met"),
    }

    def table(caption: str, *states: LimitState) -> Table:
        return Table(
            caption=caption,
            columns=(Column("limit", "Limit"), Column("state", "State"), Column("instead", "What this site does")),
            rows=tuple(
                (each.limit, marks[each.state], each.instead) for each in FRAMEWORK_LIMITS if each.state in states
            ),
        )

    return render(
        "about_accessibility.html",
        operator=operator(),
        prepared_on=STATEMENT_PREPARED_ON,
        reviewed_on=STATEMENT_REVIEWED_ON,
        is_old=(today() - STATEMENT_REVIEWED_ON).days > DAYS_IN_A_YEAR,
        open_limits=table("Limits that are open", LimitState.OPEN),
        closed_limits=table("Limits that are mended or avoided", LimitState.MENDED, LimitState.AVOIDED),
        accessibility_ran_on=self_check.accessibility_ran_on if self_check and self_check.is_of_this_code else None,
        rules_address=section_address("rules"),
        errors_address=section_address("errors"),
    )
