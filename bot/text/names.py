"""How the words of the rules are said: origins, evidence, answers, policies."""

from typing import Final

from bot.domain.games import Answer
from bot.domain.moments import Confidence, Evidence, Origin
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import Language
from bot.errors import N_

ANSWERS: Final = {Answer.SCRIPTED: N_("In the script"), Answer.AD_LIB: N_("Ad-lib")}

ORIGINS: Final = {
    Origin.SCRIPT: N_("the script"),
    Origin.PERFORMERS: N_("the actors"),
    Origin.DIRECTOR_ON_SET: N_("the director, on the set"),
    Origin.MIXED: N_("actors and director together"),
    Origin.ACCIDENT: N_("an accident"),
}

EVIDENCE: Final = {
    Evidence.STATED: N_("the source says so"),
    Evidence.INFERRED: N_("concluded from what the source shows"),
}

CONFIDENCE: Final = {
    Confidence.HIGH: N_("well sourced"),
    Confidence.MEDIUM: N_("one report"),
    Confidence.LOW: N_("a weak source"),
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
