"""Which dramas and people a text names: rather one too few than one too many."""

import sys
from collections.abc import Iterable, Mapping

import pytest

from bot.content import everyday
from bot.content.folding import fold
from bot.content.mentions import Mentions, Named
from bot.content.search.entries import names_of, titles_of
from bot.domain.library import Article, Library
from tests.content.shipped import shipped_library

PRECISE: float = 0.97
NAMED_BESIDES: Mapping[str, tuple[str, ...]] = {
    "insight-2024-kim-soo-hyuns-drunken-aegyo-queen": ("Kim Ji-won",),
    "munhwa-news-2017-gong-yoo": ("Lee Dong-wook",),
    "pinkvilla-2024-kim-soo-hyuns-i-born-cute": ("Kim Ji-won", "fight-for-my-way"),
    "postshare-2021-jung-ho-yeon-oh-young-soos": ("Jung Ho-yeon",),
    "sports-chosun-2026-so-joo-yeon-jung-kyung-ho": ("So Joo-yeon",),
    "sports-today-2025-kim-woo-bin-playing-moon-dong": ("Song Hye-kyo",),
    "star-news-2011-foam-kiss-took-hyun-bin-ha": ("Hyun Bin", "Ha Ji-won"),
    "xports-news-2019-be-melodramatic-confidence-chun-woo-hee": ("Chun Woo-hee",),
}
"""Whom headlines name, as a reader sees, though the articles are not filed under them."""


@pytest.fixture(scope="module")
def library() -> Library:
    return shipped_library()


@pytest.fixture(scope="module")
def mentions(library: Library) -> Mentions:
    return Mentions(library)


def filed(article: Article) -> set[str]:
    return {*article.dramas, *article.people}


def found(named: Named) -> set[str]:
    return {*named.dramas, *named.people}


def stands_in(name: str, text: str, library: Library) -> bool:
    """Tell whether a text has a title or a full name as it is written."""
    drama, person = library.dramas.get(name), library.people.get(name)
    spellings: Iterable[str] = titles_of(drama) if drama else names_of(person) if person else ()
    return any(fold(spelling) in fold(text) for spelling in spellings if drama or " " in spelling or len(spelling) > 2)


def test_what_is_found_in_headlines_is_right_in_97_of_100_cases(
    library: Library, mentions: Mentions, capsys: pytest.CaptureFixture[str]
) -> None:
    right = wrong = missed = unfiled = 0
    for article in library.articles.values():
        for headline in article.headline.all:
            named = found(mentions.of(headline))
            true = filed(article) | {*NAMED_BESIDES.get(article.id, ())}
            right += len(named & true)
            wrong += len(named - true)
            unfiled += len(named - filed(article))
            missed += sum(stands_in(name, headline, library) for name in filed(article) - named)
    precision, recall = right / (right + wrong), right / (right + missed)
    by_files = 1 - unfiled / (right + wrong)
    with capsys.disabled():
        sys.stdout.write(
            f"\nnames in headlines: precision {precision:.3f} ({by_files:.3f} by the files), recall {recall:.3f}\n"
        )
    assert precision >= PRECISE
    assert recall >= 0.9


def test_summaries_name_nobody_else_in_95_of_100_cases_and_most_of_whom_the_article_is_about(
    library: Library, mentions: Mentions, capsys: pytest.CaptureFixture[str]
) -> None:
    right = wrong = missed = 0
    for article in library.articles.values():
        texts = [f"{article.headline.en}\n{article.summary.en}"] if article.summary else []
        texts += [f"{article.headline.ko}\n{article.summary.ko}"] if article.summary and article.headline.ko else []
        for text in texts:
            named, true = found(mentions.of(text)), filed(article) | {*NAMED_BESIDES.get(article.id, ())}
            right, wrong, missed = right + len(named & true), wrong + len(named - true), missed + len(true - named)
    precision, recall = right / (right + wrong), right / (right + missed)
    with capsys.disabled():
        sys.stdout.write(f"\nnames in headlines and summaries: precision {precision:.3f}, recall {recall:.3f}\n")
    assert precision >= 0.95
    assert recall >= 0.75


@pytest.mark.parametrize(
    ("text", "dramas"),
    [
        ("New stills of Crash Landing on You", ("crash-landing-on-you",)),
        ("because this is my first life, said the fan", ("because-this-is-my-first-life",)),
        ("‘도깨비’의 명장면", ("guardian-the-lonely-and-great-god",)),
        ("사랑의 불시착에서 나온 대사", ("crash-landing-on-you",)),
        ("사랑의불시착은 지금도 인기", ("crash-landing-on-you",)),
        ("<무빙> 시즌2 제작", ("moving",)),
        ("The cast of 'Moving' meet again", ("moving",)),
        ("Fans are moving to Seoul", ()),
        ("Moving to Seoul", ()),
        ("I live in a kingdom and wait for a signal", ()),
        ("Kingdom: what Ju Ji-hoon remembers of the set", ("kingdom",)),
        ("Byun Woo-seok goes live", ()),
        ("졸업 사진을 공개한 위하준", ()),
        ("‘졸업’ 위하준 종영 소감", ("the-midnight-romance-in-hagwon",)),
        ("Strong Girl Nam-soon begins", ("strong-girl-nam-soon",)),
        ("Strong Girl Bong-soon begins", ("strong-girl-bong-soon",)),
        ("Age of Youth 2 and its cast", ("age-of-youth-2",)),
        ("Age of Youth and its cast", ("age-of-youth",)),
        ("School 2013 was a start for many", ("school-2013",)),
        ("School 2021 was not", ()),
        ("Descendants of the Sun's writer", ("descendants-of-the-sun",)),
        ("‘Squid Game’ Season 2 and “Queen of Tears”", ("squid-game", "queen-of-tears")),
        ("“I live for the moving signal of my kingdom”", ()),
        ("while you were sleeping, it rained", ()),
        ("W", ()),
        ("‘오징어 게임3’ 공개", ("squid-game",)),
        ("<무빙2>와 ‘킹덤 시즌2’를", ("moving", "kingdom")),
        ("Moving On: what Han Hyo-joo does next", ()),
        ("What Han Hyo-joo did after Moving", ("moving",)),
        ("‘W’가 방영된 해", ("w",)),
        ("", ()),
    ],
)
def test_a_title_counts_where_nothing_else_can_be_meant(mentions: Mentions, text: str, dramas: tuple[str, ...]) -> None:
    assert mentions.of(text).dramas == dramas


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Kim Sejeong, Kim Se Jeong and KIM SE-JEONG", ("Kim Se-jeong",)),
        ("김세정이 말했다", ("Kim Se-jeong",)),
        ("김세정에게서 온 편지", ("Kim Se-jeong",)),
        ("Se-jeong is here", ()),
        ("세정이 왔다", ()),
        ("Hoyeon Jung and Jung-jae Lee", ("Jung Ho-yeon", "Lee Jung-jae")),
        ("Song Kang Ho wins in Cannes", ()),
        ("송강호 수상", ()),
        ("Song Kang and Han So-hee", ("Song Kang", "Han So-hee")),
        ("코스피 지수 상승, 공유 경제", ()),
        ("‘도깨비’ 공유 인터뷰", ("Gong Yoo",)),
        ("Kim Ji Soo wrote it", ()),
        ("director Lee Sang-yeob", ()),
        ("이상엽 감독 인터뷰", ()),
        ("이상엽 인터뷰", ("Lee Sang-yeob",)),
        ("두 명 이상이 모였다", ()),
        ("Joy to the world", ()),
        ("IU holds a concert", ("IU",)),
        ("Junho of ‘King the Land’", ("Lee Jun-ho",)),
        ("Junho of 2PM", ()),
        ("BLACKPINK's Jisoo", ()),
        ("김정은 위원장, 박진영 프로듀서", ()),
        ("‘유미의 세포들’ 박진영", ("Park Jin-young",)),
    ],
)
def test_a_name_counts_in_full_or_beside_a_drama_of_theirs(
    mentions: Mentions, text: str, people: tuple[str, ...]
) -> None:
    assert mentions.of(text).people == people


def test_the_most_certain_comes_first(mentions: Mentions) -> None:
    named = mentions.of("Kingdom star Ju Ji-hoon on ‘Moving’ and Squid Game")
    assert named.dramas == ("moving", "squid-game", "kingdom")


def test_decomposed_hangul_and_curly_apostrophes_change_nothing(mentions: Mentions) -> None:
    assert mentions.of(
        "\u1109\u1161\u1105\u1161\u11bc\u110b\u1174 \u1107\u116e\u11af\u1109\u1175\u110e\u1161\u11a8"
    ).dramas
    assert mentions.of("Yumi’s Cells returns").dramas == ("yumis-cells",)
    assert mentions.of("Yumi's Cells returns").dramas == ("yumis-cells",)


def test_what_is_told_of_everyday_words_is_about_titles_and_names_of_the_library(library: Library) -> None:
    letters = {
        "".join(mark for mark in text.casefold() if mark.isalnum())
        for drama in library.dramas.values()
        for title in titles_of(drama)
        for text in (title, *title.split(" - "), *title.split(": "))
    }
    letters |= {
        "".join(mark for mark in name.casefold() if mark.isalnum())
        for person in library.people.values()
        for name in names_of(person)
    }
    told = everyday.UNMISTAKABLE | everyday.PHRASES | everyday.EVERYDAY | everyday.NAMESAKES
    assert sorted(told - letters) == []


def test_a_text_of_a_megabyte_is_read_in_a_moment(mentions: Mentions) -> None:
    assert mentions.of("‘" * 500_000 + "a" * 500_000) == Named()
    assert mentions.of("Kim " * 250_000) == Named()


@pytest.mark.parametrize("text", ["Vincenzo Cassel in new film", "Vincenzo Italiano sacked as coach"])
def test_a_name_of_others_is_no_title(text: str) -> None:
    assert Mentions(shipped_library()).of(text).dramas == ()


def test_a_title_that_is_a_name_counts_in_quotation_marks_and_beside_its_actor() -> None:
    mentions = Mentions(shipped_library())
    assert mentions.of("‘Vincenzo’ ends on a high note").dramas == ("vincenzo",)
    assert mentions.of("Song Joong-ki on Vincenzo").dramas == ("vincenzo",)
