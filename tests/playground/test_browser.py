"""The playground in a real browser: two members, one of them on a phone, play, look up and vote."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot.app import DATA
from bot.domain.texts import Language
from bot.text.catalogue import Phrases, load_catalogue
from tests.playground.process import running

pytestmark = pytest.mark.xdist_group("browser")

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SOON: Final = 15_000
"""Milliseconds for what follows a press."""
ROUND: Final = 60_000
"""Milliseconds for what follows when the time of a round or a poll is up."""
ROUNDS: Final = 3


class Shots:
    """Keeps pictures of what a member sees, where ADLIB_SCREENSHOTS names a directory for them."""

    def __init__(self, directory: str | None) -> None:
        self._directory = Path(directory) if directory else None

    async def take(self, page: Page, name: str) -> None:
        """Keep the page as it looks now."""
        if self._directory is not None:
            await page.screenshot(path=self._directory / f"{name}.png", animations="disabled")


@pytest.fixture
def shots() -> Shots:
    return Shots(os.environ.get("ADLIB_SCREENSHOTS"))


@pytest.fixture(scope="module")
def korean() -> Phrases:
    return load_catalogue(DATA / "locales")[Language.KOREAN]


@pytest.fixture
async def url(tmp_path: Path) -> AsyncGenerator[str]:
    async with running(tmp_path / "playground.db") as url:
        yield url


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip(f"no browser is installed; looked for {', '.join(BROWSERS)}")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def alice(browser: Browser, url: str) -> Page:
    """The first member, on a phone."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True, has_touch=True
    )
    return await _enter(await context.new_page(), url, "Alice")


@pytest.fixture
async def bora(browser: Browser, url: str, alice: Page) -> Page:
    """The second member, Korean, at a desk."""
    context = await browser.new_context(viewport={"width": 1280, "height": 860})
    return await _enter(await context.new_page(), url, "Bora")


async def _enter(page: Page, url: str, name: str) -> Page:
    page.set_default_timeout(SOON)
    await page.goto(url)
    await expect(page.get_by_label("You are").locator("option:checked")).to_have_text(name, timeout=SOON)
    await expect(page.get_by_role("button", name=f"Play {ROUNDS} rounds")).to_be_visible(timeout=SOON)
    return page


def _message(page: Page, text: str | re.Pattern[str]) -> Locator:
    """The newest message that says `text`."""
    return page.locator("[data-message-id]").filter(has_text=text).last


SAID = "You said “{answer}”. The answer comes when all have answered or the time is up."


async def test_two_members_play_look_up_and_vote(alice: Page, bora: Page, korean: Phrases, shots: Shots) -> None:
    await shots.take(alice, "01-panel-phone")
    await shots.take(bora, "02-panel-desktop")
    await _play(alice, bora, korean, shots)
    await _look_up(alice, bora, shots)
    await _vote(alice, bora, shots)


async def _play(alice: Page, bora: Page, korean: Phrases, shots: Shots) -> None:
    await alice.get_by_role("button", name=f"Play {ROUNDS} rounds").click()
    for number in range(1, ROUNDS + 1):
        on_phone, on_desktop = (_message(page, f"Round {number} of {ROUNDS}") for page in (alice, bora))
        await expect(on_phone).to_be_in_viewport(timeout=ROUND)
        await expect(on_desktop.get_by_role("button", name="Ad-lib", exact=True)).to_be_enabled(timeout=SOON)
        if number == 1:
            await shots.take(alice, "03-question-phone")
        await asyncio.gather(
            on_phone.get_by_role("button", name="In the script", exact=True).click(),
            on_desktop.get_by_role("button", name="Ad-lib", exact=True).click(),
        )
        if number == 1:  # the others end as soon as both have answered
            await expect(on_phone).to_contain_text("2 answers so far.", timeout=SOON)
        said = korean(SAID, answer=korean("Ad-lib"))
        await expect(_message(bora, said)).to_be_visible(timeout=SOON)
        if number == 1:
            await shots.take(alice, "04-answered-phone")
            await shots.take(bora, "05-answered-desktop")
        for message in (on_phone, on_desktop):
            await expect(message.get_by_role("button", name="Read the story")).to_be_enabled(timeout=ROUND)
            await expect(message).to_contain_text(re.compile("@Alice.*@Bora|@Bora.*@Alice", re.DOTALL), timeout=SOON)
        if number == 1:
            await shots.take(alice, "06-reveal-phone")
    for page in (alice, bora):
        await expect(_message(page, "Final scores")).to_be_visible(timeout=ROUND)
        await expect(_message(page, "Final scores")).to_contain_text(f"of {ROUNDS} right")
    await shots.take(alice, "07-recap-phone")
    await shots.take(bora, "08-recap-desktop")


async def _look_up(alice: Page, bora: Page, shots: Shots) -> None:
    await _message(alice, "More with commands").get_by_role("button", name="Search articles").click()
    form = alice.get_by_role("dialog")
    await form.get_by_role("textbox").fill("business proposal")
    await shots.take(alice, "09-search-phone")
    await form.get_by_role("button", name="Submit").click()
    found = _message(alice, re.compile("articles.*“business proposal”"))
    first = found.get_by_role("button", name="Open 1")  # a veil is a button too
    await expect(first).to_be_visible(timeout=SOON)
    await found.scroll_into_view_if_needed()
    await shots.take(alice, "10-results-phone")
    await first.click()
    heading = _message(alice, "Show everyone").get_by_role("heading").first
    await expect(heading).to_be_visible(timeout=SOON)
    await expect(found).to_contain_text(await heading.inner_text())
    await shots.take(alice, "11-article-phone")
    await expect(bora.get_by_role("heading", name=await heading.inner_text())).to_have_count(0)


async def _vote(alice: Page, bora: Page, shots: Shots) -> None:
    await bora.get_by_role("textbox", name="Message").click()
    await bora.keyboard.type("/ship poll")
    await bora.get_by_role("option").filter(has_text="ship poll").click()
    for name, text in (("couple-1", "crash landing"), ("couple-2", "goblin")):
        await bora.get_by_role("combobox", name=name).fill(text)
        await bora.locator(".command-suggestion").first.click()
    await shots.take(bora, "12-command-desktop")
    await bora.get_by_role("button", name=re.compile(r"\+\d+ more")).click()
    await bora.locator(".command-suggestion").filter(has_text="duration").click()
    await bora.locator("input[data-option=duration]").fill("20s")
    await bora.get_by_role("button", name="Send").click()
    on_phone, on_desktop = (_message(page, "Which couple do you ship?") for page in (alice, bora))
    await asyncio.gather(
        on_phone.get_by_role("button", name="Vote A").click(), on_desktop.get_by_role("button", name="Vote B").click()
    )
    for message in (on_phone, on_desktop):
        await expect(message).to_contain_text("2 votes", timeout=SOON)
    await shots.take(alice, "13-poll-phone")
    for page in (alice, bora):
        closed = _message(page, "This poll is closed.")
        await expect(closed).to_contain_text("A tie", timeout=ROUND)
        await expect(closed.get_by_role("button", name=re.compile("Vote [AB]"))).to_have_count(0)
    await shots.take(alice, "14-poll-closed-phone")
    await shots.take(bora, "15-poll-closed-desktop")
