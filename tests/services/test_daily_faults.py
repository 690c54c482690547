"""A daily question survives what happens to processes: killed, gone for hours, two at once, a database that fails."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily import CLOSES_BEFORE, SHORTEST, last_slot, next_slot
from bot.domain.games import Asked, Round, RoundState
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.services.daily import AFTER_TALLY, DailyService
from bot.services.settings import SettingsService
from bot.storage import games, rounds
from bot.storage.database import Database, open_database
from tests.services.dailies import (
    DAY,
    EIGHT,
    FIRST,
    HOUR,
    SEOUL,
    TICK,
    Lounge,
    lounge,
    points_of,
)
from tests.services.play import ALICE, BORA, CHANNEL, GUILD, NOON, Click, process_on, right, wrong
from tests.storage.engines import ENGINES

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DEATHS = {
    "before the hour": EIGHT - 30 * MINUTE,
    "the instant before": EIGHT - TICK,
    "while open": EIGHT + 3 * HOUR,
    "an hour before it closes": EIGHT + DAY - HOUR,
    "just before it closes": EIGHT + DAY - MINUTE - SECOND,
    "between the close and the next": EIGHT + DAY - 30 * SECOND,
}
POINTS = 36
"""Points that three uninterrupted days with two clicks each pass."""


def early_birds(asked: Asked, sent_at: datetime) -> Sequence[Click]:
    """Alice is right after a second, Bora wrong after two."""
    said = [(ALICE, right(asked.round), SECOND), (BORA, wrong(asked.round), 2 * SECOND)]
    return [Click(sent_at + wait, user_id, asked.round.id, choice=choice) for user_id, choice, wait in said]


def expected_days(gone: datetime, back: datetime, until: datetime) -> list[tuple[date, datetime]]:
    """What has come, and when, although nobody was there from `gone` to `back`: written from the promise alone."""
    days: list[tuple[date, datetime]] = []
    slot = next_slot(NOON, 20, SEOUL)
    while slot.at <= until:
        following = next_slot(slot.at, 20, SEOUL)
        if slot.at <= gone or slot.at >= back:
            days.append((slot.day, slot.at))
        elif slot == last_slot(back, 20, SEOUL) and following.at - back - CLOSES_BEFORE >= SHORTEST:
            days.append((slot.day, back))
        slot = following
    return days


@pytest.mark.parametrize("away", [timedelta(minutes=1), HOUR, 3 * HOUR, 23 * HOUR + 56 * MINUTE, 30 * HOUR, 80 * HOUR])
@pytest.mark.parametrize("death", DEATHS)
async def test_an_hour_that_was_missed_is_made_up_once_and_days_long_past_are_not(
    database: Database, library: Library, death: str, away: timedelta
) -> None:
    club = lounge(database, library, early_birds)
    await club.set_up()
    gone, until = DEATHS[death], EIGHT + 5 * DAY
    await club.play(gone)
    await club.be_down(away)
    await club.play(until)
    shown = await club.questions()
    expected = expected_days(gone, gone + away, until)
    assert [entry.day for entry in shown] == [day for day, _ in expected]
    for entry, (_, wanted) in zip(shown, expected, strict=True):
        assert entry.sent_at is not None
        assert wanted <= entry.sent_at <= wanted + AFTER_TALLY
        assert entry.deadline is not None
        assert abs(entry.deadline - (next_slot(wanted, 20, SEOUL).at - MINUTE)) <= SECOND / 2
    assert [entry.state for entry in shown] == [RoundState.CLOSED] * (len(shown) - 1) + [RoundState.OPEN]
    assert [entry.edits for entry in shown[:-1]] == [
        (f"{ALICE}: {10 + min(number, 5)}, {BORA}: 0",) for number in range(len(shown) - 1)
    ]


async def open_round(club: Lounge) -> Round:
    """The round of the question that is on."""

    async def work(connection: AsyncConnection) -> Round:
        (only,) = await games.list_open_dailies(connection, GUILD)
        return (await rounds.list_rounds(connection, only.id))[0]

    return await club.stored.read(work)


@pytest.mark.parametrize("away", [HOUR, 3 * HOUR])
@pytest.mark.parametrize("opened", [False, True])
async def test_a_question_drawn_but_never_sent_is_sent_later_with_the_time_that_is_left(
    database: Database, library: Library, opened: bool, away: timedelta
) -> None:
    club = lounge(database, library, early_birds)
    await club.set_up()
    club.now = EIGHT
    await club.daily.ask(GUILD, EIGHT)
    only = await open_round(club)
    if opened:
        await club.process.rounds.ask(only.id, EIGHT, timedelta())
    await club.be_down(away)
    (sent,) = await club.questions()
    assert (sent.day, sent.sent_at, sent.deadline) == (FIRST, EIGHT + away, EIGHT + DAY - MINUTE)


@pytest.mark.parametrize("opened", [False, True])
async def test_a_question_drawn_but_never_sent_that_day_is_lost_and_breaks_no_streak(
    database: Database, library: Library, opened: bool
) -> None:
    club = lounge(database, library, early_birds)
    await club.set_up()
    await club.play(EIGHT + DAY - HOUR)
    club.now = EIGHT + DAY
    first = await open_round(club)
    await club.process.rounds.close(first.id, club.now)
    await club.daily.ask(GUILD, club.now)
    if opened:
        await club.process.rounds.ask((await open_round(club)).id, club.now, timedelta())
    await club.be_down(30 * HOUR)
    await club.play(EIGHT + 3 * DAY - 30 * SECOND)
    assert [(entry.day, entry.sent_at, points_of(entry, ALICE)) for entry in await club.questions()] == [
        (FIRST, EIGHT, 10),
        (FIRST + DAY, None, None),
        (FIRST + 2 * DAY, EIGHT + 2 * DAY + 6 * HOUR + AFTER_TALLY, 11),
    ]


async def played(club: Lounge) -> object:
    await club.set_up()
    await club.play(EIGHT + 2 * DAY + HOUR)
    return [(entry.day, entry.state, entry.edits[-1:], points_of(entry, ALICE)) for entry in await club.questions()]


UNINTERRUPTED = [
    (FIRST, RoundState.CLOSED, (f"{ALICE}: 10, {BORA}: 0",), 10),
    (FIRST + DAY, RoundState.CLOSED, (f"{ALICE}: 11, {BORA}: 0",), 11),
    (FIRST + 2 * DAY, RoundState.OPEN, (), 0),
]


async def test_three_uninterrupted_days_pass_every_point_once(database: Database, library: Library) -> None:
    club = lounge(database, library, early_birds)
    assert await played(club) == UNINTERRUPTED
    assert (len(club.points), len(club.messages)) == (POINTS, 3)


@pytest.mark.parametrize("point", range(1, POINTS + 1))
async def test_days_on_which_the_process_is_killed_once_go_on_as_if_it_had_not_been(
    database: Database, library: Library, point: int
) -> None:
    club = lounge(database, library, early_birds)
    club.kills = lambda points: len(points) == point
    assert await played(club) == UNINTERRUPTED
    assert len(club.messages) == 3


async def test_days_on_which_the_process_is_killed_at_every_kind_of_point_go_on_as_if_it_had_not_been(
    database: Database, library: Library
) -> None:
    club = lounge(database, library, early_birds)
    club.kills = lambda points: points.count(points[-1]) == 1
    assert await played(club) == UNINTERRUPTED
    assert len(club.messages) == 3


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_two_processes_at_the_same_hour_ask_one_question(address: str, library: Library) -> None:
    async with open_database(address) as one, open_database(address) as other:
        await lounge(one, library).set_up()
        services = [DailyService(place, library, process_on(place, library).jobs, Random(7)) for place in (one, other)]
        await asyncio.gather(*(service.ask(GUILD, EIGHT) for service in services * 4))
        club = lounge(one, library)
        await club.play(EIGHT + HOUR)
        assert [(entry.day, entry.sent_at) for entry in await club.questions()] == [(FIRST, EIGHT)]


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_two_processes_that_run_side_by_side_ask_one_question_a_day(address: str, library: Library) -> None:
    async with open_database(address) as one, open_database(address) as other:
        clubs = [lounge(place, library) for place in (one, other)]
        await clubs[0].set_up()
        for day in range(3):
            for second in range(20):
                for club in clubs:
                    club.now = EIGHT + day * DAY + second * SECOND
                await asyncio.gather(*(club.process.jobs.run_due(lambda: clubs[0].now) for club in clubs))
        sent = [nonce for club in clubs for nonce in club.messages]
        assert len(sent) == len(set(sent)) == 3
        assert [entry.day for entry in await clubs[0].questions()] == [FIRST, FIRST + DAY, FIRST + 2 * DAY]


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_an_hour_that_comes_while_the_last_question_is_closed_meets_no_deadlock(
    address: str, library: Library
) -> None:
    async with open_database(address) as one, open_database(address) as other:
        club, elsewhere = lounge(one, library), lounge(other, library)
        await club.set_up()
        await club.play(EIGHT)
        for day in range(1, 9):
            club.now = EIGHT + day * DAY
            closing = elsewhere.process.rounds.close((await open_round(club)).id, club.now)
            await asyncio.gather(closing, club.daily.ask(GUILD, club.now))
            await club.play(club.now + 5 * SECOND)
        assert [entry.day for entry in await club.questions()] == [FIRST + day * DAY for day in range(9)]


async def test_a_job_that_is_done_twice_asks_once(database: Database, library: Library) -> None:
    club = lounge(database, library)
    await club.set_up()
    await club.play(EIGHT + HOUR)
    before = await club.questions()
    for hours in (1, 5, 22):
        await club.daily.ask(GUILD, EIGHT + hours * HOUR)
    assert await club.questions() == before


async def test_a_process_that_is_too_late_with_an_hour_that_was_moved_asks_nothing_out_of_turn(
    database: Database, library: Library
) -> None:
    club = lounge(database, library)
    await club.set_up(20)
    club.now = EIGHT + SECOND  # another process holds the job of that hour, and has not begun
    assert (await club.set_up(22)).next_at == EIGHT + 2 * HOUR
    await club.daily.ask(GUILD, EIGHT + 2 * SECOND)
    assert await club.questions() == []


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_language_chosen_while_the_daily_question_is_set_up_is_kept(address: str, library: Library) -> None:
    async with open_database(address) as one, open_database(address) as other:
        settings = SettingsService(one)
        await settings.set_language(GUILD, Language.ENGLISH, is_manager=True)
        daily = DailyService(other, library, process_on(other, library).jobs, Random(7))
        starting: list[asyncio.Task[object]] = []

        async def choose(connection: AsyncConnection) -> None:
            await connection.execute(text(f"UPDATE guild SET language = 'ko' WHERE guild_id = {GUILD}"))
            starting.append(asyncio.create_task(daily.start(GUILD, CHANNEL, 20, Language.ENGLISH, NOON)))
            for _ in iter(lambda: starting[0].done(), True):
                if await one.read(waits):
                    break

        await one.write(choose)
        await starting[0]
        assert (await settings.get(GUILD)).language is Language.KOREAN


async def waits(connection: AsyncConnection) -> bool:
    """Tell whether a transaction waits for a lock of another."""
    return bool(await connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def test_the_hours_of_this_page_are_a_day_apart() -> None:
    slots = [next_slot(NOON + DAY * number, 20, SEOUL).at for number in range(8)]
    assert slots[0] == EIGHT
    assert {later - earlier for earlier, later in pairwise(slots)} == {DAY}
