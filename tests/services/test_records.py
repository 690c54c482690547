"""The leaderboard of couples and their cards, from what is stored to what may be named."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.bracket import Phase
from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.domain.polls import Option
from bot.domain.records import LAST, PastBracket, PastPoll, Record, Score
from bot.domain.texts import Localised
from bot.errors import ActorsNotShipped, NameBlocked, NoSuchCouple, Outdated
from bot.services.couples import CoupleService
from bot.services.records import FIRST, RecordService
from bot.storage import guilds
from bot.storage.database import Database
from tests.storage.engines import ENGINES
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

pytestmark = pytest.mark.parametrize("engine_name", ENGINES)

ACTORS = Option(Localised("Kim Go-eun ♥ Gong Yoo", "김고은 ♥ 공유"), f"actors/{GOBLIN.couple_id}")
FINAL = Met(1, 0, 1, 2, (5, 2), winner=1)


@pytest.fixture
def couples(database: Database, library: Library) -> CoupleService:
    return CoupleService(database, library)


@pytest.fixture
def service(database: Database, library: Library, couples: CoupleService) -> RecordService:
    return RecordService(database, library, couples)


async def board(service: RecordService, page: int = 0, guild_id: int = GUILD) -> list[tuple[int, str | None]]:
    """Rank and couple of each line of a page, None where it is withheld."""
    shown = (await service.leaderboard(guild_id, page)).shown
    return [(entry.rank, None if entry.withheld else entry.score.label.en) for entry in shown]


async def offered(service: RecordService, typed: str) -> list[str]:
    return [offer.text for offer in await service.suggest(GUILD, typed)]


async def let_actors(database: Database) -> None:
    async def work(connection: AsyncConnection) -> None:
        await guilds.save_settings(connection, GuildSettings(GUILD, actors=True))

    await database.write(work)


async def test_the_board_ranks_by_matchups_then_votes_and_shares_ranks(
    service: RecordService, database: Database
) -> None:
    await store_poll(database, {GOBLIN: 50, OTHER: 7})
    await store_bracket(database, [TYPED, SUNNY], [FINAL])
    await store_poll(database, {SUNNY: 5, TYPED: 0})
    assert await board(service) == [
        (1, TYPED.label.en),
        (2, GOBLIN.label.en),
        (3, OTHER.label.en),
        (3, SUNNY.label.en),
    ]
    assert await board(service, guild_id=GUILD + 1) == []


async def test_an_open_poll_is_not_on_the_board(service: RecordService, database: Database) -> None:
    await store_poll(database, {GOBLIN: 50, OTHER: 7}, is_open=True)
    assert await board(service) == []


async def test_the_catalogue_names_its_couples_whatever_they_were_called(
    service: RecordService, database: Database
) -> None:
    await store_poll(
        database, {Option(Localised("Old name"), GOBLIN.couple_id): 2, Option(Localised("Gone"), "gone"): 1}
    )
    assert await board(service) == [(1, GOBLIN.label.en), (2, "Gone")]
    assert (await service.card(GUILD, GOBLIN.key)).record.score.label == GOBLIN.label
    gone = await service.card(GUILD, "gone")
    assert (gone.record.score.label, gone.couple, gone.drama) == (Localised("Gone"), None, None)


async def test_a_name_on_the_block_list_is_withheld_and_its_rank_stays(
    service: RecordService, couples: CoupleService, database: Database
) -> None:
    await store_poll(database, {GOBLIN: 5, TYPED: 3, OTHER: 1})
    await couples.block(GUILD, "Min", is_manager=True, now=NOON)
    await couples.block(GUILD, "Kim Shin", is_manager=True, now=NOON)
    assert await board(service) == [(1, None), (2, None), (3, OTHER.label.en)]
    for text in (TYPED.label.en, GOBLIN.key):
        with pytest.raises(NameBlocked):
            await service.card(GUILD, text)
    assert await offered(service, "min") != []
    assert TYPED.label.en not in await offered(service, "min")


async def test_actors_are_told_of_only_while_the_guild_ships_them(service: RecordService, database: Database) -> None:
    written = Option(Localised("Gong Yoo & Min"))
    await store_poll(database, {ACTORS: 9, written: 8, OTHER: 1})
    assert await board(service) == [(1, None), (2, OTHER.label.en)]
    for text in (ACTORS.key, ACTORS.label.en, written.label.en):
        with pytest.raises(ActorsNotShipped):
            await service.card(GUILD, text)
    assert {ACTORS.key, written.label.en}.isdisjoint({*await offered(service, "Gong Yoo"), *await offered(service, "")})
    await let_actors(database)
    assert await board(service) == [(1, ACTORS.label.en), (2, written.label.en), (3, OTHER.label.en)]
    card = await service.card(GUILD, ACTORS.label.en)
    assert card.record.score == Score(ACTORS.key, ACTORS.label, votes=9, polls=1)
    assert card.couple == service.library.couples[GOBLIN.key]
    assert {ACTORS.key, written.label.en} <= {*await offered(service, "Gong Yoo")}


async def test_a_card_tells_all_that_a_couple_has_done(service: RecordService, database: Database) -> None:
    await store_poll(database, {GOBLIN: 3, SUNNY: 1})
    bracket = [GOBLIN, SUNNY]
    for day in range(1, LAST + 1):
        await store_bracket(database, bracket, [FINAL], name=f"Cup {day}", later=day * DAY)
    await store_bracket(database, bracket, [FINAL], name="Called off", phase=Phase.ENDED, later=-DAY)
    await store_poll(database, {GOBLIN: 2, SUNNY: 2}, later=2 * DAY, question="Who?")
    card = await service.card(GUILD, GOBLIN.key)
    past = card.record.past
    assert card.record == Record(
        Score(GOBLIN.key, GOBLIN.label, won=6, lost=0, votes=35, polls=2, titles=5),
        polls_won=1,
        titles=("Cup 5", "Cup 4", "Cup 3", "Cup 2", "Cup 1"),
        past=past,
    )
    assert [one.name if isinstance(one, PastBracket) else one.question for one in past] == [
        *("Cup 5", "Cup 4", "Cup 3", "Who?", "Cup 2")
    ]
    assert past[3] == PastPoll(NOON + 2 * DAY, CHANNEL, 7, "Who?", 2, 4, False)
    assert (card.drama, card.couple) == (service.library.dramas[_drama(service)], service.library.couples[GOBLIN.key])


def _drama(service: RecordService) -> str:
    return service.library.couples[GOBLIN.key].drama_id


@pytest.mark.parametrize(
    "text", ["ji-eun-tak-kim-shin", "Ji Eun-tak ♥ Kim Shin", "kim shin ♥ ji euntak", "지은탁 김신", "Eun-tak"]
)
async def test_a_couple_of_the_catalogue_is_found_by_its_id_and_by_what_names_it(
    service: RecordService, text: str
) -> None:
    card = await service.card(GUILD, text)
    assert card.record == Record(Score(GOBLIN.key, GOBLIN.label))


def test_where_there_is_no_guild_a_couple_of_the_catalogue_has_a_card_without_a_record(service: RecordService) -> None:
    card = service.plain_card(GOBLIN.key)
    assert (card.record, card.drama) == (
        Record(Score(GOBLIN.key, GOBLIN.label)),
        service.library.dramas[_drama(service)],
    )
    for text in (f"actors/{GOBLIN.key}", "Min ♥ Jun", "Ji Eun-tak ♥ Kim Shin", ""):
        with pytest.raises(Outdated):
            service.plain_card(text)


async def test_a_couple_is_found_by_its_fan_name(service: RecordService) -> None:
    assert (await service.card(GUILD, "우기더기")).record.score.key == "mu-deok-jang-uk"


async def test_a_couple_that_members_wrote_is_found_where_it_has_stood(
    service: RecordService, database: Database
) -> None:
    await store_poll(database, {TYPED: 3, GOBLIN: 1})
    card = await service.card(GUILD, "min & JUN")
    assert card.record.score == Score(TYPED.key, TYPED.label, votes=3, polls=1)
    assert (card.couple, card.drama) == (None, None)
    with pytest.raises(NoSuchCouple):
        await service.card(GUILD + 1, "min & JUN")


@pytest.mark.parametrize(
    "text",
    ["", " ", "♥", "Min ♥ Jun", "nobody of the kind", "<@1> & @everyone", "\x00", "\ud800", "x" * 6000, "typed:", "%"],
)
async def test_what_is_no_couple_is_refused_with_its_first_letters(service: RecordService, text: str) -> None:
    with pytest.raises(NoSuchCouple) as refused:
        await service.card(GUILD, text)
    assert refused.value.values == {"text": text[:60]}


async def test_before_a_letter_is_typed_the_best_of_the_guild_are_offered_then_the_catalogue(
    service: RecordService, database: Database
) -> None:
    await store_poll(database, {TYPED: 3, SUNNY: 9})
    offers = await service.suggest(GUILD, "")
    assert [offer.text for offer in offers][:2] == [SUNNY.key, TYPED.label.en]
    assert [offer.drama is None for offer in offers][:3] == [False, True, False]
    assert len(offers) == len({offer.text for offer in offers}) == 25


async def test_while_typing_couples_with_a_record_come_first_and_others_keep_room(
    service: RecordService, database: Database
) -> None:
    many = {Option(Localised(f"Kim {chr(97 + number)} & Lee")): number for number in range(20)}
    await store_poll(database, many)
    found = await offered(service, "kim")
    assert found[:2] == ["Kim t & Lee", "Kim s & Lee"]
    assert len([text for text in found if text.endswith("& Lee")]) == FIRST
    assert GOBLIN.key in await offered(service, "도깨비")
    assert await offered(service, "zzzzzzzz") == []
    for text in found[:FIRST]:
        assert (await service.card(GUILD, text)).record.score.label.en == text


async def test_a_thousand_couples_fill_a_hundred_pages(service: RecordService, database: Database) -> None:
    for first in range(0, 1000, 20):
        await store_poll(
            database, {Option(Localised(f"Aa & B{chr(0xAC00 + first + n)}")): first + n for n in range(20)}
        )
    board = await service.leaderboard(GUILD, 99)
    assert (len(board.shown), board.pages) == (10, 100)
    assert [entry.rank for entry in board.shown] == list(range(991, 1001))
    assert not any(entry.withheld for entry in board.shown)


async def test_the_same_couples_have_a_card_wherever_they_stand(
    service: RecordService, couples: CoupleService, database: Database
) -> None:
    async def with_cards() -> list[str]:
        return [one.label.en for one in await service.with_cards(GUILD, options) if one.has_card]

    options = [GOBLIN, ACTORS, TYPED, Option(Localised("Never Stood ♥ Anywhere"))]
    assert await with_cards() == [GOBLIN.label.en]
    await store_poll(database, {TYPED: 2, SUNNY: 1})
    assert await with_cards() == [GOBLIN.label.en, TYPED.label.en]
    await let_actors(database)
    assert await with_cards() == [GOBLIN.label.en, ACTORS.label.en, TYPED.label.en]
    for option in options[:3]:
        assert (await service.card(GUILD, option.couple_id or option.label.en)).record.score.key == option.key
    await couples.block(GUILD, TYPED.label.en, is_manager=True, now=NOON)
    await couples.block(GUILD, "Kim Shin", is_manager=True, now=NOON)
    assert await with_cards() == [ACTORS.label.en]
    assert GOBLIN.couple_id not in await offered(service, "Kim Shin")


async def test_of_a_couple_with_a_card_its_drama_is_known(service: RecordService, library: Library) -> None:
    known, typed = await service.with_cards(GUILD, [GOBLIN, TYPED])
    assert known.drama == library.dramas["guardian-the-lonely-and-great-god"].title
    assert (typed.drama, typed.has_card) == (None, False)
