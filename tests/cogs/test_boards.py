"""Leaderboards and stats, as members see them."""

from datetime import timedelta

import pytest

from bot.app import DATA
from bot.domain.boards import Board, Stats, Totals
from bot.domain.games import Standing
from bot.domain.periods import Period
from bot.domain.texts import Language
from bot.text.catalogue import Phrases, load_catalogue
from bot.ui.boards import leaderboard, stats
from tests.cogs.points import FANS, faults, score
from tests.cogs.world import World, answer, buttons, texts
from tests.storage.boards_rows import NOON

CATALOGUE = load_catalogue(DATA / "locales")
NOBODY = "Nobody has played"


async def test_the_board_of_the_season_is_shown_to_everybody(world: World) -> None:
    await score(world, {world.alice.id: 12, world.bora.id: 10})
    shown = await world.bora.slash(world.channel, "trivia leaderboard")
    assert not shown.ephemeral
    assert texts(answer(shown)).splitlines() == [
        "## Leaderboard",
        "**Season 1, since the first game**",
        f"**1.** <@{world.alice.id}> · **12 points** · 1 of 1 right",
        f"**2.** <@{world.bora.id}> · **10 points** · 1 of 1 right",
    ]


async def test_buttons_lead_to_the_other_periods_and_the_one_shown_is_greyed(world: World) -> None:
    await score(world, {world.alice.id: 12}, days_ago=40)
    shown = await world.bora.slash(world.channel, "trivia leaderboard", period="today")
    assert "Nobody has played today yet. Start with /trivia start." in texts(answer(shown))
    assert "Days begin at midnight, Seoul time." in texts(answer(shown))
    for label, expected in {"Week": NOBODY, "Month": NOBODY, "Season": "12 points", "All time": "12 points"}.items():
        shown = await world.alice.click(answer(shown), label=label)
        assert expected in texts(answer(shown)), label
        assert [name for name, button in buttons(answer(shown)).items() if button.get("disabled")] == [label]
    assert "**All time**" in texts(answer(shown))


async def test_ten_stand_on_a_page_and_the_others_on_the_next(world: World) -> None:
    await score(world, {fan: 1000 - place for place, fan in enumerate(FANS)})
    shown = await world.alice.slash(world.channel, "trivia leaderboard", period="all")
    shown = await world.bora.click(answer(shown), label="Next (1/3)")
    shown = await world.bora.click(answer(shown), label="Next (2/3)")
    assert f"**25.** <@{FANS[24]}>" in texts(answer(shown))
    assert f"**20.** <@{FANS[19]}>" not in texts(answer(shown))
    shown = await world.bora.click(answer(shown), label="Back")
    assert f"**20.** <@{FANS[19]}>" in texts(answer(shown))


async def test_a_board_still_turns_after_a_restart(world: World) -> None:
    await score(world, dict.fromkeys(FANS, 10))
    await world.alice.slash(world.channel, "trivia leaderboard")
    await world.restart()
    await world.bora.click(world.last, label="Next (1/3)")
    assert f"<@{FANS[10]}>" in texts(world.last)


async def test_a_korean_guild_reads_its_board_in_korean_whoever_turns_it(world: World) -> None:
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    shown = await world.bora.slash(world.channel, "trivia leaderboard", period="today")
    assert "순위표" in texts(answer(shown))
    turned = await world.alice.click(answer(shown), custom_id="v1:board:all:0:-2")
    assert "순위표" in texts(answer(turned))


async def test_an_earlier_season_is_shown_and_one_that_never_was_is_refused(world: World) -> None:
    await score(world, {world.alice.id: 12}, days_ago=2)
    now = world.env.backend.clock.now() - timedelta(days=1)
    await world.bot.services.boards.end_season(world.guild.id, now, is_manager=True)
    earlier = await world.bora.slash(world.channel, "trivia leaderboard", season=1)
    assert "Season 1, until " in texts(answer(earlier))
    assert f"<@{world.alice.id}>" in texts(answer(earlier))
    assert not any(button.get("disabled") for button in buttons(answer(earlier)).values())
    running = await world.bora.click(answer(earlier), label="Season")
    assert "Season 2, since " in texts(answer(running))
    refused = await world.bora.slash(world.channel, "trivia leaderboard", season=3)
    assert refused.ephemeral
    assert texts(answer(refused)) == "There was no season 3 on this server."


async def test_my_stats_are_shown_to_me_alone(world: World) -> None:
    await score(world, {world.alice.id: 12, world.bora.id: 15}, took=2.34)
    shown = await world.alice.slash(world.channel, "trivia stats")
    assert shown.ephemeral
    assert texts(answer(shown)).splitlines() == [
        "## Trivia on this server",
        f"<@{world.alice.id}>",
        "**12 points** in all",
        "**12 points** in season 1, rank 2",
        "1 of 1 right (100%)",
        "One game",
        "Most right in a row: 1",
        "Fastest right answer: 2.3 seconds",
    ]


async def test_stats_of_another_member_are_shown_unless_she_hides(world: World) -> None:
    await score(world, {world.alice.id: 12})
    seen = await world.bora.slash(world.channel, "trivia stats", member=world.alice)
    assert seen.ephemeral
    assert "**12 points** in all" in texts(answer(seen))
    nothing = await world.bora.slash(world.channel, "trivia stats", member=world.mina)
    assert "This member has not played here yet." in texts(answer(nothing))
    await world.alice.slash(world.channel, "privacy hide")
    refused = await world.bora.slash(world.channel, "trivia stats", member=world.alice)
    assert texts(answer(refused)) == "That member does not show points."


async def test_who_hides_is_told_what_that_means_and_stands_on_no_board_until_she_shows_herself(world: World) -> None:
    await score(world, {world.alice.id: 12, world.bora.id: 10})
    told = await world.alice.slash(world.channel, "privacy hide")
    assert told.ephemeral
    assert "the channel still sees who was right" in texts(answer(told))
    board = await world.bora.slash(world.channel, "trivia leaderboard")
    assert f"<@{world.alice.id}>" not in texts(answer(board))
    assert f"**1.** <@{world.bora.id}>" in texts(answer(board))
    own = texts(answer(await world.alice.slash(world.channel, "trivia stats")))
    assert "**12 points** in season 1\n" in own
    assert "You stand on no leaderboard." in own
    assert (await world.alice.slash(world.channel, "privacy show")).ephemeral
    board = await world.bora.click(answer(board), label="All time")
    assert f"**1.** <@{world.alice.id}>" in texts(answer(board))


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("zone", ["Asia/Seoul", "Etc/GMT-9", "America/Argentina/ComodRivadavia"])
def test_every_page_of_every_board_is_one_that_discord_takes(phrases: Phrases, period: Period, zone: str) -> None:
    everybody = [Standing(place, fan, -(10**9), 10**6, 10**6) for place, fan in enumerate(FANS, 1)]
    for standings in ([], everybody):
        for ended in (None, NOON):
            for began in (None, NOON - timedelta(days=9)):
                board = Board(period, standings, 10**6, began, ended, zone)
                for page in (-2, -1, 0, 1, 2, 99):
                    assert faults(leaderboard(board, page, phrases)) == []


def test_every_page_of_stats_is_one_that_discord_takes(phrases: Phrases) -> None:
    most = Totals(10**6, 10**6, 10**6, -(10**9), 10**6, 119.96)
    for totals in (Totals(), Totals(games=1, answered=1), most):
        for hidden in (True, False):
            of = Stats(FANS[0], totals, 10**6, 10**9, None if hidden else 10**6, 10**4, hidden)
            assert faults(stats(of, phrases, own=hidden)) == []
