"""Which moments a game may ask about: built-in packs, filters, what the guild has switched off."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.games import Wish
from bot.domain.library import Article, Library
from bot.domain.moments import Kind, Moment, Verdict
from bot.domain.spoilers import SpoilerPolicy

OWN: Final = "pack/"
"""How the ids of everything begin that stands in a guild's own pack and not in the library."""
FEWEST_MOMENTS: Final = 3
"""Of an article, for a game about nothing else."""


class BuiltIn(StrEnum):
    """The packs that come with Adlib, in the order in which they are offered."""

    EVERYTHING = "everything"
    IMPROVISED_KISSES = "improvised-kisses"
    KISSES = "kisses"
    LINES = "lines"
    COMEDY = "comedy"


FOUNDING: Final = (
    "weightlifting-fairy-ep15-kiss-for-a-run",
    "nevertheless-ep4-cheek-kiss-becomes-lips",
    "business-proposal-ep10-rainy-day-kiss",
    "oh-my-ghost-finale-one-more-kiss",
)
"""The four improvised kisses that this game began with."""

_HOLDS: Final[Mapping[BuiltIn, Callable[[Moment], bool]]] = {
    BuiltIn.EVERYTHING: lambda _moment: True,
    BuiltIn.IMPROVISED_KISSES: lambda moment: (
        moment.id in FOUNDING or (moment.kind is Kind.KISS and moment.verdict is Verdict.SCRIPTED)
    ),
    BuiltIn.KISSES: lambda moment: moment.kind is Kind.KISS,
    BuiltIn.LINES: lambda moment: moment.kind is Kind.LINE,
    BuiltIn.COMEDY: lambda moment: moment.kind is Kind.COMEDY,
}


def built_in(pack: BuiltIn, library: Library) -> tuple[Moment, ...]:
    """The moments of a built-in pack."""
    return tuple(moment for moment in library.moments.values() if _HOLDS[pack](moment))


@dataclass(frozen=True, slots=True)
class Pack:
    """A guild's own pack: `size` moments, which games may choose while it is `enabled`."""

    id: int
    guild_id: int
    name: str
    size: int
    enabled: bool
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Fence:
    """What a game must not ask: beyond `policy`, switched `off`, or outside the dramas that were `seen`."""

    policy: SpoilerPolicy
    off: Collection[str] = ()
    seen: Collection[str] | None = None

    def lets(self, moment: Moment) -> bool:
        """Tell whether `moment` may be asked about."""
        return (
            moment.game_ready
            and self.policy.allows(moment.spoilers)
            and moment.id not in self.off
            and (self.seen is None or moment.drama_id in self.seen)
        )


def askable(
    moments: Iterable[Moment], fence: Fence, *, drama_id: str | None = None, kind: Kind | None = None
) -> tuple[Moment, ...]:
    """The moments among `moments` that a game of that drama and kind may ask about."""
    return tuple(
        moment
        for moment in moments
        if fence.lets(moment)
        and (drama_id is None or moment.drama_id == drama_id)
        and (kind is None or moment.kind is kind)
    )


def bank_of(article: Article, library: Library, fence: Fence) -> tuple[Moment, ...]:
    """Return the moments for a game about `article`: its own, and where `fence` leaves few those of its dramas too."""
    own = library.moments_citing(article)
    return own if sum(map(fence.lets, own)) >= FEWEST_MOMENTS else library.moments_of(article)


def shipped_bank(wish: Wish, library: Library, fence: Fence, article: Article | None) -> tuple[Moment, ...]:
    """The moments of the library that a game as wished for may ask about."""
    if article is not None:
        moments: Iterable[Moment] = bank_of(article, library, fence)
    else:
        moments = built_in(BuiltIn(wish.pack or BuiltIn.EVERYTHING), library)
    return askable(moments, fence, drama_id=wish.drama_id, kind=wish.kind)
