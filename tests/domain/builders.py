"""Moments for tests, as short as a test wants them."""

from bot.domain.games import Question
from bot.domain.moments import Aired, Confidence, Evidence, Kind, Moment, Origin, Part, Verdict
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised

_ORIGIN = {
    Verdict.SCRIPTED: Origin.SCRIPT,
    Verdict.IMPROVISED: Origin.PERFORMERS,
    Verdict.PARTLY: Origin.PERFORMERS,
}


def moment(
    moment_id: str,
    *planned: bool,
    drama_id: str = "drama",
    spoilers: SpoilerLevel = SpoilerLevel.NONE,
    sources: tuple[str, ...] = ("article",),
    not_asked_because: str | None = None,
) -> Moment:
    """A moment with one part for each of `planned`."""
    kinds = set(planned)
    verdict = Verdict.PARTLY if len(kinds) == 2 else Verdict.SCRIPTED if True in kinds else Verdict.IMPROVISED
    return Moment(
        id=moment_id,
        drama_id=drama_id,
        kind=Kind.KISS,
        verdict=verdict,
        origin=_ORIGIN[verdict],
        evidence=Evidence.STATED,
        confidence=Confidence.HIGH,
        aired=Aired.CONFIRMED,
        spoilers=spoilers,
        performers=("Somebody",),
        sources=sources,
        scene=Localised("A scene."),
        reveal=Localised("The truth."),
        how_known=Localised("An interview"),
        parts=tuple(Part(is_planned, Localised("the kiss")) for is_planned in planned),
        not_asked_because=not_asked_because,
    )


def key(question: Question) -> tuple[str, int]:
    """How what was asked before is counted."""
    return question.moment_id, question.part
