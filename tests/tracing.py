"""Whether lines are traced, for coverage: Python is then some four times slower, and bounds of time allow for it."""

import sys

from coverage import Coverage


def is_traced() -> bool:
    """Tell whether something watches every line."""
    return sys.gettrace() is not None or Coverage.current() is not None
