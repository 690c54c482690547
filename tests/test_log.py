"""Logging, and what must never stand in a log."""

import logging
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from bot.log import RedactingFormatter, redact, set_up_logging

HIDDEN = "c4n4ry"
"""Stands in every secret below; whatever prints it has leaked."""
USER = "MTI" + "x" * 21
TOKENS = (
    f"{USER}.Gabcde.{HIDDEN}{'y' * 21}",
    f"{USER}MQ.G-bc_e.{HIDDEN}{'-' * 32}",
    f"{USER}.abcdefg.{HIDDEN}{'z' * 32}",
)
WEBHOOK = f"https://discord.com/api/v10/webhooks/1234567890/{HIDDEN}-{'w' * 60}"
SECRETS = (
    *TOKENS,
    f"Bot {TOKENS[0]}",
    f"{{'Authorization': 'Bot {TOKENS[1]}'}}",
    WEBHOOK,
    f"PATCH {WEBHOOK}/messages/@original?thread_id=1 has failed",
    f"/webhooks/1234567890/{HIDDEN}_{'w' * 20}",
    f"POST https://discord.com/api/v10/interactions/1234567890/aW50ZXJhY3Rpb246{HIDDEN}{'i' * 180}/callback",
    f"postgresql+asyncpg://adlib:{HIDDEN}@db.example.org:5432/adlib",
    f"postgresql+asyncpg://adlib:{HIDDEN}%40!$&@host/adlib?ssl=require",
    f"postgresql+asyncpg://:{HIDDEN}@host/adlib",
    f"postgresql+asyncpg://host/adlib?user=adlib&password={HIDDEN}",
)
HARMLESS = (
    "Told Discord of 6 commands",
    "Interaction 1234567890 was answered too late or twice (10062)",
    "sqlite+aiosqlite:///var/adlib.db",
    "https://discord.com/channels/1/2/3",
    "https://example.org:8080/path",
    "A poll closed at 2026-01-01 20:00:00.123456+00:00",
    "bot.storage.database.Database",
)


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Put the loggers back to how they were."""
    root = logging.getLogger()
    names = ("discord.http", "discord.gateway", "discord.webhook", "discord.client", "discord.state")
    levels = {name: logging.getLogger(name).level for name in names}
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)


def record(message: str, *values: object, error: BaseException | None = None) -> logging.LogRecord:
    about = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot", logging.ERROR, __file__, 1, message, values, about)


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    try:
        raise error from cause
    except Exception as caught:
        return caught


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_cut_out_of_a_message(secret: str) -> None:
    line = RedactingFormatter("%(message)s").format(record(f"before {secret} after"))
    assert HIDDEN not in line
    assert line.startswith("before ")
    assert line.endswith(" after")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_cut_out_of_the_values_of_a_message(secret: str) -> None:
    assert HIDDEN not in RedactingFormatter("%(message)s").format(record("%s %r", secret, [secret]))


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_cut_out_of_a_traceback_and_its_causes(secret: str) -> None:
    error = raised(RuntimeError(f"refused: {secret}"), cause=raised(ValueError(secret)))
    text = RedactingFormatter("%(message)s").format(record("It failed", error=error))
    assert "Traceback" in text
    assert "RuntimeError" in text
    assert HIDDEN not in text


def test_every_secret_of_a_line_is_cut_out() -> None:
    assert HIDDEN not in redact(" ".join([*SECRETS, *SECRETS]))


def test_what_is_left_says_which_place_it_was() -> None:
    assert redact(TOKENS[0]) == "[token]"
    assert redact(WEBHOOK) == "https://discord.com/api/v10/webhooks/1234567890/[token]"
    assert redact("postgresql+asyncpg://adlib:secret@host/x") == "postgresql+asyncpg://adlib:[password]@host/x"


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_no_secret_stays(line: str) -> None:
    assert redact(line) == line


@given(st.text(max_size=80))
def test_redaction_takes_any_text_and_is_done_after_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_an_event_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    logging.getLogger("bot.client").info("Told Discord of %d commands; token %s", 6, TOKENS[0])
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" INFO    bot.client: Told Discord of 6 commands; token [token]\n")
    assert err.count("\n") == 1


def test_what_is_below_the_level_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("WARNING")
    logging.getLogger("bot").info("quiet")
    logging.getLogger("bot").warning("loud")
    assert "quiet" not in (said := capsys.readouterr().err)
    assert "loud" in said


@pytest.mark.parametrize("name", ["discord.http", "discord.gateway", "discord.webhook.async_", "discord.client"])
def test_what_discord_sends_and_receives_is_not_logged_even_at_the_loudest_level(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    set_up_logging("DEBUG")
    logging.getLogger(name).debug("POST with %s", HIDDEN)
    logging.getLogger("bot").debug("loud")
    assert HIDDEN not in (said := capsys.readouterr().err)
    assert "loud" in said


def test_setting_up_twice_does_not_say_everything_twice(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("INFO")
    set_up_logging("INFO")
    logging.getLogger("bot").info("once")
    assert capsys.readouterr().err.count("once") == 1


def test_an_exception_is_logged_with_its_traceback_and_without_its_secret(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("ERROR")
    try:
        raise RuntimeError(WEBHOOK)
    except RuntimeError:
        logging.getLogger("bot").exception("It failed")
        assert sys.exc_info()[0] is RuntimeError
    said = capsys.readouterr().err
    assert "RuntimeError: https://discord.com/api/v10/webhooks/1234567890/[token]" in said
    assert HIDDEN not in said
