from collections.abc import Iterator

import pytest

from app import redis
from app.config import load_settings


class FakeRedis:
    def __init__(self) -> None:
        self.hits: dict[str, int] = {}

    def ping(self) -> bool:
        return True

    def incr(self, key: str) -> int:
        self.hits[key] = self.hits.get(key, 0) + 1
        return self.hits[key]


@pytest.fixture
def fake_redis(monkeypatch: pytest.MonkeyPatch) -> FakeRedis:
    fake = FakeRedis()
    monkeypatch.setattr(redis, "_client", lambda: fake)
    return fake


@pytest.fixture
def forget_settings() -> Iterator[None]:
    """The environment is read again, in the test and after it."""
    load_settings.cache_clear()
    redis._client.cache_clear()
    yield
    load_settings.cache_clear()
    redis._client.cache_clear()
