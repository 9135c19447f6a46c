"""Recorded crime of a ward as a section of its page."""

from __future__ import annotations

from markupsafe import Markup

from transparency.core.text import full_date
from transparency.crime.queries import CrimeGroup, WardCrimeRecord
from transparency.crime.sentences import CAVEAT, COPY, more_sentences, year_sentence
from transparency.exhibits.exhibit import Column, Table, table
from transparency.exhibits.html import render

GROUPS = (
    Column("offence_group", "Group", cell=lambda group: group.offence_group.replace("_", " ").capitalize()),
    Column("offences", "Offences", True),
)


def ward_crime_html(crime: WardCrimeRecord | None, ward_name: str, level: int) -> Markup:
    """The section; nothing for a ward without twelve months of its own."""
    if crime is None:
        return Markup()
    html = render(
        "ward_crime.html",
        level=level,
        sentence=year_sentence(ward_name, crime.year),
        more=more_sentences(crime.year),
        groups_table=groups_table(ward_name, crime.groups) if crime.groups else None,
        caveat=CAVEAT,
        copy=COPY,
        source=crime.source,
    )
    return Markup(html)  # noqa: S704 - rendered by our escaping template


def groups_table(ward_name: str, groups: tuple[CrimeGroup, ...]) -> Table:
    """What was recorded, by group; a group without a row is not in the table."""
    caption = f"Recorded offences in {ward_name} by group, year to {full_date(groups[0].year_ending)}"
    return table(caption, GROUPS, groups)
