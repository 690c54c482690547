"""Refusals of games, of what members have seen, of moments and boards."""

from bot.errors.base import N_, UserError


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
