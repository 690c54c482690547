"""What Discord refuses: for good, for now, or because the place is gone."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.ui.refused import is_final


def refusal(status: int, code: int) -> discord.HTTPException:
    """What discord.py raises."""
    response: Any = SimpleNamespace(status=status, reason="")
    return discord.HTTPException(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(("status", "code"), [(400, 50035), (403, 50001), (403, 50013), (404, 10003), (404, 10008)])
def test_what_would_be_refused_again_is_final(status: int, code: int) -> None:
    assert is_final(refusal(status, code))


@pytest.mark.parametrize(("status", "code"), [(400, 30046), (429, 30046), (429, 0), (500, 0), (503, 130000)])
def test_what_may_be_taken_later_is_not(status: int, code: int) -> None:
    assert not is_final(refusal(status, code))
