"""Boroughs side by side, or one of them, on any day."""

from transparency.outlets.dashboard.run import run
from transparency.pages.boroughs import BOROUGHS

run(BOROUGHS)
