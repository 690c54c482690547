"""The course of a bracket, step by step, inside the transaction of whoever takes the step.

All of it expects the bracket to be held (`get_held`): a bracket is changed by one at a time.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket, Phase, Step, check_step, decide, end, pause, reopen, resume
from bot.domain.jobs import IN_FLIGHT
from bot.domain.nominations import begin
from bot.domain.polls import Option, Poll
from bot.errors import NotPossibleNow, PollClosed
from bot.services.bracket_held import current_poll
from bot.services.closing import CLOSE, FORGET
from bot.storage import brackets, jobs, polls

STEP: Final = "bracket.step"
"""Nominations end, the time of a matchup is over, or there is something to show."""
LATER: Final = timedelta(hours=1)
"""So long after it was given up the end of nominations is tried again."""
PROLONGED: Final = timedelta(days=1)
"""So long nominations stay open once more where they have brought too few couples."""
SOON: Final = timedelta(seconds=10)
"""So long after its start a bracket shows itself, if the answer to whoever started it has not shown it."""
TICK: Final = timedelta(milliseconds=1)
"""Times are stored in whole milliseconds; a job may come a fraction of one before its time."""


async def is_due(connection: AsyncConnection, bracket: Bracket, now: datetime) -> bool:
    """Tell whether the bracket is to go on now; where its time is still to come, the step is arranged for then."""
    closes_at = bracket.nominations_close_at
    if bracket.phase is Phase.PLAYING:
        poll = await current_poll(connection, bracket)
        if poll is None:
            return True
        closes_at = poll.closes_at
    elif bracket.phase is not Phase.NOMINATING:
        return False
    if closes_at is None:  # a matchup that nobody has seen yet
        return False
    if now + TICK > closes_at + IN_FLIGHT:
        return True
    await jobs.add_job(connection, STEP, bracket.id, closes_at + IN_FLIGHT)
    return False


async def begin_now(
    connection: AsyncConnection, bracket: Bracket, reserve: Sequence[Option], rng: random.Random, now: datetime
) -> None:
    """Close the nominations, fill up from `reserve`, and open the first matchup; who nominated whom is forgotten.

    Raises:
        NotPossibleNow: they are closed already.
        TooFewEntrants: there are less than four couples.
    """
    begun = begin(bracket, reserve, rng)
    await brackets.save_entrants(connection, bracket, begun)
    await brackets.forget_nominations(connection, bracket.id)
    await brackets.save_bracket(connection, begun)
    await open_matchup(connection, begun, now)


async def prolong(connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
    """Keep nominations open for another day, as there are too few couples even with the catalogue."""
    await brackets.save_bracket(connection, replace(bracket, nominations_close_at=now + PROLONGED))
    await jobs.add_job(connection, STEP, bracket.id, now + PROLONGED + IN_FLIGHT)


async def play_on(connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
    """Decide the matchup that is on by the votes for it, and open the next one."""
    matchup, poll = bracket.current, await current_poll(connection, bracket)
    if matchup is not None and poll is not None:
        first, second = poll.tally
        bracket = decide(bracket, (first, second), now)
        await _close(connection, poll, now)
        await brackets.decide_matchup(connection, poll.id, bracket.winners[matchup.place])
        await brackets.save_bracket(connection, bracket)
    await open_matchup(connection, bracket, now)


async def open_matchup(connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
    """Make the poll of the matchup that is on, if one is; its time begins when it is shown."""
    matchup = bracket.current
    if matchup is None or matchup.first is None or matchup.second is None:
        return
    poll = await polls.add_poll(
        connection,
        guild_id=bracket.guild_id,
        channel_id=bracket.channel_id,
        creator_id=None,
        request_id=None,
        language=bracket.language,
        opened_at=now,
        closes_at=None,
        options=[bracket.of_seed(seed).option for seed in (matchup.first, matchup.second)],
        secrecy=bracket.secrecy,
        voter_role_id=bracket.voter_role_id,
    )
    await brackets.set_matchup(connection, bracket.id, matchup, poll.id)


async def show_card(connection: AsyncConnection, bracket_id: int, message_id: int, now: datetime) -> None:
    """Note the card of a bracket; the first time, what comes next comes when it is due, and not before it."""
    bracket = await brackets.find_bracket(connection, bracket_id, lock=True)
    if bracket is None:
        return
    await brackets.show_bracket(connection, bracket_id, message_id)
    if bracket.message_id is None and bracket.phase is Phase.PLAYING:
        await jobs.add_job(connection, STEP, bracket_id, now)
    elif bracket.message_id is None and bracket.phase is Phase.NOMINATING:
        await jobs.add_job(connection, STEP, bracket_id, (bracket.nominations_close_at or now) + IN_FLIGHT)


async def show_matchup(
    connection: AsyncConnection, poll_id: int, channel_id: int, message_id: int, now: datetime
) -> None:
    """Note the message of a matchup; where its time has not begun, it begins now."""
    bracket_id = await brackets.find_bracket_of(connection, poll_id)
    bracket = await brackets.find_bracket(connection, bracket_id, lock=True) if bracket_id is not None else None
    poll = await polls.find_poll(connection, poll_id, lock=True)
    if poll is None:
        return
    await polls.show_poll(connection, poll_id, channel_id, message_id)
    if poll.closed_at is not None:
        if poll.message_id is None:  # called off while it was on its way into the channel
            await jobs.add_job(connection, CLOSE, poll_id, now)
    elif bracket is None or poll.closes_at is not None or bracket.rest is not None:
        return
    elif bracket.phase is Phase.PAUSED:
        await polls.time_poll(connection, poll_id, closes_at=None, opened_at=now, paused_at=poll.paused_at)
        await brackets.save_bracket(connection, replace(bracket, rest=bracket.matchup_time))
    else:
        closes_at = now + bracket.matchup_time
        await polls.time_poll(connection, poll_id, closes_at=closes_at, opened_at=now)
        await jobs.add_job(connection, STEP, bracket.id, closes_at + IN_FLIGHT)


async def hurry_now(connection: AsyncConnection, bracket: Bracket, poll_id: int, now: datetime) -> None:
    """Take no more votes in the matchup that is on, and have it decided.

    Raises:
        PollClosed: it is not the one that is on.
        NotPossibleNow: the bracket is paused, or the matchup was not shown yet.
    """
    poll = await current_poll(connection, bracket)
    if poll is None or poll.id != poll_id:
        raise PollClosed
    check_step(bracket, Step.DECIDE)
    if poll.closes_at is None:
        raise NotPossibleNow
    if poll.closes_at > now:
        await polls.time_poll(connection, poll.id, closes_at=now)
        await jobs.add_job(connection, STEP, bracket.id, now + IN_FLIGHT)


async def pause_now(connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
    """Stop the time of the matchup that is on; votes are refused until the bracket goes on."""
    poll = await current_poll(connection, bracket)
    paused = pause(bracket, poll.closes_at if poll else None, now)
    if poll is not None:
        closes_at = None if paused.rest else poll.closes_at
        await polls.time_poll(connection, poll.id, closes_at=closes_at, paused_at=now)
    await brackets.save_bracket(connection, paused)
    await jobs.remove_jobs(connection, [STEP], bracket.id)


async def give_up(connection: AsyncConnection, bracket_id: int, now: datetime) -> None:
    """Pause a bracket that cannot be shown; where members still nominate, have the end of that tried again later."""
    bracket = await brackets.find_bracket(connection, bracket_id, lock=True)
    if bracket is not None and bracket.phase is Phase.PLAYING:
        await pause_now(connection, bracket, now)
    elif bracket is not None and bracket.phase is Phase.NOMINATING and bracket.nominations_close_at is not None:
        due_at = max(now + LATER, bracket.nominations_close_at + IN_FLIGHT)
        await jobs.add_job(connection, STEP, bracket.id, due_at)


async def resume_now(connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
    """Let the matchup that is on have the rest of its time."""
    resumed = resume(bracket)
    if poll := await current_poll(connection, bracket):
        closes_at = now + bracket.rest if bracket.rest else poll.closes_at
        await polls.time_poll(connection, poll.id, closes_at=closes_at)
    await brackets.save_bracket(connection, resumed)
    await jobs.add_job(connection, STEP, bracket.id, now)


async def reopen_now(connection: AsyncConnection, bracket: Bracket, poll_id: int, now: datetime) -> None:
    """Call off the last matchup, and the one after it, and have the last one voted on anew, from no votes.

    Raises:
        NotPossibleNow: no matchup was decided, or the last one by another poll.
    """
    reopened, last = reopen(bracket), bracket.last
    of_place = await brackets.list_matchup_polls(connection, bracket.id)
    if last is None or of_place[last.place] != poll_id:
        raise NotPossibleNow
    on = of_place.get(bracket.current.place) if bracket.current else None
    held = await polls.find_polls(connection, {poll_id, on or poll_id}, lock=True)
    if on is not None:
        await _call_off(connection, held[on], now)
        await brackets.remove_matchup(connection, on)
    await polls.void_poll(connection, poll_id)
    await _redraw(connection, held[poll_id], now)
    await brackets.save_bracket(connection, reopened)
    await open_matchup(connection, reopened, now)
    await jobs.add_job(connection, STEP, bracket.id, now)


async def end_now(connection: AsyncConnection, bracket: Bracket, now: datetime) -> None:
    """End the bracket without a champion; the matchup that is on is called off."""
    ended = end(bracket, now)
    if poll := await current_poll(connection, bracket):
        await _call_off(connection, poll, now)
    await brackets.forget_nominations(connection, bracket.id)
    await brackets.save_bracket(connection, ended)
    await jobs.remove_jobs(connection, [STEP], bracket.id)


async def _call_off(connection: AsyncConnection, poll: Poll, now: datetime) -> None:
    """Close the poll of the matchup that is on so that its votes count nowhere."""
    await _close(connection, poll, now, void=True)
    await _redraw(connection, poll, now)


async def _close(connection: AsyncConnection, poll: Poll, now: datetime, *, void: bool = False) -> None:
    await polls.close_poll(connection, poll.id, now, void=void)
    if poll.is_secret:
        await jobs.add_job(connection, FORGET, poll.id, now)


async def _redraw(connection: AsyncConnection, poll: Poll, now: datetime) -> None:
    """Have the message of a poll that was called off drawn as it stands now, as after every close."""
    if poll.message_id is not None:
        await jobs.add_job(connection, CLOSE, poll.id, now)
