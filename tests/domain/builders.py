"""Moments, dramas and rounds for tests, as short as a test wants them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.domain.games import Angle, Answer, Guess, Question, Round, RoundState
from bot.domain.library import Article, Drama, Library, Person, Role
from bot.domain.moments import Aired, Confidence, Evidence, Kind, Moment, Origin, Part, Verdict
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised

_ORIGIN = {
    Verdict.SCRIPTED: Origin.SCRIPT,
    Verdict.IMPROVISED: Origin.PERFORMERS,
    Verdict.PARTLY: Origin.PERFORMERS,
}
START = datetime(2026, 1, 1, 20, 0, tzinfo=UTC)
SECONDS = 20
DEADLINE = START + timedelta(seconds=SECONDS)
TICK = timedelta(milliseconds=1)
SCENE = Localised("A scene.")


def moment(
    moment_id: str,
    *planned: bool,
    drama_id: str = "drama",
    kind: Kind = Kind.KISS,
    origin: Origin | None = None,
    spoilers: SpoilerLevel = SpoilerLevel.NONE,
    performers: tuple[str, ...] = ("Somebody",),
    sources: tuple[str, ...] = ("article",),
    scene: Localised = SCENE,
    idea_by: str | None = None,
    not_asked_because: str | None = None,
) -> Moment:
    """A moment with one part for each of `planned`."""
    kinds = set(planned)
    verdict = Verdict.PARTLY if len(kinds) == 2 else Verdict.SCRIPTED if True in kinds else Verdict.IMPROVISED
    return Moment(
        id=moment_id,
        drama_id=drama_id,
        kind=kind,
        verdict=verdict,
        origin=origin or _ORIGIN[verdict],
        evidence=Evidence.STATED,
        confidence=Confidence.HIGH,
        aired=Aired.CONFIRMED,
        spoilers=spoilers,
        performers=performers,
        sources=sources,
        scene=scene,
        reveal=Localised("The truth."),
        how_known=Localised("An interview"),
        parts=tuple(Part(is_planned, Localised("what they do")) for is_planned in planned),
        idea_by=idea_by,
        not_asked_because=not_asked_because,
    )


def drama(
    drama_id: str, *moments: Moment, year: int = 2020, title: Localised | None = None, cast: tuple[str, ...] = ()
) -> Drama:
    """A drama that holds these moments."""
    roles = tuple(Role(actor) for actor in cast)
    return Drama(drama_id, title or Localised(drama_id.title()), year, roles, (), moments)


def library(*dramas: Drama, articles: Iterable[Article] = (), people: Iterable[Person] = ()) -> Library:
    """A library of these dramas."""
    return Library(
        {entry.id: entry for entry in dramas},
        {article.id: article for article in articles},
        {person.name: person for person in people},
    )


def library_of(moments: Iterable[Moment]) -> Library:
    """A library with the dramas that these moments name."""
    by_drama: dict[str, list[Moment]] = {}
    for entry in moments:
        by_drama.setdefault(entry.drama_id, []).append(entry)
    return library(*(drama(drama_id, *held) for drama_id, held in by_drama.items()))


def two_way(answer: Answer = Answer.AD_LIB) -> Question:
    """A question with the two choices of the angle "script"."""
    return Question("moment", 0, Angle.SCRIPT, tuple(Answer), answer)


def four_way(answer: Origin = Origin.ACCIDENT) -> Question:
    """A question with the four choices of the angle "whose"."""
    choices = (Origin.SCRIPT, Origin.DIRECTOR_ON_SET, Origin.PERFORMERS, Origin.ACCIDENT)
    return Question("moment", 0, Angle.WHOSE, choices, answer)


def round_of(
    question: Question | None = None,
    state: RoundState = RoundState.OPEN,
    *,
    number: int = 1,
    opened_at: datetime | None = START,
    deadline: datetime | None = DEADLINE,
) -> Round:
    """A round that was opened at `START`."""
    return Round(number, 1, 1, number, question or two_way(), state, opened_at, deadline, 99)


def guess(user_id: int, answer: str, seconds: float = 0) -> Guess:
    """A guess so many seconds after `START`."""
    return Guess(user_id, answer, START + timedelta(seconds=seconds))
