"""Which moments a game may ask about: packs, fences, filters, articles."""

from itertools import product

import pytest

from bot.domain.games import Wish
from bot.domain.library import Article, Library
from bot.domain.moments import Kind, Moment
from bot.domain.packs import FEWEST_MOMENTS, FOUNDING, BuiltIn, Fence, askable, bank_of, built_in, shipped_bank
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Localised
from tests.content.shipped import shipped_library
from tests.domain.builders import drama, library, moment

OPEN = Fence(SpoilerPolicy.ALL)
OTHER = moment("other", True, drama_id="goblin", sources=("elsewhere",))
EVERY_FENCE = [
    Fence(policy, off=off, seen=seen)
    for policy, off, seen in product(
        SpoilerPolicy,
        ((), FOUNDING),
        (None, frozenset[str](), frozenset({"oh-my-ghost", "guardian-the-lonely-and-great-god"})),
    )
]


def about_article(*cited: Moment) -> tuple[Article, Library]:
    """An article that these moments cite, and a library where its drama has one moment more."""
    article = Article("interview", Localised("Headline"), Localised("Summary"), "OSEN", dramas=("goblin",))
    return article, library(drama("goblin", *cited, OTHER), articles=[article])


def cited(number: int, why: str | None = None, spoilers: SpoilerLevel = SpoilerLevel.NONE) -> Moment:
    return moment(
        f"m{number}", True, drama_id="goblin", sources=("interview",), not_asked_because=why, spoilers=spoilers
    )


@pytest.mark.parametrize(
    ("policy", "level", "lets"),
    [
        (SpoilerPolicy.NONE, SpoilerLevel.NONE, True),
        (SpoilerPolicy.NONE, SpoilerLevel.MILD, False),
        (SpoilerPolicy.NONE, SpoilerLevel.MAJOR, False),
        (SpoilerPolicy.MILD, SpoilerLevel.NONE, True),
        (SpoilerPolicy.MILD, SpoilerLevel.MILD, True),
        (SpoilerPolicy.MILD, SpoilerLevel.MAJOR, False),
        (SpoilerPolicy.ALL, SpoilerLevel.NONE, True),
        (SpoilerPolicy.ALL, SpoilerLevel.MILD, True),
        (SpoilerPolicy.ALL, SpoilerLevel.MAJOR, True),
    ],
)
def test_a_fence_lets_through_what_its_policy_allows(policy: SpoilerPolicy, level: SpoilerLevel, lets: bool) -> None:
    assert lets is Fence(policy).lets(moment("m", True, spoilers=level))


def test_a_fence_stops_what_is_not_ready_or_switched_off() -> None:
    assert not OPEN.lets(moment("m", True, not_asked_because="the sources differ"))
    assert not Fence(SpoilerPolicy.ALL, off={"m"}).lets(moment("m", True))
    assert Fence(SpoilerPolicy.ALL, off={"other"}).lets(moment("m", True))


def test_a_fence_of_seen_dramas_stops_every_other_one() -> None:
    seen = Fence(SpoilerPolicy.ALL, seen={"goblin"})
    assert seen.lets(moment("m", True, drama_id="goblin"))
    assert not seen.lets(moment("m", True, drama_id="healer"))
    assert not Fence(SpoilerPolicy.ALL, seen=frozenset()).lets(moment("m", True, drama_id="goblin"))


def test_having_seen_a_drama_does_not_lift_the_policy() -> None:
    assert not Fence(SpoilerPolicy.MILD, seen={"goblin"}).lets(
        moment("m", True, drama_id="goblin", spoilers=SpoilerLevel.MAJOR)
    )


def test_a_game_about_one_drama_and_kind_asks_only_what_is_both() -> None:
    both = moment("both", True, drama_id="goblin", kind=Kind.LINE)
    moments = [both, moment("kiss", True, drama_id="goblin"), moment("line", True, drama_id="other", kind=Kind.LINE)]
    assert askable(moments, OPEN, drama_id="goblin", kind=Kind.LINE) == (both,)
    assert [entry.id for entry in askable(moments, OPEN, drama_id="goblin")] == ["both", "kiss"]
    assert [entry.id for entry in askable(moments, OPEN, kind=Kind.LINE)] == ["both", "line"]
    assert askable(moments, OPEN) == tuple(moments)
    assert askable(moments, OPEN, drama_id="nothing") == ()


@pytest.mark.parametrize(
    ("pack", "kind"), [(BuiltIn.KISSES, Kind.KISS), (BuiltIn.LINES, Kind.LINE), (BuiltIn.COMEDY, Kind.COMEDY)]
)
def test_a_pack_of_a_kind_holds_every_moment_of_it(pack: BuiltIn, kind: Kind) -> None:
    held = shipped_library()
    assert built_in(pack, held) == tuple(entry for entry in held.moments.values() if entry.kind is kind)
    assert len(built_in(pack, held)) >= 20


def test_everything_holds_every_moment() -> None:
    assert built_in(BuiltIn.EVERYTHING, shipped_library()) == tuple(shipped_library().moments.values())


def test_the_four_that_began_it_can_be_asked() -> None:
    assert len(set(FOUNDING)) == 4
    assert all(OPEN.lets(shipped_library().moments[moment_id]) for moment_id in FOUNDING)
    assert all(shipped_library().moments[moment_id].kind is Kind.KISS for moment_id in FOUNDING)


@pytest.mark.parametrize("fence", EVERY_FENCE)
@pytest.mark.parametrize("pack", [None, *BuiltIn])
def test_no_shipped_bank_holds_what_its_fence_stops(pack: BuiltIn | None, fence: Fence) -> None:
    held = shipped_library()
    bank = shipped_bank(Wish(pack=pack), held, fence, None)
    assert all(fence.lets(entry) for entry in bank)
    assert len(bank) == len({entry.id for entry in bank})
    assert set(bank) == {entry for entry in built_in(pack or BuiltIn.EVERYTHING, held) if fence.lets(entry)}


@pytest.mark.parametrize("policy", SpoilerPolicy)
def test_every_pack_can_be_played_where_mild_spoilers_are_allowed(policy: SpoilerPolicy) -> None:
    for pack in BuiltIn:
        bank = shipped_bank(Wish(pack=pack), shipped_library(), Fence(policy), None)
        assert bank or (policy is SpoilerPolicy.NONE and pack in (BuiltIn.KISSES, BuiltIn.IMPROVISED_KISSES))


def test_three_moments_of_its_own_are_enough_for_an_article() -> None:
    own = [cited(number) for number in range(FEWEST_MOMENTS)]
    assert bank_of(*about_article(*own), OPEN) == tuple(own)


@pytest.mark.parametrize("number", range(FEWEST_MOMENTS))
def test_where_there_are_fewer_those_of_its_dramas_are_played_as_well(number: int) -> None:
    own = [cited(each) for each in range(number)]
    assert bank_of(*about_article(*own), OPEN) == (*own, OTHER)


@pytest.mark.parametrize(
    "third", [cited(2, "the sources differ"), cited(2, spoilers=SpoilerLevel.MAJOR), cited(7), cited(8)]
)
def test_what_the_fence_stops_does_not_count(third: Moment) -> None:
    fence = Fence(SpoilerPolicy.MILD, off={"m7"})
    expected = (cited(0), cited(1), third, OTHER) if not fence.lets(third) else (cited(0), cited(1), third)
    assert bank_of(*about_article(cited(0), cited(1), third), fence) == expected
    assert fence.lets(third) is (third.id == "m8")


def test_a_game_about_an_article_keeps_the_fence_and_the_filters() -> None:
    own = [cited(0), cited(1, spoilers=SpoilerLevel.MAJOR), cited(2, "doubtful")]
    article, held = about_article(*own)
    bank = shipped_bank(Wish(pack="12", article_id=article.id), held, Fence(SpoilerPolicy.NONE), article)
    assert bank == (own[0], OTHER)
    assert shipped_bank(Wish(kind=Kind.LINE, article_id=article.id), held, OPEN, article) == ()


@pytest.mark.parametrize("policy", SpoilerPolicy)
def test_an_article_can_be_played_wherever_a_moment_of_its_dramas_can(policy: SpoilerPolicy) -> None:
    held, fence = shipped_library(), Fence(policy)
    playable = 0
    for article in held.articles.values():
        possible = any(fence.lets(entry) for entry in held.moments_of(article))
        assert bool(shipped_bank(Wish(article_id=article.id), held, fence, article)) is possible, article.id
        playable += possible
    assert playable >= 50
