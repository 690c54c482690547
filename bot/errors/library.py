"""Refusals of looking up: people, and a guild's own articles."""

from bot.errors.base import N_, UserError


class NoSuchPerson(UserError):
    message = N_("I know no actor “{text}”. Choose one from the list.")


class LinkNotWeb(UserError):
    message = N_("A link begins with https:// or http:// and names a website, without a password in it.")


class LinkTooLong(UserError):
    message = N_("That link is too long: {limit} characters at most.")


class DateUnclear(UserError):
    message = N_("A date is written 2026-08-04, 2026-08 or 2026, and is not in the future.")


class NoHeadline(UserError):
    message = N_("An article needs a headline and a publisher.")


class HeadlineTooLong(UserError):
    message = N_("That headline is too long: {limit} characters at most.")


class PublisherTooLong(UserError):
    message = N_("That publisher's name is too long: {limit} characters at most.")


class SummaryTooLong(UserError):
    message = N_("That summary is too long: {limit} characters at most.")


class AlreadyInLibrary(UserError):
    message = N_("That link is in this server's library already: “{headline}”.")


class NoSuchArticle(UserError):
    message = N_("This server's own library has no article “{text}”.")


class TooManyArticles(UserError):
    message = N_("This server's library holds {limit} articles at most; remove some first.")


class LibraryEmpty(UserError):
    message = N_("This server has no articles of its own yet. Begin with /library add.")


class DraftGone(UserError):
    message = N_("That preview is no longer there. Please begin again.")


class FileTooBig(UserError):
    message = N_("That file is too big: {megabytes} MB and {articles} articles at most.")


class FileOfNoKind(UserError):
    message = N_("A library is a .toml or a .csv file. /library export gives you one to look at.")


class FileNotText(UserError):
    message = N_("That file is not text in UTF-8. Save it as UTF-8 and import it again.")


class FileUnreadable(UserError):
    message = N_("That file takes too long to read. Try again with a smaller or a simpler one.")
