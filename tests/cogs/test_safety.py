"""Who may be shipped, seen from /ship poll: characters, actors where a manager wants them; members never."""

import pytest

from tests.cogs.world import World, answer, texts

BLOCKED = "“{name}” is on this server's block list."
ACTOR = "“{name}” is an actor. Ships on this server are about characters; a manager can change that in /settings."
MEMBER = "“{name}” is the name of a member of this server. Members are never shipped."


async def ship(world: World, *couples: str) -> str:
    given = {f"couple-{number}": couple for number, couple in enumerate(couples, 1)}
    opened = await world.alice.slash(world.channel, "ship poll", duration="1h", **given)
    said = texts(answer(opened))
    assert opened.ephemeral == ("Which couple" not in said)
    return said


@pytest.mark.parametrize(
    ("couple", "refusal"),
    [
        ("Gong Yoo ♥ Ada", ACTOR.format(name="Gong Yoo")),
        ("Ada ♥ g0ng-y00", ACTOR.format(name="Gong Yoo")),
        ("에이다와 공유", ACTOR.format(name="Gong Yoo")),
        ("actors/ji-eun-tak-kim-shin", ACTOR.format(name="Kim Go-eun ♥ Gong Yoo")),
        ("Shin Ha-ri ♥ shin hari", "“Shin Ha-ri” stands there twice; a couple is two."),
        ("Bora ♥ Ada", MEMBER.format(name="Bora")),
        ("Ada ♥ B0RA", MEMBER.format(name="B0RA")),
        ("Ada ♥ Oh Sehun", BLOCKED.format(name="Oh Sehun")),
        ("ji-eun-tak-kim-shin", BLOCKED.format(name="Kim Shin")),
    ],
)
async def test_who_must_not_be_shipped_is_refused_privately(world: World, couple: str, refusal: str) -> None:
    now = world.env.backend.clock.now()
    for name in ("Sehun", "김신"):
        await world.bot.services.couples.block(world.guild.id, name, is_manager=True, now=now)
    assert await ship(world, "Ada and Cy", couple) == refusal
    assert "Ada and Cy" in await ship(world, "Ada and Cy", "Cy and Di")


async def test_actors_stand_in_polls_once_a_manager_wants_them(world: World) -> None:
    await world.bot.services.settings.set_actors(world.guild.id, True, is_manager=True)
    said = await ship(world, "공유 & 김고은", "Gong Yoo ♥ Ada")
    assert "Kim Go-eun ♥ Gong Yoo" in said
    assert "Gong Yoo ♥ Ada" in said


async def test_who_is_called_like_a_character_keeps_nobody_from_shipping_the_character(world: World) -> None:
    world.guild.add_member(world.env.create_user("somebody"), nick="Kim Shin")
    assert "Kim Shin ♥ Ada" in await ship(world, "Kim Shin ♥ Ada", "Cy ♥ Di")
