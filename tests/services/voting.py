"""Ship polls for tests of the services: opened with as little as a test wants to say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from uuid import uuid4

from bot.domain.guilds import GuildSettings
from bot.domain.library import Library
from bot.domain.polls import Option, Poll, PollWish, Secrecy
from bot.domain.texts import Language, Localised
from bot.services.closing import ClosingService
from bot.services.couples import CoupleService
from bot.services.jobs import JobService
from bot.services.privacy import PrivacyService
from bot.services.ships import ShipService, Vote, Voted
from bot.storage import guilds
from bot.storage.database import Database
from tests.services.play import CHANNEL, GUILD, NOON, STARTER

HOUR: Final = timedelta(hours=1)
OPTIONS: Final = tuple(Option(Localised(name)) for name in ("Alpha and Beta", "Gamma and Delta", "Epsilon and Zeta"))
NOTHING: Final = frozenset[int]()

_requests = count(1)


@dataclass(frozen=True)
class Booth:
    """What of a running Adlib takes part in a poll."""

    database: Database
    jobs: JobService
    ships: ShipService
    closing: ClosingService
    privacy: PrivacyService

    async def find(self, poll: Poll) -> Poll:
        """The poll as it stands."""
        found = await self.ships.find(poll.id)
        assert found is not None
        return found

    async def vote(self, poll: Poll, user_id: int, option: int, at: datetime = NOON) -> Voted:
        """Press the button of an option."""
        return await self.ships.vote(Vote(poll.id, user_id, at, option, guild_id=poll.guild_id))

    async def choose(self, poll: Poll, user_id: int, *chosen: int, at: datetime = NOON) -> Voted:
        """Hand in a whole ballot; an empty one takes the vote back."""
        return await self.ships.vote(Vote(poll.id, user_id, at, chosen=frozenset(chosen), guild_id=poll.guild_id))

    async def close(self, poll: Poll, now: datetime = NOON + HOUR) -> Poll:
        """Close the poll."""
        closed = await self.closing.close(poll.id, now)
        assert closed is not None
        return closed

    async def forget(self, poll: Poll, now: datetime = NOON + HOUR) -> None:
        """Forget the ballots, and sweep the disk as the job does some minutes later."""
        await self.closing.forget(poll.id, now)
        await self.closing.sweep()

    async def settle(self, settings: GuildSettings) -> None:
        """Store what a guild has chosen."""
        await self.database.write(lambda connection: guilds.save_settings(connection, settings))


def booth_on(database: Database, library: Library) -> Booth:
    """One process of Adlib on a database."""
    jobs = JobService(database, owner=f"process {uuid4()}")
    ships = ShipService(database, CoupleService(database, library), jobs, shortest=timedelta(minutes=5))
    return Booth(database, jobs, ships, ClosingService(database, jobs), PrivacyService(database))


async def open_poll(
    booth: Booth,
    secrecy: Secrecy = Secrecy.ANONYMOUS,
    *,
    options: tuple[Option, ...] = OPTIONS,
    duration: timedelta | None = HOUR,
    question: str | None = None,
    choices: int = 1,
    voter_role_id: int | None = None,
    guild_id: int = GUILD,
    creator_id: int = STARTER,
    request_id: int | None = None,
    locale: Language = Language.ENGLISH,
    roles: frozenset[int] = frozenset(),
    is_manager: bool = False,
) -> Poll:
    """Open a poll at noon."""
    wish = PollWish((), duration, question, secrecy, choices, voter_role_id)
    return await booth.ships.open(
        wish,
        options,
        guild_id=guild_id,
        channel_id=CHANNEL,
        creator_id=creator_id,
        request_id=next(_requests) if request_id is None else request_id,
        locale=locale,
        now=NOON,
        roles=roles,
        is_manager=is_manager,
    )
