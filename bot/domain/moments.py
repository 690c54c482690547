"""A moment: a scene, and the truth about it, graded as its sources allow."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised


class Kind(StrEnum):
    """What a moment is made of."""

    KISS = "kiss"
    LINE = "line"
    COMEDY = "comedy"
    GESTURE = "gesture"
    OTHER = "other"


class Verdict(StrEnum):
    """What the sources say of the whole moment."""

    SCRIPTED = "scripted"
    IMPROVISED = "improvised"
    PARTLY = "partly"


class Origin(StrEnum):
    """Who the departure from the script came from; `SCRIPT` where there was none."""

    SCRIPT = "script"
    PERFORMERS = "performers"
    DIRECTOR_ON_SET = "director_on_set"
    MIXED = "mixed"
    ACCIDENT = "accident"


class Evidence(StrEnum):
    """Whether a source says it in words, or it is concluded from what a source shows."""

    STATED = "stated"
    INFERRED = "inferred"


class Confidence(StrEnum):
    """HIGH: two independent sources, or one report of a primary one; MEDIUM: one secondary source; LOW: a weak one."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Aired(StrEnum):
    """Whether the take is known to have been broadcast."""

    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a moment that a question can be about.

    `planned`: it was in the script, or planned or rehearsed beforehand. `asked` names it without giving that away.
    """

    planned: bool
    asked: Localised


@dataclass(frozen=True, slots=True)
class Moment:
    """A scene of the drama `drama_id` and the truth about it.

    `scene` is shown in the question and does not give the answer away; `reveal` is shown after it. `credit` says who
    the unplanned part came from, `how_known` who said so and where. `idea_by` is the one actor whose idea it was, where
    the sources name just one; `unclear_whose` where they leave open which of the origins it was. `sources` are article
    ids, best first.
    """

    id: str
    drama_id: str
    kind: Kind
    verdict: Verdict
    origin: Origin
    evidence: Evidence
    confidence: Confidence
    aired: Aired
    spoilers: SpoilerLevel
    performers: tuple[str, ...]
    sources: tuple[str, ...]
    scene: Localised
    reveal: Localised
    how_known: Localised
    parts: tuple[Part, ...]
    credit: Localised | None = None
    idea_by: str | None = None
    unclear_whose: bool = False
    episode: int | None = None
    not_asked_because: str | None = None

    @property
    def game_ready(self) -> bool:
        """Whether a game may ask about it."""
        return self.not_asked_because is None
