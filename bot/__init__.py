"""Everything of Adlib that is not a command. The rooms and which way they face: docs/architecture.md."""
