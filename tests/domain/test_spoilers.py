"""How much a guild allows, and what a game asks for."""

from itertools import product

import pytest

from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy, SpoilerWish, stricter

NONE, MILD, ALL = SpoilerPolicy


@pytest.mark.parametrize(
    ("policy", "wish", "expected"),
    [
        (NONE, SpoilerWish.NONE, NONE),
        (NONE, SpoilerWish.MILD, NONE),
        (NONE, SpoilerWish.ALL, NONE),
        (MILD, SpoilerWish.NONE, NONE),
        (MILD, SpoilerWish.MILD, MILD),
        (MILD, SpoilerWish.ALL, MILD),
        (ALL, SpoilerWish.NONE, NONE),
        (ALL, SpoilerWish.MILD, MILD),
        (ALL, SpoilerWish.ALL, ALL),
    ],
)
def test_the_stricter_of_guild_and_game_holds(
    policy: SpoilerPolicy, wish: SpoilerWish, expected: SpoilerPolicy
) -> None:
    assert expected is stricter(policy, wish)


@pytest.mark.parametrize("wish", [None, SpoilerWish.SEEN_BY_ME, SpoilerWish.SEEN_BY_US])
@pytest.mark.parametrize("policy", SpoilerPolicy)
def test_without_a_level_the_guild_decides(policy: SpoilerPolicy, wish: SpoilerWish | None) -> None:
    assert policy is stricter(policy, wish)


@pytest.mark.parametrize(("policy", "wish"), [*product(SpoilerPolicy, [None, *SpoilerWish])])
def test_no_game_gives_away_more_than_its_guild_allows(policy: SpoilerPolicy, wish: SpoilerWish | None) -> None:
    assert all(policy.allows(level) for level in SpoilerLevel if stricter(policy, wish).allows(level))


def test_each_policy_allows_all_that_a_stricter_one_does_and_one_level_more() -> None:
    allowed = [{level for level in SpoilerLevel if policy.allows(level)} for policy in (NONE, MILD, ALL)]
    assert allowed == [
        {SpoilerLevel.NONE},
        {SpoilerLevel.NONE, SpoilerLevel.MILD},
        {SpoilerLevel.NONE, SpoilerLevel.MILD, SpoilerLevel.MAJOR},
    ]
