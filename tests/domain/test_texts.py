"""Texts in two languages, and names that members type."""

import unicodedata

import pytest
from hypothesis import assume, given, strategies as st

from bot.domain.guilds import GuildSettings
from bot.domain.texts import NAME_LIMIT, Language, Localised, halves, is_pair, pieces, plain_name, shorten
from bot.errors import NameNotPlain, NameTooLong, UserError

FORMATTING = "*_~`|\\<>[]#"
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
NASTY = (
    *FORMATTING,
    *("@everyone", "@here", "@EVERYONE", "<@1>", "<#1>", "<:x:1>", "https://x.y", "HTTP://x", "||", "```", "[a](b)"),
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"),  # zero-width
    *("\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c"),
    *("\x00", "\x07", "\x1b", "\x7f", "\ue000", "\U000e0041", "\ufff9"),
)
names = st.lists(
    st.one_of(st.text(max_size=12), st.sampled_from([*NASTY, " ", "\n", "\t", "\u3000", "가", "e\u0301"])), max_size=8
).map("".join)


def test_korean_falls_back_to_english_where_it_is_missing() -> None:
    both, english = Localised("Goblin", "도깨비"), Localised("Goblin")
    assert (both.in_language(Language.ENGLISH), both.in_language(Language.KOREAN)) == ("Goblin", "도깨비")
    assert (english.in_language(Language.ENGLISH), english.in_language(Language.KOREAN)) == ("Goblin", "Goblin")
    assert (both.all, english.all) == (("Goblin", "도깨비"), ("Goblin",))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ada ♥ Bo", ("Ada", "Bo")),
        ("Ada and Bo", ("Ada", "Bo")),
        ("Ada-Bo x Cy", ("Ada-Bo", "Cy")),
        ("에이다와 보", ("에이다", "보")),
        ("Ada/Bo/Cy", ("Ada", "Bo", "Cy")),
        ("사랑 ♥ 민준", ("사랑", "민준")),
        ("사랑 선생님 - 민준", ("사랑 선생님", "민준")),
        ("천사랑 x 구원", ("천사랑", "구원")),
        ("천사랑 하고 구원", ("천사랑", "구원")),
        ("천사랑이랑 구원", ("천사랑", "구원")),
        ("에이다 와 보", ("에이다", "보")),
        ("Agent X & Bo", ("Agent X", "Bo")),
        ("Andrew", ("Andrew",)),
        ("Ada &", ("Ada", "")),
    ],
)
def test_the_halves_of_a_name_stand_between_its_joints(name: str, found: tuple[str, ...]) -> None:
    assert halves(name) == found
    assert is_pair(name) == (len(found) == 2 and all(found))


name_words = st.text(st.sampled_from("가사랑와과하고이AdxX and-"), min_size=1, max_size=8).map(str.split).map(" ".join)
plain_halves = name_words.filter(lambda name: any(letter.isalnum() for letter in name) and name.strip("- ") == name)


@given(plain_halves, st.sampled_from(["♥", " ♥ ", " ❤️ ", "&", " & ", " + ", " × ", "/", " / "]), plain_halves)
def test_between_two_names_a_sign_is_the_joint_whatever_particles_the_names_end_in(
    one: str, joint: str, other: str
) -> None:
    assume(" - " not in f"{one} {other}")
    assert halves(one + joint + other) == (one, other)
    assert is_pair(one + joint + other)


@given(plain_halves, st.sampled_from([" ♥ ", " x ", "와 ", " 하고 ", "랑 "]), plain_halves)
def test_the_pieces_of_a_name_hold_no_joint_and_lose_no_half(one: str, joint: str, other: str) -> None:
    found = pieces(one + joint + other)
    assert all(pieces(piece) == (piece,) for piece in found)
    assert all(any(piece in half for half in halves(one + joint + other)) for piece in found)


def test_whoever_stands_within_a_half_is_among_the_pieces() -> None:
    assert pieces("Ada랑 Bo ♥ Cy x Dee") == ("Ada", "Bo", "Cy", "Dee")
    assert pieces("사랑 ♥ 민준") == ("사랑", "민준")
    assert pieces("Ada &") == ("Ada",)


def test_a_guild_that_has_chosen_a_language_keeps_it_whatever_discord_says() -> None:
    assert GuildSettings(1).public_language(Language.KOREAN) is Language.KOREAN
    assert GuildSettings(1, Language.ENGLISH).public_language(Language.KOREAN) is Language.ENGLISH


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ri Jeong-hyeok & Yoon Se-ri", "Ri Jeong-hyeok & Yoon Se-ri"),
        ("  Kim \t Shin\n", "Kim Shin"),
        ("Kim\u2028Shin\x85\u3000", "Kim Shin"),
        ("도깨비", "도깨비"),
        ("구서커플 ♥", "구서커플 ♥"),
        ("Jun-ho's ❤️", "Jun-ho's ❤️"),
        ("Zoë", "Zoë"),
    ],
)
def test_an_ordinary_name_stays_as_it_was_typed_with_single_spaces(typed: str, name: str) -> None:
    assert name == plain_name(typed)


@pytest.mark.parametrize("name", ["도깨비", "김세정", "Zoë", "Ryūjin"])
def test_a_decomposed_name_is_composed(name: str) -> None:
    assert name == plain_name(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize("nasty", NASTY)
def test_formatting_mentions_links_and_hidden_characters_are_refused(nasty: str) -> None:
    with pytest.raises(NameNotPlain):
        plain_name(f"Kim{nasty}Shin")


@pytest.mark.parametrize(
    "filler",
    ["\u3164", "\u115f", "\u1160", "\uffa0", "\u2800", "\u034f", "\u17b4", "\u17b5", "\u180b", "\u180f"],
    ids=ascii,
)
def test_letters_and_marks_that_nobody_can_see_are_refused(filler: str) -> None:
    with pytest.raises(NameNotPlain):
        plain_name(f"Kim{filler}Shin")


@pytest.mark.parametrize("typed", ["", "   ", "\n", "♥", "...", "- -"])
def test_a_name_without_a_letter_or_digit_is_refused(typed: str) -> None:
    with pytest.raises(NameNotPlain):
        plain_name(typed)


def test_a_name_that_fits_on_a_button_is_taken_and_one_letter_more_is_not() -> None:
    assert plain_name("가" * NAME_LIMIT) == "가" * NAME_LIMIT
    with pytest.raises(NameTooLong) as refused:
        plain_name("가" * (NAME_LIMIT + 1))
    assert refused.value.values == {"limit": NAME_LIMIT}


def test_the_length_of_a_name_is_counted_composed() -> None:
    assert plain_name(unicodedata.normalize("NFD", "각" * NAME_LIMIT)) == "각" * NAME_LIMIT


@given(names)
def test_a_name_that_is_taken_holds_nothing_that_formats_mentions_or_hides(typed: str) -> None:
    try:
        name = plain_name(typed)
    except UserError:
        return
    assert not any(mark in name for mark in FORMATTING)
    assert not any(mark in name.casefold() for mark in ("@everyone", "@here", "http:", "https:"))
    assert not any(unicodedata.category(character) in UNSEEN for character in name)
    assert any(character.isalnum() for character in name)
    assert name == " ".join(name.split())
    assert 0 < len(name) <= NAME_LIMIT


@given(names)
def test_a_name_that_is_taken_is_composed_and_taken_again_unchanged(typed: str) -> None:
    try:
        name = plain_name(typed)
    except UserError:
        return
    assert unicodedata.is_normalized("NFC", name)
    assert name == plain_name(name)


@given(names)
def test_composed_and_decomposed_forms_of_a_name_are_one_name(typed: str) -> None:
    assert _answer(unicodedata.normalize("NFC", typed)) == _answer(unicodedata.normalize("NFD", typed))


def _answer(typed: str) -> object:
    try:
        return plain_name(typed)
    except UserError as error:
        return type(error)


def test_a_text_that_fits_is_not_cut() -> None:
    assert shorten("도깨비", 3) == "도깨비"


def test_a_text_that_does_not_fit_ends_in_an_ellipsis_without_a_space_before_it() -> None:
    assert shorten("The Lonely and Great God", 12) == "The Lonely…"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("xxe\u0301y", 4, "xx…"),
        ("xx❤\ufe0fyy", 4, "xx…"),
        ("xx👩\u200d👧yy", 5, "xx…"),
        ("xx👩\u200d👧yy", 4, "xx…"),
        ("e\u0301\u0301\u0301y", 3, "…"),
    ],
)
def test_a_letter_is_never_cut_from_its_marks(text: str, limit: int, expected: str) -> None:
    assert expected == shorten(text, limit)


@given(st.text(max_size=60), st.integers(1, 60))
def test_a_shortened_text_fits_and_begins_like_the_whole(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    if len(text) > limit:
        assert short.endswith("…")
        assert text.startswith(short[:-1])
    else:
        assert short == text


def test_marks_heaped_upon_each_other_are_refused() -> None:
    with pytest.raises(NameNotPlain):
        plain_name("A\u0301\u0302\u0303\u0304 & B")
