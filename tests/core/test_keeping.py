"""All that the server keeps to answer again stays within one budget."""

from typing import Any

from transparency.core import keeping
from transparency.outlets.api import ward_json
from transparency.outlets.dashboard import show
from transparency.outlets.plain import document_at
from transparency.store.store import CELLS_KEPT, Store
from transparency.web import dashboard, documents, shell


def test_the_caches_together_stay_within_the_budget() -> None:
    caches: tuple[Any, ...] = (documents._kept, show.linked.cache, dashboard._opening.cache, shell._sent.cache)
    kept = sum(cache.maxsize for cache in caches) + CELLS_KEPT * keeping.CELL_BYTES
    assert 0.99 * keeping.KEPT_BYTES <= kept <= keeping.KEPT_BYTES == 96 * 1024 * 1024


def test_the_page_and_the_answer_of_every_ward_of_today_are_kept_together(store_of_facts: Store) -> None:
    codes = [row["ward_code"] for row in store_of_facts.rows("SELECT ward_code FROM wards_2022 ORDER BY ward_code")]
    some = codes[::40]
    made = [
        documents.Prepared(document).size
        for code in some
        for document in (document_at(store_of_facts, f"/ward/{code}"), ward_json(store_of_facts, code, {}))
    ]
    assert sum(made) / len(some) * len(codes) < 0.9 * keeping.DOCUMENTS_BYTES
