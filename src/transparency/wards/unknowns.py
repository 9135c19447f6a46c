"""What has not been published about a ward: each gap in plain words, whom to ask, and a text to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.core.text import full_date
from transparency.core.vocabulary import OLDEST_WORKBOOK_FROM, WORKBOOK_PUBLISHED_ON, Evidence
from transparency.wards.standing import WardStanding
from transparency.wards.verdict import is_fresh

MET_FOI = "the Metropolitan Police (freedom of information)"
BASES_LISTED_ON = date(2017, 11, 1)
MAYOR = "the Mayor's Office for Policing and Crime"


@dataclass(frozen=True)
class Unknown:
    """A gap: what is not known, whom to ask, and a short text ready to copy."""

    gap: str
    ask: str
    text: str


def unknowns(standing: WardStanding, has_published_hub: bool) -> tuple[Unknown, ...]:
    """The gaps of one ward on a day, the officers first."""
    ward_name = standing.ward.ward_name
    place = f"{ward_name} ward ({standing.ward.borough_name}, code {standing.ward.ward_code})"
    known_annex = standing.day >= BASES_LISTED_ON
    gaps = []
    not_evidenced = [
        noun
        for noun, half in (("constables", standing.pcs), ("PCSOs", standing.pcsos))
        if not is_fresh(half) or half.evidence is Evidence.DECLARED
    ]
    if not_evidenced:
        gaps.append(
            Unknown(
                f"How many {' and '.join(not_evidenced)} were dedicated to {ward_name} "
                f"on {full_date(standing.day)}: we hold no official figure for that day.",
                MET_FOI,
                f"Under the Freedom of Information Act 2000, please give me, for {place}: the number of "
                f"dedicated ward officer posts and of dedicated PCSO posts on {full_date(standing.day)}, how "
                "many were filled, and how many of those in post were on leave of over 28 days or on "
                "restricted duties.",
            )
        )
    if not has_published_hub:
        gaps.append(
            Unknown(
                f"Where the officers of {ward_name} start and end their shifts: we know of no police base."
                + (" The strategy of November 2017 lists bases in an annex we have not read." if known_annex else ""),
                MET_FOI,
                f"Please tell me from which site the dedicated ward officers of {place} start and end their "
                "shifts, since when, and where and when residents can meet them.",
            )
        )
    gaps.append(
        Unknown(
            f"How often the officers of {ward_name} were sent elsewhere: {_off_the_ward(standing)}",
            MAYOR,
            f"Please tell me how many hours the dedicated ward officers of {place} were abstracted to other "
            "duties in each of the last twelve months, and for what kinds of duty.",
        )
    )
    return tuple(gaps)


def _off_the_ward(standing: WardStanding) -> str:
    """What there is of time spent elsewhere by ward."""
    if standing.day < OLDEST_WORKBOOK_FROM:
        return "nothing was published by ward."
    if standing.is_workbook_missing or not standing.has_months:
        later = "later " if standing.day < WORKBOOK_PUBLISHED_ON else ""
        return f"the Met {later}published monthly figures for each ward team; this site has not loaded them."
    return "the Met's hours by ward team, as last seen in September 2026, do not answer it for every month."
