"""The spoiler fence: how much a moment gives away, and how much a guild allows."""

from enum import StrEnum


class SpoilerLevel(StrEnum):
    """How much of its drama a moment gives away."""

    NONE = "none"
    MILD = "mild"
    MAJOR = "major"


class SpoilerPolicy(StrEnum):
    """How much a guild lets a game give away."""

    NONE = "none"
    MILD = "mild"
    ALL = "all"

    def allows(self, level: SpoilerLevel) -> bool:
        """Tell whether a moment of `level` may be asked under this policy."""
        return level in _ALLOWED[self]


_ALLOWED = {
    SpoilerPolicy.NONE: {SpoilerLevel.NONE},
    SpoilerPolicy.MILD: {SpoilerLevel.NONE, SpoilerLevel.MILD},
    SpoilerPolicy.ALL: set(SpoilerLevel),
}
