"""Where an interaction comes from, and whether Adlib may write there later, when nobody is asking."""

import discord

from bot.errors import CannotPostHere, ChannelElsewhere, GuildOnly
from bot.ui.interaction import Client, Interaction, private_phrases
from bot.ui.refused import MISSING_ACCESS, MISSING_PERMISSIONS


def guild_of(interaction: Interaction) -> int | None:
    """Return the id of the guild; None in a DM, and in a guild that has not installed Adlib itself, a member has.

    Who presses need not be that member: Discord names whose installations brought the interaction, and discord.py tells
    of the presser's own only.
    """
    owners = interaction._integration_owners  # pyright: ignore[reportPrivateUsage]
    return None if owners and not interaction.is_guild_integration() else interaction.guild_id


def guild_channel(interaction: Interaction) -> tuple[int, int]:
    """Return the ids of guild and channel.

    Raises:
        GuildOnly: it comes from a DM, or from a guild where only the member has installed Adlib.
    """
    guild_id = guild_of(interaction)
    if guild_id is None or interaction.channel_id is None:
        raise GuildOnly
    return guild_id, interaction.channel_id


def postable_channel(interaction: Interaction) -> tuple[int, int]:
    """Return the ids of guild and channel, where Adlib may post.

    Raises:
        GuildOnly: as for `guild_channel`.
        CannotPostHere: a permission is missing; it names which.
    """
    place = guild_channel(interaction)
    _, granted = private_phrases(interaction), interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    wanted = {
        _("View Channel"): granted.view_channel,
        _("Send Messages in Threads") if in_thread else _("Send Messages"): (
            granted.send_messages_in_threads if in_thread else granted.send_messages
        ),
    }
    missing = [name for name, given in wanted.items() if not given]
    if missing:
        raise CannotPostHere(permissions=", ".join(missing))
    return place


async def check_writable(client: Client, channel_id: int) -> None:
    """See that Adlib may write to a channel, by beginning to type there.

    Discord asks for the permission to send, though its reference does not say so. Any other refusal tells nothing.

    Raises:
        discord.Forbidden: Adlib does not see the channel, or may not send messages to it.
    """
    try:
        await client.http.send_typing(channel_id)
    except discord.HTTPException as error:
        if error.code in (MISSING_ACCESS, MISSING_PERMISSIONS):
            raise


async def check_channel(client: Client, guild_id: int, channel_id: int) -> None:
    """See that a channel that was chosen is one of the guild, and that Adlib sees it.

    Raises:
        ChannelElsewhere: it is another guild's, or gone.
        discord.Forbidden: Adlib does not see it.
    """
    try:
        channel = await client.http.get_channel(channel_id)
    except discord.NotFound as error:
        raise ChannelElsewhere from error
    if int(channel.get("guild_id", 0)) != guild_id:
        raise ChannelElsewhere
