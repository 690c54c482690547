"""data/ -> domain objects: load, validate, search."""
