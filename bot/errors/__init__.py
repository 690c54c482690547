"""The refusals of Adlib, as one tree.

    AdlibError
    ├── UserError                 said privately to the member, in her language; nothing has changed
    │   ├── NothingFound          no entry answers to what was typed
    │   ├── EmptyQuery            the search text holds no letter or digit
    │   ├── ManagersOnly          the button belongs to members who may manage the guild
    │   ├── GuildOnly             the command needs a guild
    │   ├── CannotPostHere        Adlib lacks a permission in this channel
    │   ├── Outdated              the button or form is of an older version, or of something gone
    │   ├── GameAlreadyRunning    one game a channel
    │   ├── NoGameRunning         nothing to stop
    │   ├── NotYourGame           only the starter and managers stop a game
    │   ├── NothingToAsk          no question is left under the spoiler policy and the filters
    │   ├── NothingSeen           a game about what was seen, and nothing is marked as seen
    │   ├── RoundClosed           the guess came after the round
    │   ├── AlreadyAnswered       the first guess counts
    │   ├── AlreadySkipped        one voice a member for skipping
    │   ├── NothingToRisk         only what was won in the last round can be risked
    │   ├── TooLateToRisk         the next question stands already
    │   ├── RiskTaken             and points at risk in it cannot be taken back
    │   ├── NoSuchDrama           the text is no drama of the catalogue
    │   ├── AlreadySeen           the drama is marked as seen already
    │   ├── NotSeen               the drama is not marked as seen
    │   ├── NoSuchMoment          the moment is not in the library (any more)
    │   ├── AlreadyReported       the member's report of that moment is waiting already
    │   ├── NothingWritten        a report without words
    │   ├── NoSuchZone            the text is no time zone
    │   ├── NoDaily               no daily question is set up
    │   ├── NoSuchSeason          there was no such season
    │   ├── BoardHidden           that member is hidden from boards
    │   ├── NoSuchPack            the guild has no such pack
    │   ├── PackOff               the pack is switched off
    │   ├── PackTooBig            the file is larger than a pack may be
    │   ├── PackNotText           the file is no text in UTF-8
    │   ├── PackOfNoKind          the file is neither TOML nor CSV
    │   ├── PackBroken            the file has faults; it carries all of them
    │   ├── TooManyPacks          the guild has as many packs as it may
    │   ├── PollClosed            the vote came after the close
    │   ├── AlreadyClosed         a poll is closed once
    │   ├── PollGone              the poll is not stored (any more)
    │   ├── PollPaused            the bracket that the poll belongs to is paused
    │   ├── VotersOnly            only members with a certain role vote here
    │   ├── HostsOnly             only members with a certain role open polls and brackets here
    │   ├── NotYourPoll           only who started it, and managers, close a poll
    │   ├── SameVote              the member has voted for that couple already
    │   ├── NoVotesLeft           the member has given all votes she has in the poll
    │   ├── NoVote                there is no vote to take back
    │   ├── ResultHidden          the tally of a hidden poll is shown at its close
    │   ├── BallotsSecret         only a public poll tells who voted for whom
    │   ├── NoSuchPoll            the guild has no such poll
    │   ├── PollStands            only who started it, and managers, move an open poll
    │   ├── PollElsewhere         the same for a poll of another channel, closed or not
    │   ├── NoPollInMessage       the message is no poll of Adlib
    │   ├── TooFewCouples         a poll needs two
    │   ├── TooManyCouples        a poll holds no more
    │   ├── TooManyChoices        everybody could vote for everything
    │   ├── EqualCouples          two options of a poll are the same
    │   ├── NoSuchCouple          the text is no couple of the catalogue and not two names
    │   ├── SamePerson            both names of a typed couple are one
    │   ├── NameNotPlain          a typed name holds formatting, a mention or an invisible character
    │   ├── NameTooLong           a typed name does not fit on a button
    │   ├── ActorsNotShipped      the guild keeps to characters
    │   ├── NameBlocked           a manager has blocked that name
    │   ├── MemberNotShipped      members are never shipped
    │   ├── AlreadyBlocked        the name is on the block list
    │   ├── NotBlocked            the name is not on the block list
    │   ├── TooManyBlocked        the block list is full
    │   ├── BracketRunning        one bracket a channel
    │   ├── NoSuchBracket         the guild has no such bracket
    │   ├── NotYourBracket        only who started it, and managers, run a bracket
    │   ├── NotPossibleNow        the bracket does not stand where that is possible
    │   ├── AlreadyNominated      the member has nominated that couple
    │   ├── NominationsUsed       the member has nominated all she may
    │   ├── NotNominated          the member has not nominated that couple
    │   ├── NoSuchEntrant         the couple is not among the nominated ones
    │   ├── TooManyNominees       a bracket takes no more nominations
    │   ├── TooFewEntrants        a bracket needs four couples
    │   ├── DurationUnclear       the text is no length of time
    │   ├── DurationInPast        the length of time is negative, or nothing
    │   ├── DurationTooShort      a vote must stay open for longer
    │   └── DurationTooLong       a vote or nominations must not stay open for so long
    └── HostError                 said once to the host on standard error; ends the process with `exit_code`
        ├── ConfigurationError    78: starting again changes nothing
        └── TemporaryError        1: worth another try

A `UserError` carries an English sentence, which is also the key of its translation, and the values to fill in. This
module imports nothing of Adlib, so that every room may raise what it draws.
"""

from bot.errors.base import N_, AdlibError, ConfigurationError, HostError, TemporaryError, UserError
from bot.errors.brackets import (
    AlreadyNominated,
    BracketRunning,
    NominationsUsed,
    NoSuchBracket,
    NoSuchEntrant,
    NotNominated,
    NotPossibleNow,
    NotYourBracket,
    TooFewEntrants,
    TooManyNominees,
)
from bot.errors.games import (
    AlreadyAnswered,
    AlreadyReported,
    AlreadySeen,
    AlreadySkipped,
    BoardHidden,
    GameAlreadyRunning,
    NoDaily,
    NoGameRunning,
    NoSuchDrama,
    NoSuchMoment,
    NoSuchSeason,
    NoSuchZone,
    NothingSeen,
    NothingToAsk,
    NothingToRisk,
    NothingWritten,
    NotSeen,
    NotYourGame,
    RiskTaken,
    RoundClosed,
    TooLateToRisk,
)
from bot.errors.names import (
    ActorsNotShipped,
    AlreadyBlocked,
    MemberNotShipped,
    NameBlocked,
    NameNotPlain,
    NameTooLong,
    NoSuchCouple,
    NotBlocked,
    SamePerson,
    TooManyBlocked,
)
from bot.errors.packs import NoSuchPack, PackBroken, PackNotText, PackOff, PackOfNoKind, PackTooBig, TooManyPacks
from bot.errors.places import CannotPostHere, EmptyQuery, GuildOnly, ManagersOnly, NothingFound, Outdated
from bot.errors.polls import (
    AlreadyClosed,
    BallotsSecret,
    DurationInPast,
    DurationTooLong,
    DurationTooShort,
    DurationUnclear,
    EqualCouples,
    HostsOnly,
    NoPollInMessage,
    NoSuchPoll,
    NotYourPoll,
    NoVote,
    NoVotesLeft,
    PollClosed,
    PollElsewhere,
    PollGone,
    PollPaused,
    PollStands,
    ResultHidden,
    SameVote,
    TooFewCouples,
    TooManyChoices,
    TooManyCouples,
    VotersOnly,
)

__all__ = [
    "N_",
    "ActorsNotShipped",
    "AdlibError",
    "AlreadyAnswered",
    "AlreadyBlocked",
    "AlreadyClosed",
    "AlreadyNominated",
    "AlreadyReported",
    "AlreadySeen",
    "AlreadySkipped",
    "BallotsSecret",
    "BoardHidden",
    "BracketRunning",
    "CannotPostHere",
    "ConfigurationError",
    "DurationInPast",
    "DurationTooLong",
    "DurationTooShort",
    "DurationUnclear",
    "EmptyQuery",
    "EqualCouples",
    "GameAlreadyRunning",
    "GuildOnly",
    "HostError",
    "HostsOnly",
    "ManagersOnly",
    "MemberNotShipped",
    "NameBlocked",
    "NameNotPlain",
    "NameTooLong",
    "NoDaily",
    "NoGameRunning",
    "NoPollInMessage",
    "NoSuchBracket",
    "NoSuchCouple",
    "NoSuchDrama",
    "NoSuchEntrant",
    "NoSuchMoment",
    "NoSuchPack",
    "NoSuchPoll",
    "NoSuchSeason",
    "NoSuchZone",
    "NoVote",
    "NoVotesLeft",
    "NominationsUsed",
    "NotBlocked",
    "NotNominated",
    "NotPossibleNow",
    "NotSeen",
    "NotYourBracket",
    "NotYourGame",
    "NotYourPoll",
    "NothingFound",
    "NothingSeen",
    "NothingToAsk",
    "NothingToRisk",
    "NothingWritten",
    "Outdated",
    "PackBroken",
    "PackNotText",
    "PackOfNoKind",
    "PackOff",
    "PackTooBig",
    "PollClosed",
    "PollElsewhere",
    "PollGone",
    "PollPaused",
    "PollStands",
    "ResultHidden",
    "RiskTaken",
    "RoundClosed",
    "SamePerson",
    "SameVote",
    "TemporaryError",
    "TooFewCouples",
    "TooFewEntrants",
    "TooLateToRisk",
    "TooManyBlocked",
    "TooManyChoices",
    "TooManyCouples",
    "TooManyNominees",
    "TooManyPacks",
    "UserError",
    "VotersOnly",
]
