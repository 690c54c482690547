from tests.cogs.world import World, texts


async def test_a_game_of_three_rounds_ends_with_a_recap(world: World) -> None:
    started = await world.alice.slash(world.channel, "trivia start", rounds=3, seconds=20)
    assert "3 rounds" in texts(started.response)
    await world.env.advance_time(1)
    for _ in range(3):
        question = world.last
        assert "Was this in the script?" in texts(question)
        said = await world.alice.click(question, label="In the script")
        assert said.ephemeral
        await world.env.advance_time(22)
        await world.env.advance_time(8)
    assert "Final scores" in texts(world.last)
