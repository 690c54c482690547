"""How the truth about a moment is told: what was planned, who it came from, how it is known, the source."""

from typing import Any, Final

import discord

from bot.domain.library import Article, Library
from bot.domain.moments import Moment, Part, Verdict
from bot.domain.packs import OWN
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.text.names import CONFIDENCE, EVIDENCE, ORIGINS
from bot.ui.cite import cite, drama_title
from bot.ui.pages import link, plain, veil
from bot.ui.ways import DRAMA, READ

LONGEST: Final = 850
"""Characters of a text of a pack once its marks are escaped; all of them together fit a message."""


def drama_line(moment: Moment, library: Library, _: Phrases) -> str:
    """Name the drama in both scripts, and the episode where it is known."""
    drama = drama_title(library.drama_of(moment), _)
    if moment.episode:
        return _("{drama}, episode {episode}", drama=drama, episode=moment.episode)
    return drama


def fenced(text: str, moment: Moment) -> str:
    """Return text about a moment, behind a veil where the moment gives anything of its drama away."""
    return text if moment.spoilers is SpoilerLevel.NONE else veil(text)


def said(text: str, moment: Moment) -> str:
    """Return a text of a moment; what a pack wrote cannot format anything, nor grow beyond a message by that."""
    return shorten(plain(text), LONGEST).removesuffix("\\…") if moment.id.startswith(OWN) else text


def part_of(moment: Moment, part: Part, _: Phrases) -> str:
    """Name a part of a moment."""
    return said(_.of(part.asked), moment)


def scene_of(moment: Moment, _: Phrases) -> str:
    """Tell what happens on screen."""
    return said(_.of(moment.scene), moment)


def truth(moment: Moment, part: Part, library: Library, _: Phrases) -> str:
    """Tell what was planned and what not, and how it is known; what spoils stands behind one veil."""
    source = source_of(moment, library)
    told = f"**{part_of(moment, part, _)}**: {said(_.of(moment.reveal), moment)}"
    came = _came_from(moment, _)
    grade = f"{_(EVIDENCE[moment.evidence])}; {_(CONFIDENCE[moment.confidence])}"
    known = f"{_('How it is known')}: {said(_.of(moment.how_known), moment)} ({grade})"
    if moment.spoilers is SpoilerLevel.NONE:
        return "\n".join((told, *came, f"-# {known}", f"-# {_('Source')}: {cite(source, _)}"))
    hidden = veil("\n".join((told, *came, known)))
    return f"{hidden}\n-# {_('Source')}: {cite(source, _, fenced=True)}"


def source_of(moment: Moment, library: Library) -> Article:
    """The best source of a moment."""
    return library.articles[moment.sources[0]]


def story_button(moment: Moment, library: Library, _: Phrases) -> list[discord.ui.Item[Any]]:
    """The button that leads to the source: its card in the library, or the address that a pack gives."""
    source = source_of(moment, library)
    if not source.id.startswith(OWN):
        return [READ.button(_("Read the story"), source.id)]
    return [link(_("Read the story"), source.link)] if source.link else []


def drama_button(moment: Moment, _: Phrases) -> list[discord.ui.Item[Any]]:
    """The button that leads to the card of the drama; a pack's drama has none."""
    return [] if moment.id.startswith(OWN) else [DRAMA.button(_("About the drama"), moment.drama_id)]


def _came_from(moment: Moment, _: Phrases) -> list[str]:
    if moment.verdict is Verdict.SCRIPTED:
        return []
    origin = f"**{_(ORIGINS[moment.origin])}**"
    return [origin if moment.credit is None else f"{origin}: {said(_.of(moment.credit), moment)}"]
