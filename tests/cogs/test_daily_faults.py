"""The daily question where the bot was away, where Discord refuses, and where nothing can be asked or stored."""

import sqlite3
from datetime import timedelta

import pytest

from bot.domain.daily import CLOSES_BEFORE
from tests.cogs.dailies import DAY, EIGHT, HOUR, MINUTE, dailies, first_question, posts, right_answer, set_up, until
from tests.cogs.games import AD_LIB, SCRIPTED
from tests.cogs.world import World, buttons, texts


@pytest.mark.parametrize("away", [HOUR, 3 * HOUR, 30 * HOUR])
async def test_an_hour_that_was_missed_is_made_up_once(world: World, away: timedelta) -> None:
    await set_up(world)
    await until(world, EIGHT - 30 * MINUTE)
    await world.restart(away=away)
    await world.env.advance_time(5)
    assert len(dailies(world)) == 1
    await world.restart()
    await world.env.advance_time(60)
    assert len(dailies(world)) == 1
    following = EIGHT + (2 if away > DAY else 1) * DAY
    assert f"Ends <t:{round((following - CLOSES_BEFORE).timestamp())}:R>." in texts(world.last)
    await until(world, following + timedelta(seconds=3))
    assert len(dailies(world)) == 2


@pytest.mark.parametrize("away", [HOUR, 3 * HOUR, 30 * HOUR])
async def test_a_question_that_was_open_through_a_restart_keeps_its_answers(world: World, away: timedelta) -> None:
    question = await first_question(world)
    right = await right_answer(world)
    await world.alice.click(question, label=right)
    await world.restart(away=away)
    await world.env.advance_time(5)
    if away < DAY:
        await world.bora.click(world.message(question.id), label=right)
        await until(world, EIGHT + DAY)
    said = 1 if away > DAY else 2
    assert {label.removesuffix(" · right") for label in buttons(world.message(question.id))} >= {f"{right} ({said})"}
    await world.env.advance_time(5)
    assert len(dailies(world)) == 2


async def test_a_channel_that_is_gone_at_the_hour_loses_the_day_and_the_next_is_asked(world: World) -> None:
    await set_up(world)
    await until(world, EIGHT - MINUTE)
    before = posts(world)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=404, code=10003, message="Unknown Channel")
    await world.env.advance_time(3600)
    assert (posts(world) - before, dailies(world)) == (1, [])
    await until(world, EIGHT + DAY + timedelta(seconds=3))
    assert len(dailies(world)) == 1


async def test_a_channel_that_stays_forbidden_loses_the_day_and_is_not_asked_for_ever(world: World) -> None:
    await set_up(world)
    await until(world, EIGHT - MINUTE)
    before = posts(world)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions", times=None)
    await world.env.advance_time(2400)
    tried = posts(world) - before
    await until(world, EIGHT + 12 * HOUR)
    assert (posts(world) - before, dailies(world)) == (tried, [])
    assert 1 < tried < 12
    world.env.backend.faults.clear()
    await until(world, EIGHT + DAY + timedelta(seconds=3))
    assert len(dailies(world)) == 1


async def test_a_channel_that_is_gone_when_the_question_closes_does_not_keep_the_next_from_coming(world: World) -> None:
    question = await first_question(world)
    path = f"/channels/{world.channel.id}/messages/{question.id}"
    world.env.inject_error("PATCH", path, status=404, code=10003, message="Unknown Channel")
    await until(world, EIGHT + DAY + timedelta(seconds=3))
    assert world.last.id != question.id
    assert list(buttons(world.last)) == [SCRIPTED, AD_LIB]


async def test_a_question_that_was_deleted_is_revealed_all_the_same(world: World) -> None:
    question = await first_question(world)
    await world.mina.delete(question)
    await until(world, EIGHT + DAY - timedelta(seconds=30))
    assert "Source:" in texts(world.last)


async def test_a_guild_that_has_switched_everything_off_is_left_in_peace_until_something_is_on(world: World) -> None:
    library, service = world.bot.services.trivia.library, world.bot.services.moments
    await set_up(world)
    for moment_id in library.moments:
        await service.switch(world.guild.id, moment_id, off=True, is_manager=True, now=world.env.now())
    await until(world, EIGHT + HOUR)
    assert dailies(world) == []
    for moment_id in library.moments:
        await service.switch(world.guild.id, moment_id, off=False, is_manager=True, now=world.env.now())
    await until(world, EIGHT + DAY + timedelta(seconds=3))
    assert len(dailies(world)) == 1


@pytest.mark.parametrize("broken", [MINUTE, HOUR])
async def test_questions_come_again_after_a_while_in_which_none_could_be_stored(
    world: World, broken: timedelta
) -> None:
    await set_up(world)
    await until(world, EIGHT - MINUTE)
    change(world, "CREATE TRIGGER broken BEFORE INSERT ON game BEGIN SELECT RAISE(ABORT, 'broken'); END")
    await world.env.advance_time(broken.total_seconds() + 60)
    change(world, "DROP TRIGGER broken")
    await world.env.advance_time(600)
    await until(world, EIGHT + DAY + timedelta(seconds=3))
    assert len(dailies(world)) == (2 if broken < HOUR else 1)


def change(world: World, statement: str) -> None:
    """Do something to the database behind the back of the bot."""
    connection = sqlite3.connect(world.database_url.removeprefix("sqlite+aiosqlite:///"))
    try:
        connection.execute(statement)
    finally:
        connection.close()
