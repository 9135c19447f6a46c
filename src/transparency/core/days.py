"""Which days can be asked about, and the last day of a month or year."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from transparency.core.errors import DayError
from transparency.core.text import full_date
from transparency.core.vocabulary import PROMISED_ON, Precision, today


def read_day(text: str | None) -> date:
    """The day an address asks for: today when it names none.

    Raises DayError for a day that is malformed, before the promise, or in the future; the message says
    which days exist.
    """
    newest = today()
    if text is None or not text.strip():
        return newest
    days = f"Days from {full_date(PROMISED_ON)} to {full_date(newest)} can be asked for, written as 2017-01-04."
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise DayError(f"{text.strip()[:30]!r} is not a day. {days}") from None
    if day < PROMISED_ON:
        raise DayError(f"{full_date(day)} is before the promise was made. {days}")
    if day > newest:
        raise DayError(f"{full_date(day)} is in the future. {days}")
    return day


def period_end(on: date, precision: Precision | str) -> date:
    """The last day of what a date stands for: of its month or year where no more is known."""
    if precision == Precision.DAY:
        return on
    month = 12 if precision == Precision.YEAR else on.month
    return date(on.year, month, monthrange(on.year, month)[1])
