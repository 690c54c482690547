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
    │   ├── PollGone              the poll is not stored (any more)
    │   ├── TooFewCouples         a poll needs two
    │   ├── EqualCouples          two options of a poll are the same
    │   ├── NoSuchCouple          the text is no couple of the catalogue and not two names
    │   ├── NameNotPlain          a typed name holds formatting, a mention or an invisible character
    │   ├── NameTooLong           a typed name does not fit on a button
    │   ├── DurationUnclear       the text is no length of time
    │   ├── DurationInPast        the length of time is negative, or nothing
    │   ├── DurationTooShort      a poll must stay open for longer
    │   └── DurationTooLong       a poll must not stay open for so long
    └── HostError                 said once to the host on standard error; ends the process with `exit_code`
        ├── ConfigurationError    78: starting again changes nothing
        └── TemporaryError        1: worth another try

A `UserError` carries an English sentence, which is also the key of its translation, and the values to fill in. This
module imports nothing of Adlib, so that every room may raise what it draws.
"""

from collections.abc import Sequence
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark `message` for translation where it is written; it is translated where it is shown."""
    return message


class AdlibError(Exception):
    """Whatever Adlib raises on purpose."""


class UserError(AdlibError):
    """A refusal that the member is told. `values` fill the places in `message`."""

    message: ClassVar[str] = N_("That did not work.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.message.format(**values) if values else self.message)
        self.values = values


class NothingFound(UserError):
    message = N_("Nothing in the library matches “{query}”. Try fewer letters, or the drama's title.")


class EmptyQuery(UserError):
    message = N_("Type a few letters of what you remember: a title, a name, a scene.")


class ManagersOnly(UserError):
    message = N_("Only members who may manage this server can change that.")


class GuildOnly(UserError):
    message = N_("That works in a server's channel only.")


class CannotPostHere(UserError):
    message = N_("I may not post in this channel. Ask a manager to allow me: {permissions}.")


class Outdated(UserError):
    message = N_("This button or form is from an older version. Please use the command again; /help lists them.")


class GameAlreadyRunning(UserError):
    message = N_("A game is already on in this channel: {link}")


class NoGameRunning(UserError):
    message = N_("No game is running in this channel. Start one with /trivia start.")


class NotYourGame(UserError):
    message = N_("Only the member who started this game, or a manager, can stop it.")


class NothingToAsk(UserError):
    message = N_("There is no question that fits what you asked for and the spoiler setting here.")


class NothingSeen(UserError):
    message = N_("There is nothing marked as seen to ask about. Mark dramas with /seen add.")


class RoundClosed(UserError):
    message = N_("This round is over; your click came too late and nothing was counted.")


class AlreadyAnswered(UserError):
    message = N_("You already said “{answer}”. The first answer counts.")


class AlreadySkipped(UserError):
    message = N_("You have already asked to skip this question.")


class NothingToRisk(UserError):
    message = N_("You can only risk points that you won in this round, while another one follows.")


class TooLateToRisk(UserError):
    message = N_("The next question is there already; what you won is safe.")


class RiskTaken(UserError):
    message = N_("The next question is there already; your points ride on it.")


class NoSuchDrama(UserError):
    message = N_("I know no drama “{text}”. Choose one from the list.")


class AlreadySeen(UserError):
    message = N_("“{title}” is on your list already.")


class NotSeen(UserError):
    message = N_("“{title}” is not on your list.")


class NoSuchMoment(UserError):
    message = N_("That scene is not in the library any more.")


class AlreadyReported(UserError):
    message = N_("You have already reported this scene; the managers of this server see it.")


class NothingWritten(UserError):
    message = N_("Please write what is wrong.")


class NoSuchZone(UserError):
    message = N_("I know no time zone “{text}”. Write a city, a name like Europe/Madrid, or an offset like UTC+9.")


class NoDaily(UserError):
    message = N_("There is no daily question on this server. A manager can set one up with /daily start.")


class NoSuchSeason(UserError):
    message = N_("There was no season {number} on this server.")


class BoardHidden(UserError):
    message = N_("That member does not show points.")


class NoSuchPack(UserError):
    message = N_("This server has no pack “{name}”.")


class PackOff(UserError):
    message = N_("The pack “{name}” is switched off. A manager can switch it on with /pack list.")


class PackTooBig(UserError):
    message = N_("That file is too big: a pack has at most {megabytes} MB and {moments} scenes.")


class PackNotText(UserError):
    message = N_("That file is not text in UTF-8. Save it as UTF-8 and upload it again.")


class PackOfNoKind(UserError):
    message = N_("A pack is a .toml or a .csv file. /pack example gives you one to fill in.")


class PackBroken(UserError):
    """`faults` are all faults of the file, in the order of its lines."""

    message = N_("The file has {count} faults; nothing was stored.")

    def __init__(self, faults: Sequence[object]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults


class TooManyPacks(UserError):
    message = N_("This server has {limit} packs already; remove one first.")


class PollClosed(UserError):
    message = N_("This poll is closed; your vote was not counted.")


class PollGone(UserError):
    message = N_("This poll no longer exists.")


class TooFewCouples(UserError):
    message = N_("A poll needs at least two couples.")


class EqualCouples(UserError):
    message = N_("“{name}” is in the poll twice; every couple can stand only once.")


class NoSuchCouple(UserError):
    message = N_("I know no couple “{text}”. Choose one from the list, or write two names like A ♥ B.")


class NameNotPlain(UserError):
    message = N_("Write names in plain letters: no mentions, formatting marks or invisible characters.")


class NameTooLong(UserError):
    message = N_("That name is too long: {limit} characters at most.")


class DurationUnclear(UserError):
    message = N_("I do not understand “{text}” as a length of time. Write it like 30m, 2h or 3d.")


class DurationInPast(UserError):
    message = N_("That time has passed already. Write how long the poll stays open, like 30m, 2h or 3d.")


class DurationTooShort(UserError):
    message = N_("That is too short: a poll stays open for {shortest} or longer.")


class DurationTooLong(UserError):
    message = N_("That is too long: a poll stays open for {longest} at most.")


class HostError(AdlibError):
    """One sentence for whoever runs the bot; the process ends with `exit_code`."""

    exit_code: ClassVar[int] = 1


class ConfigurationError(HostError):
    """Something is set wrongly. Exit code 78 (EX_CONFIG of sysexits.h) tells a supervisor not to restart."""

    exit_code = 78


class TemporaryError(HostError):
    """Something is not there at the moment; a supervisor may start the bot again."""
