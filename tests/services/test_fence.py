"""What a game may ask about that is limited to what was seen, or to a pack of the guild's own."""

from collections.abc import Iterable
from datetime import datetime

import pytest

from bot.domain.games import Mode, Wish
from bot.domain.library import Library
from bot.domain.moments import Kind
from bot.domain.spoilers import SpoilerLevel, SpoilerWish
from bot.domain.trivia import MAX_ROUNDS
from bot.errors import NoSuchPack, NothingSeen, NothingToAsk, PackOff
from bot.storage.database import Database
from tests.services.asking import asked, dramas_with, levels, long_game, mark, nothing_is_stored
from tests.services.own_packs import upload
from tests.services.play import (
    ALICE,
    BORA,
    CHANNEL,
    GUILD,
    NOON,
    STARTER,
    Process,
    after,
    ask,
    rounds_of,
    say,
    start,
)


async def test_a_game_about_what_the_starter_has_seen_asks_about_nothing_else(
    process: Process, database: Database, library: Library
) -> None:
    mine = dramas_with(library, lambda _moment: True, most=3)
    await mark(database, STARTER, *mine)
    await mark(database, ALICE, *library.dramas)
    shown = await long_game(process, database, Wish(MAX_ROUNDS, spoilers=SpoilerWish.SEEN_BY_ME))
    assert {moment.drama_id for moment in shown} == set(mine)


@pytest.mark.parametrize("mine", [(), ("a-drama-that-an-update-removed",)])
async def test_a_game_about_what_was_seen_needs_something_seen_and_else_changes_nothing(
    process: Process, database: Database, mine: tuple[str, ...]
) -> None:
    await mark(database, STARTER, *mine)
    for wish in (SpoilerWish.SEEN_BY_ME, SpoilerWish.SEEN_BY_US):
        with pytest.raises((NothingSeen, NothingToAsk) if mine else NothingSeen):
            await start(process, Wish(spoilers=wish))
    assert await nothing_is_stored(database)


async def played(
    process: Process, database: Database, players: Iterable[int], request_id: int, now: datetime = NOON
) -> None:
    """Play a game of one round in the channel to its end."""
    started = await start(process, rounds=1, request_id=request_id, now=now)
    [only] = await rounds_of(database, started)
    await ask(process, only.id, NOON, message_id=request_id)
    for user_id in players:
        await say(process, only, user_id, 1)
    await process.rounds.finish(started.id, after(2))


async def test_a_game_about_what_all_have_seen_asks_about_what_the_starter_and_the_last_players_share(
    process: Process, database: Database, library: Library
) -> None:
    first, second, third, fourth = dramas_with(library, lambda _moment: True, most=4)
    await played(process, database, [ALICE, BORA], request_id=1)
    await mark(database, STARTER, first, second, third)
    await mark(database, ALICE, second, first, fourth)
    await mark(database, BORA, fourth, second, first)
    wish = Wish(MAX_ROUNDS, spoilers=SpoilerWish.SEEN_BY_US)
    shown = await long_game(process, database, wish, request_id=2)
    assert {moment.drama_id for moment in shown} == {first, second}


async def test_one_player_who_has_marked_nothing_leaves_nothing_that_all_have_seen(
    process: Process, database: Database, library: Library
) -> None:
    await played(process, database, [ALICE, BORA], request_id=1)
    for user_id in (STARTER, ALICE):
        await mark(database, user_id, *library.dramas)
    with pytest.raises(NothingSeen):
        await start(process, Wish(spoilers=SpoilerWish.SEEN_BY_US), request_id=2)
    await played(process, database, [ALICE], request_id=3)
    assert await start(process, Wish(spoilers=SpoilerWish.SEEN_BY_US), request_id=4)


async def test_in_a_channel_where_nobody_has_played_what_all_have_seen_is_what_the_starter_has(
    process: Process, database: Database, library: Library
) -> None:
    [mine] = dramas_with(library, lambda _moment: True, most=1)
    await mark(database, STARTER, mine)
    wish = Wish(MAX_ROUNDS, spoilers=SpoilerWish.SEEN_BY_US)
    shown = await long_game(process, database, wish, channel_id=CHANNEL + 1)
    assert {moment.drama_id for moment in shown} == {mine}


async def test_a_game_on_an_own_pack_asks_about_its_scenes_alone_under_the_guilds_policy(
    process: Process, database: Database
) -> None:
    pack = await upload(process.packs)
    started = await start(process, Wish(MAX_ROUNDS, pack=str(pack.id)))
    shown = await asked(process, database, started)
    assert len({moment.id for moment in shown}) == started.rounds == 6
    assert all(moment.id.startswith(f"pack/{pack.id}/") for moment in shown)
    assert levels(shown) == {SpoilerLevel.NONE, SpoilerLevel.MILD}


async def test_a_pack_that_is_off_gone_or_of_another_guild_starts_no_game(process: Process, database: Database) -> None:
    off = await upload(process.packs, name="Off", on=False)
    foreign = await upload(process.packs, guild_id=GUILD + 1)
    with pytest.raises(PackOff):
        await start(process, Wish(pack=str(off.id)))
    await process.packs.remove(GUILD, off.id)
    for key in (str(off.id), str(foreign.id), "404", "improvised", ""):
        with pytest.raises(NoSuchPack):
            await start(process, Wish(pack=key))
    assert await nothing_is_stored(database)


async def test_an_own_pack_of_one_scene_makes_a_game_of_one_round_and_of_another_kind_none(
    process: Process, database: Database
) -> None:
    pack = await upload(process.packs, days=[0])
    with pytest.raises(NothingToAsk):
        await start(process, Wish(pack=str(pack.id), kind=Kind.COMEDY))
    assert await nothing_is_stored(database)
    assert (await start(process, Wish(MAX_ROUNDS, mode=Mode.MIXED, pack=str(pack.id)))).rounds == 1
