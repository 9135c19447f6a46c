"""What people asked in public, and the answer this site gives: a page and a figure, or "not published"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


_RING_FENCED = "/promises?promise=ring-fenced-officers"
_HIGH_DEMAND = "/promises?promise=more-for-high-demand-wards"
_HUBS = "/promises?promise=hub-before-closure"
_ONE_COUNTER = "/promises?promise=counter-in-every-borough"
_BASES = "/promises?promise=base-within-20-minutes"
_HILLINGDON = "/boroughs?borough=E09000017&as_at=2017-12-31"
_TOWER_HAMLETS = "/boroughs?borough=E09000030&as_at=2017-01-04"

NOT_PUBLISHED = PublicAnswer(HowFar.NOT_PUBLISHED, "Not published, as far as was found.")
ANSWERS = {
    "q01": PublicAnswer(HowFar.NOT_PUBLISHED, "No measure of need and no list of wards was published.", _HIGH_DEMAND),
    "q02": NOT_PUBLISHED,
    "q03": PublicAnswer(
        HowFar.PARTLY, "Said to be ring-fenced; no figure shows the extra officers apart.", _RING_FENCED
    ),
    "q04": PublicAnswer(HowFar.PARTLY, "For one event in July 2018, with 139 and 103 ward officers.", _RING_FENCED),
    "q05": NOT_PUBLISHED,
    "q06": PublicAnswer(
        HowFar.ANSWERED, "Seven wards had two posts in September 2016; ten and three more were planned.", _TOWER_HAMLETS
    ),
    "q07": PublicAnswer(
        HowFar.PARTLY, "Constable posts for ten wards, and people per ward; sergeants not published.", _TOWER_HAMLETS
    ),
    "q08": NOT_PUBLISHED,
    "q09": PublicAnswer(HowFar.PARTLY, "About 4,000 answered; what closed is on the counters page.", "/counters"),
    "q10": NOT_PUBLISHED,
    "q11": NOT_PUBLISHED,
    "q12": PublicAnswer(HowFar.PARTLY, "About 4,000 answered; how answers were weighed is not published.", "/counters"),
    "q13": PublicAnswer(HowFar.PARTLY, "Only Brent's list of hubs was published.", _HUBS),
    "q14": PublicAnswer(HowFar.PARTLY, "139 on the Friday and 103 on the Saturday; the cost not then.", _RING_FENCED),
    "q15": PublicAnswer(HowFar.ANSWERED, "What was known on that day.", "/progress?as_at=2019-01-17"),
    "q16": NOT_PUBLISHED,
    "q17": PublicAnswer(HowFar.ANSWERED, "What became of Wimbledon's counter, dated.", "/counters?site=wimbledon"),
    "q18": PublicAnswer(HowFar.NOT_PUBLISHED, "Not by team: 5.4 % of shifts for London in early 2014."),
    "q19": PublicAnswer(HowFar.PARTLY, "For a few boroughs, under the history of each.", "/boroughs"),
    "q20": PublicAnswer(HowFar.PARTLY, "Wards, command unit and published figures of each borough.", "/boroughs"),
    "q21": PublicAnswer(HowFar.PARTLY, "By name since 2017; the closures of 2013 are known as a total.", "/counters"),
    "q22": PublicAnswer(HowFar.ANSWERED, "From December 2017 on, borough by borough.", _ONE_COUNTER),
    "q23": PublicAnswer(HowFar.PARTLY, "Closing days since 2017; those of 2013 are known as a total.", "/counters"),
    "q24": NOT_PUBLISHED,
    "q25": PublicAnswer(HowFar.NOT_PUBLISHED, "Not by counter: £8 million a year was planned for all of 2017's."),
    "q26": NOT_PUBLISHED,
    "q27": PublicAnswer(HowFar.PARTLY, "One, in Woodford, opened in January 2025.", "/boroughs?borough=E09000026"),
    "q28": PublicAnswer(HowFar.PARTLY, "The straight-line distance, not the journey time.", _HILLINGDON),
    "q29": PublicAnswer(HowFar.PARTLY, "A session was proposed; no place or time was found.", "/counters"),
    "q30": PublicAnswer(HowFar.NOT_PUBLISHED, "Travel from bases is not published.", _BASES),
    "q31": NOT_PUBLISHED,
    "q32": PublicAnswer(HowFar.PARTLY, "Promise, statements and the one figure found, dated.", _RING_FENCED),
    "q33": PublicAnswer(HowFar.PARTLY, "Lavender Hill: plan, decision and later word.", "/counters?site=lavender-hill"),
}


def answer_to(question_id: str) -> PublicAnswer:
    """The answer to a question; "not published" where none has been written."""
    return ANSWERS.get(question_id, NOT_PUBLISHED)
