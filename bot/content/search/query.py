"""What was typed, as the index looks for it."""

from dataclasses import dataclass
from typing import Final

from bot.content.folding import fold_words
from bot.content.search.endings import without_particle
from bot.content.search.scripts import by_script
from bot.content.search.sounds import is_initials, sound
from bot.content.search.stopwords import STOP_WORDS

LONGEST_QUERY: Final = 160
"""Characters of a query that are looked at."""
MOST_WORDS: Final = 16
"""Words of a query that are looked at."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query folded: its words, each once; all of them run together; what that sounds like.

    `telling` are the words that tell one entry from another, all of them where none does. `only_initials`: it is
    nothing but initial consonants of Hangul.
    """

    words: tuple[str, ...]
    joined: str
    heard: str
    telling: tuple[str, ...]
    only_initials: bool

    def __bool__(self) -> bool:
        return bool(self.joined)


def read_query(text: str) -> Query:
    """Return `text` as a query; an empty one where it holds no letter or digit."""
    typed = [word for mixed in fold_words(text[:LONGEST_QUERY]) for word in by_script(mixed)]
    joined = "".join(typed)
    words = tuple(dict.fromkeys(typed))[:MOST_WORDS]
    telling = tuple(word for word in words if STOP_WORDS.isdisjoint((word, without_particle(word)))) or words
    return Query(words, joined, sound(typed), telling, is_initials(joined))
