"""Puts Adlib together: database, content, services, client; and takes it apart in reverse."""

import random
import secrets
import tomllib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.client import AdlibBot
from bot.content.load import load_library
from bot.content.mentions import Mentions
from bot.content.search.finders import ArticleFinder, DramaFinder, PersonFinder
from bot.domain.library import Library
from bot.domain.polls import SHORTEST
from bot.feeds.fetch import Fetcher
from bot.services.articles import ArticleService
from bot.services.boards import BoardService
from bot.services.brackets import BracketService
from bot.services.choices import ChoiceService
from bot.services.closing import ClosingService
from bot.services.commands import CommandService
from bot.services.couples import CoupleService
from bot.services.daily import DailyService
from bot.services.dramas import DramaService
from bot.services.feed_checks import FeedCheckService
from bot.services.feed_previews import FeedPreviews
from bot.services.feed_reading import FeedReading, Reader
from bot.services.feeds import FeedService
from bot.services.jobs import JobService
from bot.services.library import LibraryService
from bot.services.library_drafts import LibraryDraftService
from bot.services.library_imports import LibraryImportService
from bot.services.moments import MomentService
from bot.services.nominations import NominationService
from bot.services.own_libraries import OwnLibraries
from bot.services.packs import PackService
from bot.services.people import PersonService
from bot.services.privacy import PrivacyService
from bot.services.records import RecordService
from bot.services.rounds import RoundService
from bot.services.seen import SeenService
from bot.services.services import Services
from bot.services.settings import SettingsService
from bot.services.ships import ShipService
from bot.services.trivia import TriviaService
from bot.services.uploads import Uploads
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
    fetching = Fetcher(settings.private_hosts, read_version())
    async with open_database(settings.database_url) as database, fetching as fetcher:
        services = build_services(database, library, rng or random.Random(), shortest_poll, fetcher)
        bot = AdlibBot(services, load_catalogue(DATA / "locales"), sync_commands=settings.sync_commands)
        await services.own_libraries.load()
        try:
            yield bot
        finally:
            await bot.close()
            await services.own_libraries.close()
            await services.uploads.close()


def read_version() -> str:
    """Return which version of Adlib this is."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def build_services(
    database: Database, library: Library, rng: random.Random, shortest_poll: timedelta, fetcher: Reader
) -> Services:
    """Wire the use cases to one database, one library and the way to feeds."""
    job_service = JobService(database, owner=secrets.token_hex(8))
    couples = CoupleService(database, library)
    drama_finder = DramaFinder(library)
    mentions = Mentions(library)
    own_libraries = OwnLibraries(database, library)
    own_articles = LibraryService(database, library, own_libraries)
    uploads = Uploads(library)
    packs = PackService(database, library, uploads)
    reading = FeedReading(fetcher, mentions)
    return Services(
        articles=ArticleService(database, library, ArticleFinder(library), own_libraries, rng),
        boards=BoardService(database),
        brackets=BracketService(database, library, couples, job_service, rng, shortest_poll),
        choices=ChoiceService(database, job_service),
        closing=ClosingService(database, job_service),
        commands=CommandService(database),
        couples=couples,
        daily=DailyService(database, library, job_service, rng),
        dramas=DramaService(library, drama_finder, own_libraries),
        feed_checks=FeedCheckService(database, reading, own_articles, own_libraries, job_service),
        feed_previews=FeedPreviews(database, reading, own_articles, own_libraries, job_service),
        feeds=FeedService(database, library, job_service),
        jobs=job_service,
        library=own_articles,
        library_drafts=LibraryDraftService(database, library, mentions, own_libraries, job_service),
        library_imports=LibraryImportService(database, own_libraries, uploads, job_service),
        moments=MomentService(database, library, packs.library_of, drama_finder),
        nominations=NominationService(database, couples),
        own_libraries=own_libraries,
        packs=packs,
        people=PersonService(library, PersonFinder(library), own_libraries),
        privacy=PrivacyService(database),
        records=RecordService(database, library, couples),
        rounds=RoundService(database, packs, job_service),
        seen=SeenService(database, library, drama_finder),
        settings=SettingsService(database),
        ships=ShipService(database, couples, job_service, shortest_poll),
        trivia=TriviaService(database, library, packs, job_service, rng),
        uploads=uploads,
    )
