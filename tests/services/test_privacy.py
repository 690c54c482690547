from datetime import timedelta

import pytest

from bot.domain.games import Standing
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.services.privacy import PrivacyService
from bot.services.ships import ShipService, Vote
from bot.storage.database import Database
from tests.services.play import ALICE, BORA, CHANNEL, GUILD, NOON, Process, after, ask, rounds_of, say, start


@pytest.fixture
def service(database: Database) -> PrivacyService:
    return PrivacyService(database)


@pytest.fixture
def ships(database: Database, library: Library, process: Process) -> ShipService:
    return ShipService(database, library, process.jobs, timedelta(minutes=5))


async def open_poll(ships: ShipService, request_id: int) -> int:
    poll = await ships.open(
        guild_id=GUILD,
        channel_id=CHANNEL,
        creator_id=ALICE,
        request_id=request_id,
        locale=Language.ENGLISH,
        couples=["Alpha and Beta", "Gamma and Delta"],
        duration=timedelta(hours=1),
        now=NOON,
    )
    return poll.id


async def test_of_a_member_who_did_nothing_nothing_is_stored(service: PrivacyService) -> None:
    assert await service.count(ALICE) == 0
    assert await service.delete(ALICE) == []


async def test_a_deletion_removes_every_row_and_names_the_open_polls(
    service: PrivacyService, ships: ShipService, process: Process, database: Database
) -> None:
    open_id, closed_id = await open_poll(ships, 1), await open_poll(ships, 2)
    for poll_id in (open_id, closed_id):
        for user_id in (ALICE, BORA):
            await ships.vote(Vote(poll_id, user_id, 0, after(1)))
    await ships.close(closed_id, after(2))
    first, _ = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    for user_id in (ALICE, BORA):
        await say(process, first, user_id, 4)
    assert await service.count(ALICE) == 5  # two polls, two ballots, a guess
    assert await service.delete(ALICE) == [open_id]
    assert await service.count(ALICE) == 0
    assert await service.count(BORA) == 3
    tallies = [poll.tally for poll_id in (open_id, closed_id) if (poll := await ships.find(poll_id))]
    assert tallies == [(1, 0), (2, 0)]


async def test_who_was_deleted_stands_in_no_recap_and_the_game_goes_on(
    service: PrivacyService, process: Process, database: Database
) -> None:
    game = await start(process, rounds=1)
    [only] = await rounds_of(database, game)
    await ask(process, only.id, NOON)
    for user_id in (ALICE, BORA):
        await say(process, only, user_id, 4)
    await service.delete(ALICE)
    await process.rounds.close(only.id, after(21))
    recap = await process.rounds.finish(game.id, after(29))
    assert recap is not None
    assert recap.standings == (Standing(1, BORA, 14, 1, 1),)


async def test_a_member_may_vote_again_after_her_deletion(service: PrivacyService, ships: ShipService) -> None:
    poll_id = await open_poll(ships, 1)
    await ships.vote(Vote(poll_id, ALICE, 0, after(1)))
    await service.delete(ALICE)
    assert (await ships.vote(Vote(poll_id, ALICE, 1, after(2)))).tally == (0, 1)
