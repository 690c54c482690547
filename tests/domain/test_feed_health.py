"""When a feed is looked at again, when its channel is told that it fails, when it is given up."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, strategies as st

from bot.domain.feed_health import (
    CHECKED_EVERY,
    FEWEST_FAILURES,
    GIVEN_UP_AFTER,
    GIVEN_UP_AFTER_WARNING,
    LONGEST_BACK_OFF,
    WARNED_AFTER,
    Health,
    Verdict,
    failed,
    next_check,
    tried_until,
)

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
A_BIT = timedelta(minutes=2)


def course(*, gone: bool = False, most: int = 200) -> list[tuple[datetime, Verdict, Health]]:
    """What happens to a feed that fails at every look from now on, until it is given up."""
    health, now = Health(), NOW
    lived: list[tuple[datetime, Verdict, Health]] = []
    while len(lived) < most:
        health, verdict = failed(health, now, gone=gone)
        lived.append((now, verdict, health))
        if verdict is Verdict.GIVE_UP:
            break
        now = next_check(7, health, now)
    return lived


def test_a_feed_that_fails_for_ever_warns_once_after_a_day_and_is_given_up_after_a_week() -> None:
    lived = course()
    verdicts = [verdict for _, verdict, _ in lived]
    assert (verdicts.count(Verdict.WARN), verdicts[-1]) == (1, Verdict.GIVE_UP)
    warned = next(now for now, verdict, _ in lived if verdict is Verdict.WARN)
    assert WARNED_AFTER <= warned - NOW <= WARNED_AFTER + LONGEST_BACK_OFF + A_BIT
    assert GIVEN_UP_AFTER <= lived[-1][0] - NOW <= GIVEN_UP_AFTER + LONGEST_BACK_OFF + A_BIT


def test_a_feed_that_is_gone_warns_at_once_and_is_given_up_two_days_later() -> None:
    lived = course(gone=True)
    assert lived[0][1] is Verdict.WARN
    over = lived[-1][0] - NOW
    assert GIVEN_UP_AFTER_WARNING <= over <= GIVEN_UP_AFTER_WARNING + LONGEST_BACK_OFF + A_BIT


def test_what_the_channel_is_told_of_the_end_is_when_it_comes() -> None:
    for gone in (False, True):
        lived = course(gone=gone)
        warned = next(health for _, verdict, health in lived if verdict is Verdict.WARN)
        until = tried_until(warned, gone=gone)
        assert until is not None
        assert until <= lived[-1][0] <= until + LONGEST_BACK_OFF + A_BIT
    assert tried_until(Health()) is None
    assert tried_until(Health(2, NOW)) is None


def test_one_failure_before_and_one_after_a_week_in_which_adlib_was_off_tell_nobody() -> None:
    health, _ = failed(Health(), NOW)
    verdicts: list[Verdict] = []
    for _again in range(FEWEST_FAILURES - 1):
        health, verdict = failed(health, NOW + timedelta(days=8))
        verdicts.append(verdict)
    assert verdicts == [Verdict.WAIT, Verdict.WARN]


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=30), st.booleans())
def test_whatever_the_clock_does_nothing_is_given_up_before_its_channel_has_known_for_two_days(
    steps: list[int], gone: bool
) -> None:
    health, now, warned = Health(), NOW, list[datetime]()
    for hours in steps:
        now += timedelta(hours=hours)
        health, verdict = failed(health, now, gone=gone)
        if verdict is Verdict.GIVE_UP:
            assert warned
            assert warned[-1] + GIVEN_UP_AFTER_WARNING <= now
            return
        if verdict is Verdict.WARN:
            warned.append(now)
            assert health.warned_at == now
        assert health.failing_since is not None
        assert health.failing_since <= now


@given(st.integers(0, 40), st.integers(0, 2**50))
def test_looks_come_every_half_hour_and_after_failures_later_and_later_up_to_half_a_day(
    failures: int, feed_id: int
) -> None:
    waits = [next_check(feed_id, Health(count), NOW) - NOW for count in range(failures + 2)]
    assert CHECKED_EVERY <= waits[0] < CHECKED_EVERY + A_BIT
    assert all(earlier <= later for earlier, later in pairwise(waits))
    assert waits[-1] < LONGEST_BACK_OFF + A_BIT


def test_feeds_are_not_all_looked_at_in_one_minute() -> None:
    looks = {next_check(1_770_000_000_000 + place, Health(), NOW) for place in range(120)}
    assert len(looks) == 120


def test_health_tells_whether_the_last_reading_went_well() -> None:
    assert Health().is_well
    assert not failed(Health(), NOW)[0].is_well
