"""Files that come and go: the faults of one that was uploaded, and one that is handed over."""

import asyncio
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import discord

from bot.content.file_faults import MOST_FAULTS, FileFault
from bot.text.catalogue import Phrases
from bot.ui.interaction import Interaction
from bot.ui.pages import Page, card, plain
from bot.ui.reply import whisper

FAULTS_SHOWN: Final = 12
FAULTS_ROOM: Final = 3000
"""Characters for them in a message."""
FAULTS_FILE: Final = "faults.txt"
MOST_FILES: Final = 10
"""In a message (Discord)."""
FILE_ROOM: Final = 7_000_000
"""Bytes of the file that lists all faults; Discord takes 10 MB."""


async def tell_faults(interaction: Interaction, faults: Sequence[FileFault], _: Phrases) -> None:
    """Answer privately with what is wrong with a file; where it is much, all of it comes as a file of its own."""
    if len(faults) <= FAULTS_SHOWN:
        await whisper(interaction, faults_page(faults, None, _))
        return
    listed = await asyncio.to_thread(fault_list, faults, _)
    await hand_over(interaction, faults_page(faults, FAULTS_FILE, _), FAULTS_FILE, listed)


async def hand_over(interaction: Interaction, page: Page, filename: str, content: bytes) -> None:
    """Answer privately with a page and the file that it shows."""
    file = discord.File(io.BytesIO(content), filename)
    if interaction.response.is_done():
        await interaction.followup.send(view=page, file=file, ephemeral=True)
    else:
        await interaction.response.send_message(view=page, file=file, ephemeral=True)


async def hand_over_all(interaction: Interaction, text: str, files: Sequence[tuple[str, bytes]]) -> None:
    """Answer privately, after a deferral, with one sentence and the files, as many in a message as Discord takes."""
    for start in range(0, len(files), MOST_FILES):
        some = files[start : start + MOST_FILES]
        page = Page(
            discord.ui.TextDisplay[Any](text), *(discord.ui.File[Any](f"attachment://{name}") for name, _ in some)
        )
        sent = [discord.File(io.BytesIO(content), name) for name, content in some]
        await interaction.followup.send(view=page, files=sent, ephemeral=True)


def file_page(text: str, filename: str) -> Page:
    """Return a page of one sentence, with the file that comes with it."""
    return Page(discord.ui.TextDisplay[Any](text), discord.ui.File[Any](f"attachment://{filename}"))


def faults_page(faults: Sequence[FileFault], filename: str | None, _: Phrases) -> Page:
    """Show the first faults of a file; all of them are in the file `filename` that comes with the page, if any."""
    if len(faults) >= MOST_FAULTS:
        count = _("The file has {count} faults or more; nothing was stored.", count=MOST_FAULTS)
    else:
        count = _.ngettext(
            "The file has one fault; nothing was stored.",
            "The file has {count} faults; nothing was stored.",
            len(faults),
        )
    lines: list[str] = []
    for fault in faults[:FAULTS_SHOWN]:
        values = {name: plain(value) for name, value in fault.values.items()}
        lines.append(f"- {_told(fault, f'**{plain(fault.key)}**', values, _)}")
    while sum(map(len, lines)) > FAULTS_ROOM:
        lines.pop()
    if filename is None:
        return Page(card(f"## {count}", "\n".join(lines)))
    return Page(
        card(f"## {count}", "\n".join(lines), f"-# {_('All of them, line by line:')}"),
        discord.ui.File[Any](f"attachment://{filename}"),
    )


def fault_list(faults: Iterable[FileFault], _: Phrases) -> bytes:
    """Return the faults as the text of a file, a line each; as many as a message can carry."""

    def lines() -> Iterator[bytes]:
        room = FILE_ROOM
        for fault in faults:
            line = f"{_told(fault, fault.key, fault.values, _)}\n".encode()
            room -= len(line)
            if room < 0:
                yield "…\n".encode()
                return
            yield line

    return b"".join(lines())


def _told(fault: FileFault, key: str, values: Mapping[str, str], _: Phrases) -> str:
    advice = _(fault.message, **values)
    said = f"{key} {advice}" if fault.key else advice
    return f"{_('Line {line}', line=fault.line)}: {said}"
