"""Redis: the client connects when it is first used, and again when the connection is gone."""

from pydantic import SecretStr
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.stores import StoreStatus

TIMEOUT_SECONDS = 3


class RedisStore:
    def __init__(self, url: SecretStr | None) -> None:
        self._redis = _create_client(url.get_secret_value()) if url else None

    def close(self) -> None:
        if self._redis:
            self._redis.close()

    def status(self) -> StoreStatus:
        if not self._redis:
            return "off"
        try:
            self._redis.ping()
        except (RedisError, OSError):
            return "down"
        return "up"


def _create_client(url: str) -> Redis:
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
