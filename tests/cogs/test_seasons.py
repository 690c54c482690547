"""Seasons, as managers end them and everybody sees them."""

from datetime import timedelta

import pytest

from bot.app import DATA
from bot.domain.boards import Board
from bot.domain.games import Standing
from bot.domain.periods import Period
from bot.domain.texts import Language
from bot.text.catalogue import load_catalogue
from cogs.seasons import render
from tests.cogs.points import FANS, faults, score
from tests.cogs.world import World, answer, buttons, texts
from tests.storage.boards_rows import NOON

CATALOGUE = load_catalogue(DATA / "locales")


async def test_a_season_ends_only_after_a_second_word_and_its_winners_are_announced(world: World) -> None:
    await score(world, {world.alice.id: 12, world.bora.id: 12, world.mina.id: 3})
    asked = await world.mina.slash(world.channel, "season end")
    assert asked.ephemeral
    assert f"Ahead: <@{world.alice.id}> and <@{world.bora.id}> with 12 points" in texts(answer(asked))
    assert len(await world.bot.services.boards.seasons(world.guild.id)) == 1
    done = await world.mina.click(answer(asked), label="End season 1")
    assert texts(answer(done)) == "Season 1 has ended."
    announced = texts(world.last)
    assert "## Season 1 is over" in announced
    assert f"Winner: <@{world.alice.id}> and <@{world.bora.id}> with 12 points" in announced
    assert f"**3.** <@{world.mina.id}> · **3 points**" in announced
    assert "Season 2 begins now." in announced


async def test_everybody_can_open_the_whole_board_of_a_season_that_is_over(world: World) -> None:
    await score(world, {fan: 1000 - place for place, fan in enumerate(FANS)})
    asked = await world.mina.slash(world.channel, "season end")
    await world.mina.click(answer(asked), label="End season 1")
    assert f"<@{FANS[10]}>" not in texts(world.last)
    await world.bora.click(world.last, label="Whole leaderboard")
    await world.bora.click(world.last, label="Next (1/3)")
    assert f"<@{FANS[10]}>" in texts(world.last)
    assert "Season 1, until " in texts(world.last)


async def test_letting_it_go_on_changes_nothing(world: World) -> None:
    asked = await world.mina.slash(world.channel, "season end")
    assert "Nobody has scored in this season yet." in texts(answer(asked))
    kept = await world.mina.click(answer(asked), label="Let it go on")
    assert texts(answer(kept)) == "The season goes on."
    assert len(await world.bot.services.boards.seasons(world.guild.id)) == 1


async def test_two_managers_who_end_a_season_at_once_announce_one_end(world: World) -> None:
    other = world.guild.add_member(world.env.create_user("sora"), roles=[world.guild.roles["managers"]])
    first = await world.mina.slash(world.channel, "season end")
    second = await other.slash(world.channel, "season end")
    await world.mina.click(answer(first), label="End season 1")
    announced = world.last.id
    await world.env.advance_time(30)
    done = await other.click(answer(second), label="End season 1")
    assert texts(answer(done)) == "Season 1 has ended."
    assert world.last.id == announced
    assert len(await world.bot.services.boards.seasons(world.guild.id)) == 2


async def test_an_old_question_ends_no_later_season(world: World) -> None:
    asked = await world.mina.slash(world.channel, "season end")
    boards, now = world.bot.services.boards, world.env.backend.clock.now()
    await boards.end_season(world.guild.id, now - timedelta(minutes=2), is_manager=True)
    refused = await world.mina.click(answer(asked), label="End season 1")
    assert "older version" in texts(answer(refused))
    assert len(await boards.seasons(world.guild.id)) == 2


async def test_who_is_no_manager_any_more_ends_nothing(world: World) -> None:
    asked = await world.mina.slash(world.channel, "season end")
    world.env.backend.get_guild(world.guild.id).roles[world.guild.roles["managers"].id].permissions = 0
    refused = await world.mina.click(answer(asked), label="End season 1")
    assert refused.ephemeral
    assert texts(answer(refused)) == "Only members who may manage this server can change that."
    assert len(await world.bot.services.boards.seasons(world.guild.id)) == 1


async def test_members_do_not_find_the_commands_of_seasons(world: World) -> None:
    assert "season end" in world.mina.available_commands(world.channel)
    assert "season end" not in world.alice.available_commands(world.channel)


async def test_the_list_shows_every_season_with_its_winner_and_opens_its_board(world: World) -> None:
    boards, now = world.bot.services.boards, world.env.backend.clock.now()
    for days_ago in range(9, 1, -1):
        await score(world, {world.alice.id: 10 + days_ago, world.bora.id: 5}, days_ago)
        await boards.end_season(world.guild.id, now - timedelta(days=days_ago) + timedelta(hours=1), is_manager=True)
    listed = await world.mina.slash(world.channel, "season list")
    assert listed.ephemeral
    shown = texts(answer(listed)).splitlines()
    assert shown[1].startswith("**Season 9, since ")
    assert shown[2] == "Nobody has scored in this season yet."
    assert shown[4] == f"Winner: <@{world.alice.id}> with 12 points"
    second = await world.mina.click(answer(listed), label="Next (1/2)")
    shown = texts(answer(second)).splitlines()
    assert (len(shown), shown[-2][:17]) == (7, "**Season 1, until")
    opened = await world.mina.click(answer(second), custom_id="v1:season-open:1")
    assert opened.ephemeral
    assert f"**1.** <@{world.alice.id}> · **19 points**" in texts(answer(opened))


async def test_a_board_opened_privately_speaks_the_members_language_on_every_page(
    world: World, locales: dict[int, str]
) -> None:
    locales[world.mina.id] = "ko"
    listed = await world.mina.slash(world.channel, "season list")
    opened = await world.mina.click(answer(listed), custom_id="v1:season-open:1")
    assert "순위표" in texts(answer(opened))
    turned = await world.mina.click(answer(opened), custom_id="v1:board:all:0:-2")
    assert "순위표" in texts(answer(turned))


@pytest.mark.parametrize("language", list(Language))
def test_every_page_about_seasons_is_one_that_discord_takes(language: Language) -> None:
    phrases = CATALOGUE[language]
    tied = [Standing(1, fan, 10**9, 10**6, 10**6) for fan in FANS]
    for standings in ([], tied):
        for ended in (None, NOON):
            board = Board(Period.SEASON, standings, 10**6, NOON - timedelta(days=90), ended, "Asia/Seoul")
            for page in (render.question(board, phrases), render.ended(board, phrases), render.done(board, phrases)):
                assert faults(page) == []
            several = [Board(board.period, standings, number, None, ended, "Asia/Seoul") for number in range(6)]
            assert faults(render.listed(several, 1, 3, phrases)) == []


async def test_the_commands_of_seasons_work_after_a_restart(world: World) -> None:
    asked = await world.mina.slash(world.channel, "season end")
    await world.restart()
    await world.mina.click(answer(asked), label="End season 1")
    assert "Nobody played in this season." in texts(world.last)
    assert list(buttons(world.last)) == []
