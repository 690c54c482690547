"""Ways from one feature to another: declared here, so that no feature imports another one.

The feature that answers an action lists it in the ROUTES of its views.
"""

from bot.ui.actions import Action

PLAY = Action("play", str, int)
"""Start a game: about an article (its id, or "" for everything), of so many rounds. Answered by trivia."""
SHIP = Action("ship", str)
"""Open the form for a poll, beginning with the couples of an article (its id, or ""). Answered by ships."""
SHIP_COUPLE = Action("ship-couple", str)
"""Open the form for a poll, beginning with a couple: its key, or the names that members wrote. Answered by ships."""
SEARCH = Action("search")
"""Open the form for a search. Answered by articles."""
READ = Action("read", str)
"""Show the card of an article. Answered by articles."""
REPORT = Action("report", str)
"""Open the form that reports a moment (its id) to the managers. Answered by moments."""
