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
    │   ├── NoSuchPerson          the text is no actor of the library
    │   ├── LinkNotWeb            a link that is no web address
    │   ├── LinkTooLong           a link longer than a button takes
    │   ├── DateUnclear           the text is no date, or one to come
    │   ├── NoHeadline            an article without headline or publisher
    │   ├── HeadlineTooLong       longer than a headline may be
    │   ├── PublisherTooLong      longer than a publisher's name may be
    │   ├── SummaryTooLong        longer than a summary may be
    │   ├── AlreadyInLibrary      the guild has an article with that link
    │   ├── NoSuchArticle         the guild has no such article of its own
    │   ├── TooManyArticles       the guild's library is full
    │   ├── LibraryEmpty          the guild has no articles of its own
    │   ├── DraftGone             a preview that was saved, or is too old
    │   ├── FileTooBig            the file is larger than a library may be
    │   ├── FileOfNoKind          the file is neither TOML nor CSV
    │   ├── FileNotText           the file is no text in UTF-8
    │   ├── FileUnreadable        the file takes too long to read
    │   ├── NoSuchFeed            the guild follows no such feed
    │   ├── TooManyFeeds          the guild follows as many as it may
    │   ├── AlreadyFollowed       the channel follows that feed
    │   ├── TooManyFilters        the feed has as many filters as it may
    │   ├── ChannelElsewhere      a channel of another guild
    │   ├── ChannelRefused        the channel of a feed is gone, or closed to Adlib
    │   ├── FeedsBusy             others are read just now
    │   ├── FeedUnreadable        an address gives no feed
    │   │   ├── AddressPrivate    the address is none of the public internet
    │   │   ├── AddressUnknown    no such website
    │   │   ├── SiteSilent        it does not answer in time
    │   │   ├── SiteRefused       it answers with an error
    │   │   ├── FeedGone          it says that the feed is gone for good
    │   │   ├── TooManyRedirects  it sends on and on
    │   │   ├── AnswerTooBig      more than a feed may have
    │   │   ├── NotAFeed          something else is there
    │   │   ├── PageNamesFeeds    a page is there that names its feeds
    │   │   └── FeedBroken        no entry of it can be read
    │   ├── DurationUnclear       the text is no length of time
    │   ├── DurationInPast        the length of time is negative, or nothing
    │   ├── DurationTooShort      a vote must stay open for longer
    │   └── DurationTooLong       a vote or nominations must not stay open for so long
    └── HostError                 said once to the host on standard error; ends the process with `exit_code`
        ├── ConfigurationError    78: starting again changes nothing
        └── TemporaryError        1: worth another try

A `UserError` carries an English sentence, which is also the key of its translation, and the values to fill in. This
package imports nothing of Adlib, so that every room may raise what it draws.
"""

from bot.errors.base import (
    N_ as N_,
    AdlibError as AdlibError,
    ConfigurationError as ConfigurationError,
    HostError as HostError,
    TemporaryError as TemporaryError,
    UserError as UserError,
)
from bot.errors.brackets import (
    AlreadyNominated as AlreadyNominated,
    BracketRunning as BracketRunning,
    NominationsUsed as NominationsUsed,
    NoSuchBracket as NoSuchBracket,
    NoSuchEntrant as NoSuchEntrant,
    NotNominated as NotNominated,
    NotPossibleNow as NotPossibleNow,
    NotYourBracket as NotYourBracket,
    TooFewEntrants as TooFewEntrants,
    TooManyNominees as TooManyNominees,
)
from bot.errors.feeds import (
    AddressPrivate as AddressPrivate,
    AddressUnknown as AddressUnknown,
    AlreadyFollowed as AlreadyFollowed,
    AnswerTooBig as AnswerTooBig,
    ChannelElsewhere as ChannelElsewhere,
    ChannelRefused as ChannelRefused,
    FeedBroken as FeedBroken,
    FeedGone as FeedGone,
    FeedsBusy as FeedsBusy,
    FeedUnreadable as FeedUnreadable,
    NoSuchFeed as NoSuchFeed,
    NotAFeed as NotAFeed,
    PageNamesFeeds as PageNamesFeeds,
    SiteRefused as SiteRefused,
    SiteSilent as SiteSilent,
    TooManyFeeds as TooManyFeeds,
    TooManyFilters as TooManyFilters,
    TooManyRedirects as TooManyRedirects,
)
from bot.errors.games import (
    AlreadyAnswered as AlreadyAnswered,
    AlreadyReported as AlreadyReported,
    AlreadySeen as AlreadySeen,
    AlreadySkipped as AlreadySkipped,
    BoardHidden as BoardHidden,
    GameAlreadyRunning as GameAlreadyRunning,
    NoDaily as NoDaily,
    NoGameRunning as NoGameRunning,
    NoSuchDrama as NoSuchDrama,
    NoSuchMoment as NoSuchMoment,
    NoSuchSeason as NoSuchSeason,
    NoSuchZone as NoSuchZone,
    NothingSeen as NothingSeen,
    NothingToAsk as NothingToAsk,
    NothingToRisk as NothingToRisk,
    NothingWritten as NothingWritten,
    NotSeen as NotSeen,
    NotYourGame as NotYourGame,
    RiskTaken as RiskTaken,
    RoundClosed as RoundClosed,
    TooLateToRisk as TooLateToRisk,
)
from bot.errors.library import (
    AlreadyInLibrary as AlreadyInLibrary,
    DateUnclear as DateUnclear,
    DraftGone as DraftGone,
    FileNotText as FileNotText,
    FileOfNoKind as FileOfNoKind,
    FileTooBig as FileTooBig,
    FileUnreadable as FileUnreadable,
    HeadlineTooLong as HeadlineTooLong,
    LibraryEmpty as LibraryEmpty,
    LinkNotWeb as LinkNotWeb,
    LinkTooLong as LinkTooLong,
    NoHeadline as NoHeadline,
    NoSuchArticle as NoSuchArticle,
    NoSuchPerson as NoSuchPerson,
    PublisherTooLong as PublisherTooLong,
    SummaryTooLong as SummaryTooLong,
    TooManyArticles as TooManyArticles,
)
from bot.errors.names import (
    ActorsNotShipped as ActorsNotShipped,
    AlreadyBlocked as AlreadyBlocked,
    MemberNotShipped as MemberNotShipped,
    NameBlocked as NameBlocked,
    NameNotPlain as NameNotPlain,
    NameTooLong as NameTooLong,
    NoSuchCouple as NoSuchCouple,
    NotBlocked as NotBlocked,
    SamePerson as SamePerson,
    TooManyBlocked as TooManyBlocked,
)
from bot.errors.packs import (
    NoSuchPack as NoSuchPack,
    PackBroken as PackBroken,
    PackNotText as PackNotText,
    PackOff as PackOff,
    PackOfNoKind as PackOfNoKind,
    PackTooBig as PackTooBig,
    TooManyPacks as TooManyPacks,
)
from bot.errors.places import (
    CannotPostHere as CannotPostHere,
    EmptyQuery as EmptyQuery,
    GuildOnly as GuildOnly,
    ManagersOnly as ManagersOnly,
    NothingFound as NothingFound,
    Outdated as Outdated,
)
from bot.errors.polls import (
    AlreadyClosed as AlreadyClosed,
    BallotsSecret as BallotsSecret,
    DurationInPast as DurationInPast,
    DurationTooLong as DurationTooLong,
    DurationTooShort as DurationTooShort,
    DurationUnclear as DurationUnclear,
    EqualCouples as EqualCouples,
    HostsOnly as HostsOnly,
    NoPollInMessage as NoPollInMessage,
    NoSuchPoll as NoSuchPoll,
    NotYourPoll as NotYourPoll,
    NoVote as NoVote,
    NoVotesLeft as NoVotesLeft,
    PollClosed as PollClosed,
    PollElsewhere as PollElsewhere,
    PollGone as PollGone,
    PollPaused as PollPaused,
    PollStands as PollStands,
    ResultHidden as ResultHidden,
    SameVote as SameVote,
    TooFewCouples as TooFewCouples,
    TooManyChoices as TooManyChoices,
    TooManyCouples as TooManyCouples,
    VotersOnly as VotersOnly,
)
