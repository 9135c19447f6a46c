"""The promise ledger, and what people asked."""

from transparency.outlets.dashboard.run import run
from transparency.pages.promises import PROMISES

run(PROMISES)
