"""Where an interaction comes from, and whether Adlib may write there later, when nobody is asking."""

import discord

from bot.errors import CannotPostHere, GuildOnly
from bot.ui.interaction import Interaction, private_phrases


def guild_channel(interaction: Interaction) -> tuple[int, int]:
    """Return the ids of guild and channel.

    Raises:
        GuildOnly: it comes from a DM, or from a guild where only the member has installed Adlib.
    """
    alone = interaction.is_user_integration() and not interaction.is_guild_integration()
    if interaction.guild_id is None or interaction.channel_id is None or alone:
        raise GuildOnly
    return interaction.guild_id, interaction.channel_id


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
