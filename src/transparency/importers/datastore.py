"""Where the London Datastore has a workbook today: its catalogue is asked first, since addresses of files change there.

`https://data.london.gov.uk/api/action/package_show?id=<short id>` answers with `result.resources[].url`, as CKAN does
(https://docs.ckan.org/en/latest/api/#ckan.logic.action.get.package_show).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from transparency.core.errors import ImportRefusedError
from transparency.core.text import is_web_address
from transparency.importers.polite import PoliteClient

BASE_URL = "https://data.london.gov.uk"
DWO_ID = "e16kd"
DWO_URL = f"{BASE_URL}/download/e16kd/kxn/DWO_Abstraction.xlsx"  # as last seen in September 2026
TRIES = 2


@dataclass(frozen=True)
class Address:
    """Where the workbook is, and how that is known."""

    url: str
    note: str


def workbook_address(
    base_url: str = BASE_URL, fallback: str = DWO_URL, dataset_id: str = DWO_ID, backoff_s: float = 1
) -> Address:
    """The workbook that the catalogue names; the fixed address where it does not answer, or names none or several."""
    asked = f"{base_url.rstrip('/')}/api/action/package_show"
    try:
        with PoliteClient(backoff_s=backoff_s, most_tries=TRIES) as client:
            answer = client.json(asked, {"id": dataset_id})
    except ImportRefusedError as refusal:
        return Address(fallback, f"The catalogue did not help: {refusal} Trying the address of September 2026.")
    found = sorted(set(_workbooks(answer, asked)))
    if len(found) == 1:
        return Address(found[0], f"The catalogue names {found[0]}.")
    why = "names no workbook" if not found else f"names {len(found)} workbooks"
    return Address(fallback, f"The catalogue {why} for {dataset_id}. Trying the address of September 2026.")


def _workbooks(answer: Any, asked: str) -> Iterator[str]:
    """The addresses of Excel workbooks in a catalogue's answer, whatever else it holds."""
    result = answer.get("result") if isinstance(answer, dict) else None
    resources = result.get("resources") if isinstance(result, dict) else None
    for resource in resources if isinstance(resources, list) else []:
        url = resource.get("url") if isinstance(resource, dict) else None
        if isinstance(url, str) and is_web_address(whole := urljoin(asked, url)):
            is_named = urlsplit(whole).path.casefold().endswith(".xlsx")
            if is_named or "xlsx" in str(resource.get("format", "")).casefold():
                yield whole
