"""How a guild's own library looks to its managers: what was saved, removal, imports, the history."""

from typing import Final

import discord

from bot.domain.library import Library
from bot.domain.library_drafts import Edit, Plan, changed_fields
from bot.domain.own_articles import OWN, OwnArticle, Written
from bot.services.library import History, Kept
from bot.services.library_imports import ImportPreview
from bot.text.catalogue import Phrases
from bot.text.formats import say_list
from bot.text.names import ARTICLE_FIELDS
from bot.ui.actions import Action
from bot.ui.article_previews import DISCARD, SHOWN_HEADLINE, as_shown, brief, change_line, lines_below
from bot.ui.pager import page_of, pager
from bot.ui.pages import Page, card, notice, plain, row
from bot.ui.ways import READ

REMOVE = Action("library-remove", int)
"""Remove an article, by its number."""
KEEP = Action("library-keep")
"""Leave everything as it is."""
IMPORT = Action("library-import", int, int)
"""Show a page of what importing would do."""
IMPORT_NOW = Action("library-import-now", int)
"""Import what was read."""
HISTORY = Action("library-history", int)
"""Show a page of the history."""

LINES: Final = 10
"""Of the history on a page."""
ENTRIES: Final = 10
"""Of an import on a page."""


def saved(stored: OwnArticle, _: Phrases) -> Page:
    """Say that it is done, with the way to the card."""
    headline = brief(stored.written.headline, SHOWN_HEADLINE)
    told = _("Saved: “{headline}”. /article search finds it now.", headline=headline)
    return Page(card(told, row(READ.button(_("Open"), f"{OWN}{stored.id}"))))


def discarded(_: Phrases) -> Page:
    """Say that nothing was stored."""
    return notice(_("Discarded; nothing was stored."))


def removal_question(found: Kept, library: Library, _: Phrases) -> Page:
    """Show an article and ask whether to remove it."""
    stored = found.stored
    goes = _("It is deleted for everybody at once. Its headline stays in /library history.")
    return Page(
        card(*as_shown(stored.written, stored.id, library, _), *lines_below(found.changes, _)),
        card(
            f"## {_('Remove this article?')}\n{goes}",
            row(
                REMOVE.button(_("Remove it"), stored.id, style=discord.ButtonStyle.danger),
                KEEP.button(_("Keep it")),
            ),
        ),
    )


def removed(gone: OwnArticle, _: Phrases) -> Page:
    """Say that it is done."""
    headline = brief(gone.written.headline, SHOWN_HEADLINE)
    return notice(_("Removed: “{headline}”.", headline=headline))


def kept(_: Phrases) -> Page:
    """Say that nothing has changed."""
    return notice(_("Nothing was removed."))


def import_page(preview: ImportPreview, page: int, _: Phrases) -> Page:
    """Show a page of what importing a file would do."""
    plan, draft_id = preview.plan, preview.draft_id
    heading = f"## {_('Import')}\n{_counts(plan, _)}"
    if draft_id is None or plan.is_empty:
        return Page(card(f"{heading}\n{_('There is nothing to save: everything in the file is here already.')}"))
    entries: list[Written | Edit] = [*plan.new, *plan.changed]
    shown, page, pages = page_of(entries, page, ENTRIES)
    moved = _("Something else has changed the library meanwhile. Look at what would happen now before you import.")
    told = f"**{moved}**" if preview.moved else f"-# {_('Nothing is stored yet.')}"
    return Page(
        card(
            f"{heading}\n{told}",
            "\n".join(_entry(entry, _) for entry in shown),
            *pager(IMPORT, draft_id, page=page, pages=pages, _=_),
            row(
                IMPORT_NOW.button(_("Import"), draft_id, style=discord.ButtonStyle.success),
                DISCARD.button(_("Discard"), draft_id),
            ),
        )
    )


def imported(plan: Plan, _: Phrases) -> Page:
    """Say what has been done."""
    return Page(card(f"## {_('Imported')}\n{_counts(plan, _)}"))


def history_page(history: History, _: Phrases) -> Page:
    """Show a page of who did what."""
    if not history.changes:
        return notice(_("Nothing has happened in this server's library yet."))
    lines = "\n".join(f"- {change_line(change, _)}" for change in history.changes)
    turning = pager(HISTORY, page=history.page, pages=history.pages, _=_)
    return Page(card(f"## {_('History of the library')}", lines, *turning))


def _counts(plan: Plan, _: Phrases) -> str:
    return _(
        "New: {new} · changed: {changed} · unchanged: {unchanged}",
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
    )


def _entry(entry: Written | Edit, _: Phrases) -> str:
    if isinstance(entry, Written):
        headline = brief(entry.headline, SHOWN_HEADLINE)
        return f"- {_('New')}: {headline} · {plain(' · '.join(filter(None, (entry.publisher, entry.date))))}"
    headline = brief(entry.before.written.headline, SHOWN_HEADLINE)
    changed = say_list(
        [_(ARTICLE_FIELDS[name]) for name in changed_fields(entry.before.written, entry.after)], _.language
    )
    return f"- {_('Changed')}: {headline} · {changed}"
