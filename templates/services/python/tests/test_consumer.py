import asyncio
from collections.abc import Callable

from app.consumer import MAX_DELIVERIES, Consumer
from app.events import Event
from tests.fakes import FakeStreams

STREAM = "order.created"


class Service:
    """A consumer, whose handler fails as long as `failing` is set."""

    def __init__(self, redis: FakeStreams | None = None) -> None:
        self.redis = redis or FakeStreams()
        self.seen: list[Event] = []
        self.failing = False

    async def run_until(self, done: Callable[[], bool], *, name: str = "one", retry_seconds: float = 60) -> Consumer:
        consumer = Consumer(
            self.redis,
            (STREAM,),
            group="orders",
            name=name,
            dead_letters="dead-letters",
            handler=self._handle,
            retry_seconds=retry_seconds,
        )
        running = asyncio.create_task(consumer.run())
        async with asyncio.timeout(5):
            while not done():  # noqa: ASYNC110 - nobody tells when it is done
                await asyncio.sleep(0.005)
            consumer.stop()
            await running
        return consumer

    async def _handle(self, event: Event) -> None:
        self.seen.append(event)
        if self.failing:
            raise RuntimeError("broken")


def test_handles_and_acknowledges() -> None:
    service = Service()
    event_id = service.redis.publish({"order": "1"})
    consumer = asyncio.run(service.run_until(lambda: len(service.seen) == 1))
    assert service.seen == [Event(STREAM, event_id, {"order": "1"})]
    assert consumer.status == "up"
    assert not service.redis.pending
    assert not service.redis.consumers


def test_a_failed_event_comes_again() -> None:
    service = Service()
    service.failing = True
    service.redis.publish({"order": "1"})
    asyncio.run(service.run_until(lambda: len(service.seen) == 1))
    assert service.redis.pending
    assert service.redis.consumers == {"one"}

    service.failing = False
    asyncio.run(service.run_until(lambda: len(service.seen) == 2, name="two", retry_seconds=0.01))
    assert service.seen[0] == service.seen[1]
    assert not service.redis.pending


def test_an_event_that_never_succeeds_is_set_aside() -> None:
    service = Service()
    service.failing = True
    event_id = service.redis.publish({"order": "1"})
    asyncio.run(service.run_until(lambda: bool(service.redis.dead_letters), retry_seconds=0.01))
    assert service.redis.dead_letters == [{"order": "1", "_stream": STREAM, "_id": event_id}]
    assert len(service.seen) == MAX_DELIVERIES
    assert not service.redis.pending


def test_survives_a_redis_that_is_gone() -> None:
    class GoneOnce(FakeStreams):
        attempts = 0

        async def xgroup_create(self, *_: object, **__: object) -> None:
            self.attempts += 1
            if self.attempts == 1:
                raise ConnectionRefusedError

    service = Service(GoneOnce())
    service.redis.publish({"order": "1"})
    asyncio.run(service.run_until(lambda: len(service.seen) == 1))
