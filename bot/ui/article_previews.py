"""How an article of a guild's own looks before it is stored: the form, and the preview of what was entered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import discord

from bot.domain.library import Library
from bot.domain.library_drafts import MOST_OFFERED, Draft, changed_fields
from bot.domain.links import LONGEST_LINK
from bot.domain.own_articles import (
    HEADLINE_LIMIT,
    MOST_DRAMAS,
    MOST_PEOPLE,
    PUBLISHER_LIMIT,
    SUMMARY_LIMIT,
    Change,
    LibraryChange,
    OwnArticle,
    Written,
    past_of,
)
from bot.domain.texts import shorten
from bot.errors import UserError
from bot.services.library_drafts import Preview
from bot.text.catalogue import Phrases
from bot.text.formats import relative, say_list, say_values
from bot.text.names import ARTICLE_FIELDS, LIBRARY_CHANGES
from bot.ui.actions import MENU_TEXT, Action, ActionItem
from bot.ui.cards.article import article_card
from bot.ui.pages import Form, Page, card, plain, row

FORM = Action("library-form", int)
"""Hand in the form of a draft."""
CHANGE = Action("library-change", int)
"""Open the form of a draft again."""
DRAMAS = Action("library-dramas", int)
"""Choose the dramas of a draft."""
PEOPLE = Action("library-people", int)
"""Choose the people of a draft."""
SAVE = Action("library-save", int)
"""Store the article of a draft."""
DISCARD = Action("library-discard", int)
"""Throw a draft away."""
SAVE_ANEW = Action("library-save-anew", int)
"""Store the article of a draft as a new one: the one that it edits was removed."""

ROOM: Final = 3_900
"""Characters of a page; a message has 4,000 (Discord)."""
SHOWN_HEADLINE: Final = 90
"""Characters of a headline in a list."""
SHOWN_BEFORE: Final = 120
"""Characters of what stood in a field before."""
LEAST_DIFFERENCES: Final = 500
"""Characters that what changes may always take; what has happened to the article is left out before."""
AROUND: Final = 35
"""Characters around what stood in a field."""
SHOWN_LINK: Final = 120
"""And of a link."""
DATE_LIMIT: Final = 20


_NEVER: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When what is not stored yet was added; no card shows it."""


def article_form(draft: Draft, _: Phrases) -> Form:
    """Return the form of a draft, with what was entered before."""
    entered = draft.entered
    form = Form(_("Add an article") if draft.article_id is None else _("Change an article"), FORM, draft.id)
    own_words = _("In your own words, never the article's text; may be left out")
    fields: Sequence[tuple[str, str, str | None, int, bool]] = (
        ("headline", _("As the publisher has it"), entered.headline, HEADLINE_LIMIT, True),
        ("publisher", _("The newspaper, site or channel"), entered.publisher, PUBLISHER_LIMIT, True),
        ("date", _("2026-08-04, or 2026-08, or 2026; may be left out"), entered.date, DATE_LIMIT, False),
        ("url", _("https://…; may be left out"), entered.url, LONGEST_LINK, False),
        ("summary", own_words, entered.summary, SUMMARY_LIMIT, False),
    )
    for name, hint, text, limit, needed in fields:
        field = discord.ui.TextInput[Any](
            custom_id=name,
            style=discord.TextStyle.paragraph if name == "summary" else discord.TextStyle.short,
            default=text[:limit] if text else None,
            max_length=limit,
            required=needed,
        )
        form.add_item(discord.ui.Label[Any](text=_(ARTICLE_FIELDS[name]), description=hint, component=field))
    return form


def preview_page(preview: Preview, library: Library, _: Phrases) -> Page:
    """Show an article as members will see it, with what can still be done; or say what is wrong with it."""
    draft = preview.draft
    change = CHANGE.button(_("Change the text"), draft.id)
    discard = DISCARD.button(_("Discard"), draft.id)
    if preview.written is None:
        refused = _refused(preview.refusal, _) if preview.refusal else ""
        kept = _("Nothing is stored yet. What you wrote is kept: change it and try again.")
        return Page(card(f"## {_('Please check this')}", f"{refused}\n-# {kept}", row(change, discard)))
    texts = [_head(preview, _), *as_shown(preview.written, draft.article_id or 0, library, _)]
    menus = [*_menus(draft, library, _)]
    if not menus:
        texts.append(f"-# {_('No drama or actor was found in it; /library add takes one as an option.')}")
    if preview.before is not None:
        below = lines_below(past_of(preview.before), _)
        room = ROOM - sum(map(len, texts))
        if room - sum(map(len, below)) < LEAST_DIFFERENCES:
            below = []
        room -= sum(map(len, below))
        texts += [_differences(preview.before.written, preview.written, library, _, room), *below]
    action, label = (SAVE_ANEW, _("Save as a new article")) if preview.gone else (SAVE, _("Save"))
    save = action.button(label, draft.id, style=discord.ButtonStyle.success)
    return Page(card(*texts), card(*menus, row(save, change, discard)))


def _head(preview: Preview, _: Phrases) -> str:
    if preview.gone:
        return _("This article was removed meanwhile. You can save what you wrote as a new one; members will see this:")
    if preview.moved:
        told = _("Somebody has changed this article meanwhile. Look at what would change now before you save.")
        return f"**{told}**"
    return f"-# {_('Preview: nothing is stored yet. Members will see this:')}"


def brief(text: str, most: int) -> str:
    """Return the beginning of a text that a member wrote, so that no mark in it formats, in so many characters."""
    shown = plain(text)
    return shown if len(shown) <= most else shorten(shown, most)[:-1].rstrip("\\") + "…"


def as_shown(written: Written, number: int, library: Library, _: Phrases) -> list[str]:
    """The texts of an article's card, without its buttons: they would lead to what is not stored yet."""
    known = replace(
        written,
        dramas=tuple(drama_id for drama_id in written.dramas if drama_id in library.dramas),
        people=tuple(name for name in written.people if name in library.people),
    )
    shown = article_card(OwnArticle(number, 0, known, _NEVER).article, library, _)
    texts = [item.content for item in shown.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    return [*texts, *([f"-# {brief(written.url, SHOWN_LINK)}"] if written.url else [])]


def _menus(draft: Draft, library: Library, _: Phrases) -> Iterator[discord.ui.Item[Any]]:
    dramas = [library.dramas[drama_id] for drama_id in draft.dramas_offered if drama_id in library.dramas]
    people = [library.people[name] for name in draft.people_offered if name in library.people]
    if dramas:
        names = {drama.id: f"{_.of(drama.title)} ({drama.year})" for drama in dramas}
        yield row(_menu(DRAMAS, draft.id, names, draft.entered.dramas, MOST_DRAMAS, _("No drama")))
    if people:
        names = {person.name: _.of(person.names) for person in people}
        yield row(_menu(PEOPLE, draft.id, names, draft.entered.people, MOST_PEOPLE, _("Nobody")))


def _menu(
    action: Action, draft_id: int, names: Mapping[str, str], chosen: Sequence[str], most: int, none: str
) -> ActionItem:
    """A menu of what was found, with what is chosen of it; all of it may be taken away."""
    options = [
        discord.SelectOption(label=shorten(name, MENU_TEXT), value=key, default=key in chosen)
        for key, name in [*names.items()][:MOST_OFFERED]
    ]
    select = discord.ui.Select[Any](
        custom_id=action.custom_id(draft_id),
        options=options,
        placeholder=none,
        min_values=0,
        max_values=min(most, len(options)),
    )
    return ActionItem(select)


def _differences(before: Written, after: Written, library: Library, _: Phrases, room: int) -> str:
    """Say what changes, and what stood there before, in so many characters."""
    lines: list[str] = []
    changed = changed_fields(before, after)
    for name in changed:
        value = getattr(before, name)
        if name == "dramas":
            value = say_list([_.of(library.dramas[each].title) for each in value if each in library.dramas], _.language)
        if name == "people":
            value = say_list([_.of(library.people[each].names) for each in value if each in library.people], _.language)
        was = brief(value, min(SHOWN_BEFORE, room // len(changed) - AROUND)) if value else _("nothing")
        lines.append(f"- {_('{field} was: {before}', field=_(ARTICLE_FIELDS[name]), before=was)}")
    return "\n".join([f"**{_('What changes')}**", *(lines or [f"- {_('nothing')}"])])


def lines_below(changes: Sequence[LibraryChange], _: Phrases) -> list[str]:
    """The text that says what has happened to an article; none where nothing is known."""
    return ["\n".join(f"-# {change_line(change, _)}" for change in changes)] if changes else []


def change_line(change: LibraryChange, _: Phrases) -> str:
    """Who did what when; somebody who had her id deleted has no name here."""
    who = _("Somebody") if change.user_id is None else f"<@{change.user_id}>"
    headline = brief(change.headline, SHOWN_HEADLINE)
    match change.kind:
        case Change.IMPORTED:
            done = _.ngettext("{who} imported one article", "{who} imported {count} articles", change.count, who=who)
        case Change.FED if change.count == 1:
            done = _("A feed brought “{headline}”", headline=headline)
        case Change.FED:
            done = _.ngettext("A feed brought one article", "A feed brought {count} articles", change.count)
        case _:
            done = _(LIBRARY_CHANGES[change.kind], who=who, headline=headline)
    return f"{done} · {relative(change.changed_at)}"


def _refused(refusal: UserError, _: Phrases) -> str:
    said = say_values(refusal.values, _)
    return _(refusal.message, **{name: plain(text) for name, text in said.items()})
