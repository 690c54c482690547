"""The life of a poll: opened, voted in, closed."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.guilds import GuildSettings
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.polls import LONGEST, Poll
from bot.domain.texts import Language
from bot.errors import (
    DurationTooLong,
    DurationTooShort,
    EqualCouples,
    NameNotPlain,
    Outdated,
    PollClosed,
    PollGone,
    TooFewCouples,
    UserError,
)
from bot.services.jobs import JobService
from bot.services.ships import CLOSE, ShipService, Vote
from bot.storage import guilds, jobs
from bot.storage.database import Database, open_database
from tests.services.play import ALICE, BORA, CHANNEL, GUILD, NOON, STARTER, after
from tests.storage.engines import ENGINES

HOUR = timedelta(hours=1)
COUPLES = ("Alpha and Beta", "Gamma and Delta", "Epsilon and Zeta")


def ships_on(database: Database, library: Library) -> ShipService:
    return ShipService(database, library, JobService(database, "me"), shortest=timedelta(minutes=5))


@pytest.fixture
def ships(database: Database, library: Library) -> ShipService:
    return ships_on(database, library)


async def open_poll(
    ships: ShipService,
    couples: Sequence[str] = COUPLES,
    *,
    duration: timedelta = HOUR,
    request_id: int = 1,
    locale: Language = Language.ENGLISH,
) -> Poll:
    return await ships.open(
        guild_id=GUILD,
        channel_id=CHANNEL,
        creator_id=STARTER,
        request_id=request_id,
        locale=locale,
        couples=couples,
        duration=duration,
        now=NOON,
    )


async def find(ships: ShipService, poll: Poll) -> Poll:
    found = await ships.find(poll.id)
    assert found is not None
    return found


async def vote(ships: ShipService, poll: Poll, user_id: int, option: int, at: datetime = NOON) -> Poll:
    return await ships.vote(Vote(poll.id, user_id, option, at))


async def test_an_open_poll_is_as_it_was_ordered(ships: ShipService, library: Library) -> None:
    couple = next(iter(library.couples.values()))
    poll = await open_poll(ships, [couple.id, "Alpha and Beta"])
    options = (ships.option(couple.id), ships.option("Alpha and Beta"))
    assert poll == Poll(
        poll.id, GUILD, CHANNEL, STARTER, Language.ENGLISH, options, tally=(0, 0), closes_at=NOON + HOUR
    )
    assert await find(ships, poll) == poll


async def test_the_close_of_a_poll_is_due_at_its_time_and_the_runner_is_woken(
    database: Database, library: Library
) -> None:
    service = JobService(database, "me")
    woken: list[str] = []
    service.on_change(lambda: woken.append("now"))
    poll = await open_poll(ShipService(database, library, service, timedelta(minutes=5)))
    [job] = await database.write(lambda connection: jobs.claim_jobs(connection, "me", NOON + 2 * HOUR))
    assert (job.kind, job.subject, job.due_at) == (CLOSE, poll.id, NOON + HOUR + IN_FLIGHT)
    assert woken == ["now"]


@pytest.mark.parametrize(
    ("couples", "refusal"),
    [
        ([], TooFewCouples),
        (["Alpha and Beta"], TooFewCouples),
        (["Alpha and Beta", "alpha AND beta"], EqualCouples),
        (["Alpha and Beta", "Gamma and Delta", "Alpha & Beta", "Alpha + Beta", "ALPHA & BETA"], EqualCouples),
        (["Alpha and Beta", "<@1>"], NameNotPlain),
    ],
)
async def test_couples_that_make_no_poll_are_refused_and_nothing_is_stored(
    ships: ShipService, database: Database, couples: Sequence[str], refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        await open_poll(ships, couples)
    assert await database.read(jobs.next_due) is None


async def test_a_couple_that_is_chosen_and_typed_is_refused_as_equal(ships: ShipService, library: Library) -> None:
    couple = next(iter(library.couples.values()))
    with pytest.raises(EqualCouples):
        await open_poll(ships, [couple.id, f"{couple.second.en} & {couple.first.en}"])


@pytest.mark.parametrize(
    ("duration", "refusal"),
    [(timedelta(minutes=5, seconds=-1), DurationTooShort), (LONGEST + timedelta(seconds=1), DurationTooLong)],
)
async def test_a_poll_that_is_too_short_or_too_long_is_refused(
    ships: ShipService, duration: timedelta, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        await open_poll(ships, duration=duration)


@pytest.mark.parametrize("duration", [timedelta(minutes=5), LONGEST])
async def test_the_shortest_and_the_longest_poll_are_opened(ships: ShipService, duration: timedelta) -> None:
    assert (await open_poll(ships, duration=duration)).closes_at == NOON + duration


async def test_a_request_that_is_delivered_twice_opens_one_poll(ships: ShipService) -> None:
    poll = await open_poll(ships, request_id=5)
    with pytest.raises(Outdated):
        await open_poll(ships, request_id=5)
    assert await ships.find(poll.id + 1) is None


async def test_a_poll_speaks_the_language_of_its_guild(ships: ShipService, database: Database) -> None:
    assert (await open_poll(ships, locale=Language.KOREAN)).language is Language.KOREAN
    chosen = GuildSettings(GUILD, Language.ENGLISH)
    await database.write(lambda connection: guilds.save_settings(connection, chosen))
    assert (await open_poll(ships, locale=Language.KOREAN, request_id=2)).language is Language.ENGLISH


async def test_a_shown_poll_knows_its_message(ships: ShipService) -> None:
    poll = await open_poll(ships)
    await ships.shown(poll.id, 777)
    assert (await find(ships, poll)).message_id == 777


async def test_a_vote_is_answered_with_the_poll_as_it_stands_with_it(ships: ShipService) -> None:
    poll = await open_poll(ships)
    voted = await vote(ships, poll, ALICE, 1)
    assert (voted.tally, voted.version, voted.votes) == ((0, 1, 0), 1, 1)
    assert await find(ships, poll) == voted


async def test_a_changed_vote_moves_from_one_couple_to_the_other(ships: ShipService) -> None:
    poll = await open_poll(ships)
    await vote(ships, poll, BORA, 0)
    await vote(ships, poll, ALICE, 0)
    changed = await vote(ships, poll, ALICE, 2)
    assert (changed.tally, changed.version) == ((1, 0, 1), 3)


async def test_the_same_vote_again_changes_nothing(ships: ShipService) -> None:
    poll = await open_poll(ships)
    once = await vote(ships, poll, ALICE, 1)
    assert await vote(ships, poll, ALICE, 1) == once


@pytest.mark.parametrize("option", [3, 404, -1])
async def test_a_vote_for_an_option_that_the_poll_has_not_is_refused(ships: ShipService, option: int) -> None:
    poll = await open_poll(ships)
    with pytest.raises(Outdated):
        await vote(ships, poll, ALICE, option)
    assert await ships.my_vote(poll.id, ALICE) == (poll, None)


async def test_a_vote_in_time_counts_and_one_after_it_is_refused_though_the_poll_is_not_closed_yet(
    ships: ShipService,
) -> None:
    poll = await open_poll(ships)
    assert (await vote(ships, poll, ALICE, 0, NOON + HOUR)).votes == 1
    with pytest.raises(PollClosed):
        await vote(ships, poll, BORA, 0, NOON + HOUR + timedelta(milliseconds=1))
    assert (await find(ships, poll)).votes == 1


async def test_a_vote_in_a_closed_poll_is_refused_though_its_time_is_not_over(ships: ShipService) -> None:
    poll = await open_poll(ships)
    await ships.close(poll.id, after(5))
    with pytest.raises(PollClosed):
        await vote(ships, poll, ALICE, 0, after(4))


async def test_a_poll_that_is_not_stored_is_gone(ships: ShipService) -> None:
    with pytest.raises(PollGone):
        await ships.vote(Vote(404, ALICE, 0, NOON))
    with pytest.raises(PollGone):
        await ships.my_vote(404, ALICE)
    assert await ships.find(404) is None
    assert await ships.close(404, NOON) is None


async def test_a_member_sees_her_own_vote(ships: ShipService) -> None:
    poll = await open_poll(ships)
    voted = await vote(ships, poll, ALICE, 2)
    assert await ships.my_vote(poll.id, ALICE) == (voted, 2)
    assert await ships.my_vote(poll.id, BORA) == (voted, None)


async def test_a_poll_closes_once_and_keeps_its_result(ships: ShipService) -> None:
    poll = await open_poll(ships)
    await vote(ships, poll, ALICE, 1)
    closed = await ships.close(poll.id, NOON + HOUR)
    assert closed is not None
    assert (closed.closed_at, closed.tally, closed.closed_late) == (NOON + HOUR, (0, 1, 0), False)
    assert await ships.close(poll.id, NOON + 2 * HOUR) == closed


async def test_a_poll_that_is_closed_long_after_its_time_says_so(ships: ShipService) -> None:
    poll = await open_poll(ships)
    closed = await ships.close(poll.id, NOON + 2 * HOUR)
    assert closed is not None
    assert closed.closed_late


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_five_hundred_votes_at_once_make_the_right_tally(ships: ShipService) -> None:
    poll, other = await open_poll(ships), await open_poll(ships, request_id=2)
    votes = [((poll, other)[user_id % 5 == 0], user_id, user_id % 3) for user_id in range(500)]
    await asyncio.gather(*(vote(ships, *each) for each in votes))
    for opened in (poll, other):
        chosen = [option for voted, _, option in votes if voted is opened]
        stored = await find(ships, opened)
        assert stored.tally == tuple(chosen.count(option) for option in range(3))
        assert stored.version == len(chosen)


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_a_member_who_votes_a_hundred_times_at_once_has_one_vote(ships: ShipService) -> None:
    poll = await open_poll(ships)
    await asyncio.gather(*(vote(ships, poll, ALICE, number % 3) for number in range(100)))
    stored, mine = await ships.my_vote(poll.id, ALICE)
    assert (stored.tally, mine) == ((1, 0, 0), 99 % 3)


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_members_who_change_their_votes_through_two_processes_at_once_leave_a_right_tally(
    ships: ShipService, address: str, library: Library
) -> None:
    poll = await open_poll(ships)
    async with open_database(address) as opened:
        both = (ships, ships_on(opened, library))
        for start in range(4):
            await asyncio.gather(
                *(vote(both[(user_id + start) % 2], poll, user_id, (user_id + start) % 3) for user_id in range(30))
            )
    stored = await find(ships, poll)
    chosen = [(await ships.my_vote(poll.id, user_id))[1] for user_id in range(30)]
    assert stored.tally == tuple(chosen.count(option) for option in range(3))
    assert stored.votes == 30


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_a_vote_that_races_with_the_close_is_in_the_result_or_refused(
    ships: ShipService, address: str, library: Library
) -> None:
    poll = await open_poll(ships)
    async with open_database(address) as opened:
        counted, begun = set[int](), asyncio.Event()

        async def vote_in_turn(user_ids: range) -> None:
            for user_id in user_ids:
                try:
                    await vote(ships, poll, user_id, 0)
                    counted.add(user_id)
                except PollClosed:
                    pass
                begun.set()

        voting: list[asyncio.Task[Any]] = [asyncio.create_task(vote_in_turn(range(n, 100, 10))) for n in range(10)]
        await begun.wait()
        closed = await ships_on(opened, library).close(poll.id, NOON + HOUR)
        await asyncio.gather(*voting)
    assert closed is not None
    assert closed.tally == (len(counted), 0, 0)
    assert (await find(ships, poll)).tally == closed.tally
