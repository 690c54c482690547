"""What the people of the library have done: whom they played, in which couples and scenes, what was written of them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.library import Article, Couple, Drama, Library, Role
from bot.domain.moments import Moment
from bot.domain.shelves import newest_first
from bot.domain.texts import Localised

_REMARK: Final = re.compile(r"\s*\([^)]*\)")
"""What stands behind a name: "(older)", "(part 1)"."""


@dataclass(frozen=True, slots=True)
class Played:
    """A role of somebody: in which drama, whom. `character` is None where it was not verified."""

    drama: Drama
    character: Localised | None


@dataclass(frozen=True, slots=True)
class Career:
    """All that the library knows of somebody, the newest first.

    `couples` are couples of characters of whom they play a half, `moments` the scenes that a game may ask about.
    """

    roles: tuple[Played, ...] = ()
    couples: tuple[Couple, ...] = ()
    moments: tuple[Moment, ...] = ()
    articles: tuple[Article, ...] = ()


def careers(library: Library) -> Mapping[str, Career]:
    """Return the career of everybody in the library, by their credited name."""
    roles: defaultdict[str, list[Played]] = defaultdict(list)
    couples: defaultdict[str, dict[str, Couple]] = defaultdict(dict)
    moments: defaultdict[str, list[Moment]] = defaultdict(list)
    for drama in sorted(library.dramas.values(), key=lambda drama: (-drama.year, drama.title.en)):
        for role in drama.cast:
            roles[role.actor].append(Played(drama, role.character))
            halves = [couple for couple in drama.couples if plays(role, couple.first) or plays(role, couple.second)]
            couples[role.actor].update({couple.id: couple for couple in halves})
        for moment in drama.moments:
            for name in moment.performers if moment.game_ready else ():
                moments[name].append(moment)
    articles: defaultdict[str, list[Article]] = defaultdict(list)
    for article in newest_first(library.articles.values()):
        for name in article.people:
            articles[name].append(article)
    return {
        name: Career(tuple(roles[name]), tuple(couples[name].values()), tuple(moments[name]), tuple(articles[name]))
        for name in library.people
    }


def split_name(character: Localised) -> tuple[Localised, Localised | None]:
    """Return the first name of a character, and what else stands beside it: another name, a remark; None for nothing.

    Who somebody is besides, or becomes, gives a drama away.
    """
    first, rest = _parts(character.en)
    korean, korean_rest = _parts(character.ko) if character.ko else (None, "")
    return Localised(first, korean), Localised(rest, korean_rest or None) if rest else None


def plays(role: Role, half: Localised) -> bool:
    """Tell whether a role is the character `half` of a couple: by its name, or by one of two that the role has."""
    if role.character is None:
        return False
    return bool({*_names(role.character.en)} & {half.en} or {*_names(role.character.ko or "")} & {half.ko})


def players(couple: Couple, drama: Drama) -> Sequence[tuple[Localised, Sequence[str]]]:
    """Return both halves of a couple with the credited names of whoever plays them, in the order of the cast."""
    return [
        (half, [*dict.fromkeys(role.actor for role in drama.cast if plays(role, half))])
        for half in (couple.first, couple.second)
    ]


def _parts(character: str) -> tuple[str, str]:
    first, *others = _names(character) or [character]
    return first, ", ".join([*others, *(remark.strip(" ()") for remark in _REMARK.findall(character))])


def _names(character: str) -> Sequence[str]:
    """The names of a character who has two ("Lee Yul / Won-deuk"), without what is remarked on them."""
    return [name.strip() for name in _REMARK.sub("", character).split("/") if name.strip()]
