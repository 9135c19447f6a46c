"""What people asked in public, and the answer of this site: a page and a figure, or "not published"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transparency.exhibits.content import content_rows


class HowFar(StrEnum):
    """How far a question is answered by what has been published."""

    ANSWERED = "answered"
    PARTLY = "partly answered"
    NOT_PUBLISHED = "not published"


@dataclass(frozen=True)
class PublicAnswer:
    """The answer to a question: how far it goes, what it says, and the page it is on where there is one."""

    how_far: HowFar
    text: str
    href: str | None = None


NOT_PUBLISHED = PublicAnswer(HowFar.NOT_PUBLISHED, "Not published, as far as was found.")
ANSWERS = {
    row["question_id"]: PublicAnswer(HowFar(row["how_far"]), row["text"], row["href"] or None)
    for row in content_rows("answers")
}


def answer_to(question_id: str) -> PublicAnswer:
    """The answer to a question; "not published" where none has been written."""
    return ANSWERS.get(question_id, NOT_PUBLISHED)
