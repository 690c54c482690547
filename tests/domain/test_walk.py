"""Every shipped moment through every angle, in both languages: no question gives its own answer away."""

import functools
import random
import re
from collections import Counter
from collections.abc import Iterator

import discord
import pytest

from bot.app import DATA
from bot.domain.games import Angle, Answer, Asked, Game, Pick, Question, Round, RoundState
from bot.domain.moments import Moment, Origin, Verdict
from bot.domain.questions import (
    CHOICES,
    WHOSE,
    choice_label,
    compose,
    fits,
    is_known,
    is_planned,
    main_part,
    moments_in,
    shown_parts,
)
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Language
from bot.text.catalogue import Phrases, load_catalogue
from bot.text.formats import say_value
from bot.text.names import ASKS
from bot.ui.pages import Page
from bot.ui.rounds import LABEL, question as page_of
from tests.content.shipped import shipped_library
from tests.domain.builders import START
from tests.domain.guild import bank_of_pack

SEEDS = range(3)
FEWEST = {Angle.SCRIPT: 200, Angle.WHOSE: 200, Angle.DRAMA: 50, Angle.WHO: 45, Angle.ODD_ONE: 80}
"""Questions of each angle that the shipped library must give."""
TELL_TALE = ("ad-lib", "ad lib", "adlib", "improvis", "unscripted", "애드리브", "애드립", "즉흥", "대본", "각본")
LITTLE_WORDS = {
    *("the", "a", "an", "of", "to", "in", "on", "at", "for", "with", "from", "and", "or", "not", "no", "is", "be"),
    *("i", "my", "me", "you", "your", "he", "his", "she", "her", "it", "its", "we", "our", "us", "who", "what", "oh"),
}
"""English words in titles that tell nothing of the drama."""

CATALOGUE = load_catalogue(DATA / "locales")


@functools.cache
def questions(angle: Angle) -> tuple[Question, ...]:
    """Every question of the angle, once for each seed."""
    library, bank = shipped_library(), bank_of_pack()
    made = [
        compose(angle, entry, part, bank, library, random.Random(f"{seed} {entry.id} {part}"))
        for seed in SEEDS
        for entry in bank
        for part in range(len(entry.parts))
        if fits(angle, entry, part, library)
    ]
    return tuple(question for question in made if question is not None)


def page(question: Question, language: Language) -> Page:
    """The question as it stands in the channel."""
    round_ = Round(1, 1, 1, 1, question, RoundState.OPEN, START)
    return page_of(Asked(Game(1, 1, 1, 1, language, 5, START), round_, 0), shipped_library(), CATALOGUE[language])


def shown(question: Question, language: Language) -> str:
    """What is read above the buttons, without the words of the rules."""
    texts = [item for item in page(question, language).walk_children() if isinstance(item, discord.ui.TextDisplay)]
    read = "\n".join(text.content for text in texts)
    return read.replace(CATALOGUE[language](ASKS[question.angle]), "").casefold()


def labels(question: Question, _: Phrases) -> list[str]:
    return [say_value(choice_label(question, choice, shipped_library()), _) for choice in question.choices]


def own(question: Question) -> Moment:
    return shipped_library().moments[question.moment_id]


def names_of_actor(name: str) -> Iterator[str]:
    """Every name of an actor, and the given name alone: "Nam Joo-hyuk", "Joo-hyuk", "남주혁", "주혁"."""
    person = shipped_library().people[name]
    for full in {person.name, *person.names.all, *person.also}:
        yield full.casefold()
        if re.fullmatch("[가-힣]{3}", full):
            yield full[1:]
        elif " " in full:
            yield full.casefold().split(" ", 1)[1]


@pytest.mark.parametrize("angle", Angle)
def test_every_angle_gives_many_questions(angle: Angle) -> None:
    made = len(questions(angle)) // len(SEEDS)
    moments = len({question.moment_id for question in questions(angle)})
    print(f"{angle}: {made} questions about {moments} moments")  # noqa: T201
    assert made >= FEWEST[angle]


@pytest.mark.parametrize("angle", Angle)
def test_whatever_fits_an_angle_is_a_question(angle: Angle) -> None:
    library = shipped_library()
    fitting = sum(fits(angle, entry, part, library) for entry in bank_of_pack() for part in range(len(entry.parts)))
    assert fitting * len(SEEDS) == len(questions(angle))


@pytest.mark.parametrize("angle", Angle)
def test_the_answer_is_one_of_two_or_four_different_choices(angle: Angle) -> None:
    for question in questions(angle):
        assert len(question.choices) == (2 if angle is Angle.SCRIPT else CHOICES)
        assert len(set(question.choices)) == len(question.choices)
        assert question.answer in question.choices


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("angle", Angle)
def test_no_two_buttons_of_a_question_say_the_same(angle: Angle, language: Language) -> None:
    for question in questions(angle):
        assert len(set(labels(question, CATALOGUE[language]))) == len(question.choices), question


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("angle", Angle)
def test_every_button_fits_uncut_also_when_it_counts_a_thousand(angle: Angle, language: Language) -> None:
    _ = CATALOGUE[language]
    told = f" (999) · {_('right')}"
    assert [text for question in questions(angle) for text in labels(question, _) if len(text + told) > LABEL] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("angle", Angle)
def test_every_question_makes_a_page_that_discord_takes(angle: Angle, language: Language) -> None:
    for question in questions(angle):
        made = page(question, language)
        assert made.content_length() <= 4000
        buttons = [item for item in made.walk_children() if isinstance(item, discord.ui.Button)]
        assert all(len(button.label or "") <= LABEL for button in buttons)


@pytest.mark.parametrize("language", Language)
def test_a_scene_does_not_say_whether_it_was_planned(language: Language) -> None:
    for entry in bank_of_pack():
        for text in (entry.scene, *(part.asked for part in entry.parts)):
            told = text.in_language(language).casefold()
            assert [word for word in TELL_TALE if word in told] == [], entry.id


@pytest.mark.parametrize("language", Language)
def test_the_question_which_drama_holds_no_word_of_its_titles(language: Language) -> None:
    found: list[tuple[str, str]] = []
    for question in questions(Angle.DRAMA)[: len(questions(Angle.DRAMA)) // len(SEEDS)]:
        entry = shipped_library().drama_of(own(question))
        text = shown(question, language)
        words = set(re.findall(r"\w+", text))
        titles = " ".join((*entry.title.all, *entry.other_titles)).casefold()
        for word in set(re.findall(r"\w+", titles)) - LITTLE_WORDS:
            inside = not word.isascii() and len(word) > 1 and word in text
            if inside or word in words:
                found.append((question.moment_id, word))
    assert found == []


def test_only_moments_without_spoilers_are_asked_which_drama() -> None:
    assert {own(question).spoilers for question in questions(Angle.DRAMA)} == {SpoilerLevel.NONE}
    assert all(question.answer == own(question).drama_id for question in questions(Angle.DRAMA))


@pytest.mark.parametrize("language", Language)
def test_the_question_who_does_not_name_the_actor(language: Language) -> None:
    for question in questions(Angle.WHO):
        text = shown(question, language)
        assert [name for name in names_of_actor(question.answer) if re.search(rf"\b{name}", text)] == [], question


def test_the_question_who_is_asked_of_ideas_of_one_actor() -> None:
    for question in questions(Angle.WHO):
        assert question.answer == own(question).idea_by
        assert not own(question).parts[question.part].planned
        assert all(choice in shipped_library().people for choice in question.choices)


def test_of_four_scenes_from_four_dramas_only_one_was_an_ad_lib() -> None:
    library = shipped_library()
    for question in questions(Angle.ODD_ONE):
        assert Pick.of(question.answer) == Pick(question.moment_id, question.part)
        four = shown_parts(question, library)
        assert len({entry.drama_id for entry, _part in four}) == CHOICES
        assert [part.planned for _entry, part in four].count(False) == 1
        wrong = [entry for entry, _part in four if entry.id != question.moment_id]
        assert [entry.verdict for entry in wrong] == [Verdict.SCRIPTED] * (CHOICES - 1)
        assert not own(question).parts[question.part].planned
        assert moments_in(question) == {entry.id for entry, _part in four}


def test_a_partly_scripted_moment_gives_two_questions_with_opposite_answers() -> None:
    partly = [entry for entry in bank_of_pack() if entry.verdict is Verdict.PARTLY]
    assert len(partly) >= 50
    answers: dict[str, set[str]] = {}
    for question in questions(Angle.SCRIPT):
        answers.setdefault(question.moment_id, set()).add(question.answer)
    for entry in bank_of_pack():
        assert (answers[entry.id] == set(Answer)) is (entry.verdict is Verdict.PARTLY), entry.id


def test_whose_idea_it_was_is_one_of_four_and_the_script_where_it_was_planned() -> None:
    for question in questions(Angle.WHOSE):
        assert question.choices == WHOSE
        planned = own(question).parts[question.part].planned
        assert question.answer == (Origin.SCRIPT if planned else own(question).origin)
    assert {question.answer for question in questions(Angle.WHOSE)} == set(WHOSE)
    assert Counter(question.answer for question in questions(Angle.WHOSE))[Origin.ACCIDENT] >= len(SEEDS)


@pytest.mark.parametrize("angle", Angle)
def test_what_a_question_is_about_is_found_again(angle: Angle) -> None:
    library = shipped_library()
    for question in questions(angle):
        assert is_known(question, library)
        assert main_part(question, library) == (own(question), own(question).parts[question.part])
        planned = is_planned(question)
        assert planned is None or planned is own(question).parts[question.part].planned
        assert (planned is None) is (angle not in (Angle.SCRIPT, Angle.WHOSE))


@pytest.mark.parametrize("angle", [Angle.DRAMA, Angle.WHO, Angle.ODD_ONE])
def test_the_answer_stands_on_every_button_equally_often(angle: Angle) -> None:
    places = Counter(question.choices.index(question.answer) for question in questions(angle))
    assert set(places) == set(range(CHOICES))
    assert all(0.15 <= times / places.total() <= 0.35 for times in places.values())
