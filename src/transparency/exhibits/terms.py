"""The words of the glossary on a page: each is linked to its meaning once, in the running text that uses it first.

Running text is paragraphs, lists and notes. Words of the verdict, headings, labels, tables and what is folded are left
as they are: docs/adr/0015 says why.
"""

from __future__ import annotations

import re

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
    "Abstraction": r"abstract(?:ed|ions?)|time (?:spent )?elsewhere",
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
    "Lapsed": r"lapsed|no longer kept",
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
# Only where a word begins, and begins with a letter of one of them: of all that is tried at each place, little.
_WORDS = r"\b(?=[abcdefhilmnprstvw])(?:{})\b".format(
    "|".join(f"(?P<{group}>{spelt})" for group, spelt in zip(_ANCHORS, SPELLINGS.values(), strict=True))
)
# Elements that are ignored whole, none of which contains another of the same name: what is not running text, and what
# is a link already, drawn, or there to be copied or filled in. So is what is folded, in which more may be folded.
_IGNORED = (
    "h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "table", "a", "button", "code", "form", "label",
    "nav", "pre", "svg",
)  # fmt: skip
_PIECE = re.compile(
    rf"<(?P<name>{'|'.join(_IGNORED)})\b[^>]*>.*?</(?P=name)>"
    r'|<(?P<tag>\w+)[^>]* class="(?P<css_class>foot|glossary|verdict)"[^>]*>.*?</(?P=tag)>'
    rf"|<(?P<fold>/?details)\b[^>]*>|<[^>]*>|{_WORDS}",
    re.IGNORECASE | re.DOTALL,
)
_LINK = Markup('<a class="term" href="{}#{{}}">{{}}</a>').format(section_path("glossary"))
NOTHING_LINKED: frozenset[str] = frozenset()


def with_terms(html: str, before: frozenset[str] = NOTHING_LINKED) -> tuple[str, frozenset[str]]:
    """A piece of a page with its terms linked, and the anchors of those linked by its end, `before` by its beginning.

    The address is the plain glossary's on the dashboard too: there the browser finds the place by itself, which it
    cannot on a page that is drawn by script.
    """
    linked, folds = set(before), 0

    def piece(match: re.Match[str]) -> str:
        nonlocal folds
        if match["fold"]:
            folds += -1 if match["fold"].startswith("/") else 1
        anchor = _ANCHORS.get(match.lastgroup or "")
        if match["css_class"] == "glossary":
            linked.update(_ANCHORS.values())
        if folds or anchor is None or anchor in linked:
            return match[0]
        linked.add(anchor)
        return str(_LINK.format(anchor, match[0]))

    return _PIECE.sub(piece, html), frozenset(linked)
