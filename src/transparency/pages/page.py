"""How a page is described: once, for the dashboard, the plain pages and the opening before the framework.

A page takes choices from its address and shows parts in their order. Its sheets are the same parts as plain pages,
each light enough for an old telephone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from transparency.core.days import read_day
from transparency.core.errors import DayError, TransparencyError, UnknownPlaceError
from transparency.core.vocabulary import today
from transparency.counters.maps import MapExhibit
from transparency.exhibits.addresses import plain_address
from transparency.exhibits.exhibit import Exhibit, Source
from transparency.exhibits.html import render
from transparency.places.queries import all_boroughs, find_borough
from transparency.store.store import Store

SITE_NAME = "London ward officers"
DAY_PARAMETER = "as_at"
Made = TypeVar("Made")
_PLACE = re.compile(r"\{code(?::path)?\}")


@dataclass(frozen=True)
class Asked:
    """What an address asks of a page: the day, whether the address names it, and what a reader chose."""

    day: date
    is_dated: bool = False
    chosen: tuple[tuple[str, str], ...] = ()

    def get(self, parameter: str) -> str:
        """What is chosen by a parameter; empty where nothing is."""
        return dict(self.chosen).get(parameter, "")

    @property
    def borough(self) -> str | None:
        """The code of the borough chosen; None for London."""
        return self.get("borough") or None

    @property
    def as_at(self) -> str:
        """The day as the address names it; empty where it names none."""
        return self.day.isoformat() if self.is_dated else ""


# ---------------------------------------------------------------- what a reader can choose


@dataclass(frozen=True)
class Choice:
    """One parameter of an address. `read` gives the value meant, or raises a TransparencyError in plain words, and
    `instead` says what is shown then."""

    parameter: str
    read: Callable[[Store, str], str]
    instead: str = ""

    def parts(self, text: str) -> list[str]:
        """What is given, one by one."""
        return [text] if text else []

    def read_all(self, store: Store, text: str) -> str:
        """All that is given as it is meant; raises a TransparencyError for what is no choice."""
        return ",".join(dict.fromkeys(self.read(store, part) for part in self.parts(text)))


@dataclass(frozen=True)
class ListChoice(Choice):
    """A choice from a list; `nothing` is what to call no choice at all. `is_many` takes several, with commas.

    A switch shows all of the list, and its first stands for no choice.
    """

    label: str = ""
    nothing: str = ""
    options: Callable[[Store, Asked], Mapping[str, str]] = lambda _store, _asked: {}
    is_many: bool = False
    is_switch: bool = False

    def parts(self, text: str) -> list[str]:
        """What is given, one by one; of several with commas between them."""
        return [part for each in text.split(",") if (part := each.strip())] if self.is_many else super().parts(text)


@dataclass(frozen=True)
class DayChoice:
    """The day, from a list of days with what was published on each, newest first; `has_calendar` offers any other."""

    label: str
    days: Callable[[Store, Asked], Sequence[tuple[date, str]]]
    has_calendar: bool = False


@dataclass(frozen=True)
class LookUp:
    """The box in which a ward is found; `carries_day` has what it finds answer for the day asked.

    `opens` is the page that answers for the ward or borough found; empty for their own pages.
    """

    label: str
    carries_day: bool = False
    opens: str = ""


def as_it_is(_store: Store, text: str) -> str:
    """What is written, which the part that uses it reads."""
    return text


def one_of(parameter: str, options: Callable[[Store], Mapping[str, str]]) -> Callable[[Store, str], str]:
    """Read a value of a closed list."""

    def read(store: Store, text: str) -> str:
        known = options(store)
        if text not in known:
            raise UnknownPlaceError(f"{text[:30]!r} is not one of the choices for {parameter}: {', '.join(known)}.")
        return text

    return read


def borough_choice(label: str, nothing: str) -> ListChoice:
    """One borough of London, or none."""
    return ListChoice(
        "borough",
        lambda store, text: find_borough(store, text).borough_code,
        "The rest is shown without it.",
        label,
        nothing,
        lambda store, _: borough_names(store),
    )


def borough_names(store: Store) -> dict[str, str]:
    """Every borough by its code."""
    return {each.borough_code: each.borough_name for each in all_boroughs(store)}


# ---------------------------------------------------------------- what stands on a page


@dataclass(frozen=True)
class Card:
    """A card to copy into another page: a `ward` or a `borough`, its code and its name."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True)
class Tools:
    """What a reader takes away from a page: its finding to cite, its address, a sheet to print, its rows, a card, and
    its feed to follow.

    Without an `address` it is cited at that of the page being read; without a `day` for the one asked for.
    """

    sentence: str
    sources: tuple[Source, ...] = ()
    day: date | None = None
    address: str = ""
    print_href: str = ""
    csv_href: str = ""
    card: Card | None = None
    feed_href: str = ""


@dataclass(frozen=True)
class Map:
    """A map, drawn by `make` of the store, the arguments, and the scheme of the reader's page."""

    make: Callable[..., MapExhibit | None]
    arguments: tuple[date | str | None, ...]


@dataclass(frozen=True)
class Commands:
    """Lines to copy into another program, by the program's name; they name the site's address."""

    make: Callable[[str], tuple[tuple[str, str], ...]]


Shown = str | Exhibit | Tools | Map | Commands | None
Content = Shown | tuple[Shown, ...]


@dataclass(frozen=True)
class Part:
    """One part of a page: `make` gives HTML, an exhibit or what else stands there, or None.

    `name` completes the sentence "… cannot be shown at the moment". A table of more than `most_open_rows` starts
    folded; headings of exhibits are of `level`. `has_map` says that a map is drawn, by the reader's scheme.
    """

    name: str
    make: Callable[[Store, Asked], Content]
    level: int = 2
    most_open_rows: int = 10_000
    has_map: bool = False


@dataclass(frozen=True)
class Group:
    """Parts whose order depends on what is asked; where that cannot be found out, those of `otherwise` are shown."""

    name: str
    in_order: Callable[[Store, Asked], Sequence[Part]]
    otherwise: tuple[Part, ...]


def in_order(store: Store, asked: Asked, parts: Iterable[Part | Group]) -> Iterator[Part]:
    """The parts in the order of what is asked."""
    for each in parts:
        yield from each.in_order(store, asked) if isinstance(each, Group) else (each,)


def on_day(make: Callable[[Store, date], Made]) -> Callable[[Store, Asked], Made]:
    """What is made of the day asked for alone."""
    return lambda store, asked: make(store, asked.day)


def of_borough(make: Callable[[Store, date, str | None], Made]) -> Callable[[Store, Asked], Made]:
    """What is made of the day and the borough asked for, or London."""
    return lambda store, asked: make(store, asked.day, asked.borough)


def contents(content: Content) -> tuple[Shown, ...]:
    """What a part gives, as a sequence."""
    return content if isinstance(content, tuple) else (content,)


def verdict(sentence: str, *lines: str) -> str:
    """A page's finding as its reader meets it first."""
    return render("verdict.html", sentence=sentence, lines=lines)


@dataclass(frozen=True)
class Subject:
    """What an address is about: in a few words for its tab, and in a sentence for a link's preview.

    `day` is the one answered for, where that is not the one asked for.
    """

    title: str
    line: str = ""
    day: date | None = None


@dataclass(frozen=True)
class View:
    """What a page shows: a head, choices in a row, and parts. `of` is the parameter whose choice opens this view.

    `opening` is what can be read before the framework runs; without it that is the first part.
    """

    parts: tuple[Part | Group, ...]
    head: Callable[[Store, Asked], str] = lambda _store, _asked: ""
    row: tuple[ListChoice | DayChoice | LookUp, ...] = ()
    of: str = ""
    subject: Callable[[Store, Asked], Subject | None] = lambda _store, _asked: None
    opening: Callable[[Store, Asked], str] | None = None


@dataclass(frozen=True)
class Page:
    """One page of the dashboard.

    `name` is its script in the top-level `pages/` folder and its address (the landing page, first of all, is at `/`);
    `line` says in one sentence what it answers. `views` are tried in turn; the last is for an address that chooses
    nothing. `check` says what else is wrong with what is asked.
    """

    name: str
    title: str
    line: str
    views: tuple[View, ...]
    takes: tuple[Choice, ...] = ()
    has_day: bool = True
    is_landing: bool = False
    check: Callable[[Store, Asked], Iterable[str]] = lambda _store, _asked: ()

    @property
    def address(self) -> str:
        """The path a browser asks for, starting with a slash."""
        return "/" if self.is_landing else f"/{self.name}"

    @property
    def full_title(self) -> str:
        """The title of the page's tab, whatever it is about."""
        return f"{self.title} · {SITE_NAME}"

    def view(self, asked: Asked) -> View:
        """The view that answers what is asked."""
        return next(view for view in self.views if not view.of or asked.get(view.of))

    def choices(self) -> Iterable[Choice]:
        """Everything that the page takes from its address, each once."""
        shown = [each for view in self.views for each in view.row if isinstance(each, Choice)]
        return {each.parameter: each for each in (*self.takes, *shown)}.values()

    def address_of(self, asked: Asked) -> str:
        """The address that asks the same, today's without its day."""
        query = dict(asked.chosen) | ({DAY_PARAMETER: asked.as_at} if asked.is_dated else {})
        return self.address + (f"?{urlencode(query, safe=',/')}" if query else "")

    def plain_address_of(self, asked: Asked) -> str:
        """The plain page that answers the same."""
        address = self.address_of(asked)
        plain = plain_address(address)
        return plain if plain != address else "/data/"

    def past_day_html(self, asked: Asked) -> str:
        """The strip that says a page is of a past day and leads to today's; empty for today's."""
        if not asked.is_dated or asked.day == today():
            return ""
        return render("past_day.html", day=asked.day, today_href=self.address_of(replace(asked, is_dated=False)))

    def subject(self, store: Store, asked: Asked) -> Subject | None:
        """What the address is about; None for one that is about no place or thing of its own."""
        return self.view(asked).subject(store, asked)

    def title_of(self, subject: Subject | None) -> str:
        """The title of the page's tab when it is about this."""
        if subject is None:
            return self.full_title
        return f"{subject.title} · {SITE_NAME}" if self.is_landing else f"{subject.title} · {self.full_title}"


def read_asked(store: Store, page: Page, given: Mapping[str, str]) -> tuple[Asked, tuple[str, ...]]:
    """What the parameters of an address ask of a page, and in plain words what of them cannot be answered."""
    refused: list[str] = []
    day, is_dated = today(), False
    if page.has_day:
        try:
            day = read_day(given.get(DAY_PARAMETER))
            is_dated = bool(given.get(DAY_PARAMETER, "").strip())
        except DayError as error:
            refused.append(f"{error} This page answers for today.")
    chosen = []
    for choice in page.choices():
        values = []
        for part in choice.parts(given.get(choice.parameter, "").strip()):
            try:
                values.append(choice.read(store, part))
            except TransparencyError as error:
                refused.append(f"{error} {choice.instead}".rstrip())
        if values:
            chosen.append((choice.parameter, ",".join(dict.fromkeys(values))))
    asked = Asked(day, is_dated, tuple(chosen))
    return asked, (*refused, *page.check(store, asked))


# ---------------------------------------------------------------- the same as plain pages


@dataclass(frozen=True)
class Words:
    """What a plain page says of itself: its title, the line of its preview, its heading and the line under it.

    Without a heading its first part has one. `tools` has the finding it is cited for, where its parts name none.
    """

    title: str
    line: str
    heading: str = ""
    lead: str = ""
    tools: Tools | None = None
    is_dataset: bool = True


def headed(title: str, line: str, finding: str = "") -> Words:
    """The words of a page that is headed by its title and cited for a finding, or else for its line."""
    return Words(title, line, title, line, Tools(finding or line))


@dataclass(frozen=True)
class Sheet:
    """A plain page at a permanent address. `path` may hold `{code}`, or `{code:path}` with slashes, which
    `parameter` names on the dashboard; `takes` are the choices of the page that it answers too."""

    path: str
    page: Page
    words: Callable[[Store, Asked], Words]
    parts: tuple[Part | Group, ...]
    parameter: str = ""
    takes: tuple[str, ...] = ()

    def address_of(self, asked: Asked) -> str:
        """The permanent address with what is chosen, and with the day where one is asked for."""
        query = {name: asked.get(name) for name in self.takes if asked.get(name)}
        query |= {DAY_PARAMETER: asked.as_at} if asked.is_dated else {}
        return _PLACE.sub(asked.get(self.parameter), self.path) + (f"?{urlencode(query, safe=',')}" if query else "")

    def dashboard_address_of(self, asked: Asked) -> str:
        """The dashboard's address that answers the same."""
        taken = {choice.parameter for choice in self.page.choices()} & {self.parameter, *self.takes}
        chosen = tuple((name, value) for name, value in asked.chosen if name in taken)
        return self.page.address_of(replace(asked, chosen=chosen))

    def asked_at(self, store: Store, path: str, day: date | None) -> Asked | None:
        """What the address at a path asks, on a day or today; None for the path of another page.

        Raises UnknownPlaceError for a place of no register.
        """
        found = re.fullmatch(_PLACE.sub(lambda place: "(.+)" if ":path" in place[0] else "([^/]+)", self.path), path)
        if found is None:
            return None
        return self.asked_for(store, found[1] if self.parameter else "", day)

    def asked_for(self, store: Store, code: str, day: date | None, given: Mapping[str, str] | None = None) -> Asked:
        """What is asked of the page by the code in its address and the choices given with it.

        Raises UnknownPlaceError for a place of no register, or for what is no choice.
        """
        texts = {name: text for name, text in (given or {}).items() if name in self.takes}
        texts |= {self.parameter: code} if code else {}
        read = {
            choice.parameter: choice.read_all(store, texts.get(choice.parameter, "")) for choice in self.page.choices()
        }
        chosen = tuple((name, read.get(name, text)) for name, text in texts.items())
        return Asked(day or today(), day is not None, chosen)
