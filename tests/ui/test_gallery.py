"""Pictures in messages."""

from bot.ui.gallery import ALT_LIMIT, Picture

PNG = b"\x89PNG"


def test_a_picture_is_shown_from_the_file_that_goes_along_with_the_same_words() -> None:
    picture = Picture("poll-1.png", PNG, "A: 2 votes.")
    (item,) = picture.gallery().items
    file = picture.file()
    assert item.media.url == f"attachment://{file.filename}"
    assert item.description == file.description == "A: 2 votes."


def test_a_file_is_read_once_so_every_call_gives_a_new_one() -> None:
    picture = Picture("poll-1.png", PNG, "")
    assert picture.file().fp.read() == PNG
    assert picture.file().fp.read() == PNG


def test_words_longer_than_discord_takes_end_in_an_ellipsis() -> None:
    picture = Picture("poll-1.png", PNG, "가" * 2_000)
    (item,) = picture.gallery().items
    assert item.description == picture.file().description == "가" * (ALT_LIMIT - 1) + "…"
