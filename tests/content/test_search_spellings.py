"""However it is spelt: romanisations, initial consonants, the wrong keyboard, typos, both scripts in one."""

from itertools import product
from string import printable

import pytest
from hypothesis import given, strategies as st

from bot.content.folding import fold, fold_words
from bot.content.search.endings import stem
from bot.content.search.index import Entry, Index
from bot.content.search.keyboards import on_the_other_keyboard
from bot.content.search.sounds import sound
from bot.content.search.stopwords import STOP_WORDS

JAMO = st.one_of(
    st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
    st.characters(min_codepoint=0x3131, max_codepoint=0x318E),
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    st.sampled_from("aeoug khwryl1 -"),
)
SPELLINGS = (
    ("Gong Yoo", "Gong Yu", "Kong Yoo", "GongYoo", "공유"),
    ("Kim Seon-ho", "Kim Sun Ho", "Gim Seonho", "김선호"),
    ("Park Seo-joon", "Bak Seojun", "Pak Suh Joon", "박서준"),
    ("Lee Min-ho", "Yi Minho", "I Min Ho", "Rhee Min-ho", "이민호"),
    ("Choi Woo-shik", "Choe Usik", "choi wooshik", "최우식"),
    ("Song Joong-ki", "Song Jung Gi", "Song Joongki", "송중기"),
    ("Jun Ji-hyun", "Jeon Ji-hyeon", "Chun Ji Hyun", "전지현"),
    ("Byeon Woo-seok", "Byun Woo Suk", "변우석"),
    ("Ok Taec-yeon", "Ok Taecyeon", "옥택연"),
    ("Ahn Hyo-seop", "An Hyoseop", "Ahn Hyo Sub", "안효섭"),
    ("dokkaebi", "Tokkebi", "dokebi", "도깨비", "도께비"),
    ("sarangui bulsichak", "sarangeui bulsichack", "사랑의 불시착"),
    ("eungdaphara", "eungdapara", "응답하라"),
    ("byeoreseo on geudae", "byuleseo on gudae", "별에서 온 그대"),
    ("sanae matseon", "sane massun", "사내맞선"),
)


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda spellings: spellings[0])
def test_all_spellings_of_a_name_find_each_other(spellings: tuple[str, ...]) -> None:
    others = [Entry(f"other {number}", names) for number, names in enumerate(SPELLINGS) if names != spellings]
    for written, typed in product(spellings, spellings):
        assert Index([*others, Entry("wanted", (written,))]).search(typed)[0] == "wanted", (written, typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Soo-hyun", "Kim Su-an"),
        ("Lee Min-ho", "Lee Jun-ho"),
        ("Gong Yoo", "Kang Yu"),
        ("한지민", "한지은"),
        ("", "a"),
    ],
)
def test_names_that_are_said_differently_do_not_sound_alike(one: str, other: str) -> None:
    assert sound(fold_words(one)) != sound(fold_words(other))


def test_what_is_spelt_so_comes_before_what_only_sounds_so_and_that_before_typos() -> None:
    index = Index([Entry("typo", ("Jung So-mix",)), Entry("sound", ("Jeong Somin",)), Entry("exact", ("Jung So-min",))])
    assert index.search("jung so min") == ["exact", "sound"]
    assert index.search("jung so mixx")[0] == "typo"


@given(st.text(JAMO, max_size=40))
def test_no_syllable_is_left_unread_however_it_is_half_typed(text: str) -> None:
    heard = sound(fold_words(text))
    assert not any("ᄀ" <= letter <= "ᄒ" for letter in heard)
    assert Index([Entry("a", ("도깨비", "Goblin"))]).search(text) in ([], ["a"])


@pytest.mark.parametrize("query", ["ㄷㄲㅂ", "ㄷㄲ", "ㅅㄹㅇㅂㅅㅊ", "ㅂㅅㅊ", "ㅅㄹㅇ"])
def test_initial_consonants_find_a_name_and_the_later_words_of_one(query: str) -> None:
    index = Index([Entry("other", ("시그널",)), Entry("wanted", ("도깨비", "사랑의 불시착"))])
    assert index.search(query) == ["wanted"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ehRoql", "도깨비"), ("tkfkddml qnftlckr", "사랑의 불시착"), ("해ㅠㅣㅑㅜ", "goblin"), ("ㅊㄱㅁ노", "crash")],
)
def test_what_was_typed_on_the_other_keyboard_is_found(typed: str, meant: str) -> None:
    index = Index([Entry("other", ("Signal", "시그널")), Entry("wanted", (f"{meant} something",))])
    assert index.search(typed) == ["wanted"]


def test_the_other_keyboard_writes_the_same_keys_there_and_back() -> None:
    for letter in printable:
        hangul = on_the_other_keyboard(letter)
        assert (hangul is not None) == letter.isalpha(), letter
        if hangul:
            assert fold(on_the_other_keyboard(hangul) or "") == letter.lower()
    assert [on_the_other_keyboard(text) for text in ("1988", "", "도 a", "é")] == [None] * 4


@pytest.mark.parametrize(
    "query",
    [
        *("buisness proposal", "business propsal", "busines propsal", "buisnes propsoal", "buisnessproposal"),
        *("busniess pro", "bussiness propo", "bsuiness", "buziness proposal lobby", "lobby kiss of busines proposal"),
    ],
)
def test_typos_in_any_word_are_forgiven_also_half_typed_and_in_long_headlines(query: str) -> None:
    headline = "Behind the lobby kiss of Business Proposal: what the director said"
    other = Entry("other", ("Behind the scenes of Queen of Tears", "Proper Etiquette", "Busan"))
    assert Index([other, Entry("wanted", (headline, "Business Proposal"))]).search(query)[0] == "wanted"


@pytest.mark.parametrize("query", ["사네맞선", "사내맛선", "사내맞썬", "사내 맞선 키스", "사내맞서ㄴ"])
def test_typos_in_hangul_are_forgiven(query: str) -> None:
    index = Index([Entry("other", ("사내 연애", "맞선 보는 날")), Entry("wanted", ("사내맞선",), ("키스 장면",))])
    assert index.search(query)[0] == "wanted"


@pytest.mark.parametrize("query", ["reply 1994", "1994", "repl 1997"])
def test_a_number_has_no_typos(query: str) -> None:
    assert Index([Entry("1988", ("1988",)), Entry("2521", ("2521",))]).search(query) == []


@pytest.mark.parametrize("query", ["김sejeong", "kim세정", "세정kim", "sejeong김"])
def test_both_scripts_may_stand_in_one_word(query: str) -> None:
    index = Index(
        [Entry("other", ("Kim Sejin", "김세진")), Entry("wanted", ("Kim Se-jeong", "김세정"), about=("세정",))]
    )
    assert index.search(query)[0] == "wanted"


@pytest.mark.parametrize(
    "query",
    [
        *("the one where he takes off his glasses", "that scene with the glasses", "when he took his glasses off"),
        *("glasses are taken off before the kiss", "안경을 벗는 장면", "그 안경 벗던 키스신", "안경이 나오는 드라마"),
    ],
)
def test_what_is_told_in_a_sentence_is_found_by_its_rare_words(query: str) -> None:
    told = ("He takes off his glasses before he kisses her.", "키스하기 전에 안경을 벗어요.")
    common = ("They kiss in the lobby, and he laughs.", "로비에서 키스하고 웃어요.")
    entries = [Entry(f"other {number}", (f"Nr {number}",), common) for number in range(20)]
    assert Index([*entries, Entry("wanted", ("Headline",), told)]).search(query)[0] == "wanted"


def test_two_names_that_nothing_has_together_find_what_has_either() -> None:
    index = Index([Entry("a", ("Song Hye-kyo",)), Entry("b", ("Lee Min-ho",)), Entry("c", ("Song Min-ki",))])
    assert sorted(index.search("song hye kyo lee min ho")) == ["a", "b"]


def test_one_word_of_many_is_no_answer() -> None:
    entries = [Entry(str(number), (f"Name {number}",), ("a kiss at night",)) for number in range(10)]
    assert Index(entries).search("submarine volcano accountant kiss") == []


def test_stop_words_are_folded_and_endings_leave_a_word() -> None:
    assert all(word == fold(word) for word in STOP_WORDS)
    assert [stem(word) for word in ("kisses", "kissing", "cries", "is", fold("안경을"), fold("을"))] == [
        *("kiss", "kiss", "cries", "is", fold("안경"), fold("을"))
    ]
