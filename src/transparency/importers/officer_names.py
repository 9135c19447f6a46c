"""Striking officers' names out of texts: those listed for a ward, and any name after a title.

Of the two errors a word struck out too many is the smaller one. A title in small letters is a name's only where no
article goes before it ("the pc was repaired") and no ordinary word follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

STRUCK_OUT = "[an officer]"

_TITLE = (
    r"(?:(?:acting|temporary|special|detective|det|chief|police|[ast]/)[.\s/]*)*"
    r"(?:p\.?c\.?s\.?o|d\.?w\.?o|p[./]?c|p\.?s|s\.?c|(?-i:W?D[CSI]|DCI|WPC|SPC)|sgt|sergeant|serg|insp|inspector|supt|superintendent|constable"
    r"|(?:community\s+support\s+|dedicated\s+ward\s+|ward\s+)?officer)"
)
_TITLE_ALONE = re.compile(rf"{_TITLE}s?|det|detective|acting|chief|police", re.IGNORECASE)
_LISTED_TITLE = rf"(?:{_TITLE}|mr|mrs|ms|miss)"
_NUMBER = r"\(?[a-z]{0,2}\d{1,7}[a-z]{0,3}\)?"
_INITIALS = r"(?:(?:(?-i:[A-Z])|[b-hj-z])(?:\.\s*|\s+))*"
_WORD = r"[^\W\d_](?:[\w'’‘ʼ`´‐‑–-]*\w)"
_PARTICLES = r"(?:(?:van|von|der|den|de|da|del|la|le|al|el|bin|ibn|mac|mc|st)\s+)*"
_ARTICLES = """
    a an the this that these those each every any some no one two three our four your their my his her its new old local
    ward dedicated neighbourhood extra more both of all
"""
_BEFORE_A_NOUN = frozenset(_ARTICLES.split())
# Words that follow a title without being a name: "PCSO surgery", "PC Tuesday 10 am", "pc will".
_ORDINARY_WORDS = """
    a about above across after again all also always an and any are as at attended attends available away back based
    be because been before being both bring bringing brought but by call called calls came can come comes community
    contact contacts could covering did do does done donated drop drops during each email events every for found
    from gave go goes had has have he held help helped her here him his hold holding holds host hosted hosts hour
    hours how if in into invites is it its joined joins kept laptops last led left level made make makes may meet
    meeting meetings met mobile moved must my near neighbourhood new next no not number numbers of off officer
    officers on one or other our out over patrol patrolled patrolling patrols per phone please post posts ran
    recruitment repair repaired repairs returned road said sat saw says see seen sees seized she shop should since
    so some spoke stall station stopped street strength support surgeries surgery talk talks team teams telephone
    than that the their them then there these they this those to told took training two until up us vacancies
    vacancy visit visited visiting visits walk walked walks wanted ward was we welcome went were what when where
    which while who will with within work worked working works would yet you your
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    january february march april june july august september october november december
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
# Words that are names where only their first letter is large: PC Will Smith, PC May.
_NAMES_TOO = frozenset({"will", "may", "april", "june", "august"})
_ONE_NAME = rf"{_INITIALS}{_PARTICLES}{_WORD}"
_NAMED = rf"(?:{_NUMBER}[\s,:-]+)*(?P<name>{_ONE_NAME})(?:\s+(?P<second>{_ONE_NAME}))?(?:\s+(?P<third>{_WORD}))?(?!\w)"
# Space, or a full stop that is not one of an address (dwo.abbey@…).
_BETWEEN = r"[.:]?(?:\s+|(?<=[.:])(?=(?-i:[A-Z]))(?!\S*[@/]))"
_NUMBER_JOINED = r"(?:\d{2,7}[a-z]{0,3})?"
_TITLED = re.compile(
    rf"(?<!\w)(?P<title>{_TITLE})(?P<plural>'?s)?{_NUMBER_JOINED}(?!\w){_BETWEEN}{_NAMED}", re.IGNORECASE
)
_FURTHER = re.compile(rf"\s*(?:,\s*and\b|,|/|&|\band\b)\s*{_NAMED}", re.IGNORECASE)
_NUMBER_AFTER = re.compile(r"\s*(?:\([a-z]{0,2}\d+[a-z]{0,3}\)|[a-z]{0,2}\d+(?![ap]m\b)[a-z]{1,3}\b)", re.IGNORECASE)
_MARKS = re.compile(r"['’‘ʼ`´‐‑–-]+")


def name_striker(names: Iterable[str]) -> Callable[[str], str]:
    """A function that strikes officers out of a text: those of the names, and whoever is named after a title.

    The second also meets those of another ward, and of a ward whose list of people was not there.
    """
    patterns = [pattern for name in names for pattern in _patterns(name)]
    listed = re.compile(rf"(?<!\w)(?:{_LISTED_TITLE}[\W_]+)?(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)

    def strike_out(text: str) -> str:
        return _without_titled(listed.sub(STRUCK_OUT, text) if patterns else text)

    return strike_out


def _patterns(name: str) -> list[str]:
    """How a listed officer may be written: in full, with an initial, or by the last name after a title."""
    words = re.findall(r"[^\W_][\w'’‘ʼ`´‐‑–-]*", name)
    own = [
        word for word in words if not re.fullmatch(_LISTED_TITLE, word, re.IGNORECASE) and not re.search(r"\d", word)
    ]
    if not own:
        return []
    spelt = [r"[\W_]*".join(re.escape(part) for part in _MARKS.split(word) if part) for word in own]
    titled = rf"{_LISTED_TITLE}[\W_]+(?:\w+[\W_]+)?{spelt[-1]}"
    if len(own) == 1:
        return [titled]
    return [r"[\W_]+".join(spelt), rf"{spelt[-1]},\s*{spelt[0]}", rf"{re.escape(own[0][0])}[.\s]+{spelt[-1]}", titled]


def _without_titled(text: str) -> str:
    """The text without names after titles, each with its title and number."""
    kept: list[str] = []
    place = 0
    while match := _TITLED.search(text, place):
        end = _end_of_names(text, match)
        if end is None:
            # Not a name; the next title may begin within what was looked at.
            kept.append(text[place : match.end("title")])
            place = match.end("title")
            continue
        kept += [text[place : match.start()], STRUCK_OUT]
        place = end
    return "".join([*kept, text[place:]])


def _end_of_names(text: str, match: re.Match[str]) -> int | None:
    """Where the name after a title ends, or None where no name follows it."""
    if _is_ordinary(match["name"]) or _is_a_noun(text, match):
        return None
    end = _end_of_one(text, match)
    while (further := _FURTHER.match(text, end)) and _is_further(further, bool(match["plural"])):
        end = _end_of_one(text, further)
    return end


def _is_further(match: re.Match[str], is_plural: bool) -> bool:
    """Whether a name goes on with another: any after several titles, one capital word after one ("PC Hale & Reed")."""
    if _is_ordinary(match["name"]) or _TITLE_ALONE.fullmatch(match["name"]):
        return False
    is_joined = not match[0].lstrip().startswith(",")
    return is_plural or (is_joined and match["name"][0].isupper() and not (match["second"] or "a")[0].isupper())


def _end_of_one(text: str, match: re.Match[str]) -> int:
    """The end of one name and its number: more words belong to it unless they are ordinary or of the other case."""
    last, is_capital = "name", match["name"][0].isupper()
    for further in ("second", "third") if is_capital else ("second",):
        word = match[further]
        if word is None or _is_ordinary(word) or word.split()[-1][0].isupper() != is_capital:
            break
        last = further
    number = _NUMBER_AFTER.match(text, match.end(last))
    return number.end() if number else match.end(last)


def _is_ordinary(name: str) -> bool:
    word = name.split()[-1]
    return word.casefold() in _ORDINARY and not (word.casefold() in _NAMES_TOO and word.istitle())


def _is_a_noun(text: str, match: re.Match[str]) -> bool:
    """Whether the title is a noun of its sentence: small letters follow, and it is "officer" or has an article."""
    if not match["name"][0].islower():
        return False
    before = re.search(r"(\w+)\W*$", text[: match.start()])
    return match["title"].casefold().endswith("officer") or (
        before is not None and before[1].casefold() in _BEFORE_A_NOUN
    )
