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
from bot.services.jobs import JobService
from bot.services.moments import MomentService
from bot.services.nominations import NominationService
from bot.services.packs import PackService
from bot.services.privacy import PrivacyService
from bot.services.records import RecordService
from bot.services.rounds import RoundService
from bot.services.seen import SeenService
from bot.services.settings import SettingsService
from bot.services.ships import ShipService
from bot.services.trivia import TriviaService


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
    jobs: JobService
    moments: MomentService
    nominations: NominationService
    packs: PackService
    privacy: PrivacyService
    records: RecordService
    rounds: RoundService
    seen: SeenService
    settings: SettingsService
    ships: ShipService
    trivia: TriviaService
