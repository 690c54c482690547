"""Use cases: load, decide, save. Commands and buttons share them; no Discord type crosses this line."""
