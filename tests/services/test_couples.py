"""Which couples may stand: what is typed, and the block list of a guild."""

import asyncio
from dataclasses import replace
from unicodedata import normalize

import pytest

from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.domain.polls import MOST_COUPLES, Option, Poll
from bot.domain.texts import NAME_LIMIT, Language, Localised
from bot.errors import (
    AlreadyBlocked,
    ManagersOnly,
    NameBlocked,
    NameNotPlain,
    NameTooLong,
    NoSuchCouple,
    NotBlocked,
    TooManyBlocked,
)
from bot.services.couples import MOST_BLOCKED, CoupleService
from bot.storage import blocked
from bot.storage.database import Database
from tests.services.play import GUILD, NOON
from tests.storage.engines import ENGINES

OTHER = GUILD + 1
SETTINGS = GuildSettings(GUILD)
GOBLIN = "ji-eun-tak-kim-shin"
both_engines = pytest.mark.parametrize("engine_name", ENGINES)


@pytest.fixture
def couples(database: Database, library: Library) -> CoupleService:
    return CoupleService(database, library)


async def block(couples: CoupleService, *names: str) -> None:
    for name in names:
        await couples.block(GUILD, name, is_manager=True, now=NOON)


async def check(couples: CoupleService, database: Database, *texts: str, guild_id: int = GUILD) -> None:
    options = [couples.option(text, SETTINGS) for text in texts]
    await database.write(lambda connection: couples.check(connection, guild_id, options))


def test_the_id_of_a_couple_stands_for_it(couples: CoupleService, library: Library) -> None:
    for couple in library.couples.values():
        assert couples.option(couple.id, SETTINGS) == Option(couple.name, couple.id)
        assert couples.find(couple.id) == couple
    assert couples.find("nobody") is None


def test_a_poll_gets_the_titles_of_the_dramas_that_its_couples_are_of(couples: CoupleService, library: Library) -> None:
    with_actors = replace(SETTINGS, actors=True)
    options = tuple(couples.option(text, with_actors) for text in (GOBLIN, f"actors/{GOBLIN}", "Ada ♥ Cy"))
    poll = Poll(1, GUILD, 2, 3, Language.ENGLISH, options, (0, 0, 0), NOON, None)
    titled = couples.titled(poll)
    title = library.dramas[library.couples[GOBLIN].drama_id].title
    assert [option.drama for option in titled.options] == [title, title, None]
    assert titled == poll


def test_the_name_of_a_couple_stands_for_it_in_both_scripts(couples: CoupleService, library: Library) -> None:
    for couple in library.couples.values():
        for name in couple.name.all:
            assert couples.option(name, SETTINGS) == Option(couple.name, couple.id)
            assert couples.option(normalize("NFD", name), SETTINGS) == Option(couple.name, couple.id)


@pytest.mark.parametrize("join", ["{} ♥ {}", "{} & {}", "{}, {}", "{}/{}", "{} + {}", "{} - {}", "{} {}"])
def test_two_names_stand_for_a_couple_in_either_order_and_any_case(
    couples: CoupleService, library: Library, join: str
) -> None:
    couple = next(iter(library.couples.values()))
    expected = Option(couple.name, couple.id)
    for first, second in ((couple.first, couple.second), (couple.second, couple.first)):
        for one, other in zip(first.all, second.all, strict=True):
            assert couples.option(join.format(one, other), SETTINGS) == expected
            assert couples.option(join.format(one.upper(), other.lower()), SETTINGS) == expected


@pytest.mark.parametrize("name", ["goblin", "Yoon Se-ri", "도깨비", "Team 404!", "and", "A &", "A & B & C"])
def test_what_is_not_two_names_is_no_couple(couples: CoupleService, name: str) -> None:
    with pytest.raises(NoSuchCouple):
        couples.option(name, SETTINGS)


@pytest.mark.parametrize(
    "name",
    ["Alpha and Beta", "알파와 베타", "알파 ♥ 베타", "Alpha x Beta", "Alpha×Beta", "Al-pha & Be-ta", "A ❤\ufe0f B"],
)
def test_two_names_that_are_not_in_the_catalogue_stand_for_themselves(couples: CoupleService, name: str) -> None:
    assert couples.option(name, SETTINGS) == Option(Localised(name))


def test_a_name_that_is_not_plain_or_too_long_is_refused(couples: CoupleService) -> None:
    for name in ("<@123> ♥ B", "**A** ♥ B", "A\u200b ♥ B", "@everyone ♥ B"):
        with pytest.raises(NameNotPlain):
            couples.option(name, SETTINGS)
    with pytest.raises(NameTooLong):
        couples.option("A ♥ " + "b" * NAME_LIMIT, SETTINGS)


async def test_dramas_lead_to_their_couples_first(couples: CoupleService, library: Library) -> None:
    dramas = [drama for drama in library.dramas.values() if drama.couples][:2]
    own, others = await couples.of_dramas(GUILD, dramas)
    assert list(own) == list(library.couples_of(dramas))[:MOST_COUPLES]
    assert others
    assert not {couple.id for couple in own} & {couple.id for couple in others}


async def test_a_couple_that_a_guild_has_blocked_is_set_nowhere_there(couples: CoupleService, library: Library) -> None:
    couple = library.couples["hong-hae-in-baek-hyun-woo"]
    drama = library.dramas[couple.drama_id]
    await couples.block(GUILD, "Baek Hyun-woo", is_manager=True, now=NOON)
    assert couple not in await couples.wanted(GUILD, drama.couples) != []
    assert [*await couples.wanted(OTHER, drama.couples)] == [*drama.couples]
    assert couple not in (await couples.of_dramas(GUILD, [drama]))[0]
    for dramas in ((), [library.dramas["nevertheless"]]):
        _own, others = await couples.of_dramas(GUILD, dramas)
        assert couple not in others
        assert len(others) == 25
    for query in ("", "Baek Hyun-woo", "queen of tears"):
        assert couple.id not in [one.key for one in await couples.offer(GUILD, query)]
    assert couple.id in [one.key for one in await couples.offer(OTHER, "Baek Hyun-woo")]
    with pytest.raises(NameBlocked):
        await couples.refuse_blocked(GUILD, Option(couple.name, couple.id))
    await couples.refuse_blocked(OTHER, Option(couple.name, couple.id))


async def test_no_drama_or_one_without_couples_leads_to_the_newest(couples: CoupleService, library: Library) -> None:
    bare = next(drama for drama in library.dramas.values() if not drama.couples)
    for dramas in ((), (bare,)):
        own, others = await couples.of_dramas(GUILD, dramas)
        assert list(own) == []
        assert [couples.drama_of(couple).year for couple in others] == sorted(
            (couples.drama_of(couple).year for couple in others), reverse=True
        )
        assert len(others) == 25


def test_before_she_types_a_member_is_offered_main_couples_of_newer_dramas(couples: CoupleService) -> None:
    offered = couples.suggest("", SETTINGS)
    years = [suggestion.drama.year for suggestion in offered]
    assert len(offered) == 25
    assert years == sorted(years, reverse=True)
    assert len(couples.suggest("", SETTINGS, limit=3)) == 3


def test_only_typed_names_are_looked_for_among_members(couples: CoupleService) -> None:
    options = [couples.option(text, SETTINGS) for text in (GOBLIN, "Ada ♥ Bo", "Bo & Kim Shin", "쥐 & 고양이")]
    assert couples.typed_halves(options) == ["Ada", "Bo", "쥐", "고양이"]


def test_actors_are_not_looked_for_among_members_where_they_may_be_shipped(couples: CoupleService) -> None:
    options = [couples.option("Gong Yoo ♥ Ada", GuildSettings(GUILD, actors=True))]
    assert couples.typed_halves(options) == ["Ada"]


@both_engines
async def test_a_blocked_name_is_refused_and_a_couple_without_it_is_not(
    couples: CoupleService, database: Database
) -> None:
    await block(couples, "Sehun", "김신")
    await check(couples, database, "Ada ♥ Bo", "Sehunny & Cy")
    for text in ("Ada ♥ Oh Se-hun", "ꓢehun x Ada", GOBLIN, "도깨비 ♥ 김 신"):
        with pytest.raises(NameBlocked):
            await check(couples, database, "Ada ♥ Bo", text)


@both_engines
async def test_the_block_list_of_one_guild_binds_no_other(couples: CoupleService, database: Database) -> None:
    await block(couples, "Sehun")
    await check(couples, database, "Ada ♥ Sehun", guild_id=GUILD + 1)
    assert list(await couples.blocked(GUILD + 1)) == []


async def test_the_refusal_says_the_name_as_it_stands_in_the_couple(couples: CoupleService, database: Database) -> None:
    await block(couples, "shin kim")
    with pytest.raises(NameBlocked) as refused:
        await check(couples, database, GOBLIN)
    assert refused.value.values["name"] == Localised("Kim Shin", "김신")


@both_engines
async def test_a_name_that_is_taken_off_the_list_may_stand_again(couples: CoupleService, database: Database) -> None:
    await block(couples, "Sehun", "Ada")
    await couples.unblock(GUILD, "Ada", is_manager=True)
    await couples.unblock(GUILD, "S3HUN", is_manager=True)
    await check(couples, database, "Ada ♥ Sehun")
    with pytest.raises(NotBlocked):
        await couples.unblock(GUILD, "Sehun", is_manager=True)


@both_engines
async def test_a_name_in_another_spelling_is_on_the_list_already(couples: CoupleService) -> None:
    await block(couples, "Sehun")
    for spelling in ("sehun", "Se-hun", "5ehun", "Ѕеһun"):
        with pytest.raises(AlreadyBlocked):
            await block(couples, spelling)
    assert list(await couples.blocked(GUILD)) == ["Sehun"]


async def test_only_managers_change_the_list(couples: CoupleService) -> None:
    await block(couples, "Sehun")
    with pytest.raises(ManagersOnly):
        await couples.block(GUILD, "Ada", is_manager=False, now=NOON)
    with pytest.raises(ManagersOnly):
        await couples.unblock(GUILD, "Sehun", is_manager=False)
    assert list(await couples.blocked(GUILD)) == ["Sehun"]


async def test_what_is_no_name_is_not_blocked(couples: CoupleService) -> None:
    for name in ("", "♥", "<@123>", "*a*"):
        with pytest.raises(NameNotPlain):
            await block(couples, name)
    assert list(await couples.blocked(GUILD)) == []


@both_engines
async def test_the_list_takes_so_many_names_even_when_two_managers_add_in_the_same_instant(
    couples: CoupleService, database: Database
) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(MOST_BLOCKED - 1):
            name = f"Name {'abcdefghij'[number % 10]}{'klnopqrtux'[number // 10 % 10]}{'vyz'[number // 100]}"
            adding = database.write(
                lambda connection, name=name: blocked.add_blocked(connection, GUILD, name, name, NOON)
            )
            group.create_task(adding)
    added = await asyncio.gather(block(couples, "Ada"), block(couples, "Bo"), return_exceptions=True)
    assert sorted(type(result).__name__ for result in added) == ["NoneType", "TooManyBlocked"]
    assert len(await couples.blocked(GUILD)) == MOST_BLOCKED
    with pytest.raises(TooManyBlocked):
        await block(couples, "Cy")
    with pytest.raises(AlreadyBlocked):
        await block(couples, next(iter(await couples.blocked(GUILD))))
