"""The messages of a bracket in its channel: its card, its matchups, the pictures after rounds, its champion."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

import discord

from bot.domain.bracket import Bracket, Phase
from bot.domain.polls import Poll
from bot.ui import channels
from bot.ui.bracket_pictures import draw_bracket, draw_champion, road
from bot.ui.brackets import Course, bracket_card, champion_page, round_page, told_page
from bot.ui.interaction import Client
from bot.ui.pages import Page
from bot.ui.poll_messages import draw_poll, drop_leavers, settle as settle_poll
from bot.ui.polls import poll_card
from bot.ui.refused import is_final
from bot.ui.settle import pace


async def course_of(client: Client, bracket: Bracket) -> Course:
    """Return the bracket with the matchup that is on."""
    return Course(bracket, await client.services.brackets.matchup_poll(bracket.id))


async def last_poll(client: Client, bracket: Bracket) -> Poll | None:
    """Return the poll of the matchup that was decided last, or None."""
    return next(reversed(await client.services.brackets.polls(bracket.id)), None)


def key_of(channel_id: int) -> tuple[str, int]:
    """Return the key under which what brackets show in a channel is drawn one after the other."""
    return ("bracket channel", channel_id)


def settle(client: Client, bracket: Bracket, now: datetime) -> None:
    """Have the card of a bracket drawn anew soon, and the matchup that is on; what was deleted comes back."""
    edit = partial(_refresh, client, bracket.id)
    client.settler.touch(("bracket", bracket.id), edit, pace(bracket.message_id, now))


async def touch(client: Client, bracket_id: int) -> None:
    """Have the card of a bracket drawn anew soon that has changed without a press."""
    bracket = await client.services.brackets.find(bracket_id)
    if bracket is not None:
        settle(client, bracket, discord.utils.utcnow())


def catch_up(client: Client, bracket: Bracket, now: datetime) -> None:
    """Have shown soon what a bracket owes its channel: it may have been deleted, or could not be posted before."""
    if not bracket.is_over:
        settle(client, bracket, now)
    elif bracket.pictured < bracket.complete:
        client.settler.touch(("bracket-owes", bracket.id), partial(show, client, bracket.id))


async def say_reopened(client: Client, bracket: Bracket, poll_id: int) -> None:
    """Tell the channel, below the page of its champion, that the final is voted on once more."""
    _ = client.catalogue[bracket.language]
    told = _("The final is voted on once more; who wins it now is the champion.")
    await _say(client, bracket, told_page(bracket, told, _), f"reopened-{poll_id}")


async def say_ended(client: Client, bracket: Bracket) -> None:
    """Tell the channel that there will be no champion; the card, which says so too, may be far above."""
    _ = client.catalogue[bracket.language]
    page = told_page(bracket, _("It was ended without a champion."), _)
    await _say(client, bracket, page, f"ended-{bracket.id}")


async def _say(client: Client, bracket: Bracket, page: Page, nonce: str) -> None:
    with suppress(discord.HTTPException):  # the card says it as well, when Adlib can write there again
        await channels.post(client, bracket.channel_id, page, nonce)


async def drop_leavers_in_time(client: Client, bracket_id: int, now: datetime) -> bool:
    """Drop, before a matchup is decided, the votes of members who left the guild; False where there are more to ask of.

    See `drop_leavers`.
    """
    poll = await client.services.brackets.matchup_poll(bracket_id)
    if poll is None or poll.paused_at is not None or poll.closes_at is None or poll.closes_at > now:
        return True
    return await drop_leavers(client, poll.id)


async def show(client: Client, bracket_id: int) -> None:
    """Show the channel of a bracket all that it is owed; what stands there is only brought up to date.

    The matchup that was decided last, the picture of a round that is over, the matchup that is next, the card: in
    this order, so that whoever reads along understands it. What was deleted and still matters is posted anew.

    Raises:
        discord.HTTPException: Discord refuses something; what was shown before is noted, the rest comes with the next
            call.
    """
    bracket = await client.services.brackets.find(bracket_id)
    if bracket is not None:
        await client.settler.draw(key_of(bracket.channel_id), partial(_show, client, bracket_id))


async def _show(client: Client, bracket_id: int) -> None:
    services = client.services
    bracket, decided = await services.brackets.get(bracket_id), await services.brackets.polls(bracket_id)
    if decided:
        last = decided[-1]
        with _later(partial(settle_poll, client, last)):
            await client.settler.draw(("poll", last.id), partial(draw_poll, client, last.id))
    await _show_round(client, bracket, decided)
    if bracket.phase is Phase.PLAYING:
        await _show_matchup(client, bracket)
    with _later(partial(settle, client, bracket)):
        await redraw_card(client, bracket_id)


@contextmanager
def _later(settle: Callable[[datetime], None]) -> Generator[None]:
    """Have an edit done later that Discord does not take now, as it limits those of old messages."""
    try:
        yield
    except discord.RateLimited:
        settle(discord.utils.utcnow())
    except discord.HTTPException as error:
        if is_final(error):
            raise
        settle(discord.utils.utcnow())


async def _show_round(client: Client, bracket: Bracket, decided: Sequence[Poll]) -> None:
    """Post the picture of a round that is over; at the end the whole bracket, then its champion."""
    over = bracket.complete
    if over <= bracket.pictured:
        return
    _, champion = client.catalogue[bracket.language], bracket.champion
    picture = await draw_bracket(client.easel, bracket, decided, over if champion is None else 1, _)
    page = partial(round_page, bracket, over, _)
    await channels.post(client, bracket.channel_id, page, f"round-{decided[-1].id}", picture)
    if champion is not None:
        picture = await draw_champion(client.easel, bracket, champion, decided, _)
        (option,) = await client.services.records.with_cards(bracket.guild_id, [champion.option])
        champion = replace(champion, option=option)
        page = partial(champion_page, bracket, champion, road(bracket, champion, decided, _), _)
        await channels.post(client, bracket.channel_id, page, f"champion-{decided[-1].id}", picture)
    await client.services.brackets.pictured(bracket.id, over)


async def _show_matchup(client: Client, bracket: Bracket) -> None:
    """Show the matchup that is on; its time begins when its message stands in the channel."""
    poll = await client.services.brackets.matchup_poll(bracket.id)
    if poll is not None:
        await client.settler.draw(("poll", poll.id), partial(_draw_matchup, client, bracket, poll.id))


async def _draw_matchup(client: Client, bracket: Bracket, poll_id: int) -> None:
    poll = await client.services.brackets.matchup_poll(bracket.id)
    if poll is None or poll.id != poll_id:
        return
    if poll.closes_at is None:  # it begins with this message, which says already when it will end
        poll = replace(poll, closes_at=discord.utils.utcnow() + bracket.matchup_time)
    page = poll_card(poll, client.catalogue[poll.language])
    nonce = f"match-{poll.id}" if poll.message_id is None else f"again-{poll.message_id}"
    message_id = await channels.edit_or_post(client, poll.channel_id, poll.message_id, page, nonce)
    if message_id != poll.message_id:
        posted = discord.utils.snowflake_time(message_id)
        await client.services.brackets.matchup_shown(poll.id, poll.channel_id, message_id, posted)


async def _refresh(client: Client, bracket_id: int) -> None:
    bracket = await client.services.brackets.find(bracket_id)
    if bracket is not None:
        await client.settler.draw(key_of(bracket.channel_id), partial(_redraw, client, bracket_id))


async def _redraw(client: Client, bracket_id: int) -> None:
    """Draw the matchup that is on, where its message is known, then the card, which leads to it."""
    poll = await client.services.brackets.matchup_poll(bracket_id)
    if poll is not None:
        await client.settler.draw(("poll", poll.id), partial(draw_poll, client, poll.id))
    await redraw_card(client, bracket_id)


async def redraw_card(client: Client, bracket_id: int) -> None:
    """Bring the card of a bracket up to date; where it was deleted, it comes back.

    Raises:
        discord.HTTPException: Discord refuses it.
    """
    bracket = await client.services.brackets.find(bracket_id)
    if bracket is None:
        return
    page = bracket_card(await course_of(client, bracket), client.catalogue[bracket.language])
    nonce = f"bracket-{bracket.id}" if bracket.message_id is None else f"again-{bracket.message_id}"
    message_id = await channels.edit_or_post(client, bracket.channel_id, bracket.message_id, page, nonce)
    if message_id != bracket.message_id:
        await client.services.brackets.shown(bracket.id, message_id, discord.utils.utcnow())
