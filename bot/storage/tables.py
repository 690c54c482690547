"""The tables. A column that holds a member's id says in `info["member"]` what a deletion request does to it.

Times are whole milliseconds UTC; snowflakes fit a signed 64-bit integer. Migrations (bot/storage/migrations) make
these tables; a test compares the two.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

DELETE: Final = "delete"
"""A member's deletion request removes the row."""
FORGET: Final = "forget"
"""A member's deletion request empties the column; the row belongs to the guild."""


Snowflake = BigInteger().with_variant(Integer, "sqlite")
"""64 bits. STRICT tables of SQLite know only INTEGER, which has 64 bits and numbers rows by itself."""


class Milliseconds(TypeDecorator[datetime]):
    """An aware datetime, stored as whole milliseconds since 1970 UTC."""

    impl = Snowflake
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Turn an aware datetime into milliseconds."""
        return None if value is None else round(value.timestamp() * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Turn milliseconds into an aware datetime."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


guild = Table(
    "guild",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("language", Text),
    Column("spoilers", Text, nullable=False),
    sqlite_strict=True,
)

job = Table(
    "job",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Snowflake, nullable=False),
    Column("due_at", Milliseconds, nullable=False, index=True),
    Column("owner", Text),
    Column("lease_until", Milliseconds),
    Column("epoch", Snowflake, nullable=False, server_default=text("0")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("kind", "subject"),
    sqlite_strict=True,
)

game = Table(
    "game",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("guild_id", Snowflake, nullable=False, index=True),
    Column("channel_id", Snowflake, nullable=False),
    Column("starter_id", Snowflake, info={"member": FORGET}),
    Column("request_id", Snowflake, nullable=False, unique=True),
    Column("language", Text, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("started_at", Milliseconds, nullable=False),
    Column("ended_at", Milliseconds),
    sqlite_strict=True,
)
Index(
    "uq_game_running",
    game.c.channel_id,
    unique=True,
    sqlite_where=game.c.ended_at.is_(None),
    postgresql_where=game.c.ended_at.is_(None),
)

round_ = Table(
    "round",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("game_id", Snowflake, ForeignKey("game.id", ondelete="CASCADE"), nullable=False),
    Column("guild_id", Snowflake, nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("moment_id", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Milliseconds),
    Column("deadline", Milliseconds),
    Column("message_id", Snowflake),
    UniqueConstraint("game_id", "number"),
    sqlite_strict=True,
)

guess = Table(
    "guess",
    metadata,
    Column(
        "round_id",
        Snowflake,
        ForeignKey("round.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("user_id", Snowflake, nullable=False, index=True, info={"member": DELETE}),
    Column("guild_id", Snowflake, nullable=False),
    Column("answer", Text, nullable=False),
    Column("guessed_at", Milliseconds, nullable=False),
    Column("points", Integer),
    PrimaryKeyConstraint("round_id", "user_id"),
    sqlite_strict=True,
)
Index("ix_guess_guild_id_points", guess.c.guild_id, guess.c.user_id, guess.c.points)

poll = Table(
    "poll",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("guild_id", Snowflake, nullable=False, index=True),
    Column("channel_id", Snowflake, nullable=False),
    Column("message_id", Snowflake),
    Column("creator_id", Snowflake, info={"member": FORGET}),
    Column("request_id", Snowflake, nullable=False, unique=True),
    Column("language", Text, nullable=False),
    Column("version", Snowflake, nullable=False, server_default=text("0")),
    Column("opened_at", Milliseconds, nullable=False),
    Column("closes_at", Milliseconds, nullable=False),
    Column("closed_at", Milliseconds),
    sqlite_strict=True,
)

poll_option = Table(
    "poll_option",
    metadata,
    Column("poll_id", Snowflake, ForeignKey("poll.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("couple_id", Text),
    Column("label_en", Text, nullable=False),
    Column("label_ko", Text),
    Column("votes", Integer, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("poll_id", "number"),
    sqlite_strict=True,
)

ballot = Table(
    "ballot",
    metadata,
    Column("poll_id", Snowflake, ForeignKey("poll.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False, index=True, info={"member": DELETE}),
    Column("option", Integer, nullable=False),
    Column("voted_at", Milliseconds, nullable=False),
    PrimaryKeyConstraint("poll_id", "user_id"),
    sqlite_strict=True,
)

command_sync = Table(
    "command_sync",
    metadata,
    Column("application_id", Snowflake, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    sqlite_strict=True,
)
