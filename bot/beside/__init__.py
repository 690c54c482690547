"""Work beside the event loop, in processes of their own: `process.py` is the bot's end, `__main__.py` the other."""
