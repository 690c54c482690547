"""What a press does in trivia: start a game, say an answer, turn the pages of the board."""

from bot.domain.games import Answer, Guess
from bot.text.names import ANSWERS
from bot.ui import channels
from bot.ui.interaction import Client, Interaction, guild_locale, private_phrases
from bot.ui.pages import Page, notice
from bot.ui.place import guild_channel, postable_channel
from bot.ui.reply import announce, redraw, whisper
from bot.ui.ways import PLAY
from cogs.trivia import render

SECONDS = 20
"""How long a question of a game started by a button stays open."""


async def start_game(interaction: Interaction, *, rounds: int, seconds: int, article_id: str = "") -> None:
    """Start a game and say so to the channel; the first question follows by itself."""
    guild_id, channel_id = postable_channel(interaction)
    client = interaction.client
    game = await client.services.trivia.start(
        guild_id=guild_id,
        channel_id=channel_id,
        starter_id=interaction.user.id,
        request_id=interaction.id,
        locale=guild_locale(interaction),
        rounds=rounds,
        seconds=seconds,
        now=interaction.created_at,
        article=client.services.articles.get(article_id) if article_id else None,
    )
    await announce(interaction, render.started(game, client.catalogue[game.language]))


async def play(interaction: Interaction, article_id: str, rounds: int) -> None:
    """Start a game from a button."""
    await start_game(interaction, rounds=rounds, seconds=SECONDS, article_id=article_id)


async def stop_game(interaction: Interaction) -> None:
    """Stop the game of the channel, for its starter or a manager."""
    _guild_id, channel_id = guild_channel(interaction)
    _ = private_phrases(interaction)
    await interaction.client.services.trivia.stop(
        channel_id, interaction.user.id, interaction.created_at, is_manager=interaction.permissions.manage_guild
    )
    await whisper(interaction, notice(_("The game is stopped; the scores are kept.")))


async def guess(interaction: Interaction, round_id: int, answer: Answer) -> None:
    """Count an answer by the time of the click, and confirm it privately."""
    client, _ = interaction.client, private_phrases(interaction)
    await client.services.trivia.guess(round_id, Guess(interaction.user.id, answer, interaction.created_at))
    client.settler.touch(("round", round_id), lambda: _show_progress(client, round_id))
    said = _("You said “{answer}”. The answer comes when the time is up.", answer=_(ANSWERS[answer]))
    await whisper(interaction, notice(said))


async def turn_board(interaction: Interaction, page: int) -> None:
    """Show another page of the board."""
    await redraw(interaction, await board(interaction, page))


async def board(interaction: Interaction, page: int) -> Page:
    """Return a page of the guild's board, in the guild's language."""
    guild_id, _channel_id = guild_channel(interaction)
    services = interaction.client.services
    language = await services.settings.public_language(guild_id, guild_locale(interaction))
    standings = await services.trivia.leaderboard(guild_id)
    return render.leaderboard(standings, page, interaction.client.catalogue[language])


async def _show_progress(client: Client, round_id: int) -> None:
    asked = await client.services.rounds.progress(round_id)
    if asked is None or asked.round.message_id is None:
        return
    page = render.question(asked, client.services.trivia.library, client.catalogue[asked.game.language])
    await channels.edit(client, asked.game.channel_id, asked.round.message_id, page)


ROUTES = {PLAY: play, render.GUESS: guess, render.BOARD: turn_board}
