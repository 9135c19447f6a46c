"""Progress to the end-of-year target: London or one borough, on any day."""

from transparency.outlets.dashboard.run import run
from transparency.pages.progress import PROGRESS

run(PROGRESS)
