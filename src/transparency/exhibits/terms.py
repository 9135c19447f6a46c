"""The words of the glossary on a page: each is linked to its meaning once, where the page uses it first.

First use is the first place in running text: paragraphs, lists, notes, subtitles, the meanings of a list of facts. The
verdict stays one clean sentence: those of its words that no text below it links first are linked in a line before the
next heading. Words that a page uses in headings, labels, tables and what is folded alone are linked in a line before
its foot. docs/adr/0015 says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from transparency.exhibits.addresses import section_path
from transparency.exhibits.glossary import anchor_of

# A term of GLOSSARY.md, and how pages spell it: a regular expression of whole words, in large or small letters.
SPELLINGS = {
    # But for the site's own name, London ward officers, and names of commands.
    "Dedicated ward officer (DWO)": r"dedicated (?:police )?constables?|(?:dedicated |(?<!London ))ward officers?"
    r"|(?-i:DWO)",
    "Dedicated PCSO": r"(?:dedicated )?PCSOs?",
    "In post": r"in post",
    "Vacant": r"vacant|vacanc(?:y|ies)",
    "Full-time equivalent (FTE)": r"full-time equivalents?|FTE",
    "Abstraction": r"abstract(?:ed|ions?)",
    "Ring-fencing": r"ring-fenc(?:ed|ing)",
    "Front counter": r"(?:front )?counters?",
    "Hub": r"(?:DWO )?hubs?",
    "Base": r"(?:safer neighbourhood )?bases?",
    "Contact point": r"contact points?",
    "Command unit": r"command units?",
    "Pathfinder": r"pathfinders?",
    "Promise": r"promises?",
    # In small letters only: the Met is also the police.
    "Met": r"(?-i:met)(?!\.police)",
    "Lapsed": r"lapsed",
    "Status": r"status(?:es)?",
    "Evidence": r"evidence",
    "Declaration": r"declar(?:ed|ations?)",
    "Required pace": r"(?:required )?pace",
    "As-at date": r"as(?: |-)at(?: dates?)?",
    "Snapshot": r"snapshots?",
    "Revision": r"revisions?",
    "Data version": r"data versions?",
}
_ANCHORS = {f"term_{place}": anchor_of(term) for place, term in enumerate(SPELLINGS)}
_WORDS = "|".join(rf"(?P<{group}>\b(?:{spelt})\b)" for group, spelt in zip(_ANCHORS, SPELLINGS.values(), strict=True))
# Elements that are ignored whole; none contains another of the same name. Words in the first are the page's own and
# are linked elsewhere; those in the second are links already, drawn, or there to be copied or filled in.
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OWN_WORDS = (*_HEADINGS, "caption", "details", "dt", "table")
_NO_WORDS = ("a", "button", "code", "form", "label", "nav", "pre", "svg")
_PIECE = re.compile(
    rf"<(?P<name>{'|'.join((*_OWN_WORDS, *_NO_WORDS))})\b[^>]*>(?P<inside>.*?)</(?P=name)>"
    r'|<(?P<tag>\w+)[^>]* class="(?P<css_class>foot|glossary|verdict)"[^>]*>(?P<words>.*?)</(?P=tag)>'
    rf"|<[^>]*>|{_WORDS}",
    re.IGNORECASE | re.DOTALL,
)
_LINK = Markup('<a class="term" href="{}#{{}}">{{}}</a>').format(section_path("glossary"))
_LINE = Markup('<p class="note no-print">{}: {}.</p>')


@dataclass(frozen=True)
class LinkedTerms:
    """Glossary terms already linked on this page, by anchor, and the words by anchor that wait for a link: those of a
    verdict and those of the whole page."""

    linked: frozenset[str] = frozenset()
    of_verdict: tuple[tuple[str, str], ...] = ()
    of_page: tuple[tuple[str, str], ...] = ()


NOTHING_LINKED = LinkedTerms()


def with_terms(html: str, before: LinkedTerms = NOTHING_LINKED) -> tuple[str, LinkedTerms]:
    """A piece of a page with its terms linked, and what is linked by its end; `before` is what was by its beginning.

    The address is the plain glossary's on the dashboard too: there the browser finds the place by itself, which it
    cannot on a page that is drawn by script.
    """
    linked = set(before.linked)
    of_verdict, of_page = dict(before.of_verdict), dict(before.of_page)

    def line(label: str, words: Mapping[str, str]) -> str:
        unlinked = {anchor: word for anchor, word in words.items() if anchor not in linked}
        linked.update(unlinked)
        links = Markup(", ").join(_LINK.format(anchor, word) for anchor, word in unlinked.items())
        return str(_LINE.format(label, links)) if unlinked else ""

    def piece(match: re.Match[str]) -> str:
        anchor = _ANCHORS.get(match.lastgroup or "")
        if anchor is not None:
            if anchor in linked:
                return match[0]
            linked.add(anchor)
            return str(_LINK.format(anchor, match[0]))
        if match["css_class"] == "verdict":
            of_verdict.update(_words(match["words"]))
        if match["css_class"] == "foot":
            return line("More terms of this page", of_verdict | of_page) + match[0]
        if match["css_class"] == "glossary":
            linked.update(_ANCHORS.values())
        terms = line("Terms", of_verdict) if match["name"] in _HEADINGS else ""
        if match["name"] in _OWN_WORDS:
            of_page.update(_words(match["inside"]) | of_page)
        return terms + match[0]

    html = _PIECE.sub(piece, html)
    waiting = (
        tuple((anchor, word) for anchor, word in words.items() if anchor not in linked)
        for words in (of_verdict, of_page)
    )
    return html, LinkedTerms(frozenset(linked), *waiting)


def _words(html: str) -> dict[str, str]:
    """The terms used in an ignored part, by anchor, as it spells them first."""
    found: dict[str, str] = {}
    for match in _PIECE.finditer(html):
        if anchor := _ANCHORS.get(match.lastgroup or ""):
            found.setdefault(anchor, match[0])
        elif match["name"] in _OWN_WORDS:
            found = _words(match["inside"]) | found
    return found
