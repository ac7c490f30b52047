"""Entry point: `python -m app` runs the worker, and next to it the listener for probes and jobs."""

import signal
import socket
import sys
import threading

import structlog
from celery import bootsteps, signals
from celery.worker import WorkController, state

from app import resources
from app.config import Settings, load_settings
from app.jobs import Jobs
from app.listener import Listener
from app.logging import configure_logging
from app.main import celery
from app.stores import StoreStatus

log = structlog.get_logger(__name__)


class WorkerState:
    """What /ready says about the worker."""

    status: StoreStatus = "off"

    @classmethod
    def checks(cls) -> dict[str, StoreStatus]:
        redis = resources.redis().status()
        worker = "down" if redis == "down" else cls.status
        return {"postgres": resources.postgres().status(), "redis": redis, "worker": worker}


class QuietShutdown(bootsteps.StartStopStep):
    """Celery announces its shutdown in plain text; our log is JSON."""

    def start(self, worker: WorkController) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, *_: object) -> None:
        log.info("shutting down")
        state.should_stop = 0  # what Celery's own handler does: finish running tasks, take no more


def main() -> int:
    settings = load_settings()
    configure_logging(settings)
    signals.setup_logging.connect(lambda **_: None, weak=False)  # keeps Celery from setting up its own

    listener = Listener(settings, WorkerState.checks, Jobs(celery))
    threading.Thread(target=listener.serve_forever, name="listener", daemon=True).start()
    log.info("listening", port=settings.port)
    try:
        return run_worker(settings)
    finally:
        listener.stop()
        resources.close()


def run_worker(settings: Settings) -> int:
    if not settings.redis_url:
        log.error("REDIS_URL is not set: there is nothing to do")
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        stopping.wait()
        return 0

    WorkerState.status = "down"

    @signals.worker_ready.connect(weak=False)
    def ready(**_: object) -> None:
        WorkerState.status = "up"

    celery.steps["worker"].add(QuietShutdown)
    worker = celery.Worker(
        hostname=f"{settings.service_name}@{socket.gethostname()}",
        pool_cls="threads",  # tasks that wait for others; for tasks that compute, use prefork (see README.md)
        concurrency=settings.celery_concurrency,
        loglevel=settings.log_level.upper(),
        quiet=True,
        redirect_stdouts=False,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return worker.exitcode or 0


if __name__ == "__main__":
    sys.exit(main())
