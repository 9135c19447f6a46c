"""What people asked in public, and the answer found: how far it goes, its day, its sources and the page it is on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from transparency.exhibits.content import content_rows


class HowFar(StrEnum):
    """How far a question is answered by what has been published."""

    ANSWERED = "answered"
    PARTLY = "partly answered"
    NOT_FOUND = "no answer found"


@dataclass(frozen=True)
class PublicAnswer:
    """The answer to a question: how far it goes, what it says, its day and sources, and the page it is on."""

    how_far: HowFar
    text: str
    as_at: date | None = None
    source_ids: tuple[str, ...] = ()
    href: str | None = None


NOT_FOUND = PublicAnswer(HowFar.NOT_FOUND, "No answer was found.")
NOT_YET = PublicAnswer(HowFar.NOT_FOUND, "No answer was found that had been published by this day.")


def _answer(row: dict[str, str]) -> PublicAnswer:
    return PublicAnswer(
        HowFar(row["how_far"]),
        row["text"],
        date.fromisoformat(row["as_at"]) if row["as_at"] else None,
        tuple(row["source_ids"].split(";")) if row["source_ids"] else (),
        row["href"] or None,
    )


ANSWERS = tuple((row["question_id"], _answer(row)) for row in content_rows("answers"))


def answer_to(question_id: str, day: date) -> PublicAnswer:
    """The newest answer to a question published by a day; none where none was found or it came later."""
    answers = [answer for answered, answer in ANSWERS if answered == question_id] or [NOT_FOUND]
    published = [answer for answer in answers if answer.as_at is None or answer.as_at <= day]
    return published[-1] if published else NOT_YET
