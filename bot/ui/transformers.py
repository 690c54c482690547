"""Options that arrive in a cog as what the rules speak of, or are refused before it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.domain.durations import parse_duration
from bot.domain.library import Drama, Person
from bot.domain.packs import BuiltIn
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.text.formats import say_duration
from bot.text.names import PACKS
from bot.ui.interaction import Interaction, language_of, private_phrases
from bot.ui.topics import find_topic, suggest_topics

CHOICE_LIMIT: Final = 100
"""Characters in what autocomplete offers (Discord)."""
OFFERED = (timedelta(minutes=30), timedelta(hours=2), timedelta(days=1), timedelta(days=3), timedelta(days=7))


def choice(name: str, value: str) -> app_commands.Choice[str]:
    """Return what autocomplete offers: a name, cut to what Discord shows of it, and what it stands for."""
    return app_commands.Choice(name=shorten(name, CHOICE_LIMIT), value=value)


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


def drama_choices(dramas: Iterable[Drama], _: Phrases) -> list[app_commands.Choice[str]]:
    """Return what autocomplete offers for dramas."""
    return [choice(f"{_.of(drama.title)} ({drama.year})", drama.id) for drama in dramas]


def suggest_dramas(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for any drama that is being typed."""
    return drama_choices(interaction.client.services.dramas.suggest(typed), private_phrases(interaction))


def suggest_people(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for an actor who is being typed."""
    _ = private_phrases(interaction)
    beside = [(one, one.names.beside(_.language)) for one in interaction.client.services.people.suggest(typed)]
    return [choice(_.of(one.names) + (f" ({other})" if other else ""), one.name) for one, other in beside]


class _Drama(app_commands.Transformer):
    async def transform(self, interaction: Interaction, value: Any, /) -> Drama:  # pyright: ignore[reportIncompatibleMethodOverride] - our client
        return interaction.client.services.dramas.find(str(value))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        return suggest_dramas(interaction, value)


DramaOption = app_commands.Transform[Drama, _Drama]
"""A drama of the catalogue, chosen or typed."""


class _Person(app_commands.Transformer):
    async def transform(self, interaction: Interaction, value: Any, /) -> Person:  # pyright: ignore[reportIncompatibleMethodOverride] - our client
        return interaction.client.services.people.find(str(value))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        return suggest_people(interaction, value)


PersonOption = app_commands.Transform[Person, _Person]
"""A person of the library, chosen or typed."""


class _Topic(app_commands.Transformer):
    async def transform(self, interaction: Interaction, value: Any, /) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] - our client
        return find_topic(str(value), interaction.client.services.articles.topics, private_phrases(interaction))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        _ = private_phrases(interaction)
        found = suggest_topics(value, interaction.client.services.articles.topics, _)
        return [choice(name, topic) for topic, name in found]


TopicOption = app_commands.Transform[str, _Topic]
"""A topic of the library's articles, chosen or typed in the member's language."""


class _PackKey(app_commands.Transformer):
    async def transform(self, interaction: Interaction, value: Any, /) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] - our client
        return await interaction.client.services.packs.key_of(interaction.guild_id or 0, str(value))

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride] - choices of texts
        self, interaction: Interaction, value: str, /
    ) -> list[app_commands.Choice[str]]:
        _ = private_phrases(interaction)
        own = await interaction.client.services.packs.list(interaction.guild_id or 0)
        offered = [(_(PACKS[pack]), pack.value) for pack in BuiltIn]
        offered += [(pack.name, str(pack.id)) for pack in own if pack.enabled]
        typed = value.casefold()
        return [choice(name, key) for name, key in offered if typed in name.casefold()][:25]


PackOption = app_commands.Transform[str, _PackKey]
"""The key of a pack that games may choose: a built-in one or one of the guild's."""


class _Channel(app_commands.Transformer):
    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:
        return value.id


ChannelOption = app_commands.Transform[int, _Channel]
"""The id of a text channel. discord.py's own would look for the channel among guilds, of which Adlib keeps none."""


def choices(names: Mapping[Any, str]) -> list[app_commands.Choice[str]]:
    """Return what a menu offers: the words of the rules with their (English) names, translated by Discord's client."""
    return [app_commands.Choice(name=locale_str(name), value=str(word)) for word, name in names.items()]
