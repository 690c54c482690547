"""How couples get into a bracket: nominated by members or drawn from the catalogue, then seeded."""

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.bracket import EACH, FEWEST, MOST_NOMINEES, Bracket, Entrant, Phase, Seeding, Step, check_step
from bot.domain.guilds import RoleId
from bot.domain.polls import Option
from bot.errors import (
    AlreadyNominated,
    NominationsUsed,
    NoSuchEntrant,
    NotNominated,
    NotPossibleNow,
    TooFewEntrants,
    TooManyNominees,
    VotersOnly,
)


def check_nominator(bracket: Bracket, at: datetime, roles: frozenset[int]) -> None:
    """Let a member with these `roles` nominate `at` that time, or refuse it.

    Raises:
        NotPossibleNow: nominations are over.
        VotersOnly: only members with a certain role take part in the bracket.
    """
    check_nominating(bracket, at)
    if bracket.voter_role_id is not None and bracket.voter_role_id not in roles:
        raise VotersOnly(role=RoleId(bracket.voter_role_id))


def check_nominating(bracket: Bracket, at: datetime) -> None:
    """Let nominations change `at` that time, or refuse it.

    Raises:
        NotPossibleNow: nominations are over.
    """
    check_step(bracket, Step.NOMINATE)
    if bracket.nominations_close_at is not None and at > bracket.nominations_close_at:
        raise NotPossibleNow


def check_nomination(bracket: Bracket, option: Option, mine: Sequence[int]) -> Entrant | None:
    """Let a member who has nominated the numbers `mine` nominate `option` too.

    Returns:
        The entrant that she supports by it, or None where it is a new one.

    Raises:
        AlreadyNominated: she has nominated that couple before.
        NominationsUsed: she has nominated as many as a member may.
        NoSuchEntrant: a manager has taken that couple out.
        TooManyNominees: there are as many as a bracket takes.
    """
    known = next((entrant for entrant in bracket.entrants if entrant.option.key == option.key), None)
    if known is not None and known.pruned:
        raise NoSuchEntrant
    if known is not None and known.number in mine:
        raise AlreadyNominated(couple=known.option.label)
    if len(mine) >= EACH:
        raise NominationsUsed(limit=EACH)
    if known not in bracket.nominees and len(bracket.nominees) >= MOST_NOMINEES:
        raise TooManyNominees(limit=MOST_NOMINEES)
    return known


def nominee(bracket: Bracket, number: int) -> Entrant:
    """Return the nominated couple of that number.

    Raises:
        NoSuchEntrant: there is none, or a manager has taken it out.
    """
    found = next((entrant for entrant in bracket.entrants if entrant.number == number), None)
    if found is None or found.pruned:
        raise NoSuchEntrant
    return found


def check_taking_back(number: int, mine: Sequence[int]) -> None:
    """Let a member who has nominated the numbers `mine` take that one back, or refuse it.

    Raises:
        NotNominated: she has not nominated it.
    """
    if number not in mine:
        raise NotNominated


def next_number(bracket: Bracket) -> int:
    """Return the number of the couple that is nominated next; none is given twice."""
    return max((entrant.number for entrant in bracket.entrants), default=0) + 1


def fill_to(bracket: Bracket) -> int:
    """Return how many couples the bracket begins with at least: all of them where they are drawn."""
    return FEWEST if bracket.nominations_close_at is not None else bracket.size


def leave_out(bracket: Bracket, numbers: Collection[int]) -> Bracket:
    """Return the bracket without these couples among the nominated ones, as if they had been taken out."""
    entrants = (replace(one, pruned=True) if one.number in numbers else one for one in bracket.entrants)
    return replace(bracket, entrants=tuple(entrants))


def begin(bracket: Bracket, reserve: Sequence[Option], rng: random.Random) -> Bracket:
    """Close the nominations: the most nominated couples stand, filled up from `reserve`, and get their seeds.

    Raises:
        NotPossibleNow: they are closed already.
        TooFewEntrants: there are less than four, even with the reserve.
    """
    check_step(bracket, Step.BEGIN)
    standing = list(bracket.nominees[: bracket.size])
    known = {entrant.option.key for entrant in bracket.entrants}
    fresh = [option for option in reserve if option.key not in known][: max(fill_to(bracket) - len(standing), 0)]
    standing += [Entrant(number, option) for number, option in enumerate(fresh, next_number(bracket))]
    if len(standing) < FEWEST:
        raise TooFewEntrants(fewest=FEWEST)
    if bracket.seeding is Seeding.RANDOM:
        rng.shuffle(standing)
    seeded = {entrant.number: replace(entrant, seed=seed) for seed, entrant in enumerate(standing, 1)}
    others = [entrant for entrant in bracket.entrants if entrant.number not in seeded]
    entrants = tuple(sorted([*others, *seeded.values()], key=lambda entrant: entrant.number))
    return replace(bracket, phase=Phase.PLAYING, entrants=entrants)
