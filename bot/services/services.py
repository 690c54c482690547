"""All use cases, as one typed bundle that the client carries."""

from dataclasses import dataclass

from bot.services.articles import ArticleService
from bot.services.commands import CommandService
from bot.services.jobs import JobService
from bot.services.privacy import PrivacyService
from bot.services.rounds import RoundService
from bot.services.settings import SettingsService
from bot.services.ships import ShipService
from bot.services.trivia import TriviaService


@dataclass(frozen=True, slots=True)
class Services:
    """What commands and buttons may do."""

    articles: ArticleService
    commands: CommandService
    jobs: JobService
    privacy: PrivacyService
    rounds: RoundService
    settings: SettingsService
    ships: ShipService
    trivia: TriviaService
