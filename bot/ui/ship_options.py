"""Options of the ship commands: couples, polls, how long a poll stays open."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import discord
from discord import app_commands

from bot.domain.durations import parse_duration
from bot.domain.polls import Poll, may_carry
from bot.errors import NoSuchPoll
from bot.text.catalogue import Phrases
from bot.text.formats import say_duration
from bot.ui.interaction import Interaction, is_manager, language_of, private_phrases
from bot.ui.polls import place_of, question_of
from bot.ui.transformers import OFFERED, choice

OPEN: Final = "open"
_OPEN_WORDS: Final = {OPEN, "until closed", "no end", "forever", "열어 두기", "계속"}
_QUOTES: Final = " \t\n\"'`´“”„‟‘’‚‛«»‹›「」『』〈〉《》〝〞＂＇"
"""Taken off what was typed: the option's own description says “open” in quotes."""
_LAST_NUMBER: Final = re.compile(r"(\d{1,19})/?\s*$")


class _Couple(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str:
        return str(value)

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        _, services = private_phrases(interaction), interaction.client.services
        found = await services.couples.offer(interaction.guild_id or 0, value)
        return [choice(f"{_.of(couple.label)} · {_.of(couple.drama.title)}", couple.key) for couple in found]


CoupleText = app_commands.Transform[str, _Couple]
"""A couple, chosen (its key) or typed; the service knows which."""


class _PollTime(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> timedelta | None:
        text = str(value).strip(_QUOTES)
        return None if text.casefold() in _OPEN_WORDS else parse_duration(text)

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        language, _ = language_of(interaction.locale), private_phrases(interaction)
        said = [(say_duration(duration, language), f"{int(duration.total_seconds()) // 60}m") for duration in OFFERED]
        said.append((_("Until somebody closes it"), OPEN))
        return [choice(name, text) for name, text in said if value.casefold() in name.casefold()]


PollTime = app_commands.Transform[timedelta | None, _PollTime]
"""How long a poll stays open; None for one that somebody closes ("open"). Quotes of any kind around it are ignored."""


class _Poll(app_commands.Transformer):
    def __init__(self, *, only_open: bool = False) -> None:
        self._only_open = only_open

    async def transform(self, interaction: Interaction, value: Any, /) -> Poll:  # pyright: ignore[reportIncompatibleMethodOverride] - our client
        ships = interaction.client.services.ships
        number = _LAST_NUMBER.search(str(value))
        if number is None or int(number[1]) >= 2**63:
            raise NoSuchPoll
        of_message = await ships.of_message(int(number[1]))  # a link to it ends with the id of its message
        return await ships.get(interaction.guild_id or 0, of_message.id if of_message else int(number[1]))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        _ = private_phrases(interaction)
        found = await interaction.client.services.ships.list(interaction.guild_id or 0, only_open=self._only_open)
        user_id, manages = interaction.user.id, is_manager(interaction)
        near = [
            poll
            for poll in found
            if poll.channel_id == interaction.channel_id or may_carry(poll, user_id, is_manager=manages)
        ]
        return poll_choices(near, value, _)


PollOption = app_commands.Transform[Poll, _Poll()]
"""A poll of the guild, chosen (of this channel, one's own; managers: all), or named by a link to its message."""
OpenPoll = app_commands.Transform[Poll, _Poll(only_open=True)]
"""As `PollOption`, but only those that are open are offered."""


def poll_choices(polls: Sequence[Poll], typed: str, _: Phrases) -> list[app_commands.Choice[str]]:
    """Return the polls to offer while `typed` is being typed."""
    words = typed.casefold().split()
    named = [(_in_a_line(poll, _), str(poll.id)) for poll in polls]
    return [choice(name, key) for name, key in named if all(word in name.casefold() for word in words)][:25]


def _in_a_line(poll: Poll, _: Phrases) -> str:
    state = _("open") if poll.closed_at is None else f"{poll.closed_at:%Y-%m-%d}"
    couples = ", ".join(_.of(option.label) for option in poll.options)
    asked = place_of(poll, _) or (question_of(poll, _) if poll.question else None)
    return " · ".join(filter(None, (state, asked, couples)))
