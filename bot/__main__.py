"""python -m bot [run | playground | check-content]: the only place that ends the process, and with which code.

Exit codes: 0 done; 1 worth another try; 78 (EX_CONFIG) something is set wrongly, do not restart.
"""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import discord

from bot.app import DATA, ROOT, open_bot
from bot.content.faults import ContentBroken
from bot.content.load import load_library
from bot.errors import ConfigurationError, HostError, TemporaryError
from bot.log import redact, set_up_logging
from bot.settings import Settings, read_settings

log = logging.getLogger("bot")

NOT_AGAIN = {4004, 4010, 4011, 4012, 4013, 4014}
"""Close codes of the gateway after which Discord wants no other try (its docs: Opcodes and Status Codes)."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code."""
    chosen = _parser().parse_args(arguments)
    try:
        match chosen.command:
            case "check-content":
                return check_content(DATA)
            case "playground":
                return play(chosen.port, chosen.database, fresh=chosen.fresh)
            case _:
                return run()
    except HostError as error:
        print(redact(str(error)), file=sys.stderr)
        return error.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Adlib, a Discord bot for K-drama fan servers.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="run the bot on Discord (the default); wants DISCORD_TOKEN")
    playground = commands.add_parser("playground", help="play with the real bot in the browser, without a token")
    playground.add_argument(
        "--port",
        type=int,
        choices=range(65536),
        metavar="PORT",
        default=8765,
        help="port on this machine, 0 for any free one (default: %(default)s)",
    )
    playground.add_argument(
        "--database",
        type=Path,
        default=ROOT / "var/playground.db",
        help="where it keeps its state (default: var/playground.db)",
    )
    playground.add_argument("--fresh", action="store_true", help="forget what was played before")
    commands.add_parser("check-content", help="check every file in data/ and count what is in it")
    return parser


def check_content(folder: Path) -> int:
    """Print what is in `folder`, or every fault at once."""
    try:
        library = load_library(folder)
    except ContentBroken as broken:
        for fault in broken.faults:
            print(fault)
        print("1 fault" if len(broken.faults) == 1 else f"{len(broken.faults)} faults")
        return 1
    ready = sum(moment.game_ready for moment in library.moments.values())
    print(f"{len(library.dramas)} dramas")
    print(f"{len(library.moments)} moments ({ready} game-ready)")
    print(f"{len(library.articles)} articles")
    print(f"{len(library.couples)} couples")
    print(f"{len(library.people)} people")
    return 0


def play(port: int, database: Path, *, fresh: bool) -> int:
    """Start the playground."""
    try:
        from bot.playground.serve import serve
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"The playground needs {error.name}: pip install --require-hashes -r requirements/play.txt"
        ) from error
    set_up_logging("WARNING")
    feeds_from = read_settings(ROOT / ".env").feed_private_hosts
    return _run_until_stopped(serve(port, database, fresh=fresh, feeds_from=feeds_from), asyncio.new_event_loop)


def run() -> int:
    """Run the bot on Discord. The database and the content are checked before the login."""
    settings = read_settings(ROOT / ".env")
    settings.require_token()
    set_up_logging(settings.log_level)
    return _run_until_stopped(_run_bot(settings), _fastest_loop())


async def _run_bot(settings: Settings) -> None:
    async with open_bot(settings) as bot:
        gc.freeze()
        try:
            await bot.start(settings.require_token())
        except discord.LoginFailure as error:
            raise ConfigurationError("Discord does not know this DISCORD_TOKEN; paste it anew into .env.") from error
        except discord.ConnectionClosed as error:
            kind = ConfigurationError if error.code in NOT_AGAIN else TemporaryError
            raise kind(f"Discord has closed the connection (code {error.code}).") from error
        except (discord.HTTPException, discord.GatewayNotFound, OSError) as error:
            raise TemporaryError(f"Discord cannot be reached at the moment: {error}") from error


def _run_until_stopped(work: Coroutine[Any, Any, None], new_loop: Callable[[], asyncio.AbstractEventLoop]) -> int:
    """Run `work` until it ends or the process is asked to stop (Ctrl-C, SIGTERM)."""

    async def until_stopped() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        try:
            await task
        except asyncio.CancelledError:
            log.info("Stopped")

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(until_stopped())
    return 0


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    """Return uvloop's loop where the platform has it. The playground needs asyncio's own: simcord looks into it."""
    try:
        import uvloop
    except ModuleNotFoundError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
