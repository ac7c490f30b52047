"""How gunicorn serves the application: `gunicorn app.main:create_app()`."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from app.config import load_settings
from app.logging import configure_logging

settings = load_settings()
configure_logging(settings)

bind = f"0.0.0.0:{settings.port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)  # more only with more than one CPU
threads = 8
keepalive = 75  # longer than the proxy's, so that it never reuses a closed connection
graceful_timeout = 10
worker_tmp_dir = "/dev/shm"  # noqa: S108 - in memory: the heartbeat must not wait for a disk
accesslog = None  # app.requests logs requests
control_socket_disable = True  # the root file system is read-only


class logger_class(Logger):
    """Leaves the format of gunicorn's own lines to app.logging."""

    def setup(self, cfg: Config) -> None:
        self.error_log.propagate = True


def worker_exit(_: Arbiter, worker: Worker) -> None:
    for store in ("postgres", "redis"):
        worker.wsgi.extensions[store].close()
