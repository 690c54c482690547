"""The group-committing writer for the two hot writes, ballots and guesses.

Everything that arrived while the last commit ran becomes one transaction, and each caller is answered after it: one
disk flush serves them all.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.storage.database import Database

MOST: int = 500
"""Items in one transaction; the others wait for the next."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class GroupWriter(Generic[Item, Result]):
    """Collects items and hands them to `judge` in batches, each inside one transaction.

    `judge` returns one result or one refusal per item, in their order.
    """

    def __init__(
        self,
        database: Database,
        judge: Callable[[AsyncConnection, Sequence[Item]], Coroutine[Any, Any, Sequence[Result | UserError]]],
    ) -> None:
        self._database = database
        self._judge = judge
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._flush: asyncio.Task[None] | None = None

    async def submit(self, item: Item) -> Result:
        """Have `item` judged and stored.

        Raises:
            UserError: the rules refuse it.
        """
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._flush is None:
            self._flush = asyncio.create_task(self._flush_all())
        return await asyncio.shield(future)

    async def _flush_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._flush_batch(batch)
        finally:
            self._flush = None

    async def _flush_batch(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        items = [item for item, _ in batch]
        try:
            results = await self._database.write(lambda connection: self._judge(connection, items))
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue
            if isinstance(result, UserError):
                future.set_exception(result)
            else:
                future.set_result(result)
