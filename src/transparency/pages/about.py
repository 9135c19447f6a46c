"""The rulebook: what this site is, how it is made, who answers for it, and how to report an error."""

from __future__ import annotations

from transparency.about.pages import REPORTED, SECTION, about_html, find_section, section_html
from transparency.pages import page
from transparency.store.store import Store


def _read(store: Store, text: str) -> str:
    return find_section(store, text).name


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    if not asked.get(SECTION):
        return None
    section = find_section(store, asked.get(SECTION))
    return page.Subject(section.title, section.line)


def _account(store: Store, asked: page.Asked) -> str:
    return about_html(store, dict(asked.chosen))


ACCOUNT = page.Part("The account of this site", _account)

ABOUT = page.Page(
    name="about",
    title="About",
    line="What this site is, how to read it, who runs it, and how to report an error.",
    takes=(page.Choice(SECTION, _read), *(page.Choice(name, page.as_it_is) for name in REPORTED)),
    has_day=False,
    views=(page.View(parts=(ACCOUNT,), subject=_subject),),
)


def _words(_store: Store, _asked: page.Asked) -> page.Words:
    line = "What this site is, where its figures come from, and how to report an error."
    return page.Words("About this site", line, is_dataset=False)


def _section_words(store: Store, asked: page.Asked) -> page.Words:
    section = find_section(store, asked.get(SECTION))
    return page.Words(section.title, section.line, is_dataset=False)


CONTENTS = page.Sheet("/plain/about", ABOUT, _words, (ACCOUNT,))
SHEETS = (
    CONTENTS,
    page.Sheet(
        "/plain/{code:path}",
        ABOUT,
        _section_words,
        (page.Part("The section", lambda store, asked: section_html(store, asked.get(SECTION))),),
        parameter=SECTION,
    ),
)
