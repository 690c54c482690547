"""What commands and presses do in brackets: start one, nominate, look, lead."""

from contextlib import suppress
from functools import partial
from typing import Final

import discord
from discord import app_commands

from bot.domain.bracket import Bracket, BracketWish, Phase
from bot.domain.nominations import nominee
from bot.domain.polls import Poll
from bot.errors import NotPossibleNow, PollClosed
from bot.ui.actions import chosen
from bot.ui.bracket_access import LISTED, bracket_of, led_bracket, named_bracket, nominating_bracket
from bot.ui.bracket_messages import catch_up, course_of, key_of, last_poll, redraw_card, say_ended, say_reopened, settle
from bot.ui.bracket_pictures import draw_bracket, in_words
from bot.ui.brackets import MANAGE, MINE, NOMINATE, NOMINEES, SHOW, SUPPORT, bracket_card
from bot.ui.interaction import Interaction, guild_locale, is_manager, private_phrases, role_ids
from bot.ui.members import refuse_members
from bot.ui.pages import Page, notice, plain, submitted
from bot.ui.place import guild_channel, postable_channel
from bot.ui.poll_messages import settle as settle_poll
from bot.ui.reply import announce, whisper
from bot.ui.transformers import choice
from cogs.ships_bracket import render
from cogs.ships_bracket.render import Move

OFFERED: Final = 25  # choices that autocomplete may offer (Discord)


async def start(interaction: Interaction, wish: BracketWish) -> None:
    """Start a bracket and show its card to the channel, before anything else of it."""
    guild_id, channel_id = postable_channel(interaction)
    client = interaction.client

    async def begin() -> None:
        bracket = await client.services.brackets.start(
            wish,
            guild_id=guild_id,
            channel_id=channel_id,
            creator_id=interaction.user.id,
            request_id=interaction.id,
            locale=guild_locale(interaction),
            roles=role_ids(interaction),
            is_manager=is_manager(interaction),
            now=interaction.created_at,
        )
        page = bracket_card(await course_of(client, bracket), client.catalogue[bracket.language])
        try:
            message_id = await announce(interaction, page)
        except discord.HTTPException:
            await redraw_card(client, bracket.id)  # it is stored: the channel gets it, if not as an answer
        else:
            await client.services.brackets.shown(bracket.id, message_id, interaction.created_at)

    await client.settler.draw(key_of(channel_id), begin)


async def nominate_here(interaction: Interaction, text: str) -> None:
    """Nominate a couple for the bracket of the channel, or the only one of the server that takes nominations."""
    await _nominate(interaction, await nominating_bracket(interaction), text)


async def show_form(interaction: Interaction, bracket_id: int) -> None:
    """Open the form that nominates a couple."""
    bracket, services = await bracket_of(interaction, bracket_id), interaction.client.services
    if bracket.phase is not Phase.NOMINATING:
        raise NotPossibleNow
    offered = await services.couples.offer(bracket.guild_id, "", OFFERED + len(bracket.entrants))
    taken = {entrant.option.key for entrant in bracket.entrants}
    await interaction.response.send_modal(render.nomination_form(bracket, offered, taken, private_phrases(interaction)))


async def form_filled(interaction: Interaction, bracket_id: int) -> None:
    """Nominate what was chosen and what was typed."""
    bracket, entered = await bracket_of(interaction, bracket_id), submitted(interaction)
    _ = private_phrases(interaction)
    texts = [text for text in (*entered.get(render.CHOSEN, []), *entered.get(render.TYPED, [])) if text.strip()]
    if not texts:
        await whisper(interaction, notice(_("Choose a couple, or write two names.")))
    for text in texts:
        await _nominate(interaction, bracket, text)


async def support(interaction: Interaction, bracket_id: int) -> None:
    """Support the nominated couple that was chosen."""
    before, number, now = await bracket_of(interaction, bracket_id), _number(interaction), interaction.created_at
    service, roles = interaction.client.services.nominations, role_ids(interaction)
    bracket = await service.support(before.id, interaction.user.id, number, roles=roles, now=now)
    settle(interaction.client, bracket, now)
    _ = private_phrases(interaction)
    couple = plain(_.of(nominee(bracket, number).option.label))
    await _show_mine(interaction, bracket, _("You support {couple}.", couple=couple))


async def show_mine(interaction: Interaction, bracket_id: int) -> None:
    """Show a member what she has nominated."""
    await _show_mine(interaction, await bracket_of(interaction, bracket_id))


async def take_back(interaction: Interaction, bracket_id: int) -> None:
    """Take back the nomination that was chosen."""
    before, number, now = await bracket_of(interaction, bracket_id), _number(interaction), interaction.created_at
    bracket = await interaction.client.services.nominations.take_back(before.id, interaction.user.id, number, now)
    settle(interaction.client, bracket, now)
    _ = private_phrases(interaction)
    couple = plain(_.of(nominee(before, number).option.label))
    await _show_mine(interaction, bracket, _("You have taken back {couple}.", couple=couple))


async def show_nominees(interaction: Interaction, bracket_id: int, page: int) -> None:
    """Show a page of the nominated couples."""
    records = interaction.client.services.records
    bracket = await records.bracket_with_cards(await bracket_of(interaction, bracket_id))
    await _turn(interaction, render.nominees_page(bracket, page, private_phrases(interaction)))


async def show_named(interaction: Interaction, text: str | None) -> None:
    """Show the bracket that was chosen; without a choice the one of the channel, or the newest."""
    await _show(interaction, await named_bracket(interaction, text))


async def show_pressed(interaction: Interaction, bracket_id: int) -> None:
    """Show the bracket of the message, which need not be its card."""
    await _show(interaction, await bracket_of(interaction, bracket_id, on_card=False))


async def show_history(interaction: Interaction, page: int = 0) -> None:
    """Show a page of the brackets of the server."""
    brackets = await interaction.client.services.brackets.list(guild_channel(interaction)[0], LISTED)
    await _turn(interaction, render.history_page(brackets, page, private_phrases(interaction)))


async def manage(interaction: Interaction, bracket_id: int, page: int) -> None:
    """Show whoever leads the bracket what she may do."""
    bracket = await led_bracket(interaction, bracket_id)
    catch_up(interaction.client, bracket, interaction.created_at)
    await _show_lead(interaction, bracket, page=page)


async def move(interaction: Interaction, bracket_id: int, wanted: Move, poll_id: int) -> None:
    """Move the bracket on, where it is risky after another question."""
    bracket = await led_bracket(interaction, bracket_id)
    if wanted not in render.moves(bracket):
        raise NotPossibleNow
    if wanted not in render.RISKY:
        return await move_now(interaction, bracket_id, wanted, poll_id)
    poll = await _meant(interaction, bracket, wanted, poll_id)
    return await _turn(interaction, render.move_question(bracket, wanted, poll, private_phrases(interaction)))


async def move_now(interaction: Interaction, bracket_id: int, wanted: Move, poll_id: int) -> None:
    """Move the bracket on; what its messages show follows by itself."""
    client, before = interaction.client, await led_bracket(interaction, bracket_id)
    service, on = client.services.brackets, await client.services.brackets.matchup_poll(bracket_id)
    await _meant(interaction, before, wanted, poll_id)
    steps = {
        Move.BEGIN: partial(service.begin, before.id),
        Move.HURRY: partial(service.hurry, poll_id),
        Move.PAUSE: partial(service.pause, before.id),
        Move.RESUME: partial(service.resume, before.id),
        Move.REOPEN: partial(service.reopen, before.id, poll_id),
        Move.END: partial(service.end, before.id),
    }

    async def take() -> None:
        try:
            await steps[wanted](interaction.user.id, is_manager=is_manager(interaction), now=interaction.created_at)
        except PollClosed as error:  # it was decided since
            raise NotPossibleNow from error
        if before.champion is not None:
            await say_reopened(client, before, poll_id)
        elif wanted is Move.END:
            await say_ended(client, before)

    if before.champion is None:
        await take()
    else:  # what is told about the final comes before it
        await client.settler.draw(key_of(before.channel_id), take)
    bracket, _ = await service.get(bracket_id), private_phrases(interaction)
    settle(client, bracket, interaction.created_at)
    if on is not None:
        settle_poll(client, on, interaction.created_at)
    await _show_lead(interaction, bracket, note=_(render.DONE[wanted]))


async def _meant(interaction: Interaction, bracket: Bracket, wanted: Move, poll_id: int) -> Poll | None:
    """Return the poll of the matchup that a move is about; it must still be the one that she was shown."""
    course, last = await course_of(interaction.client, bracket), await last_poll(interaction.client, bracket)
    poll = render.meant(wanted, course.poll, last)
    if poll is not None and poll.id != poll_id:
        raise NotPossibleNow
    return poll


async def ask_prune(interaction: Interaction, bracket_id: int) -> None:
    """Ask once more before the chosen couple is taken out."""
    bracket, _ = await led_bracket(interaction, bracket_id), private_phrases(interaction)
    await _turn(interaction, render.prune_question(bracket, nominee(bracket, _number(interaction)), _))


async def prune(interaction: Interaction, bracket_id: int, number: int) -> None:
    """Take a couple out."""
    before, now = await led_bracket(interaction, bracket_id), interaction.created_at
    service, user_id, manages = interaction.client.services.nominations, interaction.user.id, is_manager(interaction)
    bracket = await service.prune(before.id, number, user_id, is_manager=manages, now=now)
    settle(interaction.client, bracket, now)
    _ = private_phrases(interaction)
    couple = plain(_.of(nominee(before, number).option.label))
    await _show_lead(interaction, bracket, note=_("{couple} is out.", couple=couple))


async def bracket_choices(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the brackets of the server to offer while `typed` is being typed."""
    _ = private_phrases(interaction)
    found = await interaction.client.services.brackets.list(guild_channel(interaction)[0], LISTED)
    offered = [(render.named(bracket, _), str(bracket.id)) for bracket in found]
    return [choice(name, key) for name, key in offered if typed.casefold() in name.casefold()][:OFFERED]


async def _nominate(interaction: Interaction, bracket: Bracket, text: str) -> None:
    services = interaction.client.services
    option = services.couples.option(text, await services.settings.get(bracket.guild_id))
    await refuse_members(interaction, services.couples.typed_halves([option]))
    nominated, stands = await services.nominations.nominate(
        bracket.id, interaction.user.id, text, roles=role_ids(interaction), now=interaction.created_at
    )
    _ = private_phrases(interaction)
    settle(interaction.client, nominated, interaction.created_at)
    await _show_mine(interaction, nominated, _("You have nominated {couple}.", couple=plain(_.of(stands.label))))


async def _show_mine(interaction: Interaction, bracket: Bracket, note: str = "") -> None:
    _bracket, mine = await interaction.client.services.nominations.mine(bracket.id, interaction.user.id)
    await _turn(interaction, render.mine_page(bracket, mine, private_phrases(interaction), note))


async def _show(interaction: Interaction, bracket: Bracket) -> None:
    """Show a bracket with its picture, which takes longer than Discord waits for a first answer now and then."""
    client, _ = interaction.client, private_phrases(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    catch_up(client, bracket, interaction.created_at)
    decided = await client.services.brackets.polls(bracket.id)
    since = 1 if bracket.current is None else bracket.current.round
    picture = await draw_bracket(client.easel, bracket, decided, since, _) if bracket.rounds else None
    words = in_words(bracket, decided, _) if bracket.rounds else ""
    leads = is_manager(interaction) or interaction.user.id == bracket.creator_id
    course = await course_of(client, bracket)
    if picture is not None:
        with suppress(discord.Forbidden):  # without the permission to attach files, the words have to do
            page = render.show_page(course, picture, words, _, leads=leads)
            await interaction.followup.send(view=page, file=picture.file(), ephemeral=True)
            return
    await whisper(interaction, render.show_page(course, None, words, _, leads=leads))


async def _show_lead(interaction: Interaction, bracket: Bracket, page: int = 0, note: str = "") -> None:
    course, last = await course_of(interaction.client, bracket), await last_poll(interaction.client, bracket)
    await _turn(interaction, render.lead_page(course, last, page, private_phrases(interaction), note))


async def _turn(interaction: Interaction, page: Page) -> None:
    """Show a member a page of her own: instead of the one that she pressed in, or beside what all see."""
    pressed = interaction.message
    if pressed is not None and pressed.flags.ephemeral and not interaction.response.is_done():
        await interaction.response.edit_message(view=page, attachments=[])
    else:
        await whisper(interaction, page)


def _number(interaction: Interaction) -> int:
    """Return the number of the couple that was chosen in a menu."""
    return int(next(filter(str.isdecimal, chosen(interaction)), "0"))


ROUTES = {
    SUPPORT: support,
    NOMINATE: show_form,
    render.FORM: form_filled,
    MINE: show_mine,
    render.TAKE_BACK: take_back,
    NOMINEES: show_nominees,
    SHOW: show_pressed,
    MANAGE: manage,
    render.PRUNE: ask_prune,
    render.PRUNE_NOW: prune,
    render.MOVE: move,
    render.MOVE_NOW: move_now,
    render.HISTORY: show_history,
}
