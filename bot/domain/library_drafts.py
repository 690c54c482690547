"""What a manager is about to do to a guild's own library: a preview, before anything is stored."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.domain.links import link_key
from bot.domain.own_articles import MOST_DRAMAS, MOST_PEOPLE, OwnArticle, Written

KEPT: Final = timedelta(days=1)
"""So long a preview can be saved."""
MOST_OFFERED: Final = 25
"""Dramas, and people, that a preview offers; a menu holds no more (Discord)."""
MOST_IMPORTED: Final = 2_000
"""Articles in one file."""
NOTHING: Final = Written("", "")
"""What stands in a form that nobody has filled in yet."""
FIELDS: Final = ("headline", "publisher", "date", "url", "summary", "dramas", "people")
"""What can change about an article, in the order in which a card shows it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A preview of one article: what was entered, as it was entered, even where it was refused.

    `article_id` is the one that is edited, None for a new one. `entered` has the dramas and people that were chosen of
    the ones offered.
    """

    id: int
    guild_id: int
    user_id: int
    drafted_at: datetime
    entered: Written = NOTHING
    dramas_offered: tuple[str, ...] = ()
    people_offered: tuple[str, ...] = ()
    article_id: int | None = None
    basis: Written | None = None
    """What the article that it edits was when its author last saw it."""


@dataclass(frozen=True, slots=True)
class Imported:
    """An article of a file; `number` is the one that an export gave it."""

    written: Written
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """A preview of the articles of a file; `mark` is that of the plan that its author has seen."""

    id: int
    guild_id: int
    user_id: int
    drafted_at: datetime
    imported: tuple[Imported, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An article and what an import would make of it."""

    before: OwnArticle
    after: Written


@dataclass(frozen=True, slots=True)
class Clash:
    """An article of a file (its place, from 0) that cannot be imported: another one, called `headline`, has its link.

    Or the file speaks of one article twice: then `first` is the other place.
    """

    place: int
    headline: str
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a file would do."""

    new: tuple[Written, ...] = ()
    changed: tuple[Edit, ...] = ()
    unchanged: int = 0
    clashes: tuple[Clash, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.new and not self.changed

    @property
    def mark(self) -> str:
        """Tells this plan from any other."""
        edits = [(edit.before.id, edit.before.written, edit.after) for edit in self.changed]
        return sha256(repr((self.new, edits, self.unchanged)).encode("utf-8", "replace")).hexdigest()


def entered_anew(draft: Draft, entered: Written, dramas: Iterable[str], people: Iterable[str]) -> Draft:
    """Return the draft with other words, and `dramas` and `people` found in them.

    What was found before and taken out stays out; what is found for the first time is chosen.
    """
    dramas, people = tuple(dramas), tuple(people)
    chosen = draft.entered
    found = replace(
        entered,
        dramas=_more(chosen.dramas, (name for name in dramas if name not in draft.dramas_offered), MOST_DRAMAS),
        people=_more(chosen.people, (name for name in people if name not in draft.people_offered), MOST_PEOPLE),
    )
    return offered_too(replace(draft, entered=found), dramas, people)


def offered_too(draft: Draft, dramas: Iterable[str], people: Iterable[str]) -> Draft:
    """Return the draft with these to choose from as well."""
    return replace(
        draft,
        dramas_offered=_more(draft.dramas_offered, dramas, MOST_OFFERED),
        people_offered=_more(draft.people_offered, people, MOST_OFFERED),
    )


def chosen_anew(draft: Draft, dramas: Iterable[str] | None = None, people: Iterable[str] | None = None) -> Draft:
    """Return the draft with another choice of what it offers; None leaves a choice as it is."""
    entered = draft.entered
    if dramas is not None:
        entered = replace(entered, dramas=_offered(draft.dramas_offered, dramas, MOST_DRAMAS))
    if people is not None:
        entered = replace(entered, people=_offered(draft.people_offered, people, MOST_PEOPLE))
    return replace(draft, entered=entered)


def changed_fields(before: Written, after: Written) -> Sequence[str]:
    """Return the names of the fields in which two differ."""
    return [field for field in FIELDS if getattr(before, field) != getattr(after, field)]


def plan_import(imported: Sequence[Imported], held: Iterable[OwnArticle]) -> Plan:
    """Return what importing would do to the articles that a guild has (`held`).

    An article of a file is one of the guild's where it has its number or link; without either, where headline and
    publisher are the same and both have no link. Two of the guild's may swap their links.
    """
    articles = tuple(held)
    numbered = {article.id: article for article in articles}
    spoken_for = {each.number for each in imported if each.number in numbered}
    linked = {link_key(article.written.url): article for article in articles if article.written.url}
    named = {_name(article.written): article for article in reversed(articles) if not article.written.url}
    meant = [_meant(each, numbered, linked, named, spoken_for) for each in imported]
    moved = {article.id for article in meant if article is not None}
    taken: dict[str, tuple[str, int | None]] = {
        key: (article.written.headline, None) for key, article in linked.items() if article.id not in moved
    }
    plan, met = _Planning(), dict[int, int]()
    for place, (each, mine) in enumerate(zip(imported, meant, strict=True)):
        written = each.written
        key = link_key(written.url) if written.url else ""
        if mine is not None and mine.id in met:
            plan.clashes.append(Clash(place, mine.written.headline, met[mine.id]))
        elif key in taken:
            plan.clashes.append(Clash(place, *taken[key]))
        elif mine is None:
            plan.new.append(written)
        elif mine.written == written:
            plan.unchanged += 1
        else:
            plan.changed.append(Edit(mine, written))
        if mine is not None:
            met.setdefault(mine.id, place)
        if key:
            taken.setdefault(key, (written.headline, place))
    return Plan(tuple(plan.new), tuple(plan.changed), plan.unchanged, tuple(plan.clashes))


@dataclass(slots=True)
class _Planning:
    """A plan that is being made."""

    new: list[Written] = field(default_factory=list[Written])
    changed: list[Edit] = field(default_factory=list[Edit])
    unchanged: int = 0
    clashes: list[Clash] = field(default_factory=list[Clash])


def _meant(
    each: Imported,
    numbered: Mapping[int, OwnArticle],
    linked: Mapping[str, OwnArticle],
    named: Mapping[tuple[str, str], OwnArticle],
    spoken_for: Container[int | None],
) -> OwnArticle | None:
    """Return which article of the guild is meant; not one that stands in the file under its number."""
    if each.number is not None and each.number in numbered:
        return numbered[each.number]
    found = linked.get(link_key(each.written.url)) if each.written.url else named.get(_name(each.written))
    return None if found is None or found.id in spoken_for else found


def same_article(written: Written) -> tuple[str, ...]:
    """Return what two articles of one file must not share: the link, or headline and publisher where there is none."""
    return (link_key(written.url),) if written.url else _name(written)


def _name(written: Written) -> tuple[str, str]:
    return written.headline, written.publisher


def _more(names: Iterable[str], others: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *others)))[:most]


def _offered(offered: Sequence[str], chosen: Iterable[str], most: int) -> tuple[str, ...]:
    wanted = set(chosen)
    return tuple(name for name in offered if name in wanted)[:most]
