"""Cards and the ways between them, as a fan walks them."""

import pytest

from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language
from tests.cogs.games import right_answer, start
from tests.cogs.polls import LONG, open_poll
from tests.cogs.shelves import OPEN, QUEEN, follow, ways
from tests.cogs.world import World, answer, buttons, menus, texts

KISSES = "iconic-unscripted-kisses"


async def test_a_fan_walks_from_a_search_to_a_vote(world: World) -> None:
    found = await world.alice.slash(world.channel, "article search", text="queen of tears")
    card = await world.alice.click(answer(found), label="Open 1")
    drama = await follow(world.alice, answer(card), "Queen of Tears")
    assert drama.ephemeral
    assert texts(answer(drama)).startswith("## Queen of Tears (눈물의 여왕)")
    person = await follow(world.alice, answer(drama), "Kim Ji-won")
    assert texts(answer(person)).startswith("## Kim Ji-won (김지원)")
    couple = await follow(world.alice, answer(person), "Hong Hae-in ♥ Baek Hyun-woo")
    assert "- Baek Hyun-woo, played by Kim Soo-hyun" in texts(answer(couple))
    assert "Record on this server" in texts(answer(couple))
    form = await world.alice.click(answer(couple), label="Vote")
    assert form.modal is not None


async def test_typing_finds_a_drama_in_whatever_script_and_its_card_tells_all_about_it(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "drama card", "name", "눈물의")
    assert offered[0]["value"] == QUEEN
    card = await world.alice.slash(world.channel, "drama card", name="눈물의 여왕")
    assert card.ephemeral
    told = texts(answer(card))
    for fact in (
        "2024 · tvN",
        "**Episodes:** 16 + 2 specials",
        "**Aired:** 2024-03-09 to 2024-04-28",
        "- Kim Soo-hyun (김수현) as Baek Hyun-woo (백현우)",
        "- Hong Hae-in ♥ Baek Hyun-woo (홍해인 ♥ 백현우)",
        "3 scenes to play · 6 articles",
        "Sources: Wikipedia",
    ):
        assert fact in told
    assert list(buttons(answer(card))) == ["Play this drama", "Vote", "Articles", "I have seen it", "Show everyone"]


async def test_what_is_no_drama_or_nobody_is_refused_privately(world: World) -> None:
    for command, refusal in (("drama card", "I know no drama"), ("person", "I know no actor")):
        refused = await world.alice.slash(world.channel, command, name="**nobody of the kind**")
        assert refused.ephemeral
        assert texts(answer(refused)).startswith(refusal)
        assert "**nobody" not in texts(answer(refused))


async def test_play_on_the_card_of_a_drama_asks_about_that_drama(world: World) -> None:
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    started = await world.alice.click(answer(card), label="Play this drama")
    assert not started.ephemeral
    assert "Queen of Tears" in texts(answer(started))
    await world.env.advance_time(1)
    assert "Queen of Tears" in texts(world.last)
    again = await world.alice.click(answer(card), label="Play this drama")
    assert again.ephemeral
    assert "https://discord.com/channels/" in texts(answer(again))


async def test_vote_on_the_card_of_a_drama_opens_the_form_with_its_couples_chosen(world: World) -> None:
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    form = await world.alice.click(answer(card), label="Vote")
    assert form.modal is not None
    opened = await world.alice.submit_modal(
        form,
        {
            "couples": ["hong-hae-in-baek-hyun-woo", "cheon-da-hye-hong-soo-cheol"],
            "question": "",
            "duration": ["86400"],
            "secrecy": ["anonymous"],
            "choices": ["1"],
        },
    )
    assert "Hong Hae-in ♥ Baek Hyun-woo" in texts(answer(opened))


async def test_a_drama_is_marked_as_seen_from_its_card_once(world: World) -> None:
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    marked = await world.alice.click(answer(card), label="I have seen it")
    assert texts(answer(marked)) == "Queen of Tears (눈물의 여왕) is on your list of dramas you have seen."
    again = await world.alice.click(answer(card), label="I have seen it")
    assert texts(answer(again)) == "“Queen of Tears” is on your list already."
    listed = await world.alice.slash(world.channel, "seen list")
    opened = await follow(world.alice, answer(listed), "Queen of Tears")
    assert texts(answer(opened)).startswith("## Queen of Tears")


async def test_the_articles_of_a_drama_turn_their_pages_in_place(world: World) -> None:
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    shown = await world.alice.click(answer(card), label="Articles")
    assert shown.ephemeral
    assert answer(shown).id != answer(card).id
    assert "Open 5" in buttons(answer(shown))
    turned = await world.alice.click(answer(shown), label="Next (1/2)")
    assert answer(turned).id == answer(shown).id
    assert "Open 6" in buttons(answer(turned))
    opened = await world.alice.click(answer(turned), label="Open 6")
    assert "Queen of Tears" in texts(answer(opened))


async def test_a_person_tells_roles_by_year_couples_scenes_and_articles(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "person", "name", "송강")
    assert offered[0]["value"] == "Song Kang"
    card = await world.alice.slash(world.channel, "person", name=offered[0]["value"])
    assert card.ephemeral
    lines = texts(answer(card)).splitlines()
    years = [int(line[2:6]) for line in lines if line.startswith("- 20")]
    assert len(years) > 4
    assert years == sorted(years, reverse=True)
    assert "- Yoo Na-bi ♥ Park Jae-eon · *Nevertheless*" in lines
    scenes = await world.alice.click(answer(card), label="Scenes")
    assert "||" in texts(answer(scenes))
    articles = await world.alice.click(answer(card), label="Articles")
    assert "Open 1" in buttons(answer(articles))
    played = next(label for label in buttons(answer(card)) if label.startswith("Play: "))
    started = await world.alice.click(answer(card), label=played)
    assert played.removeprefix("Play: ") in texts(answer(started))


async def test_a_guild_without_spoilers_is_told_how_many_scenes_are_left_out(world: World) -> None:
    card = await world.alice.slash(world.channel, "person", name="Song Kang")
    await world.bot.services.settings.set_spoilers(world.guild.id, SpoilerPolicy.NONE, is_manager=True)
    scenes = await world.alice.click(answer(card), label="Scenes")
    assert "scenes are left out: they spoil more than this server allows." in texts(answer(scenes))
    assert "||" not in texts(answer(scenes))


@pytest.mark.parametrize(("command", "name"), [("drama card", QUEEN), ("person", "Song Kang")])
async def test_a_card_is_shown_to_everybody_in_the_language_of_the_guild(
    world: World, locales: dict[int, str], command: str, name: str
) -> None:
    locales[world.alice.id] = "ko"
    card = await world.alice.slash(world.channel, command, name=name)
    shared = await world.alice.click(
        answer(card),
        custom_id=next(b["custom_id"] for b in buttons(answer(card)).values() if "-share" in b["custom_id"]),
    )
    assert not shared.ephemeral
    assert "## Queen of Tears (눈물의 여왕)" in texts(world.last) or "## Song Kang (송강)" in texts(world.last)
    assert not [b for b in buttons(world.last).values() if "-share" in b["custom_id"]]
    opened = await world.bora.select(world.last, [menus(world.last)[0]["options"][0]["value"]], custom_id=OPEN)
    assert opened.ephemeral


async def test_a_korean_fan_reads_every_card_in_korean(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    drama = await world.bora.slash(world.channel, "drama card", name=QUEEN)
    assert texts(answer(drama)).startswith("## 눈물의 여왕 (Queen of Tears)")
    person = await follow(world.bora, answer(drama), "김지원")
    assert texts(answer(person)).startswith("## 김지원 (Kim Ji-won)")
    couple = await follow(world.bora, answer(person), "홍해인 ♥ 백현우")
    assert texts(answer(couple)).startswith("## 홍해인 ♥ 백현우 (Hong Hae-in ♥ Baek Hyun-woo)")


async def test_a_reveal_and_the_recap_lead_to_the_drama(world: World) -> None:
    await start(world, rounds=1)
    round_message = world.last.id
    assert "About the drama" not in buttons(world.last)
    await world.alice.click(world.last, label=await right_answer(world))
    await world.env.advance_time(40)
    for message in (world.message(round_message), world.last):
        opened = await world.bora.click(message, label="About the drama")
        assert opened.ephemeral
        assert texts(answer(opened)).startswith("## ")


async def test_a_closed_poll_and_ones_own_vote_lead_to_the_couples_an_open_card_does_not(world: World) -> None:
    poll = await open_poll(world, ["hong-hae-in-baek-hyun-woo", "Min & Jun"])
    assert ways(world.message(poll)) == {}
    mine = await world.alice.click(world.message(poll), label="My vote")
    assert [*ways(answer(mine))] == ["Hong Hae-in ♥ Baek Hyun-woo"]
    changed = await world.alice.select(answer(mine), ["1"], custom_id="v1:change-vote:1")
    assert [*ways(answer(changed))] == ["Hong Hae-in ♥ Baek Hyun-woo"]
    couple = await follow(world.alice, answer(mine), "Hong Hae-in ♥ Baek Hyun-woo")
    assert "Queen of Tears" in texts(answer(couple))
    await world.env.advance_time(LONG)
    for name in ("Hong Hae-in ♥ Baek Hyun-woo", "Min & Jun"):
        couple = await follow(world.bora, world.message(poll), name)
        assert couple.ephemeral
        assert texts(answer(couple)).startswith(f"## {name}")


async def test_the_scenes_that_managers_look_through_lead_to_their_drama(world: World) -> None:
    shown = await world.mina.slash(world.channel, "moments browse", drama=QUEEN)
    card = await world.mina.click(answer(shown), label="About the drama")
    assert texts(answer(card)).startswith("## Queen of Tears")


async def test_cards_work_after_a_restart(world: World) -> None:
    card = await world.alice.slash(world.channel, "drama card", name=QUEEN)
    await world.restart()
    person = await follow(world.alice, answer(card), "Kim Ji-won")
    assert "Kim Ji-won" in texts(answer(person))
    await world.bot.services.settings.set_language(world.guild.id, Language.KOREAN, is_manager=True)
    await world.alice.click(answer(person), label="Show everyone")
    assert texts(world.last).startswith("## 김지원")
