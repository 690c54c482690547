"""What holds where a card is shown: whether games and votes are possible, what may be given away, who is unwanted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.library import Couple
from bot.domain.spoilers import UNCHOSEN, SpoilerPolicy
from bot.ui.interaction import Interaction
from bot.ui.place import guild_of


@dataclass(frozen=True, slots=True)
class Here:
    """`plays`: there is a guild, which has Adlib itself, so that games and votes are possible.

    `unwanted` are ids of couples that the guild has blocked.
    """

    plays: bool = True
    policy: SpoilerPolicy = UNCHOSEN
    unwanted: frozenset[str] = frozenset()

    def wanted(self, couples: Iterable[Couple]) -> Sequence[Couple]:
        """Return those of `couples` that may be named here."""
        return [couple for couple in couples if couple.id not in self.unwanted]


EVERYWHERE: Final = Here()
"""What holds in a guild that has chosen nothing."""


async def here_of(interaction: Interaction, couples: Iterable[Couple] = ()) -> Here:
    """Return what holds where an interaction comes from; of `couples` it says which are unwanted."""
    guild_id, services = guild_of(interaction), interaction.client.services
    if guild_id is None:
        return Here(plays=False)
    couples = [*couples]
    wanted = {couple.id for couple in await services.couples.wanted(guild_id, couples)}
    settings = await services.settings.get(guild_id)
    return Here(True, settings.spoilers, frozenset(couple.id for couple in couples if couple.id not in wanted))
