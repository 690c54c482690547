"""What the host has set, from the environment and .env, checked once. `.env.example` explains every setting."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from bot.errors import ConfigurationError

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
SYNCS: Final = ("changed", "always", "never")


@dataclass(frozen=True)
class Settings:
    """The settings of the host. The token is left out of every representation.

    `sync_commands`: when Discord is told of the commands: "changed" since the last time, "always" or "never".
    """

    token: str = field(default="", repr=False)
    database_url: str = field(default="sqlite+aiosqlite:///var/adlib.db", repr=False)
    log_level: str = "INFO"
    sync_commands: str = "changed"

    def require_token(self) -> str:
        """Return the token.

        Raises:
            ConfigurationError: there is none.
        """
        if not self.token:
            raise ConfigurationError(
                "DISCORD_TOKEN is not set: copy .env.example to .env and paste your bot's token there "
                "(Discord Developer Portal, your application, Bot, Reset Token). To try Adlib without one: make play"
            )
        return self.token


NAMES: Final = {
    "DISCORD_TOKEN": "token",
    "DATABASE_URL": "database_url",
    "LOG_LEVEL": "log_level",
    "SYNC_COMMANDS": "sync_commands",
}
"""The environment variable of each setting."""


def read_settings(env_file: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; the environment goes before the file, an empty value counts as not set.

    Raises:
        ConfigurationError: a value is none of those allowed, or the file is not UTF-8 text.
    """
    try:
        written = dotenv_values(env_file)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{env_file} is not UTF-8 text; save it as UTF-8.") from error
    sources = (environment, written)
    given = {
        attribute: value
        for name, attribute in NAMES.items()
        if (value := next(filter(None, ((source.get(name) or "").strip() for source in sources)), None))
    }
    settings = Settings(**given)
    for name, value, allowed in (
        ("LOG_LEVEL", settings.log_level, LEVELS),
        ("SYNC_COMMANDS", settings.sync_commands, SYNCS),
    ):
        if value not in allowed:
            raise ConfigurationError(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    return settings
