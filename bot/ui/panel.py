"""The how-to panel: a newcomer reads four lines, presses a button, and need not know a command."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.text.catalogue import Phrases
from bot.ui.mentions import command_mention
from bot.ui.pages import Page, card, row
from bot.ui.ways import PLAY, SEARCH, SHIP

FIRST_GAME = 3
"""Rounds of a game started from the panel."""
MORE = ("trivia start", "article search", "ship poll", "help")


def how_to_panel(ids: Mapping[str, int], _: Phrases) -> Page:
    """Return the panel that explains what Adlib does and starts each of it; `ids` are those of the commands."""
    return Page(
        card(
            "\n".join(
                (
                    f"# {_('Was it scripted?')}",
                    _("Some of the best K-drama scenes were never in the script. Can you tell which?"),
                )
            ),
            discord.ui.Separator[Any](visible=False),
            "\n".join(
                (
                    f"**{_('Play')}** · {_('guess together whether a scene was in the script or an ad-lib')}",
                    f"**{_('Search')}** · {_('look up what was really said about a scene, with its source')}",
                    f"**{_('Vote')}** · {_('let the channel choose its favourite couple')}",
                )
            ),
            row(
                PLAY.button(
                    _("Play {rounds} rounds", rounds=FIRST_GAME), "", FIRST_GAME, style=discord.ButtonStyle.primary
                ),
                SEARCH.button(_("Search articles")),
                SHIP.button(_("Start a ship poll"), ""),
            ),
            f"-# {_('More with commands')}: {', '.join(command_mention(name, ids) for name in MORE)}",
        )
    )
