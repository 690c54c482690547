"""Members are never shipped: what Discord says when a typed name is looked for among them."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import discord
import pytest
from discord.http import Route
from simcord.results import InteractionResult

from bot.ui import members
from bot.ui.actions import Action
from bot.ui.interaction import Interaction
from bot.ui.pages import Page, notice, row
from bot.ui.reply import whisper
from tests.cogs.world import World, answer, texts

CHECK = Action("check-names")


class Names:
    """A button that has names checked, and says so when they pass."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._names: Sequence[str] = ()
        world.bot.router.add({CHECK: self._checked})

    async def _checked(self, interaction: Interaction) -> None:
        await members.refuse_members(interaction, self._names)
        await whisper(interaction, notice("passed"))

    async def press(self, *names: str) -> InteractionResult:
        self._names = names
        channel = self._world.bot.get_partial_messageable(self._world.channel.id)
        await channel.send(view=Page(row(CHECK.button("Check"))))
        return await self._world.alice.click(self._world.last, label="Check")

    async def told(self, *names: str) -> str:
        return texts(answer(await self.press(*names)))


def refusal(name: str) -> str:
    return f"“{name}” is the name of a member of this server. Members are never shipped."


def searches(world: World) -> list[dict[str, Any]]:
    return [request.params for request in world.env.http_requests if request.path.endswith("/members/search")]


def join(world: World, name: str, *, nick: str | None = None, bot: bool = False) -> None:
    world.guild.add_member(world.env.create_user(name, bot=bot), nick=nick)


@pytest.mark.parametrize(
    "typed",
    ["bora", "Bora", "BORA", "Bоrа", "B0ra", "b.o.r.a", "Ｂｏｒａ", "bora!", "bora oppa", "the real bora"],
)
async def test_a_member_is_not_shipped_in_any_spelling(world: World, typed: str) -> None:
    refused = await Names(world).press("Ada", typed)
    assert refused.ephemeral
    assert texts(answer(refused)).replace("\\", "") == refusal(typed)


@pytest.mark.parametrize("typed", ["Oh Sehun", "Sehun Oh", "oh-sehun", "ohsehun", "0h Sehun"])
@pytest.mark.parametrize("nick", ["Oh Sehun", "oh.sehun 🌸", "ＯＨ ＳＥＨＵＮ"])
async def test_a_nickname_of_two_words_is_found_in_either_order(world: World, nick: str, typed: str) -> None:
    if nick.startswith("Ｏ"):
        join(world, "ohsehun")
    join(world, "somebody", nick=nick)
    assert await Names(world).told(typed) == refusal(typed)


async def test_a_korean_nickname_is_found(world: World) -> None:
    join(world, "somebody", nick="오세훈")
    names = Names(world)
    assert await names.told("오세훈") == refusal("오세훈")
    assert await names.told("배우 오세훈") == refusal("배우 오세훈")
    assert await names.told("오세준") == "passed"


@pytest.mark.parametrize(
    "typed",
    ["our bora", "bora Kim", "our sweet B0RA here", "our bora oppa here", "our b.o.r.a", "bora랑 Cy", "Cy x Bоrа"],
)
async def test_a_member_is_not_shipped_among_other_words_either(world: World, typed: str) -> None:
    told = await Names(world).told("Xavier Zed", typed)
    assert told.replace("\\", "") == refusal(typed)


@pytest.mark.parametrize("typed", ["our Oh Sehun", "Sehun Oh forever", "dear oh sehun here", "oh.sehun lover"])
async def test_a_nickname_of_two_words_is_found_among_other_words(world: World, typed: str) -> None:
    join(world, "somebody", nick="Oh Sehun")
    assert (await Names(world).told(typed)).replace("\\", "") == refusal(typed)


async def test_a_korean_name_is_found_among_other_words_and_not_within_a_word(world: World) -> None:
    join(world, "somebody", nick="세훈")
    names = Names(world)
    for typed in ("나의 세훈", "귀여운 세훈씨", "세훈 바보"):
        assert await names.told(typed) == refusal(typed)
    for typed in ("오세훈", "나의 세훈이네", "김 오세훈"):
        assert await names.told(typed) == "passed"


async def test_a_member_of_fewer_than_three_letters_is_found_by_the_whole_name_only(world: World) -> None:
    join(world, "bo")
    names = Names(world)
    assert await names.told("Bo Derek", "our bo") == "passed"
    assert await names.told("Bo") == refusal("Bo")


@pytest.mark.parametrize("typed", ["Boram", "Bo", "ora", "Boram Kim", "Bora's cat", "Kim Bo-ra", "Bo-ra Kim"])
async def test_who_only_shares_letters_with_a_member_passes(world: World, typed: str) -> None:
    assert await Names(world).told(typed, "Ada") == "passed"


async def test_bots_and_members_who_have_left_do_not_count(world: World) -> None:
    join(world, "robo", bot=True)
    world.guild.remove_member(world.bora)
    assert await Names(world).told("robo", "bora") == "passed"


async def test_the_simulated_discord_searches_as_discord_documents_it(world: World) -> None:
    join(world, "somebody", nick="BORAM")
    http, route = world.bot.http, Route("GET", "/guilds/{guild_id}/members/search", guild_id=world.guild.id)
    both = await http.request(route, params={"query": "bOrA", "limit": 1_000})
    assert [member["user"]["username"] for member in both] == ["bora", "somebody"]
    assert len(await http.request(route, params={"query": "b"})) == 1
    assert await http.request(route, params={"query": "ora", "limit": 5}) == []
    for wrong in ({"query": ""}, {"query": "b" * 101}, {"query": "b", "limit": 0}, {"query": "b", "limit": 1_001}):
        with pytest.raises(discord.HTTPException) as refused:
            await http.request(route, params=wrong)
        assert (refused.value.status, refused.value.code) == (400, 50035)


async def test_no_name_asks_nothing(world: World) -> None:
    assert await Names(world).told() == "passed"
    assert searches(world) == []


async def test_forty_names_are_asked_for_once_each_and_within_what_discord_takes(world: World) -> None:
    typed = [f"{chr(97 + number % 26)}{chr(97 + number // 26)}x" * 23 for number in range(40)]
    assert await Names(world).told(*typed, *typed) == "passed"
    asked = searches(world)
    assert len(asked) == 40
    assert all(1 <= len(search["query"]) <= 100 and 1 <= search["limit"] <= 1_000 for search in asked)


async def test_of_very_many_words_the_likeliest_are_looked_for_and_the_log_says_so(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    padded = [" ".join(one + other for other in letters[:20]) for one in letters]
    names = Names(world)
    with caplog.at_level(logging.WARNING, "bot.ui.members"):
        assert await names.told(*padded) == "passed"
        assert len(searches(world)) == members.MOST_WORDS
        assert await names.told(*padded, "bora") == refusal("bora")
    assert "Of 520 words only 100 are looked for" in caplog.text


async def test_very_many_words_wait_no_longer_for_discord_than_few(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def slow(route: Any, **rest: Any) -> Any:
        if route.path.endswith("/members/search"):
            await asyncio.sleep(60)
        return await asked(route, **rest)

    asked = world.bot.http.request
    monkeypatch.setattr(world.bot.http, "request", slow)
    monkeypatch.setattr(members, "AT_ONCE", members.MOST_WORDS)  # the simulated clock knows no queue
    with caplog.at_level(logging.WARNING, "bot.ui.members"):
        waiting = await Names(world).press(*[f"{chr(97 + number % 26)}{number} our bora" for number in range(40)])
        assert waiting.response is None
        await world.env.advance_time(members.PATIENCE)
    assert texts(answer(waiting)) == "passed"
    assert "late" in caplog.text


async def test_where_discord_refuses_the_names_pass_and_the_log_says_so(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("GET", "/guilds/*/members/search", status=403, code=50001, message="Missing Access")
    with caplog.at_level(logging.WARNING, "bot.ui.members"):
        assert await Names(world).told("bora") == "passed"
    assert "1 searches" in caplog.text
    assert "Missing Access" in caplog.text


async def test_among_very_many_members_the_whole_word_is_asked_for_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_FOUND", 3)
    for number in range(3):
        join(world, f"sea{number}")
    join(world, "sehun")
    for number in range(3):
        join(world, f"sel{number}")
    assert await Names(world).told("Sehun") == refusal("Sehun")
    assert [search["query"] for search in searches(world)] == ["se", "sehun"]


async def test_where_discord_does_not_answer_in_time_the_names_pass_and_the_log_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = world.bot.http.request
    given_up: list[str] = []

    async def slow(route: Any, **rest: Any) -> Any:
        if route.path.endswith("/members/search") and rest["params"]["query"] == "bo":
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                given_up.append(rest["params"]["query"])
                raise
        return await asked(route, **rest)

    monkeypatch.setattr(world.bot.http, "request", slow)
    names = Names(world)
    with caplog.at_level(logging.WARNING, "bot.ui.members"):
        waiting = await names.press("bora", "Ada")
        assert waiting.response is None
        await world.env.advance_time(members.PATIENCE)
    assert texts(answer(waiting)) == "passed"
    assert "Of 2 searches" in caplog.text
    assert "1 late" in caplog.text
    assert given_up == ["bo"]


async def test_a_member_who_is_found_in_time_is_refused_although_another_search_is_late(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = world.bot.http.request

    async def slow(route: Any, **rest: Any) -> Any:
        if route.path.endswith("/members/search") and rest["params"]["query"] == "ad":
            await asyncio.sleep(60)
        return await asked(route, **rest)

    monkeypatch.setattr(world.bot.http, "request", slow)
    waiting = await Names(world).press("Ada", "bora")
    await world.env.advance_time(members.PATIENCE)
    assert texts(answer(waiting)) == refusal("bora")
