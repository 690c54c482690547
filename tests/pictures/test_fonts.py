"""The letters: everything that members write here is drawn, or left out in full."""

import subprocess
import sys

import pytest
from PIL import Image, ImageDraw

from bot.pictures import fonts
from bot.pictures.fonts import JOINED, KOREAN, PLAIN, Type, drawable, loaded, runs, visible
from tests.pictures.couples import IN_NO_FONT, couples


def test_the_korean_face_has_every_syllable_that_hangul_has() -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert len(syllables) == 11_172
    assert runs(syllables) == [(KOREAN, syllables)]


def test_syllables_are_shapes_of_their_own_and_no_boxes() -> None:
    shapes = {bytes_of(syllable) for syllable in "각난닭랄맘법쇠왕잭촉"}
    assert len(shapes) == 10
    assert bytes_of(fonts.NOWHERE) not in shapes


def bytes_of(letter: str) -> bytes:
    paper = Image.new("L", (60, 60))
    ImageDraw.Draw(paper).text((10, 10), letter, 255, loaded(KOREAN, Type(34)))
    return paper.tobytes()


def test_every_couple_of_the_catalogue_is_drawn_in_both_scripts() -> None:
    assert [name for pair in couples() for name in pair if not drawable(name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Đặng Thị Hồng ♥ Őszi", "Ирина & Ελένη", "さくら × 小狼", "ㅋㅋ ♡ ㅠㅠ", "Kim 💕 Lee", "Kim ❤️ Lee",
        "ანა + Ծովինար", "ሰላም ♥ Kim", "1,234 – 57% … ‘a’ “b”",
    ],
)  # fmt: skip
def test_scripts_whose_letters_stand_alone_are_drawn_everywhere(text: str) -> None:
    pieces = runs(text)
    assert pieces is not None
    assert "".join(piece for _, piece in pieces) == visible(text)


@pytest.mark.skipif(not fonts.can_join(), reason="libraqm finds no FriBiDi here")
@pytest.mark.parametrize("text", ["สวัสดี ♥ Kim", "राहुल ♥ अंजलि", "أحمد علي ♥ سارة", "דוד ♥ שרה"])
def test_scripts_whose_letters_join_are_drawn_where_the_system_can(text: str) -> None:
    assert drawable(text)


def test_where_letters_cannot_be_joined_such_names_are_left_out() -> None:
    script = (
        "from PIL import features\n"
        "features.check = lambda feature: False\n"
        "from bot.pictures.fonts import drawable\n"
        "print([drawable(text) for text in ('أحمد', 'สวัสดี', 'अंजलि', '윤세리 ♥ Ri Jeong-hyeok')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[False, False, False, True]"


def test_a_name_with_a_letter_that_no_font_has_is_left_out_in_full() -> None:
    assert not drawable(IN_NO_FONT)
    assert not drawable(f"Kim ♥ {IN_NO_FONT}")


def test_a_word_keeps_to_one_face() -> None:
    pieces = runs("Őszi 윤세리")
    assert pieces is not None
    assert [piece for _, piece in pieces] == ["Őszi", " 윤세리"]
    assert pieces[0][0] is PLAIN[1]


def test_marks_that_show_nothing_are_dropped() -> None:
    assert visible(" Kim \u200b\u202e ❤\ufe0f  Lee ") == "Kim ❤ Lee"


def test_weights_are_drawn_as_weights() -> None:
    light, bold = (loaded(KOREAN, Type(60, weight)).getmask("윤").getbbox() for weight in (100, 900))
    assert light != bold
    assert loaded(KOREAN, Type(60, 900)).getlength("Yoon") > loaded(KOREAN, Type(60, 100)).getlength("Yoon")


@pytest.mark.parametrize("face", [*PLAIN, *JOINED], ids=lambda face: face.file)
def test_every_face_is_there_and_has_regular_and_bold(face: fonts.Face) -> None:
    (weights,) = loaded(face, Type(20)).get_variation_axes()
    assert (weights["minimum"] or 0) <= 400
    assert (weights["maximum"] or 0) >= 700


def test_no_font_is_read_before_something_is_drawn() -> None:
    script = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and 'manimgx' in str(args[0]) and opened.append(args))\n"
        "import bot.pictures.poll, bot.pictures.bracket, bot.pictures.champion, bot.pictures.easel\n"
        "print(opened, bot.pictures.fonts.loaded.cache_info().currsize)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 0"
