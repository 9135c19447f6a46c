"""Every ward's verdict on a day at once: what `wards.ward_standing` says of one, gathered in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from transparency.core.vocabulary import (
    LONDON_CODE,
    Basis,
    Declaration,
    Evidence,
    Half,
    HalfKnown,
    HalfStatus,
    Precision,
)
from transparency.months.measures import WardMonth
from transparency.months.queries import leading_months, months
from transparency.published.queries import figures_on
from transparency.wards.queries import half_known, month_sentence, newer_reports
from transparency.wards.verdict import Verdict, led_by_month, ward_verdict

if TYPE_CHECKING:
    from transparency.store.store import Store


@dataclass(frozen=True)
class WardAnswer:
    """A ward in force on a day: its row of ward_status_on with the borough's name, its halves, its verdict.

    `leading_month`: the month of the monthly series that its verdict leads with, None where there is none.
    """

    row: dict[str, Any]
    pcs: HalfKnown
    pcsos: HalfKnown
    verdict: Verdict
    leading_month: WardMonth | None


def ward_answers(
    store: Store, day: date, borough_code: str | None = None, evidence: Evidence | None = None
) -> list[WardAnswer]:
    """The wards in force on a day, by borough and name; of one borough, or resting on one kind of evidence."""
    rows = store.rows(
        """
        SELECT
            status.*, borough_name,
            pcs_source.publisher AS pcs_publisher, pcso_source.publisher AS pcso_publisher
        FROM ward_status_on($day) AS status
        JOIN boroughs USING (borough_code)
        LEFT JOIN current_sources AS pcs_source ON pcs_source.source_id = pcs_source_id
        LEFT JOIN current_sources AS pcso_source ON pcso_source.source_id = pcso_source_id
        WHERE ($borough_code IS NULL OR borough_code = $borough_code)
          AND ($evidence IS NULL OR status.evidence = $evidence)
        ORDER BY borough_name, ward_name, ward_code
        """,
        day=day,
        borough_code=borough_code,
        evidence=evidence.value if evidence else None,
    )
    histories, own = _histories(store, day), _own_figures(store, day)
    declarations = _declarations(store, day)
    london = figures_on(store, day).get(LONDON_CODE, {})
    leading, has_months = leading_months(store, day), bool(months(store))
    answers = []
    for row in rows:
        pcs = half_known(row, Half.PCS, "pcs", "dedicated_pcs")
        pcsos = half_known(row, Half.PCSOS, "pcso", "dedicated_pcsos")
        declared_on = [half.as_at for half in (pcs, pcsos) if half.evidence is Evidence.DECLARED and half.as_at]
        again = [
            said
            for said in declarations
            if declared_on
            and said.as_at > max(declared_on)
            and said.geography_code in (LONDON_CODE, row["borough_code"])
        ]
        reports = newer_reports(histories[row["ward_code"]], pcs, pcsos)
        own_figure = own.get(row["ward_code"]) if declared_on else None
        verdict = ward_verdict(row["ward_name"], day, pcs, pcsos, again, reports, london, own_figure, has_months)
        month = leading.get(row["ward_code"])
        if month is not None:
            verdict = led_by_month(month_sentence(store, month), verdict)
        answers.append(WardAnswer(row, pcs, pcsos, verdict, month))
    return answers


def _histories(store: Store, day: date) -> dict[str, list[dict[str, Any]]]:
    """Every ward's rows up to the day, newest first."""
    rows = store.rows(
        """
        SELECT staffing.*, publisher, staffing.as_at >= DATE '2016-07-21' AS counts
        FROM current_staffing AS staffing
        JOIN current_sources AS sources USING (source_id)
        WHERE staffing.as_at <= $day
        ORDER BY staffing.as_at DESC
        """,
        day=day,
    )
    histories: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        histories[row["ward_code"]].append(row)
    return histories


def _own_figures(store: Store, day: date) -> dict[str, HalfKnown]:
    """Each ward's newest figure of its own, constables before PCSOs."""
    rows = store.rows(
        """
        SELECT reading.*, publisher
        FROM half_reading AS reading
        JOIN current_sources AS sources USING (source_id)
        WHERE counts AND as_at <= $day AND reading.evidence IN ('published', 'confirmed', 'demonstration')
        QUALIFY row_number() OVER (PARTITION BY ward_code ORDER BY as_at DESC, half) = 1
        """,
        day=day,
    )
    return {
        row["ward_code"]: HalfKnown(
            half=Half(row["half"]),
            status=HalfStatus(row["half_status"]),
            count=row["half_count"],
            is_minimum=row["is_minimum"],
            basis=Basis(row["basis"]),
            evidence=Evidence(row["evidence"]),
            as_at=row["as_at"],
            precision=Precision(row["as_at_precision"]),
            source_id=row["source_id"],
            publisher=row["publisher"],
        )
        for row in rows
    }


def _declarations(store: Store, day: date) -> list[Declaration]:
    rows = store.rows(
        """
        SELECT declaration.*, sources.publisher
        FROM declaration
        JOIN current_sources AS sources USING (source_id)
        WHERE as_at <= $day
        ORDER BY as_at
        """,
        day=day,
    )
    return [
        Declaration(
            row["geography_code"],
            row["as_at"],
            Precision(row["as_at_precision"]),
            row["publisher"],
            row["source_id"],
        )
        for row in rows
    ]


def sources_by_id(store: Store) -> dict[str, dict[str, Any]]:
    """Every source by its identifier: publisher, title, address, licence and day of publication."""
    rows = store.rows("SELECT source_id, publisher, title, url, licence, published_on, kind FROM current_sources")
    return {row["source_id"]: row for row in rows}
