"""Reading feeds from the open internet: what is fetched, how much of it and for how long, and what is read in it."""
