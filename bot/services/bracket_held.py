"""Brackets and their polls as they stand inside a transaction, held for whoever changes them."""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket
from bot.domain.polls import Poll
from bot.errors import BracketRunning, NoSuchBracket, Outdated, PollClosed, PollGone
from bot.services.links import jump
from bot.storage import brackets, polls

Change = Callable[[AsyncConnection, Bracket], Awaitable[None]]


async def get_held(connection: AsyncConnection, bracket_id: int) -> Bracket:
    """Return the bracket, held until the transaction ends.

    Raises:
        NoSuchBracket: it is not stored.
    """
    bracket = await brackets.find_bracket(connection, bracket_id, lock=True)
    if bracket is None:
        raise NoSuchBracket
    return bracket


async def get_held_of(connection: AsyncConnection, poll_id: int) -> Bracket:
    """Return the bracket whose matchup that poll decides, held until the transaction ends.

    Raises:
        PollGone: no such poll is stored.
        PollClosed: its matchup was called off.
    """
    bracket_id = await brackets.find_bracket_of(connection, poll_id)
    if bracket_id is None:
        raise PollGone if await polls.find_poll(connection, poll_id) is None else PollClosed
    return await get_held(connection, bracket_id)


async def changed(connection: AsyncConnection, bracket_id: int, change: Change) -> Bracket:
    """Change a bracket while nobody else can; return it as it stands then.

    Raises:
        NoSuchBracket: it is not stored.
    """
    await change(connection, await get_held(connection, bracket_id))
    return await get_held(connection, bracket_id)


async def decided_polls(connection: AsyncConnection, bracket_id: int) -> Sequence[Poll]:
    """Return the polls of all decided matchups in order of play."""
    bracket = await brackets.find_bracket(connection, bracket_id)
    of_place = await brackets.list_matchup_polls(connection, bracket_id)
    ids = [poll_id for place, poll_id in of_place.items() if bracket and place in bracket.winners]
    found = await polls.find_polls(connection, ids)
    return [found[poll_id] for poll_id in ids]


async def current_poll(connection: AsyncConnection, bracket: Bracket, *, lock: bool = True) -> Poll | None:
    """Return the poll of the matchup that is on, None where none is; `lock` holds it until the transaction ends."""
    if bracket.current is None:
        return None
    poll_id = (await brackets.list_matchup_polls(connection, bracket.id)).get(bracket.current.place)
    return None if poll_id is None else await polls.find_poll(connection, poll_id, lock=lock)


async def matchup_poll(connection: AsyncConnection, bracket_id: int) -> Poll | None:
    """Return the poll of the matchup that is on in the bracket, None where none is."""
    bracket = await brackets.find_bracket(connection, bracket_id)
    return await current_poll(connection, bracket, lock=False) if bracket else None


async def refuse_second(connection: AsyncConnection, channel_id: int, request_id: int | None = None) -> None:
    """Let a bracket begin in the channel, or refuse it.

    Raises:
        Outdated: that request has started one before.
        BracketRunning: one is on there.
    """
    running = await brackets.find_bracket_on(connection, channel_id)
    # looked for after the other one, which may be what this very request has started
    if request_id is not None and await brackets.was_requested(connection, request_id):
        raise Outdated
    if running is not None:
        raise BracketRunning(link=jump(running.guild_id, channel_id, running.message_id))
