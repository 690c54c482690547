"""When to try again what has failed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from bot.domain.jobs import LONGEST_RETRY, retry_at

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 10), (2, 20), (3, 40), (7, 640), (8, 900), (9, 900), (10**9, 900)]
)
def test_the_wait_doubles_with_every_failure_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert NOW + timedelta(seconds=seconds) == retry_at(NOW, attempts)


@given(st.integers(0, 10**6))
def test_another_failure_never_shortens_the_wait(attempts: int) -> None:
    assert NOW < retry_at(NOW, attempts) <= retry_at(NOW, attempts + 1) <= NOW + LONGEST_RETRY
