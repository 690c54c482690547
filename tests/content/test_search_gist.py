"""Sentences: what a fan tells of a scene is found by its rare words, and small talk by nothing."""

from collections.abc import Sequence

import pytest

from bot.content.folding import fold
from bot.content.search.endings import stems, without_ending
from bot.content.search.entries import drama_index, person_index
from bot.content.search.finders import ArticleFinder
from bot.content.search.index import Entry, Index
from tests.content.shipped import shipped_library


@pytest.fixture(scope="module")
def told() -> Index:
    """Twenty entries that tell of kisses in rooms, and one of a night in the rain."""
    common = ("They kiss in the lobby, and the director laughs.", "로비에서 키스하고 감독이 웃어요.")
    rare = (
        "She hops to reach him, then they hug by the bicycle while it rains for three hours of rehearsal.",
        "비를 맞고 자전거 옆에서 욕을 하면서 뺨을 때렸다고 해요. 리허설만 세 시간, 취한 연기는 애드리브.",
    )
    entries = [Entry(f"other {number}", (f"Nr {number}",), common) for number in range(20)]
    return Index([*entries, Entry("wanted", ("A night to remember",), rare)])


@pytest.mark.parametrize(
    "query",
    [
        *(
            "hopping to reach him",
            "hugging beside the bicycle",
            "umbrella and bicycle",
            "bicycle tumbles",
            "she hugged him",
        ),
        *(
            "욕하는거 애드립",
            "욕하면서 키스",
            "자전거에서 쓰러지는 장면",
            "뺨 때리는 장면",
            "비 맞으면서 키스 연습 세시간",
        ),
        *("리허설 세시간 키스씬", "취해서 키스", "자전거 타던 남주"),
    ],
)
def test_a_scene_is_found_in_other_forms_of_its_words_and_beside_one_that_nobody_wrote(told: Index, query: str) -> None:
    assert told.search(query)[:1] == ["wanted"]


@pytest.mark.parametrize("query", ["kiss tsunami", "director everest", "로비 화산", "비 오는", "감독 화산 지진"])
def test_one_word_that_stands_in_many_entries_is_no_answer(told: Index, query: str) -> None:
    assert "other 1" not in told.search(query)


@pytest.mark.parametrize(("written", "typed"), [("세 시간 리허설", "세시간"), ("세시간 리허설", "세 시간")])
def test_a_number_and_what_it_counts_are_found_with_and_without_a_space(written: str, typed: str) -> None:
    others = [Entry(f"other {number}", (f"Nr {number}",), ("키스하는 시간",)) for number in range(20)]
    index = Index([*others, Entry("wanted", ("첫눈",), (written, "키스"))])
    assert index.search(f"{typed} 키스 연습")[:1] == ["wanted"]


def test_a_syllable_is_not_the_beginning_of_another_one() -> None:
    others = [Entry(f"other {number}", (f"Nr {number}",), ("애드리브",)) for number in range(20)]
    index = Index([*others, Entry("demand", ("요구",), ("요구를 말하다",)), Entry("wanted", ("욕설",), ("애드리브",))])
    assert index.search("욕하는 애드립") == ["wanted"]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("때리는", "때리"),
        ("욕하는거", "욕"),
        ("맞으면서", "맞"),
        ("자전거에서", "자전거"),
        ("취해서", "취"),
        ("북한말로", "북한"),
    ],
)
def test_the_forms_of_a_korean_word_have_their_stem_in_common(word: str, form: str) -> None:
    assert fold(form) in stems(fold(word))
    assert without_ending(fold("키스")) == fold("키스")


@pytest.mark.parametrize(
    ("word", "forms"), [("hugged", ["hugged", "hugg", "hug"]), ("kissing", ["kissing", "kiss"]), ("is", ["is"])]
)
def test_the_forms_of_an_english_word_have_their_stem_in_common(word: str, forms: Sequence[str]) -> None:
    assert [form for form in stems(word) if form in forms] == forms


@pytest.mark.parametrize("query", ["gilmore girls", "love boat", "the wire", "mask of zorro"])
def test_a_title_that_shares_one_common_word_is_not_offered(query: str) -> None:
    assert drama_index(shipped_library()).search(query) == []


@pytest.mark.parametrize("query", ["tom cruise", "tom hanks", "tim allen"])
def test_a_name_is_not_put_together_from_the_beginnings_of_others(query: str) -> None:
    assert person_index(shipped_library()).search(query) == []


@pytest.mark.parametrize(
    "query", ["how do i use this bot", "use this bot", "can someone help me please", "ㅋㅋㅋㅋㅋㅋ"]
)
def test_small_talk_finds_no_article(query: str) -> None:
    assert len(ArticleFinder(shipped_library()).search(query)) == 0


def test_a_name_with_one_wrong_letter_comes_before_words_scattered_over_several_names() -> None:
    scattered = Entry("scattered", ("Park Hoon",), about=("Hong Gil-dong", "Shin Myung-hee"))
    index = Index([scattered, Entry("wanted", ("Gong Myung",))])
    assert index.search("hong myung") == ["wanted", "scattered"]


def test_a_word_that_is_in_a_name_is_not_taken_for_a_typo_of_another() -> None:
    index = Index([Entry("typo", ("Marino",)), Entry("wanted", ("Vincenzo",), about=("Vincenzo Martino",))])
    assert index.search("martino") == ["wanted"]


@pytest.mark.parametrize("query", ["ㅂㅁㅇㅅ2", "ㅂㅁㅇㅅ 2", "ㅅ2"])
def test_initial_consonants_may_have_a_number_behind_them(query: str) -> None:
    index = Index([Entry("first", ("비밀의 숲",)), Entry("second", ("비밀의 숲 2",)), Entry("other", ("2521",))])
    assert index.search(query) == ["second"]


def test_no_short_form_is_made_that_is_an_ugly_word() -> None:
    dramas = drama_index(shipped_library())
    assert [dramas.search(word) for word in ("보지", "자지", "시발")] == [[], [], []]
    assert dramas.search("사불") == ["crash-landing-on-you"]
