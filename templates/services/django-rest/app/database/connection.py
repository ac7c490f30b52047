from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

OPERATION_SECONDS = 3


class LimitedConnection(psycopg.Connection):
    """Gives up on a server that is too slow: the driver alone would wait for ever."""

    _limit: float | None = OPERATION_SECONDS

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().wait(gen, *args, **{"timeout": self._limit, **kwargs})
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()  # it still waits for the answer: nobody else can use it
            raise

    @contextmanager
    def unlimited(self) -> Iterator[None]:
        self._limit = None
        try:
            yield
        finally:
            self._limit = OPERATION_SECONDS
