"""What the couples of a guild have won, as it is read from polls and brackets."""

from collections.abc import Sequence

from sqlalchemy import insert

from bot.domain.bracket import Phase
from bot.domain.polls import Option
from bot.domain.records import PastBracket, PastPoll, Score
from bot.domain.texts import Localised
from bot.storage import records
from bot.storage.database import Database
from bot.storage.ship_tables import entrant
from tests.storage.records_rows import (
    CHANNEL,
    DAY,
    GOBLIN,
    GUILD,
    NOON,
    OTHER,
    SUNNY,
    TYPED,
    Met,
    store_bracket,
    store_poll,
)

FOUR = (GOBLIN, SUNNY, TYPED, OTHER)
CUP = (
    Met(1, 0, 1, 4, (5, 2), winner=1),
    Met(1, 1, 2, 3, (3, 3), winner=2),  # a tie goes to the higher seed
    Met(2, 0, 1, 2, (1, 6), winner=2),
)
"""Sunny wins a bracket of four."""


async def scores(database: Database, key: str | None = None, guild_id: int = GUILD) -> dict[str, Score]:
    found = await database.read(lambda connection: records.list_scores(connection, guild_id, key))
    assert len({score.key for score in found}) == len(found)
    return {score.key: score for score in found}


async def won(database: Database, option: Option) -> int:
    return await database.read(lambda connection: records.count_polls_won(connection, GUILD, option.key))


async def past_polls(database: Database, option: Option, limit: int = 5) -> Sequence[PastPoll]:
    return await database.read(lambda connection: records.list_past_polls(connection, GUILD, option.key, limit))


async def past_brackets(database: Database, option: Option, limit: int = 5) -> Sequence[PastBracket]:
    return await database.read(lambda connection: records.list_past_brackets(connection, GUILD, option.key, limit))


async def titles(database: Database, option: Option) -> Sequence[str]:
    return await database.read(lambda connection: records.list_titles(connection, GUILD, option.key))


async def test_votes_add_up_over_the_closed_polls_of_the_guild_alone(database: Database) -> None:
    await store_poll(database, {GOBLIN: 5, TYPED: 2})
    await store_poll(database, {GOBLIN: 1, SUNNY: 0})
    await store_poll(database, {GOBLIN: 90, SUNNY: 90}, guild_id=GUILD + 1)
    assert await scores(database) == {
        option.key: Score(option.key, option.label, votes=votes, polls=polls)
        for option, votes, polls in ((GOBLIN, 6, 2), (TYPED, 2, 1), (SUNNY, 0, 1))
    }
    assert await scores(database, guild_id=GUILD + 2) == {}


async def test_open_and_void_polls_count_for_nothing(database: Database) -> None:
    await store_poll(database, {GOBLIN: 5, SUNNY: 2}, is_open=True)
    await store_poll(database, {GOBLIN: 5, SUNNY: 2}, void=True)
    await store_bracket(
        database,
        FOUR,
        [Met(1, 0, 1, 4, (7, 2), winner=None), Met(1, 1, 2, 3, (7, 2), winner=None, void=True)],
        phase=Phase.PLAYING,
    )
    assert await scores(database) == {}
    assert [await won(database, option) for option in FOUR] == [0, 0, 0, 0]
    assert await past_polls(database, GOBLIN) == await past_brackets(database, GOBLIN) == []


async def test_matchups_count_as_matchups_and_their_votes_with_the_others(database: Database) -> None:
    await store_poll(database, {SUNNY: 4, GOBLIN: 1})
    await store_bracket(database, FOUR, CUP)
    assert await scores(database) == {
        GOBLIN.key: Score(GOBLIN.key, GOBLIN.label, won=1, lost=1, votes=7, polls=1),
        SUNNY.key: Score(SUNNY.key, SUNNY.label, won=2, lost=0, votes=13, polls=1, titles=1),
        TYPED.key: Score(TYPED.key, TYPED.label, lost=1, votes=3),
        OTHER.key: Score(OTHER.key, OTHER.label, lost=1, votes=2),
    }
    assert [await won(database, option) for option in FOUR] == [0, 1, 0, 0]


async def test_a_matchup_is_won_by_the_couple_of_the_seed_whichever_way_its_poll_lists_them(database: Database) -> None:
    await store_bracket(database, FOUR, [Met(1, 1, 3, 2, (1, 8), winner=2)], phase=Phase.PLAYING)
    found = await scores(database)
    assert (found[SUNNY.key].won, found[TYPED.key].lost) == (1, 1)


async def test_only_a_finished_bracket_gives_a_title_and_the_newest_is_named_first(database: Database) -> None:
    await store_bracket(database, FOUR, CUP, name="First cup")
    await store_bracket(database, FOUR, CUP, name="Second cup", later=DAY)
    await store_bracket(database, FOUR, CUP, name="Called off", phase=Phase.ENDED)
    await store_bracket(database, FOUR, CUP, name="Reopened", phase=Phase.PLAYING)
    await store_bracket(database, FOUR, CUP, name="Elsewhere", guild_id=GUILD + 1)
    assert await titles(database, SUNNY) == ["Second cup", "First cup"]
    assert await titles(database, GOBLIN) == []
    assert {key: score.titles for key, score in (await scores(database)).items() if score.titles} == {SUNNY.key: 2}


async def test_a_poll_is_won_alone_in_front_and_with_a_vote(database: Database) -> None:
    await store_poll(database, {GOBLIN: 3, SUNNY: 3, TYPED: 1})
    await store_poll(database, {GOBLIN: 0, SUNNY: 0})
    await store_poll(database, {SUNNY: 2, GOBLIN: 1, TYPED: 0})
    assert [await won(database, option) for option in FOUR] == [0, 1, 0, 0]
    assert (await scores(database, GOBLIN.key))[GOBLIN.key].polls == 3


async def test_one_couple_is_scored_as_among_all(database: Database) -> None:
    await store_poll(database, {GOBLIN: 3, SUNNY: 1})
    await store_bracket(database, FOUR, CUP)
    everybody = await scores(database)
    for option in FOUR:
        assert await scores(database, option.key) == {option.key: everybody[option.key]}
    assert await scores(database, "nobody") == {}


async def test_a_couple_is_called_as_it_stood_last_however_it_was_written_before(database: Database) -> None:
    later = Option(Localised("MIN & Jun"))
    await store_poll(database, {TYPED: 3, GOBLIN: 1})
    await store_poll(database, {SUNNY: 1, later: 2})
    await store_poll(database, {Option(Localised("min x jun", None)): 9, GOBLIN: 1}, is_open=True)
    assert (await scores(database))[TYPED.key] == Score(TYPED.key, later.label, votes=5, polls=2)


async def test_the_last_polls_are_told_newest_first_with_how_they_ended(database: Database) -> None:
    await store_poll(database, {GOBLIN: 3, SUNNY: 1, TYPED: 0})
    await store_poll(database, {SUNNY: 2, GOBLIN: 2}, later=2 * DAY, question="Who first?", message_id=None)
    await store_poll(database, {SUNNY: 2, TYPED: 2}, later=3 * DAY)
    await store_bracket(database, FOUR, CUP)
    newer = PastPoll(NOON + 2 * DAY, CHANNEL, None, "Who first?", 2, 4, False)
    assert await past_polls(database, GOBLIN) == [newer, PastPoll(NOON, CHANNEL, 7, None, 3, 4, True)]
    assert await past_polls(database, GOBLIN, limit=1) == [newer]


async def test_the_last_brackets_are_told_newest_first_once_they_are_over(database: Database) -> None:
    await store_bracket(database, FOUR, CUP, name="Cup")
    await store_bracket(database, FOUR, CUP[:1], name="Half a cup", later=DAY, phase=Phase.ENDED)
    await store_bracket(database, FOUR, CUP[:1], name="Running", later=2 * DAY, phase=Phase.PAUSED)
    told = [
        (past.name, past.at, past.won, past.lost, past.is_champion) for past in await past_brackets(database, GOBLIN)
    ]
    assert told == [("Half a cup", NOON + DAY, 1, 0, False), ("Cup", NOON, 1, 1, False)]
    told = [(past.name, past.won, past.lost, past.is_champion) for past in await past_brackets(database, SUNNY)]
    assert told == [("Half a cup", 0, 0, False), ("Cup", 2, 0, True)]
    assert len(await past_brackets(database, SUNNY, limit=1)) == 1
    assert {past.message_id for past in await past_brackets(database, SUNNY)} == {9}


async def test_who_was_nominated_only_did_not_stand(database: Database) -> None:
    bracket_id = await store_bracket(database, FOUR, CUP)
    extra = Option(Localised("Not ♥ Drawn"))
    nominated = {"bracket_id": bracket_id, "number": 9, "couple_key": extra.key, "label_en": extra.label.en}
    await database.write(lambda connection: connection.execute(insert(entrant).values(nominated)))
    assert await past_brackets(database, extra) == []
    assert extra.key not in await scores(database)
