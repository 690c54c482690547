"""Edits of one message stay in order and keep their distance, whatever Discord makes of their speed."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.ui.refused import OLD_MESSAGES
from bot.ui.settle import OLD, QUIET, TRIES, TURN, YOUNG, Settler, pace
from tests.ui.turned import play

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def now() -> float:
    return asyncio.get_running_loop().time()


class Message:
    """Shows what was stored when an edit of it began; the edit itself may take long, or be refused."""

    def __init__(self, *refusals: Exception, takes: float = 0.0) -> None:
        self.stored = 0
        self.shown = -1
        self.drawn: list[float] = []
        self._refusals = list(refusals)
        self.takes = takes

    async def edit(self) -> None:
        state = self.stored
        self.drawn.append(round(now(), 3))
        if self._refusals:
            raise self._refusals.pop(0)
        await asyncio.sleep(self.takes)
        self.shown = state


def refusal(status: int, code: int = 0) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="")
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    return (discord.DiscordServerError if status >= 500 else kind)(response, {"code": code, "message": "no"})


def test_a_message_is_young_for_an_hour_and_one_that_is_not_sent_yet_too() -> None:
    sent = discord.utils.time_snowflake(NOON)
    assert pace(None, NOON) == YOUNG == 5
    assert pace(sent, NOON + timedelta(minutes=58)) == YOUNG
    assert pace(sent, NOON + timedelta(minutes=59)) == OLD == 60


def test_a_burst_of_changes_is_one_edit_that_shows_the_last_of_them() -> None:
    async def scene() -> None:
        settler, message = Settler(), Message()
        for state in range(200):
            message.stored = state
            settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert (message.drawn, message.shown) == ([QUIET], 199)

    play(scene())


@pytest.mark.parametrize("distance", [YOUNG, OLD])
def test_edits_keep_the_distance_of_their_message_and_the_last_shows_the_newest(distance: float) -> None:
    async def scene() -> None:
        settler, message = Settler(), Message()
        for state in range(1_000):  # a vote every tenth of a second
            message.stored = state
            settler.touch("poll", message.edit, distance)
            await asyncio.sleep(0.1)
        await settler.idle()
        assert message.drawn[0] == pytest.approx(QUIET)
        assert all(later - earlier >= distance for earlier, later in pairwise(message.drawn))
        assert len(message.drawn) <= 100 / distance + 2
        assert message.shown == 999

    play(scene())


def test_changes_during_a_slow_edit_are_drawn_by_one_more() -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(takes=3)
        settler.touch("poll", message.edit, YOUNG)
        await asyncio.sleep(QUIET + 1)
        for state in (1, 2, 3):
            message.stored = state
            settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert (message.drawn, message.shown) == ([QUIET, QUIET + 3 + YOUNG], 3)

    play(scene())


def test_a_message_that_grows_old_under_a_stream_of_votes_is_edited_more_rarely_from_then_on() -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(takes=1)
        while now() < 600:
            message.stored += 1
            settler.touch("poll", message.edit, YOUNG if now() < 300 else OLD)
            await asyncio.sleep(0.25)
        await settler.idle()
        late = [at for at in message.drawn if at > 310]
        assert all(later - earlier >= OLD for earlier, later in pairwise(late))
        assert message.shown == message.stored

    play(scene())


def test_a_slow_late_edit_does_not_undo_the_close() -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(takes=3)
        settler.touch("poll", message.edit)
        await asyncio.sleep(QUIET + 1)
        message.stored, message.takes = 7, 0
        await settler.draw("poll", message.edit)
        assert message.shown == 7
        await settler.idle()
        assert message.shown == 7

    play(scene())


def test_a_close_is_drawn_at_once_while_late_edits_of_it_and_of_others_wait() -> None:
    async def scene() -> None:
        settler, message, others = Settler(), Message(), [Message() for _ in range(300)]
        for key, other in enumerate(others):
            settler.touch(key, other.edit, OLD)
        settler.touch("poll", message.edit, OLD)
        await settler.draw("poll", message.edit)
        assert message.drawn == [0]
        await settler.close()

    play(scene())


def test_messages_do_not_wait_for_each_other() -> None:
    async def scene() -> None:
        settler, slow, quick = Settler(), Message(takes=500), Message()
        settler.touch("slow", slow.edit)
        await asyncio.sleep(0.1)
        settler.touch("quick", quick.edit)
        await asyncio.sleep(2)
        assert (slow.shown, quick.shown) == (-1, 0)
        await settler.close()

    play(scene())


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


def test_three_hundred_polls_that_change_at_once_make_twenty_edits_a_second() -> None:
    async def scene() -> None:
        settler, messages = Settler(), [Message() for _ in range(300)]
        for key, message in enumerate(messages):
            settler.touch(key, message.edit, YOUNG)
        await settler.idle()
        drawn = [at for message in messages for at in message.drawn]
        assert len(drawn) == 300
        assert most_in_a_second(drawn) <= round(1 / TURN) + 1
        assert max(drawn) < 300 * TURN + QUIET + 1

    play(scene())


def test_edits_that_waited_for_different_reasons_come_to_twenty_a_second_too() -> None:
    async def scene() -> None:
        settler = Settler()
        old, fresh = [Message() for _ in range(200)], [Message() for _ in range(200)]
        for start in (0.0, 20.0):  # drawn first at 1.5 s; the second time the old ones wait until they may again
            await asyncio.sleep(start)
            for key, message in enumerate(old):
                settler.touch(("old", key), message.edit, OLD)
        await asyncio.sleep(OLD - 20)
        for key, message in enumerate(fresh):
            settler.touch(("fresh", key), message.edit, YOUNG)
        await settler.idle()
        drawn = [at for message in (*old, *fresh) for at in message.drawn]
        assert len(drawn) == 600
        assert most_in_a_second(drawn) <= round(1 / TURN) + 1

    play(scene())


@pytest.mark.parametrize(
    "error",
    [refusal(400, OLD_MESSAGES), refusal(429), refusal(500), refusal(503), discord.RateLimited(40), TimeoutError()],
)
def test_what_discord_refuses_for_now_is_tried_again_after_a_minute_and_shows_the_newest_then(error: Exception) -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(error, error)
        settler.touch("poll", message.edit, YOUNG)
        await asyncio.sleep(30)
        message.stored = 5
        settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert message.drawn == [QUIET, QUIET + OLD, QUIET + 2 * OLD]
        assert message.shown == 5

    play(scene())


def test_what_is_refused_again_and_again_is_given_up_and_tried_at_the_next_change() -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(*(refusal(500) for _ in range(TRIES)))
        settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert message.drawn == [QUIET + OLD * number for number in range(TRIES)]
        settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert len(message.drawn) == TRIES + 1
        assert message.shown == 0

    play(scene())


@pytest.mark.parametrize("error", [refusal(403), refusal(404, 10008), refusal(400, 50035), RuntimeError("our fault")])
def test_what_is_refused_for_good_is_not_tried_again_until_something_changes(error: Exception) -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(error)
        settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert message.drawn == [QUIET]
        message.stored = 5
        settler.touch("poll", message.edit, YOUNG)
        await settler.idle()
        assert message.shown == 5

    play(scene())


def test_a_fault_of_ours_is_logged_with_what_it_was(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        settler, message = Settler(), Message(RuntimeError("a fault of ours"))
        settler.touch("poll", message.edit)
        await settler.idle()
        await settler.draw("poll", message.edit)
        assert message.shown == 0

    play(scene())
    assert "a fault of ours" in caplog.text


def test_a_fault_at_the_close_reaches_whoever_closes() -> None:
    async def scene() -> None:
        with pytest.raises(discord.Forbidden):
            await Settler().draw("poll", Message(refusal(403)).edit)

    play(scene())


def test_of_messages_that_were_edited_nothing_is_kept() -> None:
    def size(settler: Settler) -> int:
        return sum(len(held) for held in vars(settler).values() if hasattr(held, "__len__"))

    async def scene() -> None:
        settler, sizes = Settler(), list[int]()
        for wave in range(5):
            for key in range(200):
                settler.touch((wave, key), Message().edit, OLD)
            await settler.idle()
            await asyncio.sleep(2 * OLD)
            settler.touch("last", Message().edit, YOUNG)
            await settler.idle()
            sizes.append(size(settler))
        assert max(sizes) == 1  # when the last one may be edited again

    play(scene())


def test_a_settler_that_ends_leaves_nothing_running() -> None:
    async def scene() -> None:
        settler, message, slow = Settler(), Message(), Message(takes=99)
        settler.touch("slow", slow.edit)
        await asyncio.sleep(QUIET + 1)
        settler.touch("poll", message.edit)  # it has not begun when the end comes
        await settler.close()
        await settler.idle()
        assert (message.drawn, slow.shown) == ([], -1)
        assert len(asyncio.all_tasks()) == 1

    play(scene())
