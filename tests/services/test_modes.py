"""The modes side by side: what they ask, how they score; games that run at once, members who leave in the middle."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.games import Angle, Asked, Fastest, LongestStreak, Mode, Standing, Wish
from bot.domain.library import Library
from bot.errors import NotYourGame
from bot.services.privacy import PrivacyService
from bot.storage.database import Database
from tests.services.own_packs import upload
from tests.services.play import (
    ALICE,
    BORA,
    CHAN,
    CHANNEL,
    GUILD,
    STARTER,
    Channel,
    Click,
    Process,
    after,
    ask,
    close,
    right,
    rounds_of,
    say,
    standings_of,
    start,
    wrong,
)

ANGLES = {
    Mode.CLASSIC: {Angle.SCRIPT},
    Mode.EXPERT: {Angle.WHOSE},
    Mode.BOLD: {Angle.SCRIPT},
    Mode.MIXED: set(Angle),
}


def clicks(asked: Asked, at: datetime) -> Sequence[Click]:
    """Alice is always right at once, Bora never; Chan comes late into the second question and is right."""
    said: list[tuple[int, int, float]] = [(ALICE, right(asked.round), 0), (BORA, wrong(asked.round), 1)]
    if asked.round.number == 2:
        said.append((CHAN, right(asked.round), 1.5))
    return [
        Click(at + timedelta(seconds=seconds), user_id, asked.round.id, choice=choice)
        for user_id, choice, seconds in said
    ]


@pytest.mark.parametrize("mode", ANGLES)
async def test_each_mode_asks_from_its_angles(process: Process, database: Database, mode: Mode) -> None:
    asked = await rounds_of(database, await start(process, rounds=20, mode=mode))
    assert {round_.question.angle for round_ in asked} == ANGLES[mode]
    assert len(asked) == 20


@pytest.mark.parametrize(("mode", "base", "chan"), [(Mode.CLASSIC, 10, 5), (Mode.EXPERT, 15, 5), (Mode.BOLD, 10, 5)])
async def test_a_whole_game_is_scored_by_the_rules_of_its_mode(
    database: Database, library: Library, mode: Mode, base: int, chan: int
) -> None:
    channel = Channel(database, library, clicks)
    await start(channel.process, rounds=3, mode=mode)
    await channel.play()
    [recap] = channel.recaps
    alice = 3 * base + 5 + 6 + 7
    assert recap.standings == (
        Standing(1, ALICE, alice, 3, 3),
        Standing(2, CHAN, base + chan, 1, 1),
        Standing(3, BORA, 0, 0, 3),
    )
    assert recap.fastest == Fastest(ALICE, 0.0)
    assert recap.longest == LongestStreak(3, (ALICE,))
    assert recap.most_missed is not None
    assert (recap.most_missed.round.number, recap.most_missed.wrong, recap.most_missed.answered) == (1, 1, 2)


@pytest.mark.parametrize(("mode", "points"), [(Mode.CLASSIC, 15), (Mode.EXPERT, 15), (Mode.BOLD, 10)])
async def test_a_wrong_answer_costs_points_in_expert_and_bold_alone(
    process: Process, database: Database, mode: Mode, points: int
) -> None:
    game = await start(process, mode=mode)
    first, second = await rounds_of(database, game)
    for round_, seconds in ((first, 0), (second, 60)):
        await ask(process, round_.id, after(seconds), message_id=round_.id)
        await say(process, round_, ALICE, seconds, correct=round_ is first)
        await close(process, round_.id, after(seconds + 21))
    base = {Mode.EXPERT: 20}.get(mode, 15)
    assert await standings_of(process, game, after(90)) == {ALICE: base - (base - points)}


async def test_the_streak_stops_growing_the_bonus_after_five(process: Process, database: Database) -> None:
    earned: list[int] = []
    for number, round_ in enumerate(await rounds_of(database, await start(process, rounds=8))):
        await ask(process, round_.id, after(60 * number), message_id=round_.id)
        await say(process, round_, ALICE, 60 * number)
        [scored] = (await close(process, round_.id, after(60 * number + 21))).scored
        earned.append(scored.points)
    assert earned == [15, 16, 17, 18, 19, 20, 20, 20]


async def test_two_games_in_two_channels_of_one_guild_do_not_touch_each_other(
    database: Database, library: Library
) -> None:
    """One is bold and the other classic; the second begins while the first is on, and is stopped."""
    channel = Channel(database, library, clicks)
    first = await start(channel.process, rounds=3, mode=Mode.BOLD)
    await channel.play(until=after(5))
    second = await start(channel.process, rounds=3, request_id=2, channel_id=CHANNEL + 1, starter_id=BORA, now=after(5))
    await channel.play(until=after(40))
    with pytest.raises(NotYourGame):
        await channel.process.trivia.stop(CHANNEL + 1, STARTER, after(40), is_manager=False)
    await channel.process.trivia.stop(CHANNEL + 1, BORA, after(40), is_manager=False)
    await channel.play()
    ended = {recap.game.id: recap for recap in channel.recaps}
    assert ended.keys() == {first.id, second.id}
    assert (ended[first.id].rounds_played, ended[second.id].rounds_played) == (3, 2)
    assert [standing.points for standing in ended[first.id].standings] == [48, 15, 0]
    moments = {round_.question.moment_id for game in (first, second) for round_ in await rounds_of(database, game)}
    assert len(moments) >= 5  # what has been shown in the guild is not drawn again


async def test_a_member_whose_data_is_deleted_in_the_middle_leaves_a_game_that_goes_on(
    database: Database, library: Library
) -> None:
    channel = Channel(database, library, clicks)
    game = await start(channel.process, rounds=3, mode=Mode.BOLD, starter_id=ALICE)
    await channel.play(until=after(23))
    first, *_ = await rounds_of(database, game)
    await channel.process.choices.double(first.id, ALICE, after(23))
    await PrivacyService(database).delete(ALICE)
    await channel.play()
    [recap] = channel.recaps
    assert recap.game.starter_id is None
    assert recap.rounds_played == 3
    assert {standing.user_id: standing.points for standing in recap.standings} == {ALICE: 15 + 16, CHAN: 15, BORA: 0}
    assert await PrivacyService(database).count(ALICE) == 2  # what she said after it


async def test_a_member_whose_data_is_deleted_may_answer_the_same_question_again(
    process: Process, database: Database
) -> None:
    first, *_ = await rounds_of(database, game := await start(process))
    await ask(process, first.id, after(0))
    await say(process, first, ALICE, 1, correct=False)
    await PrivacyService(database).delete(ALICE)
    await say(process, first, ALICE, 20)
    assert await standings_of(process, game, after(30)) == {ALICE: 10}


async def test_a_game_on_an_own_pack_and_one_on_everything_run_at_once(database: Database, library: Library) -> None:
    channel = Channel(database, library, clicks)
    pack = await upload(channel.process.packs)
    await start(channel.process, Wish(3, mode=Mode.EXPERT, pack=str(pack.id)))
    await start(channel.process, rounds=3, mode=Mode.MIXED, request_id=2, channel_id=CHANNEL + 1, guild_id=GUILD + 1)
    await channel.play()
    assert [recap.rounds_played for recap in channel.recaps] == [3, 3]
    assert {recap.standings[0].user_id for recap in channel.recaps} == {ALICE}
