"""Refusals of feeds, and what can go wrong with an address that is not ours."""

from typing import ClassVar

from bot.errors.base import N_, UserError


class NoSuchFeed(UserError):
    message = N_("This server follows no such feed (any more).")


class TooManyFeeds(UserError):
    message = N_("This server follows {limit} feeds already; remove one first.")


class AlreadyFollowed(UserError):
    message = N_("That channel follows this feed already.")


class TooManyFilters(UserError):
    message = N_("A feed has {limit} filters at most; take one away first.")


class ChannelElsewhere(UserError):
    message = N_("That channel is not one of this server.")


class ChannelRefused(UserError):
    message = N_("The channel is gone, or I may not post in it any more.")


class FeedsBusy(UserError):
    """A feed had no turn to be read. That says nothing of it."""

    message = N_("I am reading many other feeds just now. Try again in a minute.")


class FeedUnreadable(UserError):
    """An address gave no feed. `gone` where the site says that it is no more for good."""

    message = N_("That feed cannot be read.")
    gone: ClassVar[bool] = False


class AddressPrivate(FeedUnreadable):
    message = N_("That address leads into a private network; I read public websites only.")


class AddressUnknown(FeedUnreadable):
    message = N_("There is no website at “{host}”.")


class SiteSilent(FeedUnreadable):
    message = N_("The website at “{host}” did not answer in time, or broke off.")


class SiteRefused(FeedUnreadable):
    message = N_("The website answered with an error ({status}).")


class FeedGone(FeedUnreadable):
    message = N_("The website says that this feed is gone for good.")
    gone = True


class TooManyRedirects(FeedUnreadable):
    message = N_("That address leads from one to the next without an end.")


class AnswerTooBig(FeedUnreadable):
    message = N_("What is at that address is too big for a feed: {megabytes} MB at most.")


class NotAFeed(FeedUnreadable):
    message = N_("What is at that address is not a feed (RSS, Atom or JSON Feed).")


class PageNamesFeeds(FeedUnreadable):
    message = N_("That is a web page. It names these feeds: {feeds}")


class FeedBroken(FeedUnreadable):
    message = N_("The feed at that address is broken: not one entry in it can be read.")
