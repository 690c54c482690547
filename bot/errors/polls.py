"""Refusals of ship polls."""

from bot.errors.base import N_, UserError


class PollClosed(UserError):
    message = N_("This poll is closed; your vote was not counted.")


class AlreadyClosed(UserError):
    message = N_("This poll is closed already.")


class PollGone(UserError):
    message = N_("This poll no longer exists.")


class PollPaused(UserError):
    message = N_("This bracket is paused; votes count again when it goes on.")


class VotersOnly(UserError):
    message = N_("Only members with the role {role} vote here.")


class HostsOnly(UserError):
    message = N_("Only members with the role {role}, and managers, start polls and brackets here.")


class NotYourPoll(UserError):
    message = N_("Only the member who started this poll, or a manager, can close it.")


class SameVote(UserError):
    message = N_("You voted for {couple} already. “My vote” changes it or takes it back.")


class NoVotesLeft(UserError):
    message = N_("You have used your {limit} votes. Take one back with “My vote” first.")


class NoVote(UserError):
    message = N_("You have not voted in this poll.")


class ResultHidden(UserError):
    message = N_("The votes of this poll stay hidden until it closes.")


class BallotsSecret(UserError):
    message = N_("This poll is anonymous; who voted for whom is shown to nobody.")


class NoSuchPoll(UserError):
    message = N_("I find no such poll here. Choose one from the list.")


class PollStands(UserError):
    message = N_("This poll stands here: {link} Only who started it, and managers, can move it.")


class PollElsewhere(UserError):
    message = N_("That poll belongs to another channel. Only who started it, and managers, can take it from there.")


class NoPollInMessage(UserError):
    message = N_("That message is no ship poll of mine.")


class TooFewCouples(UserError):
    message = N_("A poll needs at least two couples.")


class TooManyCouples(UserError):
    message = N_("A poll takes {limit} couples at most.")


class TooManyChoices(UserError):
    message = N_("So many choices leave nothing to decide here: {most} at most.")


class EqualCouples(UserError):
    message = N_("“{name}” is in the poll twice; every couple can stand only once.")


class DurationUnclear(UserError):
    message = N_("I do not understand “{text}” as a length of time. Write it like 30m, 2h or 3d.")


class DurationInPast(UserError):
    message = N_("That time has passed already. Write how long the poll stays open, like 30m, 2h or 3d.")


class DurationTooShort(UserError):
    message = N_("That is too short: a vote stays open for {shortest} or longer.")


class DurationTooLong(UserError):
    message = N_("That is too long: {longest} at most.")
