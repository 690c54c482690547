"""Options that arrive in a cog as what the rules speak of, or are refused before it."""

from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot.domain.durations import parse_duration
from bot.text.formats import say_duration
from bot.ui.interaction import Interaction, language_of

OFFERED = (timedelta(minutes=30), timedelta(hours=2), timedelta(days=1), timedelta(days=3), timedelta(days=7))


class _Duration(app_commands.Transformer):
    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> timedelta:
        return parse_duration(str(value))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        language = language_of(interaction.locale)
        said = [(say_duration(duration, language), f"{int(duration.total_seconds()) // 60}m") for duration in OFFERED]
        return [
            app_commands.Choice(name=name, value=text) for name, text in said if value.casefold() in name.casefold()
        ]


Duration = app_commands.Transform[timedelta, _Duration]
"""A length of time, typed ("90m", "2h", "1d 12h", "2시간") or chosen."""
