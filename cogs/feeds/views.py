"""What the commands and buttons of feeds do. Every button asks again whether the member may manage the guild."""

from bot.domain.feed_words import read_words
from bot.domain.feeds import FeedState, Filter, Rhythm
from bot.domain.library import Drama, Person
from bot.errors import ManagersOnly, Outdated
from bot.services.feed_previews import FeedWish
from bot.services.feeds import FeedService, Followed
from bot.ui import feed_previews
from bot.ui.actions import chosen
from bot.ui.feed_posts import RETRY
from bot.ui.interaction import Interaction, guild_locale, is_manager, private_phrases
from bot.ui.pages import Page, notice
from bot.ui.place import check_channel, check_writable, guild_channel, postable_channel
from bot.ui.reply import redraw, whisper
from cogs.feeds import render


def wanted(drama: Drama | None, person: Person | None, words: str | None) -> Filter:
    """Return what was given in the options of a command as a filter."""
    taken, without = read_words(words or "")
    return Filter((drama.id,) if drama else (), (person.name,) if person else (), taken, without)


async def add(interaction: Interaction, wish: FeedWish) -> None:
    """Show what a feed would bring to the channel, before it is followed."""
    guild_id, here = guild_channel(interaction)
    if wish.channel_id == here:
        postable_channel(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)  # websites take their time
    if wish.channel_id != here:
        await check_channel(interaction.client, guild_id, wish.channel_id)
    preview = await interaction.client.services.feed_previews.draft(
        wish,
        guild_id=guild_id,
        adder_id=interaction.user.id,
        locale=guild_locale(interaction),
        now=interaction.created_at,
    )
    await whisper(
        interaction, feed_previews.preview_page(preview, 0, _feeds(interaction).named, private_phrases(interaction))
    )


async def follow(interaction: Interaction, feed_id: int, with_newest: int) -> None:
    """Follow a draft; where Adlib may not write, nothing is followed."""
    guild_id, previews, now = _managed(interaction), interaction.client.services.feed_previews, interaction.created_at
    await interaction.response.defer()
    draft = await previews.ready(guild_id, feed_id, now)
    if draft.state is FeedState.DRAFT:
        await check_writable(interaction.client, draft.channel_id)
    await previews.follow(guild_id, feed_id, now, with_newest=bool(with_newest))
    _ = private_phrases(interaction)
    note = _("Followed. /feed list finds it again.")
    await _show(interaction, await _feeds(interaction).get(guild_id, feed_id), note)


async def cancel(interaction: Interaction, feed_id: int) -> None:
    """Forget a draft; one that somebody has followed meanwhile is shown as the feed that it is."""
    guild_id, _ = _managed(interaction), private_phrases(interaction)
    if await interaction.client.services.feed_previews.discard(guild_id, feed_id):
        await _show(interaction, await _feeds(interaction).get(guild_id, feed_id), _("It is followed already."))
    else:
        await redraw(interaction, notice(_("Nothing is followed.")))


async def turn_preview(interaction: Interaction, feed_id: int, page: int) -> None:
    """Show another page of a preview."""
    await _preview(interaction, feed_id, page, fresh=False)


async def look(interaction: Interaction, feed_id: int) -> None:
    """Ask the website again, and show what is in its feed."""
    await _preview(interaction, feed_id, 0, fresh=True)


async def preview(interaction: Interaction, feed_id: int) -> None:
    """Show what is in a feed of the guild now."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    shown = await interaction.client.services.feed_previews.show(
        guild_channel(interaction)[0], feed_id, interaction.created_at, fresh=True
    )
    await whisper(
        interaction, feed_previews.preview_page(shown, 0, _feeds(interaction).named, private_phrases(interaction))
    )


async def show_list(interaction: Interaction) -> None:
    """Show the guild's feeds."""
    await whisper(interaction, await _list_page(interaction, guild_channel(interaction)[0], 0))


async def turn_list(interaction: Interaction, page: int) -> None:
    """Show another page of the guild's feeds."""
    await redraw(interaction, await _list_page(interaction, _managed(interaction), page))


async def choose(interaction: Interaction) -> None:
    """Show the page of the chosen feed."""
    await show(interaction, _number(chosen(interaction)[0]))


async def show(interaction: Interaction, feed_id: int) -> None:
    """Show the page of a feed."""
    await _show(interaction, await _feeds(interaction).get(_managed(interaction), feed_id))


async def add_filters(interaction: Interaction, feed_id: int, more: Filter) -> None:
    """Add to the filters of a feed, and show its page."""
    guild_id = guild_channel(interaction)[0]
    await _whisper(interaction, await _feeds(interaction).add_filters(guild_id, feed_id, more))


async def drop_filters(interaction: Interaction, feed_id: int) -> None:
    """Take the chosen filters away."""
    dropped = render.parse_dropped(chosen(interaction))
    await _show(interaction, await _feeds(interaction).drop_filters(_managed(interaction), feed_id, dropped))


async def set_rhythm(interaction: Interaction, feed_id: int) -> None:
    """Change when a feed is posted."""
    guild_id, now = _managed(interaction), interaction.created_at
    (rhythm,) = chosen(interaction)
    if rhythm not in set(Rhythm):
        raise Outdated
    await _show(interaction, await _feeds(interaction).set_rhythm(guild_id, feed_id, now, rhythm=Rhythm(rhythm)))


async def set_hour(interaction: Interaction, feed_id: int) -> None:
    """Change the hour of the digests of a feed."""
    guild_id, now = _managed(interaction), interaction.created_at
    hour = _number(chosen(interaction)[0])
    if hour not in range(24):
        raise Outdated
    await _show(interaction, await _feeds(interaction).set_rhythm(guild_id, feed_id, now, hour=hour))


async def set_channel(interaction: Interaction, feed_id: int) -> None:
    """Post a feed in another channel, if Adlib may write there."""
    guild_id, channel_id = _managed(interaction), _number(chosen(interaction)[0])
    service, client = _feeds(interaction), interaction.client
    await interaction.response.defer()
    await check_channel(client, guild_id, channel_id)
    await service.check_channel(guild_id, feed_id, channel_id)
    await check_writable(client, channel_id)
    moved = await service.set_channel(guild_id, feed_id, channel_id, interaction.created_at)
    _ = private_phrases(interaction)
    stands_still = moved.feed.state is not FeedState.FOLLOWED
    await _show(interaction, moved, _("Nothing comes before you press Resume.") if stands_still else "")


async def set_role(interaction: Interaction, feed_id: int) -> None:
    """Mention a role in every post; @everyone, whose id is the guild's, is none that Adlib mentions."""
    guild_id, role_id = _managed(interaction), _number(chosen(interaction)[0])
    _ = private_phrases(interaction)
    changed = await _feeds(interaction).set_role(guild_id, feed_id, None if role_id == guild_id else role_id)
    note = _("Discord notifies its members if everybody may mention that role (Server Settings, Roles).")
    await _show(interaction, changed, note if changed.feed.role_id else "")


async def set_no_role(interaction: Interaction, feed_id: int) -> None:
    """Mention nobody."""
    await _show(interaction, await _feeds(interaction).set_role(_managed(interaction), feed_id, None))


async def pause(interaction: Interaction, feed_id: int) -> None:
    """Stop a feed for a while."""
    await _show(interaction, await _feeds(interaction).pause(_managed(interaction), feed_id, interaction.created_at))


async def pause_named(interaction: Interaction, feed_id: int) -> None:
    """Stop a feed for a while, and show its page."""
    guild_id = guild_channel(interaction)[0]
    await _whisper(interaction, await _feeds(interaction).pause(guild_id, feed_id, interaction.created_at))


async def resume(interaction: Interaction, feed_id: int) -> None:
    """Go on with a feed."""
    await _show(interaction, await _feeds(interaction).resume(_managed(interaction), feed_id, interaction.created_at))


async def resume_named(interaction: Interaction, feed_id: int) -> None:
    """Go on with a feed, and show its page."""
    guild_id = guild_channel(interaction)[0]
    await _whisper(interaction, await _feeds(interaction).resume(guild_id, feed_id, interaction.created_at))


async def retry(interaction: Interaction, feed_id: int) -> None:
    """Go on with a feed from the message that said it was given up; that message stays for everybody."""
    guild_id = _managed(interaction)
    await _whisper(interaction, await _feeds(interaction).resume(guild_id, feed_id, interaction.created_at))


async def ask_removal(interaction: Interaction, feed_id: int) -> None:
    """Ask once more."""
    followed = await _feeds(interaction).get(_managed(interaction), feed_id)
    await redraw(interaction, render.removal_question(followed.feed, private_phrases(interaction)))


async def remove_named(interaction: Interaction, feed_id: int) -> None:
    """Ask whether to remove a feed."""
    followed = await _feeds(interaction).get(guild_channel(interaction)[0], feed_id)
    await whisper(interaction, render.removal_question(followed.feed, private_phrases(interaction)))


async def remove(interaction: Interaction, feed_id: int) -> None:
    """Remove a feed."""
    gone = await _feeds(interaction).remove(_managed(interaction), feed_id)
    await redraw(interaction, render.removed(gone, private_phrases(interaction)))


def _feeds(interaction: Interaction) -> FeedService:
    return interaction.client.services.feeds


def _managed(interaction: Interaction) -> int:
    if not is_manager(interaction):
        raise ManagersOnly
    return guild_channel(interaction)[0]


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 19:
        raise Outdated
    return int(text)


async def _preview(interaction: Interaction, feed_id: int, page: int, *, fresh: bool) -> None:
    guild_id, previews = _managed(interaction), interaction.client.services.feed_previews
    await interaction.response.defer()
    shown = await previews.show(guild_id, feed_id, interaction.created_at, fresh=fresh)
    _ = private_phrases(interaction)
    await redraw(interaction, feed_previews.preview_page(shown, page, _feeds(interaction).named, _))


async def _list_page(interaction: Interaction, guild_id: int, page: int) -> Page:
    service = _feeds(interaction)
    settings = await interaction.client.services.settings.get(guild_id)
    listed = await service.list(guild_id)
    return render.feed_list(listed, page, settings.time_zone, service.named, private_phrases(interaction))


async def _page(interaction: Interaction, followed: Followed, note: str) -> Page:
    settings = await interaction.client.services.settings.get(followed.feed.guild_id)
    naming = _feeds(interaction).named
    return render.feed_page(followed, settings.time_zone, naming, private_phrases(interaction), note)


async def _show(interaction: Interaction, followed: Followed, note: str = "") -> None:
    await redraw(interaction, await _page(interaction, followed, note))


async def _whisper(interaction: Interaction, followed: Followed) -> None:
    await whisper(interaction, await _page(interaction, followed, ""))


ROUTES = {
    RETRY: retry,
    feed_previews.PREVIEW: turn_preview,
    feed_previews.LOOK: look,
    feed_previews.FOLLOW: follow,
    feed_previews.CANCEL: cancel,
    render.LIST: turn_list,
    render.CHOOSE: choose,
    feed_previews.SHOW: show,
    render.PAUSE: pause,
    render.RESUME: resume,
    render.DROP: drop_filters,
    render.RHYTHM: set_rhythm,
    render.HOUR: set_hour,
    render.CHANNEL: set_channel,
    render.ROLE: set_role,
    render.NO_ROLE: set_no_role,
    render.REMOVE: ask_removal,
    render.REMOVE_NOW: remove,
}
