"""The messages that show polls: drawn anew as the poll stands, with a picture at the close."""

import asyncio
import logging
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Final

import discord

from bot.domain.polls import Outcome, Poll, ending
from bot.domain.texts import shorten
from bot.pictures.easel import Easel, NotDrawn
from bot.pictures.poll import Bar, poll_picture
from bot.services.links import jump
from bot.text.catalogue import Phrases
from bot.ui import channels
from bot.ui.gallery import ALT_LIMIT, Picture
from bot.ui.interaction import Client
from bot.ui.leavers import who_left
from bot.ui.pages import Page, card, link, notice, plain, row
from bot.ui.polls import letter, poll_card, question_of, result, votes_of
from bot.ui.refused import is_final, may_come_back
from bot.ui.settle import pace

log = logging.getLogger(__name__)

ROOMS: Final = (200, 60, 40, 24)
"""Characters of a name in the words that stand for a picture; the first that lets all couples in is taken."""
ASKING: Final = 25.0
"""Seconds for which Discord is asked about voters in one job, which may take 45."""
BATCHES: Final = 4
"""So many times fifty voters are asked about in one job."""


async def result_picture(easel: Easel, poll: Poll, _: Phrases) -> Picture | None:
    """Return the result of a closed poll as a picture.

    None where there is nothing to see (no vote, or a matchup), or where it cannot be drawn.
    """
    ended = ending(poll.tally)
    if poll.closed_at is None or poll.void or poll.matchup is not None or ended.outcome is Outcome.NOBODY_VOTED:
        return None
    bars = [
        Bar(
            letter(number),
            _.of(option.label),
            votes,
            votes / poll.votes,
            number in ended.leaders,
            option.label.beside(_.language),
        )
        for number, (option, votes) in enumerate(zip(poll.options, poll.tally, strict=True))
    ]
    bars.sort(key=lambda bar: -bar.votes)
    try:
        png = await easel.drawn(poll_picture, question_of(poll, _), bars, votes_of(poll, _))
    except NotDrawn as fault:
        log.warning("The result of poll %d is shown without a picture: %s", poll.id, fault)
        return None
    return Picture(f"poll-{poll.id}.png", png, _in_words(poll, bars, _))


def _in_words(poll: Poll, bars: list[Bar], _: Phrases) -> str:
    """Say what the picture shows, in its order; names are cut before a couple is left out."""
    counts = [f"{_.ngettext('{count} vote', '{count} votes', bar.votes)} ({bar.share:.0%})" for bar in bars]
    said = ""
    for room in ROOMS:
        names = [shorten(bar.label, room) for bar in bars]
        told = "; ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
        said = f"{question_of(poll, _)} {told}."
        if len(said) <= ALT_LIMIT:
            break
    return said


def settle(client: Client, poll: Poll, now: datetime) -> None:
    """Have the message of a poll drawn once more, after a burst of votes."""
    client.settler.touch(("poll", poll.id), partial(draw_poll, client, poll.id), pace(poll.message_id, now))


async def draw_poll(client: Client, poll_id: int) -> bool:
    """Draw the message of a poll as the poll stands; one that is closed is posted where its message is gone.

    Returns:
        Whether it was posted anew.

    Raises:
        discord.HTTPException: Discord refuses it.
    """
    poll = await client.services.ships.find(poll_id)
    if poll is None or (poll.message_id is None and poll.closed_at is None):
        return False
    _ = client.catalogue[poll.language]
    if poll.closed_at is None and poll.message_id is not None:
        return await _draw_open(client, poll, poll.message_id, poll_card(poll, _))
    poll = await client.services.records.poll_with_cards(poll)
    picture = await result_picture(client.easel, poll, _)
    message_id = await channels.edit_or_post(
        client, poll.channel_id, poll.message_id, partial(poll_card, poll, _), f"poll-{poll.id}", picture
    )
    if message_id == poll.message_id:
        return False
    await client.services.ships.shown(poll.id, poll.channel_id, message_id)
    return True


async def _draw_open(client: Client, poll: Poll, message_id: int, page: Page) -> bool:
    """Draw an open poll; a matchup whose message is gone comes back, as its bracket waits for it."""
    if poll.matchup is None:
        await channels.edit(client, poll.channel_id, message_id, page)
        return False
    posted = await channels.edit_or_post(client, poll.channel_id, message_id, page, f"again-{message_id}")
    if posted != message_id:
        await note_message(client, poll, poll.channel_id, posted, discord.utils.snowflake_time(posted))
    return posted != message_id


async def show_missing(client: Client, poll_id: int, now: datetime) -> None:
    """Show a poll that has no message although it was opened: Adlib was killed before it could announce it.

    One whose time is over is left to its close.

    Raises:
        discord.HTTPException: Discord refuses it for now; where the place is gone nothing is raised.
    """
    try:
        await client.settler.draw(("poll", poll_id), partial(_post_missing, client, poll_id, now))
    except discord.HTTPException as error:
        if may_come_back(error):
            raise


async def _post_missing(client: Client, poll_id: int, now: datetime) -> None:
    poll = await client.services.ships.find(poll_id)
    if poll is None or poll.message_id is not None or not poll.is_open(now):
        return
    page = poll_card(poll, client.catalogue[poll.language])
    message_id = await channels.post(client, poll.channel_id, page, f"open-{poll.id}")
    await client.services.ships.shown(poll.id, poll.channel_id, message_id)


async def note_message(client: Client, poll: Poll, channel_id: int, message_id: int, now: datetime) -> None:
    """Note which message shows a poll; the time of a matchup begins with it."""
    if poll.matchup is None:
        await client.services.ships.shown(poll.id, channel_id, message_id)
    else:
        await client.services.brackets.matchup_shown(poll.id, channel_id, message_id, now)
        client.dispatch("bracket_changed", poll.matchup.bracket_id)  # its card leads to the matchup


async def leave_behind(client: Client, poll: Poll, channel_id: int, message_id: int) -> None:
    """Have the earlier message of a poll, if there is one, say where the poll has moved."""
    if poll.message_id is None:
        return
    _ = client.catalogue[poll.language]
    moved = notice(_("This poll has moved: {link}", link=jump(poll.guild_id, channel_id, message_id)))
    with suppress(discord.HTTPException):  # it may be gone, which is why the poll moves
        await client.settler.draw(
            ("left behind", poll.message_id),
            partial(channels.edit, client, poll.channel_id, poll.message_id, moved),
        )


async def drop_leavers(client: Client, poll_id: int, *, insist: bool = False) -> bool:
    """Drop the votes of members who have left the guild, where it wants that; False where there are more to ask about.

    Where Discord does not say, their votes stay: a poll is not to stay open for it.

    Raises:
        discord.HTTPException, TimeoutError: Discord does not say for now, and the caller wants to `insist`.
    """
    try:
        async with asyncio.timeout(ASKING):
            return await _ask_for_leavers(client, poll_id, insist=insist)
    except TimeoutError:
        if insist:
            raise
        return True


async def _ask_for_leavers(client: Client, poll_id: int, *, insist: bool) -> bool:
    for _batch in range(BATCHES):
        voters = await client.services.closing.unchecked(poll_id)
        poll = await client.services.ships.find(poll_id) if voters else None
        if poll is None:
            return True
        try:
            gone = await who_left(client, poll.guild_id, voters)
        except discord.HTTPException as error:
            if insist and not is_final(error):
                raise
            gone = frozenset[int]()
        await client.services.closing.checked(poll_id, [voter for voter in voters if voter not in gone], gone)
    return False


async def show_end(client: Client, poll_id: int) -> None:
    """Show how a poll ended: its card changes, and a line below what was said since tells of it.

    Raises:
        discord.HTTPException: Discord refuses it for now; where the place is gone nothing is raised.
    """
    posted = False

    async def draw() -> None:
        nonlocal posted
        posted = await draw_poll(client, poll_id)

    try:
        await client.settler.draw(("poll", poll_id), draw)
        poll = await client.services.ships.find(poll_id)
        if poll is not None and poll.message_id is not None and not posted and not poll.void and poll.votes:
            page = ended(poll, client.catalogue[poll.language])
            await channels.post(client, poll.channel_id, page, f"over-{poll.id}")
    except discord.HTTPException as error:
        if may_come_back(error):
            raise


def ended(poll: Poll, _: Phrases) -> Page:
    """Show in a line how a poll ended, with the way to its card."""
    address = jump(poll.guild_id, poll.channel_id, poll.message_id)
    return Page(
        card(f"-# {plain(question_of(poll, _))}\n**{result(poll, _)}**", row(link(_("See the result"), address)))
    )
