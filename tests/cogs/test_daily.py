"""The daily question, as members and managers see it."""

from datetime import timedelta
from typing import Any

import discord
import pytest
import simcord.interactions

from bot.domain.daily import CLOSES_BEFORE
from bot.domain.texts import Language
from tests.cogs.dailies import DAY, EIGHT, HOUR, first_question, posts, right_answer, set_up, until
from tests.cogs.games import AD_LIB, SCRIPTED
from tests.cogs.world import World, answer, buttons, menus, texts


async def test_a_manager_sets_it_up_sees_it_and_ends_it(world: World) -> None:
    done = await world.mina.slash(world.channel, "daily start", hour=8)
    comes = f"<t:{round((EIGHT + 12 * HOUR).timestamp())}:R>"
    assert done.ephemeral
    assert f"<#{world.channel.id}> every day at 8:00 (Asia/Seoul); the next one {comes}" in texts(answer(done))
    assert "Every day at 8:00 (Asia/Seoul) a question comes here." in texts(world.last)
    assert comes in texts(world.last)
    shown = await world.mina.slash(world.channel, "daily show")
    assert (shown.ephemeral, texts(answer(shown))) == (True, texts(answer(done)))
    ended = await world.mina.slash(world.channel, "daily stop")
    assert "No more daily questions." in texts(answer(ended))
    for command in ("daily show", "daily stop"):
        refused = await world.mina.slash(world.channel, command)
        assert refused.ephemeral
        assert "/daily start" in texts(answer(refused))


async def test_members_who_do_not_manage_the_guild_are_not_offered_it(world: World) -> None:
    assert "daily start" in world.mina.available_commands(world.channel)
    assert "daily start" not in world.alice.available_commands(world.channel)


async def test_the_question_counts_down_to_a_minute_before_the_next_and_offers_no_skip(world: World) -> None:
    question = await first_question(world)
    assert f"Ends <t:{round((EIGHT + DAY - CLOSES_BEFORE).timestamp())}:R>." in texts(question)
    assert list(buttons(question)) == [SCRIPTED, AD_LIB]


async def test_it_closes_with_a_tally_before_the_next_comes_and_the_days_make_a_streak(world: World) -> None:
    question = await first_question(world)
    right = await right_answer(world)
    said = await world.alice.click(question, label=right)
    again = await world.alice.click(question, label=SCRIPTED)
    await world.bora.click(question, label=right)
    assert (said.ephemeral, again.ephemeral) == (True, True)
    assert "The first answer counts" in texts(answer(again))
    await world.env.advance_time(3)
    assert "2 answers so far." in texts(world.message(question.id))
    await until(world, EIGHT + DAY - timedelta(seconds=30))
    revealed = world.message(question.id)
    assert world.last.id == question.id
    assert "Source:" in texts(revealed)
    assert {label.removesuffix(" · right") for label in buttons(revealed)} >= {f"{right} (2)"}
    assert str(world.alice.id) in texts(revealed)
    await until(world, EIGHT + DAY + timedelta(seconds=3))
    assert world.last.id != question.id
    await world.alice.click(world.last, label=await right_answer(world))
    await until(world, EIGHT + 2 * DAY)
    board = texts(answer(await world.bora.slash(world.channel, "trivia leaderboard")))
    assert board.index(f"<@{world.alice.id}>") < board.index(f"<@{world.bora.id}>")
    assert "21" in board


async def test_skipping_it_is_refused_and_changes_nothing(world: World) -> None:
    question = await first_question(world)
    skip = buttons(question)[SCRIPTED]["custom_id"].replace(":guess:", ":skip:").rpartition(":")[0]
    refused = [world.post_click(member, question, skip) for member in (world.alice, world.bora, world.mina)]
    await world.env.settle()
    assert [click.ephemeral for click in refused] == [True] * 3
    await world.env.advance_time(5)
    assert list(buttons(world.message(question.id))) == [SCRIPTED, AD_LIB]


async def test_a_game_runs_beside_it_and_stopping_ends_only_the_game(world: World) -> None:
    question = await first_question(world)
    nothing = await world.mina.slash(world.channel, "trivia stop")
    assert "No game is running" in texts(answer(nothing))
    started = await world.alice.slash(world.channel, "trivia start")
    assert not started.ephemeral
    await world.env.advance_time(2)
    assert "Round 1 of 5" in texts(world.last)
    await world.alice.slash(world.channel, "trivia stop")
    await world.env.advance_time(2)
    assert list(buttons(world.message(question.id))) == [SCRIPTED, AD_LIB]


async def test_a_korean_guild_sees_korean(world: World) -> None:
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    done = await world.mina.slash(world.channel, "daily start")
    korean = world.bot.catalogue[Language.KOREAN]
    assert "The daily question comes to" in texts(answer(done)), "privately in the manager's own language"
    assert korean("Daily question") in texts(world.last)
    await until(world, EIGHT + timedelta(seconds=3))
    assert korean("Daily question") in texts(world.last)
    assert list(buttons(world.last)) == [korean(SCRIPTED), korean(AD_LIB)]
    assert korean("Daily question") != "Daily question"


async def test_a_guild_that_is_korean_on_discord_sees_korean_also_when_nobody_asks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = simcord.interactions.base_payload

    def korean_guild(*args: Any, **kwargs: Any) -> Any:
        record, payload = original(*args, **kwargs)
        return record, {**payload, "guild_locale": "ko"}

    monkeypatch.setattr(simcord.interactions, "base_payload", korean_guild)
    await set_up(world)
    await world.restart()
    await until(world, EIGHT + timedelta(seconds=3))
    korean = world.bot.catalogue[Language.KOREAN]
    assert [korean("Daily question") in texts(message) for message in world.channel.history()] == [True, True]


async def test_another_channel_can_be_chosen_and_gets_the_announcement_and_the_questions(world: World) -> None:
    evening = world.guild.create_text_channel("evening")
    await set_up(world, channel=evening)
    assert world.channel.last_message is None
    await until(world, EIGHT + timedelta(seconds=3))
    announced, question = evening.history()
    assert "Every day at 20:00 (Asia/Seoul) a question comes here." in texts(announced)
    assert "-# Daily question" in texts(question)


@pytest.mark.parametrize("here", [True, False])
async def test_where_adlib_may_not_write_nothing_is_changed_and_it_says_so(world: World, here: bool) -> None:
    me = world.env.bot.user
    assert me is not None
    world.forgive(discord.Forbidden)
    mute = world.guild.create_text_channel("mute", overwrites={me: discord.PermissionOverwrite(send_messages=False)})
    options: dict[str, Any] = {} if here else {"channel": mute}
    refused = await world.mina.slash(mute if here else world.channel, "daily start", **options)
    assert refused.ephemeral
    assert "I may not post in" in texts(answer(refused))
    assert "Send Messages" in texts(answer(refused))
    shown = await world.mina.slash(world.channel, "daily show")
    assert "/daily start" in texts(answer(shown))
    await until(world, EIGHT + HOUR)
    assert posts(world) == 0


async def test_a_new_hour_draws_the_countdown_of_the_open_question_anew(world: World) -> None:
    question = await first_question(world)
    await set_up(world, hour=18)
    await world.env.advance_time(3)
    ends = EIGHT + 22 * HOUR - CLOSES_BEFORE
    assert f"Ends <t:{round(ends.timestamp())}:R>." in texts(world.message(question.id))


async def test_a_new_time_zone_draws_the_countdown_of_the_open_question_anew(world: World) -> None:
    question = await first_question(world)
    page = await world.mina.slash(world.channel, "settings")
    _language, _spoilers, zone = (menu["custom_id"] for menu in menus(answer(page)))
    await world.mina.select(answer(page), ["Asia/Tokyo"], custom_id=zone)
    await world.env.advance_time(3)
    assert texts(world.message(question.id)) == texts(question)
    await world.mina.select(answer(page), ["America/New_York"], custom_id=zone)
    await world.env.advance_time(3)
    ends = EIGHT + 38 * HOUR - CLOSES_BEFORE  # the next evening there; today has had its question
    assert f"Ends <t:{round(ends.timestamp())}:R>." in texts(world.message(question.id))
