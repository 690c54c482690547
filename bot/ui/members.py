"""Members are never shipped: asks Discord whether a typed name is the name of somebody in the guild.

Adlib has no list of members, and needs none: Discord searches for those whose names begin with some letters, also for
bots without the intent for members. discord.py 2.7.1 knows that search through the gateway only, so the request is
made with its HTTP client.
"""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import discord
from discord.http import Route

from bot.content.folding import fold
from bot.content.lookalikes import orders, readings, skeleton, undisguised
from bot.domain.texts import pieces
from bot.errors import MemberNotShipped
from bot.ui.interaction import Client, Interaction
from bot.ui.place import guild_channel

log = logging.getLogger(__name__)

MOST_NAMES: Final = 40
"""A poll of the most couples, all of them typed."""
MOST_WORDS: Final = 100
"""Words of all names that are searched for; no more searches, and as many again where very many begin alike."""
SHORTEST_WITHIN: Final = 3
"""Letters of a member's name that is found among other words too: "our bora", while "Bo Derek" is not the member bo."""
AT_ONCE: Final = 5
PATIENCE: Final = 1.5
"""Seconds; Discord gives an interaction three until it is answered."""
MOST_FOUND: Final = 1_000
"""Members that Discord gives for one search (Discord)."""
BEGINNING: Final = 2
"""Letters that are searched for: so few that hardly a name has a dot or space between them ("oh.sehun", "ohsehun")."""
_FULL_NAME: Final = re.compile(r"[^\W\d_]+ [^\W\d_]+-[^\W\d_]+|[^\W\d_]+-[^\W\d_]+ [^\W\d_]+")
"""As the full names of dramas are written: "Kim Bo-ra" is a person of her own, whoever else is called bora."""
_FIGURES: Final = str.maketrans("013457", "oieast")


async def refuse_members(interaction: Interaction, names: Sequence[str]) -> None:
    """Refuse names that are the whole name (user name, display name or nickname) of a member of the guild.

    So are names in which a member's whole name of at least `SHORTEST_WITHIN` letters stands as a word or several ("our
    bora"), full names like "Kim Bo-ra" excepted. Look-alikes and another order of the words are that name too; bots do
    not count. Where Discord does not answer in time, or not at all, or there are too many words, the names pass and the
    log says so: a poll shall not depend on it.

    Raises:
        MemberNotShipped: with the first such name.
        GuildOnly: it is no guild's channel.
    """
    names = names[:MOST_NAMES]
    words = _words(names)
    if not words:
        return
    guild_id = guild_channel(interaction)[0]
    if len(words) > MOST_WORDS:
        log.warning("Of %d words only %d are looked for among members of guild %d", len(words), MOST_WORDS, guild_id)
    found = await _search(interaction.client, guild_id, words[:MOST_WORDS])
    members = {name for member in found for name in _names(member)}
    taken = {order for name in members for order in orders(name)}
    taken_within = {order for name in members if len(fold(name)) >= SHORTEST_WITHIN for order in orders(name)}
    for name in names:
        whole = orders(name) | readings(name)
        if not (taken.isdisjoint(whole) and taken_within.isdisjoint(_within(name))):
            raise MemberNotShipped(name=name)


def _words(names: Sequence[str]) -> Sequence[str]:
    """The words with which members of those names may begin, as typed or undisguised, likeliest first.

    A whole name begins with its first word or, turned round, with its last; a name within it with any.
    """
    ends: dict[str, None] = {}
    inner: dict[str, None] = {}
    for name in names:
        for text in (name, undisguised(name), undisguised(name).translate(_FIGURES)):
            words = re.findall(r"\w+", text.casefold())
            ends |= dict.fromkeys((*words[:1], *words[-1:]))
            inner |= dict.fromkeys(word for piece in pieces(text.casefold()) for word in re.findall(r"\w+", piece))
    return [*(ends | inner)]


def _within(name: str) -> set[str]:
    """The skeletons of all words and runs of words in a typed name, as spaces (and words like "and") divide them."""
    found: set[str] = set()
    for text in (name, *pieces(name)):
        words = [] if _FULL_NAME.fullmatch(text) else text.split()
        found.update(*map(readings, words))
        for form in (words, [word.casefold() for word in words]):
            read = list(filter(None, map(skeleton, form)))
            found |= {"".join(read[start:end]) for start in range(len(read)) for end in range(start + 1, len(read) + 1)}
    return found


def _names(member: Mapping[str, Any]) -> Iterable[str]:
    user: Mapping[str, Any] = member["user"]
    if user.get("bot"):
        return []
    return filter(None, (user["username"], user.get("global_name"), member.get("nick")))


async def _search(client: Client, guild_id: int, words: Iterable[str]) -> Sequence[Mapping[str, Any]]:
    """Return the members of whom a name begins like one of `words`, as far as Discord tells in time.

    Where too many begin with the same letters, those that begin with the whole word are asked for as well.
    """
    turn = asyncio.Semaphore(AT_ONCE)
    beginnings: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        beginnings[word[:BEGINNING]].add(word)

    async def ask(query: str) -> Sequence[Mapping[str, Any]]:
        route = Route("GET", "/guilds/{guild_id}/members/search", guild_id=guild_id)
        async with turn:
            return await client.http.request(route, params={"query": query, "limit": MOST_FOUND})

    async def search(beginning: str) -> Sequence[Mapping[str, Any]]:
        found = [*await ask(beginning)]
        if len(found) >= MOST_FOUND:
            for word in sorted(beginnings[beginning] - {beginning}):
                found += await ask(word)
        return found

    searches = [asyncio.create_task(search(beginning)) for beginning in beginnings]
    try:
        done, late = await asyncio.wait(searches, timeout=PATIENCE)
    finally:
        for task in searches:
            task.cancel()
    refused = [error for task in done if isinstance(error := task.exception(), discord.DiscordException | OSError)]
    if late or refused:
        log.warning("Of %d searches for members of guild %d: %d late, %s", len(searches), guild_id, len(late), refused)
    return [member for task in done if task.exception() not in refused for member in task.result()]
