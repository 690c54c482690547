"""The modes of trivia, skipping, risking, recap and rules, as members see them."""

import re

import pytest

from bot.app import ROOT
from bot.domain.games import Angle
from bot.domain.texts import Language
from bot.ui.ways import READ
from cogs.trivia.render import rule_texts
from tests.cogs.games import asked, choice_labels, right_answer, round_of, start, wrong_answer
from tests.cogs.world import World, answer, buttons, texts


async def test_expert_asks_whose_idea_it_was_and_a_wrong_answer_costs(world: World) -> None:
    await start(world, mode="expert", rounds=2)
    assert choice_labels(world) == [
        "In the script", "The director's idea, on the set", "The actors' own idea", "An accident",
    ]  # fmt: skip
    await world.alice.click(world.last, label=await right_answer(world))
    question = world.last
    await world.env.advance_time(21)
    assert re.search(rf"<@{world.alice.id}> \+(1[5-9]|20)", texts(world.message(question.id)))
    await world.env.advance_time(10)
    question = world.last
    await world.alice.click(question, label=await wrong_answer(world))
    await world.env.advance_time(2)
    assert f"**Wrong:** <@{world.alice.id}> −5" in texts(world.message(question.id))


async def test_a_mixed_game_asks_from_all_angles_and_can_be_played_to_its_end(world: World) -> None:
    await start(world, mode="mixed", rounds=10)
    angles: set[Angle] = set()
    for number in range(1, 11):
        question = world.last
        assert f"Round {number} of 10" in texts(question)
        angles.add((await asked(world)).angle)
        right = await right_answer(world)
        said = await world.alice.click(question, label=right)
        assert f"You said “{right}”" in texts(answer(said))
        await world.env.advance_time(21 if number == 1 else 2)
        shown = buttons(world.message(question.id))
        assert [label for label in shown if "right" in label] == [f"{right} (1) · right"]
        await world.env.advance_time(10)
    assert angles == set(Angle)
    assert "10 of 10 right" in texts(world.last)
    assert f"**Longest streak:** <@{world.alice.id}>, 10 in a row" in texts(world.last)


async def test_which_drama_does_not_name_it_before_the_answer(world: World) -> None:
    await start(world, mode="mixed", rounds=10)
    for _turn in range(10):
        question, shown = await asked(world), texts(world.last)
        if question.angle is Angle.DRAMA:
            title = world.bot.services.trivia.library.dramas[question.answer].title
            assert title.en not in shown
            assert len(choice_labels(world)) == 4
            return
        await world.mina.click(world.last, label="Skip this question")
        await world.env.advance_time(11)
    raise AssertionError("ten questions of a mixed game ask for a drama")


async def test_what_was_won_can_be_doubled_or_kept(world: World) -> None:
    await start(world, mode="bold", rounds=3)
    first = world.last
    await world.alice.click(first, label=await right_answer(world))
    await world.bora.click(first, label=await right_answer(world))
    await world.env.advance_time(21)
    risked = await world.alice.click(world.message(first.id), label="Double or nothing")
    assert risked.ephemeral
    assert re.search(r"You risk 1\d points", texts(answer(risked)))
    kept = await world.bora.click(world.message(first.id), label="Keep my points")
    assert re.search(r"You keep 1\d points", texts(answer(kept)))
    await world.env.advance_time(15)
    second = world.last
    assert "Round 2 of 3" in texts(second)
    late = await world.bora.click(world.message(first.id), label="Double or nothing")
    assert "what you won is safe" in texts(answer(late))
    await world.alice.click(second, label=await right_answer(world))
    await world.bora.click(second, label=await wrong_answer(world))
    await world.env.advance_time(2)
    shown = texts(world.message(second.id))
    assert re.search(rf"<@{world.alice.id}> \+(2[5-9]|3\d) \(doubled\)", shown)
    assert f"**Wrong:** <@{world.bora.id}> −5" in shown


async def test_who_risks_and_does_not_answer_loses_it(world: World) -> None:
    await start(world, mode="bold", rounds=2)
    first = world.last
    await world.alice.click(first, label=await right_answer(world))
    await world.env.advance_time(21)
    await world.alice.click(world.message(first.id), label="Double or nothing")
    await world.env.advance_time(15)
    second = world.last
    await world.env.advance_time(21)
    shown = texts(world.message(second.id))
    assert re.search(rf"\*\*Risked points and did not answer:\*\* <@{world.alice.id}> −1\d", shown)
    await world.env.advance_time(16)
    assert "**0 points**" in texts(world.last)


async def test_a_classic_reveal_has_nothing_to_risk(world: World) -> None:
    await start(world)
    question = world.last
    await world.alice.click(question, label=await right_answer(world))
    await world.env.advance_time(21)
    assert "Double or nothing" not in buttons(world.message(question.id))


async def test_the_starter_skips_at_once_and_others_need_two(world: World) -> None:
    await start(world, rounds=3)
    first = world.last
    wants = await world.bora.click(first, label="Skip this question")
    assert wants.ephemeral
    assert texts(answer(wants)) == "You want to skip: 1 of 2."
    again = await world.bora.click(first, label="Skip this question")
    assert "already asked to skip" in texts(answer(again))
    await world.env.advance_time(2)
    assert "One wants to skip." in texts(world.message(first.id))
    await world.alice.click(first, label="Skip this question")
    await world.env.advance_time(1)
    assert "Skipped: this question counts for nobody." in texts(world.message(first.id))
    await world.env.advance_time(10)
    assert "Round 2 of 3" in texts(world.last)


async def test_a_question_ends_early_when_all_who_play_have_answered(world: World) -> None:
    await start(world, rounds=2)
    first = world.last
    for member in (world.alice, world.bora):
        await member.click(first, label=await right_answer(world))
    await world.env.advance_time(3)
    assert "Right, fastest first" not in texts(world.message(first.id)), "the first one stays open for others to join"
    await world.env.advance_time(28)
    second = world.last
    await world.bora.click(second, label=await right_answer(world))
    await world.env.advance_time(3)
    assert "Right, fastest first" not in texts(world.message(second.id))
    await world.alice.click(second, label=await right_answer(world))
    await world.env.advance_time(2)
    assert "Right, fastest first" in texts(world.message(second.id))


async def test_the_recap_tells_the_fastest_the_longest_streak_and_the_most_missed(world: World) -> None:
    await start(world, rounds=2)
    for wait in (21, 2):
        await world.alice.click(world.last, label=await right_answer(world))
        await world.bora.click(world.last, label=await wrong_answer(world))
        await world.env.advance_time(wait + 10)
    told = texts(world.last)
    assert f"**<@{world.alice.id}> wins!**" in told
    assert re.search(rf"\*\*Fastest right answer:\*\* <@{world.alice.id}>, \d+\.\d seconds", told)
    assert f"**Longest streak:** <@{world.alice.id}>, 2 in a row" in told
    assert re.search(r"\*\*Most missed:\*\* .+, round 1 \(1 of 2 wrong\)", told)
    story = await world.bora.click(world.last, label="Read the story")
    assert story.ephemeral


async def test_the_story_of_the_last_question_can_be_read_from_the_recap_where_nobody_was_wrong(world: World) -> None:
    await start(world, rounds=2)
    await world.alice.click(world.last, label=await right_answer(world))
    await world.env.advance_time(32)
    last = (await asked(world)).moment_id
    await world.alice.click(world.last, label=await right_answer(world))
    await world.env.advance_time(32)
    shown = texts(world.last)
    assert "2 of 2 right" in shown
    assert "Most missed" not in shown
    library = world.bot.services.trivia.library
    story = buttons(world.last)["Read the story"]["custom_id"]
    assert story == READ.custom_id(library.moments[last].sources[0])
    card = await world.bora.click(world.last, label="Read the story")
    assert card.ephemeral
    assert "Fault" not in texts(answer(card))


async def test_where_somebody_was_wrong_the_recap_tells_the_story_of_what_most_got_wrong(world: World) -> None:
    await start(world, rounds=2)
    missed = (await asked(world)).moment_id
    await world.alice.click(world.last, label=await wrong_answer(world))
    await world.env.advance_time(32)
    await world.alice.click(world.last, label=await right_answer(world))
    await world.env.advance_time(32)
    assert "Most missed" in texts(world.last)
    story = buttons(world.last)["Read the story"]["custom_id"]
    assert story == READ.custom_id(world.bot.services.trivia.library.moments[missed].sources[0])


async def test_a_game_that_nobody_answered_still_has_a_story_to_read(world: World) -> None:
    await start(world, rounds=1)
    await world.env.advance_time(40)
    assert "Nobody answered" in texts(world.last)
    assert list(buttons(world.last)) == ["Play again", "Read the story", "About the drama"]


async def test_play_again_repeats_the_wishes_of_the_game(world: World) -> None:
    await start(world, rounds=1, mode="expert", kind="kiss", pack="kisses")
    await world.env.advance_time(40)
    again = await world.bora.click(world.last, label="Play again")
    assert "Expert · Kisses · Kisses" in texts(answer(again))
    await world.env.advance_time(1)
    assert len(choice_labels(world)) == 4


async def test_a_game_about_what_the_starter_has_seen_asks_about_nothing_else(world: World) -> None:
    refused = await world.alice.slash(world.channel, "trivia start", spoilers="seen-by-me")
    assert refused.ephemeral
    assert "/seen add" in texts(answer(refused))
    await world.alice.slash(world.channel, "seen add", drama="goblin")
    await start(world, rounds=2, spoilers="seen-by-me")
    for _turn in range(2):
        assert "Guardian" in texts(world.last)
        await world.env.advance_time(31)


@pytest.mark.parametrize("language", list(Language))
async def test_the_rules_can_be_read_in_both_languages(
    world: World, locales: dict[int, str], language: Language
) -> None:
    locales[world.bora.id] = {Language.ENGLISH: "en-US", Language.KOREAN: "ko"}[language]
    told = await world.bora.slash(world.channel, "trivia rules")
    assert told.ephemeral
    phrases = world.bot.catalogue[language]
    for block in rule_texts(phrases):
        for line in block:
            assert line in texts(answer(told))


async def test_the_page_of_the_rules_says_what_the_command_says(world: World) -> None:
    page = (ROOT / "docs" / "trivia-rules.md").read_text(encoding="utf-8")
    for block in rule_texts(world.bot.catalogue[Language.ENGLISH]):
        for line in block:
            assert f"- {line}\n" in page


async def test_a_choice_that_a_question_does_not_have_is_refused(world: World) -> None:
    await start(world)
    forged = world.post_click(world.bora, world.last, f"v1:guess:{round_of(world.last)}:7")
    await world.env.settle()
    assert "older version" in texts(answer(forged))
