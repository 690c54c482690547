"""Which questions a moment makes, where wrong choices come from, and what is left when the library changes."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.games import Angle, Answer, Mode, Pick, Question
from bot.domain.library import Library, Person
from bot.domain.moments import Kind, Moment, Origin, Verdict
from bot.domain.questions import (
    ANGLES,
    CHOICES,
    NEAREST,
    WHOSE,
    choice_label,
    compose,
    fits,
    is_known,
    main_part,
    moments_in,
    names_title,
    shown_parts,
)
from bot.domain.spoilers import SpoilerLevel
from bot.domain.texts import Localised
from tests.content.shipped import shipped_library
from tests.domain.builders import drama, library, library_of, moment
from tests.domain.guild import bank_of_pack

RNG_SEEDS = range(40)
Distance = tuple[bool, int]


def composed(angle: Angle, entry: Moment, held: Library, part: int = 0, seed: int = 0) -> Question | None:
    return compose(angle, entry, part, tuple(held.moments.values()), held, random.Random(seed))


def must(question: Question | None) -> Question:
    assert question is not None
    return question


def distance(entry: Moment, other: Moment) -> Distance:
    """How far another moment is in kind and time."""
    held = shipped_library()
    return other.kind is not entry.kind, abs(held.drama_of(other).year - held.drama_of(entry).year)


def nearer(entry: Moment, choice: str, key: Callable[[Moment], set[str]]) -> int:
    """How many other choices are strictly nearer than this one."""
    best: dict[str, Distance] = {}
    for other in bank_of_pack():
        for name in key(other):
            best[name] = min(best.get(name, (True, 9999)), distance(entry, other))
    return sum(other < best[choice] for other in best.values())


def shipped(angle: Angle) -> list[Question]:
    held, rng = shipped_library(), random.Random(7)
    made = [
        compose(angle, entry, part, bank_of_pack(), held, rng)
        for entry in bank_of_pack()
        for part in range(len(entry.parts))
        if fits(angle, entry, part, held)
    ]
    return [question for question in made if question is not None]


def test_each_mode_asks_from_its_angles() -> None:
    assert ANGLES[Mode.CLASSIC] == ANGLES[Mode.BOLD] == ANGLES[Mode.DAILY] == (Angle.SCRIPT,)
    assert ANGLES[Mode.EXPERT] == (Angle.WHOSE,)
    assert set(ANGLES[Mode.MIXED]) == set(Angle)


@pytest.mark.parametrize(("planned", "answer"), [(True, Answer.SCRIPTED), (False, Answer.AD_LIB)])
def test_every_part_is_asked_with_its_own_answer(planned: bool, answer: Answer) -> None:
    entry = moment("kiss", not planned, planned)
    assert composed(Angle.SCRIPT, entry, library_of([entry]), 1) == Question(
        "kiss", 1, Angle.SCRIPT, tuple(Answer), answer
    )


def test_what_actors_and_director_did_together_is_nobodys_idea() -> None:
    entry = moment("kiss", True, False, origin=Origin.MIXED)
    held = library_of([entry])
    assert fits(Angle.WHOSE, entry, 0, held)
    assert must(composed(Angle.WHOSE, entry, held)).answer == Origin.SCRIPT
    assert not fits(Angle.WHOSE, entry, 1, held)


@pytest.mark.parametrize("origin", [origin for origin in WHOSE if origin is not Origin.SCRIPT])
def test_any_other_idea_is_asked_with_its_origin(origin: Origin) -> None:
    entry = moment("kiss", False, origin=origin)
    assert must(composed(Angle.WHOSE, entry, library_of([entry]))).answer == origin


@pytest.mark.parametrize("level", [SpoilerLevel.MILD, SpoilerLevel.MAJOR])
def test_what_spoils_anything_is_never_asked_which_drama(level: SpoilerLevel) -> None:
    entry = moment("kiss", True, spoilers=level)
    assert not fits(Angle.DRAMA, entry, 0, library_of([entry]))
    assert fits(Angle.DRAMA, replace(entry, spoilers=SpoilerLevel.NONE), 0, library_of([entry]))


@pytest.mark.parametrize(
    ("scene", "title"),
    [
        (Localised("The goblin smiles."), Localised("Goblin")),
        (Localised("GOBLIN, she says."), Localised("The Goblin")),
        (Localised("They meet in 1988."), Localised("Reply 1988")),
        (Localised("A scene.", "도깨비가 웃어요."), Localised("Guardian", "도깨비")),
        (Localised("She visits Chief Kim."), Localised("Kim")),
    ],
)
def test_a_scene_with_a_word_of_the_title_is_not_asked_which_drama(scene: Localised, title: Localised) -> None:
    entry = moment("kiss", True, scene=scene)
    held = library(drama("drama", entry, title=title))
    assert names_title(" ".join(scene.all), held.dramas["drama"])
    assert not fits(Angle.DRAMA, entry, 0, held)


def test_other_titles_of_a_drama_tell_as_much() -> None:
    titled = replace(drama("drama", title=Localised("Guardian")), other_titles=("Goblin",))
    assert names_title("The goblin smiles.", titled)
    assert not names_title("The man smiles.", titled)


def test_every_title_of_a_shipped_drama_names_it() -> None:
    held = shipped_library()
    silent = [
        (entry.id, title)
        for entry in held.dramas.values()
        for title in entry.title.all
        if not names_title(f"“{title}”, she says.", entry)
    ]
    assert silent == []


@pytest.mark.parametrize("text", ["Nam laughs first; it was Joo-hyuk's turn. Nam Joo-hyuk.", "남주혁이 먼저 웃어요."])
def test_a_scene_that_names_the_actor_is_not_asked_who(text: str) -> None:
    entry = moment("kiss", False, idea_by="Nam Joo-hyuk", scene=Localised("A scene.", text))
    person = Person("Nam Joo-hyuk", "남주혁")
    held = library(drama("drama", entry), people=[person])
    assert not fits(Angle.WHO, entry, 0, held)
    assert fits(Angle.WHO, replace(entry, scene=Localised("A scene.")), 0, held)


def test_too_few_wrong_choices_make_no_question() -> None:
    for dramas in range(1, CHOICES + 2):
        bank = [moment(f"m{number}", True, drama_id=f"d{number}") for number in range(dramas)]
        assert (composed(Angle.DRAMA, bank[0], library_of(bank)) is not None) is (dramas >= CHOICES)


def test_an_odd_one_needs_three_scripted_scenes_of_other_dramas() -> None:
    odd = moment("odd", False, drama_id="odd")
    wrong = [moment(f"m{number}", True, drama_id=f"d{number}") for number in range(3)]
    partly = moment("partly", True, False, drama_id="partly")
    same = moment("same", True, drama_id="odd")
    assert composed(Angle.ODD_ONE, odd, library_of([odd, *wrong[:2], partly, same])) is None
    question = must(composed(Angle.ODD_ONE, odd, library_of([odd, *wrong, partly, same])))
    assert moments_in(question) == {"odd", "m0", "m1", "m2"}


def test_wrong_dramas_are_of_the_same_kind_before_they_are_of_the_same_year() -> None:
    kisses = [drama(f"k{n}", moment(f"k{n}", True, drama_id=f"k{n}"), year=2000 + n) for n in range(NEAREST)]
    far = [drama(f"f{n}", moment(f"f{n}", True, drama_id=f"f{n}"), year=1990) for n in range(3)]
    lines = [drama(f"l{n}", moment(f"l{n}", True, drama_id=f"l{n}", kind=Kind.LINE), year=2020) for n in range(9)]
    entry = moment("kiss", True, drama_id="own")
    held = library(drama("own", entry, year=2020), *kisses, *far, *lines)
    found = {choice for seed in RNG_SEEDS for choice in must(composed(Angle.DRAMA, entry, held, seed=seed)).choices}
    assert found == {"own", *(kiss.id for kiss in kisses)}


def test_wrong_actors_are_those_of_the_scene_and_the_cast_first() -> None:
    entry = moment("kiss", False, idea_by="Her", performers=("Her", "Him"))
    others = [moment(f"m{n}", True, drama_id="other", performers=(f"Other {n}",)) for n in range(20)]
    held = library(drama("drama", entry, cast=("Him", "Her", "A", "B", "C")), drama("other", *others))
    found = {choice for seed in RNG_SEEDS for choice in must(composed(Angle.WHO, entry, held, seed=seed)).choices}
    assert {"Her", "Him", "A", "B"} < found
    assert len(found) == 1 + NEAREST
    assert "C" not in found


def test_shipped_wrong_dramas_are_the_nearest_in_kind_and_time() -> None:
    for question in shipped(Angle.DRAMA):
        entry = shipped_library().moments[question.moment_id]
        for choice in question.choices:
            assert choice == question.answer or nearer(entry, choice, lambda other: {other.drama_id}) <= NEAREST


def test_shipped_wrong_scenes_of_an_odd_one_are_the_nearest_scripted_ones() -> None:
    for question in shipped(Angle.ODD_ONE):
        entry = shipped_library().moments[question.moment_id]
        for choice in question.choices:
            other = shipped_library().moments[Pick.of(choice).moment_id]
            if choice != question.answer:
                scripted = nearer(
                    entry, other.drama_id, lambda one: {one.drama_id} if one.verdict is Verdict.SCRIPTED else set()
                )
                assert scripted <= CHOICES


def test_shipped_wrong_actors_played_in_the_drama_or_in_the_nearest() -> None:
    for question in shipped(Angle.WHO):
        entry = shipped_library().moments[question.moment_id]
        own = {*entry.performers, *(role.actor for role in shipped_library().drama_of(entry).cast)}
        for choice in question.choices:
            assert choice in own or nearer(entry, choice, lambda other: set(other.performers)) <= NEAREST


SCENES = [moment(f"m{number}", number > 0, drama_id=f"d{number}") for number in range(4)]
ODD = must(composed(Angle.ODD_ONE, SCENES[0], library_of(SCENES)))
WHICH = must(composed(Angle.DRAMA, SCENES[0], library_of(SCENES)))


def test_a_question_is_unknown_once_any_of_its_scenes_is_gone() -> None:
    assert is_known(ODD, library_of(SCENES))
    assert main_part(ODD, library_of(SCENES)) == (SCENES[0], SCENES[0].parts[0])
    for gone in range(4):
        left = library_of([entry for number, entry in enumerate(SCENES) if number != gone])
        assert not is_known(ODD, left)
        assert not is_known(WHICH, left)
        with pytest.raises(KeyError):
            shown_parts(ODD, left)


def test_a_question_is_unknown_once_its_part_is_gone() -> None:
    question = Question("m0", 1, Angle.SCRIPT, tuple(Answer), Answer.AD_LIB)
    assert is_known(question, library_of([moment("m0", True, False)]))
    assert not is_known(question, library_of([moment("m0", True)]))
    assert not is_known(replace(question, part=0, moment_id="m1"), library_of([moment("m0", True)]))


def test_a_choice_still_has_a_label_once_it_is_gone() -> None:
    nothing = library()
    letters = {label.en for choice in ODD.choices if isinstance(label := choice_label(ODD, choice, nothing), Localised)}
    assert letters == set("ABCD")
    assert choice_label(WHICH, "d2", nothing) == Localised("d2")
    assert choice_label(Question("m0", 0, Angle.WHO, (), ""), "Gong Yoo", nothing) == Localised("Gong Yoo")


def test_an_odd_one_is_labelled_with_its_letter_and_drama_in_both_scripts() -> None:
    held = library(*(drama(f"d{n}", SCENES[n], title=Localised(f"Drama {n}", f"드라마 {n}")) for n in range(4)))
    for letter, choice in zip("ABCD", ODD.choices, strict=True):
        number = Pick.of(choice).moment_id[1:]
        assert choice_label(ODD, choice, held) == Localised(f"{letter} · Drama {number}", f"{letter} · 드라마 {number}")


@pytest.mark.parametrize("moment_id", ["kiss", "pack/12/kiss", "kiss#1", "도깨비"])
def test_a_pick_is_found_again_from_its_key(moment_id: str) -> None:
    assert Pick.of(Pick(moment_id, 3).key) == Pick(moment_id, 3)
