"""What a vote does to a poll, and which votes are refused."""

from datetime import timedelta

import pytest

from bot.domain.polls import Secrecy
from bot.errors import (
    NoVote,
    NoVotesLeft,
    Outdated,
    PollClosed,
    PollGone,
    PollPaused,
    SameVote,
    UserError,
    VotersOnly,
)
from bot.services.ships import Vote
from bot.storage import polls
from tests.services.play import ALICE, BORA, NOON, after
from tests.services.voting import HOUR, NOTHING, Booth, open_poll

FANS = 77


async def test_a_vote_is_answered_with_the_poll_as_it_stands_with_it(booth: Booth) -> None:
    poll = await open_poll(booth)
    voted = await booth.vote(poll, ALICE, 1)
    assert (voted.poll.tally, voted.poll.version, voted.poll.voters, voted.mine) == ((0, 1, 0), 1, 1, {1})
    assert await booth.find(poll) == voted.poll


async def test_a_changed_vote_moves_from_one_couple_to_the_other(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.vote(poll, BORA, 0)
    await booth.vote(poll, ALICE, 0)
    changed = await booth.vote(poll, ALICE, 2)
    assert (changed.poll.tally, changed.poll.version, changed.poll.voters) == ((1, 0, 1), 3, 2)


@pytest.mark.parametrize("choices", [1, 2])
async def test_the_same_press_again_is_refused_and_changes_nothing(booth: Booth, choices: int) -> None:
    poll = await open_poll(booth, choices=choices)
    once = await booth.vote(poll, ALICE, 1)
    with pytest.raises(SameVote) as refused:
        await booth.vote(poll, ALICE, 1)
    assert refused.value.values == {"couple": poll.options[1].label}
    assert await booth.ships.ballot(poll.id, ALICE, guild_id=poll.guild_id) == once


async def test_several_votes_are_given_one_by_one_until_none_is_left(booth: Booth) -> None:
    poll = await open_poll(booth, choices=2)
    await booth.vote(poll, ALICE, 2)
    full = await booth.vote(poll, ALICE, 0)
    assert (full.poll.tally, full.poll.voters, full.mine) == ((1, 0, 1), 1, {0, 2})
    with pytest.raises(NoVotesLeft):
        await booth.vote(poll, ALICE, 1)
    assert await booth.ships.ballot(poll.id, ALICE, guild_id=poll.guild_id) == full


async def test_a_whole_ballot_replaces_what_was_pressed(booth: Booth) -> None:
    poll = await open_poll(booth, choices=2)
    await booth.vote(poll, BORA, 1)
    await booth.vote(poll, ALICE, 0)
    changed = await booth.choose(poll, ALICE, 1, 2)
    assert (changed.poll.tally, changed.poll.voters, changed.mine) == ((0, 2, 1), 2, {1, 2})
    with pytest.raises(Outdated):
        await booth.choose(poll, ALICE, 0, 1, 2)
    assert (await booth.find(poll)).tally == (0, 2, 1)


async def test_the_same_ballot_again_leaves_the_tally_as_it_is(booth: Booth) -> None:
    poll = await open_poll(booth, choices=2)
    await booth.choose(poll, ALICE, 0, 1)
    again = await booth.choose(poll, ALICE, 1, 0)
    assert (again.poll.tally, again.poll.voters, again.mine) == ((1, 1, 0), 1, {0, 1})


@pytest.mark.parametrize("choices", [1, 2])
async def test_a_vote_that_is_taken_back_is_gone_and_can_be_given_again(booth: Booth, choices: int) -> None:
    poll = await open_poll(booth, choices=choices)
    await booth.vote(poll, BORA, 1)
    await booth.choose(poll, ALICE, *range(choices))
    left = await booth.choose(poll, ALICE)
    assert (left.poll.tally, left.poll.voters, left.mine) == ((0, 1, 0), 1, NOTHING)
    with pytest.raises(NoVote):
        await booth.choose(poll, ALICE)
    assert (await booth.vote(poll, ALICE, 2)).poll.tally == (0, 1, 1)


@pytest.mark.parametrize("option", [3, 404, -1])
async def test_a_vote_for_an_option_that_the_poll_has_not_is_refused(booth: Booth, option: int) -> None:
    poll = await open_poll(booth, choices=2)
    with pytest.raises(Outdated):
        await booth.vote(poll, ALICE, option)
    with pytest.raises(Outdated):
        await booth.choose(poll, ALICE, 0, option)
    assert await booth.find(poll) == poll


async def test_a_vote_for_nothing_at_all_is_refused(booth: Booth) -> None:
    poll = await open_poll(booth)
    with pytest.raises(Outdated):
        await booth.ships.vote(Vote(poll.id, ALICE, NOON, guild_id=poll.guild_id))


async def test_a_vote_in_time_counts_and_one_after_it_is_refused_though_the_poll_is_not_closed_yet(
    booth: Booth,
) -> None:
    poll = await open_poll(booth)
    assert (await booth.vote(poll, ALICE, 0, NOON + HOUR)).poll.votes == 1
    late = NOON + HOUR + timedelta(milliseconds=1)
    with pytest.raises(PollClosed):
        await booth.vote(poll, BORA, 0, late)
    with pytest.raises(PollClosed):
        await booth.choose(poll, ALICE, at=late)
    assert (await booth.find(poll)).votes == 1


async def test_in_a_closed_poll_nothing_is_voted_changed_or_taken_back_though_its_time_is_not_over(
    booth: Booth,
) -> None:
    poll = await open_poll(booth)
    await booth.vote(poll, ALICE, 1)
    closed = await booth.close(poll, after(5))
    for act in (booth.vote(poll, BORA, 0, after(4)), booth.vote(poll, ALICE, 0), booth.choose(poll, ALICE)):
        with pytest.raises(PollClosed):
            await act
    assert await booth.find(poll) == closed


async def test_in_a_paused_poll_votes_wait_and_count_again_when_it_goes_on(booth: Booth) -> None:
    poll = await open_poll(booth)
    await booth.database.write(
        lambda connection: polls.time_poll(connection, poll.id, closes_at=poll.closes_at, paused_at=after(1))
    )
    for at in (NOON, after(2), NOON + 2 * HOUR):
        with pytest.raises(PollPaused):
            await booth.vote(poll, ALICE, 0, at)
    await booth.database.write(lambda connection: polls.time_poll(connection, poll.id, closes_at=poll.closes_at))
    assert (await booth.vote(poll, ALICE, 0, after(3))).poll.votes == 1


async def test_where_a_role_votes_others_neither_vote_nor_take_back(booth: Booth) -> None:
    poll = await open_poll(booth, voter_role_id=FANS)
    refused: list[type[UserError]] = []
    for roles in (frozenset[int](), frozenset({1, 2}), frozenset({1, FANS})):
        try:
            await booth.ships.vote(Vote(poll.id, ALICE, NOON, 0, roles=roles, guild_id=poll.guild_id))
        except UserError as refusal:
            refused.append(type(refusal))
    assert refused == [VotersOnly, VotersOnly]
    with pytest.raises(VotersOnly):
        await booth.choose(poll, ALICE)
    assert (await booth.find(poll)).tally == (1, 0, 0)


async def test_a_vote_in_a_poll_that_is_not_stored_is_refused(booth: Booth) -> None:
    with pytest.raises(PollGone):
        await booth.ships.vote(Vote(404, ALICE, NOON, 0, guild_id=1))


@pytest.mark.parametrize("secrecy", Secrecy)
async def test_votes_are_counted_alike_whoever_may_know_of_them(booth: Booth, secrecy: Secrecy) -> None:
    poll = await open_poll(booth, secrecy)
    for user_id, option in ((ALICE, 0), (BORA, 2), (ALICE, 2)):
        await booth.vote(poll, user_id, option)
    assert (await booth.find(poll)).tally == (0, 0, 2)
