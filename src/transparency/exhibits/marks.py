"""Status marks: symbol, word and colour together, the same on every page."""

from __future__ import annotations

from transparency.core.vocabulary import WARD_STATUS_WORDS, Evidence, HalfKnown, HalfStatus, SiteStatus, WardStatus
from transparency.exhibits.exhibit import Mark

_UNKNOWN = {WardStatus.LAST_KNOWN: "◔", WardStatus.NOT_ON_SITE: "…", WardStatus.NOT_PUBLISHED: "–"}


def ward_mark(status: WardStatus, evidence: Evidence | None, is_lapsed: bool, was_announced: bool = False) -> Mark:
    """The mark of a ward: status and evidence in one symbol, both in its words.

    `was_announced`: what has lapsed had only been announced as kept.
    """
    word = WARD_STATUS_WORDS[status]
    if is_lapsed:
        return Mark("◌", f"{word}, {'announced as kept' if was_announced else 'kept'} before", "lapsed")
    if status is WardStatus.MET:
        if evidence is Evidence.DECLARED:
            return Mark("◯", "announced, not checked", "declared")
        return Mark("●", word, "met")
    if status is WardStatus.PARTLY_KNOWN:
        return Mark("◐", word, "half")
    if status in _UNKNOWN:
        return Mark(_UNKNOWN[status], word, "unknown")
    return Mark("▽", word, "short")


def month_mark(status: WardStatus) -> Mark:
    """The mark of a ward in a month, by the rule for the monthly series."""
    return ward_mark(status, None, False)


def half_mark(known: HalfKnown) -> Mark:
    """The mark of one half of the promise."""
    if known.is_lapsed:
        was_announced = known.last_met_evidence is Evidence.DECLARED
        return Mark("◌", "announced before" if was_announced else "kept before", "lapsed")
    if known.status is HalfStatus.MET:
        if known.evidence is Evidence.DECLARED:
            return Mark("◯", "announced", "declared")
        return Mark("●", "as promised", "met")
    if known.status is HalfStatus.SHORT:
        return Mark("▽", "short", "short")
    if known.status is HalfStatus.LAST_KNOWN:
        return Mark("◔", "last known", "unknown")
    return Mark("–", "not known", "unknown")


def site_mark(status: SiteStatus) -> Mark:
    """The mark of a site's status on a day."""
    if status is SiteStatus.OPEN:
        return Mark("●", "open", "met")
    if status is SiteStatus.NOT_OPEN:
        return Mark("▽", "not open", "short")
    return Mark("–", "not known", "unknown")
