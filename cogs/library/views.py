"""What a press does in a guild's own library: fill a form in, look at the preview, save it, remove, import."""

import discord
from discord import app_commands

from bot.content.file_formats import Format
from bot.domain.library import Drama, Person
from bot.domain.library_drafts import Plan
from bot.domain.own_articles import Written
from bot.errors import ManagersOnly
from bot.services.library_drafts import Preview
from bot.services.library_imports import Refused
from bot.ui import article_previews
from bot.ui.actions import chosen
from bot.ui.files import hand_over_all, tell_faults
from bot.ui.interaction import Interaction, is_manager, private_phrases
from bot.ui.pages import submitted
from bot.ui.place import guild_channel
from bot.ui.reply import redraw, whisper
from bot.ui.transformers import choice
from cogs.library import render


def own_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return what to offer for one of the guild's own articles that is being typed."""
    found = interaction.client.services.library.suggest(guild_channel(interaction)[0], typed)
    return [choice(f"{article.headline.en} · {article.publisher}", article.id) for article in found]


async def add(interaction: Interaction, drama: Drama | None, person: Person | None) -> None:
    """Open the form for a new article."""
    draft = await interaction.client.services.library_drafts.begin(
        _managed_guild(interaction),
        interaction.user.id,
        interaction.created_at,
        [drama.id] if drama else [],
        [person.name] if person else [],
    )
    await interaction.response.send_modal(article_previews.article_form(draft, private_phrases(interaction)))


async def edit(interaction: Interaction, text: str) -> None:
    """Open the form with what stands in an article."""
    guild_id, services = _managed_guild(interaction), interaction.client.services
    kept = await services.library.find(guild_id, text)
    draft = await services.library_drafts.begin_edit(guild_id, interaction.user.id, kept.stored, interaction.created_at)
    await interaction.response.send_modal(article_previews.article_form(draft, private_phrases(interaction)))


async def filled(interaction: Interaction, draft_id: int) -> None:
    """Show what was entered as members would see it, or what is wrong with it."""
    entered = {name: values[0] for name, values in submitted(interaction).items()}
    guild_id, drafts = _managed_guild(interaction), interaction.client.services.library_drafts
    written = Written(entered["headline"], entered["publisher"], entered["date"], entered["url"], entered["summary"])
    preview = await drafts.fill(guild_id, interaction.user.id, draft_id, written, interaction.created_at)
    await _show(interaction, preview)


async def change(interaction: Interaction, draft_id: int) -> None:
    """Open the form again, with what was entered."""
    guild_id, drafts = _managed_guild(interaction), interaction.client.services.library_drafts
    draft = await drafts.get(guild_id, interaction.user.id, draft_id, interaction.created_at)
    await interaction.response.send_modal(article_previews.article_form(draft, private_phrases(interaction)))


async def choose_dramas(interaction: Interaction, draft_id: int) -> None:
    """Say which of the dramas that were found the article is about."""
    guild_id, drafts = _managed_guild(interaction), interaction.client.services.library_drafts
    user_id, now = interaction.user.id, interaction.created_at
    await _show(interaction, await drafts.choose(guild_id, user_id, draft_id, now, dramas=chosen(interaction)))


async def choose_people(interaction: Interaction, draft_id: int) -> None:
    """Say which of the people who were found the article is about."""
    guild_id, drafts = _managed_guild(interaction), interaction.client.services.library_drafts
    user_id, now = interaction.user.id, interaction.created_at
    await _show(interaction, await drafts.choose(guild_id, user_id, draft_id, now, people=chosen(interaction)))


async def save(interaction: Interaction, draft_id: int) -> None:
    """Store the article."""
    await _save(interaction, draft_id, anew=False)


async def save_anew(interaction: Interaction, draft_id: int) -> None:
    """Store an article that was removed meanwhile as a new one."""
    await _save(interaction, draft_id, anew=True)


async def discard(interaction: Interaction, draft_id: int) -> None:
    """Throw a preview away."""
    guild_id, drafts = _managed_guild(interaction), interaction.client.services.library_drafts
    await drafts.discard(guild_id, interaction.user.id, draft_id)
    await redraw(interaction, render.discarded(private_phrases(interaction)))


async def ask_removal(interaction: Interaction, text: str) -> None:
    """Show an article and ask once more."""
    library = interaction.client.services.library
    kept = await library.find(_managed_guild(interaction), text)
    await whisper(interaction, render.removal_question(kept, library.library, private_phrases(interaction)))


async def remove(interaction: Interaction, number: int) -> None:
    """Remove an article."""
    guild_id, library = _managed_guild(interaction), interaction.client.services.library
    gone = await library.remove(guild_id, interaction.user.id, number, interaction.created_at)
    await redraw(interaction, render.removed(gone, private_phrases(interaction)))


async def keep(interaction: Interaction) -> None:
    """Leave everything as it is."""
    await redraw(interaction, render.kept(private_phrases(interaction)))


async def take_in(interaction: Interaction, file: discord.Attachment) -> None:
    """Read a file and show what importing it would do, or list everything that is wrong with it."""
    guild_id, imports = _managed_guild(interaction), interaction.client.services.library_imports
    imports.admit(file.filename, file.size)
    await interaction.response.defer(ephemeral=True, thinking=True)
    content = await file.read()
    read = await imports.read(guild_id, interaction.user.id, file.filename, content, interaction.created_at)
    _ = private_phrases(interaction)
    if isinstance(read, Refused):
        await tell_faults(interaction, read.faults, _)
    else:
        await whisper(interaction, render.import_page(read, 0, _))


async def turn_import(interaction: Interaction, draft_id: int, page: int) -> None:
    """Show another page of what importing would do."""
    guild_id, imports = _managed_guild(interaction), interaction.client.services.library_imports
    preview = await imports.plan(guild_id, interaction.user.id, draft_id, interaction.created_at)
    await redraw(interaction, render.import_page(preview, page, private_phrases(interaction)))


async def import_now(interaction: Interaction, draft_id: int) -> None:
    """Import what was read."""
    guild_id, imports = _managed_guild(interaction), interaction.client.services.library_imports
    await interaction.response.defer()
    done = await imports.save(guild_id, interaction.user.id, draft_id, interaction.created_at)
    _ = private_phrases(interaction)
    shown = render.imported(done, _) if isinstance(done, Plan) else render.import_page(done, 0, _)
    await redraw(interaction, shown)


async def export(interaction: Interaction, kind: Format) -> None:
    """Send the guild's articles as a file."""
    guild_id, library = _managed_guild(interaction), interaction.client.services.library
    await interaction.response.defer(ephemeral=True, thinking=True)
    _, files = private_phrases(interaction), await library.export(guild_id, kind)
    text = _("This server's articles as a file; /library import takes it again.")
    if len(files) > 1:
        text = _(
            "This server's articles in {count} files; /library import takes one after the other.", count=len(files)
        )
    await hand_over_all(interaction, text, files)


async def show_history(interaction: Interaction) -> None:
    """Show who changed what."""
    history = await interaction.client.services.library.history(_managed_guild(interaction), 0, render.LINES)
    await whisper(interaction, render.history_page(history, private_phrases(interaction)))


async def turn_history(interaction: Interaction, page: int) -> None:
    """Show another page of it."""
    history = await interaction.client.services.library.history(_managed_guild(interaction), page, render.LINES)
    await redraw(interaction, render.history_page(history, private_phrases(interaction)))


async def _save(interaction: Interaction, draft_id: int, *, anew: bool) -> None:
    guild_id, drafts = _managed_guild(interaction), interaction.client.services.library_drafts
    saved = await drafts.save(guild_id, interaction.user.id, draft_id, interaction.created_at, anew=anew)
    if isinstance(saved, Preview):
        await _show(interaction, saved)
    else:
        await redraw(interaction, render.saved(saved, private_phrases(interaction)))


async def _show(interaction: Interaction, preview: Preview) -> None:
    library = interaction.client.services.library.library
    await redraw(interaction, article_previews.preview_page(preview, library, private_phrases(interaction)))


def _managed_guild(interaction: Interaction) -> int:
    """Return the guild of a member who may manage it: known before she types anything, not when she hands it in."""
    if not is_manager(interaction):
        raise ManagersOnly
    return guild_channel(interaction)[0]


ROUTES = {
    article_previews.FORM: filled,
    article_previews.CHANGE: change,
    article_previews.DRAMAS: choose_dramas,
    article_previews.PEOPLE: choose_people,
    article_previews.SAVE: save,
    article_previews.SAVE_ANEW: save_anew,
    article_previews.DISCARD: discard,
    render.REMOVE: remove,
    render.KEEP: keep,
    render.IMPORT: turn_import,
    render.IMPORT_NOW: import_now,
    render.HISTORY: turn_history,
}
