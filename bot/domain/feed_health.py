"""How reading a feed goes: when to look again, when to tell its channel, when to give it up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

CHECKED_EVERY: Final = timedelta(minutes=30)
SOON: Final = timedelta(minutes=2)
"""After so long a feed is looked at again that had no turn."""
LONGEST_BACK_OFF: Final = timedelta(hours=12)
WARNED_AFTER: Final = timedelta(days=1)
"""So long a feed must have failed without a break before its channel is told."""
GIVEN_UP_AFTER: Final = timedelta(days=7)
"""So long a feed fails before it is switched off; its channel has known for days by then."""
GIVEN_UP_AFTER_WARNING: Final = timedelta(days=2)
"""And so long its channel must have known."""
FEWEST_FAILURES: Final = 3
"""Failures in a row before a channel is told: a host that was off for a week has seen only one."""


@dataclass(frozen=True, slots=True)
class Health:
    """How reading a feed goes: failures in a row, since when, whether its channel was told."""

    failures: int = 0
    failing_since: datetime | None = None
    warned_at: datetime | None = None

    @property
    def is_well(self) -> bool:
        """Whether the last reading went well."""
        return self.failures == 0


class Verdict(StrEnum):
    """What to do about a feed that could not be read."""

    WAIT = "wait"
    WARN = "warn"
    GIVE_UP = "give_up"


def failed(health: Health, now: datetime, *, gone: bool = False) -> tuple[Health, Verdict]:
    """Return the health after a failure, and what to do.

    The channel is told once, after a day and some failures; where the site says that the feed is `gone`, at once. A
    week after the first failure, and never within two days of the telling, it is given up; one that is gone, two days
    after it.
    """
    since = min(health.failing_since or now, now)  # a clock that ran ahead may have been set right
    worse = Health(health.failures + 1, since, health.warned_at)
    if health.warned_at is None or health.warned_at > now:
        worse = replace(worse, warned_at=None)
        lasting = now - since >= WARNED_AFTER and worse.failures >= FEWEST_FAILURES
        if not (gone or lasting):
            return worse, Verdict.WAIT
        return replace(worse, warned_at=now), Verdict.WARN
    over = now - since >= GIVEN_UP_AFTER or gone
    told_long_ago = now - health.warned_at >= GIVEN_UP_AFTER_WARNING
    return worse, Verdict.GIVE_UP if over and told_long_ago else Verdict.WAIT


def tried_until(health: Health, *, gone: bool = False) -> datetime | None:
    """When a feed whose channel has been told will be given up, if nothing changes; None where it was not told."""
    if health.failing_since is None or health.warned_at is None:
        return None
    patient = health.warned_at + GIVEN_UP_AFTER_WARNING
    return patient if gone else max(health.failing_since + GIVEN_UP_AFTER, patient)


def next_check(feed_id: int, health: Health, now: datetime) -> datetime:
    """When to look at a feed again: every half hour; after failures doubled each time, up to half a day.

    Each feed has its own minute, so that a host that comes back does not ask for all of them at once.
    """
    if health.failures:
        return now + min(CHECKED_EVERY * 2 ** min(health.failures, 10), LONGEST_BACK_OFF) + _apart(feed_id)
    return now + CHECKED_EVERY + _apart(feed_id)


def check_soon(feed_id: int, now: datetime) -> datetime:
    """When to look again at a feed that had no turn to be read, which says nothing of it."""
    return now + SOON + _apart(feed_id)


def _apart(feed_id: int) -> timedelta:
    return timedelta(seconds=feed_id * 37 % 120)
