"""Scripts: words that are written in two of them ("김sejeong", "IU의") fall into one word for each."""

import re
from collections.abc import Sequence
from typing import Final

_RUN: Final = re.compile("[\u1100-\u11ff]+|[^\u1100-\u11ff]+")


def by_script(word: str) -> Sequence[str]:
    """Return a folded word parted where Hangul begins or ends."""
    return (word,) if word.isascii() else _RUN.findall(word)
