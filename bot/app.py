"""Puts Adlib together: database, content, services, client; and takes it apart in reverse."""

import random
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.client import AdlibBot
from bot.content.load import load_library
from bot.domain.library import Library
from bot.domain.polls import SHORTEST
from bot.services.articles import ArticleService
from bot.services.boards import BoardService
from bot.services.brackets import BracketService
from bot.services.choices import ChoiceService
from bot.services.closing import ClosingService
from bot.services.commands import CommandService
from bot.services.couples import CoupleService
from bot.services.daily import DailyService
from bot.services.jobs import JobService
from bot.services.moments import MomentService
from bot.services.nominations import NominationService
from bot.services.packs import PackService
from bot.services.privacy import PrivacyService
from bot.services.records import RecordService
from bot.services.rounds import RoundService
from bot.services.seen import SeenService
from bot.services.services import Services
from bot.services.settings import SettingsService
from bot.services.ships import ShipService
from bot.services.trivia import TriviaService
from bot.settings import Settings
from bot.storage.database import Database, open_database
from bot.text.catalogue import load_catalogue

ROOT: Final = Path(__file__).parent.parent
DATA: Final = ROOT / "data"


@asynccontextmanager
async def open_bot(
    settings: Settings,
    *,
    library: Library | None = None,
    rng: random.Random | None = None,
    shortest_poll: timedelta = SHORTEST,
) -> AsyncGenerator[AdlibBot]:
    """Yield a bot that has everything it needs and is not logged in yet; close it and its database afterwards.

    The library in data/ is loaded where no other is given; `rng` draws the questions.

    Raises:
        HostError: the database or the content is not as it must be. Nothing has been changed.
    """
    library = library or load_library(DATA)
    async with open_database(settings.database_url) as database:
        services = build_services(database, library, rng or random.Random(), shortest_poll)
        bot = AdlibBot(services, load_catalogue(DATA / "locales"), sync_commands=settings.sync_commands)
        try:
            yield bot
        finally:
            await bot.close()


def build_services(database: Database, library: Library, rng: random.Random, shortest_poll: timedelta) -> Services:
    """Wire the use cases to one database and one library."""
    job_service = JobService(database, owner=secrets.token_hex(8))
    couples = CoupleService(database, library)
    packs = PackService(database, library)
    return Services(
        articles=ArticleService(library),
        boards=BoardService(database),
        brackets=BracketService(database, library, couples, job_service, rng, shortest_poll),
        choices=ChoiceService(database, job_service),
        closing=ClosingService(database, job_service),
        commands=CommandService(database),
        couples=couples,
        daily=DailyService(database, library, job_service, rng),
        jobs=job_service,
        moments=MomentService(database, library, packs.library_of),
        nominations=NominationService(database, couples),
        packs=packs,
        privacy=PrivacyService(database),
        records=RecordService(database, library, couples),
        rounds=RoundService(database, packs, job_service),
        seen=SeenService(database, library),
        settings=SettingsService(database),
        ships=ShipService(database, couples, job_service, shortest_poll),
        trivia=TriviaService(database, library, packs, job_service, rng),
    )
