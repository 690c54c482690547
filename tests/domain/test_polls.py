"""The rules of a ship poll."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.polls import (
    LATE,
    LONGEST,
    SHORTEST,
    Ending,
    Option,
    Outcome,
    Poll,
    check_duration,
    check_options,
    check_vote,
    ending,
)
from bot.domain.texts import Language, Localised
from bot.errors import DurationTooLong, DurationTooShort, EqualCouples, PollClosed, TooFewCouples

CLOSES = datetime(2026, 1, 2, 20, 0, tzinfo=UTC)
TICK = timedelta(milliseconds=1)


def option(english: str, korean: str | None = None) -> Option:
    return Option(Localised(english, korean))


def poll(closed_at: datetime | None = None, tally: tuple[int, ...] = (0, 0)) -> Poll:
    return Poll(1, 2, 3, 4, Language.ENGLISH, (option("A"), option("B")), tally, CLOSES, closed_at=closed_at)


def test_two_different_couples_make_a_poll() -> None:
    options = [option("Kim Shin ♥ Ji Eun-tak", "김신 ♥ 지은탁"), option("Goo Won ♥ Cheon Sa-rang")]
    assert tuple(options) == check_options(options)


@pytest.mark.parametrize("options", [[], [option("A")]])
def test_less_than_two_couples_are_refused(options: list[Option]) -> None:
    with pytest.raises(TooFewCouples):
        check_options(options)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (option("Kim Shin"), option("Kim Shin")),
        (option("Kim Shin"), option("kim-shin")),
        (option("Kim Shin & Ji"), option("KIM SHIN ♥ JI")),
        (option("Goblin", "도깨비"), option("도깨비")),
        (option("Goblin", "도깨비"), option("Lonely God", "도깨비")),
        (option("Straße"), option("STRASSE")),
    ],
)
def test_couples_that_read_the_same_are_refused(first: Option, second: Option) -> None:
    with pytest.raises(EqualCouples):
        check_options([first, option("Somebody else"), second])


def test_the_refusal_names_the_couple_that_stands_twice() -> None:
    with pytest.raises(EqualCouples) as refused:
        check_options([option("A"), option("B"), option("a")])
    assert "a" in str(refused.value)


@given(st.lists(st.from_regex(r"[a-z]{1,4}", fullmatch=True), min_size=2, max_size=5))
def test_couples_are_taken_exactly_when_no_two_are_equal(labels: list[str]) -> None:
    options = [option(label) for label in labels]
    if len(set(labels)) == len(labels):
        assert tuple(options) == check_options(options)
    else:
        with pytest.raises(EqualCouples):
            check_options(options)


@pytest.mark.parametrize("duration", [SHORTEST, timedelta(days=1), LONGEST])
def test_a_poll_may_stay_open_from_the_shortest_to_the_longest_time(duration: timedelta) -> None:
    assert duration == check_duration(duration)


def test_a_poll_that_is_too_short_is_told_the_shortest_time() -> None:
    with pytest.raises(DurationTooShort) as refused:
        check_duration(SHORTEST - TICK)
    assert refused.value.values == {"shortest": SHORTEST}


def test_a_poll_that_is_too_long_is_told_the_longest_time() -> None:
    with pytest.raises(DurationTooLong) as refused:
        check_duration(LONGEST + TICK)
    assert refused.value.values == {"longest": LONGEST}


def test_the_limits_can_be_set_for_a_rehearsal() -> None:
    second = timedelta(seconds=1)
    assert second == check_duration(second, shortest=second, longest=second)


def test_a_vote_at_the_deadline_counts_and_one_after_it_does_not() -> None:
    check_vote(poll(), CLOSES)
    with pytest.raises(PollClosed):
        check_vote(poll(), CLOSES + TICK)


def test_a_vote_in_a_closed_poll_is_refused_even_in_time() -> None:
    with pytest.raises(PollClosed):
        check_vote(poll(closed_at=CLOSES), CLOSES - timedelta(hours=1))


def test_a_poll_counts_its_votes() -> None:
    assert poll(tally=(3, 4)).votes == 7


@pytest.mark.parametrize(
    ("closed_at", "late"), [(None, False), (CLOSES, False), (CLOSES + LATE, False), (CLOSES + LATE + TICK, True)]
)
def test_a_poll_that_was_closed_noticeably_late_knows_it(closed_at: datetime | None, late: bool) -> None:
    assert late is poll(closed_at).closed_late


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        ((), Ending(Outcome.NOBODY_VOTED, ())),
        ((0, 0, 0), Ending(Outcome.NOBODY_VOTED, ())),
        ((1, 0), Ending(Outcome.WON, (0,))),
        ((2, 5, 4), Ending(Outcome.WON, (1,))),
        ((3, 1, 3), Ending(Outcome.TIED, (0, 2))),
        ((1, 1, 1), Ending(Outcome.TIED, (0, 1, 2))),
    ],
)
def test_a_poll_ends_with_a_winner_a_tie_or_no_vote(tally: tuple[int, ...], expected: Ending) -> None:
    assert expected == ending(tally)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=5))
def test_the_leaders_are_those_whom_nobody_beats(tally: list[int]) -> None:
    ended = ending(tally)
    if not any(tally):
        assert Ending(Outcome.NOBODY_VOTED, ()) == ended
        return
    assert tuple(number for number, votes in enumerate(tally) if all(votes >= other for other in tally)) == (
        ended.leaders
    )
    assert (ended.outcome is Outcome.WON) is (len(ended.leaders) == 1)
