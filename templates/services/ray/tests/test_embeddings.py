import threading
import time

import pytest
from fastapi.testclient import TestClient
from ray.serve.exceptions import BackPressureError

from app.config import Settings
from app.inference import Inference
from app.main import create_app
from app.model import DIMENSIONS


def test_embed(client: TestClient) -> None:
    response = client.post("/embeddings", json={"text": "a red car"})
    assert response.status_code == 200
    assert len(response.json()["embedding"]) == DIMENSIONS


@pytest.mark.parametrize("body", [{}, {"text": " "}, {"text": 7}, {"text": "x" * 10_001}, []])
def test_invalid_bodies(client: TestClient, body: object) -> None:
    response = client.post("/embeddings", json=body)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "invalid_body"


def expect_unavailable(client: TestClient) -> None:
    response = client.post("/embeddings", json={"text": "a red car"})
    assert response.status_code == 503
    assert response.json() == {"error": {"code": "model_unavailable", "message": "The model is not available"}}
    assert client.get("/ready").json()["checks"]["model"] == "down"
    assert client.get("/health").status_code == 200


def test_while_the_model_starts() -> None:
    is_over = threading.Event()
    with TestClient(create_app(Settings(), Inference(lambda _: is_over.wait(), lambda: None))) as client:
        expect_unavailable(client)
    is_over.set()


def test_too_much_to_do() -> None:
    class FullHandle:
        was_asked = False

        @property
        def embed(self) -> FullHandle:
            return self

        async def remote(self, _: str) -> list[float]:
            self.was_asked = True
            raise BackPressureError(num_queued_requests=256, max_queued_requests=256)

    handle = FullHandle()
    stopped = threading.Event()
    with TestClient(create_app(Settings(), Inference(lambda _: handle, stopped.set))) as client:
        deadline = time.monotonic() + 10
        while not handle.was_asked:
            assert time.monotonic() < deadline
            expect_unavailable(client)
    assert stopped.is_set()
