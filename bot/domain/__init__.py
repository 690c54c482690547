"""Pure rules: the standard library only. No Discord, SQL, asyncio, clock or global random.

`now` and `rng` are arguments.
"""
