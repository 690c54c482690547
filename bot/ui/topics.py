"""What articles are about, said in a language and found by what is typed."""

from collections.abc import Sequence
from typing import Final

from bot.content.folding import fold
from bot.errors import N_, NothingFound
from bot.text.catalogue import Phrases

TOPICS: Final = (
    N_("19+ rating"),
    N_("Netflix Korea"),
    N_("behind the scenes"),
    N_("chemistry"),
    N_("co-stars on each other"),
    N_("comedy"),
    N_("darts scene"),
    N_("dating rumours denied"),
    N_("dating speculation"),
    N_("fan reactions"),
    N_("flirting or friendship"),
    N_("gesture"),
    N_("improvisation"),
    N_("interview"),
    N_("kiss"),
    N_("kiss scene"),
    N_("kiss scenes"),
    N_("line"),
    N_("list"),
    N_("other"),
    N_("overview of the drama"),
    N_("romantic scenes"),
    N_("viral video"),
)
"""The topics of shipped articles, for translators; another one is shown as it stands in its file."""


def suggest_topics(typed: str, topics: Sequence[str], _: Phrases, limit: int = 25) -> Sequence[tuple[str, str]]:
    """Return the topics that hold what was typed, in either language, each with its name in the member's."""
    named = [(topic, _(topic)) for topic in topics]
    folded = fold(typed)
    return [(topic, name) for topic, name in named if folded in fold(topic) or folded in fold(name)][:limit]


def find_topic(text: str, topics: Sequence[str], _: Phrases) -> str:
    """Return the topic that `text` is, in either language, or the only one that holds it.

    Raises:
        NothingFound: there is none, or several.
    """
    found = [topic for topic, _name in suggest_topics(text, topics, _, len(topics))]
    named = [topic for topic in found if fold(text) in (fold(topic), fold(_(topic)))]
    likely = named or found
    if len(likely) != 1 or not fold(text):
        raise NothingFound(query=text[:60])
    return likely[0]
