"""All use cases, as one typed bundle that the client carries."""

from dataclasses import dataclass

from bot.services.articles import ArticleService
from bot.services.boards import BoardService
from bot.services.choices import ChoiceService
from bot.services.commands import CommandService
from bot.services.daily import DailyService
from bot.services.jobs import JobService
from bot.services.moments import MomentService
from bot.services.packs import PackService
from bot.services.privacy import PrivacyService
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
    choices: ChoiceService
    commands: CommandService
    daily: DailyService
    jobs: JobService
    moments: MomentService
    packs: PackService
    privacy: PrivacyService
    rounds: RoundService
    seen: SeenService
    settings: SettingsService
    ships: ShipService
    trivia: TriviaService
