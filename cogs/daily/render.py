"""How the daily question is spoken of: its announcement in the channel, and how it is set up."""

from bot.services.daily import Daily
from bot.text.catalogue import Phrases
from bot.text.formats import relative
from bot.ui.pages import Page, card, notice


def announced(daily: Daily, _: Phrases) -> Page:
    """Tell the channel that questions will come."""
    comes = _(
        "Every day at {hour}:00 ({zone}) a question comes here. It is open until the next one; right answers on days in"
        " a row make a streak.",
        hour=daily.hour,
        zone=daily.time_zone,
    )
    first = _("The next one comes {when}.", when=relative(daily.next_at))
    return Page(card(f"## {_('Daily question')}", f"{comes}\n{first}"))


def shown(daily: Daily, _: Phrases) -> Page:
    """Say where and when the question comes."""
    return notice(
        _(
            "The daily question comes to {channel} every day at {hour}:00 ({zone}); the next one {when}. /settings"
            " changes the time zone.",
            channel=f"<#{daily.channel_id}>",
            hour=daily.hour,
            zone=daily.time_zone,
            when=relative(daily.next_at),
        )
    )
