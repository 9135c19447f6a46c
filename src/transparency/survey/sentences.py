"""Sentences on what the people asked by the Public Attitude Survey said."""

from __future__ import annotations

from transparency.core.text import precise_date
from transparency.core.vocabulary import Precision
from transparency.survey.queries import KNOWS, Attitude

ORIGINAL = "https://data.london.gov.uk/dataset/mopac-surveys"
CAVEAT = (
    "Estimates from interviews; the file gives no margins, so a difference of a few points may not be real and nothing "
    "is ranked. It does not say how people were asked, or whether that changed."
)
LIMITS = "The survey gives estimates from interviews: a few points may be no difference."
MEASURE_WORDS = {
    KNOWS: "know how to contact their ward officer",
    "feels_informed_local": "feel informed about the police in their area",
    "good_job_local": "say the police do a good job in their area",
    "relied_on_to_be_there": "say the police can be relied on to be there",
    "listen_to_concerns": "say the police listen to local concerns",
    "treat_everyone_fairly": "say the police treat everyone fairly",
    "understand_issues": "say the police understand local issues",
    "trust_mps": "trust the Metropolitan Police",
}


def quarter_words(known: Attitude) -> str:
    """The quarter to December 2023."""
    return f"the quarter to {precise_date(known.quarter_end, Precision.MONTH)}"


def known_words(name: str, known: Attitude) -> str:
    """How many knew how to contact their ward officer, without a full stop."""
    when = quarter_words(known)
    return f"{known.percent}% of people asked in {name} knew how to contact their ward officer in {when}"


def known_sentence(name: str, known: Attitude, london: Attitude | None = None) -> str:
    """How many knew how to contact their ward officer, then and at the promise; London beside a borough."""
    said = known_words(name, known)
    if known.change_points is not None and known.promised_quarter_end is not None:
        promised = precise_date(known.promised_quarter_end, Precision.MONTH)
        said += f". In the quarter to {promised}, when it was promised, it was {known.promised_percent}%"
    return f"{said}. In London it was {london.percent}%." if london is not None else f"{said}."


def known_headline(name: str, known: Attitude, london: Attitude | None) -> str:
    """How many knew in the newest quarter: of a borough beside London, of London beside the quarter of the promise."""
    when = precise_date(known.quarter_end, Precision.MONTH)
    if london is not None:
        said = f"In {name}, {known.percent}% of people asked knew how to contact their ward officer in {when}."
        return f"{said} In London it was {london.percent}%."
    said = f"{known.percent}% of people asked in {name} knew how to contact their ward officer in {when}"
    if known.change_points is None or known.promised_quarter_end is None:
        return f"{said}."
    promised = precise_date(known.promised_quarter_end, Precision.MONTH)
    return f"{said}, {f'{known.promised_percent}%' if known.change_points else 'the same as'} in {promised}."
