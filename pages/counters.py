"""Counters, hubs and stations: what was open on a day, what closed, how far it was, and one site's history."""

from transparency.outlets.dashboard.run import run
from transparency.pages.counters import COUNTERS

run(COUNTERS)
