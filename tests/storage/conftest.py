import pytest

from tests.storage.engines import ENGINES, address, database, engine, postgresql, sqlite

__all__ = ["address", "database", "engine", "engine_name", "postgresql", "sqlite"]


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Every storage test runs on both engines."""
    return request.param
