"""Playing trivia in the simulated guild: start, look up the right answer, press."""

from bot.domain.games import Answer, Question
from bot.text.names import ANSWERS
from tests.cogs.world import World, answer, buttons, texts

SCRIPTED, AD_LIB = ANSWERS[Answer.SCRIPTED], ANSWERS[Answer.AD_LIB]


async def start(world: World, rounds: int = 3, seconds: int = 20, **options: object) -> None:
    """Start a game as Alice and let its first question come."""
    started = await world.alice.slash(world.channel, "trivia start", rounds=rounds, seconds=seconds, **options)
    assert not started.ephemeral, texts(answer(started))
    await world.env.advance_time(1)


def round_of(message: object) -> int:
    """The id of the round that an open question shows."""
    return int(buttons(message)["Skip this question"]["custom_id"].split(":")[2])


async def asked(world: World) -> Question:
    """What the newest message asks."""
    found = await world.bot.services.rounds.progress(round_of(world.last))
    assert found is not None
    return found.round.question


async def right_answer(world: World) -> str:
    """The label of the right choice of the newest question."""
    question = await asked(world)
    return choice_labels(world)[question.choices.index(question.answer)]


async def wrong_answer(world: World) -> str:
    """The label of a wrong choice of the newest question."""
    question = await asked(world)
    return next(
        label for label, key in zip(choice_labels(world), question.choices, strict=True) if key != question.answer
    )


def choice_labels(world: World) -> list[str]:
    """The labels of the choices of the newest question."""
    return [label for label, button in buttons(world.last).items() if ":guess:" in button["custom_id"]]
