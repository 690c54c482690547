"""Packs as a guild uses them: uploaded, looked through, switched, exported, played and removed."""

import asyncio
import gc
from datetime import UTC, datetime, timedelta
from time import perf_counter, process_time

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.content.packs import MOST_MOMENTS, Format
from bot.domain.library import Library
from bot.domain.packs import Pack
from bot.domain.spoilers import SpoilerPolicy
from bot.errors import (
    NameNotPlain,
    NameTooLong,
    NoSuchPack,
    PackNotText,
    PackOff,
    PackOfNoKind,
    PackTooBig,
    TooManyPacks,
)
from bot.services.pack_libraries import KEPT
from bot.services.packs import MOST_PACKS, PackService, Refused, Uploaded
from bot.services.settings import SettingsService
from bot.services.uploads import Uploads
from bot.storage.database import Database
from tests.content.pack_files import GOOD, GOOD_CSV, big_pack
from tests.services.uploading import OnTheSpot
from tests.tracing import is_traced

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
GUILD, OTHER, MINA = 845001112223334445, 845001112223334999, 901000000000000001


@pytest.fixture
def service(database: Database, library: Library) -> PackService:
    return PackService(database, library, OnTheSpot(library))


async def upload(service: PackService, name: str = "Ours", text: str = GOOD, guild_id: int = GUILD) -> Pack:
    outcome = await service.upload(guild_id, MINA, "pack.toml", name, text.encode(), NOON)
    assert isinstance(outcome, Uploaded)
    return outcome.pack


async def test_an_uploaded_pack_is_switched_off_until_a_manager_switches_it_on(service: PackService) -> None:
    pack = await upload(service)
    assert (pack.name, pack.size, pack.enabled) == ("Ours", 2, False)
    with pytest.raises(PackOff):
        await service.playable(GUILD, str(pack.id))
    switched = await service.switch(GUILD, pack.id, True)
    assert switched.enabled
    playable, library = await service.playable(GUILD, str(pack.id))
    assert playable == switched
    assert len(library.moments) == 2


async def test_a_file_with_faults_stores_nothing_and_says_all_of_them(service: PackService) -> None:
    outcome = await service.upload(GUILD, MINA, "a.toml", "Ours", GOOD.replace("kiss", "?").encode(), NOON)
    assert isinstance(outcome, Refused)
    assert [(fault.line, fault.key) for fault in outcome.faults] == [(3, "kind"), (21, "parts[2].asked")]
    assert await service.list(GUILD) == []


async def test_the_same_name_in_another_spelling_replaces_what_is_in_the_pack(service: PackService) -> None:
    first = await upload(service, "Our  Kisses")
    await service.switch(GUILD, first.id, True)
    (moment_id, *_) = (await service.open(GUILD, first.id)).library.moments
    outcome = await service.upload(GUILD, MINA, "b.csv", "our kisses", GOOD_CSV.encode(), NOON)
    assert isinstance(outcome, Uploaded)
    assert (outcome.replaced, outcome.pack.id, outcome.pack.enabled) == (True, first.id, True)
    assert len(await service.list(GUILD)) == 1
    assert moment_id not in (await service.library_of(moment_id)).moments


@pytest.mark.parametrize(
    ("filename", "name", "content", "refusal"),
    [
        ("pack.xlsx", "Ours", GOOD.encode(), PackOfNoKind),
        ("pack.toml", "Ours", b"x" * 10_000_000, PackTooBig),
        ("pack.toml", "Ours", b"\x00\x01\xff", PackNotText),
        ("pack.toml", "**Ours**", GOOD.encode(), NameNotPlain),
        ("pack.toml", "♥", GOOD.encode(), NameNotPlain),
        ("pack.toml", "o" * 71, GOOD.encode(), NameTooLong),
    ],
)
async def test_what_cannot_be_a_pack_is_refused(
    service: PackService, filename: str, name: str, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await service.upload(GUILD, MINA, filename, name, content, NOON)
    assert await service.list(GUILD) == []


async def test_a_file_is_refused_by_its_name_and_size_before_it_is_there(service: PackService) -> None:
    with pytest.raises(PackTooBig):
        service.admit("pack.toml", 10_000_000, "Ours")
    with pytest.raises(PackOfNoKind):
        service.admit("pack.png", 10, "Ours")
    with pytest.raises(NameNotPlain):
        service.admit("pack.toml", 10, "@everyone")
    service.admit("pack.csv", 10, "Ours")


async def test_a_guild_has_twenty_packs_and_may_still_replace_one(service: PackService) -> None:
    for number in range(MOST_PACKS):
        await upload(service, f"Pack {number}")
    with pytest.raises(TooManyPacks):
        await upload(service, "One more")
    await upload(service, "pack 7")
    await upload(service, "One more", guild_id=OTHER)
    assert len(await service.list(GUILD)) == MOST_PACKS


async def test_packs_of_another_guild_are_none_of_its_business(service: PackService) -> None:
    pack = await upload(service)
    for refused in (
        service.get(OTHER, pack.id),
        service.open(OTHER, pack.id),
        service.find(OTHER, "Ours"),
        service.switch(OTHER, pack.id, True),
        service.export(OTHER, pack.id, Format.CSV),
        service.playable(OTHER, str(pack.id)),
        service.remove(OTHER, pack.id),
    ):
        with pytest.raises(NoSuchPack):
            await refused
    assert await service.get(GUILD, pack.id) == pack


async def test_a_pack_can_be_played_by_its_number_or_its_name_and_no_other_text(service: PackService) -> None:
    pack = await upload(service, "Our Kisses")
    await service.switch(GUILD, pack.id, True)
    assert (await service.playable(GUILD, "ourkisses"))[0].id == pack.id
    for key in ("", "1", "kisses", "9" * 30, "²"):
        with pytest.raises(NoSuchPack):
            await service.playable(GUILD, key)


@pytest.mark.parametrize("kind", Format)
async def test_an_export_uploads_again_to_the_same_pack(service: PackService, kind: Format) -> None:
    pack = await upload(service, "Our Kisses!")
    before = (await service.open(GUILD, pack.id)).library.moments
    filename, content = await service.export(GUILD, pack.id, kind)
    assert filename == f"our-kisses.{kind}"
    await service.upload(GUILD, MINA, filename, "Our Kisses!", content, NOON)
    assert (await service.open(GUILD, pack.id)).library.moments == before


async def test_a_pack_with_a_korean_name_is_exported_under_its_number(service: PackService) -> None:
    pack = await upload(service, "우리 키스")
    assert (await service.export(GUILD, pack.id, Format.CSV))[0] == f"pack-{pack.id}.csv"


@pytest.mark.parametrize("kind", Format)
async def test_the_example_can_be_uploaded_as_it_is(service: PackService, kind: Format) -> None:
    filename, content = service.example(kind, ["A remark", "한국어"])
    outcome = await service.upload(GUILD, MINA, filename, "Example", content, NOON)
    assert isinstance(outcome, Uploaded)
    assert outcome.pack.size == 2


async def test_a_removed_pack_leaves_an_empty_library_to_the_games_that_play_on_it(service: PackService) -> None:
    pack = await upload(service)
    (moment_id, *_) = (await service.open(GUILD, pack.id)).library.moments
    assert moment_id in (await service.library_of(moment_id)).moments
    assert await service.remove(GUILD, pack.id) == pack
    gone = await service.library_of(moment_id)
    assert (len(gone.moments), len(gone.dramas), len(gone.articles)) == (0, 0, 0)
    with pytest.raises(NoSuchPack):
        await service.remove(GUILD, pack.id)


async def test_moments_that_come_with_adlib_are_in_its_own_library(service: PackService, library: Library) -> None:
    assert await service.library_of("business-proposal-glasses-kiss") is library
    assert await service.library_of("pack-that-is-none") is library


async def test_a_library_is_built_once_while_nobody_replaces_the_pack(service: PackService) -> None:
    pack = await upload(service)
    opened = await service.open(GUILD, pack.id)
    (moment_id, *_) = opened.library.moments
    assert all([(await service.library_of(moment_id)) is opened.library for _ in range(3)])
    await service.switch(GUILD, pack.id, True)
    assert (await service.open(GUILD, pack.id)).library is opened.library


async def test_only_so_many_libraries_stay_in_memory_and_all_of_them_can_be_had(service: PackService) -> None:
    made = [await upload(service, f"Pack {number}") for number in range(KEPT + 2)]
    first = (await service.open(GUILD, made[0].id)).library
    for pack in made[1:]:
        await service.open(GUILD, pack.id)
    again = (await service.open(GUILD, made[0].id)).library
    assert again is not first
    assert again.moments == first.moments


async def test_libraries_can_be_asked_for_within_as_many_transactions_as_there_are_connections(
    service: PackService, database: Database, library: Library
) -> None:
    pack = await upload(service)
    (moment_id, *_) = (await service.open(GUILD, pack.id)).library.moments
    cold = PackService(database, library, OnTheSpot(library))

    async def ask(connection: AsyncConnection) -> bool:
        await connection.execute(text("SELECT 1"))
        return moment_id in (await cold.library_of(moment_id, connection)).moments

    async with asyncio.timeout(10):
        asked = await asyncio.gather(*(database.read(ask) for _ in range(20)), database.write(ask), cold.list(GUILD))
    assert asked[:21] == [True] * 21


async def test_a_library_that_was_being_built_while_its_pack_was_replaced_is_not_kept(service: PackService) -> None:
    pack = await upload(service, text=big_pack(300).decode())
    building = asyncio.create_task(service.open(GUILD, pack.id))
    await asyncio.sleep(0)
    await upload(service)
    await building
    assert len((await service.open(GUILD, pack.id)).library.moments) == 2
    (moment_id, *_) = (await service.open(GUILD, pack.id)).library.moments
    assert len((await service.library_of(moment_id)).moments) == 2


async def test_another_process_that_lacks_a_moment_looks_at_what_is_stored_now(
    database: Database, library: Library
) -> None:
    one, two = PackService(database, library, OnTheSpot(library)), PackService(database, library, OnTheSpot(library))
    pack = await upload(one)
    known = set((await two.open(GUILD, pack.id)).library.moments)
    await upload(one, text=GOOD.replace("the line", "the word"))
    (new,) = set((await one.open(GUILD, pack.id)).library.moments) - known
    assert new in (await two.library_of(new)).moments
    await one.remove(GUILD, pack.id)
    assert (await two.library_of(f"pack/{pack.id}/0123456789")).moments == {}


async def test_five_thousand_moments_are_accepted_in_two_seconds_while_others_are_answered(
    database: Database, library: Library
) -> None:
    uploads = Uploads(library)
    service = PackService(database, library, uploads)
    content = big_pack(MOST_MOMENTS)
    settings = SettingsService(database)
    stalls: list[float] = []
    clicks: list[float] = []
    done = asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            begun = perf_counter()
            await asyncio.sleep(0.001)
            stalls.append(perf_counter() - begun)

    async def click() -> None:
        while not done.is_set():
            begun = perf_counter()
            await settings.set_spoilers(OTHER, SpoilerPolicy.ALL, is_manager=True)
            clicks.append(perf_counter() - begun)
            await asyncio.sleep(0.01)

    gc.collect()
    gc.freeze()  # as the bot does when it has started
    others = [asyncio.create_task(watch()), asyncio.create_task(click())]
    begun = process_time()
    outcome = await service.upload(GUILD, MINA, "big.toml", "Big", content, NOON + timedelta(hours=1))
    spent = process_time() - begun
    done.set()
    await asyncio.gather(*others)
    await uploads.close()
    gc.unfreeze()
    assert isinstance(outcome, Uploaded)
    assert outcome.pack.size == MOST_MOMENTS
    assert spent < (5 if is_traced() else 2)
    assert max(stalls) < 0.25
    assert len(clicks) >= 3
    assert max(clicks) < 1.5
