"""How the rounds of a bracket are called, counted from its end."""

from typing import Final

from bot.errors import N_
from bot.text.catalogue import Phrases

STAGES: Final = (
    N_("Final"),
    N_("Semi-final"),
    N_("Quarter-final"),
    N_("Round of 16"),
    N_("Round of 32"),
)
"""From the last round back to the first of the largest bracket."""


def stage_name(rounds_left: int, _: Phrases) -> str:
    """Name a round by how many are left with it: 1 is the final, 2 the semi-final, 5 the round of 32."""
    return _(STAGES[min(max(rounds_left, 1), len(STAGES)) - 1])
