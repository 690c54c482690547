"""What Adlib uses of simcord's private parts, named in one place and checked at import.

simcord promises nothing about them, so it is pinned to one release; a newer one has to pass these checks first. The
classes in `live.py` build on the names below and on nothing else.
"""

import asyncio
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import discord
import simcord
import simcord.preview

from bot.errors import ConfigurationError
from bot.playground.page import ADDED, EDITS, missing_anchors

PINNED: Final = "3.2.1"
STATIC: Final = Path(simcord.preview.__file__).with_name("static")
"""Where the files of simcord's page lie."""


def _part(name: str) -> Any:
    try:
        return import_module(f"simcord.{name}")
    except ModuleNotFoundError as error:
        raise ConfigurationError(_not_as_expected([f"module {error.name}"])) from error


def _not_as_expected(missing: list[str]) -> str:
    return (
        f"The playground is made for simcord=={PINNED}, and {version('simcord')} is installed without: "
        f"{', '.join(missing)}. Run: pip install --require-hashes -r requirements/play.txt"
    )


_actors = _part("actors")
_interactions = _part("interactions")
_markdown = _part("preview._markdown")
_models = _part("backend.models")
_pages = _part("preview._pages")
_router = _part("http.router")
_serializers = _part("backend.serializers")

PreviewServer: Any = _part("preview._server").PreviewServer
"""Serves the files and the state of the pages."""


def missing_seams() -> list[str]:
    """Return the names that `live.py` relies on and that this simcord does not have."""
    env = simcord.Env(discord.Client(intents=discord.Intents.none()))
    channel: Any = None
    preview = simcord.preview.Preview(
        env,
        channel,
        (),
        layout="channel",
        display="responsive",
        width=960,
        height=720,
        locale="en-US",
        timezone="UTC",
        presentation_time=None,
        assets=None,
        port=0,
    )
    wanted: Mapping[str, tuple[Any, str]] = {
        "Env": (
            env,
            "_schedule_timer _settle_internal _record_error _register_dispatch_observer errors_since "
            "_runtime _virtual_time _work backend bot",
        ),
        "Backend": (env.backend, "clock transcript http_requests bot_user"),
        "Clock": (env.backend.clock, "elapsed now advance"),
        "Preview": (
            preview,
            "_action _open_page _publish _publish_message_pages _get_page _advance_presentation_time _pages _python "
            "_server viewers",
        ),
        "PreviewServer": (PreviewServer, "_static _STATIC_FILES"),
        "_Page": (_pages._Page, "id viewer revision snapshot"),
        "Interaction": (_models.Interaction(0, "", 0, 0, None, 0), "responded"),
        "interactions": (_interactions, "base_payload"),
        "actors": (_actors, "_interactions"),
        "_markdown": (_markdown, "_markdown_parser"),
        "router": (_router, "route BackendError"),
        "serializers": (_serializers, "member_payload"),
        "asyncio.TimerHandle": (asyncio.TimerHandle, "_run"),
    }
    missing = [
        f"{owner}.{name}"
        for owner, (holder, names) in wanted.items()
        for name in names.split()
        if not hasattr(holder, name)
    ]
    return [*missing, *(anchor for name in {*EDITS, *ADDED} for anchor in missing_anchors(name, _text(name)))]


@contextmanager
def seams(locales: Mapping[int, str]) -> Generator[None]:
    """Give every member of `locales` (by user id) her own Discord language, and make the page's texts cheap to draw."""
    serve_member_search()
    with (
        _swapped(_interactions, "base_payload", _speaking(_interactions.base_payload, locales)),
        _swapped(_markdown, "_markdown_parser", _remembering(_markdown._markdown_parser)),
    ):
        yield


def _speaking(original: Callable[..., Any], locales: Mapping[int, str]) -> Callable[..., Any]:
    # simcord says en-US for everybody.
    def base_payload(backend: Any, *, user_id: int, **rest: Any) -> Any:
        record, payload = original(backend, user_id=user_id, **rest)
        payload["locale"] = locales.get(user_id, payload["locale"])
        return record, payload

    return base_payload


def _remembering(original: Callable[..., Any]) -> Callable[..., Any]:
    # simcord builds a parser for every text it draws, which takes longer than the drawing. The rules of a parser look
    # at the context they were built with, so each parser keeps one dictionary that is filled anew for every text.
    parsers: dict[Any, tuple[Any, dict[str, Any]]] = {}

    def markdown_parser(policy: Mapping[str, bool | str], context: Mapping[str, Any]) -> Any:
        key = tuple(sorted(policy.items()))
        if key not in parsers:
            own: dict[str, Any] = {}
            parsers[key] = (original(policy, own), own)
        parser, own = parsers[key]
        own.clear()
        own.update(context)
        return parser

    return markdown_parser


@cache
def serve_member_search() -> None:
    """Let simcord answer a search for members, which it does not know of; for the tests of features too."""
    _router.route("GET", "/guilds/{guild_id}/members/search")(_search_members)


def _search_members(request: Any) -> Any:
    # As Discord documents it: members whose user name or nickname begins with the query, one where no limit is given.
    query, limit = str(request.params.get("query", "")), int(request.params.get("limit", 1))
    if not 1 <= len(query) <= 100 or not 1 <= limit <= 1_000:
        raise _router.BackendError(400, 50035, "Invalid Form Body")
    guild, users = request.backend.get_guild(request.int_arg("guild_id")), request.backend.users
    found = [
        member
        for member in guild.members.values()
        if any(name.casefold().startswith(query.casefold()) for name in (users[member.user_id].name, member.nick or ""))
    ]
    return [dict(_serializers.member_payload(request.backend, guild, member)) for member in found[:limit]]


@contextmanager
def _swapped(owner: Any, name: str, replacement: Any) -> Generator[None]:
    original = getattr(owner, name)
    setattr(owner, name, replacement)
    try:
        yield
    finally:
        setattr(owner, name, original)


def _text(filename: str) -> str:
    return (STATIC / filename).read_text(encoding="utf-8")


def verify() -> None:
    """Check that this simcord is the one the playground was made for.

    Raises:
        ConfigurationError: it is another release, or a part of it is not there.
    """
    missing = [f"release {PINNED}"] if version("simcord") != PINNED else missing_seams()
    if missing:
        raise ConfigurationError(_not_as_expected(missing))


verify()
