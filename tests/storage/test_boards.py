"""Points over a span of time, what answers add up to, and who is left out."""

import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.boards import Totals
from bot.domain.games import RoundState
from bot.storage import boards, seasons
from bot.storage.database import Database
from bot.storage.tables import game, guess, member, round_
from tests.storage.boards_rows import ALICE, BORA, CHAN, GUILD, NOON, SECONDS, Played, store

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MANY, MEMBERS, ROUNDS = 200_000, 2_000, 2_000
PATIENCE = 2.0
"""Seconds that a board of 200,000 answers may take on a loaded machine; it takes a tenth of it."""


async def totals(
    database: Database, began: datetime | None = None, ended: datetime | None = None, guild_id: int = GUILD
) -> Sequence[tuple[int, int, int, int]]:
    return sorted(await database.read(lambda connection: boards.totals_between(connection, guild_id, began, ended)))


async def points(database: Database, user_id: int, began: datetime | None, ended: datetime | None) -> int:
    return await database.read(lambda connection: boards.points_between(connection, GUILD, user_id, began, ended))


async def member_totals(database: Database, user_id: int, guild_id: int = GUILD) -> Totals:
    return await database.read(lambda connection: boards.totals_of_member(connection, guild_id, user_id))


async def streak(database: Database, user_id: int) -> int:
    return await database.read(lambda connection: boards.daily_streak(connection, GUILD, user_id))


async def hide(database: Database, user_id: int, *, hidden: bool = True) -> None:
    await database.write(lambda connection: boards.set_hidden(connection, user_id, hidden=hidden))


async def test_points_right_answers_and_answers_add_up_over_games_of_the_guild_alone(database: Database) -> None:
    await store(database, Played({ALICE: 14, BORA: 0}), Played({ALICE: -5}))
    await store(database, Played({ALICE: 11, BORA: 12}))
    await store(database, Played({ALICE: 99}, guild_id=GUILD + 1))
    assert await totals(database) == [(ALICE, 20, 2, 3), (BORA, 12, 1, 2)]
    assert await totals(database, guild_id=GUILD + 2) == []


async def test_answers_that_are_not_scored_count_for_nothing(database: Database) -> None:
    await store(database, Played({ALICE: None, BORA: 10}))
    assert await totals(database) == [(BORA, 10, 1, 1)]
    assert await member_totals(database, ALICE) == Totals()


async def test_what_was_risked_counts_with_the_points_but_is_no_answer(database: Database) -> None:
    await store(database, Played({ALICE: 10, BORA: 10}, stakes={ALICE: 15, BORA: -25, CHAN: -5}))
    await store(database, Played({ALICE: 10}, stakes={ALICE: None}))
    assert await totals(database) == [(ALICE, 35, 2, 2), (BORA, -15, 1, 1), (CHAN, -5, 0, 0)]
    assert (await member_totals(database, ALICE)).points == 35


async def test_a_span_holds_its_beginning_and_not_its_end(database: Database) -> None:
    for hours, brought in ((0, 1), (1, 10), (2, 100)):
        await store(database, Played({ALICE: brought}, timedelta(hours=hours), stakes={ALICE: brought * 2}))
    one, two = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
    assert await totals(database, one, two) == [(ALICE, 30, 1, 1)]
    assert await totals(database, None, one) == [(ALICE, 3, 1, 1)]
    assert await totals(database, two, None) == [(ALICE, 300, 1, 1)]
    assert await totals(database, two + MINUTE, None) == []
    assert [await points(database, ALICE, *span) for span in ((one, two), (None, None), (two + MINUTE, None))] == [
        30,
        333,
        0,
    ]


async def test_who_is_hidden_stands_on_no_board_until_she_shows_herself(database: Database) -> None:
    await store(database, Played({ALICE: 14, BORA: 10}))
    await hide(database, ALICE)
    await hide(database, ALICE)
    assert await totals(database) == [(BORA, 10, 1, 1)]
    assert await points(database, ALICE, None, None) == 14
    await hide(database, ALICE, hidden=False)
    assert await totals(database) == [(ALICE, 14, 1, 1), (BORA, 10, 1, 1)]


async def test_showing_oneself_stores_nothing_of_who_never_was_hidden(database: Database) -> None:
    await hide(database, ALICE, hidden=False)
    rows = await database.read(lambda connection: connection.execute(select(member)))
    assert rows.all() == []


async def test_who_hides_is_told_apart_from_who_does_not_or_does_not_any_more(database: Database) -> None:
    await hide(database, ALICE)
    await hide(database, BORA)
    await hide(database, BORA, hidden=False)
    found = await database.read(lambda connection: boards.hidden_among(connection, [ALICE, BORA, CHAN]))
    assert found == {ALICE}


async def test_what_a_member_has_done_adds_up_over_her_games(database: Database) -> None:
    await store(
        database,
        Played({ALICE: 14, BORA: 15}, took={ALICE: 3.25, BORA: 0.5}, streaks={ALICE: 1, BORA: 1}),
        Played({ALICE: 13, BORA: 0}, took={ALICE: 4}, streaks={ALICE: 2}),
    )
    await store(database, Played({ALICE: 0}, took={ALICE: 0.1}))
    await store(database, Played({BORA: 10}))
    await store(database, Played({ALICE: 10}, took={ALICE: 0.2}, guild_id=GUILD + 1))
    expected = Totals(games=2, answered=3, right=2, points=27, best_streak=2, fastest=3.25)
    assert await member_totals(database, ALICE) == expected


async def test_of_who_never_played_nothing_adds_up(database: Database) -> None:
    assert await member_totals(database, ALICE) == Totals()


async def test_a_daily_question_counts_but_not_for_being_fast(database: Database) -> None:
    await store(database, Played({ALICE: 10}, took={ALICE: 1}, streaks={ALICE: 1}, daily_on=date(2026, 11, 19)))
    assert await member_totals(database, ALICE) == Totals(games=1, answered=1, right=1, points=10, best_streak=1)


async def test_the_quickest_answer_is_never_quicker_than_the_question(database: Database) -> None:
    await store(database, Played({ALICE: 15}, took={ALICE: -0.2}))
    assert (await member_totals(database, ALICE)).fastest == 0.0


async def test_the_daily_streak_is_the_one_of_the_last_daily_question_that_is_closed(database: Database) -> None:
    assert await streak(database, ALICE) == 0
    first, second, third = (date(2026, 11, day) for day in (17, 18, 19))
    await store(database, Played({ALICE: 10, BORA: 10}, streaks={ALICE: 3, BORA: 6}, daily_on=first))
    assert await streak(database, ALICE) == 3
    await store(database, Played({ALICE: 10}, DAY, streaks={ALICE: 4}, daily_on=second))
    await store(database, Played({ALICE: 10}, DAY, streaks={ALICE: 9}))  # a game is no daily question
    await store(database, Played({ALICE: 10}, streaks={ALICE: 8}, guild_id=GUILD + 1, daily_on=third))
    assert (await streak(database, ALICE), await streak(database, BORA)) == (4, 0)
    open_ = Played({ALICE: None, BORA: None}, 2 * DAY, daily_on=third, state=RoundState.OPEN)
    await store(database, open_)
    assert await streak(database, ALICE) == 4


async def test_the_ends_of_seasons_are_listed_in_their_order_and_only_of_the_guild(database: Database) -> None:
    async def work(connection: AsyncConnection) -> None:
        for number in (2, 1, 10):
            await seasons.add_end(connection, GUILD, number, NOON + number * DAY)
        await seasons.add_end(connection, GUILD + 1, 1, NOON)

    await database.write(work)
    listed = await database.read(lambda connection: seasons.list_ends(connection, GUILD))
    assert listed == [NOON + DAY, NOON + 2 * DAY, NOON + 10 * DAY]


async def test_a_season_ends_only_once(database: Database) -> None:
    await database.write(lambda connection: seasons.add_end(connection, GUILD, 1, NOON))
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: seasons.add_end(connection, GUILD, 1, NOON + DAY))


async def test_a_board_of_two_hundred_thousand_answers_does_not_keep_anybody_waiting(database: Database) -> None:
    await database.write(_fill)
    for began in (None, NOON, NOON + (ROUNDS // 2) * MINUTE):
        before = time.perf_counter()
        found = await totals(database, began)
        took = time.perf_counter() - before
        assert len(found) == MEMBERS
        assert took < PATIENCE, f"from {began}: {took:.2f} s"
    assert sum(answers for *_, answers in await totals(database)) == MANY


async def _fill(connection: AsyncConnection) -> None:
    one = {"language": "en", "rounds": ROUNDS, "seconds": SECONDS, "started_at": NOON, "ended_at": NOON}
    await connection.execute(insert(game).values(id=1, guild_id=GUILD, channel_id=1, request_id=1, **one))
    asked = {"game_id": 1, "guild_id": GUILD, "moment_id": "m", "part": 0, "answer": "scripted", "state": "closed"}
    numbers = range(1, ROUNDS + 1)
    await connection.execute(insert(round_), [{"id": number, "number": number, **asked} for number in numbers])
    each = MANY // ROUNDS
    for number in numbers:
        said = [
            {
                "round_id": number,
                "user_id": (number * each + place) % MEMBERS + 1,
                "guild_id": GUILD,
                "answer": "scripted",
                "guessed_at": NOON + number * MINUTE,
                "scored_at": NOON + number * MINUTE,
                "points": place % 3 * 5,
            }
            for place in range(each)
        ]
        await connection.execute(insert(guess), said)
