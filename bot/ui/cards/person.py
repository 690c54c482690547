"""How a person looks: whom they played and when, their couples of characters, scenes and articles."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.domain.library import Article, Couple, Drama, Library, Person
from bot.domain.moments import Moment
from bot.domain.people import Career, Played
from bot.domain.spoilers import SpoilerLevel, SpoilerPolicy
from bot.domain.texts import shorten
from bot.text.catalogue import Phrases
from bot.text.names import SPOILER_LEVELS
from bot.ui.actions import BUTTON_TEXT
from bot.ui.cards.actions import SHARE_PERSON, SHELF, SHELF_PAGE, CardList
from bot.ui.cards.article import GAME
from bot.ui.cards.here import EVERYWHERE, Here
from bot.ui.cards.lines import character_hint, character_line, say_more
from bot.ui.cards.menu import article_way, couple_way, drama_way, menu_of
from bot.ui.cite import drama_title, in_both_scripts
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, plain, row
from bot.ui.truth import drama_line, fenced
from bot.ui.ways import PLAY_DRAMA

MOST_ROLES: Final = 10
"""Roles, couples and dramas with scenes that a card lists; the others are counted and stand in its menu."""
SCENES_PAGE: Final = 5
SCENE: Final = 500
"""Characters of a scene, so that five of them fit a message."""


def person_card(
    person: Person,
    career: Career,
    library: Library,
    articles: Sequence[Article],
    _: Phrases,
    *,
    public: bool = False,
    here: Here = EVERYWHERE,
) -> Page:
    """Show a person: both scripts, roles by year, couples they play a half of, scenes and articles, and the ways on.

    `articles` are about them where it is shown. Of scenes only their number is told.
    """
    shipped = here.wanted(career.couples)
    scenes = Counter(moment.drama_id for moment in career.moments)
    texts = [_name(person, _), _roles(career, _), _couples(shipped, library, _), _scenes(scenes, library, _)]
    if articles:
        texts.append(_.ngettext("{count} article", "{count} articles", len(articles)))
    dramas = [drama_way(played.drama, _, _hint(played, _)) for played in career.roles]
    couples = [couple_way(couple, library.dramas[couple.drama_id], _) for couple in shipped]
    written = [article_way(article, library, here.policy, _) for article in articles]
    menu = menu_of([*dramas, *couples, *written], _("Dramas, couples, articles"))
    ways = _ways(person, scenes, bool(articles), library, _, public=public, plays=here.plays)
    return Page(card(*filter(None, texts), *menu, *([row(*ways)] if ways else [])))


def scenes_page(
    person: Person, moments: Sequence[Moment], page: int, library: Library, policy: SpoilerPolicy, _: Phrases
) -> Page:
    """Show a page of a person's scenes, without the truth about them.

    What spoils stands behind a veil, and says so before it; what `policy` keeps out of games is counted only.
    """
    allowed = [moment for moment in moments if policy.allows(moment.spoilers)]
    shown, page, pages = page_of(allowed, page, SCENES_PAGE)
    entries = [_scene(moment, library, _) for moment in shown]
    left_out = len(moments) - len(allowed)
    if left_out:
        said = _.ngettext(
            "{count} scene is left out: it spoils more than this server allows.",
            "{count} scenes are left out: they spoil more than this server allows.",
            left_out,
        )
        entries.append(f"-# {said}")
    dramas = {moment.drama_id: library.drama_of(moment) for moment in shown}
    menu = menu_of([drama_way(drama, _) for drama in dramas.values()], _("Dramas"))
    turning = pager(SHELF_PAGE, CardList.SCENES, person.name, page=page, pages=pages, _=_)
    heading = f"## {_('Scenes')}\n**{in_both_scripts(person.names, _)}**"
    note = _("A game tells whether they were in the script.")
    return Page(card(heading, *entries, *menu, *turning, f"-# {note}"))


def _name(person: Person, _: Phrases) -> str:
    lines = [f"## {in_both_scripts(person.names, _)}"]
    if person.also:
        lines.append(f"-# {_('Also written')}: {plain(', '.join(person.also))}")
    return "\n".join(lines)


def _roles(career: Career, _: Phrases) -> str:
    lines = [_role(played, _) for played in career.roles[:MOST_ROLES]]
    return "\n".join([f"**{_('Roles')}**", *lines, *say_more(len(career.roles), MOST_ROLES, _)]) if lines else ""


def _role(played: Played, _: Phrases) -> str:
    title = drama_title(played.drama, _)
    if played.character is None:
        return f"- {played.drama.year} · {title}"
    return f"- {played.drama.year} · {character_line(played.character, _)} · *{title}*"


def _couples(couples: Sequence[Couple], library: Library, _: Phrases) -> str:
    lines = [
        f"- {plain(_.of(couple.name))} · *{plain(_.of(library.dramas[couple.drama_id].title))}*"
        for couple in couples[:MOST_ROLES]
    ]
    more = say_more(len(couples), MOST_ROLES, _)
    return "\n".join([f"**{_('Couples of characters')}**", *lines, *more]) if lines else ""


def _scenes(scenes: Counter[str], library: Library, _: Phrases) -> str:
    if not scenes:
        return ""
    count = _.ngettext("{count} scene to play", "{count} scenes to play", scenes.total())
    lines = [f"- {plain(_.of(library.dramas[key].title))} · {number}" for key, number in scenes.items()]
    return "\n".join([f"**{count}**", *lines[:MOST_ROLES], *say_more(len(lines), MOST_ROLES, _)])


def _scene(moment: Moment, library: Library, _: Phrases) -> str:
    scene = fenced(shorten(_.of(moment.scene), SCENE), moment)
    spoils = moment.spoilers is not SpoilerLevel.NONE
    warning = f"\n-# {_(SPOILER_LEVELS[moment.spoilers])}, {_('tap to see')}" if spoils else ""
    return f"**{drama_line(moment, library, _)}**{warning}\n{scene}"


def _hint(played: Played, _: Phrases) -> str:
    return " · ".join(filter(None, (str(played.drama.year), character_hint(played.character, _))))


def _ways(
    person: Person, scenes: Counter[str], articles: bool, library: Library, _: Phrases, *, public: bool, plays: bool
) -> list[discord.ui.Item[Any]]:
    ways: list[discord.ui.Item[Any]] = []
    if scenes and plays:
        ways.append(_play(library.dramas[scenes.most_common(1)[0][0]], _))
    if scenes:
        ways.append(SHELF.button(_("Scenes"), CardList.SCENES, person.name))
    if articles:
        ways.append(SHELF.button(_("Articles"), CardList.PERSON, person.name))
    if not public:
        ways.append(SHARE_PERSON.button(_("Show everyone"), person.name))
    return ways


def _play(drama: Drama, _: Phrases) -> discord.ui.Item[Any]:
    """The way to a game about the drama with most of their scenes; the others have it on their cards."""
    label = shorten(_("Play: {drama}", drama=_.of(drama.title)), BUTTON_TEXT)
    return PLAY_DRAMA.button(label, drama.id, GAME, style=discord.ButtonStyle.primary)
