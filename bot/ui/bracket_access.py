"""Which bracket a member means, and whether she leads it."""

from typing import Final

from bot.domain.bracket import Bracket, Phase, check_runner
from bot.errors import NoSuchBracket
from bot.ui.interaction import Interaction, is_manager
from bot.ui.place import guild_channel

LISTED: Final = 100
"""Brackets of a server that can be looked up: the newest."""
LONGEST_ID: Final = 19
"""Digits of the largest id of a row."""


async def bracket_of(interaction: Interaction, bracket_id: int, *, on_card: bool = True) -> Bracket:
    """Return a bracket of this server; a message for all that was pressed is its card, where `on_card`.

    Raises:
        NoSuchBracket: there is none, or it is of another server.
    """
    bracket = await interaction.client.services.brackets.get(bracket_id)
    if bracket.guild_id != guild_channel(interaction)[0]:
        raise NoSuchBracket
    if on_card:
        await _learn_card(interaction, bracket)
    return bracket


async def led_bracket(interaction: Interaction, bracket_id: int) -> Bracket:
    """Return a bracket that the member leads: she started it, or may manage the server.

    Raises:
        NoSuchBracket: there is none, or it is of another server.
        NotYourBracket: she does not lead it.
    """
    bracket = await bracket_of(interaction, bracket_id)
    check_runner(bracket, interaction.user.id, is_manager=is_manager(interaction))
    return bracket


async def nominating_bracket(interaction: Interaction) -> Bracket:
    """Return the bracket of the channel, or the only one of the server that takes nominations.

    Raises:
        NoSuchBracket: there is neither.
    """
    guild_id, channel_id = guild_channel(interaction)
    service = interaction.client.services.brackets
    here = await service.find_on(channel_id)
    if here is not None:
        return here
    open_ones = [one for one in await service.list(guild_id, LISTED) if one.phase is Phase.NOMINATING]
    if len(open_ones) != 1:
        raise NoSuchBracket
    return open_ones[0]


async def named_bracket(interaction: Interaction, text: str | None) -> Bracket:
    """Return the bracket that was chosen; without a choice the one of the channel, or the newest.

    Raises:
        NoSuchBracket: there is none, or it is of another server.
    """
    guild_id, channel_id = guild_channel(interaction)
    service = interaction.client.services.brackets
    if text is not None:
        bracket = await service.find(int(text)) if text.isdecimal() and len(text) < LONGEST_ID else None
    else:
        bracket = await service.find_on(channel_id) or next(iter(await service.list(guild_id, 1)), None)
    if bracket is None or bracket.guild_id != guild_id:
        raise NoSuchBracket
    return bracket


async def _learn_card(interaction: Interaction, bracket: Bracket) -> None:
    """Note the card of a bracket whose announcement was the last thing before the plug was pulled."""
    message = interaction.message
    if bracket.message_id is not None or message is None or message.flags.ephemeral:
        return
    if interaction.channel_id == bracket.channel_id:
        await interaction.client.services.brackets.shown(bracket.id, message.id, interaction.created_at)
