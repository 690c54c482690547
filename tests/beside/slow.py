"""A module that takes its time to be loaded."""

import threading

threading.Event().wait(0.7)
