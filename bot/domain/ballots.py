"""The rules of a vote: when it counts, who may give it, what becomes of the ballot."""

from datetime import datetime

from bot.domain.guilds import RoleId
from bot.domain.polls import Poll
from bot.errors import NoVote, NoVotesLeft, Outdated, PollClosed, PollPaused, SameVote, VotersOnly


def check_vote(poll: Poll, at: datetime, roles: frozenset[int] = frozenset()) -> None:
    """Let a vote given `at` by a member with these `roles` count, or refuse it.

    Raises:
        PollClosed: the poll is closed, or its time was over at the click.
        PollPaused: the bracket it belongs to is paused.
        VotersOnly: only members with a certain role vote in it.
    """
    if poll.paused_at is not None and poll.closed_at is None:
        raise PollPaused
    if not poll.is_open(at):
        raise PollClosed
    if poll.voter_role_id is not None and poll.voter_role_id not in roles:
        raise VotersOnly(role=RoleId(poll.voter_role_id))


def add_choice(poll: Poll, mine: frozenset[int], option: int) -> frozenset[int]:
    """Return the ballot `mine` with `option` on it: instead of the one before, where a member has one vote.

    Pressing twice is no way to vote twice, nor to take a vote back.

    Raises:
        Outdated: the poll has no such option.
        SameVote: it is on the ballot already.
        NoVotesLeft: the ballot is full.
    """
    if option not in range(len(poll.options)):
        raise Outdated
    if option in mine:
        raise SameVote(couple=poll.options[option].label)
    if poll.choices == 1:
        return frozenset({option})
    if len(mine) >= poll.choices:
        raise NoVotesLeft(limit=poll.choices)
    return mine | {option}


def set_choices(poll: Poll, mine: frozenset[int], chosen: frozenset[int]) -> frozenset[int]:
    """Return `chosen` as the new ballot of a member who has `mine`; an empty one takes her vote back.

    Raises:
        Outdated: the poll has no such option, or the ballot holds more of them than a member has votes.
        NoVote: there is nothing to take back.
    """
    if not chosen <= set(range(len(poll.options))) or len(chosen) > poll.choices:
        raise Outdated
    if not chosen and not mine:
        raise NoVote
    return chosen
