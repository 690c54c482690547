"""Every page of a bracket is one that Discord takes, in both languages, with everything at its limit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import discord
import pytest

from bot.app import DATA
from bot.domain.bracket import (
    LONGEST_MATCHUP,
    LONGEST_NAME,
    LONGEST_NOMINATIONS,
    MOST_NOMINEES,
    Bracket,
    Entrant,
    Phase,
    Seeding,
    decide,
)
from bot.domain.matchups import SIZES
from bot.domain.nominations import begin
from bot.domain.polls import MatchupOf, Option, Poll, Secrecy
from bot.domain.texts import NAME_LIMIT, Language, Localised
from bot.pictures.easel import Easel
from bot.text.catalogue import Phrases, load_catalogue
from bot.ui.bracket_pictures import draw_bracket, draw_champion, in_words, road
from bot.ui.brackets import MENU, Course, bracket_card, champion_page, round_page
from bot.ui.gallery import ALT_LIMIT, Picture
from bot.ui.pages import Form, Page
from cogs.ships_bracket import render
from tests.cogs.points import faults
from tests.cogs.specification import body_faults
from tests.cogs.world import shipped_library

CATALOGUE = load_catalogue(DATA / "locales")
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
BIG = 2**62
PICTURE = Picture("bracket.png", b"", "w" * 2000)


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


def long_name(number: int) -> str:
    """A typed name as long as one may be."""
    return f"{number}".rjust(NAME_LIMIT - 5, "W") + "W & B"


def bracket(size: int = 32, nominees: int = MOST_NOMINEES, **changes: object) -> Bracket:
    """A bracket that takes nominations, with names and numbers as long as they get."""
    made = Bracket(
        id=BIG,
        guild_id=BIG,
        channel_id=BIG,
        creator_id=BIG,
        language=Language.ENGLISH,
        name="W" * LONGEST_NAME,
        size=size,
        seeding=Seeding.NOMINATIONS,
        secrecy=Secrecy.HIDDEN,
        matchup_time=LONGEST_MATCHUP - timedelta(seconds=1),
        created_at=NOW,
        phase=Phase.NOMINATING,
        entrants=tuple(
            Entrant(number, Option(Localised(long_name(number), long_name(number))), nominations=10**6)
            for number in range(1, nominees + 1)
        ),
        nominations_close_at=NOW + LONGEST_NOMINATIONS,
        voter_role_id=BIG,
        message_id=BIG,
    )
    return replace(made, **changes)


def poll_of(played: Bracket, seeds: tuple[int, int], place: tuple[int, int], votes: tuple[int, int]) -> Poll:
    """The poll of a matchup."""
    options = tuple(played.of_seed(seed).option for seed in seeds)
    matchup = MatchupOf(BIG, played.name, played.size, *place, seeds)
    return Poll(
        BIG, BIG, BIG, None, Language.ENGLISH, options, votes, NOW, NOW, message_id=BIG, closed_at=NOW, matchup=matchup
    )


def course(size: int) -> Iterator[tuple[Bracket, list[Poll]]]:
    """A bracket of that size at every point of its course, with the polls of what is decided."""
    at, rng = begin(bracket(size), [], Random(3)), Random(size)
    decided: list[Poll] = []
    yield at, decided
    while (matchup := at.current) is not None:
        votes = (rng.randrange(10**6), rng.randrange(10**6))
        decided = [*decided, poll_of(at, (matchup.first or 0, matchup.second or 0), matchup.place, votes)]
        at = decide(at, votes, NOW)
        yield at, decided


def with_card(entrant: Entrant) -> Entrant:
    return replace(entrant, option=replace(entrant.option, has_card=True))


def pages_of(at: Bracket, decided: list[Poll], _: Phrases) -> Iterator[Page]:
    """Every page that can be made of a bracket as it stands."""
    last = decided[-1] if decided else None
    poll = poll_of(at, (1, 2), (1, 0), (0, 0)) if at.current else None
    for phase in (at.phase, Phase.PAUSED, Phase.ENDED) if at.current else (at.phase,):
        now = Course(replace(at, phase=phase), replace(poll, closed_at=None) if poll else None)
        yield bracket_card(now, _)
        for leads in (True, False):
            yield render.show_page(now, PICTURE, "", _, leads=leads)
            yield render.show_page(now, None, in_words(at, decided, _), _, leads=leads)
        yield render.lead_page(now, last, 0, _, note=_(render.DONE[render.Move.HURRY]))
    yield from (render.move_question(at, move, render.meant(move, poll, last), _) for move in render.Move)
    if at.complete:
        yield round_page(at, at.complete, _, PICTURE)
        yield round_page(at, at.complete, _)
    if at.champion:
        told = road(at, at.champion, decided, _)
        yield champion_page(at, at.champion, told, _, PICTURE)
        yield champion_page(at, at.champion, told, _)
        yield champion_page(at, with_card(at.champion), told, _, PICTURE)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_all_the_way_through_a_bracket_fits(phrases: Phrases, size: int) -> None:
    *points, last = course(size)
    assert last[0].phase is Phase.FINISHED
    some = [*points[:: size // 4], last]
    assert [fault for at, decided in some for page in pages_of(at, decided, phrases) for fault in faults(page)] == []


@pytest.mark.parametrize("nominees", [0, 1, 8, 14, 20, 25, 26, MOST_NOMINEES])
@pytest.mark.parametrize("seeding", list(Seeding))
def test_every_page_of_nominations_fits(phrases: Phrases, nominees: int, seeding: Seeding) -> None:
    at = bracket(nominees=nominees, seeding=seeding)
    at = replace(at, entrants=tuple(map(with_card, at.entrants)))
    now = Course(at, None)
    pages = [bracket_card(now, phrases), render.show_page(now, None, "", phrases, leads=True)]
    for page in range(4):
        pages += [render.nominees_page(at, page, phrases), render.lead_page(now, None, page, phrases, note="done")]
    for mine in (at.entrants[:3], at.entrants[:2], ()):
        pages.append(render.mine_page(at, mine, phrases, note=f"You have nominated {long_name(1)}."))
    pages += [render.prune_question(at, entrant, phrases) for entrant in at.entrants[:1]]
    assert [fault for page in pages for fault in faults(page)] == []


def test_a_card_lists_as_many_couples_as_its_menu_and_all_have_their_place_on_a_page(phrases: Phrases) -> None:
    at = bracket()
    card = text(bracket_card(Course(at, None), phrases))
    assert card.count(" · 1000000") == MENU
    pages = [text(render.nominees_page(at, page, phrases)) for page in range(3)]
    assert sum(page.count(" · 1000000") for page in pages) == MOST_NOMINEES


@pytest.mark.parametrize("size", SIZES)
async def test_every_picture_of_a_bracket_is_drawn_and_has_words_that_fit(phrases: Phrases, size: int) -> None:
    async with Easel() as easel:
        last, decided = list(course(size))[-1]
        assert last.champion is not None
        for picture in (
            await draw_bracket(easel, last, decided, 1, phrases),
            await draw_champion(easel, last, last.champion, decided, phrases),
        ):
            assert picture is not None
            assert picture.png.startswith(b"\x89PNG")
            assert 0 < len(picture.alt) <= ALT_LIMIT
            assert last.champion.option.label.en in picture.alt


async def test_without_an_easel_there_are_only_words(phrases: Phrases, caplog: pytest.LogCaptureFixture) -> None:
    easel = Easel()
    await easel.close()
    last, decided = list(course(4))[-1]
    assert last.champion is not None
    assert await draw_bracket(easel, last, decided, 1, phrases) is None
    assert await draw_champion(easel, last, last.champion, decided, phrases) is None
    assert len(caplog.records) == 2


@pytest.mark.parametrize("taken", [0, 20, 1000])
def test_the_form_fits_and_leaves_out_who_is_nominated(phrases: Phrases, taken: int) -> None:
    keys = {couple.id for couple in list(shipped_library().couples.values())[:taken]}
    offered = [
        render.Suggestion(couple.id, couple.name, shipped_library().dramas[couple.drama_id])
        for couple in shipped_library().couples.values()
    ]
    form = render.nomination_form(bracket(), offered, keys, phrases)
    assert form_faults(form) == []
    assert not any(f"'{key}'" in str(form.to_dict()) for key in keys)


def test_names_are_shown_as_they_are_and_format_nothing(phrases: Phrases) -> None:
    at = bracket(name="a_b_c", entrants=(Entrant(1, Option(Localised("x_y_z ♥ @here~~")), nominations=1),))
    shown = text(bracket_card(Course(at, None), phrases))
    assert "a\\_b\\_c" in shown
    assert "x\\_y\\_z ♥ @\u200bhere\\~\\~" in shown


def text(page: Page) -> str:
    return "\n".join(child.content for child in page.walk_children() if isinstance(child, discord.ui.TextDisplay))


def form_faults(form: Form) -> list[str]:
    return body_faults("POST", "/interactions/1/x/callback", {"type": 9, "data": form.to_dict()})
