"""The list of seen dramas, as its member sees it."""

from tests.cogs.world import World, answer, buttons, texts

GOBLIN = "guardian-the-lonely-and-great-god"


async def test_a_member_marks_what_is_offered_and_finds_it_in_her_list_in_both_scripts(world: World) -> None:
    offered = await world.alice.autocomplete(world.channel, "seen add", "drama", "goblin")
    assert offered[0]["value"] == GOBLIN
    added = await world.alice.slash(world.channel, "seen add", drama=GOBLIN)
    assert added.ephemeral
    assert "is on your list" in texts(answer(added))
    listed = await world.alice.slash(world.channel, "seen list")
    assert listed.ephemeral
    title = world.bot.services.articles.library.dramas[GOBLIN].title
    assert title.en in texts(answer(listed))
    assert str(title.ko) in texts(answer(listed))
    assert "One drama" in texts(answer(listed))
    assert "</trivia start:" in texts(answer(listed))
    assert "Only dramas that I have seen" in texts(answer(listed))


async def test_what_is_marked_is_offered_for_taking_off_and_not_for_marking(world: World) -> None:
    await world.alice.slash(world.channel, "seen add", drama=GOBLIN)
    for typed in ("goblin", "도깨"):
        offered = await world.alice.autocomplete(world.channel, "seen add", "drama", typed)
        assert GOBLIN not in [choice["value"] for choice in offered]
    offered = await world.alice.autocomplete(world.channel, "seen remove", "drama", "")
    assert [choice["value"] for choice in offered] == [GOBLIN]
    assert await world.bora.autocomplete(world.channel, "seen remove", "drama", "") == []
    removed = await world.alice.slash(world.channel, "seen remove", drama=GOBLIN)
    assert "is off your list" in texts(answer(removed))
    assert "Your list is empty" in texts(answer(await world.alice.slash(world.channel, "seen list")))


async def test_text_that_was_never_offered_is_understood_or_refused(world: World) -> None:
    assert "is on your list" in texts(answer(await world.alice.slash(world.channel, "seen add", drama="Mr. Queen")))
    again = await world.alice.slash(world.channel, "seen add", drama="철인왕후")
    assert again.ephemeral
    assert texts(answer(again)) == "“Mr. Queen” is on your list already."
    unknown = await world.alice.slash(world.channel, "seen add", drama="**no such thing** @everyone")
    assert "I know no drama “\\*\\*no such thing" in texts(answer(unknown))
    other = await world.alice.slash(world.channel, "seen remove", drama="vincenzo")
    assert texts(answer(other)) == "“Vincenzo” is not on your list."


async def test_a_long_list_turns_its_pages_after_a_restart_too(world: World) -> None:
    seen = world.bot.services.seen
    dramas = [*world.bot.services.articles.library.dramas][:40]
    for drama_id in dramas:
        await seen.add(world.alice.id, drama_id, world.env.now())
    page = answer(await world.alice.slash(world.channel, "seen list"))
    shown = texts(page)
    assert shown.count("\n- ") == 15
    await world.restart()
    for label in ("Next (1/3)", "Next (2/3)"):
        shown += texts(answer(await world.alice.click(page, label=label)))
    assert buttons(page)["Next (3/3)"]["disabled"]
    titles = [world.bot.services.articles.library.dramas[drama_id].title for drama_id in dramas]
    assert [title.en for title in titles if str(title.ko) not in shown] == []


async def test_the_list_is_kept_in_a_direct_message_and_holds_everywhere(world: World) -> None:
    fan = world.env.create_user("fan")
    assert "is on your list" in texts(answer(await fan.slash("seen add", drama=GOBLIN)))
    assert "One drama" in texts(answer(await fan.slash("seen list")))


async def test_a_korean_member_reads_korean_titles_first(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    title = world.bot.services.articles.library.dramas[GOBLIN].title
    offered = await world.bora.autocomplete(world.channel, "seen add", "drama", "goblin")
    assert offered[0]["name"] == f"{title.ko} (2016)"
    added = await world.bora.slash(world.channel, "seen add", drama=GOBLIN)
    assert texts(answer(added)).startswith(str(title.ko))


async def test_deleting_ones_data_takes_the_list(world: World) -> None:
    await world.alice.slash(world.channel, "seen add", drama=GOBLIN)
    asked = await world.alice.slash(world.channel, "privacy delete")
    assert "One record is yours." in texts(answer(asked))
    await world.alice.click(answer(asked), label="Delete my data")
    assert "Your list is empty" in texts(answer(await world.alice.slash(world.channel, "seen list")))
