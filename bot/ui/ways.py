"""Ways from one feature to another: declared here, so that no feature imports another one.

The feature that answers an action lists it in the ROUTES of its views.
"""

from bot.ui.actions import Action

PLAY = Action("play", str, int)
"""Start a game: about an article (its id, or "" for everything), of so many rounds. Answered by trivia."""
SHIP = Action("ship", str)
"""Open the form for a poll, beginning with the couples of an article (its id, or ""). Answered by ships."""
PLAY_DRAMA = Action("play-drama", str, int)
"""Start a game about a drama (its id), of so many rounds. Answered by trivia."""
SHIP_DRAMA = Action("ship-drama", str)
"""Open the form for a poll, beginning with the couples of a drama (its id). Answered by ships."""
SHIP_COUPLE = Action("ship-couple", str)
"""Open the form for a poll, beginning with a couple: its key, or the names that members wrote. Answered by ships."""
SEARCH = Action("search")
"""Open the form for a search. Answered by articles."""
READ = Action("read", str)
"""Show the card of an article. Answered by articles."""
OPEN = Action("open")
"""Show the card of what is chosen in a menu; bot/ui/cards/menu.py makes it. Answered by articles."""
DRAMA = Action("drama", str)
"""Show the card of a drama (its id). Answered by dramas."""
PERSON = Action("person", str)
"""Show the card of a person (the credited name). Answered by people."""
COUPLE = Action("couple", str)
"""Show the card of a couple (its id, or the key of one that members wrote). Answered by the record of ships."""
MARK_SEEN = Action("mark-seen", str)
"""Put a drama (its id) on the member's list of what she has seen. Answered by seen."""
REPORT = Action("report", str)
"""Open the form that reports a moment (its id) to the managers. Answered by moments."""
