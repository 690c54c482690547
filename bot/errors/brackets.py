"""Refusals of brackets."""

from bot.errors.base import N_, UserError


class BracketRunning(UserError):
    message = N_("A bracket is already on in this channel: {link}")


class NoSuchBracket(UserError):
    message = N_("I find no such bracket here. Choose one from the list, or start one with /ship bracket start.")


class NotYourBracket(UserError):
    message = N_("Only the member who started this bracket, or a manager, can do that.")


class NotPossibleNow(UserError):
    message = N_("That is not possible at this point of the bracket; its card shows what is.")


class AlreadyNominated(UserError):
    message = N_("You have nominated {couple} already.")


class NominationsUsed(UserError):
    message = N_("You have used your {limit} nominations. Take one back first.")


class NotNominated(UserError):
    message = N_("You have not nominated that couple.")


class NoSuchEntrant(UserError):
    message = N_("That couple is not among the nominated ones.")


class TooManyNominees(UserError):
    message = N_("There are {limit} nominated couples already; support one of them instead.")


class TooFewEntrants(UserError):
    message = N_("A bracket needs at least {fewest} couples.")
