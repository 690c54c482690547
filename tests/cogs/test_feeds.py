"""Following feeds on screen: the preview, the posts, the page of a feed and its buttons."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.feeds import FeedState, Rhythm
from bot.errors import SiteRefused
from tests.cogs.feeds import (
    GOBLIN,
    URL,
    Websites,
    add,
    follow,
    item,
    later,
    pings,
    posts,
    shown_by,
    stored,
    websites,
)
from tests.cogs.world import World, answer, buttons, menus, texts

__all__ = ["websites"]


async def test_a_preview_says_of_every_entry_whether_it_would_be_posted_and_why_not(
    websites: Websites, world: World
) -> None:
    now = world.env.now()
    websites.pages[URL] = [
        item(1, "‘Goblin’ returns"),
        item(2, "Nothing to see"),
        item(3, "‘Goblin’ recap"),
        item(4, "‘Goblin’ in 2019", published_at=now - timedelta(days=400)),
        item(5, "‘Goblin’ again", url="https://news.example/1"),
        item(6, "‘Goblin’ without a link", url=None),
    ]
    preview = await add(world, drama=GOBLIN, words="-recap")
    assert preview.ephemeral
    page = shown_by(preview)
    told = texts(page)
    assert "6 entries in the feed now" in told
    assert "its filters take 1" in told
    assert "Yes: it names Guardian" in told
    assert "No: no filter takes it." in told
    assert "No: it holds “recap”." in told
    assert "No: it is older than 7 days." in told
    assert "No: another entry has the same link." in told
    assert "without a link" not in told
    turned = await world.mina.click(page, label="Next (1/2)")
    assert "No: it has no link to a web page." in texts(shown_by(turned))
    assert list(buttons(shown_by(turned))) == [
        "Back", "Next (2/2)", "Follow", "Follow and post the newest", "Cancel",
    ]  # fmt: skip
    assert posts(world) == []


async def test_following_tells_the_channel_and_posts_what_comes_after_once(websites: Websites, world: World) -> None:
    await follow(world)
    (told,) = posts(world)
    assert "News of this feed comes to this channel from now on" in told
    websites.pages[URL] = [item(2, "‘Goblin’ returns"), item(1)]
    await later(world)
    _told, posted = posts(world)
    assert "[‘Goblin’ returns](https://news.example/2)" in posted
    assert "Soompi · <t:" in posted
    assert "about Guardian" in posted
    await later(world, timedelta(hours=3))
    assert len(posts(world)) == 2


async def test_following_with_the_newest_posts_that_one_at_once(websites: Websites, world: World) -> None:
    websites.pages[URL] = [item(2), item(1)]
    await follow(world, "Follow and post the newest")
    await world.env.advance_time(5)
    _told, posted = posts(world)
    assert "Headline 2" in posted
    assert "Headline 1" not in posted


async def test_a_preview_that_is_cancelled_is_gone(websites: Websites, world: World) -> None:
    websites.pages["https://other.example"] = [item(1)]
    await follow(world, url="https://other.example")
    page = shown_by(await add(world))
    custom_id = buttons(page)["Follow"]["custom_id"]
    cancelled = await world.mina.click(page, label="Cancel")
    assert texts(shown_by(cancelled)) == "Nothing is followed."
    again = world.post_click(world.mina, world.last, custom_id)
    await world.env.settle()
    assert "That preview is no longer there." in texts(shown_by(again))
    assert len(posts(world)) == 1


async def test_a_preview_that_somebody_has_followed_meanwhile_cannot_be_cancelled_and_shows_the_feed(
    websites: Websites, world: World
) -> None:
    page = shown_by(await add(world))
    custom_id = buttons(page)["Cancel"]["custom_id"]
    await world.mina.click(page, label="Follow")
    await world.env.advance_time(1)
    pressed = world.post_click(world.mina, world.last, custom_id)
    await world.env.settle()
    cancelled = shown_by(pressed)
    assert "It is followed already." in texts(cancelled)
    assert "Pause" in buttons(cancelled)
    assert len(await world.bot.services.feeds.list(world.guild.id)) == 1


async def test_of_two_previews_of_one_feed_only_one_is_followed_and_the_channel_is_told_once(
    websites: Websites, world: World
) -> None:
    pages = [shown_by(await add(world)) for _page in range(2)]
    answers = [await world.mina.click(page, label="Follow") for page in pages]
    await world.env.advance_time(1)
    assert "That channel follows this feed already." in texts(shown_by(answers[1]))
    (told,) = posts(world)
    assert "News of this feed comes to this channel from now on: at once." in told


async def test_pressing_follow_twice_follows_once(websites: Websites, world: World) -> None:
    websites.pages["https://other.example"] = [item(1)]
    await follow(world, url="https://other.example")
    custom_id = buttons(shown_by(await add(world)))["Follow"]["custom_id"]
    for _again in range(2):
        world.post_click(world.mina, world.last, custom_id)
    await world.env.settle()
    assert len(await world.bot.services.feeds.list(world.guild.id)) == 2
    nonces = {
        (request.json or {}).get("nonce")
        for request in world.env.http_requests
        if request.method == "POST" and request.path == f"/channels/{world.channel.id}/messages"
    }
    assert len(nonces) == 2


async def test_a_preview_can_be_followed_after_a_restart(websites: Websites, world: World) -> None:
    page = shown_by(await add(world))
    await world.restart(timedelta(hours=2))
    await world.mina.click(page, label="Follow")
    assert len(await world.bot.services.feeds.list(world.guild.id)) == 1


async def test_a_post_has_a_menu_that_opens_the_article_and_the_drama(websites: Websites, world: World) -> None:
    await follow(world)
    websites.pages[URL] = [item(2, "‘Goblin’ returns"), item(1)]
    await later(world)
    (menu,) = menus(world.last)
    values = [option["value"] for option in menu["options"]]
    assert values[0].startswith("article:own/")
    assert values[1] == f"drama:{GOBLIN}"
    opened = await world.alice.select(world.last, [values[0]], custom_id=menu["custom_id"])
    assert opened.ephemeral
    assert "‘Goblin’ returns" in texts(shown_by(opened))


async def test_marks_of_a_headline_neither_format_nor_mention_nor_end_the_link(
    websites: Websites, world: World
) -> None:
    await follow(world)
    websites.pages[URL] = [
        item(
            2, "[x](https://evil.example) @everyone <@&1> **bold** `code` ||spoiler||", url="https://news.example/a_(b)"
        ),
    ]
    await later(world)
    posted = posts(world)[-1]
    assert "(https://news.example/a_%28b%29)" in posted
    assert "](https://evil" not in posted
    assert "@everyone" not in posted
    assert "\\<@&1>" in posted
    assert "**bold" not in posted


async def test_only_the_role_that_was_chosen_may_be_mentioned_and_only_in_posts(
    websites: Websites, world: World
) -> None:
    role = world.guild.create_role("news")
    await follow(world, role=role)
    websites.pages[URL] = [item(2), item(1)]
    await later(world)
    assert f"<@&{role.id}>" in posts(world)[-1]
    told, posted = pings(world)
    assert not told.get("roles")
    assert told["parse"] == []
    assert [int(one) for one in posted["roles"]] == [role.id]
    assert posted["parse"] == []


async def test_everyone_is_no_role_that_is_mentioned(websites: Websites, world: World) -> None:
    feed_id = await follow(world, role=world.guild.default_role)
    assert (await stored(world, feed_id)).role_id is None


async def test_the_list_leads_to_the_page_of_a_feed_where_everything_can_be_changed(
    websites: Websites, world: World
) -> None:
    feed_id = await follow(world, drama=GOBLIN, words="wedding, -recap")
    listed = answer(await world.mina.slash(world.channel, "feed list"))
    assert "Posts what names Guardian" in texts(listed)
    assert "Leaves out what contains “recap”" in texts(listed)
    assert "nothing posted yet" in texts(listed)
    page = shown_by(await world.mina.select(listed, [str(feed_id)]))
    await choose(world, page, "feed-rhythm", "daily")
    await choose(world, page, "feed-hour", "18")
    await choose(world, page, "feed-drop", "words:wedding", "without:recap")
    changed = await stored(world, feed_id)
    assert (changed.rhythm, changed.hour, len(changed.filter)) == (Rhythm.DAILY, 18, 1)
    more = await world.mina.slash(world.channel, "feed filter", feed=str(feed_id), person="Gong Yoo", words="cast")
    assert "Gong Yoo" in texts(answer(more))
    assert (await stored(world, feed_id)).filter.people == ("Gong Yoo",)


async def choose(world: World, page: Any, action: str, *values: str) -> None:
    """Choose in the menu of a feed's page; as the page was before it changed."""
    feed_id = menus(page)[0]["custom_id"].split(":")[2]
    world.post_click(world.mina, world.last, f"v1:{action}:{feed_id}", list(values))
    await world.env.settle()


async def test_a_feed_is_paused_resumed_and_removed_after_a_second_word(websites: Websites, world: World) -> None:
    feed_id = await follow(world)
    paused = answer(await world.mina.slash(world.channel, "feed pause", feed=str(feed_id)))
    assert "paused" in texts(paused)
    assert (await stored(world, feed_id)).state is FeedState.PAUSED
    resumed = await world.mina.click(paused, label="Resume")
    assert (await stored(world, feed_id)).state is FeedState.FOLLOWED
    asked = await world.mina.click(shown_by(resumed), label="Remove")
    assert "Articles that it brought stay" in texts(shown_by(asked))
    removed = await world.mina.click(shown_by(asked), label="Remove it")
    assert "is removed." in texts(shown_by(removed))
    assert await world.bot.services.feeds.list(world.guild.id) == []


async def test_a_fresh_preview_of_a_followed_feed_says_what_has_become_of_its_entries(
    websites: Websites, world: World
) -> None:
    feed_id = await follow(world)
    websites.pages[URL] = [item(2), item(1)]
    await later(world)
    shown = shown_by(await world.mina.slash(world.channel, "feed preview", feed=str(feed_id)))
    new, known = texts(shown).splitlines()[-3], texts(shown).splitlines()[-1]
    assert new.startswith("Posted <t:")
    assert known.startswith("No: it was there before you followed the feed. · known since <t:")
    assert "filter" not in texts(shown)
    assert list(buttons(shown)) == ["Look again", "Back to the feed"]


async def test_a_preview_of_a_followed_feed_says_what_became_of_an_entry_whatever_its_filters_are_now(
    websites: Websites, world: World
) -> None:
    feed_id = await follow(world, words="wedding")
    websites.pages[URL] = [item(2, "A cast"), item(1)]
    await later(world)
    await world.mina.slash(world.channel, "feed filter", feed=str(feed_id), words="cast")
    websites.pages[URL] = [item(4, "A cast", url="https://news.example/1"), item(3, "Cast"), item(2, "A cast"), item(1)]
    shown = texts(shown_by(await world.mina.slash(world.channel, "feed preview", feed=str(feed_id))))
    verdicts = [line.split(" · ")[0] for line in shown.splitlines() if line.startswith(("Yes", "No", "Posted"))]
    assert verdicts == [
        "No: another entry has the same link.",
        "Yes: it names “cast”.",
        "No: no filter takes it.",
        "No: it was there before you followed the feed.",
    ]
    assert "its filters take" not in shown


async def test_a_preview_without_filters_speaks_of_none(websites: Websites, world: World) -> None:
    websites.pages[URL] = [item(1, "Nothing to see")]
    assert "its filters take" not in texts(shown_by(await add(world)))
    with_word = texts(shown_by(await add(world, words="-recap")))
    assert "Yes: it holds nothing that is left out." in with_word
    assert "its filters take 1" in with_word


async def test_a_feed_that_cannot_be_read_says_why_and_nothing_is_stored(websites: Websites, world: World) -> None:
    websites.pages[URL] = SiteRefused(status=404)
    refused = await add(world)
    assert refused.ephemeral
    assert texts(shown_by(refused)) == "The website answered with an error (404)."
    none = await world.mina.slash(world.channel, "feed list")
    assert "This server follows no feeds yet." in texts(answer(none))


@pytest.mark.parametrize("address", ["ftp://news.example/feed", "https://me:secret@news.example/feed", "https://"])
async def test_what_is_no_web_address_is_refused(websites: Websites, world: World, address: str) -> None:
    refused = await add(world, url=address)
    assert "A link begins with https://" in texts(shown_by(refused))
    assert websites.asked == 0
