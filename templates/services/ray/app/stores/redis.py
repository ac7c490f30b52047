"""Redis: the client connects when it is first used, and again when the connection is gone."""

from types import TracebackType
from typing import Self

from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.errors import StoreUnavailable
from app.stores import StoreStatus

TIMEOUT_SECONDS = 3


class RedisStore:
    def __init__(self, url: SecretStr | None, key_prefix: str) -> None:
        self._hits_key = f"{key_prefix}hits"
        self._redis = _create_client(url.get_secret_value()) if url else None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._redis:
            await self._redis.aclose()

    async def status(self) -> StoreStatus:
        if not self._redis:
            return "off"
        try:
            await self._redis.ping()
        except RedisError, OSError:
            return "down"
        return "up"

    async def count_hit(self) -> int:
        if not self._redis:
            raise StoreUnavailable("redis", "REDIS_URL is not set")
        try:
            return await self._redis.incr(self._hits_key)
        except (RedisError, OSError) as error:
            raise StoreUnavailable("redis", str(error)) from error


def _create_client(url: str) -> Redis:
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),  # a command whose answer got lost must not count twice
    )
