"""What the cards themselves let a member do, besides leading to each other (bot/ui/ways.py)."""

from enum import StrEnum

from bot.ui.actions import Action


class CardList(StrEnum):
    """A list that belongs to a card; the values are short, as a custom_id holds 100 characters."""

    DRAMA = "drama"
    """The articles about a drama."""
    CAST = "cast"
    """Everybody in a drama."""
    PERSON = "person"
    """The articles about a person."""
    SCENES = "scenes"
    """The scenes of a person that games ask about."""


SHELF = Action("shelf", CardList, str)
"""Show a list of a drama (its id) or a person (the credited name). Answered by articles."""
SHELF_PAGE = Action("shelf-page", CardList, str, int)
"""Show another page of it in its place. Answered by articles."""
SHARE_ARTICLE = Action("share", str)
"""Show the card of an article to the channel. Answered by articles."""
SHARE_DRAMA = Action("drama-share", str)
"""Show the card of a drama to the channel. Answered by dramas."""
SHARE_PERSON = Action("person-share", str)
"""Show the card of a person to the channel. Answered by people."""
SHARE_COUPLE = Action("couple-share", str)
"""Show the card of a couple to the channel. Answered by the record of ships."""
