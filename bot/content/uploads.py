"""Files that guilds upload, read in a process beside the bot: what it is handed, and what it hands back.

Whatever a file holds, nothing here runs it; so what comes back may be an object.
"""

import pickle
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bot.content.mentions import Mentions
from bot.content.own_files import FileRead, read_articles
from bot.content.packs import PackContent, read_pack
from bot.domain.library import Library
from bot.domain.library_drafts import Imported
from bot.domain.own_articles import MOST_DRAMAS, MOST_PEOPLE
from bot.errors import UserError


def packed(library: Library) -> bytes:
    """Return a library as it is handed over."""
    return pickle.dumps(library)


def pack_of(library: bytes, filename: str, content: bytes) -> PackContent | UserError:
    """Read the file of a pack, or say why not."""
    try:
        return read_pack(filename, content, _library(library))
    except UserError as refusal:
        return refusal


def articles_of(library: bytes, filename: str, content: bytes, today: date) -> FileRead | UserError:
    """Read a file of articles, and find the dramas and people of those that name none; or say why not."""
    try:
        read = read_articles(filename, content, _library(library), today)
    except UserError as refusal:
        return refusal
    if read.faults:
        return read
    mentions = _mentions(library)
    return replace(read, imported=tuple(_named(each, mentions) for each in read.imported))


def _named(each: Imported, mentions: Mentions) -> Imported:
    written = each.written
    if each.number is not None or written.dramas or written.people:
        return each
    named = mentions.of(f"{written.headline}\n{written.summary or ''}")
    dramas, people = named.dramas[:MOST_DRAMAS], named.people[:MOST_PEOPLE]
    return replace(each, written=replace(written, dramas=dramas, people=people))


@lru_cache(1)
def _library(packed: bytes) -> Library:
    return pickle.loads(packed)  # noqa: S301 - it is the bot's own


@lru_cache(1)
def _mentions(packed: bytes) -> Mentions:
    return Mentions(_library(packed))
