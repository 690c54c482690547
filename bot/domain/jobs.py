"""Things that happen later: what is to be done, about what, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LEASE: Final = timedelta(seconds=60)
"""So long a claimed job belongs to its owner; after that another may take it."""
IN_FLIGHT: Final = timedelta(seconds=1)
"""What closes at a time is closed so long after it, so that clicks made in time, but still on their way, count."""
LONGEST_RUN: Final = timedelta(seconds=45)
"""A job that takes longer is tried again; less than the lease, so that no two owners work on it."""
MOST_ATTEMPTS: Final = 8
"""A job that has failed so often, over some twenty minutes, is given up."""
FIRST_RETRY: Final = timedelta(seconds=5)
LONGEST_RETRY: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the job table: do `kind` to `subject` at `due_at`.

    `epoch` grows with each claim and fences off old owners.
    """

    id: int
    kind: str
    subject: int
    due_at: datetime
    epoch: int
    attempts: int


def retry_at(now: datetime, attempts: int) -> datetime:
    """When to try again after `attempts` failures: doubled each time, up to a quarter of an hour."""
    return now + min(FIRST_RETRY * 2 ** min(attempts, 12), LONGEST_RETRY)
