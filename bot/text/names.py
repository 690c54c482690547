"""How the words of the rules are said: origins, evidence, answers, policies."""

from typing import Final

from bot.domain.feeds import FeedState, Rhythm
from bot.domain.games import Angle, Answer, Mode
from bot.domain.moments import Confidence, Evidence, Kind, Origin, Verdict
from bot.domain.own_articles import Change
from bot.domain.packs import BuiltIn
from bot.domain.periods import Period
from bot.domain.polls import Secrecy
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy, SpoilerWish
from bot.domain.texts import Language
from bot.errors import N_

ANSWERS: Final = {Answer.SCRIPTED: N_("In the script"), Answer.AD_LIB: N_("Ad-lib")}

IDEAS: Final = {
    Origin.SCRIPT: N_("In the script"),
    Origin.DIRECTOR_ON_SET: N_("The director's idea, on the set"),
    Origin.PERFORMERS: N_("The actors' own idea"),
    Origin.ACCIDENT: N_("An accident"),
}
"""The choices of the question whose idea something was."""

ASKS: Final = {
    Angle.SCRIPT: N_("Was this in the script?"),
    Angle.WHOSE: N_("Whose idea was this?"),
    Angle.DRAMA: N_("Which drama is this from?"),
    Angle.WHO: N_("Who came up with this?"),
    Angle.ODD_ONE: N_("Only one of these was an ad-lib. Which?"),
}

MODES: Final = {
    Mode.CLASSIC: N_("Classic"),
    Mode.EXPERT: N_("Expert"),
    Mode.MIXED: N_("Mixed"),
    Mode.BOLD: N_("Bold"),
    Mode.DAILY: N_("Daily question"),
}

MODES_OFFERED: Final = {
    Mode.CLASSIC: N_("Classic: in the script or an ad-lib?"),
    Mode.EXPERT: N_("Expert: whose idea was it? Wrong answers cost"),
    Mode.MIXED: N_("Mixed: script, idea, drama, actor, odd one out"),
    Mode.BOLD: N_("Bold: keep what you won, or double it or lose it"),
}
"""What each mode is, in the words of the menu."""

KINDS: Final = {
    Kind.KISS: N_("Kisses"),
    Kind.LINE: N_("Lines"),
    Kind.COMEDY: N_("Comedy"),
    Kind.GESTURE: N_("Gestures"),
    Kind.OTHER: N_("Other scenes"),
}

PACKS: Final = {
    BuiltIn.EVERYTHING: N_("Everything"),
    BuiltIn.IMPROVISED_KISSES: N_("Improvised kisses"),
    BuiltIn.KISSES: N_("Kisses"),
    BuiltIn.LINES: N_("Lines"),
    BuiltIn.COMEDY: N_("Comedy"),
}

VERDICTS: Final = {
    Verdict.SCRIPTED: N_("In the script"),
    Verdict.IMPROVISED: N_("Ad-lib"),
    Verdict.PARTLY: N_("Partly in the script, partly an ad-lib"),
}
"""What is said of a whole scene."""

ORIGINS: Final = {
    Origin.SCRIPT: N_("In the script"),
    Origin.PERFORMERS: N_("The actors' idea"),
    Origin.DIRECTOR_ON_SET: N_("An idea on the set"),
    Origin.MIXED: N_("An idea of actors and director"),
    Origin.ACCIDENT: N_("An accident"),
}
"""What stands before the name of whoever it came from."""

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

SPOILER_WISHES: Final = {
    SpoilerWish.NONE: N_("No spoilers"),
    SpoilerWish.MILD: N_("Mild spoilers"),
    SpoilerWish.ALL: N_("All spoilers"),
    SpoilerWish.SEEN_BY_ME: N_("Only dramas that I have seen"),
    SpoilerWish.SEEN_BY_US: N_("Only dramas that we all have seen"),
}
"""What a game may give away; the limit of the server holds in any case."""

PERIODS: Final = {
    Period.TODAY: N_("Today"),
    Period.WEEK: N_("Week"),
    Period.MONTH: N_("Month"),
    Period.SEASON: N_("Season"),
    Period.ALL: N_("All time"),
}

LANGUAGES: Final = {Language.ENGLISH: "English", Language.KOREAN: "한국어"}
"""Languages are named in themselves."""

SECRECIES: Final = {
    Secrecy.ANONYMOUS: N_("Anonymous"),
    Secrecy.PUBLIC: N_("Public"),
    Secrecy.HIDDEN: N_("Hidden until the close"),
}

SECRECY_MEANS: Final = {
    Secrecy.ANONYMOUS: N_("Anonymous: nobody sees who voted for whom, not even managers."),
    Secrecy.PUBLIC: N_("Public: everybody can look up who voted for whom."),
    Secrecy.HIDDEN: N_("Hidden: nobody sees the votes before the close, and never who voted for whom."),
}
"""What a poll says of itself, so that nobody votes under a wrong belief."""

RHYTHMS: Final = {
    Rhythm.AT_ONCE: N_("At once"),
    Rhythm.DAILY: N_("Once a day"),
    Rhythm.WEEKLY: N_("Once a week, on Monday"),
}

FEED_STATES: Final = {
    FeedState.DRAFT: N_("not followed yet"),
    FeedState.FOLLOWED: N_("followed"),
    FeedState.PAUSED: N_("paused"),
    FeedState.GIVEN_UP: N_("given up"),
}

ARTICLE_FIELDS: Final = {
    "headline": N_("Headline"),
    "publisher": N_("Publisher"),
    "date": N_("Date"),
    "url": N_("Link"),
    "summary": N_("Summary"),
    "dramas": N_("Dramas"),
    "people": N_("People"),
}
"""What is written down of an article of a guild's own."""

LIBRARY_CHANGES: Final = {
    Change.ADDED: N_("{who} added “{headline}”"),
    Change.EDITED: N_("{who} changed “{headline}”"),
    Change.REMOVED: N_("{who} removed “{headline}”"),
}
"""What somebody has done to a guild's own library."""
