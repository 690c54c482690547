"""What a guild has chosen."""

from dataclasses import dataclass

from bot.domain.spoilers import SpoilerPolicy
from bot.domain.texts import Language


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of one guild. `language` None follows the guild's own language on Discord."""

    guild_id: int
    language: Language | None = None
    spoilers: SpoilerPolicy = SpoilerPolicy.MILD

    def public_language(self, discord_locale: Language) -> Language:
        """The language of what everybody in the guild sees."""
        return self.language or discord_locale
