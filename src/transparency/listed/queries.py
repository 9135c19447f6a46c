"""Who police.uk listed for a ward, as last read on or before a day, and how to reach them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from transparency.store.store import Store, memoised, memoised_between


@dataclass(frozen=True)
class TeamName:
    """What the Met calls a ward's team where that is not the ward's name."""

    ward_code: str
    names: str
    as_at: date
    publisher: str
    title: str
    url: str


@dataclass(frozen=True)
class ListedRank:
    """A kind of rank with the spellings met, and how many people were listed with it."""

    rank: str
    ranks_listed: str
    people_count: int


@dataclass(frozen=True)
class ListedContact:
    """A channel of the team, such as email, and its address."""

    channel: str
    contact: str


@dataclass(frozen=True)
class ListedLocation:
    """A place the team lists; hours, where given, are in the description."""

    location_name: str | None
    location_kind: str | None
    address: str | None
    postcode: str | None
    telephone: str | None
    description: str | None


@dataclass(frozen=True)
class ListedEvent:
    """An event to come; hours are London's, None where not given."""

    event_title: str
    event_kind: str | None
    description: str | None
    address: str | None
    event_on: date
    start_time: str | None
    end_on: date | None
    end_time: str | None

    @property
    def ends_before_it_begins(self) -> bool:
        """Whether the end that is listed cannot be true."""
        end_on = self.end_on or self.event_on
        is_hour_earlier = self.start_time is not None and self.end_time is not None and self.end_time < self.start_time
        return end_on < self.event_on or (end_on == self.event_on and is_hour_earlier)


@dataclass(frozen=True)
class ListedPriority:
    """A priority of the team; `is_older_than_3_months` is None where no day of issue is given."""

    issue: str | None
    issued_on: date | None
    action: str | None
    action_on: date | None
    is_older_than_3_months: bool | None


@dataclass(frozen=True)
class ListedTeam:
    """What police.uk listed for a ward on `as_at`, the day it was read.

    `people_count` is None where the service gave no answer, which is not zero; `is_listed` is false where that
    reading had no team for the ward.
    """

    as_at: date
    is_listed: bool
    team_name: str | None = None
    people_count: int | None = None
    events_count: int | None = None
    priorities_count: int | None = None
    people: tuple[ListedRank, ...] = ()
    contacts: tuple[ListedContact, ...] = ()
    locations: tuple[ListedLocation, ...] = ()
    events: tuple[ListedEvent, ...] = ()
    priorities: tuple[ListedPriority, ...] = ()

    def contact(self, channel: str) -> str | None:
        """The address of a channel, or None."""
        return next((item.contact for item in self.contacts if item.channel == channel), None)


@memoised_between("SELECT as_at AS day FROM current_police_uk_teams")
def listed_as_at(store: Store, day: date) -> date | None:
    """The day police.uk was last read on or before a day, or None."""
    sql = "SELECT as_at FROM current_police_uk_teams WHERE as_at <= $day ORDER BY as_at DESC LIMIT 1"
    return next((row["as_at"] for row in store.rows(sql, day=day)), None)


RANKS = """
SELECT *
FROM listed_people_on($day)
WHERE ward_code = $ward_code
ORDER BY list_position(['inspector', 'sergeant', 'constable', 'special_constable', 'pcso', 'other', 'not_given'], rank)
"""
CONTACTS = """
SELECT *
FROM current_police_uk_contacts
WHERE as_at = $as_at AND ward_code = $ward_code
ORDER BY list_position(['email', 'telephone', 'mobile', 'web'], channel) NULLS LAST, channel
"""
LOCATIONS = """
SELECT * FROM current_police_uk_locations WHERE as_at = $as_at AND ward_code = $ward_code ORDER BY location_number
"""
EVENTS = """
SELECT *
FROM listed_event_on($day)
WHERE ward_code = $ward_code
ORDER BY event_on, start_time NULLS FIRST, event_number
"""
PRIORITIES = """
SELECT *
FROM listed_priority_on($day)
WHERE ward_code = $ward_code
ORDER BY issued_on DESC NULLS LAST, priority_number
"""


def listed_team(store: Store, ward_code: str, day: date) -> ListedTeam | None:
    """The team listed for a ward; None where police.uk had not been read by the day."""
    as_at = listed_as_at(store, day)
    if as_at is None:
        return None
    read, listed = {"as_at": as_at, "ward_code": ward_code}, {"day": day, "ward_code": ward_code}
    sql = "SELECT *, true AS is_listed FROM current_police_uk_teams WHERE as_at = $as_at AND ward_code = $ward_code"
    teams = store.records(ListedTeam, sql, **read)
    if not teams:
        return ListedTeam(as_at, is_listed=False)
    return replace(
        teams[0],
        people=store.records(ListedRank, RANKS, **listed),
        contacts=store.records(ListedContact, CONTACTS, **read),
        locations=store.records(ListedLocation, LOCATIONS, **read),
        events=store.records(ListedEvent, EVENTS, **listed),
        priorities=store.records(ListedPriority, PRIORITIES, **listed),
    )


def team_name(store: Store, ward_code: str, day: date) -> TeamName | None:
    """The Met's own name of a ward's team, where it differs and was read by the day."""
    found = _names(store).get(ward_code)
    return found if found is not None and found.as_at <= day else None


@memoised
def _names(store: Store) -> Mapping[str, TeamName]:
    return {each.ward_code: each for each in store.records(TeamName, "SELECT * FROM team_named_otherwise")}
