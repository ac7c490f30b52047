"""Redis: the client connects when it is first used, and again when the connection is gone."""

from functools import cache

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.config import load_settings
from app.errors import StoreUnavailable

TIMEOUT_SECONDS = 3


@cache
def _client() -> Redis | None:
    url = load_settings().redis_url
    if not url:
        return None
    return Redis.from_url(
        url.get_secret_value(),
        decode_responses=True,
        socket_connect_timeout=TIMEOUT_SECONDS,
        socket_timeout=TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),  # a command whose answer got lost must not count twice
    )


def status() -> str:
    client = _client()
    if not client:
        return "off"
    try:
        client.ping()
    except (RedisError, OSError):
        return "down"
    return "up"


def count_hit() -> int:
    client = _client()
    if not client:
        raise StoreUnavailable("redis", "REDIS_URL is not set")
    try:
        return client.incr(f"{load_settings().redis_prefix}hits")
    except (RedisError, OSError) as error:
        raise StoreUnavailable("redis", str(error)) from error


def close() -> None:
    if client := _client():
        client.close()
