"""The tables of ships: polls, brackets, the block list. Migrations make them; a test compares the two."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint, text

from bot.storage.columns import DELETE, FORGET, Milliseconds, Snowflake, metadata

poll = Table(
    "poll",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("guild_id", Snowflake, nullable=False, index=True),
    Column("channel_id", Snowflake, nullable=False),
    Column("message_id", Snowflake, index=True),
    Column("creator_id", Snowflake, info={"member": FORGET}),
    Column("request_id", Snowflake, unique=True),
    Column("language", Text, nullable=False),
    Column("question", Text),
    Column("secrecy", Text, nullable=False, server_default=text("'anonymous'")),
    Column("choices", Integer, nullable=False, server_default=text("1")),
    Column("voter_role_id", Snowflake),
    Column("voters", Integer, nullable=False, server_default=text("0")),
    Column("dropped", Integer, nullable=False, server_default=text("0")),
    Column("version", Snowflake, nullable=False, server_default=text("0")),
    Column("opened_at", Milliseconds, nullable=False),
    Column("closes_at", Milliseconds),
    Column("paused_at", Milliseconds),
    Column("closed_at", Milliseconds),
    Column("void", Integer, nullable=False, server_default=text("0")),
    sqlite_strict=True,
)

poll_option = Table(
    "poll_option",
    metadata,
    Column("poll_id", Snowflake, ForeignKey("poll.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("couple_id", Text),
    Column("couple_key", Text, nullable=False, server_default=text("''")),
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
    Column("checked", Integer, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("poll_id", "user_id", "option"),
    sqlite_strict=True,
)

bracket = Table(
    "bracket",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("guild_id", Snowflake, nullable=False, index=True),
    Column("channel_id", Snowflake, nullable=False),
    Column("message_id", Snowflake),
    Column("creator_id", Snowflake, info={"member": FORGET}),
    Column("request_id", Snowflake, nullable=False, unique=True),
    Column("language", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("seeding", Text, nullable=False),
    Column("secrecy", Text, nullable=False),
    Column("voter_role_id", Snowflake),
    Column("matchup_seconds", Integer, nullable=False),
    Column("phase", Text, nullable=False),
    Column("created_at", Milliseconds, nullable=False),
    Column("nominations_close_at", Milliseconds),
    Column("rest_seconds", Integer),
    Column("pictured", Integer, nullable=False, server_default=text("0")),
    Column("ended_at", Milliseconds),
    sqlite_strict=True,
)
_ON = bracket.c.ended_at.is_(None)
Index("uq_bracket_on", bracket.c.channel_id, unique=True, sqlite_where=_ON, postgresql_where=_ON)

entrant = Table(
    "entrant",
    metadata,
    Column("bracket_id", Snowflake, ForeignKey("bracket.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("couple_id", Text),
    Column("couple_key", Text, nullable=False),
    Column("label_en", Text, nullable=False),
    Column("label_ko", Text),
    Column("nominations", Integer, nullable=False, server_default=text("0")),
    Column("pruned", Integer, nullable=False, server_default=text("0")),
    Column("seed", Integer),
    PrimaryKeyConstraint("bracket_id", "number"),
    UniqueConstraint("bracket_id", "couple_key"),
    sqlite_strict=True,
)

nomination = Table(
    "nomination",
    metadata,
    Column("bracket_id", Snowflake, ForeignKey("bracket.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False, index=True, info={"member": DELETE}),
    Column("number", Integer, nullable=False),
    Column("nominated_at", Milliseconds, nullable=False),
    PrimaryKeyConstraint("bracket_id", "user_id", "number"),
    sqlite_strict=True,
)

matchup = Table(
    "matchup",
    metadata,
    Column("bracket_id", Snowflake, ForeignKey("bracket.id", ondelete="CASCADE"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("second", Integer, nullable=False),
    Column("poll_id", Snowflake, ForeignKey("poll.id"), nullable=False, unique=True),
    Column("winner", Integer),
    PrimaryKeyConstraint("bracket_id", "round", "slot"),
    sqlite_strict=True,
)

blocked_name = Table(
    "blocked_name",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("folded", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("blocked_at", Milliseconds, nullable=False),
    PrimaryKeyConstraint("guild_id", "folded"),
    sqlite_strict=True,
)
