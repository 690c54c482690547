"""The rules of a vote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.ballots import add_choice, check_vote, set_choices
from bot.domain.polls import Option, Poll
from bot.domain.texts import Language, Localised
from bot.errors import NoVote, NoVotesLeft, Outdated, PollClosed, PollPaused, SameVote, UserError, VotersOnly

OPENED = datetime(2026, 1, 2, 18, 0, tzinfo=UTC)
CLOSES = OPENED + timedelta(hours=2)
TICK = timedelta(milliseconds=1)
FANS = 77
NOTHING = frozenset[int]()


def poll(options: int = 3, choices: int = 1) -> Poll:
    couples = tuple(Option(Localised(f"Couple {number}")) for number in range(options))
    return Poll(1, 2, 3, 4, Language.ENGLISH, couples, (0,) * options, OPENED, CLOSES, choices=choices)


def refusal_of_vote(voted_in: Poll, at: datetime, *roles: int) -> type[UserError] | None:
    try:
        check_vote(voted_in, at, frozenset(roles))
    except UserError as refusal:
        return type(refusal)
    return None


def test_a_vote_at_the_deadline_counts_and_one_after_it_does_not() -> None:
    assert refusal_of_vote(poll(), CLOSES) is None
    assert refusal_of_vote(poll(), CLOSES + TICK) is PollClosed


def test_a_vote_in_a_closed_poll_is_refused_even_in_time() -> None:
    assert refusal_of_vote(replace(poll(), closed_at=CLOSES), OPENED) is PollClosed


def test_a_poll_without_an_end_takes_votes_until_it_is_closed() -> None:
    endless = replace(poll(), closes_at=None)
    assert refusal_of_vote(endless, CLOSES + timedelta(days=900)) is None
    assert refusal_of_vote(replace(endless, closed_at=CLOSES), OPENED) is PollClosed


def test_a_paused_poll_says_that_it_is_paused_and_a_closed_one_that_it_is_closed() -> None:
    paused = replace(poll(), paused_at=OPENED + TICK)
    assert refusal_of_vote(paused, OPENED) is PollPaused
    assert refusal_of_vote(paused, CLOSES + TICK) is PollPaused
    assert refusal_of_vote(replace(paused, closed_at=CLOSES), OPENED) is PollClosed


def test_where_a_role_votes_its_members_do_and_nobody_else() -> None:
    gated = replace(poll(), voter_role_id=FANS)
    assert refusal_of_vote(gated, OPENED, 1, FANS) is None
    assert refusal_of_vote(gated, OPENED, 1, 2) is VotersOnly
    assert refusal_of_vote(gated, OPENED) is VotersOnly
    assert refusal_of_vote(replace(gated, closed_at=CLOSES), OPENED) is PollClosed


def test_a_vote_that_counts_nowhere_is_never_taken() -> None:
    assert refusal_of_vote(replace(poll(), void=True, closed_at=CLOSES), OPENED) is PollClosed


def test_one_vote_moves_to_the_couple_that_was_pressed_last() -> None:
    assert add_choice(poll(), NOTHING, 1) == {1}
    assert add_choice(poll(), frozenset({1}), 2) == {2}


def test_several_votes_are_given_one_by_one_until_none_is_left() -> None:
    two = poll(5, choices=2)
    assert add_choice(two, frozenset({4}), 0) == {0, 4}
    with pytest.raises(NoVotesLeft) as refused:
        add_choice(two, frozenset({0, 4}), 2)
    assert refused.value.values == {"limit": 2}


@pytest.mark.parametrize("choices", [1, 2, 4])
def test_the_same_press_again_neither_votes_twice_nor_takes_the_vote_back(choices: int) -> None:
    with pytest.raises(SameVote) as refused:
        add_choice(poll(5, choices), frozenset({3}), 3)
    assert refused.value.values == {"couple": Localised("Couple 3")}


def test_on_a_full_ballot_the_same_press_says_that_it_is_there_already() -> None:
    with pytest.raises(SameVote):
        add_choice(poll(5, choices=2), frozenset({3, 4}), 3)


@pytest.mark.parametrize("option", [-1, 3, 404])
def test_an_option_that_the_poll_has_not_is_refused(option: int) -> None:
    with pytest.raises(Outdated):
        add_choice(poll(), NOTHING, option)
    with pytest.raises(Outdated):
        set_choices(poll(choices=2), NOTHING, frozenset({0, option}))


def test_a_whole_ballot_replaces_the_one_before() -> None:
    assert set_choices(poll(5, choices=3), frozenset({0, 1}), frozenset({1, 2, 3})) == {1, 2, 3}


def test_a_ballot_of_more_votes_than_a_member_has_is_refused() -> None:
    with pytest.raises(Outdated):
        set_choices(poll(5, choices=2), NOTHING, frozenset({0, 1, 2}))


def test_an_empty_ballot_takes_the_vote_back_and_there_must_be_one() -> None:
    assert set_choices(poll(), frozenset({1}), NOTHING) == NOTHING
    with pytest.raises(NoVote):
        set_choices(poll(), NOTHING, NOTHING)


NUMBERS = st.integers(-2, 9)


@given(
    options=st.integers(2, 8), choices=st.integers(1, 7), acts=st.lists(NUMBERS | st.frozensets(NUMBERS, max_size=8))
)
def test_whatever_is_pressed_a_ballot_holds_options_of_the_poll_and_no_more_than_a_member_has(
    options: int, choices: int, acts: list[int | frozenset[int]]
) -> None:
    held_in, mine = poll(options, choices), NOTHING
    for act in acts:
        try:
            mine = add_choice(held_in, mine, act) if isinstance(act, int) else set_choices(held_in, mine, act)
        except (SameVote, NoVotesLeft, NoVote, Outdated):
            continue
        assert mine <= set(range(options))
        assert len(mine) <= choices
        assert act in mine if isinstance(act, int) else act == mine
