"""The spoiler fence: how much a moment gives away, how much a guild allows, how much a game asks for."""

from enum import StrEnum
from typing import Final


class SpoilerLevel(StrEnum):
    """How much of its drama a moment gives away."""

    NONE = "none"
    MILD = "mild"
    MAJOR = "major"


class SpoilerPolicy(StrEnum):
    """How much a guild lets games and cards give away."""

    NONE = "none"
    MILD = "mild"
    ALL = "all"

    def allows(self, level: SpoilerLevel) -> bool:
        """Tell whether a moment of `level` may be asked under this policy."""
        return level in _ALLOWED[self]

    def bares(self, level: SpoilerLevel) -> bool:
        """Tell whether a publisher's own headline about a moment of `level` may stand bare under this policy.

        It is out in the world, so that only one that gives away what matters most is kept back.
        """
        return level is not SpoilerLevel.MAJOR or self.allows(level)


class SpoilerWish(StrEnum):
    """What a game asks for: at most so much, or only dramas that the starter, or all who played last, have seen.

    The guild's policy stays the limit in every case.
    """

    NONE = "none"
    MILD = "mild"
    ALL = "all"
    SEEN_BY_ME = "seen-by-me"
    SEEN_BY_US = "seen-by-us"


_ALLOWED = {
    SpoilerPolicy.NONE: {SpoilerLevel.NONE},
    SpoilerPolicy.MILD: {SpoilerLevel.NONE, SpoilerLevel.MILD},
    SpoilerPolicy.ALL: set(SpoilerLevel),
}
UNCHOSEN: Final = SpoilerPolicy.MILD
"""What holds where nobody has chosen a policy: in a guild that has not, and outside of guilds."""
_STRICTEST_FIRST: Final = (SpoilerPolicy.NONE, SpoilerPolicy.MILD, SpoilerPolicy.ALL)


def stricter(policy: SpoilerPolicy, wish: SpoilerWish | None) -> SpoilerPolicy:
    """Return the stricter of the guild's policy and what a game asks for."""
    if wish is None or wish in (SpoilerWish.SEEN_BY_ME, SpoilerWish.SEEN_BY_US):
        return policy
    return min(policy, SpoilerPolicy(wish.value), key=_STRICTEST_FIRST.index)
