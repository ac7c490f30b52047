"""Enough of Redis Streams, for one stream and one group, to test the consumer."""

import asyncio
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass
class Pending:
    consumer: str
    delivered_at: float
    times_delivered: int = 1


class FakePipeline:
    def __init__(self, redis: "FakeStreams") -> None:
        self.redis = redis

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        pass

    def xadd(self, stream: str, fields: dict[str, str]) -> None:
        self.redis.dead_letters.append(fields)

    def xack(self, stream: str, group: str, event_id: str) -> None:
        del self.redis.pending[event_id]

    async def execute(self) -> None:
        pass


@dataclass
class FakeStreams:
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    pending: dict[str, Pending] = field(default_factory=dict)
    dead_letters: list[dict[str, str]] = field(default_factory=list)
    consumers: set[str] = field(default_factory=set)
    read: int = 0

    def publish(self, fields: dict[str, str]) -> str:
        event_id = f"{len(self.entries) + 1}-0"
        self.entries[event_id] = fields
        return event_id

    async def xgroup_create(self, stream: str, group: str, id: str, mkstream: bool) -> None:
        assert (id, mkstream) == ("0", True)

    async def xreadgroup(self, group: str, name: str, streams: dict[str, str], count: int, block: int) -> dict:
        await asyncio.sleep(0.001)
        self.consumers.add(name)
        new = list(self.entries.items())[self.read : self.read + count]
        self.read += len(new)
        self.pending |= {event_id: Pending(name, time.monotonic()) for event_id, _ in new}
        [stream] = streams
        return {stream: [new]} if new else {}

    async def xpending_range(
        self, stream: str, group: str, *, min: str, max: str, count: int, idle: int = 0, consumername: str | None = None
    ) -> list[dict]:
        return [
            {"message_id": event_id, "times_delivered": entry.times_delivered}
            for event_id, entry in self.pending.items()
            if consumername in (None, entry.consumer) and time.monotonic() - entry.delivered_at >= idle / 1000
        ][:count]

    async def xclaim(self, stream: str, group: str, name: str, idle: int, ids: list[str]) -> list[tuple]:
        for event_id in ids:
            self.pending[event_id] = Pending(name, time.monotonic(), self.pending[event_id].times_delivered + 1)
        return [(event_id, self.entries[event_id]) for event_id in ids]

    async def xack(self, stream: str, group: str, event_id: str) -> None:
        del self.pending[event_id]

    async def xgroup_delconsumer(self, stream: str, group: str, name: str) -> None:
        self.consumers.remove(name)

    def pipeline(self, transaction: bool) -> FakePipeline:
        return FakePipeline(self)
