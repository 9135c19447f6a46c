"""The opening of a page: its first answer, to be read while the dashboard is on its way, or where it cannot come."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from transparency.core.vocabulary import today
from transparency.exhibits.exhibit import Exhibit
from transparency.exhibits.html import render, still_exhibit_html
from transparency.exhibits.terms import with_terms
from transparency.outlets.plain import FRONT
from transparency.outlets.previews import SITES_OWN, Preview, preview_of
from transparency.pages.page import Asked, Page, Part, Shown, contents, in_order
from transparency.store.store import Store


@dataclass(frozen=True)
class Opening:
    """What an address answers: in a few words for its tab, in a sentence and a picture for a link's preview, as HTML,
    and where all of it is as a plain page."""

    title: str
    line: str
    html: str
    plain_address: str
    preview: Preview = SITES_OWN


def opening(store: Store, page: Page, asked: Asked) -> Opening:
    """The page's head and its first answer, around the room that its choices will take.

    Raises TransparencyError where what is asked for has no answer.
    """
    view, subject = page.view(asked), page.subject(store, asked)
    if view.opening is not None:
        answer = view.opening(store, asked)
    else:
        first = next(in_order(store, asked, view.parts))
        answer = "".join(_html_of(each, first) for each in contents(first.make(store, asked)))
    answered = replace(asked, day=subject.day, is_dated=True) if subject and subject.day else asked
    plain_address = page.plain_address_of(answered)
    head, past_day = view.head(store, asked), page.past_day_html(asked)
    html, _ = with_terms(_html(store, plain_address, head, answer, past_day))
    if subject is None:
        return Opening(page.full_title, page.line, html, plain_address)
    preview = preview_of(page, asked, subject.title, subject.line)
    return Opening(page.title_of(subject), subject.line, html, plain_address, preview)


def first_words(page: Page) -> Opening:
    """What can be said of a page whose answer cannot be had."""
    plain_address = page.plain_address_of(Asked(today()))
    head = f"<h1>{page.title}</h1><p>{page.line}</p>"
    return Opening(page.full_title, page.line, _html(None, plain_address, head, ""), plain_address)


def _html_of(what: Shown, part: Part) -> str:
    """What the page's own part shows as HTML, drawn still; empty for what only acts."""
    if isinstance(what, Exhibit):
        return still_exhibit_html(what.still, part.level, len(what.table.rows) <= part.most_open_rows)
    return what if isinstance(what, str) else ""


def _html(store: Store | None, plain_address: str, head: str, answer: str, past_day: str = "") -> str:
    given = {"head": head, "past_day": past_day, "answer": answer}
    parts = {name: Markup(html) for name, html in given.items()}  # noqa: S704 - rendered by our escaping templates
    return render("opening.html", store=store, plain_address=plain_address, is_front=plain_address == FRONT, **parts)
