"""Reads Redis Streams as a consumer group: replicas share the events, and one that fails or crashes loses none."""

import asyncio
import time
from contextlib import suppress

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from app.events import Event, Handler
from app.stores import StoreStatus

BATCH_SIZE = 10
BLOCK_SECONDS = 2
HANDLER_SECONDS = 30
RECONNECT_SECONDS = 2
# Longer than a handler may run: what is pending for so long has failed, or its consumer is gone.
RETRY_SECONDS = 60
MAX_DELIVERIES = 5

log = structlog.get_logger(__name__)

Entry = tuple[str, dict[str, str]]


class Consumer:
    def __init__(
        self,
        redis: Redis,
        streams: tuple[str, ...],
        *,
        group: str,
        name: str,
        dead_letters: str,
        handler: Handler,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self.status: StoreStatus = "down"
        self._redis = redis
        self._streams = streams
        self._group = group
        self._name = name
        self._dead_letters = dead_letters
        self._handler = handler
        self._retry_seconds = retry_seconds
        self._next_retry = 0.0
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Lets `run` return once the events in hand are done."""
        self._stopping.set()

    async def run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._create_groups()
                self.status = "up"
                log.info("consuming", streams=self._streams, group=self._group)
                while not self._stopping.is_set():
                    await self._retry_pending()
                    await self._read_new()
            except (RedisError, OSError) as error:
                log.warning("redis unavailable", reason=str(error))
                await self._pause()
            except Exception:
                log.exception("consumer failed")
                await self._pause()
        await self._leave_groups()

    async def _create_groups(self) -> None:
        for stream in self._streams:
            try:
                # From the start of the stream: what was published before the first deployment counts.
                await self._redis.xgroup_create(stream, self._group, id="0", mkstream=True)
            except ResponseError as error:
                if not str(error).startswith("BUSYGROUP"):
                    raise

    async def _read_new(self) -> None:
        answer = await self._redis.xreadgroup(
            self._group,
            self._name,
            dict.fromkeys(self._streams, ">"),
            count=BATCH_SIZE,
            block=BLOCK_SECONDS * 1000,
        )
        # A list of pairs in version 2 of Redis's protocol, a mapping in version 3.
        streams = answer.items() if isinstance(answer, dict) else answer or []
        for stream, entries in streams:
            await self._handle_all(stream, _flatten(entries))

    async def _retry_pending(self) -> None:
        if time.monotonic() < self._next_retry:
            return
        for stream in self._streams:
            idle = int(self._retry_seconds * 1000)
            pending = await self._redis.xpending_range(
                stream, self._group, min="-", max="+", count=BATCH_SIZE, idle=idle
            )
            if not pending:
                continue
            deliveries = {entry["message_id"]: entry["times_delivered"] for entry in pending}
            claimed: list[Entry] = await self._redis.xclaim(stream, self._group, self._name, idle, list(deliveries))
            for entry in claimed:
                if deliveries[entry[0]] >= MAX_DELIVERIES:
                    await self._bury(stream, entry)
                else:
                    await self._handle_all(stream, [entry])
        self._next_retry = time.monotonic() + self._retry_seconds / 2

    async def _handle_all(self, stream: str, entries: list[Entry]) -> None:
        await asyncio.gather(*(self._handle(Event(stream, event_id, fields)) for event_id, fields in entries))

    async def _handle(self, event: Event) -> None:
        # Each event is handled in a task of its own, so this is not seen by others.
        structlog.contextvars.bind_contextvars(stream=event.stream, eventId=event.id)
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                await self._handler(event)
        except Exception:
            log.exception("event failed")  # and stays pending
            return
        await self._redis.xack(event.stream, self._group, event.id)

    async def _bury(self, stream: str, entry: Entry) -> None:
        """Sets an event aside that nothing can handle, for somebody to look at."""
        event_id, fields = entry
        log.error("event given up", stream=stream, eventId=event_id, deadLetters=self._dead_letters)
        async with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.xadd(self._dead_letters, {**fields, "_stream": stream, "_id": event_id})
            pipeline.xack(stream, self._group, event_id)
            await pipeline.execute()

    async def _leave_groups(self) -> None:
        """Each container has a name of its own: without this, groups would fill with consumers that are gone."""
        try:
            for stream in self._streams:
                mine = await self._redis.xpending_range(
                    stream, self._group, min="-", max="+", count=1, consumername=self._name
                )
                if not mine:  # the group would forget these with their consumer
                    await self._redis.xgroup_delconsumer(stream, self._group, self._name)
        except (RedisError, OSError) as error:
            log.warning("could not leave the groups", reason=str(error))

    async def _pause(self) -> None:
        self.status = "down"
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), RECONNECT_SECONDS)


def _flatten(entries: list) -> list[Entry]:
    """Version 3 of Redis's protocol wraps the entries of a stream in one more list."""
    return entries[0] if entries and isinstance(entries[0], list) else entries
