"""Entry point: `python -m app`."""

import asyncio
import os
import signal
import socket

import structlog

from app.config import load_settings
from app.logging import configure_logging
from app.worker import Worker

SHUTDOWN_SECONDS = 10

log = structlog.get_logger(__name__)


async def main() -> None:
    settings = load_settings()
    configure_logging(settings)

    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)

    async with Worker(settings, name=f"{socket.gethostname()}-{os.getpid()}") as worker:
        log.info("listening", port=settings.port)
        await stopping.wait()
        log.info("shutting down")
        try:
            async with asyncio.timeout(SHUTDOWN_SECONDS):
                await worker.finish()
        except TimeoutError:
            log.warning("events were cut off: another replica, or the next start, handles them again")


if __name__ == "__main__":
    asyncio.run(main())
