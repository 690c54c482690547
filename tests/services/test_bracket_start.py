"""How a bracket begins: who may start one, where its couples come from, what it is refused for."""

from datetime import timedelta
from functools import partial

import pytest

from bot.domain.bracket import LONGEST_MATCHUP, LONGEST_NOMINATIONS, BracketWish, Phase, Seeding
from bot.domain.guilds import GuildSettings, RoleId
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.polls import Secrecy
from bot.domain.texts import Language
from bot.errors import (
    BracketRunning,
    DurationTooLong,
    DurationTooShort,
    HostsOnly,
    NameNotPlain,
    NameTooLong,
    NoSuchBracket,
    Outdated,
    TooFewEntrants,
    UserError,
)
from bot.services.bracket_play import SOON
from bot.services.brackets import STEP
from bot.storage import guilds, jobs
from bot.storage.database import Database
from tests.domain.builders import library_of
from tests.services.brackets import (
    COUPLES,
    CREATOR,
    DAY,
    HOUR,
    MINUTE,
    Process,
    current,
    nominate,
    process_on,
    start,
    wish,
)
from tests.services.play import CHANNEL, GUILD, NOON

SECOND = timedelta(seconds=1)
ROLE = 777


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


async def due(database: Database, bracket_id: int) -> object:
    return await database.read(lambda connection: jobs.find_due(connection, STEP, bracket_id))


async def test_a_bracket_is_as_it_was_wished_for_and_found_by_all_its_ways(
    process: Process, database: Database
) -> None:
    wanted = wish(name="  World   cup ", size=8, seeding=Seeding.RANDOM, secrecy=Secrecy.HIDDEN, voter_role_id=ROLE)
    bracket = await start(process, wanted, locale=Language.KOREAN)
    assert (bracket.guild_id, bracket.channel_id, bracket.creator_id) == (GUILD, CHANNEL, CREATOR)
    assert (bracket.name, bracket.size, bracket.seeding, bracket.secrecy) == (
        "World cup",
        8,
        Seeding.RANDOM,
        Secrecy.HIDDEN,
    )
    assert (bracket.voter_role_id, bracket.matchup_time, bracket.language) == (ROLE, HOUR, Language.KOREAN)
    assert (bracket.phase, bracket.entrants, bracket.nominations_close_at) == (Phase.NOMINATING, (), NOON + DAY)
    assert await process.brackets.find(bracket.id) == bracket
    assert await process.brackets.get(bracket.id) == bracket
    assert await process.brackets.find_on(CHANNEL) == bracket
    assert await process.brackets.matchup_poll(bracket.id) is None
    assert await process.brackets.polls(bracket.id) == []
    assert await due(database, bracket.id) == NOON + SOON
    await process.brackets.shown(bracket.id, 888, NOON)
    assert await due(database, bracket.id) == NOON + DAY + IN_FLIGHT


async def test_what_is_not_stored_is_not_found(process: Process) -> None:
    service = process.brackets
    assert await service.find(404) is None
    assert await service.find_on(404) is None
    assert await service.list(404, 5) == []
    assert await service.step(404, NOON) is None
    assert await service.matchup_poll(404) is None
    assert await service.polls(404) == []
    await service.matchup_shown(404, CHANNEL, 1, NOON)
    await service.stuck(404, NOON)
    with pytest.raises(NoSuchBracket):
        await service.get(404)
    with pytest.raises(NoSuchBracket):
        await process.nominations.mine(404, 1)
    await service.shown(404, 1, NOON)
    for act in (service.begin, service.pause, service.resume, partial(service.reopen, 404), service.end):
        with pytest.raises(NoSuchBracket):
            await act(404, CREATOR, is_manager=True, now=NOON)


async def test_the_brackets_of_a_guild_are_listed_newest_first(process: Process) -> None:
    ids = [(await start(process, channel_id=number, request_id=number)).id for number in (1, 2, 3)]
    assert [bracket.id for bracket in await process.brackets.list(GUILD, 5)] == ids[::-1]
    assert [bracket.id for bracket in await process.brackets.list(GUILD, 2)] == ids[:0:-1]


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (wish(name="<@1>"), NameNotPlain),
        (wish(name=" "), NameNotPlain),
        (wish(name="x" * 61), NameTooLong),
        (wish(matchup_time=5 * MINUTE - SECOND), DurationTooShort),
        (wish(matchup_time=LONGEST_MATCHUP + SECOND), DurationTooLong),
        (wish(nominations=5 * MINUTE - SECOND), DurationTooShort),
        (wish(nominations=LONGEST_NOMINATIONS + SECOND), DurationTooLong),
    ],
)
async def test_what_makes_no_bracket_is_refused_and_nothing_is_stored(
    process: Process, database: Database, wanted: BracketWish, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        await start(process, wanted)
    assert await process.brackets.find_on(CHANNEL) is None
    assert await database.read(jobs.next_due) is None


async def test_the_longest_name_and_times_make_a_bracket(process: Process) -> None:
    wanted = wish(name="x" * 60, nominations=LONGEST_NOMINATIONS, matchup_time=LONGEST_MATCHUP)
    assert (await start(process, wanted)).matchup_time == LONGEST_MATCHUP


async def test_where_a_role_hosts_only_its_members_and_managers_start_brackets(
    process: Process, database: Database
) -> None:
    chosen = GuildSettings(GUILD, host_role_id=ROLE)
    await database.write(lambda connection: guilds.save_settings(connection, chosen))
    with pytest.raises(HostsOnly) as refused:
        await start(process, roles=frozenset({1}))
    assert refused.value.values == {"role": RoleId(ROLE)}
    assert await start(process, roles=frozenset({1, ROLE}))
    assert await start(process, is_manager=True, channel_id=2, request_id=2)


async def test_a_second_bracket_in_a_channel_is_refused_with_the_way_to_the_first(process: Process) -> None:
    first = await start(process)
    with pytest.raises(BracketRunning) as refused:
        await start(process, request_id=2)
    assert refused.value.values == {"link": f"https://discord.com/channels/{GUILD}/{CHANNEL}"}
    await process.brackets.shown(first.id, 888, NOON)
    with pytest.raises(BracketRunning) as refused:
        await start(process, request_id=2)
    assert refused.value.values == {"link": f"https://discord.com/channels/{GUILD}/{CHANNEL}/888"}
    await process.brackets.end(first.id, CREATOR, is_manager=False, now=NOON)
    assert (await start(process, request_id=2)).id != first.id


async def test_a_request_that_is_delivered_twice_starts_one_bracket(process: Process) -> None:
    await start(process)
    with pytest.raises(Outdated):
        await start(process)
    assert len(await process.brackets.list(GUILD, 5)) == 1


@pytest.mark.parametrize("size", [4, 8, 16, 32])
async def test_a_bracket_from_the_catalogue_is_full_and_plays_at_once_with_main_couples_at_random(
    process: Process, database: Database, library: Library, size: int
) -> None:
    bracket = await start(process, wish(size=size, nominations=None))
    drawn = [entrant.option.couple_id or "" for entrant in bracket.standing]
    assert len(set(drawn)) == size
    assert {library.couples[couple_id].kind for couple_id in drawn} == {"main"}
    assert drawn != sorted(drawn)
    poll = await current(process, bracket)
    assert [option.couple_id for option in poll.options] == [drawn[0], drawn[-1]]
    assert await due(database, bracket.id) == NOON + SOON
    await process.brackets.shown(bracket.id, 888, NOON)
    assert await due(database, bracket.id) == NOON
    other = await start(
        process_on(database, library, seed=8), wish(size=size, nominations=None), channel_id=2, request_id=2
    )
    assert [entrant.option.couple_id for entrant in other.standing] != drawn


async def test_a_name_that_is_blocked_is_not_drawn(process: Process, database: Database, library: Library) -> None:
    wanted = wish(size=4, nominations=None)
    free = [entrant.option.couple_id for entrant in (await start(process, wanted)).standing]
    name = library.couples[free[1] or ""].first.en
    await process.couples.block(GUILD, name, is_manager=True, now=NOON)
    same_dice = process_on(database, library, couples=process.couples)
    fenced = [entrant.option for entrant in (await start(same_dice, wanted, channel_id=2, request_id=2)).standing]
    assert [option.couple_id for option in fenced[:3]] == [free[0], *free[2:]]
    assert len(fenced) == 4
    assert not any(name in option.label.en for option in fenced)


async def test_without_a_catalogue_nothing_can_be_drawn_and_nothing_is_stored(database: Database) -> None:
    process = process_on(database, library_of([]))
    with pytest.raises(TooFewEntrants):
        await start(process, wish(nominations=None))
    assert await process.brackets.find_on(CHANNEL) is None


async def test_nominations_that_bring_too_few_couples_stay_open_a_day_longer_each_time_where_nothing_can_be_drawn(
    database: Database,
) -> None:
    process = process_on(database, library_of([]))
    bracket = await start(process)
    for text in COUPLES[:3]:
        await nominate(process, bracket, CREATOR, text)
    with pytest.raises(TooFewEntrants):
        await process.brackets.begin(bracket.id, CREATOR, is_manager=False, now=NOON)
    closed = NOON + DAY + IN_FLIGHT
    after = await process.brackets.step(bracket.id, closed)
    assert after is not None
    assert (after.phase, after.nominations_close_at) == (Phase.NOMINATING, closed + DAY)
    assert await due(database, bracket.id) == closed + DAY + IN_FLIGHT
    closed += DAY + IN_FLIGHT
    after = await process.brackets.step(bracket.id, closed)
    assert after is not None
    assert after.nominations_close_at == closed + DAY
    await nominate(process, bracket, CREATOR + 1, COUPLES[3], now=closed + HOUR)
    begun = await process.brackets.step(bracket.id, closed + DAY + IN_FLIGHT)
    assert begun is not None
    assert (begun.phase, len(begun.standing)) == (Phase.PLAYING, 4)
