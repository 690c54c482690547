"""Trivia, as members see it."""

from datetime import timedelta

import pytest

from bot.domain.spoilers import SpoilerPolicy
from tests.cogs.games import AD_LIB, SCRIPTED, right_answer, start
from tests.cogs.world import World, answer, buttons, texts


async def test_a_game_of_three_rounds_ends_with_a_recap_and_a_board(world: World) -> None:
    await start(world)
    for number in range(1, 4):
        question = world.last
        assert f"Round {number} of 3" in texts(question)
        said = await world.alice.click(question, label=await right_answer(world))
        assert said.ephemeral
        await world.env.advance_time(21 if number == 1 else 2)  # nobody else plays: it ends early
        assert "Source:" in texts(world.message(question.id))
        await world.env.advance_time(10)
    assert "3 of 3 right" in texts(world.last)
    board = await world.bora.slash(world.channel, "trivia leaderboard")
    assert f"**1.** <@{world.alice.id}>" in texts(answer(board))


async def test_the_question_counts_answers_but_gives_nothing_away_before_the_end(world: World) -> None:
    await start(world)
    question = world.last
    await world.alice.click(question, label=SCRIPTED)
    await world.bora.click(question, label=AD_LIB)
    await world.env.advance_time(3)
    shown = texts(world.message(question.id))
    assert "2 answers so far." in shown
    assert str(world.alice.id) not in shown
    assert list(buttons(world.message(question.id))) == [SCRIPTED, AD_LIB, "Skip this question"]


async def test_the_reveal_keeps_the_buttons_greyed_with_how_many_chose_each(world: World) -> None:
    await start(world)
    question = world.last
    await world.alice.click(question, label=SCRIPTED)
    await world.bora.click(question, label=SCRIPTED)
    await world.env.advance_time(21)
    shown = buttons(world.message(question.id))
    chosen = [label.removesuffix(" · right") for label in shown]
    assert chosen == [f"{SCRIPTED} (2)", f"{AD_LIB} (0)", "Read the story", "About the drama", "Report this fact"]
    assert sum("right" in label for label in shown) == 1
    assert [button.get("disabled", False) for button in shown.values()] == [True, True, False, False, False]
    story = await world.alice.click(world.message(question.id), label="Read the story")
    assert story.ephemeral


async def test_the_first_answer_counts(world: World) -> None:
    await start(world)
    await world.alice.click(world.last, label=SCRIPTED)
    second = await world.alice.click(world.last, label=AD_LIB)
    assert second.ephemeral
    assert texts(answer(second)) == f"You already said “{SCRIPTED}”. The first answer counts."


async def test_two_clicks_in_the_same_instant_are_one_answer(world: World) -> None:
    await start(world)
    question = world.last
    ids = [buttons(question)[label]["custom_id"] for label in (SCRIPTED, AD_LIB)]
    clicks = [world.post_click(world.alice, question, custom_id) for custom_id in ids]
    await world.env.settle()
    said = sorted(texts(answer(click))[:12] for click in clicks)
    assert said == ["You already ", f"You said “{SCRIPTED}"[:12]]


async def test_a_click_on_a_finished_round_is_told_so_and_changes_nothing(world: World) -> None:
    await start(world)
    question = world.last
    guess = buttons(question)[SCRIPTED]["custom_id"]
    await world.env.advance_time(22)
    late = world.post_click(world.bora, question, guess)
    await world.env.settle()
    assert late.ephemeral
    assert "This round is over" in texts(answer(late))
    assert "Nobody answered." in texts(world.message(question.id))


async def test_a_second_game_in_the_channel_is_refused_with_a_link_to_the_first(world: World) -> None:
    await start(world)
    refused = await world.bora.slash(world.channel, "trivia start")
    assert refused.ephemeral
    assert f"/channels/{world.guild.id}/{world.channel.id}/{world.last.id}" in texts(answer(refused))


async def test_another_channel_may_have_a_game_of_its_own(world: World) -> None:
    await start(world)
    other = world.guild.create_text_channel("another")
    started = await world.bora.slash(other, "trivia start")
    assert not started.ephemeral


async def test_only_the_starter_and_managers_stop_a_game(world: World) -> None:
    await start(world)
    refused = await world.bora.slash(world.channel, "trivia stop")
    assert refused.ephemeral
    assert "Only the member who started" in texts(answer(refused))
    await world.alice.click(world.last, label=await right_answer(world))
    stopped = await world.mina.slash(world.channel, "trivia stop")
    assert stopped.ephemeral
    await world.env.advance_time(1)
    assert "Ended after 1 of 3 rounds" in texts(world.last)
    assert "1 of 1 right" in texts(world.last)
    nothing = await world.alice.slash(world.channel, "trivia stop")
    assert "No game is running" in texts(answer(nothing))


@pytest.mark.parametrize("away", [timedelta(), timedelta(seconds=5), timedelta(seconds=40), timedelta(minutes=2)])
async def test_a_game_goes_on_after_a_restart_in_the_middle_of_a_round(world: World, away: timedelta) -> None:
    await start(world)
    question = world.last
    await world.alice.click(question, label=await right_answer(world))
    await world.restart(away=away)
    await world.env.advance_time(21)
    assert "Right, fastest first" in texts(world.message(question.id))
    await world.env.advance_time(9)
    assert "Round 2 of 3" in texts(world.last)


async def test_a_game_that_everybody_has_left_ends_with_its_scores_kept(world: World) -> None:
    await start(world)
    await world.alice.click(world.last, label=await right_answer(world))
    await world.restart(away=timedelta(hours=3))
    await world.env.advance_time(10)
    assert "Ended after 1 of 3 rounds; the scores are kept." in texts(world.last)
    assert "1 of 1 right" in texts(world.last)


async def test_two_rounds_that_nobody_answers_end_the_game(world: World) -> None:
    await start(world, rounds=5)
    await world.env.advance_time(70)
    assert "Nobody answered. The game is over." in texts(world.last)


async def test_play_again_starts_another_game(world: World) -> None:
    await start(world, rounds=1)
    await world.env.advance_time(40)
    again = await world.bora.click(world.last, label="Play again")
    assert f"<@{world.bora.id}>" in texts(answer(again))


async def test_a_question_that_was_deleted_is_revealed_all_the_same(world: World) -> None:
    await start(world)
    await world.mina.delete(world.last)
    await world.env.advance_time(22)
    assert "Source:" in texts(world.last)


async def test_a_channel_that_is_gone_ends_its_game_quietly(world: World) -> None:
    await start(world)
    world.env.inject_error("PATCH", f"/channels/{world.channel.id}/messages/*", status=404, code=10003)
    await world.env.advance_time(60)
    running = await world.alice.slash(world.channel, "trivia stop")
    assert "No game is running" in texts(answer(running))


async def test_without_spoilers_nothing_stands_behind_a_veil(world: World) -> None:
    await world.bot.services.settings.set_spoilers(world.guild.id, SpoilerPolicy.NONE, is_manager=True)
    await start(world, rounds=2)
    assert "||" not in texts(world.last)
    assert "spoiler" not in texts(world.last)


async def test_an_answer_is_confirmed_in_the_members_language(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    await start(world)
    said = await world.bora.click(world.last, label=SCRIPTED)
    assert "대본" in texts(answer(said))


async def test_no_message_can_ping_anybody(world: World) -> None:
    await start(world)
    await world.alice.click(world.last, label=SCRIPTED)
    await world.env.advance_time(22)
    posted = [request.json for request in world.env.http_requests if request.method == "POST"]
    sent = [body.get("data", body) for body in posted if body is not None]
    assert len(sent) == 3, "the start, the question, the private confirmation"
    assert [body["allowed_mentions"] for body in sent] == [{"parse": []}] * 3


async def test_a_forged_click_of_a_round_that_cannot_be_leaves_the_answers_beside_it_counted(world: World) -> None:
    await start(world)
    question, right = world.last, await right_answer(world)
    good, forged = buttons(question)[right]["custom_id"], f"v1:guess:{2**70}:0"
    clicks = [world.post_click(member, question, forged) for member in (world.bora, world.mina)]
    clicks.insert(1, world.post_click(world.alice, question, good))
    await world.env.settle()
    first, counted, last = (texts(answer(click)) for click in clicks)
    assert counted.startswith(f"You said “{right}”")
    assert first == last
    assert "The reference is" not in first
    await world.env.advance_time(22)
    assert f"**Right, fastest first:** <@{world.alice.id}>" in texts(world.message(question.id))
