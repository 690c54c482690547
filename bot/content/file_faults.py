"""What is wrong in a file that a guild uploads: at which line, at which key, and what to write instead.

Unlike the faults of data/ (bot/content/faults.py) these are read by members, so that every sentence is translated where
it is shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.texts import shorten
from bot.errors import N_, UserError

MOST_FAULTS: Final = 20_000
"""So many are kept; whoever has more mends these first."""
QUOTED: Final = 60
"""Characters of what stands in a file that a fault repeats."""

MISSING: Final = N_("is missing; add it")
UNSHOWN: Final = N_("holds a character that nobody can see; write it again by hand")
TOO_LONG: Final = N_("is too long: at most {limit} characters")

Step = str | int
KeyPath = tuple[Step, ...]
"""A key in an entry, from the outside in; the entries of a list are counted from 0."""


@dataclass(frozen=True, slots=True)
class FileFault:
    """One fault: its line, the key or column (empty where it is the whole line), and a sentence with its values."""

    line: int
    key: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict[str, str])


class Faults:
    """Gathers the faults of a file, as many as anybody will read."""

    def __init__(self, found: Iterable[FileFault] = ()) -> None:
        self._found = [*found]

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def full(self) -> bool:
        """Whether any more would be dropped."""
        return len(self._found) >= MOST_FAULTS

    def add(self, line: int, key: str, message: str, /, **values: object) -> None:
        """Add a fault; what it repeats from the file is shortened."""
        if not self.full:
            quoted = {name: shorten(str(value), QUOTED * 2) for name, value in values.items()}
            self._found.append(FileFault(line, shorten(key, QUOTED), message, quoted))

    def in_order(self) -> Sequence[FileFault]:
        """All faults, in the order of their lines."""
        return sorted(self._found, key=lambda fault: fault.line)

    def check(self, refusal: Callable[[Sequence[FileFault]], UserError]) -> None:
        """Refuse the file with all its faults, if it has any.

        Raises:
            UserError: the `refusal` that was handed in.
        """
        if self._found:
            raise refusal(self.in_order())
