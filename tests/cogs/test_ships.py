"""Ship polls, as members see them."""

from datetime import timedelta

import pytest

from tests.cogs.world import World, answer, buttons, texts

HARI = "shin-ha-ri-kang-tae-moo"
GOBLIN = "ji-eun-tak-kim-shin"


async def open_poll(world: World, **options: str) -> int:
    opened = await world.alice.slash(
        world.channel, "ship poll", **{"couple-1": HARI, "couple-2": GOBLIN, "duration": "10m", **options}
    )
    assert not opened.ephemeral, texts(answer(opened))
    return answer(opened).id


async def test_a_vote_moves_the_bars_and_a_second_one_changes_it(world: World) -> None:
    poll = await open_poll(world)
    await world.alice.click(world.message(poll), label="Vote A")
    await world.bora.click(world.message(poll), label="Vote B")
    assert "1 (50%)" in texts(world.message(poll))
    await world.bora.click(world.message(poll), label="Vote A")
    assert "2 (100%)" in texts(world.message(poll))
    assert "2 votes" in texts(world.message(poll))


async def test_my_vote_tells_only_me(world: World) -> None:
    poll = await open_poll(world)
    before = await world.bora.click(world.message(poll), label="My vote")
    assert before.ephemeral
    assert texts(answer(before)) == "You have not voted in this poll yet."
    await world.bora.click(world.message(poll), label="Vote B")
    after = await world.bora.click(world.message(poll), label="My vote")
    assert "Ji Eun-tak ♥ Kim Shin" in texts(answer(after))


async def test_one_vote_is_one_call_to_discord(world: World) -> None:
    poll = await open_poll(world)
    before = len(world.env.http_requests)
    await world.alice.click(world.message(poll), label="Vote A")
    await world.env.advance_time(10)
    assert len(world.env.http_requests) - before == 1


async def test_a_poll_closes_by_itself_with_its_winner(world: World) -> None:
    poll = await open_poll(world)
    await world.alice.click(world.message(poll), label="Vote B")
    await world.env.advance_time(601)
    closed = texts(world.message(poll))
    assert "The winner: Ji Eun-tak ♥ Kim Shin" in closed
    assert "Closed late" not in closed
    assert list(buttons(world.message(poll))) == ["My vote"]


async def test_a_poll_that_was_due_while_adlib_was_away_closes_at_its_return_and_says_so(world: World) -> None:
    poll = await open_poll(world)
    await world.alice.click(world.message(poll), label="Vote A")
    await world.restart(away=timedelta(hours=1))
    await world.env.advance_time(1)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert "Closed late" in texts(world.message(poll))


async def test_nobody_voted_and_a_tie_have_endings_of_their_own(world: World) -> None:
    empty, tied = await open_poll(world), await open_poll(world)
    await world.alice.click(world.message(tied), label="Vote A")
    await world.bora.click(world.message(tied), label="Vote B")
    await world.env.advance_time(601)
    assert "Nobody voted" in texts(world.message(empty))
    assert "A tie: A and B" in texts(world.message(tied))


async def test_old_buttons_work_after_a_restart(world: World) -> None:
    poll = await open_poll(world)
    await world.restart()
    await world.alice.click(world.message(poll), label="Vote A")
    assert "1 (100%)" in texts(world.message(poll))


async def test_a_click_on_a_closed_poll_is_told_so_privately(world: World) -> None:
    poll = await open_poll(world)
    old = world.message(poll)
    vote = buttons(old)["Vote A"]["custom_id"]
    await world.env.advance_time(601)
    late = world.post_click(world.bora, old, vote)
    await world.env.settle()
    assert late.ephemeral
    assert texts(answer(late)) == "This poll is closed; your vote was not counted."
    assert "Nobody voted" in texts(world.message(poll))


async def test_a_click_on_a_poll_that_is_not_stored_is_told_so(world: World) -> None:
    poll = await open_poll(world)
    gone = world.post_click(world.bora, world.message(poll), "v1:vote:999:0")
    await world.env.settle()
    assert texts(answer(gone)) == "This poll no longer exists."


async def test_fifty_clicks_in_the_same_instant_are_fifty_votes_and_the_message_is_right(world: World) -> None:
    poll = await open_poll(world)
    fans = [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(50)]
    message = world.message(poll)
    labels = [buttons(message)[f"Vote {'AB'[number % 2]}"]["custom_id"] for number in range(50)]
    clicks = [world.post_click(fan, message, custom_id) for fan, custom_id in zip(fans, labels, strict=True)]
    await world.env.settle()
    await world.env.advance_time(5)
    assert all(click.acknowledged for click in clicks)
    assert "50 votes" in texts(world.message(poll))
    assert texts(world.message(poll)).count("25 (50%)") == 2


async def test_a_poll_whose_message_is_deleted_closes_quietly(world: World) -> None:
    poll = await open_poll(world)
    await world.mina.delete(world.message(poll))
    await world.env.advance_time(601)
    stored = await world.bot.services.ships.find(1)
    assert stored is not None
    assert stored.closed_at is not None


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"couple-2": HARI}, "is in the poll twice"),
        ({"couple-2": "Kang Tae-moo ♥ Shin Ha-ri"}, "is in the poll twice"),
        ({"couple-2": "**bold** x bolder"}, "plain letters"),
        ({"couple-2": "@everyone x me"}, "plain letters"),
        ({"couple-2": "zero\u200bwidth x me"}, "plain letters"),
        ({"couple-2": "\u202eright-to-left x me"}, "plain letters"),
        ({"couple-2": "   "}, "plain letters"),
        ({"couple-2": "goblin"}, "I know no couple"),
        ({"couple-2": "n" * 101}, "too long"),
        ({"duration": "-5m"}, "has passed already"),
        ({"duration": "0m"}, "has passed already"),
        ({"duration": "10s"}, "too short"),
        ({"duration": "99w"}, "too long"),
        ({"duration": "soon"}, "length of time"),
    ],
)
async def test_bad_input_gets_one_private_sentence_and_opens_nothing(
    world: World, options: dict[str, str], refusal: str
) -> None:
    given = {"couple-1": HARI, "couple-2": GOBLIN, "duration": "10m", **options}
    refused = await world.alice.slash(world.channel, "ship poll", **given)
    assert refused.ephemeral
    assert refusal in texts(answer(refused))
    assert world.channel.last_message is None
    assert await world.bot.services.ships.find(1) is None


async def test_a_refusal_is_said_in_the_members_language(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    refused = await world.bora.slash(world.channel, "ship poll", **{"couple-1": HARI, "couple-2": HARI})
    assert "커플" in texts(answer(refused))


async def test_couples_are_offered_in_the_members_script(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    offered = await world.bora.autocomplete(world.channel, "ship poll", "couple-1", "도깨")
    assert {"name": "지은탁 ♥ 김신 · 쓸쓸하고 찬란하神 - 도깨비", "value": GOBLIN} in [
        {"name": choice["name"], "value": choice["value"]} for choice in offered
    ]


async def test_the_form_opens_a_poll_of_the_couples_that_were_chosen(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    opened = await world.alice.submit_modal(
        form, {"couples": [HARI, "kim-bok-joo-jung-joon-hyung"], "duration": ["3600"]}
    )
    assert "Kim Bok-joo ♥ Jung Joon-hyung" in texts(answer(opened))


async def test_typed_couples_stand_beside_those_of_the_catalogue(world: World) -> None:
    poll = await open_poll(world, **{"couple-2": "Min-jun & Seo-yeon"})
    assert "Min-jun & Seo-yeon" in texts(world.message(poll))
