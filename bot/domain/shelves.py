"""How articles stand in the library: by date, by drama, and what a search may ask of them."""

import base64
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.library import Article
from bot.errors import Outdated

_KEY: Final = 6
"""Characters of a short key: 30 bits, so that the few hundred names of the library hardly ever share one."""


BETWEEN: Final = "|"
"""Stands between what is kept of a search."""
_IN_THE_WAY: Final = str.maketrans(":%" + BETWEEN, "   ")
"""Marks that take three characters of a button each, or would be mistaken for what stands between."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for: words, and that an article is about a drama (id), a person (name), a topic."""

    text: str = ""
    drama: str | None = None
    person: str | None = None
    topic: str | None = None

    def for_button(self, length: int) -> str:
        """Return it short enough for a button, the words cut to `length`; `Keys.read` reads it again."""
        words = self.text.translate(_IN_THE_WAY)[:length]
        narrowed = [short_key(name) if name else "" for name in (self.drama, self.person, self.topic)]
        return BETWEEN.join((*narrowed, words)) if self.is_narrowed else words

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for more than words."""
        return any((self.drama, self.person, self.topic))

    def takes(self, article: Article) -> bool:
        """Tell whether an article is about what is asked for, whatever its words."""
        return (
            (self.drama is None or self.drama in article.dramas)
            and (self.person is None or self.person in article.people)
            and (self.topic is None or self.topic in article.topics)
        )


def newest_first(articles: Iterable[Article]) -> Sequence[Article]:
    """Return articles by date, the newest first; those without one come last, and equals keep their order."""
    return sorted(articles, key=lambda article: article.date or "", reverse=True)


def by_drama(articles: Iterable[Article]) -> Mapping[str, Sequence[Article]]:
    """Return the articles about each drama (id), the newest first."""
    found: defaultdict[str, list[Article]] = defaultdict(list)
    for article in newest_first(articles):
        for drama_id in article.dramas:
            found[drama_id].append(article)
    return dict(found)


def topics_of(articles: Iterable[Article]) -> Sequence[str]:
    """Return the topics of articles, those of most articles first."""
    counted: defaultdict[str, int] = defaultdict(int)
    for article in articles:
        for topic in article.topics:
            counted[topic] += 1
    return sorted(counted, key=lambda topic: (-counted[topic], topic))


def short_key(name: str) -> str:
    """Return what stands for a name where room is scarce: the same six letters and digits for ever."""
    return base64.b32encode(zlib.crc32(name.encode()).to_bytes(4)).decode()[:_KEY].lower()


class Keys:
    """Reads again what `Wanted.for_button` has written."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {short_key(name): name for name in names}

    def read(self, kept: str) -> Wanted:
        """Return what was wanted. Where nothing stands between, all of it is words.

        Raises:
            Outdated: it asks for something that the library no longer holds.
        """
        if BETWEEN not in kept:
            return Wanted(kept)
        try:
            drama, person, topic, words = kept.split(BETWEEN)
            named = [self._names[key] if key else None for key in (drama, person, topic)]
        except (ValueError, KeyError) as error:
            raise Outdated from error
        return Wanted(words, *named)
