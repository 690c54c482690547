"""The hour, the time zone or the channel of the daily question changes while one is open."""

from datetime import datetime, timedelta
from random import Random

import pytest

from bot.domain.games import RoundState
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.texts import Language
from bot.errors import NoDaily
from bot.services.boards import BoardService
from bot.services.daily import AFTER_TALLY
from bot.storage import games
from bot.storage.database import Database
from tests.services.dailies import DAY, EIGHT, FIRST, HOUR, TICK, Lounge, lounge, points_of, regulars
from tests.services.play import ALICE, BORA, CHANNEL, GUILD

MINUTE = timedelta(minutes=1)
TALLY = f"{ALICE}: 10, {BORA}: 0"
ZONES = ("Asia/Seoul", "Europe/London", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Kiritimati", "Etc/GMT+12")
ELSEWHERE = CHANNEL + 1


async def asked_once(database: Database, library: Library, hour: int = 20) -> Lounge:
    """A lounge in which the first question is open, for three hours by now."""
    club = lounge(database, library, regulars)
    comes = (await club.set_up(hour)).next_at
    await club.play(comes + 3 * HOUR)
    return club


@pytest.mark.parametrize(
    ("hour", "comes"),
    [
        (18, EIGHT + 22 * HOUR),
        (20, EIGHT + 24 * HOUR),
        (22, EIGHT + 26 * HOUR),
        (23, EIGHT + 27 * HOUR),  # 23:00 is now
        (0, EIGHT + 4 * HOUR),
        (1, EIGHT + 5 * HOUR),
    ],
)
async def test_an_open_question_stays_open_until_the_next_hour_wherever_that_is_moved(
    database: Database, library: Library, hour: int, comes: datetime
) -> None:
    club = await asked_once(database, library)
    assert (await club.set_up(hour)).next_at == comes
    await club.play(comes + HOUR)
    first, second = await club.questions()
    assert (first.deadline, first.edits, first.state) == (comes - MINUTE, (TALLY,), RoundState.CLOSED)
    assert (second.sent_at, second.deadline) == (comes, comes + DAY - MINUTE)
    assert second.day == (comes + 9 * HOUR).date()


async def test_a_day_that_has_had_its_question_gets_no_second_one_when_the_hour_moves_to_its_evening(
    database: Database, library: Library
) -> None:
    club = lounge(database, library)
    await club.set_up(8)
    await club.play(EIGHT - 12 * HOUR)
    assert (await club.set_up(21)).next_at == EIGHT + DAY + HOUR
    await club.play(EIGHT + 3 * DAY)
    assert [entry.day for entry in await club.questions()] == [FIRST, FIRST + DAY, FIRST + 2 * DAY]


async def test_an_hour_that_is_less_than_a_minute_away_closes_the_open_question_at_once(
    database: Database, library: Library
) -> None:
    club = await asked_once(database, library)
    moved = EIGHT + 20 * HOUR - MINUTE / 2
    await club.play(moved)
    assert (await club.set_up(16)).next_at == EIGHT + 20 * HOUR
    await club.play(EIGHT + 20 * HOUR)
    first, second = await club.questions()
    assert (first.deadline, first.edits) == (moved, (TALLY,))
    assert second.sent_at == EIGHT + 20 * HOUR


async def test_clicks_on_their_way_count_also_where_the_close_was_moved(database: Database, library: Library) -> None:
    club = await asked_once(database, library)
    closes = (await club.set_up(18)).next_at - MINUTE
    await club.play(closes + IN_FLIGHT - TICK)
    assert [entry.state for entry in await club.questions()] == [RoundState.OPEN]
    await club.play(closes + IN_FLIGHT)
    assert [entry.state for entry in await club.questions()] == [RoundState.CLOSED]


async def test_a_close_that_was_moved_holds_through_a_restart(database: Database, library: Library) -> None:
    club = await asked_once(database, library)
    comes = (await club.set_up(22)).next_at
    await club.be_down(24 * HOUR)  # until 23:00: an hour after the moved one
    await club.play(club.now + AFTER_TALLY)
    first, second = await club.questions()
    assert (first.deadline, first.edits) == (comes - MINUTE, (TALLY,))
    assert second.sent_at is not None
    assert comes + HOUR <= second.sent_at <= comes + HOUR + AFTER_TALLY


async def test_after_a_stop_nothing_more_comes_and_what_is_open_closes_at_its_time(
    database: Database, library: Library
) -> None:
    club = await asked_once(database, library)
    await club.daily.stop(GUILD)
    for refused in (club.daily.stop(GUILD), club.daily.get(GUILD, club.now)):
        with pytest.raises(NoDaily):
            await refused
    await club.play(EIGHT + 3 * DAY)
    assert [entry.edits for entry in await club.questions()] == [(TALLY,)]


async def test_a_stop_and_a_new_start_on_the_same_day_ask_nothing_twice(database: Database, library: Library) -> None:
    club = await asked_once(database, library)
    await club.daily.stop(GUILD)
    club.now += HOUR
    assert (await club.set_up(20)).next_at == EIGHT + DAY
    await club.play(EIGHT + DAY + HOUR)
    assert [(entry.day, entry.edits) for entry in await club.questions()] == [(FIRST, (TALLY,)), (FIRST + DAY, ())]


async def test_a_new_channel_gets_the_next_question_and_the_old_one_its_tally(
    database: Database, library: Library
) -> None:
    club = await asked_once(database, library)
    await club.daily.start(GUILD, ELSEWHERE, 20, Language.ENGLISH, club.now)
    await club.play(EIGHT + DAY)
    assert [entry.edits for entry in await club.questions()] == [(TALLY,), ()]
    (now_open,) = await database.read(lambda connection: games.list_open_dailies(connection, GUILD))
    assert now_open.channel_id == ELSEWHERE


async def test_changing_nothing_changes_nothing(database: Database, library: Library) -> None:
    club = await asked_once(database, library)
    before = await club.questions()
    assert (await club.set_up()) == (await club.move_to("Asia/Seoul"))
    assert await club.questions() == before
    await club.play(EIGHT + DAY)
    assert [entry.edits for entry in await club.questions()] == [(TALLY,), ()]


@pytest.mark.parametrize(
    ("zone", "comes"),
    [
        ("Europe/London", EIGHT + 32 * HOUR),  # 15:00 there, on a day that has had its question
        ("Pacific/Auckland", EIGHT + 21 * HOUR),
        ("America/Los_Angeles", EIGHT + 40 * HOUR),
    ],
)
async def test_in_another_zone_the_hour_is_that_of_its_clocks(
    database: Database, library: Library, zone: str, comes: datetime
) -> None:
    club = await asked_once(database, library)
    assert (await club.move_to(zone)).next_at == comes
    await club.play(comes)
    first, second = await club.questions()
    assert (first.deadline, first.edits, second.sent_at) == (comes - MINUTE, (TALLY,), comes)


async def test_the_question_comes_when_it_was_said_to_although_two_days_have_had_theirs(
    database: Database, library: Library
) -> None:
    club = await asked_once(database, library, hour=9)  # asked on the 2nd of May, at 09:00 in Seoul
    await club.play(club.now + DAY)  # and on the 3rd, when it is the evening of the 2nd in Honolulu
    await club.move_to("Pacific/Honolulu")
    comes = (await club.set_up(20)).next_at
    await club.play(comes + HOUR)
    assert [entry.sent_at for entry in (await club.questions())[2:]] == [comes]


async def test_a_streak_follows_the_order_in_which_questions_came_whatever_their_days_are_called(
    database: Database, library: Library
) -> None:
    club = await asked_once(database, library, hour=9)  # on the 2nd of May, which is still the 1st in Honolulu
    await club.move_to("Pacific/Honolulu")
    await club.set_up(20)
    await club.play(club.now + 4 * DAY)
    closed = [entry for entry in await club.questions() if entry.state is RoundState.CLOSED]
    assert [points_of(entry, ALICE) for entry in closed] == [10 + number for number in range(len(closed))]
    stats = await BoardService(database).stats(GUILD, ALICE, club.now, own=True)
    assert stats.daily_streak == len(closed)


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_managers_change_the_next_question_comes_when_it_was_last_said_to(
    database: Database, library: Library, seed: int
) -> None:
    rng = Random(seed)
    club = lounge(database, library)
    said = (await club.set_up()).next_at
    came: list[datetime] = []
    for _ in range(30):
        until = club.now + rng.choice((MINUTE, HOUR, 5 * HOUR, 11 * HOUR, DAY))
        while said <= until:
            await club.play(said + AFTER_TALLY)
            came.append(said)
            said = (await club.daily.get(GUILD, club.now)).next_at
        await club.play(max(until, club.now))
        for change in rng.sample(("zone", "hour", "restart", "nothing"), 2):
            if change == "zone":
                said = (await club.move_to(rng.choice(ZONES))).next_at
            elif change == "hour":
                said = (await club.set_up(rng.randrange(24))).next_at
            elif change == "restart":
                club.restart()
    shown = await club.questions()
    assert [entry.sent_at for entry in shown] == came
    assert len({entry.day for entry in shown}) == len(shown)
    assert len(await club.open_days()) <= 1
