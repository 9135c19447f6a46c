"""Words for what official services list and hold: today's team, exact postcodes, what has been imported."""

from __future__ import annotations

from datetime import date

from transparency.core.text import capitalised, clock, full_date, in_words, listed, precise_date
from transparency.core.vocabulary import Precision
from transparency.listed.queries import ListedEvent, ListedTeam, TeamName

LISTED_MEANING = (
    "Listed on police.uk is not the same as in post: a name may stay after its officer has moved, one person may be "
    "listed for several wards, and an empty list may only mean that nobody kept it. It says nothing about the promise "
    "of 2016 and is no part of its status."
)
RANK_WORDS = {
    "inspector": ("inspector", "inspectors"),
    "sergeant": ("sergeant", "sergeants"),
    "constable": ("constable", "constables"),
    "special_constable": ("special constable", "special constables"),
    "pcso": ("PCSO", "PCSOs"),
    "other": ("person of another rank", "people of other ranks"),
    "not_given": ("person whose rank is not given", "people whose rank is not given"),
}
CHANNEL_WORDS = {
    "email": "Email",
    "telephone": "Telephone",
    "mobile": "Mobile",
    "fax": "Fax",
    "web": "Web page",
    "address": "Address",
    "twitter": "X (Twitter)",
    "facebook": "Facebook",
    "youtube": "YouTube",
    "e_messaging": "E-messaging",
    "rss": "News feed",
}


def listed_heading(day: date, today: date) -> str:
    """The heading of the part, for today or for an earlier day."""
    return "Who is listed today" if day == today else f"Who was listed by {full_date(day)}"


def listed_sentence(team: ListedTeam, ward_name: str) -> str:
    """What police.uk listed for a ward on the day it was read."""
    day, people_count = full_date(team.as_at), team.people_count
    if not team.is_listed:
        return f"On {day} police.uk listed no team for {ward_name}."
    if people_count is None:
        return f"On {day} police.uk gave no list of people for {ward_name}: that is not known, not nobody."
    if people_count == 0:
        return f"On {day} police.uk listed nobody for {ward_name}."
    people = [f"{in_words(each.people_count)} {RANK_WORDS[each.rank][each.people_count != 1]}" for each in team.people]
    return f"On {day} police.uk listed {listed(people)} for {ward_name}."


def not_read_sentence(ward_name: str, day: date) -> str:
    """Why nothing is shown of a ward's listed team."""
    when = full_date(day)
    return f"police.uk had not been read for this site by {when}, so who was listed for {ward_name} is not known here."


def events_sentence(events_count: int | None, coming: int) -> str:
    """How many events are to come, or that this is not known."""
    if events_count is None:
        return "Whether any meeting is planned was not answered."
    if coming == 0:
        return "No meeting or other event to come was listed."
    return f"{capitalised(in_words(coming))} event{'s' * (coming != 1)} to come:"


def priorities_sentence(priorities_count: int | None, old: int, undated: int) -> str:
    """How many priorities are listed, and how many of them are older than three months."""
    if priorities_count is None:
        return "The team's priorities were not answered."
    if priorities_count == 0:
        return "No priority was listed; the Neighbourhood Policing Guarantee asks for some under three months old."
    noun = "priority was" if priorities_count == 1 else "priorities were"
    total = f"{capitalised(in_words(priorities_count))} {noun}"
    parts = []
    if old:
        parts.append(f"{in_words(old)} older than three months")
    if undated:
        parts.append(f"{in_words(undated)} without a date")
    age = f", {listed(parts)}" if parts else ", none older than three months"
    return f"{total} listed{age}."


def channel_words(channel: str) -> str:
    """A contact channel as a label."""
    return CHANNEL_WORDS.get(channel, capitalised(channel.replace("_", " ")))


def event_when(event: ListedEvent) -> str:
    """2 December 2026, 6pm to 7.30pm: the day of the end where it is another one, and an impossible end as listed."""
    begins = _moment(event.event_on, event.start_time)
    if event.ends_before_it_begins:
        return f"{begins} (listed to end {_listed_end(event)}, before it begins)"
    if event.end_on is not None and event.end_on != event.event_on:
        return f"{begins} to {_moment(event.end_on, event.end_time)}"
    return f"{begins} to {clock(event.end_time)}" if event.start_time and event.end_time else begins


def impossible_end(event: ListedEvent) -> str:
    """That an event is listed to end before it begins; empty where it is not."""
    return f"Listed to end {_listed_end(event)}, before it begins." if event.ends_before_it_begins else ""


def _listed_end(event: ListedEvent) -> str:
    return f"on {_moment(event.end_on or event.event_on, event.end_time)}"


def _moment(day: date, hour: str | None) -> str:
    return full_date(day) + (f", {clock(hour)}" if hour else "")


def team_name_sentence(team: TeamName) -> str:
    """What the Met calls the team, and when."""
    return f"The Met calls this team {team.names}, as at {precise_date(team.as_at, Precision.MONTH)}."
