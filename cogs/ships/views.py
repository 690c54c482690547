"""What a press does in ship polls: open one, vote, see and change one's vote, close, post again, take home."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Final

import discord

from bot.domain.polls import Poll, PollWish, Secrecy, may_carry
from bot.errors import AlreadyClosed, NoPollInMessage, PollClosed, PollElsewhere, PollPaused, PollStands
from bot.services.links import jump
from bot.services.ships import Vote, Voted
from bot.text.poll_csv import poll_table
from bot.ui import channels
from bot.ui.actions import chosen
from bot.ui.interaction import Client, Interaction, guild_locale, is_manager, private_phrases, role_ids
from bot.ui.members import refuse_members
from bot.ui.pages import notice, submitted
from bot.ui.place import guild_channel, postable_channel
from bot.ui.poll_messages import leave_behind, note_message, result_picture, settle
from bot.ui.polls import MY_VOTE, VOTE, VOTE_MENU, VOTERS, poll_card
from bot.ui.reply import announce, redraw, whisper
from bot.ui.ways import SHIP, SHIP_COUPLE, SHIP_DRAMA
from cogs.ships import render

A_DAY: Final = timedelta(days=1)


async def open_poll(interaction: Interaction, wish: PollWish) -> None:
    """Open a poll and show it to the channel."""
    guild_id, channel_id = postable_channel(interaction)
    client = interaction.client
    services = client.services
    options = await services.ships.options(guild_id, wish.couples)
    await refuse_members(interaction, services.couples.typed_halves(options))
    poll = await services.ships.open(
        wish,
        options,
        guild_id=guild_id,
        channel_id=channel_id,
        creator_id=interaction.user.id,
        request_id=interaction.id,
        locale=guild_locale(interaction),
        now=interaction.created_at,
        roles=role_ids(interaction),
        is_manager=is_manager(interaction),
    )
    page = poll_card(poll, client.catalogue[poll.language])
    try:
        message_id = await announce(interaction, page)
    except discord.HTTPException:  # it is stored: the channel gets it, if not as an answer
        message_id = await channels.post(client, channel_id, page, f"open-{poll.id}")
    await services.ships.shown(poll.id, channel_id, message_id)


async def vote(interaction: Interaction, poll_id: int, option: int) -> None:
    """Count a vote; where the tally may be seen, the answer to the click is the moved tally itself."""
    voted = await _cast(interaction, poll_id, option=option)
    if voted.poll.secrecy is Secrecy.HIDDEN:
        settle(interaction.client, voted.poll, interaction.created_at)
        await whisper(interaction, render.receipt(voted, private_phrases(interaction)))
    else:
        await _show_tally(interaction, voted)


async def vote_by_menu(interaction: Interaction, poll_id: int) -> None:
    """Count a vote for the couple chosen in the menu of a poll."""
    await vote(interaction, poll_id, int(chosen(interaction)[0]))


async def my_vote(interaction: Interaction, poll_id: int) -> None:
    """Show the member privately what she has chosen, with a menu to change it while the poll is open."""
    guild_id, _channel_id = guild_channel(interaction)
    voted = await interaction.client.services.ships.ballot(poll_id, interaction.user.id, guild_id=guild_id)
    await _learn_message(interaction, voted.poll)
    await whisper(interaction, await _mine(interaction, voted))


async def change_vote(interaction: Interaction, poll_id: int) -> None:
    """Make what is chosen in the private menu the member's ballot."""
    await _replace(interaction, poll_id, frozenset(int(number) for number in chosen(interaction)))


async def take_back(interaction: Interaction, poll_id: int) -> None:
    """Take the member's vote back."""
    await _replace(interaction, poll_id, frozenset())


async def _replace(interaction: Interaction, poll_id: int, ballot: frozenset[int]) -> None:
    voted = await _cast(interaction, poll_id, chosen=ballot, learn=False)
    settle(interaction.client, voted.poll, interaction.created_at)
    await redraw(interaction, await _mine(interaction, voted))


async def _mine(interaction: Interaction, voted: Voted) -> render.Page:
    poll = await interaction.client.services.records.poll_with_cards(voted.poll)
    return render.my_vote(replace(voted, poll=poll), interaction.created_at, private_phrases(interaction))


async def _cast(
    interaction: Interaction,
    poll_id: int,
    *,
    option: int | None = None,
    chosen: frozenset[int] | None = None,
    learn: bool = True,
) -> Voted:
    ships, at = interaction.client.services.ships, interaction.created_at
    guild_id, _channel_id = guild_channel(interaction)
    vote = Vote(poll_id, interaction.user.id, at, option, chosen, role_ids(interaction), guild_id=guild_id)
    try:
        voted = await ships.vote(vote)
    except (PollClosed, PollPaused):
        if learn:
            await _mend(interaction, poll_id)
        raise
    if learn:
        await _learn_message(interaction, voted.poll)
    return voted


async def _show_tally(interaction: Interaction, voted: Voted) -> None:
    client, poll = interaction.client, voted.poll
    try:
        await redraw(interaction, poll_card(poll, client.catalogue[poll.language]))
    except discord.HTTPException:  # stored, but the answer was not taken, maybe for edits of old messages
        settle(client, poll, interaction.created_at)
        if interaction.response.is_done():
            raise
        await whisper(interaction, render.receipt(voted, private_phrases(interaction)))
        return
    now = await client.services.ships.find(poll.id)
    if now is not None and (_moved_on(now, poll) or _is_copy(interaction, now)):
        settle(client, now, interaction.created_at)  # stored meanwhile, and the edits may arrive in any order


def _moved_on(now: Poll, poll: Poll) -> bool:
    return (now.version, now.closed_at) != (poll.version, poll.closed_at)


def _is_copy(interaction: Interaction, poll: Poll) -> bool:
    """Tell whether the press was on another message than the one that is kept up to date."""
    return interaction.message is not None and interaction.message.id != poll.message_id


async def _mend(interaction: Interaction, poll_id: int) -> None:
    """Answer a press on a card that was left behind, while Adlib might not edit it, with the card as it is now."""
    client = interaction.client
    poll = await client.services.ships.find(poll_id)
    if poll is None or (poll.closed_at is None and poll.paused_at is None):
        return
    shown = await client.services.records.poll_with_cards(poll)
    await redraw(interaction, poll_card(shown, client.catalogue[poll.language]))
    if poll.closed_at is not None:
        settle(client, poll, interaction.created_at)  # with its picture, which this may just have taken away


async def voters(interaction: Interaction, poll_id: int, page: int) -> None:
    """Show privately who voted for whom in a public poll."""
    guild_id, _channel_id = guild_channel(interaction)
    poll, shown, listed = await interaction.client.services.ships.voters(poll_id, page, guild_id=guild_id)
    answer = whisper if _is_public(interaction) else redraw
    await answer(interaction, render.voters(poll, listed, shown, private_phrases(interaction)))


def _is_public(interaction: Interaction) -> bool:
    return interaction.message is None or not interaction.message.flags.ephemeral


async def show_form(interaction: Interaction, article_id: str) -> None:
    """Open the form for a poll, with the couples of an article chosen already."""
    guild_id, _channel_id = guild_channel(interaction)
    services = interaction.client.services
    article = await services.articles.find(article_id, guild_id) if article_id else None
    dramas = services.articles.library.dramas_of(article) if article else ()
    own, others = await services.couples.of_dramas(guild_id, dramas)
    await interaction.response.send_modal(render.poll_form(own, others, services, private_phrases(interaction)))


async def show_form_of_drama(interaction: Interaction, drama_id: str) -> None:
    """Open the form for a poll, with the couples of a drama chosen already."""
    guild_id, _channel_id = guild_channel(interaction)
    services = interaction.client.services
    own, others = await services.couples.of_dramas(guild_id, [services.dramas.get(drama_id)])
    await interaction.response.send_modal(render.poll_form(own, others, services, private_phrases(interaction)))


async def show_form_of(interaction: Interaction, key: str) -> None:
    """Open the form for a poll that begins with a couple: one of the catalogue by its key, or typed names.

    Raises:
        UserError: it may not stand in a poll here; see `CoupleService.option` and `refuse_blocked`.
    """
    services, _ = interaction.client.services, private_phrases(interaction)
    guild_id, _channel_id = guild_channel(interaction)
    option = services.couples.option(key, await services.settings.get(guild_id))
    await services.couples.refuse_blocked(guild_id, option)
    couple = services.couples.find(option.couple_id or "")
    own, typed = ([couple], None) if couple else ([], (key, option.label))
    others = [other for other in (await services.couples.of_dramas(guild_id, ()))[1] if other not in own]
    await interaction.response.send_modal(render.poll_form(own, others, services, _, typed=typed))


async def form_filled(interaction: Interaction) -> None:
    """Open the poll that the form describes."""
    await open_poll(interaction, render.wish_of(submitted(interaction)))


async def close_poll(interaction: Interaction, poll: Poll) -> None:
    """Close a poll now; its result follows in a moment."""
    services, manages = interaction.client.services, is_manager(interaction)
    user_id, now = interaction.user.id, interaction.created_at
    end = services.closing.stop if poll.matchup is None else services.brackets.hurry
    try:
        await end(poll.id, user_id, is_manager=manages, now=now)
    except PollClosed as error:  # which speaks of a vote
        raise AlreadyClosed from error
    _ = private_phrases(interaction)
    await whisper(interaction, notice(_("The vote is closed; the result follows in a moment.")))


async def close_by_message(interaction: Interaction, message: discord.Message) -> None:
    """Close the poll that a message shows."""
    poll = await interaction.client.services.ships.of_message(message.id)
    if poll is None or poll.guild_id != guild_channel(interaction)[0]:
        raise NoPollInMessage
    await close_poll(interaction, poll)


async def repost(interaction: Interaction, poll: Poll) -> None:
    """Post a poll in this channel: the result of a closed one, or the vote itself, which moves here."""
    _guild_id, channel_id = postable_channel(interaction)
    _check_reach(interaction, poll)
    client, _ = interaction.client, interaction.client.catalogue[poll.language]
    if poll.closed_at is not None:
        await interaction.response.defer(thinking=True)  # pictures of other polls may be drawn first
        poll = await client.services.records.poll_with_cards(poll)
        picture = await result_picture(client.easel, poll, _) if interaction.app_permissions.attach_files else None
        await announce(interaction, poll_card(poll, _, picture), *([picture.file()] if picture else []))
        return
    if poll.message_id is not None and not may_carry(poll, interaction.user.id, is_manager=is_manager(interaction)):
        raise PollStands(link=jump(poll.guild_id, poll.channel_id, poll.message_id))
    message_id = await announce(interaction, poll_card(poll, _))
    await note_message(client, poll, channel_id, message_id, interaction.created_at)
    await leave_behind(client, poll, channel_id, message_id)
    now = await client.services.ships.find(poll.id)
    if now is not None and _moved_on(now, poll):
        settle(client, now, interaction.created_at)


def _check_reach(interaction: Interaction, poll: Poll) -> None:
    """Keep polls to those who can see their channel: Adlib cannot ask who does, so only its own channel will do."""
    here = interaction.channel_id == poll.channel_id
    if not here and not may_carry(poll, interaction.user.id, is_manager=is_manager(interaction)):
        raise PollElsewhere


async def export(interaction: Interaction, poll: Poll) -> None:
    """Give the member the result of a poll as a table."""
    _check_reach(interaction, poll)
    ships = interaction.client.services.ships
    poll = await ships.result(poll.guild_id, poll.id)
    table = poll_table(poll, () if poll.is_secret else await ships.all_voters(poll))
    file = discord.File(io.BytesIO(table), f"poll-{poll.id}.csv")
    await interaction.response.send_message(file=file, ephemeral=True)


async def touch(client: Client, poll_id: int) -> None:
    """Have the message of a poll drawn anew soon."""
    poll = await client.services.ships.find(poll_id)
    if poll is not None:
        settle(client, poll, discord.utils.utcnow())


async def _learn_message(interaction: Interaction, poll: Poll) -> None:
    """Note the message of a poll whose announcement was the last thing before the plug was pulled."""
    if poll.message_id is None and interaction.message is not None and interaction.channel_id is not None:
        await note_message(
            interaction.client, poll, interaction.channel_id, interaction.message.id, interaction.created_at
        )


ROUTES = {
    VOTE: vote,
    VOTE_MENU: vote_by_menu,
    MY_VOTE: my_vote,
    VOTERS: voters,
    render.CHANGE: change_vote,
    render.TAKE_BACK: take_back,
    SHIP: show_form,
    SHIP_COUPLE: show_form_of,
    SHIP_DRAMA: show_form_of_drama,
    render.FORM: form_filled,
}
