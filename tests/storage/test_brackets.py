from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Bracket, BracketWish, Phase, Seeding, decide, end, pause
from bot.domain.matchups import Matchup
from bot.domain.nominations import begin
from bot.domain.polls import Option, Secrecy
from bot.domain.texts import Language, Localised
from bot.storage import brackets, members, polls
from bot.storage.database import Database
from bot.storage.ship_tables import entrant

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
GUILD, CHANNEL, CREATOR = 845001112223334445, 845001112223334446, 845001112223334447
ALICE, BORA = 901000000000000001, 901000000000000002
OPTIONS = (
    Option(Localised("Hong-shim ♥ Won-deuk", "홍심 ♥ 원득"), "hong-shim-won-deuk"),
    *(Option(Localised(f"Alice{number} ♥ Bora")) for number in range(1, 6)),
)
WISH = BracketWish("월드컵 2026", 8, DAY, timedelta(minutes=90), Seeding.RANDOM, Secrecy.HIDDEN, voter_role_id=777)


async def add(database: Database, number: int = 1, wish: BracketWish = WISH) -> Bracket:
    return await database.write(
        lambda connection: brackets.add_bracket(
            connection,
            wish,
            guild_id=GUILD,
            channel_id=CHANNEL + number,
            creator_id=CREATOR,
            request_id=number,
            language=Language.KOREAN,
            now=NOON,
        )
    )


async def find(database: Database, bracket: Bracket) -> Bracket:
    found = await database.read(lambda connection: brackets.find_bracket(connection, bracket.id))
    assert found is not None
    return found


async def save(database: Database, bracket: Bracket) -> Bracket:
    await database.write(lambda connection: brackets.save_bracket(connection, bracket))
    return await find(database, bracket)


async def nominate(database: Database, bracket: Bracket, number: int, *user_ids: int) -> Bracket:
    """Have the option of that number nominated by these members."""

    async def work(connection: AsyncConnection) -> None:
        await brackets.add_entrant(connection, bracket.id, number, OPTIONS[number - 1])
        for place, user_id in enumerate(user_ids):
            await brackets.add_nomination(connection, bracket.id, user_id, number, NOON + place * DAY)

    await database.write(work)
    return await find(database, bracket)


async def begun(database: Database, number: int = 1) -> Bracket:
    """A bracket of four, its matchups still without polls."""
    bracket = await add(database, number)
    for place in range(1, 5):
        bracket = await nominate(database, bracket, place, ALICE)
    after = begin(bracket, (), Random(1))

    async def work(connection: AsyncConnection) -> None:
        await brackets.save_entrants(connection, bracket, after)
        await brackets.save_bracket(connection, after)

    await database.write(work)
    assert await find(database, bracket) == after
    return after


async def add_matchup(database: Database, bracket: Bracket, matchup: Matchup) -> int:
    """Store a matchup with a poll of its own; return the id of that."""

    async def work(connection: AsyncConnection) -> int:
        poll = await polls.add_poll(
            connection,
            guild_id=GUILD,
            channel_id=CHANNEL,
            creator_id=None,
            request_id=None,
            language=Language.KOREAN,
            opened_at=NOON,
            closes_at=None,
            options=OPTIONS[:2],
        )
        await brackets.set_matchup(connection, bracket.id, matchup, poll.id)
        return poll.id

    return await database.write(work)


async def test_a_new_bracket_is_as_it_was_wished_for_and_nobody_is_nominated(database: Database) -> None:
    bracket = await add(database)
    assert bracket == Bracket(
        id=bracket.id,
        guild_id=GUILD,
        channel_id=CHANNEL + 1,
        creator_id=CREATOR,
        language=Language.KOREAN,
        name="월드컵 2026",
        size=8,
        seeding=Seeding.RANDOM,
        secrecy=Secrecy.HIDDEN,
        matchup_time=timedelta(minutes=90),
        created_at=NOON,
        phase=Phase.NOMINATING,
        nominations_close_at=NOON + DAY,
        voter_role_id=777,
    )
    assert await find(database, bracket) == bracket
    assert await database.write(lambda connection: brackets.find_bracket(connection, bracket.id, lock=True)) == bracket


async def test_a_bracket_that_is_not_stored_is_not_found(database: Database) -> None:
    assert await database.read(lambda connection: brackets.find_bracket(connection, 404)) is None
    assert await database.read(lambda connection: brackets.find_brackets(connection, [404])) == {}
    assert await database.read(lambda connection: brackets.find_bracket_on(connection, 404)) is None
    assert await database.read(lambda connection: brackets.find_bracket_of(connection, 404)) is None
    assert not await database.read(lambda connection: brackets.was_requested(connection, 404))


async def test_a_channel_has_one_bracket_that_is_on_and_any_number_that_are_over(database: Database) -> None:
    first = await add(database, 1)

    async def second(connection: AsyncConnection) -> Bracket:
        return await brackets.add_bracket(
            connection,
            WISH,
            guild_id=GUILD,
            channel_id=first.channel_id,
            creator_id=CREATOR,
            request_id=2,
            language=Language.KOREAN,
            now=NOON,
        )

    with pytest.raises(IntegrityError):
        await database.write(second)
    await save(database, end(first, NOON))
    other = await database.write(second)
    assert await database.read(lambda connection: brackets.find_bracket_on(connection, first.channel_id)) == other


async def test_a_request_makes_only_one_bracket(database: Database) -> None:
    bracket = await add(database, 1)
    await save(database, end(bracket, NOON))
    with pytest.raises(IntegrityError):
        await add(database, 1)
    assert await database.read(lambda connection: brackets.was_requested(connection, 1))


async def test_the_brackets_of_a_guild_are_listed_newest_first_with_their_own_entrants(database: Database) -> None:
    made = [await nominate(database, await add(database, number), number, ALICE) for number in (1, 2, 3)]
    assert await database.read(lambda connection: brackets.list_brackets(connection, GUILD, 2)) == made[:0:-1]
    assert await database.read(lambda connection: brackets.list_brackets(connection, GUILD + 1, 2)) == []


async def test_where_a_bracket_stands_is_stored_and_its_message(database: Database) -> None:
    bracket = await begun(database)
    paused = pause(bracket, NOON + timedelta(minutes=30), NOON)
    assert (await save(database, paused)).rest == timedelta(minutes=30)
    assert (await save(database, pause(bracket, NOON, NOON))).rest == timedelta()
    assert (await save(database, bracket)).rest is None
    await database.write(lambda connection: brackets.show_bracket(connection, bracket.id, 888))
    assert (await find(database, bracket)).message_id == 888


async def test_nominations_are_counted_and_listed_in_the_order_they_were_made(database: Database) -> None:
    bracket = await nominate(database, await add(database), 1, BORA, ALICE)
    bracket = await nominate(database, bracket, 2, ALICE)
    assert [(one.option, one.nominations) for one in bracket.entrants] == [(OPTIONS[0], 2), (OPTIONS[1], 1)]
    listed = await database.read(lambda connection: brackets.list_nominated(connection, bracket.id, ALICE))
    assert listed == [2, 1]
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: brackets.add_nomination(connection, bracket.id, ALICE, 1, NOON))
    await database.write(lambda connection: brackets.remove_nomination(connection, bracket.id, ALICE, 1))
    assert [one.nominations for one in (await find(database, bracket)).entrants] == [1, 1]


async def test_a_couple_is_nominated_as_one_however_often_it_is_added(database: Database) -> None:
    bracket = await nominate(database, await add(database), 1, ALICE)
    with pytest.raises(IntegrityError):
        await database.write(lambda connection: brackets.add_entrant(connection, bracket.id, 2, OPTIONS[0]))


async def test_rows_of_couples_without_a_nomination_go_with_the_next_new_one_but_those_taken_out_stay(
    database: Database,
) -> None:
    bracket = await add(database)
    for number in (1, 2, 3):
        bracket = await nominate(database, bracket, number, ALICE)
    await database.write(lambda connection: brackets.remove_nomination(connection, bracket.id, ALICE, 1))
    await database.write(lambda connection: brackets.prune_entrant(connection, bracket.id, 2))
    assert [one.number for one in (await find(database, bracket)).entrants] == [1, 2, 3]
    after = await nominate(database, bracket, 4, ALICE)
    assert [(one.number, one.pruned, one.nominations) for one in after.entrants] == [
        (2, True, 0),
        (3, False, 1),
        (4, False, 1),
    ]


async def test_taking_a_couple_out_gives_back_its_nominations_and_no_others(database: Database) -> None:
    bracket = await nominate(database, await add(database), 1, ALICE, BORA)
    bracket = await nominate(database, bracket, 2, ALICE)
    await database.write(lambda connection: brackets.prune_entrant(connection, bracket.id, 1))
    for user_id, left in ((ALICE, [2]), (BORA, [])):
        assert await nominated_by(database, bracket, user_id) == left


async def nominated_by(database: Database, bracket: Bracket, user_id: int) -> list[int]:
    return list(await database.read(lambda connection: brackets.list_nominated(connection, bracket.id, user_id)))


async def test_forgetting_the_nominations_of_a_bracket_leaves_its_counts_and_other_brackets(database: Database) -> None:
    bracket = await nominate(database, await add(database, 1), 1, ALICE, BORA)
    other = await nominate(database, await add(database, 2), 1, ALICE)
    await database.write(lambda connection: brackets.forget_nominations(connection, bracket.id))
    assert await find(database, bracket) == bracket
    assert await nominated_by(database, bracket, ALICE) == []
    assert await nominated_by(database, other, ALICE) == [1]


async def test_couples_that_are_drawn_are_stored_with_their_seeds_beside_those_that_were_nominated(
    database: Database,
) -> None:
    bracket = await nominate(database, await add(database), 1, ALICE)
    after = begin(bracket, OPTIONS, Random(1))
    await database.write(lambda connection: brackets.save_entrants(connection, bracket, after))
    assert (await find(database, bracket)).entrants == after.entrants
    keys = await database.read(lambda connection: connection.scalars(select(entrant.c.couple_key)))
    assert sorted(keys) == sorted(option.key for option in OPTIONS[:4])


async def test_a_decided_matchup_is_a_winner_of_its_bracket_and_one_that_is_opened_anew_is_none(
    database: Database,
) -> None:
    bracket = await begun(database)
    matchup = bracket.current
    assert matchup is not None
    poll_id = await add_matchup(database, bracket, matchup)
    assert (await find(database, bracket)).winners == {}
    await database.write(lambda connection: brackets.decide_matchup(connection, poll_id, 4))
    assert await find(database, bracket) == decide(bracket, (0, 1), NOON)
    assert await database.read(lambda connection: brackets.find_bracket_of(connection, poll_id)) == bracket.id
    anew = await add_matchup(database, bracket, matchup)
    assert await find(database, bracket) == bracket
    assert await database.read(lambda connection: brackets.find_bracket_of(connection, poll_id)) is None
    await database.write(lambda connection: brackets.remove_matchup(connection, anew))
    assert await database.read(lambda connection: brackets.list_matchup_polls(connection, bracket.id)) == {}


async def test_the_polls_of_matchups_are_listed_in_order_of_play(database: Database) -> None:
    bracket, other = await begun(database, 1), await begun(database, 2)
    places = [(2, 0), (1, 1), (1, 0)]
    made = {place: await add_matchup(database, bracket, Matchup(*place, 1, 2, None)) for place in places}
    await add_matchup(database, other, Matchup(1, 0, 1, 4, None))
    listed = await database.read(lambda connection: brackets.list_matchup_polls(connection, bracket.id))
    assert list(listed.items()) == [(place, made[place]) for place in sorted(places)]


async def test_a_deletion_takes_a_members_voice_while_couples_are_nominated_and_not_from_what_has_begun(
    database: Database,
) -> None:
    nominating = await nominate(database, await add(database, 1), 1, ALICE, BORA)
    over = await nominate(database, await add(database, 2), 1, ALICE)
    await save(database, end(over, NOON))
    await database.write(lambda connection: members.remove_member(connection, ALICE))
    assert [one.nominations for one in (await find(database, nominating)).entrants] == [1]
    assert [one.nominations for one in (await find(database, over)).entrants] == [1]
    assert await nominated_by(database, nominating, ALICE) == []
    await database.write(lambda connection: members.remove_member(connection, CREATOR))
    assert (await find(database, over)).creator_id is None
