"""Secrecy, several choices, polls without an end, brackets, the block list.

Why: ship polls and the couples' world cup. When: 0.3. What: the tables of polls are made anew, as SQLite changes no
column in place; what is stored is copied. The polls so far become anonymous ones, so the ballots of closed ones, which
nobody may read any more, are left behind.
"""

import sqlalchemy as sa
from alembic import op

from bot.domain.polls import typed_key
from bot.storage.columns import Milliseconds, Snowflake

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and copy what was stored."""
    for column in (
        sa.Column("host_role_id", Snowflake),
        sa.Column("actors", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("drop_leavers", sa.Integer(), nullable=False, server_default=sa.text("0")),
    ):
        op.add_column("guild", column)
    for name in ("ballot", "poll_option", "poll"):  # children first: to drop a table of SQLite empties its children
        op.execute(f"CREATE TABLE old_{name} AS SELECT * FROM {name}")  # noqa: S608 - names of our own
        op.drop_table(name)
    _polls()
    _copy()
    for name in ("ballot", "poll_option", "poll"):
        op.drop_table(f"old_{name}")
    _brackets()


def _copy() -> None:
    op.execute(
        "INSERT INTO poll (id, guild_id, channel_id, message_id, creator_id, request_id, language, version, opened_at,"
        " closes_at, closed_at, voters) SELECT id, guild_id, channel_id, message_id, creator_id, request_id, language,"
        " version, opened_at, closes_at, closed_at,"
        " (SELECT COALESCE(SUM(votes), 0) FROM old_poll_option WHERE poll_id = old_poll.id) FROM old_poll"
    )
    connection = op.get_bind()
    options = connection.execute(
        sa.text("SELECT poll_id, number, couple_id, label_en, label_ko, votes FROM old_poll_option")
    )
    for row in options.mappings().all():
        connection.execute(
            sa.text(
                "INSERT INTO poll_option (poll_id, number, couple_id, couple_key, label_en, label_ko, votes)"
                " VALUES (:poll_id, :number, :couple_id, :couple_key, :label_en, :label_ko, :votes)"
            ),
            {**row, "couple_key": row["couple_id"] or typed_key(row["label_en"])},
        )
    op.execute(
        "INSERT INTO ballot (poll_id, user_id, option) SELECT poll_id, user_id, option"
        " FROM old_ballot WHERE poll_id IN (SELECT id FROM old_poll WHERE closed_at IS NULL)"
    )
    if connection.dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('poll', 'id'), COALESCE((SELECT MAX(id) FROM poll), 1),"
            " EXISTS (SELECT 1 FROM poll))"
        )


def _polls() -> None:
    op.create_table(
        "poll",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("channel_id", Snowflake, nullable=False),
        sa.Column("message_id", Snowflake, nullable=True),
        sa.Column("creator_id", Snowflake, nullable=True),
        sa.Column("request_id", Snowflake, nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("secrecy", sa.Text(), server_default=sa.text("'anonymous'"), nullable=False),
        sa.Column("choices", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("voter_role_id", Snowflake, nullable=True),
        sa.Column("voters", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("dropped", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", Snowflake, server_default=sa.text("0"), nullable=False),
        sa.Column("opened_at", Milliseconds, nullable=False),
        sa.Column("closes_at", Milliseconds, nullable=True),
        sa.Column("paused_at", Milliseconds, nullable=True),
        sa.Column("closed_at", Milliseconds, nullable=True),
        sa.Column("void", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("request_id", name=op.f("uq_poll_request_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_poll_guild_id"), "poll", ["guild_id"], unique=False)
    op.create_index(op.f("ix_poll_message_id"), "poll", ["message_id"], unique=False)
    op.create_table(
        "poll_option",
        sa.Column("poll_id", Snowflake, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("couple_id", sa.Text(), nullable=True),
        sa.Column("couple_key", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_ko", sa.Text(), nullable=True),
        sa.Column("votes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_option_poll_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll_id", "number", name=op.f("pk_poll_option")),
        sqlite_strict=True,
    )
    op.create_table(
        "ballot",
        sa.Column("poll_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_poll_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll_id", "user_id", "option", name=op.f("pk_ballot")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_ballot_user_id"), "ballot", ["user_id"], unique=False)


def _brackets() -> None:
    op.create_table(
        "bracket",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("channel_id", Snowflake, nullable=False),
        sa.Column("message_id", Snowflake, nullable=True),
        sa.Column("creator_id", Snowflake, nullable=True),
        sa.Column("request_id", Snowflake, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seeding", sa.Text(), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("voter_role_id", Snowflake, nullable=True),
        sa.Column("matchup_seconds", sa.Integer(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("created_at", Milliseconds, nullable=False),
        sa.Column("nominations_close_at", Milliseconds, nullable=True),
        sa.Column("rest_seconds", sa.Integer(), nullable=True),
        sa.Column("pictured", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("ended_at", Milliseconds, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bracket")),
        sa.UniqueConstraint("request_id", name=op.f("uq_bracket_request_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_bracket_guild_id"), "bracket", ["guild_id"], unique=False)
    op.create_index(
        "uq_bracket_on",
        "bracket",
        ["channel_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "entrant",
        sa.Column("bracket_id", Snowflake, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("couple_id", sa.Text(), nullable=True),
        sa.Column("couple_key", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("label_ko", sa.Text(), nullable=True),
        sa.Column("nominations", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pruned", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bracket_id"], ["bracket.id"], name=op.f("fk_entrant_bracket_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bracket_id", "number", name=op.f("pk_entrant")),
        sa.UniqueConstraint("bracket_id", "couple_key", name=op.f("uq_entrant_bracket_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "nomination",
        sa.Column("bracket_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("nominated_at", Milliseconds, nullable=False),
        sa.ForeignKeyConstraint(
            ["bracket_id"], ["bracket.id"], name=op.f("fk_nomination_bracket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bracket_id", "user_id", "number", name=op.f("pk_nomination")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_nomination_user_id"), "nomination", ["user_id"], unique=False)
    op.create_table(
        "matchup",
        sa.Column("bracket_id", Snowflake, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("poll_id", Snowflake, nullable=False),
        sa.Column("winner", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bracket_id"], ["bracket.id"], name=op.f("fk_matchup_bracket_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_matchup_poll_id")),
        sa.PrimaryKeyConstraint("bracket_id", "round", "slot", name=op.f("pk_matchup")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_matchup_poll_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "blocked_name",
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("blocked_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "folded", name=op.f("pk_blocked_name")),
        sqlite_strict=True,
    )
