"""A guild's own packs, as its managers see them."""

import asyncio

import pytest
from simcord.results import InteractionResult

from bot.content.file_faults import MOST_FAULTS
from bot.domain.texts import Language
from bot.ui.files import FAULTS_SHOWN
from cogs.packs import render
from tests.cogs.world import World, answer, buttons, texts
from tests.content.pack_files import GOOD, GOOD_CSV, big_pack

BROKEN = GOOD.replace("kiss", "?").replace('source = "A radio interview"', "")


async def upload(
    world: World, content: str | bytes = GOOD, name: str = "Ours", file: str = "pack.toml"
) -> InteractionResult:
    sent = content if isinstance(content, bytes) else content.encode()
    return await world.mina.slash(world.channel, "pack upload", file=(file, sent), name=name)


async def file_of(result: InteractionResult) -> tuple[str, bytes]:
    (attachment,) = answer(result).attachments
    return attachment.filename, await attachment.read()


async def pack_id(world: World) -> int:
    (pack,) = await world.bot.services.packs.list(world.guild.id)
    return pack.id


async def test_an_uploaded_pack_is_shown_counted_and_switched_off(world: World) -> None:
    shown = await upload(world)
    assert shown.ephemeral
    text = texts(answer(shown))
    assert "Stored, and still switched off." in text
    assert "2 scenes" in text
    assert "3 questions: 2 in the script, 1 ad-lib" in text
    assert "Kisses 1 · Other scenes 1" in text
    assert "no spoiler 1 · mild spoiler 1" in text
    assert "Dramas that Adlib knows** (1): Business Proposal" in text
    assert "Dramas of this pack alone** (1): Our Own Drama" in text
    assert list(buttons(answer(shown))) == [
        "Look through it",
        "Switch on",
        "Export as TOML",
        "Export as CSV",
        "Remove",
        "All packs",
    ]


async def test_scenes_are_looked_through_one_by_one_with_their_answers_and_sources(world: World) -> None:
    first = await world.mina.click(answer(await upload(world)), label="Look through it")
    text = texts(answer(first))
    assert "Business Proposal (사내맞선)" in text
    assert "||" in text
    assert "In the script: ||**the kiss**||" in text
    assert "Ad-lib: ||**taking off the glasses**||" in text
    assert "Kim Min-kyu on the glasses" in text
    second = await world.mina.click(answer(first), label="Next (1/2)")
    assert "Our Own Drama (우리 드라마)" in texts(answer(second))
    assert "||" not in texts(answer(second))
    assert "A radio interview" in texts(answer(second))
    back = await world.mina.click(answer(second), label="Back to the pack")
    assert "2 scenes" in texts(answer(back))


async def test_every_fault_is_listed_with_its_line_and_nothing_is_stored(world: World) -> None:
    shown = await upload(world, BROKEN)
    text = texts(answer(shown))
    assert "The file has 3 faults; nothing was stored." in text
    assert "Line 3: **kind** must be one of kiss, line, comedy, gesture, other" in text
    assert "**source** is missing; add it" in text
    assert answer(shown).attachments == []
    assert await world.bot.services.packs.list(world.guild.id) == []


async def test_many_faults_come_as_a_file_with_the_first_of_them_in_the_message(world: World) -> None:
    shown = await upload(world, "[[moments]]\n" * 10)
    text = texts(answer(shown))
    assert "The file has 40 faults; nothing was stored." in text
    assert text.count("Line ") == FAULTS_SHOWN
    filename, content = await file_of(shown)
    assert filename == "faults.txt"
    assert len(content.decode().splitlines()) == 40
    assert content.decode().splitlines()[-1] == "Line 10: source is missing; add it"


async def test_twenty_thousand_faults_are_answered_like_any_other_number(world: World) -> None:
    shown = await upload(world, "[[moments]]\n" + "[[moments]]\noops = '**bold** @everyone'\n" * 4_999)
    assert f"The file has {MOST_FAULTS} faults or more; nothing was stored." in texts(answer(shown))
    _, content = await file_of(shown)
    assert len(content.decode().splitlines()) == MOST_FAULTS


async def test_what_a_fault_repeats_of_a_file_formats_nothing(world: World) -> None:
    shown = await upload(world, '"**bold** @everyone" = 1\n' + GOOD)
    assert "\\*\\*bold\\*\\* @\u200beveryone" in texts(answer(shown))


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("pack.toml", b"x" * 10_000_000, "That file is too big: a pack has at most 8 MB and 5000 scenes."),
        ("pack.csv", b"\x89PNG\x00\x01", "That file is not text in UTF-8. Save it as UTF-8 and upload it again."),
        ("pack.png", b"\x89PNG\x00\x01", "A pack is a .toml or a .csv file. /pack example gives you one to fill in."),
    ],
)
async def test_a_big_a_binary_and_another_kind_of_file_are_refused_in_one_sentence(
    world: World, file: str, content: bytes, sentence: str
) -> None:
    refused = await upload(world, content, file=file)
    assert refused.ephemeral
    assert texts(answer(refused)) == sentence


async def test_a_name_that_formats_is_refused(world: World) -> None:
    assert "Only letters in names" in texts(answer(await upload(world, name="**Ours**")))


async def test_a_pack_is_switched_on_off_and_replaced_by_the_same_name(world: World) -> None:
    on = await world.mina.click(answer(await upload(world)), label="Switch on")
    assert "Switched on: /trivia start can choose it now." in texts(answer(on))
    assert (await world.bot.services.packs.playable(world.guild.id, "Ours"))[0].enabled
    again = await upload(world, GOOD_CSV, name="OURS", file="again.csv")
    assert "Replaced what was in it; it is still switched on." in texts(answer(again))
    off = await world.mina.click(answer(again), label="Switch off")
    assert "Switched off: no game can choose it any more." in texts(answer(off))
    again = await upload(world)
    assert "Replaced what was in it; it is still switched off." in texts(answer(again))
    assert len(await world.bot.services.packs.list(world.guild.id)) == 1


async def test_the_list_opens_packs_and_turns_its_pages(world: World) -> None:
    empty = await world.mina.slash(world.channel, "pack list")
    assert "This server has no packs yet." in texts(answer(empty))
    for number in range(10):
        await upload(world, name=f"Pack {number}")
    listed = await world.mina.slash(world.channel, "pack list")
    assert "10 packs of 20" in texts(answer(listed))
    assert texts(answer(listed)).count("2 scenes") == 8
    turned = await world.mina.click(answer(listed), label="Next (1/2)")
    assert "**Pack 9**" in texts(answer(turned))
    custom_id = render.SHOW.custom_id((await world.bot.services.packs.find(world.guild.id, "Pack 9")).id)
    opened = await world.mina.click(answer(turned), custom_id=custom_id)
    assert "## Pack 9" in texts(answer(opened))


@pytest.mark.parametrize("kind", ["toml", "csv"])
async def test_an_export_is_a_file_that_can_be_uploaded_again(world: World, kind: str) -> None:
    shown = await upload(world)
    for sent in (
        await world.mina.slash(world.channel, "pack export", name="ours", format=kind),
        await world.mina.click(answer(shown), label=f"Export as {kind.upper()}"),
    ):
        assert sent.ephemeral
        filename, content = await file_of(sent)
        assert filename == f"ours.{kind}"
        again = await upload(world, content, name="Again", file=filename)
        assert "2 scenes" in texts(answer(again))


async def test_typing_the_name_of_a_pack_offers_those_of_this_server(world: World) -> None:
    await upload(world, name="Our Kisses")
    await upload(world, name="우리 대사")
    offered = await world.mina.autocomplete(world.channel, "pack export", "name", "ourk")
    assert [choice["value"] for choice in offered] == ["Our Kisses"]
    assert len(await world.mina.autocomplete(world.channel, "pack export", "name", "")) == 2
    refused = await world.mina.slash(world.channel, "pack export", name="Nothing")
    assert texts(answer(refused)) == "This server has no pack “Nothing”."


@pytest.mark.parametrize("kind", ["toml", "csv"])
async def test_the_example_can_be_uploaded_as_it_is(world: World, kind: str) -> None:
    sent = await world.mina.slash(world.channel, "pack example", format=kind)
    filename, content = await file_of(sent)
    assert filename == f"example.{kind}"
    shown = await upload(world, content, file=filename)
    assert "2 scenes" in texts(answer(shown))


async def test_a_pack_is_removed_after_a_second_word(world: World) -> None:
    asked = await world.mina.click(answer(await upload(world)), label="Remove")
    assert "Remove “Ours”?" in texts(answer(asked))
    kept = await world.mina.click(answer(asked), label="Keep it")
    assert "## Ours" in texts(answer(kept))
    asked = await world.mina.click(answer(kept), label="Remove")
    gone = await world.mina.click(answer(asked), label="Remove it")
    assert "The pack “Ours” is removed." in texts(answer(gone))
    assert await world.bot.services.packs.list(world.guild.id) == []


async def test_a_button_of_a_pack_that_is_gone_says_so(world: World) -> None:
    shown = await upload(world)
    await world.bot.services.packs.remove(world.guild.id, await pack_id(world))
    for label in ("Look through it", "Switch on", "Export as CSV", "Remove"):
        refused = await world.mina.click(answer(shown), label=label)
        assert "This server has no pack" in texts(answer(refused)), label


async def test_members_who_may_not_manage_the_server_find_no_command_and_are_refused_by_buttons(world: World) -> None:
    await upload(world)
    number = await pack_id(world)
    opened = await world.bot.services.packs.open(world.guild.id, number)
    _ = world.bot.catalogue[Language.ENGLISH]
    message = await world.bot.get_partial_messageable(world.channel.id).send(view=render.pack_page(opened, _))
    for label in ("Look through it", "Switch on", "Export as TOML", "Remove", "All packs"):
        refused = await world.alice.click(message, label=label)
        assert texts(answer(refused)) == "Only members who may manage this server can change that.", label
    assert not (await world.bot.services.packs.get(world.guild.id, number)).enabled


async def test_buttons_work_after_a_restart(world: World) -> None:
    shown = await upload(world)
    await world.restart()
    switched = await world.mina.click(answer(shown), label="Switch on")
    assert "Switched on" in texts(answer(switched))


async def test_a_pack_speaks_korean_to_a_manager_who_does(world: World, locales: dict[int, str]) -> None:
    locales[world.mina.id] = "ko"
    first = await world.mina.click(
        answer(await upload(world)), custom_id=render.SCENE.custom_id(await pack_id(world), 0)
    )
    assert "키스하다 말고 안경을 벗고 다시 키스해요." in texts(answer(first))
    assert "사내맞선 (Business Proposal)" in texts(answer(first))


async def test_a_scene_with_the_longest_texts_fits_into_a_message(world: World) -> None:
    text = GOOD.replace("He breaks", "*" * 330 + "He breaks").replace("The kiss was", "*" * 850 + "The kiss")
    long = text.replace('asked = "the line"', 'asked = "' + "_" * 120 + '"').replace("그가", "~" * 390)
    shown = await upload(world, long)
    first = await world.mina.click(answer(shown), label="Look through it")
    assert "taking off the glasses" in texts(answer(first))
    assert len(texts(answer(first))) < 4000
    second = await world.mina.click(answer(first), label="Next (1/2)")
    assert "A radio interview" in texts(answer(second))


async def test_a_game_is_played_on_a_pack_and_ends_well_when_it_is_removed(world: World) -> None:
    services = world.bot.services
    await upload(world)
    number = await pack_id(world)
    await services.packs.switch(world.guild.id, number, True)
    await world.alice.slash(world.channel, "trivia start", pack=str(number), rounds=3)
    await world.env.advance_time(2)
    assert any(title in texts(world.last) for title in ("Business Proposal", "Our Own Drama"))
    await services.packs.remove(world.guild.id, number)
    await world.env.advance_time(600)
    assert "Final scores" in texts(world.last)


async def test_a_big_pack_is_accepted_while_another_member_is_answered(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    await world.alice.click(answer(card), label="Show everyone")
    public = world.last
    uploading = asyncio.create_task(upload(world, big_pack(2_000)))
    await asyncio.sleep(0)
    clicked = world.post_click(world.alice, public, buttons(public)["Play this"]["custom_id"])
    shown = await uploading
    assert "2000 scenes" in texts(answer(shown))
    assert "starts a game" in texts(answer(clicked))
