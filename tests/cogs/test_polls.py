"""Opening a ship poll: every option, the form, and what the card then says."""

import sys
from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.domain.polls import Secrecy
from bot.ui.pages import Form
from tests.cogs.polls import GOBLIN, HARI, TWENTY, calls, numbered, open_poll, stored
from tests.cogs.world import World, answer, buttons, menus, texts

FORM = {"couples": [HARI, GOBLIN], "duration": ["86400"], "secrecy": ["anonymous"], "choices": ["1"]}
"""The form as it is handed in when only couples are chosen."""


@pytest.mark.parametrize("count", [2, 8])
async def test_up_to_eight_couples_have_a_button_each(world: World, count: int) -> None:
    poll = world.message(await open_poll(world, TWENTY[:count]))
    assert list(buttons(poll)) == [f"Vote {letter}" for letter in "ABCDEFGH"[:count]] + ["My vote"]
    assert menus(poll) == []
    assert (await stored(world)).options[0].couple_id == HARI


@pytest.mark.parametrize("count", [9, 20])
async def test_more_than_eight_couples_have_a_menu(world: World, count: int) -> None:
    poll = world.message(await open_poll(world, TWENTY[:count]))
    assert list(buttons(poll)) == ["My vote"]
    assert len(menus(poll)[0]["options"]) == count
    await world.bora.select(poll, [str(count - 1)])
    assert "1 (100%)" in texts(world.message(poll.id))
    assert (await stored(world)).tally == (0,) * (count - 1) + (1,)


async def test_a_poll_that_says_nothing_of_its_options_is_anonymous_open_for_a_day_and_asks_the_usual(
    world: World,
) -> None:
    opened = await world.alice.slash(world.channel, "ship poll", **numbered([HARI, GOBLIN]))
    poll = await stored(world)
    assert (poll.secrecy, poll.choices, poll.voter_role_id, poll.question) == (Secrecy.ANONYMOUS, 1, None, None)
    assert poll.closes_at is not None
    assert poll.closes_at - poll.opened_at == timedelta(days=1)
    shown = texts(answer(opened))
    assert "## Which couple do you ship?" in shown
    assert "nobody sees who voted for whom" in shown
    assert f"Closes <t:{round(poll.closes_at.timestamp())}:R>." in shown
    assert poll.message_id == answer(opened).id


@pytest.mark.parametrize("asked", ["Who had the better umbrella scene?", "누구 우산 장면이 더 좋았나요?", "Q" * 100])
async def test_the_question_stands_above_the_couples(world: World, asked: str) -> None:
    assert f"## {asked}" in texts(world.message(await open_poll(world, question=asked)))


@pytest.mark.parametrize("asked", ["**loud**", "@everyone vote!", "see <#1>", "\u202eback", "   .   "])
async def test_a_question_that_could_format_or_mention_is_refused(world: World, asked: str) -> None:
    refused = await world.alice.slash(world.channel, "ship poll", **numbered([HARI, GOBLIN]), question=asked)
    assert refused.ephemeral
    assert "Only letters in names" in texts(answer(refused))
    assert world.channel.last_message is None


@pytest.mark.parametrize(
    ("votes", "said", "below"),
    [
        ("anonymous", "Anonymous: nobody sees who voted for whom", ["My vote"]),
        ("public", "Public: everybody can look up who voted for whom.", ["My vote", "Who voted"]),
        ("hidden", "Hidden: nobody sees the votes before the close", ["My vote"]),
    ],
)
async def test_the_card_says_who_may_know_what(world: World, votes: str, said: str, below: list[str]) -> None:
    poll = world.message(await open_poll(world, votes=votes))
    assert said in texts(poll)
    assert list(buttons(poll))[2:] == below


async def test_the_card_says_how_many_votes_each_member_has(world: World) -> None:
    poll = await open_poll(world, TWENTY[:4], choices=3)
    assert "Each member has 3 votes." in texts(world.message(poll))
    for label in ("A", "B", "C"):
        await world.bora.click(world.message(poll), label=f"Vote {label}")
    assert "3 votes · 1 member" in texts(world.message(poll))


@pytest.mark.parametrize("typed", ["open", " Open ", "until closed", "계속"])
async def test_a_poll_without_end_stays_open_until_somebody_closes_it(world: World, typed: str) -> None:
    poll = await open_poll(world, duration=typed)
    assert "Open until somebody closes it." in texts(world.message(poll))
    await world.restart(away=timedelta(days=90))
    await world.env.advance_time(5)
    await world.bora.click(world.message(poll), label="Vote A")
    assert (await stored(world)).tally == (1, 0)
    await world.alice.slash(world.channel, "ship close", poll="1")
    await world.env.advance_time(5)
    assert "The winner: Shin Ha-ri ♥ Kang Tae-moo" in texts(world.message(poll))
    assert "Closed late" not in texts(world.message(poll))


@pytest.mark.parametrize(
    ("typed", "length"),
    [("5m", 300), ("90 minutes", 5400), ("1d 12h", 129_600), ("2시간 30분", 9000), ("60d", 5_184_000)],
)
async def test_durations_are_understood_in_both_languages(world: World, typed: str, length: int) -> None:
    await open_poll(world, duration=typed)
    poll = await stored(world)
    assert poll.closes_at is not None
    assert (poll.closes_at - poll.opened_at).total_seconds() == length


async def test_while_typing_durations_are_offered_in_the_members_language(
    world: World, locales: dict[int, str]
) -> None:
    locales[world.bora.id] = "ko"
    english = await world.alice.autocomplete(world.channel, "ship poll", "duration", "")
    korean = await world.bora.autocomplete(world.channel, "ship poll", "duration", "")
    assert [choice["value"] for choice in english] == [choice["value"] for choice in korean]
    assert english[-1] == {"name": "Until somebody closes it", "value": "open"}
    assert korean[0]["name"] == "30분"


async def test_couples_are_offered_in_the_members_script(world: World, locales: dict[int, str]) -> None:
    locales[world.bora.id] = "ko"
    offered = await world.bora.autocomplete(world.channel, "ship poll", "couple-1", "도깨")
    assert ("지은탁 ♥ 김신 · 쓸쓸하고 찬란하神 - 도깨비", GOBLIN) in [(made["name"], made["value"]) for made in offered]


@pytest.mark.parametrize("typed", ["Min-jun & Seo-yeon", "Min-jun x Seo-yeon", "민준 ♥ 서연", "민준과 서연"])
async def test_typed_couples_stand_beside_those_of_the_catalogue(world: World, typed: str) -> None:
    poll = await open_poll(world, [HARI, typed])
    await world.bora.click(world.message(poll), label="Vote B")
    shown, option = texts(world.message(poll)), (await stored(world)).options[1]
    assert option.label.en in shown
    assert option.couple_id is None
    assert "1 (100%)" in shown


async def test_the_form_opens_a_poll_of_the_couples_that_were_chosen(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    couples = [HARI, "kim-bok-joo-jung-joon-hyung"]
    opened = await world.alice.submit_modal(form, {**FORM, "couples": couples, "duration": ["3600"]})
    assert "Kim Bok-joo ♥ Jung Joon-hyung" in texts(answer(opened))
    assert (await stored(world)).message_id == answer(opened).id


async def test_the_form_takes_every_option_it_shows(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    offered = [option["value"] for option in fields(form.modal)["couples"]["options"]]
    filled = {"couples": offered[:20], "duration": ["open"], "secrecy": ["hidden"], "choices": ["5"]}
    opened = await world.alice.submit_modal(form, {**filled, "question": "Whose kiss?"})
    poll = await stored(world)
    assert (len(poll.options), poll.closes_at, poll.secrecy, poll.choices) == (20, None, Secrecy.HIDDEN, 5)
    assert "## Whose kiss?" in texts(answer(opened))


async def test_the_form_is_filled_in_beforehand_with_what_most_want(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    chosen = {
        name: [option["value"] for option in field["options"] if option.get("default")]
        for name, field in fields(form.modal).items()
        if "options" in field
    }
    assert {name: chosen[name] for name in ("duration", "secrecy", "choices")} == {
        name: FORM[name] for name in ("duration", "secrecy", "choices")
    }
    assert len(chosen["couples"]) >= 1
    assert fields(form.modal)["question"]["required"] is False


async def test_a_form_that_asks_for_too_many_votes_is_refused_privately(world: World) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    form = await world.alice.click(answer(card), label="Vote")
    before = len(world.channel.history())
    couples = [option["value"] for option in fields(form.modal)["couples"]["options"]][:2]
    refused = await world.alice.submit_modal(form, {**FORM, "couples": couples, "choices": ["2"]})
    assert refused.ephemeral
    assert texts(answer(refused)) == "So many choices leave nothing to decide here: 1 at most."
    assert len(world.channel.history()) == before


@pytest.mark.parametrize("later", [{"question"}, {"secrecy"}, {"choices"}, {"question", "secrecy", "choices"}])
async def test_a_form_of_an_earlier_version_still_opens_a_poll(
    world: World, monkeypatch: pytest.MonkeyPatch, later: set[str]
) -> None:
    card = await world.alice.slash(world.channel, "article search", text="iconic-unscripted-kisses")
    loaded = sys.modules["cogs.ships.render"]  # not what an import here finds: every bot loads it anew
    made = loaded.poll_form

    def earlier(*given: Any) -> Form:
        form = made(*given)
        for item in list(form.children):
            if isinstance(item, discord.ui.Label) and getattr(item.component, "custom_id", "") in later:
                form.remove_item(item)
        return form

    with monkeypatch.context() as before_the_update:
        before_the_update.setattr(loaded, "poll_form", earlier)
        form = await world.alice.click(answer(card), label="Vote")
    assert fields(form.modal).keys() == {"couples", "duration", "question", "secrecy", "choices"} - later
    await world.restart()
    couples = [option["value"] for option in fields(form.modal)["couples"]["options"]][:2]
    filled = {name: value for name, value in FORM.items() if name not in later} | {"couples": couples}
    opened = await world.alice.submit_modal(form, filled)
    assert not opened.ephemeral
    poll = await stored(world)
    assert (poll.secrecy, poll.choices, poll.question) == (Secrecy.ANONYMOUS, 1, None)
    assert poll.message_id == answer(opened).id


@pytest.mark.parametrize(
    ("key", "called"),
    [
        (GOBLIN, "Ji Eun-tak ♥ Kim Shin"),
        ("Min-jun & Seo-yeon", "Min-jun & Seo-yeon"),
        ("actors/ji-eun-tak-kim-shin", "Kim Go-eun ♥ Gong Yoo"),
    ],
)
async def test_the_form_of_a_couple_begins_with_it_by_name(world: World, key: str, called: str) -> None:
    await world.bot.services.settings.set_actors(world.guild.id, True, is_manager=True)
    card = world.message(await open_poll(world))
    form = world.post_click(world.alice, card, f"v1:ship-couple:{key}")
    await world.env.settle()
    couples = fields(form.modal)["couples"]["options"]
    assert [(made["label"], made["value"]) for made in couples if made.get("default")] == [(called, key)]
    assert [made["value"] for made in couples].count(key) == 1
    filled = {**FORM, "couples": [key, couples[1]["value"]]}
    opened = await world.alice.submit_modal(form, filled)
    assert f"A · {called}" in texts(answer(opened))


async def test_the_form_of_a_couple_that_may_not_stand_in_polls_is_not_opened(world: World) -> None:
    card = world.message(await open_poll(world))
    refused = world.post_click(world.alice, card, "v1:ship-couple:actors/ji-eun-tak-kim-shin")
    await world.env.settle()
    assert refused.ephemeral
    assert "is an actor" in texts(answer(refused)) or "about characters" in texts(answer(refused))


async def test_opening_a_poll_is_one_call_to_discord(world: World) -> None:
    before = len(world.env.http_requests)
    await open_poll(world)
    assert calls(world, before) == ["POST interactions"]


def fields(modal: Any) -> dict[str, dict[str, Any]]:
    """The fields of a form, by their names."""
    return {label["component"]["custom_id"]: label["component"] for label in modal["components"]}
