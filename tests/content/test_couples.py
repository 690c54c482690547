"""Couples by what is typed; actors in every spelling a fan might try."""

from itertools import product

import pytest

from bot.content.couples import CoupleFinder
from bot.content.lookalikes import skeleton
from bot.domain.guilds import GuildSettings
from bot.domain.polls import ACTORS, Option
from bot.domain.texts import Localised
from bot.errors import ActorsNotShipped, NoSuchCouple
from tests.content.shipped import shipped_library

CHARACTERS, ACTORS_TOO = GuildSettings(1), GuildSettings(1, actors=True)
GOBLIN = "ji-eun-tak-kim-shin"
PAIR = Localised("Kim Go-eun ♥ Gong Yoo", "김고은 ♥ 공유")


@pytest.fixture(scope="module")
def finder() -> CoupleFinder:
    return CoupleFinder(shipped_library())


@pytest.mark.parametrize(
    "half",
    [
        "Gong Yoo",
        "gong yoo",
        "GongYoo",
        "Gong-Yoo",
        "Yoo Gong",
        "G.o.n.g Y.o.o",
        "Gоng Yоо",  # Cyrillic о
        "𝓖𝓸𝓷𝓰 𝓨𝓸𝓸",
        "Ｇｏｎｇ Ｙｏｏ",
        "g0ng y00",
        "Gong Yoo!",
        "Gong Yoo oppa",
        "Gong Yoo (actor)",
        "Gong Yoo (공유)",
        "the real Gong Yoo",
        "Gong Yoo 2",
        "공유",
        "공 유",
        "ㄱㅗㅇㅇㅠ",
        "공유씨",
        "배우 공유",
        "Kim Go-eun",
        "Kim Go Eun",
        "Goeun Kim",
        "Go-eun Kim",
        "K1m G0-3un",
        "my one Kim Go-eun",
        "김고은",
        "김고은이",
        "나의 김고은",
        "김고은배우님",
        "IU",
        "lU",
        "아이유",
        "D.O.",
        "Paul Ahn",
    ],
)
def test_an_actor_is_found_out_in_every_spelling(finder: CoupleFinder, half: str) -> None:
    for typed in (f"{half} ♥ somebody", f"somebody & {half}"):
        with pytest.raises(ActorsNotShipped):
            finder.option(typed, CHARACTERS)
        assert finder.option(typed, ACTORS_TOO).couple_id is None


def test_every_actor_of_the_library_is_refused_by_every_name(finder: CoupleFinder) -> None:
    people = shipped_library().people.values()
    names = [(person, name) for person in people for name in (*person.names.all, *person.also)]
    found = {name: finder.actor(name) for _, name in names}
    both = {name for name, actor in found.items() if actor is None}
    characters = {"Lee Jun-ho", "이준호", "이정은", "이수혁", "Lee Soon-jae", "이순재", "Na Moon-hee", "나문희"}
    assert len(names) > 700
    assert all(found[name] == person for person, name in names if name not in both)
    assert {skeleton(name) for name in both} <= {skeleton(name) for name in characters}


def test_who_is_a_character_and_an_actor_by_name_is_the_character(finder: CoupleFinder) -> None:
    assert "Lee Jun-ho" in shipped_library().people
    assert finder.option("Lee Jun-ho ♥ somebody", CHARACTERS) == Option(Localised("Lee Jun-ho ♥ somebody"))


def test_no_character_of_the_library_is_taken_for_an_actor(finder: CoupleFinder) -> None:
    halves = [label for couple in shipped_library().couples.values() for label in (couple.first, couple.second)]
    names = {name for label in halves for name in label.all}
    assert len(names) > 400
    assert [name for name in names if finder.actor(name)] == []
    assert [name for name in names if finder.actor(f"{name}!")] == []


@pytest.mark.parametrize(
    "half",
    ["Gong Yoo-jin", "Gong Yoojin", "Gong", "Yoo", "Go-eun", "공유진", "김지순", "Rainy day", "Suzy's cat", "Kim"],
)
def test_a_name_that_only_begins_like_an_actor_is_nobodys(finder: CoupleFinder, half: str) -> None:
    assert finder.actor(half) is None


def test_a_refusal_names_the_actor_and_not_the_disguise(finder: CoupleFinder) -> None:
    with pytest.raises(ActorsNotShipped) as refused:
        finder.option("g0ng y00 ♥ me", CHARACTERS)
    assert refused.value.values["name"] == Localised("Gong Yoo", "공유")


def test_a_couple_of_actors_stands_by_its_key_and_by_its_names(finder: CoupleFinder) -> None:
    expected = Option(PAIR, ACTORS + GOBLIN)
    for text in (ACTORS + GOBLIN, "Gong Yoo ♥ Kim Go-eun", "김고은 & 공유", "kim goeun x gong yoo"):
        assert finder.option(text, ACTORS_TOO) == expected
        with pytest.raises(ActorsNotShipped):
            finder.option(text, CHARACTERS)


JOINTS = (
    *(" ♥ ", "♥", " ❤️ ", " & ", "&", " + ", "+", " × ", " / ", "/", " - ", " x ", " X ", " and ", " AND ", " "),
    *("와 ", "과 ", "하고 ", "이랑 ", "랑 ", " 와 ", " 과 ", " 하고 ", " 이랑 ", " 랑 "),
)


def test_every_couple_of_the_catalogue_is_that_couple_with_every_joint_in_both_orders_and_scripts(
    finder: CoupleFinder,
) -> None:
    misread: list[str] = []
    for couple in shipped_library().couples.values():
        names = [*product(couple.first.all, couple.second.all), *product(couple.second.all, couple.first.all)]
        typed = [joint.join(pair) for pair in names for joint in JOINTS]
        assert len(typed) == 8 * len(JOINTS)
        misread += [text for text in typed if finder.option(text, CHARACTERS) != Option(couple.name, couple.id)]
    assert misread == []


@pytest.mark.parametrize(
    "typed",
    ["Ji Eun Tak & Kim Shin", "JiEunTak x KimShin", "Eun-tak Ji and Shin Kim", "지 은탁 / 김 신", "ji euntak ♥ 김신"],
)
def test_a_couple_of_the_catalogue_is_known_however_its_names_are_spaced(finder: CoupleFinder, typed: str) -> None:
    assert finder.option(typed, CHARACTERS).couple_id == GOBLIN


@pytest.mark.parametrize("typed", ["Kim Shin ♥ Ada", "Ji Eun-tak's cat x Kim Shin", "김신과 은탁"])
def test_half_a_couple_of_the_catalogue_is_not_that_couple(finder: CoupleFinder, typed: str) -> None:
    assert finder.option(typed, CHARACTERS) == Option(Localised(typed))


@pytest.mark.parametrize("typed", ["Gong Yoo x me ♥ Ada", "공유랑 나 ♥ Ada", "Ada & my one and Gong Yoo"])
def test_an_actor_within_a_half_is_found_out(finder: CoupleFinder, typed: str) -> None:
    with pytest.raises(ActorsNotShipped):
        finder.option(typed, CHARACTERS)
    assert finder.option(typed, ACTORS_TOO) == Option(Localised(typed))


def test_a_key_of_actors_that_is_not_known_is_no_couple(finder: CoupleFinder) -> None:
    for settings in (CHARACTERS, ACTORS_TOO):
        with pytest.raises(NoSuchCouple):
            finder.option("actors/nobody", settings)


def test_every_couple_of_actors_has_a_key_of_its_own_that_fits_the_list(finder: CoupleFinder) -> None:
    library = shipped_library()
    found = [finder.suggest(_.first.en, ACTORS_TOO, 25) for _ in library.couples.values()]
    keys = {suggestion.key for suggestions in found for suggestion in suggestions}
    pairs = [key for key in keys if key.startswith(ACTORS)]
    assert len(pairs) > 100
    for key in pairs:
        assert len(key) <= 100
        assert finder.option(key, ACTORS_TOO).couple_id == key


def test_actors_are_offered_only_where_they_are_wanted_and_after_the_characters(finder: CoupleFinder) -> None:
    for query in ("", "gong yoo", "공유", "goblin", "kim"):
        offered = [suggestion.key.startswith(ACTORS) for suggestion in finder.suggest(query, CHARACTERS, 25)]
        assert offered, query
        assert not any(offered), query
        both = [suggestion.key.startswith(ACTORS) for suggestion in finder.suggest(query, ACTORS_TOO, 25)]
        assert both == sorted(both), query
        assert both.count(True) >= min(8, len(offered)) or both.count(True) >= 1, query
        assert both.count(False) >= 1, query
        assert len(both) <= 25, query


def test_a_suggestion_says_the_couple_in_both_scripts_and_its_drama(finder: CoupleFinder) -> None:
    library = shipped_library()
    goblin = library.dramas[library.couples[GOBLIN].drama_id]
    of_goblin = {suggestion.key: suggestion for suggestion in finder.suggest("Ji Eun-tak", ACTORS_TOO, 25)}
    assert of_goblin[GOBLIN].label == Localised("Ji Eun-tak ♥ Kim Shin", "지은탁 ♥ 김신")
    assert of_goblin[ACTORS + GOBLIN].label == PAIR
    assert of_goblin[GOBLIN].drama == of_goblin[ACTORS + GOBLIN].drama == goblin


@pytest.mark.parametrize(
    ("blocked", "caught"),
    [
        ("Kim Shin", Localised("Kim Shin", "김신")),
        ("김신", Localised("Kim Shin", "김신")),
        ("shin kim", Localised("Kim Shin", "김신")),
        ("Eun-tak", Localised("Ji Eun-tak", "지은탁")),
        ("은탁", Localised("Ji Eun-tak", "지은탁")),
        ("Kim Shin ♥ Ji Eun-tak", Localised("Ji Eun-tak ♥ Kim Shin", "지은탁 ♥ 김신")),
        ("지은탁 & 김신", Localised("Ji Eun-tak ♥ Kim Shin", "지은탁 ♥ 김신")),
        ("Kim Shin ♥ somebody", None),
        ("Gong Yoo", None),
        ("Goblin", None),
    ],
)
def test_a_blocked_name_is_found_in_a_couple_of_the_catalogue(
    finder: CoupleFinder, blocked: str, caught: Localised | None
) -> None:
    couple = shipped_library().couples[GOBLIN]
    assert finder.caught(blocked, Option(couple.name, couple.id)) == caught


@pytest.mark.parametrize("blocked", ["Oh Sehun", "Ada Lee & Oh Sehun", "Oh Sehun ♥ Bo"])
def test_a_blocked_name_is_found_within_a_half(finder: CoupleFinder, blocked: str) -> None:
    assert finder.caught(blocked, Option(Localised("Oh Sehun랑 Ada Lee ♥ Bo")))
    assert finder.caught(blocked, Option(Localised("Oh Sehunny and Ada Lee ♥ Bo"))) is None


def test_a_fan_name_can_be_blocked(finder: CoupleFinder) -> None:
    couple = shipped_library().couples["yoon-se-ri-ri-jeong-hyeok"]
    assert couple.fan_name
    option = Option(couple.name, couple.id)
    assert finder.caught("Dooly couple", option) == finder.caught("둘리커플", option) == couple.fan_name


def test_a_blocked_actor_is_found_in_a_couple_of_actors_by_all_names(finder: CoupleFinder) -> None:
    option = finder.option(ACTORS + GOBLIN, ACTORS_TOO)
    for name in ("Gong Yoo", "공유", "yoo gong", "Go-eun", "고은"):
        assert finder.caught(name, option), name
    assert finder.caught("Kim Shin", option) is None


def test_a_couple_that_has_left_the_catalogue_is_judged_by_its_label(finder: CoupleFinder) -> None:
    option = Option(Localised("Oh Sehun ♥ Ada", "오세훈 ♥ 에이다"), "gone")
    assert finder.caught("Sehun", option) == Localised("Oh Sehun")
