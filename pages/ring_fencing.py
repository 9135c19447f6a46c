"""Ring-fencing: the share of ward officers' recorded time abstracted, by place, month, type and ward."""

from transparency.outlets.dashboard.run import run
from transparency.pages.ring_fencing import RING_FENCING

run(RING_FENCING)
