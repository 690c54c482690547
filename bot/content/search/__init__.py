"""Search: a fan types three letters of what she remembers, and the right entry comes first."""
