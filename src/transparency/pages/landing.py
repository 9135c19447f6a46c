"""Find your ward, and read what is known of it: the front page."""

from __future__ import annotations

from datetime import date

from transparency.core.errors import UnknownPlaceError
from transparency.exhibits.addresses import ward_path
from transparency.exhibits.html import render
from transparency.pages import page
from transparency.pages.home import home_html
from transparency.pages.ward import ended_sentence, ward_answer_html, ward_head_html, ward_rest_html
from transparency.pages.ward_file import ward_file_address
from transparency.pages.ward_record import standing_sources, ward_page
from transparency.places.lookup import Answer
from transparency.places.postcode_wards import list_words
from transparency.places.queries import find_ward
from transparency.published.queries import published_days
from transparency.store.store import Store
from transparency.wards.standing import WardStanding, ward_standing

NOT_STORED = (
    '<p class="note">We do not store your postcode or position. '
    '<button type="button" class="locates">Use my location</button></p>'
)
LINE = "How many police officers your ward was promised, how many it has, and where to find the police."


# ---------------------------------------------------------------- the page


def _ward(store: Store, asked: page.Asked) -> page.Content:
    try:
        answer = ward_page(store, asked.get("ward"), asked.day)
    except UnknownPlaceError as error:
        return render("unknown_place.html", message=str(error))
    ward, standing = answer.ward, answer.standing
    cited = (ended_sentence(standing), asked.day) if answer.is_ended else (standing.verdict.sentence, standing.day)
    tools = page.Tools(
        cited[0],
        standing_sources(standing, answer.history),
        cited[1],
        ward_path(ward.ward_code),
        f"{ward_path(ward.ward_code)}/handout.pdf?as_at={standing.day.isoformat()}",
        ward_file_address(ward.ward_code, asked.day),
        page.Card("ward", ward.ward_code, ward.ward_name),
        f"/feeds/ward/{ward.ward_code}.atom",
    )
    return ward_answer_html(store, answer), tools, ward_rest_html(store, answer)


def _standing(store: Store, asked: page.Asked) -> WardStanding:
    """The ward's standing. Raises UnknownPlaceError for a code of no ward."""
    return ward_standing(store, find_ward(store, asked.get("ward")), asked.day)


def _subject(store: Store, asked: page.Asked) -> page.Subject:
    standing = _standing(store, asked)
    ward = standing.ward
    is_ended = ward.in_force_to is not None and asked.day > ward.in_force_to
    line = ended_sentence(standing) if is_ended else standing.verdict.sentence
    return page.Subject(f"{ward.ward_name}, {ward.borough_name}", line, standing.day)


def _days(store: Store, asked: page.Asked) -> list[tuple[date, str]]:
    published = store.memo(published_days, asked.get("ward"))
    return [(each.day, "this ward" if each.is_of_ward else "London") for each in published]


WARD = page.Part("The answer for this ward", _ward)

LANDING = page.Page(
    name="ward",
    title="Your ward",
    line=LINE,
    is_landing=True,
    takes=(page.Choice("ward", lambda _, text: text.upper()),),
    views=(
        page.View(
            of="ward",
            row=(page.LookUp("Find another ward"), page.DayChoice("Known on", _days)),
            parts=(WARD,),
            subject=_subject,
            opening=lambda store, asked: ward_head_html(store, _standing(store, asked), asked.day),
        ),
        page.View(
            head=lambda *_: render("landing_title.html", line=LINE),
            row=(page.LookUp("Enter a postcode or ward", carries_day=True),),
            parts=(page.Part("The overview", lambda store, asked: NOT_STORED + home_html(store, asked.day)),),
        ),
    ),
)


def _ward_words(store: Store, asked: page.Asked) -> page.Words:
    subject = _subject(store, asked)
    return page.Words(subject.title, subject.line)


def _found(what: Answer | None = None, typed: str = "", is_exported: bool = False) -> page.Part:
    def html(store: Store, _asked: page.Asked) -> str:
        words = list_words(store)
        return render(
            "plain_find.html", line=LINE, answer=what, asked=typed, is_exported=is_exported, postcode_list=words
        )

    return page.Part("What was found", html)


def _find_words(_store: Store, _asked: page.Asked) -> page.Words:
    return page.Words("Find your ward", LINE, is_dataset=False)


LONDON = page.Part("London", lambda store, asked: home_html(store, asked.day))


def find_sheet(answer: Answer | None = None, typed: str = "", is_exported: bool = False) -> page.Sheet:
    """The form, and what it found; exported pages have no form, since there is no server to ask.

    `typed` is a name or the prefix of a postcode, never a postcode or position.
    """
    parts = (_found(answer, typed, is_exported), *((LONDON,) if answer is None else ()))
    return page.Sheet("/plain/find", LANDING, _find_words, parts)


WARD_SHEET = page.Sheet("/ward/{code}", LANDING, _ward_words, (WARD,), parameter="ward")
