"""The result of a ship poll as a table to take home."""

import csv
import io
import json

import discord
import pytest

from tests.cogs.polls import GOBLIN, HARI, LONG, TWENTY, change, open_poll, pictures, vote, walk
from tests.cogs.world import World, answer, texts


async def test_the_export_is_a_table_with_names_in_both_scripts(world: World) -> None:
    poll = await open_poll(world, [HARI, GOBLIN, "=One ♥ Two"])
    await vote(world, poll, (world.alice, "B"), (world.bora, "C"), (world.mina, "B"))
    given = await world.bora.slash(world.channel, "ship export", poll="1")
    assert given.ephemeral
    (file,) = answer(given).attachments
    assert file.filename == "poll-1.csv"
    assert await rows(file) == [
        ["couple", "couple_ko", "couple_id", "votes", "share"],
        ["Shin Ha-ri ♥ Kang Tae-moo", "신하리 ♥ 강태무", HARI, "0", "0.0"],
        ["Ji Eun-tak ♥ Kim Shin", "지은탁 ♥ 김신", GOBLIN, "2", "0.6667"],
        ["'=One ♥ Two", "", "", "1", "0.3333"],
    ]


async def test_only_a_public_poll_exports_who_voted_for_whom(world: World) -> None:
    public, secret = await open_poll(world, votes="public"), await open_poll(world)
    for poll in (public, secret):
        await vote(world, poll, (world.alice, "A"), (world.bora, "B"))
    (open_file,) = answer(await world.mina.slash(world.channel, "ship export", poll="1")).attachments
    assert (await rows(open_file))[4:] == [
        ["member_id", "couple"],
        [f"'{world.alice.id}", "Shin Ha-ri ♥ Kang Tae-moo"],
        [f"'{world.bora.id}", "Ji Eun-tak ♥ Kim Shin"],
    ]
    await world.env.advance_time(LONG)
    (secret_file,) = answer(await world.mina.slash(world.channel, "ship export", poll="2")).attachments
    assert len(await rows(secret_file)) == 3


async def test_a_hidden_poll_gives_no_table_before_its_close_not_even_to_managers(world: World) -> None:
    poll = await open_poll(world, votes="hidden")
    await vote(world, poll, (world.bora, "B"))
    refused = await world.mina.slash(world.channel, "ship export", poll="1")
    assert refused.ephemeral
    assert answer(refused).attachments == []
    assert texts(answer(refused)) == "The votes of this poll stay hidden until it closes."
    await world.env.advance_time(LONG)
    (file,) = answer(await world.mina.slash(world.channel, "ship export", poll="1")).attachments
    assert [line[3] for line in await rows(file)] == ["votes", "0", "1"]


async def test_a_poll_without_votes_gives_a_table_of_noughts(world: World) -> None:
    await open_poll(world, votes="public")
    (file,) = answer(await world.bora.slash(world.channel, "ship export", poll="1")).attachments
    assert [line[3:] for line in await rows(file)] == [["votes", "share"], ["0", "0"], ["0", "0"]]


@pytest.mark.parametrize("couples", [[HARI, GOBLIN], TWENTY[:9]], ids=["buttons", "menu"])
async def test_the_votes_of_a_hidden_poll_that_was_called_off_are_told_nowhere(
    world: World, couples: list[str]
) -> None:
    poll = await open_poll(world, couples, votes="hidden")
    change(world, "UPDATE poll_option SET votes = 70 + number")
    change(world, "UPDATE poll SET void = 1, closed_at = opened_at")
    refused = await world.mina.slash(world.channel, "ship export", poll="1")
    assert refused.ephemeral
    assert answer(refused).attachments == []
    assert texts(answer(refused)) == "The votes of this poll stay hidden until it closes."
    late = world.post_click(world.bora, world.message(poll), "v1:vote:1:1")
    await world.env.advance_time(10)
    copy = answer(await world.mina.slash(world.channel, "ship results", poll="1"))
    for shown in (copy, world.message(poll), *late.followups):
        written = json.dumps(list(walk(shown)), ensure_ascii=False)
        assert not [sign for sign in ("%", "█", "░", "70", "71", "The winner") if sign in written]
        assert pictures(shown) == []
    assert "This vote was called off" in texts(copy)
    assert "This vote was called off" in texts(world.message(poll))


async def rows(file: discord.Attachment) -> list[list[str]]:
    """The lines of a table."""
    return list(csv.reader(io.StringIO((await file.read()).decode("utf-8-sig"))))
