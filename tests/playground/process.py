"""The playground as its own process, as `make play` starts it."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import ROOT

STARTS_WITHIN = 30.0
STOPS_WITHIN = 3.0


@asynccontextmanager
async def running(database: Path, number: signal.Signals = signal.SIGINT) -> AsyncGenerator[str]:
    """Yield the address of a playground; then stop it by a signal, and see that it ends soon and without a fault."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "playground", "--port", "0", "--database", str(database), "--fresh"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(STARTS_WITHIN):
            welcome, url = await process.stdout.readline(), await process.stdout.readline()
        assert b"Ctrl-C" in welcome
        assert url.startswith(b"http://127.0.0.1:")
        yield url.decode().strip()
        process.send_signal(number)
        async with asyncio.timeout(STOPS_WITHIN):
            _, log = await process.communicate()
        assert process.returncode == 0
        assert b"ERROR" not in log, log.decode()
        assert b"Traceback" not in log, log.decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
