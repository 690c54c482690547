"""Every page of ship polls is one that Discord takes: the longest names, the most couples, both languages."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import DATA
from bot.domain.polls import LONGEST_QUESTION, MOST_COUPLES, MatchupOf, Option, Poll, Secrecy
from bot.domain.texts import NAME_LIMIT, Language, Localised
from bot.pictures.easel import Easel
from bot.services.ships import VOTERS_A_PAGE, Voted
from bot.text.catalogue import Catalogue, Phrases, load_catalogue
from bot.text.names import SECRECIES, SECRECY_MEANS
from bot.ui.gallery import ALT_LIMIT, Picture
from bot.ui.pages import Page
from bot.ui.poll_messages import ended, result_picture
from bot.ui.polls import couple_name, poll_card, result
from bot.ui.ship_options import poll_choices
from cogs.ships import render
from tests.cogs.specification import body_faults
from tests.cogs.world import Bots, shipped_library

CATALOGUE: Catalogue = load_catalogue(DATA / "locales")
LIBRARY = shipped_library()
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
MOST_TEXT, MOST_PARTS = 4000, 40
MANY = 10**6
TURN = itertools.count()
FAN = 10**18
WORDS = [("W" * NAME_LIMIT, "가" * NAME_LIMIT), ("i-_.~" * (NAME_LIMIT // 5), None), ("한" * NAME_LIMIT, None)]
"""Names as long as can be: in both scripts, typed with marks in it, typed in Korean."""


@pytest.fixture(params=list(Language))
def phrases(request: pytest.FixtureRequest) -> Phrases:
    return CATALOGUE[request.param]


def polls(_: Phrases) -> Iterator[Poll]:
    """Polls of the longest names, in every state."""
    for count, words, secrecy in itertools.product((2, 8, 9, 20), WORDS, Secrecy):
        names = [(f"{number:02}{words[0]}"[:NAME_LIMIT], words[1]) for number in range(count)]
        made = Poll(
            id=2**62,
            guild_id=FAN,
            channel_id=FAN,
            creator_id=FAN,
            language=_.language,
            options=tuple(Option(Localised(*name), drama=Localised("D" * 60, "드" * 60)) for name in names),
            tally=(MANY,) * count,
            opened_at=NOW,
            closes_at=LATER,
            question="Q" * LONGEST_QUESTION,
            secrecy=secrecy,
            choices=count - 1,
            voter_role_id=FAN,
            voters=MANY,
            message_id=FAN,
        )
        yield made
        yield replace(made, closes_at=None)
        yield replace(made, closed_at=LATER + timedelta(hours=1), dropped=1_000)
        yield replace(made, closed_at=LATER, tally=(0,) * (count - 1) + (MANY,))
        yield replace(made, closed_at=LATER, tally=(0,) * count, voters=0)
        yield replace(made, closed_at=LATER, void=True)


def faults(page: Page) -> list[str]:
    """Sizes are checked on every page, the specification on every fifth: it takes its time."""
    body = {"flags": 1 << 15, "components": page.to_components()}
    found = body_faults("POST", "/channels/1/messages", body) if next(TURN) % 5 == 0 else []
    if page.content_length() > MOST_TEXT or page.total_children_count > MOST_PARTS:
        found.append(f"too much for one message: {page.content_length()}, {page.total_children_count}")
    return found


def test_cards(phrases: Phrases) -> None:
    for poll in polls(phrases):
        assert faults(poll_card(poll, phrases)) == [], poll


def test_cards_of_matchups(phrases: Phrases) -> None:
    for poll in polls(phrases):
        if len(poll.options) == 2:
            matchup = MatchupOf(1, "B" * LONGEST_QUESTION, 32, 1, 15, (31, 32))
            for paused in (None, NOW):
                shown = replace(poll, matchup=matchup, paused_at=paused)
                assert faults(poll_card(shown, phrases)) == [], poll


def test_a_matchup_in_which_nobody_voted_says_so_and_who_goes_on() -> None:
    _ = CATALOGUE[Language.ENGLISH]
    empty = replace(next(polls(_)), tally=(0, 0), voters=0, closed_at=LATER)
    for seeds, winner in (((3, 6), 0), ((6, 3), 1)):
        played = replace(empty, matchup=MatchupOf(1, "World cup", 8, 1, 0, seeds))
        said = f"Nobody voted: {couple_name(played, winner, _)} goes on as the higher seed"
        assert result(played, _) == said
        assert said in str(poll_card(played, _).to_components())
        assert result(replace(played, tally=(2, 2)), _).startswith("A tie: ")
    assert result(empty, _) == "Nobody voted"


def test_the_final_asks_for_the_champion_and_says_who_wins() -> None:
    _ = CATALOGUE[Language.ENGLISH]
    final = replace(next(polls(_)), matchup=MatchupOf(1, "World cup", 8, 3, 0, (1, 2)), closed_at=LATER)
    first = couple_name(final, 0, _)
    assert "Which couple is the champion?" in str(poll_card(replace(final, closed_at=None), _).to_components())
    assert result(replace(final, tally=(3, 1)), _) == f"{first} wins"
    assert result(replace(final, tally=(1, 1)), _) == f"A tie: {first} wins as the higher seed"
    assert result(replace(final, tally=(0, 0)), _) == f"Nobody voted: {first} wins as the higher seed"


def test_a_decided_matchup_marks_its_winner_and_nobody_else() -> None:
    _ = CATALOGUE[Language.ENGLISH]
    played = replace(next(polls(_)), matchup=MatchupOf(1, "World cup", 8, 1, 0, (4, 5)), tally=(1, 2))
    assert "✓" not in str(poll_card(played, _).to_components())
    shown = str(poll_card(replace(played, closed_at=LATER), _).to_components())
    assert shown.count("✓") == 1
    assert f"{couple_name(played, 1, _)}** ✓".replace("\\", "\\\\") in shown


def test_the_line_below(phrases: Phrases) -> None:
    for poll in polls(phrases):
        if poll.closed_at is not None:
            assert faults(ended(poll, phrases)) == [], poll


def test_my_vote_and_the_receipt(phrases: Phrases) -> None:
    for poll in polls(phrases):
        for mine in (frozenset[int](), frozenset({0}), frozenset(range(poll.choices))):
            assert faults(render.my_vote(Voted(poll, mine), NOW, phrases)) == [], poll
            if mine:
                assert faults(render.receipt(Voted(poll, mine), phrases)) == [], poll


def test_who_voted_with_all_votes_of_everybody(phrases: Phrases) -> None:
    for poll in polls(phrases):
        listed = [(FAN + number, tuple(range(poll.choices))) for number in range(VOTERS_A_PAGE)]
        for page in (0, (poll.voters - 1) // VOTERS_A_PAGE):
            assert faults(render.voters(poll, listed, page, phrases)) == [], poll
    assert faults(render.voters(next(polls(phrases)), [], 0, phrases)) == []


def test_what_is_offered_while_typing(phrases: Phrases) -> None:
    offered = poll_choices(list(itertools.islice(polls(phrases), 60)), "", phrases)
    assert len(offered) == 25
    assert all(1 <= len(choice.name) <= 100 and len(choice.value) <= 100 for choice in offered)


async def test_the_form(phrases: Phrases, tmp_path: Any) -> None:
    bots = Bots()
    try:
        services = (await bots.open(f"sqlite+aiosqlite:///{tmp_path / 'adlib.db'}")).services
        couples = list(LIBRARY.couples.values())
        longest = sorted(couples, key=lambda couple: -len(couple.name.en))
        for own, others, typed in (
            (longest[:20], longest[20:45], None),
            ([], longest[:25], ("t" * NAME_LIMIT, Localised("T" * NAME_LIMIT, "가" * NAME_LIMIT))),
            ([], longest[:25], None),
        ):
            form: dict[str, Any] = render.poll_form(own, others, services, phrases, typed=typed).to_dict()
            assert body_faults("POST", "/interactions/1/token/callback", {"type": 9, "data": form}) == []
            assert len(form["title"]) <= 45
            for label in form["components"]:
                assert 1 <= len(label["label"]) <= 45, label["label"]
                assert len(label.get("description") or "") <= 100, label["description"]
            options = [option for label in form["components"] for option in label["component"].get("options", [])]
            assert all(len(option["label"]) <= 100 for option in options)
    finally:
        await bots.close()


def test_every_secrecy_is_named_and_explained_in_a_line(phrases: Phrases) -> None:
    for secrecy in Secrecy:
        assert len(phrases(SECRECIES[secrecy])) <= 100
        assert len(phrases(SECRECY_MEANS[secrecy])) <= 100


async def test_pictures_and_their_words(phrases: Phrases) -> None:
    async with Easel() as easel:
        for poll in polls(phrases):
            if len(poll.options) == MOST_COUPLES and poll.secrecy is Secrecy.PUBLIC and poll.dropped:
                picture = await result_picture(easel, poll, phrases)
                assert picture is not None
                assert len(picture.alt) <= ALT_LIMIT
                assert faults(poll_card(poll, phrases, picture)) == []
                _says_every_couple(picture, poll, phrases)


async def test_what_is_open_called_off_or_without_votes_has_no_picture(phrases: Phrases) -> None:
    async with Easel() as easel:
        for poll in polls(phrases):
            if poll.closed_at is None or poll.void or poll.votes == 0:
                assert await result_picture(easel, poll, phrases) is None


def _says_every_couple(picture: Picture, poll: Poll, _: Phrases) -> None:
    said = picture.alt.split("; ")
    assert len(said) == len(poll.options)
    for number, option in enumerate(poll.options):
        votes = str(poll.tally[number])
        assert any(_.of(option.label)[:12] in part and votes in part for part in said), number
