"""The stores of this process, made when they are first needed."""

from functools import lru_cache

from app.config import load_settings
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore


@lru_cache
def postgres() -> PostgresStore:
    settings = load_settings()
    return PostgresStore(settings.database_url, settings.table_prefix)


@lru_cache
def redis() -> RedisStore:
    return RedisStore(load_settings().redis_url)


def close() -> None:
    postgres().close()
    redis().close()
