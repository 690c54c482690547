import asyncio

import pytest

from bot.domain.games import Game, Mode, Question, RoundState, Wish
from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.domain.moments import Kind
from bot.domain.spoilers import SpoilerWish
from bot.domain.texts import Language
from bot.domain.trivia import MAX_ROUNDS
from bot.errors import GameAlreadyRunning, Outdated
from bot.services.rounds import ASK
from bot.storage import guilds, jobs
from bot.storage.database import Database, open_database
from tests.services.asking import dramas_with
from tests.services.play import CHANNEL, GUILD, NOON, STARTER, Process, after, ask, process_on, rounds_of, start
from tests.storage.engines import ENGINES

LINK = f"https://discord.com/channels/{GUILD}/{CHANNEL}"


async def choose(database: Database, settings: GuildSettings) -> None:
    await database.write(lambda connection: guilds.save_settings(connection, settings))


@pytest.mark.parametrize("mode", [Mode.CLASSIC, Mode.EXPERT, Mode.MIXED, Mode.BOLD])
async def test_a_started_game_is_as_it_was_wished_for(process: Process, mode: Mode) -> None:
    wish = Wish(3, 45, mode)
    game = await start(process, wish)
    assert game == Game(game.id, GUILD, CHANNEL, STARTER, Language.ENGLISH, rounds=3, started_at=NOON, wish=wish)
    assert (game.seconds, game.mode) == (45, mode)


async def test_the_first_question_of_a_new_game_is_due_at_once_and_the_runner_is_woken(
    process: Process, database: Database
) -> None:
    woken: list[str] = []
    process.jobs.on_change(lambda: woken.append("now"))
    game = await start(process)
    first, *others = await rounds_of(database, game)
    [job] = await database.write(lambda connection: jobs.claim_jobs(connection, "me", NOON))
    assert (job.kind, job.subject, job.due_at) == (ASK, first.id, NOON)
    assert {round_.state for round_ in (first, *others)} == {RoundState.WAITING}
    assert woken == ["now"]


async def test_a_second_game_in_a_channel_is_refused_with_a_link_to_the_channel(process: Process) -> None:
    await start(process)
    with pytest.raises(GameAlreadyRunning) as refused:
        await start(process, request_id=2)
    assert refused.value.values == {"link": LINK}


async def test_a_second_game_in_a_channel_is_refused_with_a_link_to_the_newest_question(
    process: Process, database: Database
) -> None:
    first, second = await rounds_of(database, await start(process))
    await ask(process, first.id, NOON, message_id=501)
    await process.rounds.close(first.id, after(21))
    await ask(process, second.id, after(29), message_id=502)
    with pytest.raises(GameAlreadyRunning) as refused:
        await start(process, request_id=2, now=after(30))
    assert refused.value.values == {"link": f"{LINK}/502"}


async def test_games_in_other_channels_do_not_disturb_each_other(process: Process) -> None:
    first = await start(process)
    second = await start(process, channel_id=CHANNEL + 1, request_id=2)
    assert first.id != second.id


async def test_a_request_that_is_delivered_again_after_its_game_starts_no_second_one(
    process: Process, database: Database
) -> None:
    game = await start(process, request_id=5)
    await process.rounds.finish(game.id, after(1))
    with pytest.raises(GameAlreadyRunning) as refused:
        await start(process, request_id=5)
    assert refused.value.values == {"link": LINK}
    assert await database.read(jobs.next_due) is None


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_one_request_that_two_processes_serve_at_once_starts_one_game(
    database: Database, address: str, library: Library
) -> None:
    async with open_database(address) as another:
        processes = [process_on(each, library) for each in (database, another) * 5]
        games = await asyncio.gather(*(start(each) for each in processes), return_exceptions=True)
    assert sum(isinstance(game, Game) for game in games) == 1
    assert sum(isinstance(game, GameAlreadyRunning) for game in games) == 9


@pytest.mark.parametrize("engine_name", ENGINES)
async def test_ten_requests_at_once_in_one_channel_start_one_game(
    database: Database, address: str, library: Library
) -> None:
    async with open_database(address) as another:
        processes = [process_on(each, library) for each in (database, another) * 5]
        games = await asyncio.gather(
            *(start(each, request_id=number) for number, each in enumerate(processes)), return_exceptions=True
        )
    assert sum(isinstance(game, Game) for game in games) == 1
    assert sum(isinstance(game, GameAlreadyRunning) for game in games) == 9


async def test_a_game_speaks_the_language_of_its_guild(process: Process, database: Database) -> None:
    await choose(database, GuildSettings(GUILD, Language.KOREAN))
    assert (await start(process, locale=Language.ENGLISH)).language is Language.KOREAN


async def test_a_game_in_a_guild_without_a_choice_speaks_the_language_of_its_discord(process: Process) -> None:
    assert (await start(process, locale=Language.KOREAN)).language is Language.KOREAN


async def test_no_game_is_longer_than_the_longest(process: Process, database: Database) -> None:
    game = await start(process, rounds=MAX_ROUNDS + 30)
    assert game.rounds == len(await rounds_of(database, game)) == MAX_ROUNDS


async def test_a_question_does_not_come_back_while_others_have_not_been_asked(
    process: Process, database: Database
) -> None:
    asked: list[Question] = []
    for request_id in range(3):
        game = await start(process, rounds=8, request_id=request_id)
        for number, round_ in enumerate(await rounds_of(database, game)):
            await ask(process, round_.id, NOON, message_id=1000 * request_id + number)
            asked.append(round_.question)
        await process.rounds.finish(game.id, NOON)
    assert len(asked) == len(set(asked)) == 24


async def test_the_same_random_numbers_draw_the_same_questions(database: Database, library: Library) -> None:
    drawn: list[list[Question]] = []
    for number in (1, 2):
        process = process_on(database, library, seed=3)
        game = await start(process, request_id=number, channel_id=number, guild_id=number)
        drawn.append([round_.question for round_ in await rounds_of(database, game)])
    assert drawn[0] == drawn[1]


async def test_what_was_wished_for_can_be_wished_for_again(process: Process) -> None:
    wish = Wish(4, 33, Mode.MIXED, SpoilerWish.MILD, kind=Kind.KISS, pack="kisses")
    first = await start(process, wish)
    await process.rounds.finish(first.id, after(1))
    again = await start(process, await process.trivia.wish_of(GUILD, first.id), request_id=2, now=after(2))
    assert again.wish == wish == first.wish
    assert again.id != first.id


async def test_a_game_of_fewer_questions_than_wished_for_asks_for_as_many_the_next_time(
    process: Process, library: Library
) -> None:
    [drama_id] = dramas_with(library, lambda moment: moment.kind is Kind.KISS, most=1)
    first = await start(process, Wish(20, drama_id=drama_id))
    assert first.rounds < 20
    assert (await process.trivia.wish_of(GUILD, first.id)).rounds == 20


async def test_a_game_that_is_not_stored_cannot_be_played_again(process: Process) -> None:
    with pytest.raises(Outdated):
        await process.trivia.wish_of(GUILD, 404)
