"""What becomes of every entry of a feed: which is posted, which joins the library, and why not."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.domain.feeds import OLDEST, Fate, Filter, Judged, Sighted
from bot.domain.links import link_key


def judge(
    sighted: Iterable[Sighted],
    wanted: Filter,
    known: Collection[str],
    known_links: Collection[str],
    now: datetime,
    old_links: Collection[str] = (),
) -> Sequence[Judged]:
    """Return what becomes of every entry, in the order of the feed.

    `known` are the keys of entries that were seen before, `known_links` the link keys of those among them that were
    posted, or that were there when the feed was followed. Two entries of one link are posted once, the first that is
    taken. `old_links` are those of entries that were too old: old ones with the same link are repeated too.
    """
    keys, links, old = set(known), set(known_links), set(old_links)
    judged: list[Judged] = []
    for entry in sighted:
        fate, because = _fate(entry, wanted, keys, links, now)
        link = link_key(entry.item.url or "")
        if fate is Fate.OLD and link in old:
            fate, because = Fate.REPEATED, ()
        joins = fate in (Fate.POST, Fate.OLD) and bool(entry.dramas or entry.people)
        judged.append(Judged(entry, fate, because, joins))
        keys.add(entry.item.key)
        if fate in (Fate.POST, Fate.OLD):
            (links if fate is Fate.POST else old).add(link)
    return judged


def _fate(
    entry: Sighted, wanted: Filter, keys: Collection[str], links: Collection[str], now: datetime
) -> tuple[Fate, tuple[str, ...]]:
    item = entry.item
    if item.key in keys:
        return Fate.KNOWN, ()
    if item.url is None:
        return Fate.UNLINKED, ()
    if link_key(item.url) in links:
        return Fate.REPEATED, ()
    if without := _both(wanted.without, entry.without):
        return Fate.EXCLUDED, without
    named = tuple(
        name
        for filters, names in (
            (wanted.dramas, entry.dramas),
            (wanted.people, entry.people),
            (wanted.words, entry.words),
        )
        for name in _both(filters, names)
    )
    if wanted.takes_all:
        named = (*entry.dramas, *entry.people)
    elif not named:
        return Fate.UNMATCHED, ()
    if item.published_at is not None and item.published_at < now - OLDEST:
        return Fate.OLD, ()
    return Fate.POST, named


def _both(wanted: Sequence[str], named: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in wanted if name in named)
