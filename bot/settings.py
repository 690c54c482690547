"""What the host has set, from the environment and .env, checked once. `.env.example` explains every setting."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from bot.errors import ConfigurationError

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
SYNCS: Final = ("changed", "always", "never")
HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9.])?")


@dataclass(frozen=True)
class Settings:
    """The settings of the host. The token is left out of every representation.

    `sync_commands`: when Discord is told of the commands: "changed" since the last time, "always" or "never".
    `feed_private_hosts`: `private_hosts` as they are written, with commas between them.
    """

    token: str = field(default="", repr=False)
    database_url: str = field(default="sqlite+aiosqlite:///var/adlib.db", repr=False)
    log_level: str = "INFO"
    sync_commands: str = "changed"
    feed_private_hosts: str = ""

    @property
    def private_hosts(self) -> tuple[str, ...]:
        """The names and addresses that feeds are read from although they are private."""
        return tuple(filter(None, (host.strip() for host in self.feed_private_hosts.split(","))))

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
    "FEED_PRIVATE_HOSTS": "feed_private_hosts",
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
    for host in settings.private_hosts:
        if not _is_host(host):
            raise ConfigurationError(
                f"FEED_PRIVATE_HOSTS names {host!r}; it takes names and addresses with commas between them, "
                "without http:// and without a port: rsshub.lan, 192.168.1.20"
            )
    return settings


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return HOST.fullmatch(text) is not None
    return True
