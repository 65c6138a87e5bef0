"""The queue: many years, in which who is not admitted comes back a year older with more points."""

from simulate.queue.admission import NOBODY
from simulate.queue.admit import admit
from simulate.queue.behaviour import behaviour
from simulate.queue.errors import QueueError
from simulate.queue.line import NOT_YET, Group, Line
from simulate.queue.paths import Levels, Paths
from simulate.queue.people import line_of, queue
from simulate.queue.presence import Presence

__all__ = [
    "NOBODY",
    "NOT_YET",
    "Group",
    "Levels",
    "Line",
    "Paths",
    "Presence",
    "QueueError",
    "admit",
    "behaviour",
    "line_of",
    "queue",
]
