"""Who police.uk lists for a ward, as a part of the ward's page, as JSON, and its events as a calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from transparency.core.errors import UnknownFileError
from transparency.core.text import full_date, is_web_address
from transparency.core.vocabulary import EVIDENCE_MEANING, LONDON_TIME, Evidence, today
from transparency.exhibits.document import ICALENDAR, Document, text_bytes
from transparency.exhibits.exhibit import Cell, Column, Link, Table, table
from transparency.exhibits.html import render
from transparency.listed import sentences as words
from transparency.listed.queries import ListedEvent, ListedLocation, ListedTeam, listed_team
from transparency.places.queries import find_ward
from transparency.store.store import Store

SERVICE = "https://www.police.uk/"
SOURCE = "Metropolitan Police, by data.police.uk"


def calendar_path(ward_code: str) -> str:
    """The address of a ward's events as a calendar."""
    return f"/ward/{ward_code}/events.ics"


def listed_html(team: ListedTeam | None, ward_code: str, ward_name: str, day: date, level: int) -> str:
    """The part "Who is listed today" of a ward's page, under a heading of this level."""
    heading = words.listed_heading(day, today())
    if team is None:
        sentence = words.not_read_sentence(ward_name, day)
        return render("ward_listed.html", level=level, heading=heading, team=None, sentence=sentence, service=SERVICE)
    old = sum(1 for item in team.priorities if item.is_older_than_3_months)
    undated = sum(1 for item in team.priorities if item.is_older_than_3_months is None)
    return render(
        "ward_listed.html",
        level=level,
        heading=heading,
        team=team,
        sentence=words.listed_sentence(team, ward_name),
        meaning=EVIDENCE_MEANING[Evidence.LISTED],
        caveat=words.LISTED_MEANING,
        contacts=[(words.channel_words(item.channel), _address(item.channel, item.contact)) for item in team.contacts],
        locations_table=_locations_table(team, ward_name) if team.locations else None,
        events_sentence=words.events_sentence(team.events_count, len(team.events)),
        events=[(item, _when(item)) for item in team.events],
        calendar_path=calendar_path(ward_code),
        priorities_sentence=words.priorities_sentence(team.priorities_count, old, undated),
        priorities_table=_priorities_table(team, ward_name) if team.priorities else None,
        service=SERVICE,
        source=SOURCE,
    )


def _when(event: ListedEvent) -> str:
    return words.event_when(event)


def _address(channel: str, contact: str) -> Cell:
    """A web address as a link and an email one can be written to; everything else as text."""
    if is_web_address(contact):
        return Link(contact, contact)
    if channel == "email" and "@" in contact and " " not in contact:
        return Link(contact, f"mailto:{contact}")
    return contact


def _locations_table(team: ListedTeam, ward_name: str) -> Table:
    columns = (
        Column(
            "location_name",
            "Place",
            cell=lambda item: item.location_name or item.location_kind or "a place without a name",
        ),
        Column("location_kind", "Kind"),
        Column("address", "Address", cell=_where),
        Column("telephone", "Telephone"),
        Column("description", "Hours and notes"),
    )
    return table(f"Places the team of {ward_name} lists, {full_date(team.as_at)}", columns, team.locations, "not given")


def _where(location: ListedLocation) -> str | None:
    return ", ".join(part for part in (location.address, location.postcode) if part) or None


def _priorities_table(team: ListedTeam, ward_name: str) -> Table:
    age = {True: "older than three months", False: "under three months", None: None}
    columns = (
        Column("issue", "Issue", cell=lambda item: item.issue or "not given"),
        Column("issued_on", "Set on"),
        Column("is_older_than_3_months", "Age", cell=lambda item: age[item.is_older_than_3_months]),
        Column("action", "Action"),
        Column("action_on", "Action on"),
    )
    return table(
        f"Priorities the team of {ward_name} lists, {full_date(team.as_at)}", columns, team.priorities, "not given"
    )


def events_document(store: Store, ward_code: str, day: date | None = None) -> Document:
    """A ward's events to come as a calendar; raises UnknownPlaceError, or UnknownFileError where none was read."""
    ward = find_ward(store, ward_code)
    team = listed_team(store, ward_code, day or today())
    if team is None or not team.is_listed:
        raise UnknownFileError(f"police.uk has no events of {ward.ward_name} that were read for this site.")
    return Document(events_calendar(team, ward.ward_code, ward.ward_name), ICALENDAR, team.as_at)


def events_calendar(team: ListedTeam, ward_code: str, ward_name: str) -> bytes:
    """The events to come as iCalendar (RFC 5545), hours in Europe/London; one without an hour lasts the day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ward policing dashboard//listed events//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Police events in {ward_name}")
    for number, event in enumerate(team.events, start=1):
        calendar.add_component(_calendar_event(event, f"{ward_code}-{team.as_at}-{number}@listed", team))
    calendar.add_missing_timezones(team.as_at, team.as_at + timedelta(days=366))
    return text_bytes(calendar.to_ical().decode())


def _calendar_event(event: ListedEvent, uid: str, team: ListedTeam) -> Event:
    item = Event()
    item.add("uid", uid)
    item.add("dtstamp", datetime.combine(team.as_at, time(), LONDON_TIME))
    item.add("summary", event.event_title)
    item.add("dtstart", _moment(event.event_on, event.start_time))
    if (ends := _end(event)) is not None:
        item.add("dtend", ends)
    if event.address:
        item.add("location", event.address)
    said = [event.description, words.impossible_end(event), f"Listed on police.uk, read {full_date(team.as_at)}."]
    item.add("description", " ".join(each for each in said if each))
    return item


def _end(event: ListedEvent) -> date | datetime | None:
    """When an event ends, the day after its last where no hour is given; None where it is not known or impossible."""
    last = event.end_on or event.event_on
    if event.ends_before_it_begins:
        return None
    if event.start_time is None:
        return last + timedelta(days=1) if last < date.max else None
    if event.end_time is None or (last, event.end_time) == (event.event_on, event.start_time):
        return None
    return _moment(last, event.end_time)


def _moment(day: date, hour: str | None) -> date | datetime:
    return day if hour is None else datetime.combine(day, time.fromisoformat(hour), LONDON_TIME)
