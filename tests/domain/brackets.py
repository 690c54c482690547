"""Brackets for tests, as short as a test wants them."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.bracket import Bracket, Entrant, Phase, Seeding, decide
from bot.domain.nominations import begin
from bot.domain.polls import Option, Secrecy
from bot.domain.texts import Language, Localised

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CREATOR = 901000000000000009


def option(name: str) -> Option:
    """A typed couple: "Ada ♥ Ben" for "Ada"."""
    return Option(Localised(f"{name} ♥ Ben"))


def options(count: int) -> Sequence[Option]:
    return [option(f"Couple{number}") for number in range(1, count + 1)]


def nominating(
    *nominations: int, size: int = 32, seeding: Seeding = Seeding.NOMINATIONS, voter_role_id: int | None = None
) -> Bracket:
    """A bracket in which couples 1, 2, 3 … have so many nominations, open until tomorrow noon."""
    entrants = [
        Entrant(number, couple, nominations[number - 1]) for number, couple in enumerate(options(len(nominations)), 1)
    ]
    return Bracket(
        id=1,
        guild_id=2,
        channel_id=3,
        creator_id=CREATOR,
        language=Language.ENGLISH,
        name="World cup",
        size=size,
        seeding=seeding,
        secrecy=Secrecy.ANONYMOUS,
        matchup_time=DAY,
        created_at=NOON,
        phase=Phase.NOMINATING,
        entrants=tuple(entrants),
        nominations_close_at=NOON + DAY,
        voter_role_id=voter_role_id,
    )


def playing(entrants: int) -> Bracket:
    """A bracket of so many couples whose first matchup is on; couple 1 is seed 1."""
    return begin(nominating(*range(entrants, 0, -1)), (), random.Random(1))


def won_by_higher_seed(bracket: Bracket) -> Bracket:
    """The bracket after its current matchup, won by the better one."""
    matchup = bracket.current
    assert matchup is not None
    assert matchup.first is not None
    assert matchup.second is not None
    return decide(bracket, (1, 0) if matchup.first < matchup.second else (0, 1), NOON)


def played_out(bracket: Bracket) -> Bracket:
    """The bracket at its end, the higher seed having won everywhere."""
    while bracket.current is not None:
        bracket = won_by_higher_seed(bracket)
    return bracket
