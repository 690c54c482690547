"""The rules of a ship poll."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.polls import (
    LATE,
    LONGEST,
    LONGEST_QUESTION,
    MOST_COUPLES,
    SHORTEST,
    Ending,
    Option,
    Outcome,
    Poll,
    Secrecy,
    check_choices,
    check_closer,
    check_duration,
    check_host,
    check_options,
    check_question,
    ending,
)
from bot.domain.texts import Language, Localised
from bot.errors import (
    DurationTooLong,
    DurationTooShort,
    EqualCouples,
    HostsOnly,
    NameNotPlain,
    NameTooLong,
    NotYourPoll,
    PollClosed,
    TooFewCouples,
    TooManyChoices,
    TooManyCouples,
)

OPENED = datetime(2026, 1, 2, 18, 0, tzinfo=UTC)
CLOSES = datetime(2026, 1, 2, 20, 0, tzinfo=UTC)
CREATOR, STRANGER, HOSTS = 4, 5, 66
TICK = timedelta(milliseconds=1)


def option(english: str, korean: str | None = None) -> Option:
    return Option(Localised(english, korean))


def poll(
    closed_at: datetime | None = None,
    tally: tuple[int, ...] = (0, 0),
    *,
    closes_at: datetime | None = CLOSES,
    creator_id: int | None = CREATOR,
    secrecy: Secrecy = Secrecy.ANONYMOUS,
) -> Poll:
    return Poll(
        1,
        2,
        3,
        creator_id,
        Language.ENGLISH,
        (option("A"), option("B")),
        tally,
        OPENED,
        closes_at,
        secrecy=secrecy,
        closed_at=closed_at,
    )


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


def test_a_poll_holds_twenty_couples_and_no_more() -> None:
    couples = [option(f"Couple {number}") for number in range(MOST_COUPLES + 1)]
    assert check_options(couples[:MOST_COUPLES]) == tuple(couples[:MOST_COUPLES])
    with pytest.raises(TooManyCouples) as refused:
        check_options(couples)
    assert refused.value.values == {"limit": 20}


def test_a_couple_has_the_same_key_in_every_poll_however_it_is_typed() -> None:
    assert Option(Localised("Kim Shin ♥ Ji Eun-tak", "김신 ♥ 지은탁"), "goblin-bride").key == "goblin-bride"
    assert {option(typed).key for typed in ("Alpha ♥ Beta", "beta & ALPHA", "Al-pha, beta")} == {"typed:alphabeta"}
    assert option("베타 ♥ 알파").key == "typed:베타알파"


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


@pytest.mark.parametrize(("choices", "options"), [(1, 2), (1, 20), (2, 3), (19, 20)])
def test_a_member_may_vote_for_all_couples_but_one(choices: int, options: int) -> None:
    assert check_choices(choices, options) == choices


@pytest.mark.parametrize(
    ("choices", "options", "most"), [(2, 2, 1), (3, 3, 2), (20, 20, 19), (0, 5, 4), (-1, 2, 1), (99, 20, 19)]
)
def test_votes_for_all_couples_or_for_none_are_refused(choices: int, options: int, most: int) -> None:
    with pytest.raises(TooManyChoices) as refused:
        check_choices(choices, options)
    assert refused.value.values == {"most": most}


@pytest.mark.parametrize("question", [None, "", "   "])
def test_a_poll_needs_no_question_of_its_own(question: str | None) -> None:
    assert check_question(question) is None


def test_a_question_is_kept_in_plain_letters_up_to_its_length() -> None:
    assert check_question("  누가 최고의   커플? ") == "누가 최고의 커플?"
    assert check_question("x" * LONGEST_QUESTION) == "x" * LONGEST_QUESTION
    with pytest.raises(NameTooLong):
        check_question("x" * (LONGEST_QUESTION + 1))


@pytest.mark.parametrize("question", ["@everyone vote", "**Who?**", "<@123>?", "Wh\u202eo?", "https://x.org?"])
def test_a_question_with_formatting_mentions_or_tricks_is_refused(question: str) -> None:
    with pytest.raises(NameNotPlain):
        check_question(question)


def test_a_poll_without_an_end_is_open_until_it_is_closed_and_never_late() -> None:
    assert poll(closes_at=None).is_open(CLOSES + timedelta(days=400))
    assert not poll(closed_at=CLOSES, closes_at=None).is_open(OPENED)
    assert not poll(closed_at=CLOSES + timedelta(days=400), closes_at=None).closed_late


@pytest.mark.parametrize("secrecy", Secrecy)
def test_only_a_hidden_poll_keeps_its_tally_to_itself_and_only_until_it_closes(secrecy: Secrecy) -> None:
    assert poll(secrecy=secrecy).shows_tally is (secrecy is not Secrecy.HIDDEN)
    assert poll(CLOSES, secrecy=secrecy).shows_tally


def test_its_creator_and_managers_close_a_poll() -> None:
    check_closer(poll(), CREATOR, is_manager=False)
    check_closer(poll(), STRANGER, is_manager=True)


@pytest.mark.parametrize("creator_id", [CREATOR, None])
def test_nobody_else_closes_a_poll(creator_id: int | None) -> None:
    with pytest.raises(NotYourPoll):
        check_closer(poll(creator_id=creator_id), STRANGER, is_manager=False)


def test_a_closed_poll_is_not_closed_again_whoever_asks() -> None:
    for user_id, is_manager in ((CREATOR, False), (STRANGER, True), (STRANGER, False)):
        with pytest.raises(PollClosed):
            check_closer(poll(CLOSES), user_id, is_manager=is_manager)


def test_where_a_role_opens_polls_its_members_and_managers_do_and_nobody_else() -> None:
    check_host(None, frozenset(), is_manager=False)
    check_host(HOSTS, frozenset({1, HOSTS}), is_manager=False)
    check_host(HOSTS, frozenset(), is_manager=True)
    with pytest.raises(HostsOnly) as refused:
        check_host(HOSTS, frozenset({1, 2}), is_manager=False)
    assert refused.value.values == {"role": HOSTS}
