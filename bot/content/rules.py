"""What must hold between the entries of the library, once each file is well-formed by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.content.faults import Fault
from bot.domain.library import Article, Drama, Library
from bot.domain.moments import Moment, Origin, Verdict
from bot.domain.texts import Language, Localised

MOST_TEXT = 3000
"""Characters of an article's own texts: Discord takes 4000 in a message, names and labels included."""

_PLANS = {Verdict.SCRIPTED: {True}, Verdict.IMPROVISED: {False}, Verdict.PARTLY: {True, False}}
_IN_WORDS = {
    Verdict.SCRIPTED: "only parts with planned = true",
    Verdict.IMPROVISED: "only parts with planned = false",
    Verdict.PARTLY: "a part with planned = true and one with planned = false",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What lies in the folder, whether or not it could be read: the ids of dramas and articles, and a list of people.

    `everything`: all of it could be read, so that what is in no file is nowhere.
    """

    dramas: frozenset[str]
    articles: frozenset[str]
    people: bool
    everything: bool


def check_library(library: Library, written: Written) -> Iterator[Fault]:
    """Yield every fault between entries: references that lead nowhere, verdicts without their parts.

    What a file with a fault of its own holds is not known, and nothing is said about it.
    """
    for drama in library.dramas.values():
        yield from _check_drama(library, written, drama)
    for article in library.articles.values():
        yield from _check_article(library, written, article)
    if written.everything:
        played = {role.actor for drama in library.dramas.values() for role in drama.cast}
        named = {name for article in library.articles.values() for name in article.people}
        for name in sorted(library.people.keys() - played - named):
            advice = "is in no cast and no article; remove it, or look for a misspelling"
            yield Fault("people.toml", f'["{name}"]', advice)


def _check_drama(library: Library, written: Written, drama: Drama) -> Iterator[Fault]:
    file = _file("dramas", drama.id)
    cast = {role.actor for role in drama.cast}
    if written.people:
        for name in sorted(cast - library.people.keys()):
            yield Fault(file, "cast.actor", f'"{name}" is not in people.toml; add the person there')
    for moment in drama.moments:
        for name in moment.performers:
            if name not in cast:
                yield Fault(file, f"moments[{moment.id}].performers", f'"{name}" is not in the cast of this drama')
        for source in moment.sources:
            if source not in written.articles:
                yield Fault(file, f"moments[{moment.id}].sources", f'"{source}" is no file in articles/')
        yield from _check_verdict(file, moment)


def _check_verdict(file: str, moment: Moment) -> Iterator[Fault]:
    key = f"moments[{moment.id}]"
    if {part.planned for part in moment.parts} != _PLANS[moment.verdict]:
        yield Fault(
            file, f"{key}.parts", f'does not fit verdict = "{moment.verdict}": write {_IN_WORDS[moment.verdict]}'
        )
    if (moment.origin is Origin.SCRIPT) != (moment.verdict is Verdict.SCRIPTED):
        yield Fault(file, f"{key}.origin", 'must be "script" where the verdict is "scripted", and only there')
    if moment.idea_by is not None and (
        moment.origin is not Origin.PERFORMERS or moment.idea_by not in moment.performers
    ):
        yield Fault(
            file, f"{key}.idea_by", 'must be one of the performers, and stands only where origin = "performers"'
        )
    for number, part in enumerate(moment.parts, 1):
        if any(text.endswith(("?", ".")) for text in part.asked.all):
            yield Fault(file, f"{key}.parts[{number}].asked", "must be a noun phrase, not a question")


def _check_article(library: Library, written: Written, article: Article) -> Iterator[Fault]:
    file = _file("articles", article.id)
    for drama_id in article.dramas:
        if drama_id not in written.dramas:
            yield Fault(file, "dramas", f'"{drama_id}" is no file in dramas/')
    for name in article.people:
        if written.people and name not in library.people:
            yield Fault(file, "people", f'"{name}" is not in people.toml; add the person there')
    for language in Language:
        if sum(len(text.in_language(language)) for text in _texts(article)) > MOST_TEXT:
            yield Fault(file, "summary", f"makes, with facts, fans_say and caution, more than {MOST_TEXT} characters")
    if article.also_at and article.url is None:
        yield Fault(file, "url", "is missing; put the first address of also_at there")
    if "ko" in article.headline_rendered and article.headline.ko is None:
        yield Fault(file, "headline.ko", 'is missing, though headline_rendered names "ko"')


def _texts(article: Article) -> list[Localised]:
    more = [text for text in (article.summary, article.note, article.caution) if text is not None]
    return [article.headline, *article.facts, *article.fans_say, *more]


def _file(folder: str, entry_id: str) -> str:
    return str(PurePosixPath(folder) / f"{entry_id}.toml")
