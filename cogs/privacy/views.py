"""What a member does in privacy: delete after a second word, or not; stand on leaderboards, or not."""

from bot.ui.interaction import Interaction, private_phrases
from bot.ui.reply import redraw, whisper
from cogs.privacy import render


async def ask(interaction: Interaction) -> None:
    """Say what would be deleted, and ask once more."""
    rows = await interaction.client.services.privacy.count(interaction.user.id)
    await whisper(interaction, render.question(rows, private_phrases(interaction)))


async def delete(interaction: Interaction) -> None:
    """Delete everything at once, and have drawn anew what has lost a vote or a name by it."""
    client = interaction.client
    changed = await client.services.privacy.delete(interaction.user.id)
    for poll_id in changed.polls:
        client.dispatch("poll_changed", poll_id)
    for bracket_id in changed.brackets:
        client.dispatch("bracket_changed", bracket_id)
    await redraw(interaction, render.deleted(private_phrases(interaction)))


async def keep(interaction: Interaction) -> None:
    """Leave everything as it is."""
    await redraw(interaction, render.kept(private_phrases(interaction)))


async def hide(interaction: Interaction) -> None:
    """Leave the member out of leaderboards, and say exactly what that means."""
    await interaction.client.services.boards.set_hidden(interaction.user.id, True)
    await whisper(interaction, render.hidden(private_phrases(interaction)))


async def show(interaction: Interaction) -> None:
    """Let the member stand on leaderboards again."""
    await interaction.client.services.boards.set_hidden(interaction.user.id, False)
    await whisper(interaction, render.visible(private_phrases(interaction)))


ROUTES = {render.DELETE: delete, render.KEEP: keep}
