"""A game goes on when its library changes under it, and ends when one of its steps cannot be done."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.games import Game, Mode, Round, RoundState, Standing, Wish
from bot.domain.library import Library
from bot.domain.trivia import BOLD_PAUSE, PAUSE
from bot.services.jobs import JobService
from bot.services.packs import PackService
from bot.services.rounds import RoundService
from bot.storage import games
from bot.storage.database import Database
from tests.services.own_packs import upload, written
from tests.services.play import (
    ALICE,
    BORA,
    CHANNEL,
    GUILD,
    NOON,
    STARTER,
    Channel,
    Click,
    Process,
    after,
    ask,
    close,
    process_on,
    right,
    rounds_of,
    say,
    standings_of,
    start,
)
from tests.services.uploading import OnTheSpot


@pytest.fixture
def without_moments(database: Database) -> RoundService:
    """The course of games after an update that has removed every moment."""
    empty = Library({}, {}, {})
    packs = PackService(database, empty, OnTheSpot(empty))
    return RoundService(database, packs, JobService(database, "updated"))


async def test_a_question_about_a_moment_that_is_gone_is_passed_over(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=2)
    first, second = await rounds_of(database, game)
    assert await without_moments.ask(first.id, NOON, timedelta()) is None
    closed, waiting = await rounds_of(database, game)
    assert (closed.state, waiting.state) == (RoundState.CLOSED, RoundState.WAITING)
    asked = await process.rounds.ask(second.id, NOON + PAUSE, timedelta())
    assert asked is not None


async def test_a_shown_question_about_a_moment_that_is_gone_is_scored_and_who_answered_is_told(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=2)
    first, _second = await rounds_of(database, game)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 1)
    assert await without_moments.progress(first.id) is None
    for _ in range(2):  # a close that comes again tells the same
        revealed = await without_moments.close(first.id, after(21))
        assert revealed is not None
        assert (revealed.game.id, revealed.round.id) == (game.id, first.id)
        assert [(entry.guess.user_id, entry.points) for entry in revealed.scored] == [(ALICE, 15)]
    assert await standings_of(process, game, after(22)) == {ALICE: 15}


async def test_a_game_one_of_whose_steps_is_given_up_ends_with_its_scores(process: Process, database: Database) -> None:
    game = await start(process, rounds=2)
    first, _second = await rounds_of(database, game)
    await process.rounds.abandon_round(first.id, after(9))
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) is None
    ended = await database.read(lambda connection: games.find_game(connection, game.id))
    assert ended is not None
    assert ended.ended_at == after(9)


async def test_a_step_of_a_round_that_is_not_stored_is_given_up_quietly(process: Process) -> None:
    await process.rounds.abandon_round(999, NOON)


async def test_moments_that_are_gone_make_no_game_idle_and_are_not_counted_as_played(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=3)
    first, second, third = await rounds_of(database, game)
    await without_moments.ask(first.id, NOON, timedelta())
    await without_moments.ask(second.id, NOON, timedelta())
    assert (await process.rounds.ask(third.id, NOON, timedelta())) is not None
    recap = await without_moments.finish(game.id, after(60))
    assert recap is not None
    assert recap.rounds_played == 0


async def test_a_question_that_was_open_when_the_game_ended_is_scored(process: Process, database: Database) -> None:
    game = await start(process, rounds=2)
    first, _second = await rounds_of(database, game)
    await ask(process, first.id, NOON)
    await say(process, first, ALICE, 1)
    assert await standings_of(process, game, after(600)) == {ALICE: 15}


async def own_game(process: Process, mode: Mode = Mode.CLASSIC, rounds: int = 4) -> Game:
    """Start a game on a pack of the guild's own."""
    pack = await upload(process.packs)
    return await start(process, Wish(rounds, mode=mode, pack=str(pack.id)))


async def remove_pack(process: Process, game: Game) -> None:
    await process.packs.remove(GUILD, int(game.wish.pack or ""))


async def play_first(process: Process, game: Game, *members: int, database: Database) -> Round:
    """Play the first round, in which these members are right at once; return the second one."""
    first, second, *_ = await rounds_of(database, game)
    await ask(process, first.id, NOON, message_id=1)
    for user_id in members:
        await say(process, first, user_id, 0)
    await close(process, first.id, after(21))
    return second


async def test_a_game_on_an_own_pack_is_played_to_its_end(database: Database, library: Library) -> None:
    channel = Channel(
        database, library, lambda asked, at: [Click(at, ALICE, asked.round.id, choice=right(asked.round))]
    )
    game = await own_game(channel.process)
    await channel.play()
    [recap] = channel.recaps
    assert (recap.game.id, recap.rounds_played) == (game.id, 4)
    assert recap.standings == (Standing(1, ALICE, 15 + 16 + 17 + 18, 4, 4),)


async def test_a_game_whose_pack_is_removed_in_the_middle_ends_with_what_was_answered(
    database: Database, library: Library
) -> None:
    channel = Channel(
        database, library, lambda asked, at: [Click(at, ALICE, asked.round.id, choice=right(asked.round))]
    )
    game = await own_game(channel.process)
    await channel.play(until=after(35))
    await remove_pack(channel.process, game)
    await channel.play()
    [recap] = channel.recaps
    assert recap.standings == (Standing(1, ALICE, 15 + 16, 2, 2),)
    assert await database.read(lambda connection: games.find_running_game(connection, CHANNEL)) is None


async def test_a_pack_that_is_replaced_in_the_middle_goes_on_with_the_scenes_that_it_still_has(
    database: Database, library: Library
) -> None:
    channel = Channel(
        database, library, lambda asked, at: [Click(at, ALICE, asked.round.id, choice=right(asked.round))]
    )
    game = await own_game(channel.process)
    waiting = [round_.question.moment_id for round_ in (await rounds_of(database, game))[1:]]
    kept = await channel.process.packs.library_of(waiting[-1])
    day = int(kept.moments[waiting[-1]].scene.en.split()[2])
    await channel.play(until=after(5))
    await channel.process.packs.upload(GUILD, STARTER, "ours.toml", "Ours", written([day]), after(5))
    await channel.play()
    [recap] = channel.recaps
    assert recap.standings[0].right == 2


async def test_a_removed_pack_takes_nothing_from_who_risked_points_on_its_next_question(
    process: Process, database: Database
) -> None:
    game = await own_game(process, Mode.BOLD)
    second = await play_first(process, game, ALICE, database=database)
    await process.choices.double(second.id - 1, ALICE, after(23))
    await remove_pack(process, game)
    assert await process.rounds.ask(second.id, after(21) + BOLD_PAUSE, timedelta()) is None
    assert await standings_of(process, game, after(60)) == {ALICE: 15}


async def test_a_question_that_is_passed_over_breaks_no_streak(
    process: Process, database: Database, without_moments: RoundService
) -> None:
    game = await start(process, rounds=3)
    second = await play_first(process, game, ALICE, database=database)
    await without_moments.ask(second.id, after(31), timedelta())
    third = (await rounds_of(database, game))[2]
    await ask(process, third.id, after(41), message_id=3)
    await say(process, third, ALICE, 41)
    [scored] = (await close(process, third.id, after(62))).scored
    assert (scored.points, scored.streak) == (16, 2)


async def test_what_was_played_and_scored_is_counted_as_played_though_its_moment_is_gone(
    process: Process, database: Database
) -> None:
    game = await own_game(process)
    await play_first(process, game, ALICE, database=database)
    await remove_pack(process, game)
    recap = await process.rounds.finish(game.id, after(60))
    assert recap is not None
    assert [standing.right for standing in recap.standings] == [1]
    assert recap.rounds_played == 1


async def test_an_answer_to_a_question_of_a_removed_pack_is_still_counted(process: Process, database: Database) -> None:
    game = await own_game(process)
    first, *_ = await rounds_of(database, game)
    await ask(process, first.id, NOON)
    await remove_pack(process, game)
    await say(process, first, ALICE, 0)
    await say(process, first, BORA, 0, correct=False)
    revealed = await close(process, first.id, after(21))
    assert {entry.guess.user_id: entry.points for entry in revealed.scored} == {ALICE: 15, BORA: 0}
    assert await standings_of(process, game, after(60)) == {ALICE: 15, BORA: 0}


async def test_the_story_of_a_recap_is_of_a_scene_that_is_still_there(process: Process, database: Database) -> None:
    game = await own_game(process)
    await play_first(process, game, ALICE, database=database)
    told = await process.rounds.finish(game.id, after(60))
    assert told is not None
    assert (told.most_missed, told.story and told.story.number) == (None, 1)
    await remove_pack(process, game)
    recap = await process.rounds.finish(game.id, after(61))
    assert recap is not None
    assert (recap.most_missed, recap.story) == (None, None)


async def test_after_a_restart_many_games_on_own_packs_are_looked_at_at_once(
    process: Process, database: Database, library: Library
) -> None:
    asked: list[Round] = []
    for number in range(6):
        pack = await upload(process.packs, name=f"Pack {number}")
        game = await start(process, Wish(2, pack=str(pack.id)), channel_id=number, request_id=number)
        first, *_ = await rounds_of(database, game)
        asked.append((await ask(process, first.id, NOON, message_id=number)).round)
    restarted = process_on(database, library)
    async with asyncio.timeout(10):
        seen = await asyncio.gather(*(restarted.rounds.progress(round_.id) for round_ in asked))
    assert all(progress is not None for progress in seen)
