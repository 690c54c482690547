"""Every page that can be made of a pack whose texts are all at their limits is one that Discord takes."""

import functools
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

import discord
import pytest

from bot.app import DATA
from bot.domain.games import (
    Angle,
    Asked,
    Fastest,
    Game,
    Guess,
    LongestStreak,
    Mode,
    MostMissed,
    Question,
    Recap,
    Revealed,
    Round,
    RoundState,
    Scored,
    Stake,
    Standing,
    Wish,
)
from bot.domain.library import Library
from bot.domain.questions import compose, fits
from bot.domain.texts import Language
from bot.text.catalogue import Phrases, load_catalogue
from bot.ui import rounds
from bot.ui.pages import Page
from cogs.trivia import render as trivia
from tests.cogs.games import asked, right_answer
from tests.cogs.test_render import faults
from tests.cogs.world import World, answer, texts
from tests.content.full_packs import FILLINGS, PACK_ID, full_library, full_pack

CATALOGUE = load_catalogue(DATA / "locales")
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
FANS: Final = range(10**18, 10**18 + 220)
ANSWERED: Final = FANS[:200]
RISKED: Final = FANS[160:220]
"""The last twenty of them did not answer."""
MARK: Final = re.compile(r"(?<!\\)[<|*_]")
"""A mark that formats."""


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


@pytest.fixture(params=list(FILLINGS))
def filling(request: pytest.FixtureRequest) -> str:
    return request.param


@functools.cache
def library_of(filling: str) -> Library:
    return full_library(filling)


@functools.cache
def questions_of(filling: str) -> Sequence[Question]:
    """Each part of each scene, seen from each angle that fits."""
    library = library_of(filling)
    bank = list(library.moments.values())
    found = [
        compose(angle, moment, part, bank, library, Random(moment.id))
        for moment in bank
        for part in range(len(moment.parts))
        for angle in Angle
        if fits(angle, moment, part, library)
    ]
    return [question for question in found if question is not None]


def game(phrases: Phrases, mode: Mode) -> Game:
    return Game(10**9, 2, 3, FANS[0], phrases.language, 20, NOW, Wish(20, 120, mode, pack=str(PACK_ID)))


def round_of(question: Question, state: RoundState = RoundState.OPEN) -> Round:
    return Round(10**9, 10**9, 2, 19, question, state, NOW, NOW + timedelta(seconds=120), 7)


def revealed(question: Question, phrases: Phrases, mode: Mode) -> Revealed:
    """Of two hundred who answered every third is right; sixty had risked points."""
    wrong = next(choice for choice in question.choices if choice != question.answer)
    said = [
        Scored(Guess(fan, wrong if fan % 3 else question.answer, NOW), fan % 3 == 0, 0 if fan % 3 else 20, 20)
        for fan in ANSWERED
    ]
    stakes = [Stake(fan, 20, -20 if fan % 3 or fan not in ANSWERED else 20) for fan in RISKED]
    return Revealed(game(phrases, mode), round_of(question, RoundState.CLOSED), said, stakes)


def told(page: Page) -> str:
    """All texts of a page."""
    return "\n".join(item.content for item in page.walk_children() if isinstance(item, discord.ui.TextDisplay))


def size(page: Page) -> tuple[int, int]:
    return page.content_length(), page.total_children_count


def test_the_packs_are_asked_about_from_every_angle_and_every_level_of_spoilers(filling: str) -> None:
    library = library_of(filling)
    assert {question.angle for question in questions_of(filling)} == set(Angle)
    spoilers = {library.moments[question.moment_id].spoilers for question in questions_of(filling)}
    assert len(spoilers) == 3
    assert all(len(moment.reveal.en) == 900 for moment in library.moments.values())


def test_every_question_fits_into_a_message(filling: str, phrases: Phrases) -> None:
    for question in questions_of(filling):
        shown = Asked(game(phrases, Mode.BOLD), round_of(question), 200, 200)
        page = rounds.question(shown, library_of(filling), phrases)
        assert faults(page) == [], (question.angle, size(page))


@pytest.mark.parametrize("mode", [Mode.BOLD, Mode.MIXED, Mode.DAILY])
def test_every_reveal_of_two_hundred_answers_fits_into_a_message(filling: str, phrases: Phrases, mode: Mode) -> None:
    for question in questions_of(filling):
        page = rounds.reveal(revealed(question, phrases, mode), library_of(filling), phrases)
        assert faults(page) == [], (question.angle, size(page))


def test_every_reveal_counts_all_who_were_right_and_wrong_however_little_room_there_is(
    filling: str, phrases: Phrases
) -> None:
    for question in questions_of(filling):
        shown = told(rounds.reveal(revealed(question, phrases, Mode.MIXED), library_of(filling), phrases))
        named = len(set(re.findall(r"<@(\d+)>", shown)))
        counted = [int(number) for number in re.findall(r"(?:and |외 )(\d+)", shown)]
        assert named + sum(counted) == len(FANS), question.angle


def test_a_reveal_whose_scene_was_removed_fits_into_a_message(filling: str, phrases: Phrases) -> None:
    for question in questions_of(filling):
        page = rounds.closed(revealed(question, phrases, Mode.BOLD), Library({}, {}, {}), phrases)
        assert faults(page) == [], size(page)


def test_every_recap_fits_into_a_message(filling: str, phrases: Phrases) -> None:
    standings = [Standing(1, fan, 10**6, 10**4, 10**4) for fan in ANSWERED]
    for question in questions_of(filling):
        last = round_of(question, RoundState.CLOSED)
        highlights = Fastest(FANS[0], 99.9), LongestStreak(20, tuple(FANS[:20])), MostMissed(last, 200, 200)
        ended = Recap(game(phrases, Mode.BOLD), 3, 3, standings[:10], *highlights, story=last)
        page = trivia.recap(ended, library_of(filling), phrases)
        assert faults(page) == [], size(page)


def test_no_mark_of_a_pack_formats_what_stands_under_a_question(phrases: Phrases) -> None:
    """The verdict names titles and actors of the pack; all but the marks of the page itself is escaped."""
    for question in questions_of("marks"):
        shown = told(rounds.reveal(revealed(question, phrases, Mode.MIXED), library_of("marks"), phrases))
        [verdict] = [line for line in shown.splitlines() if line.startswith("## ")]
        assert MARK.findall(verdict) == [], question.angle


@pytest.mark.parametrize("mode", ["mixed", "bold"])
async def test_a_game_on_such_a_pack_is_played_to_its_recap(world: World, filling: str, mode: str) -> None:
    content = full_pack(filling)
    uploaded = await world.mina.slash(world.channel, "pack upload", file=("full.toml", content), name="Full")
    assert "12 scenes" in texts(answer(uploaded))
    (pack,) = await world.bot.services.packs.list(world.guild.id)
    await world.bot.services.packs.switch(world.guild.id, pack.id, True)
    await world.alice.slash(world.channel, "trivia start", pack=str(pack.id), rounds=5, mode=mode, spoilers="all")
    await world.env.advance_time(1)
    angles: set[Angle] = set()
    for number in range(1, 6):
        question = world.last
        assert f"Round {number} of 5" in texts(question)
        angles.add((await asked(world)).angle)
        right = await right_answer(world)
        await world.alice.click(question, label=right)
        await world.env.advance_time(21 if number == 1 else 2)
        shown = texts(world.message(question.id))
        assert "Source:" in shown
        assert len(shown) <= 4000
        await world.env.advance_time(30 if mode == "bold" else 10)
    assert len(angles) >= (3 if mode == "mixed" else 1)
    assert "5 of 5 right" in texts(world.last)


async def test_what_a_member_said_of_a_pack_is_repeated_to_her_as_it_was_written(world: World) -> None:
    await world.mina.slash(world.channel, "pack upload", file=("full.toml", full_pack("marks")), name="Full")
    (pack,) = await world.bot.services.packs.list(world.guild.id)
    await world.bot.services.packs.switch(world.guild.id, pack.id, True)
    await world.alice.slash(world.channel, "trivia start", pack=str(pack.id), rounds=5, mode="mixed", spoilers="all")
    await world.env.advance_time(1)
    while (await asked(world)).angle in (Angle.SCRIPT, Angle.WHOSE):
        await world.mina.click(world.last, label="Skip this question")
        await world.env.advance_time(11)
    said = await world.alice.click(world.last, label=await right_answer(world))
    assert "You said" in texts(answer(said))
    assert MARK.findall(texts(answer(said))) == []
