"""What several cards say the same way: how much there is, what was left out, who somebody plays."""

from bot.domain.library import Drama
from bot.domain.people import split_name
from bot.domain.texts import Localised
from bot.text.catalogue import Phrases
from bot.ui.cite import in_both_scripts
from bot.ui.pages import veil


def say_counts(drama: Drama, articles: int, _: Phrases) -> str:
    """Say how many scenes of a drama there are to play and how many articles to read; "" where there is nothing."""
    scenes = sum(moment.game_ready for moment in drama.moments)
    counts = (
        _.ngettext("{count} scene to play", "{count} scenes to play", scenes) if scenes else "",
        _.ngettext("{count} article", "{count} articles", articles) if articles else "",
    )
    return " · ".join(filter(None, counts))


def say_more(count: int, shown: int, _: Phrases) -> list[str]:
    """Return the line that says how many of `count` were left out after `shown`, if any were."""
    more = count - shown
    return [f"-# {_.ngettext('and {count} more', 'and {count} more', more)}"] if more > 0 else []


def character_line(character: Localised, _: Phrases) -> str:
    """Name a character in both scripts; who they are besides stands behind a veil."""
    first, rest = split_name(character)
    return in_both_scripts(first, _) + (f" {veil(in_both_scripts(rest, _))}" if rest else "")


def character_hint(character: Localised | None, _: Phrases) -> str:
    """Say whom somebody plays, where nothing can be veiled; "" where it is not known."""
    return _("as {character}", character=_.of(split_name(character)[0])) if character else ""
