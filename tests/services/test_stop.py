import pytest

from bot.domain.games import RoundState
from bot.domain.library import Library
from bot.errors import NoGameRunning, NotYourGame, RoundClosed
from bot.storage.database import Database
from tests.services.play import (
    ALICE,
    BORA,
    CHANNEL,
    NOON,
    STARTER,
    Channel,
    Process,
    after,
    ask,
    rounds_of,
    say,
    standings_of,
    start,
)


async def test_without_a_game_there_is_nothing_to_stop(process: Process) -> None:
    with pytest.raises(NoGameRunning):
        await process.trivia.stop(CHANNEL, STARTER, NOON, is_manager=True)


@pytest.mark.parametrize(("user_id", "is_manager"), [(STARTER, False), (BORA, True)])
async def test_the_starter_and_managers_stop_a_game(process: Process, user_id: int, is_manager: bool) -> None:
    game = await start(process)
    stopped = await process.trivia.stop(CHANNEL, user_id, after(5), is_manager=is_manager)
    assert stopped == game
    with pytest.raises(NoGameRunning):
        await process.trivia.stop(CHANNEL, user_id, after(6), is_manager=is_manager)


async def test_another_member_cannot_stop_a_game(process: Process) -> None:
    game = await start(process)
    with pytest.raises(NotYourGame):
        await process.trivia.stop(CHANNEL, BORA, after(5), is_manager=False)
    assert await process.trivia.stop(CHANNEL, STARTER, after(6), is_manager=False) == game


async def test_what_was_answered_before_the_stop_counts_and_nothing_after_it(
    process: Process, database: Database
) -> None:
    game = await start(process)
    first, _ = await rounds_of(database, game)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 4)
    await process.trivia.stop(CHANNEL, STARTER, after(5), is_manager=False)
    with pytest.raises(RoundClosed):
        await say(process, first, BORA, 4.5)
    assert await standings_of(process, game, after(6)) == {ALICE: 14}


async def test_a_stop_wakes_the_runner(process: Process) -> None:
    await start(process)
    woken: list[str] = []
    process.jobs.on_change(lambda: woken.append("now"))
    await process.trivia.stop(CHANNEL, STARTER, after(5), is_manager=False)
    assert woken == ["now"]


async def test_a_stop_during_a_question_reveals_it_and_ends_with_a_recap_at_once(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, members=lambda _asked, _sent_at: [])
    game = await start(channel.process, rounds=3)
    await channel.play(until=after(5))
    await channel.process.trivia.stop(CHANNEL, STARTER, after(5), is_manager=False)
    await channel.play()
    question, recap = channel.messages.values()
    assert len(question.edits) == 1
    assert (recap.nonce, recap.sent_at) == (f"recap-{game.id}", after(5))
    assert [ended.rounds_played for ended in channel.recaps] == [1]


async def test_a_stop_between_two_questions_ends_with_a_recap_and_no_further_question(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, members=lambda _asked, _sent_at: [])
    game = await start(channel.process, rounds=3)
    await channel.play(until=after(25))
    await channel.process.trivia.stop(CHANNEL, STARTER, after(25), is_manager=False)
    await channel.play()
    assert [message.nonce.split("-")[0] for message in channel.messages.values()] == ["ask", "recap"]
    states = [round_.state for round_ in await rounds_of(database, game)]
    assert states == [RoundState.CLOSED, RoundState.WAITING, RoundState.WAITING]


async def test_a_stop_before_the_last_recap_brings_it_forward_and_posts_it_once(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, members=lambda _asked, _sent_at: [])
    await start(channel.process, rounds=1)
    await channel.play(until=after(23))
    await channel.process.trivia.stop(CHANNEL, STARTER, after(23), is_manager=False)
    await channel.play()
    assert len(channel.recaps) == 1


async def test_a_question_whose_reveal_was_interrupted_is_revealed_although_the_game_is_stopped_meanwhile(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, members=lambda _asked, _sent_at: [])
    await start(channel.process, rounds=3)
    channel.kills = lambda points: points[-1] == "closed" and points.count("closed") == 1
    await channel.play(until=after(25))
    await channel.process.trivia.stop(CHANNEL, STARTER, after(25), is_manager=False)
    await channel.play()
    question, _recap = channel.messages.values()
    assert len(question.edits) == 1


async def test_after_a_stop_a_new_game_can_begin_in_the_channel(process: Process) -> None:
    first = await start(process)
    await process.trivia.stop(CHANNEL, STARTER, after(5), is_manager=False)
    second = await start(process, request_id=2, now=after(6))
    assert second.id != first.id
