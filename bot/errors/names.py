"""Refusals of names that members type."""

from bot.errors.base import N_, UserError


class NoSuchCouple(UserError):
    message = N_("I know no couple “{text}”. Choose one from the list, or write two names like A ♥ B.")


class SamePerson(UserError):
    message = N_("“{name}” stands there twice; a couple is two.")


class NameNotPlain(UserError):
    message = N_("Only letters in names, please: no mentions, links, formatting marks or invisible characters.")


class NameTooLong(UserError):
    message = N_("That name is too long: {limit} characters at most.")


class ActorsNotShipped(UserError):
    message = N_(
        "“{name}” is an actor. Ships on this server are about characters; a manager can change that in /settings."
    )


class NameBlocked(UserError):
    message = N_("“{name}” is on this server's block list.")


class MemberNotShipped(UserError):
    message = N_("“{name}” is the name of a member of this server. Members are never shipped.")


class AlreadyBlocked(UserError):
    message = N_("“{name}” is on the block list already.")


class NotBlocked(UserError):
    message = N_("“{name}” is not on the block list.")


class TooManyBlocked(UserError):
    message = N_("The block list takes {limit} names at most; remove one first.")
