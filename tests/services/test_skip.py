"""Skipping a question: the starter and managers at once, the others by more than half; it counts for nobody."""

from collections.abc import Sequence

import pytest

from bot.domain.games import Mode, Round, RoundState, Stake
from bot.domain.library import Library
from bot.domain.trivia import BOLD_PAUSE, PAUSE
from bot.errors import AlreadyAnswered, AlreadySkipped, NothingToRisk, RoundClosed
from bot.services.choices import Skip
from bot.services.privacy import PrivacyService
from bot.services.rounds import ASK, CLOSE, FINISH
from bot.storage import guesses, rounds
from bot.storage.database import Database
from tests.services.play import (
    ALICE,
    BORA,
    CHAN,
    NOON,
    STARTER,
    Channel,
    Click,
    Press,
    Process,
    after,
    ask,
    close,
    right,
    rounds_of,
    say,
    standings_of,
    start,
)
from tests.services.stored import due, rows


async def asked(process: Process, database: Database, *, length: int = 3, mode: Mode = Mode.CLASSIC) -> Sequence[Round]:
    """Start a game whose first question stands in the channel from noon for 20 seconds."""
    stored = await rounds_of(database, await start(process, rounds=length, mode=mode))
    await ask(process, stored[0].id, NOON, message_id=1)
    return stored


async def skip(process: Process, round_: Round, user_id: int, seconds: float = 5, *, is_manager: bool = False) -> Skip:
    return await process.choices.skip(round_.id, user_id, after(seconds), is_manager=is_manager)


@pytest.mark.parametrize(("user_id", "is_manager"), [(STARTER, False), (BORA, True)])
async def test_the_starter_and_managers_skip_a_question_at_once(
    process: Process, database: Database, user_id: int, is_manager: bool
) -> None:
    first, second, _ = await asked(process, database)
    assert await skip(process, first, user_id, is_manager=is_manager) == Skip(done=True)
    [skipped, waiting, _] = await database.read(lambda connection: rounds.list_rounds(connection, first.game_id))
    assert (skipped.state, skipped.skipped, waiting.state) == (RoundState.CLOSED, True, RoundState.WAITING)
    assert {(ASK, second.id, after(5) + PAUSE), (CLOSE, first.id, after(5))} <= await due(database)


async def test_a_skip_wakes_the_runner(process: Process, database: Database) -> None:
    first, *_ = await asked(process, database)
    woken: list[str] = []
    process.jobs.on_change(lambda: woken.append("now"))
    await skip(process, first, STARTER)
    assert woken == ["now"]


async def test_a_skip_of_the_last_question_leads_to_the_end(process: Process, database: Database) -> None:
    [only] = await asked(process, database, length=1)
    await skip(process, only, STARTER)
    assert {(FINISH, only.game_id, after(5) + PAUSE), (CLOSE, only.id, after(5))} <= await due(database)


async def test_in_a_bold_game_the_pause_after_a_skip_is_the_longer_one(process: Process, database: Database) -> None:
    first, second, _ = await asked(process, database, mode=Mode.BOLD)
    await skip(process, first, STARTER)
    assert (ASK, second.id, after(5) + BOLD_PAUSE) in await due(database)


async def test_two_are_needed_where_few_play_and_the_second_one_skips(process: Process, database: Database) -> None:
    first, *_ = await asked(process, database)
    assert await skip(process, first, ALICE) == Skip(done=False, votes=1, needed=2)
    progress = await process.rounds.progress(first.id)
    assert progress is not None
    assert progress.skips == 1
    assert await skip(process, first, BORA) == Skip(done=True, votes=2, needed=2)
    with pytest.raises(RoundClosed):
        await skip(process, first, CHAN)


@pytest.mark.parametrize(("players", "needed"), [(1, 2), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
async def test_more_than_half_of_the_players_are_needed(
    process: Process, database: Database, players: int, needed: int
) -> None:
    first, *_ = await asked(process, database)
    for user_id in range(1, players + 1):
        await say(process, first, user_id, 1)
    votes = [await skip(process, first, user_id) for user_id in range(1, players + 1)[:needed]]
    if players == 1:
        votes.append(await skip(process, first, BORA))
    assert [vote.done for vote in votes] == [False] * (needed - 1) + [True]
    assert votes[-1] == Skip(done=True, votes=needed, needed=needed)


async def test_who_asks_to_skip_takes_part_and_is_counted_among_the_players(
    process: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    for user_id in (1, 2, 3):
        await say(process, first, user_id, 1)
    assert await skip(process, first, 4) == Skip(done=False, votes=1, needed=3)
    assert await skip(process, first, 5) == Skip(done=False, votes=2, needed=3)
    assert await skip(process, first, 1) == Skip(done=True, votes=3, needed=3)


async def test_a_second_wish_of_the_same_member_is_refused_and_counts_once(
    process: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    await skip(process, first, ALICE)
    before = await rows(database)
    with pytest.raises(AlreadySkipped):
        await skip(process, first, ALICE)
    assert await rows(database) == before


@pytest.mark.parametrize("seconds", [20.001, 25])
async def test_a_skip_after_the_deadline_is_refused_though_the_round_is_not_closed_yet(
    process: Process, database: Database, seconds: float
) -> None:
    first, *_ = await asked(process, database)
    before = await rows(database)
    for user_id in (STARTER, ALICE):
        with pytest.raises(RoundClosed):
            await skip(process, first, user_id, seconds)
    assert await rows(database) == before


async def test_what_waits_is_closed_or_is_not_stored_cannot_be_skipped(process: Process, database: Database) -> None:
    first, second, _ = await asked(process, database)
    await close(process, first.id, after(21))
    before = await rows(database)
    for round_id in (first.id, second.id, 404):
        with pytest.raises(RoundClosed):
            await process.choices.skip(round_id, STARTER, after(5), is_manager=True)
    assert await rows(database) == before


async def test_a_skipped_question_is_revealed_with_what_was_said_and_counts_for_nobody(
    process: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    await say(process, first, ALICE, 1)
    await say(process, first, BORA, 1, correct=False)
    await skip(process, first, STARTER)
    revealed = await close(process, first.id, after(5))
    assert revealed.round.skipped
    assert {(entry.guess.user_id, entry.points, entry.streak) for entry in revealed.scored} == {
        (ALICE, 0, 0),
        (BORA, 0, 0),
    }
    assert await standings_of(process, revealed.game, after(6)) == {}


async def test_after_a_skip_no_answer_counts_and_what_was_said_is_still_told(
    process: Process, database: Database
) -> None:
    first, *_ = await asked(process, database)
    label = await say(process, first, ALICE, 1)
    await skip(process, first, STARTER)
    with pytest.raises(RoundClosed):
        await say(process, first, BORA, 4)
    with pytest.raises(AlreadyAnswered) as refused:
        await say(process, first, ALICE, 4)
    assert refused.value.values == {"answer": label}


async def test_a_skipped_question_breaks_no_streak_and_is_none(process: Process, database: Database) -> None:
    first, second, third = await asked(process, database)
    await say(process, first, ALICE, 0)
    await close(process, first.id, after(21))
    await ask(process, second.id, after(30), message_id=2)
    await say(process, second, ALICE, 30, correct=False)
    await skip(process, second, STARTER, 35)
    await ask(process, third.id, after(60), message_id=3)
    await say(process, third, ALICE, 60)
    revealed = await close(process, third.id, after(81))
    assert [(entry.points, entry.streak) for entry in revealed.scored] == [(16, 2)]
    recap = await process.rounds.finish(revealed.game.id, after(90))
    assert recap is not None
    assert [(standing.points, standing.right, standing.answered) for standing in recap.standings] == [(31, 2, 2)]
    assert recap.most_missed is None
    assert recap.longest is not None
    assert recap.longest.length == 2


async def test_what_was_risked_on_a_skipped_question_is_neither_won_nor_lost(
    process: Process, database: Database
) -> None:
    first, second, _third = await asked(process, database, mode=Mode.BOLD)
    for user_id in (ALICE, BORA, CHAN):
        await say(process, first, user_id, 0)
    await close(process, first.id, after(21))
    for user_id in (ALICE, BORA, CHAN):
        await process.choices.double(first.id, user_id, after(23))
    await ask(process, second.id, after(36), message_id=2)
    await say(process, second, ALICE, 37)
    await say(process, second, BORA, 37, correct=False)
    await skip(process, second, STARTER, 38)
    revealed = await close(process, second.id, after(38))
    assert revealed.stakes == [Stake(user_id, 15) for user_id in (ALICE, BORA, CHAN)]
    with pytest.raises(NothingToRisk):
        await process.choices.double(second.id, ALICE, after(39))
    assert await standings_of(process, revealed.game, after(60)) == dict.fromkeys((ALICE, BORA, CHAN), 15)


async def test_skipped_questions_do_not_make_a_game_idle_and_do_not_hide_that_it_is(
    database: Database, library: Library
) -> None:
    """Nobody answers; the starter skips the second and third question; so the fourth is the second with no answer."""
    channel = Channel(
        database,
        library,
        lambda asked, at: [Click(at, STARTER, asked.round.id, Press.SKIP)] if asked.round.number in (2, 3) else [],
    )
    await start(channel.process, rounds=9)
    await channel.play()
    [_recap] = channel.recaps
    asked_for = [message for message in channel.messages.values() if message.nonce.startswith("ask")]
    assert len(asked_for) == 4
    assert channel.refusals == []


async def test_a_game_whose_every_question_is_skipped_ends_with_nobody_on_its_board(
    database: Database, library: Library
) -> None:
    channel = Channel(
        database,
        library,
        lambda asked, at: [
            Click(at, ALICE, asked.round.id, choice=right(asked.round)),
            Click(after(1) + (at - NOON), STARTER, asked.round.id, Press.SKIP),
        ],
    )
    await start(channel.process, rounds=3)
    await channel.play()
    [recap] = channel.recaps
    assert (recap.standings, recap.fastest, recap.longest, recap.most_missed) == ((), None, None, None)
    assert [len(message.edits) for message in channel.messages.values()] == [1, 1, 1, 0]


async def test_a_wish_to_skip_is_forgotten_with_the_member(process: Process, database: Database) -> None:
    first, *_ = await asked(process, database)
    await skip(process, first, ALICE)
    await PrivacyService(database).delete(ALICE)
    assert await database.read(lambda connection: guesses.count_skips(connection, first.id)) == 0
    assert await skip(process, first, BORA) == Skip(done=False, votes=1, needed=2)
