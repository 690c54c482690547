"""Games for tests of storage, made by the functions that the services call."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.domain.games import Angle, Answer, Game, Guess, Question, Round, Scored, Stake, Wish
from bot.domain.texts import Language
from bot.storage import games, guesses, rounds
from bot.storage.database import Database

NOON: Final = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUILD, CHANNEL, STARTER = 845001112223334445, 845001112223334446, 845001112223334447
ALICE, BORA, CHAN = 901000000000000001, 901000000000000002, 901000000000000003
WISH: Final = Wish(rounds=5, seconds=20)


def script(moment_id: str, part: int, answer: Answer) -> Question:
    return Question(moment_id, part, Angle.SCRIPT, tuple(Answer), answer)


KISS: Final = script("coffee-prince-kiss", 0, Answer.AD_LIB)
LINE: Final = script("signal-radio", 1, Answer.SCRIPTED)
WALK: Final = script("signal-walk", 0, Answer.SCRIPTED)
DRAMA: Final = Question("signal-radio", 0, Angle.DRAMA, ("goblin", "signal", "live", "voice"), "signal")
WHOSE: Final = Question(
    "coffee-prince-kiss", 0, Angle.WHOSE, ("script", "director_on_set", "performers", "accident"), "performers"
)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def add(
    database: Database,
    *questions: Question,
    request_id: int = 1,
    channel_id: int = CHANNEL,
    guild_id: int = GUILD,
    wish: Wish = WISH,
    daily_on: date | None = None,
) -> Game:
    return await database.write(
        lambda connection: games.add_game(
            connection,
            guild_id=guild_id,
            channel_id=channel_id,
            starter_id=STARTER,
            request_id=request_id,
            language=Language.KOREAN,
            wish=wish,
            now=NOON,
            questions=questions or (KISS, LINE),
            daily_on=daily_on,
        )
    )


async def rounds_of(database: Database, game: Game) -> Sequence[Round]:
    return await database.read(lambda connection: rounds.list_rounds(connection, game.id))


async def end(database: Database, game: Game, now: datetime = NOON) -> bool:
    return await database.write(lambda connection: games.end_game(connection, game.id, now))


async def find(database: Database, round_: Round) -> Round:
    found = await database.read(lambda connection: rounds.find_round(connection, round_.id))
    assert found is not None
    return found


async def open_(database: Database, round_: Round, opened_at: datetime = NOON) -> None:
    deadline = opened_at + timedelta(seconds=20)
    await database.write(lambda connection: rounds.open_round(connection, round_.id, opened_at, deadline))


async def show(database: Database, round_: Round, message_id: int = 777) -> None:
    """Let the round stand in its channel."""
    await open_(database, round_)
    await database.write(lambda connection: rounds.show_round(connection, round_.id, message_id, after(20)))


async def say(database: Database, *said: tuple[Round, Guess]) -> None:
    await database.write(lambda connection: guesses.add_guesses(connection, said))


async def close(database: Database, round_: Round, *scored: Scored, stakes: Sequence[Stake] = ()) -> None:
    await database.write(lambda connection: rounds.close_round(connection, round_.id, scored, stakes, NOON))


async def stake(database: Database, round_: Round, user_id: int, amount: int) -> None:
    await database.write(lambda connection: guesses.place_stake(connection, round_, Stake(user_id, amount), NOON))


async def skip(database: Database, round_: Round) -> None:
    await database.write(lambda connection: rounds.skip_round(connection, round_.id))


async def play(database: Database, round_: Round, *scored: tuple[int, int, int]) -> None:
    """Open and close the round with these (member, points, streak): who has a streak was right."""
    await open_(database, round_)
    answer = round_.question.answer
    other = next(choice for choice in round_.question.choices if choice != answer)
    entries = [
        Scored(Guess(user_id, answer if streak else other, after(place)), bool(streak), points, streak)
        for place, (user_id, points, streak) in enumerate(scored)
    ]
    if entries:
        await say(database, *((round_, entry.guess) for entry in entries))
    await close(database, round_, *entries)
