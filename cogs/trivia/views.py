"""What a press does in trivia: start a game, say an answer, skip a question, risk or keep what was won."""

from bot.domain.games import Wish
from bot.text.formats import say_value
from bot.ui import channels, rounds
from bot.ui.boards import BOARD, turn_board
from bot.ui.interaction import Client, Interaction, guild_locale, private_phrases
from bot.ui.pages import notice, plain
from bot.ui.place import guild_channel, postable_channel
from bot.ui.reply import announce, whisper
from bot.ui.ways import PLAY, PLAY_DRAMA
from cogs.trivia import render


async def start_game(interaction: Interaction, wish: Wish) -> None:
    """Start a game and say so to the channel; the first question follows by itself."""
    guild_id, channel_id = postable_channel(interaction)
    client = interaction.client
    started = await client.services.trivia.start(
        wish,
        guild_id=guild_id,
        channel_id=channel_id,
        starter_id=interaction.user.id,
        request_id=interaction.id,
        locale=guild_locale(interaction),
        now=interaction.created_at,
    )
    drama = client.services.trivia.library.dramas.get(wish.drama_id or "")
    await announce(interaction, render.started(started, drama, client.catalogue[started.game.language]))


async def play(interaction: Interaction, article_id: str, number: int) -> None:
    """Start a game from a button, about an article or about everything."""
    await start_game(interaction, Wish(rounds=number, article_id=article_id or None))


async def play_drama(interaction: Interaction, drama_id: str, number: int) -> None:
    """Start a game from a button, about a drama, as `/trivia start drama:` does."""
    drama = interaction.client.services.dramas.get(drama_id)
    await start_game(interaction, Wish(rounds=number, drama_id=drama.id))


async def again(interaction: Interaction, game_id: int) -> None:
    """Start a game like an earlier one."""
    guild_id, _channel_id = guild_channel(interaction)
    await start_game(interaction, await interaction.client.services.trivia.wish_of(guild_id, game_id))


async def stop_game(interaction: Interaction) -> None:
    """Stop the game of the channel, for its starter or a manager."""
    _guild_id, channel_id = guild_channel(interaction)
    _ = private_phrases(interaction)
    await interaction.client.services.trivia.stop(
        channel_id, interaction.user.id, interaction.created_at, is_manager=interaction.permissions.manage_guild
    )
    await whisper(interaction, notice(_("The game is stopped; the scores are kept.")))


async def guess(interaction: Interaction, round_id: int, choice: int) -> None:
    """Count an answer by the time of the click, and confirm it privately."""
    client, _ = interaction.client, private_phrases(interaction)
    label = await client.services.trivia.guess(round_id, interaction.user.id, choice, interaction.created_at)
    touch(client, round_id)
    answer = plain(say_value(label, _))
    said = _("You said “{answer}”. The answer comes when all have answered or the time is up.", answer=answer)
    await whisper(interaction, notice(said))


async def skip(interaction: Interaction, round_id: int) -> None:
    """Skip a question, or count one more who wants to."""
    client, _ = interaction.client, private_phrases(interaction)
    skipped = await client.services.choices.skip(
        round_id, interaction.user.id, interaction.created_at, is_manager=interaction.permissions.manage_guild
    )
    if skipped.done:
        await whisper(interaction, notice(_("The question is skipped.")))
        return
    touch(client, round_id)
    told = _("You want to skip: {votes} of {needed}.", votes=skipped.votes, needed=skipped.needed)
    await whisper(interaction, notice(told))


async def double(interaction: Interaction, round_id: int) -> None:
    """Risk in the next round what was won in this one."""
    _ = private_phrases(interaction)
    points = await interaction.client.services.choices.double(round_id, interaction.user.id, interaction.created_at)
    told = _.ngettext(
        "You risk {count} point: right in the next round doubles it, wrong or no answer loses it.",
        "You risk {count} points: right in the next round doubles them, wrong or no answer loses them.",
        points,
    )
    await whisper(interaction, notice(told))


async def keep(interaction: Interaction, round_id: int) -> None:
    """Keep what was won in a round."""
    _ = private_phrases(interaction)
    points = await interaction.client.services.choices.keep(round_id, interaction.user.id, interaction.created_at)
    await whisper(interaction, notice(_.ngettext("You keep {count} point.", "You keep {count} points.", points)))


async def show_rules(interaction: Interaction) -> None:
    """Tell the rules to the member."""
    await whisper(interaction, render.rules(private_phrases(interaction)))


def touch(client: Client, round_id: int) -> None:
    """Have an open question drawn anew soon."""
    client.settler.touch(("round", round_id), lambda: _show_progress(client, round_id))


async def _show_progress(client: Client, round_id: int) -> None:
    asked = await client.services.rounds.progress(round_id)
    if asked is None or asked.round.message_id is None:
        return
    library = await client.services.packs.library_of(asked.round.question.moment_id)
    page = rounds.question(asked, library, client.catalogue[asked.game.language])
    await channels.edit(client, asked.game.channel_id, asked.round.message_id, page)


ROUTES = {
    PLAY: play,
    PLAY_DRAMA: play_drama,
    BOARD: turn_board,
    render.AGAIN: again,
    rounds.GUESS: guess,
    rounds.SKIP: skip,
    rounds.DOUBLE: double,
    rounds.KEEP: keep,
}
