"""How packs look: the list, a pack and its scenes, the faults of a file, and what stands around a file that is sent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.content.file_formats import Format
from bot.domain.games import Answer
from bot.domain.moments import Moment
from bot.domain.packs import Pack
from bot.domain.texts import Localised, shorten
from bot.services.packs import MOST_PACKS, Opened
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_list
from bot.text.names import ANSWERS, KINDS, SPOILER_LEVELS
from bot.ui.actions import Action
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, notice, plain, row
from bot.ui.truth import drama_line, fenced, part_of, scene_of, truth

LIST = Action("pack-list", int)
"""Show a page of the guild's packs."""
SHOW = Action("pack-show", int)
"""Show a pack, counted."""
SCENE = Action("pack-scene", int, int)
"""Show a scene of a pack, by its number from 0."""
SWITCH = Action("pack-switch", int, int)
"""Switch a pack on (1) or off (0)."""
EXPORT = Action("pack-export", int, Format)
"""Get a pack as a file."""
REMOVE = Action("pack-remove", int)
"""Ask whether to remove a pack."""
REMOVE_NOW = Action("pack-remove-now", int)
"""Remove a pack."""

PAGE: Final = 8
"""Packs on a page of the list: each takes three components, and Discord takes 40 in a message."""
MESSAGE_ROOM: Final = 3900
"""Characters of a message, with a few left over (Discord takes 4000)."""
TITLES_ROOM: Final = 400


def pack_list(packs: Sequence[Pack], page: int, _: Phrases) -> Page:
    """Show a page of the guild's packs, each with a button that opens it."""
    if not packs:
        return notice(
            _("This server has no packs yet. /pack example gives you a file to fill in, /pack upload takes it.")
        )
    shown, page, pages = page_of(packs, page, PAGE)
    count = _.ngettext(
        "One pack of {limit} that this server may have",
        "{count} packs of {limit} that this server may have",
        len(packs),
        limit=MOST_PACKS,
    )
    return Page(
        card(
            f"## {_('Packs of this server')}\n-# {count}",
            *(_listed(pack, _) for pack in shown),
            *pager(LIST, page=page, pages=pages, _=_),
        )
    )


def pack_page(opened: Opened, _: Phrases, note: str = "") -> Page:
    """Show a pack: whether it is on, and what is in it. `note` says what has just happened."""
    pack, counted = opened.pack, opened.survey
    answers = _("{scripted} in the script, {ad_lib} ad-lib", scripted=counted.scripted, ad_lib=counted.ad_lib)
    questions = _.ngettext("One question", "{count} questions", counted.scripted + counted.ad_lib)
    lines = [
        f"**{_scenes(counted.scenes, _)}** · {questions}: {answers}",
        f"**{_('Kinds')}**: {_counted(counted.kinds, KINDS, _)}",
        f"**{_('Spoilers')}**: {_counted(counted.spoilers, SPOILER_LEVELS, _)}",
        *_titles(_("Dramas that Adlib knows"), counted.known_dramas, _),
        *_titles(_("Dramas of this pack alone"), counted.own_dramas, _),
    ]
    remove = REMOVE.button(_("Remove"), pack.id, style=discord.ButtonStyle.danger)
    return Page(
        card(
            *([note] if note else []),
            f"## {plain(pack.name)}\n-# {_state(pack, _)} · {_('uploaded {when}', when=relative(pack.uploaded_at))}",
            "\n".join(lines),
            row(
                SCENE.button(_("Look through it"), pack.id, 0, style=discord.ButtonStyle.primary),
                _switch(pack, _),
                EXPORT.button(_("Export as {format}", format="TOML"), pack.id, Format.TOML),
                EXPORT.button(_("Export as {format}", format="CSV"), pack.id, Format.CSV),
                remove,
            ),
            row(LIST.button(_("All packs"), 0)),
        )
    )


def scene_page(opened: Opened, number: int, _: Phrases) -> Page:
    """Show a scene of a pack as games tell it, every part with its answer."""
    pack, library = opened.pack, opened.library
    shown, number, count = page_of(list(library.moments.values()), number, 1)
    moment = shown[0]
    level = f"{_(KINDS[moment.kind])} · {_(SPOILER_LEVELS[moment.spoilers])}"
    heading = f"-# {plain(pack.name)} · {_state(pack, _)} · {level}\n### {drama_line(moment, library, _)}"
    told = [heading, "\n".join((fenced(scene_of(moment, _), moment), *_parts(moment, _)))]
    whole = [*told, truth(moment, moment.parts[0], library, _)]
    return Page(
        card(
            *(whole if sum(map(len, whole)) < MESSAGE_ROOM else told),
            *pager(SCENE, pack.id, page=number, pages=count, _=_),
            row(SHOW.button(_("Back to the pack"), pack.id), _switch(pack, _)),
        )
    )


def removal_question(pack: Pack, _: Phrases) -> Page:
    """Ask whether to remove a pack, saying what goes and what stays."""
    goes = _("Its scenes are deleted at once, and games that play on it go on without them. Points stay.")
    return Page(
        card(
            f"## {_('Remove “{name}”?', name=plain(pack.name))}",
            f"{goes}\n{_('Export it first if you may want it back.')}",
            row(
                REMOVE_NOW.button(_("Remove it"), pack.id, style=discord.ButtonStyle.danger),
                SHOW.button(_("Keep it"), pack.id),
            ),
        )
    )


def removed(pack: Pack, _: Phrases) -> Page:
    """Say that it is done."""
    return Page(card(_("The pack “{name}” is removed.", name=plain(pack.name)), row(LIST.button(_("All packs"), 0))))


def example_head(_: Phrases) -> Sequence[str]:
    """Return the comments above an example."""
    return (
        _("Every scene begins with [[moments]]. A text has an English and a Korean form (.en, .ko), or one for both."),
        _("drama: a title that Adlib knows, or any other one together with its year."),
        _("parts: what a question can be about; planned = true where it was in the script. The words must not tell."),
        _("kind: kiss, line, comedy, gesture or other. spoilers: none, mild or major."),
        _("origin: script, performers, director_on_set, mixed or accident."),
        _("Every scene needs a source with a title, and says no more than its source."),
    )


def _listed(pack: Pack, _: Phrases) -> discord.ui.Item[Any]:
    text = f"**{plain(pack.name)}**\n-# {_state(pack, _)} · {_scenes(pack.size, _)} · {relative(pack.uploaded_at)}"
    return discord.ui.Section[Any](text, accessory=SHOW.button(_("Open"), pack.id))


def _switch(pack: Pack, _: Phrases) -> discord.ui.Item[Any]:
    return SWITCH.button(_("Switch off") if pack.enabled else _("Switch on"), pack.id, int(not pack.enabled))


def _state(pack: Pack, _: Phrases) -> str:
    return _("on") if pack.enabled else _("off, no game can choose it")


def _scenes(count: int, _: Phrases) -> str:
    return _.ngettext("One scene", "{count} scenes", count)


def _counted(counts: Mapping[Any, int], names: Mapping[Any, str], _: Phrases) -> str:
    return " · ".join(f"{_(names[key])} {count}" for key, count in counts.items())


def _titles(heading: str, titles: Sequence[Localised], _: Phrases) -> list[str]:
    if not titles:
        return []
    said = say_list([plain(_.of(title)) for title in titles], _.language)
    return [f"**{heading}** ({len(titles)}): {shorten(said, TITLES_ROOM)}"]


def _parts(moment: Moment, _: Phrases) -> Sequence[str]:
    """Each part with its answer; a veil over several points of a list would not close."""
    answers = [_(ANSWERS[Answer.SCRIPTED if part.planned else Answer.AD_LIB]) for part in moment.parts]
    return [
        f"- {answer}: {fenced(f'**{part_of(moment, part, _)}**', moment)}"
        for answer, part in zip(answers, moment.parts, strict=True)
    ]
