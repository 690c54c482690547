"""A guild's own library while others change it, and for members who may not."""

from tests.cogs.test_library import FILLED, MANAGERS, add, headlines
from tests.cogs.world import World, answer, buttons, texts


async def test_what_another_manager_has_stored_meanwhile_is_shown_before_a_save(world: World) -> None:
    noor = world.guild.add_member(world.env.create_user("noor"), roles=[world.guild.roles["managers"]])
    article_id = await add(world)
    form = await world.mina.slash(world.channel, "library edit", article=article_id)
    shown = await world.mina.submit_modal(form, {**FILLED, "publisher": "Mina's Paper"})
    hers = await noor.slash(world.channel, "library edit", article=article_id)
    await noor.click(answer(await noor.submit_modal(hers, {**FILLED, "headline": "Noor's"})), label="Save")
    again = await world.mina.click(answer(shown), label="Save")
    assert "Somebody has changed this article meanwhile." in texts(answer(again))
    assert "- Headline was: Noor's" in texts(answer(again))
    assert headlines(world) == ["Noor's"]
    await world.mina.click(answer(again), label="Save")
    assert headlines(world) == [FILLED["headline"]]


async def test_what_was_removed_meanwhile_is_saved_as_a_new_article(world: World) -> None:
    article_id = await add(world)
    form = await world.mina.slash(world.channel, "library edit", article=article_id)
    shown = await world.mina.submit_modal(form, {**FILLED, "headline": "Better"})
    asked = await world.mina.slash(world.channel, "library remove", article=article_id)
    await world.mina.click(answer(asked), label="Remove it")
    told = await world.mina.click(answer(shown), label="Save")
    assert "This article was removed meanwhile." in texts(answer(told))
    assert list(buttons(answer(told))) == ["Save as a new article", "Change the text", "Discard"]
    await world.mina.click(answer(told), label="Save as a new article")
    assert headlines(world) == ["Better"]


async def test_who_may_not_manage_the_server_is_told_before_she_types_anything(world: World) -> None:
    article_id = await add(world)
    for command in await world.bot.tree.fetch_commands():
        if command.name == "library":
            world.guild.set_command_permissions(command, {world.alice: True})
    for command, options in (
        ("add", {}),
        ("edit", {"article": article_id}),
        ("remove", {"article": article_id}),
        ("import", {"file": ("a.csv", b"headline,publisher\n")}),
        ("export", {}),
        ("history", {}),
    ):
        refused = await world.alice.slash(world.channel, f"library {command}", **options)
        assert (refused.modal, texts(answer(refused))) == (None, MANAGERS), command
