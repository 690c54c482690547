"""The record of couples, as members see it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.polls import Option
from bot.domain.texts import Language, Localised
from bot.storage.database import open_database
from tests.cogs.world import World, answer, buttons, texts
from tests.storage.records_rows import CHANNEL, GOBLIN, NOON, OTHER, SUNNY, TYPED, Met, store_bracket, store_poll

FINAL = Met(1, 0, 1, 2, (5, 2), winner=1)
DAY = f"<t:{round(NOON.timestamp())}:D>"


async def vote(world: World, votes: Mapping[Option, int], **values: Any) -> None:
    """Let a poll have closed here."""
    async with open_database(world.database_url) as database:
        await store_poll(database, votes, guild_id=world.guild.id, **values)


async def play(world: World, *couples: Option, name: str = "Autumn cup") -> None:
    """Let the first of two couples have won a bracket here."""
    async with open_database(world.database_url) as database:
        await store_bracket(database, couples, [FINAL], name=name, guild_id=world.guild.id)


async def test_the_leaderboard_is_shown_to_everybody(world: World) -> None:
    await play(world, TYPED, SUNNY)
    await vote(world, {GOBLIN: 40, SUNNY: 1})
    shown = await world.alice.slash(world.channel, "ship leaderboard")
    assert not shown.ephemeral
    assert texts(answer(shown)).splitlines() == [
        "## Leaderboard of couples",
        "-# By matchups won, then by votes",
        "**1.** **Min ♥ Jun** · 1 matchup won · 5 votes · 1 title",
        "**2.** **Ji Eun-tak ♥ Kim Shin** · 40 votes",
        "**3.** **Sunny ♥ Grim Reaper** · 3 votes",
    ]
    assert buttons(answer(shown)) == {}


async def test_an_empty_leaderboard_says_how_to_begin(world: World) -> None:
    await vote(world, {GOBLIN: 40, SUNNY: 1}, is_open=True)
    shown = await world.alice.slash(world.channel, "ship leaderboard")
    assert texts(answer(shown)).endswith("No vote on couples has closed here yet. Begin with /ship poll.")


async def test_pages_turn_for_everybody_and_after_a_restart(world: World) -> None:
    await vote(world, {Option(Localised(f"A{letter} & B")): 99 - place for place, letter in enumerate("abcdefghijkl")})
    shown = await world.alice.slash(world.channel, "ship leaderboard")
    assert "**10.** **Aj & B** · 90 votes" in texts(answer(shown))
    await world.restart()
    await world.bora.click(world.last, label="Next (1/2)")
    assert "**11.** **Ak & B**" in texts(world.last)
    assert "**10.**" not in texts(world.last)
    await world.alice.click(world.last, label="Back")
    assert "**1.** **Aa & B**" in texts(world.last)


async def test_a_korean_guild_reads_the_leaderboard_in_korean(world: World) -> None:
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    await vote(world, {GOBLIN: 1, TYPED: 0})
    shown = await world.alice.slash(world.channel, "ship leaderboard")
    assert "지은탁 ♥ 김신" in texts(answer(shown))


async def test_a_name_that_the_managers_block_is_not_shown(world: World) -> None:
    await vote(world, {TYPED: 2, GOBLIN: 1})
    await world.bot.services.couples.block(world.guild.id, "Min", is_manager=True, now=NOON)
    shown = await world.alice.slash(world.channel, "ship leaderboard")
    assert "**1.** a couple whose name is not wanted here · 2 votes" in texts(answer(shown))
    refused = await world.alice.slash(world.channel, "ship card", couple="Min ♥ Jun")
    assert refused.ephemeral
    assert texts(answer(refused)) == "“Min” is on this server's block list."


async def test_a_card_tells_the_couple_its_drama_and_its_record_to_the_member_alone(world: World) -> None:
    await play(world, GOBLIN, SUNNY)
    await vote(world, {GOBLIN: 3, SUNNY: 1}, question="Who first?", later=timedelta(seconds=1))
    shown = await world.alice.slash(world.channel, "ship card", couple=GOBLIN.key)
    assert shown.ephemeral
    place = f"https://discord.com/channels/{world.guild.id}"
    lines = texts(answer(shown)).splitlines()
    assert lines[:12] == [
        "## Ji Eun-tak ♥ Kim Shin (지은탁 ♥ 김신)",
        "**Guardian - The Lonely and Great God (쓸쓸하고 찬란하神 - 도깨비)** · 2016",
        "- Ji Eun-tak, played by Kim Go-eun",
        "- Kim Shin, played by Gong Yoo",
        "This drama: 6 scenes to play · 7 articles",
        "**Record on this server**",
        "Matchups: 1 won, 0 lost",
        "Titles: Autumn cup",
        "Votes: 8",
        "Polls: 1 won of 1",
        "**Last polls and brackets**",
        f"- <t:{round(NOON.timestamp()) + 1}:D> · [Poll]({place}/{CHANNEL}/7) · Who first? · **Won**, 3 of 4 votes",
    ]
    assert lines[12].startswith(f"- {DAY} · [Bracket]({place}/")
    assert lines[12].endswith("/9) · Autumn cup · **Champion**")
    assert list(buttons(answer(shown))) == ["Vote", "Show everyone", "Play", "Articles"]
    assert buttons(answer(shown))["Vote"]["custom_id"] == "v1:ship-couple:ji-eun-tak-kim-shin"


async def test_a_couple_without_a_record_has_a_card_too(world: World) -> None:
    shown = await world.alice.slash(world.channel, "ship card", couple="우기더기")
    assert "Fan name: Ugideogi (우기더기) · Source: [star.mt.co.kr](https://star.mt.co.kr/" in texts(answer(shown))
    assert "No vote on this couple has closed here yet." in texts(answer(shown))
    assert "Last polls" not in texts(answer(shown))


async def test_a_card_is_private_in_the_members_language_and_shared_in_the_guilds(
    world: World, locales: dict[int, str]
) -> None:
    locales[world.alice.id] = "ko"
    await vote(world, {GOBLIN: 3, SUNNY: 1})
    shown = await world.alice.slash(world.channel, "ship card", couple=GOBLIN.key)
    assert texts(answer(shown)).startswith("## 지은탁 ♥ 김신 (Ji Eun-tak ♥ Kim Shin)")
    shared = await world.alice.click(answer(shown), custom_id="v1:couple-share:ji-eun-tak-kim-shin")
    assert not shared.ephemeral
    assert texts(world.last).startswith("## Ji Eun-tak ♥ Kim Shin (지은탁 ♥ 김신)")
    assert list(buttons(world.last)) == ["Vote", "Play", "Articles"]


async def test_play_on_a_card_starts_a_game_about_the_drama(world: World) -> None:
    shown = await world.alice.slash(world.channel, "ship card", couple=GOBLIN.key)
    await world.alice.click(answer(shown), label="Play")
    await world.env.advance_time(1)
    assert "Guardian - The Lonely and Great God" in texts(world.last)


async def test_vote_on_a_card_opens_the_form_for_a_poll(world: World) -> None:
    await vote(world, {TYPED: 3, OTHER: 1})
    for couple in (GOBLIN.key, TYPED.label.en):
        shown = await world.alice.slash(world.channel, "ship card", couple=couple)
        opened = await world.alice.click(answer(shown), label="Vote")
        assert opened.modal is not None


async def test_the_card_of_a_couple_that_members_wrote_names_no_drama(world: World) -> None:
    await vote(world, {TYPED: 3, OTHER: 1}, message_id=None)
    shown = await world.alice.slash(world.channel, "ship card", couple="min & jun")
    assert texts(answer(shown)).splitlines() == [
        "## Min ♥ Jun",
        "-# A couple that members of this server wrote.",
        "**Record on this server**",
        "Votes: 3",
        "Polls: 1 won of 1",
        "**Last polls and brackets**",
        f"- {DAY} · Poll · **Won**, 3 of 4 votes",
    ]


async def test_what_is_no_couple_is_refused_privately(world: World) -> None:
    refused = await world.alice.slash(world.channel, "ship card", couple="nobody at all")
    assert refused.ephemeral
    assert texts(answer(refused)).startswith("I know no couple “nobody at all”.")


async def test_couples_are_offered_in_the_members_language_with_their_drama(
    world: World, locales: dict[int, str]
) -> None:
    await vote(world, {TYPED: 3, OTHER: 1})
    offered = await world.alice.autocomplete(world.channel, "ship card", "couple", "min")
    assert offered[0]["name"] == offered[0]["value"] == "Min ♥ Jun"
    locales[world.alice.id] = "ko"
    offered = await world.alice.autocomplete(world.channel, "ship card", "couple", "eun-tak")
    assert {"name": "지은탁 ♥ 김신 · 쓸쓸하고 찬란하神 - 도깨비", "value": GOBLIN.key} in [
        {"name": one["name"], "value": one["value"]} for one in offered
    ]
