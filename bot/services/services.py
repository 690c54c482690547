"""All use cases, as one typed bundle that the client carries."""

from dataclasses import dataclass

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
from bot.services.settings import SettingsService
from bot.services.ships import ShipService
from bot.services.trivia import TriviaService
from bot.services.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Services:
    """What commands and buttons may do."""

    articles: ArticleService
    boards: BoardService
    brackets: BracketService
    choices: ChoiceService
    closing: ClosingService
    commands: CommandService
    couples: CoupleService
    daily: DailyService
    dramas: DramaService
    feed_checks: FeedCheckService
    feed_previews: FeedPreviews
    feeds: FeedService
    jobs: JobService
    library: LibraryService
    library_drafts: LibraryDraftService
    library_imports: LibraryImportService
    moments: MomentService
    nominations: NominationService
    own_libraries: OwnLibraries
    packs: PackService
    people: PersonService
    privacy: PrivacyService
    records: RecordService
    rounds: RoundService
    seen: SeenService
    settings: SettingsService
    ships: ShipService
    trivia: TriviaService
    uploads: Uploads
