from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

ANSWER_SECONDS = 3


class LimitedConnection(psycopg.AsyncConnection):
    """Gives up on a server that is silent for too long: the driver alone would wait for ever."""

    async def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super().wait(gen, *args, **{"timeout": ANSWER_SECONDS, **kwargs})
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                await self.close()  # it still waits for the answer: nobody else can use it
            raise
