import asyncio

import pytest

from app.model import DIMENSIONS, Embedder
from tests.conftest import local_model


def test_one() -> None:
    assert local_model().embed.remote("a red car").result() == Embedder().embed(["a red car"])[0].tolist()


def test_requests_at_a_time_are_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    embed = Embedder.embed

    def counted(self: Embedder, texts: list[str]) -> object:
        sizes.append(len(texts))
        return embed(self, texts)

    monkeypatch.setattr(Embedder, "embed", counted)

    async def ask_all() -> list[list[float]]:
        return await asyncio.gather(*(local_model().embed.remote(f"text {number}") for number in range(32)))

    vectors = asyncio.run(ask_all())
    assert len(vectors) == 32
    assert all(len(vector) == DIMENSIONS for vector in vectors)
    assert vectors[0] != vectors[1]
    assert max(sizes) > 1
