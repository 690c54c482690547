"""The first tables: guilds, jobs, games with rounds and guesses, polls with ballots.

Why: everything that a restart must not lose is a row. When: 0.1. What: every table of bot/storage/tables.py.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Milliseconds, Snowflake

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "command_sync",
        sa.Column("application_id", Snowflake, autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_command_sync")),
        sqlite_strict=True,
    )
    op.create_table(
        "game",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("channel_id", Snowflake, nullable=False),
        sa.Column("starter_id", Snowflake, nullable=True),
        sa.Column("request_id", Snowflake, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("started_at", Milliseconds, nullable=False),
        sa.Column("ended_at", Milliseconds, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_game")),
        sa.UniqueConstraint("request_id", name=op.f("uq_game_request_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_game_guild_id"), "game", ["guild_id"], unique=False)
    op.create_index(
        "uq_game_running",
        "game",
        ["channel_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "guild",
        sa.Column("guild_id", Snowflake, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("spoilers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild")),
        sqlite_strict=True,
    )
    op.create_table(
        "job",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", Snowflake, nullable=False),
        sa.Column("due_at", Milliseconds, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Milliseconds, nullable=True),
        sa.Column("epoch", Snowflake, server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_job_kind")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_job_due_at"), "job", ["due_at"], unique=False)
    op.create_table(
        "poll",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("channel_id", Snowflake, nullable=False),
        sa.Column("message_id", Snowflake, nullable=True),
        sa.Column("creator_id", Snowflake, nullable=True),
        sa.Column("request_id", Snowflake, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("version", Snowflake, server_default=sa.text("0"), nullable=False),
        sa.Column("opened_at", Milliseconds, nullable=False),
        sa.Column("closes_at", Milliseconds, nullable=False),
        sa.Column("closed_at", Milliseconds, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("request_id", name=op.f("uq_poll_request_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_poll_guild_id"), "poll", ["guild_id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("poll_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("voted_at", Milliseconds, nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_poll_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll_id", "user_id", name=op.f("pk_ballot")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_ballot_user_id"), "ballot", ["user_id"], unique=False)
    op.create_table(
        "poll_option",
        sa.Column("poll_id", Snowflake, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("couple_id", sa.Text(), nullable=True),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_ko", sa.Text(), nullable=True),
        sa.Column("votes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_poll_option")),
        sqlite_strict=True,
    )
    op.create_table(
        "round",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("game_id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", Milliseconds, nullable=True),
        sa.Column("deadline", Milliseconds, nullable=True),
        sa.Column("message_id", Snowflake, nullable=True),
        sa.ForeignKeyConstraint(["game_id"], ["game.id"], name=op.f("fk_round_game_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("game_id", "number", name=op.f("uq_round_game_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_round_guild_id"), "round", ["guild_id"], unique=False)
    op.create_table(
        "guess",
        sa.Column("round_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("guessed_at", Milliseconds, nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_guess_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "user_id", name=op.f("pk_guess")),
        sqlite_strict=True,
    )
    op.create_index("ix_guess_guild_id_points", "guess", ["guild_id", "user_id", "points"], unique=False)
    op.create_index(op.f("ix_guess_user_id"), "guess", ["user_id"], unique=False)
