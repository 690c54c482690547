"""Names in disguise, and whom a blocked name means."""

import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given, strategies as st

from bot.content.lookalikes import catches, orders, skeleton, skeleton_words
from tests.content.shipped import shipped_library

syllables = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6)


@pytest.mark.parametrize(
    "disguised",
    [
        "gong yoo",
        "GONG YOO",
        "GongYoo",
        "Gong-Yoo",
        "G.o.n.g · Y-o-o",
        "G o n g Y o o",
        "Gоng Yоо",  # Cyrillic о
        "Gοng Yοο",  # Greek omicron
        "Ԍоng Ⲩoo",  # Komi, Cyrillic, Coptic
        "Ｇｏｎｇ Ｙｏｏ",
        "𝓖𝓸𝓷𝓰 𝔜𝔬𝔬",
        "𝔾𝕠𝕟𝕘 𝚈𝚘𝚘",
        "Ⓖⓞⓝⓖ Ⓨⓞⓞ",
        "🅖🅞🅝🅖 🆈🅞🅞",
        "🇬🇴🇳🇬 🇾🇴🇴",
        "ɢᴏɴɢ ʏᴏᴏ",
        "Góñg Ýöø",
        "G0ng Y00",
        "9ong Yoo",
        "Gong\u00a0Yoo",
        "G\u0336o\u0336n\u0336g\u0336 Y\u0336o\u0336o\u0336",
    ],
)
def test_a_name_in_disguise_has_the_skeleton_of_the_name(disguised: str) -> None:
    assert skeleton(disguised) == skeleton("Gong Yoo")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim", "Кіm"),
        ("Kim", "KlM"),
        ("Kim", "K1m"),
        ("Kim", "Kirn"),
        ("Lee", "13e"),
        ("Lee", "ꓡee"),
        ("IU", "lU"),
        ("IU", "1υ"),
        ("Sehun", "$ehun"),
        ("Sehun", "5ehun"),
        ("Hana", "H@n4"),
        ("Won Bin", "VVon 8in"),
        ("Łee", "Lee"),
        ("Bin 2", "Bin ٢"),
        ("Straße", "STRASSE"),
    ],
)
def test_letters_figures_and_signs_that_look_alike_are_one(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize("typed", ["ㄱㅣㅁㄱㅗㅇㅡㄴ", "김 고 은", "김·고·은", unicodedata.normalize("NFD", "김고은")])
def test_hangul_is_one_name_however_it_is_typed(typed: str) -> None:
    assert skeleton(typed) == skeleton("김고은")


@given(syllables, syllables)
def test_different_syllables_of_hangul_stay_different(one: str, other: str) -> None:
    assert (skeleton(one) == skeleton(other)) == (one == other)


def test_no_two_people_of_the_library_have_one_skeleton() -> None:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for person in shipped_library().people.values():
        for name in (*person.names.all, *person.also):
            for order in orders(name):
                named[order].add(person.name)
    assert len(named) > 1_000
    assert {order: people for order, people in named.items() if len(people) > 1} == {}


def test_no_two_characters_of_the_library_have_one_skeleton() -> None:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for drama in shipped_library().dramas.values():
        played = [role.character for role in drama.cast if role.character]
        for label in (*played, *(half for couple in drama.couples for half in (couple.first, couple.second))):
            for name in label.all:
                named[skeleton(name)].add(name)
    assert len(named) > 1_000
    assert {found: names for found, names in named.items() if len(names) > 1} == {}


@given(st.text(max_size=30))
def test_every_unicode_form_of_a_text_has_one_skeleton(text: str) -> None:
    assert skeleton(unicodedata.normalize("NFC", text)) == skeleton(unicodedata.normalize("NFD", text))


@given(st.text(max_size=30))
def test_a_skeleton_is_made_of_letters_and_figures_only(text: str) -> None:
    assert all(character.isalnum() for word in skeleton_words(text) for character in word)


@pytest.mark.parametrize("text", ["", " ", "♥", "!?…", "🫶🏽"])
def test_what_has_no_letter_has_no_skeleton(text: str) -> None:
    assert (skeleton(text), skeleton_words(text), orders(text)) == ("", (), frozenset({""}))


@pytest.mark.parametrize(
    ("blocked", "typed"),
    [
        ("Kim Shin", "Kim Shin"),
        ("Kim Shin", "Shin Kim"),
        ("Kim Shin", "K1m-Shin"),
        ("Kim Shin", "KIMSHIN"),
        ("Kim Shin", "my Kim Shin!!"),
        ("Kim Shin", "Kim Shin oppa"),
        ("Kim Shin", "Kim Shin (김신)"),
        ("Kim Shin", "Kim Shin 2"),
        ("Sehun", "Sehun"),
        ("Sehun", "Oh Sehun"),
        ("Sehun", "Oh Se-hun"),
        ("Sehun", "oh se hun"),
        ("Sehun", "Oh-Sehun"),
        ("Sehun", "S.e.h.u.n"),
        ("Sehun", "the real Ѕеһun ♡"),
        ("Oh Sehun", "Se-hun Oh"),
        ("Min", "Lee Min-ho"),
        ("세훈", "세훈"),
        ("세훈", "오세훈"),
        ("세훈", "오 세훈"),
        ("세훈", "ㅇㅗㅅㅔㅎㅜㄴ"),
        ("세훈", "세훈오빠"),
        ("공유", "배우 공유씨"),
        ("공유", "Gong Yoo (공유)"),
        ("Νίκος", "νίκος"),
        ("νίκος", "ΝΊΚΟΣ"),
        ("Рита", "рита"),
        ("An Be Ce De Ef", "an be ce de ef"),
    ],
)
def test_a_blocked_name_means_this_name(blocked: str, typed: str) -> None:
    assert catches(blocked, typed)


@pytest.mark.parametrize(
    ("blocked", "typed"),
    [
        ("Kim Shin", "Kim Shinhye"),
        ("Kim Shin", "Kim Shin-hye"),
        ("Kim Shin", "Kim Shin Hye"),
        ("Kim Shin", "Kim"),
        ("Kim Shin", "Park Kim Shin"),
        ("Sehun", "Sehunny"),
        ("Sehun", "Sehu"),
        ("Oh Sehun", "Sehun"),
        ("신", "박신혜"),
        ("세훈", "오세훈이"),
        ("세훈", "세운"),
        ("김고은", "김고운"),
        ("An Be Ce De Ef", "Be An Ce De Ef"),
    ],
)
def test_a_blocked_name_does_not_mean_this_name(blocked: str, typed: str) -> None:
    assert not catches(blocked, typed)


def test_hardly_a_name_of_the_library_means_another_one() -> None:
    names = sorted({couple.first.en for couple in shipped_library().couples.values()})
    several = [name for name in names if len(name.split()) > 1]
    assert len(several) > 100
    assert [(one, other) for one in several for other in names if one != other and catches(one, other)] == []
