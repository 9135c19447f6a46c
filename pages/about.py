"""The rulebook: what this site is, how it is made, who answers for it, and how to report an error."""

from transparency.outlets.dashboard.run import run
from transparency.pages.about import ABOUT

run(ABOUT)
