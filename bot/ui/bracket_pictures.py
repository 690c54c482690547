"""A bracket as a picture, with the words that say the same."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.bracket import Bracket, Entrant
from bot.domain.matchups import Matchup
from bot.domain.polls import Poll
from bot.pictures.bracket import Pairing, Side, Stage, bracket_picture
from bot.pictures.champion import champion_picture
from bot.pictures.easel import Easel, NotDrawn
from bot.text.catalogue import Phrases
from bot.ui.brackets import round_name
from bot.ui.gallery import ALT_LIMIT, Picture

log = logging.getLogger(__name__)

ROAD: Final = 5
"""Matchups on the card of a champion: the most that a bracket of 32 has."""

Tallies = Mapping[tuple[int, int], Mapping[int, int]]
"""The votes of decided matchups: by the place of each, and in it by seed."""


def tallies(decided: Sequence[Poll]) -> Tallies:
    """Return the votes of the matchups whose polls these are."""
    return {
        (poll.matchup.round, poll.matchup.slot): dict(zip(poll.matchup.seeds, poll.tally, strict=True))
        for poll in decided
        if poll.matchup is not None
    }


async def draw_bracket(
    easel: Easel, bracket: Bracket, decided: Sequence[Poll], since: int, _: Phrases
) -> Picture | None:
    """Return the bracket from the round `since` to the final, or None where it cannot be drawn."""
    votes = tallies(decided)
    stages = [
        Stage(round_name(bracket, number, _), [_pairing(bracket, matchup, votes, _) for matchup in played])
        for number, played in enumerate(bracket.rounds, 1)
        if number >= since
    ]
    ends = _("Champion: {couple}", couple=_.of(bracket.champion.option.label)) if bracket.champion else ""
    try:
        png = await easel.drawn(bracket_picture, bracket.name, stages, ends, "…", _("bye"))
    except NotDrawn:
        log.exception("Bracket %d goes without its picture", bracket.id)
        return None
    return Picture(f"bracket-{bracket.id}.png", png, in_words(bracket, decided, _))


async def draw_champion(
    easel: Easel, bracket: Bracket, champion: Entrant, decided: Sequence[Poll], _: Phrases
) -> Picture | None:
    """Return the card of the champion, or None where it cannot be drawn."""
    label, lines = champion.option.label, road(bracket, champion, decided, _)
    heading = _("Champion of {bracket}", bracket=bracket.name)
    try:
        png = await easel.drawn(champion_picture, heading, _.of(label), label.beside(_.language), lines)
    except NotDrawn:
        log.exception("The champion of bracket %d goes without a picture", bracket.id)
        return None
    return Picture(f"champion-{bracket.id}.png", png, _lines([f"{heading}: {_.of(label)}.", *lines]))


def road(bracket: Bracket, champion: Entrant, decided: Sequence[Poll], _: Phrases) -> Sequence[str]:
    """Say whom a couple has beaten, the last one first: "Final: 12–7 against …"."""
    votes, beaten = tallies(decided), list[str]()
    for number, played in reversed(list(enumerate(bracket.rounds, 1))):
        for matchup in played:
            if matchup.winner != champion.seed or matchup.is_bye:
                continue
            loser = matchup.second if matchup.winner == matchup.first else matchup.first
            score = votes.get(matchup.place, {})
            told = f"{score.get(champion.seed or 0, 0):,}–{score.get(loser or 0, 0):,}"
            against = _("{score} against {couple}", score=told, couple=_couple(bracket, loser, _))
            beaten.append(f"{round_name(bracket, number, _)}: {against}")
    return beaten[:ROAD]


def in_words(bracket: Bracket, decided: Sequence[Poll], _: Phrases) -> str:
    """Say what a picture of the bracket shows: the latest results first, then who meets whom next."""
    votes, results, to_come = tallies(decided), list[str](), list[str]()
    for number, played in reversed(list(enumerate(bracket.rounds, 1))):
        told = [_told(bracket, matchup, votes, _) for matchup in played if matchup.winner]
        if told:
            results.append(f"{round_name(bracket, number, _)}: {'; '.join(told)}.")
        meet = [_meet(bracket, matchup, _) for matchup in played if matchup.is_playable]
        if meet:
            to_come.append(f"{round_name(bracket, number, _)}: {'; '.join(meet)}.")
    return _lines([f"{bracket.name}.", *results, *to_come])


def _pairing(bracket: Bracket, matchup: Matchup, votes: Tallies, _: Phrases) -> Pairing:
    first, second = (_side(bracket, matchup, seed, votes, _) for seed in (matchup.first, matchup.second))
    return Pairing(first, second, bye=matchup.is_bye)


def _side(bracket: Bracket, matchup: Matchup, seed: int | None, votes: Tallies, _: Phrases) -> Side | None:
    if seed is None:
        return None
    won = None if matchup.winner is None else matchup.winner == seed
    score = votes.get(matchup.place, {}).get(seed) if won is not None else None
    return Side(seed, _couple(bracket, seed, _), score, won)


def _told(bracket: Bracket, matchup: Matchup, votes: Tallies, _: Phrases) -> str:
    winner = _couple(bracket, matchup.winner, _)
    if matchup.is_bye:
        return _("{couple} goes on without a vote", couple=winner)
    lost = matchup.second if matchup.winner == matchup.first else matchup.first
    score = votes.get(matchup.place, {})
    told = f"{score.get(matchup.winner or 0, 0):,}–{score.get(lost or 0, 0):,}"
    return _("{winner} beats {loser} {score}", winner=winner, loser=_couple(bracket, lost, _), score=told)


def _meet(bracket: Bracket, matchup: Matchup, _: Phrases) -> str:
    first, second = (_couple(bracket, seed, _) for seed in (matchup.first, matchup.second))
    return _("{first} against {second}", first=first, second=second)


def _couple(bracket: Bracket, seed: int | None, _: Phrases) -> str:
    return _.of(bracket.of_seed(seed).option.label) if seed else "…"


def _lines(lines: Sequence[str]) -> str:
    """Join lines as long as they fit into what Discord takes; a picture's words lose their end, not their sense."""
    kept, length = list[str](), 0
    for line in lines:
        length += len(line) + 1
        if length > ALT_LIMIT and kept:
            break
        kept.append(line)
    return "\n".join(kept)
