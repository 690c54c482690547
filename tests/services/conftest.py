import pytest

from bot.app import DATA
from bot.content.load import load_library
from bot.domain.library import Library
from bot.storage.database import Database
from tests.services.play import Process, process_on
from tests.services.voting import Booth, booth_on
from tests.storage.engines import address, database, engine, postgresql, sqlite

__all__ = ["address", "database", "engine", "engine_name", "library", "postgresql", "process", "sqlite"]


@pytest.fixture
def engine_name() -> str:
    """SQLite, where a test does not name the engines that it runs on."""
    return "sqlite"


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(DATA)


@pytest.fixture
def process(database: Database, library: Library) -> Process:
    return process_on(database, library)


@pytest.fixture
def booth(database: Database, library: Library) -> Booth:
    return booth_on(database, library)
