"""What the columns of all tables are made of: names of constraints, whole milliseconds, 64-bit ids.

Times are whole milliseconds UTC; snowflakes fit a signed 64-bit integer. A column that holds a member's id says in
`info["member"]` what a deletion request does to it.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import BigInteger, Integer, MetaData, TypeDecorator
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
