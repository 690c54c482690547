"""What a press does in ships: vote, ask for one's own vote, fill in the form for a poll."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import discord
from discord import app_commands

from bot.domain.polls import MOST_COUPLES, Poll
from bot.services.ships import Vote
from bot.ui import channels
from bot.ui.interaction import Client, Interaction, guild_locale, private_phrases
from bot.ui.pages import notice, plain, submitted
from bot.ui.place import postable_channel
from bot.ui.reply import announce, redraw, whisper
from bot.ui.transformers import choice
from bot.ui.ways import SHIP
from cogs.ships import render

A_DAY: Final = timedelta(days=1)


def couple_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for a couple that is being typed."""
    ships, _ = interaction.client.services.ships, private_phrases(interaction)
    return [
        choice(f"{_.of(couple.name)} · {_.of(ships.drama_of(couple).title)}", couple.id)
        for couple in ships.suggest(typed)
    ]


async def open_poll(interaction: Interaction, couples: Sequence[str], duration: timedelta) -> None:
    """Open a poll and show it to the channel."""
    guild_id, channel_id = postable_channel(interaction)
    client = interaction.client
    poll = await client.services.ships.open(
        guild_id=guild_id,
        channel_id=channel_id,
        creator_id=interaction.user.id,
        request_id=interaction.id,
        locale=guild_locale(interaction),
        couples=couples,
        duration=duration,
        now=interaction.created_at,
    )
    message_id = await announce(interaction, render.poll_card(poll, client.catalogue[poll.language]))
    await client.services.ships.shown(poll.id, message_id)


async def vote(interaction: Interaction, poll_id: int, option: int) -> None:
    """Count a vote; the answer to the click is the moved tally itself."""
    client = interaction.client
    poll = await client.services.ships.vote(Vote(poll_id, interaction.user.id, option, interaction.created_at))
    await _learn_message(interaction, poll)
    try:
        await redraw(interaction, render.poll_card(poll, client.catalogue[poll.language]))
    except discord.HTTPException:
        settle(client, poll_id)  # the vote is stored, but the answer to the click was not taken
        raise
    now = await client.services.ships.find(poll_id)
    if now is not None and (now.version, now.closed_at) != (poll.version, poll.closed_at):
        settle(client, poll_id)  # a vote or the close was stored meanwhile, and the edits may arrive in any order


async def my_vote(interaction: Interaction, poll_id: int) -> None:
    """Tell the member privately what she has chosen."""
    poll, option = await interaction.client.services.ships.my_vote(poll_id, interaction.user.id)
    await _learn_message(interaction, poll)
    _ = private_phrases(interaction)
    if option is None:
        text = _("You have not voted in this poll yet.")
    elif poll.is_open(interaction.created_at):
        text = _(
            "You voted for {couple}. To change it, vote for another couple.", couple=_couple(poll, option, interaction)
        )
    else:
        text = _("You voted for {couple}.", couple=_couple(poll, option, interaction))
    await whisper(interaction, notice(text))


async def show_form(interaction: Interaction, article_id: str) -> None:
    """Open the form for a poll, with the couples of an article chosen already."""
    services, _ = interaction.client.services, private_phrases(interaction)
    article = services.articles.get(article_id) if article_id else None
    await interaction.response.send_modal(render.poll_form(services.ships, article, _))


async def form_filled(interaction: Interaction) -> None:
    """Open the poll that the form describes."""
    entered = submitted(interaction)
    seconds = int(entered["duration"][0])
    await open_poll(interaction, entered["couples"][:MOST_COUPLES], timedelta(seconds=seconds))


async def _learn_message(interaction: Interaction, poll: Poll) -> None:
    """Note the message of a poll whose announcement was the last thing before the plug was pulled."""
    if poll.message_id is None and interaction.message is not None:
        await interaction.client.services.ships.shown(poll.id, interaction.message.id)


def settle(client: Client, poll_id: int) -> None:
    """Have the message of a poll drawn once more, after a burst of votes."""
    client.settler.touch(("poll", poll_id), lambda: draw_poll(client, poll_id))


async def draw_poll(client: Client, poll_id: int) -> None:
    """Draw the message of a poll as the poll stands; one that is closed is posted where its message is gone."""
    poll = await client.services.ships.find(poll_id)
    if poll is None or (poll.message_id is None and poll.closed_at is None):
        return
    page = render.poll_card(poll, client.catalogue[poll.language])
    if poll.closed_at is None and poll.message_id is not None:
        await channels.edit(client, poll.channel_id, poll.message_id, page)
        return
    message_id = await channels.edit_or_post(client, poll.channel_id, poll.message_id, page, f"poll-{poll.id}")
    if message_id != poll.message_id:
        await client.services.ships.shown(poll.id, message_id)


def _couple(poll: Poll, option: int, interaction: Interaction) -> str:
    return plain(private_phrases(interaction).of(poll.options[option].label))


ROUTES = {render.VOTE: vote, render.MY_VOTE: my_vote, SHIP: show_form, render.FORM: form_filled}
