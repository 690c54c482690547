"""A guild's own library of articles, with its history and previews; feeds and what was seen in them.

Why: fan servers keep articles of their own and follow news. When: 0.4. What: new tables only.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.columns import Milliseconds, Snowflake

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feed",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("channel_id", Snowflake, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("dramas", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("people", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("words", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("without", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("mention_role_id", Snowflake, nullable=True),
        sa.Column("adder_id", Snowflake, nullable=True),
        sa.Column("added_at", Milliseconds, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("checked_at", Milliseconds, nullable=True),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failing_since", Milliseconds, nullable=True),
        sa.Column("warned_at", Milliseconds, nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("owed", sa.Text(), nullable=True),
        sa.Column("batches", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_guild_id"), "feed", ["guild_id"], unique=False)
    op.create_table(
        "library_change",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("own_article_id", Snowflake, nullable=True),
        sa.Column("headline", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("count", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("user_id", Snowflake, nullable=True),
        sa.Column("changed_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_change")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_library_change_guild_id"), "library_change", ["guild_id"], unique=False)
    op.create_index(op.f("ix_library_change_user_id"), "library_change", ["user_id"], unique=False)
    op.create_table(
        "library_draft",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("user_id", Snowflake, nullable=False),
        sa.Column("own_article_id", Snowflake, nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("drafted_at", Milliseconds, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_draft")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_library_draft_drafted_at"), "library_draft", ["drafted_at"], unique=False)
    op.create_index(op.f("ix_library_draft_user_id"), "library_draft", ["user_id"], unique=False)
    op.create_table(
        "own_article",
        sa.Column("id", Snowflake, nullable=False),
        sa.Column("guild_id", Snowflake, nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("link_key", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("dramas", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("people", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("feed_id", Snowflake, nullable=True),
        sa.Column("adder_id", Snowflake, nullable=True),
        sa.Column("added_at", Milliseconds, nullable=False),
        sa.Column("editor_id", Snowflake, nullable=True),
        sa.Column("edited_at", Milliseconds, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_article")),
        sa.UniqueConstraint("guild_id", "link_key", name=op.f("uq_own_article_guild_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "feed_item",
        sa.Column("feed_id", Snowflake, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("link_key", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("own_article_id", Snowflake, nullable=True),
        sa.Column("published_at", Milliseconds, nullable=True),
        sa.Column("seen_at", Milliseconds, nullable=False),
        sa.Column("last_seen_at", Milliseconds, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("posted_at", Milliseconds, nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_item_feed_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "key", name=op.f("pk_feed_item")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feed_item_last_seen_at"), "feed_item", ["last_seen_at"], unique=False)
