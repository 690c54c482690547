"""How ship polls close: by time or by a member, once, and with the votes of those who are still there."""

from collections import Counter
from datetime import datetime

import pytest

from bot.domain.guilds import GuildSettings
from bot.domain.jobs import IN_FLIGHT, Job
from bot.domain.library import Library
from bot.domain.polls import MOST_CHECKED, Poll, Secrecy
from bot.errors import NotYourPoll, PollClosed, PollGone
from bot.services.closing import CHECKED_AT_ONCE, CLOSE, FORGET, SWEEP
from bot.services.ships import SHOW
from bot.storage import ballots, jobs
from bot.storage.database import open_database
from tests.services.play import ALICE, BORA, CHAN, GUILD, NOON, STARTER, after
from tests.services.voting import HOUR, NOTHING, Booth, booth_on, open_poll

CROWD = range(ALICE, ALICE + 120)


async def due(booth: Booth, poll: Poll) -> dict[str, int]:
    """What is to be done to a poll, and how many seconds after noon."""
    found = {
        kind: await booth.database.read(lambda connection, what=kind: jobs.find_due(connection, what, poll.id))
        for kind in (CLOSE, FORGET)
    }
    return {kind: round((at - NOON).total_seconds()) for kind, at in found.items() if at is not None}


async def test_a_poll_closes_once_and_keeps_its_result(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.vote(poll, ALICE, 1)
    closed = await booth.close(poll)
    assert (closed.closed_at, closed.tally, closed.closed_late, closed.void) == (NOON + HOUR, (0, 1, 0), False, False)
    assert await booth.close(poll, NOON + 2 * HOUR) == closed


async def test_a_poll_that_is_closed_long_after_its_time_says_so(booth: Booth) -> None:
    poll = await open_poll(booth)
    assert (await booth.close(poll, NOON + 2 * HOUR)).closed_late


async def test_what_is_not_stored_is_not_closed(booth: Booth) -> None:
    assert await booth.closing.close(404, NOON) is None
    with pytest.raises(PollGone):
        await booth.closing.stop(404, STARTER, is_manager=True, now=NOON)


async def test_the_close_arranges_that_the_ballots_are_forgotten(booth: Booth) -> None:
    poll = await open_poll(booth)
    assert await due(booth, poll) == {CLOSE: 3600 + IN_FLIGHT.seconds}
    woken: list[str] = []
    booth.jobs.on_change(lambda: woken.append("now"))
    await booth.close(poll, after(10))
    assert (await due(booth, poll))[FORGET] == 10
    assert woken == ["now"]


@pytest.mark.parametrize(("user_id", "is_manager"), [(STARTER, False), (BORA, True)])
async def test_who_opened_a_poll_and_managers_stop_it_and_what_was_clicked_before_still_counts(
    booth: Booth, user_id: int, is_manager: bool
) -> None:
    poll = await open_poll(booth)
    await booth.closing.stop(poll.id, user_id, is_manager=is_manager, now=after(60))
    assert await due(booth, poll) == {CLOSE: 60 + IN_FLIGHT.seconds}
    assert (await booth.vote(poll, ALICE, 0, after(60))).poll.votes == 1
    with pytest.raises(PollClosed):
        await booth.vote(poll, BORA, 0, after(60.001))
    assert not (await booth.close(poll, after(61))).closed_late


async def test_a_poll_without_an_end_is_stopped_too(booth: Booth) -> None:
    poll = await open_poll(booth, duration=None)
    await booth.closing.stop(poll.id, STARTER, is_manager=False, now=after(60))
    assert await due(booth, poll) == {CLOSE: 60 + IN_FLIGHT.seconds}
    assert (await booth.find(poll)).closes_at == after(60)


async def test_nobody_else_stops_a_poll(booth: Booth) -> None:
    poll = await open_poll(booth)
    with pytest.raises(NotYourPoll):
        await booth.closing.stop(poll.id, BORA, is_manager=False, now=after(60))
    assert await booth.find(poll) == poll
    assert await due(booth, poll) == {CLOSE: 3600 + IN_FLIGHT.seconds}


async def test_a_poll_whose_creator_has_deleted_her_data_is_stopped_by_managers_only(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.privacy.delete(STARTER)
    with pytest.raises(NotYourPoll):
        await booth.closing.stop(poll.id, STARTER, is_manager=False, now=after(60))
    await booth.closing.stop(poll.id, BORA, is_manager=True, now=after(60))


async def test_a_closed_poll_is_not_stopped_again(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.close(poll, after(5))
    with pytest.raises(PollClosed):
        await booth.closing.stop(poll.id, STARTER, is_manager=True, now=after(60))


async def test_a_stop_after_its_time_does_not_take_votes_again(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.closing.stop(poll.id, STARTER, is_manager=False, now=NOON + 2 * HOUR)
    with pytest.raises(PollClosed):
        await booth.vote(poll, ALICE, 0, NOON + 1.5 * HOUR)
    assert (await booth.find(poll)).closes_at == NOON + HOUR


async def crowded(booth: Booth, *, drop_leavers: bool = True, voters: int = len(CROWD)) -> Poll:
    """A poll in which each of a crowd has chosen two couples."""
    await booth.settle(GuildSettings(GUILD, drop_leavers=drop_leavers))
    poll = await open_poll(booth, Secrecy.PUBLIC, choices=2)
    after = {(poll.id, ALICE + n): frozenset({n % 3, (n + 1) % 3}) for n in range(voters)}
    await booth.database.write(
        lambda connection: ballots.change_ballots(connection, dict.fromkeys(after, NOTHING), after)
    )
    for number in range(3):
        votes = sum(number in chosen for chosen in after.values())
        await booth.database.write(
            lambda connection, of=number, count=votes: ballots.move_tally(
                connection, poll.id, Counter({of: count}), voters=voters if of == 0 else 0
            )
        )
    return poll


async def ask(booth: Booth, poll: Poll, gone: set[int]) -> list[int]:
    """Ask about some voters, of whom those `gone` have left; return who was asked about."""
    voters = list(await booth.closing.unchecked(poll.id))
    left = [user_id for user_id in voters if user_id in gone]
    await booth.closing.checked(poll.id, [user_id for user_id in voters if user_id not in gone], left)
    return voters


async def test_the_votes_of_members_who_left_are_dropped_and_counted_as_such(booth: Booth) -> None:
    poll, gone = await crowded(booth), set(CROWD[::4])
    before = await booth.find(poll)
    asked: list[int] = []
    while some := await ask(booth, poll, gone):
        assert len(some) <= CHECKED_AT_ONCE
        asked += some
    assert asked == list(CROWD)
    closed = await booth.close(poll)
    assert (closed.dropped, closed.voters) == (len(gone), len(CROWD) - len(gone))
    assert before.votes - closed.votes == 2 * len(gone)
    listed = await booth.ships.all_voters(closed)
    assert [user_id for user_id, _ in listed] == [user_id for user_id in CROWD if user_id not in gone]
    chosen = [number for _, numbers in listed for number in numbers]
    assert closed.tally == tuple(chosen.count(number) for number in range(3))


async def test_a_process_that_comes_after_another_asks_about_the_others_only(
    booth: Booth, address: str, library: Library
) -> None:
    poll, gone = await crowded(booth), {CROWD[0], CROWD[60], CROWD[119]}
    first = await ask(booth, poll, gone)
    async with open_database(address) as opened:
        second = booth_on(opened, library)
        others: list[int] = []
        while some := await ask(second, poll, gone):
            others += some
        assert sorted(first + others) == list(CROWD)
        assert (await second.close(poll)).dropped == 3


async def test_the_same_answer_twice_drops_nobody_twice(booth: Booth) -> None:
    poll = await crowded(booth)
    for _time in range(2):
        await booth.closing.checked(poll.id, [CROWD[1]], [CROWD[0], CROWD[2]])
    found = await booth.find(poll)
    assert (found.dropped, found.voters, found.votes) == (2, len(CROWD) - 2, 2 * len(CROWD) - 4)


async def test_nobody_is_asked_about_where_the_guild_does_not_want_it(booth: Booth) -> None:
    poll = await crowded(booth, drop_leavers=False)
    assert await booth.closing.unchecked(poll.id) == ()
    assert await booth.closing.unchecked(404) == ()


async def test_in_a_poll_of_very_many_nobody_is_dropped(booth: Booth) -> None:
    most, more = await crowded(booth, voters=MOST_CHECKED), await crowded(booth, voters=MOST_CHECKED + 1)
    assert len(await booth.closing.unchecked(most.id)) == CHECKED_AT_ONCE
    assert await booth.closing.unchecked(more.id) == ()


async def test_after_the_close_nobody_is_dropped_any_more(booth: Booth) -> None:
    poll = await crowded(booth)
    closed = await booth.close(poll)
    assert await booth.closing.unchecked(poll.id) == ()
    await booth.closing.checked(poll.id, [], [ALICE, BORA, CHAN])
    await booth.closing.checked(404, [ALICE], [BORA])
    assert await booth.find(poll) == closed


async def sweep_due(booth: Booth) -> float | None:
    """How many seconds after noon the disk is swept, if it is."""
    at = await booth.database.read(lambda connection: jobs.find_due(connection, SWEEP, 0))
    return None if at is None else (at - NOON).total_seconds()


async def closed_at(booth: Booth, seconds: float) -> None:
    """Have a poll close so long after noon, and its ballots forgotten at once; what else is due does nothing."""
    for kind in (SHOW, CLOSE, FORGET):
        booth.jobs.on(kind, nothing)
    poll = await open_poll(booth)
    await booth.vote(poll, ALICE, 0)
    await booth.close(poll, after(seconds))
    await booth.closing.forget(poll.id, after(seconds))


async def nothing(_job: Job, _now: datetime) -> None:
    """Do what a test does not look at."""


async def test_polls_that_close_within_five_minutes_are_followed_by_one_sweep(booth: Booth) -> None:
    swept: list[float] = []

    async def sweep(_job: Job, now: datetime) -> None:
        swept.append((now - NOON).total_seconds())

    booth.jobs.on(SWEEP, sweep)
    for seconds in (0, 100, 299):
        await closed_at(booth, seconds)
        await booth.jobs.run_due(lambda so_long=seconds: after(so_long))
        assert await sweep_due(booth) == 300
    await booth.jobs.run_due(lambda: after(300))
    assert swept == [300]
    assert await sweep_due(booth) is None
    await closed_at(booth, 301)
    assert await sweep_due(booth) == 601


async def test_a_sweep_that_is_under_way_when_another_poll_is_forgotten_is_followed_by_another(booth: Booth) -> None:
    swept: list[float] = []

    async def sweep(_job: Job, now: datetime) -> None:
        swept.append((now - NOON).total_seconds())
        if len(swept) == 1:
            await closed_at(booth, 302)

    booth.jobs.on(SWEEP, sweep)
    await closed_at(booth, 0)
    await booth.jobs.run_due(lambda: after(302))
    assert await sweep_due(booth) == 602
    await booth.jobs.run_due(lambda: after(602))
    assert swept == [302, 602]


async def test_what_is_public_or_open_has_nothing_swept(booth: Booth) -> None:
    public, still_open = await open_poll(booth, Secrecy.PUBLIC), await open_poll(booth)
    await booth.close(public)
    for poll in (public, still_open):
        await booth.closing.forget(poll.id, after(60))
    assert await sweep_due(booth) is None
