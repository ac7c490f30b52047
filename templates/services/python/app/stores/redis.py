"""Redis: the client connects when it is first used, and again when the connection is gone."""

from types import TracebackType
from typing import Self

from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.stores import StoreStatus

TIMEOUT_SECONDS = 5  # longer than the consumer blocks


class RedisStore:
    def __init__(self, url: SecretStr | None) -> None:
        self.client = _create_client(url.get_secret_value()) if url else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.client:
            await self.client.aclose()

    async def status(self) -> StoreStatus:
        if not self.client:
            return "off"
        try:
            await self.client.ping()
        except (RedisError, OSError):
            return "down"
        return "up"


def _create_client(url: str) -> Redis:
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),  # the consumer tries again by itself
    )
