"""Brings the tables to the version that this code knows, by Alembic, inside one transaction a step."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import ConfigurationError

MIGRATIONS: Final = Path(__file__).with_name("migrations")
LOCK: Final = 0x41444C4942
"""Advisory lock of PostgreSQL ("ADLIB"), so that two processes do not migrate at once."""


async def migrate(engine: AsyncEngine) -> None:
    """Bring the database behind `engine` to the newest version.

    Raises:
        ConfigurationError: its tables were made by a newer Adlib; nothing is changed.
    """
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS.as_posix())
    scripts = ScriptDirectory.from_config(config)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise ConfigurationError(
            f"The database was made by a newer Adlib (its version is {current}). Update Adlib, or restore a backup; "
            "nothing was changed."
        )
    if current == scripts.get_current_head():
        return
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
