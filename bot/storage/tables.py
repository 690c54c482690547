"""The tables but those of ships. Migrations (bot/storage/migrations) make them; a test compares the two."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    and_,
    text,
)

from bot.storage.columns import DELETE, FORGET, Milliseconds, Snowflake, metadata

guild = Table(
    "guild",
    metadata,
    Column("guild_id", Snowflake, primary_key=True, autoincrement=False),
    Column("language", Text),
    Column("spoilers", Text, nullable=False),
    Column("time_zone", Text, nullable=False, server_default=text("'Asia/Seoul'")),
    Column("daily_channel_id", Snowflake),
    Column("daily_hour", Integer),
    Column("daily_locale", Text),
    Column("host_role_id", Snowflake),
    Column("actors", Integer, nullable=False, server_default=text("0")),
    Column("drop_leavers", Integer, nullable=False, server_default=text("0")),
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
    Column("mode", Text, nullable=False, server_default=text("'classic'")),
    Column("wanted", Integer, nullable=False, server_default=text("5")),
    Column("spoilers", Text),
    Column("drama_id", Text),
    Column("kind", Text),
    Column("pack", Text),
    Column("article_id", Text),
    Column("daily_on", Text),
    sqlite_strict=True,
)
_RUNNING = and_(game.c.ended_at.is_(None), game.c.daily_on.is_(None))
Index("uq_game_running", game.c.channel_id, unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING)
Index("uq_game_daily", game.c.guild_id, game.c.daily_on, unique=True)

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
    Column("angle", Text, nullable=False, server_default=text("'script'")),
    Column("choices", Text, nullable=False, server_default=text('\'["scripted", "ad_lib"]\'')),
    Column("skipped", Integer, nullable=False, server_default=text("0")),
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
    Column("streak", Integer, nullable=False, server_default=text("0")),
    Column("scored_at", Milliseconds),
    PrimaryKeyConstraint("round_id", "user_id"),
    sqlite_strict=True,
)
Index("ix_guess_guild_id_points", guess.c.guild_id, guess.c.user_id, guess.c.points)
Index("ix_guess_guild_id_scored_at", guess.c.guild_id, guess.c.scored_at)

stake = Table(
    "stake",
    metadata,
    Column("round_id", Snowflake, ForeignKey("round.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False, index=True, info={"member": DELETE}),
    Column("guild_id", Snowflake, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("placed_at", Milliseconds, nullable=False),
    Column("points", Integer),
    Column("scored_at", Milliseconds),
    PrimaryKeyConstraint("round_id", "user_id"),
    sqlite_strict=True,
)
Index("ix_stake_guild_id_scored_at", stake.c.guild_id, stake.c.scored_at)

skip_vote = Table(
    "skip_vote",
    metadata,
    Column("round_id", Snowflake, ForeignKey("round.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Snowflake, nullable=False, index=True, info={"member": DELETE}),
    PrimaryKeyConstraint("round_id", "user_id"),
    sqlite_strict=True,
)

season = Table(
    "season",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("number", Integer, nullable=False),
    Column("ended_at", Milliseconds, nullable=False),
    PrimaryKeyConstraint("guild_id", "number"),
    sqlite_strict=True,
)

member = Table(
    "member",
    metadata,
    Column("user_id", Snowflake, primary_key=True, autoincrement=False, info={"member": DELETE}),
    Column("hidden", Integer, nullable=False, server_default=text("0")),
    sqlite_strict=True,
)

seen = Table(
    "seen",
    metadata,
    Column("user_id", Snowflake, nullable=False, info={"member": DELETE}),
    Column("drama_id", Text, nullable=False),
    Column("marked_at", Milliseconds, nullable=False),
    PrimaryKeyConstraint("user_id", "drama_id"),
    sqlite_strict=True,
)

pack = Table(
    "pack",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("enabled", Integer, nullable=False, server_default=text("0")),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("uploader_id", Snowflake, info={"member": FORGET}),
    Column("uploaded_at", Milliseconds, nullable=False),
    UniqueConstraint("guild_id", "folded"),
    sqlite_strict=True,
)

moment_off = Table(
    "moment_off",
    metadata,
    Column("guild_id", Snowflake, nullable=False),
    Column("moment_id", Text, nullable=False),
    Column("switched_at", Milliseconds, nullable=False),
    PrimaryKeyConstraint("guild_id", "moment_id"),
    sqlite_strict=True,
)

report = Table(
    "report",
    metadata,
    Column("id", Snowflake, primary_key=True),
    Column("guild_id", Snowflake, nullable=False),
    Column("moment_id", Text, nullable=False),
    Column("user_id", Snowflake, info={"member": FORGET}),
    Column("words", Text, nullable=False),
    Column("reported_at", Milliseconds, nullable=False),
    Column("settled_at", Milliseconds),
    sqlite_strict=True,
)
Index("ix_report_guild_id", report.c.guild_id, report.c.settled_at)
_WAITING = report.c.settled_at.is_(None)
Index(
    "uq_report_waiting",
    report.c.guild_id,
    report.c.moment_id,
    report.c.user_id,
    unique=True,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)

command_sync = Table(
    "command_sync",
    metadata,
    Column("application_id", Snowflake, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    sqlite_strict=True,
)
