"""Modes and angles of games, stakes, skips, streaks, seasons, daily questions, packs, reports, what members have seen.

Why: trivia that a server plays every evening. When: 0.2. What: columns with defaults that hold for the games played
so far, and new tables; nothing that is stored is changed.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Milliseconds, Snowflake

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and tables."""
    _columns()
    op.drop_index("uq_game_running", "game")
    running = sa.text("ended_at IS NULL AND daily_on IS NULL")
    op.create_index(
        "uq_game_running", "game", ["channel_id"], unique=True, sqlite_where=running, postgresql_where=running
    )
    op.create_index("uq_game_daily", "game", ["guild_id", "daily_on"], unique=True)
    op.execute("UPDATE guess SET scored_at = guessed_at WHERE points IS NOT NULL")
    op.create_index("ix_guess_guild_id_scored_at", "guess", ["guild_id", "scored_at"])
    _tables()


def _columns() -> None:
    new = {
        "guild": [
            sa.Column("time_zone", sa.Text(), nullable=False, server_default=sa.text("'Asia/Seoul'")),
            sa.Column("daily_channel_id", Snowflake),
            sa.Column("daily_hour", sa.Integer()),
            sa.Column("daily_locale", sa.Text()),
        ],
        "game": [
            sa.Column("mode", sa.Text(), nullable=False, server_default=sa.text("'classic'")),
            sa.Column("wanted", sa.Integer(), nullable=False, server_default=sa.text("5")),
            *(
                sa.Column(name, sa.Text())
                for name in ("spoilers", "drama_id", "kind", "pack", "article_id", "daily_on")
            ),
        ],
        "round": [
            sa.Column("angle", sa.Text(), nullable=False, server_default=sa.text("'script'")),
            sa.Column("choices", sa.Text(), nullable=False, server_default=sa.text('\'["scripted", "ad_lib"]\'')),
            sa.Column("skipped", sa.Integer(), nullable=False, server_default=sa.text("0")),
        ],
        "guess": [
            sa.Column("streak", sa.Integer(), nullable=False, server_default=sa.text("0")),
            sa.Column("scored_at", Milliseconds),
        ],
    }
    for table, columns in new.items():
        for column in columns:
            op.add_column(table, column)


def _tables() -> None:
    op.create_table(
        "member",
        sa.Column("user_id", Snowflake, autoincrement=False, nullable=False),
        sa.Column("hidden", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_member")),
        sqlite_strict=True,
    )
    op.create_table(
        "moment_off",
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("moment_id", sa.Text(), nullable=False),
        sa.Column("switched_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "moment_id", name=op.f("pk_moment_off")),
        sqlite_strict=True,
    )
    op.create_table(
        "pack",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("uploader_id", Snowflake, nullable=True),
        sa.Column("uploaded_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("guild_id", "folded", name=op.f("uq_pack_guild_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "report",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("moment_id", sa.Text(), nullable=False),
        sa.Column("user_id", Snowflake, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reported_at", Milliseconds, nullable=False),
        sa.Column("settled_at", Milliseconds, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sqlite_strict=True,
    )
    op.create_index("ix_report_guild_id", "report", ["guild_id", "settled_at"], unique=False)
    op.create_index(
        "uq_report_waiting",
        "report",
        ["guild_id", "moment_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "season",
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ended_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "number", name=op.f("pk_season")),
        sqlite_strict=True,
    )
    op.create_table(
        "seen",
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("drama_id", sa.Text(), nullable=False),
        sa.Column("marked_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("user_id", "drama_id", name=op.f("pk_seen")),
        sqlite_strict=True,
    )
    op.create_table(
        "skip_vote",
        sa.Column("round_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_skip_vote_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "user_id", name=op.f("pk_skip_vote")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_skip_vote_user_id"), "skip_vote", ["user_id"], unique=False)
    op.create_table(
        "stake",
        sa.Column("round_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("placed_at", Milliseconds, nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("scored_at", Milliseconds, nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_stake_round_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "user_id", name=op.f("pk_stake")),
        sqlite_strict=True,
    )
    op.create_index("ix_stake_guild_id_scored_at", "stake", ["guild_id", "scored_at"], unique=False)
    op.create_index(op.f("ix_stake_user_id"), "stake", ["user_id"], unique=False)
