"""What a game may ask about: filters, packs, the spoiler fence, what was seen. What cannot be asked changes nothing."""

import pytest

from bot.domain.games import Mode, Wish
from bot.domain.guilds import GuildSettings
from bot.domain.library import Article, Library
from bot.domain.moments import Kind, Moment, Verdict
from bot.domain.packs import FEWEST_MOMENTS, FOUNDING, BuiltIn
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy, SpoilerWish
from bot.domain.texts import Localised
from bot.domain.trivia import MAX_ROUNDS
from bot.errors import NothingToAsk, Outdated
from bot.storage import games, moments
from bot.storage.database import Database
from tests.services.asking import asked, choose, dramas_with, levels, long_game, mark, nothing_is_stored
from tests.services.dailies import EIGHT, lounge
from tests.services.play import (
    GUILD,
    NOON,
    STARTER,
    Process,
    process_on,
    start,
)


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.EXPERT, Mode.MIXED, Mode.BOLD])
@pytest.mark.parametrize(
    ("policy", "wish", "most"),
    [
        (SpoilerPolicy.ALL, None, {SpoilerLevel.NONE, SpoilerLevel.MILD, SpoilerLevel.MAJOR}),
        (SpoilerPolicy.ALL, SpoilerWish.MILD, {SpoilerLevel.NONE, SpoilerLevel.MILD}),
        (SpoilerPolicy.ALL, SpoilerWish.NONE, {SpoilerLevel.NONE}),
        (SpoilerPolicy.MILD, SpoilerWish.ALL, {SpoilerLevel.NONE, SpoilerLevel.MILD}),
        (SpoilerPolicy.NONE, SpoilerWish.ALL, {SpoilerLevel.NONE}),
        (SpoilerPolicy.NONE, SpoilerWish.SEEN_BY_ME, {SpoilerLevel.NONE}),
    ],
)
async def test_of_the_guilds_policy_and_the_wish_the_stricter_holds(
    database: Database,
    library: Library,
    mode: Mode,
    policy: SpoilerPolicy,
    wish: SpoilerWish | None,
    most: set[SpoilerLevel],
) -> None:
    await choose(database, GuildSettings(GUILD, spoilers=policy))
    await mark(database, STARTER, *library.dramas)
    shown: list[Moment] = []
    for seed in range(3):
        process = process_on(database, library, seed)
        shown += await long_game(
            process, database, Wish(MAX_ROUNDS, mode=mode, spoilers=wish), request_id=seed, channel_id=seed
        )
    assert levels(shown) <= most
    assert most & levels(shown)


async def test_a_game_about_a_drama_asks_about_nothing_else(
    process: Process, database: Database, library: Library
) -> None:
    [drama_id] = dramas_with(library, lambda moment: moment.kind is Kind.KISS, most=1)
    shown = await long_game(process, database, Wish(MAX_ROUNDS, drama_id=drama_id))
    assert {moment.drama_id for moment in shown} == {drama_id}


@pytest.mark.parametrize("kind", Kind)
async def test_a_game_about_a_kind_asks_about_nothing_else(process: Process, database: Database, kind: Kind) -> None:
    shown = await long_game(process, database, Wish(MAX_ROUNDS, kind=kind))
    assert {moment.kind for moment in shown} == {kind}


@pytest.mark.parametrize(("pack", "kind"), [("kisses", Kind.KISS), ("lines", Kind.LINE), ("comedy", Kind.COMEDY)])
async def test_a_built_in_pack_holds_its_kind(process: Process, database: Database, pack: str, kind: Kind) -> None:
    shown = await long_game(process, database, Wish(MAX_ROUNDS, pack=pack))
    assert {moment.kind for moment in shown} == {kind}


async def test_the_pack_of_improvised_kisses_asks_about_the_four_and_about_kisses_that_only_look_so(
    process: Process, database: Database
) -> None:
    await choose(database, GuildSettings(GUILD, spoilers=SpoilerPolicy.ALL))
    shown = await long_game(process, database, Wish(MAX_ROUNDS, pack=BuiltIn.IMPROVISED_KISSES))
    scripted = {moment.id for moment in shown if moment.verdict is Verdict.SCRIPTED}
    assert {moment.id for moment in shown} - scripted <= set(FOUNDING)
    assert {moment.kind for moment in shown} == {Kind.KISS}


async def test_filters_narrow_a_pack_further(process: Process, database: Database, library: Library) -> None:
    [drama_id] = dramas_with(library, lambda moment: moment.kind is Kind.KISS, most=1)
    wish = Wish(MAX_ROUNDS, drama_id=drama_id, kind=Kind.KISS, pack="kisses", spoilers=SpoilerWish.MILD)
    shown = await long_game(process, database, wish)
    assert {(moment.drama_id, moment.kind) for moment in shown} == {(drama_id, Kind.KISS)}
    assert levels(shown) <= {SpoilerLevel.NONE, SpoilerLevel.MILD}


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.EXPERT, Mode.MIXED, Mode.BOLD])
async def test_a_moment_that_is_switched_off_is_not_asked_about_nor_shown_as_a_choice(
    process: Process, database: Database, library: Library, mode: Mode
) -> None:
    off = sorted(library.moments)[::2]
    for moment_id in off:
        await database.write(
            lambda connection, moment_id=moment_id: moments.switch_off(connection, GUILD, moment_id, NOON)
        )
    shown = await long_game(process, database, Wish(MAX_ROUNDS, mode=mode))
    assert shown
    assert not {moment.id for moment in shown} & set(off)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(drama_id="no-such-drama"),
        Wish(kind=Kind.KISS, pack="lines"),
        Wish(article_id="bare"),
    ],
)
async def test_where_there_is_nothing_to_ask_no_game_starts_and_nothing_changes(
    database: Database, library: Library, wish: Wish
) -> None:
    bare = Article("bare", Localised("A headline"), Localised("A summary"), "A paper")
    with_bare = Library(library.dramas, {**library.articles, "bare": bare}, library.people)
    process = process_on(database, with_bare)
    woken: list[str] = []
    process.jobs.on_change(lambda: woken.append("now"))
    with pytest.raises(NothingToAsk):
        await start(process, wish)
    assert await nothing_is_stored(database)
    assert woken == []
    assert (await start(process)).rounds == 2


async def test_everything_switched_off_leaves_nothing_to_ask(
    process: Process, database: Database, library: Library
) -> None:
    for moment_id in library.moments:
        await database.write(
            lambda connection, moment_id=moment_id: moments.switch_off(connection, GUILD, moment_id, NOON)
        )
    with pytest.raises(NothingToAsk):
        await start(process)
    assert await nothing_is_stored(database)
    assert await start(process, guild_id=GUILD + 1)


async def test_a_game_on_an_article_of_few_moments_asks_about_those_of_its_dramas_too(
    process: Process, database: Database, library: Library
) -> None:
    def fits(article: Article) -> int:
        mild = [moment for moment in library.moments_of(article) if moment.spoilers is not SpoilerLevel.MAJOR]
        return sum(moment.game_ready for moment in mild)

    few = [article for article in library.articles.values() if len(library.moments_citing(article)) < FEWEST_MOMENTS]
    article = next(article for article in few if FEWEST_MOMENTS <= fits(article) < MAX_ROUNDS)
    started = await start(process, Wish(MAX_ROUNDS, article_id=article.id))
    shown = {moment.id for moment in await asked(process, database, started)}
    assert shown <= {moment.id for moment in library.moments_of(article)}
    assert started.rounds == len(shown) == fits(article)


async def test_the_wish_of_a_game_of_another_guild_is_not_told(process: Process) -> None:
    game = await start(process)
    with pytest.raises(Outdated):
        await process.trivia.wish_of(GUILD + 1, game.id)
    assert await process.trivia.wish_of(GUILD, game.id) == game.wish


async def test_a_daily_question_is_no_game_to_be_played_again(database: Database, library: Library) -> None:
    club = lounge(database, library)
    await club.set_up()
    await club.play(EIGHT)
    [daily] = await database.read(lambda connection: games.list_open_dailies(connection, GUILD))
    for guild_id in (GUILD, GUILD + 1):
        with pytest.raises(Outdated):
            await club.process.trivia.wish_of(guild_id, daily.id)
