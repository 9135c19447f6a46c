"""How much the server keeps in memory to answer again: one budget for all caches together, and the share of each.

What is kept is measured by its bytes; rows of queries by CELL_BYTES for each of their cells, what one takes
with its text.
"""

from __future__ import annotations

KEPT_BYTES = 96 * 1024 * 1024

ANSWERS_BYTES = KEPT_BYTES * 25 // 100  # what queries gave: store/store.py
# Every ward's page and API answer of today, the other plain pages, files: web/documents.py
DOCUMENTS_BYTES = KEPT_BYTES * 40 // 100
PIECES_BYTES = KEPT_BYTES * 25 // 100  # parts of the dashboard's pages: outlets/dashboard/show.py
OPENINGS_BYTES = KEPT_BYTES * 5 // 100  # first answers of the dashboard's addresses: web/dashboard.py
SHELLS_BYTES = KEPT_BYTES * 5 // 100  # and the same as they are sent: web/shell.py

CELL_BYTES = 48
