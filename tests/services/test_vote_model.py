"""Votes in any order give what a simple model of the rules gives."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import HealthCheck, given, settings, strategies as st

from bot.domain.polls import Poll, Secrecy
from bot.errors import NoVote, NoVotesLeft, Outdated, PollClosed, SameVote, UserError, VotersOnly
from bot.services.ships import Vote
from bot.storage import ballots
from tests.services.play import ALICE, NOON, after
from tests.services.voting import NOTHING, OPTIONS, Booth, open_poll

MEMBERS = 4
FANS = 77
ENDS = 3600.0


@dataclass(frozen=True)
class Press:
    """A member presses a button, or hands in a ballot, so many seconds after noon."""

    member: int
    seconds: float
    option: int
    chosen: frozenset[int] | None
    is_fan: bool

    @property
    def at(self) -> datetime:
        return after(self.seconds)


@dataclass(frozen=True)
class Deletes:
    """A member deletes her data."""

    member: int


@dataclass(frozen=True)
class Closes:
    """The poll is closed, and forgets where it is secret."""


Act = Sequence[Press] | Deletes | Closes


@dataclass
class Model:
    """A poll as its rules say it is: a set for each member."""

    choices: int
    gated: bool
    mine: dict[int, frozenset[int]] = field(default_factory=dict[int, frozenset[int]])
    final: tuple[int, ...] | None = None
    final_voters: int = 0

    @property
    def tally(self) -> tuple[int, ...]:
        if self.final is not None:
            return self.final
        return tuple(sum(number in chosen for chosen in self.mine.values()) for number in range(len(OPTIONS)))

    @property
    def voters(self) -> int:
        return self.final_voters if self.final is not None else sum(map(bool, self.mine.values()))

    def press(self, press: Press) -> type[UserError] | frozenset[int]:
        """What the press is answered with."""
        mine = self.mine.get(press.member, NOTHING)
        if self.final is not None or press.seconds > ENDS:
            return PollClosed
        if self.gated and not press.is_fan:
            return VotersOnly
        wanted = frozenset({press.option}) if press.chosen is None else press.chosen
        if not wanted <= set(range(len(OPTIONS))) or len(wanted) > self.choices:
            return Outdated
        if press.chosen is not None:
            if not press.chosen and not mine:
                return NoVote
            self.mine[press.member] = press.chosen
        elif press.option in mine:
            return SameVote
        elif self.choices > 1 and len(mine) == self.choices:
            return NoVotesLeft
        else:
            self.mine[press.member] = wanted if self.choices == 1 else mine | wanted
        return self.mine[press.member]

    def close(self, *, secret: bool) -> None:
        self.final, self.final_voters = self.tally, self.voters
        if secret:
            self.mine.clear()


NUMBER = st.integers(-1, len(OPTIONS))
PRESS = st.builds(
    Press,
    member=st.integers(0, MEMBERS - 1),
    seconds=st.sampled_from([0.0, 60.0, 60.0, ENDS, ENDS + 0.001]),
    option=NUMBER,
    chosen=st.none() | st.frozensets(NUMBER, max_size=4),
    is_fan=st.sampled_from([True, True, True, False]),
)
PRESSES = st.lists(PRESS, min_size=1, max_size=8)
ACTS = st.lists(st.one_of(PRESSES, PRESSES, st.builds(Deletes, st.integers(0, MEMBERS - 1)), st.builds(Closes)))


async def pressed(booth: Booth, poll: Poll, press: Press) -> type[UserError] | frozenset[int]:
    roles = frozenset({FANS}) if press.is_fan else NOTHING
    option = press.option if press.chosen is None else None
    vote = Vote(poll.id, ALICE + press.member, press.at, option, press.chosen, roles, guild_id=poll.guild_id)
    try:
        return (await booth.ships.vote(vote)).mine
    except UserError as refusal:
        return type(refusal)


async def compare(booth: Booth, poll: Poll, model: Model) -> None:
    found = await booth.find(poll)
    assert (found.tally, found.voters) == (model.tally, model.voters)
    stored = await booth.database.read(lambda connection: ballots.list_voters(connection, poll.id, 0, 99))
    assert {user_id - ALICE: set(chosen) for user_id, chosen in stored} == {
        member: chosen for member, chosen in model.mine.items() if chosen
    }
    hides = found.closed_at is not None and found.secrecy is not Secrecy.PUBLIC
    for member in range(MEMBERS):
        told = await booth.ships.ballot(poll.id, ALICE + member, guild_id=poll.guild_id)
        assert told.mine == (NOTHING if hides else model.mine.get(member, NOTHING))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=ACTS,
    choices=st.integers(1, len(OPTIONS) - 1),
    secrecy=st.sampled_from(Secrecy),
    gated=st.booleans(),
)
async def test_votes_in_any_order_give_what_a_simple_model_of_the_rules_gives(
    booth: Booth, acts: Sequence[Act], choices: int, secrecy: Secrecy, gated: bool
) -> None:
    model = Model(choices, gated)
    poll = await open_poll(booth, secrecy, choices=choices, voter_role_id=FANS if gated else None)
    other = await open_poll(booth, choices=2)
    for act in acts:
        match act:
            case Deletes(member):
                changed = await booth.privacy.delete(ALICE + member)
                assert (poll.id in changed.polls) is (model.final is None and bool(model.mine.get(member)))
                model.mine.pop(member, None)
            case Closes():
                if model.final is None:
                    model.close(secret=secrecy is not Secrecy.PUBLIC)
                await booth.close(poll, NOON)
                await booth.forget(poll)
            case presses:
                answers = await asyncio.gather(*(pressed(booth, poll, press) for press in presses))
                assert list(answers) == [model.press(press) for press in presses]
        await compare(booth, poll, model)
    assert await booth.find(other) == other
