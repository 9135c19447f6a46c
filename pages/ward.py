"""Find your ward, and read what is known of it: the landing page."""

from transparency.outlets.dashboard.run import run
from transparency.pages.landing import LANDING

run(LANDING)
