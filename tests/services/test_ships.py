"""Ship polls: how they are opened, and who may look at what."""

from datetime import timedelta

import pytest

from bot.domain.guilds import GuildSettings
from bot.domain.jobs import IN_FLIGHT
from bot.domain.library import Library
from bot.domain.polls import LONGEST, Option, Poll, Secrecy
from bot.domain.texts import Language, Localised
from bot.errors import (
    ActorsNotShipped,
    BallotsSecret,
    DurationTooLong,
    DurationTooShort,
    EqualCouples,
    HostsOnly,
    NameBlocked,
    NameNotPlain,
    NoSuchPoll,
    Outdated,
    PollGone,
    ResultHidden,
    TooFewCouples,
    TooManyChoices,
    UserError,
)
from bot.services.closing import CLOSE
from bot.services.couples import CoupleService
from bot.services.ships import SHOW, SHOWN_WITHIN, VOTERS_A_PAGE, Vote
from bot.storage import jobs
from tests.services.play import ALICE, BORA, CHANNEL, GUILD, NOON, STARTER, after
from tests.services.voting import HOUR, NOTHING, OPTIONS, Booth, open_poll

HOSTS = 66
TICK = timedelta(seconds=1)


async def nothing_is_opened(booth: Booth) -> bool:
    return await booth.ships.list(GUILD) == [] and await booth.database.read(jobs.next_due) is None


async def test_an_open_poll_is_as_it_was_wished(booth: Booth) -> None:
    poll = await open_poll(booth, Secrecy.HIDDEN, question=" 누가  최고? ", choices=2, voter_role_id=7)
    assert poll == Poll(
        poll.id,
        GUILD,
        CHANNEL,
        STARTER,
        Language.ENGLISH,
        OPTIONS,
        (0, 0, 0),
        NOON,
        NOON + HOUR,
        question="누가 최고?",
        secrecy=Secrecy.HIDDEN,
        choices=2,
        voter_role_id=7,
    )
    assert await booth.find(poll) == poll


async def test_the_close_of_a_poll_is_due_at_its_time_and_the_runner_is_woken(booth: Booth) -> None:
    woken: list[str] = []
    booth.jobs.on_change(lambda: woken.append("now"))
    poll = await open_poll(booth)
    due = await booth.database.write(lambda connection: jobs.claim_jobs(connection, "me", NOON + 2 * HOUR))
    assert [(job.kind, job.subject, job.due_at) for job in due] == [
        (SHOW, poll.id, NOON + SHOWN_WITHIN),  # where it was not announced by then
        (CLOSE, poll.id, NOON + HOUR + IN_FLIGHT),
    ]
    assert woken == ["now"]


async def test_a_poll_without_an_end_is_closed_by_nobody_but_a_member(booth: Booth) -> None:
    poll = await open_poll(booth, duration=None)
    assert poll.closes_at is None
    assert await booth.database.read(lambda connection: jobs.find_due(connection, CLOSE, poll.id)) is None
    assert (await booth.vote(poll, ALICE, 0, NOON + timedelta(days=365))).poll.votes == 1


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ((), TooFewCouples),
        (OPTIONS[:1], TooFewCouples),
        ((*OPTIONS, Option(Localised("alpha AND beta"))), EqualCouples),
    ],
)
async def test_couples_that_make_no_poll_open_none(
    booth: Booth, options: tuple[Option, ...], refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        await open_poll(booth, options=options)
    assert await nothing_is_opened(booth)


@pytest.mark.parametrize(
    ("duration", "refusal"),
    [
        (timedelta(minutes=5) - TICK, DurationTooShort),
        (timedelta(), DurationTooShort),
        (LONGEST + TICK, DurationTooLong),
    ],
)
async def test_a_poll_that_is_too_short_or_too_long_is_not_opened(
    booth: Booth, duration: timedelta, refusal: type[UserError]
) -> None:
    with pytest.raises(refusal):
        await open_poll(booth, duration=duration)
    assert await nothing_is_opened(booth)


@pytest.mark.parametrize("duration", [timedelta(minutes=5), LONGEST])
async def test_the_shortest_and_the_longest_poll_are_opened(booth: Booth, duration: timedelta) -> None:
    assert (await open_poll(booth, duration=duration)).closes_at == NOON + duration


async def test_what_leaves_nothing_to_decide_or_asks_in_tricks_opens_no_poll(booth: Booth) -> None:
    with pytest.raises(TooManyChoices):
        await open_poll(booth, choices=3)
    with pytest.raises(NameNotPlain):
        await open_poll(booth, question="@everyone?")
    assert await nothing_is_opened(booth)


async def test_where_a_role_opens_polls_others_do_not(booth: Booth) -> None:
    await booth.settle(GuildSettings(GUILD, host_role_id=HOSTS))
    for roles in (frozenset[int](), frozenset({1, 2})):
        with pytest.raises(HostsOnly):
            await open_poll(booth, roles=roles)
    assert await nothing_is_opened(booth)
    await open_poll(booth, roles=frozenset({1, HOSTS}))
    await open_poll(booth, is_manager=True)
    await open_poll(booth, guild_id=GUILD + 1)


async def test_a_request_that_is_delivered_twice_opens_one_poll(booth: Booth) -> None:
    poll = await open_poll(booth, request_id=5)
    with pytest.raises(Outdated):
        await open_poll(booth, request_id=5)
    assert await booth.ships.list(GUILD) == [poll]


async def test_a_poll_speaks_the_language_of_its_guild(booth: Booth) -> None:
    assert (await open_poll(booth, locale=Language.KOREAN)).language is Language.KOREAN
    await booth.settle(GuildSettings(GUILD, Language.ENGLISH))
    assert (await open_poll(booth, locale=Language.KOREAN)).language is Language.ENGLISH


async def test_the_couples_of_a_poll_are_those_of_the_catalogue_and_typed_ones(booth: Booth, library: Library) -> None:
    couple = next(couple for couple in library.couples.values())
    options = await booth.ships.options(GUILD, [couple.id, "Alpha ♥ Beta"])
    assert [option.couple_id for option in options] == [couple.id, None]
    assert options[0].label == couple.name
    with pytest.raises(EqualCouples):
        await booth.ships.options(GUILD, [couple.id, str(couple.name.en)])


async def test_actors_and_blocked_names_stand_in_no_poll_where_the_guild_does_not_want_them(
    booth: Booth, library: Library
) -> None:
    actor = next(role.actor for drama in library.dramas.values() for role in drama.cast)
    with pytest.raises(ActorsNotShipped):
        await booth.ships.options(GUILD, [f"{actor} & Somebody Else", "Alpha & Beta"])
    await CoupleService(booth.database, library).block(GUILD, "Delta", is_manager=True, now=NOON)
    with pytest.raises(NameBlocked):
        await open_poll(booth)
    assert await nothing_is_opened(booth)


async def test_a_poll_is_found_by_the_message_that_shows_it(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.ships.shown(poll.id, CHANNEL + 1, 777)
    found = await booth.ships.of_message(777)
    assert found is not None
    assert (found.id, found.channel_id, found.message_id) == (poll.id, CHANNEL + 1, 777)
    assert await booth.ships.of_message(778) is None


async def test_a_guild_sees_its_own_polls_only(booth: Booth) -> None:
    mine, theirs = await open_poll(booth), await open_poll(booth, guild_id=GUILD + 1)
    assert await booth.ships.get(GUILD, mine.id) == mine
    for poll_id in (theirs.id, 404):
        for look in (booth.ships.get, booth.ships.result):
            with pytest.raises(NoSuchPoll):
                await look(GUILD, poll_id)
    assert await booth.ships.list(GUILD) == [mine]
    assert await booth.ships.list(GUILD, only_open=True, limit=1) == [mine]


async def test_a_hidden_tally_is_shown_to_nobody_before_the_close(booth: Booth) -> None:
    polls = {secrecy: await open_poll(booth, secrecy) for secrecy in Secrecy}
    for secrecy in (Secrecy.ANONYMOUS, Secrecy.PUBLIC):
        assert await booth.ships.result(GUILD, polls[secrecy].id) == polls[secrecy]
    with pytest.raises(ResultHidden):
        await booth.ships.result(GUILD, polls[Secrecy.HIDDEN].id)
    closed = await booth.close(polls[Secrecy.HIDDEN])
    assert await booth.ships.result(GUILD, closed.id) == closed


async def test_a_member_sees_her_own_vote_and_no_other(booth: Booth) -> None:
    for secrecy in Secrecy:
        poll = await open_poll(booth, secrecy)
        voted = await booth.vote(poll, ALICE, 2)
        assert await booth.ships.ballot(poll.id, ALICE, guild_id=poll.guild_id) == voted
        assert (await booth.ships.ballot(poll.id, BORA, guild_id=poll.guild_id)).mine == NOTHING
    with pytest.raises(PollGone):
        await booth.ships.ballot(404, ALICE, guild_id=1)


async def test_after_the_close_only_a_public_poll_tells_what_a_member_chose_though_nothing_is_forgotten_yet(
    booth: Booth,
) -> None:
    for secrecy in Secrecy:
        poll = await open_poll(booth, secrecy)
        await booth.vote(poll, ALICE, 2)
        await booth.close(poll)
        told = await booth.ships.ballot(poll.id, ALICE, guild_id=poll.guild_id)
        assert told.mine == ({2} if secrecy is Secrecy.PUBLIC else NOTHING)
        assert told.poll.tally == (0, 0, 1)


async def test_only_a_public_poll_lists_its_voters_before_the_close_and_after_it(booth: Booth) -> None:
    for secrecy in Secrecy:
        poll = await open_poll(booth, secrecy, choices=2)
        await booth.choose(poll, BORA, 0, 2)
        await booth.vote(poll, ALICE, 1)
        for _time in range(2):
            stands = await booth.find(poll)
            if secrecy is Secrecy.PUBLIC:
                listed = [(ALICE, (1,)), (BORA, (0, 2))]
                assert await booth.ships.voters(poll.id, 0, guild_id=poll.guild_id) == (stands, 0, listed)
                assert await booth.ships.all_voters(stands) == listed
            else:
                with pytest.raises(BallotsSecret):
                    await booth.ships.voters(poll.id, 0, guild_id=poll.guild_id)
                with pytest.raises(BallotsSecret):
                    await booth.ships.all_voters(stands)
            await booth.close(poll)
    with pytest.raises(PollGone):
        await booth.ships.voters(404, 0, guild_id=1)


async def test_voters_come_a_page_at_a_time(booth: Booth) -> None:
    poll = await open_poll(booth, Secrecy.PUBLIC)
    for user_id in range(VOTERS_A_PAGE + 3):
        await booth.vote(poll, ALICE + user_id, 0, after(user_id))
    found = [await booth.ships.voters(poll.id, page, guild_id=poll.guild_id) for page in (0, 1, 2, 2**62, -1)]
    assert [page for _, page, _ in found] == [0, 1, 1, 1, 0]
    assert [len(listed) for _, _, listed in found[:2]] == [VOTERS_A_PAGE, 3]
    assert [user_id for _, _, listed in found[:2] for user_id, _ in listed] == [
        ALICE + n for n in range(VOTERS_A_PAGE + 3)
    ]


async def test_a_poll_is_nothing_to_another_guild(booth: Booth) -> None:
    poll = await open_poll(booth, Secrecy.PUBLIC)
    with pytest.raises(PollGone):
        await booth.ships.vote(Vote(poll.id, ALICE, NOON, 0, guild_id=poll.guild_id + 1))
    with pytest.raises(PollGone):
        await booth.ships.ballot(poll.id, ALICE, guild_id=poll.guild_id + 1)
    with pytest.raises(PollGone):
        await booth.ships.voters(poll.id, 0, guild_id=poll.guild_id + 1)
    assert await booth.find(poll) == poll
