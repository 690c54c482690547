"""Refusals of every feature: nothing found, not allowed, not here."""

from bot.errors.base import N_, UserError


class NothingFound(UserError):
    message = N_("Nothing in the library matches “{query}”. Try fewer letters, or the drama's title.")


class EmptyQuery(UserError):
    message = N_("Type a few letters of what you remember: a title, a name, a scene.")


class ManagersOnly(UserError):
    message = N_("Only members who may manage this server can change that.")


class GuildOnly(UserError):
    message = N_("That works only in a channel of a server that has added Adlib itself.")


class CannotPostHere(UserError):
    message = N_("I may not post in this channel. Ask a manager to allow me: {permissions}.")


class Outdated(UserError):
    message = N_("This button or form is from an older version. Please use the command again; /help lists them.")
