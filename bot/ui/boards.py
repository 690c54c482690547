"""Leaderboards and what one member has to show: how they look, and how commands and buttons show them."""

from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.domain.boards import Board, Stats
from bot.domain.games import Standing
from bot.domain.periods import Period
from bot.domain.zones import city_of
from bot.errors import N_
from bot.text.catalogue import Phrases
from bot.text.dates import say_day
from bot.text.names import PERIODS
from bot.ui.actions import Action, ActionItem
from bot.ui.interaction import Interaction, guild_locale, private_phrases
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, row
from bot.ui.place import guild_channel
from bot.ui.reply import announce, redraw, whisper

BOARD = Action("board", Period, int, int)
"""Show a page of a board: its period, the number of the season (0: the one that runs), the page."""

PAGE: Final = 10
TOP: Final = -2
"""The first page, as no button of the pager says it: two buttons of a message cannot have one custom_id."""

_NOBODY: Final[Mapping[Period, str]] = {
    Period.TODAY: N_("Nobody has played today yet. Start with /trivia start."),
    Period.WEEK: N_("Nobody has played this week yet. Start with /trivia start."),
    Period.MONTH: N_("Nobody has played this month yet. Start with /trivia start."),
    Period.SEASON: N_("Nobody has played in this season yet. Start with /trivia start."),
    Period.ALL: N_("Nobody has played here yet. Start with /trivia start."),
}
_CALENDAR: Final = {Period.TODAY, Period.WEEK, Period.MONTH}


async def show_board(interaction: Interaction, period: Period, season: int | None) -> None:
    """Show a board to the channel: of a period, or of the season of that number.

    Raises:
        GuildOnly: it is no guild's channel.
        NoSuchSeason: the guild has not had a season of that number.
    """
    await announce(interaction, await _board(interaction, period, season, 0, await _public(interaction)))


async def turn_board(interaction: Interaction, period: Period, season: int, page: int) -> None:
    """Show another page or period in the message of a board, in the language that it speaks."""
    private = interaction.message is not None and interaction.message.flags.ephemeral
    _ = private_phrases(interaction) if private else await _public(interaction)
    await redraw(interaction, await _board(interaction, period, season or None, page, _))


async def show_season(interaction: Interaction, season: int) -> None:
    """Show the board of a season to the member alone.

    Raises:
        NoSuchSeason: the guild has not had a season of that number.
    """
    await whisper(interaction, await _board(interaction, Period.SEASON, season, 0, private_phrases(interaction)))


async def show_stats(interaction: Interaction, member_id: int) -> None:
    """Show the member privately what a member of the guild has done; `member_id` may be her own.

    Raises:
        GuildOnly: it is no guild's channel.
        BoardHidden: the other member is hidden.
    """
    guild_id, _channel_id = guild_channel(interaction)
    own = member_id == interaction.user.id
    found = await interaction.client.services.boards.stats(guild_id, member_id, interaction.created_at, own=own)
    await whisper(interaction, stats(found, private_phrases(interaction), own=own))


def leaderboard(board: Board, page: int, _: Phrases) -> Page:
    """Return a page of a board, with buttons to the other pages and periods."""
    shown, page, pages = page_of(board.standings, page, PAGE)
    season = board.season if board.ended is not None else 0
    return Page(
        card(
            f"## {_('Leaderboard')}\n**{say_span(board, _)}**",
            "\n".join(standing_line(standing, _) for standing in shown) or _empty(board, _),
            *([_midnight(board, _)] if board.period in _CALENDAR else []),
            *pager(BOARD, board.period, season, page=page, pages=pages, _=_),
            row(*_periods(board, _)),
        )
    )


def stats(of: Stats, _: Phrases, *, own: bool = True) -> Page:
    """Return what a member has done in the guild; `own` where she looks at it herself."""
    heading = f"## {_('Trivia on this server')}\n<@{of.user_id}>"
    if of.totals.answered == 0 and of.totals.points == 0:
        nothing = _("You have not played here yet. Start with /trivia start.")
        return Page(card(heading, nothing if own else _("This member has not played here yet.")))
    hidden = _("You stand on no leaderboard. /privacy show changes that.")
    return Page(card(heading, "\n".join(_lines(of, _)), *([f"-# {hidden}"] if of.hidden else [])))


def say_span(board: Board, _: Phrases) -> str:
    """Say which time a board is about, in words, with the days of the guild's time zone."""
    first = say_day(board.began, board.time_zone, _.language) if board.began else ""
    last = say_day(board.ended, board.time_zone, _.language) if board.ended else ""
    match board.period, bool(first), bool(last):
        case Period.TODAY, _first, _last:
            return _("Today, since midnight")
        case Period.WEEK, _first, _last:
            return _("This week, since Monday")
        case Period.MONTH, _first, _last:
            return _("This month, since {day}", day=first)
        case Period.SEASON, True, True:
            return _("Season {number}, from {first} to {last}", number=board.season, first=first, last=last)
        case Period.SEASON, False, True:
            return _("Season {number}, until {last}", number=board.season, last=last)
        case Period.SEASON, True, False:
            return _("Season {number}, since {first}", number=board.season, first=first)
        case Period.SEASON, _first, _last:
            return _("Season {number}, since the first game", number=board.season)
        case _:
            return _("All time")


def standing_line(standing: Standing, _: Phrases) -> str:
    """Return one line of a board."""
    share = _("{right} of {asked} right", right=standing.right, asked=standing.answered)
    return f"**{standing.rank}.** <@{standing.user_id}> · **{points(standing.points, _)}** · {share}"


def points(count: int, _: Phrases) -> str:
    """Say a number of points."""
    return _.ngettext("{count} point", "{count} points", count)


async def _public(interaction: Interaction) -> Phrases:
    guild_id, _channel_id = guild_channel(interaction)
    client = interaction.client
    return client.catalogue[await client.services.settings.public_language(guild_id, guild_locale(interaction))]


async def _board(interaction: Interaction, period: Period, season: int | None, page: int, _: Phrases) -> Page:
    guild_id, _channel_id = guild_channel(interaction)
    found = await interaction.client.services.boards.board(guild_id, period, interaction.created_at, season)
    return leaderboard(found, page, _)


def _periods(board: Board, _: Phrases) -> list[ActionItem]:
    def button(period: Period) -> ActionItem:
        here = period is board.period and board.ended is None
        style = discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary
        return BOARD.button(_(PERIODS[period]), period, 0, TOP, style=style, disabled=here)

    return [button(period) for period in Period]


def _empty(board: Board, _: Phrases) -> str:
    return _("Nobody played in this season.") if board.ended else _(_NOBODY[board.period])


def _midnight(board: Board, _: Phrases) -> str:
    return f"-# {_('Days begin at midnight, {city} time.', city=_.of(city_of(board.time_zone)))}"


def _lines(of: Stats, _: Phrases) -> list[str]:
    totals = of.totals
    lines = [
        _("**{points}** in all", points=points(totals.points, _)),
        _season_line(of, _),
        _("{right} of {asked} right", right=totals.right, asked=totals.answered) + f" ({of.share:.0%})",
        _.ngettext("One game", "{count} games", totals.games),
        _("Most right in a row: {count}", count=totals.best_streak),
    ]
    if totals.fastest is not None:
        lines.append(_("Fastest right answer: {seconds} seconds", seconds=f"{totals.fastest:.1f}"))
    if of.daily_streak:
        days = _.ngettext("One day in a row", "{count} days in a row", of.daily_streak)
        lines.append(f"{_('Daily question')}: {days}")
    return lines


def _season_line(of: Stats, _: Phrases) -> str:
    said: dict[str, Any] = {"points": points(of.season_points, _), "number": of.season}
    if of.season_rank is None:
        return _("**{points}** in season {number}", **said)
    return _("**{points}** in season {number}, rank {rank}", rank=of.season_rank, **said)
