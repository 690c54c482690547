"""Which questions a moment makes: one for each angle that fits it, with choices out of the data.

Wrong choices come from moments of the same kind and dramas of about the same years, never from chance alone.
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from typing import Final

from bot.domain.games import Angle, Answer, Mode, Pick, Question
from bot.domain.library import Drama, Library
from bot.domain.moments import Moment, Origin, Part, Verdict
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised

WHOSE: Final = (Origin.SCRIPT, Origin.DIRECTOR_ON_SET, Origin.PERFORMERS, Origin.ACCIDENT)
"""The choices of `Angle.WHOSE`. What came from actors and director together is not asked from this angle."""
CHOICES: Final = 4
"""Of every angle but `Angle.SCRIPT`."""
NEIGHBOURS: Final = 400
"""Wrong choices are looked for among so many moments."""
NEAREST: Final = 8
"""Wrong choices are drawn from so many that are nearest in kind and time."""

ANGLES: Final = {
    Mode.CLASSIC: (Angle.SCRIPT,),
    Mode.EXPERT: (Angle.WHOSE,),
    Mode.MIXED: tuple(Angle),
    Mode.BOLD: (Angle.SCRIPT,),
    Mode.DAILY: (Angle.SCRIPT,),
}
"""The angles that each mode asks from."""

LITTLE_WORDS: Final = (
    *("the", "a", "an", "of", "to", "in", "on", "at", "for", "with", "from", "and", "or", "not", "no", "is", "be"),
    *("i", "my", "me", "you", "your", "he", "his", "she", "her", "it", "its", "we", "our", "us", "who", "what", "oh"),
)
"""English words that tell nothing of a drama in whose title they stand."""


def fits(angle: Angle, moment: Moment, part: int, library: Library) -> bool:
    """Tell whether part number `part` of `moment` can be asked about from `angle`, as far as the moment itself says."""
    planned = moment.parts[part].planned
    match angle:
        case Angle.SCRIPT:
            return True
        case Angle.WHOSE:
            return planned or (moment.origin in WHOSE and not moment.unclear_whose)
        case Angle.DRAMA:
            # Whoever must find the drama out cannot know beforehand whether it would be spoiled for her.
            return part == 0 and moment.spoilers is SpoilerLevel.NONE and not _names_drama(moment, library)
        case Angle.WHO:
            return not planned and moment.idea_by is not None and not _names_actor(moment, library)
        case Angle.ODD_ONE:
            return not planned


def is_planned(question: Question) -> bool | None:
    """Tell whether the right answer is that it was in the script; None where that is not what is asked."""
    if question.angle is Angle.SCRIPT:
        return question.answer == Answer.SCRIPTED
    if question.angle is Angle.WHOSE:
        return question.answer == Origin.SCRIPT
    return None


def compose(
    angle: Angle, moment: Moment, part: int, among: Sequence[Moment], library: Library, rng: random.Random
) -> Question | None:
    """Return the question with its choices; None where the data holds too few wrong ones.

    `among` are the moments that wrong choices may come from.
    """
    choices: tuple[str, ...] | None
    match angle:
        case Angle.SCRIPT:
            choices = tuple(Answer)
            answer: str = Answer.SCRIPTED if moment.parts[part].planned else Answer.AD_LIB
        case Angle.WHOSE:
            choices = tuple(WHOSE)
            answer = Origin.SCRIPT if moment.parts[part].planned else moment.origin
        case Angle.DRAMA:
            answer = moment.drama_id
            choices = _mixed(answer, _near_dramas(moment, among, library), rng)
        case Angle.WHO:
            answer = moment.idea_by or ""
            choices = _mixed(answer, _near_actors(moment, among, library), rng)
        case Angle.ODD_ONE:
            answer = Pick(moment.id, part).key
            choices = _mixed(answer, _near_scripted(moment, among, library), rng, most=CHOICES)
    return Question(moment.id, part, angle, choices, answer) if choices else None


def moments_in(question: Question) -> frozenset[str]:
    """The ids of all moments that a question gives away: its own, and the wrong ones of an odd-one-out."""
    if question.angle is Angle.ODD_ONE:
        return frozenset(Pick.of(choice).moment_id for choice in question.choices)
    return frozenset({question.moment_id})


def shown_parts(question: Question, library: Library) -> tuple[tuple[Moment, Part], ...]:
    """The parts of moments that a question shows: one, or the four of an odd-one-out in the order of its choices.

    Raises:
        KeyError: the library holds one of them no more.
    """
    if question.angle is Angle.ODD_ONE:
        picks = [Pick.of(choice) for choice in question.choices]
    else:
        picks = [Pick(question.moment_id, question.part)]
    moments = [(library.moments[pick.moment_id], pick.part) for pick in picks]
    if any(part >= len(moment.parts) for moment, part in moments):
        raise KeyError(question.moment_id)
    return tuple((moment, moment.parts[part]) for moment, part in moments)


def main_part(question: Question, library: Library) -> tuple[Moment, Part]:
    """The moment and the part that a question is about; of an odd-one-out the ad-lib.

    Raises:
        KeyError: the library holds it no more.
    """
    return next(shown for shown in shown_parts(question, library) if shown[0].id == question.moment_id)


def is_known(question: Question, library: Library) -> bool:
    """Tell whether the library still holds everything that a question speaks of."""
    try:
        shown_parts(question, library)
    except KeyError:
        return False
    return question.angle is not Angle.DRAMA or all(drama_id in library.dramas for drama_id in question.choices)


def choice_label(question: Question, choice: str, library: Library) -> Answer | Origin | Localised:
    """Return what a choice stands for: words of the rules, or a name in both scripts."""
    match question.angle:
        case Angle.SCRIPT:
            return Answer(choice)
        case Angle.WHOSE:
            return Origin(choice)
        case Angle.DRAMA:
            return library.dramas[choice].title if choice in library.dramas else Localised(choice)
        case Angle.WHO:
            return library.people[choice].names if choice in library.people else Localised(choice)
        case Angle.ODD_ONE:
            moment = library.moments.get(Pick.of(choice).moment_id)
            letter = "ABCD"[question.choices.index(choice)]
            if moment is None:
                return Localised(letter)
            title = library.drama_of(moment).title
            return Localised(f"{letter} · {title.en}", f"{letter} · {title.ko}" if title.ko else None)


def _mixed(answer: str, wrong: Iterator[str], rng: random.Random, most: int = NEAREST) -> tuple[str, ...] | None:
    """Mix the answer with three of the nearest wrong ones."""
    nearest: list[str] = []
    for choice in wrong:
        if choice != answer and choice not in nearest:
            nearest.append(choice)
        if len(nearest) == most:
            break
    if len(nearest) < CHOICES - 1:
        return None
    choices = [answer, *rng.sample(nearest, CHOICES - 1)]
    rng.shuffle(choices)
    return tuple(choices)


def _by_nearness(moment: Moment, among: Sequence[Moment], library: Library) -> list[Moment]:
    """The `NEIGHBOURS` nearest other moments: of the same kind first, then by the years between the dramas."""
    year = library.drama_of(moment).year
    return nsmallest(
        NEIGHBOURS,
        among,
        key=lambda other: (other.kind is not moment.kind, abs(library.drama_of(other).year - year), other.id),
    )


def _near_dramas(moment: Moment, among: Sequence[Moment], library: Library) -> Iterator[str]:
    return (other.drama_id for other in _by_nearness(moment, among, library))


def _near_actors(moment: Moment, among: Sequence[Moment], library: Library) -> Iterator[str]:
    """The others of the scene first: whoever knows the scene must still know whose idea it was."""
    cast = [role.actor for role in library.drama_of(moment).cast]
    others = (name for other in _by_nearness(moment, among, library) for name in other.performers)
    return chain(moment.performers, cast[:CHOICES], others)


def _near_scripted(moment: Moment, among: Sequence[Moment], library: Library) -> Iterator[str]:
    dramas = {moment.drama_id}
    for other in _by_nearness(moment, among, library):
        if other.verdict is Verdict.SCRIPTED and other.drama_id not in dramas:
            dramas.add(other.drama_id)
            yield Pick(other.id, 0).key


def _names_drama(moment: Moment, library: Library) -> bool:
    drama = library.drama_of(moment)
    return any(names_title(text, drama) for text in _shown(moment))


def names_title(text: str, drama: Drama) -> bool:
    """Tell whether `text` holds one of the drama's titles, or a telling word of it such as the name of its hero."""
    words = _words(text)
    titles = [_words(title) for title in (*drama.title.all, *drama.other_titles)]
    telling = {word for title in titles for word in title if _tells(word)}
    if any(word in words or (not word.isascii() and word in text) for word in telling):
        return True
    spoken = f" {' '.join(words)} "
    # A Korean particle may follow a title without a space.
    return any(f" {' '.join(title)}{' ' if title[-1].isascii() else ''}" in spoken for title in titles if title)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _tells(word: str) -> bool:
    return len(word) > 1 and word not in LITTLE_WORDS


def _names_actor(moment: Moment, library: Library) -> bool:
    name = moment.idea_by or ""
    names = library.people[name].names.all if name in library.people else (name,)
    return any(name.casefold() in text.casefold() for name in names for text in _shown(moment))


def _shown(moment: Moment) -> Iterator[str]:
    yield from moment.scene.all
    for part in moment.parts:
        yield from part.asked.all
