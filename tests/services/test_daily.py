"""The daily question: set up, asked at its hour, closed before the next, with streaks from day to day."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.games import Asked, Round, RoundState
from bot.domain.library import Library
from bot.domain.periods import Period
from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import AlreadyAnswered, NoDaily, NoGameRunning, NothingToRisk, RoundClosed
from bot.services.boards import BoardService
from bot.services.daily import Daily
from bot.services.privacy import PrivacyService
from bot.storage import games, rounds
from bot.storage.database import Database
from tests.services.dailies import (
    DAY,
    EIGHT,
    FIRST,
    HOUR,
    TICK,
    configure,
    lounge,
    points_of,
    regulars,
    switch_off,
    switch_on,
)
from tests.services.play import ALICE, BORA, CHAN, CHANNEL, GUILD, NOON, STARTER, Click, Members, right, start, wrong

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def on_days(plan: Mapping[int, Sequence[tuple[int, bool]]]) -> Members:
    """Members who say right or wrong on some days, counted from 0."""

    def members(asked: Asked, sent_at: datetime) -> Sequence[Click]:
        day = asked.game.daily_on
        said = plan.get((day - FIRST).days, ()) if day else ()
        return [
            Click(
                sent_at + HOUR, user_id, asked.round.id, choice=right(asked.round) if is_right else wrong(asked.round)
            )
            for user_id, is_right in said
        ]

    return members


async def open_round(database: Database) -> Round:
    async def work(connection: AsyncConnection) -> Round:
        (only,) = await games.list_open_dailies(connection, GUILD)
        return (await rounds.list_rounds(connection, only.id))[0]

    return await database.read(work)


async def test_it_is_set_up_from_the_next_hour_on_and_planned_without_a_change(
    database: Database, library: Library
) -> None:
    club = lounge(database, library)
    planned = await club.daily.plan(GUILD, CHANNEL, 20, club.now)
    with pytest.raises(NoDaily):
        await club.daily.get(GUILD, club.now)
    assert (
        planned == Daily(CHANNEL, 20, "Asia/Seoul", EIGHT) == await club.set_up() == await club.daily.get(GUILD, NOON)
    )
    await club.play(EIGHT - TICK)
    assert await club.questions() == []


@pytest.mark.parametrize(("hour", "wait"), [(20, 23), (21, 24), (22, 1), (0, 3), (12, 15)])
async def test_the_first_question_comes_at_the_hour_that_is_next(
    database: Database, library: Library, hour: int, wait: int
) -> None:
    club = lounge(database, library)
    assert (await club.set_up(hour)).next_at == NOON + wait * HOUR
    await club.play(NOON + wait * HOUR)
    assert [message.sent_at for message in club.messages.values()] == [NOON + wait * HOUR]


async def test_every_day_one_question_comes_and_closes_a_minute_before_the_next(
    database: Database, library: Library
) -> None:
    club = lounge(database, library, regulars)
    await club.set_up()
    await club.play(EIGHT + 5 * DAY - HOUR)
    shown = await club.questions()
    assert [(entry.day, entry.sent_at, entry.deadline) for entry in shown] == [
        (FIRST + DAY * number, EIGHT + DAY * number, EIGHT + DAY * (number + 1) - MINUTE) for number in range(5)
    ]
    assert [entry.state for entry in shown] == [RoundState.CLOSED] * 4 + [RoundState.OPEN]
    assert [entry.edits for entry in shown] == [(f"{ALICE}: {10 + day}, {BORA}: 0",) for day in range(4)] + [()]
    assert club.recaps == []


async def test_it_is_revealed_when_its_time_is_up_and_not_before(database: Database, library: Library) -> None:
    club = lounge(database, library, regulars)
    await club.set_up()
    await club.play(EIGHT + DAY - MINUTE + SECOND - TICK)
    assert [entry.edits for entry in await club.questions()] == [()]
    await club.play(EIGHT + DAY - MINUTE + SECOND)
    assert [entry.edits for entry in await club.questions()] == [(f"{ALICE}: 10, {BORA}: 0",)]
    assert await club.open_days() == []


async def test_days_in_a_row_make_a_streak_that_brings_up_to_five_more_points(
    database: Database, library: Library
) -> None:
    club = lounge(database, library, on_days({day: [(ALICE, True)] for day in range(8)}))
    await club.set_up()
    boards = BoardService(database)
    await club.play(EIGHT + 8 * DAY - HOUR)
    assert (await boards.stats(GUILD, ALICE, club.now, own=True)).daily_streak == 7  # the eighth is open still
    await club.play(EIGHT + 8 * DAY)
    points = [points_of(entry, ALICE) for entry in await club.questions()]
    assert points == [10, 11, 12, 13, 14, 15, 15, 15, None]
    assert (await boards.stats(GUILD, ALICE, club.now, own=True)).daily_streak == 8


async def test_a_day_without_an_answer_and_a_wrong_answer_break_a_streak(database: Database, library: Library) -> None:
    plan = {0: [(ALICE, True), (BORA, True)], 1: [(BORA, False)], 2: [(ALICE, True), (BORA, True)], 3: [(BORA, True)]}
    club = lounge(database, library, on_days(plan))
    await club.set_up()
    await club.play(EIGHT + 4 * DAY)
    shown = (await club.questions())[:4]
    assert [points_of(entry, ALICE) for entry in shown] == [10, None, 10, None]
    assert [points_of(entry, BORA) for entry in shown] == [10, 0, 10, 11]


async def test_a_day_on_which_nothing_can_be_asked_breaks_no_streak_and_the_next_is_asked(
    database: Database, library: Library
) -> None:
    club = lounge(database, library, on_days({0: [(ALICE, True)], 2: [(ALICE, True)]}))
    await club.set_up()
    await club.play(EIGHT)
    await switch_off(database, library)
    await club.play(EIGHT + DAY + HOUR)
    assert (len(await club.questions()), await club.open_days()) == (1, [])
    await switch_on(database, library)
    await club.play(EIGHT + 3 * DAY)
    assert [(entry.day, points_of(entry, ALICE)) for entry in (await club.questions())[:2]] == [
        (FIRST, 10),
        (FIRST + 2 * DAY, 11),
    ]


async def test_a_day_whose_question_could_not_be_sent_is_lost_breaks_no_streak_and_the_next_is_asked(
    database: Database, library: Library
) -> None:
    club = lounge(database, library, on_days({0: [(ALICE, True)], 2: [(ALICE, True)]}))
    await club.set_up()
    await club.play(EIGHT + HOUR)
    club.refuses = lambda now: EIGHT + DAY <= now < EIGHT + DAY + HOUR
    await club.play(EIGHT + DAY + HOUR)
    assert await club.open_days() == []
    await club.play(EIGHT + 3 * DAY)
    first, lost, third, _ = await club.questions()
    assert (lost.sent_at, lost.state) == (None, RoundState.CLOSED)
    assert (points_of(first, ALICE), points_of(third, ALICE)) == (10, 11)


async def test_a_channel_that_can_be_written_to_again_soon_still_gets_the_question(
    database: Database, library: Library
) -> None:
    club = lounge(database, library, regulars)
    club.refuses = lambda now: now < EIGHT + 10 * MINUTE
    await club.set_up()
    await club.play(EIGHT + DAY)
    first, _ = await club.questions()
    assert first.sent_at is not None
    assert EIGHT + 10 * MINUTE <= first.sent_at < EIGHT + 25 * MINUTE
    assert (first.deadline, first.edits) == (EIGHT + DAY - MINUTE, (f"{ALICE}: 10, {BORA}: 0",))


@pytest.mark.parametrize(
    ("chosen", "on_discord", "expected"),
    [
        (None, Language.KOREAN, Language.KOREAN),
        (Language.KOREAN, Language.ENGLISH, Language.KOREAN),
        (Language.ENGLISH, Language.KOREAN, Language.ENGLISH),
    ],
)
async def test_it_comes_in_the_language_of_the_guild(
    database: Database, library: Library, chosen: Language | None, on_discord: Language, expected: Language
) -> None:
    await configure(database, language=chosen)
    club = lounge(database, library)
    await club.set_up(locale=on_discord)
    await club.play(EIGHT)
    (asked,) = await database.read(lambda connection: games.list_open_dailies(connection, GUILD))
    assert (asked.language, asked.channel_id, asked.starter_id) == (expected, CHANNEL, None)


async def test_a_member_answers_once_and_in_time(database: Database, library: Library) -> None:
    club = lounge(database, library)
    await club.set_up()
    await club.play(EIGHT)
    asked = await open_round(database)
    await club.process.trivia.guess(asked.id, ALICE, right(asked), EIGHT)
    with pytest.raises(AlreadyAnswered):
        await club.process.trivia.guess(asked.id, ALICE, wrong(asked), EIGHT + SECOND)
    deadline = EIGHT + DAY - MINUTE
    await club.process.trivia.guess(asked.id, BORA, right(asked), deadline)
    with pytest.raises(RoundClosed):
        await club.process.trivia.guess(asked.id, CHAN, right(asked), deadline + TICK)
    await club.play(EIGHT + DAY)
    first, _ = await club.questions()
    assert [points_of(first, member) for member in (ALICE, BORA, CHAN)] == [10, 10, None]


async def test_everybody_answering_does_not_end_it_early(database: Database, library: Library) -> None:
    club = lounge(database, library, regulars)
    await club.set_up()
    await club.play(EIGHT + DAY + 5 * HOUR)
    assert (await club.questions())[-1].state is RoundState.OPEN


async def test_it_cannot_be_skipped_stopped_or_risked(database: Database, library: Library) -> None:
    club = lounge(database, library)
    await club.set_up()
    await club.play(EIGHT)
    asked = await open_round(database)
    await club.process.trivia.guess(asked.id, ALICE, right(asked), EIGHT)
    with pytest.raises(RoundClosed):
        await club.process.choices.skip(asked.id, ALICE, EIGHT + HOUR, is_manager=True)
    with pytest.raises(NothingToRisk):
        await club.process.choices.double(asked.id, ALICE, EIGHT + HOUR)
    with pytest.raises(NoGameRunning):
        await club.process.trivia.stop(CHANNEL, STARTER, EIGHT + HOUR, is_manager=True)
    assert await open_round(database) == asked


async def test_a_common_game_runs_beside_it_in_the_same_channel(database: Database, library: Library) -> None:
    def members(asked: Asked, sent_at: datetime) -> Sequence[Click]:
        return [Click(sent_at + 5 * SECOND, ALICE, asked.round.id, choice=right(asked.round))]

    club = lounge(database, library, members)
    await club.set_up()
    await club.play(EIGHT - SECOND)
    common = await start(club.process, rounds=3, now=club.now)
    await club.play(EIGHT + HOUR)
    assert [(recap.game.id, recap.rounds_played) for recap in club.recaps] == [(common.id, 3)]
    await club.play(EIGHT + DAY)
    assert [entry.edits for entry in await club.questions()] == [(f"{ALICE}: 10",), ()]
    (alice,) = (await BoardService(database).board(GUILD, Period.ALL, club.now)).standings
    assert (alice.right, alice.points) == (4, 10 + club.recaps[0].standings[0].points)


async def test_the_board_of_the_guild_counts_it_from_when_it_has_closed(database: Database, library: Library) -> None:
    club = lounge(database, library, regulars)
    boards = BoardService(database)
    await club.set_up()
    await club.play(EIGHT + 3 * HOUR)
    assert (await boards.board(GUILD, Period.ALL, club.now)).standings == ()
    await club.play(EIGHT + 2 * DAY)
    standings = (await boards.board(GUILD, Period.ALL, club.now)).standings
    assert [(entry.user_id, entry.points, entry.right, entry.answered) for entry in standings] == [
        (ALICE, 21, 2, 2),
        (BORA, 0, 0, 2),
    ]


async def test_nothing_is_asked_again_before_the_bank_is_used_up(database: Database, library: Library) -> None:
    await configure(database, spoilers=SpoilerPolicy.NONE)
    left_on = await switch_off(database, library, but=6)
    bank = sum(len(library.moments[moment_id].parts) for moment_id in left_on)
    club = lounge(database, library)
    await club.set_up()
    await club.play(EIGHT + DAY * (2 * bank - 1))
    subjects = [entry.subject for entry in await club.questions()]
    assert len(set(subjects[:bank])) == len(set(subjects[bank:])) == bank


async def test_a_member_whose_data_is_deleted_is_in_no_tally(database: Database, library: Library) -> None:
    club = lounge(database, library, regulars)
    await club.set_up()
    await club.play(EIGHT + DAY + 3 * HOUR)
    await PrivacyService(database).delete(ALICE)
    await club.play(EIGHT + 2 * DAY + 2 * HOUR)
    first, second, _ = await club.questions()
    assert [points_of(entry, ALICE) for entry in (first, second)] == [None, None]
    assert second.edits == (f"{BORA}: 0",)
    await club.play(EIGHT + 3 * DAY)
    assert points_of((await club.questions())[2], ALICE) == 10
