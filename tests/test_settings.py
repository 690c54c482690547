"""What the host has set."""

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import LEVELS, NAMES, SYNCS, Settings, read_settings

TOKEN = "not-a-real-token"


def env_file(folder: Path, *lines: str) -> Path:
    path = folder / ".env"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_nothing_set_means_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / ".env", {}) == Settings(
        token="", database_url="sqlite+aiosqlite:///var/adlib.db", log_level="INFO", sync_commands="changed"
    )


def test_the_file_is_read(tmp_path: Path) -> None:
    path = env_file(tmp_path, f"DISCORD_TOKEN={TOKEN}", 'LOG_LEVEL="DEBUG"  # loud', "SYNC_COMMANDS=never")
    assert read_settings(path, {}) == Settings(token=TOKEN, log_level="DEBUG", sync_commands="never")


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = env_file(tmp_path, "LOG_LEVEL=DEBUG", "SYNC_COMMANDS=never")
    assert read_settings(path, {"LOG_LEVEL": "ERROR"}) == Settings(log_level="ERROR", sync_commands="never")


def test_the_environment_is_the_one_of_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    assert read_settings(tmp_path / ".env").log_level == "WARNING"


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_value_counts_as_not_set(tmp_path: Path, empty: str) -> None:
    path = env_file(tmp_path, *(f"{name}={empty}" for name in NAMES), "LOG_LEVEL")
    assert read_settings(path, dict.fromkeys(NAMES, empty)) == Settings()


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_value_in_the_environment_does_not_hide_the_one_in_the_file(tmp_path: Path, empty: str) -> None:
    path = env_file(tmp_path, f"DISCORD_TOKEN={TOKEN}")
    assert read_settings(path, {"DISCORD_TOKEN": empty}).token == TOKEN


def test_spaces_around_a_value_are_not_part_of_it(tmp_path: Path) -> None:
    assert read_settings(tmp_path / ".env", {"DISCORD_TOKEN": f" {TOKEN}\n"}).token == TOKEN


def test_what_is_not_adlibs_is_left_alone(tmp_path: Path) -> None:
    path = env_file(tmp_path, "PATH=/nowhere", "token=lower", "sentence without an equals sign")
    assert read_settings(path, {"HOME": "/nowhere"}) == Settings()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_that_is_offered_is_taken(tmp_path: Path, level: str) -> None:
    assert read_settings(tmp_path / ".env", {"LOG_LEVEL": level}).log_level == level


@pytest.mark.parametrize("sync", SYNCS)
def test_every_way_to_sync_that_is_offered_is_taken(tmp_path: Path, sync: str) -> None:
    assert read_settings(tmp_path / ".env", {"SYNC_COMMANDS": sync}).sync_commands == sync


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL is 'LOUD'; it must be one of DEBUG, INFO, WARNING, ERROR."),
        ("LOG_LEVEL", "info", "LOG_LEVEL is 'info'; it must be one of DEBUG, INFO, WARNING, ERROR."),
        ("SYNC_COMMANDS", "yes", "SYNC_COMMANDS is 'yes'; it must be one of changed, always, never."),
    ],
)
def test_a_value_that_is_not_offered_is_refused_with_those_that_are(
    tmp_path: Path, name: str, value: str, said: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_settings(tmp_path / ".env", {name: value})
    assert str(refused.value) == said


@pytest.mark.parametrize("content", ["# 토큰".encode("cp949"), "LOG_LEVEL=DEBUG".encode("utf-16")])
def test_a_file_that_is_no_utf_8_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / ".env"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"\.env"):
        read_settings(path, {})


def test_no_representation_shows_the_token_or_the_database(tmp_path: Path) -> None:
    settings = Settings(token=TOKEN, database_url="postgresql+asyncpg://adlib:open-sesame@host/adlib")
    shown = f"{settings!r} {settings}"
    assert TOKEN not in shown
    assert "open-sesame" not in shown


def test_the_token_is_there_when_it_is_needed() -> None:
    assert Settings(token=TOKEN).require_token() == TOKEN


def test_a_missing_token_is_refused_with_where_to_find_one() -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings().require_token()
    for word in ("DISCORD_TOKEN", ".env.example", "Developer Portal", "make play"):
        assert word in str(refused.value)


def test_private_hosts_of_feeds_are_names_and_addresses_with_commas_between_them(tmp_path: Path) -> None:
    path = env_file(tmp_path, "FEED_PRIVATE_HOSTS=rsshub, 192.168.1.20 ,,::1,feeds.example.lan.")
    found = read_settings(path, {}).private_hosts
    assert found == ("rsshub", "192.168.1.20", "::1", "feeds.example.lan.")
    assert Settings().private_hosts == ()


@pytest.mark.parametrize("host", ["http://rsshub", "rsshub:1200", "10.0.0.0/8", "two words", "*", "-"])
def test_what_is_no_private_host_is_refused_with_an_example(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigurationError, match=r"FEED_PRIVATE_HOSTS names .*rsshub\.lan"):
        read_settings(tmp_path / ".env", {"FEED_PRIVATE_HOSTS": f"rsshub.lan,{host}"})
