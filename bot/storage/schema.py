"""All tables together: whoever walks over them takes the metadata from here, where every table is known."""

from bot.storage import library_tables, ship_tables, tables
from bot.storage.columns import metadata

__all__ = ["library_tables", "metadata", "ship_tables", "tables"]
