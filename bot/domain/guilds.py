"""What a guild has chosen."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language


class RoleId(int):
    """The id of a role of the guild; a refusal that names it shows it as a mention, which pings nobody."""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of one guild. `language` None follows the guild's own language on Discord.

    `time_zone` is an IANA name. The daily question comes to `daily_channel_id` at `daily_hour` (0 to 23) of that zone;
    both are None where there is none. `daily_locale` is the language that the guild had set on Discord then.

    Who opens ship polls and brackets besides managers: members with `host_role_id`, or everybody where that is None.
    `actors` lets the actors be shipped beside their characters; `drop_leavers` takes away, at the close, the votes of
    members who have left.
    """

    guild_id: int
    language: Language | None = None
    spoilers: SpoilerPolicy = SpoilerPolicy.MILD
    time_zone: str = "Asia/Seoul"
    daily_channel_id: int | None = None
    daily_hour: int | None = None
    daily_locale: Language | None = None
    host_role_id: int | None = None
    actors: bool = False
    drop_leavers: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, ready to reckon with."""
        return ZoneInfo(self.time_zone)

    def public_language(self, discord_locale: Language) -> Language:
        """The language of what everybody in the guild sees."""
        return self.language or discord_locale
