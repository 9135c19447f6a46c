"""Take the data away: every table as a file, how to get it in one line, what it means, and what was published."""

from transparency.outlets.dashboard.run import run
from transparency.pages.downloads import DOWNLOADS

run(DOWNLOADS)
