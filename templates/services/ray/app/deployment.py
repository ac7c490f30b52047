"""What Ray Serve runs: the model, in processes of its own, on batches of requests."""

from ray import serve
from ray.serve import Application

from app.config import load_settings
from app.logging import configure_logging
from app.model import Embedder


@serve.deployment(
    max_ongoing_requests=64,  # in one replica
    max_queued_requests=256,  # more are refused at once, which is better than to answer late
    ray_actor_options={"num_cpus": 1},
    graceful_shutdown_timeout_s=5,
)
class Embeddings:
    def __init__(self) -> None:
        configure_logging(load_settings())  # a replica is a process of its own
        self._embedder = Embedder()

    # Takes one text at a time from its callers, and gives the method what came in meanwhile.
    @serve.batch(max_batch_size=32, batch_wait_timeout_s=0.005)
    async def embed(self, texts: list[str]) -> list[list[float]]:
        return self._embedder.embed(texts).tolist()


def build_application() -> Application:
    return Embeddings.bind()
