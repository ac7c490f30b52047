"""Puts the service together: stores, the consumer, and the listener for health probes."""

import asyncio
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import structlog

from app.config import Settings
from app.consumer import Consumer
from app.handlers import create_handler
from app.listener import Listener
from app.stores import StoreStatus
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore

log = structlog.get_logger(__name__)


class Worker:
    def __init__(self, settings: Settings, name: str) -> None:
        self._settings = settings
        self._name = name
        self._postgres = PostgresStore(settings.database_url, settings.table_prefix)
        self._redis = RedisStore(settings.redis_url)
        self._consumer: Consumer | None = None
        self._consuming: asyncio.Task[None] | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._postgres)
        await self._stack.enter_async_context(self._redis)
        self._server = await Listener(self._settings, self.checks).start()
        self._start_consumer()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.close()
        if self._consuming:
            self._consuming.cancel()
            await asyncio.gather(self._consuming, return_exceptions=True)
        await self._stack.aclose()

    async def finish(self) -> None:
        """Takes no more events, and waits for those in hand."""
        self._server.close()
        if self._consumer and self._consuming:
            self._consumer.stop()
            await self._consuming

    async def checks(self) -> dict[str, StoreStatus]:
        postgres, redis = await asyncio.gather(self._postgres.status(), self._redis.status())
        return {"postgres": postgres, "redis": redis, "consumer": self._consumer_status()}

    def _consumer_status(self) -> StoreStatus:
        if not self._settings.subscribe_to:
            return "off"
        if not self._consumer or not self._consuming or self._consuming.done():
            return "down"
        return self._consumer.status

    def _start_consumer(self) -> None:
        settings = self._settings
        if not settings.subscribe_to:
            log.warning("SUBSCRIBE_TO is not set: there is nothing to do")
            return
        if not self._redis.client:
            log.error("SUBSCRIBE_TO is set, but REDIS_URL is not")
            return
        self._consumer = Consumer(
            self._redis.client,
            settings.subscribe_to,
            group=settings.service_name,
            name=self._name,
            dead_letters=f"{settings.redis_prefix}dead-letters",
            handler=create_handler(self._postgres),
        )
        self._consuming = asyncio.create_task(self._consumer.run(), name="consumer")
