"""A game whose question is on its way, or open, when it is stopped or its pack is removed."""

import re

import discord
import pytest

from bot.domain.games import RoundState
from bot.domain.texts import Language
from tests.cogs.games import right_answer, start
from tests.cogs.world import World, answer, buttons, texts
from tests.services.own_packs import written

POST = "/channels/{}/messages"
REMOVED = "This scene was removed while it was asked about; the answers are counted."


async def refuse_the_next_post(world: World, status: int = 403, times: int = 1) -> None:
    world.env.inject_error("POST", POST.format(world.channel.id), status=status, code=50013, times=times)
    world.forgive(discord.HTTPException)


def open_questions(world: World) -> list[discord.Message]:
    """Messages in which an answer can be pressed."""
    return [
        message
        for message in world.channel.history()
        if any(
            ":guess:" in button.get("custom_id", "") and not button.get("disabled")
            for button in buttons(message).values()
        )
    ]


def posted_as_questions(world: World) -> int:
    """How many messages were sent with an answer to press in them, whatever became of them later."""
    sent = [request.json or {} for request in world.env.http_requests if request.method == "POST"]
    guesses = [re.findall(r"\{[^{}]*:guess:[^{}]*\}", str(body.get("components"))) for body in sent]
    return sum(any("'disabled': True" not in button for button in found) for found in guesses)


async def play_on_a_pack(world: World, rounds: int = 3) -> int:
    """Upload a pack of eight scenes, switch it on and start a game on it; return its number."""
    packs, guild_id = world.bot.services.packs, world.guild.id
    await packs.upload(guild_id, world.mina.id, "ours.toml", "Ours", written(range(8)), world.env.backend.clock.now())
    pack = await packs.find(guild_id, "Ours")
    await packs.switch(guild_id, pack.id, True)
    await start(world, rounds=rounds, pack=str(pack.id))
    return pack.id


async def test_a_game_that_is_stopped_while_its_question_is_on_its_way_shows_its_reveal_and_no_question(
    world: World,
) -> None:
    await refuse_the_next_post(world)
    await start(world)
    assert [message for message in world.channel.history() if ":guess:" in str(buttons(message))] == []
    stopped = await world.alice.slash(world.channel, "trivia stop")
    assert "The game is stopped" in texts(answer(stopped))
    before = posted_as_questions(world)
    assert before == 1, "the post that Discord refused"
    for _second in range(60):
        await world.env.advance_time(1)
        assert open_questions(world) == []
    assert posted_as_questions(world) == before
    shown = "\n".join(texts(message) for message in world.channel.history())
    assert "Final scores" in shown
    assert shown.count("Source:") == 1
    assert "Nobody answered." in shown


async def test_a_question_that_is_skipped_while_it_is_on_its_way_comes_as_its_reveal_and_the_game_goes_on(
    world: World,
) -> None:
    await refuse_the_next_post(world)
    await start(world)
    services = world.bot.services
    [round_id] = [number for number in range(1, 4) if await services.rounds.progress(number) is not None]
    await services.choices.skip(round_id, world.alice.id, world.env.backend.clock.now(), is_manager=True)
    await world.env.advance_time(6)
    assert posted_as_questions(world) == 1, "the post that Discord refused"
    assert "Skipped: this question counts for nobody." in texts(world.last)
    assert open_questions(world) == []
    await world.env.advance_time(12)
    assert "Round 2 of 3" in texts(world.last)


async def test_at_the_close_of_a_question_whose_pack_was_removed_the_message_says_so_and_loses_its_buttons(
    world: World,
) -> None:
    number = await play_on_a_pack(world)
    question = world.last
    right = await right_answer(world)
    await world.alice.click(question, label=right)
    await world.bot.services.packs.remove(world.guild.id, number)
    said = await world.bora.click(question, label=right)
    assert "You said" in texts(answer(said))
    await world.env.advance_time(22)
    closed = world.message(question.id)
    assert REMOVED in texts(closed)
    assert buttons(closed) == {}
    assert f"<@{world.alice.id}>" in texts(closed)
    assert f"<@{world.bora.id}>" in texts(closed)
    await world.env.advance_time(120)
    assert "Final scores" in texts(world.last)
    assert texts(world.last).count("1 of 1 right") == 2
    assert list(buttons(world.last)) == ["Play again"]
    assert "No game is running" in texts(answer(await world.alice.slash(world.channel, "trivia stop")))


async def test_a_game_goes_on_with_the_scenes_that_its_pack_still_has(world: World) -> None:
    await play_on_a_pack(world)
    question = world.last
    gone = day_of(texts(question))
    await world.alice.click(question, label=await right_answer(world))
    packs, days = world.bot.services.packs, [day for day in range(8) if day != gone]
    await packs.upload(world.guild.id, world.mina.id, "ours.toml", "Ours", written(days), world.env.backend.clock.now())
    await world.env.advance_time(22)
    assert REMOVED in texts(world.message(question.id))
    await world.env.advance_time(10)
    assert "Round 2 of 3" in texts(world.last)
    assert open_questions(world) == [world.last]
    await world.alice.click(world.last, label=await right_answer(world))
    await world.env.advance_time(60)
    asked = await world.bot.services.rounds.close(round_id_of(question), world.env.backend.clock.now())
    assert asked is not None
    assert (asked.round.state, len(asked.scored)) == (RoundState.CLOSED, 1)


async def test_a_question_of_a_removed_pack_speaks_korean_where_the_guild_does(world: World) -> None:
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    number = await play_on_a_pack(world)
    question = world.last
    await world.bot.services.packs.remove(world.guild.id, number)
    await world.env.advance_time(22)
    assert world.bot.catalogue[Language.KOREAN](REMOVED) in texts(world.message(question.id))
    assert "This scene was removed" not in texts(world.message(question.id))
    assert buttons(world.message(question.id)) == {}


@pytest.mark.parametrize(("status", "code"), [(400, 50035), (403, 50013), (403, 50001)])
async def test_a_refusal_that_may_pass_does_not_end_the_game_and_the_question_comes_later(
    world: World, status: int, code: int
) -> None:
    world.env.inject_error("POST", POST.format(world.channel.id), status=status, code=code, times=2)
    world.forgive(discord.HTTPException)
    await start(world)
    await world.env.advance_time(3)
    assert open_questions(world) == []
    refused = await world.bora.slash(world.channel, "trivia start")
    assert "A game is already on" in texts(answer(refused))
    await world.env.advance_time(20)
    assert "Round 1 of 3" in texts(world.last)
    assert open_questions(world) == [world.last]
    said = await world.alice.click(world.last, label=await right_answer(world))
    assert "You said" in texts(answer(said))


async def test_a_channel_that_is_gone_ends_its_game_at_once(world: World) -> None:
    world.env.inject_error("POST", POST.format(world.channel.id), status=404, code=10003)
    await start(world)
    assert "No game is running" in texts(answer(await world.alice.slash(world.channel, "trivia stop")))
    await world.env.advance_time(60)
    assert open_questions(world) == []


async def test_a_refusal_that_never_passes_ends_the_game_within_the_hour(world: World) -> None:
    await refuse_the_next_post(world, 400, times=10**6)
    await start(world)
    await world.env.advance_time(3600)
    assert "No game is running" in texts(answer(await world.alice.slash(world.channel, "trivia stop")))


def round_id_of(question: discord.Message) -> int:
    return int(buttons(question)["Skip this question"]["custom_id"].split(":")[2])


def day_of(text: str) -> int:
    return int(text.split("On day ")[1].split()[0])
