"""The loaded bot, made once for all tests that only look at it."""

import pytest

from tests.conventions.loaded import Loaded, load


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The bot with every feature loaded."""
    return load(tmp_path_factory.mktemp("loaded"))
