"""The way from a route to the model."""

import asyncio
import os
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable
from types import TracebackType
from typing import Self

import structlog
from ray.exceptions import RayActorError
from ray.serve.exceptions import BackPressureError, DeploymentUnavailableError
from ray.serve.handle import DeploymentHandle

from app.errors import ModelUnavailable
from app.stores import StoreStatus

TIMEOUT_SECONDS = 10
PROBE_SECONDS = 3

log = structlog.get_logger(__name__)


class Inference:
    """Starts the model in the background: the service answers probes, and uses its stores, meanwhile."""

    def __init__(self, start: Callable[[AbstractEventLoop], DeploymentHandle], stop: Callable[[], None]) -> None:
        self._start = start
        self._stop = stop
        self._handle: DeploymentHandle | None = None
        self._stopping = threading.Event()
        # A daemon: the process need not wait for it, should the model still be starting when it ends.
        self._thread = threading.Thread(target=self._run, name="inference", daemon=True)

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stopping.set()
        if self._handle:
            await asyncio.to_thread(self._thread.join)

    async def status(self) -> StoreStatus:
        """Asks the model: that its process lives does not mean that it answers."""
        try:
            await self._embed("ready", PROBE_SECONDS)
        except ModelUnavailable:
            return "down"
        return "up"

    async def embed(self, text: str) -> list[float]:
        return await self._embed(text, TIMEOUT_SECONDS)

    async def _embed(self, text: str, seconds: float) -> list[float]:
        if not self._handle:
            raise ModelUnavailable("it is starting")
        try:
            async with asyncio.timeout(seconds):
                return await self._handle.embed.remote(text)
        except (BackPressureError, DeploymentUnavailableError, RayActorError, TimeoutError) as error:
            raise ModelUnavailable(str(error) or "timeout") from error

    def _run(self) -> None:
        """Lives as long as Ray does: the kernel kills Ray's processes when the thread that started them ends."""
        try:
            self._handle = self._start(self._loop)
        except Exception:
            log.exception("the model did not start")
            os._exit(1)  # a restart may help; a service without its model does not
        log.info("the model is ready")
        self._stopping.wait()
        self._stop()
