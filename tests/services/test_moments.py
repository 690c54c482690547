import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import delete, insert

from bot.content.search.finders import DramaFinder
from bot.domain.library import Article, Drama, Library
from bot.domain.moments import Verdict
from bot.domain.texts import Localised
from bot.errors import AlreadyReported, ManagersOnly, NoSuchDrama, NoSuchMoment, NothingWritten
from bot.services.moments import MomentService
from bot.storage import tables
from bot.storage.database import Database
from bot.storage.moments import switched_off
from tests.domain.builders import moment

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLUB, OTHER = 845001112223334445, 845001112223334446
ALICE, BORA = 901000000000000001, 901000000000000002
KISS, LINE, MAYBE = "a-kiss", "a-line", "a-maybe"
PACKED = "pack/12/0123456789"


def library_with(prefix: str, *moment_ids: str) -> Library:
    drama_id, article_id = f"{prefix}drama", f"{prefix}article"
    moments = tuple(
        moment(
            moment_id,
            False,
            drama_id=drama_id,
            sources=(article_id,),
            not_asked_because="low confidence" if moment_id == MAYBE else None,
        )
        for moment_id in moment_ids
    )
    empty = Drama("empty", Localised("A Drama Without Scenes"), 2020, (), (), ())
    drama = Drama(drama_id, Localised(f"The {prefix} Drama", "드라마"), 2021, (), (), moments)
    return Library(
        {drama_id: drama, "empty": empty},
        {article_id: Article(article_id, Localised("A headline"), Localised("A summary"), "A paper")},
        {},
    )


class Content:
    """What lies in the library and in a guild's packs; a test takes things away from it."""

    def __init__(self) -> None:
        self.shipped = library_with("", MAYBE, KISS, LINE)
        self.packs = {"pack/12": library_with("pack/12/", PACKED, "pack/12/more")}
        self.asked: list[str] = []

    async def library_of(self, moment_id: str) -> Library:
        self.asked.append(moment_id)
        home = moment_id.rpartition("/")[0]
        return self.packs.get(home, Library({}, {}, {})) if home else self.shipped


@pytest.fixture
def content() -> Content:
    return Content()


@pytest_asyncio.fixture
async def service(database: Database, content: Content) -> MomentService:
    pack = {"id": 12, "guild_id": CLUB, "name": "Ours", "folded": "ours", "size": 2, "content": "[]"}
    await database.write(
        lambda connection: connection.execute(insert(tables.pack).values(uploader_id=ALICE, uploaded_at=NOON, **pack))
    )
    return MomentService(database, content.shipped, content.library_of, DramaFinder(content.shipped))


async def remove_packs(database: Database, content: Content) -> None:
    await database.write(lambda connection: connection.execute(delete(tables.pack)))
    content.packs.clear()


async def switch(service: MomentService, moment_id: str, *, off: bool = True, minutes: int = 0) -> None:
    now = NOON + timedelta(minutes=minutes)
    here = await service.switch(CLUB, moment_id, off=off, is_manager=True, now=now)
    assert (here.moment.id, here.off) == (moment_id, off)


async def report(service: MomentService, user_id: int, moment_id: str = KISS, words: str = "It is wrong.") -> None:
    await service.report(CLUB, user_id, moment_id, words, NOON)


async def test_a_dramas_moments_are_listed_with_those_that_are_never_asked_about_at_the_end(
    service: MomentService,
) -> None:
    found = await service.browse("drama", CLUB)
    assert [(here.moment.id, here.off) for here in found] == [(KISS, False), (LINE, False), (MAYBE, False)]
    assert found[0].moment.verdict is Verdict.IMPROVISED
    assert await service.browse("empty", CLUB) == []
    with pytest.raises(NoSuchDrama):
        await service.browse("gone", CLUB)


async def test_a_manager_switches_a_moment_off_here_and_on_again(service: MomentService, database: Database) -> None:
    await switch(service, KISS)
    assert [here.moment.id for here in await service.browse("drama", CLUB) if here.off] == [KISS]
    assert [here.moment.id for here in await service.browse("drama", OTHER) if here.off] == []
    assert await database.read(lambda connection: switched_off(connection, CLUB)) == {KISS}
    await switch(service, KISS, off=False)
    assert await service.list_off(CLUB) == []


async def test_what_is_off_is_listed_the_last_first_packs_among_it(service: MomentService, content: Content) -> None:
    for minutes, moment_id in enumerate((PACKED, KISS, "pack/12/more")):
        await switch(service, moment_id, minutes=minutes)
    content.asked.clear()
    listed = await service.list_off(CLUB)
    assert [here.moment.id for here in listed] == ["pack/12/more", KISS, PACKED]
    assert all(here.off for here in listed)
    assert [here.library.drama_of(here.moment).id for here in listed] == ["pack/12/drama", "drama", "pack/12/drama"]
    assert len([moment_id for moment_id in content.asked if moment_id.startswith("pack/")]) == 1


async def test_what_is_gone_from_the_library_or_with_its_pack_is_not_listed_as_off(
    service: MomentService, database: Database, content: Content
) -> None:
    await switch(service, PACKED)
    await switch(service, KISS)
    await remove_packs(database, content)
    assert [here.moment.id for here in await service.list_off(CLUB)] == [KISS]
    with pytest.raises(NoSuchMoment):
        await switch(service, PACKED, off=False)


async def test_another_member_switches_and_settles_nothing(service: MomentService) -> None:
    await report(service, ALICE)
    for off in (True, False):
        with pytest.raises(ManagersOnly):
            await service.switch(CLUB, KISS, off=off, is_manager=False, now=NOON)
    with pytest.raises(ManagersOnly):
        await service.settle(CLUB, KISS, 99, is_manager=False, now=NOON)
    assert await service.list_off(CLUB) == []
    assert len(await service.waiting_reports(CLUB)) == 1


async def test_a_report_waits_for_the_managers_of_its_guild(service: MomentService) -> None:
    await report(service, ALICE, words="  The source says otherwise. ")
    await switch(service, KISS)
    [reported] = await service.waiting_reports(CLUB)
    assert reported.waiting.words == ("The source says otherwise.",)
    assert reported.here is not None
    assert (reported.here.moment.id, reported.here.off) == (KISS, True)
    assert await service.waiting_reports(OTHER) == []


async def test_a_member_is_told_that_her_report_waits_before_she_writes_and_after(service: MomentService) -> None:
    await service.check_report(CLUB, ALICE, KISS)
    await report(service, ALICE)
    with pytest.raises(AlreadyReported):
        await service.check_report(CLUB, ALICE, KISS)
    with pytest.raises(AlreadyReported):
        await report(service, ALICE, words="Once more.")
    await service.check_report(CLUB, BORA, KISS)
    await service.check_report(CLUB, ALICE, LINE)


async def test_of_many_reports_of_one_member_in_one_instant_one_is_stored(service: MomentService) -> None:
    outcomes = await asyncio.gather(*(report(service, ALICE) for _ in range(6)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(AlreadyReported) == 5
    assert [reported.waiting.count for reported in await service.waiting_reports(CLUB)] == [1]


async def test_a_report_without_words_or_of_nothing_is_not_stored(service: MomentService) -> None:
    with pytest.raises(NothingWritten):
        await report(service, ALICE, words="     ")
    for moment_id in ("gone", "pack/99/0123456789", "pack/12/gone"):
        with pytest.raises(NoSuchMoment):
            await report(service, ALICE, moment_id)
        with pytest.raises(NoSuchMoment):
            await service.check_report(CLUB, ALICE, moment_id)
    assert await service.waiting_reports(CLUB) == []


async def test_settling_leaves_what_came_after_the_manager_looked(service: MomentService) -> None:
    await report(service, ALICE)
    [seen] = await service.waiting_reports(CLUB)
    await report(service, BORA, words="And this.")
    assert await service.settle(CLUB, KISS, seen.waiting.last_id, is_manager=True, now=NOON) == 1
    [left] = await service.waiting_reports(CLUB)
    assert left.waiting.words == ("And this.",)
    await report(service, ALICE, words="It is back.")


async def test_a_report_outlives_its_moment_so_that_it_can_be_settled(
    service: MomentService, database: Database, content: Content
) -> None:
    await report(service, ALICE, PACKED)
    await remove_packs(database, content)
    [reported] = await service.waiting_reports(CLUB)
    assert (reported.here, reported.waiting.moment_id) == (None, PACKED)
    assert await service.settle(CLUB, PACKED, reported.waiting.last_id, is_manager=True, now=NOON) == 1
    assert await service.waiting_reports(CLUB) == []


async def test_a_moment_of_a_pack_is_reported_and_switched_off_like_a_shipped_one(service: MomentService) -> None:
    await report(service, ALICE, PACKED)
    await switch(service, PACKED)
    [reported] = await service.waiting_reports(CLUB)
    assert reported.here is not None
    assert reported.here.library.drama_of(reported.here.moment).title.ko == "드라마"
    assert reported.here.off


@pytest.mark.parametrize("moment_id", [PACKED, "pack/12/more", "pack/012/0123456789"])
async def test_a_moment_of_another_guilds_pack_can_be_neither_reported_nor_switched_and_is_in_no_list(
    service: MomentService, moment_id: str
) -> None:
    for off in (True, False):
        with pytest.raises(NoSuchMoment):
            await service.switch(OTHER, moment_id, off=off, is_manager=True, now=NOON)
    with pytest.raises(NoSuchMoment):
        await service.check_report(OTHER, ALICE, moment_id)
    with pytest.raises(NoSuchMoment):
        await service.report(OTHER, ALICE, moment_id, "It is wrong.", NOON)
    for guild_id in (OTHER, CLUB):
        assert await service.list_off(guild_id) == []
        assert await service.waiting_reports(guild_id) == []


async def test_what_another_guild_switches_off_and_reports_of_its_pack_is_on_here(service: MomentService) -> None:
    await switch(service, PACKED)
    await report(service, ALICE, PACKED)
    assert await service.list_off(OTHER) == []
    assert await service.waiting_reports(OTHER) == []
    assert await service.settle(OTHER, PACKED, 2**62, is_manager=True, now=NOON) == 0
    assert len(await service.waiting_reports(CLUB)) == 1


async def test_a_moment_of_a_pack_whose_number_no_row_can_have_is_gone_like_any_other(service: MomentService) -> None:
    for number in (2**63, 2**70, 10**40):
        with pytest.raises(NoSuchMoment):
            await service.check_report(CLUB, ALICE, f"pack/{number}/0123456789")


async def test_typing_offers_the_dramas_that_have_moments_and_finds_the_others_too(
    database: Database, content: Content
) -> None:
    plain = replace(content.shipped.dramas["drama"], id="twin", moments=())
    library = Library({**content.shipped.dramas, "twin": plain}, content.shipped.articles, {})
    service = MomentService(database, library, content.library_of, DramaFinder(library))
    assert [drama.id for drama in service.suggest("")] == ["drama"]
    assert [drama.id for drama in service.suggest("drama")] == ["drama"]
    assert service.find_drama("드라마").id == "drama"
    assert service.find_drama("without scenes").id == "empty"
    with pytest.raises(NoSuchDrama):
        service.find_drama("Another Thing")
