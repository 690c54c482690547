import pytest

from bot.domain.games import Standing
from bot.services.privacy import PrivacyService
from bot.storage.database import Database
from tests.services.play import ALICE, BORA, NOON, Process, after, ask, rounds_of, say, start
from tests.services.voting import Booth, open_poll


@pytest.fixture
def service(database: Database) -> PrivacyService:
    return PrivacyService(database)


async def test_of_a_member_who_did_nothing_nothing_is_stored(service: PrivacyService) -> None:
    assert await service.count(ALICE) == 0
    assert (await service.delete(ALICE)).polls == []


async def test_a_deletion_removes_every_row_and_names_the_open_polls(
    service: PrivacyService, booth: Booth, process: Process, database: Database
) -> None:
    still_open, closed = await open_poll(booth, creator_id=ALICE), await open_poll(booth, creator_id=ALICE)
    for poll in (still_open, closed):
        for user_id in (ALICE, BORA):
            await booth.vote(poll, user_id, 0)
    await booth.close(closed, after(2))
    first, _ = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON)
    for user_id in (ALICE, BORA):
        await say(process, first, user_id, 4)
    assert await service.count(ALICE) == 5  # two polls, two ballots, a guess
    assert (await service.delete(ALICE)).polls == [still_open.id]
    assert await service.count(ALICE) == 0
    assert await service.count(BORA) == 3
    left = [await booth.find(poll) for poll in (still_open, closed)]
    assert [(poll.tally, poll.voters) for poll in left] == [((1, 0, 0), 1), ((2, 0, 0), 2)]


async def test_a_deletion_takes_all_votes_of_a_ballot_and_one_voter(service: PrivacyService, booth: Booth) -> None:
    poll = await open_poll(booth, choices=2)
    await booth.choose(poll, ALICE, 0, 2)
    await booth.choose(poll, BORA, 0, 1)
    assert await service.count(ALICE) == 2
    await service.delete(ALICE)
    left = await booth.find(poll)
    assert (left.tally, left.voters) == ((1, 1, 0), 1)


async def test_of_a_secret_poll_that_is_over_nothing_is_stored_of_its_voters(
    service: PrivacyService, booth: Booth
) -> None:
    poll = await open_poll(booth)
    await booth.vote(poll, ALICE, 0)
    await booth.close(poll)
    await booth.forget(poll)
    assert await service.count(ALICE) == 0


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


async def test_a_member_may_vote_again_after_her_deletion(service: PrivacyService, booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.vote(poll, ALICE, 0)
    await service.delete(ALICE)
    assert (await booth.vote(poll, ALICE, 1)).poll.tally == (0, 1, 0)
