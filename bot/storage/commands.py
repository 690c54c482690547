"""What was last told to Discord of Adlib's commands, so that it is told again only when something has changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.dialect import insert_for
from bot.storage.tables import command_sync


@dataclass(frozen=True, slots=True)
class CommandSync:
    """The fingerprint of the payload that Discord has, and the id that it gave each command."""

    fingerprint: str
    ids: Mapping[str, int]


async def find_sync(connection: AsyncConnection, application_id: int) -> CommandSync | None:
    """Return what the application was last synced with, or None."""
    known = select(command_sync).where(command_sync.c.application_id == application_id)
    row = (await connection.execute(known)).one_or_none()
    return CommandSync(row.fingerprint, json.loads(row.mentions)) if row else None


async def save_sync(connection: AsyncConnection, application_id: int, sync: CommandSync) -> None:
    """Note what the application has been synced with."""
    values = {"fingerprint": sync.fingerprint, "mentions": json.dumps(dict(sync.ids))}
    statement = insert_for(connection, command_sync).values(application_id=application_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["application_id"], set_=values))
