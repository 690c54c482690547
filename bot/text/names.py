"""How the words of the rules are said: verdicts, origins, answers, policies."""

from typing import Final

from bot.domain.games import Answer
from bot.domain.moments import Confidence, Evidence, Origin, Verdict
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import N_

ANSWERS: Final = {Answer.SCRIPTED: N_("In the script"), Answer.AD_LIB: N_("Ad-lib")}

VERDICTS: Final = {
    Verdict.SCRIPTED: N_("Scripted"),
    Verdict.IMPROVISED: N_("Improvised"),
    Verdict.PARTLY: N_("Partly scripted, partly not"),
}

ORIGINS: Final = {
    Origin.SCRIPT: N_("the script"),
    Origin.PERFORMERS: N_("the actors"),
    Origin.DIRECTOR_ON_SET: N_("the director, on the set"),
    Origin.MIXED: N_("actors and director together"),
    Origin.ACCIDENT: N_("an accident"),
}

EVIDENCE: Final = {
    Evidence.STATED: N_("A source says so in words"),
    Evidence.INFERRED: N_("Concluded from what a source shows"),
}

CONFIDENCE: Final = {
    Confidence.HIGH: N_("well sourced"),
    Confidence.MEDIUM: N_("one secondary source"),
    Confidence.LOW: N_("weakly sourced"),
}

SPOILER_LEVELS: Final = {
    SpoilerLevel.NONE: N_("no spoiler"),
    SpoilerLevel.MILD: N_("mild spoiler"),
    SpoilerLevel.MAJOR: N_("big spoiler"),
}

SPOILER_POLICIES: Final = {
    SpoilerPolicy.NONE: N_("No spoilers"),
    SpoilerPolicy.MILD: N_("Mild spoilers"),
    SpoilerPolicy.ALL: N_("All spoilers"),
}

LANGUAGES: Final = {Language.ENGLISH: "English", Language.KOREAN: "한국어"}
"""Languages are named in themselves."""
